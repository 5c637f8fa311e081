"""The rows of outcomes in a CSV file, and everything in it that cannot be used."""

from collections.abc import Iterator
from itertools import islice

from attrs import frozen

from goalrules.data.csv_text import DELIMITERS, Records, read_text
from goalrules.data.outcome import Found, cell_span
from goalrules.data.table import Headings, Record, headings_in, read_table
from goalrules.text.diagnostics import Diagnostic, Term

MOST_ROWS_ABOVE = 20
NEEDED = (Term("heading", "indicator"), Term("heading", "value"), Term("heading", "level"))


@frozen
class _Parted:
    """A text as a delimiter parts it: its headings, if any, the records below, faults above."""

    delimiter: str
    headings: Headings | None
    below: Iterator[Record | Diagnostic]
    above: tuple[Diagnostic, ...]


def read_csv(data: bytes, file: str) -> Found:
    """The rows in the bytes of a CSV file, and every fault in them.

    The first row that names the indicator and its value or level is the heading row, and its
    delimiter (`;`, `,` or tab) is the file's; rows above it are titles.
    """
    text = read_text(data, file)
    if isinstance(text, Diagnostic):
        return (), (text,)
    tries = [_parted(text, delimiter, file) for delimiter in DELIMITERS]
    for each in tries:
        if each.headings:
            usual_mark = "." if each.delimiter == "," else ","
            return read_table(each.below, each.headings, file, usual_mark)
    return (), _no_headings(tries, text, file)


def _parted(text: str, delimiter: str, file: str) -> _Parted:
    records = iter(Records(text, delimiter, file))
    above: list[Diagnostic] = []
    for record in islice(records, MOST_ROWS_ABOVE):
        if isinstance(record, Diagnostic):
            above.append(record)
            continue
        headings = headings_in(record, file)
        if headings:
            return _Parted(delimiter, headings, records, ())
    return _Parted(delimiter, None, records, tuple(above))


def _no_headings(tries: list[_Parted], text: str, file: str) -> tuple[Diagnostic, ...]:
    """That no row holds the headings; a fault above counts if it is there for every delimiter."""
    first_line = text.partition("\n")[0]
    fault = Diagnostic("no-headings", file, cell_span(1, 1), first_line, {"expected": NEEDED})
    above = tries[0].above if all(each.above for each in tries) else ()
    return fault, *above
