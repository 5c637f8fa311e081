"""The influence of every member of every goal of a plan, from the rules alone."""

from collections.abc import Collection

from attrs import evolve

from goalrules.analyse.bdd_queries import count_cases, joint_influences, restrict
from goalrules.analyse.compiled_rules import compile_rules
from goalrules.analyse.diagram import FALSE, MOST_STEPS, OverBudgetError
from goalrules.analyse.pseudo_boolean import Variable
from goalrules.answers.influence_result import (
    GoalInfluence,
    InfluenceReport,
    MemberInfluence,
)
from goalrules.assess.joint import MembersTogether
from goalrules.assess.possible import Possible, possibilities
from goalrules.frozen import FrozenMap
from goalrules.language.lower import UNSAID
from goalrules.language.plan import GoalEntry, Plan, called_goals
from goalrules.language.statements import PlanHead
from goalrules.language.years import Regime


def report_of(rules: Regime, file: str, goals: Collection[str]) -> InfluenceReport:
    """The influence of the members of some goals, or of all if none are named."""
    plan = rules.plan
    head = next(iter(plan.all(PlanHead)), PlanHead(""))
    found = tuple(each for each in influence_of(plan) if not goals or each.id in goals)
    called = FrozenMap(called_goals(plan))
    return InfluenceReport(head.title, file, plan.language, found, rules.told, plan.sha256, called)


def influence_of(plan: Plan) -> tuple[GoalInfluence, ...]:
    """The influence of the members of each goal, for each class of period that it has a rule of."""
    found: dict[str, list[GoalInfluence]] = {goal.id: [] for goal in plan.goals}
    together = MembersTogether(plan)
    for possible, goal in ((each, each.goal) for each in possibilities(plan)):
        if goal:
            found[goal.id].append(_of_rule(possible, goal, together))
    return tuple(each for goal in plan.goals for each in found[goal.id] or [_blank(goal)])


def _blank(goal: GoalEntry) -> GoalInfluence:
    """What is known of a goal without its rule."""
    return GoalInfluence(goal.id, goal.goal.kind, goal.goal.title)


def _of_rule(possible: Possible, goal: GoalEntry, together: MembersTogether) -> GoalInfluence:
    level_rule = possible.goal_state.rule.level_rule
    named = evolve(
        _blank(goal),
        period=possible.period or "",
        levels=level_rule.scale.levels,
        met_from=level_rule.scale.levels[level_rule.met],
        stand_ins=possible.goal_state.rule.names.groups,
    )
    try:
        return _counted(named, possible, goal, together)
    except OverBudgetError:
        return evolve(named, limit=MOST_STEPS)


def _counted(
    named: GoalInfluence, possible: Possible, goal: GoalEntry, together: MembersTogether
) -> GoalInfluence:
    """The influence of all members that count and apply, also those the rule does not ask for."""
    query, own = possible.goal_state.query, possible.goal_state.members
    members = {key: each for key, each in own.items() if each.applies and key != UNSAID}
    variables = [Variable(key, len(each.levels) - 1) for key, each in members.items()]
    is_met = query.surely_reaches(query.level_rule.met, variables)
    joined = together.of(goal, possible.period)
    compiled = compile_rules((), [is_met], variables, together=joined)
    order, (met,) = compiled.order, compiled.conditions
    titles = {entry.name: entry.indicator.title for entry in goal.indicators}
    found: dict[str, MemberInfluence] = {}
    counted = joint_influences(order.diagrams, met, compiled.always)
    for index, (deciding, others) in enumerate(counted):
        variable = order.variables[index]
        member, states = members[variable.member], range(variable.size)
        needed = next((n for n in states if restrict(order.diagrams, met, index, n) != FALSE), 0)
        found[variable.member] = MemberInfluence(
            name=member.name,
            kind=member.kind,
            title=titles.get(variable.member, ""),
            levels=member.levels,
            deciding=deciding,
            others=others,
            needed=member.levels[needed] if needed else "",
        )
    return evolve(
        named,
        cases=count_cases(order.diagrams, compiled.always),
        met=count_cases(order.diagrams, met),
        members=tuple(found[key] for key in members),
        joined=tuple(name for each in joined if not each.exact for name in each.members),
    )
