"""Rows of outcomes: what was reported of one indicator for one period, and where it stands."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Self, TypeAlias, cast

from attrs import evolve, field

from goalrules.core.trace import PlanGoal
from goalrules.core.vocabulary import PlanStatus
from goalrules.data.columns import CellReader, Column, SheetLayout, TableSchema, columns_of, figure
from goalrules.data.memory import remembering
from goalrules.data.period import Period
from goalrules.data.read_files import FileRead
from goalrules.data.records import Place
from goalrules.data.values import (
    CellFault,
    StatedLevel,
    Value,
    as_forecast,
    count_cell,
    due_cell,
    forecast_cell,
    is_blank,
    level_cell,
    name_cell,
    period_cell,
    plan_cell,
    text_cell,
    value_cell,
    written,
    year_cell,
)
from goalrules.lazily import frozen
from goalrules.limits import stepping, taking_rows
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.numbers import Amount
from goalrules.text.source import Span

RowOrFaults: TypeAlias = "OutcomeRow | tuple[Diagnostic, ...]"
Outcomes = Mapping[str, object] | Iterable["OutcomeRow | Mapping[str, object]"]

IsMissing: TypeAlias = Callable[[object], object]
"""Whether a value stands for one that is missing, as `pandas.isna` says."""

DECIMALS_OF_THOUSANDS = -3
FEWEST_THOUSANDS, MOST_THOUSANDS = 1, 1000


@frozen(kw_only=True)
class OutcomeRow:
    """What was reported of one indicator for one period, and where that stands.

    `forecast` is what is expected for the period, and no outcome; `count` how many people or cases
    the outcome is of. `key` is what the indicator is called where its figures come from.
    `responsible` and `due` are who is to do what it tells of, and by when. `unit` is the
    organisational unit that it is of, where the file says one.
    A row that is a goal of another plan says so in `assessed`.
    """

    indicator: Annotated[str, Column(name_cell, "heading", "subject")]
    goal: Annotated[str, Column(name_cell, role="section")] = ""
    group: Annotated[str, Column(name_cell, role="section")] = ""
    key: Annotated[str, Column(name_cell, role="subject", instead_of="indicator")] = ""
    period: Annotated[Period | None, Column(period_cell, role="subject")] = None
    period_text: str = ""
    value: Annotated[Value | None, figure(value_cell, SheetLayout(11, "numbers"))] = None
    forecast: Annotated[Amount | None, figure(forecast_cell, SheetLayout(11, "numbers"))] = None
    plan: Annotated[PlanStatus | None, figure(plan_cell, SheetLayout(14, "words"))] = None
    level: Annotated[StatedLevel | None, figure(level_cell, SheetLayout(14, "words"))] = None
    count: Annotated[Decimal | None, figure(count_cell, SheetLayout(11, "counts"))] = None
    comment: Annotated[
        str, Column(text_cell, under_period=True, sheet=SheetLayout(24, "words"))
    ] = ""
    source: Annotated[str, Column(name_cell)] = ""
    assessed: PlanGoal | None = None
    responsible: Annotated[str, Column(name_cell)] = ""
    due: Annotated[str, Column(due_cell)] = ""
    unit: str = ""
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


class OutcomeRows(tuple[OutcomeRow, ...]):  # noqa: SLOT001 - a tuple can have none of its own
    """Rows of outcomes, with what was found in the files that they come from."""

    files: tuple[FileRead, ...]

    def __new__(cls, rows: Iterable[OutcomeRow] = (), files: Iterable[FileRead] = ()) -> Self:
        """The rows as a tuple."""
        made = super().__new__(cls, rows)
        made.__dict__["files"] = tuple(files)
        return made

    def __setattr__(self, name: str, value: object) -> None:
        """Nothing of rows can be changed.

        Raises:
            AttributeError: always.
        """
        raise AttributeError(name)

    def __delattr__(self, name: str) -> None:
        """Nothing of rows can be taken away.

        Raises:
            AttributeError: always.
        """
        raise AttributeError(name)

    def __add__(self, other: tuple[Any, ...], /) -> "OutcomeRows":
        """The rows of both, with what was found in the files of both."""
        return OutcomeRows((*self, *other), (*self.files, *files_of(other)))

    def __reduce__(self) -> tuple[object, ...]:
        return OutcomeRows, (tuple(self), self.files)


def files_of(rows: object) -> tuple[FileRead, ...]:
    """What was found in the files of some rows, where that is known."""
    return rows.files if isinstance(rows, OutcomeRows) else ()


ReadRows = tuple[OutcomeRows, tuple[Diagnostic, ...]]

OUTCOMES = TableSchema(
    "heading",
    {**columns_of(OutcomeRow), "year": Column(year_cell, role="subject")},
    unknown_field="unknown-field",
    loose="value",
)


def read_row(
    fields: Mapping[str, object], place: Place, period_of: CellReader = period_cell
) -> RowOrFaults:
    """The row that the fields state, or each fault in them.

    A value that is said to be a forecast is one. `period_of` reads the cell of the period.
    """
    if as_forecast(fields.get("value")):
        two = not is_blank(fields.get("forecast"))
        own = {"value": CellFault("two-forecasts")} if two else {"forecast": fields["value"]}
        fields = {**fields, "value": None, **own}
    stated, faults = OUTCOMES.read(fields, place, period=period_of)
    if is_blank(fields.get("indicator")):
        if is_blank(fields.get("key")):
            faults.append(place.fault("indicator", CellFault("no-indicator")))
        stated["indicator"] = stated.get("key", "")
    if faults:
        return tuple(faults)
    period, period_text = stated.pop("period", (None, ""))
    stated.pop("year", None)
    return OutcomeRow(period=period, period_text=period_text, place=place, **stated)


def rows_from_python(outcomes: Outcomes, file: str = "outcomes") -> ReadRows:
    """The rows of outcomes given by indicator, or as rows or mappings one after the other.

    An indicator's outcome is a level, a number, the text of either, None for a missing one,
    or a mapping with a row's fields. An entry's number stands for its line, and its key, or its
    number from 0, is the path of its faults, with the name of the field in a mapping.
    """
    files = files_of(outcomes)
    if isinstance(outcomes, Mapping):
        given: list[object] = list(outcomes.values())
        places = [
            Place(file, number, path=(written(name),)) for number, name in enumerate(outcomes, 1)
        ]
        by_name = zip(outcomes, given, places, strict=True)
        read = [_by_indicator(*each) for each in taking_rows(by_name)]
    else:
        given = list(taking_rows(outcomes))
        with remembering():
            read = [
                _entry(each, Place(file, at + 1, path=(at,)))
                for at, each in enumerate(stepping(given))
            ]
    new = [
        each.value if isinstance(each, OutcomeRow) and each is not entry else None
        for entry, each in zip(given, read, strict=True)
    ]
    for number, fault in other_marks(new, ".").items():
        row = read[number]
        read[number] = (row.place.fault("value", fault),) if isinstance(row, OutcomeRow) else row
    rows = OutcomeRows((each for each in read if isinstance(each, OutcomeRow)), files)
    return rows, tuple(fault for each in read if not isinstance(each, OutcomeRow) for fault in each)


def without_missing(outcomes: Outcomes, is_missing: IsMissing) -> Outcomes:
    """Outcomes from Python with None in the place of what a function says is missing.

    A value that the function cannot be asked of, as `math.isnan` of a text, is there.
    """

    def known(given: object) -> object:
        if isinstance(given, OutcomeRow):
            return given
        if isinstance(given, Mapping):
            return {name: known(each) for name, each in given.items()}
        try:
            return None if is_missing(given) else given
        except (TypeError, ValueError):
            return given

    if isinstance(outcomes, Mapping):
        return {name: known(given) for name, given in outcomes.items()}
    return cast(Outcomes, map(known, outcomes))


def _by_indicator(name: object, given: object, place: Place) -> RowOrFaults:
    """The row of an outcome that is given by its indicator."""
    if isinstance(given, Mapping):
        fields = {"indicator": name} | dict(given) | {"indicator": name}
        return _entry(fields, place, "indicator")
    value = "missing" if given is None else given
    return _entry({"indicator": name, "value": value}, place, "indicator", "value")


def _entry(entry: object, place: Place, *unnamed: str) -> RowOrFaults:
    """The row of an entry; the `unnamed` columns are no fields of a mapping that was given."""
    if isinstance(entry, OutcomeRow):
        return entry
    if not isinstance(entry, Mapping):
        fault = CellFault("not-an-outcome", {"text": written(entry)})
        return (evolve(place, text=written(entry)).fault("indicator", fault),)
    line = ", ".join(f"{written(name)}: {written(each)}" for name, each in entry.items())
    fields, names, faults = OUTCOMES.named(entry)
    own = {column: name for column, name in names.items() if column not in unnamed}
    there = evolve(place, text=line, names=own)
    return tuple(there.misnamed("indicator", each) for each in faults) or read_row(fields, there)


# Decimal marks


def other_marks(values: Iterable[Value | None], usual: str) -> Mapping[int, CellFault]:
    """The fault of each value, by its number from 0, that has another mark than the rest share.

    `1.500` beside `75,5` may mean 1,5 or 1500. It is refused with both readings, and so is a number
    whose mark could part thousands where nothing else tells its meaning. The usual mark is the one
    to be expected where the numbers themselves do not tell.
    """
    marked = {
        number: value
        for number, value in enumerate(stepping(values))
        if isinstance(value, Amount) and value.mark
    }
    certain = {each.mark for each in marked.values() if not may_be_thousands(each)}
    mark = certain.pop() if len(certain) == 1 else usual
    return {n: _other_mark(amount, mark) for n, amount in marked.items() if amount.mark != mark}


def may_be_thousands(amount: Amount) -> bool:
    """Whether the mark may as well part thousands, as in `1.500`."""
    exponent = amount.number.as_tuple().exponent
    in_range = FEWEST_THOUSANDS <= amount.number.copy_abs() < MOST_THOUSANDS
    return exponent == DECIMALS_OF_THOUSANDS and in_range


def _other_mark(amount: Amount, mark: str) -> CellFault:
    digits = format(amount.number, "f")
    facts = {"text": digits.replace(".", amount.mark), "as_decimal": digits.replace(".", mark)}
    if not may_be_thousands(amount):
        return CellFault("other-decimal-mark", facts)
    return CellFault("ambiguous-number", {**facts, "as_whole": digits.replace(".", "")})
