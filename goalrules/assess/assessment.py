"""From rows of outcomes to the verdict of every goal of a plan in one period.

The verdicts are worked out at once, and with them what is wrong with the rows. What was found on
the way is put together when it is looked at.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

from attrs import evolve

from goalrules.assess.accounting import Accounting
from goalrules.assess.appraise import (
    appraise_reported,
    described,
    faults_of,
    interpretations,
)
from goalrules.assess.binding import BoundRows, OfYear, RowsOfYear
from goalrules.assess.clauses import assess_statements
from goalrules.assess.forecast import projected_rows
from goalrules.assess.formulas import Input
from goalrules.assess.goal_rule import GoalState
from goalrules.assess.indicator_case import (
    JUDGED_BY,
    IndicatorCase,
    IndicatorProgram,
    IndicatorRule,
)
from goalrules.assess.input_account import InputAccount
from goalrules.assess.judgements import (
    DecisionIndex,
    Waived,
    bind_judgements,
    otherwise,
    over_decided,
    resting_on,
)
from goalrules.assess.level_of import given, level_of
from goalrules.assess.plan_program import GoalProgram, PlanProgram, PlanPrograms
from goalrules.assess.result import (
    AssessmentTrace,
    ByOtherReading,
    FocusArea,
    GoalTrace,
    Projection,
    Unjudged,
)
from goalrules.assess.rule_program import Outcome, RuleProgram, as_decided, as_member, kind_of
from goalrules.assess.terms import given_terms
from goalrules.assess.to_date import has_annual, reached_month, to_date, whole_year
from goalrules.core.decisions import Decided, Waiver
from goalrules.core.scales import unknown
from goalrules.core.trace import Member, Reading, member
from goalrules.core.vocabulary import DECEMBER, Verdict
from goalrules.data.judgements import JudgementRow
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.language.naming import goal_key
from goalrules.language.plan import Home as ByFold
from goalrules.language.plan import Step, StepKind
from goalrules.language.statements import Adopted, Focus, Hidden, PlanHead, Validity
from goalrules.language.syntax import OF_JUDGED
from goalrules.limits import stepping
from goalrules.text.diagnostics import Diagnostic

CONTRADICTED = "level-contradicts-value"
"""What is no fault of a row of a year in which nothing was in force."""

Home = tuple[str, str]
"""The goal that an indicator belongs to, and its name there."""


def assess(
    programs: PlanPrograms,
    rows: RowsOfYear | Iterable[OutcomeRow],
    period: Period,
    rules: str,
    judgements: Sequence[JudgementRow] = (),
) -> "PlanAssessment":
    """What the plan's rules come to, what was decided beside them, and what is wrong with both."""
    if not isinstance(rows, RowsOfYear):
        rows = RowsOfYear(programs.binder, rows, period.year, period.last)
    rows = rows.by(period)
    decisions, unfit = bind_judgements(programs, judgements)
    waived = decisions.waived(period)
    earlier = EarlierPeriods(programs, rows, decisions)
    bound = waived.among(rows.at(period))
    assessed = Assessed(programs.of(period), bound, period, waived, earlier=earlier)
    now = (*rows.diagnostics, *assessed.diagnostics)
    diagnostics = (*now, *(each for each in earlier.diagnostics if each not in now), *unfit)
    return PlanAssessment(programs, assessed, decisions, rules, diagnostics)


class PlanAssessment:
    """What an assessment came to, and what is wrong with the outcomes and the decisions."""

    def __init__(
        self,
        programs: PlanPrograms,
        assessed: "Assessed",
        decisions: DecisionIndex,
        rules: str,
        diagnostics: tuple[Diagnostic, ...],
    ) -> None:
        self._programs, self._assessed, self._decisions = programs, assessed, decisions
        self._rules = rules
        self.diagnostics = diagnostics

    @property
    def outcomes(self) -> Mapping[str, Outcome | None]:
        """What each goal came to; None for one without a verdict. In the order of the file."""
        return {id_: self._assessed.judged(id_) for id_ in self._assessed.program.goals}

    @property
    def assessed(self) -> "Assessed":
        """The plan in the period: every indicator with its rows."""
        return self._assessed

    @property
    def goal_states(self) -> Mapping[str, GoalState]:
        """Where the members of each goal stand."""
        return self._assessed.goal_states

    @cached_property
    def goals(self) -> Mapping[str, GoalTrace]:
        """What was found of each goal."""
        return {goal.id: goal for goal in self.trace.goals}

    @cached_property
    def trace(self) -> AssessmentTrace:
        """All that was found on the way."""
        plan, period = self._assessed.program.plan, self._assessed.period
        head, valid = next(iter(plan.all(PlanHead)), PlanHead("")), plan.all(Validity)
        general = interpretations(plan.statements, plan)
        of_indicators = interpretations(assess_statements(plan), plan)
        goals = self._with_decided(self._with_ahead(self._assessed.goals))
        if plan.other_readings:
            goals = self._with_other_readings(goals, (*general, *of_indicators))
        return AssessmentTrace(
            plan=head.title,
            body=head.body,
            rules=self._rules,
            rules_sha256=plan.sha256,
            language=plan.language,
            period=period.text,
            adopted=next((each.decision for each in plan.all(Adopted)), None),
            outside_validity=bool(valid) and not any(each.holds(period.last) for each in valid),
            reaches=self._reaches(),
            goals=self._with_texts(goals) if self._assessed.bound.files else goals,
            focus_areas=tuple(
                FocusArea(each.title, tuple(name.text for name in each.goals))
                for each in plan.all(Focus)
            ),
            changed=tuple(self._programs.changes_in(period)) if self._programs.turns else (),
            interpretations=general,
            of_indicators=of_indicators,
        )

    def _reaches(self) -> str:
        """The month that outcomes reach of a year that is assessed whole, if they end earlier."""
        period = self._assessed.period
        rows = [*chain.from_iterable(self._assessed.bound.every.values())]
        reached = reached_month(rows, period.year)
        if period.kind != "year" or reached in (0, DECEMBER) or has_annual(rows, period.year):
            return ""
        month = (period.year, reached)
        return Period(month, month).text

    @cached_property
    def inputs(self) -> InputAccount:
        """What was used of the rows and their files, and what not."""
        now = self._assessed
        return Accounting(now.bound, now.cases.values(), now.period).account()

    def _with_ahead(self, goals: tuple[GoalTrace, ...]) -> tuple[GoalTrace, ...]:
        """The goals, each with what it would come to at the end of the year, if that is forecast.

        What is wrong with the rows has been told of the period itself.
        """
        now = self._assessed
        rows = projected_rows(now.cases.values(), now.bound, now.period)
        if not rows:
            return goals
        year = whole_year(now.period.year)
        bound = RowsOfYear(self._programs.binder, rows, year.year, year.last).at(year)
        waived = self._decisions.waived(year)
        program = self._programs.of(year)
        bound = waived.among(bound)
        ahead = Assessed(program, bound, year, waived, earlier=now.earlier)
        return tuple(evolve(goal, ahead=_projection(ahead.judged(goal.id))) for goal in goals)

    def _with_other_readings(
        self, goals: tuple[GoalTrace, ...], general: tuple[Reading, ...]
    ) -> tuple[GoalTrace, ...]:
        """The goals that have a verdict, each with what it comes to by the other readings.

        Each is the whole plan judged once more with what is read otherwise, on the same rows. So a
        goal that rests on others has those by it too.
        """
        now, others = self._assessed, self._programs.by_readings
        by: dict[Reading, Assessed] = {}
        for reading, (programs, _) in others.items():
            bound = evolve(now.bound, of_year=OfYear())  # targets are kept there
            program, earlier = programs.of(now.period), now.earlier and now.earlier.by(programs)
            by[reading] = Assessed(program, bound, now.period, now.waived, earlier=earlier)
        of_few = {
            goal.id
            for goal in goals
            if any(each.finding and each.finding.hidden for each in goal.members)
        }
        resting: dict[str, set[str]] = {}
        for id_ in now.program.order:
            of_goal = now.program.goals[id_]
            homes = (home for home, _ in of_goal.homes.values())
            resting[id_] = {id_, *homes}.union(*(resting[each] for each in of_goal.below))

        def told(goal: GoalTrace, reading: Reading) -> ByOtherReading:
            read, rests_on = by[reading], resting[goal.id]
            if others[reading].of_levels and rests_on & of_few:
                return ByOtherReading(reading=reading, untold="hidden")
            if any(each not in now.faults[id_] for id_ in rests_on for each in read.faults[id_]):
                return ByOtherReading(reading=reading, untold="faults")
            return _by_other_reading(reading, read.judged(goal.id))

        found: list[GoalTrace] = []
        for goal in goals:
            of_members = (each for member in goal.members for each in member.interpretations)
            readings = dict.fromkeys((*goal.interpretations, *of_members, *general))
            by_others = (told(goal, each) for each in readings if each in by and goal.verdict)
            found.append(evolve(goal, other_readings=tuple(by_others)))
        return tuple(found)

    def _with_texts(self, goals: tuple[GoalTrace, ...]) -> tuple[GoalTrace, ...]:
        """The goals, each with the rows of data that speak of it and of no indicator."""
        files = self._assessed.bound.files
        if not any(table.goals for file in files for table in file.tables):
            return goals
        index = self._programs.binder.index(self._assessed.period.last)
        return tuple(evolve(goal, texts=index.texts_of(goal.id, files)) for goal in goals)

    def _with_decided(self, goals: tuple[GoalTrace, ...]) -> tuple[GoalTrace, ...]:
        """The goals, each with what was decided of it, and what its rule gives over what was.

        That is the same rule again, with each goal below as it was decided, if it was.
        """
        now = self._assessed
        decided = self._decisions.decided(goals, now.period)
        if not decided:
            return goals
        above = resting_on({id_: each.below for id_, each in now.program.goals.items()}, decided)
        over = (
            Assessed(
                now.program,
                now.bound,
                now.period,
                now.waived,
                earlier=now.earlier,
                decided=decided,
            )
            if above
            else now
        )
        return tuple(
            evolve(
                goal,
                decided=decided.get(goal.id),
                over_decided=over_decided(over.judged(goal.id)) if goal.id in above else None,
            )
            for goal in goals
        )


def _projection(outcome: Outcome | None) -> Projection:
    if outcome is None:
        return Projection(None, None, None)
    return Projection(outcome.verdict, outcome.worst, outcome.best)


def _by_other_reading(reading: Reading, outcome: Outcome | None) -> ByOtherReading:
    if outcome is None:
        return ByOtherReading(reading=reading)
    return ByOtherReading(
        reading=reading,
        verdict=outcome.verdict,
        met=outcome.met,
        worst=outcome.worst,
        best=outcome.best,
        reasons=outcome.reasons,
    )


class Assessed:
    """A plan in a period: the level of every indicator, and what the rule of each goal comes to.

    Where goals were `decided`, those above rest on that. Where the `levels` of the indicators are
    known already, nothing is wrong with their rows. Where `only` some steps are asked for,
    no goal is judged. `faults` are those of the rows that speak of the indicators of each goal.
    """

    def __init__(  # noqa: PLR0913 - what is assessed, and what is known of it
        self,
        program: PlanProgram,
        bound: BoundRows,
        period: Period,
        waived: Waived,
        *,
        earlier: "EarlierPeriods | None" = None,
        decided: Mapping[str, Decided] | None = None,
        levels: Mapping[Home, Member] | None = None,
        only: Collection[Step] = (),
    ) -> None:
        self.program, self.bound, self.period, self.waived = program, bound, period, waived
        self.earlier = earlier
        self._decided = decided or {}
        self.diagnostics: list[Diagnostic] = []
        self.cases: dict[Home, IndicatorCase] = {}
        self._bare = {**levels} if levels else {}
        self.levels: dict[Home, Member] = {}
        self._reported_ones: dict[tuple[str, str], dict[str, Member]] = {}
        self.valued = self._appraise(program.steps_to(*only) if only else program.steps)
        if only:
            return
        self.waivers: dict[str, Waiver] = {}
        self._judging: dict[str, _Judging] = {}
        self._as_members: dict[str, Member] = {}
        for id_ in stepping(program.order):
            self._judge(program.goals[id_])

    def judged(self, id_: str) -> Outcome | None:
        """What a goal came to; None where it has no rule, or is not judged."""
        return None if id_ in self.waived.goals else self._judging[id_].outcome

    def as_member(self, id_: str) -> Member:
        """A goal as a member of the rules of others; `KeyError` where it has no verdict."""
        return self._as_members[id_]

    def _appraise(
        self, steps: Iterable[tuple[StepKind, GoalProgram, IndicatorProgram]]
    ) -> Mapping[ByFold, IndicatorCase]:
        """Give indicators their values and their levels, in the order of some steps of the plan.

        A value of levels is of its terms as they were judged; what a target is measured from is
        taken as it is by itself, since the program has all that tells of it.
        """
        values, valued = dict[ByFold, IndicatorCase](), dict[ByFold, IndicatorCase]()
        self.faults: dict[str, list[Diagnostic]] = {id_: [] for id_ in self.program.goals}
        of_goals: dict[str, _ByFold] = {id_: _ByFold({}, {}, {}) for id_ in self.program.goals}
        for what, goal, each in stepping(steps):
            cases, judged, levels = of_goals[goal.goal.id]
            if each.original:
                case, level = self._then(what, each, each.original)
                valued[each.home] = case
                if what == "value":
                    cases[each.fold] = values[each.home] = case
                    continue
                home = goal.goal.id, each.entry.name
                judged[each.fold] = self.cases[home] = case
                self._bare[home] = level
                levels[each.fold] = self.levels[home] = self.waived.applied(level, each.slot)
                continue
            if what == "value":
                of_levels = each.formula is not None and each.formula.kind in OF_JUDGED
                known, worked = judged if of_levels else cases, None
                if each.formula:
                    reported = partial(self._reported, goal)
                    given = [*given_terms(each.formula, each.terms, known, levels, reported)]
                    worked = each.work_out(each.formula, given)
                case = case_of(each, self.bound, self.period, self.program.rule, worked)
                if each.terms:
                    listed = (known[term.fold] for term in each.terms if term.fold in known)
                    case = evolve(case, terms=tuple(listed))
                cases[each.fold] = values[each.home] = valued[each.home] = case
                continue
            case, home = cases[each.fold], (goal.goal.id, each.entry.name)
            if each.others:
                case = evolve(case, others={one: values[one] for one in each.others})
            if home not in self._bare:
                self.faults[goal.goal.id] += faults_of(case)
                self._bare[home] = level_of(case)
            judged[each.fold] = self.cases[home] = valued[each.home] = case
            found = self.waived.applied(self._bare[home], each.slot)
            levels[each.fold] = self.levels[home] = found
        self.diagnostics += chain.from_iterable(self.faults.values())
        return valued

    def _then(
        self, what: StepKind, indicator: IndicatorProgram, original: ByFold
    ) -> tuple[IndicatorCase, Member]:
        """What an indicator of an earlier period was: by what was in force then, or its own target.

        The level is looked for where that is asked for. It is open where the plan does not say what
        was in force, unless the data state it.
        """
        entry, scale = indicator.entry, indicator.levels.scale
        period = self.period.years_before(int(entry.earlier.years) if entry.earlier else 0)
        found = self.earlier.at((what, original), period) if self.earlier else None
        own = any(isinstance(each.body, JUDGED_BY) for each in entry.statements)
        if found is None:  # it was no indicator then, or nothing is known of other periods
            goal = self.program.goals[original[0]]
            now = next(each for each in goal.indicators if each.fold == original[1])
            bound = evolve(self.bound, now={}, before={}, every={}, inner={}, of_year=OfYear())
            case = case_of(now, bound, period, self.program.rule)
        else:
            case = found.case
        in_force = found is not None and found.in_force
        if own or not in_force:
            bound, program = evolve(case.bound, of_year=OfYear()), case.program
            program = program.judged_by(entry.statements)
            case = evolve(case, program=program, bound=bound)
        limits = (case.few_below, indicator.few_below)
        few_below = max(filter(None, limits), default=None)
        case = evolve(case, stands_for=indicator, few_below=few_below)
        unknown_ = member("indicator", entry.name, scale, unknown(scale), "unsaid")
        if what == "value":
            return case, unknown_
        level = found.level if found and in_force and not own else level_of(case)
        if level.levels != scale.levels:
            level = unknown_
        elif level.applies and not (own or in_force or given(case)):
            level = evolve(unknown_, reason="not in force")
        return case, evolve(level, name=entry.name)

    def _judge(self, goal: GoalProgram) -> None:
        """Work out what a goal comes to; nothing if it, or one that it rests on, has no verdict."""
        id_ = goal.goal.id
        members = {name: self.levels[home] for name, home in goal.homes.items()}
        groups: dict[str, tuple[str, ...]] = {}
        for group in goal.groups:
            reported = self._reported(goal, group)
            members |= {name: evolve(each, finding=None) for name, each in reported.items()}
            groups[group] = tuple(reported)
        program, outcome = None, None
        if goal.clauses and all(each in self._as_members for each in goal.below):
            program = goal.rule(groups)
            outcome = program.outcome(members | self._above(goal))
        self._judging[id_] = _Judging(program, outcome)
        waiver = self.waived.goals.get(id_)
        if waiver:
            self.waivers[id_] = waiver = otherwise(waiver, outcome or goal.blank)
        if id_ in self._decided:
            self._as_members[id_] = as_decided(goal.blank, self._decided[id_])
        elif outcome or waiver:
            self._as_members[id_] = as_member(goal.blank, goal.levels, outcome, waiver)

    def _above(self, goal: GoalProgram) -> dict[str, Member]:
        """The goals that a goal rests on, as members of its rule by their keys."""
        return {goal_key(each): self._as_members[each] for each in goal.below}

    def _reported(self, goal: GoalProgram, group: str) -> Mapping[str, Member]:
        """What the data report of a group of a goal, by name."""
        key = goal.goal.id, group
        if key not in self._reported_ones:
            scale, counted = goal.groups[group]
            found = self._reported_ones[key] = {}
            for slot in self.bound.members(goal.goal.id, group, group=True):
                row = self.bound.now[slot]
                one, faults = appraise_reported(slot, row, self.period, scale)
                self.diagnostics += faults
                found[one.name] = self.waived.applied(evolve(one, counted=counted), slot)
        return self._reported_ones[key]

    # What was found on the way

    @property
    def goals(self) -> tuple[GoalTrace, ...]:
        """What is known of every goal, in the order of the file."""
        return tuple(self._traced[id_][0] for id_ in self.program.goals)

    @property
    def goal_states(self) -> Mapping[str, GoalState]:
        """Where the members stand of each goal that has a rule for the period."""
        return {id_: state for id_, (_, state) in self._traced.items() if state}

    @cached_property
    def _traced(self) -> Mapping[str, tuple[GoalTrace, GoalState | None]]:
        members = {
            home: self.waived.applied(
                described(self._bare[home], case, self.program.plan),
                (case.stands_for or case.program).slot,
            )
            for home, case in self.cases.items()
        }
        found: dict[str, tuple[GoalTrace, GoalState | None]] = {}
        for id_ in self.program.order:
            goal = self.program.goals[id_]
            own = {
                name: evolve(members[home], counted=name not in goal.shown)
                for name, home in goal.homes.items()
            }
            for group in goal.groups:
                own |= self._reported(goal, group)
            found[id_] = self._trace(goal, own, found)
        return found

    def _trace(
        self,
        goal: GoalProgram,
        members: dict[str, Member],
        below: Mapping[str, tuple[GoalTrace, GoalState | None]],
    ) -> tuple[GoalTrace, GoalState | None]:
        """What is known of a goal, with its members as they were found."""
        id_ = goal.goal.id
        judging, state = self._judging[id_], None
        trace = evolve(goal.blank, members=tuple(members.values()))
        if id_ not in self.waivers and goal.clauses:
            idle = [below[each][0] for each in goal.below if each not in self._as_members]
            named = (each.unjudged or (Unjudged(kind_of(each), each.id),) for each in idle)
            unjudged = tuple(dict.fromkeys(chain.from_iterable(named)))
            trace = evolve(trace, unjudged=unjudged)
        if judging.program and judging.outcome:
            everyone = members | self._above(goal)
            found, state = judging.program.trace(everyone)
            cases = {name: self.cases[home] for name, home in goal.homes.items()}
            state = evolve(state, cases=cases)
            if id_ not in self.waivers:
                trace = judging.outcome.of_goal(trace, found)
                partial = [
                    *(
                        key
                        for key, each in members.items()
                        if each.finding and each.finding.partial
                    ),
                    *(goal_key(each) for each in goal.below if below[each][0].indication),
                ]
                if partial and trace.verdict != "open":
                    told = _is_indication(judging.program, trace.verdict, everyone, partial)
                    trace = evolve(trace, indication=told)
        return evolve(trace, waiver=self.waivers.get(id_)), state


class _ByFold(NamedTuple):
    """The indicators of a goal, as far as they are worked out: their values, and as judged."""

    cases: dict[str, IndicatorCase]
    judged: dict[str, IndicatorCase]
    levels: dict[str, Member]


class Then(NamedTuple):
    """An indicator as it was in an earlier period; `in_force` is whether the plan says by what."""

    case: IndicatorCase
    level: Member
    in_force: bool


class EarlierPeriods:
    """The indicators of a plan as they were judged in earlier years, each worked out once.

    `diagnostics` are what is wrong with the rows of those years.

    What a figure was measured from then may be hidden, and what that was measured from the year
    before. That is looked through as far back as there are rows, where nothing is wrong with any
    by what is asked of those years: so it is `behind` the others, for figures that may be hidden.
    """

    def __init__(
        self,
        programs: PlanPrograms,
        rows: RowsOfYear,
        decisions: DecisionIndex,
        *,
        behind: bool = False,
    ) -> None:
        self._programs, self._rows, self._decisions = programs, rows, decisions
        self._known: dict[tuple[Step, Period], Then | None] = {}
        self.diagnostics: list[Diagnostic] = []
        self._behind = self if behind else None
        goals = programs.plan.goals
        self._may_hide = any(each.first(Hidden) for goal in goals for each in goal.indicators)

    def at(self, step: Step, period: Period) -> Then | None:
        """The value, or the level, of an indicator in a period; None where it was none then.

        No more is worked out than that rests on: an indicator may rest on itself a year before.
        """
        if (step, period) not in self._known:
            self._known[step, period] = self._find(step, period)
        return self._known[step, period]

    def by(self, programs: PlanPrograms) -> "EarlierPeriods":
        """The same rows and decisions as another plan judges them."""
        return EarlierPeriods(programs, self._rows, self._decisions)

    def _find(self, step: Step, period: Period) -> Then | None:
        program = self._programs.of(period)
        if step not in program.before:
            return None
        rows = self._rows.earlier(period.year).by(period)
        waived = self._decisions.waived(period)
        self.diagnostics += (each for each in rows.diagnostics if each not in self.diagnostics)
        bound = waived.among(rows.at(period))
        found = Assessed(program, bound, period, waived, earlier=self, only=[step])
        case = found.valued[step[1]]
        if step[0] == "value" and case.program.others and self._may_hide and rows.every:
            case = evolve(case, others=self._measured_from(case, waived))
        in_force = case.program.in_force(period.last, case.rule)
        self.diagnostics += (
            each
            for each in found.diagnostics
            if each not in self.diagnostics and (in_force or each.code != CONTRADICTED)
        )
        name = case.slot.name
        none = member("indicator", name, case.scale, unknown(case.scale), "unsaid")
        return Then(case, found.levels.get((case.slot.goal, name), none), in_force)

    def _measured_from(self, case: IndicatorCase, waived: Waived) -> Mapping[Home, IndicatorCase]:
        """What a value of then was measured from, with all years before that it comes of."""
        if self._behind is None:
            self._behind = EarlierPeriods(self._programs, self._rows, self._decisions, behind=True)
        indicator, period, behind = case.program, case.period, self._behind
        for year in range(self._rows.first_year, period.year):  # each rests on the one before
            behind.at(("value", indicator.home), period.years_before(period.year - year))
        steps: list[Step] = [("value", one) for one in indicator.others]
        program = self._programs.of(period)
        found = Assessed(program, case.bound, period, waived, earlier=behind, only=steps)
        return {one: found.valued[one] for one in indicator.others}


class _Judging(NamedTuple):
    """The rule of a goal, and what it came to; None where it has none."""

    program: RuleProgram | None
    outcome: Outcome | None


def _is_indication(
    program: RuleProgram,
    verdict: Verdict | None,
    members: Mapping[str, Member],
    partial: Iterable[str],
) -> bool:
    """Whether another verdict can be while members of another time than the period are unknown.

    `members` and those that are `partial` are by what they are called in the rule.
    """
    unknown = {
        key: evolve(each, worst=each.levels[0], best=each.levels[-1])
        for key, each in ((key, members[key]) for key in partial)
        if each.applies
    }
    return program.outcome({**members, **unknown}).verdict != verdict


# An indicator as a case


def case_of(
    indicator: IndicatorProgram,
    bound: BoundRows,
    period: Period,
    rule: IndicatorRule,
    worked: Input | None = None,
) -> IndicatorCase:
    """An indicator as a case, with its value where that is worked out from others."""
    through = None
    if not indicator.formula and indicator.calendar:
        through = to_date(bound.every.get(indicator.slot, ()), indicator.calendar, period)
    few = indicator.few_below
    return IndicatorCase(indicator, bound, period, rule, worked, through, few_below=few)
