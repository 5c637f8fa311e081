"""Bounds on points, and what they naively mean: add up what each member's level is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .plans import Verdict
from .world import World


@dataclass(frozen=True)
class Score:
    """A bound on the sum or the mean of points, or on their share of the most there can be.

    With `lowest` only so many are taken, those with the fewest points.
    """

    total: str  # sum, mean or share
    side: str  # at least, at most, over or under
    number: int | Decimal
    group: tuple[str, ...]
    listed: bool = False
    lowest: int = 0
    noun: str = "members"  # or "mixed", of members and goals in one list


def score_holds(
    score: Score, levels: Mapping[str, str | None], world: World, *, bad: bool = False
) -> Verdict:
    """Whether the bound is kept; open when those that apply are none, or too few for it.

    They are too few for a bound that they cannot keep, whatever their levels; but not in a limit
    that binds when all is not well (`bad`), where the bound is kept or it is not.
    """
    left = {name: level for name in score.group if (level := levels[name]) is not None}
    if len(left) < max(1, score.lowest):
        return None
    ends = _extremes(score, left, world)
    if not bad and not any(keeps(score.side, each, score.number) for each in ends):
        return None
    return keeps(score.side, total(score, left, world), score.number)


def _extremes(score: Score, left: Mapping[str, str], world: World) -> list[Fraction]:
    """The totals with everybody at the best level, and with everybody at the worst."""
    everybody = ({name: world.levels(name)[end] for name in left} for end in (0, -1))
    return [total(score, each, world) for each in everybody]


def total(score: Score, left: Mapping[str, str], world: World) -> Fraction:
    """The points of those that apply, weighed."""
    points = [world.weight(name) * world.worth(name, level) for name, level in left.items()]
    if score.lowest:
        return _of_lowest(score, points)
    whole = sum(points, Fraction(0))
    if score.total == "mean":
        return whole / world.total_weight(left)
    if score.total == "share":
        most = sum((world.weight(name) * max(world.worths(name)) for name in left), Fraction(0))
        return 100 * whole / most
    return whole


def _of_lowest(score: Score, points: Sequence[Fraction]) -> Fraction:
    """The sum or the mean of so many of the fewest points."""
    taken = sorted(points)[: score.lowest]
    return sum(taken, Fraction(0)) / (len(taken) if score.total == "mean" else 1)


def keeps(side: str, total: Fraction, number: int | Decimal) -> bool:
    """Whether a number is on this side of another."""
    bound = Fraction(number)
    return {
        "at least": total >= bound,
        "at most": total <= bound,
        "over": total > bound,
        "under": total < bound,
    }[side]
