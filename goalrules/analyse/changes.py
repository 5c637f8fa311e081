"""What would raise a level, and what would lower it: minimal changes of members, and their cost."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from goalrules.analyse.bdd_queries import Cost
from goalrules.analyse.pseudo_boolean import Variable
from goalrules.analyse.rule_query import RuleQuery
from goalrules.analyse.space import space_of
from goalrules.analyse.ways import MinimalSetQuery, MinimalSets


def gains(
    query: RuleQuery,
    place: int,
    locked: Collection[str] = (),
    costs: Mapping[str, Decimal] | None = None,
) -> MinimalSets:
    """The minimal improvements after which the level is surely a place or better.

    Open members start at their worst. Locked ones stay there. A member costs what `costs` has for
    each place that it is raised; 1, where they have nothing. One that a quorum waits for can be
    found out to be where it starts, which costs nothing.
    """
    digits = [digit_of(name, query) for name in query.members]
    wanted = query.sure(place, digits)
    prices = {name: _price((costs or {}).get(name, 1)) for name in query.members}
    marks = {name: (query.ends[name].worst, name in locked, prices[name]) for name in query.members}
    space = space_of(digits, [wanted], marks)
    starts = [query.ends[each.member].worst for each in space.digits]
    choices = [
        range(start, start + 1 if each.member in locked else each.size)
        for each, start in zip(space.digits, starts, strict=True)
    ]

    def price(variable: int, state: int) -> Cost:
        digit = space.digits[variable]
        return prices[digit.member] * (digit.place(state) - starts[variable])

    def at(variable: int, state: int) -> int:
        return space.digits[variable].place(state)

    return MinimalSetQuery(space, space.draw(wanted), choices, at, price).ways()


def _price(cost: Decimal | int) -> Cost:
    """A cost as a whole number where it is one, which is the quicker to count with."""
    exact = Fraction(cost)
    return exact.numerator if exact.denominator == 1 else exact


def digit_of(member: str, query: RuleQuery) -> Variable:
    """A member as a variable; one that a quorum waits for can be assessed where it starts."""
    open_at = query.ends[member].worst if query.waits_for(member) else None
    return Variable(member, query.tops[member], at=open_at)


def losses(query: RuleQuery, place: int) -> MinimalSets:
    """The minimal losses, from the worst of every member, after which a level is not sure."""
    digits = [Variable(name, query.tops[name]) for name in query.members]
    kept = query.kept(place, digits)
    space = space_of(digits, [kept], {name: query.ends[name].worst for name in query.members})
    worst = [query.ends[each.member].worst for each in space.digits]
    choices = [
        range(each.last - start, each.last + 1)
        for each, start in zip(space.digits, worst, strict=True)
    ]

    def price(variable: int, state: int) -> Cost:
        return state - choices[variable][0]

    def at(variable: int, state: int) -> int:
        return space.digits[variable].last - state

    lost = space.diagrams.dual(space.draw(kept))
    return MinimalSetQuery(space, lost, choices, at, price).ways()
