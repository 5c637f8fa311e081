"""What was decided of goals and indicators beside the rules, as rows of a file or from Python.

Each row says what was decided of which goal or indicator, for which period, by whom, when and why.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve, field, frozen

from goalrules.data.fields import Fields, is_blank, known_fields, period_cell, written
from goalrules.data.grids import HeadedTable, place, read_tables
from goalrules.data.judgement_headings import (
    NEEDED,
    JudgementHeadings,
    judgement_headings,
    terms,
)
from goalrules.data.period import FIRST_YEAR, LAST_YEAR, Period
from goalrules.data.place import Place
from goalrules.data.records import states
from goalrules.data.table import first_faults
from goalrules.data.values import CellFault
from goalrules.data.words import meaning
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact
from goalrules.text.names import folded

TEXTS = ("goal", "indicator", "judgement", "by", "reference", "reason", "source")
"""What is text in a row."""

WAIVERS = ("waived", "not_applicable")
"""The kinds of rows that say that there is nothing to judge."""

ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
IN_WORDS = re.compile(r"(?:den )?(?P<day>[0-9]{1,2}) (?P<month>[^\W\d_]+)\.? (?P<year>[0-9]{4})")


@frozen(kw_only=True)
class JudgementRow:
    """What was decided of one goal, or of one of its indicators, and where that stands.

    `judgement` is what was decided as it is written; `kind` is "met", "not_met", "waived" or
    "not_applicable" where the words mean that, and else empty, as for a level.
    """

    judgement: str
    kind: str
    period: Period
    by: str
    date: dt.date
    reason: str
    goal: str = ""
    indicator: str = ""
    reference: str = ""
    source: str = ""
    place: Place = field(default=Place("judgements"), eq=False)

    @property
    def waives(self) -> bool:
        """Whether it says that there is nothing to judge."""
        return self.kind in WAIVERS

    def fault(self, code: str, column: str, **facts: DiagnosticFact) -> Diagnostic:
        """A fault at the cell of one of its columns."""
        return self.place.fault(column, CellFault(code, facts))


Fieldwise: TypeAlias = Mapping[str, object]
Judgements: TypeAlias = Mapping[str, Fieldwise] | Iterable[JudgementRow | Fieldwise]
RowOrFaults: TypeAlias = JudgementRow | tuple[Diagnostic, ...]
Found: TypeAlias = tuple[tuple[JudgementRow, ...], tuple[Diagnostic, ...]]


# From a file


def read_judgements(data: bytes, file: str) -> Found:
    """The rows in the bytes of a file of judgements, and every fault in them.

    The first row of a sheet that names the judgement, and what it is about, holds the headings;
    columns with other headings are notes.
    """
    missing = CellFault("no-judgement-headings", {"expected": terms(("goal", *NEEDED))})
    tables, unread = read_tables(data, file, judgement_headings, missing)
    read = [each for table in tables for each in _rows(table)]
    faults = [*unread, *(fault for each in read if isinstance(each, tuple) for fault in each)]
    rows = tuple(each for each in read if isinstance(each, JudgementRow))
    return rows, first_faults(faults, file)


def _rows(table: HeadedTable[JudgementHeadings]) -> Iterator[RowOrFaults]:
    """The rows below the headings of a table, and what is wrong with them and the headings.

    Where a column is not there that has to be, nothing more is said of each row.
    """
    columns = table.headings.columns
    yield tuple(table.headings.told(table.file, table.sheet))
    for record in () if table.headings.lacking else table.below:
        if isinstance(record, Diagnostic):
            yield (record,)
            continue
        cells = {**dict(enumerate(record.cells, 1)), **record.merged}
        fields = {name: cells.get(number, "") for name, number in columns.items()}
        if any(map(states, fields.values())):
            there = evolve(place(table, record, columns), words="judgement")
            yield _row(fields, there, columns)


# From Python


def judgements_from_python(given: Judgements, file: str = "judgements") -> Found:
    """The rows of judgements given by goal (or `"5/avtalstrohet"`), or as rows or mappings.

    An entry's number stands for its line.
    """
    entries: Iterable[object] = _by_name(given) if isinstance(given, Mapping) else given
    read = [
        _entry(each, Place(file, number, words="judgement"))
        for number, each in enumerate(entries, 1)
    ]
    rows = tuple(each for each in read if isinstance(each, JudgementRow))
    return rows, tuple(fault for each in read if isinstance(each, tuple) for fault in each)


def _by_name(given: Mapping[str, object]) -> Iterator[object]:
    for name, fields in given.items():
        goal, _, indicator = name.partition("/")
        about = {"goal": goal, **({"indicator": indicator} if indicator else {})}
        yield {**fields, **about} if isinstance(fields, Mapping) else fields


def _entry(entry: object, where: Place) -> RowOrFaults:
    if isinstance(entry, JudgementRow):
        return entry
    if not isinstance(entry, Mapping):
        fault = CellFault("not-a-judgement", {"text": written(entry)})
        return (evolve(where, text=written(entry)).fault("judgement", fault),)
    line = ", ".join(f"{written(name)}: {written(each)}" for name, each in entry.items())
    fields, faults = known_fields(entry, "judgement", "unknown-judgement-field")
    there = evolve(where, text=line)
    return tuple(there.fault("judgement", each) for each in faults) or _row(fields, there)


# One row


def _row(fields: Fieldwise, where: Place, columns: Iterable[str] = NEEDED) -> RowOrFaults:
    """The row that the fields state, or each fault in them; a column that is not there is none."""
    cells = Fields(fields, where)
    period, _ = cells.take("period", period_cell) or (None, "")
    date = cells.take("date", _date)
    texts = {name: cells.text(name) for name in TEXTS}
    lacking = [name for name in NEEDED if name in columns and is_blank(fields.get(name))]
    if is_blank(fields.get("goal")) and is_blank(fields.get("indicator")):
        lacking.append("goal")
    faults = (*cells.faults, *(where.fault(name, CellFault("judgement-lacks")) for name in lacking))
    if faults or period is None or date is None:
        return faults
    kind = meaning("decided", texts["judgement"])
    return JudgementRow(kind=kind, period=period, date=date, place=where, **texts)


def _date(given: object) -> dt.date | CellFault:
    """The day that a cell holds, or that a text names in one way only."""
    match given:
        case dt.datetime():
            return given.date()
        case dt.date():
            return given
        case CellFault():
            return given
        case _:
            return _day_in(written(given)) or CellFault("not-a-date", {"text": written(given)})


def _day_in(text: str) -> dt.date | None:
    """The day that a text names: `2026-02-17` or `17 februari 2026`."""
    found = ISO.fullmatch(folded(text)) or IN_WORDS.fullmatch(folded(text))
    if found is None:
        return None
    month = found["month"] if found["month"].isdigit() else meaning("months", found["month"])
    try:
        day = dt.date(int(found["year"]), int(month or 0), int(found["day"]))
    except ValueError:  # there is no such day, or no such month
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
