"""What a finding claims, held against the public face: each case is assessed as it stands.

The rules are varied as the finding says: without what it stands at, with the weight 1, with another
quantity, or without the clauses above a level. A goal that is a member of the one that is judged
is given as a goal of one indicator, whose level it takes.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import evolve

import goalrules
from goalrules.assess.clauses import beside, clauses_for
from goalrules.core.vocabulary import PeriodClass
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.levels import LevelScale, levels_of_goal, scales_of
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan
from goalrules.language.years import in_year, read_years
from goalrules.lint.result import Example, ExampleMember, ExampleOutcome, Finding
from goalrules.text.diagnostics import WordRef
from goalrules.text.source import Span

# Plans as no file says them: one goal alone, or with the change that a finding speaks of


WITHOUT_CASE = (
    "too-large-to-check", "percent-left-out", "share-as-percent", "adding-up-unsaid"
)  # fmt: skip
"""The findings that no case of members shows."""

LEVEL = "level-of-it"
"""The one indicator of a goal that is given as a whole, and the goal of an indicator."""


def levels_of(plan: Plan, goal: str) -> LevelScale:
    """The levels of a goal."""
    entry = next(each for each in plan.goals if each.id == goal)
    return levels_of_goal(entry, scales_of(plan))


def alone(plan: Plan, goal: str, period: PeriodClass) -> Plan:
    """The plan with one goal as it is in a class of period, and the others of one indicator."""
    if not goal:
        return evolve(plan, goals=(_of_one_indicator(),))
    own = [each for each in plan.goals if each.id == goal]
    homes = {entry.shared.text for each in own for entry in each.indicators if entry.shared}
    kept = [
        _in_class(each, period) if each in own else _whole(each, own=each.id in homes)
        for each in plan.goals
    ]
    return evolve(plan, goals=tuple(kept))


def _in_class(goal: GoalEntry, period: PeriodClass) -> GoalEntry:
    """A goal with what is said for one class of period, said for every one."""
    said = (*clauses_for(goal.statements, period), *beside(goal.statements, period))
    always = (st.Group, st.MetFrom, st.Points)
    others = [each for each in goal.statements if isinstance(each.body, always)]
    return evolve(goal, statements=(*others, *map(_anytime, said)))


def _anytime(statement: st.Statement) -> st.Statement:
    body = statement.body
    if isinstance(body, st.When | st.Otherwise | st.SameAs | st.Extreme | st.Limit):
        return evolve(statement, body=evolve(body, period=None))
    return statement


def _whole(goal: GoalEntry, *, own: bool) -> GoalEntry:
    """A goal of one indicator; beside its own, where those are shared with the one judged."""
    if goal.followed_up_only:
        return goal
    rule = st.Statement(st.Extreme("best", sx.Scope((sx.Name(LEVEL),))))
    met = [each for each in goal.statements if isinstance(each.body, st.MetFrom)]
    indicators = (*(goal.indicators if own else ()), _entry())
    return evolve(goal, indicators=indicators, statements=(*met, rule))


def _entry(*said: st.Body) -> IndicatorEntry:
    indicator = st.Indicator((sx.Name(LEVEL),))
    statements = tuple(map(st.Statement, said))
    return IndicatorEntry(st.Statement(indicator), statements, indicator=indicator)


def _of_one_indicator() -> GoalEntry:
    """A goal that has the level of one indicator, which gets it from its target and its plan."""
    entry = _entry(st.Target((sx.DatedTarget(sx.Bound("at least", 100)),)))
    head = st.GoalHead("goal", sx.Name(LEVEL), "")
    rule = st.Statement(st.Extreme("best", sx.Scope((sx.Name(LEVEL),))))
    return GoalEntry(st.Statement(head), (rule,), goal=head, indicators=(entry,))


def changed(plan: Plan, finding: Finding) -> Plan:
    """The plan with the change that a finding speaks of."""

    def after(statements: tuple[st.Statement, ...]) -> tuple[st.Statement, ...]:
        return tuple(_changed(statements, finding, plan))

    goals = tuple(
        evolve(
            goal,
            statements=(*after(goal.statements), *_closing(plan, goal, finding)),
            indicators=tuple(
                evolve(each, statements=after(each.statements)) for each in goal.indicators
            ),
        )
        for goal in plan.goals
    )
    assess = plan.assess and evolve(plan.assess, statements=after(plan.assess.statements))
    return evolve(plan, goals=goals, assess=assess)


def _closing(plan: Plan, goal: GoalEntry, finding: Finding) -> Iterator[st.Statement]:
    """That the lowest level is reached otherwise, where the better ones are looked away from."""
    if goal.id == finding.goal and finding.change == "above":
        yield st.Statement(st.Otherwise(sx.Name(levels_of(plan, goal.id).scale.levels[0])))


def _changed(
    statements: tuple[st.Statement, ...], finding: Finding, plan: Plan
) -> Iterator[st.Statement]:
    for statement in statements:
        gone = statement.span == finding.span and finding.change in ("removed", "weight")
        if not gone and not _is_above(statement, finding, plan):
            yield _with_condition(statement, finding, plan)


def _is_above(statement: st.Statement, finding: Finding, plan: Plan) -> bool:
    """Whether a clause is of a better level than the one above which the finding looks away."""
    lower = finding.facts.get("lower")
    if not isinstance(statement.body, st.When) or not isinstance(lower, WordRef):
        return False
    levels = levels_of(plan, finding.goal)
    return (levels.place(statement.body.level.text) or 0) > (levels.place(lower.key) or 0)


def _with_condition(statement: st.Statement, finding: Finding, plan: Plan) -> st.Statement:
    body = statement.body
    if not isinstance(body, st.When | st.Limit):
        return statement
    condition = body.condition
    if finding.change == "removed":
        condition = without(condition, finding.span)
    if finding.change == "quantity":
        like = next(each for each in _quantities(plan) if each.span == finding.about[1])
        condition = _alike(condition, finding.span, like)
    return evolve(statement, body=evolve(body, condition=condition))


def without(condition: sx.Condition, span: Span) -> sx.Condition:
    """A condition without the part at a place."""
    match condition:
        case sx.Joined(parts=parts):
            left = tuple(without(part, span) for part in parts if part.span != span)
            return left[0] if len(left) == 1 else evolve(condition, parts=left)
        case sx.Count(including=including):
            kept = tuple(each for each in including if each.span != span)
            rest = tuple(each for each in condition.rest if each.span != span)
            return evolve(condition, including=kept, rest=rest)
        case sx.Single(rest=rest):
            return evolve(condition, rest=tuple(each for each in rest if each.span != span))
        case _:
            return condition


def _alike(condition: sx.Condition, span: Span, like: sx.Quantity) -> sx.Condition:
    """A condition with another quantity at a place."""
    if isinstance(condition, sx.Joined):
        parts = tuple(_alike(part, span, like) for part in condition.parts)
        return evolve(condition, parts=parts)
    if isinstance(condition, sx.Count) and condition.quantity.span == span:
        return evolve(condition, quantity=like)
    return condition


def _quantities(plan: Plan) -> Iterator[sx.Quantity]:
    for goal in plan.goals:
        for statement in goal.statements:
            if isinstance(statement.body, st.When):
                yield from (count.quantity for count in _counts(statement.body.condition))


def _counts(condition: sx.Condition) -> Iterator[sx.Count]:
    if isinstance(condition, sx.Count):
        yield condition
    for part in condition.parts if isinstance(condition, sx.Joined) else ():
        yield from _counts(part)


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
    assert finding.witness or finding.code in WITHOUT_CASE
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
