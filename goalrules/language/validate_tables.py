"""What is wrong with a table of two scales: its rows and columns, its cells, and their order."""

from collections.abc import Iterator, Sequence

from goalrules.core.scales import Scale
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.levels import grid_of
from goalrules.language.plan import IndicatorEntry
from goalrules.language.validate_rules import Context
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef
from goalrules.text.source import Span

OF_NUMBERS = (
    st.Target, st.ValueBands, st.Rounded, st.Parts, st.Unit, st.Better, st.Baseline, st.AddsUp,
    st.Measured, st.Expected, st.Hidden,
)  # fmt: skip
"""What is said of an indicator that has a number."""


@frozen
class Edge:
    """The rows of a table, or its columns: the indicator whose levels they are, and those named.

    `missing` is the code of the fault that some levels are not there.
    """

    name: str
    scale: Scale
    written: Sequence[sx.Name]
    missing: str

    def faults(self, span: Span, context: Context) -> Iterator[Diagnostic]:
        """Each level of the scale has to stand there, once."""
        yield from unknown_levels(self.written, self.scale, context)
        texts = [each.text for each in self.written]
        for n, each in enumerate(self.written):
            if each.text in texts[:n]:
                yield context.at(each.span, "level-twice", level=WordRef("level", each.text))
        missing = tuple(WordRef("level", each) for each in self.scale.levels if each not in texts)
        if missing:
            yield context.at(span, self.missing, text=self.name, levels=missing)


def validate_table(
    table: sx.Formula, entry: IndicatorEntry, keys: Sequence[str], context: Context
) -> Iterator[Diagnostic]:
    """The faults of the table of an indicator; `keys` are the names of its two terms."""
    for each in entry.statements:
        if isinstance(each.body, OF_NUMBERS):
            yield context.at(each.span, "number-of-table", text=entry.name)
    one, two, own = (context.names.levels(key).scale for key in (*keys, entry.name))
    rows = Edge(keys[0], one, [each.level for each in table.rows], "table-row-missing")
    columns = Edge(keys[1], two, table.columns, "table-column-missing")
    if rows.name == columns.name:
        yield context.at(table.terms[1].span, "table-of-one", text=rows.name)
        return
    faults = [*columns.faults(table.span, context), *rows.faults(table.span, context)]
    for row in table.rows:
        faults += unknown_levels(row.cells, own, context)
        level, size = WordRef("level", row.level.text), len(table.columns)
        if len(row.cells) != size:
            facts: dict[str, DiagnosticFact] = {"level": level, "number": len(row.cells)}
            faults.append(context.at(row.span, "table-row-size", size=size, **facts))
    yield from faults or _falling(table, rows, columns, own, context)


def unknown_levels(
    written: Sequence[sx.Name], scale: Scale, context: Context
) -> Iterator[Diagnostic]:
    """The words that are no levels of a scale."""
    for each in written:
        if each.text not in scale.levels:
            known = tuple(WordRef("level", level) for level in scale.levels)
            text = WordRef("level", each.text)
            yield context.at(each.span, "unknown-level", text=text, levels=known)


def _falling(
    table: sx.Formula, rows: Edge, columns: Edge, own: Scale, context: Context
) -> Iterator[Diagnostic]:
    """The cells that are worse than the one beside them where one of the two levels is worse."""
    grid = grid_of(table, rows.scale, columns.scale, own)
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            at, across = rows.scale.place(row.level.text), columns.scale.place(column.text)
            beside = [(grid[at - 1][across], rows, at - 1)] if at else []
            beside += [(grid[at][across - 1], columns, across - 1)] if across else []
            better = [each for each in beside if each[0] > grid[at][across]]
            for place, edge, worse in better[:1]:
                levels = {
                    "row": row.level.text,
                    "column": column.text,
                    "level": cell.text,
                    "other": own.levels[place],
                    "worse": edge.scale.levels[worse],
                }
                facts: dict[str, DiagnosticFact] = {
                    "rows": rows.name,
                    "columns": columns.name,
                    "text": edge.name,
                    **{key: WordRef("level", text) for key, text in levels.items()},
                }
                yield context.at(cell.span, "table-falls", **facts)
