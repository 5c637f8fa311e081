"""Two goals that no value of an indicator which both of them need can meet together."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from goalrules.analyse.bdd_queries import restrict
from goalrules.analyse.diagram import FALSE
from goalrules.language.lower import TARGET
from goalrules.lint.counted_twice import outcome_of
from goalrules.lint.linted_rule import CompiledRules, Subject
from goalrules.lint.plan_rules import PlanRules, TargetUse, targets_of
from goalrules.lint.result import Example, ExampleMember, Finding
from goalrules.text.diagnostics import WordRef

CODE = "goals-in-conflict"


def find(whole: PlanRules, subject: Subject) -> Iterator[Finding]:
    """The needed targets that no value reaches together with that of an earlier goal."""
    for target in targets_of(subject):
        for other in _apart(target, whole):
            earlier = _goes_before(other.subject, subject, whole)
            if earlier and all(_is_needed(each, whole) for each in (target, other)):
                yield _finding(other, target)


def _apart(target: TargetUse, whole: PlanRules) -> Iterator[TargetUse]:
    """The targets of what goes by the same name or title that no value reaches as well."""
    for call in target.calls:
        for interval, others in whole.targets[call].items():
            if not interval.meets(target.interval):
                yield from others


def _goes_before(other: Subject, subject: Subject, whole: PlanRules) -> bool:
    """Whether another goal stands earlier, and its rule holds in the same class of period."""
    periods = {each.possible.period for each in (other, subject)} - {None}
    return len(periods) <= 1 and whole.order[other.goal] < whole.order[subject.goal]


def _is_needed(target: TargetUse, whole: PlanRules) -> bool:
    """Whether the goal can be met only where the target is reached."""
    subject = target.subject
    met = subject.drawn.can[0][subject.level_rule.met]
    by_target = all(
        _needs(each.drawn, each.drawn.can[0][-1], TARGET) for each in _rules_of(subject, whole)
    )
    return by_target and _needs(subject.drawn, met, target.entry.name)


def _rules_of(subject: Subject, whole: PlanRules) -> list[Subject]:
    """The rules by which an indicator gets its level in the class of period."""
    own = [each for each in whole.subjects if not each.goal]
    return [each for each in own if each.possible.period in (subject.possible.period, None)] or own


def _needs(drawn: CompiledRules, diagram: int, member: str) -> bool:
    """Whether something holds only where a member is at its best."""
    if member not in drawn.space.names:
        return False
    variable = drawn.space.variable(member)
    below = drawn.space.digits[variable].size - 2
    return restrict(drawn.space.diagrams, diagram, variable, below) == FALSE


def _finding(one: TargetUse, other: TargetUse) -> Finding:
    subject, pair = other.subject, (one, other)
    year = one.interval.year or other.interval.year
    return Finding(
        CODE, "fault", subject.goal, subject.kind, (*other.about, *one.about),
        {
            "member": WordRef("member", other.entry.name), "like": one.span.line,
            "one": one.subject.term, "other": subject.term,
            "why": "year" if year else "", "year": str(year or ""),
        },
        tuple(_case(pair, n, each.interval.value) for n, each in enumerate(pair)),
        periods=(subject.possible.period,) if subject.possible.period else (),
    )  # fmt: skip


def _case(pair: Sequence[TargetUse], reached: int, value: Decimal) -> Example:
    """What both goals come to, where one target is reached and all else is at its best."""
    members = [
        ExampleMember("indicator", each.entry.name, each.subject.goal, value=value) for each in pair
    ]
    return Example(
        tuple(members),
        tuple(outcome_of(each.subject, met=n == reached) for n, each in enumerate(pair)),
    )
