"""Rows of outcomes in a table: below its headings, a row for each record, or for each period."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from attrs import evolve, frozen

from goalrules.data.fields import is_blank, period_in, text_cell
from goalrules.data.grids import HeadedTable, place
from goalrules.data.headings import Headings, PeriodColumn, heading_text
from goalrules.data.marks import other_marks
from goalrules.data.notes import without_notes
from goalrules.data.outcome import OutcomeRow, ReadRows, read_row
from goalrules.data.period import Period
from goalrules.data.place import Place
from goalrules.data.records import Cell, Record, states
from goalrules.data.titles import YEAR, titles_of
from goalrules.data.two_rows import with_groups, with_periods_below
from goalrules.data.values import CellFault
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef
from goalrules.text.source import Span

MOST_FAULTS = 200
MOST_KEPT = 2_000
"""So many faults are told, and kept while a file is read."""

FOR_SEVERAL = frozenset({"goal", "group", "indicator", "period", "year", "comment", "source"})
"""The fields that may stand once for several rows, in a cell that is merged over them."""

MERGED = CellFault("merged-cell")
OF_A_SECTION = ("goal", "group")
"""What a row may say alone: it is then the title of the rows below."""

Read = OutcomeRow | Diagnostic


def rows_and_faults(table: HeadedTable[Headings], year: int | None) -> Iterator[Read]:
    """The rows of a table and the faults in it; the year is that of periods which say none."""
    table = _with_all_headings(table)
    reader = _Reader(table, year)
    yield from reader.faults()
    for record in without_notes(table):
        if isinstance(record, Diagnostic):
            yield record
        else:
            yield from reader.rows(record)


def _with_all_headings(table: HeadedTable[Headings]) -> HeadedTable[Headings]:
    """The table with the rows above and below its heading row that are headings too."""
    headings, line = table.headings, table.headings.record.line
    for record in table.above:
        if record.line == line - 1:
            headings = with_groups(headings, record)
    first = list(islice(table.below, 1))
    for each in first:
        below = with_periods_below(headings, each) if isinstance(each, Record) else None
        if below:
            return evolve(table, headings=below)
    return evolve(table, headings=headings, below=chain(first, table.below))


def first_faults(
    faults: Sequence[Diagnostic], file: str, unkept: int = 0
) -> tuple[Diagnostic, ...]:
    """The faults by place, at most so many as can be worked on; the last tells how many more.

    Those that were found further down and not kept are counted among them.
    """
    sheets = {sheet: n for n, sheet in enumerate(dict.fromkeys(each.sheet for each in faults))}
    by_place = sorted(
        faults, key=lambda each: (sheets[each.sheet], each.span.line, each.span.column)
    )
    shown, more = by_place[:MOST_FAULTS], by_place[MOST_FAULTS:]
    if more:
        count = len(more) + unkept
        shown.append(Diagnostic("more-faults", file, more[0].span, "", {"count": count}))
    return tuple(shown)


def with_one_mark(rows: Sequence[OutcomeRow], usual_mark: str) -> ReadRows:
    """The rows without those whose numbers have another decimal mark than the rest, and those."""
    values = [value for row in rows for value in (row.value, row.forecast)]
    faults = other_marks(values, usual_mark)
    wrong = {number // 2 for number in faults}
    told = [
        rows[number // 2].place.fault("forecast" if number % 2 else "value", fault)
        for number, fault in faults.items()
    ]
    return tuple(row for number, row in enumerate(rows) if number not in wrong), tuple(told)


@frozen
class _Under:
    """What stands under one period in every row: its fields, and the cells of all fields."""

    period: Period
    fields: Mapping[str, int]
    columns: Mapping[str, int]


class _Reader:
    """What a table says of all its rows: the year, and what stands under its periods."""

    def __init__(self, table: HeadedTable[Headings], year: int | None) -> None:
        self.table = table
        self.headings = table.headings
        titles = titles_of(table, year)
        self.year, self.usual = titles.year, titles.usual
        says_it_itself = self.headings.periods or "period" in self.headings.columns
        self.period = "" if says_it_itself else titles.period
        own = [n for name, n in self.headings.columns.items() if name not in OF_A_SECTION]
        self.numbers = (*own, *(each.number for each in self.headings.periods))
        self.layouts: dict[int | None, tuple[_Under, ...]] = {}
        self.untold: list[Diagnostic] = []

    def rows(self, record: Record) -> Iterator[Read]:
        """The rows that a record states, or its faults."""
        beyond = self._cell_beyond(record)
        columns = self.headings.columns
        if beyond:
            yield _too_many_cells(self.table, record, beyond)
        elif any(states(_cell(record, number)) for number in self.numbers):
            fields = self._fields(record, columns)
            where = place(self.table, record, columns)
            own_year = _year_of(fields.get("year"))
            if isinstance(own_year, CellFault):
                yield where.fault("year", own_year)
            elif self.headings.periods:
                yield from self._under_periods(record, fields, where, own_year or self.year)
            else:
                yield from self._long(fields, where, own_year)

    def _cell_beyond(self, record: Record) -> int:
        """The number of the first cell that states something to the right of the headings."""
        width = len(self.headings.record.cells)
        if len(record.cells) <= width or self.table.kind != "csv":
            return 0
        beyond = enumerate(record.cells[width:], width + 1)
        return next((number for number, cell in beyond if states(cell)), 0)

    def _fields(self, record: Record, columns: Mapping[str, int]) -> dict[str, Cell]:
        """The cells of a record by field; one that is merged with one above is that."""
        if record.merged:
            return {name: _merged(name, record, number) for name, number in columns.items()}
        cells, width = record.cells, len(record.cells)
        return {
            name: cells[number - 1] if number <= width else "" for name, number in columns.items()
        }

    def _under_periods(
        self, record: Record, fields: Mapping[str, object], where: Place, year: int | None
    ) -> Iterator[Read]:
        """A row for each period that something is stated of; each fault once."""
        seen: set[Span] = set()
        layout = self._layout(year)
        yield from self.untold
        self.untold.clear()
        for under in layout:
            cells = self._fields(record, under.fields)
            stated = {name: cell for name, cell in cells.items() if states(cell)}
            if not stated:
                continue
            own = evolve(where, columns=under.columns)
            row = read_row({**fields, **stated, "period": under.period}, own)
            if isinstance(row, OutcomeRow):
                yield from (row,) if _reports(row, stated) else ()
                continue
            yield from (each for each in row if each.span not in seen)
            seen |= {each.span for each in row}

    def _long(
        self, fields: Mapping[str, object], where: Place, own_year: int | None
    ) -> Iterable[Read]:
        """The row that a record of a long table states; its period may be that of all rows."""
        if is_blank(fields.get("period")):
            fields = {**fields, "period": self._period_of_all(own_year)}
        row = read_row(fields, where, own_year or self.year)
        return (row,) if isinstance(row, OutcomeRow) else row

    def _period_of_all(self, own_year: int | None) -> str:
        """The period of the titles, if it is in the row's own year; else that year alone."""
        named = period_in(self.period, own_year or self.year) if self.period else None
        in_year = named is not None and named.year == (own_year or named.year)
        return self.period if in_year else str(own_year or "")

    def _layout(self, year: int | None) -> tuple[_Under, ...]:
        """What stands under each period, in some year where that is not said."""
        if year not in self.layouts:
            found: dict[Period, dict[str, int]] = {}
            for column in self.headings.periods:
                period = period_in(column.text, year)
                under = found.setdefault(period, {}) if period else {}
                first = under.setdefault(column.field or self.usual, column.number)
                if first != column.number:
                    self._tell_twice(column, first)
            self.layouts[year] = tuple(
                _Under(period, fields, {**self.headings.columns, **fields})
                for period, fields in found.items()
            )
        return self.layouts[year]

    def _tell_twice(self, column: PeriodColumn, first: int) -> None:
        """That a column is for the same as one before it, in the year that is meant."""
        name, headings = column.field or self.usual, self.headings.record
        facts: dict[str, DiagnosticFact] = {"column": WordRef("heading", name), "text": column.text}
        facts["first"] = heading_text(headings.cells[first - 1])
        where = place(self.table, headings, {name: column.number})
        self.untold.append(where.fault(name, CellFault("heading-twice", facts)))

    def faults(self) -> Iterator[Diagnostic]:
        """The faults of the headings, and that nothing says what year a period is of."""
        yield from self.headings.told(self.table.file, self.table.sheet)
        if "year" in self.headings.columns:
            return
        columns = [(each.number, each.text) for each in self.headings.periods]
        of_all = [(self.headings.columns.get("indicator", 1), self.period)] if self.period else []
        for number, text in (*columns, *of_all):
            if not period_in(text, self.year):
                where = place(self.table, self.headings.record, {"period": number})
                yield where.fault("period", CellFault("period-without-year", {"text": text}))
                return


def _reports(row: OutcomeRow, stated: Iterable[str]) -> bool:
    """Whether a row says anything in what is stated under its period."""
    return any(not is_blank(getattr(row, name)) for name in stated)


def _merged(name: str, record: Record, number: int) -> Cell:
    """A cell, or that with which it is one where it may stand for several rows."""
    above = record.merged.get(number)
    if above is None:
        return _cell(record, number)
    return above if name in FOR_SEVERAL or not states(above) else MERGED


def _cell(record: Record, number: int) -> Cell:
    return record.cells[number - 1] if number <= len(record.cells) else ""


def _too_many_cells(table: HeadedTable[Headings], record: Record, beyond: int) -> Diagnostic:
    facts = {"cells": len(record.cells), "headings": len(table.headings.record.cells)}
    where = place(table, record, {"indicator": beyond})
    return where.fault("indicator", CellFault("too-many-cells", facts))


def _year_of(cell: object) -> int | CellFault | None:
    """The year that a cell states, if any."""
    if is_blank(cell):
        return None
    text = text_cell(cell)
    if isinstance(text, CellFault):
        return text
    return int(text) if YEAR.fullmatch(text) else CellFault("unknown-year", {"text": text})
