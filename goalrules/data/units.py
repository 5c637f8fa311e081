"""Of which unit the rows of a table are: an organisational unit, a department, a municipality.

A column of units is a dimension: rows of different units say nothing of each other. Where several
columns could be it, as a department and its schools, it is the one that tells all the others. A
column in which the rows of one indicator never differ describes the indicator, if it names several;
municipalities never do. Where only one unit is named, rows that say none are of it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TypeAlias

from attrs import evolve

from goalrules.core.trace import TableUnit
from goalrules.core.vocabulary import UnitPlace
from goalrules.data.headings import SideColumn
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import is_period
from goalrules.data.read_files import FileRead
from goalrules.data.records import Record
from goalrules.data.values import CellFault, states, text_of
from goalrules.data.words import meaning, measure
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact
from goalrules.text.names import folded, toml_key

UNIT_ROLES = ("unit", "body", "place")
"""The roles of columns of units, those of the smallest first."""

SURE_ROLES = ("unit", "place")
"""The roles of those that the name of a sheet can say: `Enhet Norr`, `Kommun Nora`. A department, a
school or an area in it may be what the figures are about."""

MOST_NAMED = 5
"""So many units are named where there are more."""

SUBJECT = ("goal", "group", "key", "indicator")
"""The columns that say what a row is about, whatever its unit and its period."""

Cells: TypeAlias = tuple[str, ...]

BESIDE_WORDS = " -.,()"
_DAY = re.compile(r"20\d\d-?\d\d-?\d\d")
_TITLE = re.compile(r"([^:]+):\s*(\S.*)")


def is_whole(unit: str) -> bool:
    """Whether a unit is what all units are together: `Totalt`, `Alla enheter`, `Riket`."""
    return meaning("wholes", unit) in ("sex", "country", "units")


def is_of_all(unit: str) -> bool:
    """Whether a unit is what just the units beside it are together, and not a country's."""
    return meaning("wholes", unit) in ("sex", "units")


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
    asked = folded(unit)
    return tuple(
        evolve(
            file,
            tables=tuple(
                evolve(
                    table,
                    units=(unit,),
                    goals=tuple(each for each in table.goals if folded(each.unit) in ("", asked)),
                )
                for table in file.tables
            ),
        )
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


def title_unit(above: Iterable[Record], sheet: str) -> SideColumn | None:
    """The unit that a title above a table names, `Enhet: Norr` in one cell or in two.

    Or the name of its sheet, `Enhet Norr`, where no title does.
    """
    found: dict[str, SideColumn] = {}
    for record in above:
        stated = [text_of(cell).strip() for cell in record.cells if states(cell)]
        said = _TITLE.fullmatch(stated[0]) if len(stated) == 1 else None
        word, name = said.groups() if said else (stated if len(stated) == 2 else ("", ""))  # noqa: PLR2004
        role = meaning("columns", word.rstrip(": "))
        if role in UNIT_ROLES and not measure(name):
            found.setdefault(role, SideColumn(0, name, role, "title"))
    word, _, name = sheet.strip().partition(" ")
    role, name = meaning("columns", word), name.strip()
    says_else = is_period(name) or any(
        meaning(each, name) for each in ("units", "sheets", "beside")
    )
    if not found and role in SURE_ROLES and name and not says_else:
        found[role] = SideColumn(0, name, role, "sheet")
    return next((found[role] for role in UNIT_ROLES if role in found), None)


def unit_by_name(sheet: str, file: str, known: Collection[str]) -> SideColumn | None:
    """The unit of those known that the name of a sheet surely says, or else that of its file."""
    stem = re.split(r"[\\/]", file)[-1].rpartition(".")[0]
    names: tuple[tuple[UnitPlace, str], ...] = (("sheet", sheet), ("file", stem)) if known else ()
    for place, name in names:
        if unit := _unit_in(name, known):
            return SideColumn(0, unit, "unit", place)
    return None


def names_unit(files: Iterable[FileRead], known: Collection[str]) -> bool:
    """Whether the name of a file, or of a sheet, says a unit where the table in it says none."""
    return any(
        unit_by_name(table.sheet, file.file, known) is not None
        for file in files
        for table in file.tables
        if not (table.units or table.left)
    )


def _unit_in(name: str, known: Iterable[str]) -> str:
    """The unit that a name says; what cells are, a period and a word for units may stand beside it.

    Of units whose names are parts of each other it is the longest; of others there has to be one.
    """
    whole = f" {folded(name.replace('_', ' '))} "
    found: dict[str, str] = {}
    for unit in known:
        fold = folded(unit)
        before, _, after = whole.partition(fold)
        if after and not (before[-1].isalnum() or after[0].isalnum()):
            words = [each.strip(BESIDE_WORDS) for each in f"{before} {after}".split()]
            others = [
                each
                for each in words
                if not meaning("sheets", each) and meaning("columns", each) not in UNIT_ROLES
            ]
            rest = " ".join(filter(None, others))
            if not rest or is_period(rest) or _DAY.fullmatch(rest):
                found[fold] = unit
    longest = max(found, key=len, default="")
    return found[longest] if longest and all(each in longest for each in found) else ""


class UnitColumns:
    """The columns that can say of which unit each row of a table is, as its records are read.

    `subject` are the columns of what a record is about, `title` is the unit that a title above
    names, and `by_name` the one of the name of the sheet or the file, which tells where no cell
    does. Where a unit is `asked` for, only its records are taken; `each` says that each unit is to
    be judged, so that a column of units is no description.
    """

    def __init__(  # noqa: PLR0913 - what may say a unit, and what is asked
        self,
        columns: Sequence[SideColumn],
        subject: Mapping[str, int],
        title: SideColumn | None,
        by_name: SideColumn | None,
        asked: str,
        *,
        each: bool,
    ) -> None:
        own = [column for column in columns if column.role in UNIT_ROLES]
        self.columns = [*own, *filter(None, [title, by_name])]
        self.by_name = by_name is not None
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
            cells = tuple(self._unit(record, each) for each in self.columns)
            own = zip(cells[:-1], self.columns, strict=False)
            if self.by_name and any(cell and each.role == "unit" for cell, each in own):
                cells = (*cells[:-1], "")
            self.latest = record, cells
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

    @property
    def left(self) -> tuple[str, ...]:
        """The units that records which were not taken may be of."""
        return tuple(each for each in self.found if folded(each) != self.asked)

    @property
    def beside(self) -> TableUnit | None:
        """The unit of all rows, where it is said beside them and not in a column."""
        told = None if self.telling is None else self.columns[self.telling]
        return TableUnit(told.heading, told.said_by) if told and told.said_by else None

    def rows(self, rows: Sequence[OutcomeRow]) -> Iterator[OutcomeRow | Diagnostic]:
        """The rows that were added, each with its unit.

        One that says none is of the only unit that is named. It is a fault where there are others,
        or where its indicator is said of a unit too.
        """
        at, units = self.telling, self.units
        if at is None:
            yield from rows
            return
        alone = "" if len(units) > 1 or self.left or at in self.differs else units[0]
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
                key = toml_key(column.heading)
                facts = {"found": names, "key": key, **column.choice(names[0])}
                yield column.number or 1, CellFault("column-of-several", facts)
        own = [n for n, each in enumerate(self.columns[:-1]) if each.role == "unit"]
        units = {folded(e): e for e in chain(self.found, *map(self._named, own))}
        name = self.columns[-1].heading if self.by_name else ""
        if len(units) == 1 and name and not any(folded(name) in each for each in units):
            facts = {"text": name, "unit": next(iter(units.values()))}
            yield 1, CellFault("file-of-another-unit", facts)

    @property
    def read(self) -> set[int]:
        """The number of the column that is read, if any."""
        at = self.telling
        return set() if at is None else {self.columns[at].number}
