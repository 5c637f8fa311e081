"""The heading row of a table of outcomes: its fields, and the periods that have their own columns.

A long table has a row for each period; a wide one has a column for each, as `jan`, `2025-03`,
`delår aug`, `prognos helår`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache

from attrs import frozen

from goalrules.data.fields import is_period, month_of
from goalrules.data.place import cell_span
from goalrules.data.records import MOST_COLUMNS, Cell, Record, text_of
from goalrules.data.values import CellFault, is_date, unseen_in
from goalrules.data.words import meaning, meanings
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef
from goalrules.text.names import folded, nearest
from goalrules.text.source import UNSEEN

MOST_GUESSES = 50
MOST_KEPT = 1_000
NEAR = 0.8
NEAR_PERIOD = 0.81
LEAST_LONG = 4
"""So alike is a word to that of a period that it means, and so long; short ones are like others."""

LONGEST_GUESS = 40

_PART = re.compile("[^\\W\\d_] ?[1-4]")
"""What looks like a part of a year, as `Q1` does."""

STATED = ("value", "level", "plan", "forecast", "count", "comment")
"""The fields that can stand under a period."""

ONE_OF = frozenset({"value", "level", "plan", "forecast", "count"})
NEEDED = (WordRef("heading", "indicator"), WordRef("heading", "value"), WordRef("heading", "level"))
"""The headings by which a heading row is known: that of the indicator, and one of these."""

OF_ONE_PERIOD = ("period", "value", "level", "plan", "forecast", "count")
"""The headings that cannot stand beside columns for periods: of which they are is not said."""


@frozen
class PeriodColumn:
    """A column for a period: the number of its cell, its field if it says which, and the period."""

    number: int
    field: str
    text: str


@frozen
class Headings:
    """A heading row: the number of the cell of each field, and the columns for periods.

    `faults` are what is wrong among the headings; `last` is the line of a second row of them.
    """

    record: Record
    columns: Mapping[str, int]
    periods: tuple[PeriodColumn, ...]
    faults: tuple[tuple[int, CellFault], ...]
    last: int = 0

    @property
    def first_period(self) -> int:
        """The number of the first column for a period, or one beyond all where there is none."""
        return min((each.number for each in self.periods), default=MOST_COLUMNS + 1)

    @property
    def end(self) -> int:
        """The line of the last row of headings."""
        return self.last or self.record.line

    def told(self, file: str, sheet: str) -> Iterator[Diagnostic]:
        """The faults at their cells."""
        line, text = self.record.line, self.record.text
        for number, fault in self.faults:
            span = cell_span(line, number)
            yield Diagnostic(fault.code, file, span, text, fault.facts, sheet=sheet)


def headings_in(record: Record, _: str = "") -> Headings | None:
    """The headings that a record holds, if it names the indicator and what is reported of it."""
    cells = {number: heading_text(cell) for number, cell in enumerate(record.cells, 1)}
    known = {number: meaning("headings", cell) for number, cell in cells.items()}
    columns = {name: number for number, name in reversed(known.items()) if name}
    others = {number: cell for number, cell in cells.items() if cell and not known[number]}
    if not columns:
        return None
    periods = tuple(_period_columns(others))
    unknown = {n: cell for n, cell in others.items() if n not in {each.number for each in periods}}
    near = _near_headings(unknown, columns)
    names = {*columns, *(meaning("headings", word) for word in near.values())}
    if "indicator" not in names or not (names & ONE_OF or periods):
        return None
    faults = {number: unseen_in(text_of(cell)) for number, cell in enumerate(record.cells, 1)}
    faults |= {number: _unknown(cells[number], word) for number, word in near.items()}
    faults |= _twice(cells, known, columns)
    if periods:
        faults |= _beside_periods(columns, cells, unknown)
    return Headings(
        record, columns, periods, tuple((n, each) for n, each in faults.items() if each)
    )


def heading_text(cell: Cell) -> str:
    """A heading as it is read: a day that is the first or the last of its month is the month."""
    text = month_of(cell) if isinstance(cell, dt.date) else text_of(cell)
    return UNSEEN.sub("", text).strip()


def _period_columns(cells: Mapping[int, str]) -> Iterator[PeriodColumn]:
    for number, cell in cells.items():
        found = under_period(cell)
        if found:
            yield PeriodColumn(number, *found)


@lru_cache(maxsize=MOST_KEPT)
def under_period(heading: str) -> tuple[str, str] | None:
    """The field, if it is named, and the period of a heading such as `prognos helår` or `jan`."""
    if len(heading) > LONGEST_GUESS:
        return None
    if is_period(heading):
        return "", heading
    for words, rest in _parted(heading):
        name = meaning("headings", words)
        if name in STATED and is_period(rest):
            return name, rest
    return None


def _parted(heading: str) -> Iterator[tuple[str, str]]:
    """A heading parted in two, in every way between its words: either part first."""
    words = re.sub(r"[():,]", " ", heading).split()
    for at in range(1, len(words)):
        yield " ".join(words[:at]), " ".join(words[at:])
        yield " ".join(words[at:]), " ".join(words[:at])


def _unknown(text: str, near: str) -> CellFault:
    return CellFault("unknown-heading", {"text": text, "nearest": near})


def _twice(
    cells: Mapping[int, str], known: Mapping[int, str], columns: Mapping[str, int]
) -> dict[int, CellFault | None]:
    faults: dict[int, CellFault | None] = {}
    for number, name in known.items():
        if name and columns[name] != number:
            first = cells[columns[name]]
            facts: dict[str, DiagnosticFact] = {
                "column": WordRef("heading", name),
                "text": cells[number],
            }
            faults[number] = CellFault("heading-twice", {**facts, "first": first})
    return faults


def _beside_periods(
    columns: Mapping[str, int], cells: Mapping[int, str], unknown: Mapping[int, str]
) -> dict[int, CellFault | None]:
    """The headings beside those of periods that do not say what period they are of, or which."""
    faults: dict[int, CellFault | None] = {
        columns[name]: CellFault("heading-without-period", {"text": cells[columns[name]]})
        for name in OF_ONE_PERIOD
        if name in columns
    }
    guesses = list(unknown.items())[:MOST_GUESSES]
    near = {number: nearly_period(cell) for number, cell in guesses}
    for number, cell in unknown.items():
        if near.get(number):
            faults[number] = _unknown(cell, near[number])
        elif _seems_period(cell):
            faults[number] = CellFault("unknown-period-heading", {"text": cell})
    return faults


def _seems_period(cell: str) -> bool:
    """Whether a heading is of a period in words that are not known, and of no plan or budget."""
    ways = list(_parted(cell)) if len(cell) <= LONGEST_GUESS else []
    if any(meaning("beside", words) for words, _ in ways):
        return False
    dated = is_date(cell) or _PART.fullmatch(folded(cell)) is not None
    return dated or any(is_period(rest) for _, rest in ways)


@lru_cache(maxsize=MOST_KEPT)
def nearly_period(heading: str) -> str:
    """The heading of a period that one nearly is, with one word misspelt, as `utfall Febuari`."""
    words = heading.split() if len(heading) <= LONGEST_GUESS else []
    for at, word in enumerate(words):
        near = _near_word(folded(word))
        right = " ".join([*words[:at], near, *words[at + 1 :]])
        if near and under_period(right):
            return right
    return ""


def _near_word(word: str) -> str:
    """The word of periods that another nearly is, or has its letters in another order."""
    known = _words_of_periods()
    for each in known:
        if each != word and each[0] == word[0] and sorted(each) == sorted(word):
            return each
    long = [each for each in known if len(each) >= LEAST_LONG]
    close = get_close_matches(word, long, n=1, cutoff=NEAR_PERIOD)
    return close[0] if close and word not in known else ""


@cache
def _words_of_periods() -> tuple[str, ...]:
    words = {**meanings("months"), **meanings("periods")}
    return tuple(each for each, key in words.items() if len(each) > 1 and key != "average")


def _near_headings(unknown: Mapping[int, str], columns: Mapping[str, int]) -> dict[int, str]:
    """The unknown headings, by cell, that are nearly one which the record has not: that one."""
    near = {number: _near(cell) for number, cell in list(unknown.items())[:MOST_GUESSES]}
    return {
        n: word for n, word in near.items() if word and meaning("headings", word) not in columns
    }


@lru_cache(maxsize=MOST_KEPT)
def _near(heading: str) -> str:
    """The known heading that one nearly is, as `Utfal`, `Utfall (%)` and `Utfall 2024 ack` are."""
    start = re.split(r"[\s(]", folded(heading))[0]
    if meaning("headings", start) == "value":
        return start
    if len(heading) > LONGEST_GUESS:
        return ""
    plain = folded(heading.partition("(")[0])
    near = nearest(plain, meanings("headings"))
    return near if SequenceMatcher(None, near, plain).ratio() >= NEAR else ""
