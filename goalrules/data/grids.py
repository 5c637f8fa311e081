"""Tables in the files that people have: CSV, XLSX and JSON alike, found by their heading rows.

The kind of a file is told by what it holds, never by its name.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

from attrs import evolve

from goalrules.core.vocabulary import UnreadReason
from goalrules.data.columns import TableSchema
from goalrules.data.csv_grid import csv_grids
from goalrules.data.headings import HeadingRow, heading_row, like_units
from goalrules.data.json_grid import is_json, json_grid
from goalrules.data.kolada import counts_members
from goalrules.data.reading_note import NO_NOTE, ReadingNote
from goalrules.data.records import (
    MOST_ROWS,
    Grid,
    Kind,
    Place,
    Record,
    RefusedError,
    Sheet,
    cell_span,
)
from goalrules.data.values import Cell, CellFault, text_of
from goalrules.data.xlsx_grid import is_zip, xlsx_grid
from goalrules.lazily import frozen
from goalrules.limits import step, take_row
from goalrules.text.diagnostics import Diagnostic, first_told
from goalrules.text.names import folded, toml_text

MOST_ROWS_ABOVE = 20
FARTHEST_ROW = 200
"""So far down a heading row is looked for, to say that it is too far down."""


@frozen
class HeadedTable:
    """A sheet as its heading row parts it: the titles above, what it says, and the rows below.

    There are about so many `rows`. `kind` is that of the file, and `mark` as its grid has it.
    `written` is the heading row as it stands where a note reads it otherwise, and `noted` are the
    headings of the note, by their folds, that were found there or above.
    """

    kind: Kind
    file: str
    sheet: str
    above: tuple[Record, ...]
    headings: HeadingRow
    below: Iterator[Record | Diagnostic]
    rows: int
    mark: str
    written: Record
    noted: frozenset[str] = frozenset()

    def cells(self, record: Record) -> dict[str, Cell]:
        """The cells of a record by column; one that is merged with one above is that."""
        return {name: record.cell(number) for name, number in self.headings.columns.items()}

    def place(self, record: Record, columns: Mapping[str, int] | None = None) -> Place:
        """Where a record stands, and the number of the cell of each of its fields."""
        at = self.headings.columns if columns is None else columns
        words = self.headings.schema.words
        return Place(self.file, record.line, record.text, at, self.sheet, words)


@frozen
class Tables:
    """The tables in a file, and why there are none or no more.

    `sheets` are those without a table, by name: hidden, without headings, or of text alone.
    """

    tables: tuple[HeadedTable, ...]
    unread: tuple[Diagnostic, ...]
    kind: Kind | None = None
    encoding: str = ""
    sheets: tuple[tuple[str, UnreadReason], ...] = ()


@frozen
class _Without:
    """A sheet in which no headings were found, and the faults in the rows that were looked at.

    A sheet that could not be read says why, whether there are other tables or not; `reason` is why
    one that could has no table.
    """

    name: str
    faults: tuple[Diagnostic, ...]
    unread: tuple[Diagnostic, ...] = ()
    reason: UnreadReason = "no headings"


def read_tables(
    data: bytes, file: str, schema: TableSchema, missing: CellFault, note: ReadingNote = NO_NOTE
) -> Tables:
    """The table of every sheet in which a heading row is found among the first rows.

    Where there is none, `missing` is the fault of the file. The note says what headings are read
    as, which are units, and which sheets are not read.
    """
    grids = grids_in(data, file)
    if isinstance(grids, Diagnostic):
        return Tables((), (grids,))
    tried: list[list[_Without]] = []
    for grid in grids:
        found = [_table(sheet, grid, file, schema, note) for sheet in grid.sheets]
        without = [each for each in found if isinstance(each, _Without)]
        unread = tuple(fault for each in without for fault in each.unread)
        tables = tuple(each for each in found if isinstance(each, HeadedTable))
        if tables or unread:
            aside = [(each.name, _table(each, grid, file, schema, note)) for each in grid.aside]
            sheets = (
                *((each.name, each.reason) for each in without if not each.unread),
                *((name, why_aside(each)) for name, each in aside),
            )
            return Tables(tables, unread, grid.kind, grid.encoding, sheets)
        tried.append(without)
    return Tables((), _no_headings(grids[0], file, missing, tried))


def why_aside(found: HeadedTable | _Without) -> UnreadReason:
    """Why a sheet that is not shown is not read: it may hold a table, or lists and the like."""
    if isinstance(found, HeadedTable):
        return "hidden"
    return found.reason if found.reason == "as noted" else "hidden without table"


def grids_in(data: bytes, file: str) -> tuple[Grid, ...] | Diagnostic:
    """The ways to read a file, the likeliest first, or why it cannot be read."""
    if is_zip(data):
        found = xlsx_grid(data, file)
    elif is_json(data):
        found = json_grid(data, file)
    else:
        return csv_grids(data, file)
    return found if isinstance(found, Diagnostic) else (found,)


def _table(
    sheet: Sheet, grid: Grid, file: str, schema: TableSchema, note: ReadingNote
) -> HeadedTable | _Without:
    """The table in a sheet, if its headings are found as a note reads them."""
    if folded(sheet.name) in note.sheets:
        return _Without(sheet.name, (), reason="as noted")
    records = iter(sheet.records)
    above: list[Record] = []
    faults: list[Diagnostic] = []
    noted: frozenset[str] = frozenset()
    try:
        for written in islice(records, MOST_ROWS_ABOVE):
            if isinstance(written, Diagnostic):
                faults.append(written)
                continue
            noted |= note.in_(written)
            record = note.renamed(written)
            headings = heading_row(record, schema, note.units)
            if headings is not None:
                noted |= note.unit_headings(written)
                headings = _without_counts_of_members(headings)
                if sheet.rows > MOST_ROWS + 1:
                    many = RefusedError("too-many-rows", limit=MOST_ROWS)
                    return _Without(sheet.name, (), (many.told(file, sheet.name),))
                below = _as_far_as_it_goes(records, file, sheet.name)
                titles, rows = tuple(above), sheet.rows
                return HeadedTable(
                    grid.kind, file, sheet.name, titles, headings, below, rows, grid.mark,
                    written, noted,
                )  # fmt: skip
            above.append(record)
        for each in islice(records, FARTHEST_ROW):
            if isinstance(each, Record) and heading_row(note.renamed(each), schema):
                span, facts = cell_span(each.line, 1), {"limit": MOST_ROWS_ABOVE}
                far = Diagnostic(
                    "headings-far-down", file, span, each.text, facts, sheet=sheet.name
                )
                return _Without(sheet.name, (), (far,))
    except RefusedError as refused:
        return _Without(sheet.name, (), (refused.told(file, sheet.name),))
    unread = tuple(
        Diagnostic(
            "units-as-columns",
            file,
            cell_span(row.line, 1),
            row.text,
            {"found": found, "note": ", ".join(map(toml_text, found))},
            sheet=sheet.name,
        )
        for row, below in pairwise(above)
        if (found := like_units(row, below, schema))
    )[:1]
    alone = not faults and all(isinstance(cell, str) for each in above for cell in each.cells)
    return _Without(sheet.name, tuple(faults), unread, "text alone" if alone else "no headings")


def _without_counts_of_members(headings: HeadingRow) -> HeadingRow:
    """The headings without Kolada's `count`, which is not of people."""
    number = headings.columns.get("count", 0)
    cells = headings.record.cells
    if not number or text_of(cells[number - 1]).strip().casefold() != "count":
        return headings
    if not counts_members(map(text_of, cells)):
        return headings
    return evolve(
        headings, columns={name: n for name, n in headings.columns.items() if n != number}
    )


def _as_far_as_it_goes(
    records: Iterator[Record | Diagnostic], file: str, sheet: str
) -> Iterator[Record | Diagnostic]:
    """The records of a sheet; where it cannot be read further, why."""
    try:
        for record in records:
            if isinstance(record, Diagnostic) or not record.is_blank:
                take_row()
            else:
                step()
            yield record
    except RefusedError as refused:
        yield refused.told(file, sheet)


def _no_headings(
    grid: Grid, file: str, missing: CellFault, tried: list[list[_Without]]
) -> tuple[Diagnostic, ...]:
    """That no row holds the headings; a fault above counts if it is there in every reading."""
    fault = missing
    if grid.hidden:
        code = "no-headings-shown" if grid.sheets else "only-hidden-sheets"
        fault = CellFault(code, {"sheets": grid.hidden})
    whole = Diagnostic(fault.code, file, cell_span(1, 1), "", fault.facts)
    above = [[fault for each in sheets for fault in each.faults] for sheets in tried]
    return whole, *(above[0] if all(above) else ())


def first_faults(faults: Sequence[Diagnostic], unkept: int = 0) -> tuple[Diagnostic, ...]:
    """The faults of a file by place, at most so many as can be worked on.

    Those that were found further down and not kept are counted among the others.
    """
    sheets = {sheet: n for n, sheet in enumerate(dict.fromkeys(each.sheet for each in faults))}
    by_place = sorted(
        faults, key=lambda each: (sheets[each.sheet], each.span.line, each.span.column)
    )
    return first_told(by_place, unkept)
