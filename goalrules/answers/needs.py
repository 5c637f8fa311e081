"""What an indicator needs for a level: its rule is asked again with other outcomes.

Nothing is said where the rule does not surely give the level, as where the value is worked out from
others.
"""

from collections import ChainMap
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import assert_never, cast

from attrs import evolve

from goalrules.answers.result import Need, Values
from goalrules.assess.binding import Slot
from goalrules.assess.formulas import Input, decimal_of
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.level_of import by_value
from goalrules.assess.masking import hides_reference
from goalrules.core.vocabulary import PLAN_STATUSES, PlanStatus
from goalrules.data.outcome import OutcomeRow
from goalrules.data.values import Reached
from goalrules.language.statements import MOST_DECIMALS, ValueBands
from goalrules.language.syntax import Around, Between, Bound, Range, Within
from goalrules.text.numbers import exact_decimal

HUNDREDTH = Decimal("0.01")

EXACT = Context(prec=400)
"""Precise enough for any two numbers that can be written to be added without rounding."""

PLANS = PLAN_STATUSES[1:]
"""How far a plan can be followed, worst first."""


def need_for(case: IndicatorCase | None, place: int) -> Need | None:
    """What would surely give an indicator a level, or a better one."""
    if case is None or hides_reference(case) or not _can_be_tried(case):
        return None
    stated = case.row.value if case.row else None
    in_words = isinstance(stated, Reached) or case.target.form == "parts"
    reached = in_words and _worst(_with_row(case, value=Reached(reached=True))) >= place
    plan = (each for each in PLANS if _worst(_with_row(case, plan=each)) >= place)
    found = Need(_nearest(case, place), reached, next(plan, ""))
    return None if found == Need() else found


def kept_by(case: IndicatorCase | None, place: int) -> Need | None:
    """The values, that of the indicator among them, with which it surely keeps a level."""
    if case is None or case.number is None or not _can_be_tried(case):
        return None
    if hides_reference(case):
        return None
    number = case.number
    found = next((each for each in values_for(case, place) if _distance(number, each) == 0), None)
    return Need(found) if found else None


def values_for(case: IndicatorCase, place: int) -> Iterator[Values]:
    """The numbers with which an indicator surely has a level or a better one, the lowest first.

    None where no number does it, or where any does.
    """
    # The level can change at the bounds of the year, as far as they are expected by now.
    share = case.share or Fraction(1)
    bounds = {
        _part(number, share, ROUND_CEILING if upwards else ROUND_FLOOR) or Decimal(0)
        for number, upwards in _bounds_of_year(case)
    }
    pieces = list(_pieces(sorted(bounds)))
    held = [_worst(evolve(case, worked=Input(number))) >= place for _, number in pieces]
    if all(held):
        return
    for first, (piece, _) in enumerate(pieces):
        if held[first] and not (first and held[first - 1]):
            last = next((n for n in range(first, len(pieces)) if not held[n]), len(pieces)) - 1
            end = pieces[last][0]
            yield evolve(piece, high=end.high, below_high=end.below_high)


def _can_be_tried(case: IndicatorCase) -> bool:
    return case.worked is None and case.applies


def _nearest(case: IndicatorCase, place: int) -> Values | None:
    """The values that are nearest to that of the indicator; without one, those there are."""
    found = list(values_for(case, place))
    number = case.number
    if number is None:
        return found[0] if len(found) == 1 else None
    return min(found, key=lambda each: _distance(number, each), default=None)


def _distance(number: Decimal, values: Values) -> Decimal:
    """How far from some values a number lies; nought for one of them, or of their bounds."""
    if values.low is not None and number < values.low:
        return EXACT.subtract(values.low, number)
    if values.high is not None and number > values.high:
        return EXACT.subtract(number, values.high)
    return Decimal(0)


def _worst(case: IndicatorCase) -> int:
    return by_value(case).ends.worst


def _with_row(
    case: IndicatorCase, value: Reached | None = None, plan: PlanStatus | None = None
) -> IndicatorCase:
    """The indicator with other words in its row, or with a row of its own."""
    row = case.row or OutcomeRow(indicator=case.indicator.name)
    said = evolve(row, value=value or row.value, plan=plan or row.plan)
    if case.through:
        return evolve(case, through=evolve(case.through, row=said))
    now = ChainMap({case.program.slot: said}, cast(dict[Slot, OutcomeRow], case.bound.now))
    return evolve(case, bound=evolve(case.bound, now=now))


def _part(number: Decimal, share: Fraction, rounding: str) -> Decimal:
    """A part of a bound; one that no decimal can hold is rounded to where it surely is kept."""
    exact = Fraction(number) * share
    if share == 1 or (exact * 10**MOST_DECIMALS).denominator == 1:
        return exact_decimal(exact)
    return decimal_of(exact).quantize(HUNDREDTH, rounding, EXACT)


def _bounds_of_year(case: IndicatorCase) -> Iterator[tuple[Decimal, bool]]:
    """The numbers at which the level of the year can change, and whether it is better above."""
    bands, target = case.indicator.first(ValueBands), case.target
    if bands:
        yield from (each for band in bands.bands for each in _numbers(band.bound))
        return
    if target.high is not None:
        yield target.high, False
    if target.low is not None:
        yield target.low, True
        for level in case.rule.target.levels[1:-1]:
            share = Decimal(level.removesuffix(" %"))
            yield EXACT.divide(EXACT.multiply(target.low, share), Decimal(100)), True


def _numbers(bound: Bound | Between | None) -> tuple[tuple[Decimal, bool], ...]:
    match bound:
        case None:
            return ()
        case Bound(side, number):
            return ((number, side in ("at least", "over")),)
        case Within() | Around() | Range():
            return ((bound.low, True), (bound.high, False))
        case _:
            assert_never(bound)


def _pieces(bounds: list[Decimal]) -> Iterator[tuple[Values, Decimal]]:
    """The bounds and what lies between and beside them, each with a number in it."""
    low: Decimal | None = None
    for bound in bounds:
        before = EXACT.subtract(bound, Decimal(1))
        between = before if low is None else EXACT.divide(EXACT.add(low, bound), Decimal(2))
        yield Values(low, bound, above_low=low is not None, below_high=True), between
        yield Values(bound, bound), bound
        low = bound
    if low is not None:
        yield Values(low, above_low=True), EXACT.add(low, Decimal(1))
