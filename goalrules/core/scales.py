"""Scales of ordered levels, and the ends between which an open level lies."""

from attrs import field

from goalrules.core.vocabulary import PLAN_STATUSES, Verdict
from goalrules.lazily import frozen


@frozen
class Scale:
    """Ordered levels by name, worst first; a level is known by its place from 0."""

    levels: tuple[str, ...]

    @property
    def top(self) -> int:
        """The place of the best level."""
        return len(self.levels) - 1

    def place(self, level: str) -> int:
        """The place of a level; `ValueError` for a name that the scale does not hold."""
        return self.levels.index(level)


MOST_LEVELS = 10
"""The number of levels that a scale may have."""

COLOURS = Scale(("red", "yellow", "green"))
REACHED = Scale(("not reached", "reached"))
PLAN = Scale(PLAN_STATUSES)


@frozen(slots=False)
class Ends:
    """The worst and the best place that a level can still take; equal where it is decided.

    `applies` is false for a member that does not apply: it has no level at all.
    """

    worst: int
    best: int = field()
    applies: bool = True

    @best.validator
    def _ordered(self, _: object, best: int) -> None:
        if self.worst > best:
            raise ValueError("the worst end lies above the best")

    @property
    def decided(self) -> bool:
        """Whether only one level is left."""
        return self.worst == self.best


def verdict_of(ends: Ends, met: int) -> Verdict:
    """Met, not met, or open while the ends lie on both sides of the place that counts as met."""
    if ends.worst >= met:
        return "met"
    return "open" if ends.best >= met else "not met"


def known(place: int) -> Ends:
    """The ends of a level that is known."""
    return Ends(place, place)


def unknown(scale: Scale) -> Ends:
    """The ends of a level of which nothing is known."""
    return Ends(0, scale.top)


NOT_APPLICABLE = Ends(0, 0, applies=False)
