"""Two rules over the members of both, as diagrams: each pair of members is one variable.

`match_members` finds the members that both rules ask for, `compile_pair` gives the `RulePair`, and
that says what becomes of every possible outcome: how many move, which way, and an example.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Literal, assert_never

from attrs import evolve

from goalrules.analyse.bdd_queries import tally
from goalrules.analyse.compiled_rules import (
    CompiledRule,
    CompiledRules,
    RuleFormulas,
    States,
    compile_rules,
    formulas_of,
)
from goalrules.analyse.diagram import MOST_STEPS, OverBudgetError, VariableOrder
from goalrules.analyse.pseudo_boolean import Leaf, PseudoBoolean, Sum, Variable, pseudo_boolean
from goalrules.analyse.rule_query import RuleQuery
from goalrules.assess.goal_rule import GoalState
from goalrules.compare.result import MemberAtLevel, PlanItem, RuleOutcome, Transition, Witness
from goalrules.core.nodes import Node
from goalrules.core.scales import Ends, verdict_of
from goalrules.core.vocabulary import VERDICTS
from goalrules.language.lower import TARGET
from goalrules.lazily import frozen

LevelNames = tuple[str, ...]

Direction = Literal[1, -1]
"""Whether an outcome moves for the better, or for the worse."""

NamePair = Callable[[str, str], tuple[PlanItem, PlanItem]]
"""What a member is called in both files, by its keys there."""


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


@frozen
class MemberMatch:
    """The members that two rules ask for: those in both files, and those in one of them alone.

    `removed` are those of the old file alone and `added` those of the new one alone; `rescaled`
    says that these are in both files too, but on other scales.
    """

    shared: tuple[SharedMember, ...]
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    rescaled: bool = False

    @property
    def complete(self) -> bool:
        """Whether every member that is asked for is in both files."""
        return not (self.removed or self.added)


def match_members(old: GoalState, new: GoalState, keys: Mapping[str, str]) -> MemberMatch:
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
    return MemberMatch(
        tuple(SharedMember(one, other, levels) for one, other, levels in found if levels),
        tuple(one for one, _ in apart if one in asked),
        tuple(other for _, other in apart if other in asked_new),
        all(one and other for one, other in apart),
    )


def _levels(one: str, other: str, old: GoalState, new: GoalState) -> LevelNames:
    """The levels of a member in both files; none where it is not the same in both.

    Those of how far a target is reached have the shares of it that either rule names.
    """
    if not (one and other):
        return ()
    own = {goal_state.members[key].levels for goal_state, key in ((old, one), (new, other))
           if key in goal_state.members}  # fmt: skip
    if one == TARGET:
        low, *_, high = next(iter(own))
        shares = {each for scale in own for each in scale[1:-1]}
        return (low, *sorted(shares, key=lambda each: Decimal(each.removesuffix(" %"))), high)
    return own.pop() if len(own) == 1 else ()


def match_by_counts(matched: MemberMatch, old: GoalState, new: GoalState) -> MemberMatch | None:
    """The members paired in any order, where they are as many and have the same levels."""
    states = (old, new)
    asked = [state.members[key].levels for state in states for key in state.query.members]
    if len(matched.removed) != len(matched.added) or len(set(asked)) > 1:
        return None
    pairs = zip(matched.removed, matched.added, strict=True)
    others = tuple(SharedMember(one, other, asked[0]) for one, other in pairs)
    return evolve(matched, shared=(*matched.shared, *others), removed=(), added=())


@frozen
class RuleSide:
    """One of the two rules, over the variables of both.

    `shared` are the members by its own keys, `scales` the levels they have in its own file.
    """

    query: RuleQuery
    shared: Mapping[str, SharedMember]
    scales: Mapping[str, LevelNames]

    def formulas(self) -> RuleFormulas:
        """The rule as formulas."""
        own = formulas_of(self.query, self.query.variables)
        return evolve(
            own,
            surely=tuple(map(self._over_shared, own.surely)),
            possibly=tuple(map(self._over_shared, own.possibly)),
        )

    def formula(self, node: Node) -> PseudoBoolean:
        """The formula of a part of the rule."""
        return self._over_shared(pseudo_boolean(node, self.query.variables, self.query.ends))

    def _over_shared(self, formula: PseudoBoolean) -> PseudoBoolean:
        """A formula over the variables of both rules."""
        match formula:
            case bool():
                return formula
            case Leaf(member, state):
                shared = self.shared[member]
                return Leaf(shared.name, shared.levels.index(self.scales[member][state]))
            case Sum(need, parts):
                return Sum(need, tuple((weight, self._over_shared(part)) for weight, part in parts))
            case _:
                assert_never(formula)


def outcome_of(rule: CompiledRule, ends: Ends) -> RuleOutcome:
    """What a rule comes to at some ends, in words of its scale."""
    levels = rule.level_rule.scale.levels
    verdict = verdict_of(ends, rule.level_rule.met)
    return RuleOutcome(levels[ends.worst], levels[ends.best], verdict)


@frozen
class Shift:
    """Where outcomes lie by the old rule and by the new one, and how many they are."""

    old: Ends
    new: Ends
    outcomes: int


@frozen
class RulePair:
    """Two rules as diagrams over the same variables, and what moves between them."""

    shared: Mapping[str, SharedMember]
    sides: tuple[RuleSide, RuleSide]
    compiled: CompiledRules

    @property
    def order(self) -> VariableOrder:
        """The variables of both."""
        return self.compiled.order

    @property
    def old(self) -> CompiledRule:
        """The old rule."""
        return self.compiled.rules[0]

    @property
    def new(self) -> CompiledRule:
        """The new rule."""
        return self.compiled.rules[1]

    @property
    def diagrams(self) -> tuple[int, ...]:
        """Every diagram: of the old rule, and of the new one."""
        rules = self.compiled.rules
        return tuple(each for rule in rules for each in (*rule.surely, *rule.possibly))

    @property
    def alike(self) -> bool:
        """Whether it does not matter to either rule which members have which levels."""
        scales = {each.levels for each in self.shared.values()}
        return len(set(self.order.kinds)) <= 1 and len(scales) <= 1

    @property
    def same_scale(self) -> bool:
        """Whether both rules give levels of one scale."""
        return self.old.level_rule.scale == self.new.level_rule.scale

    @cached_property
    def shifts(self) -> list[Shift]:
        """All possible outcomes by where they lie, the worst first."""
        found: list[Shift] = []
        for holding, number in tally(self.order.diagrams, self.diagrams).items():
            left = iter(holding)
            worst, best, new_worst, new_best = (
                sum(islice(left, len(each))) - 1  # the lowest place is reached in any case
                for rule in self.compiled.rules
                for each in (rule.surely, rule.possibly)
            )
            found.append(Shift(Ends(worst, best), Ends(new_worst, new_best), number))
        return sorted(
            found, key=lambda each: (each.old.worst, each.old.best, each.new.worst, each.new.best)
        )

    @property
    def by_verdict(self) -> set[Direction]:
        """The directions in which verdicts move."""
        old, new = self.old.level_rule, self.new.level_rule
        return _directions(
            (
                VERDICTS.index(verdict_of(each.old, old.met)),
                VERDICTS.index(verdict_of(each.new, new.met)),
            )
            for each in self.shifts
        )

    @property
    def by_level(self) -> set[Direction]:
        """The directions in which an end of the level moves; none where the scales differ."""
        return {way for each in self.shifts for way in self._of_levels(each)}

    def _of_levels(self, shift: Shift) -> set[Direction]:
        ends = (shift.old.worst, shift.new.worst), (shift.old.best, shift.new.best)
        return _directions(ends) if self.same_scale else set()

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """The shifts in words of the scales."""
        return tuple(
            Transition(
                outcome_of(self.old, each.old),
                outcome_of(self.new, each.new),
                each.outcomes,
                tuple(self._of_levels(each)),
            )
            for each in self.shifts
        )

    def witness(self, way: Direction, *, by_level: bool, naming: NamePair) -> Witness:
        """An outcome that moves one way, with the lowest levels that such a one can have.

        Of verdicts it is one that moves as far as any does.
        """
        better, worse = (self.new, self.old) if way > 0 else (self.old, self.new)
        if by_level:
            ends = [(better.surely, worse.surely), (better.possibly, worse.possibly)]
            asked = [[each for pair in ends for each in zip(*pair, strict=True)]]
        else:
            (sure, can), (other_sure, other_can) = better.met, worse.met
            asked = [[(sure, other_can)], [(sure, other_sure)], [(can, other_can)]]
        states = next(found for found in map(self._lowest, asked) if found)
        state_of = dict(zip(self.order.names, states, strict=True))
        members = [
            MemberAtLevel(*naming(each.old, each.new), each.levels[state_of[name]])
            for name, each in self.shared.items()
        ]
        outcomes = (
            outcome_of(rule, self.compiled.ends(rule, states)) for rule in self.compiled.rules
        )
        return Witness(tuple(members), self.alike, *outcomes)

    def _lowest(self, pairs: Iterable[tuple[int, int]]) -> States | None:
        """The lowest case in which one of two diagrams holds and not the other."""
        found = (self.compiled.least(*pair, member=0) for pair in pairs)
        return min((each for each in found if each is not None), key=sum, default=None)


def _directions(pairs: Iterable[tuple[int, int]]) -> set[Direction]:
    """In which directions the second of two numbers differs from the first."""
    found: set[Direction] = set()
    for old, new in pairs:
        if old != new:
            found.add(1 if new > old else -1)
    return found


def compile_pair(matched: MemberMatch, old: GoalState, new: GoalState) -> RulePair:
    """Two rules as diagrams; `OverBudgetError` where they have too many cases."""
    sides = (
        _side(old, {each.old: each for each in matched.shared}),
        _side(new, {each.new: each for each in matched.shared}),
    )
    variables = [Variable(each.name, len(each.levels) - 1) for each in matched.shared]
    compiled = compile_rules([side.formulas() for side in sides], (), variables)
    found = RulePair({each.name: each for each in matched.shared}, sides, compiled)
    _within_budget(found)
    return found


def _side(state: GoalState, shared: Mapping[str, SharedMember]) -> RuleSide:
    scales = {key: each.levels for key, each in state.members.items()}
    return RuleSide(state.query, shared, scales)


def _within_budget(found: RulePair) -> None:
    """Refuse rules that take too many steps to be followed side by side."""
    diagrams = found.order.diagrams
    seen, left = {found.diagrams}, [found.diagrams]
    while left:
        several = left.pop()
        index = min(map(diagrams.top, several), default=len(diagrams.sizes))
        states = range(diagrams.sizes[index]) if index < len(diagrams.sizes) else ()
        below = {
            tuple(diagrams.cofactor(each, index, state) for each in several) for state in states
        }
        left += below - seen
        seen |= below
        if len(seen) > MOST_STEPS:
            raise OverBudgetError
