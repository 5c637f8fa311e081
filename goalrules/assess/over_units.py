"""The goals of a plan in all units together: where each goal stands in every unit, by one rule."""

from collections.abc import Mapping

from attrs import evolve

from goalrules.assess.goal_rule import GoalState
from goalrules.assess.plan_program import PlanProgram
from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.core.trace import Member
from goalrules.core.vocabulary import GATE_REASONS, MemberReason, UnitsKnown


def goals_over_units(
    program: PlanProgram, units: Mapping[str, AssessmentTrace | None], known: UnitsKnown
) -> tuple[tuple[GoalTrace, ...], Mapping[str, GoalState]]:
    """What each goal comes to in all units together, and where the units stand.

    `units` are the assessments by unit; None for one whose outcomes have faults. A goal without a
    rule over units has no verdict in them.
    """
    goals, states = list[GoalTrace](), dict[str, GoalState]()
    silent = {unit for unit, came in units.items() if came and not any(reported(came).values())}
    for id_, goal in program.goals.items():
        found = goal.over_units(units)
        if found is None:
            goals.append(evolve(goal.blank, units=known))
            continue
        blank, rule = found
        of_units = {
            unit: next((each for each in came.goals if each.id == id_), None) if came else None
            for unit, came in units.items()
        }
        members = {
            unit: unit_member(unit, each, goal.levels, is_silent=unit in silent)
            for unit, each in of_units.items()
        }
        trace, states[id_] = rule.trace(members)
        together = rule.outcome(members).of_goal(blank, trace)
        indication = any(each.indication for each in of_units.values() if each)
        goals.append(
            evolve(
                together,
                members=tuple(members.values()),
                units=known,
                indication=indication and together.verdict != "open",
            )
        )
    return tuple(goals), states


def unit_member(
    unit: str, goal: GoalTrace | None, levels: tuple[str, ...], *, is_silent: bool
) -> Member:
    """A unit as a member of the rule of a goal over units: where the goal stands there.

    Nothing is known of one whose outcomes have faults; a silent one has reported nothing.
    """
    if goal is None:
        return Member("unit", unit, levels, levels[0], levels[-1], reason="open")
    if goal.worst is None or goal.best is None:
        return Member(
            "unit", unit, levels, levels[0], levels[0], applies=False, reason="not applicable",
            waiver=goal.waiver,
        )  # fmt: skip
    reason: MemberReason = "open" if goal.verdict == "open" else "unsaid"
    if any(each.code in GATE_REASONS for each in goal.reasons):
        reason = "quorum"
    if is_silent:
        reason = "missing"
    reason = "" if goal.worst == goal.best else reason
    return Member("unit", unit, levels, goal.worst, goal.best, reason=reason)


def reported(trace: AssessmentTrace) -> dict[tuple[str, str], bool]:
    """Whether each indicator on which the goals rest has an outcome, or the data say why not."""
    return {
        (goal.id, member.name): member.finding.row is not None and member.reason != "blank"
        for goal in trace.goals
        for member in goal.members
        if member.kind == "indicator" and member.finding and not member.finding.formula
    }
