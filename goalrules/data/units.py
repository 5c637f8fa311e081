"""Of which unit the rows of a table are: an organisational unit, a department, a municipality.

A column of units is a dimension: rows of different units say nothing of each other. Where several
columns could be it, as a department and its schools, it is the one that tells all the others. A
column in which the rows of one indicator never differ describes the indicator, if it names several;
municipalities never do. Where only one unit is named, rows that say none are of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from attrs import evolve

from goalrules.data.headings import SideColumn
from goalrules.data.outcome import OutcomeRow
from goalrules.data.read_files import FileRead
from goalrules.data.records import Record
from goalrules.data.values import CellFault, states, text_of
from goalrules.data.words import meaning, measure
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact
from goalrules.text.names import folded

UNIT_ROLES = ("unit", "body", "place")
"""The roles of columns of units, those of the smallest first."""

MOST_NAMED = 5
"""So many units are named where there are more."""

SUBJECT = ("goal", "group", "key", "indicator")
"""The columns that say what a row is about, whatever its unit and its period."""

Cells: TypeAlias = tuple[str, ...]

_TITLE = re.compile(r"([^:]+):\s*(\S.*)")


def is_whole(unit: str) -> bool:
    """Whether a unit is what all units are together: `Totalt`, `Alla enheter`, `Riket`."""
    return meaning("wholes", unit) in ("sex", "country", "units")


def units_of(rows: Iterable[OutcomeRow], files: Iterable[FileRead] = ()) -> dict[str, str]:
    """The units of rows, and of tables without any of theirs, by their folds, in their order."""
    of_tables = (unit for file in files for table in file.tables for unit in table.units)
    found: dict[str, str] = {}
    for unit in dict.fromkeys((*of_tables, *(row.unit for row in rows))):
        if unit:
            found.setdefault(folded(unit), unit)
    return found


def files_of_unit(files: Iterable[FileRead], unit: str) -> tuple[FileRead, ...]:
    """What was found in files, where only the rows of one unit are assessed."""
    only = (unit,)
    return tuple(
        evolve(file, tables=tuple(evolve(each, units=only) for each in file.tables))
        for file in files
    )


def several_units(rows: Sequence[OutcomeRow], files: Iterable[FileRead]) -> Iterator[Diagnostic]:
    """That rows are of several units, where one assessment is to be made of them."""
    found = units_of(rows, files)
    if len(found) > 1:
        names = tuple(islice(found.values(), MOST_NAMED))
        own = next((each for each in found.values() if not is_whole(each)), names[0])
        first = next((row for row in rows if row.unit), None)
        other = next((r for r in rows if r.unit and first and r.unit != first.unit), first)
        facts: dict[str, DiagnosticFact] = {"found": names, "number": len(found), "choice": own}
        for row in filter(None, [other]):
            yield row.place.fault("indicator", CellFault("several-units", facts))


def title_unit(above: Iterable[Record]) -> SideColumn | None:
    """The unit that a title above a table names, `Enhet: Norr` in one cell or in two.

    It is a column without cells: its heading is the unit that all rows are of.
    """
    found: dict[str, str] = {}
    for record in above:
        stated = [text_of(cell).strip() for cell in record.cells if states(cell)]
        said = _TITLE.fullmatch(stated[0]) if len(stated) == 1 else None
        word, name = said.groups() if said else (stated if len(stated) == 2 else ("", ""))  # noqa: PLR2004
        role = meaning("columns", word.rstrip(": "))
        if role in UNIT_ROLES and not measure(name):
            found.setdefault(role, name)
    return next((SideColumn(0, found[role], role) for role in UNIT_ROLES if role in found), None)


class UnitColumns:
    """The columns that can say of which unit each row of a table is, as its records are read.

    `subject` are the columns of what a record is about, and `title` is the unit that a title above
    names. Where a unit is `asked` for, only its records are taken; `each` says that each unit is to
    be judged, so that a column of units is no description.
    """

    def __init__(
        self,
        columns: Sequence[SideColumn],
        subject: Mapping[str, int],
        title: SideColumn | None,
        asked: str,
        *,
        each: bool,
    ) -> None:
        own = [column for column in columns if column.role in UNIT_ROLES]
        self.columns = [*own, *filter(None, [title])]
        self.subject = [subject[name] for name in SUBJECT if name in subject]
        self.asked = folded(asked)
        self.each = each
        self.found: dict[str, None] = {}
        self.in_columns: set[int] | None = None
        self.of_rows: list[Cells] = []
        self.distinct: list[dict[str, None]] = [{} for _ in self.columns]
        self.of_subject: dict[Cells, Cells] = {}
        self.differs: set[int] = set()
        self.latest: tuple[Record | None, Cells] = (None, ())
        self.subjects: dict[Cells, Cells] = {}
        self.measures: dict[str, bool] = {}

    def takes(self, record: Record) -> bool:
        """Whether a record is of the unit that is asked for, or says no unit at all."""
        cells = self.cells(record)
        if self.asked and any(cells):
            self.found.update(dict.fromkeys(filter(None, cells)))
            matched = {at for at, cell in enumerate(cells) if folded(cell) == self.asked}
            if not matched:
                return False
            self.in_columns = matched if self.in_columns is None else self.in_columns & matched
        if self.columns:
            self._look(record, cells)
        return True

    def _look(self, record: Record, cells: Cells) -> None:
        """Note what a record says, also one that no row comes of."""
        texts = tuple(text_of(record.cell(number)).strip() for number in self.subject)
        subject = self.subjects.get(texts)
        if subject is None:
            subject = self.subjects[texts] = tuple(map(folded, texts))
        for at, cell in enumerate(cells):
            self.distinct[at].setdefault(cell)
        first = self.of_subject.setdefault(subject, cells)
        if first != cells:
            self.differs |= {at for at, cell in enumerate(cells) if cell != first[at]}

    def cells(self, record: Record) -> Cells:
        """What a record says of its unit, a text for each column; a unit of measure is none."""
        if self.latest[0] is not record:
            self.latest = record, tuple(self._unit(record, each) for each in self.columns)
        return self.latest[1]

    def _unit(self, record: Record, column: SideColumn) -> str:
        """What a record says in a column of units; for a title, what that says."""
        at = column.number
        text = text_of(record.cell(at)).strip() if at else column.heading
        if column.role != "unit":
            return text
        if text not in self.measures:
            self.measures[text] = bool(measure(text))
        return "" if self.measures[text] else text

    def add(self, record: Record) -> None:
        """A row of a record."""
        self.of_rows.append(self.cells(record))

    @property
    def telling(self) -> int | None:
        """The column that tells the unit, by its number from 0, if any does."""
        if self.in_columns == set():
            return None
        known = [at for at in range(len(self.columns)) if self._named(at)]
        if differing := [at for at in known if at in self.differs]:
            return next((at for at in differing if self._tells(at, differing)), None)
        if self.in_columns:
            return min(self.in_columns)
        sure = [at for at in known if len(self._named(at)) == 1 or self.columns[at].role == "place"]
        ranks = [
            (len(self._named(at)) == 1, UNIT_ROLES.index(self.columns[at].role), at)
            for at in (known if self.each else sure)
        ]
        return min(ranks)[-1] if ranks else None

    def _named(self, at: int) -> tuple[str, ...]:
        """The units that a column names."""
        return tuple(filter(None, self.distinct[at]))

    def _tells(self, at: int, differing: Sequence[int]) -> bool:
        """Whether the cells of a column tell those of each other in which rows differ."""
        told: dict[str, Cells] = {}
        for cells in dict.fromkeys(self.of_rows):
            others = tuple(cells[each] for each in differing)
            if told.setdefault(cells[at], others) != others:
                return False
        return True

    @property
    def is_told(self) -> bool:
        """Whether anything in the table says of which unit it is."""
        return any(map(self._named, range(len(self.columns))))

    @property
    def units(self) -> tuple[str, ...]:
        """The units that the table is of, also those of which it has no figures."""
        at = self.telling
        return () if at is None else self._named(at)

    def rows(self, rows: Sequence[OutcomeRow]) -> Iterator[OutcomeRow | Diagnostic]:
        """The rows that were added, each with its unit.

        One that says none is of the only unit that is named. It is a fault where there are others,
        or where its indicator is said of a unit too.
        """
        at, units = self.telling, self.units
        if at is None:
            yield from rows
            return
        others = {folded(each) for each in self.found} - {self.asked}
        alone = "" if len(units) > 1 or others or at in self.differs else units[0]
        for row, cells in zip(rows, self.of_rows, strict=True):
            if cells[at] or alone:
                yield evolve(row, unit=cells[at] or alone)
            else:
                yield row.place.fault("indicator", CellFault("row-without-unit"))

    def faults(self) -> Iterator[tuple[int, CellFault]]:
        """What is wrong with the columns as a whole, by the cell of a heading."""
        at = self.telling
        differing = [each for each in sorted(self.differs) if self._named(each)]
        if at is None and (differing or self.in_columns is not None):
            among = [self.columns[each] for each in differing or range(len(self.columns))]
            headings = tuple(each.heading for each in among)
            choice = f"{headings[0]}={self._named(self.columns.index(among[0]))[0]}"
            facts: dict[str, DiagnosticFact] = {"headings": headings, "choice": choice}
            yield among[0].number, CellFault("units-in-two-columns", facts)
        elif at is not None and not self.asked:
            column, names = self.columns[at], self._named(at)
            if all(meaning("wholes", each) == "country" for each in names):
                facts = {"found": names, **column.choice(names[0])}
                yield column.number or 1, CellFault("column-of-several", facts)

    @property
    def read(self) -> set[int]:
        """The number of the column that is read, if any."""
        at = self.telling
        return set() if at is None else {self.columns[at].number}
