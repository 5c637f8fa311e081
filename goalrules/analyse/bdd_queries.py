"""Queries over decision diagrams: counts of cases, support, restriction, cheapest case, influence.

Influence is the share of the cases of the others in which a member decides; it is no probability.
For two levels it is the Banzhaf power of a voter (Banzhaf, "Weighted Voting Doesn't Work", Rutgers
Law Review 19, 1965).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from functools import cache, reduce
from itertools import product
from operator import ge, le

from goalrules.analyse.diagram import FALSE, TRUE, Budget, Diagrams
from goalrules.lazily import frozen

Choices = Sequence[Sequence[int]]
"""The states that each variable may be in; the first of them is the one in which it idles."""

Moves = tuple[tuple[int, int], ...]
"""Variables that do not idle, in their order, each with its state."""

Cost = int | Fraction

ONE_MEMBER = 1 << 20
"""What it costs that a member does not idle, beside which no level counts."""

Price = Callable[[int, int], Cost]
"""What it costs that a variable is in a state."""


Tally = dict[tuple[bool, ...], int]
"""A number for each way in which some diagrams hold."""


@frozen(slots=False)
class CostedCase:
    """A case, as the variables that do not idle, and what it costs."""

    cost: Cost
    moves: Moves


def tally(diagrams: Diagrams, several: Sequence[int]) -> Counter[tuple[bool, ...]]:
    """In how many cases some diagrams hold together, for each way of which holds and which not."""
    last = len(diagrams.sizes)

    @cache
    def below(found: tuple[int, ...]) -> tuple[int, Tally]:
        """The first variable that is asked for, and the tally over it and those after it."""
        diagrams.budget.take()
        index = min(map(diagrams.top, found), default=last)
        if index == last:
            return index, {tuple(each == TRUE for each in found): 1}
        counted: Tally = {}
        for left in zip(*(diagrams.cofactors(each, index) for each in found), strict=True):
            after, more = below(left)
            _add(counted, more, diagrams.cases(index + 1, after))
        return index, counted

    total: Tally = {}
    first, counted = below(tuple(several))
    _add(total, counted, diagrams.cases(0, first))
    return Counter(total)


def _add(total: Tally, more: Tally, times: int) -> None:
    for way, number in more.items():
        total[way] = total.get(way, 0) + number * times


def count_cases(diagrams: Diagrams, diagram: int) -> int:
    """In how many cases a diagram holds."""
    return tally(diagrams, (diagram,))[True,]


def support(diagrams: Diagrams, diagram: int) -> frozenset[int]:
    """The variables that matter to a diagram."""
    found: set[int] = set()
    left = [diagram]
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left.extend(diagrams.children(each))
    return frozenset(diagrams.top(each) for each in found if each not in (FALSE, TRUE))


def restrict(diagrams: Diagrams, diagram: int, index: int, state: int) -> int:
    """What is left of a diagram when one variable is known."""

    @cache
    def below(each: int) -> int:
        top = diagrams.top(each)
        if top >= index:
            return diagrams.cofactor(each, index, state)
        return diagrams.node(top, tuple(map(below, diagrams.children(each))))

    return below(diagram)


def in_all_above(
    diagrams: Diagrams, diagram: int, indices: Sequence[int], ways: Collection[tuple[int, ...]]
) -> int:
    """That a monotone diagram holds in all ways in which variables stand no worse than they do.

    It does not hold where there is no such way. Ways are states of the variables at the indices.
    """
    found = FALSE
    for states in product(*(range(diagrams.sizes[each]) for each in indices)):
        diagrams.budget.take()
        above = [way for way in ways if all(map(ge, way, states))]
        least = [w for w in above if not any(v != w and all(map(le, v, w)) for v in above)]
        for_all = TRUE if least else FALSE
        for way in least:
            left = diagram
            for index, state in zip(indices, way, strict=True):
                left = restrict(diagrams, left, index, state)
            for_all = diagrams.both(for_all, left)
        here = TRUE
        for index, state in sorted(zip(indices, states, strict=True), reverse=True):
            children = [FALSE] * diagrams.sizes[index]
            children[state] = here
            here = diagrams.node(index, tuple(children))
        found = diagrams.either(found, diagrams.both(here, for_all))
    return found


def less(diagrams: Diagrams, one: int, other: int) -> int:
    """That one diagram holds and another does not."""

    @cache
    def below(one: int, other: int) -> int:
        if other == FALSE:
            return one
        if one in (FALSE, other) or other == TRUE:
            return FALSE
        index = min(diagrams.top(one), diagrams.top(other))
        pairs = zip(diagrams.cofactors(one, index), diagrams.cofactors(other, index), strict=True)
        return diagrams.node(index, tuple([below(*pair) for pair in pairs]))

    return below(one, other)


def holds(diagrams: Diagrams, diagram: int, states: Sequence[int]) -> bool:
    """Whether a diagram holds in one case."""
    while diagram not in (FALSE, TRUE):
        index = diagrams.top(diagram)
        diagram = diagrams.cofactor(diagram, index, states[index])
    return diagram == TRUE


def cheapest(  # noqa: PLR0913 - where several ask at once, each has a budget of its own
    diagrams: Diagrams,
    holding: int,
    failing: int,
    choices: Choices,
    price: Price,
    *,
    budget: Budget | None = None,
) -> CostedCase | None:
    """The cheapest case in which one diagram holds and another does not; None where none is.

    To idle costs nothing. Of cases that cost the same it is one that changes earlier variables.
    The steps are taken of the diagrams' budget where no other is given.
    """
    take = (budget or diagrams.budget).take

    @cache
    def below(one: int, other: int) -> CostedCase | None:
        if one == FALSE or other in (TRUE, one):
            return None
        index = min(diagrams.top(one), diagrams.top(other))
        if index == len(diagrams.sizes):
            return CostedCase(0, ())
        take()
        best: CostedCase | None = None
        holding, failing = diagrams.cofactors(one, index), diagrams.cofactors(other, index)
        for state in choices[index]:
            after = below(holding[state], failing[state])
            if after and state != choices[index][0]:
                cost = after.cost + price(index, state)
                after = CostedCase(cost, ((index, state), *after.moves))
            if after and (best is None or after.cost <= best.cost):
                best = after
        return best

    return below(holding, failing)


def influences(diagrams: Diagrams, diagram: int) -> list[Fraction]:
    """For each variable the share of the others' cases in which its ends differ in a diagram."""
    holding = {FALSE: 0, TRUE: 1}
    """The cases of the variables from the first that is asked for in which a diagram holds."""

    def after(index: int, each: int) -> int:
        """The cases of the variables after one in which a diagram holds."""
        return holding[each] * diagrams.cases(index + 1, diagrams.top(each))

    in_order = _in_order(diagrams, diagram)
    for each in reversed(in_order):
        top = diagrams.top(each)
        holding[each] = sum(after(top, child) for child in diagrams.children(each))
    deciding = [0 for _ in diagrams.sizes]
    ways = Counter({diagram: diagrams.cases(0, diagrams.top(diagram))})
    for each in in_order:
        top, children = diagrams.top(each), diagrams.children(each)
        deciding[top] += ways[each] * (after(top, children[-1]) - after(top, children[0]))
        for child in children:
            ways[child] += ways[each] * diagrams.cases(top + 1, diagrams.top(child))
    cases, sizes = diagrams.cases(), diagrams.sizes
    return [Fraction(number * size, cases) for number, size in zip(deciding, sizes, strict=True)]


def joint_influences(diagrams: Diagrams, diagram: int, always: int) -> Iterator[tuple[int, int]]:
    """For each variable the others' cases in which a diagram holds or not as it goes, and all.

    Looked at are the cases in which `always` holds, where the diagram holds in no others.
    """
    if always == TRUE:
        of_others = [diagrams.cases() // size for size in diagrams.sizes]
        shares = zip(influences(diagrams, diagram), of_others, strict=True)
        yield from ((int(share * cases), cases) for share, cases in shares)
        return
    fails = less(diagrams, always, diagram)
    for index, size in enumerate(diagrams.sizes):
        can_hold, can_fail, can_be = (
            reduce(diagrams.either, [restrict(diagrams, one, index, n) for n in range(size)])
            for one in (diagram, fails, always)
        )
        decides = diagrams.both(can_hold, can_fail)
        yield count_cases(diagrams, decides) // size, count_cases(diagrams, can_be) // size


def _in_order(diagrams: Diagrams, diagram: int) -> list[int]:
    """The diagrams that are asked for on the way, those that ask for earlier variables first."""
    found: set[int] = set()
    left = [diagram]
    while left:
        each = left.pop()
        if each not in found and diagrams.children(each):
            found.add(each)
            left.extend(diagrams.children(each))
    return sorted(found, key=diagrams.top)
