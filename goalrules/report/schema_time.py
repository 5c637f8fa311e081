"""The JSON Schema of what the year has to do with an assessment: values to date, and forecasts."""

from goalrules.report.schema_parts import (
    TEXTS,
    Json,
    a_level,
    a_list,
    a_number,
    a_text,
    a_word,
    an_object,
    or_null,
)

VERDICTS = ("met", "not met", "open")


def through_schema() -> Json:
    """How far an indicator has come through the year."""
    found = an_object(
        "How far the year has come for the indicator; numbers are in its unit.",
        adds=a_word(
            "How it adds up; empty where the file does not say.",
            "",
            "total",
            "average",
            "latest",
            "survey",
        ),
        months=a_text("The months that the value is of, as `period`; empty without a value."),
        lacking=a_list("The months, as in `2024-03`, for which an outcome is missing.", TEXTS),
        next_due=a_text(
            "The month at the end of which it is first measured; empty if that is past."
        ),
        share={
            "description": "The share of the target that is expected, as in `5/6`; null where the"
            " rule file does not say.",
            **or_null({"type": "string", "pattern": "^[0-9]+(/[0-9]+)?$"}),
        },
        low=a_number("The lowest value that is expected by now, if that is not the whole target."),
        high=a_number("The highest value that is expected by now, likewise."),
        forecast=a_number("Where the year ends; it does not change the level."),
        forecast_from=a_word("What the forecast goes by.", "", "stated", "pace"),
        paced=a_number("What the value comes to for the year at the pace that is expected."),
        forecast_level=a_text("The level that the year would have; empty if it is not decided."),
    )
    says = "How far the year has come; null where nothing is known of that."
    return {**or_null(found), "description": says}


def ahead_schema() -> Json:
    """What a goal would come to at the end of the year."""
    none = "null where the plan gives no verdict for a year"
    found = an_object(
        "What the goal would come to at the end of the year by the forecasts.",
        verdict=a_word(f"The verdict; {none}.", *VERDICTS, None),
        worst=a_level(f"The worst level; {none}."),
        best=a_level(f"The best level; {none}."),
        level=a_level("The level; null where it is not decided."),
    )
    return {**or_null(found), "description": "The forecast; null where nothing is forecast."}
