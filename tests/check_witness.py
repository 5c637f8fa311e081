"""What a finding claims, held against the public face: each case is assessed as it stands.

The rules are varied as the finding says: without what it stands at, with the weight 1, with another
quantity, or without the clauses above a level. A goal that is a member of the one that is judged
is given as a goal of one indicator, whose level it takes.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import evolve
from check_plans import LEVEL, alone, changed

import goalrules
from goalrules.language.levels import scales_of
from goalrules.language.plan import Plan
from goalrules.language.statements import PeriodClass
from goalrules.language.years import in_year, read_years
from goalrules.lint.result import Example, ExampleMember, ExampleOutcome, Finding

PERIODS: Mapping[PeriodClass, str] = {
    "annual": "{0}", "interim": "T1 {0}", "monthly": "{0}-01",
}  # fmt: skip
VALUES = {"reached": Decimal(100), "not reached": Decimal(0)}
OF_MANY = ("counted-twice", "goals-in-conflict")
"""The findings whose cases are of the whole plan."""


def failures(rules: goalrules.RuleSet, finding: Finding) -> list[str]:
    """Where the cases of a finding do not come to what is claimed, in every class it is true in."""
    year = read_years(finding.years[0]).first if finding.years else None
    rules = evolve(rules, plan=in_year(rules._plan, year))  # noqa: SLF001 - varied as no file could
    classes = [each for each in PERIODS if not finding.periods or each in finding.periods]
    assert finding.witness or finding.code == "too-large-to-check"
    return [
        f"{finding.code} {period}: {case} is {found}"
        for period in classes
        for case in finding.witness
        for found in _unlike(rules, finding, case, period)
    ]


def _unlike(
    rules: goalrules.RuleSet, finding: Finding, case: Example, period: PeriodClass
) -> Iterator[object]:
    if finding.code == "open-both-ways":
        yield from _worked_out(rules, case, period)
        return
    when = PERIODS[period].format(finding.facts.get("year") or "2025")
    plan = rules._plan  # noqa: SLF001 - varied below as no file could say it
    if finding.code not in OF_MANY:
        plan = alone(plan, finding.goal, period)
    for outcomes, varied in ((case.outcomes, plan), (case.changed, changed(plan, finding))):
        for outcome in outcomes:
            found = assessed(rules, varied, case, outcome, when)
            if found is not None and not _is_as_claimed(found, outcome):
                yield found


def _is_as_claimed(found: goalrules.GoalResult, claimed: ExampleOutcome) -> bool:
    """Whether a goal came to a verdict, and to levels no further apart than is claimed."""
    levels = found.trace.levels
    ends = [levels.index(each) for each in (found.worst or "", found.best or "")]
    bounds = [levels.index(each) for each in (claimed.worst, claimed.best)]
    exact = claimed.verdict == "open" or bounds[0] == bounds[1]
    within = ends == bounds if exact else bounds[0] <= ends[0] <= ends[1] <= bounds[1]
    open_below = claimed.verdict == "not met" and ends[1] <= bounds[1]
    return found.verdict == claimed.verdict and (within or open_below)


def assessed(
    rules: goalrules.RuleSet, plan: Plan, case: Example, outcome: ExampleOutcome, when: str
) -> goalrules.GoalResult | None:
    """What the goal of an outcome comes to in a case; None where it has no rule in the period."""
    goal = outcome.goal or LEVEL
    by_value = any(each.value is not None for each in case.members)
    given = {**dict(_rest(plan, best=by_value)), **dict(_given(plan, case.members))}
    found = evolve(rules, plan=plan).assess(given, when)[goal]
    return found if found.verdict else None


def _rest(plan: Plan, *, best: bool) -> Iterator[tuple[str, Any]]:
    """Every indicator at its worst, or its best."""
    scales = scales_of(plan)
    for goal in plan.goals:
        for entry in goal.indicators:
            if not entry.shared and goal.id != LEVEL:
                own = scales.of(entry.indicator.scale, scales.of(goal.goal.scale)).scale
                yield f"{goal.id}/{entry.name}", own.levels[-1 if best else 0]


def _given(plan: Plan, members: tuple[ExampleMember, ...]) -> Iterator[tuple[str, Any]]:
    facts: dict[str, str] = {
        each.kind: each.level for each in members if each.kind in ("target", "plan")
    }
    if facts:
        yield f"{LEVEL}/{LEVEL}", dict(_facts(facts))
    for each in members:
        if each.kind in ("goal", "contribution"):
            yield f"{each.member}/{LEVEL}", each.level
        elif each.value is not None:
            yield f"{each.goal}/{each.member}", {"value": each.value, "plan": "followed"}
        elif each.kind not in facts:
            home = _home(plan, each.goal, each.member)
            yield f"{home}/{each.member}", each.level


def _facts(facts: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    target = facts.get("target", "not reached")
    share = target.removesuffix(" %")
    yield "value", VALUES[target] if target in VALUES else Decimal(share)
    yield "plan", facts.get("plan", "not begun")


def _home(plan: Plan, goal: str, member: str) -> str:
    entries = next((each.indicators for each in plan.goals if each.id == goal), ())
    shared = (each.shared for each in entries if each.name == member)
    home = next(shared, None)
    return home.text if home else goal


def _worked_out(rules: goalrules.RuleSet, case: Example, period: PeriodClass) -> Iterator[object]:
    """The values of members that do not come to what is claimed, given those of the others."""
    given = {
        f"{each.goal}/{each.member}": each.value
        for each in case.members
        if each.kind == "indicator"
    }
    found = rules.assess(given, PERIODS[period].format("2025"))
    for each in case.members:
        trace = found[each.goal].trace.members
        finding = next(member.finding for member in trace if member.name == each.member)
        if finding is None or finding.value != each.value:
            yield each
