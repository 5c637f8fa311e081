"""Rows of outcomes: what was reported of one indicator for one period, and where it stands."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import TypeAlias, cast

from attrs import field, frozen

from goalrules.data.fields import (
    Fields,
    as_forecast,
    count_cell,
    forecast_cell,
    is_blank,
    known_fields,
    level_cell,
    period_cell,
    plan_cell,
    value_cell,
    written,
)
from goalrules.data.marks import other_marks
from goalrules.data.period import Period
from goalrules.data.place import Place, cell_span
from goalrules.data.values import (
    CellFault,
    LevelRange,
    LevelWord,
    Reached,
    StatedLevel,
    StatedPlan,
    Status,
    Value,
)
from goalrules.data.words import shown
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.numbers import DECIMAL_MARKS, Amount
from goalrules.text.source import Span

__all__ = [
    "Amount",
    "Fields",
    "LevelRange",
    "LevelWord",
    "OutcomeRow",
    "Outcomes",
    "Place",
    "Reached",
    "ReadRows",
    "StatedLevel",
    "StatedPlan",
    "Status",
    "Value",
    "cell_span",
    "period_cell",
    "read_row",
    "rows_from_python",
    "written",
]

ReadRows = tuple[tuple["OutcomeRow", ...], tuple[Diagnostic, ...]]
RowOrFaults: TypeAlias = "OutcomeRow | tuple[Diagnostic, ...]"
Outcomes = Mapping[str, object] | Iterable["OutcomeRow | Mapping[str, object]"]


@frozen(kw_only=True)
class OutcomeRow:
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
    level: StatedLevel | None = None
    plan: StatedPlan | None = None
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
        return self.at(self._stated)

    @property
    def sheet(self) -> str:
        """The sheet of that cell, where the file has several."""
        return self.place.of(self._stated).sheet

    @property
    def _stated(self) -> str:
        stated = {"value": self.value, "level": self.level, "indicator": self.indicator}
        return next(name for name, cell in stated.items() if cell is not None)

    def at(self, name: str) -> Span:
        """The place of one field's cell."""
        return self.place.at(name)


def read_row(fields: Mapping[str, object], place: Place, year: int | None = None) -> RowOrFaults:
    """The row that the fields state, or each fault in them.

    The year is that of a period which does not say one.
    """
    cells = Fields(_with_forecast(fields), place)
    period, period_text = cells.take("period", partial(period_cell, year=year)) or (None, "")
    row = OutcomeRow(
        indicator=cells.text("indicator"),
        goal=cells.text("goal"),
        group=cells.text("group"),
        period=period,
        period_text=period_text,
        value=cast("Value | None", cells.take("value", value_cell)),
        level=cast("StatedLevel | None", cells.take("level", level_cell)),
        plan=cells.take("plan", plan_cell),
        comment=cells.comment(),
        source=cells.text("source"),
        forecast=cells.take("forecast", forecast_cell),
        count=cells.take("count", count_cell),
        place=place,
    )
    if is_blank(fields.get("indicator")):
        cells.faults.append(place.fault("indicator", CellFault("no-indicator")))
    return tuple(cells.faults) or row


def _with_forecast(fields: Mapping[str, object]) -> Mapping[str, object]:
    """The same, with a value that is said to be a forecast as the forecast that it is."""
    if not as_forecast(fields.get("value")):
        return fields
    if not is_blank(fields.get("forecast")):
        return {**fields, "value": CellFault("two-forecasts")}
    return {**fields, "value": None, "forecast": fields["value"]}


def rows_from_python(outcomes: Outcomes, file: str = "outcomes") -> ReadRows:
    """The rows of outcomes given by indicator, or as rows or mappings one after the other.

    An indicator's outcome is a level, a number, the text of either, None for a missing one,
    or a mapping with a row's fields. An entry's number stands for its line.
    """
    entries = _by_indicator(outcomes) if isinstance(outcomes, Mapping) else outcomes
    given: list[object] = list(entries)
    read = _one_mark(given, [_entry(each, number, file) for number, each in enumerate(given, 1)])
    rows = tuple(each for each in read if isinstance(each, OutcomeRow))
    return rows, tuple(fault for each in read if not isinstance(each, OutcomeRow) for fault in each)


def _one_mark(given: list[object], read: list[RowOrFaults]) -> list[RowOrFaults]:
    """The same, but for the numbers in text with another decimal mark than the others."""
    new = [
        each.value if isinstance(each, OutcomeRow) and each is not entry else None
        for entry, each in zip(given, read, strict=True)
    ]
    for number, fault in other_marks(new, DECIMAL_MARKS["en"]).items():
        row = read[number]
        read[number] = (row.place.fault("value", fault),) if isinstance(row, OutcomeRow) else row
    return read


def _by_indicator(outcomes: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    for name, given in outcomes.items():
        if isinstance(given, Mapping):
            yield {"indicator": name} | dict(given) | {"indicator": name}
        else:
            missing = shown("statuses", "missing", "en")
            yield {"indicator": name, "value": missing if given is None else given}


def _entry(entry: object, number: int, file: str) -> RowOrFaults:
    if isinstance(entry, OutcomeRow):
        return entry
    if not isinstance(entry, Mapping):
        fault = CellFault("not-an-outcome", {"text": written(entry)})
        return (Place(file, number, written(entry)).fault("indicator", fault),)
    line = ", ".join(f"{written(name)}: {written(each)}" for name, each in entry.items())
    place = Place(file, number, line)
    fields, faults = known_fields(entry, "heading", "unknown-field")
    return tuple(place.fault("indicator", each) for each in faults) or read_row(fields, place)
