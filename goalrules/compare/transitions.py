"""What becomes of every possible outcome under another rule: how many move, and which way."""

from collections.abc import Callable, Iterable

from attrs import frozen

from goalrules.analyse.bdd_queries import cheapest, holds, tally
from goalrules.analyse.diagram import TRUE
from goalrules.compare.joint import CompiledRule, Joint
from goalrules.compare.result import (
    ChangeKind,
    MemberAtLevel,
    PlanItem,
    RuleOutcome,
    Transition,
    Witness,
)
from goalrules.core.level_rule import LevelRule
from goalrules.core.scales import Ends

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
    counted = tally(joint.space.diagrams, joint.diagrams)
    found = [_move(joint, way, number) for way, number in counted.items()]
    return sorted(found, key=lambda each: [_key(each.old), _key(each.new)])


def _move(joint: Joint, way: tuple[bool, ...], number: int) -> Shift:
    """The ends by each rule, of which of its diagrams hold."""
    ends = []
    for rule in (joint.old, joint.new):
        size = len(rule.kept)
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
        asked = [_levels(first, second)] if by_level else _verdicts(first, second)
        states = next(found for found in (self._lowest(each) for each in asked) if found)
        return self._shown(states, naming)

    def _lowest(self, pairs: Iterable[tuple[int, int]]) -> list[int] | None:
        """The states of the lowest case in which one of two diagrams holds and not the other."""
        diagrams = self.joint.space.diagrams
        choices = [range(size) for size in diagrams.sizes]
        found = [cheapest(diagrams, *pair, choices, lambda _, state: state) for pair in pairs]
        best = min((each for each in found if each), key=lambda each: each.cost, default=None)
        if best is None:
            return None
        moved = dict(best.moves)
        return [moved.get(variable, 0) for variable in range(len(choices))]

    def _shown(self, states: list[int], naming: NamePair) -> Witness:
        joint = self.joint
        members = []
        for digit, state in zip(joint.space.digits, states, strict=True):
            variable = joint.variables[digit.member]
            old, new = naming(variable.old, variable.new)
            members.append(MemberAtLevel(old, new, variable.levels[state]))
        in_order = {name: n for n, name in enumerate(joint.variables)}
        names = joint.space.names
        ordered = sorted(range(len(members)), key=lambda n: in_order[names[n]])
        return Witness(
            tuple(members[n] for n in ordered),
            joint.alike,
            *(self._came(rule, states) for rule in (joint.old, joint.new)),
        )

    def _came(self, rule: CompiledRule, states: list[int]) -> RuleOutcome:
        diagrams = self.joint.space.diagrams
        worst, best = (
            sum(holds(diagrams, each, states) for each in several)
            for several in (rule.kept, rule.possible)
        )
        return came(Ends(worst, best), rule.ruled.level_rule)


def _ways(pairs: Iterable[tuple[int, int]]) -> set[int]:
    return {(new > old) - (new < old) for old, new in pairs} - {0}


def _levels(first: CompiledRule, second: CompiledRule) -> list[tuple[int, int]]:
    """Each place, surely or possibly, in one rule and in the other."""
    ends = [(first.kept, second.kept), (first.possible, second.possible)]
    return [pair for one, other in ends for pair in zip(one, other, strict=True)]


def _verdicts(first: CompiledRule, second: CompiledRule) -> list[list[tuple[int, int]]]:
    """That the verdict of one rule is better than the other's, by as much as can be first."""
    sure, can = (_met(first, each) for each in ("kept", "possible"))
    other_sure, other_can = (_met(second, each) for each in ("kept", "possible"))
    return [[(sure, other_can)], [(sure, other_sure)], [(can, other_can)]]


def _met(rule: CompiledRule, which: str) -> int:
    """The diagram of being met; true where the lowest level is."""
    met: int = rule.ruled.level_rule.met
    diagrams: tuple[int, ...] = getattr(rule, which)
    return diagrams[met - 1] if met else TRUE


def kind_of(ways: set[int]) -> ChangeKind:
    """What a rule is beside another by the ways in which outcomes move."""
    if len(ways) > 1:
        return "incomparable"
    return "unchanged" if not ways else ("milder" if 1 in ways else "stricter")
