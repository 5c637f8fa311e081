"""What can be lost before a goal is no longer surely at a level: every minimal set of losses."""

from goalrules.analyse.changes import losses
from goalrules.answers.moves import ways_of
from goalrules.answers.needs import kept_by
from goalrules.answers.reach import is_barred
from goalrules.answers.result import Margin, Mover
from goalrules.answers.stage import Actor, Standings, stage_of
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
        tolerates=min(way.members for way in ways) - 1 if found and found.complete else 0,
        depth=depth,
    )


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
