"""From points to core: sums, means and shares of what the levels of members are worth.

A member of weight w whose levels are worth p0 ≤ p1 ≤ … counts w·p0 for being there at all, and
w·(p1 − p0) more from its second level on, and so on. Where points fall with the levels, all of
them are counted below nought and bounded from the other side.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise
from math import ceil, floor, lcm
from typing import assert_never

from attrs import frozen

from goalrules.core.nodes import AtLeast, Part, Reaches, Worth, every, some
from goalrules.language import syntax as sx
from goalrules.language.naming import Naming

MOST_WAYS = 2_000
"""The number of ways in which the lowest may have enough points that are looked at."""


@frozen
class Scored:
    """A member that points are counted of."""

    worth: Worth

    @property
    def key(self) -> str:
        """The key of the member."""
        return self.worth.member

    @property
    def weight(self) -> Fraction:
        """What the member weighs."""
        return Fraction(self.worth.weight)

    @property
    def points(self) -> tuple[Fraction, ...]:
        """What each level is worth."""
        return tuple(map(Fraction, self.worth.points))

    @property
    def rises(self) -> bool:
        """Whether a better level is never worth less."""
        return list(self.points) == sorted(self.points)

    @property
    def falls(self) -> bool:
        """Whether a better level is never worth more."""
        return list(self.points) == sorted(self.points, reverse=True)

    @property
    def most(self) -> Fraction:
        """The most that the member can have, with its weight."""
        return self.weight * max(self.points)


def scored(score: sx.Score, names: Naming) -> tuple[Scored, ...]:
    """The members whose points are taken, as `check` has found them to be worth something."""
    return tuple(
        Scored(Worth(key, names.weight(key), names.worth(key) or ()))
        for key in names.counted(score.scope) or ()
    )


def lower_score(score: sx.Score, names: Naming) -> AtLeast:
    """The core of a bound on points."""
    members = scored(score, names)
    sign = 1 if score.bound.side in ("at least", "over") else -1
    if score.lowest is not None:
        return _lowest(score, members)
    per = lcm(*(value.denominator for each in members for value in _units(each)))
    parts = tuple(part for each in members for part in _parts(each, score, sign * per))
    strict = score.bound.side in ("over", "under")
    need, share = _need(score, sign * Fraction(score.bound.number), per)
    whole = floor(need) if strict else ceil(need)
    return AtLeast(
        whole, share, parts, strict, per=sign * per, role="score", form=score,
        worth=worth_of(members), span=score.span,
    )  # fmt: skip


def _need(score: sx.Score, bound: Fraction, per: int) -> tuple[Fraction, Fraction]:
    """The weight that is needed, and the share of the whole."""
    match score.total:
        case "sum":
            return bound * per, Fraction(0)
        case "mean":
            return Fraction(0), bound
        case "share":
            return Fraction(0), bound / 100
        case _:
            assert_never(score.total)


def _units(member: Scored) -> Iterator[Fraction]:
    yield member.weight
    yield from (member.weight * each for each in member.points)


def _parts(member: Scored, score: sx.Score, scale: int) -> Iterator[Part]:
    """What a member counts for being there, and for each better level; only that has a size."""
    sizes = {"sum": Fraction(0), "mean": member.weight * abs(scale), "share": member.most * scale}
    worth = [member.weight * each * scale for each in member.points]
    size = int(sizes[score.total])
    yield Part(Reaches(member.key, 0, score.span), int(worth[0]), size)
    for place, (before, after) in enumerate(pairwise(worth), 1):
        yield Part(Reaches(member.key, place, score.span), int(after - before), 0)


def _lowest(score: sx.Score, members: Sequence[Scored]) -> AtLeast:
    """That the lowest of some members, of equal worth, have enough points together.

    So many of the k lowest are at a level as there are members at it beyond all but k.
    """
    k = int(score.lowest or 0)
    points = members[0].points
    gains = [after - before for before, after in pairwise(points)]
    number = Fraction(score.bound.number) * (k if score.total == "mean" else 1) - k * points[0]
    over = score.bound.side == "over"
    ways = [way for way in _ways(k, len(gains)) if _enough(way, gains, number, over=over)]
    alternatives = [_way(way, k, members, score) for way in ways if _is_least(way, ways)]
    return some(alternatives, "lowest", score, score.span)


PointSteps = tuple[int, ...]
"""How many of the lowest are at the second level or better, at the third or better, and so on."""


def _ways(k: int, gains: int) -> Iterator[PointSteps]:
    yield from combinations_with_replacement(range(k, -1, -1), gains)


def _enough(way: PointSteps, gains: Iterable[Fraction], number: Fraction, *, over: bool) -> bool:
    got = sum((count * gain for count, gain in zip(way, gains, strict=True)), Fraction(0))
    return got > number if over else got >= number


def _is_least(way: PointSteps, ways: Iterable[PointSteps]) -> bool:
    """Whether no other way asks for less."""
    return not any(
        other != way and all(one <= two for one, two in zip(other, way, strict=True))
        for other in ways
    )


def _way(way: PointSteps, k: int, members: Sequence[Scored], score: sx.Score) -> AtLeast:
    counts = [
        AtLeast(
            count - k, Fraction(1),
            tuple(Part(Reaches(each.key, place, score.span)) for each in members),
            min_applying=k, role="lowest", form=score, worth=worth_of(members), span=score.span,
        )
        for place, count in enumerate(way, 1) if count
    ]  # fmt: skip
    return every(counts, "lowest", score, score.span)


def worth_of(members: Iterable[Scored]) -> tuple[Worth, ...]:
    """What each member is worth, as a trace holds it."""
    return tuple(each.worth for each in members)
