"""The statements of a rule file as values.

A file is a flat list of statements; which goal or indicator one belongs to follows from the
order (`gather`). Places are kept and never compared.
"""

from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from goalrules.core.vocabulary import Language
from goalrules.language.syntax import (
    Band,
    Condition,
    Count,
    DatedTarget,
    ExpectedStep,
    Fact,
    Formula,
    LevelReading,
    Name,
    Placed,
    Point,
    Scope,
)


@frozen
class Comments:
    """The comments of a sentence: on lines before it, and after it on its last line."""

    before: tuple[str, ...] = ()
    after: str = ""


@frozen
class PlanHead:
    """The plan that the file is about, and whose it is."""

    title: str
    body: str = ""


@frozen
class Validity(Placed):
    """The years in which the plan holds, or the statement that it is noted at: first and last."""

    first: Decimal
    last: Decimal
    comments: Comments = field(factory=Comments, eq=False)

    def holds(self, year: int) -> bool:
        """Whether a year is one of them."""
        return self.first <= year <= self.last


@frozen
class Document:
    """A document that rules are cited from, under a short name."""

    name: Name
    title: str


@frozen
class ScaleHead:
    """Ordered levels, worst first, under a name; without one they are the file's own scale."""

    levels: tuple[Name, ...]
    name: Name | None = None
    reads: tuple[LevelReading, ...] = ()


@frozen
class AssessIndicators:
    """The head of the rule by which every indicator gets its level."""


@frozen
class Stating:
    """How a fact that nobody has stated is taken: as not so (claimed), or as unknown (asked)."""

    fact: Fact
    claimed: bool


@frozen
class Area:
    """A target area; the goals that follow belong to it."""

    title: str


@frozen
class Focus:
    """A focus area, and the goals that it is followed up through."""

    title: str
    goals: tuple[Name, ...] = ()


@frozen
class GoalHead:
    """The head of a goal, or of the board's contribution to a council goal."""

    kind: Literal["goal", "contribution"]
    id: Name
    title: str
    scale: Name | None = None


@frozen
class FollowedUp:
    """The goal is only followed up: no rule, no verdict."""


@frozen
class MetFrom:
    """The level from which the goal counts as met, where that is not the top level."""

    level: Name


@frozen
class Group:
    """Members under one name: listed here, or those that the data report."""

    name: Name
    members: tuple[Name, ...] = ()
    reported: bool = False


@frozen
class Policy:
    """How a member that is missing, or does not apply, is taken, before the rule is.

    It is left out, counts as `level`, or those of the group `instead` take its place; at least
    `remain` have to be left.
    """

    of: Literal["missing", "not applicable"]
    level: Name | None = None
    instead: Name | None = None
    remain: Decimal | None = None


@frozen
class Requires:
    """How many have to be assessed for there to be a verdict at all."""

    count: Count


@frozen
class Points:
    """What each level is worth: to every member of the goal, or to one indicator (`own`)."""

    points: tuple[Point, ...]
    own: bool = False


@frozen
class Indicator:
    """The head of an indicator, or of several that have the same said of them."""

    names: tuple[Name, ...]
    title: str = ""
    scale: Name | None = None


@frozen
class Shared:
    """An indicator of another goal, which counts in this one too."""

    name: Name
    goal: Name


@frozen
class ShownOnly:
    """The indicator is shown and not counted."""


@frozen
class Weight:
    """What the indicator weighs beside the others, each of which weighs 1 if nothing is said."""

    number: Decimal


@frozen
class ValueBands:
    """The level that each value of the indicator has: the best one whose bound it keeps."""

    bands: tuple[Band, ...]


@frozen
class WorkedOut:
    """The indicator's value follows from those of others."""

    formula: Formula


@frozen
class Rounded:
    """To how many decimals a worked-out value is rounded."""

    decimals: Decimal


@frozen
class Parts:
    """The parts of an indicator: listed here, or those that the data report."""

    names: tuple[Name, ...] = ()
    reported: bool = False


@frozen
class Unit:
    """What the indicator's numbers are counted in."""

    text: str


@frozen
class Better:
    """Which way the indicator's numbers get better."""

    side: Literal["higher", "lower"]


@frozen
class Baseline:
    """Where the indicator stood when the plan was made: a number, or words."""

    number: Decimal | None = None
    text: str = ""
    period: str = ""


@frozen
class Target:
    """What the indicator aims at, year by year."""

    aims: tuple[DatedTarget, ...]


@frozen
class DataSource:
    """Where the indicator's figures come from."""

    text: str


@frozen
class AddsUp:
    """How an indicator adds up through the year.

    A total is that of the year, reported month by month, or `to_date` each time; an average is
    that of the months so far; the latest level is that of the last time it was measured; a survey
    is about the year that is assessed, or the one `before`.
    """

    kind: Literal["total", "average", "latest", "survey"]
    to_date: bool = False
    before: bool = False


ALL_MONTHS = tuple(range(1, 13))


@frozen
class Measured:
    """The months, by number and in order, at the end of which the indicator is measured."""

    months: tuple[int, ...] = ALL_MONTHS


@frozen
class Expected:
    """What is expected by when: at steps of months; evenly over the year where there are none."""

    steps: tuple[ExpectedStep, ...] = ()


SMALL = Decimal(5)
"""The number below which counts of people are hidden, where the file names none."""


@frozen
class Hidden:
    """The indicator's figures are hidden where they are of fewer people or cases than so many."""

    below: Decimal = SMALL


PeriodClass = Literal["monthly", "interim", "annual"]


@frozen
class Overall:
    """In which classes of period a goal may be judged as a whole, beside its rule."""

    periods: tuple[PeriodClass, ...]


@frozen
class When:
    """A level is reached when a condition holds."""

    level: Name
    condition: Condition
    period: PeriodClass | None = None


@frozen
class Otherwise:
    """The level that is reached when no condition holds."""

    level: Name
    period: PeriodClass | None = None


@frozen
class SameAs:
    """The level is that of another goal."""

    goal: Name
    period: PeriodClass | None = None


@frozen
class Extreme:
    """The level is the best, or the worst, of some members'; `but` of them left out, the worst."""

    kind: Literal["best", "worst"]
    scope: Scope
    but: Decimal = Decimal(0)
    period: PeriodClass | None = None


@frozen
class Limit:
    """A cap, or a floor, on the level that the clauses give."""

    kind: Literal["cap", "floor"]
    level: Name
    word: Literal["when", "unless"]
    condition: Condition
    period: PeriodClass | None = None


def is_of_bad(limit: Limit) -> bool:
    """Whether the condition of a limit is one of bad levels."""
    return (limit.kind == "cap") == (limit.word == "when")


@frozen
class Remark:
    """Words that stand beside the verdict and do not change it; `unless met` has no condition."""

    text: str
    word: Literal["when", "unless"]
    condition: Condition | None = None


Clause = When | Otherwise | SameAs | Extreme


@frozen
class According(Placed):
    """Where the plan says so: a document, and the section or the appendix in it."""

    document: Name
    part: Literal["section", "appendix"] = "section"
    number: str = ""
    comments: Comments = field(factory=Comments)


@frozen
class Interpretation(Placed):
    """What the plan does not say, and how the file takes it."""

    texts: tuple[str, ...]
    comments: Comments = field(factory=Comments)


Note = According | Interpretation | Validity

Body = (
    PlanHead | Validity | Document | ScaleHead | AssessIndicators | Stating | Area | Focus
    | GoalHead | FollowedUp | MetFrom | Group | Policy | Requires | Points | Indicator | Shared
    | ShownOnly | Weight | ValueBands | WorkedOut | Rounded | Parts | Unit | Better | Baseline
    | Target | DataSource | AddsUp | Measured | Expected | Hidden | Overall
    | When | Otherwise | SameAs | Extreme | Limit | Remark
)  # fmt: skip


@frozen
class Statement(Placed):
    """One sentence of the file, with the notes and comments that belong to it."""

    body: Body
    notes: tuple[Note, ...] = ()
    comments: Comments = field(factory=Comments)


OF_PLAN = (PlanHead, Validity, Document, ScaleHead, Area, Focus)
"""The statements that belong to the plan as a whole."""


@frozen
class Broken(Placed):
    """A sentence that could not be read, known by the type of token that it begins with."""

    lead: str


@frozen
class File:
    """A rule file: the language of its words, its statements, and the comments after the last.

    `broken` are the sentences that could not be read; each has a diagnostic of its own.
    """

    language: Language
    statements: tuple[Statement, ...]
    comments: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()
