"""From rows of outcomes to the verdict of every goal of a plan in one period."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import cast

from attrs import asdict, define, evolve, field

from goalrules.assess.appraise import (
    appraise,
    appraise_reported,
    interpretations,
    reported_name,
)
from goalrules.assess.binding import Bound, bind
from goalrules.assess.case import Case, IndicatorRule, indicator_rule
from goalrules.assess.judging import Verdict, give_verdict
from goalrules.assess.result import AssessmentTrace, FocusArea, GoalTrace
from goalrules.core.scales import COLOURS
from goalrules.core.trace import Cited, Member
from goalrules.data.outcome import Row
from goalrules.data.period import Period
from goalrules.language.check_clauses import CLAUSES
from goalrules.language.lower import lower_clauses
from goalrules.language.naming import GoalLevels, goal_key, goal_levels, goal_naming
from goalrules.language.plan import GoalEntry, Plan, goals_named
from goalrules.language.statements import (
    According,
    Clause,
    Document,
    Focus,
    PeriodClass,
    PlanHead,
    Statement,
    Validity,
)
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded

CLASSES: Mapping[str, PeriodClass] = {"month": "monthly", "year": "annual"}
"""The class of a period by its kind; every other kind is interim."""


def assess(
    plan: Plan, rows: Iterable[Row], period: Period, rules: str
) -> tuple[AssessmentTrace, tuple[Diagnostic, ...]]:
    """What the plan's rules come to on the outcomes, and what is wrong with those."""
    bound, unbound = bind(plan, rows, period)
    rule = _indicator_rule(plan, period)
    assessing = _Assessing(plan, bound, period, goal_levels(plan), rule)
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
    return trace, (*unbound, *assessing.diagnostics)


def clauses_for(statements: Iterable[Statement], period: Period) -> tuple[Statement, ...]:
    """The clauses for a period: those of its class, else those that name no class."""
    clauses = [each for each in statements if isinstance(each.body, CLAUSES)]
    class_ = CLASSES.get(period.kind, "interim")
    own = tuple(each for each in clauses if cast(Clause, each.body).period == class_)
    return own or tuple(each for each in clauses if cast(Clause, each.body).period is None)


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
    """One assessment under way: every goal after those that it rests on."""

    plan: Plan
    bound: Bound
    period: Period
    levels: Mapping[str, GoalLevels]
    rule: IndicatorRule
    done: dict[str, GoalTrace] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)

    def run(self) -> tuple[GoalTrace, ...]:
        """What the rule of every goal comes to, in the order of the file."""
        goals = {goal.id: goal for goal in self.plan.goals}
        clauses = {id_: clauses_for(goal.statements, self.period) for id_, goal in goals.items()}
        below = {id_: [name.text for name in goals_named(each)] for id_, each in clauses.items()}
        for id_ in TopologicalSorter(below).static_order():
            under = [self.done[each] for each in below[id_]]
            self.done[id_] = self._judge(goals[id_], clauses[id_], under)
        return tuple(self.done[id_] for id_ in goals)

    def _judge(
        self, goal: GoalEntry, clauses: tuple[Statement, ...], below: Sequence[GoalTrace]
    ) -> GoalTrace:
        """The goal's trace; without a verdict if it, or a goal it rests on, has none."""
        members = dict(self._indicators(goal))
        groups = self._reported(goal, members)
        verdict = None
        if clauses and all(each.verdict for each in below):
            names = goal_naming(goal, self.levels, groups)
            levels = names.levels(goal_key(goal.id))
            judged = lower_clauses(bodies(clauses), names, levels.scale, levels.met)
            above = {goal_key(each.id): _as_member(each) for each in below}
            verdict = give_verdict(judged, members | above)
        return _trace(goal, clauses, tuple(members.values()), verdict, self.plan)

    def _indicators(self, goal: GoalEntry) -> Iterator[tuple[str, Member]]:
        for indicator in goal.indicators:
            case = Case(goal.id, indicator, self.bound, self.period, self.rule)
            found, faults = appraise(case)
            self.diagnostics += faults
            yield indicator.name, found

    def _reported(self, goal: GoalEntry, members: dict[str, Member]) -> dict[str, tuple[str, ...]]:
        """Add what the data report of the goal's groups; the members of each group by its name."""
        groups: dict[str, tuple[str, ...]] = {}
        for group in goal.groups:
            slots = self.bound.members(goal.id, group.name.text, group=True)
            for slot in slots:
                found, faults = appraise_reported(slot, self.bound.now[slot], self.period)
                self.diagnostics += faults
                members[found.name] = found
            groups[group.name.text] = tuple(map(reported_name, slots))
        return groups


def _indicator_rule(plan: Plan, period: Period) -> IndicatorRule:
    """The rule by which every indicator gets its level in a period."""
    assess = plan.assess
    return indicator_rule(assess, bodies(clauses_for(assess.statements, period)) if assess else ())


def _as_member(goal: GoalTrace) -> Member:
    """A goal as a member of the rule of another."""
    worst, best = goal.worst or COLOURS.levels[0], goal.best or COLOURS.levels[-1]
    undecided = "open" if goal.verdict == "open" else "unsaid"
    reason = "" if worst == best else undecided
    return Member(goal.kind, goal.id, goal.title, COLOURS.levels, worst, best, reason=reason)


def _trace(
    goal: GoalEntry,
    clauses: Sequence[Statement],
    members: tuple[Member, ...],
    verdict: Verdict | None,
    plan: Plan,
) -> GoalTrace:
    statements = (goal.head, *clauses)
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
