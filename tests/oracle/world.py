"""What is known of a goal's members beside their outcomes: scales, readings, weights and points."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

Levels = tuple[str, ...]
Points = Mapping[str, int | Decimal]

COLOURS = ("red", "yellow", "green")


@dataclass(frozen=True)
class World:
    """The goal's own scale, and what is said of single members.

    `scales` are those of members on another scale than the goal's, and `reads` what some levels
    of theirs are read as on the goal's.
    """

    scale: Levels = COLOURS
    met: str = ""  # the level from which the goal counts as met; the top level if none is named
    scales: Mapping[str, Levels] = field(default_factory=dict)
    reads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    weights: Mapping[str, int | Decimal] = field(default_factory=dict)
    points: Points = field(default_factory=dict)
    own_points: Mapping[str, Points] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def meets(self) -> int:
        """The place on the goal's scale from which it counts as met."""
        return self.scale.index(self.met or self.scale[-1])

    def levels(self, name: str) -> Levels:
        """The levels that a member can have, worst first."""
        return self.scales.get(name, self.scale)

    def read(self, name: str, level: str) -> str:
        """What a member's level is read as: by its own name, or that of the nearest named below."""
        own = self.levels(name)
        if own == self.scale:
            return level
        below = own[: own.index(level) + 1]
        named = [self.reads[name][each] for each in below if each in self.reads[name]]
        return named[-1] if named else self.scale[0]

    def place(self, name: str, level: str) -> int:
        """The place of a member's level on the goal's scale."""
        return self.scale.index(self.read(name, level))

    def above(self, name: str, level: str, wanted: str) -> int:
        """How many levels a member is above the one that is asked for; below it, less than 0."""
        own = self.scales.get(name, self.scale)
        if wanted in own:
            return own.index(level) - own.index(wanted)
        return self.place(name, level) - self.scale.index(wanted)

    def weight(self, name: str) -> Fraction:
        """What a member weighs: 1 where nothing is said."""
        return Fraction(self.weights.get(name, 1))

    def total_weight(self, names: Iterable[str]) -> Fraction:
        """What some members weigh together."""
        return sum(map(self.weight, names), Fraction(0))

    def worth(self, name: str, level: str) -> Fraction:
        """What a level of a member is worth: by its own table, the goal's, or its own number."""
        table = self.own_points.get(name) or self.points
        return Fraction(table[level] if table else level)

    def worths(self, name: str) -> list[Fraction]:
        """What each level of a member is worth, worst first."""
        return [self.worth(name, level) for level in self.levels(name)]


PLAIN_WORLD = World()
