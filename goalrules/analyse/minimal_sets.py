"""The minimal ways to make a diagram hold: no part of such a way would be enough.

A way moves some variables from the state that they are in to better ones. Ways that differ only in
which of several interchangeable variables they move are one family: the first of its ways in order
stands for it, in which no later variable of a class is moved further than an earlier one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import comb

from attrs import define, field, frozen

from goalrules.analyse.bdd_queries import Choices, Cost, Moves, Price, cheapest
from goalrules.analyse.diagram import FALSE, TRUE, Space

Branch = tuple[int, int, int]
"""What has to hold, what must not, and the furthest state of the class that is under way."""

ANY = 1 << 30
"""A state as far as any."""


@define
class MinimalSetSearch:
    """The minimal ways to make diagrams hold, from the first of the choices of each variable."""

    space: Space
    choices: Choices
    apart: bool = False
    """Whether interchangeable variables are told apart, so that each way is a family."""
    _numbers: dict[tuple[int, int, int], int] = field(factory=dict, init=False)

    def number(self, diagram: int) -> int:
        """The number of families."""
        return self._number(diagram, FALSE, ANY)

    def ways(self, diagram: int) -> Iterator[Moves]:
        """The first way of each family."""
        return self._ways(diagram, FALSE, ANY)

    def _ends(self, one: int, other: int) -> int | None:
        """The number of families where nothing has to be moved any more; None where it has."""
        if one in (FALSE, other):
            return 0
        return int(self._after_idle(other, len(self.choices)) == FALSE) if one == TRUE else None

    def _number(self, one: int, other: int, most: int) -> int:
        ended = self._ends(one, other)
        if ended is not None:
            return ended
        key = (one, other, most)
        if key not in self._numbers:
            self.space.diagrams.steps.take()
            number = 0
            for _, _, after in self._branches(one, other, most):
                number += self._number(*after)
            self._numbers[key] = number
        return self._numbers[key]

    def _ways(self, one: int, other: int, most: int) -> Iterator[Moves]:
        if self._number(one, other, most) and one == TRUE:
            yield ()
        elif self._number(one, other, most):
            for variable, state, after in self._branches(one, other, most):
                moved = () if state == self.choices[variable][0] else ((variable, state),)
                for rest in self._ways(*after):
                    yield (*moved, *rest)

    def _branches(self, one: int, other: int, most: int) -> Iterator[tuple[int, int, Branch]]:
        """The states that the first variable may take, and what is left then.

        What held already with the variable in a state before is not to hold.
        """
        diagrams = self.space.diagrams
        variable = diagrams.top(one)
        other = self._after_idle(other, variable)
        before = FALSE
        for state in self.choices[variable]:
            if state > most:
                return
            left = diagrams.child(one, variable, state)
            not_held = diagrams.either(diagrams.child(other, variable, state), before)
            if left != before:
                furthest = state if self._has_twin(variable, diagrams.top(left)) else ANY
                yield variable, state, (left, not_held, furthest)
            before = left

    def _after_idle(self, other: int, variable: int) -> int:
        """What is left of a diagram when every variable before this one idles."""
        diagrams = self.space.diagrams
        while diagrams.top(other) < variable:
            asked = diagrams.top(other)
            other = diagrams.child(other, asked, self.choices[asked][0])
        return other

    def _has_twin(self, variable: int, following: int) -> bool:
        """Whether the variable that is asked for next is interchangeable with this one."""
        classes = self.space.classes
        alike = following < len(classes) and classes[following] == classes[variable]
        return alike and not self.apart


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
