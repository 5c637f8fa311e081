"""From rows of outcomes to the verdict of every goal of a plan in one period."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from graphlib import TopologicalSorter
from itertools import chain

from attrs import asdict, define, evolve, field, frozen

from goalrules.assess.appraise import (
    appraise,
    appraise_reported,
    interpretations,
    reported_name,
)
from goalrules.assess.as_member import as_decided, as_member, kind_of
from goalrules.assess.binding import BoundRows, bind
from goalrules.assess.clauses import (
    assess_statements,
    beside,
    bodies,
    class_of,
    clauses_for,
    dated,
)
from goalrules.assess.goal_cases import GoalCases
from goalrules.assess.goal_evaluation import GoalEvaluation, evaluate_goal
from goalrules.assess.goal_rule import rule_of
from goalrules.assess.goal_state import GoalState
from goalrules.assess.indicator_case import IndicatorCase, IndicatorRule, indicator_rule
from goalrules.assess.judgements import (
    DecisionIndex,
    Waived,
    bind_judgements,
    otherwise,
    over_decided,
    resting_on,
)
from goalrules.assess.projection import projected_rows
from goalrules.assess.result import AssessmentTrace, FocusArea, GoalTrace, Projection, Unjudged
from goalrules.assess.to_date import whole_year
from goalrules.core.decisions import Decided
from goalrules.core.trace import Cited, Member
from goalrules.data.judgements import JudgementRow
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.language.levels import scales_of
from goalrules.language.naming import PlanNames, goal_key, goal_naming, plan_names
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan, goals_named
from goalrules.language.statements import (
    According,
    Document,
    Focus,
    PlanHead,
    Statement,
    Validity,
)
from goalrules.language.years import in_year
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded


@frozen
class PlanAssessment:
    """What an assessment came to, what is wrong with the outcomes, and where each goal stands."""

    trace: AssessmentTrace
    diagnostics: tuple[Diagnostic, ...]
    goal_states: Mapping[str, GoalState]


def assess(
    plan: Plan,
    rows: Iterable[OutcomeRow],
    period: Period,
    rules: str,
    judgements: Sequence[JudgementRow] = (),
) -> PlanAssessment:
    """What the plan's rules come to, what was decided beside them, and what is wrong with both."""
    decisions, unfit = bind_judgements(plan, judgements)
    assessing, unbound = _begun(plan, rows, period, decisions)
    plan = assessing.plan
    goals = _with_ahead(assessing.run(), assessing, decisions)
    goals = _with_decided(goals, assessing, decisions)
    head, valid = next(iter(plan.all(PlanHead)), PlanHead("")), plan.all(Validity)
    trace = AssessmentTrace(
        plan=head.title,
        body=head.body,
        rules=rules,
        language=plan.language,
        period=period.text,
        outside_validity=bool(valid) and not any(each.holds(period.year) for each in valid),
        goals=goals,
        focus_areas=tuple(
            FocusArea(each.title, tuple(name.text for name in each.goals))
            for each in plan.all(Focus)
        ),
        interpretations=interpretations(plan.statements),
        of_indicators=interpretations(assess_statements(plan)),
    )
    diagnostics = (*unbound, *assessing.diagnostics, *unfit)
    return PlanAssessment(trace, diagnostics, assessing.goal_states)


def _begun(
    plan: Plan, rows: Iterable[OutcomeRow], period: Period, decisions: DecisionIndex
) -> tuple["_Assessing", tuple[Diagnostic, ...]]:
    """An assessment that is about to be made, and the rows that speak of nothing."""
    bound, unbound = bind(plan, rows, period)
    plan = in_year(plan, period.year)
    waived = decisions.waived(period)
    names = plan_names(plan, scales_of(plan))
    said = plan.assess.statements if plan.assess else ()
    clauses = bodies(clauses_for(said, class_of(period)))
    rule = indicator_rule(plan.assess, clauses, names.scales.own)
    return _Assessing(plan, waived.among(bound), period, names, rule, waived), unbound


def _with_ahead(
    goals: tuple[GoalTrace, ...], assessed: "_Assessing", decisions: DecisionIndex
) -> tuple[GoalTrace, ...]:
    """The goals, each with what it would come to at the end of the year, if that is forecast.

    What is wrong with the rows has been told of the period itself.
    """
    rows = projected_rows(assessed.cases.values(), assessed.bound, assessed.period)
    if not rows:
        return goals
    ahead, _ = _begun(assessed.plan, rows, whole_year(assessed.period.year), decisions)
    found = {each.id: Projection(each.verdict, each.worst, each.best) for each in ahead.run()}
    return tuple(evolve(goal, ahead=found[goal.id]) for goal in goals)


def _with_decided(
    goals: tuple[GoalTrace, ...], assessed: "_Assessing", decisions: DecisionIndex
) -> tuple[GoalTrace, ...]:
    """The goals, each with what was decided of it, and what its rule gives over what was decided.

    That is the same rule again, with each goal below as it was decided, if it was.
    """
    decided = decisions.decided(goals, assessed.period)
    if not decided:
        return goals
    above = resting_on(assessed.below(), decided)
    again = evolve(assessed, decided=decided, members={}, done={}, diagnostics=[], goal_states={})
    over = {
        each.id: over_decided(each) for each in (again.run() if above else ()) if each.id in above
    }
    return tuple(
        evolve(goal, decided=decided.get(goal.id), over_decided=over.get(goal.id)) for goal in goals
    )


@define
class _Assessing:
    """One assessment under way: every indicator, then every goal after those that it rests on."""

    plan: Plan
    bound: BoundRows
    period: Period
    names: PlanNames
    rule: IndicatorRule
    waived: Waived
    decided: Mapping[str, Decided] = field(factory=dict)
    members: dict[tuple[str, str], Member] = field(factory=dict)
    cases: dict[tuple[str, str], IndicatorCase] = field(factory=dict)
    done: dict[str, GoalTrace] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)
    goal_states: dict[str, GoalState] = field(factory=dict)

    def run(self) -> tuple[GoalTrace, ...]:
        """What the rule of every goal comes to, in the order of the file."""
        goals = {goal.id: goal for goal in self.plan.goals}
        for goal in goals.values():
            self._appraise(goal)
        below = self.below()
        for id_ in TopologicalSorter(below).static_order():
            under = [self.done[each] for each in below[id_]]
            self.done[id_] = self._judge(goals[id_], *self._said(goals[id_]), under)
        return tuple(self.done[id_] for id_ in goals)

    def below(self) -> dict[str, list[str]]:
        """The goals on which each goal rests in the period."""
        return {
            goal.id: [name.text for said in self._said(goal) for name in goals_named(said)]
            for goal in self.plan.goals
        }

    def _said(self, goal: GoalEntry) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
        """The clauses of a goal for the period, and what is said beside them."""
        class_ = class_of(self.period)
        return clauses_for(goal.statements, class_), beside(goal.statements, class_)

    def _appraise(self, goal: GoalEntry) -> None:
        """Give every indicator of a goal its level, those that others are worked out from first."""
        cases = GoalCases(goal, self.bound, self.period, self.rule, self.names)
        for case in cases.ordered():
            found, faults = appraise(case)
            self.diagnostics += faults
            self.members[goal.id, case.indicator.name] = self.waived.applied(found, case.slot)
            self.cases[goal.id, case.indicator.name] = case

    def _judge(
        self,
        goal: GoalEntry,
        clauses: tuple[Statement, ...],
        others: tuple[Statement, ...],
        below: Sequence[GoalTrace],
    ) -> GoalTrace:
        """The goal's trace; without a verdict if it, or a goal it rests on, has none."""
        homes = {entry.name: self._home(goal, entry) for entry in goal.indicators}
        members = {name: self.members[home] for name, home in homes.items()}
        groups = self._reported(goal, members)
        verdict = None
        if clauses and all(map(self._stands, below)):
            names = goal_naming(goal, self.names, groups)
            levels = self.names.goals[goal_key(goal.id)]
            rule = rule_of(self.plan, clauses, others, names, levels)
            above = {
                goal_key(each.id): as_decided(each, self.decided[each.id])
                if each.id in self.decided
                else as_member(each, self.names)
                for each in below
            }
            verdict, goal_state = evaluate_goal(rule, members | above)
            cases = {name: self.cases[home] for name, home in homes.items()}
            self.goal_states[goal.id] = evolve(goal_state, cases=cases)
        idle = {*dated(goal.statements)} - {*clauses, *others}
        statements = (goal.head, *(each for each in goal.statements if each not in idle))
        made = partial(_trace, goal, statements, tuple(members.values()), self.plan)
        waiver = self.waived.goals.get(goal.id)
        trace = evolve(made(verdict), unjudged=tuple(self._unjudged(below)) if clauses else ())
        return evolve(made(None), waiver=otherwise(waiver, trace)) if waiver else trace

    def _stands(self, goal: GoalTrace) -> bool:
        """Whether a goal can be a member of the rule of another."""
        return bool(goal.verdict or goal.waiver or goal.id in self.decided)

    def _unjudged(self, below: Sequence[GoalTrace]) -> dict[Unjudged, None]:
        """The goals without a rule for the period on which the rule of a goal rests, each once."""
        idle = [each for each in below if not self._stands(each)]
        found = (each.unjudged or (Unjudged(kind_of(each), each.id),) for each in idle)
        return dict.fromkeys(chain.from_iterable(found))

    def _home(self, goal: GoalEntry, entry: IndicatorEntry) -> tuple[str, str]:
        """The goal that an indicator belongs to, and its name there."""
        home = entry.shared.text if entry.shared else goal.id
        return home, _spelled(entry, home, self.plan)

    def _reported(self, goal: GoalEntry, members: dict[str, Member]) -> dict[str, tuple[str, ...]]:
        """Add what the data report of the goal's groups; the members of each group by its name."""
        groups: dict[str, tuple[str, ...]] = {}
        scale = self.names.scales.of(goal.goal.scale).scale
        for group in goal.groups:
            slots = self.bound.members(goal.id, group.name.text, group=True)
            for slot in slots:
                found, faults = appraise_reported(slot, self.bound.now[slot], self.period, scale)
                self.diagnostics += faults
                members[found.name] = self.waived.applied(found, slot)
            groups[group.name.text] = tuple(map(reported_name, slots))
        return groups


def _spelled(entry: IndicatorEntry, home: str, plan: Plan) -> str:
    """The name of an indicator as the goal spells it that it belongs to."""
    if entry.shared is None:
        return entry.name
    names = [each.name for goal in plan.goals if goal.id == home for each in goal.indicators]
    return next(name for name in names if folded(name) == folded(entry.name))


def _trace(
    goal: GoalEntry,
    statements: Sequence[Statement],
    members: tuple[Member, ...],
    plan: Plan,
    verdict: GoalEvaluation | None,
) -> GoalTrace:
    """What is known of a goal, with its verdict if it has one."""
    trace = GoalTrace(
        id=goal.id,
        kind=goal.goal.kind,
        title=goal.goal.title,
        area=goal.area,
        members=members,
        source=tuple(_cited(statements, plan)),
        interpretation=interpretations(statements),
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
