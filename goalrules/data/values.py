"""What one cell states: an amount, a level, why there is no outcome, a text, a day, or a fault.

A cell is a text, what a workbook or JSON holds, or a Python value. A reader takes a cell and gives
what it states, nothing where it is blank, or a `CellFault`; it never makes a text a nought or a
blank on the way.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import SupportsIndex, TypeAlias, cast

from attrs import field

from goalrules.core.scales import COLOURS
from goalrules.core.vocabulary import PLAN_STATUSES, NonVerdict, PlanStatus
from goalrules.data.memory import remembered
from goalrules.data.period import (
    FIRST_YEAR,
    LAST_YEAR,
    YEAR,
    Period,
    is_of_broken_year,
    is_week,
    month_of,
    period_in,
    read_period,
)
from goalrules.data.words import meaning, meanings
from goalrules.lazily import frozen
from goalrules.text.diagnostics import DiagnosticFact, WordRef
from goalrules.text.names import folded
from goalrules.text.numbers import Amount, from_python, number_fault, read_amount
from goalrules.text.source import unseen

SHOWN_CHARACTERS = 200

_ERROR = re.compile(r"#(?:#+|n/a|[a-zåäö_ ]+(?:/0)?[!?]|getting_data)", re.IGNORECASE)
_UNCLEAR = re.compile(r"[-.…_?]+|n/a|n\.a\.?")
_CLOCK = r"(?:[ T]\d{1,2}[:.]\d{2}.*)?"
_DATE = re.compile(
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})){_CLOCK}"
)
_ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DAY_IN_WORDS = re.compile(
    r"(?:den )?(?P<day>[0-9]{1,2}) (?P<month>[^\W\d_]+)\.? (?P<year>[0-9]{4})"
)


# What a cell can state


@frozen
class LevelWord:
    """A level by its word: the default scale's own key, or another scale's word as written."""

    level: str
    text: str = field(default="", eq=False)


@frozen
class LevelRange:
    """A level known only to lie between two: from the lower to the higher, as `röd–gul`."""

    low: str
    high: str
    text: str = field(default="", eq=False)


@frozen
class Status:
    """Why there is no outcome to judge."""

    kind: NonVerdict


@frozen
class Reached:
    """Whether a target was reached, said in words and not by a number."""

    reached: bool


@frozen
class CellFault:
    """Why a cell cannot be used: a code and its facts; the cell's place is added to it."""

    code: str
    facts: Mapping[str, DiagnosticFact] = field(factory=dict)


StatedLevel = LevelWord | LevelRange | Status
Value = Amount | StatedLevel | Reached

Cell: TypeAlias = str | int | Decimal | dt.date | dt.time | Amount | CellFault
"""What a cell of a file holds: a text, number, date, boolean or amount in percent, or a fault where
the file itself has one (`#N/A`, a formula that was never worked out).

A boolean is a whole number to Python, and a moment a date; both are kept apart where read."""


def states(cell: Cell) -> bool:
    """Whether a cell of a file states anything."""
    return not isinstance(cell, str) or bool(cell.strip())


def is_blank(given: object) -> bool:
    """Whether a cell is not there, or holds nothing but space."""
    return given is None or (isinstance(given, str) and not given.strip())


def text_of(cell: Cell) -> str:
    """A cell as people see it, or nearly so: what a heading, a title or a message says."""
    match cell:
        case str():
            return cell
        case Amount():
            return f"{cell.number:f} {cell.unit}".strip()
        case Decimal():
            return f"{cell:f}"
        case CellFault():
            return str(cell.facts.get("text", ""))
        case _:
            return str(cell)


def written(given: object) -> str:
    """A value from Python as it can be shown in a message."""
    try:
        return str(given)[:SHOWN_CHARACTERS]
    except ValueError:  # a whole number of thousands of digits is not written at all
        return "…"


def unseen_in(text: str) -> CellFault | None:
    """That a cell holds a character which shows nothing, if it does."""
    if text.isascii() and text.isprintable():
        return None
    found = next(unseen(text), None)
    return CellFault("unseen-character", {"character": found[1]}) if found else None


# What a text states


def read_value(text: str) -> Value | CellFault | None:
    """The outcome that a text states: a number, whether a target was reached, or a level."""
    text = text.strip()
    if not text:
        return None
    stated = read_amount(text) or _refused(text)
    reached = "" if stated else meaning("reached", text)
    if stated or reached:
        return stated or Reached(reached == "reached")
    fault = number_fault(text)
    return CellFault(fault, {"text": text}) if fault else _level_in(text)


@remembered
def read_level(text: str) -> StatedLevel | CellFault | None:
    """The level that a text states; a number here is a level's name."""
    text = text.strip()
    if not text:
        return None
    return _refused(text) or _level_in(text)


def _level_in(text: str) -> StatedLevel:
    """The level of a text that is no number and not refused, as `gul` or `röd–gul`."""
    status = meaning("statuses", text)
    if status:
        return Status(cast("NonVerdict", status))
    word = unicodedata.normalize("NFC", text)
    one, _, other = folded(word).partition("-")
    ends = {meaning("levels", one), meaning("levels", other)}
    if "" in ends or len(ends) == 1:
        return LevelWord(meaning("levels", text) or word, word)
    low, high = sorted(ends, key=COLOURS.place)
    return LevelRange(low, high, word)


@remembered
def read_plan(text: str) -> PlanStatus | CellFault | None:
    """How a text says that the work for a goal goes."""
    text = text.strip()
    if not text:
        return None
    found = meaning("plan", text)
    if found:
        return cast("PlanStatus", found)
    expected = tuple(WordRef("plan", each) for each in reversed(PLAN_STATUSES))
    return _refused(text) or CellFault("unknown-plan-word", {"text": text, "expected": expected})


def _refused(text: str) -> CellFault | None:
    """Why a cell that is no amount states nothing that could be judged, if that is so."""
    plain = folded(text)
    codes = {
        "error-cell": _ERROR.fullmatch(plain) is not None,
        "unclear-mark": _UNCLEAR.fullmatch(plain) is not None,
        "boolean-cell": bool(meaning("booleans", text)),
        "date-cell": is_date(text),
    }
    return next((CellFault(code, {"text": text}) for code, is_so in codes.items() if is_so), None)


def is_date(text: str) -> bool:
    """Whether a text is a date or period, or what a spreadsheet made of one: `okt-24`, `5-maj`."""
    plain = folded(text)
    day_or_year, *months = sorted(plain.replace(".", "").split("-"), key=str.isalpha)
    of_sheet = day_or_year.isdigit() and len(months) == 1 and bool(meaning("months", months[0]))
    return of_sheet or _DATE.fullmatch(plain) is not None or read_period(plain) is not None


# The readers of cells


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
    return text if isinstance(text, CellFault) else " ".join(text.split())


def period_cell(
    given: object, year: int | None = None, heading: str = ""
) -> tuple[Period, str] | CellFault | None:
    """The period of a cell and its text; a day is its month where it is the first or the last.

    The year is that of a period without one, as `mars`; the heading may say what periods are of,
    as `Kvartal` over 1 to 4.
    """
    if isinstance(given, Period):
        return given, given.text
    text = month_of(given) if isinstance(given, dt.date) else text_cell(given)
    if isinstance(text, CellFault) or not text:
        return text or None
    period = period_in(text, year)
    under = f"{heading} {text}" if heading and text[:1].isdigit() else text
    if period is None or (heading and is_of_broken_year(heading)):
        period = period_in(under, year)
    if period:
        return period, text
    week = is_week(text) or is_week(under)
    return CellFault("week-and-no-period" if week else "unknown-period", {"text": text})


def year_cell(given: object) -> int | CellFault | None:
    """The year that a cell states."""
    text = text_cell(given)
    if isinstance(text, CellFault) or not text:
        return text or None
    return int(text) if YEAR.fullmatch(text) else CellFault("unknown-year", {"text": text})


def day_cell(given: object) -> dt.date | CellFault:
    """The day that a cell holds, or that a text names in one way only: `17 februari 2026`."""
    match given:
        case dt.datetime():
            return given.date()
        case dt.date() | CellFault():
            return given
        case _:
            return _day_in(written(given)) or CellFault("not-a-date", {"text": written(given)})


def _day_in(text: str) -> dt.date | None:
    """The day that a text names: `2026-02-17` or `17 februari 2026`."""
    found = _ISO_DAY.fullmatch(folded(text)) or _DAY_IN_WORDS.fullmatch(folded(text))
    if found is None:
        return None
    month = found["month"] if found["month"].isdigit() else meaning("months", found["month"])
    try:
        day = dt.date(int(found["year"]), int(month or 0), int(found["day"]))
    except ValueError:  # there is no such day, or no such month
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def level_cell(given: object) -> StatedLevel | CellFault | None:
    """The level of a cell; a number is a level's name."""
    text = text_cell(given)
    return text if isinstance(text, CellFault) else read_level(text)


def plan_cell(given: object) -> PlanStatus | CellFault | None:
    """What a cell states of the work for a goal."""
    text = text_cell(given)
    return text if isinstance(text, CellFault) else read_plan(text)


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


def _number(given: SupportsIndex | float | Decimal) -> Amount | CellFault:
    try:
        return Amount(from_python(given))
    except ValueError as fault:
        return CellFault(str(fault), {"text": written(given)})


def forecast_cell(given: object) -> Amount | CellFault | None:
    """What a cell says is expected: a number, or nothing where it says that there is none."""
    stated = value_cell(as_forecast(given) or given)
    if isinstance(stated, Amount | CellFault):
        return stated
    none = stated is None or isinstance(stated, Status)
    return None if none else CellFault("not-a-forecast", {"text": written(given)})


def as_forecast(given: object) -> str:
    """What is left of a value that is said to be a forecast, as `11 600 (prognos)`."""
    word, whole = _forecasts()
    if not isinstance(given, str) or not word.search(given):
        return ""
    found = whole.fullmatch(folded(given))
    return next(filter(None, found.groups())) if found else ""


@cache
def _forecasts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A word for a forecast; and a cell that says that its number is one."""
    known = [each for each, key in meanings("headings").items() if key == "forecast"]
    words = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    number = r"([^a-zåäö]*\d.*?)"
    whole = rf"(?:{words}):? ?{number}|{number},? ?(?:\((?:{words})\)|(?:{words}))"
    return re.compile(words, re.IGNORECASE), re.compile(whole)


def count_cell(given: object) -> Decimal | CellFault | None:
    """How many people or cases a cell says that the outcome is of: a whole number."""
    stated = value_cell(given)
    if stated is None or isinstance(stated, CellFault):
        return stated
    if isinstance(stated, Amount) and stated.unit != "%":
        number = stated.number
        if number >= 0 and number == number.to_integral_value():
            return number
    return CellFault("not-a-count", {"text": written(given)})
