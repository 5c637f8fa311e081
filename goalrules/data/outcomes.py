"""The rows of outcomes in a file of any kind: every table in it, and what is wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from attrs import evolve

from goalrules.data.fields import is_blank
from goalrules.data.grids import read_tables
from goalrules.data.headings import NEEDED, headings_in
from goalrules.data.outcome import Found, Row
from goalrules.data.period import Period
from goalrules.data.records import Progress
from goalrules.data.table import first_faults, rows_and_faults, with_one_mark
from goalrules.data.values import CellFault
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded

TOLD_EVERY = 1_000
JOINED = ("value", "level", "plan", "comment", "source", "forecast", "count")
"""The fields of one row that may stand in different sheets."""

Key: TypeAlias = tuple[str, str, str, Period | None]


def read_outcomes(
    data: bytes, file: str, year: int | None = None, progress: Progress | None = None
) -> Found:
    """The rows in the bytes of a CSV, XLSX or JSON file, and every fault in them.

    In each sheet the first row that names the indicator, and its value or level or periods, is the
    heading row; rows above it are titles. The year is that of periods which do not say one, where
    neither a column, a title nor the sheet's name does. `progress` is told how far it has come.
    """
    tables, unread = read_tables(
        data, file, headings_in, CellFault("no-headings", {"expected": NEEDED})
    )
    faults = [*unread]
    rows: dict[int, tuple[Row, ...]] = {}
    told = _Told(progress, sum(table.rows for table in tables))
    for number, table in enumerate(tables):
        read = list(told.of(rows_and_faults(table, year)))
        faults += (each for each in read if isinstance(each, Diagnostic))
        rows[number], marks = with_one_mark(
            [each for each in read if isinstance(each, Row)], table.mark
        )
        faults += marks
    return tuple(_joined(rows.values())), first_faults(faults, file)


class _Told:
    """How many rows of all have been read, as somebody is told it."""

    def __init__(self, progress: Progress | None, rows: int) -> None:
        self.progress = progress
        self.rows = rows
        self.done = 0

    def of(self, read: Iterable[Row | Diagnostic]) -> Iterator[Row | Diagnostic]:
        """The same, told of now and then."""
        for each in read:
            yield each
            self.done += 1
            if self.progress and self.done % TOLD_EVERY == 0:
                self.progress(self.done, max(self.rows, self.done))


def _joined(sheets: Iterable[tuple[Row, ...]]) -> Iterable[Row]:
    """The rows of all sheets; those of several about the same are one where nothing collides."""
    tables = list(sheets)
    if len(tables) == 1:
        return tables[0]
    found: list[Row] = []
    places: dict[Key, int] = {}
    for rows in tables:
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


def _key(row: Row) -> Key:
    return folded(row.goal), folded(row.group), folded(row.indicator), row.period


def _one(one: Row, other: Row) -> Row | None:
    """What two rows state together, if no field is stated by both."""
    stated = {name for name in JOINED if not is_blank(getattr(other, name))}
    if any(not is_blank(getattr(one, name)) for name in stated):
        return None
    beside = {**one.place.beside, **dict.fromkeys(stated, other.place)}
    fields = {name: getattr(other, name) for name in stated}
    return evolve(one, **fields, place=evolve(one.place, beside=beside))
