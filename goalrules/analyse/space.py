"""The variables of a question in their order, and what rules come to in every case of them."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import prod

from attrs import frozen

from goalrules.analyse.diagram import Budget, Diagrams, OverBudgetError
from goalrules.analyse.pseudo_boolean import PseudoBoolean, Variable, places_of

MOST_VARIABLES = 200
"""The number of members that a question may be about."""

Assignment = Mapping[str, int]
"""A place for each member."""


@frozen
class Space:
    """Some variables, interchangeable ones beside each other, and the diagrams over them.

    `classes` holds for each variable the number of its class: exchanging two of a class in any
    case changes nothing that is asked about. `kinds` likewise, where it does not matter in which
    states they are.
    """

    digits: tuple[Variable, ...]
    classes: tuple[int, ...]
    kinds: tuple[int, ...]
    diagrams: Diagrams

    @property
    def cases(self) -> int:
        """The number of cases."""
        return prod(each.size for each in self.digits)

    @property
    def names(self) -> tuple[str, ...]:
        """The members, in the order of the variables."""
        return tuple(each.member for each in self.digits)

    def variable(self, member: str) -> int:
        """The place of a member in the order."""
        return self.names.index(member)

    def draw(self, plain: PseudoBoolean) -> int:
        """The diagram of a plain form over the variables."""
        return self.diagrams.draw(plain, {name: n for n, name in enumerate(self.names)})

    def case(self, states: Sequence[int]) -> dict[str, int]:
        """The places of the members in some states of the variables."""
        return {
            digit.member: digit.place(state)
            for digit, state in zip(self.digits, states, strict=True)
        }


def space_of(
    digits: Iterable[Variable],
    plains: Iterable[PseudoBoolean],
    marks: Mapping[str, Hashable] | None = None,
    steps: Budget | None = None,
) -> Space:
    """The variables that some plain forms ask for, and others, in an order that keeps them small.

    Variables of one kind stand in the same sums in the same way. Those of a kind that carry
    different marks are not interchangeable. Several spaces may have their steps in common.
    """
    places = places_of(plains)
    kinds: dict[Hashable, dict[Hashable, list[Variable]]] = {}
    for digit in digits:
        own = Counter(places.get(digit.member, ()))
        kind = (frozenset(own.items()), digit.first, digit.last, digit.at)
        mark = (marks or {}).get(digit.member)
        kinds.setdefault(kind, {}).setdefault(mark, []).append(digit)
    classes = [(n, each) for n, kind in enumerate(kinds.values()) for each in kind.values()]
    ordered = tuple(digit for _, each in classes for digit in each)
    if len(ordered) > MOST_VARIABLES:
        raise OverBudgetError
    return Space(
        ordered,
        tuple(number for number, (_, each) in enumerate(classes) for _ in each),
        tuple(kind for kind, each in classes for _ in each),
        Diagrams([each.size for each in ordered], steps or Budget()),
    )
