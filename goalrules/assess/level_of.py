"""One indicator's level: as the data state it, by its own bands, or by the file's rule."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor, inf
from typing import Literal, assert_never

from attrs import evolve

from goalrules.assess.binding import Slot, fault
from goalrules.assess.formulas import Input, decimal_of
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.masking import hides_reference
from goalrules.assess.targets import reaches, resolve_target
from goalrules.assess.to_date import missing_reason, status_of, voucher_of
from goalrules.core.ends import state_of
from goalrules.core.evaluate import Evaluation, Tracing, evaluate
from goalrules.core.nodes import Meaning, Reaches, every, fold
from goalrules.core.scales import (
    COLOURS,
    NOT_APPLICABLE,
    PLAN,
    REACHED,
    Ends,
    Scale,
    known,
    unknown,
)
from goalrules.core.trace import LevelTest, Member, Observation, ResolvedTarget, Step, member
from goalrules.core.vocabulary import PLAN_STATUSES, MemberReason, PlanStatus
from goalrules.data.outcome import OutcomeRow
from goalrules.data.values import LevelRange, LevelWord, Reached, StatedLevel, Status, Value
from goalrules.data.words import meaning
from goalrules.language.levels import band_of
from goalrules.language.lower import PLAN_STATUS, TARGET, UNSAID
from goalrules.language.statements import Parts, ValueBands
from goalrules.language.syntax import Around, Bound, Range, Within
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.names import folded, level_key
from goalrules.text.numbers import KNOWN_UNITS, Amount, read_amount

NOT_APPLIED = Status("not applicable")


def nothing_said(scale: Scale) -> Member:
    """The member that stands for what the plan does not say of the levels of a scale."""
    return member("unsaid", UNSAID, scale, unknown(scale), "unsaid")


def level_of(case: IndicatorCase) -> Member:
    """The indicator's level: as the data state it, else by its value."""
    name, scale = case.indicator.name, case.scale
    if not case.applies:
        return member("indicator", name, scale, NOT_APPLICABLE, "not applicable")
    stated = given(case)
    if stated:
        return member("indicator", name, scale, stated, "" if stated.decided else "range")
    return by_value(case)


def given(case: IndicatorCase) -> Ends | None:
    """The ends of the level that the row states."""
    return given_ends(case.row, case.scale, numbers=not case.program.has_rule_for_numbers)


def by_value(case: IndicatorCase) -> Member:
    """The indicator's level by its own bands; else by the file's rule, if that is of its scale."""
    bands, name, scale = case.indicator.first(ValueBands), case.indicator.name, case.scale
    if case.worked and case.program.grid:
        found = (case.worked.low, case.worked.high)
        low, high = (max(0, min(scale.top, floor(each))) for each in found)
        left = Ends(low, high)
        return member("indicator", name, scale, left, "" if left.decided else case.missing)
    if case.worked and case.number is None and (-inf, inf) != (case.worked.low, case.worked.high):
        return _over_range(case, case.worked)
    if bands and case.paced is not None:
        level = band_of(case.paced, bands.bands, scale) or scale.levels[0]
        return member("indicator", name, scale, known(scale.place(level)))
    if bands and case.number is not None:
        return member("indicator", name, scale, unknown(scale), "nothing expected")
    if bands or scale != case.rule.level_rule.scale:
        told = case.row and (isinstance(case.row.value, Reached) or case.row.plan)
        unsaid = told or case.number is not None
        return member(
            "indicator", name, scale, unknown(scale), "unsaid" if unsaid else case.missing
        )
    return _by_rule(case)


def _over_range(case: IndicatorCase, worked: Input) -> Member:
    """The level of a value of which the ends are known: the ends of those in between."""
    cuts = sorted(each for each in {*cuts_of(case)} if worked.low < each < worked.high)
    low, high = worked.low, worked.high
    if not isinstance(low, Fraction):
        low = Fraction(min([*cuts, high])) - 1
    if not isinstance(high, Fraction):
        high = Fraction(max([*cuts, low])) + 1
    ends = [low, *cuts, high]
    tried = [*ends, *((one + other) / 2 for one, other in pairwise(ends))]
    found = [by_value(at_value(case, each)).ends for each in tried]
    left = Ends(min(each.worst for each in found), max(each.best for each in found))
    reason = "" if left.decided else case.missing
    return member("indicator", case.indicator.name, case.scale, left, reason)


def at_value(case: IndicatorCase, number: Fraction) -> IndicatorCase:
    """The case with a number as its value."""
    return evolve(case, worked=Input(decimal_of(number), ends=(number, number)))


def around(cuts: Sequence[Fraction]) -> Iterator[Fraction]:
    """Numbers below, at, between and above some others, in their order; one where there is none."""
    yield cuts[0] - 1 if cuts else Fraction(0)
    for cut, after in pairwise([*cuts, *(each + 2 for each in cuts[-1:])]):
        yield cut
        yield (cut + after) / 2


def cuts_of(case: IndicatorCase) -> Iterator[Fraction]:
    """The numbers at which the level of an indicator may change: bounds, and shares of them.

    A value is compared as what it comes to for the whole target at the pace that is expected. That
    of a table is the place of its level.
    """
    yield from map(Fraction, range(1, len(case.scale.levels)) if case.program.grid else ())
    target, bands = case.target, case.indicator.first(ValueBands)
    whole = (
        []
        if target.form == "parts"
        else [each for each in (target.low, target.high) if each is not None]
    )
    for band in bands.bands if bands else ():
        match band.bound:
            case None:
                continue
            case Bound(number=number):
                whole.append(number)
            case Within() | Around() | Range() as between:
                whole += [between.low, between.high]
            case _:
                assert_never(band.bound)
    shares = [Fraction(level.removesuffix(" %")) / 100 for level in case.rule.target.levels[1:-1]]
    for bound in map(Fraction, whole):
        for part in (Fraction(1), *shares):
            yield bound * part
            yield bound * part * (case.share or 1)


def _by_rule(case: IndicatorCase) -> Member:
    """The indicator's level by the file's rule, and whether it rests on an unstated claim.

    It follows from the states of the target and of the plan, so it is worked out once for each two.
    """
    target, plan = target_member(case), plan_member(case)
    stated, known = bool(case.row and case.row.plan), case.rule.known
    key = state_of(target), state_of(plan), stated
    found = None if target.steps else known.get(key)
    if found is None:
        found = _judged(case, target, plan, stated=stated)
        if not target.steps:
            known[key] = found
    return evolve(found, name=case.indicator.name)


def _judged(case: IndicatorCase, target: Member, plan: Member, *, stated: bool) -> Member:
    evaluation = _judge(case, target, plan)
    found = member("indicator", "", case.scale, evaluation.ends)
    return evolve(
        found,
        reason="" if found.decided else _why_open(case, target, plan),
        steps=evaluation.steps,
        unclaimed="" if stated else _unclaimed(case, target, plan, evaluation.ends),
    )


def _unclaimed(
    case: IndicatorCase, target: Member, plan: Member, ends: Ends
) -> PlanStatus | Literal[""]:
    """How far the plan would have to be stated to be followed for the level to be another."""
    further = PLAN_STATUSES[plan.ends.best + 1 :]
    changing = (
        each for each in further if _judge(case, target, evolve(plan, best=each)).ends != ends
    )
    return next(changing, "")


def _judge(case: IndicatorCase, target: Member, plan: Member) -> Evaluation:
    unsaid = nothing_said(case.scale)
    members: Mapping[str, Member] = {TARGET: target, PLAN_STATUS: plan, UNSAID: unsaid}
    return evaluate(case.rule.level_rule, members)


def _why_open(case: IndicatorCase, target: Member, plan: Member) -> MemberReason:
    """Why more than one level is left: the target's reason, else the plan's, else the file's."""
    if not target.decided:
        return target.reason
    with_plan = _judge(case, target, evolve(plan, worst=plan.best))
    without = _judge(case, target, plan)
    return plan.reason if with_plan.ends != without.ends else "unsaid"


# The level that the data state in so many words


def given_ends(row: OutcomeRow | None, scale: Scale, *, numbers: bool = False) -> Ends | None:
    """The ends of the level that a row states; `numbers` where a value can be a level's name."""
    for cell in (row.level, row.value) if row else ():
        found = _ends_of(cell, scale, numbers=numbers)
        if found:
            return found
    return None


def _ends_of(cell: StatedLevel | Value | None, scale: Scale, *, numbers: bool) -> Ends | None:
    match cell:
        case None:
            return None
        case LevelWord(level, text):
            return _stated(text or level, scale)
        case LevelRange(low, high, text):
            return _stated(text or f"{low}-{high}", scale)
        case Amount(number, unit) if numbers and unit in KNOWN_UNITS:
            return _stated(format(number, "f"), scale)
        case _:
            return None


def _stated(text: str, scale: Scale) -> Ends | None:
    """The ends of a level, or of two with a dash between them, as `mörkgrön–grön`.

    A level may have dashes of its own; None where a text can be parted in several ways.
    """
    place = place_of(text, scale)
    if place is not None:
        return known(place)
    words = folded(text).split("-")
    found = set[Ends]()
    for many in range(1, len(words)):
        one, other = (place_of("-".join(each), scale) for each in (words[:many], words[many:]))
        if one is not None and other is not None:
            found.add(Ends(min(one, other), max(one, other)))
    return found.pop() if len(found) == 1 else None


def place_of(word: str, scale: Scale) -> int | None:
    """The place of a level by its name or its number, or by a word of either language."""
    folds = [folded(each) for each in scale.levels]
    named = (each for each in (folded(word), meaning("levels", word)) if each in folds)
    place = next(map(folds.index, named), None)
    if place is not None or scale == COLOURS:
        return place
    keys = [level_key(each) for each in scale.levels]
    return keys.index(level_key(word)) if level_key(word) in keys else None


def words_of(scale: Scale) -> tuple[WordRef, ...]:
    """The levels of a scale as facts."""
    return tuple(WordRef("level", each) for each in scale.levels)


def level_faults(row: OutcomeRow, scale: Scale) -> Iterator[Diagnostic]:
    """The words of a row that are no level of the scale."""
    for heading, cell in (("level", row.level), ("value", row.value)):
        if isinstance(cell, LevelWord | LevelRange) and not _ends_of(cell, scale, numbers=False):
            text = cell.text or (cell.level if isinstance(cell, LevelWord) else cell.low)
            levels = words_of(scale)
            number = heading == "level" and read_amount(text) is not None
            code = "number-for-level" if number else "unknown-level-word"
            truth = meaning("booleans", text)
            if truth:
                said = cell.text or WordRef("boolean", truth)
                yield fault(row, "boolean-cell", heading, text=said, levels=levels)
            else:
                yield fault(row, code, heading, text=text, levels=levels)


def word_faults(
    row: OutcomeRow, name: str, scale: Scale, *, numbers: bool = False
) -> Iterator[Diagnostic]:
    """Words of one row that contradict each other.

    That is a level that the outcome states to be another, or anything beside the word that it does
    not apply; `numbers` where a value can be a level's name.
    """
    said = [cell for cell in (row.value, row.level) if cell is not None]
    if len(said) > 1 and NOT_APPLIED in said and any(each != NOT_APPLIED for each in said):
        yield fault(row, "applies-and-not", "level", text=name)
    outcome, level = (_ends_of(each, scale, numbers=numbers) for each in (row.value, row.level))
    if outcome and level:
        yield from level_fault(row, level, outcome, scale)


def level_fault(row: OutcomeRow, level: Ends, found: Ends, scale: Scale) -> Iterator[Diagnostic]:
    """A level in a row that lies outside what the rest of the row gives."""
    if not (found.worst <= level.worst and level.best <= found.best):
        ends = dict.fromkeys((found.worst, found.best))
        levels = tuple(WordRef("level", scale.levels[each]) for each in ends)
        said = WordRef("level", scale.levels[level.worst])
        yield fault(row, "level-contradicts-value", "level", level=said, levels=levels)


# The facts that the rule of indicators asks for, as members: the target and the plan


MEASURED = ("increase", "decrease", "maintain", "compared")
"""The forms of target that are measured from a number that the file does not give."""


def target_member(case: IndicatorCase) -> Member:
    """How far the target of the year is reached."""
    scale, value = case.rule.target, case.row.value if case.row else None
    if case.number is not None and case.target.form != "parts":
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
        reason: MemberReason = "no reference" if case.target.form in MEASURED else "no target"
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
    reported = case.bound.members(case.program.goal, case.indicator.name, group=False)
    return {slot.fold: slot for slot in reported}


def has_parts_in_figures(case: IndicatorCase) -> bool:
    """Whether the indicator has parts, each of which has its number compared with the target."""
    return case.target.form not in ("", "parts") and case.indicator.first(Parts) is not None


def target_of_part(case: IndicatorCase, name: str) -> ResolvedTarget | None:
    """What a part is compared with: its own target, else the indicator's; None for neither.

    A change is of the indicator as a whole.
    """
    parts = case.indicator.first(Parts)
    own = {folded(each.name.text): each.bound for each in parts.own} if parts else {}
    if folded(name) in own:
        return resolve_target(own[folded(name)], case.indicator, None)
    changes = case.target.form in MEASURED
    return case.target if has_parts_in_figures(case) and not changes else None


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
    """Whether every part of the indicator has reached its target, or as many as are asked for."""
    slots = part_slots(case)
    names = listed_parts(case) or {fold_: slot.member for fold_, slot in slots.items()}
    rows = {fold_: case.bound.now[slot] for fold_, slot in slots.items()}
    parts = {name: _part(name, rows.get(fold_), case) for fold_, name in names.items()}
    tracing: Meaning[Step | LevelTest] = Tracing(parts)
    node = every([Reaches(name, 1) for name in parts], "parts")
    if case.target.form == "parts" and case.target.low is not None:
        node = evolve(node, need=int(case.target.low), share=Fraction(0))
    step = fold(node, tracing)
    scale = case.rule.target
    reason = missing_reason(case.row) if case.number is None else "missing"
    ends = Ends(step.low * scale.top, scale.top if step.high else scale.top - 1)
    found = member("target", TARGET, scale, ends, reason)
    return evolve(found, steps=(step,) if parts and isinstance(step, Step) else ())


def _part(name: str, row: OutcomeRow | None, case: IndicatorCase) -> Member:
    """One part: reached or not reached, in words or by its number, or not known."""
    if status_of(row) == "not applicable":
        return member("part", name, REACHED, NOT_APPLICABLE, "not applicable")
    if row and isinstance(row.value, Reached):
        return member("part", name, REACHED, known(int(row.value.reached)))
    target = target_of_part(case, name)
    if row and isinstance(row.value, Amount) and target:
        found = member("part", name, REACHED, known(int(reaches(row.value.number, target))))
        own = Observation(
            value=row.value.number,
            unit=case.program.unit,
            target=target,
            row=voucher_of(row, case.period),
        )
        return evolve(found, finding=own)
    return member("part", name, REACHED, unknown(REACHED), missing_reason(row))
