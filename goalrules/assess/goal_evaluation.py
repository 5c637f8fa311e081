"""From judged members to the verdict of one goal, with the reasons and what can still decide."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from attrs import evolve, frozen

from goalrules.analyse.diagram import OverBudgetError
from goalrules.analyse.rule_query import deciding, why_met, why_not_met
from goalrules.assess.goal_rule import GoalRule
from goalrules.assess.goal_state import GoalState
from goalrules.assess.level_of import nothing_said
from goalrules.assess.policies import Gate, apply_policies, quorum, remains, rests_on
from goalrules.assess.result import Fork, JustifyingMember, OpenCause, Remarked
from goalrules.core.evaluate import Evaluation, Tracing, evaluate
from goalrules.core.level_rule import LevelRule
from goalrules.core.nodes import AtLeast, Meaning, fold
from goalrules.core.scales import verdict_of
from goalrules.core.trace import LevelTest, Member, RuleTrace, Step
from goalrules.core.vocabulary import OpenCauseCode, OpenReason, Verdict
from goalrules.language.lower import UNSAID


@frozen
class GoalEvaluation:
    """What a goal came to: its ends, its trace, and what an open verdict waits for."""

    verdict: Verdict
    worst: str
    best: str
    met: str
    levels: tuple[str, ...]
    trace: RuleTrace
    reasons: tuple[OpenCause, ...]
    deciding: tuple[str, ...] = ()
    deciding_exact: bool = True
    forks: tuple[Fork, ...] = ()
    remarks: tuple[Remarked, ...] = ()
    rests_on: tuple[int, int] | None = None
    why: tuple[JustifyingMember, ...] = ()


def evaluate_goal(
    rule: GoalRule, members: Mapping[str, Member]
) -> tuple[GoalEvaluation, GoalState]:
    """The verdict that a rule gives on its members, as the policies have them; and those."""
    taken = apply_policies(members, rule.policies, rule.names)
    gates = list(_gates(rule, members, taken))
    goal_state = GoalState(rule, {**taken, UNSAID: nothing_said(rule.level_rule.scale)}, members)
    return _verdict(goal_state, gates, rests_on(taken, rule.names)), goal_state


def _verdict(
    goal_state: GoalState, gates: Sequence[Gate], resting: tuple[int, int] | None
) -> GoalEvaluation:
    """The verdict on members as the policies have them."""
    rule, everyone = goal_state.rule, goal_state.members
    level_rule = rule.level_rule
    evaluation = evaluate(level_rule, everyone)
    levels = level_rule.scale.levels
    found = GoalEvaluation(
        verdict=verdict_of(evaluation.ends, level_rule.met),
        worst=levels[evaluation.ends.worst],
        best=levels[evaluation.ends.best],
        met=levels[level_rule.met],
        levels=levels,
        trace=RuleTrace(evaluation.steps, evaluation.caps, tuple(gate.step for gate in gates)),
        reasons=tuple(_reasons(evaluation)),
        remarks=tuple(_remarks(rule, everyone)),
        rests_on=resting,
    )
    failing = [gate for gate in gates if gate.fails]
    if failing:
        return _barred(found, failing)
    if found.verdict == "open":
        return _with_deciding(found, level_rule, everyone)
    return evolve(found, why=tuple(_why(goal_state, found.verdict)))


def _why(goal_state: GoalState, verdict: Verdict) -> Iterator[JustifyingMember]:
    """The smallest sufficient reason of a verdict that is decided."""
    query = goal_state.query
    try:
        found = why_met(query) if verdict == "met" else why_not_met(query)
    except OverBudgetError:
        return
    for each in found:
        member = goal_state.members[each.member]
        yield JustifyingMember(member.name, member.kind, each.side, member.levels[each.place])


def _gates(
    rule: GoalRule, members: Mapping[str, Member], taken: Mapping[str, Member]
) -> Iterator[Gate]:
    """What there has to be for a verdict: by the members' own outcomes, and after the policies."""
    yield from (quorum(each, members, rule.names) for each in rule.requires)
    yield from remains(rule.policies, taken, rule.names)


def _barred(found: GoalEvaluation, failing: Sequence[Gate]) -> GoalEvaluation:
    """A verdict that cannot be given: any level is left."""
    reasons = tuple(OpenCause(gate.reason, gate.members) for gate in failing)
    unsure = tuple(evolve(each, sure=False) for each in found.remarks)
    return evolve(
        found,
        verdict="open",
        worst=found.levels[0],
        best=found.levels[-1],
        reasons=(*reasons, *found.reasons),
        remarks=unsure,
    )


def _remarks(rule: GoalRule, members: Mapping[str, Member]) -> Iterator[Remarked]:
    """The remarks that are made, or may be; none that no open level can bring about."""
    tracing: Meaning[Step | LevelTest] = Tracing(members)
    for text, node in rule.remarks:
        step = fold(node, tracing)
        if not step.low and (not step.high or _deciding(node, members) != frozenset()):
            yield Remarked(text, sure=not step.high)


def _with_deciding(
    found: GoalEvaluation, level_rule: LevelRule, members: Mapping[str, Member]
) -> GoalEvaluation:
    """The open verdict with the members that can still decide it."""
    node = level_rule.meets
    exact = _deciding(node, members) if node else None
    steps = (*found.trace.steps, *found.trace.caps)
    names = exact if exact is not None else {each.name for each in _open_members(steps)}
    ordered = tuple(key for key in members if key in names and key != UNSAID)
    return evolve(
        found,
        deciding=tuple(members[key].name for key in ordered),
        deciding_exact=exact is not None,
        forks=tuple(_forks(level_rule, members, ordered[0])) if len(ordered) == 1 else (),
    )


def _deciding(node: AtLeast, members: Mapping[str, Member]) -> frozenset[str] | None:
    return deciding(node, {key: each.ends for key, each in members.items()}, {UNSAID})


def _forks(level_rule: LevelRule, members: Mapping[str, Member], key: str) -> Iterator[Fork]:
    """The verdict for each level that one member can still take."""
    member = members[key]
    for place in range(member.ends.worst, member.ends.best + 1):
        level = member.levels[place]
        taken = {**members, key: evolve(member, worst=level, best=level)}
        yield Fork(level, verdict_of(evaluate(level_rule, taken).ends, level_rule.met))


def _reasons(evaluation: Evaluation) -> Iterator[OpenCause]:
    """Why the level is open, and what the judgement rests on, each with the members."""
    by_code: dict[OpenCauseCode, list[str]] = {}
    steps = (*evaluation.steps, *evaluation.caps)
    for member in () if evaluation.ends.decided else _open_members(steps):
        named = [] if member.kind == "unsaid" else [member.name]
        reason = cast(OpenReason, member.reason or "open")  # an open member applies
        by_code.setdefault(reason, []).extend(named)
    for step in _counts(steps):
        if step.undefined:
            by_code.setdefault(step.undefined, []).extend(_not_applying(step))
    for member in _members(steps):
        if member.unclaimed:
            by_code.setdefault("unclaimed", []).append(member.name)
    for code, names in by_code.items():
        yield OpenCause(code, tuple(dict.fromkeys(names)))


def _members(steps: Sequence[Step | LevelTest]) -> list[Member]:
    """The members that some steps ask for, each once."""
    found: dict[tuple[str, str], Member] = {}
    for step in steps:
        below = [step.member] if isinstance(step, LevelTest) else _members(step.children)
        found |= {(member.kind, member.name): member for member in below}
    return list(found.values())


def _open_members(steps: Sequence[Step | LevelTest]) -> list[Member]:
    """The members whose level is open in the steps that are open for it."""
    open_steps = [step for step in steps if step.low != step.high]
    found: dict[tuple[str, str], Member] = {}
    for step in open_steps:
        below = [step.member] if isinstance(step, LevelTest) else _open_members(step.children)
        found |= {(member.kind, member.name): member for member in below}
    return list(found.values())


def _counts(steps: Sequence[Step | LevelTest]) -> Iterator[Step]:
    """The counts among some steps and below them."""
    for step in steps:
        if isinstance(step, Step):
            yield step
            yield from _counts(step.children)


def _not_applying(step: Step) -> list[str]:
    reaches = [child for child in step.children if isinstance(child, LevelTest)]
    return [reach.member.name for reach in reaches if not reach.member.applies]
