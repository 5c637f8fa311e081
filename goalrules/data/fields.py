"""The fields of one row, whatever they are given as: text, cells of a sheet, Python values."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import SupportsIndex, TypeVar

from goalrules.data.period import Period, read_period
from goalrules.data.place import Place
from goalrules.data.records import text_of
from goalrules.data.values import (
    CellFault,
    LevelRange,
    LevelWord,
    Reached,
    StatedLevel,
    StatedPlan,
    Status,
    Value,
    read_level,
    read_plan,
    read_value,
    unseen_in,
)
from goalrules.data.words import meaning, meanings
from goalrules.text.diagnostics import Diagnostic, WordKind, WordRef
from goalrules.text.names import folded, nearest
from goalrules.text.numbers import Amount, from_python

ANY_YEAR = 2000
SHOWN_CHARACTERS = 200
MOST_KEPT = 1_000
"""How many of the texts of periods, levels and plans are kept with what they mean."""

T = TypeVar("T")


class Fields:
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
        if isinstance(given, str):
            if not given or given.isspace():
                return None
            stated = unseen_in(given) or read(given)
        else:
            stated = read(given)
        if isinstance(stated, CellFault):
            self.faults.append(self.place.fault(name, stated))
            return None
        return stated

    def text(self, name: str) -> str:
        """The words of a field on one line."""
        return self.take(name, name_cell) or ""

    def comment(self) -> str:
        """The words of a comment, on its own lines."""
        return self.take("comment", text_cell) or ""


def is_blank(given: object) -> bool:
    """Whether a field is not given, or given as nothing."""
    return given is None or (isinstance(given, str) and not given.strip())


def text_cell(given: object) -> str | CellFault:
    """The text of a cell; a number is one where names are numbers, as those of goals are."""
    match given:
        case str():
            return unicodedata.normalize("NFC", given).strip()
        case CellFault():
            return given
        case int() if not isinstance(given, bool):
            return written(given)
        case Decimal() | Amount():
            return text_of(given)
        case dt.date() | dt.time():
            return CellFault("date-and-no-text", {"text": written(given)})
        case _:
            return CellFault("not-a-text", {"text": written(given)})


def name_cell(given: object) -> str | CellFault:
    """The text of a cell on one line."""
    text = text_cell(given)
    return text if isinstance(text, CellFault) else _on_one_line(text)


@lru_cache(maxsize=MOST_KEPT)
def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def period_cell(given: object, year: int | None = None) -> tuple[Period, str] | CellFault | None:
    """The period of a cell and its text; a day is its month where it is the first or the last.

    The year is that of a period without one, as `mars`.
    """
    if isinstance(given, Period):
        return given, given.text
    text = month_of(given) if isinstance(given, dt.date) else text_cell(given)
    if isinstance(text, CellFault) or not text:
        return text or None
    period = period_in(text, year)
    return (period, text) if period else CellFault("unknown-period", {"text": text})


@lru_cache(maxsize=MOST_KEPT)
def period_in(text: str, year: int | None = None) -> Period | None:
    """The period that a text names, in some year where the text does not say which."""
    return read_period(text) or (read_period(f"{text} {year}") if year else None)


def is_period(text: str) -> bool:
    """Whether a text names a period, or would with a year."""
    return period_in(text, ANY_YEAR) is not None


def month_of(day: dt.date) -> str:
    """The month that the first or the last day of it stands for; any other day as it is."""
    first = day.day == 1 or (day + dt.timedelta(days=1)).day == 1
    return f"{day:%Y-%m}" if first else written(day)


def level_cell(given: object) -> StatedLevel | CellFault | None:
    """The level of a cell; a number is a level's name."""
    text = text_cell(given)
    return text if isinstance(text, CellFault) else _level(text)


def plan_cell(given: object) -> StatedPlan | CellFault | None:
    """What a cell states of the work for a goal."""
    text = text_cell(given)
    return text if isinstance(text, CellFault) else _plan(text)


_level = lru_cache(maxsize=MOST_KEPT)(read_level)
_plan = lru_cache(maxsize=MOST_KEPT)(read_plan)


def value_cell(given: object) -> Value | CellFault | None:
    """What a cell states of the outcome."""
    match given:
        case str():
            return read_value(given)
        case Amount() | LevelWord() | LevelRange() | Status() | Reached() | CellFault():
            return given
        case bool():
            return CellFault("boolean-cell", {"text": WordRef("boolean", str(given).lower())})
        case dt.date() | dt.time():
            return CellFault("date-cell", {"text": written(given)})
        case float() | Decimal() | SupportsIndex():
            return _number(given)
        case _:
            return CellFault("not-an-outcome", {"text": written(given)})


def forecast_cell(given: object) -> Amount | CellFault | None:
    """What a cell says is expected: a number, or nothing where it says that there is none."""
    stated = value_cell(as_forecast(given) or given)
    if isinstance(stated, Amount | CellFault):
        return stated
    none = stated is None or isinstance(stated, Status)
    return None if none else CellFault("not-a-forecast", {"text": written(given)})


def as_forecast(given: object) -> str:
    """What is left of a value that is said to be a forecast, as `11 600 (prognos)`."""
    if not isinstance(given, str) or not _forecast_word().search(given):
        return ""
    found = _forecast().fullmatch(folded(given))
    return next(filter(None, found.groups())) if found else ""


@cache
def _forecast_word() -> re.Pattern[str]:
    words = [each for each, key in meanings("headings").items() if key == "forecast"]
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


@cache
def _forecast() -> re.Pattern[str]:
    words = _forecast_word().pattern
    number = r"([^a-zåäö]*\d.*?)"
    return re.compile(rf"(?:{words}):? ?{number}|{number},? ?(?:\((?:{words})\)|(?:{words}))")


def count_cell(given: object) -> Decimal | CellFault | None:
    """How many people or cases a cell says that the outcome is of: a whole number."""
    stated = value_cell(given)
    if stated is None or isinstance(stated, CellFault):
        return stated
    if isinstance(stated, Amount) and stated.unit != "%" and _is_whole(stated.number):
        return stated.number
    return CellFault("not-a-count", {"text": written(given)})


def _is_whole(number: Decimal) -> bool:
    return number >= 0 and number == number.to_integral_value()


def _number(given: SupportsIndex | float | Decimal) -> Amount | CellFault:
    try:
        return Amount(from_python(given))
    except ValueError as fault:
        return CellFault(str(fault), {"text": written(given)})


def written(given: object) -> str:
    """A value from Python as it can be shown in a message."""
    try:
        return str(given)[:SHOWN_CHARACTERS]
    except ValueError:  # a whole number of thousands of digits is not written at all
        return "…"


def known_fields(
    entry: Mapping[object, object], words: WordKind, unknown: str
) -> tuple[dict[str, object], list[CellFault]]:
    """The fields that a mapping names, by words of a kind, and what is wrong with the names.

    `unknown` is the code of one that is no such word.
    """
    fields: dict[str, object] = {}
    faults: list[CellFault] = []
    for given, cell in entry.items():
        word = written(given)
        name = meaning(f"{words}s", word)
        if not name:
            near = nearest(word, meanings(f"{words}s"))
            faults.append(CellFault(unknown, {"text": word, "nearest": near}))
        elif name in fields:
            faults.append(CellFault("field-twice", {"text": word, "column": WordRef(words, name)}))
        else:
            fields[name] = cell
    return fields, faults
