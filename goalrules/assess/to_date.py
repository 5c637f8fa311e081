"""What an indicator comes to from the start of the year to the end of a period, by its rows.

A row of a month is that month's amount, average or level; one of several months is that of all
of them. What is measured at the end of a month and has no row is missing; what is not measured
before a later month is not measured yet.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import evolve

from goalrules.assess.binding import with_same_end
from goalrules.assess.formulas import Input, decimal_of
from goalrules.core.trace import Voucher
from goalrules.core.vocabulary import DECEMBER, JANUARY, MemberReason, Month, NonVerdict
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.data.values import Status
from goalrules.language.plan import IndicatorEntry
from goalrules.language.statements import ALL_MONTHS, AddsUp, Measured
from goalrules.lazily import frozen
from goalrules.text.numbers import Amount

ADDED = ("total", "average")
"""The ways of adding up that take the outcome of every month."""


def status_of(row: OutcomeRow | None) -> NonVerdict | None:
    """Why a row states no outcome, if it says so."""
    cells = (row.value, row.level) if row else ()
    return next((cell.kind for cell in cells if isinstance(cell, Status)), None)


def missing_reason(row: OutcomeRow | None) -> MemberReason:
    """Why there is no value: no row at all, a row left blank, or what the row says."""
    status = status_of(row)
    if row is None:
        return "missing"
    return "blank" if status is None or status == "not applicable" else status


def voucher_of(row: OutcomeRow | None, period: Period | None = None) -> Voucher | None:
    """A row as the trace keeps it; partial where it is not for just the period."""
    if row is None:
        return None
    partial = period is not None and row.period not in (None, period)
    return Voucher(
        row.file,
        row.span.line,
        row.span.column,
        row.period_text,
        row.comment,
        row.source,
        partial=partial or (row.assessed is not None and row.assessed.indication),
        months=row.period.text if partial and row.period else "",
        sheet=row.sheet,
        undated=row.period is None and not row.place.path,
        assessed=row.assessed,
        responsible=row.responsible,
        due=row.due,
        texts=row.texts,
    )


@frozen(slots=False)
class Calendar:
    """How an indicator adds up, and the months at the end of which it is measured.

    The months are `stated` in the file; else they are all, or of a survey the last.
    """

    adds_up: AddsUp
    months: tuple[int, ...]
    stated: bool = False

    def as_of(self, period: Period) -> int:
        """The last month up to the end of a period at the end of which it is measured, if any is.

        What was known then is what is known until it is measured again.
        """
        return max(self.due(period), default=period.last[1])

    def window(self, period: Period) -> Period:
        """The months that the value at the end of a period is of."""
        if self.adds_up.before:
            return whole_year(period.year - 1)
        last = self.as_of(period) if self.adds_up.kind in ADDED else period.last[1]
        return Period((period.year, JANUARY), (period.year, last))

    def due(self, period: Period) -> tuple[int, ...]:
        """The months up to the end of a period at the end of which it is measured."""
        return tuple(month for month in self.months if month <= period.last[1])


def calendar_of(entry: IndicatorEntry) -> Calendar | None:
    """The calendar of an indicator; None where the file says nothing of the kind."""
    adds_up, measured = entry.first(AddsUp), entry.first(Measured)
    if adds_up is None and measured is None:
        return None
    adds_up = adds_up or AddsUp("latest")
    usual = (DECEMBER,) if adds_up.kind == "survey" else ALL_MONTHS
    return Calendar(adds_up, measured.months if measured else usual, measured is not None)


def whole_year(year: int) -> Period:
    """A calendar year."""
    return Period((year, JANUARY), (year, DECEMBER))


@frozen(slots=False)
class ToDate:
    """What an indicator comes to by the end of a period.

    `row` is the last row that speaks of it, and `laid` are those that are added; `lacking` are the
    months without an outcome that the value takes, `leaving` those of which the data say that it
    does not apply; `next_due` is the month at the end of which it is measured, where that is later.
    """

    worked: Input
    row: OutcomeRow | None = None
    lacking: tuple[Month, ...] = ()
    next_due: int | None = None
    laid: tuple[OutcomeRow, ...] | None = None
    leaving: tuple[Month, ...] = ()

    @property
    def counted(self) -> tuple[OutcomeRow, ...]:
        """The rows of which the value is made, or would be."""
        if self.laid is not None:
            return self.laid
        return (self.row,) if self.row else ()


def to_date(rows: Sequence[OutcomeRow], calendar: Calendar, period: Period) -> ToDate:
    """What the rows of an indicator come to by the end of a period."""
    window, due = calendar.window(period), calendar.due(period)
    outcomes = [each for each in rows if not each.only_forecast]
    inside = [each for each in outcomes if _is_known(each, window, calendar, due)]
    undated = next((each for each in outcomes if not each.period), None)
    if undated and not inside:
        return ToDate(_stated(undated), undated)
    gone = _gone(inside, period) if calendar.adds_up.kind == "latest" else []
    leaving = {month for row in gone if row.period for month in row.period.months}
    applying = tuple(month for month in due if (period.year, month) not in leaving)
    if applying and len(gone) < len(inside):  # as a month that does not apply leaves a sum
        inside, due = [each for each in inside if each not in gone], applying
    else:
        leaving = set()
    since = (window.last[0], due[-1]) if due and calendar.adds_up.kind != "survey" else window.first
    recent = [each for each in inside if each.period and each.period.last >= since]
    last = max(recent, key=_by_time, default=None)
    last = last and with_same_end(last, rows)
    if calendar.adds_up.kind in ADDED and due:
        finest = _finest(inside, calendar)
        return _added(_Pieces(finest, calendar, window, due, _forecast(rows)), last)
    left = tuple(sorted(leaving & {(period.year, month) for month in calendar.due(period)}))
    if last:
        return ToDate(_stated(last), last, leaving=left)
    if due:
        last_due = (period.year, due[-1])
        reason: MemberReason = "not measured" if last_due in _forecast(rows) else "missing"
        return ToDate(Input(reason=reason), None, (last_due,), leaving=left)
    return ToDate(Input(reason="not measured"), next_due=calendar.months[0])


def _gone(rows: Sequence[OutcomeRow], period: Period) -> list[OutcomeRow]:
    """The last of some rows, as far as each says that it does not apply in some of the months.

    One that says so of just the period that is asked for says it of the indicator.
    """
    found: list[OutcomeRow] = []
    for row in sorted(rows, key=_by_time, reverse=True):
        of_all = row.period == period and period.length > 1
        if of_all or not _does_not_apply(row):
            break
        found.append(row)
    return found


def _is_known(row: OutcomeRow, window: Period, calendar: Calendar, due: Sequence[int]) -> bool:
    """Whether a row is of the months so far; the answer of a year is known when it is measured."""
    if row.period is None or (calendar.adds_up.before and calendar.stated and not due):
        return False
    of_year = calendar.adds_up.kind == "survey" and row.period == whole_year(window.year)
    return row.period.inside(window) or (of_year and bool(due))


def _finest(rows: Sequence[OutcomeRow], calendar: Calendar) -> list[OutcomeRow]:
    """The rows without those of several months of which each month has a row of its own."""
    if calendar.adds_up.to_date:
        return list(rows)
    single = {
        row.period.last
        for row in rows
        if row.period and row.period.first == row.period.last and isinstance(row.value, Amount)
    }
    return [each for each in rows if not _is_told(each, single, calendar)]


def _is_told(row: OutcomeRow, single: Collection[Month], calendar: Calendar) -> bool:
    """Whether the months of a row that is for several are told one by one."""
    months = row.period.months if row.period else ()
    due = [month for month in months if month[1] in calendar.months]
    return len(months) > 1 and bool(due) and all(month in single for month in due)


def _forecast(rows: Iterable[OutcomeRow]) -> frozenset[Month]:
    """The months for which there is only a forecast, so that they have not been measured."""
    periods = (each.period for each in rows if each.only_forecast)
    return frozenset(month for period in periods if period for month in period.months)


def _by_time(row: OutcomeRow) -> tuple[Month, Month]:
    return row.period.key if row.period else ((0, 0), (0, 0))


def _stated(row: OutcomeRow) -> Input:
    """What a row alone comes to."""
    if isinstance(row.value, Amount):
        return Input(row.value.number)
    return Input(reason=missing_reason(row), applies=not _does_not_apply(row))


@frozen(slots=False)
class _Pieces:
    """The rows of an indicator that is a total or an average, laid one after the other."""

    rows: Sequence[OutcomeRow]
    calendar: Calendar
    window: Period
    due: tuple[int, ...]
    forecast: frozenset[Month]

    def reason(self, month: int, row: OutcomeRow | None) -> MemberReason:
        """Why a month has no outcome."""
        only_forecast = row is None and (self.window.last[0], month) in self.forecast
        return "not measured" if only_forecast else missing_reason(row)

    def laid(self) -> Iterator[tuple[Sequence[int], OutcomeRow | None]]:
        """The months of each row, the longest first where several begin alike; None for a gap."""
        month, last = self.window.first[1], self.window.last[1]
        while month <= last:
            row = self._longest_from(month)
            end = row.period.last[1] if row and row.period else month
            months = [each for each in range(month, end + 1) if each in self.due]
            if row or months:
                yield months, row
            month = end + 1

    def _longest_from(self, month: int) -> OutcomeRow | None:
        own = (each for each in self.rows if each.period and self._first(each) == month)
        return max(
            own, key=lambda each: (isinstance(each.value, Amount), _by_time(each)), default=None
        )

    def _first(self, row: OutcomeRow) -> int:
        """The first month that a row is of; of an outcome that is to date, the first of all."""
        period = row.period or self.window
        to_date = self.calendar.adds_up.to_date and not _does_not_apply(row)
        return self.window.first[1] if to_date else period.first[1]


def _added(pieces: _Pieces, last: OutcomeRow | None) -> ToDate:
    """The sum, or the average by month, of what is laid one after the other."""
    laid = list(pieces.laid())
    rows = tuple(row for _, row in laid if row)
    leaving = tuple(
        (pieces.window.last[0], month)
        for months, row in laid
        if row and _does_not_apply(row)
        for month in months
    )
    # the row of the last months that are taken: a figure goes with what its own row says
    last = with_same_end(laid[-1][1], pieces.rows) if laid and laid[-1][1] else last
    lacking = [
        (month, row)
        for months, row in laid
        if row is None or not (isinstance(row.value, Amount) or _does_not_apply(row))
        for month in months
    ]
    if lacking:
        year = pieces.window.last[0]
        reason = pieces.reason(*lacking[0])
        months = tuple((year, month) for month, _ in lacking)
        return ToDate(Input(reason=reason), last, months, laid=rows, leaving=leaving)
    known = [
        (Fraction(row.value.number), len(months) or 1)
        for months, row in laid
        if row and isinstance(row.value, Amount)
    ]
    if not known:
        return ToDate(Input(reason="not applicable", applies=False), last, laid=rows)
    if pieces.calendar.adds_up.kind == "total":
        total = sum((number for number, _ in known), Fraction(0))
        return ToDate(Input(decimal_of(total)), last, laid=rows, leaving=leaving)
    weighed = sum((number * months for number, months in known), Fraction(0))
    average = decimal_of(weighed / sum(months for _, months in known))
    return ToDate(Input(average), last, laid=rows, leaving=leaving)


def _does_not_apply(row: OutcomeRow) -> bool:
    return status_of(row) == "not applicable"


def at_row(
    row: OutcomeRow, rows: Sequence[OutcomeRow], calendar: Calendar, period: Period
) -> ToDate:
    """What an indicator came to at the end of the period of one of its rows."""
    found = to_date(rows, calendar, row.period or period)
    return evolve(found, row=row)


def has_annual(rows: Iterable[OutcomeRow], year: int) -> bool:
    """Whether any outcome is of a whole year, or does not say when it is of."""
    outcomes = (each for each in rows if not each.only_forecast)
    return any(each.period in (None, whole_year(year)) for each in outcomes)


def reached_month(rows: Iterable[OutcomeRow], year: int) -> int:
    """The last month of a year that there are outcomes for, by number; 0 for none.

    An outcome of the whole year counts where there are no others.
    """
    periods = [each.period for each in rows if each.period and not each.only_forecast]
    of_year = [each for each in periods if each.year == year]
    within = [each.last[1] for each in of_year if each != whole_year(year)]
    return max(within, default=DECEMBER if of_year else 0)
