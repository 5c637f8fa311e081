"""A year, month by month: what each goal came to, when that changed, and by which members."""

from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.core.trace import Member


@frozen
class YearTrace:
    """The assessments of a year.

    `months` are the twelve, in order; `reached` is how many of them there are outcomes for, up to
    the last of those; `interims` are longer periods in it; `annual` is the whole year.
    """

    reached: int
    months: tuple[AssessmentTrace, ...]
    interims: tuple[AssessmentTrace, ...]
    annual: AssessmentTrace

    @property
    def year(self) -> int:
        """The year."""
        return int(self.annual.period)


@frozen
class GoalChange:
    """A goal in a month in which it came to something else than in the month before.

    `moved` are the members that did, each as it was and as it is.
    """

    month: int
    before: GoalTrace
    goal: GoalTrace
    moved: tuple[tuple[Member, Member], ...]


def goals_by_month(trace: YearTrace, id_: str) -> tuple[GoalTrace, ...]:
    """One goal in every month that there are outcomes for."""
    months = trace.months[: trace.reached]
    return tuple(goal for month in months for goal in month.goals if goal.id == id_)


def changes_of(trace: YearTrace, id_: str) -> Iterator[GoalChange]:
    """When a goal changed through the year: its verdict, or the levels that it could have."""
    for month, (before, goal) in enumerate(pairwise(goals_by_month(trace, id_)), 2):
        if _state(before) != _state(goal):
            yield GoalChange(month, before, goal, tuple(_moved(before, goal)))


def _state(goal: GoalTrace) -> tuple[str | None, ...]:
    return goal.verdict, goal.worst, goal.best


def _moved(before: GoalTrace, goal: GoalTrace) -> Iterator[tuple[Member, Member]]:
    """The goal's own members that have another level than before, or no longer apply, or do."""
    known = {each.name: each for each in before.members}
    for member in goal.members:
        was = known.get(member.name)
        if was and was.ends != member.ends:
            yield was, member
