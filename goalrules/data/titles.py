"""What the titles above a table and the name of its sheet say of all its rows.

They say only what they surely say: a year beside `Box` or `Beslutat` is none of the outcomes', and
a word such as `Antal` says what cells are only where other sheets say what they are.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from goalrules.data.grids import HeadedTable
from goalrules.data.headings import LONGEST_GUESS
from goalrules.data.outcome import OUTCOMES
from goalrules.data.period import (
    ANY_YEAR,
    SCHOOL_YEAR,
    YEAR,
    is_of_school,
    is_period,
    looks_like_period,
    period_in,
    years_in,
)
from goalrules.data.values import day_cell, text_of
from goalrules.data.words import MEASURED, meaning, meanings
from goalrules.lazily import frozen
from goalrules.text.names import folded

FIRST_OF_SCHOOL = SCHOOL_YEAR[0]

LONGEST_TITLE = 5
"""A title of more words than these is a sentence, and says nothing of what all cells are."""

LAST_DAY = 12, 31

FARTHEST = 10
"""A year so long before the one that is meant is that of a law or a telephone; one after the next
that of a vision."""

_YEAR_IN_TITLE = re.compile(
    rf"(?<![\d:/.-])(?<!\d )({YEAR.pattern})(?![\d:/])(?!-\d)(?!\.\d)(?! \d\d(?!\d))"
)
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}\.? [^\W\d_]+\.? $")
_BESIDE_UNIT = re.compile(r"[][(),;:.]")
_BETWEEN = re.compile(r"[,;:()|]")
_DASH = re.compile(r"\s[-–—]\s")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@frozen
class Titles:
    """What stands above a table and in the name of its sheet, as far as it is said in one way.

    `year` is that of periods which say none, `said` whether a title names it; `years` are the two
    that a school year or a broken year lies in, of which the months may tell (`school`). `period`
    is a text that names one, perhaps without its year; `part` is one that is of a part of a year
    and does not say which. `usual` is the field that cells are of where their headings do not say,
    and `beside` the title of a table of targets or budgets, which is none of outcomes; a title that
    says what is reported goes first, since a plan may well be called `Budget 2025`. `measure` is
    the unit of money, or of shares, that they say figures are in, as `Belopp i mkr`.
    """

    year: int | None
    said: bool
    years: tuple[int, int] | None
    school: bool
    period: str
    part: str
    usual: str
    beside: str
    measure: str

    def year_of(self, month: int) -> int | None:
        """The year of a month, where the titles tell it."""
        if self.years is None or not self.school:
            return None if self.years else self.year
        return self.years[0] if month >= FIRST_OF_SCHOOL else self.years[1]


def titles_of(table: HeadedTable, year: int | None, others: frozenset[str]) -> Titles:
    """What the titles of a table say.

    The year is that of the file, where they say none; `others` are the fields that the other
    sheets of the file are named for.
    """
    titles = [text_of(cell) for record in table.above for cell in record.cells]
    starts = [
        text_of(cell) for each in table.above for cell in each.cells[: table.headings.first_period]
    ]
    every = (*titles, table.sheet)
    found = _year_in(titles, year) or _year_in([table.sheet], year)
    years = next(filter(None, map(years_in, every)), None)
    own_year = None if years else found or year
    named = [text for title in every for text in _periods(title)]
    kinds = [kind for kind in (_kind_of(title, others) for title in starts) if kind]
    by_sheet = field_of_sheet(table.sheet)
    if by_sheet == "count" and not others:
        by_sheet = ""
    return Titles(
        own_year,
        found is not None and not years,
        years,
        any(map(is_of_school, every)),
        named[0] if len({period_in(text, own_year) for text in named}) == 1 else "",
        "" if named else next(filter(_is_part, every), ""),
        by_sheet or _only(kinds) or "value",
        "" if kinds else next(filter(_is_beside, (*starts, table.sheet)), ""),
        _only(measured for title in every for measured in _measures(title)),
    )


def _measures(title: str) -> Iterator[str]:
    """The units of money, and of shares, among the words of a title."""
    words = _BESIDE_UNIT.sub(" ", title).split()
    for at in range(len(words)):
        for many in (2, 1):
            key = meaning("units", " ".join(words[at : at + many]))
            if key in MEASURED and (at + many >= len(words) or words[at + many] != "per"):
                yield key
                break


def field_of_sheet(name: str) -> str:
    """What the cells of a sheet are by its name, if that says it in but one way."""
    return _only(map(_kind_of_word, name.split()))


def _kind_of_word(word: str) -> str:
    """What cells are by a word of a title; a forecast of something is one, as `Helårsprognos`."""
    known = [each for each, key in meanings("sheets").items() if key == "forecast"]
    return meaning("sheets", word) or "forecast" * folded(word).endswith(tuple(known))


def _only(found: Iterable[str]) -> str:
    kinds = {*found} - {""}
    return kinds.pop() if len(kinds) == 1 else ""


def _year_in(texts: Iterable[str], year: int | None) -> int | None:
    """The year that some titles name, where they name but one."""
    years = {found for text in texts for found in _years(text, year)}
    return years.pop() if len(years) == 1 else None


def _years(title: str, year: int | None) -> Iterator[int]:
    """The years in a title that may be those of its rows."""
    for piece in _BETWEEN.split(title):
        words = piece.split()
        if any(meaning("elsewhere", word.strip(".:")) for word in words):
            continue
        known = all(map(_is_known, words))
        for found in _YEAR_IN_TITLE.finditer(piece):
            named = int(found[1])
            near = year is None or year - FARTHEST <= named <= year + 1
            if (known or near) and not _DAY_BEFORE.search(piece[: found.start()]):
                yield named


def _is_known(word: str) -> bool:
    """Whether a word of a title says what is reported, or when."""
    sections = "sheets", "titles", "periods", "months", "headings", "beside"
    return word.isdigit() or any(meaning(section, word) for section in sections)


def _kind_of(title: str, others: frozenset[str]) -> str:
    """What cells are by a title; a title of counts may as well be of a number that is reached."""
    pieces = [piece.split() for piece in _BETWEEN.split(title)]
    words = pieces[0]
    kind = _kind_of_word(words[0]) if words else ""
    if len(words) > LONGEST_TITLE or any(meaning("elsewhere", word) for word in words):
        return ""
    if kind in ("count", "comment") and not all(map(_is_known, words)):
        return ""  # `Kommentarer till utfallet`
    return "" if kind == "count" and not others else kind


def _is_beside(title: str) -> bool:
    """Whether a title is that of a table of targets or budgets: `Budget 2025`, `Riktvärden`."""
    words = _BETWEEN.split(title)[0].split()
    budgets = tuple(each for each, key in meanings("beside").items() if key == "budget")
    kind = bool(words) and (meaning("beside", words[0]) or folded(words[0]).endswith(budgets))
    is_goal = bool(words) and OUTCOMES.key(words[0]) == "goal"
    return bool(kind) and not is_goal and len(words) <= LONGEST_TITLE


def _is_part(title: str) -> bool:
    """Whether a title is of a part of a year, and does not say which: `Delårsrapport 2025`."""
    for piece in _BETWEEN.split(title):
        words = piece.split()
        if _as_of(piece):
            return True
        rest = [word for word in words if not meaning("sheets", word) and word != "-"]
        rest = [word for word in rest if meaning("titles", word) in ("", "part")]
        text = " ".join(rest)
        part = any(meaning("titles", word) == "part" for word in rest)
        numbered = " ".join(word for word in rest if meaning("titles", word) != "part")
        if len(text) <= LONGEST_GUESS and not any(meaning("elsewhere", word) for word in words):
            if part and all(map(_is_known, words)):
                return True
            worded = any(each.isalpha() for each in numbered) and not years_in(numbered)
            if worded and looks_like_period(numbered) and not is_period(numbered):
                return True
    return False


def _as_of(piece: str) -> bool:
    """Whether what is reported is as of a day that does not end a year: `Utfall per 30 april`."""
    reported, _, day = (" ".join(part.split()) for part in piece.partition(" per "))
    words = reported.split()
    said = bool(words) and all(meaning("sheets", e) or meaning("titles", e) for e in words)
    found = [day_cell(text) for text in (day, f"{day} {ANY_YEAR}")] if said else []
    return any(isinstance(e, dt.date) and (e.month, e.day) != LAST_DAY for e in found)


def _periods(title: str) -> Iterator[str]:
    """The periods that the parts of a title are for, as `Utfall januari 2025, socialkontoret`."""
    for piece in _BETWEEN.split(title):
        whole = _period_of(piece.split())
        parts = [whole] if whole else [_period_of(each.split()) for each in _DASH.split(piece)]
        yield from filter(None, parts)


def _period_of(words: list[str]) -> str:
    """The period among the words of a title that says besides but what is reported."""
    if len(" ".join(words)) > LONGEST_GUESS:
        return ""
    known = [bool(meaning("sheets", word) or meaning("titles", word)) for word in words]
    for length in range(len(words), 0, -1):
        for at in range(len(words) - length + 1):
            text = " ".join(words[at : at + length])
            if all((*known[:at], *known[at + length :])) and names_period(text):
                return text
    return ""


def names_period(text: str) -> bool:
    """Whether a text names a period, and not only a year as of a plan, or a day."""
    words = " ".join(word for word in text.split() if not word.isdigit())
    is_year = OUTCOMES.key(words) == "year" or meaning("periods", words) == "average"
    whole = is_year or YEAR.fullmatch(text.rstrip("*"))
    return bool(words) and not whole and not _DATE.fullmatch(text) and is_period(text)
