"""From ways over keys to ways over members, with what each of them needs."""

from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction

from attrs import evolve

from goalrules.analyse.ways import FamilyMove, MinimalSets
from goalrules.answers import result as rs
from goalrules.answers.expanded_rule import ExpandedRule, MemberRef

EXACT = Context(prec=400)
"""Precise enough for the sum of any costs that can be written."""

ToMover = Callable[[MemberRef, int], rs.Mover]
"""A member with the place that it is moved to."""


def ways_of(found: MinimalSets, expanded: ExpandedRule, moving: ToMover) -> tuple[rs.Way, ...]:
    """Ways with the members in them."""
    return tuple(
        rs.Way(
            tuple(_move(each, expanded, moving) for each in way.moves),
            way.sets,
            exact_cost(Fraction(way.cost)),
        )
        for way in found.ways
    )


def exact_cost(cost: Fraction) -> Decimal:
    """A cost as a decimal: exact, since each part of it is one."""
    return EXACT.divide(Decimal(cost.numerator), Decimal(cost.denominator))


def _move(moved: FamilyMove, expanded: ExpandedRule, moving: ToMover) -> rs.Move:
    """A move; one that ends where it begins, at the lowest place, asks for an outcome alone."""
    lowest = moved.to == 0 and not any(expanded.query.ends[key].worst for key in moved.group)
    movers = tuple(moving(expanded.refs[key], moved.to) for key in moved.group)
    if lowest:
        return rs.Move(
            moved.number, tuple(evolve(each, need=None) for each in movers), assessed=True
        )
    return rs.Move(moved.number, movers)
