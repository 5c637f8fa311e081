"""From what the data say of an indicator to its level: its target, its plan, and the rule.

The rule is the file's own (`assess indicators`); without one, an indicator is green when its
target is reached, and the file says no more.
"""

from collections.abc import Iterator, Mapping

from attrs import evolve

from goalrules.assess.binding import Slot, fault
from goalrules.assess.case import Case
from goalrules.assess.facts import (
    PLANS,
    listed_parts,
    missing_reason,
    of_parts,
    part_slots,
    plan_member,
    status_of,
    target_member,
)
from goalrules.core import trace as tr
from goalrules.core.evaluate import Judgement, judge
from goalrules.core.scales import COLOURS, NOT_APPLICABLE, PLAN, Ends, known, unknown
from goalrules.core.trace import Finding, Member, member
from goalrules.data.outcome import Row
from goalrules.data.period import Period
from goalrules.data.values import LevelRange, LevelWord, Reached
from goalrules.language.lower import PLAN_STATUS, TARGET, UNSAID
from goalrules.language.statements import Interpretation, Statement
from goalrules.text.diagnostics import Diagnostic, Term
from goalrules.text.names import nearest
from goalrules.text.numbers import Amount

NOTHING_SAID = member("unsaid", UNSAID, COLOURS, unknown(COLOURS), "unsaid")
"""The member that stands for what the plan does not say."""


def appraise(case: Case) -> tuple[Member, tuple[Diagnostic, ...]]:
    """The indicator as judged, and what is wrong with the rows that speak of it."""
    found = _judged(case)
    return _described(found, case), tuple(_faults(case))


def reported_name(slot: Slot) -> str:
    """The name of a member that the data report: its group's and its own."""
    return f"{slot.name}/{slot.member}"


def appraise_reported(
    slot: Slot, row: Row, period: Period
) -> tuple[Member, tuple[Diagnostic, ...]]:
    """A member of a group as the data report it."""
    found, faults = appraise_level(reported_name(slot), row, period)
    return evolve(found, title=slot.member), faults


def appraise_level(
    name: str, row: Row, period: Period | None = None
) -> tuple[Member, tuple[Diagnostic, ...]]:
    """A member of which the data state the level, and no number."""
    ends = _given(row) or unknown(COLOURS)
    if status_of(row) == "not_applicable":
        ends = NOT_APPLICABLE
    reason = "" if ends.decided and ends.applies else _why_reported(row)
    found = member("reported", name, COLOURS, ends, reason)
    faults = list(_level_faults(row))
    if isinstance(row.value, Amount | Reached):
        faults.append(fault(row, "level-expected", "value", text=name))
    return evolve(found, finding=Finding(given=True, row=_row(row, period))), tuple(faults)


def _why_reported(row: Row) -> str:
    if status_of(row) == "not_applicable":
        return "not applicable"
    return "range" if _given(row) else missing_reason(row)


def _judged(case: Case) -> Member:
    """The indicator's level: as the data state it, else by the rule."""
    name = case.indicator.name
    if status_of(case.row) == "not_applicable":
        return member("indicator", name, COLOURS, NOT_APPLICABLE, "not applicable")
    given = _given(case.row)
    if given:
        return member("indicator", name, COLOURS, given, "" if given.decided else "range")
    return _by_rule(case)


def _given(row: Row | None) -> Ends | None:
    """The ends of the level that a row states in so many words."""
    for cell in (row.level, row.value) if row else ():
        match cell:
            case LevelWord(level) if level in COLOURS.levels:
                return known(COLOURS.place(level))
            case LevelRange(low, high):
                return Ends(COLOURS.place(low), COLOURS.place(high))
            case _:
                continue
    return None


def _by_rule(case: Case) -> Member:
    """The indicator's level by the file's rule, and whether it rests on an unstated claim."""
    target, plan = target_member(case), plan_member(case)
    judgement = _judge(case, target, plan)
    found = member("indicator", case.indicator.name, COLOURS, judgement.ends)
    return evolve(
        found,
        reason="" if found.decided else _why_open(case, target, plan),
        steps=judgement.steps,
        unclaimed=_unclaimed(case, target, plan, judgement.ends),
    )


def _unclaimed(case: Case, target: Member, plan: Member, ends: Ends) -> str:
    """How far the plan would have to be stated to be followed for the level to be another."""
    if case.row and case.row.plan:
        return ""
    further = PLAN.levels[plan.ends.best + 1 :]
    changing = (
        each for each in further if _judge(case, target, evolve(plan, best=each)).ends != ends
    )
    return next(changing, "")


def _judge(case: Case, target: Member, plan: Member) -> Judgement:
    members: Mapping[str, Member] = {TARGET: target, PLAN_STATUS: plan, UNSAID: NOTHING_SAID}
    return judge(case.rule.judged, members)


def _why_open(case: Case, target: Member, plan: Member) -> str:
    """Why more than one level is left: the target's reason, else the plan's, else the file's."""
    if not target.decided:
        return target.reason
    with_plan = _judge(case, target, evolve(plan, worst=plan.best))
    without = _judge(case, target, plan)
    return plan.reason if with_plan.ends != without.ends else "unsaid"


def _described(found: Member, case: Case) -> Member:
    """The member with its title, what the data say of it, and the interpretations it rests on."""
    indicator = case.indicator
    return evolve(
        found,
        title=indicator.indicator.title,
        finding=_finding(case),
        interpretations=interpretations((indicator.head, *indicator.statements)),
    )


def _finding(case: Case) -> Finding:
    row = case.row
    value = row.value if row else None
    return Finding(
        value=value.number if isinstance(value, Amount) else None,
        reached=value.reached if isinstance(value, Reached) else None,
        unit=case.unit,
        aimed=case.target,
        plan=PLANS[row.plan] if row and row.plan else "",
        given=_given(row) is not None,
        row=_row(row, case.period),
    )


def interpretations(statements: tuple[Statement, ...]) -> tuple[str, ...]:
    """The interpretations noted at some statements, as they are written."""
    notes = [note for statement in statements for note in statement.notes]
    return tuple(" ".join(note.texts) for note in notes if isinstance(note, Interpretation))


def _row(row: Row | None, period: Period | None = None) -> tr.Row | None:
    if row is None:
        return None
    span, text = row.span, row.period_text
    partial = period is not None and row.period not in (None, period)
    return tr.Row(row.file, span.line, span.column, text, row.comment, row.source, partial)


def _faults(case: Case) -> Iterator[Diagnostic]:
    """What is wrong with the rows that speak of the indicator and its parts, in any period."""
    for row in case.bound.every.get(case.slot, ()):
        yield from _level_faults(row)
        yield from _unit_faults(row, case.unit)
        yield from _contradictions(row, _case_of(row, case))
    listed = listed_parts(case)
    for fold_, slot in part_slots(case).items():
        row = case.bound.now[slot]
        if listed and fold_ not in listed:
            close = nearest(slot.member, listed.values())
            yield fault(row, "unknown-part", text=slot.member, nearest=close)
        if row.value is not None and not status_of(row) and not isinstance(row.value, Reached):
            yield fault(row, "reached-expected", "value", text=slot.member)
    yield from _whole_against_parts(case)


def _case_of(row: Row, case: Case) -> Case:
    """The same indicator in the period of one of its rows."""
    if row is case.row:
        return case
    bound = evolve(case.bound, now={**case.bound.now, case.slot: row})
    return evolve(case, bound=bound, period=row.period or case.period)


def _whole_against_parts(case: Case) -> Iterator[Diagnostic]:
    """An indicator said to have reached its target, or not, when its parts show otherwise."""
    row = case.row
    if row and isinstance(row.value, Reached) and part_slots(case):
        parts = of_parts(case)
        if parts.decided and parts.ends.worst != int(row.value.reached):
            yield fault(row, "whole-contradicts-parts", "value", text=case.indicator.name)


def _level_faults(row: Row) -> Iterator[Diagnostic]:
    """The words of a row that are no level of the scale."""
    for heading, cell in (("level", row.level), ("value", row.value)):
        if isinstance(cell, LevelWord) and cell.level not in COLOURS.levels:
            levels = tuple(Term("level", each) for each in COLOURS.levels)
            yield fault(row, "unknown-level-word", heading, text=cell.level, levels=levels)


def _unit_faults(row: Row, unit: str) -> Iterator[Diagnostic]:
    pieces = "" if unit == "%" else "st"
    if isinstance(row.value, Amount) and row.value.unit not in ("", unit, pieces):
        yield fault(row, "other-unit", "value", text=row.value.unit, unit=unit)


def _contradictions(row: Row, case: Case) -> Iterator[Diagnostic]:
    """A level that the row's own value, or its plan, shows to be another."""
    given = _given(row)
    says_more = isinstance(row.value, Amount | Reached) or row.plan
    if not given or not says_more:
        return
    found = _by_rule(case)
    if not (found.ends.worst <= given.worst and given.best <= found.ends.best):
        levels = tuple(Term("level", each) for each in dict.fromkeys((found.worst, found.best)))
        stated = Term("level", COLOURS.levels[given.worst])
        yield fault(row, "level-contradicts-value", "level", level=stated, levels=levels)
