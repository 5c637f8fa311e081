"""Rules that are asked exact questions: as the engine has them, and what they naively give."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from random import Random

import goalrules
from goalrules.assess.goal_rule import GoalRule
from goalrules.language.naming import goal_key

from .analysis import Box, Case, Cases, Gates
from .analysis_engine import Asking, query_of
from .catalogue import random_style
from .engine import inside, inside_goal
from .forms import Rule, level_ends
from .goal_wording import alone, file
from .goals import Goal, goal_ends
from .policies import are_enough, assessed, is_kept, ranges, too_few_remain
from .wording import text
from .world import COLOURS, PLAIN_WORLD, World
from .worlds import Place

Names = tuple[str, ...]
Outcomes = tuple[str | None, ...]


@dataclass(frozen=True)
class Position:
    """Where the members of a rule stand, and what the engine is asked about it.

    `gates` gives what has to be assessed for a place.
    """

    cases: Cases
    box: Box
    gates: Callable[[int], Gates | None]
    asking: Asking

    @property
    def start(self) -> dict[int, int]:
        """The worst place of each member that applies."""
        return {m: each[0] for m, each in enumerate(self.box) if each}


@dataclass
class Tried:
    """A rule as it is written, as the engine has it, and what it naively gives."""

    written: str
    rule: GoalRule
    names: Names
    world: World
    goal: Goal
    levels: Callable[[Mapping[str, str | None]], tuple[int, int]]
    known: dict[tuple[bool, ...], Cases] = field(default_factory=dict)

    def position(self, outcomes: Outcomes) -> Position:
        """Where the members stand by their outcomes."""
        box = self.box(outcomes)
        goals = [key for key in map(goal_key, self.names) if key in self.rule.names.goals]
        keys = (*self.names, *goals)
        query = query_of(self.rule, dict(zip(keys, outcomes * 2, strict=False)))
        asked = goals if set(goals) & set(query.members) else self.names
        asking = Asking(query, asked)
        return Position(self.cases(box), box, partial(self.gates, outcomes, box), asking)

    def box(self, outcomes: Outcomes) -> Box:
        """The places that each member can have, as the policies have it."""
        given = dict(zip(self.names, outcomes, strict=True))
        left = zip(self.names, ranges(self.goal, given, self.world), strict=True)
        return [
            None if each is None else range(places.index(each[0]), places.index(each[-1]) + 1)
            for name, each in left
            for places in [self.world.levels(name)]
        ]

    def cases(self, box: Box) -> Cases:
        """Every case of those that apply, gone through once."""
        key = tuple(each is not None for each in box)
        if key not in self.known:
            sizes = [len(self.world.levels(n)) if each else None for n, each in self.applying(box)]
            self.known[key] = Cases(self.ends, sizes, self.world.meets)
        return self.known[key]

    def applying(self, box: Box) -> Iterator[tuple[str, bool]]:
        """The members, each with whether it applies."""
        return zip(self.names, (each is not None for each in box), strict=True)

    def ends(self, case: Case) -> tuple[int, int]:
        """The two places that the rule gives in a case."""
        given = zip(self.names, case, strict=True)
        return self.levels(
            {n: None if each is None else self.world.levels(n)[each] for n, each in given}
        )

    def gates(self, outcomes: Outcomes, box: Box, at: int) -> Gates | None:
        """What has to be assessed for a place, with those that are not yet but can be."""
        given = dict(zip(self.names, outcomes, strict=True))
        own = assessed(given, self.world)
        too_few = too_few_remain(self.goal, [None if each is None else () for each in box])
        levels = self.world.scale
        of_levels = [each for level, each in self.goal.for_levels if levels.index(level) <= at]
        if not self.goal.requires and not self.goal.for_levels:
            return Gates(frozenset(), lambda _: False) if too_few else None

        def enough(found_out: frozenset[int]) -> bool:
            found = own | {self.names[m]: True for m in found_out}
            kept = all(is_kept(each, found) for each in of_levels)
            return not too_few and kept and are_enough(self.goal, found)

        waiting = {m for m, each in enumerate(box) if each and own[self.names[m]] is False}
        return Gates(frozenset(waiting), enough)


def of_rule(rule: Rule, names: Names, rng: Random) -> Tried:
    """A rule for green alone, or for two levels, of members on colours."""

    def levels(given: Mapping[str, str | None]) -> tuple[int, int]:
        worst, best = level_ends(rule, given)
        return COLOURS.index(worst), COLOURS.index(best)

    written = text(rule, rng.choice(("en", "sv")), random_style(rng))
    found = inside(goalrules.rule(written, members=list(names)))
    return Tried(written, found, names, PLAIN_WORLD, Goal(), levels)


def of_goal(goal: Goal, place: Place, names: Names, rng: Random) -> Tried:
    """The whole rule of a goal in some world."""
    language, style, world = rng.choice(("en", "sv")), random_style(rng), place.world
    if place.alone:
        written = alone(goal, world, language, style)
        found = inside(goalrules.rule(written, names, world.scale))
    else:
        written = file(goal, world, names, language, style)
        found = inside_goal(goalrules.loads(written), "1")
    return Tried(written, found, names, world, goal, lambda given: goal_ends(goal, given, world))
