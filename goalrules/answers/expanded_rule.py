"""What questions about a goal are asked of, down to the indicators of the goals that it rests on.

Members of one goal go by the keys that its rule has for them. Where goals below are gone into the
keys are unique in the plan, so that an indicator that several goals share is one: the goal that it
belongs to, and its name there. One that a policy has taken otherwise in a goal than its own outcome
says is apart from what it is in other goals.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import cast

from attrs import evolve, field

from goalrules.analyse.pseudo_boolean import Leaf, PseudoBoolean, Sum, Variable, summed
from goalrules.analyse.rule_query import RuleQuery
from goalrules.assess.goal_rule import GoalState
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.core.nodes import AtLeast, Meaning, Node, Reaches, fold
from goalrules.core.trace import Member
from goalrules.core.vocabulary import GOAL_KINDS, OpenReason
from goalrules.language.lower import UNSAID
from goalrules.lazily import frozen
from goalrules.limits import step

UNKNOWABLE: tuple[OpenReason, ...] = ("unsaid", "no target", "not in force")
"""The reasons for which a level is open that no outcome can settle."""

GoalStates = Mapping[str, GoalState]
"""Where every goal of a plan stands, by id."""


@frozen
class MemberRef:
    """A member as the policies have it, and as its own outcome has it, with the goal it is of.

    `case` is what its figures are judged by; none where a level is stated, and no figure. `past`
    says that it is of an earlier period: it may be found out, and no more be changed.
    """

    goal: str
    member: Member
    own: Member
    case: IndicatorCase | None
    past: bool

    @property
    def fixed(self) -> bool:
        """Whether it does not apply, and counts as a level all the same: nothing changes that."""
        return self.member.policy == "counts as" and not self.own.applies

    @property
    def settled(self) -> bool:
        """Whether nothing more of it can be found out."""
        return self.own.decided or self.own.reason in UNKNOWABLE


@frozen
class ExpandedRule:
    """A rule with the members that it asks for, by their keys."""

    query: RuleQuery
    refs: Mapping[str, MemberRef]

    @property
    def fillable(self) -> list[str]:
        """The keys of the members that data can fill, those that do not apply among them."""
        return [key for key in self.query.ends if key in self.refs]


@frozen
class ExpandedQuery(RuleQuery):
    """A rule that has the rules of some goals in the place of those goals."""

    below: Mapping[str, RuleQuery] = field(factory=dict)

    def surely_reaches(self, place: int, variables: Iterable[Variable]) -> PseudoBoolean:
        """As of a rule alone, by the members of the goals below in the place of those goals."""
        goals = [Variable(key, query.level_rule.scale.top) for key, query in self.below.items()]
        varying = [*variables, *goals]
        return self._replaced(super().surely_reaches(place, varying), varying)

    def waits_for(self, member: str) -> bool:
        """Whether a member has yet to be assessed, here or for a goal below."""
        below = (query.waits_for(member) for query in self.below.values())
        return super().waits_for(member) or any(below)

    def _replaced(self, formula: PseudoBoolean, variables: Sequence[Variable]) -> PseudoBoolean:
        """A formula with the rules of the goals below in their place, wherever they are."""
        match formula:
            case Leaf(member, place) if member in self.below:
                return self._replaced(
                    self.below[member].judged_to_reach(place, variables), variables
                )
            case Sum(need, parts):
                return summed(
                    need, [(weight, self._replaced(each, variables)) for weight, each in parts]
                )
            case _:
                return formula


def expand_rule(
    goal: str, goal_states: GoalStates, depth: int = 1, apart: Collection[str] = ()
) -> ExpandedRule:
    """A goal's rule with its members, and those of the goals that it rests on down to a depth.

    A goal that is gone into anywhere is so wherever it is a member. Those that stand `apart` are
    never gone into, nor are those that a quorum counts.
    """
    if depth < 1:
        raise ValueError(f"a depth is 1 or more: {depth}")
    if depth == 1:
        state = goal_states[goal]
        return _of_goal(goal, state, state.query, {key: key for key in state.members})
    outer = _renamed(goal, goal_states[goal])
    quorums = (key for each in goal_states.values() for key in each.query.assessed)
    lower = _lower(outer, goal_states, depth, {*apart, *quorums})
    if not lower:
        return outer
    below = {key: each.query for key, each in lower.items()}
    queries = (*below.values(), outer.query)
    deep = ExpandedQuery(
        level_rule=outer.query.level_rule,
        ends={key: ends for each in queries for key, ends in each.ends.items()},
        tops={key: top for each in queries for key, top in each.tops.items() if key not in below},
        unsaid=outer.query.unsaid,
        quorums=outer.query.quorums,
        of_levels=outer.query.of_levels,
        assessed=outer.query.assessed,
        barred=outer.query.barred,
        below=below,
    )
    rules = (*lower.values(), outer)
    return ExpandedRule(deep, {key: ref for each in rules for key, ref in each.refs.items()})


def _of_goal(
    goal: str, state: GoalState, query: RuleQuery, keys: Mapping[str, str]
) -> ExpandedRule:
    """A goal's rule with its own members, by other keys."""
    refs: dict[str, MemberRef] = {}
    for key, member in state.members.items():
        if key != UNSAID:
            case = state.cases.get(key)
            home = (case.stands_for or case.program).goal if case else goal
            past = case is not None and case.stands_for is not None
            own = state.own[key]
            if case and case.number is None and own.finding and own.finding.given:
                case = None
            refs[keys[key]] = MemberRef(home, member, own, case, past)
    tops = {key: top for key, top in query.tops.items() if key not in refs or not refs[key].fixed}
    for key in tops:
        if key in refs and refs[key].past and not refs[key].settled:
            tops[key] = query.ends[key].best
    return ExpandedRule(evolve(query, tops=tops), refs)


def _lower(
    outer: ExpandedRule, goal_states: GoalStates, depth: int, apart: Collection[str]
) -> dict[str, ExpandedRule]:
    """The goals below that are gone into, those that lie deepest first."""
    found: dict[str, ExpandedRule] = {}
    layer = {"": outer}
    while layer and depth > 1:
        names = {key: name for each in layer.values() for key, name in _goals(each)}
        layer = {
            key: _renamed(name, goal_states[name])
            for key, name in names.items()
            if key not in found and key not in apart
        }
        found, depth = layer | found, depth - 1
    return found


def _goals(expanded: ExpandedRule) -> Iterator[tuple[str, str]]:
    """The goals among the members that have a level, and that of their own, by key."""
    for key in expanded.query.members:
        member = expanded.refs[key].member
        if member.kind in GOAL_KINDS and member.applies and not member.policy:
            yield key, member.name


def _key(goal: str, key: str, goal_state: GoalState) -> str:
    """The key of a member that is unique in the plan."""
    member, case = goal_state.members[key], goal_state.cases.get(key)
    if member.policy:
        return f"{goal}/{key}"
    if case:
        slot = (case.stands_for or case.program).slot
        return f"{slot.goal}/{slot.name}"
    return key if member.kind in (*GOAL_KINDS, "unsaid") else f"{goal}/{member.name}"


def _renamed(goal: str, state: GoalState) -> ExpandedRule:
    """A goal's rule with its own members, by keys that are unique in the plan."""
    keys, query = {key: _key(goal, key, state) for key in state.members}, state.query
    level_rule = query.level_rule
    renamed = evolve(
        query,
        level_rule=evolve(
            level_rule,
            reach=tuple(_of_keys(node, keys) for node in level_rule.reach),
            caps=tuple(evolve(cap, node=_of_keys(cap.node, keys)) for cap in level_rule.caps),
        ),
        ends={keys[key]: each for key, each in query.ends.items()},
        tops={keys[key]: each for key, each in query.tops.items()},
        quorums=tuple(_of_keys(node, keys) for node in query.quorums),
        of_levels=tuple((place, _of_keys(node, keys)) for place, node in query.of_levels),
        assessed={keys[key]: each for key, each in query.assessed.items()},
    )
    return _of_goal(goal, state, renamed, keys)


def _of_keys(node: AtLeast, keys: Mapping[str, str]) -> AtLeast:
    renaming: Meaning[Node] = _Renaming(keys)
    return cast(AtLeast, fold(node, renaming))


@frozen
class _Renaming:
    """The same rule over members with other keys."""

    keys: Mapping[str, str]

    def reaches(self, node: Reaches) -> Node:
        """The member by its other key."""
        step()
        return evolve(node, member=self.keys[node.member])

    def at_least(self, node: AtLeast, parts: Sequence[Node]) -> Node:
        """The count of the same parts."""
        renamed = zip(node.parts, parts, strict=True)
        return evolve(node, parts=tuple(evolve(part, node=each) for part, each in renamed))
