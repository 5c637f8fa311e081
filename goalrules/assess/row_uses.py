"""Which rows of an indicator count in a period, and why each of the others does not.

There is one rule. A total and an average take the rows that follow each other from the start of
the year: of those that begin alike the longest, unless each of its months has a row of its own. Of
every other indicator one row counts: that of just the period, else the one that ends last in it,
and of two that end alike the one that begins last. Value, level, plan, comment and source are
those of the same row; only a plan that stands in a row of the same end without a figure goes with
the figure there.
"""

from collections.abc import Iterator

from goalrules.assess.forecast import rows_of_forecast
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.to_date import ADDED, whole_year
from goalrules.core.trace import OtherRow
from goalrules.core.vocabulary import RowUse
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.text.numbers import Amount

OUTRANKED: tuple[RowUse, ...] = ("earlier", "not the period", "overlapped")
"""Why a row of the period does not count, though nothing but another row stands in its way."""

Key = tuple[Period | None, bool]
"""What tells a row from every other of the same indicator: its period, and if it is a forecast."""


def row_uses(case: IndicatorCase) -> Iterator[tuple[OutcomeRow, RowUse]]:
    """Each row that speaks of an indicator: what it is used for, or why it is not used."""
    used = {key_of(row) for row in case.used}
    forecast = {key_of(row) for row in rows_of_forecast(case)}
    reference = {key_of(row) for row in case.reference_rows}
    lent = case.row.place.beside.get("plan") if case.row else None
    for row in case.rows:
        key = key_of(row)
        if key in used:
            yield row, "outcome"
        elif key in forecast:
            yield row, "forecast"
        elif key in reference:
            yield row, "reference"
        elif row.place is lent:
            yield row, "plan"
        else:
            yield row, _unused(row, case)


def key_of(row: OutcomeRow) -> Key:
    """The period of a row, and whether it is only a forecast."""
    return row.period, row.only_forecast


def _unused(row: OutcomeRow, case: IndicatorCase) -> RowUse:
    """Why a row is not used."""
    if row.only_forecast:
        return "forecast not used"
    if row.period is None:
        return "undated"
    if not row.period.within(whole_year(case.period.year)):
        return "another year"
    if row.period.last > case.period.last:
        return "after the period"
    counting = _counting(row.period, case)
    return _beside(row.period, counting, case) if counting else "not due"


def _beside(period: Period, counting: Period, case: IndicatorCase) -> RowUse:
    """Why a row of the period does not count beside that of another period."""
    calendar = case.program.calendar
    if calendar and calendar.adds_up.kind in ADDED:
        longer = len(period.months) > len(counting.months)
        return "told by month" if longer else "overlapped"
    return "not the period" if counting == case.period else "earlier"


def _counting(period: Period, case: IndicatorCase) -> Period | None:
    """What the row is of that counts where one does not: the last of its months, else of all."""
    months, used = set(period.months), [row.period for row in case.used if row.period]
    sharing = [each for each in used if months & set(each.months)]
    return next(reversed(sharing or used), None)


def outranked(case: IndicatorCase) -> tuple[tuple[OtherRow, ...], int]:
    """The rows with a figure that do not count in the period, with what counts in their place.

    Of those that only end before it, and are of no more months, it is their number.
    """
    others: list[OtherRow] = []
    earlier = 0
    uses = row_uses(case) if len(case.rows) > 1 else ()
    for row, use in uses:
        counting = _counting(row.period, case) if row.period and use in OUTRANKED else None
        if not counting or not row.period or (row.value is None and row.level is None):
            continue
        shorter = len(row.period.months) <= len(counting.months)
        if use != "overlapped" and shorter and row.period.last != counting.last:
            earlier += use == "earlier"
            continue
        value = row.value.number if isinstance(row.value, Amount) else None
        place = row.file, row.span.line, row.sheet
        others.append(OtherRow(use, row.period.text, counting.text, *place, value))
    return tuple(others), earlier
