"""Minimal ways as people read them: any so many of a group, each to a level."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import comb

from attrs import frozen

from goalrules.analyse.diagram import FALSE
from goalrules.analyse.least import Least
from goalrules.analyse.space import Space
from goalrules.analyse.walks import Choices, Cost, Moves, Price, cheapest

MOST_WAYS = 1_000
"""The number of families of ways up to which they are all given."""

Key = tuple[tuple[int, int, int], ...]
"""Kinds, or classes, of variables: how many of each are moved to which state."""


@frozen
class Moved:
    """Any so many of a group of members, each to a place."""

    group: tuple[str, ...]
    number: int
    to: int


@frozen
class Way:
    """A family of minimal ways, the number of ways in it, and what each of them costs."""

    moves: tuple[Moved, ...]
    sets: int
    cost: Cost

    @property
    def members(self) -> int:
        """How many members are moved."""
        return sum(each.number for each in self.moves)


@frozen
class Ways:
    """All minimal ways to something, those that cost least first.

    `sets` is the number of ways in all families together. Where there are more than `MOST_WAYS`
    families only the cheapest way is given. None at all: it cannot be brought about.
    """

    ways: tuple[Way, ...]
    sets: int
    complete: bool = True

    def __bool__(self) -> bool:
        """Whether there is a way."""
        return bool(self.sets)


@frozen
class Asked:
    """What is to be brought about, from the first of the choices of every variable."""

    space: Space
    diagram: int
    choices: Choices
    place: Callable[[int, int], int]
    """The place of a variable in a state."""
    price: Price

    def ways(self) -> Ways:
        """All minimal ways to bring it about."""
        least = Least(self.space, self.choices)
        if least.number(self.diagram) > MOST_WAYS:
            sets = Least(self.space, self.choices, apart=True).number(self.diagram)
            return Ways((self._cheapest(),), sets, complete=False)
        found = sorted(self._read(least.ways(self.diagram)), key=lambda way: way.cost)
        return Ways(tuple(found), sum(way.sets for way in found))

    def _cheapest(self) -> Way:
        found = cheapest(self.space.diagrams, self.diagram, FALSE, self.choices, self.price)
        return self._single(found.moves if found else ())

    def _single(self, moves: Moves) -> Way:
        names = self.space.names
        each = tuple(Moved((names[n],), 1, self.place(n, state)) for n, state in moves)
        return Way(each, 1, self._cost(moves))

    def _cost(self, moves: Moves) -> Cost:
        return sum((self.price(variable, state) for variable, state in moves), 0)

    def _read(self, families: Iterable[Moves]) -> Iterator[Way]:
        """The families, those as one that differ only in the states that a kind is moved from."""
        together: dict[Key, list[Moves]] = {}
        for moves in families:
            together.setdefault(_key(moves, self.space.kinds), []).append(moves)
        for key, each in together.items():
            counted = [self._counted(moves) for moves in each]
            whole = self._family(key, self.space.kinds, each[0])
            alike = len({self._cost(moves) for moves in each}) == 1
            if alike and whole.sets == sum(way.sets for way in counted):
                yield whole
            else:
                yield from counted

    def _counted(self, moves: Moves) -> Way:
        return self._family(_key(moves, self.space.classes), self.space.classes, moves)

    def _family(self, key: Key, groups: Sequence[int], moves: Moves) -> Way:
        """Any so many of each group that can be moved so far, to each state."""
        sets, moved = 1, []
        taken = Counter[int]()
        for group, state, number in key:
            able = [
                n
                for n, each in enumerate(groups)
                if each == group and self.choices[n][0] < state <= self.choices[n][-1]
            ]
            sets *= comb(len(able) - taken[group], number)
            taken[group] += number
            names = tuple(self.space.names[n] for n in able)
            moved.append(Moved(names, number, self.place(able[0], state)))
        return Way(tuple(moved), sets, self._cost(moves))


def _key(moves: Moves, groups: Sequence[int]) -> Key:
    """How many of each group are moved to each state, the lower states first."""
    counted = Counter((groups[variable], state) for variable, state in moves)
    return tuple((group, state, number) for (group, state), number in sorted(counted.items()))
