"""The end of a table: the notes below it, and where another table begins."""

from collections.abc import Iterator
from typing import assert_never

from goalrules.data.grids import HeadedTable, place
from goalrules.data.headings import ONE_OF, Headings, headings_in
from goalrules.data.records import Kind, Record, states
from goalrules.data.values import CellFault
from goalrules.data.words import meaning
from goalrules.text.diagnostics import Diagnostic


def without_notes(table: HeadedTable[Headings]) -> Iterator[Record | Diagnostic]:
    """The records that are not blank, without the notes at the end.

    A note is a lone text that no more rows follow, with a blank row above it. A second heading row
    is a fault, and what stands below it is not read.
    """
    notes: list[Record] = []
    end = table.headings.end
    for record in table.below:
        if isinstance(record, Record):
            if record.is_blank:
                end = 0
                continue
            if _is_headings(record, table.headings):
                where = place(table, record, table.headings.columns)
                yield where.fault("indicator", CellFault("headings-again"))
                return
            parted = _is_parted(table.kind, end, record.line)
            end = record.line
            if (notes or parted) and _is_lone_text(record, table.headings):
                notes.append(record)
                continue
        yield from notes
        notes.clear()
        yield record


def _is_headings(record: Record, headings: Headings) -> bool:
    """Whether a record is a heading row too; the indicator's heading is looked for at the start."""
    start = record.cells[: headings.columns.get("indicator", 0) + 1]
    texts = [cell for cell in start if isinstance(cell, str)]
    named = any(meaning("headings", text) == "indicator" for text in texts)
    return named and headings_in(record) is not None


def _is_parted(kind: Kind, end: int, line: int) -> bool:
    """Whether a blank row lies between two; in a workbook a blank row is no record."""
    match kind:
        case "xlsx":
            return line > end + 1
        case "csv":
            return end == 0
        case "json":
            return False
        case _:
            assert_never(kind)


def _is_lone_text(record: Record, headings: Headings) -> bool:
    """Whether all that a record states is a text, and not where an outcome would be."""
    stated = [number for number, cell in enumerate(record.cells, 1) if states(cell)]
    under = {headings.columns[name] for name in ONE_OF if name in headings.columns}
    is_text = len(stated) == 1 and isinstance(record.cells[stated[0] - 1], str)
    return is_text and not {*under, *(each.number for each in headings.periods)} & set(stated)
