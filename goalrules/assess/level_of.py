"""One indicator's level: as the data state it, by its own bands, or by the file's rule."""

from collections.abc import Mapping
from typing import Literal

from attrs import evolve

from goalrules.assess.facts import plan_member, target_member
from goalrules.assess.given import given_ends
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.core.evaluate import Evaluation, evaluate
from goalrules.core.scales import NOT_APPLICABLE, Ends, Scale, known, unknown
from goalrules.core.states import state_of
from goalrules.core.trace import Member, member
from goalrules.core.vocabulary import PLAN_STATUSES, MemberReason, PlanStatus
from goalrules.language.levels import band_of
from goalrules.language.lower import PLAN_STATUS, TARGET, UNSAID
from goalrules.language.statements import ValueBands


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
    if bands and case.paced is not None:
        level = band_of(case.paced, bands.bands, scale) or scale.levels[0]
        return member("indicator", name, scale, known(scale.place(level)))
    if bands and case.number is not None:
        return member("indicator", name, scale, unknown(scale), "nothing expected")
    if bands or scale != case.rule.level_rule.scale:
        return member("indicator", name, scale, unknown(scale), case.missing)
    return _by_rule(case)


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
