"""The grid of an XLSX file: its sheets that are shown, each with its rows as records.

The cells of a row are read from its XML as they stand, each with what it states.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from attrs import evolve

from goalrules.core.vocabulary import DECEMBER, JANUARY
from goalrules.data.number_format import NumberFormat
from goalrules.data.period import Period
from goalrules.data.records import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    Record,
    RefusedError,
    Sheet,
    cell_span,
    letters,
    line_of,
)
from goalrules.data.values import Cell, CellFault
from goalrules.data.xlsx_package import Attributes, damaged, elements, local, parse
from goalrules.data.xlsx_workbook import (
    SheetPart,
    Workbook,
    open_workbook,
    unescaped,
)
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact

COLUMNS = {letters(number): number for number in range(1, MOST_COLUMNS + 1)}
BEYOND = MOST_COLUMNS + 1
MOST_BEGUN = 4_000_000
"""The rows, cells and other things of a sheet: more than 50 MB of filled cells can hold."""

EXACT_DIGITS = 15
"""A spreadsheet writes more digits than these only to say which binary number it holds."""

NEVER_WORKED_OUT = CellFault("no-stored-value")

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
_DAY_ONE = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}  # noqa: DTZ001
_LEAP_DAY_OF_1900 = 60
"""A day that never was, but that spreadsheets count."""

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
        shown: list[Sheet] = []
        for part in workbook.sheets:
            if not part.hidden:
                rows, merged = workbook.package.survey(part.part)
                records = SheetRecords(workbook, part, file, merged)
                shown.append(Sheet(part.name, records, rows))
    except RefusedError as refused:
        return refused.told(file)
    aside = tuple(
        Sheet(each.name, SheetRecords(workbook, each, file, merged=False))
        for each in workbook.sheets
        if each.hidden
    )
    return Grid("xlsx", tuple(shown), hidden=tuple(each.name for each in aside), aside=aside)


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
        runs, across = self._runs()
        merged = _Merged(runs)
        for count, (line, cells) in enumerate(rows_of(self.workbook, self.sheet.part)):
            if count > MOST_ROWS:
                raise RefusedError("too-many-rows", limit=MOST_ROWS)
            record = self._record(line, cells, merged.beside(line, cells))
            if line in across and isinstance(record, Record):
                record = evolve(record, across=across[line])
            yield record

    def _runs(self) -> tuple[Runs, dict[int, dict[int, int]]]:
        """The runs of merged rows, which stand after the cells in a sheet.

        And the cells that are merged with one to the left in their row: the number of that.
        """
        part, package = self.sheet.part, self.workbook.package
        found: Runs = defaultdict(list)
        across: dict[int, dict[int, int]] = defaultdict(dict)
        named = elements(part, package.chunks(part), "mergeCell") if self.merged else ()
        for number, (_, given) in enumerate(named):
            if number >= MOST_MERGED:
                raise damaged(part)
            column, end, first, last = _corners(given.get("ref", ""))
            if first < last:
                found[column].append((first, last))
            elif column < end <= MOST_COLUMNS:
                across[first] |= dict.fromkeys(range(column + 1, end + 1), column)
        return found, across

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


def _corners(place: str) -> tuple[int, int, int, int]:
    """The first and the last column of a merged range, and its first and last row."""
    found = _RANGE.fullmatch(place)
    if found is None:
        return 0, 0, 0, 0
    first, last = (COLUMNS.get(found[group], BEYOND) for group in (1, 3))
    return first, last, int(found[2]), int(found[4])


# The rows of a sheet

CellRow = tuple[int, dict[int, Cell]]
"""The number of a row and its cells that are not blank, by the numbers of their columns."""


def rows_of(workbook: Workbook, part: str) -> Iterator[CellRow]:
    """The rows of a sheet that are not blank.

    Raises:
        RefusedError: the part is damaged, or larger than is read.
    """
    reader = _Reader(workbook, part)
    chunks = workbook.package.chunks(part)
    for _ in parse(part, chunks, reader.start, reader.end, reader.text):
        yield from reader.rows
        reader.rows.clear()


class _Reader:
    """A sheet as far as it has been read: the row and the cell that have begun."""

    def __init__(self, workbook: Workbook, part: str) -> None:
        self.workbook = workbook
        self.part = part
        self.rows: list[CellRow] = []
        self.cells: dict[int, Cell] = {}
        self.row = self.column = self.begun = 0
        self.given: Attributes = {}
        self.pieces: list[str] = []
        self.formula = self.stored = self.inside = self.spoken = False

    def start(self, name: str, given: Attributes) -> None:
        """The beginning of an element."""
        if name == "c":
            self._cell(given)
        elif name == "v":
            self.inside = self.stored = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self._row(given)
        elif name == "t":
            self.inside = not self.spoken
            self.stored = self.stored or self.inside
        elif name == "rPh":
            self.spoken = True
        elif ":" in name:
            self.start(local(name), given)
        else:
            self._count()

    def text(self, text: str) -> None:
        """A piece of text."""
        if self.inside:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        """The end of an element."""
        if name in ("v", "t"):
            self.inside = False
        elif name == "c":
            cell = self._stated("".join(self.pieces)) if self.stored or self.formula else ""
            if cell != "":
                self.cells[min(self.column, BEYOND)] = cell
        elif name == "row":
            if self.cells:
                self.rows.append((self.row, self.cells))
                self.cells = {}
        elif name == "rPh":
            self.spoken = False
        elif ":" in name:
            self.end(local(name))

    def _count(self) -> None:
        """One more element of a kind that there may be many of."""
        self.begun += 1
        if self.begun > MOST_BEGUN:
            raise damaged(self.part)

    def _row(self, given: Attributes) -> None:
        self._count()
        before, self.row = self.row, self._number(given.get("r"), self.row + 1)
        self.column = 0
        if self.row <= before:
            raise damaged(self.part)

    def _cell(self, given: Attributes) -> None:
        self._count()
        before = self.column
        place = given.get("r")
        self.column = (
            before + 1 if place is None else COLUMNS.get(place.rstrip("0123456789"), BEYOND)
        )
        if self.column <= before and self.column < BEYOND:
            raise damaged(self.part)
        self.given = given
        self.pieces = []
        self.formula = self.stored = False

    def _number(self, text: str | None, usual: int) -> int:
        if text is None:
            return usual
        if not (text.isascii() and text.isdigit() and len(text) <= len("1048576")):
            raise damaged(self.part)
        return int(text)

    def _stated(self, text: str) -> Cell:
        kind = self.given.get("t", "n")
        if kind in ("str", "inlineStr"):
            return unescaped(text) if self.stored else NEVER_WORKED_OUT
        text = text.strip()
        if not text:
            return NEVER_WORKED_OUT if self.formula else ""
        match kind:
            case "s":
                return self._shared(self._number(text, 0))
            case "b":
                return text not in ("0", "false")
            case "e" | "d":
                return day(text) if kind == "d" else CellFault("error-cell", {"text": text})
            case _:
                return self._amount(text)

    def _shared(self, number: int) -> str:
        texts = self.workbook.texts
        if number >= len(texts):
            raise damaged(self.part)
        return texts[number]

    def _amount(self, text: str) -> Cell:
        """A number as people see it: a date or period, in percent or thousands, or a fault."""
        if not _NUMBER.fullmatch(text):
            return CellFault("not-a-number", {"text": text})
        number = exact(text)
        if self.formula and not number and self.workbook.to_work_out:
            return NEVER_WORKED_OUT
        shown = self._shown()
        if shown is None:
            return number
        section = shown.section(number)
        match section.kind if section else "text":
            case "moment":
                return moment(number, from_1904=self.workbook.from_1904)
            case "month" | "year" as kind:
                return period_shown(number, kind, from_1904=self.workbook.from_1904)
            case _:
                return shown.shown(number)

    def _shown(self) -> NumberFormat | None:
        style = self.given.get("s", "")
        number = (
            int(style) if style.isascii() and style.isdigit() and len(style) < len("100000") else 0
        )
        return self.workbook.shown[number] if number < len(self.workbook.shown) else None


def exact(text: str) -> Decimal:
    """The number that a spreadsheet means by its digits.

    83.1 is often written 83.099999999999994, which is the binary number it is held as: the number
    is then the shortest one that is held as the same. 0.1 + 0.2 is 0.30000000000000004 also there.
    """
    number = Decimal(text)
    if len(number.as_tuple().digits) <= EXACT_DIGITS:
        return number
    return Decimal(repr(float(text)))


def day(text: str) -> Cell:
    """The date that a text such as `2025-03-01` or `2025-03-01T00:00:00` names."""
    try:
        return _without_midnight(dt.datetime.fromisoformat(text))
    except ValueError:
        return CellFault("date-cell", {"text": text})


def moment(number: Decimal, *, from_1904: bool) -> Cell:
    """The date that a number of days is shown as, with its time where it is not midnight."""
    early = not from_1904 and number < _LEAP_DAY_OF_1900
    try:
        found = _DAY_ONE[from_1904] + dt.timedelta(days=float(number) + early)
    except OverflowError:
        return CellFault("date-cell", {"text": f"{number:f}"})
    return _without_midnight(found.replace(microsecond=0))


def period_shown(number: Decimal, kind: Literal["month", "year"], *, from_1904: bool) -> Cell:
    """The month or the year that a number of days is shown as, where the day is not shown."""
    found = moment(number, from_1904=from_1904)
    if not isinstance(found, dt.date):
        return found
    first, last = (found.month, found.month) if kind == "month" else (JANUARY, DECEMBER)
    return Period((found.year, first), (found.year, last))


def _without_midnight(found: dt.datetime) -> dt.date:
    return found.date() if found.time() == dt.time() else found
