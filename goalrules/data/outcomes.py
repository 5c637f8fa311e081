"""The rows of outcomes in a file: the tables in its sheets, what stands around them, and the rows.

In a table a record is a row for one period, or for each of the periods that have columns. Titles
above it and the name of its sheet may say the year, the period, and what its cells are; notes may
stand below it. What several sheets state of the same is joined.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TypeAlias, assert_never

from attrs import evolve

from goalrules.core.vocabulary import UnreadReason
from goalrules.data.grids import HeadedTable, first_faults, read_tables
from goalrules.data.headings import (
    LONGEST_GUESS,
    HeadingRow,
    PeriodColumn,
    heading_row,
    heading_text,
    heading_twice,
    is_of_plan,
    with_groups,
    with_periods_below,
)
from goalrules.data.memory import remembering
from goalrules.data.outcome import OUTCOMES, OutcomeRow, ReadRows, other_marks, read_row
from goalrules.data.period import YEAR, Period, is_period, period_in
from goalrules.data.read_files import FileRead, OutcomeRows, TableRead, UnreadColumns
from goalrules.data.records import Kind, Place, Progress, Record
from goalrules.data.values import Cell, CellFault, is_blank, states, text_of, year_cell
from goalrules.data.words import meaning
from goalrules.lazily import frozen
from goalrules.limits import stepping
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded
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

MERGED = CellFault("merged-cell")

_YEAR_IN_TITLE = re.compile(rf"(?<!\d){YEAR.pattern}(?!\d)(?!-\d\d-\d\d)")
_BETWEEN = re.compile(r"[,;:()|]")
_DASH = re.compile(r"\s[-–—]\s")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")

Read: TypeAlias = OutcomeRow | Diagnostic
UnreadRow: TypeAlias = tuple[int, UnreadReason]
"""The line of a row that is not read, and why."""

Key: TypeAlias = tuple[str, str, str, Period | None]


@remembering()
def read_outcomes(
    data: bytes, file: str, year: int | None = None, progress: Progress | None = None
) -> ReadRows:
    """The rows in the bytes of a CSV, XLSX or JSON file, and every fault in them.

    In each sheet the first row that names the indicator, and its value or level or periods, is the
    heading row; rows above it are titles. The year is that of periods which do not say one, where
    neither a column, a title nor the sheet's name does. `progress` is told how far it has come.
    """
    missing = CellFault("no-headings", {"expected": EXPECTED})
    found = read_tables(data, file, OUTCOMES, missing)
    reading = _Reading(progress, sum(table.rows for table in found.tables), [*found.unread])
    sheets = [reading.rows_of(table, year) for table in found.tables]
    read = (
        [FileRead(file, found.kind, found.encoding, tuple(reading.tables), found.sheets)]
        if found.kind
        else []
    )
    rows = OutcomeRows(_joined(sheets), read)
    return rows, first_faults(reading.faults, reading.unkept)


class _Reading:
    """How far a file has been read, and what has been found wrong in it."""

    def __init__(self, progress: Progress | None, rows: int, faults: list[Diagnostic]) -> None:
        self.progress = progress
        self.rows = rows
        self.faults = faults
        self.tables: list[TableRead] = []
        self.done = self.unkept = 0

    def rows_of(self, table: HeadedTable, year: int | None) -> tuple[OutcomeRow, ...]:
        """The rows of a table; what is wrong in it is kept."""
        rows = []
        reader = _Reader(_with_all_headings(table), year)
        for each in reader:
            if isinstance(each, OutcomeRow):
                rows.append(each)
            else:
                self._keep(each)
            self.done += 1
            if self.progress and self.done % TOLD_EVERY == 0:
                self.progress(self.done, max(self.rows, self.done))
        self.tables.append(reader.read())
        kept, faults = with_one_mark(rows, table.mark)
        for fault in faults:
            self._keep(fault)
        return kept

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
    for rows in sheets:
        times = Counter(map(_key, rows))
        for row in stepping(rows):
            key = _key(row)
            at = places.setdefault(key, len(found))
            whole = _one(found[at], row) if at < len(found) and times[key] == 1 else None
            if whole:
                found[at] = whole
            else:
                found.append(row)
    return found


def _key(row: OutcomeRow) -> Key:
    return folded(row.goal), folded(row.group), folded(row.indicator), row.period


def _one(one: OutcomeRow, other: OutcomeRow) -> OutcomeRow | None:
    """What two rows state together, if no field is stated by both."""
    stated = {name for name in JOINED if not is_blank(getattr(other, name))}
    if any(not is_blank(getattr(one, name)) for name in stated):
        return None
    beside = {**one.place.beside, **dict.fromkeys(stated, other.place)}
    fields = {name: getattr(other, name) for name in stated}
    return evolve(one, **fields, place=evolve(one.place, beside=beside))


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


def _with_all_headings(table: HeadedTable) -> HeadedTable:
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


@frozen
class _Under:
    """What stands under one period in every row: its fields, and the cells of all fields."""

    period: Period
    fields: Mapping[str, int]
    columns: Mapping[str, int]


class _Reader:
    """What a table says of all its rows: the year, and what stands under its periods."""

    def __init__(self, table: HeadedTable, year: int | None) -> None:
        self.table = table
        self.headings = table.headings
        titles = titles_of(table, year)
        self.year, self.usual = titles.year, titles.usual
        says_it_itself = self.headings.periods or "period" in self.headings.columns
        self.period = "" if says_it_itself else titles.period
        alone = OUTCOMES.in_role("section")
        own = [n for name, n in self.headings.columns.items() if name not in alone]
        self.numbers = (*own, *(each.number for each in self.headings.periods))
        self.layouts: dict[int | None, tuple[_Under, ...]] = {}
        self.untold: list[Diagnostic] = []
        self.unread_rows: list[UnreadRow] = []
        self.unread_columns = _unread_columns(self.headings)

    def __iter__(self) -> Iterator[Read]:
        """The rows of the table and the faults in it."""
        yield from self.faults()
        for record in without_notes(self.table, self.unread_rows):
            if isinstance(record, Diagnostic):
                yield record
            else:
                self.unread_columns.look(record)
                yield from self.rows(record)

    def read(self) -> TableRead:
        """What was found in the table, once it is read to its end."""
        columns = tuple(self.unread_columns.found())
        line = self.headings.record.line
        return TableRead(self.table.sheet, line, columns, tuple(sorted(self.unread_rows)))

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
            where = self.table.place(record)
            own_year = year_cell(fields.get("year", ""))
            if isinstance(own_year, CellFault):
                yield where.fault("year", own_year)
            elif self.headings.periods:
                yield from self._under_periods(record, fields, where, own_year or self.year)
            else:
                yield from self._long(fields, where, own_year)
        else:
            self.unread_rows.append((record.line, "section"))

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
            fields = {**fields, "period": self.period if in_year else str(own_year or "")}
        row = read_row(fields, where, own_year or self.year)
        return (row,) if isinstance(row, OutcomeRow) else row

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
        before = heading_text(headings.cells[first - 1])
        where = self.table.place(headings, {name: column.number})
        self.untold.append(where.fault(name, heading_twice(OUTCOMES, name, column.text, before)))

    def faults(self) -> Iterator[Diagnostic]:
        """The faults of the headings, and that nothing says what year a period is of."""
        yield from self.headings.told(self.table.file, self.table.sheet)
        if "year" in self.headings.columns:
            return
        columns = [(each.number, each.text) for each in self.headings.periods]
        of_all = [(self.headings.columns.get("indicator", 1), self.period)] if self.period else []
        for number, text in (*columns, *of_all):
            if not period_in(text, self.year):
                where = self.table.place(self.headings.record, {"period": number})
                yield where.fault("period", CellFault("period-without-year", {"text": text}))
                return


def _unread_columns(headings: HeadingRow) -> UnreadColumns:
    """The columns of a table that nothing is read of; a heading of a second row is none of them."""
    read = {*headings.columns.values(), *(each.number for each in headings.periods)}
    cells = enumerate(headings.record.cells, 1)
    others = {number: heading_text(cell) for number, cell in cells if number not in read}
    width = max(len(headings.record.cells), *read)
    return UnreadColumns(others, width, [n for n, text in others.items() if is_of_plan(text)])


def _merged(name: str, record: Record, number: int) -> Cell:
    """A cell, or that with which it is one where it may stand for several rows."""
    above = record.merged.get(number)
    if above is None:
        return _cell(record, number)
    return above if name in FOR_SEVERAL or not states(above) else MERGED


def _cell(record: Record, number: int) -> Cell:
    return record.cells[number - 1] if number <= len(record.cells) else ""


# Titles above a table


@frozen
class Titles:
    """What stands above a table and in the name of its sheet, as far as it is said in one way.

    `period` is a text that names one, perhaps without its year; `usual` is the field that cells
    are of where their headings do not say.
    """

    year: int | None
    period: str
    usual: str


def titles_of(table: HeadedTable, year: int | None) -> Titles:
    """What the titles of a table say; the year is that of the file, where they say none."""
    titles = [text_of(cell) for record in table.above for cell in record.cells]
    starts = [cell for each in table.above for cell in each.cells[: table.headings.first_period]]
    words = [word for cell in starts for word in text_of(cell).split()[:1]]
    own_year = _year_in(titles) or _year_in([table.sheet]) or year
    named = [text for title in (*titles, table.sheet) for text in _periods(title)]
    return Titles(
        own_year,
        named[0] if len({period_in(text, own_year) for text in named}) == 1 else "",
        _stated_in(table.sheet.split()) or _stated_in(words) or "value",
    )


def _year_in(texts: Iterable[str]) -> int | None:
    """The year that some titles name, where they name but one."""
    years = {found for text in texts for found in _YEAR_IN_TITLE.findall(text)}
    return int(years.pop()) if len(years) == 1 else None


def _stated_in(words: Iterable[str]) -> str:
    """What cells are by the words of a title, where these say it in but one way."""
    found = {meaning("sheets", word) for word in words} - {""}
    return found.pop() if len(found) == 1 else ""


def _periods(title: str) -> Iterator[str]:
    """The periods that the parts of a title are for, as `Utfall januari 2025, socialkontoret`."""
    for piece in _BETWEEN.split(title):
        whole = _period_of(piece.split())
        parts = [whole] if whole else [_period_of(each.split()) for each in _DASH.split(piece)]
        yield from filter(None, parts)


def _period_of(words: list[str]) -> str:
    """The period among the words of a title that says besides but what is reported."""
    if len(" ".join(words)) > LONGEST_GUESS:
        return ""
    known = [bool(meaning("sheets", word) or meaning("titles", word)) for word in words]
    for length in range(len(words), 0, -1):
        for at in range(len(words) - length + 1):
            text = " ".join(words[at : at + length])
            if all((*known[:at], *known[at + length :])) and names_period(text):
                return text
    return ""


def names_period(text: str) -> bool:
    """Whether a text names a period, and not only a year as of a plan, or a day."""
    words = " ".join(word for word in text.split() if not word.isdigit())
    is_year = OUTCOMES.key(words) == "year" or meaning("periods", words) == "average"
    return bool(words) and not is_year and not _DATE.fullmatch(text) and is_period(text)


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
    start = record.cells[: headings.columns.get("indicator", 0) + 1]
    texts = [cell for cell in start if isinstance(cell, str)]
    named = any(OUTCOMES.key(text) == "indicator" for text in texts)
    return named and heading_row(record, OUTCOMES) is not None


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
