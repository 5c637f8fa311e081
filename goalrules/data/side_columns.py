"""The columns of a table that fill no field: what they say of its rows, if anything.

A column that can decide what a row is, is read or refused: a kind of figure, a unit of measure, a
sex or a municipality, a date under a heading that is not known, a text in which the rows of one
indicator differ. What only stands beside the rows is left, and named with the reason.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from goalrules.core.vocabulary import ColumnRole, UnreadReason
from goalrules.data.headings import SideColumn
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import DECEMBER, YEAR, Period, is_period, is_week, looks_like_period
from goalrules.data.records import Record
from goalrules.data.units import UNIT_ROLES
from goalrules.data.values import Cell, CellFault, is_date, states, text_of
from goalrules.data.words import meaning, meanings, measure
from goalrules.text.diagnostics import DiagnosticFact
from goalrules.text.names import folded, toml_key

Where: TypeAlias = Mapping[str, str]
"""What the cells under some headings have to be, for a row to be used."""

PLANS = ("target", "baseline", "budget")

TARGET: UnreadReason = "target or budget"

LONGEST_OF_DIMENSION = 40
MOST_SHOWN = 5
MOST_DISTINCT = 50

MOST_YEARS = 2
"""So many years in a column under any heading are when something is of, and no numbers of it."""

LENGTH_OF_DAY = len("2025-03-31")

NO_MARKS = str.maketrans("", "", " ,.")

WORDS_OF_PARTS = ("mån", "month", "mth", "kv", "qu", "qtr", "tertial", "period")
"""What is in a heading under which a small number may be that of a part of a year."""

WORDS_OF_TIME = ("år", "tid", "mät", "dat", "period", "year", "time", "month", "mån")


class _Seen:
    """What has been seen under one heading."""

    def __init__(self, column: SideColumn) -> None:
        self.column = column
        self.of_indicator: dict[tuple[str, ...], str] = {}
        self.distinct: dict[str, None] = {}
        self.stated = self.longest = 0
        self.differs = self.told = False
        self.only_times = self.only_texts = self.only_years = self.only_kinds = True

    def add(self, subject: tuple[str, ...], cell: Cell) -> None:
        """A cell in a row about some subject."""
        text = text_of(cell)
        self.stated += 1
        self.longest = max(self.longest, len(text))
        if len(self.distinct) < MOST_DISTINCT:
            self.distinct[text] = None
        self.differs = self.differs or self.of_indicator.setdefault(subject, text) != text
        self.only_times = self.only_times and self._is_time(cell, text)
        self.only_years = self.only_years and YEAR.fullmatch(text.strip()) is not None
        if self.only_kinds:
            self.only_kinds = meaning("sheets", text) == "forecast" or bool(meaning("beside", text))
        is_number = text.strip(" %-+").translate(NO_MARKS).isdigit()
        self.only_texts = self.only_texts and isinstance(cell, str) and not is_number

    def _is_time(self, cell: Cell, text: str) -> bool:
        heading, number = folded(self.column.heading), text.strip()
        if YEAR.fullmatch(number):
            return any(word in heading for word in WORDS_OF_TIME)
        if number.isdecimal() and 0 < int(number) <= DECEMBER:
            return any(word in heading for word in WORDS_OF_PARTS)
        if not isinstance(cell, str) or is_period(text) or is_date(text) or is_week(text):
            return True
        return looks_like_period(text) and any(map(str.isalpha, text))

    @property
    def is_dimension(self) -> bool:
        """Whether the rows of one indicator differ in a short text that others share."""
        repeated = len(self.distinct) < self.stated
        short = self.longest <= LONGEST_OF_DIMENSION
        return self.differs and self.only_texts and repeated and short


class SideColumns:
    """The columns beside those that are read, as the records of a table are read."""

    def __init__(self, columns: Sequence[SideColumn], chosen: Collection[int]) -> None:
        self.columns = columns
        self.chosen = {each.number for each in columns if each.number in chosen}
        asked = [each for each in columns if each.number not in self.chosen]
        by_role = {each.role: each.number for each in reversed(asked)}
        self.kind = by_role.get("kind", 0)
        self.measure = by_role.get("measure", 0) or by_role.get("unit", 0)
        self.of_measures = "measure" in by_role
        self.sex = [each for each in asked if each.role == "sex"]
        self.seen = [_Seen(each) for each in asked if not each.role]
        self.of_units = [each for each in asked if each.role in UNIT_ROLES]
        self.beside = [each for each in columns if each not in self.of_units]
        self.starts = next((each for each in asked if each.role == "due"), None)
        self.whole_months: str | None = ""
        self.strange: dict[str, None] = {}
        self.kinds: dict[str, None] = {}
        self.of_row: dict[object, tuple[Cell, ...]] = {}
        self.told: set[int] = set()
        self.measured = False
        self.measures: dict[str, str] = {}

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
        if self.starts and self.whole_months is not None:
            self._look_at_times(record.cell(self.starts.number), row)
        about = (row.goal, row.group, row.key, row.indicator)
        of_unit = (*map(folded, about), *unit)
        for seen in self.seen:
            cell, like = record.cell(seen.column.number), seen.column.like
            if states(cell):
                seen.add(of_unit, cell)
                if like and not states(record.cell(like[0])):  # it stands where that is blank
                    known = {"text": seen.column.heading, "nearest": like[1]}
                    yield from self._once(seen.column, "unknown-heading", **known)
        yield from self._collisions(record, row, (*of_unit, row.period, row.only_forecast))

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
        if self.starts and self.whole_months:
            told = {"heading": self.starts.heading, "key": toml_key(self.starts.heading)}
            yield (
                self.starts.number,
                CellFault("times-not-read", told | {"text": self.whole_months}),
            )
        for seen in self.seen:
            column = seen.column
            if column.number in self.told or not seen.stated:
                continue
            texts = list(seen.distinct)
            is_time = seen.only_times or (seen.only_years and len(texts) <= MOST_YEARS)
            if is_time or seen.only_kinds:
                key = toml_key(column.heading)
                told = {"heading": column.heading, "text": texts[0], "key": key}
                code = "times-not-read" if is_time else "kinds-not-read"
                yield column.number, CellFault(code, told)
            elif seen.is_dimension:
                found = tuple(texts[:MOST_SHOWN])
                facts = {"found": found, **column.choice(texts[-1])}
                yield column.number, CellFault("column-of-several", facts)

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


def reasons_of(columns: Sequence[SideColumn]) -> dict[int, UnreadReason]:
    """Why columns are not read, by their numbers, where their headings tell."""
    known: dict[str, UnreadReason] = {"left": "as noted", **dict.fromkeys(PLANS, TARGET)}
    return {each.number: known.get(each.role, "remark") for each in columns if each.role}
