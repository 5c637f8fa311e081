"""The rows of outcomes in a file: the tables in its sheets, what stands around them, and the rows.

In a table a record is a row for one period, or for each of the periods that have columns. Titles
above it and the name of its sheet may say the year, the period, and what its cells are; notes may
stand below it. What several sheets state of the same is joined.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from operator import attrgetter
from typing import TypeAlias, assert_never, cast

from attrs import evolve

from goalrules.core.vocabulary import ColumnRole, UnreadReason
from goalrules.data.columns import CellReader
from goalrules.data.grids import HeadedTable, first_faults, read_tables
from goalrules.data.headings import (
    HeadingRow,
    PeriodColumn,
    heading_row,
    heading_text,
    heading_twice,
    with_groups,
    with_periods_below,
)
from goalrules.data.memory import remembered, remembering
from goalrules.data.outcome import (
    OUTCOMES,
    OutcomeRow,
    OutcomeRows,
    ReadRows,
    other_marks,
    read_row,
)
from goalrules.data.period import ANY_YEAR, Period, period_in
from goalrules.data.read_files import ColumnUse, FileRead, TableRead, UnreadColumns
from goalrules.data.reading_note import NO_NOTE, NotedRows, ReadingNote
from goalrules.data.records import Kind, Place, Progress, Record, cell_span
from goalrules.data.side_columns import MOST_SHOWN, SideColumns, Where, reasons_of
from goalrules.data.titles import Titles, field_of_sheet, titles_of
from goalrules.data.units import UnitColumns, title_unit, units_of
from goalrules.data.values import (
    Cell,
    CellFault,
    is_blank,
    period_cell,
    states,
    text_of,
    written,
    year_cell,
)
from goalrules.frozen import frozen_map
from goalrules.lazily import frozen
from goalrules.limits import stepping
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact
from goalrules.text.names import folded
from goalrules.text.numbers import Amount
from goalrules.text.source import Span

TOLD_EVERY = 1_000
MOST_KEPT = 2_000
"""So many faults are kept while a file is read."""

EXPECTED = OUTCOMES.refs("indicator", "value", "level")
"""The headings that are asked for where there is no heading row."""

JOINED = OUTCOMES.in_role("figure", "remark")
"""The fields of one row that may stand in different sheets."""

FOR_SEVERAL = OUTCOMES.in_role("section", "subject", "remark")
"""The fields that may stand once for several rows, in a cell that is merged over them."""

FIGURES = OUTCOMES.in_role("figure")

GENERIC = frozenset({"värde", "värdet", "värden", "value", "values"})
"""The headings of figures that do not say of what kind these are."""

NAMED_BY = ("indicator", "key")
"""The columns of which a heading row has one."""

MERGED = CellFault("merged-cell")

Read: TypeAlias = OutcomeRow | Diagnostic
UnreadRow: TypeAlias = tuple[int, UnreadReason]
"""The line of a row that is not read, and why."""

Key: TypeAlias = tuple[str, str, str, Period | None, str]


@remembering()
def read_outcomes(  # noqa: PLR0913, PLR0917 - what is read, and how it may be
    data: bytes,
    file: str,
    year: int | None = None,
    progress: Progress | None = None,
    where: Where | None = None,
    unit: str = "",
    *,
    each_unit: bool = False,
    note: ReadingNote = NO_NOTE,
) -> ReadRows:
    """The rows in the bytes of a CSV, XLSX or JSON file, and every fault in them.

    In each sheet the first row that names the indicator, and its value or level or periods, is the
    heading row; rows above it are titles. The year is that of periods which do not say one, where
    neither a column, a title nor the sheet's name does. `progress` is told how far it has come.
    Only rows whose cells under the headings of `where` are as that says are used, those that the
    note says, and only those of a unit, where one is named. `each_unit` says that each unit is to
    be judged.
    """
    missing = CellFault("no-headings", {"expected": EXPECTED})
    found = read_tables(data, file, OUTCOMES, missing, note)
    reading = _Reading(progress, sum(table.rows for table in found.tables), [*found.unread], note)
    choice = Choice(where or {}, unit, each_unit=each_unit, note=note)
    sheets = [reading.rows_of(table, year, choice, found.tables) for table in found.tables]
    if found.tables:
        sheets_found = {table.sheet for table in found.tables} | {name for name, _ in found.sheets}
        reading.faults += [*choice.faults(file), *note.unmet(reading.noted, sheets_found)]
    reading.faults += _faults_of_unit(file, unit, reading) if found.tables and unit else ()
    reading.faults += _only_counts(found.tables)
    unread = (*found.sheets, *reading.sheets)
    read = (
        [FileRead(file, found.kind, found.encoding, tuple(reading.tables), unread, note)]
        if found.kind
        else []
    )
    rows = OutcomeRows(_joined(sheets), read)
    return rows, first_faults(reading.faults, reading.unkept)


class _Reading:
    """How far a file has been read, and what has been found wrong in it."""

    def __init__(
        self,
        progress: Progress | None,
        rows: int,
        faults: list[Diagnostic],
        note: ReadingNote,
    ) -> None:
        self.note = note
        self.noted: set[str] = set()
        self.progress = progress
        self.rows = rows
        self.faults = faults
        self.tables: list[TableRead] = []
        self.done = self.unkept = 0
        self.sheets: list[tuple[str, UnreadReason]] = []
        self.units: dict[str, None] = {}
        self.of_no_unit: list[OutcomeRow] = []

    def rows_of(
        self,
        table: HeadedTable,
        year: int | None,
        choice: "Choice",
        tables: Sequence[HeadedTable],
    ) -> tuple[OutcomeRow, ...]:
        """The rows of a table; what is wrong in it is kept, and so is what is not read."""
        rows = []
        others = {field_of_sheet(each.sheet) for each in tables if each is not table} - {""}
        whole = _with_all_headings(table, self.note)
        self.noted |= whole.noted
        reader = _Reader(whole, year, choice, frozenset(others))
        if reader.titles.beside and reader.by_title and len(tables) > 1:
            self.sheets.append((table.sheet, "target or budget"))
            return ()
        for each in reader:
            if isinstance(each, OutcomeRow):
                rows.append(each)
            else:
                self._keep(each)
            self.done += 1
            if self.progress and self.done % TOLD_EVERY == 0:
                self.progress(self.done, max(self.rows, self.done))
        self.tables.append(reader.read())
        rows = [*self._with_units(reader.units, rows)]
        if choice.unit:
            self.units.update(reader.units.found)
            self.of_no_unit += [] if reader.units.is_told else rows[:1]
        if reader.side.kinds:
            outcomes = tuple(row for row in rows if not row.only_forecast)
            rows = [*_joined([outcomes, tuple(row for row in rows if row.only_forecast)])]
        kept, faults = with_one_mark(rows, table.mark)
        for fault in faults:
            self._keep(fault)
        return kept

    def _with_units(self, units: UnitColumns, rows: Sequence[OutcomeRow]) -> Iterator[OutcomeRow]:
        """The rows with their units; one that has to say its unit, and does not, is a fault."""
        for each in units.rows(rows):
            if isinstance(each, OutcomeRow):
                yield each
            else:
                self._keep(each)

    def _keep(self, fault: Diagnostic) -> None:
        if len(self.faults) < MOST_KEPT:
            self.faults.append(fault)
        else:
            self.unkept += 1


def _joined(sheets: Sequence[tuple[OutcomeRow, ...]]) -> Iterable[OutcomeRow]:
    """The rows of all sheets; those of several about the same are one where nothing collides."""
    if len(sheets) == 1:
        return sheets[0]
    found: list[OutcomeRow] = []
    places: dict[Key, int] = {}
    alone = len(units_of(chain.from_iterable(sheets))) < 2  # noqa: PLR2004
    for rows in sheets:
        times = Counter(_key(row, alone=alone) for row in rows)
        for row in stepping(rows):
            key = _key(row, alone=alone)
            at = places.setdefault(key, len(found))
            whole = _one(found[at], row) if at < len(found) and times[key] == 1 else None
            if whole:
                found[at] = whole
            else:
                found.append(row)
    return found


def _key(row: OutcomeRow, *, alone: bool) -> Key:
    """What a row is about; its unit tells nothing where it is alone."""
    unit = "" if alone else folded(row.unit)
    return folded(row.goal), folded(row.group), folded(row.indicator), row.period, unit


def _one(one: OutcomeRow, other: OutcomeRow) -> OutcomeRow | None:
    """What two rows state together, if no field is stated by both."""
    stated = {name for name in JOINED if not is_blank(getattr(other, name))}
    two_keys = one.key and other.key and folded(one.key) != folded(other.key)
    if two_keys or any(not is_blank(getattr(one, name)) for name in stated):
        return None
    stated |= {"key"} if other.key and not one.key else set()
    beside = {**one.place.beside, **dict.fromkeys(stated, other.place)}
    fields = {name: getattr(other, name) for name in stated}
    unit = one.unit or other.unit
    return evolve(one, **fields, unit=unit, place=evolve(one.place, beside=beside))


def with_one_mark(
    rows: Sequence[OutcomeRow], usual_mark: str
) -> tuple[tuple[OutcomeRow, ...], tuple[Diagnostic, ...]]:
    """The rows without those whose numbers have another decimal mark than the rest, and those."""
    values = [value for row in stepping(rows) for value in (row.value, row.forecast)]
    faults = other_marks(values, usual_mark)
    wrong = {number // 2 for number in faults}
    told = [
        rows[number // 2].place.fault("forecast" if number % 2 else "value", fault)
        for number, fault in faults.items()
    ]
    return tuple(row for number, row in enumerate(rows) if number not in wrong), tuple(told)


# A table


class Asked:
    """Rows that are asked for, or left, by their cells under a heading; and what has been met."""

    def __init__(self, rows: NotedRows, note: ReadingNote | None) -> None:
        self.rows, self.note = rows, note
        self.fold = folded(rows.heading)
        self.texts = {folded(each): each for each in rows.texts}
        self.unmet = dict(self.texts)
        self.found: dict[str, None] = {}
        self.is_headed = self.used = False

    def takes(self, text: str) -> bool:
        """Whether a row with a cell is taken."""
        if len(self.found) < MOST_SHOWN:
            self.found.setdefault(text)
        fold = folded(text)
        self.unmet.pop(fold, None)
        return (fold in self.texts) == self.rows.taken

    def faults(self, file: str) -> Iterator[Diagnostic]:
        """That no table has the column, or no row what is asked for."""
        heading, found = self.rows.heading, tuple(filter(None, self.found))
        facts: dict[str, DiagnosticFact] = {"heading": heading, "found": found}
        if self.note and not self.is_headed:
            yield self.note.fault("note-heading-not-found", heading, text=heading)
        elif self.note:
            for text in self.unmet.values():
                yield self.note.fault("note-row-not-found", heading, text=text, **facts)
        elif not self.used:
            code = "no-row-chosen" if self.is_headed else "no-column-to-choose-by"
            facts["text"] = self.rows.texts[0]
            yield Diagnostic(code, file, cell_span(1, 1), "", facts)


class Choice:
    """The rows that are asked for, by `where`, by a note, or by their unit."""

    def __init__(
        self,
        where: Where,
        unit: str = "",
        *,
        each_unit: bool = False,
        note: ReadingNote = NO_NOTE,
    ) -> None:
        self.unit = unit
        self.each_unit = each_unit
        by_where = (NotedRows(heading, (text,), taken=True) for heading, text in where.items())
        self.asked = [
            *(Asked(each, None) for each in by_where),
            *(Asked(each, note) for each in note.rows),
        ]

    def columns(self, record: Record) -> tuple[tuple[int, Asked], ...]:
        """The columns of a heading row that rows are chosen by."""
        folds = [(n, folded(heading_text(cell))) for n, cell in enumerate(record.cells, 1)]
        found = tuple((n, each) for n, fold in folds for each in self.asked if each.fold == fold)
        for _, each in found:
            each.is_headed = True
        return found

    def takes(self, record: Record, columns: tuple[tuple[int, Asked], ...]) -> bool:
        """Whether a record is among those that are asked for."""
        taken = True
        for number, each in columns:
            taken = each.takes(text_of(record.cell(number)).strip()) and taken
        for _, each in columns:
            each.used = each.used or taken
        return taken

    def faults(self, file: str) -> Iterator[Diagnostic]:
        """What is asked for and is not there."""
        for each in self.asked:
            yield from each.faults(file)


def _faults_of_unit(file: str, unit: str, reading: _Reading) -> Iterator[Diagnostic]:
    """That the rows of a unit that is asked for cannot be told from those of others.

    A table that says no unit is of the only one that others name.
    """
    found = {folded(each): each for each in reading.units}
    if not found:
        yield Diagnostic("no-units", file, cell_span(1, 1), "")
    elif folded(unit) not in found:
        named: dict[str, DiagnosticFact] = {"text": unit, "found": (*found.values(),)[:MOST_SHOWN]}
        yield Diagnostic("no-such-unit", file, cell_span(1, 1), "", named)
    elif len(found) > 1:
        lone = CellFault("row-without-unit")
        yield from (row.place.fault("indicator", lone) for row in reading.of_no_unit)


def _only_counts(tables: Sequence[HeadedTable]) -> Iterator[Diagnostic]:
    """That no table has an outcome, a level, a plan or a forecast, and one has counts."""
    figures = set(OUTCOMES.in_role("figure"))
    known = [figures & set(each.headings.columns) for each in tables]
    if any(each.headings.periods for each in tables) or set().union(*known) != {"count"}:
        return
    table = next(each for each, names in zip(tables, known, strict=True) if names)
    number = table.headings.columns["count"]
    text = heading_text(table.headings.record.cells[number - 1])
    yield table.place(table.headings.record).fault(
        "count", CellFault("only-counts", {"text": text})
    )


def _with_all_headings(table: HeadedTable, note: ReadingNote) -> HeadedTable:
    """The table with the rows above and below its heading row that are headings too."""
    headings, line = table.headings, table.headings.record.line
    for record in table.above:
        if record.line == line - 1:
            headings = with_groups(headings, record)
    first = list(islice(table.below, 1))
    for each in first:
        if isinstance(each, Record):
            below = with_periods_below(headings, note.renamed(each))
            if below:
                return evolve(table, headings=below, noted=table.noted | note.in_(each))
    return evolve(table, headings=headings, below=chain(first, table.below))


@frozen
class _Under:
    """What stands under one period in every row: its fields, and the cells of all fields."""

    period: Period
    fields: Mapping[str, int]
    columns: Mapping[str, int]


class _Reader:
    """What a table says of all its rows: the year, and what stands under its periods."""

    def __init__(
        self, table: HeadedTable, year: int | None, choice: Choice, others: frozenset[str]
    ) -> None:
        self.table = table
        self.headings = table.headings
        self.titles = titles = titles_of(table, year, others)
        self.year, self.usual = titles.year, titles.usual
        says_it_itself = self.headings.periods or "period" in self.headings.columns
        self.period = "" if says_it_itself else titles.period
        self.part = "" if says_it_itself or titles.period else titles.part
        differs = titles.said and year is not None and titles.year != year
        self.of_year = titles.year if differs else None
        faulty = {number for number, _ in self.headings.faults}
        beside = [
            evolve(each, heading=heading_text(table.written.cells[each.number - 1]))
            for each in self.headings.beside
            if each.number not in faulty
        ]
        self.choice, self.chosen = choice, choice.columns(table.written)
        alone_taken = {n for n, each in self.chosen if each.rows.taken and len(each.texts) == 1}
        self.side = SideColumns(beside, alone_taken)
        self.units = UnitColumns(
            self.side.of_units,
            self.headings.columns,
            title_unit(table.above),
            choice.unit,
            each=choice.each_unit,
        )
        self.value_heading = self._heading_of("value")
        self.period_heading = self._heading_of("period")
        self.periods_of: dict[int | None, CellReader] = {}
        self.periods, self.undated = dated(self.headings.periods, titles, own_years=self._own_years)
        alone = OUTCOMES.in_role("section")
        own = [n for name, n in self.headings.columns.items() if name not in alone]
        self.numbers = (*own, *(each.number for each in self.headings.periods))
        own_figures = [n for name, n in self.headings.columns.items() if name in FIGURES]
        self.figures = {*own_figures, *(each.number for each in self.headings.periods)}
        heads = self.headings.record.cells
        self.alone = [n for n in self.figures if n >= len(heads) or not states(heads[n])]
        self.columns = frozen_map(self.headings.columns)
        self.layouts: dict[tuple[int | None, str], tuple[_Under, ...]] = {}
        self.untold: list[Diagnostic] = []
        self.unread_rows: list[UnreadRow] = []
        self.unread_columns = _unread_columns(self.headings, table.written)

    def __iter__(self) -> Iterator[Read]:
        """The rows of the table and the faults in it."""
        yield from self.faults()
        for record in without_notes(self.table, self.unread_rows):
            if isinstance(record, Diagnostic):
                yield record
            elif self.chosen and not self.choice.takes(record, self.chosen):
                self.unread_rows.append((record.line, "not chosen"))
            elif not self.units.takes(record):
                self.unread_rows.append((record.line, "another unit"))
            else:
                self.unread_columns.look(record)
                yield from self.rows(record)
        for number, fault in (*self.side.faults(), *self.units.faults()):
            yield self._at_heading(number, fault)

    def read(self) -> TableRead:
        """What was found in the table, once it is read to its end."""
        read = self.side.read | self.units.read
        columns = tuple(each for each in self.unread_columns.found() if each.number not in read)
        line, used = self.headings.record.line, sorted(self._used(), key=attrgetter("number"))
        rows, units = tuple(sorted(self.unread_rows)), self.units.units
        return TableRead(self.table.sheet, line, columns, rows, tuple(used), units)

    def _used(self) -> Iterator[ColumnUse]:
        """The columns of which something is read, and as what."""
        heads = {n: heading_text(cell) for n, cell in enumerate(self.headings.record.cells, 1)}
        for name, number in self.headings.columns.items():
            yield ColumnUse(number, heads[number], cast("ColumnRole", name))
        for column in self.periods:
            period = period_in(column.text, self.year)
            role = cast("ColumnRole", column.field or self.usual)
            text = period.text if period else ""
            yield ColumnUse(column.number, heads.get(column.number) or column.text, role, text)
        for number in self.side.read:
            role = "chosen" if number in self.side.chosen else self.side.roles[number]
            yield ColumnUse(number, heads[number], role)
        for number in self.units.read & heads.keys():  # a title says it of all rows
            yield ColumnUse(number, heads[number], "unit")

    def _heading_of(self, name: str) -> str:
        number = self.headings.columns.get(name)
        return heading_text(self.headings.record.cells[number - 1]) if number else ""

    @property
    def _own_years(self) -> bool:
        """Whether each row states its year."""
        return "year" in self.headings.columns

    @property
    def by_title(self) -> bool:
        """Whether what the cells are is left to the title."""
        generic = folded(self.value_heading) in GENERIC
        return generic or any(not each.field for each in self.headings.periods)

    def _at_heading(self, number: int, fault: CellFault) -> Diagnostic:
        return self.table.place(self.headings.record, {"indicator": number}).fault(
            "indicator", fault
        )

    def rows(self, record: Record) -> Iterator[Read]:
        """The rows that a record states, or its faults."""
        beyond = self._cell_beyond(record)
        columns = self.headings.columns
        if beyond:
            facts = {"cells": len(record.cells), "headings": len(self.headings.record.cells)}
            where = self.table.place(record, {"indicator": beyond})
            yield where.fault("indicator", CellFault("too-many-cells", facts))
        elif any(states(_cell(record, number)) for number in self.numbers):
            fields = self._fields(record, columns)
            where = self.table.place(record, self.columns)
            own_year = year_cell(fields["year"]) if "year" in fields else None
            if isinstance(own_year, CellFault):
                yield where.fault("year", own_year)
            elif parted := self._parted(record):
                yield self.table.place(record).fault("value", parted)
            elif number := self._unheaded(record):
                place = self.table.place(record, {"value": number})
                yield place.fault("value", CellFault("figure-without-heading"))
            else:
                yield from self._beside(record, self._stated(record, fields, where, own_year))
        else:
            self.unread_rows.append((record.line, "section"))

    def _stated(
        self, record: Record, fields: Mapping[str, object], where: Place, own_year: int | None
    ) -> Iterable[Read]:
        """The rows that a record states of its fields, before what stands beside them is read."""
        kind = self.side.kind_of(record)
        if kind in ("target", "baseline", "budget"):
            self.unread_rows.append((record.line, "target or budget"))
            return ()
        if self.headings.periods:
            usual = kind or self.usual
            return self._under_periods(record, fields, where, own_year or self.year, usual)
        return self._long(as_kind(fields, kind or self._kind_by_title()), where, own_year)

    def _kind_by_title(self) -> str:
        return self.usual if self.usual == "forecast" and not self._heading_of("forecast") else ""

    def _beside(self, record: Record, rows: Iterable[Read]) -> Iterator[Read]:
        """The rows with what the columns beside them say, or why they cannot be used."""
        if not (self.side.columns or self.units.columns):
            yield from rows
            return
        unit = self.side.unit_of(record)
        for row in rows:
            if isinstance(row, Diagnostic):
                yield row
                continue
            wrong = [*self.side.faults_of(record, row, self.units.cells(record))]
            for number, each in filter(None, wrong):
                yield self.table.place(record, {"indicator": number}).fault("indicator", each)
            if not wrong:
                self.units.add(record)
                yield _in_unit(row, unit)

    def _parted(self, record: Record) -> CellFault | None:
        """That the rest of a number seems to stand in the next cell, after its comma."""
        if self.table.kind != "csv" or self.table.mark != "." or '"' in record.text:
            return None
        remarks = {self.headings.columns.get(name) for name in ("comment", "source")}
        for number in self.figures:
            text, rest = (text_of(_cell(record, n)).strip() for n in (number, number + 1))
            if number + 1 in remarks and rest.isdigit() and text.lstrip("-").isdigit():
                return CellFault("number-in-two-cells", {"text": text, "whole": f"{text},{rest}"})
        return None

    def _unheaded(self, record: Record) -> int:
        """The number of a cell to the right of a blank figure, under no heading of its own."""
        cells = record.cells
        for number in self.alone:
            beside = cells[number] if number < len(cells) else ""
            if not isinstance(beside, str) and not states(_cell(record, number)):
                below = self.headings.last and number + 1 in {e.number for e in self.periods}
                return 0 if below else number + 1
        return 0

    def _cell_beyond(self, record: Record) -> int:
        """The number of the first cell that states something to the right of the headings."""
        width = len(self.headings.record.cells)
        if len(record.cells) <= width or self.table.kind != "csv":
            return 0
        beyond = enumerate(record.cells[width:], width + 1)
        return next((number for number, cell in beyond if states(cell)), 0)

    def _fields(self, record: Record, columns: Mapping[str, int]) -> dict[str, Cell]:
        """The cells of a record by field; one that is merged with one above is that."""
        if record.merged or record.across:
            return {name: self._merged(name, record, n) for name, n in columns.items()}
        cells, width = record.cells, len(record.cells)
        return {
            name: cells[number - 1] if number <= width else "" for name, number in columns.items()
        }

    def _merged(self, name: str, record: Record, number: int) -> Cell:
        """A cell, or that with which it is one where it may stand for several rows."""
        above, first = record.merged.get(number), record.across.get(number, 0)
        if first in self.figures and name in FIGURES and states(_cell(record, first)):
            return MERGED
        if above is None:
            return _cell(record, number)
        return above if name in FOR_SEVERAL or not states(above) else MERGED

    def _under_periods(
        self,
        record: Record,
        fields: Mapping[str, object],
        where: Place,
        year: int | None,
        usual: str,
    ) -> Iterator[Read]:
        """A row for each period that something is stated of; each fault once."""
        seen: set[Span] = set()
        layout = self._layout(year, usual)
        yield from self.untold
        self.untold.clear()
        for under in layout:
            cells = self._fields(record, under.fields)
            stated = {name: cell for name, cell in cells.items() if states(cell)}
            if not stated:
                continue
            own = evolve(where, columns=under.columns)
            row = read_row({**fields, **stated, "period": under.period}, own)
            if not isinstance(row, OutcomeRow):
                yield from (each for each in row if each.span not in seen)
                seen |= {each.span for each in row}
            elif any(not is_blank(getattr(row, name)) for name in stated):
                yield row

    def _long(
        self, fields: Mapping[str, object], where: Place, own_year: int | None
    ) -> Iterable[Read]:
        """The row that a record of a long table states.

        Where it says no period it is of that of the titles, if that is in the row's own year, or
        else of its own year.
        """
        if is_blank(fields.get("period")):
            named = period_in(self.period, own_year or self.year) if self.period else None
            in_year = named is not None and named.year == (own_year or named.year)
            year = own_year or self.of_year or ""
            fields = {**fields, "period": self.period if in_year else str(year)}
        usual = own_year or self._year_of(fields["period"])
        if usual not in self.periods_of:  # the same one for all its rows, so that it is remembered
            as_of = partial(period_cell, year=usual, heading=self.period_heading)
            self.periods_of[usual] = as_of
        row = read_row(fields, where, self.periods_of[usual])
        return (row,) if isinstance(row, OutcomeRow) else row

    def _year_of(self, period: object) -> int | None:
        """The year of a period that does not say its own."""
        if self.titles.years is None:
            return self.year
        named = period_in(written(period), self.titles.years[0])
        return self.titles.year_of(named.first[1]) if named else None

    def _layout(self, year: int | None, usual: str) -> tuple[_Under, ...]:
        """What stands under each period, in some year where that is not said."""
        if (year, usual) not in self.layouts:
            found: dict[Period, dict[str, int]] = {}
            for column in self.periods:
                period = period_in(column.text, year)
                under = found.setdefault(period, {}) if period else {}
                first = under.setdefault(column.field or usual, column.number)
                if first != column.number:
                    self._tell_twice(column, first)
            self.layouts[year, usual] = tuple(
                _Under(period, fields, frozen_map({**self.headings.columns, **fields}))
                for period, fields in found.items()
            )
        return self.layouts[year, usual]

    def _tell_twice(self, column: PeriodColumn, first: int) -> None:
        """That a column is for the same as one before it, in the year that is meant."""
        name, headings = column.field or self.usual, self.headings.record
        before = heading_text(headings.cells[first - 1])
        where = self.table.place(headings, {name: column.number})
        self.untold.append(where.fault(name, heading_twice(OUTCOMES, name, column.text, before)))

    def faults(self) -> Iterator[Diagnostic]:
        """The faults of the headings, and that nothing says what year a period is of."""
        yield from self.headings.told(self.table.file, self.table.sheet)
        yield from self._title_faults()
        for column in self.undated:
            fault = CellFault("months-over-new-year", {"text": column.text})
            yield self._at_heading(column.number, fault)
        if self._own_years or self.undated:
            return
        columns = [(each.number, each.text) for each in self.periods]
        of_all = [(self.headings.columns.get("indicator", 1), self.period)] if self.period else []
        for number, text in (*columns, *of_all):
            if not period_in(text, self.year):
                where = self.table.place(self.headings.record, {"period": number})
                yield where.fault("period", CellFault("period-without-year", {"text": text}))
                return

    def _title_faults(self) -> Iterator[Diagnostic]:
        """That the title is of targets, of forecasts or of some part of a year."""
        number = self.headings.columns.get("value", self.headings.first_period)
        if self.titles.beside and self.by_title:
            facts = {"text": self.titles.beside}
            yield self._at_heading(number, CellFault("title-of-no-outcomes", facts))
        elif self._kind_by_title() and self.value_heading and not self.by_title:
            facts = {"text": self.value_heading}
            yield self._at_heading(number, CellFault("title-of-forecasts", facts))
        if self.part and not self._own_years:
            facts = {"text": self.part}
            yield self._at_heading(number, CellFault("title-of-part", facts))


def _unread_columns(headings: HeadingRow, written: Record) -> UnreadColumns:
    """The columns of a table that nothing is read of; a heading of a second row is none of them."""
    read = {*headings.columns.values(), *(each.number for each in headings.periods)}
    cells = enumerate(written.cells, 1)
    others = {number: heading_text(cell) for number, cell in cells if number not in read}
    width = max(len(headings.record.cells), *read)
    return UnreadColumns(others, width, reasons_of(headings.beside))


def as_kind(fields: Mapping[str, object], kind: str) -> Mapping[str, object]:
    """The fields of a row whose value is said to be of another kind."""
    if not kind or is_blank(fields.get("value")) or not is_blank(fields.get(kind)):
        return fields
    return {**fields, "value": None, kind: fields["value"]}


def _in_unit(row: OutcomeRow, unit: str) -> OutcomeRow:
    """A row with the unit of its number, where the number does not say one."""
    if not unit or not isinstance(row.value, Amount) or row.value.unit:
        return row
    return evolve(row, value=evolve(row.value, unit=unit))


def dated(
    columns: tuple[PeriodColumn, ...], titles: Titles, *, own_years: bool
) -> tuple[tuple[PeriodColumn, ...], tuple[PeriodColumn, ...]]:
    """The columns with the years that their order or a title tells, and those of no certain year.

    Months that stand after one with its year go on from it: `dec 2024; jan; feb`. Where they begin
    anew in January and no year is said, the two years of a title tell, or nothing does.
    """
    if own_years:
        return columns, ()
    found: dict[int, PeriodColumn] = {}
    unsure: list[PeriodColumn] = []
    for name in dict.fromkeys(each.field for each in columns):
        months = [each for each in columns if each.field == name and _month_in(each.text)]
        for column, year in zip(months, _years_of(months, titles), strict=True):
            if year == 0:
                unsure.append(column)
            elif year:
                found[column.number] = evolve(column, text=f"{column.text} {year}")
    rest = [each for each in columns if not _month_in(each.text)]
    if titles.years:
        unsure += [each for each in rest if not period_in(each.text)]
    return tuple(found.get(each.number, each) for each in columns), tuple(unsure[:1])


def _years_of(months: Sequence[PeriodColumn], titles: Titles) -> list[int | None]:
    """The year of each month that does not say its own: nought where none is certain."""
    own = [period_in(each.text) for each in months]
    numbers = [_month_in(each.text) for each in months]
    years: list[int | None] = [None] * len(months)
    falls = [at for at in range(1, len(numbers)) if numbers[at] < numbers[at - 1]]
    turns = len(falls) == 1 and numbers[-1] < numbers[0] and not _backwards(numbers)
    first = next((at for at, each in enumerate(own) if each), None)
    if first is not None and not all(own):
        return _carried(own, numbers, titles)
    if first is not None:
        return years
    if titles.years and titles.school:
        return [titles.year_of(number) for number in numbers]
    if titles.years:
        pair = titles.years
        return [pair[at >= falls[0]] if turns else 0 for at in range(len(numbers))]
    return [0 if turns else None for _ in numbers]


def _carried(
    own: Sequence[Period | None], numbers: Sequence[int], titles: Titles
) -> list[int | None]:
    """The years that go on from the months that say theirs, where nothing speaks against them.

    Those that stand before the first of them are of its year where they are earlier in it.
    """
    found: list[int | None] = []
    usual = titles.year if titles.said else 0
    at = next(at for at, each in enumerate(own) if each)
    year, month = next(each.first for each in own if each)
    for number, period in enumerate(own):
        here = numbers[number]
        if period:
            year, month = period.first
            found.append(None)
        elif here == month or (number < at and here > month):
            found.append(usual)
        else:
            year, month = (year, month) if number < at else (year + (here < month), here)
            found.append(0 if usual not in (0, year) else year)
    return found


def _backwards(numbers: Sequence[int]) -> bool:
    """Whether two months stand the last one first, as `mar; feb`, and not over a new year."""
    return len(numbers) == len("ab") and numbers != [12, 1]


def _month_in(text: str) -> int:
    """The number of the month that a heading names, nought where it names no month."""
    named = period_in(text, ANY_YEAR)
    return named.first[1] if named and named.kind == "month" else 0


def _cell(record: Record, number: int) -> Cell:
    return record.cells[number - 1] if number <= len(record.cells) else ""


# Notes below a table


def without_notes(table: HeadedTable, unread: list[UnreadRow]) -> Iterator[Record | Diagnostic]:
    """The records that are not blank, without the notes at the end, which are told as unread.

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
                yield table.place(record).fault("indicator", CellFault("headings-again"))
                return
            parted = _is_parted(table.kind, end, record.line)
            end = record.line
            if (notes or parted) and _is_lone_text(record, table.headings):
                notes.append(record)
                continue
        yield from notes
        notes.clear()
        yield record
    unread += [(each.line, "note") for each in notes]


def _is_headings(record: Record, headings: HeadingRow) -> bool:
    """Whether a record is a heading row too; the indicator's heading is looked for at the start."""
    for cell in record.cells[: headings.columns.get("indicator", 0) + 1]:
        if isinstance(cell, str) and names_rows(cell):
            return heading_row(record, OUTCOMES) is not None
    return False


@remembered
def names_rows(text: str) -> bool:
    """Whether a text is the heading of what rows are about; most texts are seen again and again."""
    return OUTCOMES.key(text) in NAMED_BY


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


def _is_lone_text(record: Record, headings: HeadingRow) -> bool:
    """Whether all that a record states is a text, and not where an outcome would be."""
    stated = [number for number, cell in enumerate(record.cells, 1) if states(cell)]
    figures = OUTCOMES.in_role("figure")
    under = {headings.columns[name] for name in figures if name in headings.columns}
    is_text = len(stated) == 1 and isinstance(record.cells[stated[0] - 1], str)
    return is_text and not {*under, *(each.number for each in headings.periods)} & set(stated)
