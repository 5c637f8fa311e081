"""The rules of one goal in two files, compared for each class of period."""

from collections.abc import Collection, Iterator, Mapping
from math import prod
from typing import get_args

from attrs import evolve

from goalrules.analyse.diagram import OverBudgetError
from goalrules.assess.goal_state import GoalState
from goalrules.assess.possible import Possible, without
from goalrules.compare.joint import Joint, Meeting, SharedMember, by_counts, joint, meet
from goalrules.compare.pieces import where
from goalrules.compare.result import PlanItem, RuleComparison, Witness
from goalrules.compare.structure import structure
from goalrules.compare.transitions import RuleShifts, kind_of, moves
from goalrules.language.statements import PeriodClass

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
    every: tuple[PeriodClass, ...] = get_args(PeriodClass)
    classes = [each for each in every if each in old or each in new]
    together: dict[object, list[PeriodClass]] = {}
    for each in classes:
        said = [
            (one.clauses, one.others) if one else None for one in (old.get(each), new.get(each))
        ]
        together.setdefault(tuple(said), []).append(each)
    for same in together.values():
        found = _of_class(old.get(same[0]), new.get(same[0]), keys, things)
        yield evolve(found, periods=() if len(same) == len(every) else tuple(same))


def _of_class(
    old: Possible | None, new: Possible | None, keys: Mapping[str, str], things: Things
) -> RuleComparison:
    """The rules for one class of period, where both files have one."""
    if not (old and new):
        return RuleComparison((), "removed" if old else "new")
    pair = old.goal_state, new.goal_state
    meeting = meet(*pair, keys)
    try:
        if not meeting.complete:
            return _apart(meeting, pair, things)
        found = _drawn(meeting, pair, things)
        return evolve(found, unless=_unless(found, meeting, pair, things))
    except OverBudgetError:
        return _undrawn(meeting, pair)


def _undrawn(meeting: Meeting, pair: StatePair) -> RuleComparison:
    """Two rules that have too many cases: the same where they differ in order alone."""
    if not (meeting.complete and _same_structure(meeting, pair)):
        return RuleComparison((), "not compared")
    outcomes = prod(len(each.levels) for each in meeting.variables)
    return RuleComparison((), "unchanged", members=len(meeting.variables), outcomes=outcomes)


def _same_structure(meeting: Meeting, pair: StatePair) -> bool:
    """Whether two rules on the same members differ in order and names alone."""
    old, new = (each.rule.level_rule for each in pair)
    return structure(old, {each.old: each.new for each in meeting.variables}) == structure(new, {})


def _apart(meeting: Meeting, pair: StatePair, things: Things) -> RuleComparison:
    """Two rules that do not count the same members: by counts, where they count all alike."""
    counted = by_counts(meeting, *pair)
    kinds = {_thing("<", key, things).kind for key in pair[0].query.members}
    kinds_new = {_thing(">", key, things).kind for key in pair[1].query.members}
    of_goals = kinds <= {"goal", "contribution"}
    plain = RuleComparison((), "reshaped", of_goals=of_goals, rescaled=meeting.rescaled)
    if counted is None or "group" in kinds | kinds_new:
        return plain
    both = joint(counted, *pair)
    if not both.alike:
        return plain
    found = _told(both, (), things)
    if found.kind == "reshaped":
        return plain
    return evolve(found, kind="reshaped", counts=found.kind, of_goals=of_goals)


def _drawn(meeting: Meeting, pair: StatePair, things: Things) -> RuleComparison:
    """Two rules on the same members."""
    return _told(joint(meeting, *pair), tuple(_stand_ins(meeting, pair, things)), things)


def _unless(
    found: RuleComparison, meeting: Meeting, pair: StatePair, things: Things
) -> tuple[PlanItem, ...]:
    """The first indicators that have to apply for two rules to be the same; none if they are.

    Tried are each by itself, and the first so many of them: of members that are counted alike
    that is every number.
    """
    told = any(each.fewer for each in found.same)
    if found.kind != "unchanged" or told or _same_structure(meeting, pair):
        return ()
    absent = next((each for each in _absent(meeting, pair) if _part(each, meeting, pair)), ())
    return tuple(_thing(">", each.new, things) for each in absent)


def _absent(meeting: Meeting, pair: StatePair) -> Iterator[tuple[SharedMember, ...]]:
    """The indicators that may be thought not to apply, one and more of them, but never all."""
    members = pair[1].members
    found = [each for each in meeting.variables if members[each.new].kind == "indicator"]
    every = len(meeting.variables)
    yield from ((each,) for each in found if every > 1)
    yield from (tuple(found[:many]) for many in range(2, every))


def _part(absent: Collection[SharedMember], meeting: Meeting, pair: StatePair) -> bool:
    """Whether two rules differ where some indicators do not apply."""
    old = without(pair[0], {each.old for each in absent})
    new = without(pair[1], {each.new for each in absent})
    left = meet(old, new, {each.old: each.new for each in meeting.variables})
    moving = RuleShifts(both := joint(left, old, new), moves(both)) if left.complete else None
    return moving is None or bool(moving.by_verdict or moving.by_level)


def _told(both: Joint, stand_ins: tuple[str, ...], things: Things) -> RuleComparison:
    """What becomes of every outcome of the same members."""
    moving = RuleShifts(both, moves(both))
    ways = moving.by_verdict or moving.by_level
    certain = ways or (moving.same_scale and not stand_ins)
    found = RuleComparison(
        (),
        kind_of(ways) if certain else "reshaped",
        by=("met" if moving.by_verdict else "level") if ways else "",
        met=both.new.ruled.met,
        members=len(both.variables),
        outcomes=both.space.cases,
        transitions=moving.transitions,
        witnesses=tuple(_witnesses(moving, ways, things)),
        stand_ins=stand_ins,
    )
    demands = where(both) if moving.by_verdict or not ways else None
    if demands is None:
        return found
    return evolve(found, gone=demands.gone, added=demands.added, same=demands.same)


def _witnesses(moving: RuleShifts, ways: Collection[int], things: Things) -> Iterator[Witness]:
    """An outcome for each way in which some move."""

    def naming(old: str, new: str) -> tuple[PlanItem, PlanItem]:
        """A member in both files; those of the rule of every indicator go by their own names."""
        return _thing("<", old, things), _thing(">", new, things)

    by_level = not moving.by_verdict
    for way in (1, -1):
        if way in ways:
            yield moving.witness(way, by_level=by_level, naming=naming)


def _thing(side: str, key: str, things: Things) -> PlanItem:
    return things.get(f"{side}{key}") or PlanItem(key, key)


def _stand_ins(meeting: Meeting, pair: StatePair, things: Things) -> Iterator[str]:
    """The groups that the data fill in, where two rules on them differ in more than order."""
    found = (_thing(">", each.new, things) for each in meeting.variables)
    groups = dict.fromkeys(each.name for each in found if each.kind == "group")
    if groups and not _same_structure(meeting, pair):
        yield from groups
