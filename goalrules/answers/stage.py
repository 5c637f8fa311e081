"""What questions about a goal are asked of, down to the indicators of the goals that it rests on.

Members have keys that are unique in the plan, so that an indicator that several goals share is
one: the goal that it belongs to, and its name there. One that a policy has taken otherwise in a
goal than its own outcome says is apart from what it is in other goals.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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

    @property
    def fixed(self) -> bool:
        """Whether it does not apply, and counts as a level all the same: nothing changes that."""
        return self.member.policy == "counts as" and not self.own.applies


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
        goals = [Digit(key, ground.judged.scale.top) for key, ground in self.below.items()]
        varying = [*digits, *goals]
        return self._replaced(super().kept(place, varying), varying)

    def waits_for(self, member: str) -> bool:
        """Whether a member has yet to be assessed, here or for a goal below."""
        below = (ground.waits_for(member) for ground in self.below.values())
        return super().waits_for(member) or any(below)

    def _replaced(self, plain: Plain, digits: Sequence[Digit]) -> Plain:
        """A plain form with the rules of the goals below in their place, wherever they are."""
        match plain:
            case Leaf(member, place) if member in self.below:
                return self._replaced(self.below[member].sure(place, digits), digits)
            case Sum(need, parts):
                return summed(
                    need, [(weight, self._replaced(each, digits)) for weight, each in parts]
                )
            case _:
                return plain


def stage_of(goal: str, standings: Standings, depth: int = 1, apart: Collection[str] = ()) -> Stage:
    """A goal's rule with its members, and those of the goals that it rests on down to a depth.

    A goal that is gone into anywhere is so wherever it is a member. Those that stand `apart` are
    never gone into, nor are those that a quorum counts.
    """
    outer = _alone(goal, standings)
    kept = {*apart, *_counted(standings)}
    lower = _lower(outer, standings, depth, kept) if depth > 1 else {}
    if not lower:
        return outer
    below = {key: each.ground for key, each in lower.items()}
    grounds = (*below.values(), outer.ground)
    deep = Deep(
        judged=outer.ground.judged,
        ends={key: ends for each in grounds for key, ends in each.ends.items()},
        tops={key: top for each in grounds for key, top in each.tops.items() if key not in below},
        unsaid=outer.ground.unsaid,
        quorums=outer.ground.quorums,
        assessed=outer.ground.assessed,
        barred=outer.ground.barred,
        below=below,
    )
    stages = (*lower.values(), outer)
    return Stage(deep, {key: actor for each in stages for key, actor in each.actors.items()})


def _alone(goal: str, standings: Standings) -> Stage:
    """A goal's rule with its own members."""
    standing = standings[goal]
    keys = {key: _key(goal, key, standing) for key in standing.members}
    actors = {keys[key]: _actor(goal, key, standing) for key in standing.members if key != UNSAID}
    ground = _renamed(standing.ground, keys)
    tops = {
        key: top for key, top in ground.tops.items() if key not in actors or not actors[key].fixed
    }
    return Stage(evolve(ground, tops=tops), actors)


def _counted(standings: Standings) -> Iterator[str]:
    """The members that some quorum of the plan counts."""
    return (key for each in standings.values() for key in each.ground.assessed)


def _lower(
    outer: Stage, standings: Standings, depth: int, apart: Collection[str]
) -> dict[str, Stage]:
    """The goals below that are gone into, those that lie deepest first."""
    found: dict[str, Stage] = {}
    layer = {"": outer}
    while layer and depth > 1:
        names = {key: name for each in layer.values() for key, name in _goals(each)}
        layer = {
            key: _alone(name, standings)
            for key, name in names.items()
            if key not in found and key not in apart
        }
        found, depth = layer | found, depth - 1
    return found


def _goals(stage: Stage) -> Iterator[tuple[str, str]]:
    """The goals among the members that have a level, and that of their own, by key."""
    for key in stage.ground.members:
        member = stage.actors[key].member
        if member.kind in GOALS and member.applies and not member.policy:
            yield key, member.name


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
