"""The oracle's answer for a goal's whole rule: every completion, gone through one by one."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from .completions import OF_THE_VERDICT, Ranges, completions, decisive
from .forms import Assignment
from .goals import Ends, Goal, goal_ends, met_by, remarked
from .ledger import Expected
from .policies import barred, ranges, surely
from .world import World

Outcome = str | None


class NaiveGoal:
    """The oracle's answers for one goal, each definite assignment worked out once."""

    def __init__(self, goal: Goal, world: World, names: Sequence[str]) -> None:
        self.goal, self.world, self.names = goal, world, tuple(names)
        self.ends = cache(lambda given: goal_ends(goal, self.named(given), world))
        self.met = cache(lambda given: met_by(self.ends(given), world))
        self.of_ranges = cache(self._of_ranges)

    def named(self, given: Sequence[Outcome]) -> Assignment:
        """Levels by the names of the members."""
        return dict(zip(self.names, given, strict=True))

    def expected(self, outcomes: tuple[Outcome, ...]) -> Expected:
        """The oracle's answer for one assignment of outcomes."""
        given, scale = self.named(outcomes), self.world.scale
        left = tuple(ranges(self.goal, given, self.world))
        if barred(self.goal, given, left, self.world):
            return Expected("open", scale[0], scale[-1], None)
        found = self.of_ranges(left)
        worst = surely(self.goal, given, self.world, scale.index(found.worst))
        if worst == scale.index(found.worst):
            return found
        met = met_by((worst, scale.index(found.best)), self.world)
        verdict = "open" if met is None else OF_THE_VERDICT[met]
        return replace(found, verdict=verdict, worst=scale[worst])

    def _of_ranges(self, left: Ranges[str]) -> Expected:
        """The answer for what the policies have left."""
        every = [self.ends(given) for given in completions(left)]
        ends = min(worst for worst, _ in every), max(best for _, best in every)
        met = met_by(ends, self.world)
        return Expected(
            "open" if met is None else OF_THE_VERDICT[met],
            self.world.scale[ends[0]],
            self.world.scale[ends[1]],
            self._deciding(left, ends),
            self._remarks(left),
        )

    def _deciding(self, left: Ranges[str], ends: Ends) -> tuple[str, ...]:
        """Those that can still decide an open verdict."""
        if met_by(ends, self.world) is not None:
            return ()
        return tuple(sorted(self.names[each] for each in decisive(self.met, left)))

    def _remarks(self, left: Ranges[str]) -> tuple[tuple[str, bool], ...] | None:
        """The remarks that are made, or may be, and whether they surely are.

        The oracle says nothing where open members only decide between not made and undecided.
        """
        made = [
            (each.words, remarked(each, map(self.named, completions(left)), self.goal, self.world))
            for each in self.goal.remarks
        ]
        if any(found == {None, False} for _, found in made):
            return None
        return tuple((words, found == {True}) for words, found in made if True in found)
