"""From ways over keys to ways over members, with what each of them needs."""

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve

from goalrules.analyse.ways import Moved, Ways
from goalrules.answers import result as rs
from goalrules.answers.stage import Actor, Stage

Moving = Callable[[Actor, int], rs.Mover]
"""A member with the place that it is moved to."""


def ways_of(found: Ways, stage: Stage, moving: Moving) -> tuple[rs.Way, ...]:
    """Ways with the members in them."""
    return tuple(
        rs.Way(
            tuple(_move(each, stage, moving) for each in way.moves), way.sets, Fraction(way.cost)
        )
        for way in found.ways
    )


def _move(moved: Moved, stage: Stage, moving: Moving) -> rs.Move:
    """A move; one that ends where it begins, at the lowest place, asks for an outcome alone."""
    lowest = moved.to == 0 and not any(stage.ground.ends[key].worst for key in moved.group)
    movers = tuple(moving(stage.actors[key], moved.to) for key in moved.group)
    if lowest:
        return rs.Move(
            moved.number, tuple(evolve(each, need=None) for each in movers), assessed=True
        )
    return rs.Move(moved.number, movers)
