"""Two goals that no value of an indicator which both of them need can meet together."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from goalrules.analyse.bdd_queries import restrict
from goalrules.analyse.compiled_rules import CompiledRules
from goalrules.analyse.diagram import FALSE
from goalrules.language.lower import TARGET
from goalrules.lint.counted_twice import outcome_of
from goalrules.lint.linted_rule import LintedRule
from goalrules.lint.plan_rules import PlanRules, TargetUse, targets_of
from goalrules.lint.result import Example, ExampleMember, Finding
from goalrules.text.diagnostics import WordRef

CODE: Final = "goals-in-conflict"


def find(plan_rules: PlanRules, linted: LintedRule) -> Iterator[Finding]:
    """The needed targets that no value reaches together with that of an earlier goal."""
    for target in targets_of(linted):
        for other in _apart(target, plan_rules):
            periods = {each.possible.period for each in (other.linted, linted)} - {None}
            places = plan_rules.goal_places
            earlier = places[other.linted.goal] < places[linted.goal] and len(periods) <= 1
            if earlier and all(_is_needed(each, plan_rules) for each in (target, other)):
                yield _finding(other, target)


def _apart(target: TargetUse, plan_rules: PlanRules) -> Iterator[TargetUse]:
    """The targets of what goes by the same name or title that no value reaches as well."""
    for call in target.calls:
        for interval, others in plan_rules.targets[call].items():
            if not interval.meets(target.interval):
                yield from others


def _is_needed(target: TargetUse, plan_rules: PlanRules) -> bool:
    """Whether the goal can be met only where the target is reached."""
    linted = target.linted
    met = linted.compiled.rules[0].possibly[linted.level_rule.met]
    # The rules by which an indicator gets its level in the class of period.
    own = [each for each in plan_rules.rules if not each.goal]
    of_period = [each for each in own if each.possible.period in (linted.possible.period, None)]
    compiled = [each.compiled for each in of_period or own]
    by_target = all(_needs(each, each.rules[0].possibly[-1], TARGET) for each in compiled)
    return by_target and _needs(linted.compiled, met, target.entry.name)


def _needs(compiled: CompiledRules, diagram: int, member: str) -> bool:
    """Whether something holds only where a member is at its best."""
    if member not in compiled.order.names:
        return False
    index = compiled.order.index(member)
    below = compiled.order.variables[index].size - 2
    return restrict(compiled.order.diagrams, diagram, index, below) == FALSE


def _finding(one: TargetUse, other: TargetUse) -> Finding:
    linted, pair = other.linted, (one, other)
    year = one.interval.year or other.interval.year
    return Finding(
        CODE, "fault", linted.goal, linted.kind, (*other.about, *one.about),
        {
            "member": WordRef("member", other.entry.name), "like": one.span.line,
            "one": one.linted.term, "other": linted.term,
            "why": "year" if year else "", "year": str(year or ""),
        },
        tuple(_case(pair, n, each.interval.value) for n, each in enumerate(pair)),
        periods=(linted.possible.period,) if linted.possible.period else (),
    )  # fmt: skip


def _case(pair: Sequence[TargetUse], reached: int, value: Decimal) -> Example:
    """What both goals come to, where one target is reached and all else is at its best."""
    members = [
        ExampleMember("indicator", each.entry.name, each.linted.goal, value=value) for each in pair
    ]
    return Example(
        tuple(members),
        tuple(outcome_of(each.linted, met=n == reached) for n, each in enumerate(pair)),
    )
