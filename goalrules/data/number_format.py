"""How a number format shows a number: in percent, scaled, as a date or period, or as a text.

A format has up to four sections, `above nought;below;nought;texts`, or sections with conditions of
their own, as `[=0]"–";0%`. What a cell states is what its section shows to people. The codes are
those of ECMA-376, part 1, 18.8.31.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Literal

from attrs import evolve

from goalrules.data.values import CellFault
from goalrules.data.words import measure
from goalrules.lazily import frozen
from goalrules.text.numbers import Amount

Kind = Literal["number", "nought", "moment", "month", "year", "text"]
"""What a section shows: a number, a dash for nought, a day or a time, a month or a year alone, or
but a text."""

MOST_PADDED = 15
"""So many noughts after the decimal mark are kept as they are shown."""

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<room>_.?)|(?P<fill>\*.?)'
    r"|\[(?P<bracket>[^\]]*)\]?|(?P<clock>AM/PM|A/P)|(?P<general>General|Standard)"
    r"|(?P<exponent>E[-+])|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)\s*")
_ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda number, bound: number < bound,
    "<=": lambda number, bound: number <= bound,
    ">": lambda number, bound: number > bound,
    ">=": lambda number, bound: number >= bound,
    "=": lambda number, bound: number == bound,
    "<>": lambda number, bound: number != bound,
}
_DIGITS = "0#?"
PER_MILLE = "\u2030"
_NUMERIC = "0#?.,"
_PLACES = "0#?.,%"
_LETTERS = "ymdhs"
_FIGURES = re.compile(r"[\s.,]*[0-9][\s.,0-9]*")
"""A literal text that would be read as more digits: 120 shown as `120 000` by `0" 000"`."""
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENTS = {9, 10}
_DECIMALS = {2: 2, 4: 2, 39: 2, 40: 2, 43: 2, 44: 2}
"""The formats of spreadsheet programs that have a number and no code, and their decimals."""


@frozen
class Section:
    """One way to show a number.

    `power` is that of ten by which what is shown is larger, -3 where it is in thousands; `unit`
    what is written after it, where that says what it is in; `text` the text that stands in the
    place of a number, or around it. `sign` and `bound` are its condition.
    """

    kind: Kind = "number"
    power: int = 0
    unit: str = ""
    decimals: int = 0
    text: str = ""
    sign: str = ""
    bound: Decimal = Decimal(0)

    def holds(self, number: Decimal) -> bool:
        """Whether the condition of the section holds of a number."""
        return not self.sign or _HOLDS[self.sign](number, self.bound)

    @property
    def scale(self) -> int:
        """By how many powers of ten it is shown smaller, percent aside."""
        return 0 if self.unit == "%" else self.power


PLAIN = Section()
"""A number as it stands."""


@frozen
class NumberFormat:
    """The sections of a format, each with the condition under which it is the one that counts."""

    sections: tuple[Section, ...]

    def section(self, number: Decimal) -> Section | None:
        """The section that a number is shown by; none where the format shows none."""
        return next((each for each in self.sections if each.holds(number)), None)

    def shown(self, number: Decimal) -> Decimal | Amount | CellFault:
        """The number that people see, by a section of numbers or of texts."""
        section = self.section(number)
        if section and section.kind == "nought" and not number:
            return number
        if section is None or section.kind != "number":
            facts = {"number": f"{number:f}", "shown": section.text if section else "####"}
            return CellFault("shown-as-text", facts)
        if len({each.scale for each in self.sections if each.kind == "number"}) > 1:
            return CellFault("scaled-by-size", {"number": f"{number:f}"})
        if section.unit:
            return Amount(number.scaleb(section.power), section.unit)
        if section.power:
            return number.scaleb(section.power)
        return _padded(number, section.decimals)


def _padded(number: Decimal, decimals: int) -> Decimal:
    """A number with the noughts at its end that are shown: 2.2 as 2.20."""
    exponent = number.as_tuple().exponent
    has = -exponent if isinstance(exponent, int) else decimals
    return number + Decimal((0, (0,), -decimals)) if has < decimals else number


def format_by_number(number: str) -> NumberFormat | None:
    """The format of spreadsheet programs that has a number; none where it is plain."""
    known = int(number) if number.isdecimal() and len(number) < len("1000") else 0
    if known in _DATES:
        return NumberFormat((Section("moment"),))
    if known in _PERCENTS:
        return NumberFormat((Section(power=2, unit="%"),))
    return NumberFormat((Section(decimals=_DECIMALS[known]),)) if known in _DECIMALS else None


def format_by_code(code: str) -> NumberFormat | None:
    """The format of a code such as `0.0 %`; none where numbers are shown plainly by it."""
    parts = [_section(pieces) for pieces in _sections(code)]
    numbers = [each for each in parts if each is not None][:3]
    found = NumberFormat(tuple(_with_conditions(numbers)))
    return (
        None
        if all(each == Section(sign=each.sign, bound=each.bound) for each in found.sections)
        else found
    )


def _sections(code: str) -> Iterator[list[re.Match[str]]]:
    """The pieces of each section of a code."""
    pieces: list[re.Match[str]] = []
    for piece in _PIECE.finditer(code):
        if piece["sign"] == ";":
            yield pieces
            pieces = []
        else:
            pieces.append(piece)
    yield pieces


def _with_conditions(given: list[Section]) -> Iterator[Section]:
    """Sections with the conditions that they have where their codes say none."""
    last = len(given) - 1
    for number, each in enumerate(given):
        if number == last and (number == 2 or not each.sign or not number):  # noqa: PLR2004
            yield evolve(each, sign="")
        elif each.sign:
            yield each
        elif number:
            yield evolve(each, sign="<")
        else:
            yield evolve(each, sign=">" if last > 1 or given[1].sign else ">=")


def _section(pieces: list[re.Match[str]]) -> Section | None:
    """What a section shows; nothing for one of texts."""
    signs = "".join(each["sign"] or "" for each in pieces)
    if "@" in signs:
        return None
    brackets = [each["bracket"] for each in pieces if each["bracket"] is not None]
    said = next(filter(None, map(_CONDITION.fullmatch, brackets)), None)
    conditioned = partial(Section, sign=said[1], bound=Decimal(said[2])) if said else Section
    clock = any(each["clock"] for each in pieces)
    dated = _kind_of_date(signs, brackets, clock=clock)
    text = " ".join("".join(map(_literal, pieces)).split())
    undated = _kind_without_digits(pieces, signs, text)
    if dated:
        return conditioned(dated)
    if undated:
        return conditioned(undated, text=text)
    first, _, last = "".join(each for each in signs if each in _NUMERIC).partition(".")
    commas = sum(len(each) - len(each.rstrip(",")) for each in (first, last))
    exponent = any(each["exponent"] for each in pieces)
    return conditioned(
        power=2 * signs.count("%") - 3 * commas,
        unit=_unit(pieces, percent="%" in signs, scaled=commas > 0),
        decimals=0 if exponent else min(last.count("0"), MOST_PADDED),
    )


def _literal(piece: re.Match[str]) -> str:
    """The text that a piece of a section shows as it stands."""
    sign, bracket = piece["sign"] or "", piece["bracket"] or ""
    if bracket.startswith("$"):
        return bracket[1:].partition("-")[0]
    return piece["quoted"] or piece["escaped"] or ("" if sign in _PLACES else sign)


def _unit(pieces: list[re.Match[str]], *, percent: bool, scaled: bool) -> str:
    """What a number is in by the text beside it: a share, or what scaled numbers are written in."""
    at = [n for n, each in enumerate(pieces) if each["general"] or (each["sign"] or "/") in _DIGITS]
    before, after = (
        " ".join("".join(map(_literal, some)).split())
        for some in (pieces[: at[0]], pieces[at[-1] :])
    )
    if percent or after.startswith("%"):
        return "%"
    if after == PER_MILLE:
        return after
    beside = after or before
    return beside if scaled or measure(beside) in ("tkr", "mkr") else ""


def _kind_without_digits(
    pieces: list[re.Match[str]], signs: str, text: str
) -> Literal["", "nought", "text"]:
    """What a section without places for digits shows, or one with figures of its own."""
    digits = {each for each in signs if each in _DIGITS}
    filled = any(each["fill"] for each in pieces)
    if text in tuple(_DASHES) and (digits == {"?"} or (filled and not digits)):
        return "nought"
    own = any(_FIGURES.fullmatch(each["quoted"] or each["escaped"] or "") for each in pieces)
    has_places = digits or any(each["general"] for each in pieces)
    return "" if has_places and not own else "text"


def _kind_of_date(
    signs: str, brackets: list[str], *, clock: bool
) -> Literal["", "moment", "month", "year"]:
    """What a section of dates shows by the letters of its code."""
    letters = {each for each in signs.casefold() if each in _LETTERS}
    if clock or any(map(_ELAPSED.fullmatch, brackets)) or not letters <= {"y", "m"}:
        return "moment"
    if "m" in letters:
        return "month"
    return "year" if letters else ""
