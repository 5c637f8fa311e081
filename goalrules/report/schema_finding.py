"""The JSON Schema of what the data and the plan say of a member: value, target, and row of data."""

from goalrules.core.scales import PLAN
from goalrules.report.schema_parts import (
    TEXTS,
    Json,
    a_flag,
    a_list,
    a_number,
    a_ref,
    a_text,
    a_whole,
    a_word,
    an_object,
    maybe,
)
from goalrules.report.schema_time import through_schema

TARGETS = (
    "at least", "at most", "over", "under", "within", "around", "range", "increase", "decrease",
    "maintain", "parts", "",
)  # fmt: skip
HIDDEN = ("", "small", "no count")


def finding_fields() -> dict[str, Json]:
    """The fields of a leaf that say what is known of it."""
    finding = "the unit `unit`"
    return {
        "value": a_number(f"The outcome as it was compared, in {finding}, from the row."),
        "reached": {
            "description": "What the data say in words of the target; null where they do not.",
            "type": ["boolean", "null"],
        },
        "unit": a_text("The unit in the rule file, such as `%`; empty where it has none."),
        "rounded": a_flag("Whether the value is rounded; it compares as the exact one does."),
        "lacking": a_list("The indicators that a worked-out value lacks, by name.", TEXTS),
        "bands": a_list("The values of each level, where the file gives them.", a_ref("form-band")),
        "formula": maybe("form-formula", "How the value is worked out; null where it is not."),
        "plan": a_word("What the row says of the plan for the goal.", "", *PLAN.levels),
        "given": {
            "description": "Whether the data state the level. Null for a member without data.",
            "type": ["boolean", "null"],
        },
        "target": maybe("target", "What was asked of the value; null where nothing is."),
        "expected": a_number(f"The one value expected by the end of the period, in {finding}."),
        "through": through_schema(),
        "hidden": a_word("Why the value is left out, of few people or cases.", *HIDDEN),
        "period": a_text("The row's period as it is written there; empty where it has none."),
        "row": maybe("row", "The row of data that it comes from; null where there is none."),
    }


def target_schema() -> Json:
    """What was asked of a value."""
    return an_object(
        "What was asked of a value in the year of the period; numbers are in the member's unit.",
        form=a_word("What is asked; empty where there is no target for the year.", *TARGETS),
        low=a_number("The lowest value that reaches it."),
        high=a_number("The highest value that reaches it."),
        strict=a_flag("Whether the bound itself does not reach it."),
        percent=a_number("The percent of the reference that is asked for, or allowed either way."),
        reference=a_number("The number that a change, or a distance, is measured from."),
        reference_from=a_word("Where the reference is from.", "", "year before", "baseline"),
    )


def row_schema() -> Json:
    """A row of data."""
    return an_object(
        "The row of data that a level comes from.",
        file=a_text("The file, as it was named to the program."),
        line=a_whole("The row's first line, or its number among those given; from 1.", 1),
        column=a_whole("The number of the cell in the row, from 1.", 1),
        period=a_text("The period as it is written there; empty where it has none."),
        comment=a_text("The row's comment."),
        source=a_text("Where the row says that the figure is from."),
        sheet=a_text("The sheet that it stands in; empty where the file has none."),
        partial=a_flag("Whether it is for another period, which ends in the one assessed."),
    )
