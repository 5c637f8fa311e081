"""What an assessment came to, goal by goal: the root of the trace, without text."""

from collections.abc import Sequence
from typing import Annotated, Literal

from attrs import field

from goalrules.assess.input_account import InputAccount
from goalrules.core.decisions import Decided, Waiver
from goalrules.core.scales import COLOURS
from goalrules.core.trace import TABLES, Cited, Decision, GoalRow, Member, Reading, RuleTrace, Step
from goalrules.core.vocabulary import (
    BoundSide,
    GoalKind,
    MemberKind,
    OpenCauseCode,
    RuleKind,
    UnitsKnown,
    UntoldReason,
    Verdict,
)
from goalrules.document import Pattern, Table, Whole, shown
from goalrules.frozen import FrozenMap
from goalrules.language.statements import RequiresFor
from goalrules.lazily import frozen
from goalrules.text.languages import Language
from goalrules.text.source import NOWHERE, Span

NO_WORDS: FrozenMap[str, str] = FrozenMap({})
"""That no goal is called by a word of the file's own."""


@frozen(slots=False)
class OpenCause:
    """Why a level or a verdict is open, or what a decided one rests on."""

    code: Annotated[OpenCauseCode, "Why; `unclaimed` is what a decided verdict rests on."]
    members: Annotated[tuple[str, ...], "The members that it is about, by name."] = ()


@frozen(slots=False)
class Fork:
    """A level that a member can still take, and the verdict that would follow."""

    level: Annotated[str, "That level."]
    verdict: Annotated[Verdict, "The verdict that would follow."]


@frozen(slots=False)
class JustifyingMember:
    """A member that decides a verdict with others, whatever those beside them are."""

    __title__ = "Justification"

    member: Annotated[str, "The member, by name."]
    kind: Annotated[MemberKind, "What it is."]
    side: Annotated[
        BoundSide, "Whether it decides while it is at the level or better, or at it or worse."
    ]
    level: Annotated[str, "The level from which on, or up to which, it decides."]


@frozen
class Remarked:
    """Words of the rule file that stand beside the verdict."""

    __title__ = "Remark"

    text: Annotated[str, "The words."]
    sure: Annotated[bool, "False where open levels decide whether they stand there."]


@frozen
class Projection:
    """What a goal would come to at the end of the year by the forecasts of its indicators."""

    verdict: Annotated[Verdict | None, "The verdict; null where the plan gives none for a year."]
    worst: Annotated[str | None, "The worst level; null where the plan gives no verdict."]
    best: Annotated[str | None, "The best level; null where the plan gives no verdict."]

    @property
    @shown
    def level(self) -> str | None:
        """The level; null where it is not decided."""
        return self.worst if self.worst == self.best else None


@frozen
class Unjudged:
    """A goal on which the rule of another rests, and which has no rule for the period."""

    kind: Annotated[GoalKind, "What it is: a contribution is to a council goal."]
    id: Annotated[str, "Its id in the rule file."]


@frozen(kw_only=True)
class OverDecided:
    """What a goal's rule comes to where the goals below it count as they were decided."""

    verdict: Annotated[Verdict, "The verdict."]
    levels: Annotated[tuple[str, ...], "The scale's levels, worst first."]
    met: Annotated[str, "The level from which it counts as met."]
    worst: Annotated[str, "The worst level."]
    best: Annotated[str, "The best level."]

    @property
    @shown
    def level(self) -> str | None:
        """The level; null where it is not decided."""
        return self.worst if self.worst == self.best else None


@frozen(kw_only=True)
class ByOtherReading:
    """What a goal comes to by the other reading of an interpretation, on the same outcomes."""

    __title__ = "OtherReading"

    reading: Annotated[Reading, "The interpretation, with its other reading."]
    verdict: Annotated[
        Verdict | None, "The verdict; null where it is not told, or there is none by it."
    ] = None
    met: Annotated[str, "The level from which it counts as met; empty without a verdict."] = ""
    worst: Annotated[str | None, "The worst level; null without a verdict."] = None
    best: Annotated[str | None, "The best level; null without a verdict."] = None
    reasons: Annotated[tuple[OpenCause, ...], "Why it is open, or what it rests on."] = ()
    untold: Annotated[
        UntoldReason | Literal[""],
        "Why it is not told: a figure of few people in it is not shown, or the rows of data would"
        " have faults; else empty.",
    ] = ""

    @property
    @shown
    def level(self) -> str | None:
        """The level; null where it is not decided."""
        return self.worst if self.worst == self.best else None


@frozen(slots=False)
class GoalTrace:
    """What the rule of one goal came to in one period."""

    __title__ = "Goal"
    __tables__ = TABLES

    id: Annotated[str, "The goal's id in the rule file; empty for a rule given alone."]
    kind: Annotated[RuleKind, "What it is: a contribution is to a council goal."]
    title: Annotated[str, "The goal's title in the rule file."]
    short: Annotated[str, "Its title in tables, where it has another there; else empty."] = field(
        default="", kw_only=True
    )
    verdict_words: Annotated[
        tuple[str, ...],
        "What it is said to be with each level of its scale, worst first, where the file has words"
        " for that; empty for a level of which it has none.",
    ] = field(default=(), kw_only=True)
    called: Annotated[
        FrozenMap[str, str],
        "What it and those below it are called by the file's own words, by their ids; none of which"
        " it has no word.",
    ] = field(default=NO_WORDS, kw_only=True)
    area: Annotated[str, "The target area that it belongs to; empty where there is none."] = ""
    members: Annotated[
        tuple[Member, ...], "Its own indicators and reported members, in order."
    ] = ()
    sources: Annotated[tuple[Cited, ...], "Where the plan says so, as the rule file cites it."] = ()
    interpretations: Annotated[
        tuple[Reading, ...], "What the plan does not say, and how the file takes it."
    ] = ()
    span: Annotated[Span, "Where the goal stands in the rule file."] = NOWHERE
    followed_up: Annotated[
        bool, "Whether the plan only follows the goal up, without a verdict."
    ] = False
    verdict: Annotated[
        Verdict | None, "The verdict; null where the plan gives none in the period."
    ] = None
    met: Annotated[str, "The level from which it counts as met; empty without a verdict."] = ""
    levels: Annotated[tuple[str, ...], "The scale's levels, worst first."] = ()
    worst: Annotated[str | None, "The worst level that it can have; null without a verdict."] = None
    best: Annotated[str | None, "The best level that it can have; null without a verdict."] = None
    trace: Annotated[RuleTrace, "What was found on the way, in the shape of the rule."] = field(
        factory=RuleTrace
    )
    reasons: Annotated[tuple[OpenCause, ...], "Why it is open, or what it rests on."] = ()
    deciding: Annotated[
        tuple[str, ...], "The members that can still decide an open verdict, by name."
    ] = ()
    deciding_exact: Annotated[
        bool, "False where all open members are named: too many to try each."
    ] = True
    forks: Annotated[tuple[Fork, ...], "What would follow, where one member alone decides."] = ()
    remarks: Annotated[
        tuple[Remarked, ...], "What stands beside the verdict and does not change it."
    ] = ()
    coverage: Annotated[
        tuple[Whole, Whole] | None,
        "Of how many members their own outcomes are taken, and of how many; null for all.",
    ] = None
    why: Annotated[
        tuple[JustifyingMember, ...],
        "The smallest sufficient reason of a verdict that is decided; none where it holds in any"
        " case, or where it would take too long to find.",
    ] = ()
    indication: Annotated[
        bool,
        "Whether a decided verdict rests on an outcome for less than the period, or for another"
        " that ends in it; its own, or one of a goal below.",
    ] = False
    ahead: Annotated[Projection | None, "The forecast; null where nothing is forecast."] = None
    waiver: Annotated[Waiver | None, "The decision not to judge it; null without one."] = None
    decided: Annotated[Decided | None, "The judgement of the goal; null without one."] = None
    over_decided: Annotated[
        OverDecided | None,
        "What it gives over decided goals; null where nothing was decided of a goal below.",
    ] = None
    units: Annotated[
        UnitsKnown | Literal[""],
        "Where its members are units, whether they are all there are, or those that the data name;"
        " else empty.",
    ] = ""
    unjudged: Annotated[
        tuple[Unjudged, ...],
        "The goals below without a rule for the period, for which it has no verdict.",
    ] = ()
    other_readings: Annotated[
        tuple[ByOtherReading, ...],
        "What it comes to by each other reading of an interpretation that it rests on.",
    ] = ()
    texts: Annotated[
        tuple[GoalRow, ...],
        "The rows of data that speak of the goal itself; none where few people are hidden in it.",
    ] = ()

    @property
    @shown
    def level(self) -> str | None:
        """The level; null where it is not decided."""
        return self.worst if self.worst == self.best else None

    @property
    @shown
    def verdict_word(self) -> str | None:
        """The plan's own word for its level; null where it has none, or the level is not decided.

        That is what the file says of the level, or the level on a scale of the file's own.
        """
        return own_word(self.level, self.levels, self.verdict_words) if self.level else None

    @property
    def in_tables(self) -> str:
        """The id and the title that it has in tables."""
        return f"{self.id} {self.short or self.title}"

    @property
    def steps(self) -> tuple[Step, ...]:
        """For each level above the lowest, worst first: its step."""
        return self.trace.steps

    @property
    def caps(self) -> tuple[Step, ...]:
        """The limits on the level; each holds where it does not bind."""
        return self.trace.caps

    @property
    def gates(self) -> tuple[Step, ...]:
        """What there has to be before there is a verdict."""
        return self.trace.gates


def own_word(level: str, levels: Sequence[str], words: Sequence[str]) -> str | None:
    """The plan's own word for a goal with one of some levels, of which the file may have words.

    That is the level itself on a scale of the file's own; None for a colour without a word.
    """
    said = words[levels.index(level)] if words else ""
    return said or (None if level in COLOURS.levels else level)


def place_of_gate(gate: Step, goal: GoalTrace) -> int:
    """The place from which a level needs what a gate asks for; 0 where every verdict does."""
    form = gate.form
    return goal.levels.index(form.level.text) if isinstance(form, RequiresFor) else 0


OUTCOMES = Table(
    "outcomes",
    GoalTrace,
    "Outcome",
    "What goals came to, by id; where a goal came to several things, the others have a number"
    " after it.",
    by="id",
)
"""The table of goals in documents that name one often."""


@frozen
class FocusArea:
    """A focus area of the plan."""

    title: Annotated[str, "Its title in the rule file."]
    goals: Annotated[tuple[str, ...], "The ids of the goals that it is followed up through."]


@frozen
class RuleChange:
    """Something that is said of a goal, or of an indicator of it, and that changes in a month."""

    goal: Annotated[str, "The id of the goal; empty where it is said of every indicator."]
    indicator: Annotated[str, "The name of the indicator; empty where it is said of the goal."]
    since: Annotated[str, "The month from which it is so, as `2025-07`."]
    decision: Annotated[Decision | None, "The decision by which it is so; null without one."] = None


@frozen
class AssessmentTrace:
    """What one assessment of a plan came to; every explanation is made from it alone."""

    __title__ = "Assessment"
    __document__ = "urn:goalrules:assessment:0"
    __tables__ = TABLES

    plan: Annotated[str, "The plan's title in the rule file; empty where it has none."]
    body: Annotated[str, "Whose plan it is; empty where the file does not say."]
    rules: Annotated[str, "The rule file, as it was named to the program."]
    language: Annotated[Language, "The language of the rule file's words."]
    period: Annotated[
        str,
        Pattern("^[0-9]{4}(-[0-9]{2}(/[0-9]{4}-[0-9]{2})?)?$"),
        "The period assessed: a year, a month (`2024-10`), or from month to month.",
    ]
    rules_sha256: Annotated[
        str,
        "The SHA-256 of the rule file's text in UTF-8, in hexadecimal digits; empty where the text"
        " is not known.",
    ] = ""
    adopted: Annotated[Decision | None, "The decision on the plan; null where none is named."] = (
        None
    )
    outside_validity: Annotated[
        bool, "Whether the plan is not valid in the year of the period."
    ] = False
    reaches: Annotated[
        str,
        "The month that outcomes reach, as in `2024-09`, where a whole year is assessed and they"
        " end earlier; else empty.",
    ] = ""
    goals: Annotated[
        tuple[GoalTrace, ...], "The goals and contributions, in the order of the rule file."
    ] = ()
    focus_areas: Annotated[
        tuple[FocusArea, ...], "The plan's focus areas, in the order of the rule file."
    ] = ()
    interpretations: Annotated[
        tuple[Reading, ...], "What the plan as a whole does not say and how it is taken."
    ] = ()
    of_indicators: Annotated[
        tuple[Reading, ...], "Likewise of the rule that gives every indicator its level."
    ] = ()
    changed: Annotated[
        tuple[RuleChange, ...],
        "What is said otherwise than before the period: what comes into force in it.",
    ] = ()
    account: Annotated[
        InputAccount,
        "What of the inputs was used, what not, and why; empty in a year.",
    ] = field(default=InputAccount(), eq=False)

    @property
    def called(self) -> dict[str, str]:
        """What its goals are called by the file's own words, by their ids."""
        return {id_: word for goal in self.goals for id_, word in goal.called.items()}
