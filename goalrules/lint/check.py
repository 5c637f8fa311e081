"""Everything that is wrong with the rules of a plan, over every possible outcome."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from math import prod

from attrs import evolve, frozen

from goalrules.analyse.diagram import MOST_NODES, OverBudgetError
from goalrules.analyse.space import MOST_VARIABLES
from goalrules.assess.clauses import assess_statements
from goalrules.assess.possible import possibilities
from goalrules.language.levels import scales_of
from goalrules.language.naming import plan_names
from goalrules.language.plan import GoalEntry, Plan
from goalrules.language.statements import Interpretation, PeriodClass, Statement
from goalrules.language.years import Years, joined, regimes, years_of_plan
from goalrules.lint.registry import OF_PLANS, OF_RULES, TOO_LARGE, OfRule
from goalrules.lint.result import Finding, LintReport, inside
from goalrules.lint.subject import Subject
from goalrules.lint.whole import PlanRules
from goalrules.text.diagnostics import DiagnosticFact
from goalrules.text.source import Source


def check_plan(source: Source, plan: Plan, goals: Collection[str] = ()) -> LintReport:
    """What is wrong with the rules of a plan that can be read; of some goals, if any are named."""
    spans, own = regimes(plan), years_of_plan(plan)
    found = [_check_year(source, each.plan, goals) for each in spans]
    in_years = zip((each.years for each in spans), found, strict=True)
    findings = _once([(each, _of_years(one.findings, each, own)) for each, one in in_years])
    tried = {each: cases for one in found for each, cases in one.tried.items()}
    return LintReport(
        source.name,
        plan.language,
        tuple(sorted(findings, key=lambda each: (each.span.line, each.span.column))),
        len({goal.id for goal, _ in tried}),
        sum(tried.values()),
    )


@frozen
class _InYear:
    """What is found in a plan as it is in a year, and the possible outcomes of the rules tried."""

    findings: tuple[Finding, ...]
    tried: Mapping[tuple[GoalEntry, PeriodClass | None], int]


def _of_years(findings: Iterable[Finding], years: Years, own: Years) -> list[Finding]:
    """Those of some findings that are not of a target of another year of the plan."""
    targets = [(each, int(str(each.facts.get("year") or years.first))) for each in findings]
    return [each for each, year in targets if year in years or year not in own]


def _once(found: Sequence[tuple[Years, Iterable[Finding]]]) -> Iterator[Finding]:
    """What is found over the years, each once; with the years, where it is not found in all."""
    findings = [(each, years) for years, own in found for each in own]
    while findings:
        first = findings[0][0]
        years = dict.fromkeys(when for each, when in findings if each == first)
        told = tuple(map(str, joined(years))) if len(years) < len(found) else ()
        yield evolve(first, years=told)
        findings = [pair for pair in findings if pair[0] != first]


def _check_year(source: Source, plan: Plan, goals: Collection[str]) -> _InYear:
    """What is wrong with the rules of a plan as it is in a year."""
    names = plan_names(plan, scales_of(plan))
    subjects = tuple(Subject(plan, names, each) for each in possibilities(plan))
    whole = PlanRules(plan, subjects)
    findings = [each for rules in _by_goal(subjects) for each in _of_goal(rules, whole)]
    meant = [each for each in findings if not goals or each.goal in goals]
    told = tuple(_told(each, source, plan) for each in meant)
    too_large = {each.goal for each in findings if each.code == TOO_LARGE}
    asked_for = set(goals) or {each.goal for each in whole.of_goals}
    tried = [each for each in whole.of_goals if each.goal in asked_for - too_large]
    rules = [(each.possible.goal, each) for each in tried]
    return _InYear(
        told, {(goal, each.possible.period): _cases(each) for goal, each in rules if goal}
    )


def _by_goal(subjects: Iterable[Subject]) -> Iterator[tuple[Subject, ...]]:
    for _, rules in groupby(subjects, key=lambda each: each.goal):
        yield tuple(rules)


def _cases(subject: Subject) -> int:
    """The number of possible outcomes of a rule."""
    query = subject.query
    return prod(query.tops[name] + 1 for name in query.members)


def _of_goal(rules: Sequence[Subject], whole: PlanRules) -> Iterator[Finding]:
    """What is found in the rules of one goal, and which checks of it would take too long."""
    too_long: list[str] = []
    for of_rule in OF_RULES:
        try:
            yield from _of_check(of_rule, rules)
        except OverBudgetError:
            too_long.append(of_rule.code)
    for of_plan in OF_PLANS:
        try:
            yield from _of_check(OfRule(of_plan.code, partial(of_plan.find, whole)), rules)
        except OverBudgetError:
            too_long.append(of_plan.code)
    if too_long:
        yield _too_large(rules[0], too_long)


def _of_check(check: OfRule, rules: Sequence[Subject]) -> Iterator[Finding]:
    """What one check finds, in one class of period or in all of them."""
    found: dict[tuple[object, ...], dict[str | None, Finding]] = {}
    for subject in rules:
        subject.steps.take()
        for each in check.find(subject):
            key = (each.code, each.about, *sorted(each.facts.items(), key=lambda fact: fact[0]))
            found.setdefault(key, {})[subject.possible.period] = each
    for same in found.values():
        first = next(iter(same.values()))
        concerned = [each for each in rules if _concerns(each, first, rules)]
        if check.in_classes == "any" or len(same) == len(concerned):
            periods = tuple(period for period in same if period)
            yield evolve(first, periods=() if len(same) == len(rules) else periods)


def _concerns(subject: Subject, finding: Finding, rules: Iterable[Subject]) -> bool:
    """Whether the place of a finding is in what is said for a class; or in nothing that is."""
    within = [each for each in rules if any(inside(finding.span, said.span) for said in each.said)]
    return subject in within or not within


def _too_large(subject: Subject, checks: Sequence[str]) -> Finding:
    """That some checks of a rule would take too long; nothing is guessed instead."""
    facts: dict[str, DiagnosticFact] = {
        "most": MOST_NODES,
        "members": MOST_VARIABLES,
        "checks": tuple(checks),
    }
    return Finding(TOO_LARGE, "fault", subject.goal, subject.kind, (subject.start,), facts)


def _told(finding: Finding, source: Source, plan: Plan) -> Finding:
    """The finding with the line that it stands in, and what the file says beside it."""
    noted = [each for each in _statements(plan) if _is_about(finding, each)]
    texts = [
        " ".join(note.texts)
        for each in noted
        for note in each.notes
        if isinstance(note, Interpretation) and finding.code != TOO_LARGE
    ]
    return evolve(
        finding,
        source_line=source.line(finding.span.line),
        interpretations=tuple(dict.fromkeys(texts)),
    )


def _is_about(finding: Finding, statement: Statement) -> bool:
    return any(inside(each, statement.span) for each in finding.about)


def _statements(plan: Plan) -> Iterator[Statement]:
    yield from assess_statements(plan)
    for goal in plan.goals:
        yield from (goal.head, *goal.statements)
        for entry in goal.indicators:
            yield from (entry.head, *entry.statements)
