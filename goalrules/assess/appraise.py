"""From what the data say of an indicator to its level: its target, its plan, and the rule.

The rule is the file's own (`assess indicators`); without one, an indicator is green when its
target is reached, and the file says no more.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from attrs import evolve

from goalrules.assess.binding import Slot, fault
from goalrules.assess.case import Case, missing_reason, status_of
from goalrules.assess.facts import (
    PLANS,
    listed_parts,
    of_parts,
    part_slots,
    plan_member,
    target_member,
)
from goalrules.assess.formulas import Input
from goalrules.assess.given import given_ends, level_faults
from goalrules.core import trace as tr
from goalrules.core.evaluate import Judgement, judge
from goalrules.core.scales import NOT_APPLICABLE, PLAN, Ends, Scale, known, unknown
from goalrules.core.trace import Finding, Member, member
from goalrules.data.outcome import Row
from goalrules.data.period import Period
from goalrules.data.values import Reached
from goalrules.language.bands import band_of
from goalrules.language.check_values import MOST_DECIMALS
from goalrules.language.lower import PLAN_STATUS, TARGET, UNSAID
from goalrules.language.statements import (
    Interpretation,
    Levels,
    ShownOnly,
    Statement,
    Target,
    WorkedOut,
)
from goalrules.text.diagnostics import Diagnostic, Term
from goalrules.text.names import nearest
from goalrules.text.numbers import Amount


def nothing_said(scale: Scale) -> Member:
    """The member that stands for what the plan does not say of the levels of a scale."""
    return member("unsaid", UNSAID, scale, unknown(scale), "unsaid")


def appraise(case: Case) -> tuple[Member, tuple[Diagnostic, ...]]:
    """The indicator as judged, and what is wrong with the rows that speak of it."""
    found = _judged(case)
    return _described(found, case), tuple(_faults(case))


def reported_name(slot: Slot) -> str:
    """The name of a member that the data report: its group's and its own."""
    return f"{slot.name}/{slot.member}"


def appraise_reported(
    slot: Slot, row: Row, period: Period, scale: Scale
) -> tuple[Member, tuple[Diagnostic, ...]]:
    """A member of a group as the data report it."""
    found, faults = appraise_level(reported_name(slot), row, scale, period)
    return evolve(found, title=slot.member), faults


def appraise_level(
    name: str, row: Row, scale: Scale, period: Period | None = None
) -> tuple[Member, tuple[Diagnostic, ...]]:
    """A member of which the data state the level, and no number but one that is a level's name."""
    given = given_ends(row, scale, numbers=True)
    applies = status_of(row) != "not_applicable"
    ends = (given or unknown(scale)) if applies else NOT_APPLICABLE
    reason = "" if ends.decided and applies else _why_reported(row, given)
    found = member("reported", name, scale, ends, reason)
    faults = list(level_faults(row, scale))
    if isinstance(row.value, Amount | Reached) and not given:
        faults.append(fault(row, "level-expected", "value", text=name))
    return evolve(found, finding=Finding(given=True, row=_row(row, period))), tuple(faults)


def _why_reported(row: Row, given: Ends | None) -> str:
    if status_of(row) == "not_applicable":
        return "not applicable"
    return "range" if given else missing_reason(row)


def _judged(case: Case) -> Member:
    """The indicator's level: as the data state it, else by its value."""
    name, scale = case.indicator.name, case.scale
    if not case.applies:
        return member("indicator", name, scale, NOT_APPLICABLE, "not applicable")
    given = _given(case)
    if given:
        return member("indicator", name, scale, given, "" if given.decided else "range")
    return by_value(case)


def _given(case: Case) -> Ends | None:
    """The ends of the level that the row states."""
    return given_ends(case.row, case.scale, numbers=not _has_rule_for_numbers(case))


def _has_rule_for_numbers(case: Case) -> bool:
    """Whether the file says what a number of the indicator means."""
    entry = case.indicator
    return entry.first(Target) is not None or entry.first(Levels) is not None


def by_value(case: Case) -> Member:
    """The indicator's level by its own bands; else by the file's rule, if that is of its scale."""
    bands, name, scale = case.indicator.first(Levels), case.indicator.name, case.scale
    if bands and case.number is not None:
        level = band_of(case.number, bands.bands, scale) or scale.levels[0]
        return member("indicator", name, scale, known(scale.place(level)))
    if bands or scale != case.rule.judged.scale:
        return member("indicator", name, scale, unknown(scale), case.missing)
    return _by_rule(case)


def _by_rule(case: Case) -> Member:
    """The indicator's level by the file's rule, and whether it rests on an unstated claim."""
    target, plan = target_member(case), plan_member(case)
    judgement = _judge(case, target, plan)
    found = member("indicator", case.indicator.name, case.scale, judgement.ends)
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
    unsaid = nothing_said(case.scale)
    members: Mapping[str, Member] = {TARGET: target, PLAN_STATUS: plan, UNSAID: unsaid}
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
        counted=indicator.first(ShownOnly) is None,
        interpretations=interpretations((indicator.head, *indicator.statements)),
    )


def _finding(case: Case) -> Finding:
    row, value = case.row, _readable(case)
    stated = row.value if row else None
    bands, worked_out = case.indicator.first(Levels), case.indicator.first(WorkedOut)
    return Finding(
        value=value,
        reached=stated.reached if isinstance(stated, Reached) else None,
        unit=case.unit,
        aimed=case.target,
        plan=PLANS[row.plan] if row and row.plan else "",
        given=_given(case) is not None,
        row=_row(row, case.period),
        rounded=value != case.number,
        lacking=case.worked.lacking if case.worked else (),
        bands=bands.bands if bands else (),
        formula=worked_out.formula if worked_out else None,
    )


def _readable(case: Case) -> Decimal | None:
    """The value; one that is worked out with the decimals it takes to compare as the exact one."""
    exact = case.number
    if exact is None or case.worked is None or _decimals(exact) <= MOST_DECIMALS:
        return exact
    ends = by_value(case).ends
    tries = (round(exact, places) for places in range(2, _decimals(exact)))
    return next((each for each in tries if by_value(_worth(each, case)).ends == ends), exact)


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


def _worth(number: Decimal, case: Case) -> Case:
    return evolve(case, worked=Input(number))


def interpretations(statements: Iterable[Statement]) -> tuple[str, ...]:
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
        yield from level_faults(row, case.scale)
        yield from _unit_faults(row, case.unit)
        yield from _contradictions(row, _case_of(row, case))
        yield from _numbers(row, case)
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


def _numbers(row: Row, case: Case) -> Iterator[Diagnostic]:
    """A number where the file does not say what it means, or works the value out itself."""
    if not isinstance(row.value, Amount):
        return
    name = case.indicator.name
    if case.worked:
        yield fault(row, "value-worked-out", "value", text=name)
    elif case.scale != case.rule.judged.scale and not (
        _has_rule_for_numbers(case) or given_ends(row, case.scale, numbers=True)
    ):
        yield fault(row, "level-expected", "value", text=name)


def _unit_faults(row: Row, unit: str) -> Iterator[Diagnostic]:
    pieces = "" if unit == "%" else "st"
    if isinstance(row.value, Amount) and row.value.unit not in ("", unit, pieces):
        yield fault(row, "other-unit", "value", text=row.value.unit, unit=unit)


def _contradictions(row: Row, case: Case) -> Iterator[Diagnostic]:
    """A level that the row's own value, or its plan, shows to be another."""
    given = _given(case)
    says_more = isinstance(row.value, Amount | Reached) or row.plan
    if not given or not says_more:
        return
    found = by_value(case)
    if not (found.ends.worst <= given.worst and given.best <= found.ends.best):
        levels = tuple(Term("level", each) for each in dict.fromkeys((found.worst, found.best)))
        stated = Term("level", case.scale.levels[given.worst])
        yield fault(row, "level-contradicts-value", "level", level=stated, levels=levels)
