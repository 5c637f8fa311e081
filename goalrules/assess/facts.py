"""The facts that an indicator's rule asks for, as members: its target and its plan."""

from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from goalrules.assess.binding import Slot
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.masking import hides_reference
from goalrules.assess.targets import reaches
from goalrules.assess.to_date import missing_reason, status_of
from goalrules.core.evaluate import Tracing
from goalrules.core.nodes import Meaning, Reaches, every, fold
from goalrules.core.scales import NOT_APPLICABLE, PLAN, REACHED, Ends, known, unknown
from goalrules.core.trace import LevelTest, Member, Step, member
from goalrules.core.vocabulary import MemberReason
from goalrules.data.outcome import OutcomeRow
from goalrules.data.values import Reached
from goalrules.language.lower import PLAN_STATUS, TARGET
from goalrules.language.statements import Parts
from goalrules.text.names import folded

CHANGES = ("increase", "decrease", "maintain")


def target_member(case: IndicatorCase) -> Member:
    """How far the target of the year is reached."""
    scale, value = case.rule.target, case.row.value if case.row else None
    if case.number is not None:
        return _compared(case)
    if isinstance(value, Reached):
        ends = known(scale.top) if value.reached else Ends(0, scale.top - 1)
        return member("target", TARGET, scale, ends, "" if ends.decided else "range")
    if case.target.form == "parts":
        return of_parts(case)
    return member("target", TARGET, scale, unknown(scale), case.missing)


def plan_member(case: IndicatorCase) -> Member:
    """How far the plan for the goal work is followed: as stated, or as far as it may be."""
    if case.row and case.row.plan:
        ends = known(PLAN.place(case.row.plan))
        return member("plan", PLAN_STATUS, PLAN, ends)
    return member("plan", PLAN_STATUS, PLAN, case.rule.unstated, "efforts unstated")


def _compared(case: IndicatorCase) -> Member:
    """The target as a number shows it to be reached, wholly or to some percent."""
    scale, number = case.rule.target, case.paced
    if case.target.low is None and case.target.high is None:
        reason: MemberReason = "no reference" if case.target.form in CHANGES else "no target"
        if case.target.reference is not None and not hides_reference(case):
            reason = "reference is nought"
        return member("target", TARGET, scale, unknown(scale), reason)
    if number is None:
        return _before_expected(case)
    reached = reaches(number, case.target)
    low = case.target.low
    shares = [Decimal(level.removesuffix(" %")) for level in scale.levels[1:-1]]
    held = sum(
        low is not None and number * 100 >= Fraction(low) * Fraction(share) for share in shares
    )
    return member("target", TARGET, scale, known(scale.top if reached else held))


def _before_expected(case: IndicatorCase) -> Member:
    """A total of which the file does not say what is expected: reached if all of the target is."""
    scale, number = case.rule.target, case.number
    if number is not None and case.target.high is None and reaches(number, case.target):
        return member("target", TARGET, scale, known(scale.top))
    return member("target", TARGET, scale, unknown(scale), "nothing expected")


def part_slots(case: IndicatorCase) -> dict[str, Slot]:
    """The parts of the indicator that the data report, by their fold."""
    reported = case.bound.members(case.goal, case.indicator.name, group=False)
    return {slot.fold: slot for slot in reported}


def listed_parts(case: IndicatorCase) -> dict[str, str]:
    """The parts that the file lists, by their fold."""
    parts = case.indicator.first(Parts)
    return {folded(name.text): name.text for name in parts.names} if parts else {}


def of_parts(case: IndicatorCase) -> Member:
    """Whether every part of the indicator has reached a target of its own."""
    slots = part_slots(case)
    names = listed_parts(case) or {fold_: slot.member for fold_, slot in slots.items()}
    rows = {fold_: case.bound.now[slot] for fold_, slot in slots.items()}
    parts = {name: _part(name, rows.get(fold_)) for fold_, name in names.items()}
    tracing: Meaning[Step | LevelTest] = Tracing(parts)
    step = fold(every([Reaches(name, 1) for name in parts], "parts"), tracing)
    scale, reason = case.rule.target, missing_reason(case.row)
    ends = Ends(step.low * scale.top, scale.top if step.high else scale.top - 1)
    found = member("target", TARGET, scale, ends, reason)
    return evolve(found, steps=(step,) if parts and isinstance(step, Step) else ())


def _part(name: str, row: OutcomeRow | None) -> Member:
    """One part: reached or not reached, or not known."""
    if status_of(row) == "not applicable":
        return member("part", name, REACHED, NOT_APPLICABLE, "not applicable")
    if row and isinstance(row.value, Reached):
        return member("part", name, REACHED, known(int(row.value.reached)))
    return member("part", name, REACHED, unknown(REACHED), missing_reason(row))
