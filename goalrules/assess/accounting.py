"""Which rows an assessment has used, as what, and why it has not used the others.

A row states one thing or several: an outcome, a level, a plan status, a forecast, a count. Each is
an entry of its own, at its own cell.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from goalrules.assess.binding import BoundRows, Slot
from goalrules.assess.forecast import rows_of_forecast
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.input_account import (
    TOLD_UNUSED,
    FileAccount,
    InputAccount,
    InputRow,
    TableAccount,
    UnreadColumn,
    UnreadRows,
    UnreadSheet,
    account_of,
    places,
    ranges,
)
from goalrules.assess.to_date import ADDED, rows_before
from goalrules.core.vocabulary import InputRole, UnreadReason, UnusedReason
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import DECEMBER, Period
from goalrules.data.read_files import (
    ColumnRead,
    FileRead,
    TableRead,
    unread_column,
    unread_sheet,
)
from goalrules.data.records import cell_span
from goalrules.language.statements import Hidden
from goalrules.text.diagnostics import Diagnostic

ROLES: Mapping[str, InputRole] = {
    "value": "outcome", "level": "level", "plan": "plan", "forecast": "forecast", "count": "count",
}  # fmt: skip
"""As what the fields of a row are used."""

OUTCOMES = ("value", "level", "indicator", "comment")
"""The fields that are used where the row's outcome is."""


class Entry(NamedTuple):
    """One thing that a row states of something, by where it stands: what it is known again by."""

    slot: Slot | None
    file: str
    sheet: str
    line: int
    column: int
    field: str


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


# What is used


def used_by(case: IndicatorCase) -> Iterator[tuple[OutcomeRow, str, InputRole]]:
    """The fields of rows that an indicator uses, and as what."""
    own = [case.row] if case.row else []
    figures = [*(case.through.counted if case.through else own)]
    before = _before(case)
    for row in figures:
        yield row, "value", "outcome"
        yield row, "indicator", "outcome"
        yield row, "comment", "comment"
    for row in own:
        yield row, "level", "level"
        yield row, "plan", "plan"
        yield row, "comment", "comment"
    yield from ((row, "forecast", "forecast") for row in rows_of_forecast(case))
    yield from ((row, "value", "year before") for row in before)
    if case.indicator.first(Hidden):
        yield from ((row, "count", "count") for row in (*figures, *before))


def _before(case: IndicatorCase) -> tuple[OutcomeRow, ...]:
    """The rows that a change is measured from."""
    if case.target.reference_from != "year before":
        return ()
    if case.program.calendar:
        return rows_before(case.rows, case.program.calendar, case.period)
    return (case.bound.before[case.program.slot],)


class Accounting:
    """What an assessment of a period uses of some rows, and why it does not use the others."""

    def __init__(self, bound: BoundRows, cases: Iterable[IndicatorCase], period: Period) -> None:
        self._bound, self._period = bound, period
        self._cases = {case.program.slot: case for case in cases}
        self._used = dict(self._find_used())
        self._speaking = {entry.slot for entry in self._used if entry.field in OUTCOMES}

    def _find_used(self) -> Iterator[tuple[Entry, InputRole]]:
        """What is used; an entry that is used in two roles comes with the first of them last."""
        waived = self._bound.waived
        for slot, case in self._cases.items():
            if slot not in waived:
                for row, name, role in reversed([*used_by(case)]):
                    yield entry_of(slot, row, name), role
        for slot, row in self._bound.now.items():
            if slot.fold and slot not in waived:
                for name in OUTCOMES:
                    yield entry_of(slot, row, name), _role(slot, name)

    def account(self) -> InputAccount:
        """Every entry of the rows, as used or with the reason why not, by files and tables."""
        bound = self._bound
        rows = [(slot, row) for slot, same in bound.every.items() for row in same]
        others = [(None, row) for row in bound.of_other_years]
        entries = [
            (entry, self._line(entry, role, row))
            for slot, row in (*rows, *others)
            for entry, role in entries_of(slot, row)
        ]
        return account_of(_in_cells(entries), map(_file, bound.files))

    def _line(self, entry: Entry, role: InputRole, row: OutcomeRow) -> InputRow:
        """An entry, with what it is used as, or why it is not."""
        as_used, slot = self._used.get(entry), entry.slot
        at = entry.file, entry.sheet, entry.line, entry.column
        name = "/".join(filter(None, (slot.goal, slot.name, slot.member))) if slot else ""
        if as_used:
            return InputRow(*at, as_used, name)
        reason = self._reason(entry, row)
        when = row.period.text if row.period else ""
        told = name if reason in ("another row", "rule takes another") else ""
        return InputRow(*at, role, told, reason, when)

    def _reason(self, entry: Entry, row: OutcomeRow) -> UnusedReason:
        """Why an entry is not used."""
        slot, when = entry.slot, row.period
        if slot is None or (when and when.year != self._period.year):
            return "another year"
        if slot in self._bound.waived:
            return "waived"
        if entry.field == "forecast":
            return "outcome instead" if self._has_outcome(slot, when) else "forecast not used"
        if when and not when.within(self._period):
            return "another period" if slot in self._speaking else "only another period"
        if entry.field == "count":
            return "no small counts"
        return self._outranked(slot) if when else "undated"

    def _outranked(self, slot: Slot) -> UnusedReason:
        """How another row than one for the period came to count."""
        case = self._cases.get(slot)
        if case is None or case.program.calendar is None:
            return "another row"
        return (
            "in other rows" if case.program.calendar.adds_up.kind in ADDED else "rule takes another"
        )

    def _has_outcome(self, slot: Slot, when: Period | None) -> bool:
        """Whether there is an outcome where there is a forecast, or of the whole year."""
        case = self._cases.get(slot)
        at_end = self._period.last[1] == DECEMBER and case is not None and case.number is not None
        return at_end or any(
            row.period and when and row.period.last == when.last and not row.only_forecast
            for row in self._bound.every.get(slot, ())
        )


# The account


def unused_faults(account: InputAccount) -> Iterator[Diagnostic]:
    """What a reader has to know of inputs that were not used, as faults at their places.

    No line of a file stands in them, since that would tell figures which are hidden.
    """
    for file in account.files:
        for sheet in file.sheets:
            yield from unread_sheet(file.file, sheet.sheet, sheet.reason)
        for table in file.tables:
            for each in table.columns:
                column = ColumnRead(each.number, each.heading, each.reason)
                yield from unread_column(file.file, table.sheet, table.headings, column)
            for unused in table.unused:
                if unused.reason in TOLD_UNUSED:
                    (line, cell), *_ = places(unused.rows, unused.cells)
                    facts = {"rows": unused.rows, "period": unused.period}
                    code = f"unused-{unused.reason.replace(' ', '-')}"
                    span = cell_span(line, cell or 1)
                    yield Diagnostic(code, file.file, span, "", facts, sheet=table.sheet)


def _in_cells(entries: Iterable[tuple[Entry, InputRow]]) -> Iterator[InputRow]:
    """The entries with the numbers of their cells, where a line of their table has several."""
    found = list(entries)
    of_line = Counter((row.file, row.sheet, row.line, entry.field) for entry, row in found)
    wide = {(file, sheet) for (file, sheet, _, _), count in of_line.items() if count > 1}
    taken: dict[tuple[str, str, int, int, str], int] = defaultdict(int)
    for entry, row in found:
        if (row.file, row.sheet) not in wide:
            yield row._replace(cell=0)
            continue
        key = row.file, row.sheet, row.line, row.cell, entry.field
        taken[key] += 1
        yield row._replace(cell=row.cell + taken[key] - 1)


def _file(read: FileRead) -> FileAccount:
    """What was found in a file, as the account has it."""
    return FileAccount(
        read.file,
        read.kind,
        read.encoding,
        tuple(map(_table, read.tables)),
        tuple(UnreadSheet(sheet, reason) for sheet, reason in read.sheets),
    )


def _table(read: TableRead) -> TableAccount:
    lines: dict[UnreadReason, list[int]] = defaultdict(list)
    for line, reason in read.rows:
        lines[reason].append(line)
    return TableAccount(
        read.sheet,
        read.line,
        unread=tuple(UnreadRows(ranges(found), reason) for reason, found in lines.items()),
        columns=tuple(
            UnreadColumn(each.number, each.heading, each.reason) for each in read.columns
        ),
    )
