"""Rows of outcomes: what was reported of one indicator for one period, and where it stands."""

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import SupportsIndex, TypeAlias, TypeVar, cast

from attrs import field, frozen

from goalrules.data.marks import other_marks
from goalrules.data.period import Period, read_period
from goalrules.data.values import (
    CellFault,
    Level,
    LevelRange,
    LevelWord,
    Plan,
    Reached,
    Status,
    Value,
    read_level,
    read_plan,
    read_value,
    unseen_in,
)
from goalrules.data.words import meaning, meanings, shown
from goalrules.text.diagnostics import Diagnostic, Fact, Term
from goalrules.text.names import nearest
from goalrules.text.numbers import DECIMAL_MARKS, Amount, from_python
from goalrules.text.source import Span

__all__ = [
    "Amount",
    "Found",
    "Level",
    "LevelRange",
    "LevelWord",
    "Outcomes",
    "Place",
    "Plan",
    "Reached",
    "Row",
    "Status",
    "Value",
    "read_row",
    "rows_from_python",
]

SHOWN_CHARACTERS = 200

T = TypeVar("T")
Found = tuple[tuple["Row", ...], tuple[Diagnostic, ...]]
RowOrFaults: TypeAlias = "Row | tuple[Diagnostic, ...]"
Outcomes = Mapping[str, object] | Iterable["Row | Mapping[str, object]"]


@frozen
class Place:
    """Where a row stands: its file, its line counted from 1 and as it stands, its fields' cells."""

    file: str
    line: int = 1
    text: str = ""
    columns: Mapping[str, int] = field(factory=dict)

    def at(self, name: str) -> Span:
        """The place of a field's cell; its column is the cell's number, counted from 1."""
        return cell_span(self.line, self.columns.get(name, 1))

    def fault(self, name: str, fault: CellFault) -> Diagnostic:
        """A field's fault at the place of its cell."""
        facts: dict[str, Fact] = {"column": Term("heading", name), **fault.facts}
        return Diagnostic(fault.code, self.file, self.at(name), self.text, facts)


def cell_span(line: int, column: int) -> Span:
    """The place of one cell: a line, and the cell's number in it."""
    return Span(line, column, line, column + 1)


@frozen(kw_only=True)
class Row:
    """What was reported of one indicator for one period, and where that stands.

    `forecast` is what is expected for the period, and no outcome; `count` how many people or cases
    the outcome is of.
    """

    indicator: str
    goal: str = ""
    group: str = ""
    period: Period | None = None
    period_text: str = ""
    value: Value | None = None
    level: Level | None = None
    plan: Plan | None = None
    comment: str = ""
    source: str = ""
    forecast: Amount | None = None
    count: Decimal | None = None
    place: Place = field(default=Place("outcomes"), eq=False)

    @property
    def file(self) -> str:
        """The file that the row was read from."""
        return self.place.file

    @property
    def only_forecast(self) -> bool:
        """Whether it says what is expected, and nothing of the outcome."""
        return self.forecast is not None and self.value is None and self.level is None

    @property
    def line(self) -> str:
        """The row's first line as it stands in the file."""
        return self.place.text

    @property
    def span(self) -> Span:
        """The place of the cell with the outcome: the value, else the level, else the name."""
        stated = {"value": self.value, "level": self.level, "indicator": self.indicator}
        return self.at(next(name for name, cell in stated.items() if cell is not None))

    def at(self, name: str) -> Span:
        """The place of one field's cell."""
        return self.place.at(name)


class _Fields:
    """The fields of one row as they are read, and the faults found in them."""

    def __init__(self, fields: Mapping[str, object], place: Place) -> None:
        self.fields = fields
        self.place = place
        self.faults: list[Diagnostic] = []

    def take(self, name: str, read: Callable[[object], T | CellFault | None]) -> T | None:
        """What a field states; nothing where it is not given or has a fault."""
        given = self.fields.get(name)
        if given is None:
            return None
        stated = (unseen_in(given) if isinstance(given, str) else None) or read(given)
        if isinstance(stated, CellFault):
            self.faults.append(self.place.fault(name, stated))
            return None
        return stated

    def text(self, name: str) -> str:
        """The words of a field on one line."""
        return " ".join((self.take(name, _text) or "").split())


def read_row(fields: Mapping[str, object], place: Place) -> RowOrFaults:
    """The row that the fields state, or each fault in them."""
    cells = _Fields(fields, place)
    period, period_text = cells.take("period", _period) or (None, "")
    row = Row(
        indicator=cells.text("indicator"),
        goal=cells.text("goal"),
        group=cells.text("group"),
        period=period,
        period_text=period_text,
        value=cast("Value | None", cells.take("value", _value)),
        level=cast("Level | None", cells.take("level", _level)),
        plan=cells.take("plan", _plan),
        comment=cells.take("comment", _text) or "",
        source=cells.text("source"),
        place=place,
    )
    if not _written(fields.get("indicator", "")).strip():
        cells.faults.append(place.fault("indicator", CellFault("no-indicator")))
    return tuple(cells.faults) or row


def _text(given: object) -> str | CellFault:
    if isinstance(given, str):
        return unicodedata.normalize("NFC", given).strip()
    if isinstance(given, int) and not isinstance(given, bool):
        return _written(given)
    return CellFault("not-a-text", {"text": _written(given)})


def _period(given: object) -> tuple[Period | None, str] | CellFault | None:
    if isinstance(given, Period):
        return given, given.text
    text = _text(given)
    if isinstance(text, CellFault) or not text:
        return text or None
    period = read_period(text)
    return (period, text) if period else CellFault("unknown-period", {"text": text})


def _level(given: object) -> Level | CellFault | None:
    text = _text(given)
    return text if isinstance(text, CellFault) else read_level(text)


def _plan(given: object) -> Plan | CellFault | None:
    text = _text(given)
    return text if isinstance(text, CellFault) else read_plan(text)


def _value(given: object) -> Value | CellFault | None:
    match given:
        case str():
            return read_value(given)
        case Amount() | LevelWord() | LevelRange() | Status() | Reached():
            return given
        case bool():
            return CellFault("boolean-cell", {"text": _written(given)})
        case dt.date() | dt.time():
            return CellFault("date-cell", {"text": _written(given)})
        case float() | Decimal() | SupportsIndex():
            return _number(given)
        case _:
            return CellFault("not-an-outcome", {"text": _written(given)})


def _number(given: SupportsIndex | float | Decimal) -> Amount | CellFault:
    try:
        return Amount(from_python(given))
    except ValueError as fault:
        return CellFault(str(fault), {"text": _written(given)})


def _written(given: object) -> str:
    """A value from Python as it can be shown in a message."""
    try:
        return str(given)[:SHOWN_CHARACTERS]
    except ValueError:  # a whole number of thousands of digits is not written at all
        return "…"


def rows_from_python(outcomes: Outcomes, file: str = "outcomes") -> Found:
    """The rows of outcomes given by indicator, or as rows or mappings one after the other.

    An indicator's outcome is a level, a number, the text of either, None for a missing one,
    or a mapping with a row's fields. An entry's number stands for its line.
    """
    entries = _by_indicator(outcomes) if isinstance(outcomes, Mapping) else outcomes
    given: list[object] = list(entries)
    read = _one_mark(given, [_entry(each, number, file) for number, each in enumerate(given, 1)])
    rows = tuple(each for each in read if isinstance(each, Row))
    return rows, tuple(fault for each in read if not isinstance(each, Row) for fault in each)


def _one_mark(given: list[object], read: list[RowOrFaults]) -> list[RowOrFaults]:
    """The same, but for the numbers in text with another decimal mark than the others."""
    new = [
        each.value if isinstance(each, Row) and each is not entry else None
        for entry, each in zip(given, read, strict=True)
    ]
    for number, fault in other_marks(new, DECIMAL_MARKS["en"]).items():
        row = read[number]
        read[number] = (row.place.fault("value", fault),) if isinstance(row, Row) else row
    return read


def _by_indicator(outcomes: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    for name, given in outcomes.items():
        if isinstance(given, Mapping):
            yield {"indicator": name} | dict(given) | {"indicator": name}
        else:
            missing = shown("statuses", "missing", "en")
            yield {"indicator": name, "value": missing if given is None else given}


def _entry(entry: object, number: int, file: str) -> RowOrFaults:
    if isinstance(entry, Row):
        return entry
    if not isinstance(entry, Mapping):
        fault = CellFault("not-an-outcome", {"text": _written(entry)})
        return (Place(file, number, _written(entry)).fault("indicator", fault),)
    line = ", ".join(f"{_written(name)}: {_written(each)}" for name, each in entry.items())
    place = Place(file, number, line)
    fields, faults = _known_fields(entry)
    return tuple(place.fault("indicator", each) for each in faults) or read_row(fields, place)


def _known_fields(entry: Mapping[object, object]) -> tuple[dict[str, object], list[CellFault]]:
    fields: dict[str, object] = {}
    faults: list[CellFault] = []
    for given, cell in entry.items():
        word = _written(given)
        name = meaning("headings", word)
        if not name:
            near = nearest(word, meanings("headings"))
            faults.append(CellFault("unknown-field", {"text": word, "nearest": near}))
        elif name in fields:
            faults.append(CellFault("field-twice", {"text": word, "column": Term("heading", name)}))
        else:
            fields[name] = cell
    return fields, faults
