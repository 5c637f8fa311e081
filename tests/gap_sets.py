"""The single sets that families of ways stand for, and what they come to when they are tried."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from goalrules.answers.result import Move, Way

Moved = frozenset[tuple[str, str]]
"""Members with the level that each is moved to; "assessed" where any level is enough."""

LEVELS = ("red", "yellow", "green")
STATES: Sequence[str | None] = (None, *LEVELS)
"""What an outcome can be, worst first: one that is not known comes before every level."""


def sets_of(ways: Iterable[Way]) -> Counter[Moved]:
    """Every set of the ways, as often as it stands there."""
    return Counter(each for way in ways for each in _sets(way.moves))


def _sets(moves: Sequence[Move]) -> Iterator[Moved]:
    if not moves:
        yield frozenset()
        return
    first, *rest = moves
    for chosen in combinations(first.group, first.number):
        own = {each.member.name: "assessed" if first.assessed else each.to for each in chosen}
        for others in _sets(rest):
            if not own.keys() & {name for name, _ in others}:
                yield frozenset(own.items()) | others


def raised(start: Mapping[str, str | None]) -> Iterator[dict[str, str | None]]:
    """Every case in which no member is worse than at the start."""
    names = list(start)
    better = [STATES[STATES.index(start[name]) :] for name in names]
    for states in product(*better):
        yield dict(zip(names, states, strict=True))


def lowered(start: Mapping[str, str | None]) -> Iterator[dict[str, str | None]]:
    """Every case in which no member is better than at the start."""
    names = list(start)
    worse = [LEVELS[: LEVELS.index(start[name] or "red") + 1] for name in names]
    for states in product(*worse):
        yield dict(zip(names, states, strict=True))


def moved(start: Mapping[str, str | None], case: Mapping[str, str | None]) -> Moved:
    """The members that a case moves, by what a way would say of them."""
    return frozenset(
        (name, "assessed" if start[name] is None and state == "red" else str(state))
        for name, state in case.items()
        if state != start[name]
    )


def least(found: Iterable[Mapping[str, str | None]], start: Mapping[str, str | None]) -> set[Moved]:
    """The cases that move least: none of them moves all that another does, and more."""
    cases = [
        {name: abs(STATES.index(each[name]) - STATES.index(start[name])) for name in start}
        for each in found
    ]
    states = {tuple(case.values()): each for case, each in zip(cases, list(found), strict=True)}
    minimal = [
        each
        for each in states
        if not any(
            other != each and all(one <= two for one, two in zip(other, each, strict=True))
            for other in states
        )
    ]
    return {moved(start, states[each]) for each in minimal}
