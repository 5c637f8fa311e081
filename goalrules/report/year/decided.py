"""What was decided through a year of a goal and its members, each decision once."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from goalrules.assess.result import GoalTrace
from goalrules.assess.year_result import YearTrace
from goalrules.report.explain.decided import DecisionRenderer, as_decided
from goalrules.report.explain.text import MARKS
from goalrules.report.shape import members_of
from goalrules.report.wording import Wording


def decided_through(trace: YearTrace, id_: str, words: Wording) -> Iterator[str]:
    """Each decision: its mark, what was decided by whom, when and why."""
    periods = (*trace.months, *trace.interims, trace.annual)
    goals = [goal for period in periods for goal in period.goals if goal.id == id_]
    none = MARKS["none"]
    for waived in _waived(goals):
        yield f"({none}) {' '.join(DecisionRenderer(waived, words).waived())}"
    for goal in goals:
        judged = DecisionRenderer(goal, words).judged()
        if judged:
            yield f"({MARKS[judged.verdict]}) {' '.join((judged.headline, *judged.sentences))}"
    for sentences in DecisionRenderer(_with_every_member(goals), words).waivers():
        yield f"({none}) {' '.join(sentences)}"


def _waived(goals: Sequence[GoalTrace]) -> Iterator[GoalTrace]:
    """The goal once for each decision not to judge it, without what it would be in a month."""
    found = {as_decided(each.waiver): each for each in goals if each.waiver}
    for waiver, goal in found.items():
        yield evolve(goal, waiver=waiver)


def _with_every_member(goals: Sequence[GoalTrace]) -> GoalTrace:
    """A goal with the members that it has in any of some periods, and those that its rule asks."""
    members = [
        each for goal in goals for each in (*goal.members, *members_of((*goal.steps, *goal.caps)))
    ]
    return evolve(goals[-1], members=tuple(members), steps=(), caps=())
