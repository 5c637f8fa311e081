"""Two rules over the members of both: each pair of members is one variable."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from attrs import evolve, frozen

from goalrules.analyse.bdd_queries import cheapest, holds, tally
from goalrules.analyse.diagram import (
    MOST_NODES,
    TRUE,
    OverBudgetError,
    VariableOrder,
    variable_order,
)
from goalrules.analyse.pseudo_boolean import Leaf, PseudoBoolean, Sum, Variable, pseudo_boolean
from goalrules.analyse.rule_query import RuleQuery
from goalrules.assess.goal_state import GoalState
from goalrules.compare.result import (
    ChangeKind,
    MemberAtLevel,
    PlanItem,
    RuleOutcome,
    Transition,
    Witness,
)
from goalrules.core.level_rule import LevelRule
from goalrules.core.nodes import Node
from goalrules.core.scales import Ends
from goalrules.language.lower import TARGET

LevelNames = tuple[str, ...]


@frozen
class SharedMember:
    """A member that either rule asks for: its key in each file, and its levels, worst first."""

    old: str
    new: str
    levels: LevelNames

    @property
    def name(self) -> str:
        """What it is called among the variables."""
        return self.new

    @property
    def variable(self) -> Variable:
        """The variable as one of a question."""
        return Variable(self.name, len(self.levels) - 1)


@frozen
class Meeting:
    """The members that two rules ask for: those in both files, and those in one of them alone.

    `rescaled` says that the latter are in both files too, but on other scales.
    """

    shared: tuple[SharedMember, ...]
    went: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    rescaled: bool = False

    @property
    def complete(self) -> bool:
        """Whether every member that is asked for is in both files."""
        return not (self.went or self.came)


def meet(old: GoalState, new: GoalState, keys: Mapping[str, str]) -> Meeting:
    """The members that two rules ask for, where `keys` has the new key for each old one.

    Those whose levels are of another scale in the new file are not the same.
    """
    back = {other: one for one, other in keys.items()}
    asked, asked_new = old.query.members, new.query.members
    wanted = [(key, keys.get(key, "")) for key in asked]
    known = {other for _, other in wanted}
    wanted += [(back.get(key, ""), key) for key in asked_new if key not in known]
    found = [(one, other, _levels(one, other, old, new)) for one, other in wanted]
    apart = [(one, other) for one, other, levels in found if not levels]
    return Meeting(
        tuple(SharedMember(one, other, levels) for one, other, levels in found if levels),
        tuple(one for one, _ in apart if one in asked),
        tuple(other for _, other in apart if other in asked_new),
        all(one and other for one, other in apart),
    )


def _levels(one: str, other: str, old: GoalState, new: GoalState) -> LevelNames:
    """The levels of a member in both files; none where it is not the same in both."""
    if not (one and other):
        return ()
    own = {goal_state.members[key].levels for goal_state, key in ((old, one), (new, other))
           if key in goal_state.members}  # fmt: skip
    if one == TARGET:
        return _merged(own)
    return own.pop() if len(own) == 1 else ()


def _merged(scales: set[LevelNames]) -> LevelNames:
    """How far a target can be reached, with the shares of it that either rule names."""
    low, *_, high = next(iter(scales))
    shares = {each for scale in scales for each in scale[1:-1]}
    return (low, *sorted(shares, key=lambda each: Decimal(each.removesuffix(" %"))), high)


def by_counts(meeting: Meeting, old: GoalState, new: GoalState) -> Meeting | None:
    """The members paired in any order, where they are as many and have the same levels."""
    asked = [*_of(old, old.query.members), *_of(new, new.query.members)]
    if len(meeting.went) != len(meeting.came) or len(set(asked)) > 1:
        return None
    pairs = zip(meeting.went, meeting.came, strict=True)
    others = tuple(SharedMember(one, other, asked[0]) for one, other in pairs)
    return evolve(meeting, shared=(*meeting.shared, *others), went=(), came=())


def _of(goal_state: GoalState, keys: Sequence[str]) -> list[LevelNames]:
    return [goal_state.members[key].levels for key in keys]


@frozen
class Ruled:
    """One of the two rules over the variables of both, which are given by its own keys."""

    query: RuleQuery
    shared: Mapping[str, SharedMember]
    scales: Mapping[str, LevelNames]
    """The levels that members have in the rule's own file."""

    @property
    def level_rule(self) -> LevelRule:
        """What gives the level."""
        return self.query.level_rule

    @property
    def met(self) -> str:
        """The level from which the rule counts as met."""
        return self.level_rule.scale.levels[self.level_rule.met]

    @property
    def places(self) -> range:
        """The places above the lowest, each of which is reached or not."""
        return range(1, self.level_rule.scale.top + 1)

    @property
    def variables(self) -> list[Variable]:
        """The members that the rule asks for, as variables of its own."""
        return [Variable(key, self.query.tops[key]) for key in self.query.members]

    def surely_reaches(self, place: int) -> PseudoBoolean:
        """That the level is surely a place or better."""
        return self._joint(self.query.surely_reaches(place, self.variables))

    def possibly_reaches(self, place: int) -> PseudoBoolean:
        """That the level can be a place or better."""
        return self._joint(self.query.possibly_reaches(place, self.variables))

    def formula(self, node: Node) -> PseudoBoolean:
        """The plain form of a part of the rule."""
        return self._joint(pseudo_boolean(node, self.variables, self.query.ends))

    def _joint(self, formula: PseudoBoolean) -> PseudoBoolean:
        """A plain form over the variables of both rules."""
        match formula:
            case bool():
                return formula
            case Leaf(member, state):
                shared = self.shared[member]
                return Leaf(shared.name, shared.levels.index(self.scales[member][state]))
            case Sum(need, parts):
                return Sum(need, tuple((weight, self._joint(part)) for weight, part in parts))
            case _:
                assert_never(formula)


@frozen
class CompiledRule:
    """A rule as diagrams: for each place above the lowest, whether it is surely, and can be."""

    ruled: Ruled
    surely: tuple[int, ...]
    possibly: tuple[int, ...]


@frozen
class Joint:
    """Two rules as diagrams over the same variables."""

    shared: Mapping[str, SharedMember]
    order: VariableOrder
    old: CompiledRule
    new: CompiledRule

    @property
    def diagrams(self) -> tuple[int, ...]:
        """Every diagram: of the old rule, and of the new one."""
        rules = (self.old, self.new)
        return tuple(each for rule in rules for each in (*rule.surely, *rule.possibly))

    @property
    def alike(self) -> bool:
        """Whether it does not matter to either rule which members have which levels."""
        scales = {each.levels for each in self.shared.values()}
        return len(set(self.order.kinds)) <= 1 and len(scales) <= 1


def joint(meeting: Meeting, old: GoalState, new: GoalState) -> Joint:
    """Two rules as diagrams; `OverBudgetError` where they have too many cases."""
    sides = (
        _ruled(old, {each.old: each for each in meeting.shared}),
        _ruled(new, {each.new: each for each in meeting.shared}),
    )
    formulas = [each(place) for ruled in sides for place in ruled.places
              for each in (ruled.surely_reaches, ruled.possibly_reaches)]  # fmt: skip
    order = variable_order([each.variable for each in meeting.shared], formulas)
    compiled = [
        CompiledRule(
            ruled,
            tuple(order.compile(ruled.surely_reaches(place)) for place in ruled.places),
            tuple(order.compile(ruled.possibly_reaches(place)) for place in ruled.places),
        )
        for ruled in sides
    ]
    found = Joint({each.name: each for each in meeting.shared}, order, *compiled)
    _within_budget(found)
    return found


def _ruled(goal_state: GoalState, shared: Mapping[str, SharedMember]) -> Ruled:
    scales = {key: each.levels for key, each in goal_state.members.items()}
    return Ruled(goal_state.query, shared, scales)


def _within_budget(found: Joint) -> None:
    """Refuse rules that take too many steps to be followed side by side."""
    diagrams = found.order.diagrams
    seen, left = {found.diagrams}, [found.diagrams]
    while left:
        several = left.pop()
        index = min(map(diagrams.top, several), default=len(diagrams.sizes))
        states = range(diagrams.sizes[index]) if index < len(diagrams.sizes) else ()
        below = {tuple(diagrams.child(each, index, state) for each in several) for state in states}
        left += below - seen
        seen |= below
        if len(seen) > MOST_NODES:
            raise OverBudgetError


VERDICTS = ("not met", "open", "met")

NamePair = Callable[[str, str], tuple[PlanItem, PlanItem]]
"""What a member is called in both files, by its keys there."""


@frozen
class Shift:
    """Where outcomes lie by the old rule and by the new one, and how many they are."""

    old: Ends
    new: Ends
    outcomes: int


def moves(joint: Joint) -> list[Shift]:
    """All possible outcomes by where they lie, the worst first."""
    counted = tally(joint.order.diagrams, joint.diagrams)
    found = [_move(joint, way, number) for way, number in counted.items()]
    return sorted(found, key=lambda each: [_key(each.old), _key(each.new)])


def _move(joint: Joint, way: tuple[bool, ...], number: int) -> Shift:
    """The ends by each rule, of which of its diagrams hold."""
    ends = []
    for rule in (joint.old, joint.new):
        size = len(rule.surely)
        own, way = way[: 2 * size], way[2 * size :]
        ends.append(Ends(sum(own[:size]), sum(own[size:])))
    old, new = ends
    return Shift(old, new, number)


def _key(ends: Ends) -> tuple[int, int]:
    return ends.worst, ends.best


def came(ends: Ends, level_rule: LevelRule) -> RuleOutcome:
    """What a rule comes to, in words of its scale."""
    levels = level_rule.scale.levels
    return RuleOutcome(levels[ends.worst], levels[ends.best], VERDICTS[rank(ends, level_rule)])


def rank(ends: Ends, level_rule: LevelRule) -> int:
    """The place of the verdict: not met, open, met."""
    return (ends.worst >= level_rule.met) + (ends.best >= level_rule.met)


@frozen
class RuleShifts:
    """The moves between two rules, and what they make of the new one."""

    joint: Joint
    moves: list[Shift]

    @property
    def same_scale(self) -> bool:
        """Whether both rules give levels of one scale."""
        old, new = self.joint.old.ruled, self.joint.new.ruled
        return old.level_rule.scale == new.level_rule.scale

    @property
    def by_verdict(self) -> set[int]:
        """The ways in which verdicts move: 1 for the better, -1 for the worse."""
        old, new = self.joint.old.ruled.level_rule, self.joint.new.ruled.level_rule
        return _ways((rank(each.old, old), rank(each.new, new)) for each in self.moves)

    @property
    def by_level(self) -> set[int]:
        """The ways in which an end of the level moves; none where the scales differ."""
        return {way for each in self.moves for way in self._ways(each)}

    def _ways(self, move: Shift) -> set[int]:
        ends = (move.old.worst, move.new.worst), (move.old.best, move.new.best)
        return _ways(ends) if self.same_scale else set()

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """The moves in words of the scales."""
        old, new = self.joint.old.ruled.level_rule, self.joint.new.ruled.level_rule
        return tuple(
            Transition(
                came(each.old, old), came(each.new, new), each.outcomes, tuple(self._ways(each))
            )
            for each in self.moves
        )

    def witness(self, way: int, *, by_level: bool, naming: NamePair) -> Witness:
        """An outcome that moves one way, with the lowest levels that such a one can have.

        Of verdicts it is one that moves as far as any does.
        """
        first, second = self.joint.new, self.joint.old
        if way < 0:
            first, second = second, first
        asked = [_by_level(first, second)] if by_level else _verdicts(first, second)
        states = next(found for found in (self._lowest(each) for each in asked) if found)
        return self._shown(states, naming)

    def _lowest(self, pairs: Iterable[tuple[int, int]]) -> list[int] | None:
        """The states of the lowest case in which one of two diagrams holds and not the other."""
        diagrams = self.joint.order.diagrams
        choices = [range(size) for size in diagrams.sizes]
        found = [cheapest(diagrams, *pair, choices, lambda _, state: state) for pair in pairs]
        best = min((each for each in found if each), key=lambda each: each.cost, default=None)
        if best is None:
            return None
        moved = dict(best.moves)
        return [moved.get(index, 0) for index in range(len(choices))]

    def _shown(self, states: list[int], naming: NamePair) -> Witness:
        joint = self.joint
        members = []
        for variable, state in zip(joint.order.variables, states, strict=True):
            shared = joint.shared[variable.member]
            old, new = naming(shared.old, shared.new)
            members.append(MemberAtLevel(old, new, shared.levels[state]))
        in_order = {name: n for n, name in enumerate(joint.shared)}
        names = joint.order.names
        ordered = sorted(range(len(members)), key=lambda n: in_order[names[n]])
        return Witness(
            tuple(members[n] for n in ordered),
            joint.alike,
            *(self._came(rule, states) for rule in (joint.old, joint.new)),
        )

    def _came(self, rule: CompiledRule, states: list[int]) -> RuleOutcome:
        diagrams = self.joint.order.diagrams
        worst, best = (
            sum(holds(diagrams, each, states) for each in several)
            for several in (rule.surely, rule.possibly)
        )
        return came(Ends(worst, best), rule.ruled.level_rule)


def _ways(pairs: Iterable[tuple[int, int]]) -> set[int]:
    return {(new > old) - (new < old) for old, new in pairs} - {0}


def _by_level(first: CompiledRule, second: CompiledRule) -> list[tuple[int, int]]:
    """Each place, surely or possibly, in one rule and in the other."""
    ends = [(first.surely, second.surely), (first.possibly, second.possibly)]
    return [pair for one, other in ends for pair in zip(one, other, strict=True)]


def _verdicts(first: CompiledRule, second: CompiledRule) -> list[list[tuple[int, int]]]:
    """That the verdict of one rule is better than the other's, by as much as can be first."""
    sure, can = _met(first)
    other_sure, other_can = _met(second)
    return [[(sure, other_can)], [(sure, other_sure)], [(can, other_can)]]


def _met(rule: CompiledRule) -> tuple[int, int]:
    """The diagrams of being surely met, and possibly; true where the lowest level is met."""
    met = rule.ruled.level_rule.met
    return (rule.surely[met - 1], rule.possibly[met - 1]) if met else (TRUE, TRUE)


def kind_of(ways: set[int]) -> ChangeKind:
    """What a rule is beside another by the ways in which outcomes move."""
    if len(ways) > 1:
        return "incomparable"
    return "unchanged" if not ways else ("milder" if 1 in ways else "stricter")
