"""A goal as a member of the rule of another."""

from typing import cast

from goalrules.assess.result import GoalTrace
from goalrules.core.decisions import Decided, Waiver
from goalrules.core.trace import Member
from goalrules.core.vocabulary import GATE_REASONS, GoalKind, MemberReason
from goalrules.language.naming import PlanNames, goal_key


def as_member(goal: GoalTrace, names: PlanNames) -> Member:
    """A goal as its own rule has it."""
    levels = names.goals[goal_key(goal.id)].scale.levels
    if goal.waiver:
        return _as_waived(goal, goal.waiver, levels)
    worst, best = goal.worst or levels[0], goal.best or levels[-1]
    barred = any(each.code in GATE_REASONS for each in goal.reasons)
    undecided: MemberReason = "open" if goal.verdict == "open" else "unsaid"
    reason: MemberReason = "" if worst == best else ("quorum" if barred else undecided)
    return Member(kind_of(goal), goal.id, goal.title, levels, worst, best, reason=reason)


def as_decided(goal: GoalTrace, decided: Decided) -> Member:
    """A goal as it was decided."""
    worst, best = decided.worst, decided.best
    reason: MemberReason = "" if worst == best else "unsaid"
    return Member(kind_of(goal), goal.id, goal.title, decided.levels, worst, best, reason=reason)


def _as_waived(goal: GoalTrace, waiver: Waiver, levels: tuple[str, ...]) -> Member:
    """A goal that is not judged: it does not apply."""
    worst = levels[0]
    return Member(
        kind_of(goal), goal.id, goal.title, levels, worst, worst, applies=False,
        reason="not applicable", waiver=waiver,
    )  # fmt: skip


def kind_of(goal: GoalTrace) -> GoalKind:
    """The kind of a goal of a plan; a rule given alone is no member of another."""
    return cast(GoalKind, goal.kind)
