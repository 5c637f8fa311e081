"""The pairs in a file that says what in one rule file is what in another."""

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from attrs import field

from goalrules.data.columns import Column, TableSchema, columns_of
from goalrules.data.grids import HeadedTable, first_faults, read_tables
from goalrules.data.memory import remembering
from goalrules.data.records import Place
from goalrules.data.values import CellFault, name_cell
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic

PairSide: TypeAlias = Literal["old", "new"]
"""Which of the two rule files a name is of."""


@frozen
class Pair:
    """What is the same in two rule files: a goal `1`, or a member of one `1/budget`.

    An empty text says that the other has no counterpart.
    """

    old: Annotated[str, Column(name_cell, need="heading")]
    new: Annotated[str, Column(name_cell, need="heading")]
    place: Place = field(default=Place("pairs", words="pair"), eq=False)

    def fault(self, side: PairSide, fault: CellFault) -> Diagnostic:
        """A fault of one of the two."""
        return self.place.fault(side, fault)


PAIRS = TableSchema("pair", columns_of(Pair))

Pairs: TypeAlias = tuple[tuple[Pair, ...], tuple[Diagnostic, ...]]


@remembering()
def read_pairs(data: bytes, file: str) -> Pairs:
    """The pairs in the bytes of a CSV, XLSX or JSON file, and every fault in them.

    The first row that has the headings of both columns is the heading row; other columns are notes.
    """
    found = read_tables(data, file, PAIRS, CellFault("no-pair-headings"))
    read = [each for table in found.tables for each in _read(table)]
    faults = [*found.unread, *(each for each in read if isinstance(each, Diagnostic))]
    return tuple(each for each in read if isinstance(each, Pair)), first_faults(faults)


def _read(table: HeadedTable) -> Iterator[Pair | Diagnostic]:
    """The pairs below the headings of a table, and what is wrong with them and the headings."""
    yield from table.headings.told(table.file, table.sheet)
    for record in table.below if not table.headings.lacking else ():
        if isinstance(record, Diagnostic):
            yield record
            continue
        where = table.place(record)
        stated, faults = PAIRS.read(table.cells(record), where)
        yield from faults
        if stated and not faults:
            yield Pair(stated.get("old", ""), stated.get("new", ""), where)
