"""The rules of a plan over every possible outcome: nothing is known of any member yet."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import evolve

from goalrules.assess.clauses import (
    assess_statements,
    beside,
    bodies,
    clauses_for,
)
from goalrules.assess.goal_rule import GoalRule, GoalState, rule_of
from goalrules.assess.indicator_case import indicator_rule
from goalrules.assess.level_of import nothing_said
from goalrules.assess.policies import apply_policies
from goalrules.core.scales import PLAN, known
from goalrules.core.trace import Member, member
from goalrules.core.vocabulary import PERIOD_CLASSES, MemberReason, PeriodClass
from goalrules.language.levels import scales_of
from goalrules.language.lower import PLAN_STATUS, TARGET, UNSAID, naming_of_facts
from goalrules.language.naming import PlanNames, goal_key, goal_naming, plan_names
from goalrules.language.plan import GoalEntry, Plan, goals_named
from goalrules.language.statements import Statement
from goalrules.lazily import frozen

STAND_INS = 3
"""The number of members that a group is taken to have which the data report."""


@frozen
class Possible:
    """The rule of one goal, or of every indicator, with each member at any level that it can have.

    `goal` is None for the rule of every indicator. `period` is the class of period that the rule
    is for, or None where it is for all. `clauses` and `others` are what the file says.
    """

    goal: GoalEntry | None
    period: PeriodClass | None
    clauses: tuple[Statement, ...]
    others: tuple[Statement, ...]
    goal_state: GoalState


def possibilities(plan: Plan) -> tuple[Possible, ...]:
    """The rules of a plan that gives verdicts, in the order of the file."""
    names = plan_names(plan, scales_of(plan))
    goals = _as_members(plan, names)
    of_indicators = (
        Possible(None, period, clauses, others, _of_facts(plan, names, clauses))
        for period, clauses, others in _by_class(assess_statements(plan))
    )
    of_goals = (each for goal in plan.goals for each in _of_goal(goal, plan, names, goals))
    return (*of_indicators, *of_goals)


SaidOfClass = tuple[PeriodClass | None, tuple[Statement, ...], tuple[Statement, ...]]
"""A class of period, or None for every one, with its clauses and what is said beside them."""


def _by_class(statements: Iterable[Statement]) -> Iterator[SaidOfClass]:
    """What is said for each class of period; once, where it is the same for all."""
    everything = list(statements)
    found: list[SaidOfClass] = [
        (class_, clauses_for(everything, class_), beside(everything, class_))
        for class_ in PERIOD_CLASSES
    ]
    if all(each[1:] == found[0][1:] for each in found):
        found = [(None, *found[0][1:])]
    yield from (each for each in found if each[1])


def _as_members(plan: Plan, names: PlanNames) -> Mapping[str, Member]:
    """Every goal of a plan as a member of the rules of others, by key."""
    keyed = ((goal_key(each.id), each) for each in plan.goals)
    return {
        key: member(each.goal.kind, each.id, names.goals[key].scale, known(0))
        for key, each in keyed
    }


def _of_goal(
    goal: GoalEntry, plan: Plan, names: PlanNames, goals: Mapping[str, Member]
) -> Iterator[Possible]:
    groups = {
        group.name: tuple(f"{group.name}/{n}" for n in range(1, STAND_INS + 1))
        for group in goal.reported
    }
    naming = goal_naming(goal, names, groups)
    for period, clauses, others in _by_class(goal.statements):
        rule = rule_of(plan, clauses, others, naming, names.goals[goal_key(goal.id)])
        keys = dict.fromkeys(
            [*naming.own, *(key for each in naming.groups for key in groups[each])]
        )
        named = (goal_key(name.text) for name in goals_named((*clauses, *others)))
        below = {key: goals[key] for key in named}
        own = {key: member("indicator", key, naming.levels(key).scale, known(0)) for key in keys}
        taken = apply_policies(own | below, rule.policies, rule.names)  # calls no reserves in
        anything = {key: _unknown(each) for key, each in taken.items()}
        members = {**anything, UNSAID: nothing_said(rule.level_rule.scale)}
        yield Possible(goal, period, clauses, others, GoalState(rule, members, anything))


def without(goal_state: GoalState, keys: Collection[str]) -> GoalState:
    """A rule over every possible outcome in which some indicators do not apply.

    The policies of the file say what is done with those; the others are at any of their levels.
    """
    apart: dict[str, Member] = {}
    for key, each in goal_state.own.items():
        reason: MemberReason = "not applicable" if key in keys else ""
        worst = each.levels[0]
        apart[key] = evolve(
            each, worst=worst, best=worst, applies=key not in keys, policy="", reason=reason
        )
    taken = apply_policies(apart, goal_state.rule.policies, goal_state.rule.names)
    settled = {key for key, each in taken.items() if each.policy == "counts as"}
    found = {key: each if key in settled else _unknown(each) for key, each in taken.items()}
    members = {**goal_state.members, **found}
    return evolve(goal_state, members=members, own=found, settled=settled)


def _unknown(each: Member) -> Member:
    return evolve(each, best=each.levels[-1]) if each.applies else each


def unsaid_rule(plan: Plan) -> Possible:
    """The rule by which every indicator gets its level where the file does not say."""
    names = plan_names(plan, scales_of(plan))
    return Possible(None, None, (), (), _of_facts(plan, names, ()))


def _of_facts(plan: Plan, names: PlanNames, clauses: tuple[Statement, ...]) -> GoalState:
    """The rule of some clauses on how far a target is reached, and how far a plan has come."""
    own = indicator_rule(plan, bodies(clauses), names.scales.own)
    facts = naming_of_facts(bodies(clauses))
    members: Mapping[str, Member] = {
        TARGET: _unknown(member("target", TARGET, own.target, known(0))),
        PLAN_STATUS: _unknown(member("plan", PLAN_STATUS, PLAN, known(0))),
        UNSAID: nothing_said(own.level_rule.scale),
    }
    return GoalState(GoalRule(own.level_rule, facts), members, members)
