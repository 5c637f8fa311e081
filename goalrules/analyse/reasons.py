"""Why: the smallest sufficient reason of a verdict, whatever the other members are.

The reason is a smallest prime implicant that the case satisfies, over ordered levels (Marques-Silva
and Ignatiev, "Delivering Trustworthy AI through Formal XAI", AAAI 2022, call it an inflated
abductive explanation): fewest members, then the least that is asked of them.
"""

from typing import Literal

from attrs import frozen

from goalrules.analyse.diagram import FALSE
from goalrules.analyse.ground import Ground
from goalrules.analyse.plain import Digit
from goalrules.analyse.space import Space, space_of
from goalrules.analyse.walks import cheapest

ONE_MEMBER = 1 << 20
"""What a member costs in a reason, beside which no level counts."""


@frozen
class Bounded:
    """That a member is at a place, or better (`at least`), or worse (`at most`)."""

    member: str
    side: Literal["at least", "at most"]
    place: int


Reason = tuple[Bounded, ...]


def why_met(ground: Ground) -> Reason:
    """Members that make a goal met whatever the others are, as few as can be."""
    digits = [Digit(name, ground.tops[name]) for name in ground.members]
    met = ground.kept(ground.judged.met, digits)
    space = space_of(digits, [met], {each: ground.ends[each].worst for each in ground.members})
    most = [ground.ends[name].worst for name in space.names]
    found = _smallest(space, space.draw(met), most)
    return tuple(Bounded(space.names[n], "at least", state) for n, state in found)


def why_not_met(ground: Ground) -> Reason:
    """Members that keep a goal from being met whatever the others are, as few as can be."""
    digits = [Digit(name, ground.tops[name]) for name in ground.members]
    can_be = ground.possible(ground.judged.met, digits)
    space = space_of(digits, [can_be], {each: ground.ends[each].best for each in ground.members})
    cannot = space.diagrams.dual(space.draw(can_be))
    lasts = [each.last for each in space.digits]
    most = [last - ground.ends[name].best for name, last in zip(space.names, lasts, strict=True)]
    found = _smallest(space, cannot, most)
    return tuple(Bounded(space.names[n], "at most", lasts[n] - state) for n, state in found)


def _smallest(space: Space, diagram: int, most: list[int]) -> tuple[tuple[int, int], ...]:
    choices = [range(each + 1) for each in most]
    found = cheapest(space.diagrams, diagram, FALSE, choices, lambda _, state: ONE_MEMBER + state)
    return found.moves if found else ()
