"""What the titles of a table say of all its rows: the year, the period, and what its cells are."""

import re
from collections.abc import Iterable, Iterator

from attrs import frozen

from goalrules.data.fields import is_period, period_in
from goalrules.data.grids import HeadedTable
from goalrules.data.headings import LONGEST_GUESS, Headings
from goalrules.data.records import text_of
from goalrules.data.words import meaning

YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)(?!-\d\d-\d\d)")

_BETWEEN = re.compile(r"[,;:()|]")
_DASH = re.compile(r"\s[-–—]\s")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@frozen
class Titles:
    """What stands above a table and in the name of its sheet, as far as it is said in one way.

    `period` is a text that names one, perhaps without its year; `usual` is the field that cells
    are of where their headings do not say.
    """

    year: int | None
    period: str
    usual: str


def titles_of(table: HeadedTable[Headings], year: int | None) -> Titles:
    """What the titles of a table say; the year is that of the file, where they say none."""
    titles = [text_of(cell) for record in table.above for cell in record.cells]
    starts = [cell for each in table.above for cell in each.cells[: table.headings.first_period]]
    words = [word for cell in starts for word in text_of(cell).split()[:1]]
    own_year = _year_in(titles) or _year_in([table.sheet]) or year
    return Titles(
        own_year,
        _period_in([*titles, table.sheet], own_year),
        _stated_in(table.sheet.split()) or _stated_in(words) or "value",
    )


def _year_in(texts: Iterable[str]) -> int | None:
    """The year that some titles name, where they name but one."""
    years = {found for text in texts for found in YEAR.findall(text)}
    return int(years.pop()) if len(years) == 1 else None


def _stated_in(words: Iterable[str]) -> str:
    """What cells are by the words of a title, where these say it in but one way."""
    found = {meaning("sheets", word) for word in words} - {""}
    return found.pop() if len(found) == 1 else ""


def _period_in(titles: Iterable[str], year: int | None) -> str:
    """The period that some titles name, where they name but one."""
    named = [text for title in titles for text in _periods(title)]
    found = {period_in(text, year): text for text in named}
    return named[0] if len(found) == 1 else ""


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
            if all((*known[:at], *known[at + length :])) and _is_named(text):
                return text
    return ""


def _is_named(text: str) -> bool:
    """Whether a text names a period, and not only a year as of a plan, or a day."""
    words = " ".join(word for word in text.split() if not word.isdigit())
    is_year = meaning("headings", words) == "year" or meaning("periods", words) == "average"
    return bool(words) and not is_year and not _DATE.fullmatch(text) and is_period(text)
