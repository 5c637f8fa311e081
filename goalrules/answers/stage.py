"""What questions about a goal are asked of, down to the indicators of the goals that it rests on.

Members have keys that are unique in the plan, so that an indicator that several goals share is
one: the goal that it belongs to, and its name there. One that a policy has taken otherwise in a
goal than its own outcome says is apart from what it is in other goals.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from attrs import evolve, field, frozen

from goalrules.analyse.ground import Ground
from goalrules.analyse.plain import Digit, Leaf, Plain, Sum, summed
from goalrules.assess.case import Case
from goalrules.assess.grounds import Standing
from goalrules.core.nodes import AtLeast, Meaning, Node, Reaches, fold
from goalrules.core.trace import Member
from goalrules.language.lower import UNSAID

Standings = Mapping[str, Standing]
"""Where every goal of a plan stands, by id."""

GOALS = ("goal", "contribution")
"""The kinds of members that are goals."""


@frozen
class Actor:
    """A member as the policies have it, and as its own outcome has it, with the goal it is of."""

    goal: str
    member: Member
    own: Member
    case: Case | None


@frozen
class Stage:
    """A rule with the members that it asks for, by keys that are unique in the plan."""

    ground: Ground
    actors: Mapping[str, Actor]


@frozen
class Deep(Ground):
    """A rule that has the rules of some goals in the place of those goals."""

    below: Mapping[str, Ground] = field(factory=dict)

    def kept(self, place: int, digits: Iterable[Digit]) -> Plain:
        """That the level is surely a place or better, by the members of the goals below."""
        varying = list(digits)
        goals = [Digit(key, ground.judged.scale.top) for key, ground in self.below.items()]
        return self._replaced(super().kept(place, [*varying, *goals]), varying)

    def waits_for(self, member: str) -> bool:
        """Whether a member has yet to be assessed, here or for a goal below."""
        below = (ground.waits_for(member) for ground in self.below.values())
        return super().waits_for(member) or any(below)

    def _replaced(self, plain: Plain, digits: Sequence[Digit]) -> Plain:
        """A plain form with the rules of the goals below in their place."""
        match plain:
            case Leaf(member, place) if member in self.below:
                return self.below[member].sure(place, digits)
            case Sum(need, parts):
                return summed(
                    need, [(weight, self._replaced(each, digits)) for weight, each in parts]
                )
            case _:
                return plain


def stage_of(goal: str, standings: Standings, depth: int = 1) -> Stage:
    """A goal's rule with its members, and those of the goals that it rests on down to a depth."""
    standing = standings[goal]
    keys = {key: _key(goal, key, standing) for key in standing.members}
    ground = _renamed(standing.ground, keys)
    actors = {keys[key]: _actor(goal, key, standing) for key in standing.members if key != UNSAID}
    lower = dict(_lower(ground, actors, standings, depth))
    below = {key: each.ground for key, each in lower.items()}
    if not below:
        return Stage(ground, actors)
    grounds = (*below.values(), ground)
    deep = Deep(
        judged=ground.judged,
        ends={key: ends for each in grounds for key, ends in each.ends.items()},
        tops={key: top for each in grounds for key, top in each.tops.items() if key not in below},
        unsaid=ground.unsaid,
        quorums=ground.quorums,
        assessed=ground.assessed,
        barred=ground.barred,
        below=below,
    )
    return Stage(
        deep, {key: each for stage in lower.values() for key, each in stage.actors.items()} | actors
    )


def _lower(
    ground: Ground, actors: Mapping[str, Actor], standings: Standings, depth: int
) -> Iterator[tuple[str, Stage]]:
    """The goals among the members that are gone into: not those that a quorum counts."""
    for key in ground.members if depth > 1 else ():
        member = actors[key].member
        if member.kind in GOALS and not member.policy and key not in ground.assessed:
            yield key, stage_of(member.name, standings, depth - 1)


def _key(goal: str, key: str, standing: Standing) -> str:
    """The key of a member that is unique in the plan."""
    member, case = standing.members[key], standing.cases.get(key)
    if member.policy:
        return f"{goal}/{key}"
    if case:
        return f"{case.slot.goal}/{case.slot.name}"
    return key if member.kind in (*GOALS, "unsaid") else f"{goal}/{member.name}"


def _actor(goal: str, key: str, standing: Standing) -> Actor:
    case = standing.cases.get(key)
    home = case.slot.goal if case else goal
    return Actor(home, standing.members[key], standing.own[key], case)


def _renamed(ground: Ground, keys: Mapping[str, str]) -> Ground:
    """The same with other keys for its members."""
    judged = ground.judged
    return evolve(
        ground,
        judged=evolve(
            judged,
            reach=tuple(_of_keys(node, keys) for node in judged.reach),
            caps=tuple(evolve(cap, node=_of_keys(cap.node, keys)) for cap in judged.caps),
        ),
        ends={keys[key]: each for key, each in ground.ends.items()},
        tops={keys[key]: each for key, each in ground.tops.items()},
        quorums=tuple(_of_keys(node, keys) for node in ground.quorums),
        assessed={keys[key]: each for key, each in ground.assessed.items()},
    )


def _of_keys(node: AtLeast, keys: Mapping[str, str]) -> AtLeast:
    renaming: Meaning[Node] = _Renaming(keys)
    return cast(AtLeast, fold(node, renaming))


@frozen
class _Renaming:
    """The same rule over members with other keys."""

    keys: Mapping[str, str]

    def reaches(self, node: Reaches) -> Node:
        """The member by its other key."""
        return evolve(node, member=self.keys[node.member])

    def at_least(self, node: AtLeast, parts: Sequence[Node]) -> Node:
        """The count of the same parts."""
        renamed = zip(node.parts, parts, strict=True)
        return evolve(node, parts=tuple(evolve(part, node=each) for part, each in renamed))
