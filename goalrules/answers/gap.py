"""All that is answered about one goal: what to find out, what is missing, and what can be lost."""

from goalrules.analyse.diagram import MOST_NODES, OverBudgetError
from goalrules.answers.collect import to_collect
from goalrules.answers.expanded_rule import GoalStates
from goalrules.answers.margin import margin_of
from goalrules.answers.reach import Wish, to_reach
from goalrules.answers.result import GoalGap
from goalrules.assess.result import GoalTrace


def gap_of(goal: GoalTrace, goal_states: GoalStates, wish: Wish) -> GoalGap:
    """The answers about a goal and the level that is wished for; none where it has no verdict.

    A goal that is there already has a margin, and one that is not has what is missing; one that is
    open also what to find out.
    """
    try:
        return _answered(goal, goal_states, wish)
    except OverBudgetError:
        return GoalGap(goal, limit=MOST_NODES)


def _answered(goal: GoalTrace, goal_states: GoalStates, wish: Wish) -> GoalGap:
    reach = to_reach(goal, goal_states, wish)
    if reach.state == "there":
        return GoalGap(goal, reach, margin_of(goal, goal_states, wish.place, wish.depth))
    is_of_met = goal.verdict == "open" and goal.levels[wish.place] == goal.met
    collect = to_collect(goal, goal_states) if is_of_met else None
    return GoalGap(goal, reach, collect=collect)
