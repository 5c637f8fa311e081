"""Periods: the whole months that an outcome is for, as people write them."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable
from functools import cache
from typing import Literal

from goalrules.core.vocabulary import DECEMBER, JANUARY, Month
from goalrules.data.memory import remembered
from goalrules.data.words import meanings, shown
from goalrules.lazily import frozen
from goalrules.text.languages import Language
from goalrules.text.names import folded

PeriodKind = Literal["month", "interim", "year", "other"]

FIRST_YEAR, LAST_YEAR = 1900, 2199
YEAR = re.compile(r"(?:19|20|21)\d\d")
"""A year by itself, as in a title or a cell."""

ANY_YEAR = 2000

CENTURY = "20"
"""That of a year in two digits, as a spreadsheet writes a month: `jan-25`."""

PARTS = {"T": 3, "H": 2, "Q": 4}
PARTS_OF_YEAR = {(5, 8), (9, 12), (7, 12), (4, 6), (7, 9), (10, 12)}
"""The tertials, half-years and quarters that are not from January on."""

TERMS = {"SPRING": "1", "AUTUMN": "2"}
"""A school term is the half of the calendar year that it lies in."""

SCHOOL_YEAR = 7, 6
"""The months that a school year begins and ends with."""

SIGNS = {
    "year": "YEAR",
    "interim": "INTERIM",
    "to date": "INTERIM",
    "tertial": "T",
    "half": "H",
    "quarter": "Q",
    "spring": "SPRING",
    "autumn": "AUTUMN",
    "school year": "SCHOOL",
    "broken year": "BROKEN",
    "month": "MONTH",
    "week": "WEEK",
    "average": "",
}

_FOOTNOTE = re.compile(r"(?<=[\w.]) ?(?:[*†‡]+|[¹²³⁰⁴-⁹]+)\)?$|(?<=\w) [1-9]\)$")
"""A mark that leads to a note: `2025*`, `2025¹`, `2025 1)`."""

_WEEK = re.compile(r"(?:YEAR )?(?:[0-9]{2,4}[- ]?)?WEEK ?[0-9]{1,2}(?:[-– /][0-9]{2,4})?")
_TH = ":?(?:e|a|st|nd|rd|th)"
_WHICH = re.compile(rf"([1-4])(?:{_TH})? ([THQ])\b")
"""Which part of a year one is, before its word: `4:e kvartalet`, `fjärde kvartalet`."""

_AGE = re.compile(r"[0-9]{1,3}(?:-[0-9]{1,3})?\+? YEAR")
_ORDINAL = re.compile(rf"(?<=[0-9]){_TH}\b")
_BARE = re.compile(r"[\d\s:'()*†/.,-]*")
_NUMBERED = re.compile(r"(?:19|20|21)[0-9]{2}|[0-9]{1,2}[-/][0-9]{2,4}")
_IN_TWO_YEARS = re.compile(rf"(?<![\d-])({YEAR.pattern}) ?[-–—/] ?([0-9]{{4}}|[0-9]{{2}})(?![\d-])")


@frozen
class Period:
    """A run of whole months, from the first to the last, each a year and a month."""

    first: Month
    last: Month

    @property
    def year(self) -> int:
        """The year that the period ends in."""
        return self.last[0]

    @property
    def key(self) -> tuple[Month, Month]:
        """What periods are ordered by: their end, then their start."""
        return self.last, self.first

    @property
    def in_one_year(self) -> bool:
        """Whether the period starts and ends in the same calendar year."""
        return self.first[0] == self.last[0]

    @property
    def is_of_years(self) -> bool:
        """Whether it is of more than all of the year in which it ends, as `2023–2025` is."""
        return not self.in_one_year and self.last[1] == DECEMBER

    @property
    def kind(self) -> PeriodKind:
        """The class of period; from January on, a tertial and a half-year are interims."""
        months = self.first[1], self.last[1]
        if self.first == self.last:
            return "month"
        if not self.in_one_year:
            return "other"
        if months == (JANUARY, DECEMBER):
            return "year"
        return "interim" if months[0] == JANUARY or months in PARTS_OF_YEAR else "other"

    @property
    def text(self) -> str:
        """The period as a computer writes it: `2024`, `2024-10`, `2024-01/2024-08`."""
        first, last = (f"{year}-{month:02}" for year, month in (self.first, self.last))
        if self.kind == "year":
            return str(self.year)
        return first if first == last else f"{first}/{last}"

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month of it, in order."""
        year, month = self.first
        months = range(month - 1, month - 1 + self.length)
        return tuple((year + n // DECEMBER, n % DECEMBER + 1) for n in months)

    @property
    def length(self) -> int:
        """How many months it is of."""
        (year, month), (last_year, last) = self.first, self.last
        return (last_year - year) * DECEMBER + last - month + 1

    def years_before(self, years: int) -> "Period":
        """The same months of an earlier year."""
        return Period(*((year - years, month) for year, month in (self.first, self.last)))

    def inside(self, other: "Period") -> bool:
        """Whether all of this period is inside the other."""
        return other.first <= self.first and self.last <= other.last

    def within(self, other: "Period") -> bool:
        """Whether this period ends inside the other."""
        return other.first <= self.last <= other.last


def read_period(text: str) -> Period | None:
    """The period that a text such as `2024`, `jan–okt 2024` or `T1 2024` names, if it names one."""
    plain = _signed(text)
    for pattern, period in FORMS:
        found = pattern.fullmatch(plain)
        if found:
            return period(*found.groups())
    return None


def _signed(text: str) -> str:
    """A text with a sign for each word of periods, and without a mark of a footnote."""
    words, signs = _words()
    signed = words.sub(lambda found: signs[found[1]], _FOOTNOTE.sub("", folded(text)))
    plain = re.sub(" ?- ?", "-", " ".join(signed.split()))
    return _WHICH.sub(r"\2 \1", plain)


@remembered
def period_in(text: str, year: int | None = None) -> Period | None:
    """The period that a text names, in some year where the text does not say which.

    A word for an average says what a figure is, and by itself no period.
    """
    found = read_period(text)
    if found or year is None or meanings("periods").get(folded(text)) == "average":
        return found
    return read_period(f"{_FOOTNOTE.sub('', text)} {year}")


def is_week(text: str) -> bool:
    """Whether a text names a week, which may lie in two months or years."""
    return _WEEK.fullmatch(_signed(text)) is not None


def is_age(text: str) -> bool:
    """Whether a text names the years of people, as `16-24 år`, and no time."""
    return _AGE.fullmatch(_signed(text)) is not None


@remembered
def looks_like_period(text: str) -> bool:
    """Whether a text says nothing but a time, be it in a way that is read or not."""
    plain = _signed(text)
    signs = set(re.findall("[A-Z]+", plain))
    rest = _ORDINAL.sub("", re.sub("[A-Z]+|(?<=[0-9])[mkw](?=[0-9])", "", plain))
    if is_age(text) or not _BARE.fullmatch(rest):
        return False
    numbered = any(each.isdigit() for each in plain)
    return _NUMBERED.search(plain) is not None or (numbered and bool(signs - {"YEAR"}))


@remembered
def years_in(text: str) -> tuple[int, int] | None:
    """The two years that a text such as `läsår 2024/25` or `2024–2025` is of, if it names such."""
    for first, second in _IN_TWO_YEARS.findall(text):
        if int(first) + 1 == int(second if len(second) > len("25") else f"{first[:2]}{second}"):
            return int(first), int(first) + 1
    return None


def is_of_school(text: str) -> bool:
    """Whether a text speaks of a school year, in which August comes before January."""
    return "SCHOOL" in _signed(text)


@remembered
def is_of_broken_year(text: str) -> bool:
    """Whether a text is a word for a year that need not be the calendar's, as `läsår`."""
    return _signed(text) in ("SCHOOL", "BROKEN")


def is_period(text: str) -> bool:
    """Whether a text names a period, or would with a year."""
    return period_in(text, ANY_YEAR) is not None


def month_of(day: dt.date) -> str:
    """The month that the first or the last day of it stands for; any other day as it is."""
    first = day.day == 1 or (day + dt.timedelta(days=1)).day == 1
    return f"{day:%Y-%m}" if first else str(day)


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words of periods, and a sign for each: `jan-okt 2024` is `M1-M10 2024`."""
    signs = {word: f"M{month}" for word, month in meanings("months").items()}
    signs |= {word: SIGNS[key] for word, key in meanings("periods").items()}
    signs |= meanings("ordinals")
    longest_first = "|".join(map(re.escape, sorted(signs, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W\d_])({longest_first})(?![^\W\d_])\.?"), signs


def _period(first: Month, last: Month) -> Period | None:
    possible = all(
        FIRST_YEAR <= year <= LAST_YEAR and JANUARY <= month <= DECEMBER
        for year, month in (first, last)
    )
    return Period(first, last) if possible and first <= last else None


def _month(month: str, year: str) -> Period | None:
    return _months(month, month, year)


def _months(first: str, last: str, year: str) -> Period | None:
    return _period((int(year), int(first)), (int(year), int(last)))


def _interim(month: str, year: str) -> Period | None:
    return _months(str(JANUARY), month, year)


def _part(sign: str, number: str, year: str) -> Period | None:
    length = DECEMBER // PARTS[sign]
    last = int(number) * length
    return _months(str(last - length + 1), str(last), year)


def _term(sign: str, year: str) -> Period | None:
    return _part("H", TERMS[sign], _in_full(year))


def _in_full(year: str) -> str:
    """A year in four digits."""
    return year if len(year) > len("25") else f"{CENTURY}{year}"


def _school_year(year: str, next_year: str) -> Period | None:
    """From July on to June, if the one year is next to the other."""
    year = _in_full(year)
    following = str(int(year) + 1)
    first, last = SCHOOL_YEAR
    return _span(year, str(first), following, str(last)) if following.endswith(next_year) else None


def _years(first: str, last: str) -> Period | None:
    """Whole years together, of which a figure is the average; two may also be a school year."""
    several = int(last) - int(first) > 1
    return _span(first, str(JANUARY), last, str(DECEMBER)) if several else None


def _span(first_year: str, first: str, last_year: str, last: str) -> Period | None:
    return _period((int(first_year), int(first)), (int(last_year), int(last)))


def _dates(*numbers: str) -> Period | None:
    """Whole months from the first day of one to the last day of another."""
    first_year, first, first_day, last_year, last, last_day = numbers
    period = _span(first_year, first, last_year, last)
    whole = period and int(first_day) == 1 and int(last_day) == _days(period.last)
    return period if whole else None


def _day(year: str, month: str, day: str) -> Period | None:
    """The month that its first or its last day stands for."""
    period = _month(month, year)
    return period if period and int(day) in (1, _days(period.first)) else None


def _days(month: Month) -> int:
    return monthrange(*month)[1]


_Y, _M, _W = "([0-9]{4})", "([0-9]{2})", "M([0-9]+)"
FORMS: tuple[tuple[re.Pattern[str], Callable[..., Period | None]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (f"(?:YEAR )?{_Y}", lambda year: _months("1", "12", year)),
        (f"{_Y} YEAR", lambda year: _months("1", "12", year)),
        (f"(?:YEAR )?{_Y}-{_Y}", _years),
        (f"{_Y}-{_M}", lambda year, month: _month(month, year)),
        (f"{_W} {_Y}", _month),
        (f"{_W}-{_W} {_Y}", _months),
        (f"{_W} {_Y}-{_W} {_Y}", lambda a, b, c, d: _span(b, a, d, c)),
        (f"{_Y} {_W}", lambda year, month: _month(month, year)),
        (f"{_W}-{_Y}", _month),
        (f"{_W}-([0-9]{{2}})", lambda month, year: _month(month, _in_full(year))),
        (f"{_Y}{_M}", lambda year, month: _month(month, year)),
        (f"{_Y}-{_M}-{_M}", _day),
        (f"{_Y}-{_M}-{_Y}-{_M}", _span),
        (f"{_Y}-{_M}-{_M}-{_Y}-{_M}-{_M}", _dates),
        (f"([THQ]) ?([1-4])[- /]{_Y}", _part),
        (f"{_Y}[- ]?([THQ]) ?([1-4])", lambda year, sign, number: _part(sign, number, year)),
        (f"{_Y}-?m([0-9]{{1,2}})", lambda year, month: _month(month, year)),
        (f"MONTH ([0-9]{{1,2}}) {_Y}", _month),
        (f"([0-9]{{1,2}})/{_Y}", _month),
        ("(SPRING|AUTUMN)[- ]?([0-9]{4}|[0-9]{2})", _term),
        (f"{_Y}[- ]?(SPRING|AUTUMN)", lambda year, sign: _term(sign, year)),
        ("SCHOOL ([0-9]{4}|[0-9]{2})[-/]([0-9]{4}|[0-9]{2})", _school_year),
        (f"INTERIM {_Y}-{_M}", lambda year, month: _interim(month, year)),
        (f"INTERIM {_W} {_Y}", _interim),
    )
)


def stored_period(text: str) -> Period:
    """The period that is written as in `2024`, `2024-10` or `2024-01/2024-08`."""
    first, _, last = text.partition("/")
    found = read_period(f"{first}–{last}" if last else first)
    if found is None:
        raise ValueError(f"no period: {text!r}")
    return found


def show_period(period: Period, language: Language) -> str:
    """The period in a language's words, or by its dates where it runs over a new year."""
    if not period.in_one_year:
        (year, month), (last_year, last_month) = period.first, period.last
        last_day = _days(period.last)
        if period.is_of_years and month == JANUARY:
            return f"{year}–{last_year}"
        return f"{year}-{month:02}-01–{last_year}-{last_month:02}-{last_day:02}"
    if period.kind == "year":
        return f"{shown('periods', 'year', language)} {period.year}"
    ends = dict.fromkeys((period.first[1], period.last[1]))
    return f"{'–'.join(shown('months', str(each), language) for each in ends)} {period.year}"
