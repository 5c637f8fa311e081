"""The exact questions asked of the engine inside, with its answers told as the oracle tells them.

A family of ways is written out, each way by itself.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from goalrules.analyse import bdd_queries, rule_query
from goalrules.analyse.bdd_queries import tally
from goalrules.analyse.diagram import variable_order
from goalrules.analyse.minimal_sets import FamilyMove, MinimalSets
from goalrules.analyse.pseudo_boolean import Variable
from goalrules.analyse.rule_query import RuleQuery
from goalrules.assess.goal_rule import GoalRule
from goalrules.assess.rule_program import RuleProgram

from .analysis import Bounds, Fork, Moves
from .engine import Outcomes, read_all


def query_of(rule: GoalRule, outcomes: Outcomes) -> RuleQuery:
    """What questions about a rule on some outcomes are asked of."""
    _, goal_state = RuleProgram(rule).trace(read_all(rule, outcomes))
    return goal_state.query


class Asking:
    """Questions about one rule where its members stand; members are told by their numbers."""

    def __init__(self, query: RuleQuery, names: Sequence[str]) -> None:
        self.query, self.names = query, tuple(names)
        self.variables = [Variable(name, query.tops[name]) for name in query.members]

    def gains(
        self, place: int, locked: Collection[int], costs: Mapping[int, Decimal]
    ) -> dict[Moves, Fraction]:
        """The minimal improvements, each with what it costs."""
        found = rule_query.gains(
            self.query,
            place,
            [self.names[m] for m in locked],
            {self.names[m]: cost for m, cost in costs.items()},
        )
        return self._apart(found)

    def losses(self, place: int) -> dict[Moves, Fraction]:
        """The minimal losses, each with what it costs."""
        return self._apart(rule_query.losses(self.query, place))

    def _apart(self, ways: MinimalSets) -> dict[Moves, Fraction]:
        """Every way by itself; the families tell of each once, and of as many as they say."""
        assert ways.complete
        costs = [each.cost for each in ways.families]
        assert costs == sorted(costs)
        found: dict[Moves, Fraction] = {}
        for way in ways.families:
            members = [
                frozenset((self.names.index(name), to) for name, to in moves)
                for moves in written_out(way.moves)
            ]
            assert len(members) == way.sets
            assert not found.keys() & set(members)
            assert {len(each) for each in members} == {way.members}
            found |= dict.fromkeys(members, Fraction(way.cost))
        assert len(found) == ways.sets
        assert bool(ways.sets) == bool(found)
        return found

    def reason(self, *, met: bool) -> Bounds:
        """The smallest sufficient reason."""
        found = (rule_query.why_met if met else rule_query.why_not_met)(self.query)
        assert {each.side for each in found} <= {"at least" if met else "at most"}
        return frozenset((self.names.index(each.member), each.place) for each in found)

    def forks(self) -> dict[int, Fork]:
        """What each open member can decide, those first that settle most."""
        meets = self.query.level_rule.meets
        if meets is None:
            return {}
        found = rule_query.undecided(meets, self.query.ends, self.query.unsaid)
        assert found
        ranked = found.ranked()
        order = [(-each.settles, -each.influence) for each in ranked]
        assert order == sorted(order)
        assert found.deciding == {each.member for each in ranked}
        return {
            self.names.index(each.member): Fork(
                tuple((fork.place, fork.verdict) for fork in each.forks),
                each.settles,
                each.influence,
            )
            for each in ranked
        }

    def influences(self) -> dict[int, tuple[Fraction, Fraction]]:
        """How often each member decides over all outcomes, but for those that never do."""
        met = self.query.level_rule.met
        both = (
            self.query.surely_reaches(met, self.variables),
            self.query.possibly_reaches(met, self.variables),
        )
        order = variable_order(self.variables, both)
        shares = [bdd_queries.influences(order.diagrams, order.compile(each)) for each in both]
        return {
            self.names.index(name): (low, high)
            for name, low, high in zip(order.names, *shares, strict=True)
            if low or high
        }

    def tally(self) -> dict[tuple[int, int], Fraction]:
        """In which share of all cases the rule gives each two ends."""
        places = range(1, self.query.level_rule.scale.top + 1)
        formulas = [
            asked(place, self.variables)
            for asked in (self.query.surely_reaches, self.query.possibly_reaches)
            for place in places
        ]
        order = variable_order(self.variables, formulas)
        found = Counter[tuple[int, int]]()
        for holding, number in tally(
            order.diagrams, [order.compile(each) for each in formulas]
        ).items():
            low, high = holding[: len(places)], holding[len(places) :]
            assert sorted(low, reverse=True) == list(low)
            assert sorted(high, reverse=True) == list(high)
            found[sum(low), sum(high)] += number
        return {ends: Fraction(number, order.cases) for ends, number in found.items() if number}


def written_out(moves: Sequence[FamilyMove]) -> Iterator[frozenset[tuple[str, int]]]:
    """Every way of a family: any so many of each group, none of them moved twice."""
    if not moves:
        yield frozenset()
        return
    first, *others = moves
    for rest in written_out(others):
        taken = {name for name, _ in rest}
        free = [name for name in first.group if name not in taken]
        for chosen in combinations(free, first.number):
            yield rest | {(name, first.to) for name in chosen}
