"""Conditions and targets as values: what was written, not yet what it means.

Places are kept and never compared.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import field, frozen
from attrs.converters import optional

from goalrules.text.numbers import exact_decimal
from goalrules.text.source import NOWHERE, Span


@frozen
class Spanned:
    """Something with the span in its file where it stands."""

    span: Span = field(default=NOWHERE, eq=False, kw_only=True)


@frozen
class Name(Spanned):
    """The name of a goal, an indicator, a group or a document, or the word for a level."""

    text: str


MET = "<met>"
"""What the level from which a goal counts as met is called, where it goes by no other name."""

QuantityKind = Literal["number", "percent", "majority", "half", "all", "any", "none", "at most"]

BOUNDING: tuple[QuantityKind, ...] = ("none", "at most")
"""The quantities that bound how many are counted."""


@frozen
class Quantity(Spanned):
    """How many: `3`, `60 %`, `majority`, `half`, `all`, `any`, `no`, `at most 1`."""

    kind: QuantityKind
    number: Decimal = field(default=Decimal(0), converter=Decimal)


@frozen
class Scope(Spanned):
    """Among whom: members and groups by name, or goals; all of the goal's where none is named.

    `size` is how many they are, where the rule says so (the 5 of `3 of 5`).
    """

    names: tuple[Name, ...] = ()
    goals: bool = False
    size: Decimal | None = field(default=None, converter=optional(Decimal))


@frozen
class Met(Spanned):
    """The goal is met, whatever its level is called; or it is not met (`negated`)."""

    negated: bool = False


Side = Literal["", "at least", "at most", "worse than"]


@frozen
class Level:
    """This level or a better one, or a worse one: as `side` says.

    Without a side it is a better one where good levels are counted, and a worse one where bad
    levels are (after `no` and `at most`, and in the condition of a cap).
    """

    name: Name
    side: Side = ""


@frozen
class Assessed(Spanned):
    """The member has one level, from its own outcome."""


Predicate = Level | Met | Assessed


@frozen
class Included(Spanned):
    """Members that have to be among those counted: all of them, or at least so many."""

    names: tuple[Name, ...]
    need: Decimal | None = field(default=None, converter=optional(Decimal))


@frozen
class Rest(Spanned):
    """The floor that every member must reach, whichever of them are counted."""

    level: Name


@frozen
class Count(Spanned):
    """So many of some members at a level: `3 of 5 green including budget, rest ≥ yellow`.

    `weighed` says that their weights are counted, not their number.
    """

    quantity: Quantity
    scope: Scope
    predicate: Predicate
    including: tuple[Included, ...] = ()
    rest: tuple[Rest, ...] = ()
    weighed: bool = False


@frozen
class Single(Spanned):
    """One named member, or goal, at a level: `tillsyn green, rest ≥ yellow`, `goal 2 met`."""

    member: Name
    predicate: Predicate
    goal: bool = False
    rest: tuple[Rest, ...] = ()


@frozen
class Score(Spanned):
    """The points of some members together: `sum of points ≥ 12`, `at least 60 % of points`.

    `lowest` is how many of them are taken, the lowest first, where not all are. A share is of
    the most points that they can have.
    """

    total: Literal["sum", "mean", "share"]
    bound: "Bound"
    scope: Scope
    lowest: Decimal | None = field(default=None, converter=optional(Decimal))


FactName = Literal[
    "target reached", "plan followed", "efforts begun", "efforts planned", "share of target"
]


@frozen
class Fact(Spanned):
    """Something that is so, or not, for one indicator; `percent` is that of the target."""

    name: FactName
    percent: Decimal | None = field(default=None, converter=optional(Decimal))


@frozen
class Joined(Spanned):
    """Conditions that must all hold (`and`), or of which one must (`or`)."""

    word: Literal["and", "or"]
    parts: tuple["Condition", ...]


Condition = Count | Single | Score | Fact | Joined


BoundSide = Literal["at least", "at most", "over", "under"]


@frozen
class Bound:
    """At least, at most, over or under a number."""

    side: BoundSide
    number: Decimal = field(converter=Decimal)


@frozen
class Within:
    """No further from nought than a number, either way."""

    number: Decimal

    @property
    def low(self) -> Decimal:
        """The lowest of the values."""
        return self.number.copy_negate() if self.number else self.number

    @property
    def high(self) -> Decimal:
        """The highest of the values."""
        return self.number


@frozen
class Around:
    """No further from a number than some percent of it, either way."""

    percent: Decimal
    number: Decimal

    @property
    def low(self) -> Decimal:
        """The lowest of the values."""
        return exact_decimal(Fraction(self.number) * (100 - Fraction(self.percent)) / 100)

    @property
    def high(self) -> Decimal:
        """The highest of the values."""
        return exact_decimal(Fraction(self.number) * (100 + Fraction(self.percent)) / 100)


@frozen
class Range:
    """From a number up to another, both included."""

    low: Decimal
    high: Decimal


@frozen
class Change:
    """Better, worse or no worse than the reference, by some percent of it where stated."""

    direction: Literal["increase", "decrease", "maintain"]
    percent: Decimal | None = None


@frozen
class PartsReached:
    """Every part of the indicator has reached a target of its own."""


Between = Within | Around | Range
"""What bounds a number on both sides: each has its lowest value and its highest."""

TargetSpec = Bound | Within | Around | Range | Change | PartsReached


@frozen
class DatedTarget(Spanned):
    """What is aimed at in one year, or in every year where none is named."""

    aim: TargetSpec
    year: Decimal | None = None


@frozen
class Band(Spanned):
    """The values that have a level: `green ≥ 99`; without a bound every other value."""

    level: Name
    bound: Bound | Between | None = None


@frozen
class Term(Spanned):
    """An indicator in a worked-out value, and its weight there."""

    name: Name
    weight: Decimal = Decimal(1)


FormulaKind = Literal["sum", "mean", "best", "worst", "share", "difference"]


@frozen
class Formula(Spanned):
    """How a value is worked out from those of other indicators."""

    kind: FormulaKind
    terms: tuple[Term, ...]


@frozen
class Point(Spanned):
    """What a level is worth."""

    level: Name
    number: Decimal


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
