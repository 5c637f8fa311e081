"""What a verdict rests on in a few figures: how many of how many, points, or weight."""

from attrs import frozen

from goalrules.assess.result import GoalTrace
from goalrules.core.scales import COLOURS
from goalrules.core.trace import Member, Step
from goalrules.report.explain.because import BecauseRenderer
from goalrules.report.explain.deciding import Deciding
from goalrules.report.explain.points import PointsRenderer
from goalrules.report.explain.steps import SCORED
from goalrules.report.explain.weights import WeightRenderer, is_weighed
from goalrules.report.shape import all_steps, counted, reaches, sub_steps
from goalrules.report.wording import Wording


@frozen
class Basis:
    """The figures of a verdict; `are_top` where they say how many members are green."""

    figures: str = ""
    are_top: bool = False


def basis_of(goal: GoalTrace, words: Wording) -> Basis:
    """The figures of the condition that decides whether a goal is met."""
    step = Deciding(goal).step
    steps = [each for clause in sub_steps(step) for each in all_steps(clause)] if step else []
    telling = (each for each in steps if each.kind in ("same", "extreme", "floor", *FIGURES))
    first = next(telling, None)
    if first is None:
        return _green(list(goal.members), words)
    return _figures(first, words) if first.kind in FIGURES else Basis()


FIGURES = ("count", *SCORED)
"""The kinds of steps that have figures."""


def _figures(step: Step, words: Wording) -> Basis:
    say = words.say
    if step.kind in SCORED:
        return Basis(say("table", "points", points=PointsRenderer(step, words).got()))
    if is_weighed(step):
        weights = WeightRenderer(step, words)
        return Basis(say("table", "weight", got=weights.got(), of=weights.of()))
    members = [reach.member for reach in reaches(step)]
    if all(each.levels == COLOURS.levels for each in members):
        return _green(members, words)
    level = BecauseRenderer(words).predicate(step, "plural")
    figures = _of(*counted(step), step.of, words)
    return Basis(say("table", "at-level", figures=figures, level=level) if step.of else "")


def _green(members: list[Member], words: Wording) -> Basis:
    """How many of some members are green; nothing where none of them can be."""
    applying = [each for each in members if each.applies and each.counted]
    if not applying or any(each.levels != COLOURS.levels for each in applying):
        return Basis()
    low = sum(each.worst == each.levels[-1] for each in applying)
    high = sum(each.best == each.levels[-1] for each in applying)
    return Basis(_of(low, high, len(applying), words), are_top=True)


def _of(low: int, high: int, of: int, words: Wording) -> str:
    if low == high:
        return words.say("table", "count-of", got=low, of=of)
    return words.say("table", "count-range", low=low, high=high, of=of)
