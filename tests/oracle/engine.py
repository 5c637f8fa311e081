"""The engine asked for its answer alone: the rule is lowered once, and each member read once.

By this way a million cases are judged. On the whole public way outcomes are read anew for each
case, and reasons are found that no oracle speaks of, which takes several times as long.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import goalrules
from goalrules.assess.appraise import appraise_level, nothing_said
from goalrules.assess.assessment import beside, bodies, clauses_for
from goalrules.assess.goal_rule import GoalRule, goal_rule
from goalrules.assess.judging import verdict_of
from goalrules.assess.policies import apply_policies, quorum, remaining
from goalrules.core.columns import deciding
from goalrules.core.evaluate import Tracing, judge
from goalrules.core.nodes import Meaning, fold
from goalrules.core.scales import Scale
from goalrules.core.trace import Member, Reach, Step
from goalrules.data.outcome import rows_from_python
from goalrules.data.period import read_period
from goalrules.language.levels import scales_of
from goalrules.language.lower import UNSAID
from goalrules.language.naming import goal_key, goal_naming, plan_names
from goalrules.language.statements import Policy

Outcomes = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine answers, where nothing is asked but what the oracle says too.

    A remark stands with whether it is sure.
    """

    verdict: str
    worst: str
    best: str
    deciding: tuple[str, ...]
    remarks: tuple[tuple[str, bool], ...] = ()


@cache
def read(name: str, outcome: str | None, scale: Scale) -> Member:
    """A member as the engine takes it from its outcome."""
    [row], unread = rows_from_python({name: outcome})
    found, faults = appraise_level(name, row, scale)
    assert (*unread, *faults) == ()
    return found


def judging(rule: goalrules.Rule) -> Callable[[Outcomes], Answer]:
    """The answer of a rule given alone, lowered already, on its members; it names no goals."""
    return lowered(rule._rule.rule)  # noqa: SLF001  # what the public face has made of the rule


def judging_goal(rules: goalrules.RuleSet, goal: str) -> Callable[[Outcomes], Answer]:
    """The answer of one goal of a rule file, lowered once, on the levels of its indicators."""
    plan = rules._plan  # noqa: SLF001  # what the public face has made of the file
    period, known = read_period("2025"), plan_names(plan, scales_of(plan))
    assert period
    [entry] = (each for each in plan.goals if each.id == goal)
    names = goal_naming(entry, known)
    others = beside(entry.statements, period)
    own = {each.body.of for each in others if isinstance(each.body, Policy)}
    policies = [each for each in plan.all(Policy) if each.of not in own]
    clauses = bodies(clauses_for(entry.statements, period))
    said = [*(each.body for each in others), *policies]
    return lowered(goal_rule(clauses, said, names, known.goals[goal_key(goal)]))


def lowered(rule: GoalRule) -> Callable[[Outcomes], Answer]:
    """The answer of a rule on the outcomes of its members."""
    scales = {name: rule.names.levels(name).scale for name in rule.names.own}
    return lambda outcomes: _answer(
        rule, {name: read(name, given, scales[name]) for name, given in outcomes.items()}
    )


def _answer(rule: GoalRule, members: Mapping[str, Member]) -> Answer:
    judged, levels = rule.judged, rule.judged.scale.levels
    taken = apply_policies(members, rule.policies, rule.names) if rule.policies else members
    everyone = {**taken, UNSAID: nothing_said(judged.scale)}
    if _barred(rule, members, taken):
        return Answer("open", levels[0], levels[-1], (), tuple(_remarks(rule, everyone)))
    ends = judge(judged, everyone).ends
    verdict = verdict_of(ends, judged.met)
    names = _deciding(rule, everyone) if verdict == "open" else ()
    remarks = tuple(_remarks(rule, everyone)) if rule.remarks else ()
    return Answer(verdict, levels[ends.worst], levels[ends.best], names, remarks)


def _barred(rule: GoalRule, members: Mapping[str, Member], taken: Mapping[str, Member]) -> bool:
    """Whether there are too few for a verdict."""
    gates = [quorum(each, members, rule.names) for each in rule.requires]
    asking = (each for each in rule.policies if each.remain is not None)
    gates += [remaining(each, taken, rule.names) for each in asking]
    return any(gate.fails for gate in gates)


def _deciding(rule: GoalRule, everyone: Mapping[str, Member]) -> tuple[str, ...]:
    """The members that can still decide an open verdict, of which there are few enough to try."""
    meets = rule.judged.meets
    assert meets
    found = deciding(meets, {name: each.ends for name, each in everyone.items()})
    assert found is not None
    return tuple(found)


def _remarks(rule: GoalRule, everyone: Mapping[str, Member]) -> Iterator[tuple[str, bool]]:
    """The remarks that are made, or may be."""
    tracing: Meaning[Step | Reach] = Tracing(everyone)
    for text, node in rule.remarks:
        step = fold(node, tracing)
        if not step.low:
            yield text, not step.high
