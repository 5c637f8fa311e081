"""What was found in the files that rows come from, and what of them was not read: no cells' values.

It comes with the rows of a file, as `OutcomeRows`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from goalrules.core.trace import GoalRow, Receipt, TableUnit
from goalrules.core.vocabulary import ColumnRole, ReceiptWarning, UnreadReason
from goalrules.data.reading_note import NO_NOTE, ReadingNote
from goalrules.data.records import Kind, Place, Record, cell_span
from goalrules.data.values import states
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact
from goalrules.text.names import toml_key
from goalrules.text.source import Span

TOLD_UNREAD: frozenset[UnreadReason] = frozenset(
    {"unknown heading", "no heading", "hidden", "no headings", "copy", "conflict copy", "folder"}
)
"""The reasons of which a reader has to know; the others are of what holds no outcomes."""


@frozen
class ColumnRead:
    """A column of a table that was not read: the number of its cells, its heading, and why."""

    number: int
    heading: str
    reason: UnreadReason


@frozen
class ColumnUse:
    """A column of a table that was read: the number of its cells, its heading, and as what.

    `period` is that of all its cells, where it is the column of one. `by_heading` says whether its
    heading tells as what; else its cells can be nothing else. `beside` says that it fills no field
    of the rows.
    """

    number: int
    heading: str
    role: ColumnRole
    period: str = ""
    by_heading: bool = True
    beside: bool = False


@frozen
class GoalText:
    """A row that names a goal and no indicator, with the goal and the unit as it says them."""

    goal: str
    row: GoalRow
    place: Place
    unit: str = ""


@frozen
class TableRead:
    """A table that was read: its sheet, the line of its heading row, and what was not read of it.

    `rows` are the lines of rows that were not read, each with the reason; `used` are the columns
    that were read, and `units` those that it is of, also where there are no figures of them;
    `left` are those whose rows are not taken, where one is asked for, and `unit` the one of all
    rows, where no column says it.
    `goals` are the rows that speak of a goal.
    """

    sheet: str
    line: int
    columns: tuple[ColumnRead, ...] = ()
    rows: tuple[tuple[int, UnreadReason], ...] = ()
    used: tuple[ColumnUse, ...] = ()
    units: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    unit: TableUnit | None = None
    goals: tuple[GoalText, ...] = ()


@frozen
class FileRead:
    """A file that was read; `sheets` are those that were not, each with the reason.

    `note` is by what it was read, if there is one, and `receipt` what it says of itself where it is
    an assessment of another plan. Of what lies in a folder and is not read the kind is the empty
    text, and `unread` says why.
    """

    file: str
    kind: Kind | Literal[""]
    encoding: str = ""
    tables: tuple[TableRead, ...] = ()
    sheets: tuple[tuple[str, UnreadReason], ...] = ()
    note: ReadingNote = NO_NOTE
    receipt: Receipt | None = None
    unread: UnreadReason | Literal[""] = ""


class UnreadColumns:
    """The columns of a table that are not read, as its rows come: some have no cells at all.

    `headings` are those of the columns that are not read, by number, blank ones too; `known` is
    why some of them are not read, where their headings tell.
    """

    def __init__(
        self, headings: Mapping[int, str], width: int, known: Mapping[int, UnreadReason]
    ) -> None:
        self._headings, self.width, self._known = headings, width, known
        self.unnamed = {number for number, heading in headings.items() if not heading}
        self._silent, self._stating = set(headings), set[int]()

    def look(self, record: Record) -> None:
        """Note which of the columns state something in a record, also beyond the headings."""
        cells = record.cells
        beyond = range(self.width + 1, len(cells) + 1)
        if self._silent or beyond:
            last = len(cells)
            looked = (n for n in (*self._silent, *beyond) if n <= last and states(cells[n - 1]))
            found = set(looked)
            self._silent -= found
            self._stating |= found

    def found(self) -> Iterator[ColumnRead]:
        """Each of the columns, in order."""
        named = {number for number, heading in self._headings.items() if heading}
        for number in sorted(named | self._stating):
            heading = self._headings.get(number, "")
            yield ColumnRead(number, heading, self._reason(number, heading))

    def _reason(self, number: int, heading: str) -> UnreadReason:
        if number in self._known:
            return self._known[number]
        if number not in self._stating:
            return "no cells"
        return "unknown heading" if heading else "no heading"


RECEIPT_CODES: Mapping[ReceiptWarning, str] = {
    "draft": "assessment-of-draft",
    "outside validity": "assessment-outside-validity",
    "other rules": "assessment-by-other-rules",
}


def receipt_faults(file: str, receipt: Receipt | None) -> Iterator[Diagnostic]:
    """What a reader has to know of an assessment that is taken as outcomes, as faults."""
    if receipt:
        facts = {"plan": receipt.plan or receipt.rules, "rules": receipt.rules}
        for each in receipt.warnings:
            yield Diagnostic(RECEIPT_CODES[each], file, cell_span(1, 1), "", facts)


def unread_faults(files: Sequence[FileRead]) -> Iterator[Diagnostic]:
    """What a reader has to know of what was not read, as faults at its places."""
    for each in files:
        yield from receipt_faults(each.file, each.receipt)
        yield from unread_file(each.file, each.unread)
        for sheet, reason in each.sheets:
            yield from unread_sheet(each.file, sheet, reason)
        for table in each.tables:
            for column in table.columns:
                yield from unread_column(each.file, table.sheet, table.line, column)
            for use in table.used:
                at = use.number, use.heading
                if not use.by_heading:
                    yield taken_as_text(each.file, table.sheet, table.line, *at)


def unread_file(file: str, reason: UnreadReason | Literal[""]) -> Iterator[Diagnostic]:
    """That a file of a folder was not read, where a reader has to know."""
    if reason in TOLD_UNREAD:
        code = "unread-folder" if reason == "folder" else "unread-file"
        yield Diagnostic(code, file, cell_span(1, 1), "")


def unread_sheet(file: str, sheet: str, reason: UnreadReason) -> Iterator[Diagnostic]:
    """That a sheet was not read, where a reader has to know."""
    if reason in TOLD_UNREAD:
        code = "unread-hidden-sheet" if reason == "hidden" else "unread-sheet"
        yield Diagnostic(code, file, cell_span(1, 1), "", {"text": sheet}, sheet=sheet)


def unread_column(file: str, sheet: str, line: int, column: ColumnRead) -> Iterator[Diagnostic]:
    """That a column was not read, where a reader has to know."""
    if column.reason in TOLD_UNREAD:
        code = "unread-column" if column.heading else "unread-unnamed-column"
        yield _of_column(code, file, sheet, cell_span(line, column.number), column.heading)


def taken_as_text(file: str, sheet: str, line: int, number: int, heading: str) -> Diagnostic:
    """That a column was taken as text for its cells alone, which a reader has to know."""
    code = "column-taken-as-text" if heading else "unnamed-column-taken-as-text"
    return _of_column(code, file, sheet, cell_span(line, number), heading)


def _of_column(code: str, file: str, sheet: str, at: Span, heading: str) -> Diagnostic:
    """What was done with a column, as a fault that names it by its heading or its number."""
    facts: dict[str, DiagnosticFact] = (
        {"text": heading, "key": toml_key(heading)} if heading else {"number": at.column}
    )
    return Diagnostic(code, file, at, "", facts, sheet=sheet)
