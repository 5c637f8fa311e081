"""What two rule files say differently of how a whole goal is counted: told without any claim."""

from collections.abc import Iterator

from goalrules.compare.result import FactChange
from goalrules.language.levels import LevelScale, levels_of_goal, scales_of
from goalrules.language.plan import GoalEntry, Plan
from goalrules.language.statements import MetFrom, Overall, Points, ScaleHead

Of = tuple[GoalEntry, Plan]
"""A goal and the plan that it stands in."""


def facts_of_goals(old: Of, new: Of) -> Iterator[FactChange]:
    """What levels are worth and read as, from which it counts as met, when it is judged whole."""
    points = _points(*old), _points(*new)
    if [frozenset(each.points) for each in points[0]] != [
        frozenset(each.points) for each in points[1]
    ]:
        yield FactChange("goal-points", *points)
    levels = _levels(*old), _levels(*new)
    met = tuple(each.scale.levels[each.met] for each in levels)
    said = any(goal.first(MetFrom) for goal, _ in (old, new))
    if said and met[0] != met[1]:
        yield FactChange("met-from", met[:1], met[1:])
    if levels[0].scale == levels[1].scale and levels[0].read_as != levels[1].read_as:
        yield FactChange("read-as", _heads(*old), _heads(*new))
    judged = _judged(*old), _judged(*new)
    if [set(each.periods) for each in judged[0]] != [set(each.periods) for each in judged[1]]:
        yield FactChange("judged", *judged)


def _points(goal: GoalEntry, plan: Plan) -> tuple[Points, ...]:
    """What each level is worth to the members: what the goal says of it, or else the plan."""
    own = goal.first(Points)
    return (own,) if own else tuple(plan.all(Points))


def _judged(goal: GoalEntry, plan: Plan) -> tuple[Overall, ...]:
    """When the goal may be judged as a whole: what it says itself, or else the plan."""
    own = goal.first(Overall)
    return (own,) if own else tuple(plan.all(Overall))


def _levels(goal: GoalEntry, plan: Plan) -> LevelScale:
    return levels_of_goal(goal, scales_of(plan))


def _heads(goal: GoalEntry, plan: Plan) -> tuple[ScaleHead, ...]:
    """What the plan says of the goal's scale."""
    own = goal.goal.scale and goal.goal.scale.text
    return tuple(each for each in plan.all(ScaleHead) if (each.name and each.name.text) == own)
