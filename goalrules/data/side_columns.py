"""The columns of a table that fill no field: what they say of its rows, if anything.

A column that can decide what a row is, is read or refused: a kind of figure, a unit of measure, a
sex or a municipality. One with a known heading that decides nothing is kept as text beside its
rows. One whose heading is not known is left, and named, where its cells are all the same; where
they differ it is plain text, if they can be nothing else, or refused.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias, cast

from attrs import evolve

from goalrules.core.trace import RowText
from goalrules.core.vocabulary import ColumnRole, UnreadReason
from goalrules.data.headings import LEFT, SideColumn
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import YEAR, Period, is_period
from goalrules.data.records import Record
from goalrules.data.units import UNIT_ROLES
from goalrules.data.values import Cell, CellFault, is_date, states, text_of
from goalrules.data.words import meaning, meanings
from goalrules.text.diagnostics import DiagnosticFact
from goalrules.text.names import folded, toml_key
from goalrules.text.source import UNSEEN

Where: TypeAlias = Mapping[str, str]
"""What the cells under some headings have to be, for a row to be used."""

PLANS = ("target", "baseline", "budget")

LONGEST_OF_DIMENSION = 40
MOST_SHOWN = 5
FEWEST_COUNTED, LONGEST_COUNTED = 3, 9
"""So many numbers in a row count the rows, and are no others that happen to follow each other."""

MOST_DISTINCT = 50

NO_MARKS = str.maketrans("", "", " ,.")

_LINK = re.compile(r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.[^\s@]+", re.IGNORECASE)

WORDS_OF_TIME = ("år", "tid", "mät", "dat", "period", "year", "time", "month", "mån")


class _Seen:
    """What has been seen under one heading that is not known, in the rows that are read."""

    def __init__(self, column: SideColumn) -> None:
        self.column = column
        self.of_indicator: dict[tuple[str, ...], str] = {}
        self.distinct: dict[str, None] = {}
        self.each: set[int] = set()
        self.rows = self.stated = self.long = 0
        self.differs = False
        self.only_times = self.only_texts = self.only_links = True
        self.deciding: dict[str, None] = {}
        self.numbers: set[int] = set()

    def add(self, subject: tuple[str, ...], cell: Cell) -> None:
        """A cell in a row about some subject."""
        text = text_of(cell).strip()
        self.differs = self.differs or self.of_indicator.setdefault(subject, text) != text
        self.rows += 1
        if not states(cell):
            self.distinct.setdefault("")
            return
        self.stated += 1
        self.long += len(text) > LONGEST_OF_DIMENSION
        if hash(text) not in self.each:
            self.each.add(hash(text))
            if len(self.distinct) < MOST_DISTINCT:
                self.distinct.setdefault(text)
            if folded(text) in _deciding():
                self.deciding.setdefault(text)
            if text.isdecimal() and len(text) <= LONGEST_COUNTED:
                self.numbers.add(int(text))
        self.only_times = self.only_times and self._is_time(cell, text)
        is_number = text.strip(" %-+").translate(NO_MARKS).isdigit()
        self.only_texts = self.only_texts and isinstance(cell, str) and not is_number
        self.only_links = self.only_links and _LINK.fullmatch(text) is not None

    def _is_time(self, cell: Cell, text: str) -> bool:
        if YEAR.fullmatch(text):
            heading = folded(self.column.heading)
            return any(word in heading for word in WORDS_OF_TIME)
        is_day = isinstance(cell, dt.date | dt.time | Period)
        return is_day or is_period(text) or is_date(text)

    @property
    def is_text(self) -> bool:
        """Whether the cells differ and can only describe what the rows are about: plain text.

        They are the same for each indicator, or each row has its own: long ones, addresses, or
        numbers that count the rows. Where nothing heads them, they are texts that never repeat.
        """
        if len(self.distinct) == 1 or self.deciding or (self.only_times and self.stated):
            return False
        own, blank = len(self.each) == self.stated, "" in self.distinct
        free = own and (2 * self.long >= self.stated or not self.column.heading)
        described = not (self.differs or (blank and not self.column.heading))
        counted = len(self.numbers) == self.rows >= FEWEST_COUNTED and not blank
        if counted and max(self.numbers) - min(self.numbers) < self.rows:
            return True
        return self.only_texts and (free or self.only_links or described)

    def fault(self) -> CellFault | None:
        """Why the column cannot be left: its cells differ, or say what the rows are."""
        column, texts = self.column, list(filter(None, self.distinct))
        if not texts or self.is_text:
            return None
        odd = next(iter(self.deciding), "")
        if not (odd or self.only_times or len(self.distinct) > 1):
            return None
        facts: dict[str, DiagnosticFact] = {
            "heading": column.heading, "text": odd or texts[-1], "key": toml_key(column.heading),
        }  # fmt: skip
        if not column.heading:
            return CellFault("unnamed-column-differs", {"number": column.number, "text": odd or texts[-1]})
        if self.only_times:
            return CellFault("times-not-read", {**facts, "text": texts[0]})
        if odd:
            return CellFault("column-that-decides", facts)
        if not self.only_texts:
            return CellFault("numbers-not-read", facts)
        found = tuple(texts[:MOST_SHOWN])
        return CellFault("column-of-several", {"found": found, "key": facts["key"], **column.choice(texts[-1])})


@cache
def _deciding() -> frozenset[str]:
    """The folded words that say what a row is, wherever they stand.

    They are those of kinds of figures but outcomes, sexes, the country, units of measure, levels
    and the state of a plan.
    """
    found = {each for name in ("beside", "levels", "plan", "units") for each in meanings(name)}
    found |= {each for each in meanings("sexes") if len(each) > 1}
    kinds = ("sheets", "forecast"), ("wholes", "country")
    return frozenset(found).union(
        each for section, kind in kinds for each, key in meanings(section).items() if key == kind
    )


class SideColumns:
    """The columns beside those that are read, as the records of a table are read.

    `unnamed` are those that nothing heads; so are all beyond the `width` of the heading row.
    """

    def __init__(
        self,
        columns: Sequence[SideColumn],
        chosen: Collection[int],
        unnamed: Collection[int],
        width: int,
    ) -> None:
        self.columns = columns
        self.silent, self.width = set(unnamed), width
        self.chosen = {each.number for each in columns if each.number in chosen}
        asked = [each for each in columns if each.number not in self.chosen]
        by_role = {each.role: each.number for each in reversed(asked)}
        self.kind = by_role.get("kind", 0)
        self.measure = by_role.get("measure", 0) or by_role.get("unit", 0)
        self.of_measures = "measure" in by_role
        self.sex = [each for each in asked if each.role == "sex"]
        self.kept = [each for each in asked if each.role != LEFT]
        self.seen = {each.number: _Seen(each) for each in asked if not each.role}
        self.of_units = [each for each in asked if each.role in UNIT_ROLES]
        self.beside = [e for e in columns if e.heading and e not in self.of_units]
        self.strange: dict[str, None] = {}
        self.kinds: dict[str, None] = {}
        self.of_row: dict[object, tuple[Cell, ...]] = {}
        self.of_rows: list[tuple[str, ...]] = []
        self.latest: Record | None = None
        self.texts: tuple[str, ...] = ()
        self.told: set[int] = set()
        self.measured = False
        self.measures: dict[str, str] = {}

    def states_in(self, record: Record) -> bool:
        """Whether anything may stand beside a record; columns that nothing heads are known by it.

        One that states nothing in the rows before differs from them.
        """
        last = len(record.cells)
        if self.silent or last > self.width:
            looked = (*self.silent, *range(self.width + 1, last + 1))
            found = [n for n in looked if n <= last and states(record.cells[n - 1])]
            self.silent = {*looked} - {*found}
            self.width = max(self.width, last)
            for number in found:
                column = SideColumn(number, "", "")
                self.kept.append(column)
                self.seen[number] = _Seen(column)
                self.seen[number].distinct |= {"": None} if self.of_rows else {}
        return bool(self.columns or self.seen)

    def kind_of(self, record: Record) -> str:
        """What a row's figure is by a column for that: a field, or `target` and the like."""
        text = text_of(record.cell(self.kind)) if self.kind else ""
        if not text.strip():
            return ""
        found = meaning("sheets", text) or meaning("beside", text)
        (self.kinds if found else self.strange).setdefault(text)
        return found if found != "value" else ""

    def unit_of(self, record: Record) -> str:
        """The unit of measure of a row's figure by a column for that."""
        if not self.measure:
            return ""
        text = text_of(record.cell(self.measure)).strip()
        if text not in self.measures:
            self.measures[text] = meaning("units", text)
        known = self.measures[text]
        self.measured = self.measured or bool(known) or self.of_measures
        if known in ("%", "‰", "st", "kr", "tkr", "mkr"):
            return known
        return text if known or self.of_measures else ""

    def faults_of(
        self, record: Record, row: OutcomeRow, unit: Sequence[str] = ()
    ) -> Iterator[tuple[int, CellFault] | None]:
        """What the cells beside a row say against it; nothing for a row that is told already.

        `unit` is what the record says of its unit.
        """
        for each in self.sex:
            text = text_of(record.cell(each.number))
            if text.strip() and meaning("wholes", text) != "sex":
                yield from self._once(each, "column-of-part", text=text, **each.choice(text))
        if not (self.seen or self.beside):
            return
        named = (row.goal, row.group, row.key, row.indicator)
        of_unit = (*map(folded, named), *unit)
        if record is not self.latest:
            for number, seen in self.seen.items():
                seen.add(of_unit, record.cell(number))
        yield from self._collisions(record, row, (*of_unit, row.period, row.only_forecast))

    def add(self, record: Record) -> None:
        """A row of a record that is used."""
        if record is not self.latest:
            self.latest = record
            cells = (text_of(record.cell(each.number)) for each in self.kept)
            self.texts = tuple(UNSEEN.sub("", each).strip() for each in cells)
        self.of_rows.append(self.texts)

    def with_texts(
        self, rows: Sequence[OutcomeRow], units: Collection[int]
    ) -> Sequence[OutcomeRow]:
        """The rows that were added, each with the texts that stand beside it.

        `units` are the columns that units are read of.
        """
        places = {each.number: (at, each.heading) for at, each in enumerate(self.kept)}
        texts = [(*places[number], role) for number, role, _ in self.kept_as(units)]
        if not texts:
            return rows
        return [_with_texts(*each, texts) for each in zip(rows, self.of_rows, strict=True)]

    def _collisions(
        self, record: Record, row: OutcomeRow, key: tuple[str | Period | bool | None, ...]
    ) -> Iterator[tuple[int, CellFault] | None]:
        """That a row is of the same as one before, and differs from it in a column beside."""
        cells = tuple(record.cell(each.number) for each in self.beside)
        first = self.of_row.setdefault(key, cells)
        if first is cells:
            return
        for each, one, other in zip(self.beside, first, cells, strict=True):
            if one != other and each.role not in PLANS:
                before, now = text_of(one), text_of(other)
                choice = each.choice(now or before)
                texts = {"text": row.indicator, "first": before, "second": now}
                yield from self._once(each, "rows-differ-beside", **texts, **choice)
                yield None
                return

    def _once(
        self, column: SideColumn, code: str, **facts: DiagnosticFact
    ) -> Iterator[tuple[int, CellFault] | None]:
        if column.number not in self.told:
            self.told.add(column.number)
            yield column.number, CellFault(code, {**facts})

    def faults(self) -> Iterator[tuple[int, CellFault]]:
        """What the columns say of the whole table, when all of it is read."""
        if self.kinds and self.strange:
            known = tuple(dict.fromkeys(meanings("sheets")))[:MOST_SHOWN]
            for text in list(self.strange)[:MOST_SHOWN]:
                column = next(each for each in self.columns if each.number == self.kind)
                note = column.choice(text)["note"]
                told: dict[str, DiagnosticFact] = {"text": text, "known": known, "note": note}
                yield self.kind, CellFault("unknown-kind-of-figure", told)
        for number, seen in self.seen.items():
            fault = None if number in self.told else seen.fault()
            if fault:
                yield number, fault

    def _text_role(self, column: SideColumn) -> str:
        """As what a column is kept that nothing is read of: its role, plain text, or nothing."""
        if column.role in UNIT_ROLES:
            return "unit"
        return column.role or ("text" if self.seen[column.number].is_text else "")

    def kept_as(self, units: Collection[int]) -> Iterator[tuple[int, ColumnRole, bool]]:
        """The columns of which the texts are kept, as what, and whether their headings say so.

        `units` are the columns that units are read of.
        """
        read = {*self.read, *units}
        for each in self.kept:
            role = self._text_role(each)
            if role and each.number not in read:
                yield each.number, cast("ColumnRole", role), bool(each.role)

    @property
    def roles(self) -> Mapping[int, ColumnRole]:
        """As what the columns are read that say what a row is."""
        own: dict[int, ColumnRole] = {self.kind: "kind", self.measure: "measure"}
        return own | {each.number: "sex" for each in self.sex}

    @property
    def read(self) -> set[int]:
        """The columns that were read of, though they fill no field, or that rows are chosen by."""
        units = {self.measure} if self.measured else set()
        kinds = {self.kind} if self.kinds else set()
        sexes = {each.number for each in self.sex}
        return {*self.chosen, *units, *kinds, *sexes}


def _with_texts(
    row: OutcomeRow, cells: Sequence[str], texts: Iterable[tuple[int, str, ColumnRole]]
) -> OutcomeRow:
    """A row with some of the cells beside it, where they state anything."""
    found = tuple(
        RowText(role, heading, cells[at])
        for at, heading, role in texts
        if at < len(cells) and cells[at]
    )
    return evolve(row, texts=found) if found else row


def left_columns(columns: Sequence[SideColumn]) -> dict[int, UnreadReason]:
    """The columns that a note says are not read, by their numbers."""
    return {each.number: "as noted" for each in columns if each.role == LEFT}
