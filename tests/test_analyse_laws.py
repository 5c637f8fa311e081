"""Laws of the exact analysis: what diagrams mean, and what walks over them find."""

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
from goalrules.analyse.diagram import FALSE, Space, space_of
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
    """Two rules in one space: of what is open the members vary, the others stand where they are."""

    nodes: tuple[Node, Node]
    levels: Levels
    undefined: bool
    weights: tuple[int, ...]

    @property
    def digits(self) -> list[Variable]:
        """The members that vary."""
        open_ones = [(name, each) for name, each in self.levels.items() if each.applies]
        return [
            Variable(name, each.best, each.worst) for name, each in open_ones if not each.decided
        ]

    @property
    def plains(self) -> list[PseudoBoolean]:
        """The plain form of each rule."""
        return [
            pseudo_boolean(node, self.digits, self.levels, undefined=self.undefined)
            for node in self.nodes
        ]

    def space(self) -> tuple[Space, list[int]]:
        """A space of its own, and the diagram of each rule in it."""
        space = space_of(self.digits, self.plains)
        return space, [space.draw(each) for each in self.plains]

    def cost(self, variable: int, state: int) -> int:
        """A price for a state, which rises with it."""
        return self.weights[variable] * state


drawn = some.builds(
    Drawn,
    some.tuples(lacking_nodes, lacking_nodes),
    cases,
    some.booleans(),
    some.tuples(*[some.integers(0, 3)] * 4),
)


# The plain ways


def every(space: Space) -> Iterator[States]:
    """Every case of the variables."""
    return product(*(range(each.size) for each in space.digits))


def says(plain: PseudoBoolean, states: Mapping[str, int]) -> bool:
    """Whether a plain form is true in some states."""
    match plain:
        case bool():
            return plain
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


def held(space: Space, diagram: int) -> set[States]:
    """The cases in which a diagram holds."""
    return {each for each in every(space) if holds(space.diagrams, diagram, each)}


# The laws of two rules over the same members


def the_plain_form_is_what_the_evaluator_says(case: Drawn) -> None:
    for node, plain in zip(case.nodes, case.plains, strict=True):
        assume(isinstance(node, AtLeast) or case.levels[node.member].applies)
        for states in every(case.space()[0]):
            at = dict(zip((each.member for each in case.space()[0].digits), states, strict=True))
            places = case.space()[0].case(states)
            assert says(plain, at) == evaluated(node, case.levels, places, undefined=case.undefined)


def the_diagram_is_what_the_evaluator_says(case: Drawn) -> None:
    space, found = case.space()
    for node, diagram in zip(case.nodes, found, strict=True):
        assume(isinstance(node, AtLeast) or case.levels[node.member].applies)
        for states in every(space):
            wanted = evaluated(node, case.levels, space.case(states), undefined=case.undefined)
            assert holds(space.diagrams, diagram, states) == wanted


def equal_rules_are_the_same_diagram(case: Drawn) -> None:
    space, (one, other) = case.space()
    assert (one == other) == (held(space, one) == held(space, other))
    for node, diagram in zip(case.nodes, (one, other), strict=True):
        turned = pseudo_boolean(
            reversed_parts(node), case.digits, case.levels, undefined=case.undefined
        )
        assert space.draw(turned) == diagram


def the_order_of_the_variables_is_nothing(case: Drawn) -> None:
    space, found = case.space()
    turned = space_of(reversed(case.digits), reversed(case.plains))
    again = [turned.draw(each) for each in case.plains]
    for one, other in zip(found, again, strict=True):
        cases = [space.case(states) for states in held(space, one)]
        turned_cases = [turned.case(states) for states in held(turned, other)]
        assert all(each in turned_cases for each in cases)
        assert len(cases) == len(turned_cases)


def a_dual_holds_where_the_other_does_not(case: Drawn) -> None:
    space, found = case.space()
    for diagram in found:
        dual = space.diagrams.dual(diagram)
        assert space.diagrams.dual(dual) == diagram
        for states in every(space):
            mirrored = [each.size - 1 - n for each, n in zip(space.digits, states, strict=True)]
            held_here = holds(space.diagrams, diagram, states)
            assert holds(space.diagrams, dual, mirrored) != held_here


def one_of_two_and_both_of_two(case: Drawn) -> None:
    space, (one, other) = case.space()
    either, both = space.diagrams.either(one, other), space.diagrams.both(one, other)
    assert held(space, either) == held(space, one) | held(space, other)
    assert held(space, both) == held(space, one) & held(space, other)


def a_tally_counts_every_case(case: Drawn) -> None:
    space, found = case.space()
    wanted = Counter(
        tuple(holds(space.diagrams, each, states) for each in found) for states in every(space)
    )
    counted = tally(space.diagrams, found)
    assert counted == wanted
    assert counted.total() == space.cases
    assert count_cases(space.diagrams, found[0]) == len(held(space, found[0]))


def those_asked_are_those_that_matter(case: Drawn) -> None:
    space, found = case.space()
    for diagram in found:
        assert support(space.diagrams, diagram) == set(_mattering(space, diagram))


def _mattering(space: Space, diagram: int) -> Iterator[int]:
    """The variables of which two states differ in some case of the others."""
    true = held(space, diagram)
    for variable, digit in enumerate(space.digits):
        turned = (
            (states, _at(states, variable, n)) for states in every(space) for n in range(digit.size)
        )
        if any((one in true) != (other in true) for one, other in turned):
            yield variable


def _at(states: States, variable: int, state: int) -> States:
    return (*states[:variable], state, *states[variable + 1 :])


def one_known_variable_is_the_rule_there(case: Drawn) -> None:
    space, found = case.space()
    for diagram in found:
        true = held(space, diagram)
        for variable, digit in enumerate(space.digits):
            for state in range(digit.size):
                left = held(space, restrict(space.diagrams, diagram, variable, state))
                assert left == {each for each in every(space) if _at(each, variable, state) in true}


def influence_is_a_share_of_the_cases_of_others(case: Drawn) -> None:
    space, found = case.space()
    for diagram in found:
        true = held(space, diagram)
        for variable, share in enumerate(influences(space.diagrams, diagram)):
            others = {_at(each, variable, 0) for each in every(space)}
            last = space.digits[variable].size - 1
            differ = [(each in true) != (_at(each, variable, last) in true) for each in others]
            assert share == Fraction(sum(differ), len(others))


def nothing_costs_less_than_the_cheapest(case: Drawn) -> None:
    space, (one, other) = case.space()
    choices = [range(each.size) for each in space.digits]
    only = held(space, one) - held(space, other)
    found = cheapest(space.diagrams, one, other, choices, case.cost)
    assert (found is None) == (not only)
    if found:
        moved = dict(found.moves)
        states = tuple(moved.get(n, 0) for n in range(len(choices)))
        assert states in only
        assert all(moved.values())
        assert found.cost == _price(case, states) == min(_price(case, each) for each in only)


def _price(case: Drawn, states: Sequence[int]) -> int:
    return sum(case.cost(variable, state) for variable, state in enumerate(states))


def members_of_a_class_are_interchangeable(case: Drawn) -> None:
    space, found = case.space()
    for diagram in found:
        true = held(space, diagram)
        for one, other in product(range(len(space.classes)), repeat=2):
            if space.classes[one] == space.classes[other]:
                assert true == {_exchanged(each, one, other) for each in true}


def _exchanged(states: States, one: int, other: int) -> States:
    return _at(_at(states, one, states[other]), other, states[one])


def families_written_out_are_the_ways_one_by_one(case: Drawn) -> None:
    plain, *_ = case.plains
    starts = {
        each.member: n % each.size for n, each in zip(case.weights, case.digits, strict=False)
    }
    space = space_of(case.digits, [plain], starts)
    choices = [range(starts[each.member], each.size) for each in space.digits]
    diagram = space.draw(plain)
    apart = [
        frozenset((space.names[variable], state) for variable, state in moves)
        for moves in MinimalSetSearch(space, choices, apart=True).ways(diagram)
    ]

    def price(variable: int, state: int) -> int:
        return state - choices[variable][0]

    found = MinimalSetQuery(space, diagram, choices, lambda _, state: state, price).ways()
    written = [each for way in found.ways for each in written_out(way.moves)]
    assert sorted(map(sorted, written)) == sorted(map(sorted, apart))
    assert len(set(apart)) == len(apart) == found.sets
    assert bool(found) == (diagram != FALSE)


LAWS: tuple[Callable[[Drawn], None], ...] = (
    the_plain_form_is_what_the_evaluator_says,
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


@pytest.mark.uncounted
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@given(case=drawn)
def test_law(law: Callable[[Drawn], None], case: Drawn) -> None:
    law(case)


@pytest.mark.uncounted
@given(first=some.integers(0, 3), size=some.integers(1, 4), at=some.none() | some.integers(0, 3))
def test_a_state_is_the_first_in_which_a_member_is_at_a_place(
    first: int, size: int, at: int | None
) -> None:
    last = first + size - 1
    open_at = at if at is not None and first <= at <= last else None
    digit = Variable("a", last, first, open_at)
    places = [digit.place(state) for state in range(digit.size)]
    wanted = [*range(first, last + 1), *([] if open_at is None else [open_at])]
    assert places == sorted(wanted)
    for place in range(first, last + 1):
        assert digit.state(place) == places.index(place)
