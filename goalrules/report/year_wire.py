"""A year as JSON: every assessment of it, and when each goal changed."""

from typing import Any

from goalrules.assess.year_result import GoalChange, YearTrace, changes_of
from goalrules.core.trace import Member
from goalrules.report.schema import assessment_schema
from goalrules.report.schema_parts import (
    a_level,
    a_list,
    a_pair,
    a_ref,
    a_text,
    a_whole,
    a_word,
    an_object,
    or_null,
)
from goalrules.report.schema_time import VERDICTS
from goalrules.report.wire import assessment_to_dict

SCHEMA = "urn:goalrules:year:1"
"""The name and version of the document; the version grows when a reader has to change."""

Json = dict[str, Any]


def year_to_dict(trace: YearTrace) -> Json:
    """A year as JSON has it."""
    return {
        "schema": SCHEMA,
        "year": trace.year,
        "reached": trace.reached,
        "months": [assessment_to_dict(each) for each in trace.months],
        "interims": [assessment_to_dict(each) for each in trace.interims],
        "annual": assessment_to_dict(trace.annual),
        "changes": [
            _change(change) for goal in trace.annual.goals for change in changes_of(trace, goal.id)
        ],
    }


def _change(change: GoalChange) -> Json:
    before, goal = change.before, change.goal
    return {
        "goal": goal.id,
        "month": change.month,
        "verdict": [before.verdict, goal.verdict],
        "worst": [before.worst, goal.worst],
        "best": [before.best, goal.best],
        "moved": [_moved(*each) for each in change.moved],
    }


def _moved(before: Member, member: Member) -> Json:
    return {
        "member": member.name,
        "worst": [before.worst, member.worst],
        "best": [before.best, member.best],
    }


def year_schema() -> Json:
    """The schema of `year_to_dict`."""
    inner = assessment_schema()
    assessment = {key: inner[key] for key in inner if key not in ("$schema", "$id", "$defs")}
    return {
        "$schema": inner["$schema"],
        "$id": SCHEMA,
        **an_object(
            "Every period of a year assessed by the rules of a plan.",
            schema={"description": "The name and version of this document.", "const": SCHEMA},
            year=a_whole("The year.", 1),
            reached=a_whole("The last month that there are outcomes for, from 1; 0 for none."),
            months=a_list("The twelve months, in order.", a_ref("assessment")),
            interims=a_list("Longer periods than a month, in order.", a_ref("assessment")),
            annual=a_ref("assessment", "The whole year."),
            changes=a_list(
                "When a goal came to something else than the month before.", _a_change()
            ),
        ),
        "$defs": {**inner["$defs"], "assessment": assessment},
    }


def _a_change() -> Json:
    levels = or_null(a_text("A level."))
    verdict = a_word("A verdict; null where the plan gives none.", *VERDICTS, None)
    moved = an_object(
        "A member that came to something else.",
        member=a_text("Its name."),
        worst=a_pair("Its worst level before, and now.", a_level("A level.")),
        best=a_pair("Its best level before, and now.", a_level("A level.")),
    )
    return an_object(
        "A goal in a month in which it changed.",
        goal=a_text("The goal's id."),
        month=a_whole("The month, from 2.", 2),
        verdict=a_pair("The verdict the month before, and in this one.", verdict),
        worst=a_pair("The worst level then, and now.", levels),
        best=a_pair("The best level then, and now.", levels),
        moved=a_list("Its own members that changed.", moved),
    )
