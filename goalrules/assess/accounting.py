"""Which rows an assessment has used, as what, and why it has not used the others.

A row states one thing or several: an outcome, a level, a plan status, a forecast, a count. Each is
an entry of its own, at its own cell.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from goalrules.assess.binding import BoundRows, Entry, Slot, Stated
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.input_account import (
    ChosenRows,
    FileAccount,
    GoalRows,
    InputAccount,
    InputRow,
    NoteAccount,
    ReadAs,
    ReadColumn,
    TableAccount,
    UnreadColumn,
    UnreadRows,
    UnreadSheet,
    account_of,
    places,
    ranges,
)
from goalrules.assess.row_uses import OUTRANKED, used_rows, used_rows_of_all, why_unused
from goalrules.core.vocabulary import DECEMBER, InputRole, UnreadReason, UnusedReason
from goalrules.data.headings import LEFT, role_beside
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.data.read_files import (
    ColumnRead,
    FileRead,
    TableRead,
    receipt_faults,
    taken_as_text,
    unread_column,
    unread_file,
    unread_sheet,
)
from goalrules.data.reading_note import ReadingNote
from goalrules.data.records import cell_span
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.numbers import Amount

ROLES: Mapping[str, InputRole] = {
    "value": "outcome", "level": "level", "plan": "plan", "forecast": "forecast", "count": "count",
}  # fmt: skip
"""As what the fields of a row are used."""

UNUSED_CODES: Mapping[UnusedReason, str] = {
    "another year": "unused-another-year",
    "only another period": "unused-only-another-period",
    "earlier": "unused-another-row",
    **dict.fromkeys(OUTRANKED, "unused-another-row"),
    "undated": "unused-undated",
    "judged by parts": "unused-beside-parts",
    "forecast not used": "unused-forecast-not-used",
}
"""The codes of what is a fault where nothing may be unused: the reasons that are told."""

BY_ANOTHER: tuple[UnusedReason, ...] = (*OUTRANKED, "earlier", "superseded", "not applicable")
"""The reasons with which it is told of what another row counts."""

OUTCOMES = ("value", "level", "indicator", "comment")
"""The fields that are used where the row's outcome is."""


def entry_of(slot: Slot | None, row: OutcomeRow, field: str) -> Entry:
    """A field of a row, at the row in which it stands."""
    place = row.place.of(field).of(field)
    return Entry(slot, place.file, place.sheet, place.line, place.columns.get(field, 1), field)


def entries_of(slot: Slot | None, row: OutcomeRow) -> Iterator[tuple[Entry, InputRole]]:
    """What a row states, each as what it would be used; its name where it states nothing else.

    A comment is an entry of its own where it stands in another row than the rest.
    """
    stated = [name for name in ROLES if getattr(row, name) is not None]
    for name in stated or ["indicator"]:
        yield entry_of(slot, row, name), _role(slot, name)
    if "comment" in row.place.beside:
        yield entry_of(slot, row, "comment"), "comment"


def _role(slot: Slot | None, name: str) -> InputRole:
    if slot and slot.fold and name in OUTCOMES:
        return "reported" if slot.group else "part"
    return ROLES.get(name, "outcome")


def _is_beside_parts(case: IndicatorCase, row: OutcomeRow) -> bool:
    """Whether a row has the number of a whole that is judged by its parts."""
    return isinstance(row.value, Amount) and not case.number_counts


class Accounting:
    """What an assessment of a period uses of some rows, and why it does not use the others."""

    def __init__(self, bound: BoundRows, cases: Iterable[IndicatorCase], period: Period) -> None:
        self._bound, self._period = bound, period
        every = [*cases]
        self._cases = {case.program.slot: case for case in every if not case.stands_for}
        self._then = [case for case in every if case.stands_for]
        self._used = dict(self._find_used())

    def _find_used(self) -> Iterator[tuple[Entry, InputRole]]:
        """What is used; an entry that is used in two roles comes with the first of them last."""
        waived = self._bound.waived
        for case in self._then:
            for row, name, _ in used_rows_of_all(case):
                yield entry_of(None, row, name), "earlier year"
        for slot, case in self._cases.items():
            if slot not in waived:
                for row, name, role in reversed([*used_rows(case)]):
                    if not (name == "value" and _is_beside_parts(case, row)):
                        yield entry_of(slot, row, name), role
        for slot, row in self._bound.now.items():
            if slot.fold and slot not in waived:
                for name in OUTCOMES:
                    yield entry_of(slot, row, name), _role(slot, name)

    def account(self) -> InputAccount:
        """Every entry of the rows, as used or with the reason why not, by files and tables."""
        known = self._bound.of_year.stated
        if known is None:
            known = self._bound.of_year.stated = tuple(_in_cells(_stated_in(self._bound)))
        return account_of(map(self._line, known), map(_file, self._bound.files))

    def _line(self, stated: Stated) -> InputRow:
        """An entry, with what it is used as, or why it is not."""
        then = stated.entry._replace(slot=None)  # a row of then may be one of something else now
        as_used, line = self._used.get(stated.entry, self._used.get(then)), stated.line
        if as_used:
            return line if as_used == line.role else line._replace(role=as_used)
        reason = self._reason(stated.entry, stated.row)
        told = line.member if reason in BY_ANOTHER else ""
        return InputRow(*line[:5], told, reason, stated.period)

    def _reason(self, entry: Entry, row: OutcomeRow) -> UnusedReason:
        """Why an entry is not used."""
        slot = entry.slot
        case = self._cases.get(slot) if slot else None
        chosen = self._bound.now.get(slot) if slot else None
        used = case.used if case else (chosen,) if chosen else ()
        why = why_unused(row, used, self._period, case.program.calendar if case else None)
        if slot is None or why == "another year":
            same_year = row.period is not None and row.period.year == self._period.year
            of_time: UnusedReason = "another period" if same_year else "another year"
            return "no member" if slot is None and row.assessed else of_time
        if slot in self._bound.waived:
            return "waived"
        if case and entry.field == "value" and _is_beside_parts(case, row):
            return "judged by parts"
        if entry.field == "forecast":
            return "outcome instead" if self._has_outcome(slot, row.period) else "forecast not used"
        if entry.field == "count" and why not in ("another period", "only another period"):
            return "no small counts"
        beside = (*used, *(each for _, each in self._bound.again))
        return "superseded" if any(row.place is each.place for each in beside) else why

    def _has_outcome(self, slot: Slot, when: Period | None) -> bool:
        """Whether there is an outcome where there is a forecast, or one that is the year's.

        One of a part of the year is none of the whole, unless the plan says how it comes about.
        """
        case, last = self._cases.get(slot), self._period.last
        is_whole = False
        if case is not None and case.number is not None and last[1] == DECEMBER:
            ends = {row.period.last if row.period else last for row in case.used}
            is_whole = case.program.calendar is not None or last in ends
        return is_whole or any(
            row.period and when and row.period.last == when.last and not row.only_forecast
            for row in self._bound.every.get(slot, ())
        )


# The account


def unused_faults(account: InputAccount) -> Iterator[Diagnostic]:
    """What a reader has to know of inputs that were not used, as faults at their places.

    No line of a file stands in them, since that would tell figures which are hidden.
    """
    for file in account.files:
        yield from receipt_faults(file.file, file.receipt)
        yield from unread_file(file.file, file.unread)
        for sheet in file.sheets:
            yield from unread_sheet(file.file, sheet.sheet, sheet.reason)
        for table in file.tables:
            for each in table.columns:
                column = ColumnRead(each.number, each.heading, each.reason)
                yield from unread_column(file.file, table.sheet, table.headings, column)
            for read in table.beside:
                if not read.by_heading:
                    at = read.number, read.heading
                    yield taken_as_text(file.file, table.sheet, table.headings, *at)
            for unused in table.unused:
                if unused.reason in UNUSED_CODES:
                    (line, cell), *_ = places(unused.rows, unused.cells)
                    facts = {"rows": unused.rows, "period": unused.period}
                    code = UNUSED_CODES[unused.reason]
                    span = cell_span(line, cell or 1)
                    yield Diagnostic(code, file.file, span, "", facts, sheet=table.sheet)


def _stated_in(bound: BoundRows) -> Iterator[Stated]:
    """Every entry of some rows."""
    rows = [(slot, row) for slot, same in bound.every.items() for row in same]
    others = [(None, row) for row in bound.of_other_years]
    periods: dict[Period | None, str] = {None: ""}
    for slot, row in (*rows, *bound.again, *others):
        member = "/".join(filter(None, (slot.goal, slot.name, slot.member))) if slot else ""
        if row.period and row.period not in periods:
            periods[row.period] = row.period.text
        period = periods[row.period]
        for entry, role in entries_of(slot, row):
            at = entry.file, entry.sheet, entry.line, entry.column
            yield Stated(entry, row, InputRow(*at, role, member), period)


def _in_cells(entries: Iterable[Stated]) -> Iterator[Stated]:
    """The entries with the numbers of their cells, where a line of their table has several."""
    found = list(entries)
    of_line = Counter((*line[:3], entry.field) for entry, _, line, _ in found)
    wide = {(file, sheet) for (file, sheet, _, _), count in of_line.items() if count > 1}
    taken: Counter[tuple[str, str, int, int, str]] = Counter()
    for entry, row, line, period in found:
        cell, key = 0, (*line[:4], entry.field)
        if line[:2] in wide:
            cell = line.cell + taken[key]
            taken[key] += 1
        at = line.file, line.sheet, line.line, cell
        yield Stated(entry, row, InputRow(*at, line.role, line.member), period)


def _file(read: FileRead) -> FileAccount:
    """What was found in a file, as the account has it."""
    return FileAccount(
        read.file,
        read.kind,
        read.encoding,
        tuple(map(_table, read.tables)),
        tuple(UnreadSheet(sheet, reason) for sheet, reason in read.sheets),
        _note(read.note) if read.note.file else None,
        read.receipt,
        read.unread,
    )


def _note(note: ReadingNote) -> NoteAccount:
    """What a reading note says, as the account has it."""
    return NoteAccount(
        note.file,
        tuple(
            ReadAs(heading, read_as)
            for heading, read_as in note.headings.values()
            if role_beside(read_as) != LEFT
        ),
        tuple(ChosenRows(each.heading, each.texts, each.taken) for each in note.rows),
        tuple(note.units.values()),
    )


def _table(read: TableRead) -> TableAccount:
    lines: dict[UnreadReason, list[int]] = defaultdict(list)
    for line, reason in read.rows:
        lines[reason].append(line)
    of_goals: dict[str, list[int]] = defaultdict(list)
    for each in read.goals:
        of_goals[each.goal].append(each.row.line)
    return TableAccount(
        read.sheet,
        read.line,
        unread=tuple(UnreadRows(ranges(found), reason) for reason, found in lines.items()),
        columns=tuple(
            UnreadColumn(each.number, each.heading, each.reason) for each in read.columns
        ),
        unit=read.unit,
        beside=tuple(
            ReadColumn(each.number, each.heading, each.role, each.by_heading)
            for each in read.used
            if each.beside
        ),
        goals=tuple(GoalRows(ranges(found), goal) for goal, found in of_goals.items()),
    )
