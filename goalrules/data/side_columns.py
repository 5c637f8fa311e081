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
from goalrules.core.vocabulary import DECEMBER, ColumnRole, UnreadReason
from goalrules.data.headings import LEFT, SideColumn
from goalrules.data.outcome import OfSex, OutcomeRow
from goalrules.data.period import YEAR, Period, is_period, is_week, looks_like_period
from goalrules.data.records import Record
from goalrules.data.roles import ROLES
from goalrules.data.units import UNIT_ROLES
from goalrules.data.values import Cell, CellFault, is_date, states, text_of
from goalrules.data.words import meaning, meanings, measure
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

MOST_YEARS = 2
"""So many years in a column under any heading are when something is of, and no numbers of it."""

LENGTH_OF_DAY = len("2025-03-31")

NO_MARKS = str.maketrans("", "", " ,.")

WORDS_OF_PARTS = ("mån", "month", "mth", "kv", "qu", "qtr", "tertial", "period")
"""What is in a heading under which a small number may be that of a part of a year."""

_LINK = re.compile(r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.[^\s@]+", re.IGNORECASE)

WORDS_OF_TIME = ("år", "tid", "mät", "dat", "period", "year", "time", "month", "mån")


class _Seen:
    """What has been seen under one heading that is not known, in the rows that are read."""

    def __init__(self, column: SideColumn) -> None:
        self.column = column
        self.of_indicator: dict[tuple[str, ...], str] = {}
        self.blank_of: set[tuple[str, ...]] = set()
        self.distinct: dict[str, None] = {}
        self.each: set[int] = set()
        self.numbers: set[int] = set()
        self.deciding: dict[str, None] = {}
        self.of_year: str | None = None
        self.rows = self.stated = self.long = 0
        self.differs = self.varies = self.mixed = self.late = False
        self.only_times = self.only_years = self.only_texts = self.only_links = True

    def add_used(self, cell: Cell) -> None:
        """A cell in a row of the year that is meant."""
        text = text_of(cell).strip()
        self.of_year = text if self.of_year is None else self.of_year
        self.varies = self.varies or text != self.of_year

    def add(self, subject: tuple[str, ...], cell: Cell) -> None:
        """A cell in a row about some subject."""
        text = text_of(cell).strip()
        self.rows += 1
        if not text:
            self.blank_of.add(subject)
            self.mixed = self.mixed or subject in self.of_indicator
            return
        self.stated += 1
        self.mixed = self.mixed or subject in self.blank_of
        self.differs = self.differs or self.of_indicator.setdefault(subject, text) != text
        self.long += len(text) > LONGEST_OF_DIMENSION
        if hash(text) not in self.each:
            self.each.add(hash(text))
            if len(self.distinct) < MOST_SHOWN:
                self.distinct[text] = None
            if folded(text) in _deciding():
                self.deciding.setdefault(text)
            if text.isdecimal() and len(text) <= LONGEST_COUNTED:
                self.numbers.add(int(text))
        self.only_times = self.only_times and self._is_time(cell, text)
        self.only_years = self.only_years and YEAR.fullmatch(text.strip()) is not None
        is_number = text.strip(" %-+").translate(NO_MARKS).isdigit()
        self.only_texts = self.only_texts and isinstance(cell, str) and not is_number
        self.only_links = self.only_links and _LINK.fullmatch(text) is not None

    def _is_time(self, cell: Cell, text: str) -> bool:
        heading, number = folded(self.column.heading), text.strip()
        if YEAR.fullmatch(number):
            return any(word in heading for word in WORDS_OF_TIME)
        if number.isdecimal() and 0 < int(number) <= DECEMBER:
            return any(word in heading for word in WORDS_OF_PARTS)
        is_day = isinstance(cell, dt.date | dt.time | Period)
        if is_day or is_period(text) or is_date(text) or is_week(text):
            return True
        return looks_like_period(text) and any(map(str.isalpha, text))

    @property
    def is_time(self) -> bool:
        """Whether the cells say when something is of, under whatever heading."""
        years = self.only_years and self.stated > 0 and len(self.each) <= MOST_YEARS
        return self.only_times or years

    @property
    def is_text(self) -> bool:
        """Whether the cells differ, and can only describe what the rows are about: plain text.

        They are the same for each indicator, or each row has its own: long ones, addresses, or
        the numbers of the rows. Where nothing heads them, they are texts that never repeat.
        """
        if self.deciding or self.is_time or not self.varies:
            return False
        count = 0 if self.late else len(self.numbers)
        counted = (set(range(count)), set(range(1, count + 1)))
        if count == self.rows >= FEWEST_COUNTED and self.numbers in counted:
            return True
        own = len(self.each) == self.stated
        free = own and (2 * self.long >= self.stated or not self.column.heading)
        unsure = self.mixed or (not self.column.heading and (self.late or bool(self.blank_of)))
        described = not self.differs and not unsure
        return self.only_texts and (free or self.only_links or described)

    def fault(self) -> CellFault | None:
        """Why the column cannot be left: its cells differ, or say what the rows are."""
        repeated, short = len(self.each) < self.stated, not self.long
        is_dimension = self.differs and self.only_texts and repeated and short
        decides = self.deciding or self.is_time or is_dimension
        if not self.stated or not (decides or self.varies) or self.is_text:
            return None
        column, texts = self.column, [*self.distinct]
        key = toml_key(column.heading)
        facts: dict[str, DiagnosticFact] = {"heading": column.heading, "key": key}
        text = next(iter(self.deciding), texts[0])
        if not column.heading:
            number: dict[str, DiagnosticFact] = {"number": column.number, "text": text}
            return CellFault("unnamed-column-differs", number)
        if self.is_time:
            return CellFault("times-not-read", {**facts, "text": text})
        if self.deciding:
            return CellFault("column-that-decides", {**facts, "text": text})
        if not self.only_texts:
            return CellFault("numbers-not-read", {**facts, "text": text})
        choice = column.choice(texts[-1])
        return CellFault("column-of-several", {**facts, "found": tuple(texts), **choice})


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

    `unnamed` are those that nothing heads; so are all beyond the `width` of the heading row. The
    rows that are used are those of the `year`, or of no year.
    """

    def __init__(
        self,
        columns: Sequence[SideColumn],
        chosen: Collection[int],
        unnamed: Collection[int],
        width: int,
        year: int | None,
    ) -> None:
        self.columns = columns
        self.silent, self.width, self.year = set(unnamed), width, year
        self.chosen = {each.number for each in columns if each.number in chosen}
        asked = [each for each in columns if each.number not in self.chosen]
        by_role = {each.role: each.number for each in reversed(asked)}
        self.kind = by_role.get("kind", 0)
        self.measure = by_role.get("measure", 0) or by_role.get("unit", 0)
        self.of_measures = "measure" in by_role
        self.sex = [each for each in asked if each.role == "sex"]
        self.kept = [each for each in asked if each.role != LEFT]
        texts = {role for role, (_, says) in ROLES.items() if says == "beside"}
        self.of_texts = [each for each in self.kept if each.role in texts]
        self.seen = {each.number: _Seen(each) for each in asked if not each.role}
        self.of_units = [each for each in asked if each.role in UNIT_ROLES]
        self.beside = [e for e in columns if e.heading and e not in self.of_units]
        self.starts = next((each for each in asked if meaning("starts", each.heading)), None)
        self.whole_months: str | None = ""
        self.strange: dict[str, None] = {}
        self.kinds: dict[str, None] = {}
        self.of_row: dict[object, tuple[Cell, ...]] = {}
        self.of_rows: list[tuple[str, ...]] = []
        self.latest: Record | None = None
        self.texts: tuple[str, ...] = ()
        self.blank_before: str | None = None
        """What a column of the year's rows states that nothing heads, where nothing has yet."""
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
                self.seen[number] = seen = _Seen(column)
                seen.late, seen.of_year = bool(self.of_rows), self.blank_before
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
            self.measures[text] = measure(text)
        known = self.measures[text]
        self.measured = self.measured or bool(known) or self.of_measures
        if known in ("%", "‰", "st", "kr", "tkr", "mkr"):
            return known
        return text if known or self.of_measures else ""

    def with_sex(self, record: Record, row: OutcomeRow) -> OutcomeRow:
        """A row with the sex that it is of alone, if its record says one."""
        for each in self.sex:
            text = text_of(record.cell(each.number)).strip()
            if text and meaning("wholes", text) != "sex":
                fault = CellFault("column-of-part", {"text": text, **each.choice(text)})
                return evolve(row, sex=OfSex(text, each.number, fault))
        return row

    def faults_of(
        self, record: Record, row: OutcomeRow, unit: Sequence[str] = ()
    ) -> Iterator[tuple[int, CellFault] | None]:
        """What the cells beside a row say against it; nothing for a row that is told already.

        `unit` is what the record says of its unit.
        """
        if not (self.seen or self.beside):
            return
        if self.starts and self.whole_months is not None:
            self._look_at_times(record.cell(self.starts.number), row)
        named = (row.goal, row.group, row.key, row.indicator)
        of_unit = (*map(folded, named), row.sex.text if row.sex else "", *unit)
        for number, seen in self.seen.items() if record is not self.latest else ():
            cell, like = record.cell(number), seen.column.like
            seen.add(of_unit, cell)
            if like and states(cell) and not states(record.cell(like[0])):
                if number not in self.told:  # it stands where that is blank
                    self.told.add(number)
                    facts = {"text": seen.column.heading, "nearest": like[1]}
                    yield number, CellFault("unknown-heading", facts)
                yield None
        for number, seen in self.seen.items() if self._in_year(row) else ():
            seen.add_used(record.cell(number))
        yield from self._collisions(record, row, (*of_unit, row.period, row.only_forecast))

    def _in_year(self, row: OutcomeRow) -> bool:
        """Whether a row may be used in the year that is meant."""
        found = self.year is None or row.period is None or row.period.year == self.year
        self.blank_before = "" if found else self.blank_before
        return found

    def add_alone(self, row: OutcomeRow) -> None:
        """A row of a record beside which nothing stands."""
        self._in_year(row)
        self.of_rows.append(())

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
        kept = [each for each in self.kept_as(units) if ROLES[each[1]][1] != "of the plan"]
        texts = [(*places[number], role) for number, role, _ in kept]
        if not texts:
            return rows
        return [_with_texts(*each, texts) for each in zip(rows, self.of_rows, strict=True)]

    def _look_at_times(self, start: Cell, row: OutcomeRow) -> None:
        """Note whether all rows run from the first day of a month to the last of one, undated."""
        if row.period is None and states(start) and row.due:
            run = f"{text_of(start)[:LENGTH_OF_DAY]}–{row.due}"
            self.whole_months = run if is_period(run) else None
        elif row.period or states(start) or row.due:
            self.whole_months = None

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
                named = {"text": row.indicator, "first": before, "second": now}
                if each.number not in self.told:
                    self.told.add(each.number)
                    yield each.number, CellFault("rows-differ-beside", {**named, **choice})
                yield None
                return

    def faults(self) -> Iterator[tuple[int, CellFault]]:
        """What the columns say of the whole table, when all of it is read."""
        if self.kinds and self.strange:
            known = tuple(dict.fromkeys(meanings("sheets")))[:MOST_SHOWN]
            for text in list(self.strange)[:MOST_SHOWN]:
                column = next(each for each in self.columns if each.number == self.kind)
                note = column.choice(text)["note"]
                told: dict[str, DiagnosticFact] = {"text": text, "known": known, "note": note}
                yield self.kind, CellFault("unknown-kind-of-figure", told)
        if self.starts and self.whole_months:
            told = {"heading": self.starts.heading, "key": toml_key(self.starts.heading)}
            said = CellFault("times-not-read", told | {"text": self.whole_months})
            yield self.starts.number, said
        for number, seen in self.seen.items():
            fault = None if number in self.told else seen.fault()
            if fault:
                yield number, fault

    def kept_as(self, units: Collection[int]) -> Iterator[tuple[int, ColumnRole, bool]]:
        """The columns of which the texts are kept, as what, and whether their headings say so.

        `units` are the columns that units are read of.
        """
        read = {*self.read, *units}
        for each in self.kept:
            role = "unit" if each.role in UNIT_ROLES else each.role
            if not role and self.seen[each.number].is_text:
                role = "text"
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
