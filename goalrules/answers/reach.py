"""What is missing before a goal is surely at a level: every minimal set of improvements."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from attrs import evolve, field, frozen

from goalrules.analyse.bdd_queries import holds
from goalrules.analyse.changes import digit_of, gains
from goalrules.analyse.pseudo_boolean import Variable
from goalrules.analyse.rule_query import RuleQuery
from goalrules.analyse.space import space_of
from goalrules.answers.asking import costs_of, keys_of
from goalrules.answers.expanded_rule import (
    ExpandedQuery,
    ExpandedRule,
    GoalStates,
    MemberRef,
    expand_rule,
)
from goalrules.answers.moves import ways_of
from goalrules.answers.needs import need_for
from goalrules.answers.result import Mover, Obstacle, ReachAnswer, mover
from goalrules.assess.result import GoalTrace
from goalrules.core.trace import Member, Step

GAPS = ("empty", "too few")
"""The reasons for which a count cannot be made with the members that are left."""

UNKNOWABLE = ("unsaid", "no target")
"""The reasons for which a level is open that no outcome can settle."""


@frozen
class Wish:
    """A place to reach, how deep to go, and by name what cannot change and what a step costs."""

    place: int
    locked: Collection[str] = ()
    costs: Mapping[str, Decimal] = field(factory=dict)
    depth: int = 1


@frozen
class _Asked:
    """The same by the keys of a stage."""

    place: int
    locked: Collection[str]
    costs: Mapping[str, Decimal]


def to_reach(goal: GoalTrace, goal_states: GoalStates, wish: Wish) -> ReachAnswer:
    """What is missing before a goal that has a verdict is surely at a place.

    A goal that is locked is not gone into.
    """
    locked = keys_of(expand_rule(goal.id, goal_states, wish.depth), wish.locked)
    expanded = expand_rule(goal.id, goal_states, wish.depth, locked)
    asked = _Asked(wish.place, keys_of(expanded, wish.locked), costs_of(expanded, wish.costs))
    blank = ReachAnswer(
        goal,
        goal.levels[asked.place],
        "there",
        locked=tuple(
            expanded.refs[key].member for key in expanded.query.members if key in asked.locked
        ),
        held=tuple(_held(expanded)),
        priced=bool(asked.costs),
        depth=wish.depth,
    )
    if not is_barred(goal) and goal.levels.index(goal.worst or "") >= asked.place:
        return blank
    found = gains(expanded.query, asked.place, asked.locked, asked.costs)
    if not found:
        return _without_ways(blank, expanded, asked, goal_states)
    ways = ways_of(found, expanded, _raised)
    return evolve(blank, state="ways", ways=ways, sets=found.sets, complete=found.complete)


def is_barred(goal: GoalTrace) -> bool:
    """Whether what there has to be before there is a verdict is not there."""
    return any(not gate.low for gate in goal.gates)


def _held(expanded: ExpandedRule) -> Iterator[Member]:
    """The members that a policy has taken out of the count, and those that it keeps at a level."""
    for key, ends in expanded.query.ends.items():
        ref = expanded.refs.get(key)
        is_out = ref and not ends.applies and ref.member.policy in ("left out", "replaced")
        if ref and (is_out or ref.fixed):
            yield ref.member


def _raised(ref: MemberRef, place: int) -> Mover:
    """A member that is raised to a place."""
    need, findable = need_for(ref.case, ref.own, place), _findable(ref, place)
    return mover(ref.goal, ref.member, ref.member.levels[place], need, findable=findable)


def _findable(ref: MemberRef, place: int) -> bool:
    """Whether a member can still turn out to be at a place, by its own outcome."""
    open_ = ref.own.applies and not ref.own.decided and ref.own.reason not in UNKNOWABLE
    return open_ and place <= ref.own.ends.best


def _without_ways(
    blank: ReachAnswer, expanded: ExpandedRule, asked: _Asked, goal_states: GoalStates
) -> ReachAnswer:
    """Why there is no way."""
    blocking = _blocking(expanded, asked)
    if blocking:
        members = tuple(expanded.refs[key].member for key in blocking)
        return evolve(blank, state="impossible", obstacle="locked", blocking=members)
    if is_barred(blank.goal):
        return evolve(blank, state="barred")
    obstacle = _obstacle(blank, asked, goal_states)
    below = _stuck(expanded) if obstacle == "unsaid" else ()
    return evolve(
        blank, state="impossible", obstacle="below" if below else obstacle, blocking=below
    )


def _blocking(expanded: ExpandedRule, asked: _Asked) -> list[str]:
    """Locked members that stand in the way together, none of which could be spared."""
    query = expanded.query
    digits = [digit_of(name, query) for name in query.members]
    wanted = query.sure(asked.place, digits)
    space = space_of(digits, [wanted])
    diagram = space.draw(wanted)

    def blocks(locked: Collection[str]) -> bool:
        states = [
            query.ends[each.member].worst if each.member in locked else each.size - 1
            for each in space.digits
        ]
        return not holds(space.diagrams, diagram, states)

    left = [name for name in space.names if name in asked.locked]
    if blocks(()):
        return []
    for name in tuple(left):
        fewer = [each for each in left if each != name]
        left = fewer if blocks(fewer) else left
    return left


def _obstacle(blank: ReachAnswer, asked: _Asked, goal_states: GoalStates) -> Obstacle:
    """Why a level cannot be reached even if every member is at its best."""
    expanded = expand_rule(blank.goal.id, goal_states)
    query, goal = expanded.query, blank.goal
    lacks_report = any(map(_lacks_report, (*goal.steps, *goal.caps)))
    if not lacks_report and not any(query.ends[key].applies for key in _own(expanded)):
        return "empty"
    if not query.possible(asked.place, _at_best(query)):
        return "rule"
    if lacks_report:
        return "unreported"
    return "gap" if any(each.code in GAPS for each in goal.reasons) else "unsaid"


def _own(expanded: ExpandedRule) -> Iterator[str]:
    """The members that data can fill, those that do not apply among them."""
    return (key for key in expanded.query.ends if key in expanded.refs)


def _at_best(query: RuleQuery) -> list[Variable]:
    return [Variable(name, query.tops[name], first=query.tops[name]) for name in query.members]


def _lacks_report(step: Step) -> bool:
    """Whether it counts a group of which the data report nothing."""
    steps = (each for each in step.children if isinstance(each, Step))
    return step.undefined == "unreported" or any(map(_lacks_report, steps))


def _stuck(expanded: ExpandedRule) -> tuple[Member, ...]:
    """The goals below that are not surely at their best even if all of their members are.

    None where that can be for what the plan does not say.
    """
    query = expanded.query
    if not isinstance(query, ExpandedQuery) or any(key in query.ends for key in query.unsaid):
        return ()
    return tuple(
        expanded.refs[key].member
        for key, each in query.below.items()
        if not each.sure(each.level_rule.scale.top, _at_best(each))
    )
