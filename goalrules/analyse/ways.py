"""Minimal ways as people read them: any so many of a group, each to a level."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import comb

from attrs import define, field, frozen

from goalrules.analyse.bdd_queries import Choices, Cost, Moves, Price, cheapest
from goalrules.analyse.diagram import FALSE
from goalrules.analyse.least import MinimalSetSearch
from goalrules.analyse.space import Space

MOST_WAYS = 1_000
"""The number of families of ways up to which they are all given."""

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
    """A family of minimal ways, the number of ways in it, and what each of them costs."""

    moves: tuple[FamilyMove, ...]
    sets: int
    cost: Cost

    @property
    def members(self) -> int:
        """How many members are moved."""
        return sum(each.number for each in self.moves)


@frozen
class MinimalSets:
    """All minimal ways to something, those that cost least first.

    `sets` is the number of ways in all families together. Where there are more than `MOST_WAYS`
    families only the cheapest way is given. None at all: it cannot be brought about.
    """

    ways: tuple[SetFamily, ...]
    sets: int
    complete: bool = True

    def __bool__(self) -> bool:
        """Whether there is a way."""
        return bool(self.sets)


@frozen
class MinimalSetQuery:
    """What is to be brought about, from the first of the choices of every variable."""

    space: Space
    diagram: int
    choices: Choices
    place: Callable[[int, int], int]
    """The place of a variable in a state."""
    price: Price

    def ways(self) -> MinimalSets:
        """All minimal ways to bring it about."""
        least = MinimalSetSearch(self.space, self.choices)
        families = least.number(self.diagram)
        if families > MOST_WAYS:
            return MinimalSets((self._cheapest(),), self._sets(families), complete=False)
        found = sorted(self._read(least.ways(self.diagram)), key=lambda way: way.cost)
        return MinimalSets(tuple(found), sum(way.sets for way in found))

    def _sets(self, families: int) -> int:
        """The number of ways in so many families, where no variable may have a twin."""
        if len(set(self.space.classes)) == len(self.space.classes):
            return families
        return MinimalSetSearch(self.space, self.choices, apart=True).number(self.diagram)

    def _cheapest(self) -> SetFamily:
        found = cheapest(self.space.diagrams, self.diagram, FALSE, self.choices, self.price)
        return self._single(found.moves if found else ())

    def _single(self, moves: Moves) -> SetFamily:
        names = self.space.names
        each = tuple(FamilyMove((names[n],), 1, self.place(n, state)) for n, state in moves)
        return SetFamily(each, 1, self._cost(moves))

    def _cost(self, moves: Moves) -> Cost:
        return sum((self.price(variable, state) for variable, state in moves), 0)

    def _read(self, families: Iterable[Moves]) -> Iterator[SetFamily]:
        """The families, those as one that differ only in the states that a kind is moved from."""
        together: dict[Key, list[Moves]] = {}
        for moves in families:
            together.setdefault(_key(moves, self.space.kinds), []).append(moves)
        classes, kinds = _Groups(self, self.space.classes), _Groups(self, self.space.kinds)
        for key, each in together.items():
            counted = [classes.family(_key(moves, classes.of), self._cost(moves)) for moves in each]
            whole = kinds.family(key, counted[0].cost)
            alike = len({way.cost for way in counted}) == 1
            if len(each) > 1 and alike and whole.sets == sum(way.sets for way in counted):
                yield whole
            else:
                yield from counted


@define
class _Groups:
    """Groups of variables, and which of each can be moved to a state."""

    asked: MinimalSetQuery
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
            choices, names = self.asked.choices, self.asked.space.names
            able = [
                n
                for n, each in enumerate(self.of)
                if each == group and choices[n][0] < state <= choices[n][-1]
            ]
            found = tuple(names[n] for n in able), self.asked.place(able[0], state)
            self._known[group, state] = found
        return found


def _key(moves: Moves, groups: Sequence[int]) -> Key:
    """How many of each group are moved to each state, the lower states first."""
    counted = Counter((groups[variable], state) for variable, state in moves)
    return tuple((group, state, number) for (group, state), number in sorted(counted.items()))
