"""The JSON Schema (2020-12) of a comparison of two rule files."""

from typing import get_args

from goalrules.compare.result import ChangeKind
from goalrules.language.statements import PeriodClass
from goalrules.report.diff_wire import SCHEMA
from goalrules.report.schema_parts import Json, a_ref, a_word, an_object, or_null
from goalrules.report.schema_time import VERDICTS

CODES = (
    "target", "bands", "worked-out", "rounded", "parts", "unit", "better", "baseline", "weight",
    "shown-only", "points", "member-scale", "scale", "missing", "not-applicable", "quorum",
    "remark", "stating", "goal-points", "met-from", "read-as", "below",
    "adds-up", "measured", "expected", "hidden", "judged",
)  # fmt: skip
LEFT_OUT = ("", "new", "members", "below", "no rule")

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
FLAG: Json = {"type": "boolean"}


def diff_schema() -> Json:
    """The schema of `differences_to_dict`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "What changed between two rule files",
        **an_object(
            "A comparison, goal by goal, over every possible outcome of the members.",
            schema={"const": SCHEMA},
            language=a_word("That of the new rule file, and of pieces of rules.", "sv", "en"),
            old=a_ref("side"),
            new=a_ref("side"),
            changed={"description": "Whether anything differs but how it is written.", **FLAG},
            goals=_list(a_ref("goal")),
            outcomes=or_null(a_ref("outcomes")),
        ),
        "$defs": {
            "side": an_object(
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


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _thing() -> Json:
    kinds = ("goal", "contribution", "indicators", "indicator", "group", "target", "plan")
    return an_object(
        "A goal, a member of one, or the rule of every indicator; `goal` is where it moved from.",
        kind=a_word("What it is.", *kinds),
        name=TEXT,
        title=TEXT,
        goal=TEXT,
    )


def _came() -> Json:
    return an_object(
        "What a rule comes to. Where the ends differ it does not say which level it is.",
        worst=TEXT,
        best=TEXT,
        verdict=a_word("Whether it is met.", *VERDICTS),
    )


def _goal() -> Json:
    return an_object(
        "What became of a goal, or of the rule of every indicator; null where it is not there.",
        old=or_null(a_ref("thing")),
        new=or_null(a_ref("thing")),
        kind=a_word("What the new rule is beside the old one.", *get_args(ChangeKind)),
        changed=FLAG,
        comparisons=_list(a_ref("comparison")),
        came=_list(a_ref("thing")),
        went=_list(a_ref("thing")),
        counted={"description": "Indicators, old and new.", **_list(COUNT)},
        facts=_list(a_ref("fact")),
    )


def _comparison() -> Json:
    counts = a_word("What it is by counts, where it was compared by those.", *get_args(ChangeKind))
    return an_object(
        "Two rules compared, in some classes of period; in all where none is named.",
        periods=_list({"enum": list(get_args(PeriodClass))}),
        kind=a_word("What the new rule is beside the old one.", *get_args(ChangeKind)),
        counts=or_null(counts),
        by=a_word("Whether verdicts differ, or levels alone.", "", "met", "level"),
        met={"description": "The level from which the new rule counts as met.", **TEXT},
        members=COUNT,
        of_goals={"description": "Whether the members are goals.", **FLAG},
        rescaled={"description": "Whether they have other levels than before.", **FLAG},
        outcomes={"description": "How many outcomes are possible. No probability.", **COUNT},
        transitions=_list(a_ref("transition")),
        witnesses=_list(a_ref("witness")),
        gone={"description": "What only the old rule asks for.", **_list(a_ref("piece"))},
        added={"description": "What only the new rule asks for.", **_list(a_ref("piece"))},
        same=_list(a_ref("same")),
        stand_ins=_list(TEXT),
        unless={
            "description": "Who must apply for the two to be the same.",
            **_list(a_ref("thing")),
        },
    )


def _transition() -> Json:
    return an_object(
        "How many possible outcomes come from one thing to another.",
        old=a_ref("came"),
        new=a_ref("came"),
        outcomes=COUNT,
        ways={"description": "1: a better level, -1: a worse one.", **_list({"enum": [1, -1]})},
    )


def _witness() -> Json:
    placed = an_object("A member at a level.", old=a_ref("thing"), new=a_ref("thing"), level=TEXT)
    return an_object(
        "A possible outcome that is judged otherwise; `alike`: whichever members have the levels.",
        members=_list(placed),
        alike=FLAG,
        old=a_ref("came"),
        new=a_ref("came"),
    )


def _piece() -> Json:
    return an_object(
        "A part of a rule; where it counts members, `need` of `of` are enough.",
        role=TEXT,
        text=TEXT,
        need=COUNT,
        of=COUNT,
    )


def _same() -> Json:
    fewer = or_null({**_list(COUNT), "minItems": 3, "maxItems": 3})
    return an_object(
        "Two ways to say `need` of `of`.",
        old=TEXT,
        new=TEXT,
        need=COUNT,
        of=COUNT,
        fewer={"description": "Of so few that apply, what the old and the new one need.", **fewer},
    )


def _fact() -> Json:
    return an_object(
        "Something beside the rule that the files say differently.",
        code=a_word("What.", *CODES),
        member=or_null(a_ref("thing")),
        old=_list(TEXT),
        new=_list(TEXT),
    )


def _outcomes() -> Json:
    goal = an_object(
        "A goal of the old plan on the outcomes.",
        old=a_ref("thing"),
        new=or_null(a_ref("thing")),
        before=a_ref("came"),
        after=or_null(a_ref("came")),
        differs=FLAG,
        left_out=a_word("Why the new rules were not asked.", *LEFT_OUT),
    )
    return an_object("The old plan's outcomes by the new rules.", period=TEXT, goals=_list(goal))
