"""From rows of outcomes to the verdict of every goal of a plan in one period."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import cast

from attrs import asdict, define, evolve, field, frozen

from goalrules.assess.appraise import (
    appraise,
    appraise_reported,
    interpretations,
    reported_name,
)
from goalrules.assess.binding import Bound, bind
from goalrules.assess.case import IndicatorRule, indicator_rule
from goalrules.assess.goal_cases import GoalCases
from goalrules.assess.goal_rule import goal_rule
from goalrules.assess.grounds import Standing
from goalrules.assess.judging import Verdict, give_verdict
from goalrules.assess.result import AssessmentTrace, FocusArea, GoalTrace
from goalrules.core.trace import Cited, Member
from goalrules.data.outcome import Row
from goalrules.data.period import Period
from goalrules.language.check_clauses import CLAUSES
from goalrules.language.levels import scales_of
from goalrules.language.naming import PlanNames, goal_key, goal_naming, plan_names
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan, goals_named
from goalrules.language.statements import (
    According,
    Clause,
    Document,
    Focus,
    Limit,
    PeriodClass,
    PlanHead,
    Policy,
    Remark,
    Requires,
    Statement,
    Validity,
)
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded

CLASSES: Mapping[str, PeriodClass] = {"month": "monthly", "year": "annual"}
"""The class of a period by its kind; every other kind is interim."""


@frozen
class Assessed:
    """What an assessment came to, what is wrong with the outcomes, and where each goal stands."""

    trace: AssessmentTrace
    diagnostics: tuple[Diagnostic, ...]
    standings: Mapping[str, Standing]


def assess(plan: Plan, rows: Iterable[Row], period: Period, rules: str) -> Assessed:
    """What the plan's rules come to on the outcomes, and what is wrong with those."""
    bound, unbound = bind(plan, rows, period)
    names = plan_names(plan, scales_of(plan))
    rule = _indicator_rule(plan, period, names)
    assessing = _Assessing(plan, bound, period, names, rule)
    goals = assessing.run()
    head = next(iter(plan.all(PlanHead)), PlanHead(""))
    trace = AssessmentTrace(
        plan=head.title,
        body=head.body,
        rules=rules,
        language=plan.language,
        period=period.text,
        outside_validity=not _valid(plan, period),
        goals=goals,
        focus_areas=tuple(
            FocusArea(each.title, tuple(name.text for name in each.goals))
            for each in plan.all(Focus)
        ),
        interpretations=interpretations(plan.statements),
        of_indicators=interpretations(_assess_statements(plan)),
    )
    return Assessed(trace, (*unbound, *assessing.diagnostics), assessing.standings)


def clauses_for(statements: Iterable[Statement], period: Period) -> tuple[Statement, ...]:
    """The clauses for a period: those of its class, else those that name no class."""
    return _of_period([each for each in statements if isinstance(each.body, CLAUSES)], period)


def _of_period(statements: Sequence[Statement], period: Period) -> tuple[Statement, ...]:
    class_ = CLASSES.get(period.kind, "interim")
    dated = [(cast(Clause | Limit, each.body).period, each) for each in statements]
    own = tuple(each for said, each in dated if said == class_)
    return own or tuple(each for said, each in dated if said is None)


def _dated(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements that hold for a class of period."""
    return (each for each in statements if isinstance(each.body, (*CLAUSES, Limit)))


def beside(statements: Iterable[Statement], period: Period) -> tuple[Statement, ...]:
    """What is said of a goal beside its clauses, for a period."""
    everything = list(statements)
    limits = [
        limit
        for kind in ("cap", "floor")
        for limit in _of_period([each for each in everything if _is_limit(each, kind)], period)
    ]
    others = (Policy, Requires, Remark)
    return (*limits, *(each for each in everything if isinstance(each.body, others)))


def _is_limit(statement: Statement, kind: str) -> bool:
    return isinstance(statement.body, Limit) and statement.body.kind == kind


def bodies(statements: Iterable[Statement]) -> tuple[Clause, ...]:
    """What some clauses say."""
    return tuple(each.body for each in statements if isinstance(each.body, CLAUSES))


def _assess_statements(plan: Plan) -> tuple[Statement, ...]:
    return (plan.assess.head, *plan.assess.statements) if plan.assess else ()


def _valid(plan: Plan, period: Period) -> bool:
    valid = plan.all(Validity)
    return not valid or any(each.first <= period.year <= each.last for each in valid)


@define
class _Assessing:
    """One assessment under way: every indicator, then every goal after those that it rests on."""

    plan: Plan
    bound: Bound
    period: Period
    names: PlanNames
    rule: IndicatorRule
    members: dict[tuple[str, str], Member] = field(factory=dict)
    done: dict[str, GoalTrace] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)
    standings: dict[str, Standing] = field(factory=dict)

    def run(self) -> tuple[GoalTrace, ...]:
        """What the rule of every goal comes to, in the order of the file."""
        goals = {goal.id: goal for goal in self.plan.goals}
        for goal in goals.values():
            self._appraise(goal)
        clauses = {id_: clauses_for(goal.statements, self.period) for id_, goal in goals.items()}
        others = {id_: beside(goal.statements, self.period) for id_, goal in goals.items()}
        below = {
            id_: [name.text for name in goals_named((*clauses[id_], *others[id_]))] for id_ in goals
        }
        for id_ in TopologicalSorter(below).static_order():
            under = [self.done[each] for each in below[id_]]
            self.done[id_] = self._judge(goals[id_], clauses[id_], others[id_], under)
        return tuple(self.done[id_] for id_ in goals)

    def _appraise(self, goal: GoalEntry) -> None:
        """Give every indicator of a goal its level, those that others are worked out from first."""
        cases = GoalCases(goal, self.bound, self.period, self.rule, self.names)
        for case in cases.ordered():
            found, faults = appraise(case)
            self.diagnostics += faults
            self.members[goal.id, case.indicator.name] = found

    def _judge(
        self,
        goal: GoalEntry,
        clauses: tuple[Statement, ...],
        others: tuple[Statement, ...],
        below: Sequence[GoalTrace],
    ) -> GoalTrace:
        """The goal's trace; without a verdict if it, or a goal it rests on, has none."""
        members = {entry.name: self._member(goal, entry) for entry in goal.indicators}
        groups = self._reported(goal, members)
        verdict = None
        if clauses and all(each.verdict for each in below):
            names = goal_naming(goal, self.names, groups)
            said = (*(each.body for each in others), *self._of_plan(others))
            rule = goal_rule(bodies(clauses), said, names, self.names.goals[goal_key(goal.id)])
            above = {goal_key(each.id): _as_member(each, self.names) for each in below}
            verdict, self.standings[goal.id] = give_verdict(rule, members | above)
        idle = {*_dated(goal.statements)} - {*clauses, *others}
        statements = (goal.head, *(each for each in goal.statements if each not in idle))
        return _trace(goal, statements, tuple(members.values()), verdict, self.plan)

    def _member(self, goal: GoalEntry, entry: IndicatorEntry) -> Member:
        home = entry.shared.text if entry.shared else goal.id
        return self.members[home, _spelled(entry, home, self.plan)]

    def _of_plan(self, others: Iterable[Statement]) -> list[Policy]:
        """The plan's policies for which the goal has none of its own."""
        own = {each.body.of for each in others if isinstance(each.body, Policy)}
        return [each for each in self.plan.all(Policy) if each.of not in own]

    def _reported(self, goal: GoalEntry, members: dict[str, Member]) -> dict[str, tuple[str, ...]]:
        """Add what the data report of the goal's groups; the members of each group by its name."""
        groups: dict[str, tuple[str, ...]] = {}
        scale = self.names.scales.of(goal.goal.scale).scale
        for group in goal.groups:
            slots = self.bound.members(goal.id, group.name.text, group=True)
            for slot in slots:
                found, faults = appraise_reported(slot, self.bound.now[slot], self.period, scale)
                self.diagnostics += faults
                members[found.name] = found
            groups[group.name.text] = tuple(map(reported_name, slots))
        return groups


def _spelled(entry: IndicatorEntry, home: str, plan: Plan) -> str:
    """The name of an indicator as the goal spells it that it belongs to."""
    if entry.shared is None:
        return entry.name
    names = [each.name for goal in plan.goals if goal.id == home for each in goal.indicators]
    return next(name for name in names if folded(name) == folded(entry.name))


def _indicator_rule(plan: Plan, period: Period, names: PlanNames) -> IndicatorRule:
    """The rule by which every indicator gets its level in a period."""
    assess = plan.assess
    clauses = bodies(clauses_for(assess.statements, period)) if assess else ()
    return indicator_rule(assess, clauses, names.scales.own)


def _as_member(goal: GoalTrace, names: PlanNames) -> Member:
    """A goal as a member of the rule of another."""
    levels = names.goals[goal_key(goal.id)].scale.levels
    worst, best = goal.worst or levels[0], goal.best or levels[-1]
    barred = any(each.code in ("quorum", "too few remain") for each in goal.reasons)
    undecided = "quorum" if barred else ("open" if goal.verdict == "open" else "unsaid")
    reason = "" if worst == best else undecided
    return Member(goal.kind, goal.id, goal.title, levels, worst, best, reason=reason)


def _trace(
    goal: GoalEntry,
    statements: Sequence[Statement],
    members: tuple[Member, ...],
    verdict: Verdict | None,
    plan: Plan,
) -> GoalTrace:
    """What is known of a goal, with its verdict if it has one."""
    trace = GoalTrace(
        id=goal.id,
        kind=goal.goal.kind,
        title=goal.goal.title,
        area=goal.area,
        members=members,
        sources=tuple(_cited(statements, plan)),
        interpretations=interpretations(statements),
        span=goal.head.span,
        followed_up=goal.followed_up_only,
    )
    return evolve(trace, **asdict(verdict, recurse=False)) if verdict else trace


def _cited(statements: Iterable[Statement], plan: Plan) -> Iterator[Cited]:
    titles = {folded(each.name.text): each.title for each in plan.all(Document)}
    for statement in statements:
        for note in statement.notes:
            if isinstance(note, According):
                yield Cited(titles[folded(note.document.text)], note.part, note.number)
