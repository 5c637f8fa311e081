"""The facts that an indicator's rule asks for, as members: its target and its plan."""

from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from goalrules.assess.binding import Slot
from goalrules.assess.indicator_case import IndicatorCase
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
from goalrules.text.numbers import Amount

CHANGES = ("increase", "decrease", "maintain")


def target_member(case: IndicatorCase) -> Member:
    """How far the target of the year is reached."""
    scale, value = case.rule.target, case.row.value if case.row else None
    if case.number is not None:
        compared = _compared(case)
        return _with_parts(compared, case) if has_parts_in_figures(case) else compared
    if isinstance(value, Reached):
        ends = known(scale.top) if value.reached else Ends(0, scale.top - 1)
        return member("target", TARGET, scale, ends, "" if ends.decided else "range")
    if case.target.form == "parts" or has_parts_in_figures(case):
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


def has_parts_in_figures(case: IndicatorCase) -> bool:
    """Whether the indicator has parts, each of which has its number compared with the target."""
    return case.target.form not in ("", "parts") and case.indicator.first(Parts) is not None


def _with_parts(whole: Member, case: IndicatorCase) -> Member:
    """The target as reached where the whole and every part reach it."""
    parts = of_parts(case)
    worst, best = min(whole.ends.worst, parts.ends.worst), min(whole.ends.best, parts.ends.best)
    found = member("target", TARGET, case.rule.target, Ends(worst, best), parts.reason)
    return evolve(found, reason="" if found.decided else parts.reason, steps=parts.steps)


def listed_parts(case: IndicatorCase) -> dict[str, str]:
    """The parts that the file lists, by their fold."""
    parts = case.indicator.first(Parts)
    return {folded(name.text): name.text for name in parts.names} if parts else {}


def of_parts(case: IndicatorCase) -> Member:
    """Whether every part of the indicator has reached its target."""
    slots = part_slots(case)
    names = listed_parts(case) or {fold_: slot.member for fold_, slot in slots.items()}
    rows = {fold_: case.bound.now[slot] for fold_, slot in slots.items()}
    parts = {name: _part(name, rows.get(fold_), case) for fold_, name in names.items()}
    tracing: Meaning[Step | LevelTest] = Tracing(parts)
    step = fold(every([Reaches(name, 1) for name in parts], "parts"), tracing)
    scale, reason = case.rule.target, missing_reason(case.row)
    ends = Ends(step.low * scale.top, scale.top if step.high else scale.top - 1)
    found = member("target", TARGET, scale, ends, reason)
    return evolve(found, steps=(step,) if parts and isinstance(step, Step) else ())


def _part(name: str, row: OutcomeRow | None, case: IndicatorCase) -> Member:
    """One part: reached or not reached, in words or by its number, or not known."""
    if status_of(row) == "not applicable":
        return member("part", name, REACHED, NOT_APPLICABLE, "not applicable")
    if row and isinstance(row.value, Reached):
        return member("part", name, REACHED, known(int(row.value.reached)))
    if row and isinstance(row.value, Amount) and has_parts_in_figures(case):
        reached = reaches(row.value.number, case.target)
        return member("part", name, REACHED, known(int(reached)))
    return member("part", name, REACHED, unknown(REACHED), missing_reason(row))
