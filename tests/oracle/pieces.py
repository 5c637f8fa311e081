"""Every form of condition in a goal's rule, and all that can stand beside its clauses."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from .forms import BOUNDING, Condition, Count, Including, Joined, Named
from .goals import Extreme, Limit, Policy, Remark, Shift
from .points import Score, keeps, total
from .world import World
from .worlds import Place

Names = tuple[str, ...]


def good_conditions(place: Place, names: Names) -> list[Condition]:
    """Conditions that say that all is well, each quantity at least once, at several levels."""
    found = [*_good_counts(place, names), *_good_named(place, names)]
    found += _scores(place.world, names, bad=False)
    return [_explicit(each, bad=False) if place.numbered else each for each in found]


def bad_conditions(place: Place, names: Names) -> list[Condition]:
    """Conditions as a cap has them, and a floor with unless: bare levels mean or worse."""
    found = [*_bad_counts(place, names), *_bad_named(place, names)]
    found += _scores(place.world, names, bad=True)
    return [_explicit(each, bad=True) if place.numbered else each for each in found]


def _good_counts(place: Place, names: Names) -> Iterator[Condition]:
    low, between, top = place.tops
    mid = top if between == low else between
    floor = None if between == low else between
    pair, tail, number = names[:2], names[1:], len(names)
    one, either = Including(names[:1]), Including((names[0], names[-1]), 1)
    yield Count("number", top, names, amount=2)
    yield Count("number", mid, names, amount=number - 1, side="at least")
    yield Count("number", top, names, amount=number - 1, including=one, rest=floor)
    yield Count("percent", top, names, amount=60, including=either)
    yield Count("percent", mid, tail, listed=True, amount=Decimal("33.4"))
    yield Count("majority", top, names, rest=floor)
    yield Count("half", mid, pair, listed=True)
    yield Count("all", mid, names)
    yield Count("all", top, pair, listed=True, including=one)
    yield Count("any", top, names, including=either)
    yield Count("any", top, tail, listed=True, rest=floor)
    yield Count("none", low, names)
    yield Count("none", top, pair, listed=True, side="worse than")
    yield Count("at most", low, names, amount=1)
    yield Count("at most", mid, tail, listed=True, amount=1, side="worse than")
    if floor:
        yield Count("none", between, tail, listed=True, side="at most")
        yield Count("at most", between, names, amount=number - 2)
    yield from _weighed(place.world, names, mid, top)


def _weighed(world: World, names: Names, mid: str, worst_or_top: str) -> Iterator[Condition]:
    """Counts of weight, where members have some."""
    if not world.weights:
        return
    half = Decimal(int(world.total_weight(names))) / 2
    yield Count("number", worst_or_top, names, amount=half, weighed=True)
    yield Count("number", mid, names[:2], listed=True, amount=Decimal("1.5"), weighed=True)
    yield Count("percent", worst_or_top, names, amount=60, weighed=True)
    yield Count("majority", mid, names[1:], listed=True, weighed=True)
    yield Count("half", worst_or_top, names, weighed=True)
    yield Count("all", mid, names, weighed=True)


def _good_named(place: Place, names: Names) -> Iterator[Condition]:
    low, between, top = place.tops
    first, last = names[0], names[-1]
    yield Named(first, top, names)
    yield Named(last, top, names, None if between == low else between)
    if between != low:
        yield Named(last, between, names, side="at least")
    both = Named(first, top, names), Count("none", low, names[1:], listed=True)
    yield Joined(
        "or", (*both, Joined("and", (Named(last, top, names), Named(names[1], top, names))))
    )
    yield Joined("and", both)


def _bad_counts(place: Place, names: Names) -> Iterator[Condition]:
    low, between, top = place.tops
    pair, tail, number = names[:2], names[1:], len(names)
    one, either = Including(names[:1]), Including((names[0], names[-1]), 1)
    yield Count("number", low, names, amount=2)
    yield Count("number", between, names, amount=2, including=one)
    yield Count("number", top, names, amount=number - 1, side="worse than")
    yield Count("percent", low, names, amount=50, including=either)
    yield Count("percent", between, tail, listed=True, amount=60)
    yield Count("majority", between, names)
    yield Count("half", low, tail, listed=True)
    yield Count("all", between, names)
    yield Count("all", low, pair, listed=True)
    yield Count("any", low, names)
    yield Count("any", top, pair, listed=True, side="worse than")
    yield Count("none", top, names)
    yield Count("at most", top, names, amount=1)
    if between != low:
        yield Count("none", between, tail, listed=True, side="at least")
        yield Count("at most", between, names, amount=number - 2)
    if place.world.weights:
        most = Decimal(int(place.world.total_weight(names))) / 2
        yield Count("at most", top, names, amount=most, weighed=True)
        yield Count("none", top, pair, listed=True, weighed=True)
        yield from _weighed(place.world, names, between, low)


def _bad_named(place: Place, names: Names) -> Iterator[Condition]:
    low, between, top = place.tops
    first, last = names[0], names[-1]
    yield Named(first, low, names)
    yield Named(last, between, names, side="at most")
    yield Named(last, top, names, side="worse than")
    both = Named(first, between, names), Count("any", low, names[1:], listed=True)
    yield Joined(
        "and", (*both, Joined("or", (Named(last, low, names), Named(names[1], low, names))))
    )
    yield Joined("or", both)


def _explicit(condition: Condition, *, bad: bool) -> Condition:
    """The same condition with the side of each level written out."""
    match condition:
        case Joined():
            return replace(condition, parts=tuple(_explicit(p, bad=bad) for p in condition.parts))
        case Count() | Named() if not condition.side:
            bounding = isinstance(condition, Count) and condition.kind in BOUNDING
            return replace(condition, side="at most" if bad != bounding else "at least")
        case _:
            return condition


def _scores(world: World, names: Names, *, bad: bool) -> Iterator[Condition]:
    """Bounds on points from either side of the middle of what there can be."""
    if not world.points and not world.scale[0].isdecimal():
        return
    rises = world.worths(names[0])[0] < world.worths(names[0])[-1]
    sides = ("at least", "over") if rises != bad else ("at most", "under")
    for side in sides:
        yield _bounded(world, Score("sum", side, 0, names))
        yield _bounded(world, Score("mean", side, 0, names))
        yield _bounded(world, Score("mean", side, 0, names[1:], listed=True))
    yield _bounded(world, Score("sum", sides[0], 0, names[:2], listed=True))
    if rises and not bad:
        yield Score("share", "at least", 60, names)
        yield Score("share", "at least", Decimal("33.4"), names[:2], listed=True)
        yield from _lowest(world, names)


def _lowest(world: World, names: Names) -> Iterator[Score]:
    """Bounds on the fewest points, where all members are worth the same."""
    if not world.weights and not world.own_points and not world.scales:
        yield _bounded(world, Score("sum", "at least", 0, names, lowest=2))
        yield _bounded(world, Score("mean", "over", 0, names, lowest=2))
        yield _bounded(world, Score("sum", "over", 0, names, lowest=len(names)))


def _bounded(world: World, score: Score) -> Score:
    """The bound three fifths of the way from the worst to the best that there can be."""
    ends = [total(score, {n: world.levels(n)[end] for n in score.group}, world) for end in (0, -1)]
    number = Decimal(int((ends[0] * 2 + ends[1] * 3) * 2)) / 10
    assert [keeps(score.side, each, number) for each in ends].count(True) == 1
    return replace(score, number=number)


def extremes(names: Names) -> list[Extreme]:
    """The worst, the best and the worst but some, of all and of some."""
    return [
        Extreme("worst", names),
        Extreme("worst", names[1:], listed=True),
        Extreme("best", names),
        Extreme("best", names[:2], listed=True),
        Extreme("worst", names, but=1),
        Extreme("worst", names[1:], listed=True, but=1),
        Extreme("worst", names, but=len(names) - 1),
    ]


def limits(place: Place, names: Names) -> Iterator[Limit]:
    """A cap and a floor for every condition, when it holds or unless it does."""
    kinds = (("cap", "when", True), ("floor", "unless", True)), (
        ("cap", "unless", False), ("floor", "when", False),
    )  # fmt: skip
    scale = place.world.scale
    for of_kind in kinds:
        conditions = (bad_conditions if of_kind[0][2] else good_conditions)(place, names)
        for order, condition in enumerate(conditions):
            kind, word, _ = of_kind[order % 2]
            levels = scale[:-1] if kind == "cap" else scale[1:]
            yield Limit(kind, levels[order // 2 % len(levels)], word, condition)
            kind, word, _ = of_kind[1 - order % 2]
            if order % 3 == 0:
                yield Limit(
                    kind, place.tops[1] if kind == "cap" else place.tops[2], word, condition
                )


def shifts(place: Place, names: Names) -> Iterator[Shift]:
    """A step better and one worse for some conditions, when each holds or unless it does."""
    for kinds, conditions in (
        ((("worse", "when"), ("better", "unless")), bad_conditions(place, names)),
        ((("better", "when"), ("worse", "unless")), good_conditions(place, names)),
    ):
        for number, condition in enumerate(conditions[::3]):
            kind, word = kinds[number % 2]
            yield Shift(kind, 1 + (number % 5 == 0), word, condition)


def policies(place: Place, names: Names) -> Iterator[Policy]:
    """Each thing that can be done with the missing and with those that do not apply."""
    [stand_in] = place.world.groups
    for of in ("missing", "not applicable"):
        yield Policy(of, "left out")
        yield Policy(of, "left out", remain=len(names) - 1)
        yield Policy(of, "replaced by", group=stand_in)
        for level in dict.fromkeys(place.tops):
            if all(_can_be(level, name, place.world) for name in names):
                yield Policy(of, "counts as", level)


def _can_be(level: str, name: str, world: World) -> bool:
    """Whether some level of a member is read as this one."""
    return level in {world.read(name, each) for each in world.levels(name)}


def known(names: Names) -> list[Condition]:
    """Who have to be known before there is a verdict, by name and in numbers."""
    one, last = (Named(each, "assessed", names) for each in (names[0], names[-1]))
    some = Count("number", "assessed", names[1:], listed=True, amount=1)
    half = Count("half", "assessed", names)
    return [one, Joined("and", (one, some)), Joined("and", (some, half, last))]


def quorums(names: Names) -> list[Count]:
    """Each quantity that can be required."""
    pair = names[:2]
    return [
        Count("number", "assessed", names, amount=2),
        Count("number", "assessed", names[1:], listed=True, amount=2),
        Count("number", "assessed", names, amount=2, including=Including(pair, 1)),
        Count("number", "assessed", names, amount=1, including=Including(names[-1:])),
        Count("percent", "assessed", names, amount=60),
        Count("percent", "assessed", pair, listed=True, amount=100),
        Count("majority", "assessed", names),
        Count("half", "assessed", names),
        Count("all", "assessed", pair, listed=True),
        Count("any", "assessed", names),
    ]


def remarks(place: Place, names: Names) -> Iterator[Remark]:
    """Words beside the verdict by a few conditions, and unless it is met."""
    yield Remark("not met", "unless")
    for word, of_kind in (("when", bad_conditions), ("unless", good_conditions)):
        for number, condition in enumerate(of_kind(place, names)[::4]):
            yield Remark(f"{word} {number}", word, condition)
