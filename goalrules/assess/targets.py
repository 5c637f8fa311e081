"""What a target asks of a value in one year, and whether the value does it: exact decimals.

`increase` and `decrease` ask for strictly more, or less, than the reference; `maintain` for
no worse. The reference is the outcome of the year before, else the baseline; of a target that is
compared with another indicator it is the value of that. Some percent is taken from the size of
the reference, whatever its sign; no percent of nought is a change, so there it asks for nothing
that can be told.
"""

from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from attrs import evolve

from goalrules.core.trace import ResolvedTarget
from goalrules.core.vocabulary import BetterSide, ReferenceOrigin
from goalrules.language.plan import IndicatorEntry, better_side
from goalrules.language.statements import Baseline, Target
from goalrules.language.syntax import (
    Around,
    Between,
    Bound,
    Change,
    Compared,
    Distance,
    PartsReached,
    Range,
    TargetSpec,
    Within,
)
from goalrules.lazily import frozen
from goalrules.text.numbers import MOST_DIGITS, exact_decimal

ALIKE = Fraction(1, 10**50)
"""What is less is no difference between numbers that no decimals can hold."""


@frozen
class Reference:
    """The number that a target is measured from, where it comes from, and what it is of.

    `period` is that of an outcome that is not of a whole year.
    """

    number: Decimal
    origin: ReferenceOrigin
    period: str = ""


def target_for(indicator: IndicatorEntry, year: int) -> TargetSpec | None:
    """What the indicator aims at in a year; None where the file has no target for it."""
    target = indicator.first(Target)
    aims = {dated.year: dated.aim for dated in target.aims} if target else {}
    return aims.get(Decimal(year), aims.get(None))


def reference_of(
    indicator: IndicatorEntry, before: Decimal | None, period: str = ""
) -> Reference | None:
    """What a change of the indicator is measured from, where it is known."""
    if before is not None:
        return Reference(before, "year before", period)
    baseline = indicator.first(Baseline)
    if baseline and baseline.number is not None:
        return Reference(baseline.number, "baseline")
    return None


def resolve_target(
    aim: TargetSpec | None, indicator: IndicatorEntry, reference: Reference | None
) -> ResolvedTarget:
    """The target as bounds on the value."""
    match aim:
        case None:
            return ResolvedTarget("")
        case Bound(side, number):
            upwards = side in ("at least", "over")
            low, high = (number, None) if upwards else (None, number)
            return ResolvedTarget(side, low, high, strict=side in ("over", "under"))
        case Within() | Around() | Range():
            return _between(aim)
        case PartsReached(need):
            return ResolvedTarget("parts", need)
        case Change():
            return _changed(aim, better_side(indicator), reference)
        case Compared():
            return _compared(aim, reference)
        case _:
            assert_never(aim)


def _between(aim: Between) -> ResolvedTarget:
    if isinstance(aim, Around):
        return ResolvedTarget(
            "around", aim.low, aim.high, percent=aim.percent, reference=aim.number
        )
    return ResolvedTarget("within" if isinstance(aim, Within) else "range", aim.low, aim.high)


def _changed(
    change: Change, side: BetterSide | None, reference: Reference | None
) -> ResolvedTarget:
    """A change: the reference moved by as much as is stated, as the least of it or the most."""
    upwards = change.direction == "increase" or (
        change.direction == "maintain" and side == "higher"
    )
    strict = change.direction != "maintain" and change.by is None
    asked = ResolvedTarget(change.direction, at_most=change.at_most, strict=strict)
    bounded_below = upwards != change.at_most
    return _apart(asked, change.by, reference, upwards=upwards, bounded_below=bounded_below)


def _compared(aim: Compared, reference: Reference | None) -> ResolvedTarget:
    """A target from the value of another indicator."""
    above = aim.side in ("at least", "over")
    asked = ResolvedTarget("compared", strict=aim.side in ("over", "under"), compared=aim)
    upwards, bounded_below = aim.way == "over", above == (aim.way != "under")
    return _apart(asked, aim.by, reference, upwards=upwards, bounded_below=bounded_below)


def _apart(
    asked: ResolvedTarget,
    by: Distance | None,
    reference: Reference | None,
    *,
    upwards: bool,
    bounded_below: bool,
) -> ResolvedTarget:
    """What is asked for with its bound: the reference, moved so far; exact, in decimals."""
    in_percent = by is not None and by.measure == "percent"
    asked = evolve(
        asked,
        percent=by.number if by and in_percent else None,
        by=by.number if by and not in_percent else None,
    )
    if reference is None:
        return asked
    known = evolve(
        asked,
        reference=reference.number,
        reference_from=reference.origin,
        reference_period=reference.period,
    )
    if by and by.number and in_percent and not reference.number:
        return known
    moved = Fraction(by.number) if by else Fraction(0)
    if in_percent:
        moved *= abs(Fraction(reference.number)) / 100
    bound = exact_decimal(Fraction(reference.number) + (moved if upwards else -moved))
    return evolve(known, low=bound) if bounded_below else evolve(known, high=bound)


def reaches(value: Decimal | Fraction, target: ResolvedTarget) -> bool:
    """Whether a value reaches the bounds of a target.

    Two numbers that are worked out can be the same and have other decimals at their ends.
    """
    bound = target.high if target.low is None else target.low
    if target.form == "compared" and bound is not None:
        held = Fraction(10) ** MOST_DIGITS
        exact = all((Fraction(each) * held).denominator == 1 for each in (value, bound))
        if not exact and abs(Fraction(value) - Fraction(bound)) < ALIKE:
            value = bound
    if target.strict and value in (target.low, target.high):
        return False
    return (target.low is None or value >= target.low) and (
        target.high is None or value <= target.high
    )
