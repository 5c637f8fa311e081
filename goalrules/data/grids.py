"""Tables in the files that people have: CSV, XLSX and JSON alike, found by their heading rows.

The kind of a file is told by what it holds, never by its name.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Generic, TypeVar

from attrs import frozen

from goalrules.data.csv_text import csv_grids
from goalrules.data.json_grid import is_json, json_grid
from goalrules.data.place import Place, cell_span
from goalrules.data.records import MOST_ROWS, Grid, Kind, Record, RefusedError, Sheet
from goalrules.data.values import CellFault
from goalrules.data.xlsx_grid import is_zip, xlsx_grid
from goalrules.text.diagnostics import Diagnostic

MOST_ROWS_ABOVE = 20

H = TypeVar("H")
Find = Callable[[Record, str], H | None]
"""What knows a heading row when it sees one: a record and the name of its sheet."""


@frozen
class HeadedTable(Generic[H]):
    """A sheet as its heading row parts it: the titles above, what it says, and the rows below.

    There are about so many `rows`. `kind` is that of the file, and `mark` as its grid has it.
    """

    kind: Kind
    file: str
    sheet: str
    above: tuple[Record, ...]
    headings: H
    below: Iterator[Record | Diagnostic]
    rows: int
    mark: str


Tables = tuple[tuple[HeadedTable[H], ...], tuple[Diagnostic, ...]]
"""The tables in a file, and why there are none or no more."""


@frozen
class _Without:
    """A sheet in which no headings were found, and the faults in the rows that were looked at.

    A sheet that could not be read says why, whether there are other tables or not.
    """

    faults: tuple[Diagnostic, ...]
    unread: tuple[Diagnostic, ...] = ()


def read_tables(data: bytes, file: str, find: Find[H], missing: CellFault) -> Tables[H]:
    """The table of every sheet in which a heading row is found among the first rows.

    Where there is none, `missing` is the fault of the file.
    """
    grids = grids_in(data, file)
    if isinstance(grids, Diagnostic):
        return (), (grids,)
    tried: list[list[_Without]] = []
    for grid in grids:
        sheets = [_table(sheet, grid, file, find) for sheet in grid.sheets]
        without = [each for each in sheets if isinstance(each, _Without)]
        unread = tuple(fault for each in without for fault in each.unread)
        tables = tuple(each for each in sheets if isinstance(each, HeadedTable))
        if tables or unread:
            return tables, unread
        tried.append(without)
    return (), _no_headings(grids[0], file, missing, tried)


def grids_in(data: bytes, file: str) -> tuple[Grid, ...] | Diagnostic:
    """The ways to read a file, the likeliest first, or why it cannot be read."""
    if is_zip(data):
        found = xlsx_grid(data, file)
    elif is_json(data):
        found = json_grid(data, file)
    else:
        return csv_grids(data, file)
    return found if isinstance(found, Diagnostic) else (found,)


def _table(sheet: Sheet, grid: Grid, file: str, find: Find[H]) -> HeadedTable[H] | _Without:
    """The table in a sheet, if its headings are found."""
    records = iter(sheet.records)
    above: list[Record] = []
    faults: list[Diagnostic] = []
    try:
        for record in islice(records, MOST_ROWS_ABOVE):
            if isinstance(record, Diagnostic):
                faults.append(record)
                continue
            headings = find(record, sheet.name)
            if headings is not None:
                _refuse_many_rows(sheet)
                below = _as_far_as_it_goes(records, file, sheet.name)
                titles, rows = tuple(above), sheet.rows
                return HeadedTable(
                    grid.kind, file, sheet.name, titles, headings, below, rows, grid.mark
                )
            above.append(record)
    except RefusedError as refused:
        return _Without((), (refused.told(file, sheet.name),))
    return _Without(tuple(faults))


def _refuse_many_rows(sheet: Sheet) -> None:
    if sheet.rows > MOST_ROWS + 1:
        raise RefusedError("too-many-rows", limit=MOST_ROWS)


def _as_far_as_it_goes(
    records: Iterator[Record | Diagnostic], file: str, sheet: str
) -> Iterator[Record | Diagnostic]:
    """The records of a sheet; where it cannot be read further, why."""
    try:
        yield from records
    except RefusedError as refused:
        yield refused.told(file, sheet)


def _no_headings(
    grid: Grid, file: str, missing: CellFault, tried: list[list[_Without]]
) -> tuple[Diagnostic, ...]:
    """That no row holds the headings; a fault above counts if it is there in every reading."""
    fault = missing
    if grid.hidden and not grid.sheets:
        fault = CellFault("only-hidden-sheets", {"sheets": grid.hidden})
    whole = Diagnostic(fault.code, file, cell_span(1, 1), "", fault.facts)
    above = [[fault for each in sheets for fault in each.faults] for sheets in tried]
    return whole, *(above[0] if all(above) else ())


def place(table: HeadedTable[H], record: Record, columns: Mapping[str, int]) -> Place:
    """Where a record of a table stands, and the number of the cell of each of its fields."""
    return Place(table.file, record.line, record.text, columns, table.sheet)
