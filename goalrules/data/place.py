"""Where a row of data stands, and the faults at its cells."""

from collections.abc import Mapping

from attrs import field, frozen

from goalrules.data.values import CellFault
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordKind, WordRef
from goalrules.text.source import Span


@frozen
class Place:
    """Where a row stands: its file, its line counted from 1 and as it stands, its fields' cells.

    The sheet is named where the file has several. `words` is the kind of word that a column is
    called by; `beside` are the places of the fields that stand in another row.
    """

    file: str
    line: int = 1
    text: str = ""
    columns: Mapping[str, int] = field(factory=dict)
    sheet: str = ""
    words: WordKind = "heading"
    beside: Mapping[str, "Place"] = field(factory=dict)

    def of(self, name: str) -> "Place":
        """The place of the row in which a field stands: this one, or one that it is joined to."""
        return self.beside.get(name, self)

    def at(self, name: str) -> Span:
        """The place of a field's cell; its column is the cell's number, counted from 1."""
        own = self.of(name)
        return cell_span(own.line, own.columns.get(name, 1))

    def fault(self, name: str, fault: CellFault) -> Diagnostic:
        """A field's fault at the place of its cell."""
        own = self.of(name)
        facts: dict[str, DiagnosticFact] = {"column": WordRef(self.words, name), **fault.facts}
        return Diagnostic(fault.code, own.file, own.at(name), own.text, facts, sheet=own.sheet)


def cell_span(line: int, column: int) -> Span:
    """The place of one cell: a line, and the cell's number in it."""
    return Span(line, column, line, column + 1)
