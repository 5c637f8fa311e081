"""From ways over keys to ways over members, with what each of them needs."""

from collections.abc import Callable
from fractions import Fraction

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
    actors = [stage.actors[key] for key in moved.group]
    starts = (stage.ground.ends[key].worst for key in moved.group)
    return rs.Move(
        moved.number,
        tuple(moving(actor, moved.to) for actor in actors),
        assessed=all(start == moved.to for start in starts),
    )
