"""Several rules over the same members, compiled together, and what they come to in every case.

`compile_rules` puts the members in one order and makes the diagrams of all rules over it, within
one budget. What a rule can never do, what changed between two, and how often a member decides are
queries over a `CompiledRules`.
"""

from collections.abc import Iterable, Sequence
from functools import reduce

from goalrules.analyse.bdd_queries import ONE_MEMBER, cheapest, holds
from goalrules.analyse.diagram import FALSE, TRUE, Budget, VariableOrder, variable_order
from goalrules.analyse.pseudo_boolean import PseudoBoolean, Variable
from goalrules.analyse.rule_query import RuleQuery
from goalrules.core.nodes import LevelRule
from goalrules.core.scales import Ends
from goalrules.lazily import frozen

States = list[int]
"""The state of each variable."""

Joint = tuple[Sequence[str], Iterable[tuple[int, ...]]]
"""Some members, and the ways in which they can stand together, as places of their levels."""


@frozen
class RuleFormulas:
    """A rule as formulas: for each place above the lowest, that the level is that or better.

    `surely` says it of the worst end of the level, `possibly` of its best.
    """

    level_rule: LevelRule
    surely: tuple[PseudoBoolean, ...]
    possibly: tuple[PseudoBoolean, ...]


def formulas_of(query: RuleQuery, variables: Sequence[Variable]) -> RuleFormulas:
    """The formulas of a rule over some variables."""
    places = range(1, query.level_rule.scale.top + 1)
    return RuleFormulas(
        query.level_rule,
        tuple([query.surely_reaches(place, variables) for place in places]),
        tuple([query.possibly_reaches(place, variables) for place in places]),
    )


@frozen
class CompiledRule:
    """A rule as diagrams: for each place, that the level surely is that or better, and can be."""

    level_rule: LevelRule
    surely: tuple[int, ...]
    possibly: tuple[int, ...]

    @property
    def met(self) -> tuple[int, int]:
        """That the rule is surely met, and that it can be."""
        place = self.level_rule.met
        return self.surely[place], self.possibly[place]


@frozen
class CompiledRules:
    """Rules over the same variables as diagrams, and some conditions beside them.

    A case gives each variable a state. The diagram `always` holds in those that there are, and the
    others in none but these.
    """

    order: VariableOrder
    rules: tuple[CompiledRule, ...]
    conditions: tuple[int, ...]
    always: int = TRUE

    def alike(self, one: int = 0, other: int = 1) -> bool:
        """Whether two of the rules come to the same in every case."""
        first, second = self.rules[one], self.rules[other]
        return (first.surely, first.possibly) == (second.surely, second.possibly)

    def ends(self, rule: CompiledRule, states: Sequence[int]) -> Ends:
        """Between which places the level of a rule lies in a case."""
        low, high = (
            sum(holds(self.order.diagrams, each, states) for each in several[1:])
            for several in (rule.surely, rule.possibly)
        )
        return Ends(low, high)

    def worst(self) -> States:
        """Every member at its worst, as far as there is such a case."""
        return self.least(self.always) or [0 for _ in self.order.variables]

    def best(self) -> States:
        """Every member at its best, as far as there is such a case."""
        return self.most(FALSE) or [each.size - 1 for each in self.order.variables]

    def least(self, holding: int, failing: int = FALSE, member: int = ONE_MEMBER) -> States | None:
        """The case that costs least above the worst of all in which one holds and one fails.

        Each place that a member is better costs 1, and each that is not at its worst `member`.
        """
        up = [range(size) for size in self.order.diagrams.sizes]
        return self._cheapest(holding, failing, up, member)

    def most(self, failing: int) -> States | None:
        """The case with the fewest members below their best in which a diagram fails."""
        down = [range(size - 1, -1, -1) for size in self.order.diagrams.sizes]
        return self._cheapest(self.always, failing, down, ONE_MEMBER)

    def _cheapest(
        self, holding: int, failing: int, choices: Sequence[range], member: int
    ) -> States | None:
        def price(index: int, state: int) -> int:
            return member + abs(state - choices[index][0])

        found = cheapest(self.order.diagrams, holding, failing, choices, price)
        if found is None:
            return None
        moved = dict(found.moves)
        return [moved.get(n, each[0]) for n, each in enumerate(choices)]


def compile_rules(  # noqa: PLR0913 - what is compiled, over what, and what it takes
    rules: Sequence[RuleFormulas],
    conditions: Sequence[PseudoBoolean],
    variables: Sequence[Variable],
    *,
    budget: Budget | None = None,
    order: VariableOrder | None = None,
    joint: Iterable[Joint] = (),
) -> CompiledRules:
    """Rules and conditions over some variables as diagrams; `OverBudgetError` for too many cases.

    With an `order` of the same variables, what was compiled over it before is not done again.
    Members that are `joint` stand only in the ways that are given with them.
    """
    if order is None:
        asked = [each for rule in rules for each in (*rule.surely, *rule.possibly)]
        order = variable_order(variables, [*conditions, *asked], budget=budget)
    diagrams = order.diagrams
    always = reduce(diagrams.both, [order.among(*each) for each in joint], TRUE)

    def compiled(formulas: Iterable[PseudoBoolean]) -> tuple[int, ...]:
        return tuple([diagrams.both(order.compile(each), always) for each in formulas])

    return CompiledRules(
        order,
        tuple(
            [
                CompiledRule(
                    each.level_rule,
                    (always, *compiled(each.surely)),
                    (always, *compiled(each.possibly)),
                )
                for each in rules
            ]
        ),
        compiled(conditions),
        always,
    )
