"""The questions about one goal: what is missing for a level, what can be lost, what to find out.

- `to_reach`: every minimal set of improvements before the goal is surely at a level;
- `margin_of`: every minimal set of losses after which it no longer is;
- `to_collect`: what to find out before an open verdict can be decided;
- `gap_of`: those of the three that the goal's verdict calls for.

`to_reach`, `margin_of` and `to_collect` raise `OverBudgetError` where a rule has too many cases.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from attrs import evolve, field

from goalrules.analyse.bdd_queries import holds
from goalrules.analyse.diagram import MOST_STEPS, OverBudgetError, variable_order
from goalrules.analyse.minimal_sets import FamilyMove, MinimalSets
from goalrules.analyse.pseudo_boolean import Variable
from goalrules.analyse.rule_query import RuleQuery, gains, improvable, losses, undecided
from goalrules.answers.expanded_rule import (
    UNKNOWABLE,
    ExpandedQuery,
    ExpandedRule,
    GoalStates,
    MemberRef,
    expand_rule,
)
from goalrules.answers.needs import kept_by, need_for
from goalrules.answers.result import (
    CollectAnswer,
    GoalGap,
    MarginAnswer,
    Move,
    Mover,
    Obstacle,
    ReachAnswer,
    Unknown,
    Way,
    mover_of,
)
from goalrules.assess.joint import standing_together
from goalrules.assess.result import Fork, GoalTrace, place_of_gate
from goalrules.core.trace import LevelTest, Member, Step
from goalrules.core.vocabulary import (
    GATE_REASONS,
    GOAL_KINDS,
    UndefinedReason,
)
from goalrules.data.values import LevelWord, read_level
from goalrules.language.keywords import words
from goalrules.lazily import frozen
from goalrules.text.languages import LANGUAGES
from goalrules.text.names import folded
from goalrules.text.numbers import exact_decimal

UNCOUNTABLE: tuple[UndefinedReason, ...] = ("empty", "too few")
"""The reasons for which a count cannot be made with the members that are left."""


Members = tuple[Member, ...]


# From the words that people ask in to places and keys


def place_of(goal: GoalTrace, level: str) -> int | None:
    """The place of a level by its name, by its word in either language, or by that for met."""
    by_fold = {folded(each): place for place, each in enumerate(goal.levels)}
    if folded(level) in by_fold:
        return by_fold[folded(level)]
    read = read_level(level)
    if isinstance(read, LevelWord) and read.level in goal.levels:
        return goal.levels.index(read.level)
    meanings = (words(language).meaning(level) for language in LANGUAGES)
    is_met = any(each and each.type == "MET" for each in meanings)
    return goal.levels.index(goal.met) if is_met else None


def names_of(ref: MemberRef) -> tuple[str, str]:
    """What a member can be asked for by: its name, alone and after the goal that it is of."""
    return ref.member.name, f"{ref.goal}/{ref.member.name}"


def keys_of(expanded: ExpandedRule, names: Iterable[str]) -> frozenset[str]:
    """The keys of the members that some names stand for."""
    folds = {folded(name) for name in names}
    return frozenset(
        key
        for key, ref in expanded.refs.items()
        if folds & {folded(name) for name in names_of(ref)}
    )


def costs_of(expanded: ExpandedRule, costs: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The costs of members by their keys; the name after a goal goes before the name alone."""
    found: dict[str, Decimal] = {}
    for name in sorted(costs, key=lambda each: "/" in each):
        found |= dict.fromkeys(keys_of(expanded, [name]), costs[name])
    return found


def _ways_of(
    found: MinimalSets, expanded: ExpandedRule, mover: Callable[[str, int], Mover]
) -> tuple[tuple[Way, ...], Members, Members]:
    """Families of minimal sets with the members in them, each of which is made a mover.

    With them the members that move together as figures let them, and those that are taken apart.
    """

    def move(moved: FamilyMove) -> Move:
        """A move; one that ends where it begins, at the lowest place, asks for an outcome alone."""
        lowest = moved.to == 0 and not any(expanded.query.ends[key].worst for key in moved.group)
        movers = [mover(key, moved.to) for key in moved.group]
        if lowest:
            movers = [evolve(each, need=None) for each in movers]
        return Move(moved.number, tuple(movers), assessed=lowest)

    ways = tuple(
        Way(tuple(map(move, each.moves)), each.sets, exact_decimal(Fraction(each.cost)))
        for each in found.families
    )
    together, apart = (
        tuple(expanded.refs[key].member for key in keys) for keys in (found.together, found.apart)
    )
    return ways, together, apart


# What is missing


@frozen
class Wish:
    """A place to reach, how deep to go, which members cannot change, and what raising each costs.

    Members are by their names, as people give them, or by their keys in an expanded rule.
    """

    place: int
    locked: Collection[str] = ()
    costs: Mapping[str, Decimal] = field(factory=dict)
    depth: int = 1


def to_reach(goal: GoalTrace, goal_states: GoalStates, wish: Wish) -> ReachAnswer:
    """What is missing before a goal that has a verdict is surely at a place.

    A goal that is locked is not gone into.
    """
    locked = keys_of(expand_rule(goal.id, goal_states, wish.depth), wish.locked)
    expanded = expand_rule(goal.id, goal_states, wish.depth, locked)
    asked = evolve(
        wish,
        locked=keys_of(expanded, wish.locked)
        | {key for key, ref in expanded.refs.items() if ref.past and ref.settled},
        costs=costs_of(expanded, wish.costs),
    )
    blank = ReachAnswer(
        goal,
        goal.levels[asked.place],
        "there",
        locked=tuple(
            expanded.refs[key].member
            for key in expanded.query.members
            if key in asked.locked and not expanded.refs[key].past
        ),
        held=tuple(_held(expanded)),
        priced=bool(asked.costs),
        depth=wish.depth,
    )
    if not is_barred(goal) and goal.levels.index(goal.worst or "") >= asked.place:
        return blank
    found = gains(_as_figures_let(expanded), asked.place, asked.locked, asked.costs)
    if not found.sets:
        return _without_ways(blank, expanded, asked, goal_states)
    ways, together, apart = _ways_of(found, expanded, partial(_raised, expanded))
    return evolve(
        blank,
        state="ways",
        ways=ways,
        sets=found.sets,
        complete=found.complete,
        together=together,
        apart=apart,
    )


def _as_figures_let(expanded: ExpandedRule) -> RuleQuery:
    """A rule of which members stand only as the figures let them that they come of."""
    refs = ((key, expanded.refs[key]) for key in expanded.query.members)
    cases = {key: ref.case for key, ref in refs if ref.case}
    return evolve(expanded.query, together=tuple(standing_together(cases)))


def is_barred(goal: GoalTrace) -> bool:
    """Whether what there has to be before there is a verdict is not there."""
    return any(not gate.low and not place_of_gate(gate, goal) for gate in goal.gates)


def _held(expanded: ExpandedRule) -> Iterator[Member]:
    """The members that nothing changes: by a policy, or since they are of an earlier period."""
    for key, ends in expanded.query.ends.items():
        ref = expanded.refs.get(key)
        is_out = ref and not ends.applies and ref.member.policy in ("left out", "replaced")
        if ref and (is_out or ref.fixed or (ref.past and ref.settled and ends.applies)):
            yield ref.member


def _raised(expanded: ExpandedRule, key: str, place: int) -> Mover:
    """A member that is raised to a place."""
    ref = expanded.refs[key]
    own = ref.own
    is_open = own.applies and not own.decided and own.reason not in UNKNOWABLE
    need, findable = need_for(ref.case, place), is_open and place <= own.ends.best
    return mover_of(ref.goal, ref.member, ref.member.levels[place], need, findable=findable)


def _without_ways(
    blank: ReachAnswer, expanded: ExpandedRule, asked: Wish, goal_states: GoalStates
) -> ReachAnswer:
    """Why there is no way."""
    blocking = _blocking(expanded, asked)
    if blocking:
        is_past = any(expanded.refs[key].past for key in blocking)
        return evolve(
            blank,
            state="impossible",
            obstacle="past" if is_past else "locked",
            blocking=tuple(expanded.refs[key].member for key in blocking),
        )
    found = gains(expanded.query, asked.place, asked.locked, asked.costs)
    if found.sets:  # each by itself could
        return _without_figures(blank, expanded, asked)
    gates = (each for each in blank.goal.gates if not each.low)
    if any(place_of_gate(each, blank.goal) <= asked.place for each in gates):
        return evolve(blank, state="barred")
    obstacle = _obstacle(blank, asked, goal_states)
    below = _stuck(expanded) if obstacle == "unsaid" else ()
    return evolve(
        blank, state="impossible", obstacle="below" if below else obstacle, blocking=below
    )


def _without_figures(blank: ReachAnswer, expanded: ExpandedRule, asked: Wish) -> ReachAnswer:
    """Why members that could reach a level each by itself do not: their figures do not let them."""
    query = _as_figures_let(expanded)
    groups = query.together
    for each in query.together:
        fewer = tuple(other for other in groups if other is not each)
        if not gains(evolve(query, together=fewer), asked.place, asked.locked, asked.costs).sets:
            groups = fewer
    keys = [key for each in groups for key in each.members]
    locked = [key for key in keys if key in asked.locked]
    return evolve(
        blank,
        state="impossible",
        obstacle="locked" if locked else "figures",
        blocking=tuple(expanded.refs[key].member for key in locked or keys),
    )


def _blocking(expanded: ExpandedRule, asked: Wish) -> list[str]:
    """Locked members that stand in the way together, none of which could be spared."""
    query = expanded.query
    variables = [improvable(name, query) for name in query.members]
    wanted = query.judged_to_reach(asked.place, variables)
    order = variable_order(variables, [wanted])
    diagram = order.compile(wanted)

    def blocks(locked: Collection[str]) -> bool:
        states = [
            query.ends[each.member].worst if each.member in locked else each.size - 1
            for each in order.variables
        ]
        return not holds(order.diagrams, diagram, states)

    left = [name for name in order.names if name in asked.locked]
    if blocks(()):
        return []
    for name in tuple(left):
        fewer = [each for each in left if each != name]
        left = fewer if blocks(fewer) else left
    return left


def _obstacle(blank: ReachAnswer, asked: Wish, goal_states: GoalStates) -> Obstacle:
    """Why a level cannot be reached even if every member is at its best."""
    expanded = expand_rule(blank.goal.id, goal_states)
    query, goal = expanded.query, blank.goal
    lacks_report = any(map(_lacks_report, (*goal.steps, *goal.caps)))
    if not lacks_report and not any(query.ends[key].applies for key in expanded.fillable):
        return "empty"
    if not query.possibly_reaches(asked.place, _at_best(query)):
        return "rule"
    if lacks_report:
        return "unreported"
    return "gap" if any(each.code in UNCOUNTABLE for each in goal.reasons) else "unsaid"


def _at_best(query: RuleQuery) -> list[Variable]:
    """The members that data can fill, each at its best place and no other."""
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
        if not each.judged_to_reach(each.level_rule.scale.top, _at_best(each))
    )


# What can be lost


def margin_of(goal: GoalTrace, goal_states: GoalStates, place: int, depth: int = 1) -> MarginAnswer:
    """What can be lost before a goal that has a verdict is no longer surely at a place."""
    level, expanded = goal.levels[place], expand_rule(goal.id, goal_states, depth)
    if is_barred(goal):
        return MarginAnswer(goal, level, "barred", depth=depth)
    if not place:
        return MarginAnswer(goal, level, "lowest", depth=depth)
    query = _as_figures_let(expanded)
    tops = {key: top for key, top in query.tops.items() if not expanded.refs[key].past}
    found = losses(evolve(query, tops=tops), place)
    ways, together, apart = _ways_of(found, expanded, partial(_lowered, expanded, query))
    # Goals may fall together, so nothing is said of how many members can where some are goals.
    rests_on_goals = any(
        expanded.refs[key].member.kind in GOAL_KINDS for key in expanded.query.members
    )
    # So may those that come of the same figures.
    counts = found.sets and found.complete and not (rests_on_goals or together)
    return MarginAnswer(
        goal,
        level,
        state="ways" if found.sets else "impossible",
        ways=ways,
        sets=found.sets,
        complete=found.complete,
        tolerates=min(way.members for way in ways) - 1 if counts else 0,
        together=together,
        apart=apart,
        depth=depth,
    )


def place_to_keep(goal: GoalTrace) -> int:
    """The place from which something can be lost: where it is met, else where it surely is."""
    return min(goal.levels.index(goal.met), goal.levels.index(goal.worst or ""))


def _lowered(expanded: ExpandedRule, query: RuleQuery, key: str, place: int) -> Mover:
    """A member that falls to a place, below the next that it can have."""
    ref, levels = expanded.refs[key], expanded.refs[key].member.levels
    groups = (each for each in query.together if key in each.members)
    can_have = {way[each.members.index(key)] for each in groups for way in each.ways}
    kept = min((each for each in can_have if each > place), default=place + 1)
    need = kept_by(ref.case, kept)
    return mover_of(ref.goal, ref.member, levels[place], need, keeps=levels[kept])


# What to find out


def to_collect(goal: GoalTrace, goal_states: GoalStates) -> CollectAnswer:
    """What to find out before a goal that has a verdict can be decided, the first thing first."""
    expanded = expand_rule(goal.id, goal_states)
    met = goal.levels.index(goal.met)
    failing = [each for each in goal.gates if not each.low and place_of_gate(each, goal) <= met]
    if failing and goal.verdict == "open":
        names = {
            name for each in goal.reasons if each.code in GATE_REASONS for name in each.members
        }
        own = [ref.own for ref in expanded.refs.values()]
        required = [
            each for each in own if each.name in names and each.applies and not each.decided
        ]
        return CollectAnswer(goal, "barred", required=tuple(required), least=_least(failing))
    meets = expanded.query.level_rule.meets
    if goal.verdict != "open" or meets is None:
        return CollectAnswer(goal, "there")
    query = _as_figures_let(expanded)
    found = undecided(meets, query.ends, query.unsaid, query.together)
    if found is None:
        raise OverBudgetError
    unknowns = [
        Unknown(
            member,
            tuple(Fork(member.levels[fork.place], fork.verdict) for fork in each.forks),
            each.settles,
            each.influence,
        )
        for each in found.ranked()
        if (member := expanded.refs[each.member].member).reason not in UNKNOWABLE
    ]
    return CollectAnswer(goal, "ways" if unknowns else "impossible", tuple(unknowns))


def _least(failing: Sequence[Step]) -> int:
    """How many of the members required are enough, where one count alone is short; else nought."""
    step, *others = failing
    is_count = not others and all(isinstance(each, LevelTest) for each in step.children)
    return step.need - step.got[0] if is_count and set(step.weights) <= {1} else 0


# All of them


def gap_of(goal: GoalTrace, goal_states: GoalStates, wish: Wish) -> GoalGap:
    """The answers about a goal and the level that is wished for; none where it has no verdict.

    A goal that is there already has a margin, and one that is not has what is missing; one that is
    open also what to find out.
    """
    try:
        reach = to_reach(goal, goal_states, wish)
        if reach.state == "there":
            return GoalGap(goal, reach, margin_of(goal, goal_states, wish.place, wish.depth))
        is_of_met = goal.verdict == "open" and goal.levels[wish.place] == goal.met
        collect = to_collect(goal, goal_states) if is_of_met else None
        return GoalGap(goal, reach, collect=collect)
    except OverBudgetError:
        return GoalGap(goal, limit=MOST_STEPS)
