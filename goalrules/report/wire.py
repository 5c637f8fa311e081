"""Traces as JSON, and back: the contract that other tools and later years rely on.

Numbers that were measured or aimed at are text, exactly as they were compared. Every node of
a trace has `kind`, `span`, `need`, `got` and `children`; a leaf also has what is known of its
member: value, target, expected value, period and row of data.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from attrs import fields

from goalrules.assess.result import (
    AssessmentTrace,
    FocusArea,
    Fork,
    GoalTrace,
    JustifyingMember,
    OpenCause,
    OverDecided,
    Projection,
    Remarked,
    Unjudged,
)
from goalrules.core.decisions import Decided, Waiver
from goalrules.core.nodes import Worth
from goalrules.core.trace import (
    Cited,
    LevelTest,
    Member,
    Observation,
    ResolvedTarget,
    Step,
    Voucher,
    YearProgress,
)
from goalrules.report.forms import form_from_dict, form_to_dict
from goalrules.text.source import Span

SCHEMA = "urn:goalrules:assessment:1"
"""The name and version of the document; the version grows when a reader has to change."""

Json = dict[str, Any]
Kind = TypeVar("Kind", Projection, OverDecided, Decided, Waiver)

NODES = ("steps", "caps", "gates")
"""The fields of a goal that hold nodes, which stand at the root of its trace."""


def assessment_to_dict(trace: AssessmentTrace) -> Json:
    """An assessment as JSON has it."""
    return {
        "schema": SCHEMA,
        **_simple(trace, leave=("goals", "focus_areas")),
        "goals": [goal_to_dict(goal) for goal in trace.goals],
        "focus_areas": [_simple(each) for each in trace.focus_areas],
    }


def assessment_from_dict(data: Json) -> AssessmentTrace:
    """An assessment from its JSON."""
    own = {key: each for key, each in data.items() if key != "schema"}
    return AssessmentTrace(
        **_tuples(own)
        | {
            "goals": tuple(map(goal_from_dict, data["goals"])),
            "focus_areas": tuple(FocusArea(**_tuples(each)) for each in data["focus_areas"]),
        }
    )


def goal_to_dict(goal: GoalTrace) -> Json:
    """What a goal came to, as JSON has it."""
    return {
        **_simple(goal, leave=("span", "members", "sources", "interpretations", *NODES)),
        "level": goal.level,
        "reasons": [_simple(each) for each in goal.reasons],
        "forks": [_simple(each) for each in goal.forks],
        "remarks": [_simple(each) for each in goal.remarks],
        "why": [_simple(each) for each in goal.why],
        "unjudged": [_simple(each) for each in goal.unjudged],
        "ahead": _levelled(goal.ahead),
        "waiver": _simple(goal.waiver) if goal.waiver else None,
        "decided": _levelled(goal.decided),
        "over_decided": _levelled(goal.over_decided),
        "source": [_simple(each) for each in goal.sources],
        "interpretation": list(goal.interpretations),
        "members": [_member_to_dict(each) for each in goal.members],
        "trace": {
            "kind": goal.kind,
            "span": _simple(goal.span),
            "need": goal.met or None,
            "got": [goal.worst, goal.best],
            "children": [_node_to_dict(each) for each in goal.steps],
            "caps": [_node_to_dict(each) for each in goal.caps],
            "gates": [_node_to_dict(each) for each in goal.gates],
        },
    }


def goal_from_dict(data: Json) -> GoalTrace:
    """What a goal came to, from its JSON."""
    elsewhere = ("level", "source", "interpretation", "trace")
    own = {key: each for key, each in data.items() if key not in elsewhere}
    return GoalTrace(
        **_tuples(own)
        | {
            "reasons": tuple(OpenCause(**_tuples(each)) for each in data["reasons"]),
            "forks": tuple(Fork(**each) for each in data["forks"]),
            "remarks": tuple(Remarked(**each) for each in data["remarks"]),
            "why": tuple(JustifyingMember(**each) for each in data["why"]),
            "unjudged": tuple(Unjudged(**each) for each in data["unjudged"]),
            "ahead": _made(Projection, data["ahead"]),
            "waiver": _made(Waiver, data["waiver"]),
            "decided": _made(Decided, data["decided"]),
            "over_decided": _made(OverDecided, data["over_decided"]),
            "sources": tuple(Cited(**each) for each in data["source"]),
            "interpretations": tuple(data["interpretation"]),
            "members": tuple(map(_member_from_dict, data["members"])),
            "span": Span(**data["trace"]["span"]),
            **{
                name: tuple(map(_step_from_dict, data["trace"][key]))
                for key, name in zip(("children", "caps", "gates"), NODES, strict=True)
            },
        }
    )


def _levelled(found: Projection | Decided | OverDecided | None) -> Json | None:
    """What stands beside the verdict of a goal, with its level, if there is anything."""
    return {**_simple(found), "level": found.level} if found else None


def _made(kind: type[Kind], data: Json | None) -> Kind | None:
    """What stands beside a verdict or a level from its JSON, if there is anything."""
    own = {key: each for key, each in data.items() if key != "level"} if data else None
    return kind(**_tuples(own)) if own else None


def _node_to_dict(node: Step | LevelTest) -> Json:
    if isinstance(node, Step):
        return {
            **_simple(node, leave=("children", "form", "span", "worth")),
            "span": _simple(node.span),
            "form": form_to_dict(node.form),
            "worth": [_worth_to_dict(each) for each in node.worth],
            "children": [_node_to_dict(child) for child in node.children],
        }
    return {
        **_member_to_dict(node.member),
        "kind": node.kind,
        "span": _simple(node.span),
        "need": node.level,
        "low": node.low,
        "high": node.high,
    }


def _node_from_dict(data: Json) -> Step | LevelTest:
    if data["kind"] != "reaches":
        return _step_from_dict(data)
    span = Span(**data["span"])
    return LevelTest(data["need"], data["low"], data["high"], _member_from_dict(data), span)


def _step_from_dict(data: Json) -> Step:
    return Step(
        **data
        | {
            "got": tuple(data["got"]),
            "weights": tuple(data["weights"]),
            "worth": tuple(map(_worth_from_dict, data["worth"])),
            "span": Span(**data["span"]),
            "form": form_from_dict(data["form"]),
            "children": tuple(map(_node_from_dict, data["children"])),
        }
    )


def _worth_to_dict(worth: Worth) -> Json:
    return {**_simple(worth, leave=("points",)), "points": list(map(_plain, worth.points))}


def _worth_from_dict(data: Json) -> Worth:
    points = tuple(map(Decimal, data["points"]))
    return Worth(data["member"], Decimal(data["weight"]), points)


def _member_to_dict(member: Member) -> Json:
    return {
        "member": member.kind,
        **_simple(member, leave=("kind", "worst", "best", "finding", "steps")),
        "waiver": _simple(member.waiver) if member.waiver else None,
        "got": [member.worst, member.best],
        **_finding_to_dict(member.finding),
        "children": [_node_to_dict(step) for step in member.steps],
    }


def _member_from_dict(data: Json) -> Member:
    return Member(
        kind=data["member"],
        name=data["name"],
        title=data["title"],
        levels=tuple(data["levels"]),
        worst=data["got"][0],
        best=data["got"][1],
        applies=data["applies"],
        reason=data["reason"],
        finding=_finding_from_dict(data) if data["given"] is not None else None,
        steps=tuple(map(_step_from_dict, data["children"])),
        interpretations=tuple(data["interpretations"]),
        unclaimed=data["unclaimed"],
        policy=data["policy"],
        counted=data["counted"],
        waiver=_made(Waiver, data["waiver"]),
    )


def _finding_to_dict(found: Observation | None) -> Json:
    """What is known of a leaf; of a member that no data can speak of nothing is, nor `given`."""
    finding = found or Observation()
    return {
        **_simple(finding, leave=("aimed", "row", "bands", "formula", "through")),
        "bands": form_to_dict(finding.bands),
        "formula": form_to_dict(finding.formula),
        "given": finding.given if found else None,
        "target": _simple(finding.aimed) if finding.aimed else None,
        "expected": _expected(finding),
        "through": _simple(finding.through) if finding.through else None,
        "period": finding.row.period if finding.row else "",
        "row": _simple(finding.row) if finding.row else None,
    }


def _expected(finding: Observation) -> str | None:
    """The one number that is expected by the end of the period; None where there is none."""
    through = finding.through
    ends = {through.low, through.high} - {None} if through else set()
    return _plain(ends.pop()) if len(ends) == 1 else None


def _finding_from_dict(data: Json) -> Observation:
    return Observation(
        value=data["value"],
        reached=data["reached"],
        unit=data["unit"],
        aimed=ResolvedTarget(**data["target"]) if data["target"] else None,
        plan=data["plan"],
        given=data["given"],
        row=Voucher(**data["row"]) if data["row"] else None,
        rounded=data["rounded"],
        lacking=tuple(data["lacking"]),
        bands=form_from_dict(data["bands"]),
        formula=form_from_dict(data["formula"]),
        through=YearProgress(**_tuples(data["through"])) if data["through"] else None,
        hidden=data["hidden"],
    )


def _simple(node: Any, leave: Sequence[str] = ()) -> Json:  # noqa: ANN401 - any value object
    """The fields of a value object that are plain values, or lists of them."""
    kept = (each.name for each in fields(type(node)) if each.name not in leave)
    return {name: _plain(getattr(node, name)) for name in kept}


def _plain(value: Any) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _tuples(data: Json) -> Json:
    return {key: tuple(each) if isinstance(each, list) else each for key, each in data.items()}
