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
from goalrules.data.records import Grid, Kind, Record, Sheet
from goalrules.data.values import CellFault
from goalrules.data.xlsx_grid import is_zip, xlsx_grid
from goalrules.text.diagnostics import Diagnostic

MOST_ROWS_ABOVE = 20

H = TypeVar("H")
Find = Callable[[Record, str], H | None]
"""What knows a heading row when it sees one: a record and the name of its sheet."""


@frozen
class Table(Generic[H]):
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


Tables = tuple[tuple[Table[H], ...], tuple[Diagnostic, ...]]
"""The tables in a file, or why there are none."""


def read_tables(data: bytes, file: str, find: Find[H], missing: CellFault) -> Tables[H]:
    """The table of every sheet in which a heading row is found among the first rows.

    Where there is none, `missing` is the fault of the file.
    """
    grids = grids_in(data, file)
    if isinstance(grids, Diagnostic):
        return (), (grids,)
    faults: list[tuple[Diagnostic, ...]] = []
    for grid in grids:
        tries = [_table(sheet, grid, file, find) for sheet in grid.sheets]
        tables = tuple(each for each in tries if isinstance(each, Table))
        if tables:
            return tables, ()
        faults.append(tuple(each for parts in tries if isinstance(parts, tuple) for each in parts))
    return (), _without(grids[0], file, missing, faults)


def grids_in(data: bytes, file: str) -> tuple[Grid, ...] | Diagnostic:
    """The ways to read a file, the likeliest first, or why it cannot be read."""
    if is_zip(data):
        found = xlsx_grid(data, file)
    elif is_json(data):
        found = json_grid(data, file)
    else:
        return csv_grids(data, file)
    return found if isinstance(found, Diagnostic) else (found,)


def _table(sheet: Sheet, grid: Grid, file: str, find: Find[H]) -> Table[H] | tuple[Diagnostic, ...]:
    """The table in a sheet, or the faults in the rows among which its headings were looked for."""
    records = iter(sheet.records)
    above: list[Record] = []
    faults: list[Diagnostic] = []
    for record in islice(records, MOST_ROWS_ABOVE):
        if isinstance(record, Diagnostic):
            faults.append(record)
            continue
        headings = find(record, sheet.name)
        if headings is not None:
            name, rows = sheet.name, sheet.rows
            return Table(grid.kind, file, name, tuple(above), headings, records, rows, grid.mark)
        above.append(record)
    return tuple(faults)


def _without(
    grid: Grid, file: str, missing: CellFault, faults: list[tuple[Diagnostic, ...]]
) -> tuple[Diagnostic, ...]:
    """That no row holds the headings; a fault above counts if it is there in every reading."""
    fault = missing
    if grid.hidden and not grid.sheets:
        fault = CellFault("only-hidden-sheets", {"sheets": grid.hidden})
    whole = Diagnostic(fault.code, file, cell_span(1, 1), "", fault.facts)
    return whole, *(faults[0] if all(faults) else ())


def place(table: Table[H], record: Record, columns: Mapping[str, int]) -> Place:
    """Where a record of a table stands, and the number of the cell of each of its fields."""
    return Place(table.file, record.line, record.text, columns, table.sheet)
