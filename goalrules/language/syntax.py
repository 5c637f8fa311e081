"""Conditions and targets as values: what was written, not yet what it means.

Places are kept and never compared.
"""

from decimal import Decimal
from typing import Literal

from attrs import field, frozen
from attrs.converters import optional

from goalrules.text.source import NOWHERE, Span


@frozen
class Placed:
    """Something that stands at a place in its file."""

    span: Span = field(default=NOWHERE, eq=False, kw_only=True)


@frozen
class Name(Placed):
    """The name of a goal, an indicator, a group or a document, or the word for a level."""

    text: str


QuantityKind = Literal["number", "percent", "majority", "half", "all", "any", "none", "at most"]


@frozen
class Quantity(Placed):
    """How many: `3`, `60 %`, `majority`, `half`, `all`, `any`, `no`, `at most 1`."""

    kind: QuantityKind
    number: Decimal = field(default=Decimal(0), converter=Decimal)


@frozen
class Scope(Placed):
    """Among whom: members and groups by name, or goals; all of the goal's where none is named.

    `size` is how many they are, where the rule says so (the 5 of `3 of 5`).
    """

    names: tuple[Name, ...] = ()
    goals: bool = False
    size: Decimal | None = field(default=None, converter=optional(Decimal))


@frozen
class Met(Placed):
    """The goal is met, whatever its level is called."""


@frozen
class Level:
    """This level or a better one (or a worse one, after `no` and `at most`)."""

    name: Name


Predicate = Level | Met


@frozen
class Included(Placed):
    """Members that have to be among those counted: all of them, or at least so many."""

    names: tuple[Name, ...]
    need: Decimal | None = field(default=None, converter=optional(Decimal))


@frozen
class Rest(Placed):
    """The floor that every member must reach, whichever of them are counted."""

    level: Name


@frozen
class Count(Placed):
    """So many of some members at a level: `3 of 5 green including budget, rest ≥ yellow`."""

    quantity: Quantity
    scope: Scope
    predicate: Predicate
    including: tuple[Included, ...] = ()
    rest: tuple[Rest, ...] = ()


@frozen
class Single(Placed):
    """One named member, or goal, at a level: `tillsyn green, rest ≥ yellow`, `goal 2 met`."""

    member: Name
    predicate: Predicate
    goal: bool = False
    rest: tuple[Rest, ...] = ()


FactName = Literal["target reached", "plan followed", "efforts begun", "efforts planned"]


@frozen
class Fact(Placed):
    """Something that is so, or not, for one indicator."""

    name: FactName


@frozen
class Joined(Placed):
    """Conditions that must all hold (`and`), or of which one must (`or`)."""

    word: Literal["and", "or"]
    parts: tuple["Condition", ...]


Condition = Count | Single | Fact | Joined


@frozen
class Bound:
    """At least, or at most, a number."""

    side: Literal["at least", "at most"]
    number: Decimal


@frozen
class Within:
    """No further from nought than a number, either way."""

    number: Decimal


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


Aim = Bound | Within | Range | Change | PartsReached


@frozen
class DatedAim(Placed):
    """What is aimed at in one year, or in every year where none is named."""

    aim: Aim
    year: Decimal | None = None
