"""Why a goal is met or not met: the reasons that stand in the first sentence, and others."""

from goalrules.assess.result import GoalTrace
from goalrules.core.trace import Step
from goalrules.report.explain.because import BecauseRenderer
from goalrules.report.explain.deciding import Deciding
from goalrules.report.explain.justification import JustificationRenderer
from goalrules.report.shape import limit_of
from goalrules.report.wording import Wording


def why_met(goal: GoalTrace, words: Wording) -> list[str]:
    """Why a goal is met: by the smallest reason that is sufficient."""
    step = Deciding(goal).step
    return BecauseRenderer(words, JustificationRenderer(goal.why)).holds(step) if step else []


def why_not_met(goal: GoalTrace, words: Wording) -> list[str]:
    """Why a goal is not met: the cap that binds, or what the rule lacks, by the smallest reason."""
    because, caps = BecauseRenderer(words, JustificationRenderer(goal.why)), told_caps(goal)
    return [because.limit(cap) for cap in caps] or _lacking(goal, because)


def also_enough(goal: GoalTrace, words: Wording) -> list[str]:
    """What else the rule lacks, which the smallest reason does not need."""
    told = why_not_met(goal, words)
    return [each for each in _lacking(goal, BecauseRenderer(words)) if each not in told]


def _lacking(goal: GoalTrace, because: BecauseRenderer) -> list[str]:
    """Why the base of the rule does not hold, and no floor lifts the goal."""
    deciding = Deciding(goal)
    step = deciding.step
    fails = because.fails(step) if step and not step.high else []
    floors = deciding.floors if fails else ()
    fails += [each for floor in floors for each in because.not_lifted(floor)]
    return list(dict.fromkeys(fails))


def told_caps(goal: GoalTrace) -> tuple[Step, ...]:
    """The caps that the headline gives as the reason why a goal is not met: the lowest of them.

    None where the base of the rule is the smallest reason.
    """
    if goal.verdict != "not met":
        return ()
    deciding, reasoned = Deciding(goal), JustificationRenderer(goal.why)
    base = deciding.step
    binding = [cap for cap in deciding.caps if not cap.high]
    enough = list(filter(reasoned.fails, binding))
    if base is not None and not base.high and (reasoned.fails(base) or not enough):
        return ()
    return tuple(sorted(enough or binding, key=lambda cap: _place(cap, goal))[:1])


def _place(cap: Step, goal: GoalTrace) -> int:
    level = limit_of(cap).level.text
    return goal.levels.index(level) if level in goal.levels else 0
