"""Why: the smallest sufficient reason of a verdict, whatever the other members are.

The reason is a smallest prime implicant that the case satisfies, over ordered levels (Marques-Silva
and Ignatiev, "Delivering Trustworthy AI through Formal XAI", AAAI 2022, call it an inflated
abductive explanation): fewest members, then the least that is asked of them.
"""

from typing import Literal

from attrs import frozen

from goalrules.analyse.bdd_queries import cheapest
from goalrules.analyse.diagram import FALSE
from goalrules.analyse.pseudo_boolean import Variable
from goalrules.analyse.rule_query import RuleQuery
from goalrules.analyse.space import Space, space_of

ONE_MEMBER = 1 << 20
"""What a member costs in a reason, beside which no level counts."""


@frozen
class MemberBound:
    """That a member is at a place, or better (`at least`), or worse (`at most`)."""

    member: str
    side: Literal["at least", "at most"]
    place: int


Justification = tuple[MemberBound, ...]


def why_met(query: RuleQuery) -> Justification:
    """Members that make a goal met whatever the others are, as few as can be."""
    digits = [Variable(name, query.tops[name]) for name in query.members]
    met = query.kept(query.level_rule.met, digits)
    space = space_of(digits, [met], {each: query.ends[each].worst for each in query.members})
    most = [query.ends[name].worst for name in space.names]
    found = _smallest(space, space.draw(met), most)
    return tuple(MemberBound(space.names[n], "at least", state) for n, state in found)


def why_not_met(query: RuleQuery) -> Justification:
    """Members that keep a goal from being met whatever the others are, as few as can be."""
    digits = [Variable(name, query.tops[name]) for name in query.members]
    can_be = query.possible(query.level_rule.met, digits)
    space = space_of(digits, [can_be], {each: query.ends[each].best for each in query.members})
    cannot = space.diagrams.dual(space.draw(can_be))
    lasts = [each.last for each in space.digits]
    most = [last - query.ends[name].best for name, last in zip(space.names, lasts, strict=True)]
    found = _smallest(space, cannot, most)
    return tuple(MemberBound(space.names[n], "at most", lasts[n] - state) for n, state in found)


def _smallest(space: Space, diagram: int, most: list[int]) -> tuple[tuple[int, int], ...]:
    choices = [range(each + 1) for each in most]
    found = cheapest(space.diagrams, diagram, FALSE, choices, lambda _, state: ONE_MEMBER + state)
    return found.moves if found else ()
