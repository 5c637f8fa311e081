"""The grid of an XLSX file: its sheets that are shown, each with its rows as records."""

import re
from collections import defaultdict
from collections.abc import Iterator

from attrs import frozen

from goalrules.data.place import cell_span
from goalrules.data.records import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Grid,
    Record,
    RefusedError,
    Sheet,
    line_of,
)
from goalrules.data.xlsx_cells import BEYOND, COLUMNS, rows_of
from goalrules.data.xlsx_package import damaged
from goalrules.data.xlsx_workbook import SheetPart, Workbook, open_workbook
from goalrules.data.xlsx_xml import elements
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact

MOST_MERGED = 100_000

_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_RANGE = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")

Runs = dict[int, list[tuple[int, int]]]
"""The runs of rows that are merged in a column, by its number: the first and the last."""


def is_zip(data: bytes) -> bool:
    """Whether some bytes begin as an XLSX file does."""
    return data.startswith(_STARTS)


def xlsx_grid(data: bytes, file: str) -> Grid | Diagnostic:
    """The sheets of an XLSX file, or why it cannot be read."""
    try:
        workbook = open_workbook(data)
        shown = tuple(_sheet(workbook, each, file) for each in workbook.sheets if not each.hidden)
    except RefusedError as refused:
        return refused.told(file)
    return Grid("xlsx", shown, hidden=tuple(each.name for each in workbook.sheets if each.hidden))


def _sheet(workbook: Workbook, sheet: SheetPart, file: str) -> Sheet:
    rows, merged = workbook.package.survey(sheet.part)
    return Sheet(sheet.name, SheetRecords(workbook, sheet, file, merged), rows)


@frozen
class SheetRecords:
    """The records of a sheet, one after the other; `merged` says that cells of it may be merged."""

    workbook: Workbook
    sheet: SheetPart
    file: str
    merged: bool

    def __iter__(self) -> Iterator[Record | Diagnostic]:
        """Each record, or its fault.

        Raises:
            RefusedError: the sheet cannot be read further.
        """
        merged = _Merged(self._runs())
        for count, (line, cells) in enumerate(rows_of(self.workbook, self.sheet.part)):
            if count > MOST_ROWS:
                raise RefusedError("too-many-rows", limit=MOST_ROWS)
            yield self._record(line, cells, merged.beside(line, cells))

    def _runs(self) -> Runs:
        """The runs of merged rows, which stand after the cells in a sheet."""
        part, package = self.sheet.part, self.workbook.package
        found: Runs = defaultdict(list)
        named = elements(part, package.chunks(part), "mergeCell") if self.merged else ()
        for number, (_, given) in enumerate(named):
            if number >= MOST_MERGED:
                raise damaged(part)
            column, first, last = _down(given.get("ref", ""))
            if first < last:
                found[column].append((first, last))
        return found

    def _record(
        self, line: int, cells: dict[int, Cell], merged: dict[int, Cell]
    ) -> Record | Diagnostic:
        width = max(cells)
        row = tuple(cells.get(number, "") for number in range(1, width + 1))
        if width == BEYOND:
            return self._fault("too-many-columns", line, BEYOND, limit=MOST_COLUMNS)
        for number, cell in enumerate(row, 1):
            if isinstance(cell, str) and len(cell) > MOST_CHARACTERS:
                return self._fault("cell-too-long", line, number, limit=MOST_CHARACTERS)
        return Record(line, row, line_of(row), merged)

    def _fault(self, code: str, line: int, column: int, **facts: DiagnosticFact) -> Diagnostic:
        span = cell_span(line, column)
        return Diagnostic(code, self.file, span, "", facts, sheet=self.sheet.name)


class _Merged:
    """The cells that are merged over several rows, as the rows are read one after the other."""

    def __init__(self, runs: Runs) -> None:
        self.runs = {column: sorted(found, reverse=True) for column, found in runs.items()}
        self.top: dict[int, tuple[int, Cell]] = {}

    def beside(self, line: int, cells: dict[int, Cell]) -> dict[int, Cell]:
        """What the cells of a row state that are blank in it, but one with a cell further up."""
        found: dict[int, Cell] = {}
        for column, runs in self.runs.items():
            while runs and runs[-1][1] < line:
                runs.pop()
            first = runs[-1][0] if runs else line + 1
            if first == line:
                self.top[column] = line, cells.get(column, "")
            elif first < line and column not in cells and self.top.get(column, (0,))[0] == first:
                found[column] = self.top[column][1]
        return found


def _down(place: str) -> tuple[int, int, int]:
    """The column in which a merged range holds its value, and its first and last row."""
    found = _RANGE.fullmatch(place)
    if found is None:
        return 0, 0, 0
    return COLUMNS.get(found[1], BEYOND), int(found[2]), int(found[4])
