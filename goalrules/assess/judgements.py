"""Which goals and indicators decisions are about, and what they come to beside the rules.

A judgement of a goal as a whole never changes what its rule gives: it stands beside that. A waiver
says that there is nothing to judge, as an outcome that is not applicable does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import TypeAlias

from attrs import asdict, evolve, field

from goalrules.assess.binding import BoundRows, Index, Slot, inner_slots
from goalrules.assess.clauses import class_of
from goalrules.assess.level_of import place_of, words_of
from goalrules.assess.plan_program import PlanProgram, PlanPrograms
from goalrules.assess.result import GoalTrace, OverDecided
from goalrules.assess.rule_program import Outcome
from goalrules.core.decisions import Decided, Decision, Waiver
from goalrules.core.scales import Ends, known
from goalrules.core.trace import Member
from goalrules.data.judgements import JudgementRow
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.data.values import Status
from goalrules.language.levels import LevelScale
from goalrules.language.naming import goal_key
from goalrules.language.plan import GoalEntry
from goalrules.language.statements import Overall
from goalrules.lazily import frozen
from goalrules.limits import stepping
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.names import folded, nearest

Target: TypeAlias = str | Slot
"""What a decision is about: a goal by its id, or an indicator or a reported member by its slot."""


@frozen
class Judgement:
    """A decision about a goal as a whole: the ends of the levels that it allows.

    `stated` is the level that it names, where it names one.
    """

    row: JudgementRow
    levels: LevelScale
    ends: Ends
    stated: str = ""


@frozen
class Waived:
    """What is not judged in a period: members by their slots, and goals by their ids."""

    members: Mapping[Slot, Waiver] = field(factory=dict)
    goals: Mapping[str, Waiver] = field(factory=dict)

    def among(self, bound: BoundRows) -> BoundRows:
        """The rows of the data; one more for each reported member that is waived and has none."""
        if not self.members:
            return bound
        unreported = [slot for slot in self.members if slot.group and slot not in bound.now]
        now = {**bound.now, **{slot: _row(slot) for slot in unreported}}
        return evolve(bound, now=now, inner=inner_slots(now), waived=frozenset(self.members))

    def applied(self, member: Member, slot: Slot) -> Member:
        """A member, which does not apply if it is waived, whatever its level would be."""
        waiver = self.members.get(slot)
        if waiver is None:
            return member
        worst = member.levels[0]
        return evolve(
            member,
            worst=worst,
            best=worst,
            applies=False,
            reason="not applicable",
            unclaimed="",
            waiver=otherwise(waiver, member) if member.applies else waiver,
        )


def otherwise(waiver: Waiver, judged: Member | GoalTrace | Outcome) -> Waiver:
    """A waiver with the levels that there would be without it."""
    return evolve(waiver, levels=judged.levels, worst=judged.worst or "", best=judged.best or "")


def _row(slot: Slot) -> OutcomeRow:
    return OutcomeRow(indicator=slot.member, group=slot.name, level=Status("not applicable"))


@frozen
class DecisionIndex:
    """The decisions that there are, by what they are about."""

    waivers: tuple[tuple[Target, JudgementRow], ...] = ()
    judgements: tuple[tuple[str, Judgement], ...] = ()

    def waived(self, period: Period) -> Waived:
        """What is not judged in a period: what is waived for it, or for a longer one."""
        holding = [(target, row) for target, row in self.waivers if _holds(row, period)]
        found = {target: _waiver(row) for target, row in holding}
        return Waived(
            {target: each for target, each in found.items() if isinstance(target, Slot)},
            {target: each for target, each in found.items() if isinstance(target, str)},
        )

    def decided(self, goals: Iterable[GoalTrace], period: Period) -> dict[str, Decided]:
        """What was decided of goals for just this period, each beside what its rule gave."""
        own = {id_: each for id_, each in self.judgements if each.row.period == period}
        return {goal.id: _decided(own[goal.id], goal) for goal in goals if goal.id in own}


def _holds(row: JudgementRow, period: Period) -> bool:
    """Whether the period of a row holds the whole of another."""
    return row.period.first <= period.first and period.last <= row.period.last


def _waiver(row: JudgementRow) -> Waiver:
    return Waiver(
        kind="waived" if row.kind == "waived" else "not applicable", **asdict(_decision(row))
    )


def _decided(judgement: Judgement, goal: GoalTrace) -> Decided:
    """A judgement beside what the rule gave: of the levels that it allows those that both do."""
    levels, allowed = judgement.levels.scale.levels, judgement.ends
    worst, best = (
        levels.index(each) for each in (goal.worst or levels[0], goal.best or levels[-1])
    )
    low, high = max(allowed.worst, worst), min(allowed.best, best)
    departs = low > high
    ends = allowed if departs else Ends(low, high)
    return Decided(
        verdict="met" if ends.worst >= judgement.levels.met else "not met",
        levels=levels,
        met=levels[judgement.levels.met],
        worst=levels[ends.worst],
        best=levels[ends.best],
        stated=judgement.stated,
        departs=departs,
        **asdict(_decision(judgement.row)),
    )


def _decision(row: JudgementRow) -> Decision:
    span = row.place.at("judgement")
    return Decision(
        by=row.by,
        when=row.date,
        reason=row.reason,
        period=row.period.text,
        reference=row.reference,
        source=row.source,
        file=row.place.file,
        line=span.line,
        column=span.column,
        sheet=row.place.sheet,
    )


# What decisions are about


def bind_judgements(
    programs: PlanPrograms, rows: Sequence[JudgementRow]
) -> tuple[DecisionIndex, tuple[Diagnostic, ...]]:
    """The decisions by what they are about; and those about nothing, twice, or not allowed.

    Each is read by the plan as it is in the year of its period.
    """
    read = [
        _Year(programs.of(row.period), programs.binder.index(row.period.last)).read(row)
        for row in stepping(rows)
    ]
    found = [each for each in read if isinstance(each, _Found)]
    faults = [each for each in read if isinstance(each, Diagnostic)]
    decisions = DecisionIndex(
        tuple((each.target, each.row) for each in found if each.judgement is None),
        tuple((str(each.target), each.judgement) for each in found if each.judgement),
    )
    by_line = sorted((*faults, *_twice(found)), key=lambda each: each.span.line)
    return decisions, tuple(by_line)


@frozen
class _Found:
    """A row and what it is about; with what it says of a goal as a whole, or none for a waiver."""

    row: JudgementRow
    target: Target
    judgement: Judgement | None = None


def _twice(found: Iterable[_Found]) -> Iterator[Diagnostic]:
    """The decisions that say anew what an earlier one has said for the same months."""
    seen: dict[Target, list[JudgementRow]] = defaultdict(list)
    for each in stepping(found):
        row, same = each.row, seen[each.target]
        earlier = next((one for one in stepping(same) if _collide(one, row)), None)
        if earlier:
            line, file = earlier.place.line, earlier.place.file
            text = row.indicator or row.goal
            yield row.fault("judgement-twice", "judgement", text=text, line=line, file=file)
        same.append(row)


def _collide(one: JudgementRow, other: JudgementRow) -> bool:
    """Whether two decisions are for the same period, or one waives what the other is about."""
    pairs = ((one, other), (other, one))
    waived = any(each.waives and _holds(each, another.period) for each, another in pairs)
    return waived or one.period == other.period


@frozen
class _Year:
    """A plan as it is in a year, and what decisions for that year may be about."""

    program: PlanProgram
    index: Index

    def read(self, row: JudgementRow) -> _Found | Diagnostic:
        """What a row is about, and what it says of it."""
        if row.indicator:
            return self._member(row)
        goal = self.index.goals.get(folded(row.goal))
        if goal is None:
            close = nearest(row.goal, [each.id for each in self.program.plan.goals])
            return row.fault("unknown-goal", "goal", text=row.goal, nearest=close)
        return _Found(row, goal.id) if row.waives else self._judged(row, goal)

    def _member(self, row: JudgementRow) -> _Found | Diagnostic:
        """The indicator, or the member of a group that is reported, that a waiver is about."""
        if not row.waives:
            return row.fault("judgement-of-indicator", "judgement", text=row.indicator)
        slot = self.index.find(OutcomeRow(indicator=row.indicator, goal=row.goal, place=row.place))
        if isinstance(slot, Diagnostic):
            return slot
        if slot.fold and not slot.group:
            return row.fault("judgement-of-part", "indicator", text=row.indicator)
        return _Found(row, slot)

    def _judged(self, row: JudgementRow, goal: GoalEntry) -> _Found | Diagnostic:
        """What a row says of a goal as a whole, where the rule file lets it be judged so."""
        class_ = class_of(row.period)
        allowed = goal.first(Overall) or next(iter(self.program.plan.all(Overall)), None)
        if allowed is None or class_ not in allowed.periods:
            period = WordRef("token", class_.upper())
            return row.fault("judgement-not-allowed", "judgement", text=goal.id, period=period)
        levels = self.program.names.goals[goal_key(goal.id)]
        judgement = _meant(row, levels)
        if judgement is None:
            text, known_ones = row.judgement, words_of(levels.scale)
            return row.fault("unknown-judgement", "judgement", text=text, levels=known_ones)
        return _Found(row, goal.id, judgement)


def _meant(row: JudgementRow, levels: LevelScale) -> Judgement | None:
    """The levels that a row allows: the one that it names, or those that are met, or are not."""
    place = place_of(row.judgement, levels.scale)
    if place is not None:
        return Judgement(row, levels, known(place), levels.scale.levels[place])
    if row.kind == "met":
        return Judgement(row, levels, Ends(levels.met, levels.scale.top))
    if row.kind == "not met" and levels.met:
        return Judgement(row, levels, Ends(0, levels.met - 1))
    return None


# What they come to above


def resting_on(below: Mapping[str, Iterable[str]], decided: Collection[str]) -> set[str]:
    """The goals that rest on some goals, at any depth; `below` are those just below each."""
    found: set[str] = set()
    for id_ in TopologicalSorter(below).static_order():
        if any(each in decided or each in found for each in below[id_]):
            found.add(id_)
    return found


def over_decided(goal: Outcome | None) -> OverDecided | None:
    """A goal that was judged over what was decided of others; None where it has no verdict."""
    if goal is None:
        return None
    ends = {"worst": goal.worst, "best": goal.best}
    return OverDecided(verdict=goal.verdict, levels=goal.levels, met=goal.met, **ends)
