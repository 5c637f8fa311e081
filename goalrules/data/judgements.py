"""What was decided of goals and indicators beside the rules, as rows of a file or from Python.

Each row says what was decided of which goal or indicator, for which period, by whom, when and why.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Annotated, Literal, TypeAlias, cast

from attrs import evolve, field

from goalrules.core.vocabulary import DecidedVerdict, WaiverKind
from goalrules.data.columns import Column, TableSchema, columns_of
from goalrules.data.grids import HeadedTable, first_faults, read_tables
from goalrules.data.memory import remembering
from goalrules.data.period import Period
from goalrules.data.records import Place
from goalrules.data.values import (
    CellFault,
    day_cell,
    is_blank,
    name_cell,
    period_cell,
    states,
    written,
)
from goalrules.data.words import meaning
from goalrules.lazily import frozen
from goalrules.limits import taking_rows
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact

DecisionKind: TypeAlias = DecidedVerdict | WaiverKind | Literal[""]
"""What was decided where its words mean one of these; empty for a level."""


@frozen(kw_only=True)
class JudgementRow:
    """What was decided of one goal, or of one of its indicators, and where that stands.

    `judgement` is what was decided as it is written, and `kind` what its words mean.
    """

    period: Annotated[Period, Column(period_cell, need="row")]
    judgement: Annotated[str, Column(name_cell, need="heading")]
    kind: DecisionKind
    by: Annotated[str, Column(name_cell, need="row")]
    date: Annotated[dt.date, Column(day_cell, need="row")]
    reason: Annotated[str, Column(name_cell, need="row")]
    goal: Annotated[str, Column(name_cell, need="one of")] = ""
    indicator: Annotated[str, Column(name_cell, need="one of")] = ""
    unit: Annotated[str, Column(name_cell)] = ""
    reference: Annotated[str, Column(name_cell)] = ""
    source: Annotated[str, Column(name_cell)] = ""
    place: Place = field(default=Place("judgements", words="judgement"), eq=False)

    @property
    def waives(self) -> bool:
        """Whether it says that there is nothing to judge."""
        return self.kind in ("waived", "not applicable")

    def fault(self, code: str, column: str, **facts: DiagnosticFact) -> Diagnostic:
        """A fault at the cell of one of its columns."""
        return self.place.fault(column, CellFault(code, facts))


JUDGEMENTS = TableSchema("judgement", columns_of(JudgementRow), "unknown-judgement-field")
NEEDED = JUDGEMENTS.needed("heading", "row")
"""What every row has to say, beside the goal or the indicator that it is about."""

SUBJECTS = JUDGEMENTS.needed("one of")
"""What a row is about: that is no field of one that is given by its name."""

Fieldwise: TypeAlias = Mapping[str, object]
Judgements: TypeAlias = Mapping[str, Fieldwise] | Iterable[JudgementRow | Fieldwise]
RowOrFaults: TypeAlias = JudgementRow | tuple[Diagnostic, ...]
Found: TypeAlias = tuple[tuple[JudgementRow, ...], tuple[Diagnostic, ...]]


# From a file


@remembering()
def read_judgements(data: bytes, file: str) -> Found:
    """The rows in the bytes of a file of judgements, and every fault in them.

    The first row of a sheet that names the judgement, and what it is about, holds the headings;
    columns with other headings are notes.
    """
    expected = JUDGEMENTS.refs(JUDGEMENTS.needed("one of")[0], *NEEDED)
    missing = CellFault("no-judgement-headings", {"expected": expected})
    found = read_tables(data, file, JUDGEMENTS, missing)
    read = [each for table in found.tables for each in _rows(table)]
    faults = [*found.unread, *(fault for each in read if isinstance(each, tuple) for fault in each)]
    rows = tuple(each for each in read if isinstance(each, JudgementRow))
    return rows, first_faults(faults)


def _rows(table: HeadedTable) -> Iterator[RowOrFaults]:
    """The rows below the headings of a table, and what is wrong with them and the headings.

    Where a column is not there that has to be, nothing more is said of each row.
    """
    headings = table.headings
    if headings.lacking:
        facts = {"expected": JUDGEMENTS.refs(*headings.lacking)}
        where = table.place(headings.record)
        yield (where.fault("judgement", CellFault("no-judgement-column", facts)),)
    yield tuple(headings.told(table.file, table.sheet))
    for record in () if headings.lacking else table.below:
        if isinstance(record, Diagnostic):
            yield (record,)
            continue
        cells = table.cells(record)
        if any(map(states, cells.values())):
            yield _row(cells, table.place(record), headings.columns)


# From Python


def judgements_from_python(given: Judgements, file: str = "judgements") -> Found:
    """The rows of judgements given by goal (or `"5/avtalstrohet"`), or as rows or mappings.

    An entry's number stands for its line, and its key, or its number from 0, is the path of its
    faults, with the name of the field.
    """
    entries: Iterable[object] = _by_name(given) if isinstance(given, Mapping) else given
    keys: Iterable[str | int] = map(written, given) if isinstance(given, Mapping) else count()
    read = [
        _entry(each, Place(file, number, words="judgement", path=(key,)))
        for number, (each, key) in enumerate(zip(taking_rows(entries), keys, strict=False), 1)
    ]
    rows = tuple(each for each in read if isinstance(each, JudgementRow))
    return rows, tuple(fault for each in read if isinstance(each, tuple) for fault in each)


def _by_name(given: Mapping[str, object]) -> Iterator[object]:
    for name, fields in given.items():
        goal, _, indicator = written(name).partition("/")
        about = {"goal": goal, **({"indicator": indicator} if indicator else {})}
        yield {**fields, **about} if isinstance(fields, Mapping) else fields


def _entry(entry: object, where: Place) -> RowOrFaults:
    if isinstance(entry, JudgementRow):
        return entry
    by_number = where.path and isinstance(where.path[0], int)
    if not isinstance(entry, Mapping):
        fault = CellFault("not-a-judgement", {"text": written(entry)})
        return (evolve(where, text=written(entry)).fault("judgement", fault),)
    line = ", ".join(f"{written(name)}: {written(each)}" for name, each in entry.items())
    fields, names, faults = JUDGEMENTS.named(entry)
    own = {each: name for each, name in names.items() if by_number or each not in SUBJECTS}
    there = evolve(where, text=line, names=own)
    return tuple(there.misnamed("judgement", each) for each in faults) or _row(fields, there)


# One row


def _row(fields: Fieldwise, where: Place, columns: Iterable[str] = NEEDED) -> RowOrFaults:
    """The row that the fields state, or each fault in them; a column that is not there is none."""
    stated, faults = JUDGEMENTS.read(fields, where)
    lacking = [name for name in NEEDED if name in columns and is_blank(fields.get(name))]
    about = JUDGEMENTS.needed("one of")
    if all(is_blank(fields.get(name)) for name in about):
        lacking.append(about[0])
    faults += [where.fault(name, CellFault("judgement-lacks")) for name in lacking]
    if faults or "period" not in stated or "date" not in stated:
        return tuple(faults)  # none, where a heading is misspelt: that is told of the heading
    period, _ = stated.pop("period")
    stated = {**dict.fromkeys(NEEDED, ""), **stated, "period": period}
    kind = cast("DecisionKind", meaning("decided", stated["judgement"]))
    return JudgementRow(kind=kind, place=where, **stated)
