"""The parts of a goal's trace that its verdict is explained by, without words.

`Deciding` are the steps and members that decide whether a goal is met; `Justification` is what
follows from the smallest sufficient reason of a verdict alone.
"""

from goalrules.assess.result import GoalTrace, JustifyingMember
from goalrules.core.trace import LevelTest, Member, Step
from goalrules.core.vocabulary import BoundSide
from goalrules.language import syntax as sx
from goalrules.lazily import frozen
from goalrules.report.shape import floors_of, limit_of, members_of, reaches, steps_of, sub_steps

SCORED = ("score", "lowest")
"""The kinds of steps that count points, in which every level of a member counts."""


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
        # a level with floors alone has no clause of its own
        clauses = (
            step for step in self.levels if any(each.kind != "floor" for each in sub_steps(step))
        )
        first = next(clauses, None)
        held = (step for step in self.levels if any(child.low for child in sub_steps(step)))
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
        turning = set(self.goal.deciding)
        if self.goal.verdict == "not met":
            turning |= {
                child.member.name
                for each in steps_of(self.steps)
                if not each.high and each.kind not in SCORED
                for child in reaches(each)
                if not child.high
            }
        return [each for each in self.members if each.name in turning]


@frozen
class Justification:
    """The smallest sufficient reason of a verdict; whatever it does not name could be otherwise."""

    why: tuple[JustifyingMember, ...] = ()

    def holds(self, node: Step | LevelTest) -> bool:
        """Whether a step surely holds for this reason."""
        if isinstance(node, Step):
            return node.low and self._weight(node, holding=True) >= node.need
        if node.level == node.member.levels[0]:
            return True
        return self._place(node, "at least") >= _asked_place(node)

    def fails(self, node: Step | LevelTest) -> bool:
        """Whether a step surely does not hold for this reason."""
        if isinstance(node, Step):
            return not node.high and self._weight(node, holding=False) < node.need
        return 0 <= self._place(node, "at most") < _asked_place(node)

    def _weight(self, step: Step, *, holding: bool) -> int:
        """What the parts weigh that surely hold, or that may hold."""
        weights = step.weights or (1,) * len(step.children)
        return sum(
            weight
            for weight, child in zip(weights, step.children, strict=True)
            if (isinstance(child, Step) or child.member.applies)
            and (self.holds(child) if holding else not self.fails(child))
        )

    def _place(self, node: LevelTest, side: BoundSide) -> int:
        """The place that the reason has for a member on one side; below all, where none."""
        of_member = (node.member.name, node.member.kind, side)
        bounds = [each for each in self.why if (each.member, each.kind, each.side) == of_member]
        return node.member.levels.index(bounds[0].level) if bounds else -1


def _asked_place(node: LevelTest) -> int:
    """The place that a step asks for; one above the top where no level is so high."""
    levels = node.member.levels
    return levels.index(node.level) if node.level else len(levels)
