"""The engine asked for its answer alone: the rule is lowered once, and each member read once.

By this way a million cases are judged. On the whole public way outcomes are read anew for each
case, and reasons are found that no oracle speaks of, which takes several times as long.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import goalrules
from goalrules.analyse.rule_query import deciding
from goalrules.assess.appraise import appraise_level
from goalrules.assess.clauses import beside, clauses_for
from goalrules.assess.goal_rule import GoalRule, rule_of
from goalrules.assess.level_of import nothing_said
from goalrules.assess.rule_program import RuleProgram
from goalrules.core.evaluate import evaluate
from goalrules.core.scales import Scale, verdict_of
from goalrules.core.trace import Member
from goalrules.data.outcome import rows_from_python
from goalrules.language.levels import scales_of
from goalrules.language.lower import UNSAID
from goalrules.language.naming import goal_key, goal_naming, plan_names

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


def public(result: goalrules.GoalResult) -> Answer:
    """What the public face answers, of that."""
    remarks = tuple((each.text, each.sure) for each in result.trace.remarks)
    verdict, worst, best = str(result.verdict), str(result.worst), str(result.best)
    return Answer(verdict, worst, best, result.deciding, remarks)


def given(outcomes: Outcomes) -> dict[str, object]:
    """Outcomes as they are given: two numbers with a dash between are levels only as such."""
    return {
        name: {"level": outcome} if outcome and re.fullmatch(r"[\d.]+–[\d.]+", outcome) else outcome
        for name, outcome in outcomes.items()
    }


@cache
def read(name: str, outcome: str | None, scale: Scale) -> Member:
    """A member as the engine takes it from its outcome."""
    [row], unread = rows_from_python(given({name: outcome}))
    found, faults = appraise_level(name, row, scale)
    assert (*unread, *faults) == ()
    return found


def judging(rule: goalrules.Rule) -> Callable[[Outcomes], Answer]:
    """The answer of a rule given alone, lowered already, on its members; it names no goals."""
    return lowered(inside(rule))


def inside(rule: goalrules.Rule) -> GoalRule:
    """A rule given alone, as the engine has it."""
    return rule._rule.program.rule  # noqa: SLF001  # what the public face has made of the rule


def judging_goal(rules: goalrules.RuleSet, goal: str) -> Callable[[Outcomes], Answer]:
    """The answer of one goal of a rule file, lowered once, on the levels of its indicators."""
    return lowered(inside_goal(rules, goal))


def inside_goal(rules: goalrules.RuleSet, goal: str) -> GoalRule:
    """The rule of one goal of a rule file, as the engine has it."""
    plan = rules._plan  # noqa: SLF001  # what the public face has made of the file
    known = plan_names(plan, scales_of(plan))
    [entry] = (each for each in plan.goals if each.id == goal)
    names = goal_naming(entry, known)
    clauses = clauses_for(entry.statements, "annual")
    others = beside(entry.statements, "annual")
    return rule_of(plan, clauses, others, names, known.goals[goal_key(goal)])


def read_all(rule: GoalRule, outcomes: Outcomes) -> dict[str, Member]:
    """The members of a rule as the engine takes them from their outcomes."""
    names = rule.names
    return {name: read(name, each, names.levels(name).scale) for name, each in outcomes.items()}


def lowered(rule: GoalRule) -> Callable[[Outcomes], Answer]:
    """The answer of a rule on the outcomes of its members."""
    scales = {name: rule.names.levels(name).scale for name in rule.names.own}
    more = rule.policies or rule.requires or rule.of_levels or rule.remarks
    answer = _whole if more else _by_clauses
    return lambda outcomes: answer(
        rule, {name: read(name, outcome, scales[name]) for name, outcome in outcomes.items()}
    )


def _whole(rule: GoalRule, members: Mapping[str, Member]) -> Answer:
    """The answer of a rule that has more than clauses and limits."""
    found = RuleProgram(rule).outcome(members)
    remarks = tuple((each.text, each.sure) for each in found.remarks)
    return Answer(found.verdict, found.worst, found.best, found.deciding, remarks)


def _by_clauses(rule: GoalRule, members: Mapping[str, Member]) -> Answer:
    """The answer of clauses and limits, without the reasons."""
    level_rule, levels = rule.level_rule, rule.level_rule.scale.levels
    everyone = {**members, UNSAID: nothing_said(level_rule.scale)}
    ends = evaluate(level_rule, everyone).ends
    verdict = verdict_of(ends, level_rule.met)
    names = _deciding(rule, everyone) if verdict == "open" else ()
    return Answer(verdict, levels[ends.worst], levels[ends.best], names)


def _deciding(rule: GoalRule, everyone: Mapping[str, Member]) -> tuple[str, ...]:
    """The members that can still decide an open verdict, of which there are few enough to try."""
    meets = rule.level_rule.meets
    assert meets
    found = deciding(meets, {name: each.ends for name, each in everyone.items()}, {UNSAID})
    assert found is not None
    return tuple(found)
