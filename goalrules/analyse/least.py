"""The minimal ways to make a diagram hold: no part of such a way would be enough.

A way moves some variables from the state that they are in to better ones. Ways that differ only in
which of several interchangeable variables they move are one family: the first of its ways in order
stands for it, in which no later variable of a class is moved further than an earlier one.
"""

from collections.abc import Iterator

from attrs import define, field

from goalrules.analyse.bdd_queries import Choices, Moves
from goalrules.analyse.diagram import FALSE, TRUE
from goalrules.analyse.space import Space

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
