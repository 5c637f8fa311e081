"""What can be lost before a goal is no longer surely at a level: every minimal set of losses."""

from collections.abc import Sequence

from goalrules.analyse.changes import losses
from goalrules.answers.expanded_rule import GOALS, ExpandedRule, GoalStates, MemberRef, expand_rule
from goalrules.answers.moves import ways_of
from goalrules.answers.needs import kept_by
from goalrules.answers.reach import is_barred
from goalrules.answers.result import MarginAnswer, Mover, Way, mover
from goalrules.assess.result import GoalTrace


def margin_of(goal: GoalTrace, goal_states: GoalStates, place: int, depth: int = 1) -> MarginAnswer:
    """What can be lost before a goal that has a verdict is no longer surely at a place."""
    level = goal.levels[place]
    if is_barred(goal):
        return MarginAnswer(goal, level, "barred", depth=depth)
    if not place:
        return MarginAnswer(goal, level, "lowest", depth=depth)
    expanded = expand_rule(goal.id, goal_states, depth)
    found = losses(expanded.query, place)
    ways = ways_of(found, expanded, _lowered)
    return MarginAnswer(
        goal,
        level,
        state="ways" if found else "impossible",
        ways=ways,
        sets=found.sets,
        complete=found.complete,
        tolerates=_tolerated(ways, expanded) if found and found.complete else 0,
        depth=depth,
    )


def _tolerated(ways: Sequence[Way], expanded: ExpandedRule) -> int:
    """How many members can fall, whichever they are; goals may fall together, so none with them."""
    rests_on_goals = any(expanded.refs[key].member.kind in GOALS for key in expanded.query.members)
    return 0 if rests_on_goals else min(way.members for way in ways) - 1


def place_to_keep(goal: GoalTrace) -> int:
    """The place from which something can be lost: where it is met, else where it surely is."""
    return min(goal.levels.index(goal.met), goal.levels.index(goal.worst or ""))


def _lowered(ref: MemberRef, place: int) -> Mover:
    """A member that falls to a place."""
    need = kept_by(ref.case, ref.own, place + 1)
    return mover(ref.goal, ref.member, ref.member.levels[place], need)
