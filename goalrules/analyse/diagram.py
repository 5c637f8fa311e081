"""Multi-valued decision diagrams: rules over variables with ordered states, and their order.

A diagram is a number: 0 is false, 1 is true, and every other one asks for one variable and has a
diagram for each of its states. Variables are asked for in one order, and equal diagrams are the
same number, so what a diagram does not ask for does not matter to it. The one operation is the one
that rules have: that the weights of some parts come to a need. Every diagram of a rule is monotone;
that some members stand in one of some ways need not be.

Equal needs are found as in Abío, Nieuwenhuis, Oliveras, Rodríguez-Carbonell and Mayer-Eichberger,
"A New Look at BDDs for Pseudo-Boolean Constraints", JAIR 45 (2012): what a sum comes to is the
same for all needs in an interval, so it is worked out once for each interval.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from math import prod
from operator import mul
from typing import assert_never

from attrs import define, field

from goalrules.analyse.pseudo_boolean import Leaf, PseudoBoolean, Sum, Variable, occurrences
from goalrules.lazily import frozen
from goalrules.limits import step

FALSE, TRUE = 0, 1

MOST_VARIABLES = 200
"""The number of members that a question may be about."""

MOST_STEPS = 20_000
"""The number of steps in which one question has to be answered: compiling, and queries."""

WeightedDiagrams = tuple[tuple[int, int], ...]
"""Diagrams with weights, each once, none of them decided."""

SameNeeds = tuple[int, int, int]
"""The greatest and the least need for which a sum is the same, and the diagram that it is."""

NEVER = 1 << 62
"""A need that is greater than every sum of weights that is looked at."""


Way = tuple[int, ...]
"""The places of some members' levels."""


@frozen
class Together:
    """Members that come of the same figures, and every way in which they can stand together.

    `exact` says that there are figures that give each of them. There is none where too many would
    have to be looked at.
    """

    members: tuple[str, ...]
    ways: frozenset[Way]
    exact: bool


class OverBudgetError(Exception):
    """A question has more cases than are looked at; nothing about it is guessed instead."""


@define(eq=False)
class Budget:
    """The steps that are left for a question."""

    left: int = MOST_STEPS

    def take(self, steps: int = 1) -> None:
        """Take some; `OverBudgetError` where none is left."""
        step()
        self.left -= steps
        if self.left < 0:
            raise OverBudgetError


@define
class Diagrams:
    """Diagrams over some variables, the number of whose states is given, in their order."""

    sizes: Sequence[int]
    budget: Budget = field(factory=Budget)
    _nodes: list[tuple[int, tuple[int, ...]]] = field(init=False)
    _known: dict[tuple[int, tuple[int, ...]], int] = field(factory=dict, init=False)
    _sums: dict[WeightedDiagrams, "_Weighed"] = field(factory=dict, init=False)
    _joined: dict[tuple[int, int, int], int] = field(factory=dict, init=False)
    _duals: dict[int, int] = field(factory=dict, init=False)
    _compiled: dict[Sum, int] = field(factory=dict, init=False)
    _cases: list[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Put the two decided diagrams first; they ask for what comes after every variable."""
        last = len(self.sizes)
        self._nodes = [(last, ()), (last, ())]
        self._cases = [*accumulate(reversed(self.sizes), mul, initial=1)][::-1]

    def cases(self, first: int = 0, after: int = -1) -> int:
        """The number of cases of the variables from one to another, which is not among them."""
        return self._cases[first] // self._cases[after]

    def top(self, diagram: int) -> int:
        """The index of the variable asked for first; past the last where a diagram is decided."""
        return self._nodes[diagram][0]

    def cofactor(self, diagram: int, index: int, state: int) -> int:
        """What is left of a diagram that asks for no earlier variable when this one is known."""
        asked, children = self._nodes[diagram]
        return children[state] if asked == index else diagram

    def cofactors(self, diagram: int, index: int) -> tuple[int, ...]:
        """What is left of a diagram in each state of a variable that none it asks for precedes."""
        asked, children = self._nodes[diagram]
        return children if asked == index else (diagram,) * self.sizes[index]

    def children(self, diagram: int) -> tuple[int, ...]:
        """What is left of a diagram for each state of the variable that it asks for first."""
        return self._nodes[diagram][1]

    def node(self, index: int, children: tuple[int, ...]) -> int:
        """The diagram that asks for a variable; one of the children where it makes no odds."""
        if children[0] == children[-1] and children.count(children[0]) == len(children):
            return children[0]
        key = (index, children)
        found = self._known.get(key)
        if found is None:
            self.budget.take()
            found = self._known[key] = len(self._nodes)
            self._nodes.append(key)
        return found

    def reaching(self, index: int, state: int) -> int:
        """That a variable is at a state or a better one."""
        size = self.sizes[index]
        return self.node(index, (FALSE,) * state + (TRUE,) * (size - state))

    def compile(self, formula: PseudoBoolean, indices: Mapping[str, int]) -> int:
        """The diagram of a formula, given the index of each member's variable: always the same."""
        step()
        match formula:
            case bool():
                return TRUE if formula else FALSE
            case Leaf(member, state):
                return self.reaching(indices[member], state)
            case Sum(need, parts):
                if formula not in self._compiled:
                    compiled = [(weight, self.compile(part, indices)) for weight, part in parts]
                    self._compiled[formula] = self._sum_of(need, compiled)
                return self._compiled[formula]
            case _:
                assert_never(formula)

    def _sum_of(self, need: int, parts: Sequence[tuple[int, int]]) -> int:
        """That the weights of some parts come to a need; where all or any are needed, one by one.

        Those that ask for later variables are taken first, as this leaves the least to be done.
        """
        whole = sum(weight for weight, _ in parts)
        if 1 < need < whole:
            given, left = self._weighed(parts)
            return self._sum(need - given, left)[2]
        join, unit = (self.both, TRUE) if need == whole else (self.either, FALSE)
        return reduce(join, sorted((each for _, each in parts), key=self.top, reverse=True), unit)

    def either(self, one: int, other: int) -> int:
        """That one of two holds."""
        return self._join(TRUE, one, other)

    def both(self, one: int, other: int) -> int:
        """That two hold."""
        return self._join(FALSE, one, other)

    def _join(self, ending: int, one: int, other: int) -> int:
        """Two diagrams as one, of which either decides it where it is `ending`."""
        if ending in (one, other):
            return ending
        if one in (other, TRUE - ending):
            return other
        if other == TRUE - ending:
            return one
        key = (ending, min(one, other), max(one, other))
        found = self._joined.get(key)
        if found is None:
            self.budget.take()
            index = min(self.top(one), self.top(other))
            pairs = zip(self.cofactors(one, index), self.cofactors(other, index), strict=True)
            children = tuple([self._join(ending, *pair) for pair in pairs])
            found = self._joined[key] = self.node(index, children)
        return found

    def _sum(self, need: int, weighed: "_Weighed") -> SameNeeds:
        """A sum by what each state of its first variable leaves, and for which needs it is so."""
        if need <= 0:
            return 0, -NEVER, TRUE
        if need > weighed.most:
            return NEVER, weighed.most + 1, FALSE
        known = weighed.known
        after = bisect_left(known, (need,))
        if after < len(known) and known[after][1] <= need:
            return known[after]
        self.budget.take()
        if not weighed.states:  # what each state of the first variable gives, and leaves
            weights = [weight for weight, _ in weighed.parts]
            rows = [self.cofactors(diagram, weighed.index) for _, diagram in weighed.parts]
            for left in zip(*rows, strict=True):
                weighed.states.append(self._weighed(zip(weights, left, strict=True)))
        greatest, least, children = NEVER, -NEVER, []
        for given, after_it in weighed.states:
            most, fewest, child = self._sum(need - given, after_it)
            greatest, least = min(greatest, given + most), max(least, given + fewest)
            children.append(child)
        found = greatest, least, self.node(weighed.index, tuple(children))
        insort(known, found)
        return found

    def _weighed(self, parts: Iterable[tuple[int, int]]) -> tuple[int, "_Weighed"]:
        """The weight of the parts that hold, and those that are not decided."""
        weights: dict[int, int] = {}
        for weight, diagram in parts:
            weights[diagram] = weights.get(diagram, 0) + weight
        given = weights.pop(TRUE, 0)
        weights.pop(FALSE, 0)
        left = tuple((weight, diagram) for diagram, weight in weights.items())
        if left not in self._sums:
            first = min(map(self.top, weights), default=len(self.sizes))
            self._sums[left] = _Weighed(left, sum(weights.values()), first)
        return given, self._sums[left]

    def dual(self, diagram: int) -> int:
        """The diagram that holds where this one does not, of the states in reverse."""
        if diagram in (FALSE, TRUE):
            return TRUE - diagram
        found = self._duals.get(diagram)
        if found is None:
            index, children = self._nodes[diagram]
            found = self.node(index, tuple(map(self.dual, reversed(children))))
            self._duals[diagram] = found
        return found


@define(eq=False)
class _Weighed:
    """Parts with their weights, what these come to, and the first variable that they ask for.

    Sums that are `known` stand in the order of their needs; `states` are what is left of the parts
    in each state of the variable, once that is worked out.
    """

    parts: WeightedDiagrams
    most: int
    index: int
    known: list[SameNeeds] = field(factory=list)
    states: list[tuple[int, "_Weighed"]] = field(factory=list)


@frozen
class VariableOrder:
    """Variables in their order, interchangeable ones beside each other, and the diagrams over them.

    `classes` holds for each variable the number of its class: exchanging two of a class in any
    case changes nothing that is asked about. `kinds` likewise, where it does not matter in which
    states they are.
    """

    variables: tuple[Variable, ...]
    classes: tuple[int, ...]
    kinds: tuple[int, ...]
    diagrams: Diagrams

    @property
    def cases(self) -> int:
        """The number of cases."""
        return prod(each.size for each in self.variables)

    @property
    def names(self) -> tuple[str, ...]:
        """The members, in the order of the variables."""
        return tuple(each.member for each in self.variables)

    def index(self, member: str) -> int:
        """The index of a member's variable in the order."""
        return self.names.index(member)

    def compile(self, formula: PseudoBoolean) -> int:
        """The diagram of a formula over the variables."""
        return self.diagrams.compile(formula, {name: n for n, name in enumerate(self.names)})

    def among(self, together: Together) -> int:
        """The diagram that some members stand in one of their ways; all where none are known.

        Members without a variable may stand anywhere.
        """
        asked = sorted(
            (self.index(each), n) for n, each in enumerate(together.members) if each in self.names
        )

        def below(at: int, left: frozenset[Way]) -> int:
            if not left or at == len(asked):
                return TRUE if left else FALSE
            index, n = asked[at]
            variable = self.variables[index]
            places = map(variable.place, range(variable.size))
            children = (below(at + 1, frozenset(w for w in left if w[n] == p)) for p in places)
            return self.diagrams.node(index, tuple(children))

        return below(0, together.ways) if together.ways else TRUE

    def case(self, states: Sequence[int]) -> dict[str, int]:
        """The places of the members in some states of the variables."""
        return {
            variable.member: variable.place(state)
            for variable, state in zip(self.variables, states, strict=True)
        }


def variable_order(
    variables: Iterable[Variable],
    formulas: Iterable[PseudoBoolean],
    marks: Mapping[str, Hashable] | None = None,
    budget: Budget | None = None,
    together: Iterable[Together] = (),
) -> VariableOrder:
    """The variables of some formulas, and others, in an order that keeps their diagrams small.

    Variables of one kind stand in the same sums in the same way. Those of a kind that carry
    different marks are not interchangeable; nor are those that can have different levels, or that
    stand `together` with others. Several orders may share one budget.
    """
    occurring, several = occurrences(formulas), [*variables]
    names, alike = {each.member for each in several}, dict[str, Hashable]()
    for group in together:
        asked = names.intersection(group.members)
        alike |= {name: group.ways if len(asked) == 1 else name for name in asked}
    kinds: dict[Hashable, dict[Hashable, list[Variable]]] = {}
    for variable in several:
        own = Counter(occurring.get(variable.member, ()))
        kind = (frozenset(own.items()), variable.first, variable.last, variable.at)
        mark = (marks or {}).get(variable.member), alike.get(variable.member)
        kinds.setdefault(kind, {}).setdefault(mark, []).append(variable)
    classes = [(n, each) for n, kind in enumerate(kinds.values()) for each in kind.values()]
    ordered = tuple(variable for _, each in classes for variable in each)
    if len(ordered) > MOST_VARIABLES:
        raise OverBudgetError
    return VariableOrder(
        ordered,
        tuple(number for number, (_, each) in enumerate(classes) for _ in each),
        tuple(kind for kind, each in classes for _ in each),
        Diagrams([each.size for each in ordered], budget or Budget()),
    )
