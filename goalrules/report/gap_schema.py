"""The JSON Schema of answers about goals: what is missing, what can be lost, what to find out."""

from typing import get_args

from goalrules.answers.result import Obstacle, State
from goalrules.core.vocabulary import MemberKind
from goalrules.report.gap_wire import SCHEMA
from goalrules.report.schema import GOAL_KINDS, POLICIES
from goalrules.report.schema_forms import NUMBER
from goalrules.report.schema_parts import (
    TEXTS,
    Json,
    a_flag,
    a_level,
    a_list,
    a_number,
    a_pair,
    a_ref,
    a_text,
    a_whole,
    a_word,
    an_object,
    document,
    maybe,
)
from goalrules.report.schema_time import VERDICTS

PLANS = ("", "planned", "begun", "followed")


def gap_schema() -> Json:
    """The schema of `gap_to_dict`; its `$defs` have those of the answers one by one."""
    whole = document(
        SCHEMA,
        "What is missing for a level, what can be lost and what to find out, goal by goal.",
        plan=a_text("The plan's title in the rule file; empty where it has none."),
        body=a_text("Whose plan it is; empty where the file does not say."),
        rules=a_text("The rule file, as it was named to the program."),
        language=a_word("The language of the rule file's words.", "sv", "en"),
        period=a_text("The period assessed: a year, a month (`2024-10`), or month to month."),
        outside_validity=a_flag("Whether the plan is not valid in the year of the period."),
        asked=_asked(),
        goals=a_list("The goals and contributions, in the order of the file.", a_ref("goal")),
    )
    parts = {
        "goal": _goal(), "reach": _reach(), "margin": _margin(), "collect": _collect(),
        "way": _way(), "move": _move(), "mover": _mover(), "need": _need(), "values": _values(),
        "unknown": _unknown(), "share": _share(), "member": an_object("A member.", **_member()),
    }  # fmt: skip
    return {**whole, "$defs": parts}


def _asked() -> Json:
    costs = {
        "description": "What it costs to raise a member by one level, by its name; else 1.",
        "type": "object",
        "additionalProperties": NUMBER,
    }
    return an_object(
        "What was asked.",
        level=a_text("The level; empty for that from which each goal is met."),
        locked=a_list("The names of the members that cannot change.", TEXTS),
        costs=costs,
        depth=a_whole("1 for a goal's own members; each more goes into the goals below.", 1),
    )


def _goal() -> Json:
    return an_object(
        "The answers about one goal; null are those that its verdict does not call for.",
        id=a_text("The goal's id in the rule file."),
        kind=a_word("What it is.", *GOAL_KINDS),
        title=a_text("Its title in the rule file."),
        verdict=a_word("The verdict; null where the plan gives none.", *VERDICTS, None),
        level=a_level("The level; null where it is not decided."),
        worst=a_level("The worst level that it can still have."),
        best=a_level("The best level that it can still have."),
        met=a_level("The level from which it is met."),
        levels=a_list("Its levels, worst first.", TEXTS),
        collect=maybe("collect", "What to find out before it can be decided."),
        reach=maybe("reach", "What is missing before it is surely at the level."),
        margin=maybe("margin", "What can be lost before it is no longer surely at the level."),
        lacks=a_text("The level asked about, where the goal's scale has none such; else empty."),
        limit=a_whole("The steps beyond which nothing is answered; 0 where it is answered."),
    )


def _ways(says: str) -> Json:
    return {
        "goal": a_text("The goal's id."),
        "level": a_level("The level that is asked about."),
        "state": a_word("Whether there are ways, or why there are none.", *get_args(State)),
        "sets": a_whole("How many minimal sets there are."),
        "complete": a_flag("Whether all are given; else the cheapest alone is."),
        "depth": a_whole("How deep the question went.", 1),
        "ways": a_list(says, a_ref("way")),
    }


def _reach() -> Json:
    return an_object(
        "Every minimal set of improvements after which a goal is surely at a level.",
        **_ways("Families of sets, those that cost least first."),
        obstacle=a_word("Why there is no way; empty where there is.", *get_args(Obstacle)),
        blocking=a_list("The members that stand in the way.", a_ref("member")),
        locked=a_list("The members that cannot change.", a_ref("member")),
        held=a_list("Members that a policy leaves out, or holds at a level.", a_ref("member")),
    )


def _margin() -> Json:
    return an_object(
        "Every minimal set of losses after which a goal is no longer surely at a level.",
        **_ways("Families of sets, those that lose least first."),
        tolerates=a_whole("So many members can fall to any level, whichever they are; 0: none."),
    )


def _collect() -> Json:
    return an_object(
        "What to find out before a goal can be decided.",
        goal=a_text("The goal's id."),
        state=a_word("Whether there is something, or why there is not.", *get_args(State)),
        unknowns=a_list("What settles the verdict most often first.", a_ref("unknown")),
        required=a_list("As many of these as it takes, before any verdict.", a_ref("member")),
        least=a_whole("At least so many of them; 0 where a number does not say it."),
    )


def _unknown() -> Json:
    fork = an_object(
        "A level, and what would follow.",
        level=a_text("A level that the member can still have."),
        verdict=a_word("The verdict that would follow.", *VERDICTS),
    )
    return an_object(
        "A member to find out.",
        **_member(),
        forks=a_list("What would follow from each of its levels.", fork),
        settles=a_ref("share", "Of its levels: those that settle the verdict alone."),
        decides=a_ref("share", "Of the cases of the other open members: those where it decides."),
    )


def _share() -> Json:
    return an_object(
        "A share in lowest terms; no probability.",
        count=a_whole("Of how many it is so."),
        of=a_whole("Of how many in all.", 1),
    )


def _way() -> Json:
    return an_object(
        "A family of minimal sets, made by any choice that its moves leave.",
        sets=a_whole("How many sets there are in it.", 1),
        cost=a_number("What each of them costs."),
        findable=a_flag("Whether it may only take finding out what is not known."),
        moves=a_list("What is moved; different moves choose different members.", a_ref("move")),
    )


def _move() -> Json:
    return an_object(
        "Any so many of a group, each to its level.",
        number=a_whole("How many of them.", 1),
        assessed=a_flag("Whether any level is enough: they only have to be assessed."),
        group=a_list("The members that can be chosen.", a_ref("mover")),
    )


def _mover() -> Json:
    return an_object(
        "A member, and the level that it is moved to.",
        goal=a_text("The id of the goal that it is of."),
        **_member(),
        to=a_text("The level."),
        findable=a_flag("Whether it can still turn out to be there."),
        value=a_number("Its value."),
        unit=a_text("The unit of the value; empty where the file names none."),
        need=maybe("need", "What surely gives it the level; of a loss, what keeps it above."),
    )


def _need() -> Json:
    return an_object(
        "What surely gives a level, each of these alone.",
        values=maybe("values", "Outcomes in the member's unit."),
        reached=a_flag("That it is reported to have reached its target."),
        plan=a_word("How far its plan would have to be followed.", *PLANS),
    )


def _values() -> Json:
    return an_object(
        "All numbers between two bounds.",
        low=a_number("The lower bound."),
        high=a_number("The upper bound."),
        above_low=a_flag("Whether the lower bound is not among them."),
        below_high=a_flag("Whether the upper bound is not among them."),
    )


def _member() -> dict[str, Json]:
    return {
        "member": a_word("What kind it is.", *get_args(MemberKind)),
        "name": a_text("Its name; of a goal its id."),
        "title": a_text("Its title; empty where it has none."),
        "levels": a_list("Its levels, worst first.", TEXTS),
        "applies": a_flag("Whether it counts."),
        "got": a_pair("The worst and the best level that it can still have.", TEXTS),
        "reason": a_text("Why more than one is left, or why it does not count."),
        "policy": a_word("What the file says is done with it.", *POLICIES),
    }
