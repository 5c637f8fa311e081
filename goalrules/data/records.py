"""Grids of cells: what every kind of file comes down to before its fields are read.

A cell is what the file states: a text, a number, a date, a boolean, an amount in percent, or a
fault where the file itself has one (`#N/A`, a formula that was never worked out). Nothing is made
a text, a zero or a blank on the way.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen

from goalrules.data.values import CellFault
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact
from goalrules.text.numbers import Amount
from goalrules.text.source import Span

MOST_MEGABYTES = 50
MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
MOST_CHARACTERS = 10_000
BYTES_IN_MEGABYTE = 1_000_000

Cell: TypeAlias = str | int | Decimal | dt.date | dt.time | Amount | CellFault
"""A boolean is a whole number to Python, and a moment a date; both are kept apart where read."""

Kind: TypeAlias = Literal["csv", "xlsx", "json"]

Progress: TypeAlias = Callable[[int, int], None]
"""What is told how many rows have been read, of how many there seem to be."""


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

    `merged` are the blank cells, by number, that are one cell with one further up: what that holds.
    """

    line: int
    cells: tuple[Cell, ...]
    text: str
    merged: Mapping[int, Cell] = field(factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether no cell states anything."""
        return not any(map(states, self.cells))


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
    are the names of the sheets that are not shown.
    """

    kind: Kind
    sheets: tuple[Sheet, ...]
    mark: str = ","
    hidden: tuple[str, ...] = ()


def states(cell: Cell) -> bool:
    """Whether a cell states anything."""
    return not isinstance(cell, str) or bool(cell.strip())


def text_of(cell: Cell) -> str:
    """A cell as people see it, or nearly so: what a heading, a title or a message says."""
    match cell:
        case str():
            return cell
        case Amount():
            return f"{cell.number:f} {cell.unit}".strip()
        case Decimal():
            return f"{cell:f}"
        case CellFault():
            return str(cell.facts.get("text", ""))
        case _:
            return str(cell)


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
