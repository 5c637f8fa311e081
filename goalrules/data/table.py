"""Tables of outcomes: records of cells under a heading row, whatever kind of file they are from."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from attrs import frozen

from goalrules.data.marks import other_marks
from goalrules.data.outcome import Found, Place, Row, cell_span, read_row
from goalrules.data.values import CellFault, unseen_in
from goalrules.data.words import meaning, meanings
from goalrules.text.diagnostics import Diagnostic, Fact, Term
from goalrules.text.names import folded, nearest
from goalrules.text.source import UNSEEN

MOST_FAULTS = 200
MOST_GUESSES = 50
NEAR = 0.8
LONGEST_GUESS = 40


@frozen
class Record:
    """One row of cells as they stand, its first line counted from 1, and that line's text."""

    line: int
    cells: tuple[str, ...]
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether no cell states anything."""
        return not any(each.strip() for each in self.cells)


@frozen
class Headings:
    """A heading row: the number of the cell of each field, and the faults among the headings."""

    width: int
    columns: Mapping[str, int]
    faults: tuple[Diagnostic, ...]


def headings_in(record: Record, file: str) -> Headings | None:
    """The headings that a record holds, if it names the indicator and its value or level."""
    cells = {number: UNSEEN.sub("", cell).strip() for number, cell in enumerate(record.cells, 1)}
    known = {number: meaning("headings", cell) for number, cell in cells.items()}
    columns = {name: number for number, name in reversed(known.items()) if name}
    unknown = {number: cell for number, cell in cells.items() if cell and not known[number]}
    near = _near_headings(unknown, columns) if columns else {}
    names = {*columns, *(meaning("headings", word) for word in near.values())}
    if "indicator" not in names or not names & {"value", "level"}:
        return None
    faults = {number: unseen_in(cell) for number, cell in enumerate(record.cells, 1)}
    faults |= {number: _unknown(cells[number], word) for number, word in near.items()}
    for number, name in known.items():
        if name and columns[name] != number:
            faults[number] = _twice(name, cells[number], cells[columns[name]])
    found = (_fault(record, file, number, each) for number, each in faults.items() if each)
    return Headings(len(record.cells), columns, tuple(found))


def _unknown(text: str, near: str) -> CellFault:
    return CellFault("unknown-heading", {"text": text, "nearest": near})


def _twice(name: str, text: str, first: str) -> CellFault:
    facts: dict[str, Fact] = {"column": Term("heading", name), "text": text, "first": first}
    return CellFault("heading-twice", facts)


def _fault(record: Record, file: str, column: int, fault: CellFault) -> Diagnostic:
    return Diagnostic(fault.code, file, cell_span(record.line, column), record.text, fault.facts)


def _near_headings(unknown: Mapping[int, str], columns: Mapping[str, int]) -> dict[int, str]:
    """The unknown headings, by cell, that are nearly one which the record has not: that one."""
    near = {number: _near(cell) for number, cell in list(unknown.items())[:MOST_GUESSES]}
    return {
        n: word for n, word in near.items() if word and meaning("headings", word) not in columns
    }


@lru_cache(maxsize=MOST_FAULTS)
def _near(heading: str) -> str:
    """The known heading that one nearly is, as `Utfal`, `Utfall (%)` and `Utfall 2024` are."""
    start = re.split(r"[\s(]", folded(heading))[0]
    if meaning("headings", start) == "value":
        return start
    if len(heading) > LONGEST_GUESS:
        return ""
    plain = folded(heading.partition("(")[0])
    near = nearest(plain, meanings("headings"))
    return near if SequenceMatcher(None, near, plain).ratio() >= NEAR else ""


def read_table(
    records: Iterable[Record | Diagnostic], headings: Headings, file: str, usual_mark: str
) -> Found:
    """The rows of the records under a heading row, and every fault in them.

    The usual mark is the decimal mark to be expected where the numbers themselves do not tell.
    """
    read = list(_rows_and_faults(records, headings, file))
    rows = [each for each in read if isinstance(each, Row)]
    marks = other_marks((each.value for each in rows), usual_mark)
    faults = [*headings.faults, *(each for each in read if isinstance(each, Diagnostic))]
    faults += [rows[number].place.fault("value", each) for number, each in marks.items()]
    kept = tuple(row for number, row in enumerate(rows) if number not in marks)
    return kept, first_faults(faults, file)


def first_faults(faults: Sequence[Diagnostic], file: str) -> tuple[Diagnostic, ...]:
    """The faults by place, at most so many as can be worked on; the last tells how many more."""
    by_place = sorted(faults, key=lambda each: (each.span.line, each.span.column))
    shown, more = by_place[:MOST_FAULTS], by_place[MOST_FAULTS:]
    if more:
        shown.append(Diagnostic("more-faults", file, more[0].span, "", {"count": len(more)}))
    return tuple(shown)


def _rows_and_faults(
    records: Iterable[Record | Diagnostic], headings: Headings, file: str
) -> Iterator[Row | Diagnostic]:
    for record in records:
        if isinstance(record, Diagnostic):
            yield record
        elif not record.is_blank:
            yield from _row_or_faults(record, headings, file)


def _row_or_faults(record: Record, headings: Headings, file: str) -> Iterable[Row | Diagnostic]:
    cells = dict(enumerate(record.cells, 1))
    beyond = next((n for n, cell in cells.items() if n > headings.width and cell.strip()), 0)
    if beyond:
        facts = {"cells": len(cells), "headings": headings.width}
        return (_fault(record, file, beyond, CellFault("too-many-cells", facts)),)
    fields = {name: cells.get(number, "") for name, number in headings.columns.items()}
    if not any(each.strip() for each in fields.values()):
        return ()
    row = read_row(fields, Place(file, record.line, record.text, headings.columns))
    return (row,) if isinstance(row, Row) else row
