"""Minimal sets of moves that make a diagram hold: no part of such a set would be enough.

A move takes a variable from the state that it is in to a better one. Sets that differ only in
which of several interchangeable variables they move are one family: the first of its sets in order
stands for it, in which no later variable of a class is moved further than an earlier one.

`MinimalSetSearch` goes through a diagram and gives the first set of each family. `MinimalSetQuery`
gives the families as people read them (`MinimalSets`): any so many of a group, each to a place.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import comb

from attrs import define, field

from goalrules.analyse.bdd_queries import Choices, Cost, Moves, Price, cheapest
from goalrules.analyse.diagram import FALSE, TRUE, VariableOrder
from goalrules.lazily import frozen

MOST_FAMILIES = 1_000
"""The number of families up to which they are all given."""

Branch = tuple[int, int, int]
"""What has to hold, what must not, and the furthest state of the class that is under way."""

ANY = 1 << 30
"""A state as far as any."""

Key = tuple[tuple[int, int, int], ...]
"""Kinds, or classes, of variables: how many of each are moved to which state."""


@frozen
class FamilyMove:
    """Any so many of a group of members, each to a place."""

    group: tuple[str, ...]
    number: int
    to: int


@frozen
class SetFamily:
    """A family of minimal sets of moves, how many sets there are in it, and what each costs."""

    moves: tuple[FamilyMove, ...]
    sets: int
    cost: Cost

    @property
    def members(self) -> int:
        """How many members are moved."""
        return sum(each.number for each in self.moves)


@frozen
class MinimalSets:
    """All minimal sets of moves to something, in families, those that cost least first.

    `sets` is the number of sets in all families together. Where there are more than
    `MOST_FAMILIES` only the cheapest set is given. With none at all it cannot be brought about.

    Members that come of the same figures are moved `together`, as those let them; those `apart`
    were taken as if each could be moved by itself.
    """

    families: tuple[SetFamily, ...]
    sets: int
    complete: bool = True
    together: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@define
class MinimalSetSearch:
    """The minimal sets that make diagrams hold, from the first of the choices of each variable."""

    order: VariableOrder
    choices: Choices
    apart: bool = False
    """Whether interchangeable variables are told apart, so that each set is a family."""
    _counts: dict[tuple[int, int, int], int] = field(factory=dict, init=False)

    def count(self, one: int, other: int = FALSE, most: int = ANY) -> int:
        """The number of families that make one diagram hold and not another."""
        if one in (FALSE, other):
            return 0
        if one == TRUE:
            return int(self._after_idle(other, len(self.choices)) == FALSE)
        key = (one, other, most)
        if key not in self._counts:
            self.order.diagrams.budget.take()
            number = 0
            for _, _, after in self._branches(one, other, most):
                number += self.count(*after)
            self._counts[key] = number
        return self._counts[key]

    def families(self, one: int, other: int = FALSE, most: int = ANY) -> Iterator[Moves]:
        """The first set of each of those families."""
        if self.count(one, other, most) and one == TRUE:
            yield ()
        elif self.count(one, other, most):
            for index, state, after in self._branches(one, other, most):
                moved = () if state == self.choices[index][0] else ((index, state),)
                for rest in self.families(*after):
                    yield (*moved, *rest)

    def _branches(self, one: int, other: int, most: int) -> Iterator[tuple[int, int, Branch]]:
        """The states that the first variable may take, and what is left then.

        What held already with the variable in a state before is not to hold.
        """
        diagrams, classes = self.order.diagrams, self.order.classes
        index = diagrams.top(one)
        other = self._after_idle(other, index)
        before = FALSE
        for state in self.choices[index]:
            if state > most:
                return
            left = diagrams.cofactor(one, index, state)
            not_held = diagrams.either(diagrams.cofactor(other, index, state), before)
            if left != before:
                following = diagrams.top(left)
                alike = following < len(classes) and classes[following] == classes[index]
                furthest = state if alike and not self.apart else ANY
                yield index, state, (left, not_held, furthest)
            before = left

    def _after_idle(self, other: int, index: int) -> int:
        """What is left of a diagram when every variable before this one idles."""
        diagrams = self.order.diagrams
        while diagrams.top(other) < index:
            asked = diagrams.top(other)
            other = diagrams.cofactor(other, asked, self.choices[asked][0])
        return other


@frozen
class MinimalSetQuery:
    """What is to be brought about, from the first of the choices of every variable."""

    order: VariableOrder
    diagram: int
    choices: Choices
    place: Callable[[int, int], int]
    """The place of a variable in a state."""
    price: Price

    def answer(self) -> MinimalSets:
        """All minimal sets that bring it about; only the cheapest where they are too many."""
        search = MinimalSetSearch(self.order, self.choices)
        number = search.count(self.diagram)
        if number <= MOST_FAMILIES:
            found = sorted(self._read(search.families(self.diagram)), key=lambda each: each.cost)
            return MinimalSets(tuple(found), sum(each.sets for each in found))
        best = cheapest(self.order.diagrams, self.diagram, FALSE, self.choices, self.price)
        moves, names = best.moves if best else (), self.order.names
        single = tuple(FamilyMove((names[n],), 1, self.place(n, state)) for n, state in moves)
        if len(set(self.order.classes)) < len(self.order.classes):
            apart = MinimalSetSearch(self.order, self.choices, apart=True)
            number = apart.count(self.diagram)
        return MinimalSets((SetFamily(single, 1, self._cost(moves)),), number, complete=False)

    def _cost(self, moves: Moves) -> Cost:
        return sum((self.price(index, state) for index, state in moves), 0)

    def _read(self, families: Iterable[Moves]) -> Iterator[SetFamily]:
        """The families, those as one that differ only in the states that a kind is moved from."""
        together: dict[Key, list[Moves]] = {}
        for moves in families:
            together.setdefault(_key(moves, self.order.kinds), []).append(moves)
        classes, kinds = _Groups(self, self.order.classes), _Groups(self, self.order.kinds)
        for key, each in together.items():
            counted = [classes.family(_key(moves, classes.of), self._cost(moves)) for moves in each]
            whole = kinds.family(key, counted[0].cost)
            alike = len({family.cost for family in counted}) == 1
            if len(each) > 1 and alike and whole.sets == sum(family.sets for family in counted):
                yield whole
            else:
                yield from counted


@define
class _Groups:
    """Groups of variables, and which of each can be moved to a state."""

    query: MinimalSetQuery
    of: Sequence[int]
    _known: dict[tuple[int, int], tuple[tuple[str, ...], int]] = field(factory=dict, init=False)

    def family(self, key: Key, cost: Cost) -> SetFamily:
        """Any so many of each group that can be moved so far, to each state."""
        sets, moved = 1, []
        taken = Counter[int]()
        for group, state, number in key:
            names, place = self._able(group, state)
            sets *= comb(len(names) - taken[group], number)
            taken[group] += number
            moved.append(FamilyMove(names, number, place))
        return SetFamily(tuple(moved), sets, cost)

    def _able(self, group: int, state: int) -> tuple[tuple[str, ...], int]:
        """The members of a group that can be moved to a state, and the place that this is."""
        found = self._known.get((group, state))
        if found is None:
            choices, names = self.query.choices, self.query.order.names
            able = [
                n for n, each in enumerate(self.of) if each == group and state in choices[n][1:]
            ]
            found = tuple(names[n] for n in able), self.query.place(able[0], state)
            self._known[group, state] = found
        return found


def _key(moves: Moves, groups: Sequence[int]) -> Key:
    """How many of each group are moved to each state, the lower states first."""
    counted = Counter((groups[index], state) for index, state in moves)
    return tuple((group, state, number) for (group, state), number in sorted(counted.items()))
