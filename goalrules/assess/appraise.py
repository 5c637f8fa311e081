"""From what the data say of an indicator to its level: its target, its plan, and the rule.

The rule is the file's own (`assess indicators`); without one, an indicator is green when its
target is reached, and the file says no more.
"""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from goalrules.assess.agreeing import colliding, disagreeing, undated
from goalrules.assess.binding import Slot, as_level, fault
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.level_of import (
    by_value,
    given_ends,
    level_fault,
    level_faults,
    listed_parts,
    of_parts,
    part_slots,
    target_of_part,
    word_faults,
    words_of,
)
from goalrules.assess.masking import masked
from goalrules.assess.observation import observe
from goalrules.assess.to_date import Calendar, at_row, missing_reason, status_of, voucher_of
from goalrules.core.scales import NOT_APPLICABLE, Ends, Scale, unknown
from goalrules.core.trace import Member, Observation, Reading, member
from goalrules.core.vocabulary import MemberReason
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.data.values import Reached
from goalrules.language.format import file_formatter
from goalrules.language.plan import Plan
from goalrules.language.statements import (
    Interpretation,
    Possible,
    ScaleHead,
    ShownOnly,
    Statement,
)
from goalrules.language.syntax import PartsReached
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import nearest
from goalrules.text.numbers import Amount


def reported_name(slot: Slot) -> str:
    """The name of a member that the data report: its group's and its own."""
    return f"{slot.name}/{slot.member}"


def appraise_reported(
    slot: Slot, row: OutcomeRow, period: Period, scale: Scale
) -> tuple[Member, tuple[Diagnostic, ...]]:
    """A member of a group as the data report it."""
    found, faults = appraise_level(reported_name(slot), row, scale, period)
    return evolve(found, title=row.assessed.title if row.assessed else slot.member), faults


def appraise_level(
    name: str, row: OutcomeRow, scale: Scale, period: Period | None = None
) -> tuple[Member, tuple[Diagnostic, ...]]:
    """A member of which the data state the level, and no number but one that is a level's name."""
    row = as_level(row, scale.levels)
    given = given_ends(row, scale, numbers=True)
    applies = status_of(row) != "not applicable"
    ends = (given or unknown(scale)) if applies else NOT_APPLICABLE
    reason: MemberReason = ""
    if not applies:
        reason = "not applicable"
    elif not ends.decided:
        reason = "range" if given else missing_reason(row)
    found = member("reported", name, scale, ends, reason)
    faults = [*level_faults(row, scale), *word_faults(row, name, scale, numbers=True)]
    if isinstance(row.value, Amount | Reached) and not given:
        faults.append(fault(row, "level-expected", "value", text=name, levels=words_of(scale)))
    return evolve(found, finding=Observation(given=True, row=voucher_of(row, period))), tuple(
        faults
    )


def described(found: Member, case: IndicatorCase, plan: Plan) -> Member:
    """The member with its title, what the data say of it, and the interpretations it rests on.

    One of an earlier period goes by its own name, and what is known of it says what it is.
    """
    indicator, finding = case.indicator, masked(observe(case), case)
    said, entry = (indicator.head, *indicator.statements), indicator
    if case.stands_for:
        entry = case.stands_for.entry
        target = None if found.reason == "not in force" else finding.target
        finding = evolve(finding, of=indicator.name, period=case.period.text, target=target)
        said = (*said, entry.head, *entry.statements)
    return evolve(
        found,
        title=entry.indicator.title,
        finding=finding,
        steps=() if finding.hidden else found.steps,
        counted=entry.first(ShownOnly) is None,
        interpretations=interpretations(said, plan),
    )


def interpretations(statements: Iterable[Statement], plan: Plan) -> tuple[Reading, ...]:
    """The interpretations noted at some statements of a plan, as what is found says them."""
    notes = (note for statement in statements for note in statement.notes)
    return tuple(as_reading(note, plan) for note in notes if isinstance(note, Interpretation))


def as_reading(note: Interpretation, plan: Plan) -> Reading:
    """An interpretation with who decided on it, and its other reading as a file words that."""
    text = " ".join(note.texts)
    if not note.other:
        return Reading(text, note.decided)
    levels = [level.text for scale in plan.all(ScaleHead) for level in scale.levels]
    words = file_formatter(plan.language, levels).statement(note.other.body)
    return Reading(text, note.decided, words)


def faults_of(case: IndicatorCase) -> Iterator[Diagnostic]:
    """What is wrong with the rows that speak of the indicator and its parts, in any period.

    Rows that are sound are so in all periods, and are looked at once.
    """
    sound, of_rows, of_time = case.bound.of_year.sound, list[Diagnostic](), list[Diagnostic]()
    if case.program.slot not in sound:
        of_rows = [fault for row in case.rows for fault in _faults_of_row(row, case)]
        of_time = [*_time_faults(case, case.program.calendar)] if case.program.calendar else []
        if not of_rows and not of_time and not any(_stated_twice(row, case) for row in case.rows):
            sound.add(case.program.slot)
    yield from of_rows
    parts = part_slots(case)
    if parts:
        yield from _faults_of_parts(case, parts)
    yield from of_time
    stated = given_ends(case.row, case.scale, numbers=True) if case.program.grid else None
    if case.row and stated:  # beside what the table gives, which is another in each period
        yield from level_fault(case.row, stated, by_value(case).ends, case.scale)


def _faults_of_row(row: OutcomeRow, case: IndicatorCase) -> Iterator[Diagnostic]:
    """No level, a level that its value shows to be another, or a number that means nothing here."""
    yield from level_faults(row, case.scale)
    amount = row.value if isinstance(row.value, Amount) else None
    name, year = case.indicator.name, row.period.year if row.period else case.period.year
    slot, by_parts = case.program.slot, isinstance(case.program.aim(year), PartsReached)
    yield from _unit_faults(row, case.program.unit)
    yield from word_faults(row, name, case.scale, numbers=not case.program.has_rule_for_numbers)
    yield from _contradictions(row, case)
    possible = case.indicator.first(Possible)
    if amount and possible and not possible.holds(amount.number):
        yield fault(row, "value-not-possible", "value", text=name, number=str(amount.number))
    if amount and case.worked:
        yield fault(row, "value-worked-out", "value", text=name)
    elif amount and by_parts and next(case.bound.parts(slot), None) is None:
        yield fault(row, "whole-of-parts", "value", text=name)
    elif (
        isinstance(row.value, Amount | Reached)
        and case.scale != case.rule.level_rule.scale
        and not (amount and case.program.is_figure)
        and not (case.program.has_rule_for_numbers or given_ends(row, case.scale, numbers=True))
    ):
        yield fault(row, "level-expected", "value", text=name, levels=words_of(case.scale))


def _faults_of_parts(case: IndicatorCase, parts: Mapping[str, Slot]) -> Iterator[Diagnostic]:
    """Parts that are not listed, or said to be something else; and a whole that they contradict."""
    listed = listed_parts(case)
    for fold_, slot in parts.items():
        row = case.bound.now[slot]
        if listed and fold_ not in listed:
            close = nearest(slot.member, listed.values())
            yield fault(row, "unknown-part", text=slot.member, nearest=close)
        by_number = isinstance(row.value, Amount) and target_of_part(case, slot.member)
        stated = by_number or isinstance(row.value, Reached)
        if row.value is not None and not status_of(row) and not stated:
            yield fault(row, "reached-expected", "value", text=slot.member)
        elif by_number:
            yield from _unit_faults(row, case.program.unit)
        yield from word_faults(row, slot.member, case.scale)
    own = case.row
    if own and isinstance(own.value, Reached):
        found = of_parts(case)
        if found.decided and found.ends.worst != int(own.value.reached):
            yield fault(own, "whole-contradicts-parts", "value", text=case.indicator.name)


def _time_faults(case: IndicatorCase, calendar: Calendar) -> Iterator[Diagnostic]:
    """The rows that contradict each other through the year, or do not say when they are of."""
    name = case.indicator.name
    for row, together in disagreeing(case.rows, calendar):
        yield fault(row, "months-contradict", "value", text=name, number=str(together))
    for row, earlier in colliding(case.rows, calendar):
        line, file = earlier.span.line, earlier.file
        yield fault(row, "same-month-contradicts", "value", text=name, line=line, file=file)
    for row in undated(case.rows):
        yield fault(row, "undated-beside-dated", "indicator", text=name)


def _case_of(row: OutcomeRow, case: IndicatorCase) -> IndicatorCase:
    """The same indicator in the period of one of its rows; what others are then is not asked."""
    if row is case.row:
        return case
    period = row.period or case.period
    if case.program.calendar:
        return evolve(
            case,
            through=at_row(row, case.rows, case.program.calendar, period),
            period=period,
            others={},
        )
    bound = evolve(case.bound, now={**case.bound.now, case.program.slot: row})
    return evolve(case, bound=bound, period=period, others={})


def _unit_faults(row: OutcomeRow, unit: str) -> Iterator[Diagnostic]:
    """A number in another unit than that of the indicator."""
    known = "", unit, "" if unit == "%" else "st"
    if isinstance(row.value, Amount) and row.value.unit not in known:
        yield fault(row, "other-unit", "value", text=row.value.unit, unit=unit)


def _stated_twice(row: OutcomeRow, case: IndicatorCase) -> Ends | None:
    """The ends of a level that stands in a row beside a value, or a plan, which gives one too."""
    if not (isinstance(row.value, Amount | Reached) or row.plan):
        return None
    return given_ends(row, case.scale, numbers=not case.program.has_rule_for_numbers)


def _contradictions(row: OutcomeRow, case: IndicatorCase) -> Iterator[Diagnostic]:
    """A level that the row's own value, or its plan, shows to be another by what was in force."""
    stated = _stated_twice(row, case)
    if not stated:
        return
    last, years = case.period.last, case.bound.years
    when = row.period.last if row.period else last
    same = when == last or (when[0] == last[0] and (when in years) == (last in years))
    if same or case.program.in_force(when, case.rule):
        yield from level_fault(row, stated, by_value(_case_of(row, case)).ends, case.scale)
