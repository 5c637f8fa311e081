"""The rules of one goal in two files, compared for each class of period."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce
from math import prod
from typing import Literal, cast

from attrs import evolve

from goalrules.analyse.compiled_rules import CompiledRule
from goalrules.analyse.diagram import TRUE, OverBudgetError
from goalrules.assess.goal_rule import GoalState
from goalrules.assess.possible import Possible, without
from goalrules.compare.result import (
    ChangeKind,
    Piece,
    PlanItem,
    RuleComparison,
    SameCount,
    Witness,
)
from goalrules.compare.rule_pair import (
    Direction,
    MemberMatch,
    RulePair,
    RuleSide,
    SharedMember,
    compile_pair,
    match_by_counts,
    match_members,
)
from goalrules.core.evaluate import whole_need
from goalrules.core.nodes import AtLeast, LevelRule, Meaning, Reaches, fold
from goalrules.core.vocabulary import PERIOD_CLASSES, PeriodClass, StepKind
from goalrules.language.lower import TARGET
from goalrules.language.statements import Limit
from goalrules.language.syntax import Count
from goalrules.lazily import frozen

Rules = Mapping[PeriodClass, Possible]
"""The rule of a goal for each class of period."""

Things = Mapping[str, PlanItem]
"""What each key of the old file and of the new one means, with a sign before it for which."""

StatePair = tuple[GoalState, GoalState]
"""The old rule and the new one, with their members."""


def compare_rules(
    old: Rules, new: Rules, keys: Mapping[str, str], things: Things
) -> Iterator[RuleComparison]:
    """The rules of a goal for each class of period; once where they are the same for several."""
    classes = [each for each in PERIOD_CLASSES if each in old or each in new]
    together: dict[object, list[PeriodClass]] = {}
    for each in classes:
        said = [
            (one.clauses, one.others) if one else None for one in (old.get(each), new.get(each))
        ]
        together.setdefault(tuple(said), []).append(each)
    for same in together.values():
        found = _of_class(old.get(same[0]), new.get(same[0]), keys, things)
        yield evolve(found, periods=() if len(same) == len(PERIOD_CLASSES) else tuple(same))


def _of_class(
    old: Possible | None, new: Possible | None, keys: Mapping[str, str], things: Things
) -> RuleComparison:
    """The rules for one class of period, where both files have one."""
    if not (old and new):
        return RuleComparison((), "removed" if old else "new")
    states = old.goal_state, new.goal_state
    matched = match_members(*states, keys)
    try:
        if not matched.complete:
            return _apart(matched, states, things)
        stand_ins = tuple(_stand_ins(matched, states, things))
        found = _told(compile_pair(matched, *states), stand_ins, things)
        return evolve(found, unless=_unless(found, matched, states, things))
    except OverBudgetError:
        # They may have too many cases, and be the same since they differ in order alone.
        if not (matched.complete and _same_structure(matched, states)):
            return RuleComparison((), "not compared")
        outcomes = prod(len(each.levels) for each in matched.shared)
        return RuleComparison((), "unchanged", members=len(matched.shared), outcomes=outcomes)


def _same_structure(matched: MemberMatch, states: StatePair) -> bool:
    """Whether two rules on the same members differ in order and names alone."""
    old, new = (each.rule.level_rule for each in states)
    return structure(old, {each.old: each.new for each in matched.shared}) == structure(new, {})


def _apart(matched: MemberMatch, states: StatePair, things: Things) -> RuleComparison:
    """Two rules that do not count the same members: by counts, where they count all alike."""
    counted = match_by_counts(matched, *states)
    kinds = {_thing("<", key, things).kind for key in states[0].query.members}
    kinds_new = {_thing(">", key, things).kind for key in states[1].query.members}
    of_goals = kinds <= {"goal", "contribution"}
    uncounted = RuleComparison((), "reshaped", of_goals=of_goals, rescaled=matched.rescaled)
    if counted is None or "group" in kinds | kinds_new:
        return uncounted
    pair = compile_pair(counted, *states)
    if not pair.alike:
        return uncounted
    found = _told(pair, (), things)
    if found.kind == "reshaped":
        return uncounted
    return evolve(found, kind="reshaped", counts=found.kind, of_goals=of_goals)


def _unless(
    found: RuleComparison, matched: MemberMatch, states: StatePair, things: Things
) -> tuple[PlanItem, ...]:
    """The first indicators that have to apply for two rules to be the same; none if they are.

    Tried are each by itself, and the first so many of them: of members that are counted alike
    that is every number.
    """
    told = any(each.fewer for each in found.same)
    if found.kind != "unchanged" or told or _same_structure(matched, states):
        return ()
    absent = next((each for each in _absent(matched, states) if _differ(each, matched, states)), ())
    return tuple(_thing(">", each.new, things) for each in absent)


def _absent(matched: MemberMatch, states: StatePair) -> Iterator[tuple[SharedMember, ...]]:
    """The indicators that may be thought not to apply, one and more of them, but never all."""
    old, new = (state.members for state in states)
    # Either rule may ask for a member that the other file has and does not count.
    kinds = {each: (new.get(each.new) or old[each.old]).kind for each in matched.shared}
    found = [each for each, kind in kinds.items() if kind == "indicator"]
    every = len(matched.shared)
    yield from ((each,) for each in found if every > 1)
    yield from (tuple(found[:many]) for many in range(2, every))


def _differ(absent: Collection[SharedMember], matched: MemberMatch, states: StatePair) -> bool:
    """Whether two rules differ where some indicators do not apply."""
    old = without(states[0], {each.old for each in absent})
    new = without(states[1], {each.new for each in absent})
    left = match_members(old, new, {each.old: each.new for each in matched.shared})
    pair = compile_pair(left, old, new) if left.complete else None
    return pair is None or bool(pair.by_verdict or pair.by_level)


def _told(pair: RulePair, stand_ins: tuple[str, ...], things: Things) -> RuleComparison:
    """What becomes of every outcome of the same members."""
    directions = pair.by_verdict or pair.by_level
    certain = directions or (pair.same_scale and not stand_ins)
    level_rule = pair.new.level_rule
    found = RuleComparison(
        (),
        kind_of(directions) if certain else "reshaped",
        by=("met" if pair.by_verdict else "level") if directions else "",
        met=level_rule.scale.levels[level_rule.met],
        members=len(pair.shared),
        outcomes=pair.order.cases,
        transitions=pair.transitions,
        witnesses=tuple(_witnesses(pair, directions, things)),
        stand_ins=stand_ins,
    )
    demands = differing_parts(pair) if pair.by_verdict or not directions else None
    if demands is None:
        return found
    return evolve(found, gone=demands.gone, added=demands.added, same=demands.same)


def _witnesses(
    pair: RulePair, directions: Collection[Direction], things: Things
) -> Iterator[Witness]:
    """An outcome for each way in which some move."""

    def naming(old: str, new: str) -> tuple[PlanItem, PlanItem]:
        """A member in both files; those of the rule of every indicator go by their own names."""
        return _thing("<", old, things), _thing(">", new, things)

    by_level = not pair.by_verdict
    ways: tuple[Direction, ...] = (1, -1)
    for way in ways:
        if way in directions:
            yield pair.witness(way, by_level=by_level, naming=naming)


def kind_of(directions: Collection[Direction]) -> ChangeKind:
    """What a rule is beside another by the directions in which outcomes move."""
    if len(directions) > 1:
        return "incomparable"
    return "unchanged" if not directions else ("milder" if 1 in directions else "stricter")


def _thing(side: Literal["<", ">"], key: str, things: Things) -> PlanItem:
    """A member by its key; those of the rule of every indicator have a name of their own."""
    return things.get(f"{side}{key}") or PlanItem("target" if key == TARGET else "plan", key)


def _stand_ins(matched: MemberMatch, states: StatePair, things: Things) -> Iterator[str]:
    """The groups that the data fill in, where two rules on them differ in more than order."""
    found = (_thing(">", each.new, things) for each in matched.shared)
    groups = dict.fromkeys(each.name for each in found if each.kind == "group")
    if groups and not _same_structure(matched, states):
        yield from groups


# The structure of a rule as a value: the same for two that differ only in order and names


@frozen
class _Structure:
    """The meaning of the core as a value that counts what a node asks for, in any order.

    `keys` has another name for some members.
    """

    keys: Mapping[str, str]

    def reaches(self, node: Reaches) -> object:
        """A member at a level."""
        return self.keys.get(node.member, node.member), node.level

    def at_least(self, node: AtLeast, parts: Sequence[object]) -> object:
        """A count; one of a single part that is enough is that part."""
        if len(parts) == 1 and node.need + node.share == 1:
            return parts[0]
        weighed = zip(node.parts, parts, strict=True)
        counted = Counter((part.weight, part.adds, found) for part, found in weighed)
        own = (
            node.need,
            node.share,
            node.strict,
            node.if_empty,
            node.min_applying,
            node.undefined_if,
        )
        return own, frozenset(counted.items())


def structure(level_rule: LevelRule, keys: Mapping[str, str]) -> object:
    """What gives a level, as a value."""
    meaning: Meaning[object] = _Structure(keys)
    reach = tuple(fold(node, meaning) for node in level_rule.reach)
    caps = frozenset((cap.level, fold(cap.node, meaning)) for cap in level_rule.caps)
    return level_rule.scale, level_rule.met, level_rule.floor, reach, caps


# Where two rules differ: what is the same in both is found by what it means in every case, so
# nothing is claimed that does not hold.

SPLIT: tuple[StepKind, ...] = ("met", "level", "moved", "rule", "and")
"""The steps of a rule that ask for all of their parts, or have only one."""


@frozen
class DifferingParts:
    """What only the old rule asks for, what only the new one does, and counts that are the same."""

    gone: tuple[Piece, ...]
    added: tuple[Piece, ...]
    same: tuple[SameCount, ...]


@frozen
class _Part:
    """A part of a rule and its diagram."""

    node: AtLeast
    diagram: int

    @property
    def piece(self) -> Piece:
        """The part in the rule's own words."""
        of = len(self.node.parts) if self.counts else 0
        need = whole_need(self.node, of) if self.counts else 0
        return Piece(self.node.role, self.node.form, need, of)

    @property
    def counts(self) -> bool:
        """Whether it counts members, each as one and at a good level."""
        node = self.node
        leaves = all(isinstance(each.node, Reaches) for each in node.parts)
        return node.role == "count" and leaves and not node.weights and node.need >= 0

    @property
    def limits(self) -> tuple[str, str] | None:
        """Which level it is a cap or a floor at, if it is one."""
        form = self.node.form
        return (form.kind, form.level.text) if isinstance(form, Limit) else None

    @property
    def told(self) -> bool:
        """Whether the rule has words for the part by itself."""
        return self.node.role not in SPLIT


def differing_parts(pair: RulePair) -> DifferingParts | None:
    """What two rules ask for before a goal is met; None where that cannot be told apart."""
    found = [_parts(*each, pair) for each in zip(pair.compiled.rules, pair.sides, strict=True)]
    if not all(found):
        return None
    old, new = (list(each or ()) for each in found)
    gone, added = _only(old, new, pair), _only(new, old, pair)
    gone, added = gone + _instead(old, gone, added), added + _instead(new, added, gone)
    if not all(each.told for each in (*gone, *added)):
        return None
    return DifferingParts(
        tuple(each.piece for each in gone),
        tuple(each.piece for each in added),
        tuple(_same(old, new)),
    )


def _only(own: list[_Part], others: list[_Part], pair: RulePair) -> list[_Part]:
    """The parts of a rule that the other has not, and that do not follow from those of both."""
    diagrams = pair.order.diagrams
    known = {each.diagram for each in others}
    common = reduce(diagrams.both, (each.diagram for each in own if each.diagram in known), TRUE)
    return [each for each in own if diagrams.both(common, each.diagram) != common]


def _instead(own: list[_Part], told: list[_Part], only: list[_Part]) -> list[_Part]:
    """The limits not told of yet that stand where the other rule has one that only it asks for."""
    taken = {each.limits for each in only} - {None}
    return [each for each in own if each.limits in taken and each not in told]


def _parts(rule: CompiledRule, side: RuleSide, pair: RulePair) -> list[_Part] | None:
    """The parts that a rule asks for all of; None where those are not just what it asks for."""
    node, (surely, possibly) = rule.level_rule.meets, rule.met
    if node is None or surely != possibly:
        return None
    diagrams = pair.order.diagrams
    parts = [_Part(each, pair.order.compile(side.formula(each))) for each in _split(node)]
    whole = reduce(diagrams.both, (part.diagram for part in parts), TRUE)
    return parts if whole == surely else None


def _split(node: AtLeast) -> Iterator[AtLeast]:
    """The parts that a node asks for all of, itself where it has none of its own."""
    below = [part.node for part in node.parts if isinstance(part.node, AtLeast)]
    asks_all = node.share == 1 or len(below) == 1
    if node.role in SPLIT and asks_all and len(below) == len(node.parts):
        for each in below:
            yield from _split(each)
    else:
        yield node


def _same(old: list[_Part], new: list[_Part]) -> Iterator[SameCount]:
    """Counts of both rules that are the same and said otherwise."""
    for one in (each for each in old if each.counts):
        for other in (each for each in new if each.counts):
            here, there = (cast(Count, each.node.form) for each in (one, other))
            otherwise = here.quantity != there.quantity and here.predicate == there.predicate
            if one.diagram == other.diagram and otherwise:
                piece, fewer = one.piece, _fewer(one.node, other.node)
                yield SameCount(here, there, piece.need, piece.of, fewer)


def _fewer(one: AtLeast, other: AtLeast) -> tuple[int, int, int] | None:
    """The most members that can be left for which two counts need different numbers of them."""
    needs = (
        (of, whole_need(one, of), whole_need(other, of)) for of in range(len(one.parts) - 1, 0, -1)
    )
    return next((each for each in needs if each[1] != each[2]), None)
