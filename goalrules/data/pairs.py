"""The pairs in a CSV file that says what in one rule file is what in another."""

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from goalrules.data.csv_text import DELIMITERS, Records, read_text
from goalrules.data.outcome import Place
from goalrules.data.table import Record, first_faults
from goalrules.data.values import CellFault, unseen_in
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
    """The pairs in the bytes of a CSV file, and every fault in them.

    The first row that is not blank holds the headings of both columns; other columns are notes.
    """
    text = read_text(data, file)
    if isinstance(text, Diagnostic):
        return (), (text,)
    for delimiter in DELIMITERS:
        records = _records(text, delimiter, file)
        first = next(records, None)
        columns = _columns(first) if isinstance(first, Record) else {}
        if len(columns) == len(SIDES):
            return _read(records, columns, file)
    first_line = text.partition("\n")[0]
    nowhere = Place(file).at("old")
    return (), (Diagnostic("no-pair-headings", file, nowhere, first_line),)


def _records(text: str, delimiter: str, file: str) -> Iterator[Record | Diagnostic]:
    """The records of a text and the faults among them, without the blank ones."""
    every = Records(text, delimiter, file)
    return (each for each in every if isinstance(each, Diagnostic) or not each.is_blank)


def _columns(record: Record) -> dict[str, int]:
    """The number of the column of each side."""
    known = {number: meaning("pairs", cell) for number, cell in enumerate(record.cells, 1)}
    return {name: number for number, name in reversed(known.items()) if name}


def _read(records: Iterable[Record | Diagnostic], columns: dict[str, int], file: str) -> Pairs:
    read = [each for record in records for each in _pair(record, columns, file)]
    faults = [each for each in read if isinstance(each, Diagnostic)]
    return tuple(each for each in read if isinstance(each, Pair)), first_faults(faults, file)


def _pair(
    record: Record | Diagnostic, columns: dict[str, int], file: str
) -> Iterator[Pair | Diagnostic]:
    if isinstance(record, Diagnostic):
        yield record
        return
    cells = dict(enumerate(record.cells, 1))
    old, new = (cells.get(columns[side], "") for side in SIDES)
    pair = Pair(
        " ".join(old.split()), " ".join(new.split()), Place(file, record.line, record.text, columns)
    )
    unseen = [(side, unseen_in(text)) for side, text in (("old", old), ("new", new))]
    faults = [pair.fault(side, fault) for side, fault in unseen if fault]
    if faults:
        yield from faults
    elif pair.old or pair.new:
        yield pair
