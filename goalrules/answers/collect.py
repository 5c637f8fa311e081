"""What to find out before a goal can be decided, and what would follow from it."""

from collections.abc import Iterator

from attrs import evolve

from goalrules.analyse.collecting import OpenMember, undecided
from goalrules.analyse.diagram import OverBudgetError
from goalrules.answers.expanded_rule import ExpandedRule, GoalStates, expand_rule
from goalrules.answers.reach import UNKNOWABLE, is_barred
from goalrules.answers.result import CollectAnswer, Unknown
from goalrules.assess.result import Fork, GoalTrace
from goalrules.core.trace import LevelTest, Member

BARRING = ("quorum", "too few remain")
"""The reasons for which there is no verdict before more is known."""


def to_collect(goal: GoalTrace, goal_states: GoalStates) -> CollectAnswer:
    """What to find out before a goal that has a verdict can be decided, the first thing first."""
    expanded = expand_rule(goal.id, goal_states)
    blank = CollectAnswer(goal, "there")
    if is_barred(goal):
        return evolve(
            blank, state="barred", required=tuple(_required(goal, expanded)), least=_least(goal)
        )
    meets = expanded.query.level_rule.meets
    if goal.verdict != "open" or meets is None:
        return blank
    found = undecided(meets, expanded.query.ends, expanded.query.unsaid)
    if found is None:
        raise OverBudgetError
    ranked = (_unknown(each, expanded) for each in found.ranked())
    unknowns = tuple(each for each in ranked if each.member.reason not in UNKNOWABLE)
    return evolve(blank, state="ways" if unknowns else "impossible", unknowns=unknowns)


def _required(goal: GoalTrace, expanded: ExpandedRule) -> Iterator[Member]:
    """The members that are to be assessed before there is a verdict."""
    names = {name for each in goal.reasons if each.code in BARRING for name in each.members}
    for ref in expanded.refs.values():
        if ref.own.name in names and ref.own.applies and not ref.own.decided:
            yield ref.own


def _least(goal: GoalTrace) -> int:
    """How many of them at least, where one count alone is short of them."""
    step, *others = [each for each in goal.gates if not each.low]
    is_count = not others and all(isinstance(each, LevelTest) for each in step.children)
    return step.need - step.got[0] if is_count and set(step.weights) <= {1} else 0


def _unknown(each: OpenMember, expanded: ExpandedRule) -> Unknown:
    member = expanded.refs[each.member].member
    forks = tuple(Fork(member.levels[fork.place], fork.verdict) for fork in each.forks)
    return Unknown(member, forks, each.settles, each.influence)
