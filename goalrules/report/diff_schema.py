"""The JSON Schema (2020-12) of a comparison of two rule files."""

from typing import Any, get_args

from goalrules.compare.result import Kind
from goalrules.language.statements import PeriodClass
from goalrules.report.diff_wire import SCHEMA

Json = dict[str, Any]

CODES = (
    "target", "bands", "worked-out", "rounded", "parts", "unit", "better", "baseline", "weight",
    "shown-only", "points", "member-scale", "scale", "missing", "not-applicable", "quorum",
    "remark", "stating", "goal-points", "met-from", "read-as", "below",
)  # fmt: skip
LEFT_OUT = ("", "new", "members", "below", "no rule")
VERDICTS = ("met", "not met", "open")

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
FLAG: Json = {"type": "boolean"}


def diff_schema() -> Json:
    """The schema of `differences_to_dict`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "What changed between two rule files",
        **_object(
            "A comparison, goal by goal, over every possible outcome of the members.",
            schema={"const": SCHEMA},
            language=_word("That of the new rule file, and of pieces of rules.", "sv", "en"),
            old=_ref("side"),
            new=_ref("side"),
            changed={"description": "Whether anything differs but how it is written.", **FLAG},
            goals=_list(_ref("goal")),
            outcomes=_or_null(_ref("outcomes")),
        ),
        "$defs": {
            "side": _object(
                "One of the files; `years` are those of its rules, empty where they never change.",
                file=TEXT,
                plan=TEXT,
                body=TEXT,
                years=TEXT,
            ),
            "thing": _thing(),
            "came": _came(),
            "goal": _goal(),
            "comparison": _comparison(),
            "transition": _transition(),
            "witness": _witness(),
            "piece": _piece(),
            "same": _same(),
            "fact": _fact(),
            "outcomes": _outcomes(),
        },
    }


def _object(says: str, **properties: Json) -> Json:
    """An object that has these fields, every one of them and no others."""
    return {
        "description": says,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _word(says: str, *words: str) -> Json:
    return {"description": says, "enum": list(words)}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _thing() -> Json:
    kinds = ("goal", "contribution", "indicators", "indicator", "group", "target", "plan")
    return _object(
        "A goal, a member of one, or the rule of every indicator; `goal` is where it moved from.",
        kind=_word("What it is.", *kinds),
        name=TEXT,
        title=TEXT,
        goal=TEXT,
    )


def _came() -> Json:
    return _object(
        "What a rule comes to. Where the ends differ it does not say which level it is.",
        worst=TEXT,
        best=TEXT,
        verdict=_word("Whether it is met.", *VERDICTS),
    )


def _goal() -> Json:
    return _object(
        "What became of a goal, or of the rule of every indicator; null where it is not there.",
        old=_or_null(_ref("thing")),
        new=_or_null(_ref("thing")),
        kind=_word("What the new rule is beside the old one.", *get_args(Kind)),
        changed=FLAG,
        comparisons=_list(_ref("comparison")),
        came=_list(_ref("thing")),
        went=_list(_ref("thing")),
        counted={"description": "Indicators, old and new.", **_list(COUNT)},
        facts=_list(_ref("fact")),
    )


def _comparison() -> Json:
    counts = _word("What it is by counts, where it was compared by those.", *get_args(Kind))
    return _object(
        "Two rules compared, in some classes of period; in all where none is named.",
        periods=_list({"enum": list(get_args(PeriodClass))}),
        kind=_word("What the new rule is beside the old one.", *get_args(Kind)),
        counts=_or_null(counts),
        by=_word("Whether verdicts differ, or levels alone.", "", "met", "level"),
        met={"description": "The level from which the new rule counts as met.", **TEXT},
        members=COUNT,
        of_goals={"description": "Whether the members are goals.", **FLAG},
        rescaled={"description": "Whether they have other levels than before.", **FLAG},
        outcomes={"description": "How many outcomes are possible. No probability.", **COUNT},
        transitions=_list(_ref("transition")),
        witnesses=_list(_ref("witness")),
        gone={"description": "What only the old rule asks for.", **_list(_ref("piece"))},
        added={"description": "What only the new rule asks for.", **_list(_ref("piece"))},
        same=_list(_ref("same")),
        stand_ins=_list(TEXT),
        unless={
            "description": "Who must apply for the two to be the same.",
            **_list(_ref("thing")),
        },
    )


def _transition() -> Json:
    return _object(
        "How many possible outcomes come from one thing to another.",
        old=_ref("came"),
        new=_ref("came"),
        outcomes=COUNT,
        ways={"description": "1: a better level, -1: a worse one.", **_list({"enum": [1, -1]})},
    )


def _witness() -> Json:
    placed = _object("A member at a level.", old=_ref("thing"), new=_ref("thing"), level=TEXT)
    return _object(
        "A possible outcome that is judged otherwise; `alike`: whichever members have the levels.",
        members=_list(placed),
        alike=FLAG,
        old=_ref("came"),
        new=_ref("came"),
    )


def _piece() -> Json:
    return _object(
        "A part of a rule; where it counts members, `need` of `of` are enough.",
        role=TEXT,
        text=TEXT,
        need=COUNT,
        of=COUNT,
    )


def _same() -> Json:
    fewer = _or_null({**_list(COUNT), "minItems": 3, "maxItems": 3})
    return _object(
        "Two ways to say `need` of `of`.",
        old=TEXT,
        new=TEXT,
        need=COUNT,
        of=COUNT,
        fewer={"description": "Of so few that apply, what the old and the new one need.", **fewer},
    )


def _fact() -> Json:
    return _object(
        "Something beside the rule that the files say differently.",
        code=_word("What.", *CODES),
        member=_or_null(_ref("thing")),
        old=_list(TEXT),
        new=_list(TEXT),
    )


def _outcomes() -> Json:
    goal = _object(
        "A goal of the old plan on the outcomes.",
        old=_ref("thing"),
        new=_or_null(_ref("thing")),
        before=_ref("came"),
        after=_or_null(_ref("came")),
        differs=FLAG,
        left_out=_word("Why the new rules were not asked.", *LEFT_OUT),
    )
    return _object("The old plan's outcomes by the new rules.", period=TEXT, goals=_list(goal))
