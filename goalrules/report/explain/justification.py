"""The parts of a goal's trace that its verdict is explained by, without words.

`deciding_of` gives the steps that decide whether a goal is met; `Justification` is what
follows from the smallest sufficient reason of a verdict alone.
"""

from collections.abc import Sequence
from typing import cast

from goalrules.assess.result import GoalTrace, JustifyingMember
from goalrules.core.scales import Ends
from goalrules.core.trace import LevelTest, Member, Step
from goalrules.core.vocabulary import BoundSide
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.lazily import frozen
from goalrules.report.shape import floors_of, limit_of, members_of, reaches, steps_of, sub_steps

SCORED = ("score", "lowest")
"""The kinds of steps that count points, in which every level of a member counts."""


@frozen
class Move:
    """A step better or worse, and the ends of the level before it and after."""

    step: Step
    before: Ends
    after: Ends

    @property
    def shift(self) -> st.Shift:
        """The words of the rule."""
        return cast(st.Shift, self.step.form)


@frozen
class Deciding:
    """The steps that decide whether a goal is met.

    `levels` are those with conditions, of the level from which it counts as met and up, `floors`
    the floors at these, each once, and `caps` the caps below that level. `moves` are the steps
    better and worse; where there are some, `every` holds all levels as the clauses alone give them,
    and `base` those of them that count as met, or all where the clauses give none that does. By
    `step` the verdict is explained: where the goal is met, one that holds.
    """

    goal: GoalTrace
    levels: tuple[Step, ...]
    every: tuple[Step, ...]
    base: tuple[Step, ...]
    moves: tuple[Move, ...]
    step: Step | None
    floors: tuple[Step, ...]
    caps: tuple[Step, ...]

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


def deciding_of(goal: GoalTrace) -> Deciding:
    """The steps that decide whether a goal is met."""
    first = goal.levels.index(goal.met) - len(goal.levels) + len(goal.steps) if goal.met else 0
    met = goal.steps[first:] if first >= 0 else ()
    levels = tuple(step for step in met if sub_steps(step))
    # a level with floors alone has no clause of its own
    clauses = [step for step in levels if any(each.kind != "floor" for each in sub_steps(step))]
    held = [step for step in levels if any(child.low for child in sub_steps(step))]
    explaining = (held if goal.verdict == "met" else []) + clauses
    caps = [
        cap
        for cap in goal.caps
        if (level := limit_of(cap).level.text) != sx.MET
        and (level not in goal.levels or goal.levels.index(level) < goal.levels.index(goal.met))
    ]
    step, floors = next(iter(explaining), None), floors_of(levels)
    every, base, moved = goal.steps, levels, tuple[Move, ...]()
    if any(each.kind == "moved" for level in goal.steps for each in sub_steps(level)):
        every = _by_clauses(goal)
        moved = _moves(goal, every)
        said, forms = [each for each in every if each.children], [each.form for each in levels]
        base = tuple(each for each in said if each.form in forms) or tuple(said)
    return Deciding(goal, levels, every, base, moved, step, floors, tuple(caps))


def _by_clauses(goal: GoalTrace) -> tuple[Step, ...]:
    """The levels as the clauses alone give them, before any step moves them, worst first."""
    found = {
        _place(each, goal): each
        for way in steps_of(goal.steps)
        if way.kind == "moved"
        for each in sub_steps(way)
        if each.kind == "level"
    }
    return tuple(found[place] for place in sorted(found))


def _moves(goal: GoalTrace, levels: Sequence[Step]) -> tuple[Move, ...]:
    """The steps better and worse, in the order in which they are written and taken.

    `levels` are those that the clauses alone give, from which the first of them starts.
    """
    asked = {
        cast(st.Shift, each.form): each for each in steps_of(goal.steps) if each.kind == "shift"
    }
    worst = max((_place(each, goal) for each in levels if each.low), default=0)
    best = max((_place(each, goal) for each in levels if each.high), default=0)
    top, found = len(goal.levels) - 1, list[Move]()
    for shift, step in sorted(asked.items(), key=lambda e: (e[1].span.line, e[1].span.column)):
        before = Ends(worst, best)
        if shift.kind == "better":
            worst = min(worst + shift.by * step.low, top)
            best = min(best + shift.by * step.high, top)
        else:
            worst = max(worst - shift.by * (not step.low), 0)
            best = max(best - shift.by * (not step.high), 0)
        found.append(Move(step, before, Ends(worst, best)))
    return tuple(found)


def _place(level: Step, goal: GoalTrace) -> int:
    """The place of a level that the clauses give, by what the rule calls it."""
    name, *above = [cast(sx.Level, each.form).name.text for each in (level, *goal.steps)]
    if name in above:
        return len(goal.levels) - len(above) + above.index(name)
    return goal.levels.index(name)


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
