"""The facts that an indicator's rule asks for, as members: its target and its plan."""

from attrs import evolve

from goalrules.assess.binding import Slot
from goalrules.assess.case import Case
from goalrules.assess.targets import reaches
from goalrules.core.evaluate import Tracing
from goalrules.core.nodes import Meaning, Reaches, every, fold
from goalrules.core.scales import NOT_APPLICABLE, PLAN, REACHED, Ends, known, unknown
from goalrules.core.trace import Member, Reach, Step, member
from goalrules.data.outcome import Row
from goalrules.data.values import Reached, Status
from goalrules.language.lower import PLAN_STATUS, TARGET
from goalrules.language.statements import Parts
from goalrules.text.names import folded
from goalrules.text.numbers import Amount

CHANGES = ("increase", "decrease", "maintain")
REASONS = {"missing": "missing", "not_measured": "not measured", "withheld": "withheld"}
PLANS = {"not_begun": "not begun", "planned": "planned", "begun": "begun", "followed": "followed"}


def status_of(row: Row | None) -> str:
    """The non-verdict that a row states, or the empty string."""
    cells = (row.value, row.level) if row else ()
    return next((cell.kind for cell in cells if isinstance(cell, Status)), "")


def missing_reason(row: Row | None) -> str:
    """Why there is no value: no row at all, a row left blank, or what the row says."""
    return "missing" if row is None else REASONS.get(status_of(row), "blank")


def target_member(case: Case) -> Member:
    """Whether the target of the year is reached."""
    match case.row.value if case.row else None:
        case Amount(number):
            return _compared(case, reaches(number, case.target))
        case Reached(reached):
            return member("target", TARGET, REACHED, known(int(reached)))
        case _ if case.target.form == "parts":
            return of_parts(case)
        case _:
            return member("target", TARGET, REACHED, unknown(REACHED), missing_reason(case.row))


def plan_member(case: Case) -> Member:
    """How far the plan for the goal work is followed: as stated, or as far as it may be."""
    if case.row and case.row.plan:
        ends = known(PLAN.place(PLANS[case.row.plan]))
        return member("plan", PLAN_STATUS, PLAN, ends)
    return member("plan", PLAN_STATUS, PLAN, case.rule.unstated, "efforts unstated")


def _compared(case: Case, reached: bool | None) -> Member:  # noqa: FBT001 - what was found
    if reached is None:
        reason = "no reference" if case.target.form in CHANGES else "no target"
        return member("target", TARGET, REACHED, unknown(REACHED), reason)
    return member("target", TARGET, REACHED, known(int(reached)))


def part_slots(case: Case) -> dict[str, Slot]:
    """The parts of the indicator that the data report, by their fold."""
    reported = case.bound.members(case.goal, case.indicator.name, group=False)
    return {slot.fold: slot for slot in reported}


def listed_parts(case: Case) -> dict[str, str]:
    """The parts that the file lists, by their fold."""
    parts = case.indicator.first(Parts)
    return {folded(name.text): name.text for name in parts.names} if parts else {}


def of_parts(case: Case) -> Member:
    """Whether every part of the indicator has reached a target of its own."""
    slots = part_slots(case)
    names = listed_parts(case) or {fold_: slot.member for fold_, slot in slots.items()}
    rows = {fold_: case.bound.now[slot] for fold_, slot in slots.items()}
    parts = {name: _part(name, rows.get(fold_)) for fold_, name in names.items()}
    tracing: Meaning[Step | Reach] = Tracing(parts)
    step = fold(every([Reaches(name, 1) for name in parts], "parts"), tracing)
    reason = missing_reason(case.row)
    found = member("target", TARGET, REACHED, Ends(step.low, step.high), reason)
    return evolve(found, steps=(step,) if parts and isinstance(step, Step) else ())


def _part(name: str, row: Row | None) -> Member:
    """One part: reached or not reached, or not known."""
    if status_of(row) == "not_applicable":
        return member("part", name, REACHED, NOT_APPLICABLE, "not applicable")
    if row and isinstance(row.value, Reached):
        return member("part", name, REACHED, known(int(row.value.reached)))
    return member("part", name, REACHED, unknown(REACHED), missing_reason(row))
