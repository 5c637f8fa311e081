"""Conditions and targets as values: what was written, not yet what it means.

Places are kept and never compared.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from attrs import field
from attrs.converters import optional

from goalrules.core.nodes import Form
from goalrules.document import Mark
from goalrules.lazily import frozen
from goalrules.text.numbers import exact_decimal
from goalrules.text.source import NOWHERE, Span


@frozen
class Spanned:
    """Something with the span in its file where it stands."""

    span: Annotated[Span, Mark.LEFT_OUT] = field(default=NOWHERE, eq=False, kw_only=True)


@frozen
class Name(Spanned, Form):
    """The name of a goal, an indicator, a group or a document, or the word for a level."""

    __as_text__ = "text"

    text: Annotated[str, "The name as it is written in the rule file."]


MET = "<met>"
"""What the level from which a goal counts as met is called, where it goes by no other name."""

QuantityKind = Literal["number", "percent", "majority", "half", "all", "any", "none", "at most"]

BOUNDING: tuple[QuantityKind, ...] = ("none", "at most")
"""The quantities that bound how many are counted."""


@frozen
class Quantity(Spanned, Form):
    """How many: `3`, `60 %`, `majority`, `half`, `all`, `any`, `no`, `at most 1`."""

    kind: Annotated[QuantityKind, "What kind of quantity it is."]
    number: Annotated[Decimal, "Its number, or percent; 0 where it has none."] = field(
        default=Decimal(0), converter=Decimal
    )


@frozen
class Scope(Spanned, Form):
    """Among whom: members and groups by name, goals, or both in one list.

    All of the goal's members where none is named.
    """

    names: Annotated[
        tuple[Name, ...], "The names; none where all members of the goal are meant."
    ] = ()
    goals: Annotated[bool, "Whether the names are those of goals."] = False
    size: Annotated[
        Decimal | None,
        "How many they are, where the rule says so (the 5 of `3 of 5`); else null.",
    ] = field(default=None, converter=optional(Decimal))
    units: Annotated[bool, "Whether the rule says that units are counted."] = False
    beside: Annotated[
        tuple[Name, ...], "The goals that are counted in one list with the members by name."
    ] = ()


@frozen
class Met(Spanned, Form):
    """The goal is met, whatever its level is called; or it is not met (`negated`)."""

    negated: Annotated[bool, "Whether it is that they are not met."] = False


Side = Literal["", "at least", "at most", "worse than"]


@frozen
class Level(Form):
    """This level or a better one, or a worse one: as `side` says.

    Without a side it is a better one where good levels are counted, and a worse one where bad
    levels are (after `no` and `at most`, and in the condition of a cap).
    """

    name: Annotated[Name, "The level by name."]
    side: Annotated[Side, "On which side of it; empty where the rule does not say."] = ""


@frozen
class Assessed(Spanned, Form):
    """The member has one level, from its own outcome."""


Predicate = Level | Met | Assessed


@frozen
class Included(Spanned, Form):
    """Members that have to be among those counted: all of them, or at least so many."""

    names: Annotated[tuple[Name, ...], "The names: of goals, where goals alone are counted."]
    need: Annotated[Decimal | None, "How many of them; null for all."] = field(
        default=None, converter=optional(Decimal)
    )
    beside: Annotated[tuple[Name, ...], "The goals that are written as such."] = ()


@frozen
class Rest(Spanned, Form):
    """The floor that every member must reach, whichever of them are counted."""

    level: Annotated[Name, "The level."]


@frozen
class Count(Spanned, Form):
    """So many of some members at a level: `3 of 5 green including budget, rest ≥ yellow`."""

    quantity: Annotated[Quantity, "How many."]
    scope: Annotated[Scope, "Among whom."]
    predicate: Annotated[Predicate, "The level that they must have, or that goals must be met."]
    including: Annotated[tuple[Included, ...], "Who has to be among those counted."] = ()
    rest: Annotated[tuple[Rest, ...], "The floor for all members."] = ()
    weighed: Annotated[
        bool, "Whether the weights of the members are counted, not their number."
    ] = False


@frozen
class Single(Spanned, Form):
    """One named member, or goal, at a level: `tillsyn green, rest ≥ yellow`, `goal 2 met`."""

    member: Annotated[Name, "The member."]
    predicate: Annotated[Predicate, "The level that it must have, or that a goal must be met."]
    goal: Annotated[bool, "Whether it is a goal."] = False
    rest: Annotated[tuple[Rest, ...], "The floor for all members."] = ()


@frozen
class Score(Spanned, Form):
    """The points of some members together: `sum of points ≥ 12`, `at least 60 % of points`."""

    total: Annotated[
        Literal["sum", "mean", "share"],
        "Whether the sum of points is taken, their mean, or their share of the most that they can"
        " be.",
    ]
    bound: Annotated["Bound", "What the points have to be."]
    scope: Annotated[Scope, "Among whom."]
    lowest: Annotated[Decimal | None, "How many are taken, the lowest first; null for all."] = (
        field(default=None, converter=optional(Decimal))
    )


FactName = Literal[
    "target reached", "plan followed", "efforts begun", "efforts planned", "share of target"
]


@frozen
class Fact(Spanned, Form):
    """Something that is so, or not, for one indicator."""

    name: Annotated[FactName, "The fact."]
    percent: Annotated[Decimal | None, "How much of the target; null for all of it."] = field(
        default=None, converter=optional(Decimal)
    )


@frozen
class Joined(Spanned, Form):
    """Conditions that must all hold (`and`), or of which one must (`or`)."""

    word: Annotated[Literal["and", "or"], "Whether all parts must hold, or one."]
    parts: Annotated[tuple["Condition", ...], "The conditions that are joined."]


Condition = Count | Single | Score | Fact | Joined


BoundSide = Literal["at least", "at most", "over", "under"]


@frozen
class Bound(Form):
    """At least, at most, over or under a number."""

    side: Annotated[BoundSide, "On which side of it."]
    number: Annotated[Decimal, "The number."] = field(converter=Decimal)


@frozen
class Within(Form):
    """No further from nought than a number, either way."""

    number: Annotated[Decimal, "The number."]

    @property
    def low(self) -> Decimal:
        """The lowest of the values."""
        return self.number.copy_negate() if self.number else self.number

    @property
    def high(self) -> Decimal:
        """The highest of the values."""
        return self.number


@frozen
class Around(Form):
    """No further from a number than some percent of it, either way."""

    percent: Annotated[Decimal, "How far from it, either way."]
    number: Annotated[Decimal, "The number."]

    @property
    def low(self) -> Decimal:
        """The lowest of the values."""
        return exact_decimal(Fraction(self.number) * (100 - Fraction(self.percent)) / 100)

    @property
    def high(self) -> Decimal:
        """The highest of the values."""
        return exact_decimal(Fraction(self.number) * (100 + Fraction(self.percent)) / 100)


@frozen
class Range(Form):
    """From a number up to another, both included."""

    low: Annotated[Decimal, "The lowest number."]
    high: Annotated[Decimal, "The highest number."]


@frozen
class Distance(Form):
    """How far from a number: in its own unit, in percent of it, or in percentage points."""

    number: Annotated[Decimal, "How far it is."]
    measure: Annotated[
        Literal["unit", "percent", "points"],
        "What that is in: the unit of measure, percent of the number, or percentage points.",
    ] = "unit"


@frozen
class Change:
    """More, less or no worse than the reference; by so much where stated, or by at most that."""

    direction: Literal["increase", "decrease", "maintain"]
    by: Distance | None = None
    at_most: bool = False


@frozen
class Compared(Form):
    """On one side of the value of another indicator, or so far over it or under it."""

    name: Annotated[Name, "The other indicator by name."]
    side: Annotated[
        BoundSide, "On which side of the other value it is, or on which side of `by` the distance."
    ]
    by: Annotated[Distance | None, "How far from it; null where none is stated."] = None
    way: Annotated[
        Literal["over", "under", ""], "Which way the distance goes; empty without one."
    ] = ""


@frozen
class PartsReached:
    """Every part of the indicator has reached its target, or so many of them have."""

    need: Decimal | None = None


Between = Within | Around | Range
"""What bounds a number on both sides: each has its lowest value and its highest."""


@frozen
class OwnTarget:
    """A part of an indicator with a target of its own."""

    name: Name
    bound: Bound | Between


TargetSpec = Bound | Within | Around | Range | Change | Compared | PartsReached


@frozen
class DatedTarget(Spanned):
    """What is aimed at in one year, or in every year where none is named."""

    aim: TargetSpec
    year: Decimal | None = None


@frozen
class Band(Spanned, Form):
    """The values that have a level: `green ≥ 99`; without a bound every other value."""

    level: Annotated[Name, "The level."]
    bound: Annotated[
        Bound | Between | None, "What the value has to be; null for every other value."
    ] = None


@frozen
class Term(Spanned, Form):
    """An indicator in a worked-out value, and its weight there; or a number."""

    name: Annotated[Name, "The indicator, or the group, by name; the number with a decimal point."]
    weight: Annotated[Decimal, "How much it weighs."] = Decimal(1)
    number: Annotated[Decimal | None, "The number; null for an indicator."] = None


@frozen
class Lacking(Form):
    """What is done in a worked-out value with terms that are missing: they count as, or leave."""

    number: Annotated[
        Decimal | None, "The value that each is taken to have; null where they leave."
    ] = None
    remain: Annotated[
        Decimal | None,
        "How many terms have to be left for there to be a value; null where the rule does not say.",
    ] = None


@frozen
class Few(Form):
    """Some of the terms of a value, the best or the worst first."""

    number: Annotated[Decimal, "How many."]
    kind: Annotated[Literal["best", "worst"], "Which of them."]


FormulaKind = Literal[
    "sum", "mean", "best", "worst", "share", "difference", "quotient", "product",
    "sum of points", "mean of points", "share of members", "number of members", "fulfilment",
    "table",
]  # fmt: skip

OF_TWO: tuple[FormulaKind, ...] = ("share", "difference", "quotient", "product")
"""The formulas of two terms, each of which can be a number."""

OF_LEVELS: tuple[FormulaKind, ...] = (
    "sum of points", "mean of points", "share of members", "number of members", "table",
)  # fmt: skip
"""The formulas of the levels of indicators, or of the targets that they reach; not of numbers."""

OF_JUDGED: tuple[FormulaKind, ...] = (*OF_LEVELS, "fulfilment")
"""The formulas of how others are judged; one that is open leaves ends to the value."""


@frozen
class TableRow(Spanned, Form):
    """A row of a table: a level of its first indicator, and what comes of it with the second."""

    level: Annotated[Name, "The level of the first indicator."]
    cells: Annotated[tuple[Name, ...], "What it gives with each level of the columns, in order."]


@frozen
class Formula(Spanned, Form):
    """How a value is worked out from those of other indicators; a table gives a level itself."""

    kind: Annotated[FormulaKind, "What is made of them."]
    terms: Annotated[tuple[Term, ...], "The indicators that the value is worked out from."]
    lacking: Annotated[
        Lacking | None,
        "What is done with those that are missing; null where the rule does not say.",
    ] = None
    asked: Annotated[
        Level | Fact | None,
        "The level, or that the target is reached, of the members that are counted; else null.",
    ] = None
    few: Annotated[Few | None, "Which of the terms are taken; null for all."] = None
    columns: Annotated[
        tuple[Name, ...], "The levels of the second indicator, one for each column of a table."
    ] = ()
    rows: Annotated[tuple[TableRow, ...], "The rows of a table; none in other formulas."] = ()


@frozen
class Point(Spanned):
    """What a level is worth."""

    level: Name
    number: Decimal


@frozen
class LevelWord(Spanned):
    """What a goal with a level is said to be."""

    level: Name
    text: str


@frozen
class LevelReading(Spanned):
    """A level of one scale, and what it is read as on another."""

    level: Name
    read_as: Name


@frozen
class ExpectedStep(Spanned):
    """What is expected by the end of a month: a value, or a percent of the target (`share`)."""

    month: int
    number: Decimal
    share: bool = False
