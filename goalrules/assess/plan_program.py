"""A plan made ready for assessments: what is the same in all of them, worked out once.

A plan is another in each span of its years in which nothing of it changes, and its goals have
other clauses in each class of period. So there is a program for each of these that is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from graphlib import TopologicalSorter
from typing import NamedTuple

from attrs import evolve

from goalrules.assess.appraise import as_reading, interpretations
from goalrules.assess.binding import RowBinder
from goalrules.assess.clauses import beside, bodies, class_of, clauses_for
from goalrules.assess.clauses import dated as of_class
from goalrules.assess.formulas import terms_of
from goalrules.assess.goal_rule import goal_rule, rule_of
from goalrules.assess.indicator_case import IndicatorProgram, indicator_rule
from goalrules.assess.result import NO_WORDS, GoalTrace, RuleChange
from goalrules.assess.rule_program import RuleProgram
from goalrules.core.trace import Cited, Decision, Reading
from goalrules.core.vocabulary import JANUARY, Month, PeriodClass
from goalrules.data.period import Period
from goalrules.frozen import FrozenMap
from goalrules.language.levels import Grid, grid_of, scales_of
from goalrules.language.naming import (
    PlanNames,
    goal_key,
    goal_naming,
    indicator_levels,
    levels_of_group,
    plan_names,
    units_naming,
)
from goalrules.language.other_readings import by_other_reading, gives_levels
from goalrules.language.plan import (
    GoalEntry,
    Home,
    IndicatorEntry,
    Plan,
    Step,
    StepKind,
    compared_with,
    goals_named,
    homes_of,
    known_before,
    rests_on,
    together_of,
)
from goalrules.language.statements import (
    According,
    Document,
    ShownOnly,
    Statement,
    Together,
    VerdictWords,
    WorkedOut,
)
from goalrules.language.years import Years, dated, years_of
from goalrules.limits import stepping
from goalrules.text.names import folded

Groups = Mapping[str, tuple[str, ...]]
"""The members of each group that the data report, by the group's name."""

MOST_GROUPS = 64
"""The sets of reported members for which the rule of a goal is kept."""


class PlanPrograms:
    """The programs of a plan, each made when it is first asked for; and what rows can speak of."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.binder = plan, RowBinder(plan)
        self._made: dict[tuple[Years, PeriodClass], PlanProgram] = {}
        starts = (each.years.start for each in self.binder.regimes)
        self.turns = frozenset(each for each in starts if each[1] != JANUARY)
        """The months within a year in which the plan changes, or begins."""

    def __reduce__(self) -> tuple[type["PlanPrograms"], tuple[Plan]]:
        return PlanPrograms, (self.plan,)

    def of(self, period: Period) -> "PlanProgram":
        """The plan as it is at the end of a period, with the clauses for its class."""
        regime, class_ = self.binder.regime(period.last), class_of(period)
        found = self._made.get((regime.years, class_))
        if found is None:
            found = PlanProgram(regime.plan, class_)
            self._made[regime.years, class_] = found
        return found

    @cached_property
    def by_readings(self) -> Mapping[Reading, "ReadOtherwise"]:
        """The plan by each other reading that an interpretation in it states."""
        return {
            as_reading(note, self.plan): ReadOtherwise(
                PlanPrograms(by_other_reading(self.plan, note)), gives_levels(note, self.plan)
            )
            for note in self.plan.other_readings
        }

    def changes_in(self, period: Period) -> Iterator[RuleChange]:
        """What of the plan changes after the first day of a year and within a period, each once."""
        told: dict[tuple[str, str, Month], Decision | None] = {}
        turns = self.turns.intersection(period.months)
        for each in dated(self.plan) if turns else ():
            years = years_of(each.statement)
            for when in turns.intersection((years.start, years.after)):
                notes = each.statement.notes if when == years.start else ()
                decided = (note.decision for note in notes if isinstance(note, According))
                key = each.goal, each.indicator, when
                told[key] = next(filter(None, decided), None) or told.get(key)
        for (goal, indicator, when), decision in told.items():
            yield RuleChange(goal, indicator, Period(when, when).text, decision)


class ReadOtherwise(NamedTuple):
    """A plan by another reading, and whether that gives indicators their levels in another way."""

    programs: PlanPrograms
    of_levels: bool


class PlanProgram:
    """A plan in a span of its years and a class of period.

    `goals` are in the order of the file, `order` has each after those that it rests on.
    """

    def __init__(self, plan: Plan, class_: PeriodClass) -> None:
        self.plan = plan
        self.names = plan_names(plan, scales_of(plan))
        said = plan.assess.statements if plan.assess else ()
        clauses = bodies(clauses_for(said, class_))
        self.rule = indicator_rule(plan, clauses, self.names.scales.own)
        self.goals = {
            each.id: GoalProgram(each, plan, self.names, class_) for each in stepping(plan.goals)
        }
        below = {id_: each.below for id_, each in self.goals.items()}
        self.order = tuple(TopologicalSorter(below).static_order())
        made = {each.home: each for goal in self.goals.values() for each in goal.indicators}
        for each in made.values():
            for home in (*each.others, *each.number_terms):
                made[home].asked = True
        self.before = {
            step: own for goal in self.goals.values() for step, own in goal.before.items()
        }
        self.steps = tuple(
            (what, self.goals[home[0]], made[home])
            for what, home in TopologicalSorter(self.before).static_order()
        )
        """The values and the levels of all indicators, as each can be worked out."""

    def steps_to(self, *wanted: Step) -> Iterator[tuple[StepKind, "GoalProgram", IndicatorProgram]]:
        """Those of its steps that some rest on, and these, each after those that it takes."""
        known, left = {*wanted}, [*wanted]
        while left:
            new = {*self.before[left.pop()]} - known
            known |= new
            left += new
        return (each for each in self.steps if (each[0], each[2].home) in known)


class GoalProgram:
    """A goal in a class of period: what of it is the same whatever the data say.

    `below` are the goals that its rule rests on; `homes` the goal that each of its indicators
    belongs to, and its name there; `blank` is what is known of the goal without any data.
    """

    def __init__(self, goal: GoalEntry, plan: Plan, names: PlanNames, class_: PeriodClass) -> None:
        self.goal, self._plan, self._names, self._class = goal, plan, names, class_
        self.clauses = clauses_for(goal.statements, class_)
        self._others = beside(goal.statements, class_)
        said = (*self.clauses, *self._others)
        self.below = tuple(dict.fromkeys(name.text for name in goals_named(said)))
        self.homes = {entry.name: _home(goal, entry, plan) for entry in goal.indicators}
        self.shown = {entry.name for entry in goal.indicators if entry.first(ShownOnly)}
        """Those of its indicators that do not count in it."""
        others = rests_on(goal, plan)
        self.before = known_before(goal, plan, others)
        self.indicators = tuple(_programs(goal, plan, names, others))
        self.groups = {
            each.name: (levels_of_group(each, goal, names).scale, not each.shown_only)
            for each in goal.reported
        }
        """The scale of the members of each group that the data fill in, and whether they count."""
        self.levels = names.goals[goal_key(goal.id)].scale.levels
        self._said = said
        self._rules: dict[tuple[tuple[str, tuple[str, ...]], ...], RuleProgram] = {}

    def rule(self, groups: Groups) -> RuleProgram:
        """The goal's rule, with the members of its groups that the data report."""
        key = tuple(groups.items())
        found = self._rules.get(key)
        if found is None:
            if len(self._rules) >= MOST_GROUPS:
                self._rules.clear()
            naming = goal_naming(self.goal, self._names, groups)
            levels = self._names.goals[goal_key(self.goal.id)]
            rule = rule_of(self._plan, self.clauses, self._others, naming, levels)
            found = self._rules[key] = RuleProgram(rule)
        return found

    def over_units(self, units: Iterable[str]) -> tuple[GoalTrace, RuleProgram] | None:
        """What is known of the goal in some units together without data, and the rule over them.

        None where the file has no such rule for the period.
        """
        said = together_of(self.goal)
        clauses = clauses_for(said, self._class)
        if not clauses:
            return None
        others = beside(said, self._class)
        names = units_naming(self.goal, self._names, units)
        levels = self._names.goals[goal_key(self.goal.id)]
        rule = goal_rule(bodies(clauses), [each.body for each in others], names, levels)
        heard = (self.goal.head, *clauses, *others)
        known = evolve(
            self.blank,
            sources=tuple(_cited(heard, self._plan)),
            interpretations=interpretations(heard, self._plan),
        )
        return known, RuleProgram(rule)

    @cached_property
    def blank(self) -> GoalTrace:
        """What is known of the goal without any data."""
        idle = {*of_class(self.goal.statements)} - {*self._said}
        own = (each for each in self.goal.statements if each not in idle)
        said = (each for each in own if not isinstance(each.body, Together))
        statements = (self.goal.head, *said)
        worded = self.goal.first(VerdictWords) or next(iter(self._plan.all(VerdictWords)), None)
        words = {each.level.text: each.text for each in worded.words} if worded else {}
        found = tuple(words.get(level, "") for level in self.levels)
        return GoalTrace(
            id=self.goal.id,
            kind=self.goal.goal.kind,
            title=self.goal.goal.title,
            short=self.goal.goal.short,
            verdict_words=found if any(found) else (),
            called=called_below(self.goal, self._plan) if self._plan.calls_goals else NO_WORDS,
            area=self.goal.area,
            sources=tuple(_cited(statements, self._plan)),
            interpretations=interpretations(statements, self._plan),
            span=self.goal.head.span,
            followed_up=self.goal.followed_up_only,
        )


def called_below(goal: GoalEntry, plan: Plan) -> FrozenMap[str, str]:
    """What a goal and all those that its rules rest on are called by the file's own words."""
    entries = {each.id: each for each in plan.goals}
    found, left = {goal.id: goal.called}, [goal]
    while left:
        for name in goals_named(left.pop().statements):
            if name.text not in found:
                found[name.text] = entries[name.text].called
                left.append(entries[name.text])
    return FrozenMap({id_: called for id_, called in found.items() if called})


def _home(goal: GoalEntry, entry: IndicatorEntry, plan: Plan) -> tuple[str, str]:
    """The goal that an indicator belongs to, and its name as that goal spells it."""
    if entry.shared is None:
        return goal.id, entry.name
    home = entry.shared.text
    names = [each.name for goal in plan.goals if goal.id == home for each in goal.indicators]
    return home, next(name for name in names if folded(name) == folded(entry.name))


def _programs(
    goal: GoalEntry, plan: Plan, names: PlanNames, others: Mapping[str, tuple[Home, ...]]
) -> Iterator[IndicatorProgram]:
    """The goal's own indicators, each with what it is worked out and measured from."""
    naming = goal_naming(goal, names)
    looked_up = any(each.earlier or compared_with(each) for each in goal.indicators)
    homes = homes_of(goal, plan) if looked_up else {}
    for each in goal.indicators:
        if not each.shared:
            fold, worked_out = folded(each.name), each.first(WorkedOut)
            terms = (*terms_of(worked_out.formula, goal, naming),) if worked_out else ()
            compared = {one: homes[one][0] for one in compared_with(each)}
            levels = indicator_levels(each, goal, names)
            grid: Grid = ()
            if worked_out and worked_out.formula.kind == "table":
                rows, columns = (naming.levels(term.name).scale for term in terms)
                grid = grid_of(worked_out.formula, rows, columns, levels.scale)
            named = goal.original(each) if each.earlier else None
            original = homes[folded(named.name)] if named else None
            yield IndicatorProgram(
                goal.id, each, levels, terms, others[fold], compared, grid, original
            )


def _cited(statements: Iterable[Statement], plan: Plan) -> Iterator[Cited]:
    titles = {folded(each.name.text): each.title for each in plan.all(Document)}
    for statement in statements:
        for note in statement.notes:
            if isinstance(note, According) and note.decision:
                yield Cited(note.decision.cited)
            elif isinstance(note, According):
                title = titles[folded(note.document.text)]
                yield Cited(title, note.part, note.number, note.page, note.words)
