"""What can be lost before a goal is no longer surely at a level: every minimal set of losses."""

from collections.abc import Sequence

from goalrules.analyse.changes import losses
from goalrules.answers.moves import ways_of
from goalrules.answers.needs import kept_by
from goalrules.answers.reach import is_barred
from goalrules.answers.result import Margin, Mover, Way
from goalrules.answers.stage import GOALS, Actor, Stage, Standings, stage_of
from goalrules.assess.result import GoalTrace


def margin_of(goal: GoalTrace, standings: Standings, place: int, depth: int = 1) -> Margin:
    """What can be lost before a goal that has a verdict is no longer surely at a place."""
    level = goal.levels[place]
    if is_barred(goal):
        return Margin(goal, level, "barred", depth=depth)
    if not place:
        return Margin(goal, level, "lowest", depth=depth)
    stage = stage_of(goal.id, standings, depth)
    found = losses(stage.ground, place)
    ways = ways_of(found, stage, _lowered)
    return Margin(
        goal,
        level,
        state="ways" if found else "impossible",
        ways=ways,
        sets=found.sets,
        complete=found.complete,
        tolerates=_tolerated(ways, stage) if found and found.complete else 0,
        depth=depth,
    )


def _tolerated(ways: Sequence[Way], stage: Stage) -> int:
    """How many members can fall, whichever they are; goals may fall together, so none with them."""
    rests_on_goals = any(stage.actors[key].member.kind in GOALS for key in stage.ground.members)
    return 0 if rests_on_goals else min(way.members for way in ways) - 1


def place_to_keep(goal: GoalTrace) -> int:
    """The place from which something can be lost: where it is met, else where it surely is."""
    return min(goal.levels.index(goal.met), goal.levels.index(goal.worst or ""))


def _lowered(actor: Actor, place: int) -> Mover:
    """A member that falls to a place."""
    return Mover(
        actor.goal,
        actor.member,
        actor.member.levels[place],
        need=kept_by(actor.case, actor.own, place + 1),
    )
