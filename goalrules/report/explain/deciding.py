"""The parts of a goal's trace that decide whether it is met."""

from attrs import frozen

from goalrules.assess.result import GoalTrace
from goalrules.core.trace import Member, Step
from goalrules.language import syntax as sx
from goalrules.report.shape import floors_of, limit_of, members_of, reaches, steps_of, sub_steps

POINTS = ("score", "lowest")
"""The kinds of steps in which every level of a member counts."""


def _only_lifts(level: Step) -> bool:
    """Whether a level has no clause of its own, but floors."""
    return all(step.kind == "floor" for step in sub_steps(level))


@frozen
class Deciding:
    """The steps that decide whether a goal is met: levels from that one up, and caps below it."""

    goal: GoalTrace

    @property
    def levels(self) -> tuple[Step, ...]:
        """The steps with conditions, of the level from which the goal counts as met and up."""
        goal = self.goal
        floor = len(goal.levels) - len(goal.steps)
        first = goal.levels.index(goal.met) - floor if goal.met else 0
        return tuple(step for step in goal.steps[max(first, 0) :] if first >= 0 and sub_steps(step))

    @property
    def step(self) -> Step | None:
        """The step of the level that the verdict is explained by: where met, one that holds."""
        held = (step for step in self.levels if any(child.low for child in sub_steps(step)))
        clauses = (step for step in self.levels if not _only_lifts(step))
        first = next(clauses, None)
        return next(held, first) if self.goal.verdict == "met" else first

    @property
    def floors(self) -> tuple[Step, ...]:
        """The floors at the levels that count as met, each once."""
        return floors_of(self.levels)

    @property
    def caps(self) -> tuple[Step, ...]:
        """The caps below the level from which the goal counts as met."""
        return tuple(step for step in self.goal.caps if self._is_below(step))

    def _is_below(self, cap: Step) -> bool:
        level, levels = limit_of(cap).level.text, self.goal.levels
        if level == sx.MET or level not in levels:
            return level != sx.MET
        return levels.index(level) < levels.index(self.goal.met)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The step and the caps."""
        return (*([self.step] if self.step else []), *self.caps)

    @property
    def failing_gates(self) -> tuple[Step, ...]:
        """What there has to be before there is a verdict, and is not."""
        return tuple(gate for gate in self.goal.gates if not gate.low)

    @property
    def members(self) -> list[Member]:
        """The members that the steps ask for."""
        return members_of((*self.levels, *self.caps))

    @property
    def still(self) -> list[Member]:
        """The members that can still decide an open verdict."""
        return [each for each in self.members if each.name in self.goal.deciding]

    @property
    def turning(self) -> list[Member]:
        """The members that the verdict turns on: that fail an unmet rule, or can still decide."""
        if self.goal.verdict == "met":
            return []
        failing = self._failing() if self.goal.verdict == "not met" else set()
        return [each for each in self.members if each.name in {*self.goal.deciding, *failing}]

    def _failing(self) -> set[str]:
        """The members that fall short in the steps that surely do not hold."""
        return {
            child.member.name
            for each in steps_of(self.steps)
            if not each.high and each.kind not in POINTS
            for child in reaches(each)
            if not child.high
        }
