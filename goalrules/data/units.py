"""Of which unit the rows of a table are: an organisational unit, a department, a municipality.

A column of units is a dimension: rows of different units say nothing of each other. Where several
columns could be it, as a department and its schools, it is the one that tells all the others.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from attrs import evolve

from goalrules.data.headings import SideColumn
from goalrules.data.outcome import OutcomeRow
from goalrules.data.records import Record
from goalrules.data.values import CellFault, states, text_of
from goalrules.data.words import meaning
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded

UNIT_ROLES = ("unit", "body", "place")
"""The roles of columns of units, those of the smallest first."""

MOST_NAMED = 5
"""So many units are named where there are more."""

Cells: TypeAlias = tuple[str, ...]

_TITLE = re.compile(r"([^:]+):\s*(\S.*)")


def is_whole(unit: str) -> bool:
    """Whether a unit is what all units are together: `Totalt`, `Alla enheter`, `Riket`."""
    return meaning("wholes", unit) in ("sex", "country", "units")


def units_of(rows: Iterable[OutcomeRow]) -> dict[str, str]:
    """The units of rows by their folds, in the order in which they come."""
    found: dict[str, str] = {}
    for unit in dict.fromkeys(row.unit for row in rows):
        if unit:
            found.setdefault(folded(unit), unit)
    return found


def several_units(rows: Sequence[OutcomeRow]) -> Iterator[Diagnostic]:
    """That rows are of several units, where one assessment is to be made of them."""
    found = units_of(rows)
    if len(found) > 1:
        names = tuple(islice(found.values(), MOST_NAMED))
        own = next((each for each in found.values() if not is_whole(each)), names[0])
        second = next(row for row in rows if row.unit and folded(row.unit) != next(iter(found)))
        facts = {"found": names, "number": len(found), "choice": own}
        yield second.place.fault("indicator", CellFault("several-units", facts))


def title_unit(above: Iterable[Record]) -> str:
    """The unit that a title above a table names: `Enhet: Norr`, in one cell or in two."""
    found: dict[str, str] = {}
    for record in above:
        stated = [text_of(cell).strip() for cell in record.cells if states(cell)]
        said = _TITLE.fullmatch(stated[0]) if len(stated) == 1 else None
        word, name = said.groups() if said else (stated if len(stated) == 2 else ("", ""))  # noqa: PLR2004
        role = meaning("columns", word.rstrip(": "))
        if role in UNIT_ROLES and not meaning("units", name):
            found.setdefault(role, name)
    return next((found[role] for role in UNIT_ROLES if role in found), "")


def subject_of(row: OutcomeRow) -> Cells:
    """What a row is about, whatever its unit and its period."""
    return folded(row.goal), folded(row.group), folded(row.indicator)


class UnitColumns:
    """The columns that can say of which unit each row of a table is, as its records are read.

    `title` is the unit that a title above names for all of them. Where a unit is `asked` for, only
    its records are taken.
    """

    def __init__(self, columns: Sequence[SideColumn], title: str, asked: str) -> None:
        self.columns = [each for each in columns if each.role in UNIT_ROLES]
        self.title = title
        self.asked = folded(asked)
        self.found: dict[str, None] = dict.fromkeys([title] if title else [])
        self.in_columns: set[int] | None = None
        self.of_rows: list[Cells] = []
        self.distinct: list[dict[str, None]] = [{} for _ in self.columns]
        self.of_subject: dict[tuple[str, ...], Cells] = {}
        self.differs: set[int] = set()

    def takes(self, record: Record) -> bool:
        """Whether a record is of the unit that is asked for, or says no unit at all."""
        if not self.asked:
            return True
        cells = self.cells(record)
        if not any(cells):
            return folded(self.title) in ("", self.asked)
        self.found.update(dict.fromkeys(filter(None, cells)))
        matched = {at for at, cell in enumerate(cells) if folded(cell) == self.asked}
        if matched:
            self.in_columns = matched if self.in_columns is None else self.in_columns & matched
        return bool(matched)

    def cells(self, record: Record) -> Cells:
        """What a record says of its unit, a text for each column; a unit of measure is none."""
        return tuple(_text(record, each) for each in self.columns)

    def add(self, row: OutcomeRow, record: Record) -> None:
        """A row of a record."""
        subject, cells = subject_of(row), self.cells(record)
        self.of_rows.append(cells)
        for at, cell in enumerate(cells):
            self.distinct[at].setdefault(cell)
        first = self.of_subject.setdefault(subject, cells)
        if first is not cells:
            self.differs |= {at for at, cell in enumerate(cells) if cell != first[at]}

    @property
    def telling(self) -> int | None:
        """The column that tells the unit, by its number from 0, if any does.

        Cells in which the rows of one indicator never differ describe the indicator, where they
        are not all the same; municipalities never do.
        """
        known = [at for at in range(len(self.columns)) if self._is_of_units(at)]
        if self.differs:
            return next((at for at in known if at in self.differs and self._tells_all(at)), None)
        if self.in_columns:
            return min(self.in_columns)
        alone = [
            at for at in known if len(self.distinct[at]) == 1 or self.columns[at].role == "place"
        ]
        return min(alone, key=self._rank, default=None)

    def _is_of_units(self, at: int) -> bool:
        return any(self.distinct[at])

    def _rank(self, at: int) -> tuple[bool, int]:
        return len(self.distinct[at]) == 1, UNIT_ROLES.index(self.columns[at].role)

    def _tells_all(self, at: int) -> bool:
        """Whether the cells of a column tell those of each other in which rows differ."""
        told: dict[str, Cells] = {}
        for cells in dict.fromkeys(self.of_rows):
            others = tuple(cells[each] for each in sorted(self.differs) if self._is_of_units(each))
            if told.setdefault(cells[at], others) != others:
                return False
        return True

    def rows(self, rows: Sequence[OutcomeRow]) -> Iterator[OutcomeRow | Diagnostic]:
        """The rows that were added, each with its unit; those that say none beside others, told."""
        at = self.telling
        if at is None:
            if self.title:
                yield from (evolve(row, unit=self.title) for row in rows)
            elif self.asked:
                lone = CellFault("table-without-units")
                yield from (row.place.fault("indicator", lone) for row in rows[:1])
            else:
                yield from rows
            return
        for row, cells in zip(rows, self.of_rows, strict=True):
            if cells[at]:
                yield evolve(row, unit=cells[at])
            elif self.differs or self.asked:
                yield row.place.fault("indicator", CellFault("row-without-unit"))
            else:
                yield row

    def faults(self) -> Iterator[tuple[int, CellFault]]:
        """What is wrong with the columns as a whole, by the cell of a heading."""
        at, differing = (
            self.telling,
            [each for each in sorted(self.differs) if self._is_of_units(each)],
        )
        if self.in_columns == set() or (differing and at is None):
            among = differing or [*range(len(self.columns))]
            headings = tuple(self.columns[each].heading for each in among)
            choice = f"{headings[0]}={next(filter(None, self.distinct[among[0]]))}"
            facts = {"headings": headings, "choice": choice}
            yield self.columns[among[0]].number, CellFault("units-in-two-columns", facts)
        elif at is not None and not self.asked:
            names = [*filter(None, self.distinct[at])]
            if all(meaning("wholes", each) == "country" for each in names):
                column = self.columns[at]
                facts = {"heading": column.heading, "found": tuple(names)}
                choice = f"{column.heading}={names[0]}"
                yield column.number, CellFault("column-of-several", {**facts, "choice": choice})

    @property
    def read(self) -> set[int]:
        """The number of the column that is read, if any."""
        at = self.telling
        return set() if at is None else {self.columns[at].number}


def _text(record: Record, column: SideColumn) -> str:
    number = column.number
    if number in record.merged:
        cell = record.merged[number]
    else:
        cell = record.cells[number - 1] if number <= len(record.cells) else ""
    text = text_of(cell).strip()
    return "" if column.role == "unit" and meaning("units", text) else text
