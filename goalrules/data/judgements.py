"""What was decided of goals and indicators beside the rules, as rows of a file or from Python.

Each row says what was decided of which goal or indicator, for which period, by whom, when and why.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import evolve, field, frozen

from goalrules.data.fields import Fields, period_cell, written
from goalrules.data.grids import Table, place, read_tables
from goalrules.data.period import FIRST_YEAR, LAST_YEAR, Period
from goalrules.data.place import Place
from goalrules.data.records import Record, states, text_of
from goalrules.data.table import first_faults
from goalrules.data.values import CellFault
from goalrules.data.words import meaning, meanings
from goalrules.text.diagnostics import Diagnostic, Fact, Term
from goalrules.text.names import folded, nearest

NEEDED = ("period", "judgement", "by", "date", "reason")
"""What every row has to say, beside the goal or the indicator that it is about."""

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

    def fault(self, code: str, column: str, **facts: Fact) -> Diagnostic:
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
    missing = CellFault("no-judgement-headings", {"expected": _terms(("goal", *NEEDED))})
    tables, unread = read_tables(data, file, _headings, missing)
    read = [each for table in tables for each in _rows(table)]
    faults = [*unread, *(fault for each in read if isinstance(each, tuple) for fault in each)]
    rows = tuple(each for each in read if isinstance(each, JudgementRow))
    return rows, first_faults(faults, file)


def _headings(record: Record, _: str) -> Record | None:
    names = _columns(record)
    return record if "judgement" in names and {"goal", "indicator"} & set(names) else None


def _columns(record: Record) -> dict[str, int]:
    """The number of the first cell of each column."""
    known = {n: meaning("judgements", text_of(cell)) for n, cell in enumerate(record.cells, 1)}
    return {name: number for number, name in reversed(known.items()) if name}


def _rows(table: Table[Record]) -> Iterator[RowOrFaults]:
    """The rows below the headings of a table, and what is wrong with them and the headings."""
    columns = _columns(table.headings)
    yield tuple(_heading_faults(table, columns))
    for record in table.below:
        if isinstance(record, Diagnostic):
            yield (record,)
            continue
        cells = {**dict(enumerate(record.cells, 1)), **record.merged}
        fields = {name: cells.get(number, "") for name, number in columns.items()}
        if any(map(states, fields.values())):
            yield _row(fields, _place(table, record, columns), columns)


def _place(table: Table[Record], record: Record, columns: dict[str, int]) -> Place:
    return evolve(place(table, record, columns), words="judgement")


def _heading_faults(table: Table[Record], columns: dict[str, int]) -> Iterator[Diagnostic]:
    """That a column is not there, or twice."""
    where = _place(table, table.headings, columns)
    lacking = tuple(each for each in NEEDED if each not in columns)
    if lacking:
        yield where.fault(
            "judgement", CellFault("no-judgement-column", {"expected": _terms(lacking)})
        )
    texts = [text_of(cell).strip() for cell in table.headings.cells]
    for number, text in enumerate(texts, 1):
        name = meaning("judgements", text)
        if name and columns[name] != number:
            facts = {"text": text, "first": texts[columns[name] - 1]}
            yield evolve(where, columns={name: number}).fault(
                name, CellFault("heading-twice", facts)
            )


def _terms(names: Iterable[str]) -> tuple[Term, ...]:
    return tuple(Term("judgement", name) for name in names)


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
    fields, faults = _known_fields(entry)
    there = evolve(where, text=line)
    return tuple(there.fault("judgement", each) for each in faults) or _row(fields, there)


def _known_fields(entry: Mapping[object, object]) -> tuple[Fieldwise, list[CellFault]]:
    fields: dict[str, object] = {}
    faults: list[CellFault] = []
    for given, cell in entry.items():
        word = written(given)
        name = meaning("judgements", word)
        if not name:
            near = nearest(word, meanings("judgements"))
            faults.append(CellFault("unknown-judgement-field", {"text": word, "nearest": near}))
        elif name in fields:
            column = Term("judgement", name)
            faults.append(CellFault("field-twice", {"text": word, "column": column}))
        else:
            fields[name] = cell
    return fields, faults


# One row


def _row(fields: Fieldwise, where: Place, columns: Iterable[str] = NEEDED) -> RowOrFaults:
    """The row that the fields state, or each fault in them; a column that is not there is none."""
    cells = Fields(fields, where)
    period, _ = cells.take("period", period_cell) or (None, "")
    date = cells.take("date", _date)
    texts = {name: cells.text(name) for name in TEXTS}
    lacking = [name for name in NEEDED if name in columns and _is_blank(fields.get(name))]
    if _is_blank(fields.get("goal")) and _is_blank(fields.get("indicator")):
        lacking.append("goal")
    faults = (*cells.faults, *(where.fault(name, CellFault("judgement-lacks")) for name in lacking))
    if faults or period is None or date is None:
        return faults
    kind = meaning("decided", texts["judgement"])
    return JudgementRow(kind=kind, period=period, date=date, place=where, **texts)


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


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
