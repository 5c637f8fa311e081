"""Grids of records of cells: what every kind of file comes down to, and places in it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeAlias

from attrs import evolve, field

from goalrules.data.values import Cell, CellFault, text_of
from goalrules.frozen import frozen_map
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, PathKey, WordKind, WordRef
from goalrules.text.source import Span

MOST_MEGABYTES = 50
MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
MOST_CHARACTERS = 10_000
BYTES_IN_MEGABYTE = 1_000_000

Kind: TypeAlias = Literal["csv", "xlsx", "json"]

Progress: TypeAlias = Callable[[int, int], None]
"""What is told how many rows have been read, of how many there seem to be."""


def _frozen_columns(columns: Mapping[str, int]) -> Mapping[str, int]:
    return frozen_map(columns)


def _frozen_names(names: Mapping[str, str]) -> Mapping[str, str]:
    return frozen_map(names)


def _frozen_places(places: Mapping[str, "Place"]) -> Mapping[str, "Place"]:
    return frozen_map(places)


NO_NAMES: Mapping[str, str] = frozen_map({})
NO_PLACES: "Mapping[str, Place]" = frozen_map({})


@frozen
class Place:
    """Where a row stands: its file, its line counted from 1 and as it stands, its fields' cells.

    The sheet is named where the file has several. `words` is the kind of word that a column is
    called by; `beside` are the places of the fields that stand in another row. For values from
    Python `path` is that of the entry, and `names` what the fields of a mapping are called there.
    """

    file: str
    line: int = 1
    text: str = ""
    columns: Mapping[str, int] = field(factory=dict, converter=_frozen_columns)
    sheet: str = ""
    words: WordKind = "heading"
    path: tuple[PathKey, ...] = ()
    names: Mapping[str, str] = field(default=NO_NAMES, converter=_frozen_names)
    beside: Mapping[str, "Place"] = field(default=NO_PLACES, converter=_frozen_places)

    def of(self, name: str) -> "Place":
        """The place of the row in which a field stands: this one, or one that it is joined to."""
        return self if self.beside is NO_PLACES else self.beside.get(name, self)

    def at(self, name: str) -> Span:
        """The place of a field's cell; its column is the cell's number, counted from 1."""
        own = self.of(name)
        return cell_span(own.line, own.columns.get(name, 1))

    def fault(self, name: str, fault: CellFault) -> Diagnostic:
        """A field's fault at the place of its cell."""
        own = self.of(name)
        facts: dict[str, DiagnosticFact] = {"column": WordRef(self.words, name), **fault.facts}
        path = (*own.path, own.names[name]) if name in own.names else own.path
        at = own.at(name)
        return Diagnostic(fault.code, own.file, at, own.text, facts, sheet=own.sheet, path=path)

    def misnamed(self, name: str, fault: CellFault) -> Diagnostic:
        """The fault of a name in a mapping from Python, which is that of no field."""
        named = evolve(self, path=(*self.path, str(fault.facts["text"])), names={})
        return named.fault(name, fault)


def cell_span(line: int, column: int) -> Span:
    """The place of one cell: a line, and the cell's number in it."""
    return Span(line, column, line, column + 1)


class RefusedError(Exception):
    """A file, or the rest of one, that is not read: the fault's code, its place and its facts."""

    def __init__(self, code: str, line: int = 1, column: int = 1, **facts: DiagnosticFact) -> None:
        super().__init__(code)
        self.code = code
        self.span = Span(line, column, line, column + 1)
        self.facts: Mapping[str, DiagnosticFact] = facts

    def told(self, file: str, sheet: str = "") -> Diagnostic:
        """The fault as one of a file."""
        return Diagnostic(self.code, file, self.span, "", self.facts, sheet=sheet)


@frozen
class Record:
    """One row of cells as they stand, its first line counted from 1, and that line's text.

    `merged` are the blank cells, by number, that are one cell with one further up: what that holds;
    `across` those that are one with a cell to the left: the number of that.
    """

    line: int
    cells: tuple[Cell, ...]
    text: str
    merged: Mapping[int, Cell] = field(factory=dict)
    across: Mapping[int, int] = field(factory=dict)

    def cell(self, number: int) -> Cell:
        """A cell by its number, or the one above that it is merged with; blank beyond the last."""
        if number in self.merged:
            return self.merged[number]
        return self.cells[number - 1] if number <= len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        """Whether no cell states anything."""
        for cell in self.cells:
            if not isinstance(cell, str) or (cell and not cell.isspace()):
                return False
        return True


ENTRIES = "[]"
"""What stands for the name of a sheet where the lines of records are their numbers in a list."""


@frozen
class Sheet:
    """A named sheet of records in order; a file that has no sheets is one without a name.

    `rows` is how many rows there seem to be.
    """

    name: str
    records: Iterable[Record | Diagnostic]
    rows: int = 0


@frozen
class Grid:
    """What a file holds when it is read in one way: its sheets that are shown.

    `mark` is the decimal mark to be expected in texts where they do not tell themselves; `hidden`
    are the names of the sheets that are not shown, and `aside` what stands in them; `encoding` is
    that of a text.
    """

    kind: Kind
    sheets: tuple[Sheet, ...]
    mark: str = ","
    hidden: tuple[str, ...] = ()
    encoding: str = ""
    aside: tuple[Sheet, ...] = ()


def line_of(cells: Iterable[Cell]) -> str:
    """The cells of a row on a line, as far as is kept."""
    return "; ".join(map(text_of, cells))[:MOST_CHARACTERS]


def letters(column: int) -> str:
    """The letters of a column in a spreadsheet, counted from 1: C, AA."""
    name = ""
    while column > 0:
        column, left = divmod(column - 1, 26)
        name = chr(ord("A") + left) + name
    return name
