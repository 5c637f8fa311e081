"""The naive answer under missing data: go through every completion and compare the verdicts."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product
from typing import TypeVar

Item = TypeVar("Item")
Ranges = Sequence[tuple[Item, ...] | None]  # None: the member is not applicable
Levels = tuple[str | None, ...]

ORDER = {"red": 0, "yellow": 1, "green": 2}
MISSING = ("red", "yellow", "green")
OF_THE_VERDICT = {True: "met", False: "not met"}


def completions(ranges: Ranges[Item]) -> Iterator[tuple[Item | None, ...]]:
    """Every way to settle the open members."""
    return product(*((None,) if values is None else values for values in ranges))


def answer(
    says: Callable[[tuple[Item | None, ...]], bool | None], ranges: Ranges[Item]
) -> tuple[bool, bool]:
    """The worst and the best verdict; one open for its own reason counts as both."""
    verdicts = {says(completion) for completion in completions(ranges)}
    return verdicts == {True}, verdicts != {False}


def verdict(ends: tuple[bool, bool]) -> str:
    """The three-way verdict: open exactly when the worst and the best differ."""
    worst, best = ends
    return OF_THE_VERDICT[worst] if worst == best else "open"


def levels_when_only_green_is_stated(ends: tuple[bool, bool]) -> tuple[str, str]:
    """The worst and the best level where the plan does not tell yellow from red."""
    worst, best = ends
    return "green" if worst else "red", "green" if best else "yellow"


def levels(says: Callable[[Levels], tuple[str, str]], ranges: Ranges[str]) -> tuple[str, str]:
    """The worst and the best level of all completions, for a rule that has two ends of its own."""
    pairs = [says(completion) for completion in completions(ranges)]
    worst = min((pair[0] for pair in pairs), key=ORDER.__getitem__)
    return worst, max((pair[1] for pair in pairs), key=ORDER.__getitem__)


def decisive(
    says: Callable[[tuple[Item | None, ...]], bool | None], ranges: Ranges[Item]
) -> frozenset[int]:
    """The members for which two completions that differ in it alone give different verdicts."""
    return frozenset(
        member
        for member, values in enumerate(ranges)
        if values is not None and len(values) > 1 and _matters(says, ranges, member, values)
    )


def _matters(
    says: Callable[[tuple[Item | None, ...]], bool | None],
    ranges: Ranges[Item],
    member: int,
    values: tuple[Item, ...],
) -> bool:
    """Whether some completion of the others leaves the verdict to this member."""
    others = completions([*ranges[:member], (values[0],), *ranges[member + 1 :]])
    return any(
        says((*rest[:member], one, *rest[member + 1 :]))
        is not says((*rest[:member], other, *rest[member + 1 :]))
        for rest in others
        for one, other in combinations(values, 2)
    )
