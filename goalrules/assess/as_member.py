"""A goal as a member of the rule of another."""

from typing import cast

from goalrules.assess.result import GoalTrace
from goalrules.assess.rule_program import Outcome
from goalrules.core.decisions import Decided, Waiver
from goalrules.core.trace import Member
from goalrules.core.vocabulary import GoalKind, MemberReason


def as_member(
    goal: GoalTrace, levels: tuple[str, ...], outcome: Outcome | None, waiver: Waiver | None = None
) -> Member:
    """A goal as its own rule has it; one that is waived does not apply."""
    kind, worst, best = kind_of(goal), levels[0], levels[0]
    if waiver or outcome is None:
        return Member(
            kind, goal.id, goal.title, levels, worst, best, applies=False,
            reason="not applicable", waiver=waiver,
        )  # fmt: skip
    worst, best = outcome.worst, outcome.best
    undecided: MemberReason = "open" if outcome.verdict == "open" else "unsaid"
    reason: MemberReason = "" if worst == best else ("quorum" if outcome.barred else undecided)
    return Member(kind, goal.id, goal.title, levels, worst, best, reason=reason)


def as_decided(goal: GoalTrace, decided: Decided) -> Member:
    """A goal as it was decided."""
    worst, best = decided.worst, decided.best
    reason: MemberReason = "" if worst == best else "unsaid"
    return Member(kind_of(goal), goal.id, goal.title, decided.levels, worst, best, reason=reason)


def kind_of(goal: GoalTrace) -> GoalKind:
    """The kind of a goal of a plan; a rule given alone is no member of another."""
    return cast(GoalKind, goal.kind)
