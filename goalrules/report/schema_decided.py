"""The JSON Schema of decisions: judgements beside the verdicts, and what is not to be judged."""

from goalrules.report.schema_parts import (
    Json,
    a_flag,
    a_level,
    a_list,
    a_text,
    a_whole,
    a_word,
    an_object,
    or_null,
)
from goalrules.report.schema_time import VERDICTS


def _decision() -> dict[str, Json]:
    """Who decided, when and why, and where the decision stands."""
    return {
        "by": a_text("Who decided."),
        "when": {**a_text("The day of the decision, as in `2026-02-17`."), "format": "date"},
        "reason": a_text("Why."),
        "period": a_text("The period that it is for, as `period` of the assessment."),
        "reference": a_text("Where it is recorded, such as `§ 24`; empty where that is not said."),
        "source": a_text("What it rests on; empty where that is not said."),
        "file": a_text("The file that it stands in, as it was named to the program."),
        "line": a_whole("The row's first line, or its number among those given; from 1.", 1),
        "column": a_whole("The number of the cell in the row, from 1.", 1),
        "sheet": a_text("The sheet that it stands on; empty in a file without sheets."),
    }


def waiver_schema() -> Json:
    """That there is nothing to judge."""
    found = an_object(
        "The decision that it is not to be judged.",
        **_decision(),
        kind=a_word("What was decided.", "waived", "not applicable"),
        levels=a_list(
            "The levels of its scale, worst first; none where it would have no level.",
            a_text("A level."),
        ),
        worst=a_text("The worst level without the decision; empty where there would be none."),
        best=a_text("The best level without the decision; empty where there would be none."),
    )
    return {**or_null(found), "description": "The decision not to judge it; null without one."}


def decided_schema() -> Json:
    """What was decided of a goal as a whole."""
    found = an_object(
        "What was decided of the goal as a whole, which changes nothing that the rule gave.",
        **_decision(),
        verdict=a_word("The verdict that was decided.", "met", "not met"),
        levels=a_list("The scale's levels, worst first.", a_text("A level.")),
        met=a_text("The level from which it counts as met."),
        worst=a_text("The worst level that the decision leaves."),
        best=a_text("The best level that the decision leaves."),
        stated=a_text("The level that was decided; empty where only the verdict was."),
        departs=a_flag("Whether the rule can give none of the levels that were decided."),
        level=a_level("The level; null where more than one is left."),
    )
    return {**or_null(found), "description": "The judgement of the goal; null without one."}


def over_decided_schema() -> Json:
    """What a goal's rule gives over what was decided of the goals below it."""
    found = an_object(
        "What the rule gives where the goals below count as they were decided.",
        verdict=a_word("The verdict.", *VERDICTS),
        levels=a_list("The scale's levels, worst first.", a_text("A level.")),
        met=a_text("The level from which it counts as met."),
        worst=a_text("The worst level."),
        best=a_text("The best level."),
        level=a_level("The level; null where it is not decided."),
    )
    says = "What it gives over decided goals; null where nothing was decided of a goal below."
    return {**or_null(found), "description": says}


def unjudged_schema() -> Json:
    """A goal below that has no rule for the period, which is why one above it has no verdict."""
    return an_object(
        "A goal on which the rule of this one rests, and which has no rule for the period.",
        kind=a_word("What it is: a contribution is to a council goal.", "goal", "contribution"),
        id=a_text("Its id in the rule file."),
    )
