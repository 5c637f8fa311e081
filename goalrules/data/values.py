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
from numbers import Real
from typing import Protocol, SupportsFloat, SupportsIndex, TypeAlias, cast

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
from goalrules.text.numbers import (
    Amount,
    from_python,
    number_fault,
    read_amount,
    trimmed,
)
from goalrules.text.source import unseen

SHOWN_CHARACTERS = 200
OWN = (str, int, float, Decimal, dt.date, dt.time, Amount, Period)
"""The types of values that are read as they are."""

_ERROR = re.compile(r"#(?:#+|n/a|[a-zåäö_ ]+(?:/0)?[!?]|getting_data)", re.IGNORECASE)
_UNCLEAR = re.compile(r"[-.…_?]+|n/a|n\.a\.?")
_CLOCK = r"(?:[ t]\d{1,2}[:.]\d{2}.*)?"
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


TRUTHS = ("true", "false")
"""The levels by which true and false are known until a scale is."""


def truth(given: bool) -> LevelWord:  # noqa: FBT001 - it is what it is about
    """Yes or no, as a workbook, JSON or Python says it: a level only where a scale has both."""
    return LevelWord(str(given).lower())


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
    """Whether a target was reached, said in words and not by a number.

    The text is as written: it may be a level of a scale of the file's own.
    """

    reached: bool
    text: str = field(default="", eq=False)


@frozen
class CellFault:
    """Why a cell cannot be used: a code and its facts; the cell's place is added to it."""

    code: str
    facts: Mapping[str, DiagnosticFact] = field(factory=dict)


StatedLevel = LevelWord | LevelRange | Status
Value = Amount | StatedLevel | Reached

Cell: TypeAlias = str | int | Decimal | dt.date | dt.time | Period | Amount | CellFault
"""What a cell of a file holds: a text, number, date, boolean or amount in percent, a date that is
shown as a month or a year, or a fault where the file itself has one (`#N/A`, a formula that was
never worked out).

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
        case Period():
            return cell.text
        case _:
            return str(cell)


def written(given: object) -> str:
    """A value from Python as it can be shown in a message."""
    try:
        return str(given)[:SHOWN_CHARACTERS]
    except ValueError:  # a whole number of thousands of digits is not written at all
        return "…"


class Scalar(Protocol):
    """A value without dimensions, as NumPy has it."""

    def item(self) -> object:
        """It as Python's own."""

    def __getitem__(self, at: tuple[()], /) -> object: ...


def own_value(given: object) -> object:
    """A scalar of another library as Python's own, by its attributes; anything else as it is.

    A moment of NumPy is read by its text, since one in nanoseconds gives a whole number as its
    item; a span of time is none of ours. A period of pandas is the whole months that it is of.
    """
    if given is None or isinstance(given, OWN):
        return given
    try:
        if getattr(given, "shape", None) == ():
            return _scalar(cast("Scalar", given))
        first, last = getattr(given, "start_time", None), getattr(given, "end_time", None)
        if isinstance(first, dt.date) and isinstance(last, dt.date):
            return _months_between(first, last) or given
    except Exception:  # noqa: BLE001 - what is another library's may raise anything when looked at
        return given
    return given


def _scalar(given: Scalar) -> object:
    """What something without dimensions holds."""
    kind = _kind_of(given)
    if kind == "M":
        text = str(given)
        is_period = len(text) <= len("2025-03")
        return (read_period(text) or given) if is_period else dt.datetime.fromisoformat(text)
    if kind == "f" and not isinstance(given, Real):
        return given[()]  # a float of its own size, which its item would not be
    return given if kind == "m" else given.item()


def _kind_of(given: object) -> str:
    """The kind that NumPy has a value as: "M" a moment, "m" a span of time, "f" a float."""
    return str(getattr(getattr(given, "dtype", None), "kind", ""))


def _months_between(first: dt.date, last: dt.date) -> Period | dt.date | None:
    """The whole months from the first day of one to the last of another; or one day by itself."""
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return dt.date(first.year, first.month, first.day)
    if first.day == 1 and (last + dt.timedelta(days=1)).day == 1:
        return Period((first.year, first.month), (last.year, last.month))
    return None


def unseen_in(text: str) -> CellFault | None:
    """That a cell holds a character which shows nothing, if it does."""
    if text.isascii() and text.isprintable():
        return None
    found = next(unseen(text), None)
    return CellFault("unseen-character", {"character": found[1]}) if found else None


# What a text states


def error_in(text: str) -> CellFault | None:
    """That a text is an error of a spreadsheet, as `#N/A`, if it is."""
    return CellFault("error-cell", {"text": text}) if _ERROR.fullmatch(folded(text)) else None


def read_value(text: str) -> Value | CellFault | None:
    """The outcome that a text states: a number, whether a target was reached, or a level."""
    text = text.strip()
    if not text:
        return None
    stated = read_amount(text) or _refused(text)
    reached = "" if stated else meaning("reached", text)
    if stated or reached:
        return stated or Reached(reached == "reached", unicodedata.normalize("NFC", text))
    fault = number_fault(text)
    measured = read_amount(text, measured=True) if fault == "number-unit" else None
    return measured or (CellFault(fault, {"text": text}) if fault else _level_in(text))


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
        return LevelWord(meaning("levels", text) or meaning("booleans", text) or word, word)
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


def text_cell(given: object) -> str | CellFault:  # noqa: PLR0911 - a line for each kind
    """The text of a cell; a number is one where names are numbers, as those of goals are."""
    match given:
        case str():
            return unicodedata.normalize("NFC", given).strip()
        case CellFault():
            return given
        case int() if not isinstance(given, bool):
            return written(given)
        case float() if given.is_integer():  # whole numbers beside missing ones, in pandas
            return written(int(given))
        case Decimal() | Amount():
            return text_of(given)
        case Period() | dt.date() | dt.time():
            return CellFault("date-and-no-text", {"text": text_of(given)})
        case _:
            own = own_value(given)
            return (
                CellFault("not-a-text", {"text": written(given)})
                if own is given
                else text_cell(own)
            )


def _number_or_text(given: object) -> str | CellFault:
    """The text of a cell, in which a number is as short as it can be: 2025 where 2025.00 stands."""
    return text_cell(trimmed(given) if isinstance(given, Decimal) else given)


def name_cell(given: object) -> str | CellFault:
    """The text of a cell on one line."""
    text = text_cell(given)
    return text if isinstance(text, CellFault) else " ".join(text.split())


def due_cell(given: object) -> str | CellFault:
    """The day, or the period, of a cell, a day as `2025-06-30`; or words for it, on one line."""
    match own_value(given):
        case dt.datetime() as day:
            return day.date().isoformat()
        case dt.date() | Period() as day:
            return text_of(day)
        case other:
            return name_cell(other)


def period_cell(
    given: object, year: int | None = None, heading: str = ""
) -> tuple[Period, str] | CellFault | None:
    """The period of a cell and its text; a day is its month where it is the first or the last.

    The year is that of a period without one, as `mars`; the heading may say what periods are of,
    as `Kvartal` over 1 to 4.
    """
    given = own_value(given)
    if isinstance(given, Period):
        return given, given.text
    text = month_of(given) if isinstance(given, dt.date) else _number_or_text(given)
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
    given = own_value(given)
    if isinstance(given, Period) and given.kind == "year":
        return given.year
    text = _number_or_text(given)
    if isinstance(text, CellFault) or not text:
        return text or None
    return int(text) if YEAR.fullmatch(text) else CellFault("unknown-year", {"text": text})


def day_cell(given: object) -> dt.date | CellFault:
    """The day that a cell holds, or that a text names in one way only: `17 februari 2026`."""
    given = own_value(given)
    match given:
        case dt.datetime() if given == given:  # noqa: PLR0124 - a moment of pandas may be none
            return given.date()
        case dt.date() | CellFault() if not isinstance(given, dt.datetime):
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
    own = own_value(given)
    if isinstance(own, bool):
        return truth(own)
    text = _number_or_text(given)
    return text if isinstance(text, CellFault) else read_level(text)


def plan_cell(given: object) -> PlanStatus | CellFault | None:
    """What a cell states of the work for a goal."""
    text = text_cell(given)
    return text if isinstance(text, CellFault) else read_plan(text)


def value_cell(given: object) -> Value | CellFault | None:  # noqa: PLR0911 - as above
    """What a cell states of the outcome."""
    match given:
        case str():
            return read_value(given)
        case Amount() | LevelWord() | LevelRange() | Status() | Reached() | CellFault():
            return given
        case bool():
            return truth(given)
        case Period() | dt.date() | dt.time():
            return CellFault("date-cell", {"text": text_of(given)})
        case int() | float() | Decimal():
            return _number(given)
        case Real() if _kind_of(given) != "m":
            return _number(given)
        case _:
            own = own_value(given)
            if own is not given:
                return value_cell(own)
            number = None
            if isinstance(given, SupportsIndex) and not isinstance(given, Real):
                number = _number(given)
            return number or CellFault("not-an-outcome", {"text": written(given)})


def _number(given: SupportsIndex | SupportsFloat | Decimal) -> Amount | CellFault | None:
    """The number that a value is; nothing where it only seems to be one."""
    try:
        return Amount(from_python(given))
    except ValueError as fault:
        return CellFault(str(fault), {"text": written(given)})
    except TypeError:  # an array of many has what a whole number has
        return None


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
