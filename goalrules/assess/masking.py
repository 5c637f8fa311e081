"""Figures of few people or cases, which are not shown: the value, and all that it follows from.

A count is small by itself; a figure with a count beside it where that is small, and a percentage
also where those it speaks of, or the others, are few. A percentage without a count is hidden, since
nobody can tell. So is a value that is compared with one that is hidden. A value to date is hidden
from where it has grown by a small count, since two such values show what lies between them; so is a
forecast. The level is given all the same.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import evolve

from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.to_date import ADDED, Calendar, to_date, whole_year
from goalrules.core.trace import Observation, YearProgress
from goalrules.core.vocabulary import JANUARY, HiddenReason
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.text.numbers import Amount

ALL = 100


def hidden(case: IndicatorCase) -> HiddenReason | Literal[""]:
    """Why the value of an indicator is not shown; the empty string where it is."""
    for other in case.others.values() if case.number is not None else ():
        if why := hidden(other):
            return why
    if case.worked and case.worked.hidden:
        return case.worked.hidden
    if case.number is not None and case.program.slot in case.bound.of_few:
        return "small in units"
    below = case.few_below
    if below is None or case.number is None:
        return ""
    if case.worked:
        return _why(case.number, None, case.program.unit, below)
    reasons = [_of_row(row, case.program.unit, below) for row in _rows_of_value(case)]
    grows_little: HiddenReason | Literal[""] = "small" if _grows_by_few(case, below) else ""
    return next(filter(None, (*reasons, grows_little)), "")


def may_be_hidden(case: IndicatorCase) -> bool:
    """Whether a figure of an indicator may be hidden, in this period or in another of its rows."""
    small_before = case.bound.small_before.get(case.program.slot)
    return bool(case.few_below or small_before or any(map(may_be_hidden, case.others.values())))


def _rows_of_value(case: IndicatorCase) -> list[OutcomeRow]:
    """The rows that the value is made of."""
    if case.program.calendar and case.program.calendar.adds_up.kind in ADDED:
        window = case.program.calendar.window(case.period)
        return [row for row in case.rows if row.period and row.period.inside(window)]
    return [case.row] if case.row else []


def _grows_by_few(case: IndicatorCase, below: Decimal) -> bool:
    """Whether a count to date has grown by few from one of the months so far to the next."""
    calendar = case.program.calendar
    if calendar is None or calendar.adds_up.kind not in ADDED or case.program.unit == "%":
        return False
    known = [Fraction(0), *_so_far(case, calendar)]
    return any(abs(now - before) < below for before, now in pairwise(known))


def _so_far(case: IndicatorCase, calendar: Calendar) -> Iterator[Fraction]:
    """What is known to date at the end of each month so far; of an average what it is made of."""
    for n, month in enumerate(calendar.due(case.period), 1):
        then = Period((case.period.year, JANUARY), (case.period.year, month))
        number = to_date(case.rows, calendar, then).worked.number
        if number is not None:
            yield Fraction(number) * (n if calendar.adds_up.kind == "average" else 1)


def _of_row(row: OutcomeRow, unit: str, below: Decimal) -> HiddenReason | Literal[""]:
    return _why(row.value.number, row.count, unit, below) if isinstance(row.value, Amount) else ""


def _why(
    value: Decimal, count: Decimal | None, unit: str, below: Decimal
) -> HiddenReason | Literal[""]:
    """Why one figure is not shown."""
    if count is None:
        small = abs(value) < below
        return ("no count" if unit == "%" else "small") if small or unit == "%" else ""
    part = Fraction(value) * Fraction(count) / ALL
    few = [Fraction(count), *((part, Fraction(count) - part) if unit == "%" else ())]
    return "small" if any(each < below for each in few) else ""


def masked(finding: Observation, case: IndicatorCase) -> Observation:
    """What is known of an indicator as it is shown: without what tells of few people or cases."""
    why = hidden(case)
    if hides_reference(case):
        target, through = finding.target, finding.through
        finding = evolve(
            finding,
            target=target
            and evolve(
                target, low=None, high=None, reference=None, reference_from="", reference_period=""
            ),
            through=through and evolve(through, low=None, high=None),
        )
    if case.few_below is not None:
        others = tuple(evolve(each, value=None) for each in finding.others)
        own = evolve(finding.row, texts=()) if finding.row else None
        finding = evolve(finding, others=others, row=own)
    through = finding.through
    if through and (why or _hides_forecast(case, through)):
        silent = evolve(through, forecast=None, forecast_from="", forecast_level="", paced=None)
        finding = evolve(finding, through=silent)
    if case.few_below is not None or any(map(hidden, case.others.values())):
        finding = evolve(finding, low=None, high=None, worths=())
    if not why:
        return finding
    row = finding.row and evolve(finding.row, comment="", responsible="", due="", texts=())
    return evolve(
        finding, value=None, low=None, high=None, worths=(), row=row, hidden=why, rounded=False
    )


def hides_reference(case: IndicatorCase) -> bool:
    """Whether what a target is measured from is hidden: a small outcome of the year before.

    It is small by what the file says of either year. So is the value of another indicator.
    """
    if any(map(hidden, case.others.values())):
        return True
    if case.target.reference_from != "year before":
        return False
    if case.program.slot in case.bound.of_few:
        return True
    before = case.bound.small_before.get(case.program.slot)
    below = max(case.few_below or Decimal(0), before or Decimal(0))
    if not below:
        return False
    year = whole_year(case.period.year - 1)
    rows = (row for row in case.rows if row.period and row.period.inside(year))
    return any(_of_row(row, case.program.unit, below) for row in rows)


def _hides_forecast(case: IndicatorCase, through: YearProgress) -> bool:
    """Whether a forecast is of few, or says that few are still to come."""
    below = case.few_below
    if below is None or through.forecast is None:
        return False
    if _why(through.forecast, None, case.program.unit, below):
        return True
    to_come = through.forecast - (case.number or Decimal(0))
    return case.is_total and abs(to_come) < below
