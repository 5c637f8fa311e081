"""A table of two scales as a plain list of what each two levels give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

MISSING, GONE = "missing", "not applicable"

Two = tuple[str, str]
"""A level of the one indicator, and one of the other."""


@dataclass(frozen=True)
class Table:
    """What each two levels give; the levels of both indicators and of the table, worst first."""

    rows: Sequence[str]
    columns: Sequence[str]
    levels: Sequence[str]
    cells: Mapping[Two, str]

    def of(self, row: str, column: str) -> set[str]:
        """All that can come of two levels, one of which may be missing; none if one is gone."""
        if GONE in {row, column}:
            return set()
        ways = product(
            self.rows if row == MISSING else [row],
            self.columns if column == MISSING else [column],
        )
        return {self.cells[way] for way in ways}

    def falls(self) -> set[Two]:
        """The cells that are worse than one with a worse level and the other level the same."""
        return {
            (row, column)
            for (row, column), level in self.cells.items()
            for other, given in self.cells.items()
            if self.levels.index(given) > self.levels.index(level)
            and (
                (other[0] == row and self.columns.index(other[1]) < self.columns.index(column))
                or (other[1] == column and self.rows.index(other[0]) < self.rows.index(row))
            )
        }

    def lines(self, rows: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
        """The table as a file has it, with its rows and columns in some order."""
        yield ", ".join(columns)
        for row in rows:
            yield f"{row}: {', '.join(self.cells[row, column] for column in columns)}"
