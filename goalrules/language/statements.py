"""The statements of a rule file as values.

A file is a flat list of statements; which goal or indicator one belongs to follows from the
order (`gather`). Places are kept and never compared.
"""

from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from goalrules.language.syntax import Condition, DatedAim, Fact, Name, Placed


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
class Validity:
    """The years in which the plan holds, the first and the last."""

    first: Decimal
    last: Decimal


@frozen
class Document:
    """A document that rules are cited from, under a short name."""

    name: Name
    title: str


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
class Indicator:
    """The head of an indicator."""

    name: Name
    title: str = ""


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

    aims: tuple[DatedAim, ...]


@frozen
class DataSource:
    """Where the indicator's figures come from."""

    text: str


PeriodClass = Literal["monthly", "interim", "annual"]


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


Clause = When | Otherwise | SameAs


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


Note = According | Interpretation

Body = (
    PlanHead | Validity | Document | AssessIndicators | Stating | Area | Focus | GoalHead
    | FollowedUp | MetFrom | Group | Indicator | Parts | Unit | Better | Baseline | Target
    | DataSource | When | Otherwise | SameAs
)  # fmt: skip


@frozen
class Statement(Placed):
    """One sentence of the file, with the notes and comments that belong to it."""

    body: Body
    notes: tuple[Note, ...] = ()
    comments: Comments = field(factory=Comments)


@frozen
class Broken(Placed):
    """A sentence that could not be read, known by the type of token that it begins with."""

    lead: str


@frozen
class File:
    """A rule file: the language of its words, its statements, and the comments after the last.

    `broken` are the sentences that could not be read; each has a diagnostic of its own.
    """

    language: str
    statements: tuple[Statement, ...]
    comments: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()
