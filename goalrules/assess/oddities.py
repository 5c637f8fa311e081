"""What is odd with the figures of an indicator: each a rule that is stated, and no guess.

What is odd may be right, so nothing here refuses a figure; somebody is asked to look at it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.level_of import target_of_part
from goalrules.core.scales import Scale
from goalrules.core.trace import ResolvedTarget
from goalrules.core.vocabulary import Oddity
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.language.statements import ValueBands
from goalrules.language.syntax import Bound
from goalrules.text.numbers import Amount

TIMES = 10
"""So many times another figure is one of another size."""

MOST_PERCENT = 100
FEWEST_ALIKE = 3
"""So many periods with the same figure after each other are odd."""


class Figure(NamedTuple):
    """A figure that a row states, and its period."""

    row: OutcomeRow
    number: Decimal
    period: Period | None


class Odd(NamedTuple):
    """What is odd with a figure, and what it is compared with."""

    oddity: Oddity
    figure: Figure
    other: Decimal | None = None
    before: Period | None = None
    periods: int = 0


class Known(NamedTuple):
    """What the rule file says of an indicator's numbers in the year: its target and its bands.

    `least` are those of the target of which a figure should not be a small part; `top` and
    `bottom` are the ends of what is possible, where the bands say that.
    """

    percent: bool = False
    target: tuple[Decimal, ...] = ()
    least: tuple[Decimal, ...] = ()
    bands: tuple[Decimal, ...] = ()
    top: Decimal | None = None
    bottom: Decimal | None = None
    is_survey: bool = False


def known_of(case: IndicatorCase, part: str = "") -> Known:
    """What the rule file says of the numbers of an indicator, or of one of its parts."""
    bands = None if part else case.indicator.first(ValueBands)
    target = (target_of_part(case, part) if part else case.target) or ResolvedTarget("")
    if not part and case.target.form == "parts":  # its bound is a number of parts
        target = ResolvedTarget("")
    bounds = list(_bounds(bands, case.scale)) if bands else []
    calendar = case.program.calendar
    return Known(
        case.program.unit == "%",
        tuple(each for each in (target.low, target.high, target.reference) if each is not None),
        () if case.is_total else tuple(filter(None, (target.low, target.reference))),
        tuple(end for bound in bounds for end in bound if end is not None),
        *_ends(bounds),
        is_survey=calendar is not None and calendar.adds_up.kind == "survey",
    )


def _bounds(bands: ValueBands, scale: Scale) -> Iterator[tuple[Decimal | None, Decimal | None]]:
    """The lowest and the highest value of each band that has bounds, that of the best level first.

    None stands where it has no such end.
    """
    for band in sorted(bands.bands, key=lambda each: -scale.place(each.level.text)):
        match band.bound:
            case None:
                pass
            case Bound("at least" | "over", number):
                yield number, None
            case Bound(_, number):
                yield None, number
            case bound:
                yield bound.low, bound.high


def _ends(
    bounds: Sequence[tuple[Decimal | None, Decimal | None]],
) -> tuple[Decimal | None, Decimal | None]:
    """The end of what is possible upwards and downwards, where the bands say that.

    It is that of the best band, where the others go on from its other side alone.
    """
    low, high = bounds[0] if len(bounds) > 1 else (None, None)
    if low is None or high is None:
        return None, None
    below = any(each is not None and each < low for each, _ in bounds)
    above = any(each is not None and each > high for _, each in bounds)
    return (high if below and not above else None), (low if above and not below else None)


def figures_of(rows: Sequence[OutcomeRow], last: Period) -> list[Figure]:
    """The figures in some rows up to the end of a period, those without a period first."""
    found = [
        Figure(row, row.value.number, row.period)
        for row in rows
        if isinstance(row.value, Amount) and (row.period is None or row.period.last <= last.last)
    ]
    return sorted(found, key=lambda each: each.period.key if each.period else ((0, 0), (0, 0)))


def odd_figures(known: Known, figures: Sequence[Figure], year: int) -> Iterator[Odd]:
    """What is odd with the figures of a year; those of the years before are only compared with."""
    of_year = [each for each in figures if each.period is None or each.period.year == year]
    by_themselves = [
        odd
        for each in of_year
        for odd in _by_itself(known, each, [o.number for o in figures if o is not each])
    ]
    yield from by_themselves
    told = [odd.figure for odd in by_themselves]
    by_length: dict[int, list[Figure]] = {}
    for each in figures:
        if each.period:
            by_length.setdefault(each.period.length, []).append(each)
    for alike in by_length.values():
        for before, each in pairwise(alike):
            known_why = before in told or each in told
            if each in of_year and not known_why and _other_size(each.number, before.number):
                yield Odd("jump", each, before.number, before.period)
        if not known.is_survey:
            yield from _unchanged(known, alike, of_year)


def _by_itself(known: Known, each: Figure, others: Sequence[Decimal]) -> Iterator[Odd]:
    """What is odd with a figure beside what is known of the indicator, one thing at most."""
    number, numbers = each.number, (*known.target, *known.bands, *others)
    largest = max(map(abs, numbers), default=None)
    nearer = largest is None or (largest > 1 and largest > TIMES * abs(number))  # 100 times it
    if known.percent and 0 < abs(number) < 1 and nearer:
        yield Odd("share as percent", each)
    elif known.top is not None and number > known.top:
        yield Odd("beyond bands", each, known.top)
    elif known.bottom is not None and number < known.bottom:
        yield Odd("beyond bands", each, known.bottom)
    elif known.percent and number > MOST_PERCENT and not any(n > MOST_PERCENT for n in numbers):
        yield Odd("over hundred percent", each)
    elif number < 0 and numbers and not any(n < 0 for n in numbers):
        yield Odd("below nought", each)
    elif far := _far_from(known, number):
        yield Odd("far from target", each, far)


def _far_from(known: Known, number: Decimal) -> Decimal | None:
    """The target of which a figure is ten times, or that it should reach and is a tenth of."""
    largest = max(known.target, key=abs, default=Decimal(0))
    if largest and abs(number) >= TIMES * abs(largest):
        return largest
    smallest = min(known.least, key=abs, default=Decimal(0))
    return smallest if number and abs(number) * TIMES <= abs(smallest) else None


def _other_size(one: Decimal, other: Decimal) -> bool:
    """Whether one figure is at least ten times the other; nought is no size."""
    small, large = sorted((abs(one), abs(other)))
    return small > 0 and large >= TIMES * small


def _unchanged(known: Known, alike: Sequence[Figure], of_year: Sequence[Figure]) -> Iterator[Odd]:
    """The last of each run of the same figure in periods that follow each other.

    Nought, and all of a hundred percent, are what many stay at.
    """
    for number, same in groupby(alike, key=lambda each: each.number):
        run = list(same)
        at_end = not number or (known.percent and number == MOST_PERCENT)
        if len(run) >= FEWEST_ALIKE and not at_end and run[-1] in of_year:
            yield Odd("unchanged", run[-1], None, run[0].period, len(run))
