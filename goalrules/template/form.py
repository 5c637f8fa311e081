"""What there is to report of a plan in a year: a line for each indicator, part and group.

Nothing here knows of cells or files: a form says what can be stated of what, and when it is due.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from goalrules.data.period import Period

Stated = Literal["value", "forecast", "plan", "level", "count", "comment"]
"""What can be stated of a line, each on a sheet of its own."""

SHEETS: tuple[Stated, ...] = ("value", "forecast", "plan", "level", "count", "comment")


@frozen
class SheetEntry:
    """How a line is filled in on one sheet: with a number, or words; in the periods when it is due.

    Where a number can stand the words are those for there being none; without words and number it
    is a free text.
    """

    periods: frozenset[Period] = frozenset()
    number: bool = False
    words: tuple[str, ...] = ()


@frozen
class Line:
    """An indicator, a part of one, or a member of a group, and how each sheet takes it.

    The name is empty where it comes with the outcomes. `counted` says how it adds up, or what it
    is worked out from.
    """

    goal: str
    name: str
    part_of: str = ""
    title: str = ""
    unit: str = ""
    target: str = ""
    counted: str = ""
    entries: Mapping[Stated, SheetEntry] = field(factory=dict)


@frozen
class FormSection:
    """A goal and its lines."""

    id: str
    kind: str
    title: str
    lines: tuple[Line, ...]


@frozen
class Form:
    """What there is to report of a plan in a year, in the words of a language.

    `outside` says that the plan does not hold in the year, `shares` that an indicator counts in
    several goals.
    """

    plan: str
    body: str
    year: int
    language: str
    outside: bool
    shares: bool
    sections: tuple[FormSection, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in the order of the plan."""
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def with_numbers(self) -> tuple[Line, ...]:
        """The lines of which the outcome is a number."""
        stated = ((line, line.entries.get("value", SheetEntry())) for line in self.lines)
        return tuple(line for line, entry in stated if entry.number)

    def sections_of(self, stated: Stated) -> Iterator[FormSection]:
        """The goals with those of their lines that stand on a sheet."""
        for each in self.sections:
            lines = tuple(line for line in each.lines if stated in line.entries)
            if lines:
                yield FormSection(each.id, each.kind, each.title, lines)

    def periods_of(self, stated: Stated) -> tuple[Period, ...]:
        """The periods that have a column on a sheet: the year's, and those before that are due."""
        due = {each for line in self.lines if stated in line.entries
               for each in line.entries[stated].periods}  # fmt: skip
        before = sorted((each for each in due if each.year < self.year), key=_by_time)
        return *before, *periods_of_year(self.year)


def _by_time(period: Period) -> tuple[object, ...]:
    return period.key


def periods_of_year(year: int) -> tuple[Period, ...]:
    """The months of a year, and the year."""
    whole = Period((year, 1), (year, 12))
    return *(Period(month, month) for month in whole.months), whole
