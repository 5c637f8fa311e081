"""The JSON Schema (2020-12) of an assessment: every field, its meaning, its unit and its source.

The words that a field can hold are taken from the code that gives them; the forms of rule are
described from their classes. A test holds the schema against what `wire` writes.
"""

from typing import Any, get_args, get_type_hints

from goalrules.core.scales import PLAN
from goalrules.core.trace import MemberKind
from goalrules.language.statements import According
from goalrules.report.forms import FORMS
from goalrules.report.schema_forms import NUMBER, form_schema
from goalrules.report.wire import SCHEMA

Json = dict[str, Any]

GOAL_KINDS = ("goal", "contribution", "rule")
VERDICTS = ("met", "not met", "open")
STEPS = (
    "level", "rule", "count", "member", "including", "rest", "and", "or", "fact", "same", "parts",
    "extreme", "floor", "cap", "score", "lowest", "remain",
)  # fmt: skip
TARGETS = (
    "at least", "at most", "over", "under", "within", "range", "increase", "decrease", "maintain",
    "parts", "",
)  # fmt: skip
OPEN = (
    "missing", "not measured", "withheld", "blank", "no reference", "no target",
    "efforts unstated", "range", "unsaid", "open", "quorum",
)  # fmt: skip
GAPS = ("empty", "unreported", "too few")
BARRED = ("quorum", "too few remain")
WHY = tuple(dict.fromkeys((*OPEN, *GAPS, *BARRED, "unclaimed")))
POLICIES = ("", "left out", "counts as", "replaced", "reserve")


def assessment_schema() -> Json:
    """The schema of `assessment_to_dict`; that of one goal is its `$defs/goal`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "What one assessment of a plan came to",
        **_assessment(),
        "$defs": {
            "goal": _goal(),
            "member": _object("One member of a goal as it was judged.", **_member()),
            "step": _step(),
            "leaf": _leaf(),
            "reason": _reason(),
            "row": _row(),
            "target": _target(),
            "span": _span(),
            **{f"form-{name}": form_schema(name) for name in FORMS},
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


def _text(says: str) -> Json:
    return {"description": says, "type": "string"}


def _word(says: str, *words: str | None) -> Json:
    return {"description": says, "enum": list(words)}


def _flag(says: str) -> Json:
    return {"description": says, "type": "boolean"}


def _whole(says: str, least: int = 0) -> Json:
    return {"description": says, "type": "integer", "minimum": least}


def _number(says: str) -> Json:
    return {"description": f"{says} Null where there is none.", **_or_null(NUMBER)}


def _level(says: str) -> Json:
    return {"description": says, **_or_null({"type": "string"})}


def _list(says: str, items: Json) -> Json:
    return {"description": says, "type": "array", "items": items}


def _pair(says: str, items: Json) -> Json:
    return {**_list(says, items), "minItems": 2, "maxItems": 2}


def _ref(name: str, says: str = "") -> Json:
    reference = {"$ref": f"#/$defs/{name}"}
    return {"description": says, **reference} if says else reference


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _maybe(name: str, says: str) -> Json:
    return {"description": says, **_or_null(_ref(name))}


TEXTS: Json = {"type": "string"}
WEIGHT: Json = {"description": "A weight.", "type": "integer"}


def _assessment() -> Json:
    focus = _object(
        "A focus area of the plan.",
        title=_text("Its title in the rule file."),
        goals=_list("The ids of the goals that it is followed up through.", TEXTS),
    )
    period = _text("The period assessed: a year, a month (`2024-10`), or from month to month.")
    return _object(
        "Made by goalrules from a rule file and outcomes; every explanation is made from it alone.",
        schema={"description": "The name and version of this document.", "const": SCHEMA},
        plan=_text("The plan's title in the rule file; empty where it has none."),
        body=_text("Whose plan it is; empty where the file does not say."),
        rules=_text("The rule file, as it was named to the program."),
        language=_word("The language of the rule file's words.", "sv", "en"),
        period={**period, "pattern": "^[0-9]{4}(-[0-9]{2}(/[0-9]{4}-[0-9]{2})?)?$"},
        outside_validity=_flag("Whether the plan is not valid in the year of the period."),
        interpretations=_list("What the plan as a whole does not say and how it is taken.", TEXTS),
        of_indicators=_list("Likewise of the rule that gives every indicator its level.", TEXTS),
        goals=_list("The goals and contributions, in the order of the rule file.", _ref("goal")),
        focus_areas=_list("The plan's focus areas, in the order of the rule file.", focus),
    )


def _goal() -> Json:
    none = "null where the plan gives no verdict in the period"
    cited = _object(
        "Where a document says so.",
        document=_text("The document's title."),
        part=_word("The kind of part of it.", *_words_of(According, "part")),
        number=_text("The part's number or letter; empty where none is given."),
    )
    fork = _object(
        "A level that the one deciding member can still take, and what follows.",
        level=_text("That level."),
        verdict=_word("The verdict that would follow.", *VERDICTS),
    )
    return _object(
        "What the rule of one goal came to in the period.",
        id=_text("The goal's id in the rule file; empty for a rule given alone."),
        kind=_word("What it is: a contribution is to a council goal.", *GOAL_KINDS),
        title=_text("The goal's title in the rule file."),
        area=_text("The target area that it belongs to; empty where there is none."),
        followed_up=_flag("Whether the plan only follows the goal up, without a verdict."),
        verdict=_word(f"The verdict; {none}.", *VERDICTS, None),
        met=_text("The level from which it counts as met; empty without a verdict."),
        levels=_list("The scale's levels, worst first.", _text("A level.")),
        worst=_level(f"The worst level that it can have; {none}."),
        best=_level(f"The best level that it can have; {none}."),
        reasons=_list("Why it is open, or what it rests on.", _ref("reason")),
        deciding=_list("The members that can still decide an open verdict, by name.", TEXTS),
        deciding_exact=_flag("False where all open members are named: too many to try each."),
        forks=_list("What would follow, where one member alone decides.", fork),
        remarks=_list("What stands beside the verdict and does not change it.", _remark()),
        rests_on=_rests_on(),
        why=_list("The smallest sufficient reason of a verdict that is decided.", _sufficient()),
        level=_level("The level; null where it is not decided."),
        source=_list("Where the plan says so, as the rule file cites it.", cited),
        interpretation=_list("What the plan does not say, and how the file takes it.", TEXTS),
        members=_list("Its own indicators and reported members, in order.", _ref("member")),
        trace=_root(none),
    )


def _root(none: str) -> Json:
    return _object(
        "The root of the trace, which has the shape of the rule.",
        kind=_word("The kind of the goal.", *GOAL_KINDS),
        span=_ref("span", "Where the goal stands in the rule file."),
        need=_level(f"The level from which it counts as met; {none}."),
        got=_pair("The worst and the best level.", _or_null(_text("A level."))),
        children=_list("For each level above the lowest, worst first: its step.", _ref("step")),
        caps=_list("The limits on the level; each holds where it does not bind.", _ref("step")),
        gates=_list("What there has to be before there is a verdict.", _ref("step")),
    )


def _remark() -> Json:
    return _object(
        "Words of the rule file beside the verdict.",
        text=_text("The words."),
        sure=_flag("False where open levels decide whether they stand there."),
    )


def _sufficient() -> Json:
    return _object(
        "A member that decides with the others named, whatever those beside them are.",
        member=_text("The member, by name."),
        kind=_word("What it is.", *get_args(MemberKind)),
        side=_word("On which side of the level it decides.", "at least", "at most"),
        level=_text("The level up to which, or from which on, it decides."),
    )


def _rests_on() -> Json:
    says = "Of how many members their own outcomes are taken, and of how many; null for all."
    return {"description": says, **_or_null(_pair("The two numbers.", _whole("A number.")))}


def _reason() -> Json:
    return _object(
        "Why a level or verdict is open, or what a decided one rests on.",
        code=_word("Why; `unclaimed` is what it rests on.", *WHY),
        members=_list("The members that it is about, by name.", TEXTS),
    )


def _step() -> Json:
    is_leaf = {"properties": {"kind": {"const": "reaches"}}}
    node = {"if": is_leaf, "then": _ref("leaf"), "else": _ref("step")}
    forms = {"anyOf": [*(_ref(f"form-{name}") for name in FORMS), {"type": "null"}]}
    return _object(
        "One count in the rule: how much it needs and how much it found.",
        kind=_word("Which step of the rule it is.", *STEPS),
        low=_flag("Whether it surely holds."),
        high=_flag("Whether it can hold."),
        need={"description": "The smallest weight that is enough.", "type": "integer"},
        got=_pair("The weight that holds, at worst and at best.", WEIGHT),
        of={"description": "The weight of the children that apply.", "type": "integer"},
        gap=_word("Why the count has no meaning with those left, if so.", "", *GAPS),
        span=_ref("span", "Where it stands in the rule file."),
        form={"description": "The form of rule it comes from; null for parts.", **forms},
        children=_list("What was counted, in the order of the rule.", node),
        per={
            "description": "How much weight makes one of what is counted; below 0 for falling"
            " points.",
            "type": "integer",
        },
        worth=_list("What members are worth, where points are counted.", _worth()),
        weights=_list("The weights of the children; empty where each weighs 1.", WEIGHT),
    )


def _worth() -> Json:
    return _object(
        "What a member's levels are worth.",
        member=_text("The member's name; `goal` and the id of a goal."),
        weight={"description": "What the member weighs.", **NUMBER},
        points=_list("What each level is worth, worst first.", NUMBER),
    )


def _member() -> dict[str, Json]:
    finding = "the unit `unit`"
    return {
        "member": _word("What the member is.", *get_args(MemberKind)),
        "name": _text("Its name in the rule file, or in the data that report it."),
        "title": _text("Its title; empty where it has none."),
        "levels": _list("The levels of its scale, worst first.", _text("A level.")),
        "applies": _flag("False where the data say that it does not apply."),
        "reason": _word("Why its level is open or does not apply.", "", *OPEN, "not applicable"),
        "interpretations": _list("What the plan does not say of it, and how it is taken.", TEXTS),
        "unclaimed": _word(
            "How far the plan would have to be stated to be followed for its level to be another;"
            " empty where that changes nothing.",
            *("", *PLAN.levels[1:]),
        ),
        "policy": _word("What the rule does with it, missing or not applicable.", *POLICIES),
        "counted": _flag("False for a member that is only shown."),
        "got": _pair("The worst and the best level it can have.", _text("A level.")),
        "value": _number(f"The outcome as it was compared, in {finding}, from the row."),
        "reached": {
            "description": "What the data say in words of the target; null where they do not.",
            "type": ["boolean", "null"],
        },
        "unit": _text("The unit in the rule file, such as `%`; empty where it has none."),
        "rounded": _flag("Whether the value is rounded; it compares as the exact one does."),
        "lacking": _list("The indicators that a worked-out value lacks, by name.", TEXTS),
        "bands": _list("The values of each level, where the file gives them.", _ref("form-band")),
        "formula": _maybe("form-formula", "How the value is worked out; null where it is not."),
        "plan": _word("What the row says of the plan for the goal.", "", *PLAN.levels),
        "given": {
            "description": "Whether the data state the level. Null for a member without data.",
            "type": ["boolean", "null"],
        },
        "target": _maybe("target", "What was asked of the value; null where nothing is."),
        "expected": _number(f"The value expected by the end of the period, in {finding}."),
        "period": _text("The row's period as it is written there; empty where it has none."),
        "row": _maybe("row", "The row of data that it comes from; null where there is none."),
        "children": _list("The steps that gave it its level, worst first.", _ref("step")),
    }


def _leaf() -> Json:
    return _object(
        "Whether one member is at a level or better.",
        **_member(),
        kind={"description": "The kind of node.", "const": "reaches"},
        span=_ref("span", "Where the rule file asks for it."),
        need=_text("The level that the member has to reach."),
        low=_flag("Whether it surely does."),
        high=_flag("Whether it can."),
    )


def _target() -> Json:
    return _object(
        "What was asked of a value in the year of the period; numbers are in the member's unit.",
        form=_word("What is asked; empty where there is no target for the year.", *TARGETS),
        low=_number("The lowest value that reaches it."),
        high=_number("The highest value that reaches it."),
        strict=_flag("Whether the bound itself does not reach it."),
        percent=_number("By how many percent of the reference the value has to change."),
        reference=_number("The number that a change is measured from."),
        reference_from=_word("Where the reference is from.", "", "year before", "baseline"),
    )


def _row() -> Json:
    return _object(
        "The row of data that a level comes from.",
        file=_text("The file, as it was named to the program."),
        line=_whole("The row's first line, or its number among those given; from 1.", 1),
        column=_whole("The number of the cell in the row, from 1.", 1),
        period=_text("The period as it is written there; empty where it has none."),
        comment=_text("The row's comment."),
        source=_text("Where the row says that the figure is from."),
        partial=_flag("Whether it is for another period, which ends in the one assessed."),
    )


def _span() -> Json:
    places = ("line", "column", "end_line", "end_column")
    says = "Where it begins (`line`, `column`) and ends (the end is not in it), from 1."
    return _object(
        "A place in the rule file; 1, 1 to 1, 1 for what has no place of its own.",
        **{name: _whole(says, 1) for name in places},
    )


def _words_of(owner: type, name: str) -> tuple[str, ...]:
    words: tuple[str, ...] = get_args(get_type_hints(owner)[name])
    return words
