"""A goal's whole rule as plain values, and what it naively means over definite levels.

The level is the best one whose clause holds, moved by one shift after another, raised to the floors
that bind, then lowered to the caps that do. What is done with members that are missing stands in
`policies.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .forms import Assignment, Condition, Count, holds
from .plans import Verdict
from .world import World

Ends = tuple[int, int]  # the worst and the best place that the level can have


@dataclass(frozen=True)
class Clause:
    """`green when …`."""

    level: str
    condition: Condition


@dataclass(frozen=True)
class Extreme:
    """The worst or the best of some members; the worst but so many, if some are left out.

    With the kind "same" it is the level of one goal.
    """

    kind: str
    group: tuple[str, ...]
    listed: bool = False
    but: int = 0
    goals: bool = False
    mixed: bool = False


@dataclass(frozen=True)
class Limit:
    """A cap or a floor at a level, when a condition holds or unless it does."""

    kind: str
    level: str
    word: str
    condition: Condition

    @property
    def bad(self) -> bool:
        """Whether its condition says that all is not well: a cap when, a floor unless."""
        return (self.kind == "cap") == (self.word == "when")


@dataclass(frozen=True)
class Shift:
    """One step or two, better or worse, when a condition holds or unless it does."""

    kind: str
    by: int
    word: str
    condition: Condition

    @property
    def bad(self) -> bool:
        """Whether its condition says that all is not well: worse when, better unless."""
        return (self.kind == "worse") == (self.word == "when")


@dataclass(frozen=True)
class Policy:
    """What is done with members that are missing, or not applicable.

    They are left out, count as a level, or are replaced by a group; so many have to remain.
    """

    of: str
    how: str
    level: str = ""
    group: str = ""
    remain: int = 0


@dataclass(frozen=True)
class Remark:
    """Words beside the verdict, when a condition holds or unless it does; or unless it is met."""

    words: str
    word: str
    condition: Condition | None = None


@dataclass(frozen=True)
class Goal:
    """Everything that is said of a goal beside its members."""

    clauses: tuple[Clause, ...] = ()
    otherwise: str = ""
    extreme: Extreme | None = None
    shifts: tuple[Shift, ...] = ()
    limits: tuple[Limit, ...] = ()
    policies: tuple[Policy, ...] = ()
    requires: tuple[Condition, ...] = ()
    for_levels: tuple[tuple[str, Count], ...] = ()  # quorums, each of a level
    remarks: tuple[Remark, ...] = ()


def goal_ends(goal: Goal, levels: Assignment, world: World) -> Ends:
    """The worst and the best place on the scale that the rule leaves open."""
    worst, best = _base(goal, levels, world)
    for shift in goal.shifts:
        binds, by = _binds(shift, levels, world), shift.by if shift.kind == "better" else -shift.by
        taken = [0, by] if binds is None else [by if binds else 0]
        worst, best = (
            min(max(at, 0), len(world.scale) - 1) for at in (worst + min(taken), best + max(taken))
        )
    for kind, stricter in (("floor", max), ("cap", min)):
        for limit in (each for each in goal.limits if each.kind == kind):
            place, binds = world.scale.index(limit.level), _binds(limit, levels, world)
            surely, maybe = binds is True, binds is not False
            worst = stricter(worst, place) if (surely if kind == "floor" else maybe) else worst
            best = stricter(best, place) if (maybe if kind == "floor" else surely) else best
    return worst, best


def goal_met(goal: Goal, levels: Assignment, world: World) -> Verdict:
    """Whether the goal is met; None where that is open whatever the members are."""
    return met_by(goal_ends(goal, levels, world), world)


def met_by(ends: Ends, world: World) -> Verdict:
    """Whether the level that counts as met is reached at worst, or is out of reach at best."""
    worst, best = ends
    return True if worst >= world.meets else None if best >= world.meets else False


def _binds(limit: Limit | Shift, levels: Assignment, world: World) -> Verdict:
    """Whether the limit or the shift takes effect."""
    return _said(limit.word, holds(limit.condition, levels, world, bad=limit.bad))


def _said(word: str, condition: Verdict) -> Verdict:
    """When it holds, or unless it does."""
    return condition if word == "when" or condition is None else not condition


def _base(goal: Goal, levels: Assignment, world: World) -> Ends:
    """The level by the clauses alone."""
    if goal.extreme:
        return _extreme(goal.extreme, levels, world)
    lowest = world.scale.index(goal.otherwise) if goal.otherwise else 0
    worst = best = lowest
    for place in range(lowest + 1, len(world.scale)):
        found = _reached(goal, world.scale[place], levels, world)
        worst = place if found is True else worst
        best = place if found is not False else best
    return worst, best


def _reached(goal: Goal, level: str, levels: Assignment, world: World) -> Verdict:
    """Whether some clause for the level holds; open where nothing at all is said of it."""
    said = [each.condition for each in goal.clauses if each.level == level]
    if not said:
        return False if goal.otherwise else None
    found = [holds(condition, levels, world) for condition in said]
    return True if True in found else None if None in found else False


def _extreme(extreme: Extreme, levels: Assignment, world: World) -> Ends:
    """The level of the one member that it comes to; any level if none is left for that."""
    places = sorted(world.place(n, level) for n in extreme.group if (level := levels[n]))
    if len(places) <= extreme.but:
        return 0, len(world.scale) - 1
    place = places[-1] if extreme.kind == "best" else places[extreme.but]
    return place, place


def remarked(
    remark: Remark, every: Iterable[Mapping[str, str | None]], goal: Goal, world: World
) -> set[Verdict]:
    """Whether a remark is made, for each way in which open members can turn out."""
    return {_made(remark, goal, levels, world) for levels in every}


def _made(remark: Remark, goal: Goal, levels: Assignment, world: World) -> Verdict:
    """Whether it is made over definite levels."""
    if remark.condition is None:
        return _said("unless", goal_met(goal, levels, world))
    bad = remark.word == "when"
    return _said(remark.word, holds(remark.condition, levels, world, bad=bad))
