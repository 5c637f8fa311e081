"""The rows of outcomes in a file of any kind: every table in it, and what is wrong."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from attrs import evolve

from goalrules.data.fields import is_blank
from goalrules.data.grids import HeadedTable, read_tables
from goalrules.data.headings import NEEDED, Headings, headings_in
from goalrules.data.outcome import OutcomeRow, ReadRows
from goalrules.data.period import Period
from goalrules.data.records import Progress
from goalrules.data.table import MOST_KEPT, first_faults, rows_and_faults, with_one_mark
from goalrules.data.values import CellFault
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded

TOLD_EVERY = 1_000
JOINED = ("value", "level", "plan", "comment", "source", "forecast", "count")
"""The fields of one row that may stand in different sheets."""

Key: TypeAlias = tuple[str, str, str, Period | None]


def read_outcomes(
    data: bytes, file: str, year: int | None = None, progress: Progress | None = None
) -> ReadRows:
    """The rows in the bytes of a CSV, XLSX or JSON file, and every fault in them.

    In each sheet the first row that names the indicator, and its value or level or periods, is the
    heading row; rows above it are titles. The year is that of periods which do not say one, where
    neither a column, a title nor the sheet's name does. `progress` is told how far it has come.
    """
    missing = CellFault("no-headings", {"expected": NEEDED})
    tables, unread = read_tables(data, file, headings_in, missing)
    reading = _Reading(progress, sum(table.rows for table in tables), [*unread])
    sheets = [reading.rows_of(table, year) for table in tables]
    return tuple(_joined(sheets)), first_faults(reading.faults, file, reading.unkept)


class _Reading:
    """How far a file has been read, and what has been found wrong in it."""

    def __init__(self, progress: Progress | None, rows: int, faults: list[Diagnostic]) -> None:
        self.progress = progress
        self.rows = rows
        self.faults = faults
        self.done = self.unkept = 0

    def rows_of(self, table: HeadedTable[Headings], year: int | None) -> tuple[OutcomeRow, ...]:
        """The rows of a table; what is wrong in it is kept."""
        rows = []
        for each in rows_and_faults(table, year):
            if isinstance(each, OutcomeRow):
                rows.append(each)
            else:
                self._keep(each)
            self._tell()
        kept, faults = with_one_mark(rows, table.mark)
        for fault in faults:
            self._keep(fault)
        return kept

    def _keep(self, fault: Diagnostic) -> None:
        if len(self.faults) < MOST_KEPT:
            self.faults.append(fault)
        else:
            self.unkept += 1

    def _tell(self) -> None:
        self.done += 1
        if self.progress and self.done % TOLD_EVERY == 0:
            self.progress(self.done, max(self.rows, self.done))


def _joined(sheets: Sequence[tuple[OutcomeRow, ...]]) -> Iterable[OutcomeRow]:
    """The rows of all sheets; those of several about the same are one where nothing collides."""
    if len(sheets) == 1:
        return sheets[0]
    found: list[OutcomeRow] = []
    places: dict[Key, int] = {}
    for rows in sheets:
        times = Counter(map(_key, rows))
        for row in rows:
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
