"""The rules that are tried: every form for a list of members, and rules drawn at random."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from random import Random

from .forms import (
    Condition,
    Count,
    Including,
    Joined,
    Named,
    OnlyTop,
    Ordered,
    Rule,
    holds,
    level_ends,
)
from .wording import Style

Names = Sequence[str]

PERCENTS = (28, 50, 60, 75, 100, Decimal("33.4"), Decimal("66.7"))
TIERS = ("green", "yellow", "red")


def dice(seed: int) -> Random:
    """Dice that always fall alike."""
    return Random(seed)  # noqa: S311  # drawn for tests, keeps no secret


def every_form(names: Names) -> Iterator[Rule]:
    """Every form of rule for these members, once for each way to fill it that matters."""
    everybody = tuple(names)
    conditions: list[Condition] = [*every_count(everybody), *every_named(everybody)]
    yield from conditions
    yield from every_joined(everybody)
    yield from (OnlyTop(condition) for condition in conditions[::7])
    yield from every_ordered(everybody)


def every_count(names: tuple[str, ...]) -> Iterator[Count]:
    """Every quantifier over all the members, and over some lists of them."""
    yield from counts_of(names, listed=False)
    yield from counts_with_clauses(names, listed=False)
    for group in sublists(names):
        yield from counts_of(group, listed=True)
        yield from list(counts_with_clauses(group, listed=True))[::3]


def sublists(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A few lists of members that are not all of them: at the start, at the end, every other."""
    return [
        group
        for group in dict.fromkeys((names[:2], names[-3:], names[::-2]))
        if 1 < len(group) < len(names)
    ]


def quantities(size: int) -> Iterator[tuple[str, int | Decimal]]:
    """Every kind of quantity at a good level for a group of this size."""
    yield from (("number", number) for number in range(1, size + 1))
    yield from (("percent", percent) for percent in PERCENTS)
    yield from (("majority", 0), ("half", 0), ("all", 0), ("any", 0))


def counts_of(group: tuple[str, ...], *, listed: bool) -> Iterator[Count]:
    """Every quantity over one group, at good and at bad levels, without clauses."""
    for (kind, amount), level in product(quantities(len(group)), ("green", "yellow")):
        yield Count(kind, level, group, listed, amount)
    for level in ("yellow", "red"):
        yield Count("none", level, group, listed)
        for number in range(1, len(group)):
            yield Count("at most", level, group, listed, number)


def counts_with_clauses(group: tuple[str, ...], *, listed: bool) -> Iterator[Count]:
    """Every quantity short of all, with members included, a floor for the rest, or both."""
    for kind, amount in quantities(len(group)):
        need = least_hits(kind, amount, len(group))
        if kind not in {"all", "any"} and need < len(group):
            for including, rest in product(inclusions(group, need), (None, "yellow")):
                if including or rest:
                    yield Count(kind, "green", group, listed, amount, including, rest)
    if len(group) > 2:
        yield Count("number", "yellow", group, listed, 2, Including(group[:1]))
        yield Count("any", "green", group, listed, rest="yellow")
        yield Count("number", "yellow", group, listed, 2, rest="yellow")


def least_hits(kind: str, amount: int | Decimal, size: int) -> int:
    """The fewest hits that are enough, found by trying."""
    group = tuple(map(str, range(size)))
    rule = Count(kind, "green", group, amount=amount)
    return next(
        hits
        for hits in range(size + 1)
        if holds(rule, {name: "green" if int(name) < hits else "red" for name in group})
    )


def inclusions(group: tuple[str, ...], need: int) -> Iterator[Including | None]:
    """Nobody included, or one, two, or one of some: never more than the quantity needs."""
    yield None
    yield Including(group[:1])
    yield Including(group[-2:], 1)
    if need > 1:
        yield Including((group[0], group[-1]))
    if need > 1 and len(group) > 3:
        yield Including(group[:3], 2)


def every_named(names: tuple[str, ...]) -> Iterator[Named]:
    """One named member, with and without a floor for the rest."""
    for name in names:
        yield Named(name, "green", names)
        yield Named(name, "yellow", names)
        if len(names) > 1:
            yield Named(name, "green", names, "yellow")
    if len(names) > 1:
        yield Named(names[0], "yellow", names, "yellow")


def every_joined(names: tuple[str, ...]) -> Iterator[Joined]:
    """Pairs, threes and nests of unlike conditions, by and and by or."""
    if len(names) < 2:
        return
    atoms = samples(names)
    for word, (left, right) in product(
        ("and", "or"), zip(atoms, atoms[3:] + atoms[:3], strict=True)
    ):
        yield Joined(word, (left, right))
    for word, other in (("and", "or"), ("or", "and")):
        for first in range(0, len(atoms) - 2, 2):
            one, two, three = atoms[first : first + 3]
            yield Joined(word, (one, two, three))
            yield Joined(word, (Joined(other, (one, two)), three))
            yield Joined(word, (one, Joined(other, (two, Joined(word, (three, atoms[0]))))))


def samples(names: tuple[str, ...]) -> list[Condition]:
    """A few unlike conditions, short and with clauses."""
    half, size = names[: max(2, len(names) // 2)], len(names)
    listed = len(half) < size
    return [
        Named(names[0], "green", names),
        Count("majority", "green", half, listed),
        Count("number", "green", names, amount=(size + 1) // 2, rest="yellow"),
        Count("at most", "red", names, amount=1),
        Count("percent", "green", names, amount=50, including=Including(names[-1:])),
        Named(names[-1], "yellow", names),
        Count("all", "green", half, listed),
        Count("percent", "green", names, amount=75),
        Count("none", "red", half, listed),
        Named(names[1], "green", names, "yellow"),
    ]


def every_ordered(names: tuple[str, ...]) -> Iterator[Ordered]:
    """Ordered levels with otherwise, where each of the three levels can come out."""
    conditions: list[Condition] = [
        *counts_of(tuple(names), listed=False),
        *every_named(tuple(names)),
        *every_joined(tuple(names)),
    ]
    for step in (5, 11):
        shifted = conditions[step:] + conditions[:step]
        pairs = list(zip(conditions, shifted, strict=True))[::3]
        yield from (
            rule for one, two in pairs if can_reach_each_level(rule := Ordered(one, two), names)
        )


def can_reach_each_level(rule: Ordered, names: Names) -> bool:
    """Whether red, yellow and green all come out for some levels of the members."""
    seen = set()
    for levels in product(TIERS, repeat=len(names)):
        seen.add(level_ends(rule, dict(zip(names, levels, strict=True)))[0])
        if len(seen) == len(TIERS):
            return True
    return False


def random_rule(rng: Random, names: Names) -> Rule:
    """A rule of any form drawn at random, up to three deep, that neither always nor never holds."""
    everybody = tuple(names)
    shape = rng.random()
    condition = random_condition(rng, everybody, 3)
    if shape < 0.6:
        return condition
    if shape < 0.75:
        return OnlyTop(condition)
    for _ in range(20):
        ordered = Ordered(condition, random_condition(rng, everybody, 2))
        if can_reach_each_level(ordered, names):
            return ordered
    return OnlyTop(condition)


def random_condition(rng: Random, names: tuple[str, ...], depth: int) -> Condition:
    """A condition, joined of others while there is depth left."""
    if depth == 0 or len(names) < 2 or rng.random() < 0.4:
        return random_named(rng, names) if rng.random() < 0.2 else random_count(rng, names)
    word, number = rng.choice(("and", "or")), rng.choice((2, 2, 3))
    parts = tuple(random_condition(rng, names, depth - 1) for _ in range(number))
    return Joined(word, parts)


def random_named(rng: Random, names: tuple[str, ...]) -> Named:
    """One named member at a level."""
    rest = "yellow" if len(names) > 1 and rng.random() < 0.4 else None
    return Named(rng.choice(names), rng.choice(("green", "green", "yellow")), names, rest)


def random_count(rng: Random, names: tuple[str, ...]) -> Count:
    """A quantifier over all members or some in any order."""
    listed = len(names) > 2 and rng.random() < 0.5
    group = tuple(rng.sample(names, rng.randint(2, len(names) - 1))) if listed else names
    choices = list(counts_of(group, listed=listed))
    if rng.random() < 0.6:
        choices = list(counts_with_clauses(group, listed=listed)) or choices
    return rng.choice(choices)


def random_style(rng: Random) -> Style:
    """One of the ways to write a rule down."""
    return Style(
        floor=rng.choice(("≥", ">=", "word")),
        commas=rng.choice(("rest", "both", "none")),
        rest_first=rng.random() < 0.5,
        at_least=rng.random() < 0.6,
        percent=rng.choice((" %", "%", "word")),
        brackets=rng.random() < 0.5,
        lines=rng.random() < 0.3,
        goals_first=rng.random() < 0.5,
    )


def goals_as_members(names: Names) -> Iterator[Count]:
    """Goals counted by being met, and by their level."""
    group = tuple(names)
    for noun, (kind, amount) in product(("goals by met", "goals"), quantities(len(group))):
        yield Count(kind, "green", group, listed=True, amount=amount, noun=noun)
    yield from (
        Count(kind, level, group, listed=True, amount=amount, noun="goals")
        for kind, amount, level in (("number", 1, "yellow"), ("none", 0, "red"))
    )
