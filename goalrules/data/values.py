"""What one cell of an outcome file states: an amount, a level, a non-verdict, or a fault."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal, cast

from attrs import field, frozen

from goalrules.data.period import read_period
from goalrules.data.words import meaning
from goalrules.text.diagnostics import DiagnosticFact, WordRef
from goalrules.text.names import folded
from goalrules.text.numbers import Amount, number_fault, read_amount
from goalrules.text.source import unseen

StatedPlan = Literal["followed", "begun", "planned", "not_begun"]

DEFAULT_SCALE = ("red", "yellow", "green")
PLANS: tuple[StatedPlan, ...] = ("followed", "begun", "planned", "not_begun")

_ERROR = re.compile(r"#(?:#+|n/a|[a-zåäö_ ]+(?:/0)?[!?]|getting_data)", re.IGNORECASE)
_UNCLEAR = re.compile(r"[-.…_?]+|n/a|n\.a\.?")
_CLOCK = r"(?:[ T]\d{1,2}[:.]\d{2}.*)?"
_DATE = re.compile(
    rf"(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d{{2}})){_CLOCK}"
)


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
    """A non-verdict: `missing`, `not_measured`, `withheld` or `not_applicable`."""

    kind: str


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


def unseen_in(text: str) -> CellFault | None:
    """That a cell holds a character which shows nothing, if it does."""
    if text.isascii() and text.isprintable():
        return None
    found = next(unseen(text), None)
    return CellFault("unseen-character", {"character": found[1]}) if found else None


def read_value(text: str) -> Value | CellFault | None:
    """What a value cell states; nothing where it is blank."""
    text = text.strip()
    if not text:
        return None
    return read_amount(text) or _refused(text) or _reached(text) or _number_or_level(text)


def _number_or_level(text: str) -> StatedLevel | CellFault:
    fault = number_fault(text)
    return CellFault(fault, {"text": text}) if fault else _level(text)


def _reached(text: str) -> Reached | None:
    found = meaning("reached", text)
    return Reached(found == "reached") if found else None


def read_level(text: str) -> StatedLevel | CellFault | None:
    """What a level cell states; nothing where it is blank. A number here is a level's name."""
    text = text.strip()
    if not text:
        return None
    return _refused(text) or _level(text)


def _level(text: str) -> StatedLevel:
    status = meaning("statuses", text)
    if status:
        return Status(status)
    word = unicodedata.normalize("NFC", text)
    return _range(word) or LevelWord(meaning("levels", text) or word, word)


def _range(text: str) -> LevelRange | None:
    one, _, other = folded(text).partition("-")
    ends = {meaning("levels", one), meaning("levels", other)}
    if "" in ends or len(ends) == 1:
        return None
    low, high = sorted(ends, key=DEFAULT_SCALE.index)
    return LevelRange(low, high, text)


def read_plan(text: str) -> StatedPlan | CellFault | None:
    """What a plan cell states of the work for a goal; nothing where it is blank."""
    text = text.strip()
    if not text:
        return None
    found = meaning("plan", text)
    if found:
        return cast("StatedPlan", found)
    expected = tuple(WordRef("plan", each) for each in PLANS)
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
