"""Which rows of an indicator count in a period, and why each of the others does not.

There is one rule. A total and an average take the rows that follow each other from the start of
the year: of those that begin alike the longest, unless each of its months has a row of its own. Of
every other indicator one row counts: that of just the period, else the one that ends last in it,
and of two that end alike the one that begins last. Value, level, plan, comment and source are
those of the same row; only a plan that stands in a row of the same end without a figure goes with
the figure there.
"""

from collections.abc import Iterator, Sequence

from goalrules.assess.forecast import rows_of_forecast
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.to_date import ADDED, Calendar, status_of
from goalrules.core.trace import OtherRow
from goalrules.core.vocabulary import InputRole, UnusedReason
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.text.numbers import Amount

OUTRANKED: tuple[UnusedReason, ...] = ("of more months", "not the period", "overlapped")
"""Why a row does not count though it is of as late an end, or of as many months, as that which
does: each is told with its figure."""


def used_rows(case: IndicatorCase) -> Iterator[tuple[OutcomeRow, str, InputRole]]:
    """The fields of rows that an indicator uses, and as what."""
    for row in case.used:
        yield row, "value", "outcome"
        yield row, "indicator", "outcome"
        yield row, "comment", "comment"
    if case.row:
        yield case.row, "level", "level"
        yield case.row, "plan", "plan"
        yield case.row, "comment", "comment"
    yield from ((row, "forecast", "forecast") for row in rows_of_forecast(case))
    yield from ((row, "value", "year before") for row in case.reference_rows)
    if case.few_below is not None:
        yield from ((row, "count", "count") for row in (*case.used, *case.reference_rows))


def used_rows_of_all(case: IndicatorCase) -> Iterator[tuple[OutcomeRow, str, InputRole]]:
    """Those that an indicator uses, its parts, and all that it is worked out or measured from."""
    yield from used_rows(case)
    for slot in case.bound.members(case.program.goal, case.indicator.name, group=False):
        yield case.bound.now[slot], "value", "part"
    for each in (*case.terms, *case.others.values()):
        yield from used_rows_of_all(each)


def why_unused(
    row: OutcomeRow, used: Sequence[OutcomeRow], asked: Period, calendar: Calendar | None
) -> UnusedReason:
    """Why the outcome in a row does not count in a period in which some others do."""
    period = row.period
    if period is None:
        return "undated"
    if period.year != asked.year:
        return "another year"
    if period.last > asked.last:
        return "another period" if used else "only another period"
    counts = _counts(period, used)
    if counts is None:
        due = calendar is None or period.last[1] in calendar.months
        return "only another period" if due else "not due"
    if calendar and period.last > counts.last and status_of(row) == "not applicable":
        return "not applicable"
    return _why_beside(period, counts, asked, calendar)


def _why_beside(
    period: Period, counts: Period, asked: Period, calendar: Calendar | None
) -> UnusedReason:
    """Why a row of one period does not count beside that of another."""
    longer = period.length > counts.length
    if calendar and calendar.adds_up.kind in ADDED:
        return "told by month" if longer else "overlapped"
    if longer or period.last == counts.last:
        return "not the period" if counts == asked else "of more months"
    if counts == asked:
        return "another period"
    if period.last > counts.last:
        return "not due"
    return "superseded" if calendar else "earlier"


def _counts(period: Period, used: Sequence[OutcomeRow]) -> Period | None:
    """What the row is of that counts where one does not: the last of its months, else of all."""
    counting = [row.period for row in used if row.period]
    sharing = [e for e in counting if e.first <= period.last and period.first <= e.last]
    return next(reversed(sharing or counting), None)


def outranked(case: IndicatorCase) -> tuple[tuple[OtherRow, ...], int]:
    """The rows with a figure that do not count in the period, with what counts in their place.

    Of those that only end before it, and are of no more months, it is their number.
    """
    others: list[OtherRow] = []
    earlier = 0
    used = {(row.file, row.sheet, row.span.line, row.period) for row in case.used}
    rows = case.rows if len(case.rows) > 1 else ()
    for row in rows:
        if isinstance(row.value, Amount) and row.level is None and not case.number_counts:
            continue
        counts_itself = (row.file, row.sheet, row.span.line, row.period) in used
        if row.only_forecast or counts_itself or (row.value is None and row.level is None):
            continue
        why = why_unused(row, case.used, case.period, case.program.calendar)
        earlier += why == "earlier"
        counts = _counts(row.period, case.used) if row.period and why in OUTRANKED else None
        if row.period and counts:
            value = row.value.number if isinstance(row.value, Amount) else None
            place = row.file, row.span.line, row.sheet
            column = row.span.column
            others.append(OtherRow(why, row.period.text, counts.text, *place, value, column))
    return tuple(others), earlier
