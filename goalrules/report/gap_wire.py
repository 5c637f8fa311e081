"""Answers about goals as JSON. Costs are text, exactly as they were counted."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from goalrules.answers.result import (
    CollectAnswer,
    GapReport,
    GoalGap,
    MarginAnswer,
    Move,
    Mover,
    Need,
    ReachAnswer,
    Unknown,
    Values,
    Way,
)
from goalrules.assess.result import GoalTrace
from goalrules.core.trace import Member
from goalrules.report.gap.words import exact_cost

SCHEMA = "urn:goalrules:gap:1"
"""The name and version of the document; the version grows when a reader has to change."""

Json = dict[str, Any]


def gap_to_dict(report: GapReport) -> Json:
    """The answers about every goal, and how they were asked for."""
    assessment = report.assessment
    return {
        "schema": SCHEMA,
        "plan": assessment.plan,
        "body": assessment.body,
        "rules": assessment.rules,
        "language": assessment.language,
        "period": assessment.period,
        "outside_validity": assessment.outside_validity,
        "asked": {
            "level": report.level,
            "locked": list(report.locked),
            "costs": {name: format(cost, "f") for name, cost in report.costs},
            "depth": report.depth,
        },
        "goals": [_goal(each) for each in report.goals],
    }


def _goal(gap: GoalGap) -> Json:
    goal = gap.goal
    return {
        **_about(goal),
        "met": goal.met or None,
        "levels": list(goal.levels),
        "collect": collect_to_dict(gap.collect) if gap.collect else None,
        "reach": reach_to_dict(gap.reach) if gap.reach else None,
        "margin": margin_to_dict(gap.margin) if gap.margin else None,
        "lacks": gap.lacks,
        "limit": gap.limit,
    }


def _about(goal: GoalTrace) -> Json:
    return {
        "id": goal.id,
        "kind": goal.kind,
        "title": goal.title,
        "verdict": goal.verdict,
        "level": goal.level,
        "worst": goal.worst,
        "best": goal.best,
    }


def reach_to_dict(reach: ReachAnswer) -> Json:
    """What is missing for a level."""
    return {
        "goal": reach.goal.id,
        "level": reach.level,
        "state": reach.state,
        "sets": reach.sets,
        "complete": reach.complete,
        "depth": reach.depth,
        "ways": [_way(each) for each in reach.ways],
        "obstacle": reach.obstacle,
        "blocking": [_member(each) for each in reach.blocking],
        "locked": [_member(each) for each in reach.locked],
        "held": [_member(each) for each in reach.held],
    }


def margin_to_dict(margin: MarginAnswer) -> Json:
    """What can be lost before a level is no longer sure."""
    return {
        "goal": margin.goal.id,
        "level": margin.level,
        "state": margin.state,
        "sets": margin.sets,
        "complete": margin.complete,
        "depth": margin.depth,
        "tolerates": margin.tolerates,
        "ways": [_way(each) for each in margin.ways],
    }


def collect_to_dict(collect: CollectAnswer) -> Json:
    """What to find out before a goal can be decided."""
    return {
        "goal": collect.goal.id,
        "state": collect.state,
        "unknowns": [_unknown(each) for each in collect.unknowns],
        "required": [_member(each) for each in collect.required],
        "least": collect.least,
    }


def _unknown(unknown: Unknown) -> Json:
    return {
        **_member(unknown.member),
        "forks": [{"level": each.level, "verdict": each.verdict} for each in unknown.forks],
        "settles": _share(unknown.settles),
        "decides": _share(unknown.decides),
    }


def _share(share: Fraction) -> Json:
    return {"count": share.numerator, "of": share.denominator}


def _way(way: Way) -> Json:
    return {
        "sets": way.sets,
        "cost": _number(exact_cost(way.cost)),
        "findable": way.findable,
        "moves": [_move(each) for each in way.moves],
    }


def _move(move: Move) -> Json:
    return {
        "number": move.number,
        "assessed": move.assessed,
        "group": [_mover(each) for each in move.group],
    }


def _mover(mover: Mover) -> Json:
    finding = mover.member.finding
    return {
        "goal": mover.goal,
        **_member(mover.member),
        "to": mover.to,
        "findable": mover.findable,
        "value": _number(finding.value) if finding else None,
        "unit": finding.unit if finding else "",
        "need": _need(mover.need) if mover.need else None,
    }


def _need(need: Need) -> Json:
    values = _values(need.values) if need.values else None
    return {"values": values, "reached": need.reached, "plan": need.plan}


def _values(values: Values) -> Json:
    return {
        "low": _number(values.low),
        "high": _number(values.high),
        "above_low": values.above_low,
        "below_high": values.below_high,
    }


def _number(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _member(member: Member) -> Json:
    return {
        "member": member.kind,
        "name": member.name,
        "title": member.title,
        "levels": list(member.levels),
        "applies": member.applies,
        "got": [member.worst, member.best],
        "reason": member.reason,
        "policy": member.policy,
    }
