"""The pairs in a file that says what in one rule file is what in another."""

from collections.abc import Iterator

from attrs import field, frozen

from goalrules.data.fields import Fields
from goalrules.data.grids import HeadedTable, place, read_tables
from goalrules.data.place import Place
from goalrules.data.records import Record, text_of
from goalrules.data.table import first_faults
from goalrules.data.values import CellFault
from goalrules.data.words import meaning
from goalrules.text.diagnostics import Diagnostic

SIDES = ("old", "new")


@frozen
class Pair:
    """What is the same in two rule files: a goal `1`, or a member of one `1/budget`.

    An empty text says that the other has no counterpart.
    """

    old: str
    new: str
    place: Place = field(default=Place("pairs"), eq=False)

    def fault(self, side: str, fault: CellFault) -> Diagnostic:
        """A fault of one of the two."""
        return Diagnostic(
            fault.code, self.place.file, self.place.at(side), self.place.text, fault.facts
        )


Pairs = tuple[tuple[Pair, ...], tuple[Diagnostic, ...]]


def read_pairs(data: bytes, file: str) -> Pairs:
    """The pairs in the bytes of a CSV, XLSX or JSON file, and every fault in them.

    The first row that has the headings of both columns is the heading row; other columns are notes.
    """
    tables, unread = read_tables(data, file, _headings, CellFault("no-pair-headings"))
    read = [each for table in tables for each in _read(table)]
    faults = [*unread, *(each for each in read if isinstance(each, Diagnostic))]
    return tuple(each for each in read if isinstance(each, Pair)), first_faults(faults, file)


def _headings(record: Record, _: str) -> dict[str, int] | None:
    """The number of the column of each side, where a record names both."""
    known = {n: meaning("pairs", text_of(cell)) for n, cell in enumerate(record.cells, 1)}
    columns = {name: number for number, name in reversed(known.items()) if name}
    return columns if len(columns) == len(SIDES) else None


def _read(table: HeadedTable[dict[str, int]]) -> Iterator[Pair | Diagnostic]:
    for record in table.below:
        if isinstance(record, Diagnostic):
            yield record
        else:
            yield from _pair(record, table)


def _pair(record: Record, table: HeadedTable[dict[str, int]]) -> Iterator[Pair | Diagnostic]:
    cells = {**dict(enumerate(record.cells, 1)), **record.merged}
    fields = Fields(
        {side: cells.get(table.headings[side], "") for side in SIDES},
        place(table, record, table.headings),
    )
    pair = Pair(fields.text("old"), fields.text("new"), fields.place)
    if fields.faults:
        yield from fields.faults
    elif pair.old or pair.new:
        yield pair
