"""The lint of a plan: the checks in their order, tried on each rule over every outcome."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Final, Literal

from attrs import evolve

from goalrules.analyse.diagram import MOST_STEPS, MOST_VARIABLES, OverBudgetError
from goalrules.assess.clauses import assess_statements
from goalrules.assess.joint import MembersTogether
from goalrules.assess.possible import possibilities
from goalrules.core.vocabulary import PeriodClass
from goalrules.frozen import FrozenMap
from goalrules.language.levels import scales_of
from goalrules.language.naming import plan_names
from goalrules.language.plan import GoalEntry, Plan, called_goals, said_of_goal
from goalrules.language.statements import Interpretation, Statement
from goalrules.language.years import Years, joined, regimes, years_of_plan
from goalrules.lazily import frozen
from goalrules.lint import (
    adding_up_unsaid,
    clause_without_effect,
    counted_twice,
    goal_always_met,
    goal_never_met,
    goals_in_conflict,
    level_never_reached,
    member_without_influence,
    open_both_ways,
    overlapping_levels,
    part_without_effect,
    percent_left_out,
    same_count,
    share_as_percent,
    uncovered_outcomes,
    weight_without_effect,
)
from goalrules.lint.linted_rule import LintedRule
from goalrules.lint.plan_rules import PlanRules
from goalrules.lint.refused import REFUSED
from goalrules.lint.result import Finding, FindingCode, LintReport
from goalrules.text.diagnostics import DiagnosticFact
from goalrules.text.source import Source

TOO_LARGE: Final = "too-large-to-check"


@frozen
class OfRule:
    """A check of one rule: in how many of the classes of period it is in it has to be true."""

    code: FindingCode
    find: Callable[[LintedRule], Iterator[Finding]]
    in_classes: Literal["any", "all"] = "any"


@frozen
class OfPlan:
    """A check of one rule among all those of the plan."""

    code: FindingCode
    find: Callable[[PlanRules, LintedRule], Iterator[Finding]]


OF_RULES = (
    OfRule(goal_never_met.CODE, goal_never_met.find),
    OfRule(goal_always_met.CODE, goal_always_met.find),
    OfRule(level_never_reached.CODE, level_never_reached.find),
    OfRule(clause_without_effect.CODE, clause_without_effect.find, "all"),
    OfRule(part_without_effect.CODE, part_without_effect.find, "all"),
    OfRule(uncovered_outcomes.CODE, uncovered_outcomes.find),
    OfRule(overlapping_levels.CODE, overlapping_levels.find),
    OfRule(weight_without_effect.CODE, weight_without_effect.find, "all"),
    OfRule(member_without_influence.CODE, member_without_influence.find, "all"),
    OfRule(same_count.CODE, same_count.find, "all"),
    OfRule(open_both_ways.CODE, open_both_ways.find),
    OfRule(percent_left_out.CODE, percent_left_out.find),
    OfRule(share_as_percent.CODE, share_as_percent.find),
    OfRule(adding_up_unsaid.CODE, adding_up_unsaid.find),
)
"""The checks of a rule in their order, each with a page in `grammar/checks/`."""

OF_PLANS = (
    OfPlan(goals_in_conflict.CODE, goals_in_conflict.find),
    OfPlan(counted_twice.CODE, counted_twice.find),
)
"""The checks across the goals of a plan, likewise, which come after those."""

CODES = (*(each.code for each in (*OF_RULES, *OF_PLANS)), TOO_LARGE)
"""The codes of findings in a file that can be read."""

ALL_CODES = (*CODES, *REFUSED)
"""These, and those that are told when a file is read, each of which has a page too."""

Tried = Mapping[tuple[GoalEntry, PeriodClass | None], int]
"""The number of possible outcomes of each rule of a goal that was tried."""


def lint_plan(source: Source, plan: Plan, goals: Collection[str] = ()) -> LintReport:
    """What is wrong with the rules of a plan that can be read, over every possible outcome.

    Of some goals, if any are named. What is found in several years is told once.
    """
    own_years = years_of_plan(plan)
    found: list[tuple[Years, list[Finding]]] = []
    tried: dict[tuple[GoalEntry, PeriodClass | None], int] = {}
    for regime in regimes(plan):
        findings, cases = _of_regime(source, regime.plan, goals)
        tried |= cases
        # Of the targets of several years each is found with the rules of its own year.
        years = [int(str(each.facts.get("year") or regime.years.first)) for each in findings]
        own = [
            each
            for each, year in zip(findings, years, strict=True)
            if year in regime.years or year not in own_years
        ]
        found.append((regime.years, own))
    called = FrozenMap(called_goals(plan))
    told = sorted(_once(found), key=lambda each: (each.span.line, each.span.column))
    return LintReport(
        source.name,
        plan.language,
        tuple(evolve(each, called=called) for each in told),
        len({goal.id for goal, _ in tried}),
        sum(tried.values()),
        plan.sha256,
    )


def _once(found: Sequence[tuple[Years, Iterable[Finding]]]) -> Iterator[Finding]:
    """What is found over the years, each once; with the years, where it is not found in all."""
    findings = [(each, years) for years, own in found for each in own]
    while findings:
        first = findings[0][0]
        years = dict.fromkeys(when for each, when in findings if each == first)
        told = tuple(map(str, joined(years))) if len(years) < len(found) else ()
        yield evolve(first, years=told)
        findings = [pair for pair in findings if pair[0] != first]


def _of_regime(
    source: Source, plan: Plan, goals: Collection[str]
) -> tuple[tuple[Finding, ...], Tried]:
    """What is wrong with the rules of a plan as it is in some years, and what was tried of them."""
    names, together = plan_names(plan, scales_of(plan)), MembersTogether(plan)
    plan_rules = PlanRules(
        plan,
        tuple(LintedRule(plan, names, each, together_in=together) for each in possibilities(plan)),
    )
    findings = [
        finding
        for _, rules in groupby(plan_rules.rules, key=lambda each: each.goal)
        for finding in _of_goal(tuple(rules), plan_rules)
    ]
    meant = [each for each in findings if not goals or each.goal in goals]
    too_large = {each.goal for each in findings if each.code == TOO_LARGE}
    asked_for = set(goals) or {each.goal for each in plan_rules.of_goals}
    return (
        tuple(_with_text(each, source, plan) for each in meant),
        {
            (goal, each.possible.period): each.cases
            for each in plan_rules.of_goals
            if (goal := each.possible.goal) and each.goal in asked_for - too_large
        },
    )


def _of_goal(rules: Sequence[LintedRule], plan_rules: PlanRules) -> Iterator[Finding]:
    """What is found in the rules of one goal, and which checks of it would take too long."""
    across = (OfRule(each.code, partial(each.find, plan_rules)) for each in OF_PLANS)
    too_long: list[str] = []
    for check in (*OF_RULES, *across):
        try:
            yield from _of_check(check, rules)
        except OverBudgetError:
            too_long.append(check.code)
    if too_long:
        facts: dict[str, DiagnosticFact] = {
            "most": MOST_STEPS,
            "members": MOST_VARIABLES,
            "checks": tuple(too_long),
        }
        first = rules[0]
        yield Finding(TOO_LARGE, "fault", first.goal, first.kind, (first.start,), facts)


def _of_check(check: OfRule, rules: Sequence[LintedRule]) -> Iterator[Finding]:
    """What one check finds, in one class of period or in all of them."""
    found: dict[tuple[object, ...], dict[PeriodClass | None, Finding]] = {}
    for linted in rules:
        linted.budget.take()
        for each in check.find(linted):
            key = (each.code, each.about, *sorted(each.facts.items(), key=lambda fact: fact[0]))
            found.setdefault(key, {})[linted.possible.period] = each
    for same in found.values():
        first = next(iter(same.values()))
        # The rules that say what the finding is about; all, where it is in what none of them says.
        concerned = [
            rule for rule in rules if any(said.span.holds(first.span) for said in rule.said)
        ]
        if check.in_classes == "any" or len(same) == len(concerned or rules):
            periods = tuple(period for period in same if period)
            yield evolve(first, periods=() if len(same) == len(rules) else periods)


def _with_text(finding: Finding, source: Source, plan: Plan) -> Finding:
    """The finding with the line that it stands in, and what the file says beside it."""
    own = [each for each in plan.goals if each.id == finding.goal]
    taken = [
        statement.taken_at
        for statement in (each for goal in own for each in said_of_goal(goal))
        if statement.taken_at and statement.span.holds(finding.span)
    ]
    texts = [
        " ".join(note.texts)
        for statement in _statements(plan, finding.goal)
        if any(statement.span.holds(each) for each in finding.about)
        for note in statement.notes
        if isinstance(note, Interpretation) and finding.code != TOO_LARGE
    ]
    return evolve(
        finding,
        source_line=source.line(finding.span.line),
        interpretations=tuple(dict.fromkeys(texts)),
        taken_at=next(iter(taken), None),
    )


def _statements(plan: Plan, goal: str) -> Iterator[Statement]:
    """What the file says of indicators and goals; what others than a goal take over left out."""
    yield from assess_statements(plan)
    for each in plan.goals:
        said = said_of_goal(each)
        yield from (one for one in said if each.id == goal or one.taken_at is None)
