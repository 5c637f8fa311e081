"""The JSON Schema (2020-12) of an assessment: every field, its meaning, its unit and its source.

The words that a field can hold are taken from the code that gives them; the forms of rule are
described from their classes. A test holds the schema against what `wire` writes.
"""

from typing import get_args, get_type_hints

from goalrules.core.scales import PLAN
from goalrules.core.vocabulary import MemberKind
from goalrules.language.statements import According
from goalrules.report.forms import FORMS
from goalrules.report.schema_decided import (
    decided_schema,
    over_decided_schema,
    unjudged_schema,
    waiver_schema,
)
from goalrules.report.schema_finding import finding_fields, row_schema, target_schema
from goalrules.report.schema_forms import NUMBER, form_schema
from goalrules.report.schema_parts import (
    TEXTS,
    WEIGHT,
    Json,
    a_flag,
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
from goalrules.report.schema_time import VERDICTS, ahead_schema
from goalrules.report.wire import SCHEMA

GOAL_KINDS = ("goal", "contribution", "rule")
STEPS = (
    "level", "rule", "count", "member", "including", "rest", "and", "or", "fact", "same", "parts",
    "extreme", "floor", "cap", "score", "lowest", "remain",
)  # fmt: skip
OPEN = (
    "missing", "not measured", "withheld", "blank", "no reference", "no target",
    "nothing expected", "efforts unstated", "range", "unsaid", "open", "quorum",
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
            "member": an_object("One member of a goal as it was judged.", **_member()),
            "step": _step(),
            "leaf": _leaf(),
            "reason": _reason(),
            "row": row_schema(),
            "target": target_schema(),
            "span": _span(),
            **{f"form-{name}": form_schema(name) for name in FORMS},
        },
    }


def _assessment() -> Json:
    focus = an_object(
        "A focus area of the plan.",
        title=a_text("Its title in the rule file."),
        goals=a_list("The ids of the goals that it is followed up through.", TEXTS),
    )
    period = a_text("The period assessed: a year, a month (`2024-10`), or from month to month.")
    return an_object(
        "Made by goalrules from a rule file and outcomes; every explanation is made from it alone.",
        schema={"description": "The name and version of this document.", "const": SCHEMA},
        plan=a_text("The plan's title in the rule file; empty where it has none."),
        body=a_text("Whose plan it is; empty where the file does not say."),
        rules=a_text("The rule file, as it was named to the program."),
        language=a_word("The language of the rule file's words.", "sv", "en"),
        period={**period, "pattern": "^[0-9]{4}(-[0-9]{2}(/[0-9]{4}-[0-9]{2})?)?$"},
        outside_validity=a_flag("Whether the plan is not valid in the year of the period."),
        interpretations=a_list("What the plan as a whole does not say and how it is taken.", TEXTS),
        of_indicators=a_list("Likewise of the rule that gives every indicator its level.", TEXTS),
        goals=a_list("The goals and contributions, in the order of the rule file.", a_ref("goal")),
        focus_areas=a_list("The plan's focus areas, in the order of the rule file.", focus),
    )


def _goal() -> Json:
    none = "null where the plan gives no verdict in the period"
    cited = an_object(
        "Where a document says so.",
        document=a_text("The document's title."),
        part=a_word("The kind of part of it.", *_words_of(According, "part")),
        number=a_text("The part's number or letter; empty where none is given."),
    )
    return an_object(
        "What the rule of one goal came to in the period.",
        id=a_text("The goal's id in the rule file; empty for a rule given alone."),
        kind=a_word("What it is: a contribution is to a council goal.", *GOAL_KINDS),
        title=a_text("The goal's title in the rule file."),
        area=a_text("The target area that it belongs to; empty where there is none."),
        followed_up=a_flag("Whether the plan only follows the goal up, without a verdict."),
        verdict=a_word(f"The verdict; {none}.", *VERDICTS, None),
        met=a_text("The level from which it counts as met; empty without a verdict."),
        levels=a_list("The scale's levels, worst first.", a_text("A level.")),
        worst=a_level(f"The worst level that it can have; {none}."),
        best=a_level(f"The best level that it can have; {none}."),
        reasons=a_list("Why it is open, or what it rests on.", a_ref("reason")),
        deciding=a_list("The members that can still decide an open verdict, by name.", TEXTS),
        deciding_exact=a_flag("False where all open members are named: too many to try each."),
        forks=a_list("What would follow, where one member alone decides.", _fork()),
        remarks=a_list("What stands beside the verdict and does not change it.", _remark()),
        rests_on=_rests_on(),
        why=a_list("The smallest sufficient reason of a verdict that is decided.", _sufficient()),
        ahead=ahead_schema(),
        waiver=waiver_schema(),
        decided=decided_schema(),
        over_decided=over_decided_schema(),
        unjudged=a_list("The goals below without a rule for the period.", unjudged_schema()),
        level=a_level("The level; null where it is not decided."),
        source=a_list("Where the plan says so, as the rule file cites it.", cited),
        interpretation=a_list("What the plan does not say, and how the file takes it.", TEXTS),
        members=a_list("Its own indicators and reported members, in order.", a_ref("member")),
        trace=_root(none),
    )


def _fork() -> Json:
    return an_object(
        "A level that the one deciding member can still take, and what follows.",
        level=a_text("That level."),
        verdict=a_word("The verdict that would follow.", *VERDICTS),
    )


def _root(none: str) -> Json:
    return an_object(
        "The root of the trace, which has the shape of the rule.",
        kind=a_word("The kind of the goal.", *GOAL_KINDS),
        span=a_ref("span", "Where the goal stands in the rule file."),
        need=a_level(f"The level from which it counts as met; {none}."),
        got=a_pair("The worst and the best level.", or_null(a_text("A level."))),
        children=a_list("For each level above the lowest, worst first: its step.", a_ref("step")),
        caps=a_list("The limits on the level; each holds where it does not bind.", a_ref("step")),
        gates=a_list("What there has to be before there is a verdict.", a_ref("step")),
    )


def _remark() -> Json:
    return an_object(
        "Words of the rule file beside the verdict.",
        text=a_text("The words."),
        sure=a_flag("False where open levels decide whether they stand there."),
    )


def _sufficient() -> Json:
    return an_object(
        "A member that decides with the others named, whatever those beside them are.",
        member=a_text("The member, by name."),
        kind=a_word("What it is.", *get_args(MemberKind)),
        side=a_word("On which side of the level it decides.", "at least", "at most"),
        level=a_text("The level up to which, or from which on, it decides."),
    )


def _rests_on() -> Json:
    says = "Of how many members their own outcomes are taken, and of how many; null for all."
    return {"description": says, **or_null(a_pair("The two numbers.", a_whole("A number.")))}


def _reason() -> Json:
    return an_object(
        "Why a level or verdict is open, or what a decided one rests on.",
        code=a_word("Why; `unclaimed` is what it rests on.", *WHY),
        members=a_list("The members that it is about, by name.", TEXTS),
    )


def _step() -> Json:
    is_leaf = {"properties": {"kind": {"const": "reaches"}}}
    node = {"if": is_leaf, "then": a_ref("leaf"), "else": a_ref("step")}
    forms = {"anyOf": [*(a_ref(f"form-{name}") for name in FORMS), {"type": "null"}]}
    return an_object(
        "One count in the rule: how much it needs and how much it found.",
        kind=a_word("Which step of the rule it is.", *STEPS),
        low=a_flag("Whether it surely holds."),
        high=a_flag("Whether it can hold."),
        need={"description": "The smallest weight that is enough.", "type": "integer"},
        got=a_pair("The weight that holds, at worst and at best.", WEIGHT),
        of={"description": "The weight of the children that apply.", "type": "integer"},
        undefined=a_word("Why the count has no meaning with those left, if so.", "", *GAPS),
        span=a_ref("span", "Where it stands in the rule file."),
        form={"description": "The form of rule it comes from; null for parts.", **forms},
        children=a_list("What was counted, in the order of the rule.", node),
        per={
            "description": "How much weight makes one of what is counted; below 0 for falling"
            " points.",
            "type": "integer",
        },
        worth=a_list("What members are worth, where points are counted.", _worth()),
        weights=a_list("The weights of the children; empty where each weighs 1.", WEIGHT),
    )


def _worth() -> Json:
    return an_object(
        "What a member's levels are worth.",
        member=a_text("The member's name; `goal` and the id of a goal."),
        weight={"description": "What the member weighs.", **NUMBER},
        points=a_list("What each level is worth, worst first.", NUMBER),
    )


def _member() -> dict[str, Json]:
    return {
        "member": a_word("What the member is.", *get_args(MemberKind)),
        "name": a_text("Its name in the rule file, or in the data that report it."),
        "title": a_text("Its title; empty where it has none."),
        "levels": a_list("The levels of its scale, worst first.", a_text("A level.")),
        "applies": a_flag("False where the data say that it does not apply."),
        "reason": a_word("Why its level is open or does not apply.", "", *OPEN, "not applicable"),
        "interpretations": a_list("What the plan does not say of it, and how it is taken.", TEXTS),
        "unclaimed": a_word(
            "How far the plan would have to be stated to be followed for its level to be another;"
            " empty where that changes nothing.",
            *("", *PLAN.levels[1:]),
        ),
        "policy": a_word("What the rule does with it, missing or not applicable.", *POLICIES),
        "counted": a_flag("False for a member that is only shown."),
        "waiver": waiver_schema(),
        "got": a_pair("The worst and the best level it can have.", a_text("A level.")),
        **finding_fields(),
        "children": a_list("The steps that gave it its level, worst first.", a_ref("step")),
    }


def _leaf() -> Json:
    return an_object(
        "Whether one member is at a level or better.",
        **_member(),
        kind={"description": "The kind of node.", "const": "reaches"},
        span=a_ref("span", "Where the rule file asks for it."),
        need=a_text("The level that the member has to reach."),
        low=a_flag("Whether it surely does."),
        high=a_flag("Whether it can."),
    )


def _span() -> Json:
    places = ("line", "column", "end_line", "end_column")
    says = "Where it begins (`line`, `column`) and ends (the end is not in it), from 1."
    return an_object(
        "A place in the rule file; 1, 1 to 1, 1 for what has no place of its own.",
        **{name: a_whole(says, 1) for name in places},
    )


def _words_of(owner: type, name: str) -> tuple[str, ...]:
    words: tuple[str, ...] = get_args(get_type_hints(owner)[name])
    return words
