"""Laws of the exact analysis: what diagrams mean, and what queries over them find."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from attrs import evolve, frozen
from drawn_nodes import cases, lacking_nodes
from hypothesis import assume, given
from hypothesis import strategies as some
from oracle.analysis_engine import written_out

from goalrules.analyse.bdd_queries import (
    cheapest,
    count_cases,
    holds,
    influences,
    restrict,
    support,
    tally,
)
from goalrules.analyse.diagram import FALSE, VariableOrder, variable_order
from goalrules.analyse.minimal_sets import MinimalSetQuery, MinimalSetSearch
from goalrules.analyse.pseudo_boolean import Leaf, PseudoBoolean, Sum, Variable, pseudo_boolean
from goalrules.core.evaluate import Tracing
from goalrules.core.nodes import AtLeast, Meaning, Node, Reaches, fold
from goalrules.core.scales import COLOURS, Ends
from goalrules.core.scales import known as at_place
from goalrules.core.trace import LevelTest, Member, Step, member

Levels = Mapping[str, Ends]
States = tuple[int, ...]


@frozen
class Drawn:
    """Two rules in one order: of what is open the members vary, the others stand where they are."""

    nodes: tuple[Node, Node]
    levels: Levels
    undefined: bool
    weights: tuple[int, ...]

    @property
    def variables(self) -> list[Variable]:
        """The members that vary."""
        open_ones = [(name, each) for name, each in self.levels.items() if each.applies]
        return [
            Variable(name, each.best, each.worst) for name, each in open_ones if not each.decided
        ]

    @property
    def formulas(self) -> list[PseudoBoolean]:
        """The formula of each rule."""
        return [
            pseudo_boolean(node, self.variables, self.levels, undefined=self.undefined)
            for node in self.nodes
        ]

    def order(self) -> tuple[VariableOrder, list[int]]:
        """An order of its own, and the diagram of each rule in it."""
        order = variable_order(self.variables, self.formulas)
        return order, [order.compile(each) for each in self.formulas]

    def cost(self, index: int, state: int) -> int:
        """A price for a state, which rises with it."""
        return self.weights[index] * state


drawn = some.builds(
    Drawn,
    some.tuples(lacking_nodes, lacking_nodes),
    cases,
    some.booleans(),
    some.tuples(*[some.integers(0, 3)] * 4),
)


# The slow ways


def every(order: VariableOrder) -> Iterator[States]:
    """Every case of the variables."""
    return product(*(range(each.size) for each in order.variables))


def says(formula: PseudoBoolean, states: Mapping[str, int]) -> bool:
    """Whether a formula is true in some states."""
    match formula:
        case bool():
            return formula
        case Leaf(member, state):
            return states[member] >= state
        case Sum(need, parts):
            return sum(weight * says(part, states) for weight, part in parts) >= need


def evaluated(node: Node, levels: Levels, case: Mapping[str, int], *, undefined: bool) -> bool:
    """What the evaluator says where the open members have these places, and others their worst."""
    ends = {
        name: at_place(case.get(name, each.worst)) if each.applies else each
        for name, each in levels.items()
    }
    members: dict[str, Member] = {
        name: member("reported", name, COLOURS, each) for name, each in ends.items()
    }
    tracing: Meaning[Step | LevelTest] = Tracing(members)
    found = fold(node, tracing)
    return found.high if undefined else found.low


def reversed_parts(node: Node) -> Node:
    """The same rule, said from the other end."""
    if isinstance(node, Reaches):
        return node
    parts = (evolve(each, node=reversed_parts(each.node)) for each in reversed(node.parts))
    return evolve(node, parts=tuple(parts))


def held(order: VariableOrder, diagram: int) -> set[States]:
    """The cases in which a diagram holds."""
    return {each for each in every(order) if holds(order.diagrams, diagram, each)}


# The laws of two rules over the same members


def the_formula_is_what_the_evaluator_says(case: Drawn) -> None:
    for node, formula in zip(case.nodes, case.formulas, strict=True):
        assume(isinstance(node, AtLeast) or case.levels[node.member].applies)
        for states in every(case.order()[0]):
            at = dict(zip((each.member for each in case.order()[0].variables), states, strict=True))
            places = case.order()[0].case(states)
            assert says(formula, at) == evaluated(
                node, case.levels, places, undefined=case.undefined
            )


def the_diagram_is_what_the_evaluator_says(case: Drawn) -> None:
    order, found = case.order()
    for node, diagram in zip(case.nodes, found, strict=True):
        assume(isinstance(node, AtLeast) or case.levels[node.member].applies)
        for states in every(order):
            wanted = evaluated(node, case.levels, order.case(states), undefined=case.undefined)
            assert holds(order.diagrams, diagram, states) == wanted


def equal_rules_are_the_same_diagram(case: Drawn) -> None:
    order, (one, other) = case.order()
    assert (one == other) == (held(order, one) == held(order, other))
    for node, diagram in zip(case.nodes, (one, other), strict=True):
        turned = pseudo_boolean(
            reversed_parts(node), case.variables, case.levels, undefined=case.undefined
        )
        assert order.compile(turned) == diagram


def the_order_of_the_variables_is_nothing(case: Drawn) -> None:
    order, found = case.order()
    turned = variable_order(reversed(case.variables), reversed(case.formulas))
    again = [turned.compile(each) for each in case.formulas]
    for one, other in zip(found, again, strict=True):
        cases = [order.case(states) for states in held(order, one)]
        turned_cases = [turned.case(states) for states in held(turned, other)]
        assert all(each in turned_cases for each in cases)
        assert len(cases) == len(turned_cases)


def a_dual_holds_where_the_other_does_not(case: Drawn) -> None:
    order, found = case.order()
    for diagram in found:
        dual = order.diagrams.dual(diagram)
        assert order.diagrams.dual(dual) == diagram
        for states in every(order):
            mirrored = [each.size - 1 - n for each, n in zip(order.variables, states, strict=True)]
            held_here = holds(order.diagrams, diagram, states)
            assert holds(order.diagrams, dual, mirrored) != held_here


def one_of_two_and_both_of_two(case: Drawn) -> None:
    order, (one, other) = case.order()
    either, both = order.diagrams.either(one, other), order.diagrams.both(one, other)
    assert held(order, either) == held(order, one) | held(order, other)
    assert held(order, both) == held(order, one) & held(order, other)


def a_tally_counts_every_case(case: Drawn) -> None:
    order, found = case.order()
    wanted = Counter(
        tuple(holds(order.diagrams, each, states) for each in found) for states in every(order)
    )
    counted = tally(order.diagrams, found)
    assert counted == wanted
    assert counted.total() == order.cases
    assert count_cases(order.diagrams, found[0]) == len(held(order, found[0]))


def those_asked_are_those_that_matter(case: Drawn) -> None:
    order, found = case.order()
    for diagram in found:
        assert support(order.diagrams, diagram) == set(_mattering(order, diagram))


def _mattering(order: VariableOrder, diagram: int) -> Iterator[int]:
    """The variables of which two states differ in some case of the others."""
    true = held(order, diagram)
    for index, variable in enumerate(order.variables):
        turned = (
            (states, _at(states, index, n)) for states in every(order) for n in range(variable.size)
        )
        if any((one in true) != (other in true) for one, other in turned):
            yield index


def _at(states: States, index: int, state: int) -> States:
    return (*states[:index], state, *states[index + 1 :])


def one_known_variable_is_the_rule_there(case: Drawn) -> None:
    order, found = case.order()
    for diagram in found:
        true = held(order, diagram)
        for index, variable in enumerate(order.variables):
            for state in range(variable.size):
                left = held(order, restrict(order.diagrams, diagram, index, state))
                assert left == {each for each in every(order) if _at(each, index, state) in true}


def influence_is_a_share_of_the_cases_of_others(case: Drawn) -> None:
    order, found = case.order()
    for diagram in found:
        true = held(order, diagram)
        for index, share in enumerate(influences(order.diagrams, diagram)):
            others = {_at(each, index, 0) for each in every(order)}
            last = order.variables[index].size - 1
            differ = [(each in true) != (_at(each, index, last) in true) for each in others]
            assert share == Fraction(sum(differ), len(others))


def nothing_costs_less_than_the_cheapest(case: Drawn) -> None:
    order, (one, other) = case.order()
    choices = [range(each.size) for each in order.variables]
    only = held(order, one) - held(order, other)
    found = cheapest(order.diagrams, one, other, choices, case.cost)
    assert (found is None) == (not only)
    if found:
        moved = dict(found.moves)
        states = tuple(moved.get(n, 0) for n in range(len(choices)))
        assert states in only
        assert all(moved.values())
        assert found.cost == _price(case, states) == min(_price(case, each) for each in only)


def _price(case: Drawn, states: Sequence[int]) -> int:
    return sum(case.cost(index, state) for index, state in enumerate(states))


def members_of_a_class_are_interchangeable(case: Drawn) -> None:
    order, found = case.order()
    for diagram in found:
        true = held(order, diagram)
        for one, other in product(range(len(order.classes)), repeat=2):
            if order.classes[one] == order.classes[other]:
                assert true == {_exchanged(each, one, other) for each in true}


def _exchanged(states: States, one: int, other: int) -> States:
    return _at(_at(states, one, states[other]), other, states[one])


def families_written_out_are_the_ways_one_by_one(case: Drawn) -> None:
    formula, *_ = case.formulas
    starts = {
        each.member: n % each.size for n, each in zip(case.weights, case.variables, strict=False)
    }
    order = variable_order(case.variables, [formula], starts)
    choices = [range(starts[each.member], each.size) for each in order.variables]
    diagram = order.compile(formula)
    apart = [
        frozenset((order.names[index], state) for index, state in moves)
        for moves in MinimalSetSearch(order, choices, apart=True).families(diagram)
    ]

    def price(index: int, state: int) -> int:
        return state - choices[index][0]

    found = MinimalSetQuery(order, diagram, choices, lambda _, state: state, price).answer()
    written = [each for way in found.families for each in written_out(way.moves)]
    assert sorted(map(sorted, written)) == sorted(map(sorted, apart))
    assert len(set(apart)) == len(apart) == found.sets
    assert bool(found.sets) == (diagram != FALSE)


LAWS: tuple[Callable[[Drawn], None], ...] = (
    the_formula_is_what_the_evaluator_says,
    the_diagram_is_what_the_evaluator_says,
    equal_rules_are_the_same_diagram,
    the_order_of_the_variables_is_nothing,
    a_dual_holds_where_the_other_does_not,
    one_of_two_and_both_of_two,
    a_tally_counts_every_case,
    those_asked_are_those_that_matter,
    one_known_variable_is_the_rule_there,
    influence_is_a_share_of_the_cases_of_others,
    nothing_costs_less_than_the_cheapest,
    members_of_a_class_are_interchangeable,
    families_written_out_are_the_ways_one_by_one,
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@given(case=drawn)
def test_law(law: Callable[[Drawn], None], case: Drawn) -> None:
    law(case)


@given(first=some.integers(0, 3), size=some.integers(1, 4), at=some.none() | some.integers(0, 3))
def test_a_state_is_the_first_in_which_a_member_is_at_a_place(
    first: int, size: int, at: int | None
) -> None:
    last = first + size - 1
    open_at = at if at is not None and first <= at <= last else None
    variable = Variable("a", last, first, open_at)
    places = [variable.place(state) for state in range(variable.size)]
    wanted = [*range(first, last + 1), *([] if open_at is None else [open_at])]
    assert places == sorted(wanted)
    for place in range(first, last + 1):
        assert variable.state(place) == places.index(place)
