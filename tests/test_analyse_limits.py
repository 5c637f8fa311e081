"""What is not looked at: questions of too many steps or members, and lists of too many ways."""

from collections.abc import Callable, Sequence
from itertools import product

import pytest

from goalrules.analyse.bdd_queries import cheapest, count_cases, influences, restrict, tally
from goalrules.analyse.diagram import (
    FALSE,
    MOST_VARIABLES,
    TRUE,
    Budget,
    OverBudgetError,
    VariableOrder,
    variable_order,
)
from goalrules.analyse.minimal_sets import MOST_FAMILIES, MinimalSetQuery, MinimalSets
from goalrules.analyse.pseudo_boolean import Leaf, PseudoBoolean, Sum, Variable


def names(size: int) -> list[str]:
    return [f"m{number}" for number in range(size)]


def reached(
    weights: Sequence[int], need: int, last: int = 1
) -> tuple[list[Variable], PseudoBoolean]:
    """Members of these weights, and that those at their best come to a need."""
    of = names(len(weights))
    parts = ((weight, Leaf(name, last)) for weight, name in zip(weights, of, strict=True))
    return [Variable(name, last) for name in of], Sum(need, tuple(parts))


def compiled(
    weights: Sequence[int], need: int, budget: Budget | None = None
) -> tuple[VariableOrder, int]:
    variables, formula = reached(weights, need)
    order = variable_order(variables, [formula], budget=budget)
    return order, order.compile(formula)


def ways(weights: Sequence[int], need: int) -> MinimalSets:
    """What to raise from the worst to come to a need, where each member costs 1."""
    order, diagram = compiled(weights, need)
    choices = [range(each.size) for each in order.variables]
    return MinimalSetQuery(
        order, diagram, choices, lambda _, state: state, lambda _, state: state
    ).answer()


def smallest_sets(weights: Sequence[int], need: int) -> int:
    """How many sets come to a need, of which each member is needed."""
    found = 0
    for chosen in product((0, 1), repeat=len(weights)):
        taken = [weight for weight, each in zip(weights, chosen, strict=True) if each]
        found += need <= sum(taken) < need + min(taken, default=0)
    return found


MANY = {
    "all weights differ": [1009 + 37 * n * n for n in range(16)],
    "each weight stands twice": [1009 + 37 * (n // 2) ** 2 for n in range(18)],
}


@pytest.mark.parametrize("case", MANY)
def test_of_too_many_ways_the_cheapest_is_given_and_all_are_counted(case: str) -> None:
    weights = MANY[case]
    need = sum(weights) // 2
    found = ways(weights, need)
    [cheapest_way] = found.families
    largest = sorted(weights, reverse=True)
    fewest = next(n for n in range(len(weights)) if sum(largest[:n]) >= need)
    assert not found.complete
    assert found.sets == smallest_sets(weights, need) > MOST_FAMILIES
    assert (cheapest_way.members, cheapest_way.cost, cheapest_way.sets) == (fewest, fewest, 1)


def test_thousands_of_sets_are_one_family() -> None:
    [way] = ways([1] * 14, 7).families
    assert (way.sets, [(len(each.group), each.number) for each in way.moves]) == (3432, [(14, 7)])


QUERIES: dict[str, Callable[[VariableOrder, int], object]] = {
    "compiling": lambda order, _: compiled_in(order, [1, 2, 3, 4, 5, 6], 11),
    "counting": lambda order, diagram: tally(order.diagrams, [diagram]),
    "the cheapest": lambda order, diagram: cheapest(
        order.diagrams, diagram, FALSE, [range(2)] * 6, lambda _, state: state
    ),
    "one known": lambda order, diagram: restrict(order.diagrams, diagram, 5, 1),
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_takes_steps_of_the_same_budget(query: str) -> None:
    budget = Budget()
    order, diagram = compiled([3, 5, 7, 11, 13, 17], 28, budget)
    budget.left = 2
    with pytest.raises(OverBudgetError):
        QUERIES[query](order, diagram)


def test_a_rule_of_too_many_steps_is_not_compiled() -> None:
    with pytest.raises(OverBudgetError):
        compiled([2 ** (n % 12) + n * 7919 for n in range(40)], 40 * 7919 * 8)
    assert compiled([1] * 40, 20)[1] > TRUE


def test_so_many_members_and_no_more() -> None:
    order, diagram = compiled([1] * MOST_VARIABLES, 1)
    assert count_cases(order.diagrams, diagram) == order.cases - 1
    assert set(influences(order.diagrams, diagram)) == {influences(order.diagrams, diagram)[0]}
    assert ways([1] * MOST_VARIABLES, 1).sets == MOST_VARIABLES
    assert ways([1] * MOST_VARIABLES, MOST_VARIABLES).sets == 1
    with pytest.raises(OverBudgetError):
        compiled([1] * (MOST_VARIABLES + 1), 1)


def test_the_chain_of_the_longest_rule_is_walked() -> None:
    weights = [1] * MOST_VARIABLES
    order, diagram = compiled(weights, 2)
    found = cheapest(order.diagrams, diagram, FALSE, [range(2)] * len(weights), lambda _, n: n)
    assert found
    assert found.cost == 2
    assert restrict(order.diagrams, diagram, MOST_VARIABLES - 1, 1) == compiled_in(
        order, weights[:-1], 1
    )


def compiled_in(order: VariableOrder, weights: Sequence[int], need: int) -> int:
    return order.compile(reached(weights, need)[1])
