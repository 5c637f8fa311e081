"""The levels of members and goals: scales, readings on another, worth, and bands of values."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from attrs import field

from goalrules.core.scales import COLOURS, Scale
from goalrules.language.plan import GoalEntry, Plan
from goalrules.language.statements import MetFrom, OwnPoints, Points, ScaleHead
from goalrules.language.syntax import (
    MET,
    Around,
    Band,
    Between,
    Bound,
    Formula,
    Name,
    Point,
    Range,
    Within,
)
from goalrules.lazily import frozen
from goalrules.text.names import folded
from goalrules.text.numbers import read_number


@frozen
class LevelScale:
    """The scale of a member or a goal, and the place from which a goal counts as met.

    `read_on` is the scale that its levels can be read on, and `read_as` the place there of each.
    """

    scale: Scale = COLOURS
    met: int = COLOURS.top
    read_on: Scale | None = None
    read_as: tuple[int, ...] = ()

    def place(self, level: str) -> int | None:
        """The place from which the level, or what is read as it, is reached.

        None where the level is of another scale; one above the top where no level is read so high.
        """
        if level in self.scale.levels:
            return self.scale.place(level)
        if level == MET:
            return self.met
        if self.read_on and level in self.read_on.levels:
            wanted = self.read_on.place(level)
            found = [place for place, read in enumerate(self.read_as) if read >= wanted]
            return min(found, default=len(self.scale.levels))
        return None

    def stands_for(self, level: str) -> int | None:
        """The place of the level itself, or of the lowest that is read as just it."""
        place = self.place(level)
        if self.read_on is None or level in self.scale.levels or level not in self.read_on.levels:
            return place
        wanted = self.read_on.place(level)
        return self.read_as.index(wanted) if wanted in self.read_as else None

    def next_place(self, level: str) -> int:
        """The first place that is better than a level; one above the top where none is."""
        if self.read_on is None or level in self.scale.levels:
            return (self.place(level) or 0) + 1
        found = (
            place for place, read in enumerate(self.read_as) if read > self.read_on.place(level)
        )
        return next(found, len(self.scale.levels))


@frozen
class Scales:
    """The scales of a plan: its own, and those that it names."""

    own: LevelScale = field(factory=LevelScale)
    named: Mapping[str, LevelScale] = field(factory=dict)

    def of(self, name: Name | None, otherwise: LevelScale | None = None) -> LevelScale:
        """The levels on the scale of a name; else on another one, or on the plan's own."""
        if name is None:
            return otherwise or self.own
        return self.named.get(folded(name.text), self.own)


Grid = tuple[tuple[int, ...], ...]
"""The place of the level in each cell of a table, by the places of its two indicators' levels."""


def grid_of(table: Formula, rows: Scale, columns: Scale, levels: Scale) -> Grid:
    """The cells of a table, worst levels first, whatever order they are written in."""
    cells = {
        (row.level.text, column.text): levels.place(cell.text)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    }
    return tuple(tuple(cells[row, column] for column in columns.levels) for row in rows.levels)


def scales_of(plan: Plan) -> Scales:
    """The scales that a plan declares; its own is that of colours where it declares none."""
    heads = plan.all(ScaleHead)
    plain = [Scale(tuple(dict.fromkeys(each.text for each in head.levels))) for head in heads]
    known = [COLOURS, *plain]
    found = [
        (head.name, _levels(head, scale, known)) for head, scale in zip(heads, plain, strict=True)
    ]
    own = [levels for name, levels in found if name is None]
    return Scales(
        own[0] if own else LevelScale(),
        {folded(name.text): levels for name, levels in found if name},
    )


def _levels(head: ScaleHead, scale: Scale, known: Iterable[Scale]) -> LevelScale:
    pairs = {each.level.text: each.read_as.text for each in head.reads}
    read_on = next((each for each in known if set(pairs.values()) <= set(each.levels)), None)
    if not pairs or read_on is None:
        return LevelScale(scale, scale.top)
    return LevelScale(scale, scale.top, read_on, tuple(_places(scale, pairs, read_on)))


def _places(scale: Scale, pairs: Mapping[str, str], read_on: Scale) -> Iterator[int]:
    """What each level is read as; one that is not named as the nearest named below it."""
    last = 0
    for level in scale.levels:
        last = read_on.place(pairs[level]) if level in pairs else last
        yield last


def levels_of_goal(goal: GoalEntry, scales: Scales) -> LevelScale:
    """The levels of a goal: its scale, and the place from which it counts as met."""
    levels = scales.of(goal.goal.scale)
    named = goal.first(MetFrom)
    met = levels.place(named.level.text) if named else None
    place = levels.scale.top if met is None else met
    return LevelScale(levels.scale, place, levels.read_on, levels.read_as)


LevelPoints = tuple[Decimal, ...]
"""What each level of a scale is worth, worst first."""


def worth(points: Iterable[Point], scale: Scale) -> LevelPoints | None:
    """What each level of a scale is worth by a table; None where the table leaves one out."""
    table = {each.level.text: each.number for each in points}
    if not set(scale.levels) <= set(table):
        return None
    return tuple(table[level] for level in scale.levels)


def numbers_of(scale: Scale) -> LevelPoints | None:
    """The levels of a scale as the numbers that they are, if all are."""
    numbers = tuple(number for level in scale.levels if (number := read_number(level)) is not None)
    return numbers if len(numbers) == len(scale.levels) else None


def own_points(statements: Iterable[object]) -> tuple[Point, ...]:
    """The points that some statements give."""
    said = (each for each in statements if isinstance(each, Points | OwnPoints))
    return tuple(point for each in said for point in each.points)


def band_of(value: Decimal | Fraction, bands: Iterable[Band], scale: Scale) -> str | None:
    """The level of a value; None where no band holds it."""
    listed = list(bands)
    held = [each.level.text for each in listed if each.bound and keeps(value, each.bound)]
    other = [each.level.text for each in listed if each.bound is None]
    return max(held or other, key=scale.place, default=None)


def keeps(value: Decimal | Fraction, bound: Bound | Between) -> bool:
    """Whether a value keeps a bound."""
    match bound:
        case Bound():
            return keeps_side(Fraction(value), bound)
        case Within() | Around() | Range():
            return bound.low <= value <= bound.high
        case _:
            assert_never(bound)


def keeps_side(value: Fraction, bound: Bound) -> bool:
    """Whether a value lies on the side of a number that a bound asks for."""
    number = Fraction(bound.number)
    return {
        "at least": value >= number,
        "at most": value <= number,
        "over": value > number,
        "under": value < number,
    }[bound.side]
