"""What was found on the way to a verdict: a tree with the rule's shape, and no text.

An explanation is made from it alone; so it holds every number, name and place that a reader
may ask for, and can be kept as JSON for years (`goalrules.document`).

Of these classes thousands are made for one assessment, so they have no slots: attrs fills the dict
of a frozen class several times as fast.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from attrs import field
from attrs.converters import optional

from goalrules.core.decisions import Waiver
from goalrules.core.nodes import Form, Worth
from goalrules.core.scales import Ends, Scale
from goalrules.core.vocabulary import (
    AddsUpKind,
    CitedPart,
    ColumnRole,
    DecidedVerdict,
    ForecastBasis,
    HiddenReason,
    MemberKind,
    MemberReason,
    PlanStatus,
    PolicyEffect,
    ReceiptWarning,
    ReferenceOrigin,
    StepKind,
    TargetForm,
    UndefinedReason,
    UnitPlace,
    UnusedReason,
    Verdict,
)
from goalrules.document import OneOf, Place, Table, Whole
from goalrules.lazily import frozen
from goalrules.text.source import NOWHERE, Span


@frozen
class Cited:
    """Where a document says so: its title, the section or appendix in it, the page, its words."""

    document: Annotated[str, "The document's title."]
    part: Annotated[CitedPart, "The kind of part of it."] = "section"
    number: Annotated[str, "The part's number or letter; empty where none is given."] = ""
    page: Annotated[str, "The number of the page; empty where none is given."] = ""
    words: Annotated[str, "The document's own words there; empty where they are not quoted."] = ""


@frozen
class Decision:
    """When something was decided, by whom, and where in the minutes that stands."""

    day: Annotated[str, "The day of the decision, as `2024-12-16`."]
    by: Annotated[str, "Who decided; empty where that is not said."] = ""
    paragraph: Annotated[str, "The number of the section in the minutes; empty where not said."] = (
        ""
    )

    @property
    def section(self) -> str:
        """The section in the minutes as it is written, `§ 123`; empty where not said."""
        return self.paragraph and f"§ {self.paragraph}"

    @property
    def cited(self) -> str:
        """By what something holds, as `kf § 123 2024-12-16`."""
        return " ".join(filter(None, (self.by, self.section, self.day)))


@frozen
class Reading:
    """What a plan does not say, how the rule file takes it, and who decided that."""

    __title__ = "Interpretation"

    text: Annotated[str, "The interpretation, as it is written."]
    decided: Annotated[Decision | None, "The decision on it; null where none is named."] = None
    otherwise: Annotated[
        str, "What would be said by the other reading, in the file's words; empty for none."
    ] = ""


@frozen
class TableUnit:
    """The unit of all rows of a table, where it is said beside them."""

    unit: Annotated[str, "The unit."]
    said_by: Annotated[UnitPlace, "What says it: a title above, or the name of the sheet or file."]


@frozen(slots=False)
class Receipt:
    """What an assessment says of itself, where its goals are taken as outcomes."""

    plan: Annotated[str, "The plan's title; empty where it has none."]
    body: Annotated[str, "Whose plan it is; empty where that is not said."]
    rules: Annotated[str, "Its rule file, as it was named when the assessment was made."]
    rules_sha256: Annotated[str, "The SHA-256 of that file's text; empty where it is not known."]
    period: Annotated[str, "The period that was assessed, as `period`."]
    engine: Annotated[str, "The version of goalrules that made it."]
    language_version: Annotated[str, "The version of the rule language."]
    warnings: Annotated[tuple[ReceiptWarning, ...], "What a reader has to know of it."] = ()


@frozen(slots=False)
class PlanGoal:
    """A goal of another plan, as its assessment has it."""

    goal: Annotated[str, "The goal's id there."]
    title: Annotated[str, "Its title."]
    verdict: Annotated[Verdict | None, "The verdict; null where there is none."]
    receipt: Annotated[Receipt, "What the assessment says of itself."]
    levels: Annotated[tuple[str, ...], "The levels of its scale, worst first."] = ()
    indication: Annotated[bool, "Whether the verdict is an indication there."] = False
    decided: Annotated[
        DecidedVerdict | Literal[""], "What was decided of it beside its rule; else empty."
    ] = ""
    decided_by: Annotated[str, "Who decided; empty without a decision."] = ""
    decided_on: Annotated[str, "The day of the decision; empty without one."] = ""
    called: Annotated[str, "What its file calls it, by a word of its own; empty for none."] = ""


@frozen
class RowText:
    """A text that stands beside the outcome in a row, and changes nothing."""

    __title__ = "Text"

    role: Annotated[ColumnRole, "As what its column is read."]
    heading: Annotated[str, "The heading of the column; empty where it has none."]
    text: Annotated[str, "The text of the cell."]


@frozen(slots=False)
class GoalRow:
    """A row of data that speaks of a goal and of no indicator: an analysis, an action."""

    file: Annotated[str, "The file, as it was named to the program."]
    line: Annotated[Place, "The row's first line; from 1."]
    texts: Annotated[tuple[RowText, ...], "What stands in it."]
    period: Annotated[str, "The period as it is written there; empty where it has none."] = ""
    sheet: Annotated[str, "The sheet that it stands in; empty where the file has none."] = ""


@frozen(slots=False)
class Voucher:
    """The row of data that a member's level comes from."""

    __title__ = "Input"

    file: Annotated[str, "The file, as it was named to the program."]
    line: Annotated[Place, "The row's first line, or its number among those given; from 1."]
    column: Annotated[Place, "The number of the cell in the row, from 1."]
    period: Annotated[str, "The period as it is written there; empty where it has none."] = ""
    comment: Annotated[str, "The row's comment."] = ""
    source: Annotated[str, "Where the row says that the figure is from."] = ""
    partial: Annotated[
        bool,
        "Whether it is for less than the period that was assessed, or for another one that ends in"
        " it: an indication.",
    ] = False
    months: Annotated[
        str, "The period that it is of, as that assessed, where it is partial; else empty."
    ] = ""
    sheet: Annotated[str, "The sheet that it stands in; empty where the file has none."] = ""
    undated: Annotated[
        bool, "Whether it does not say what period it is of, and is taken for that assessed."
    ] = False
    assessed: Annotated[
        PlanGoal | None, "The goal of another plan that it is; null where it is a row of data."
    ] = None
    responsible: Annotated[str, "Who the row says is responsible."] = ""
    due: Annotated[str, "By when it is to be done, as the row says; a day as `2025-06-30`."] = ""
    texts: Annotated[
        tuple[RowText, ...],
        "What else stands in the row, and changes nothing; none where few people are hidden.",
    ] = ()


@frozen(slots=False)
class OtherRow:
    """A row of the period that does not count for a member, since another row does."""

    __title__ = "Outranked"

    why: Annotated[UnusedReason, "Why it does not count."]
    period: Annotated[str, "The period that it is of, as `period`."]
    counts: Annotated[str, "The period of the row that counts in its place, likewise."]
    file: Annotated[str, "The file, as it was named to the program."]
    line: Annotated[Place, "The row's first line, or its number among those given; from 1."]
    sheet: Annotated[str, "The sheet that it stands in; empty where the file has none."] = ""
    value: Annotated[
        Decimal | None, "Its value; null where it states none, or few people are hidden."
    ] = field(default=None, converter=optional(Decimal))
    column: Annotated[Place, "The number of the cell in the row, from 1."] = 1


@frozen(slots=False)
class ResolvedTarget:
    """A target as it was used, in the year of the period; numbers are in the member's unit."""

    __title__ = "Target"

    form: Annotated[
        TargetForm | Literal[""], "What is asked; empty where there is no target for the year."
    ]
    low: Annotated[
        Decimal | None,
        "The lowest value that reaches it; null for no bound. Of parts how many of them have to"
        " reach theirs; null for all.",
    ] = field(default=None, converter=optional(Decimal))
    high: Annotated[Decimal | None, "The highest value that reaches it; null for no bound."] = (
        field(default=None, converter=optional(Decimal))
    )
    strict: Annotated[bool, "Whether the bound itself does not reach it."] = False
    percent: Annotated[
        Decimal | None,
        "The percent of the reference that is asked for, or allowed either way; null for none.",
    ] = field(default=None, converter=optional(Decimal))
    by: Annotated[
        Decimal | None,
        "How far from the reference is asked for, in the member's unit; null where that is not said"
        " or is in percent.",
    ] = field(default=None, converter=optional(Decimal))
    at_most: Annotated[
        bool, "Whether a change may be so large at most; false where it has to be that at least."
    ] = False
    reference: Annotated[
        Decimal | None,
        "The number that a change, or a distance, is measured from; null where there is none.",
    ] = field(default=None, converter=optional(Decimal))
    reference_from: Annotated[
        ReferenceOrigin | Literal[""], "Where the reference is from; empty without one."
    ] = ""
    reference_period: Annotated[
        str,
        "The period that the reference is of, as `period`; empty where it is of a whole year, or is"
        " no outcome.",
    ] = ""
    compared: Annotated[
        Annotated[Form, OneOf(("compared",))] | None,
        "How the target is measured from another indicator; null where it is not.",
    ] = None


@frozen(slots=False)
class YearProgress:
    """How far an indicator has come through the year; numbers are in its unit."""

    __title__ = "Progress"

    adds: Annotated[
        AddsUpKind | Literal[""],
        "How it adds up; empty where the file does not say, and there is a forecast at most.",
    ]
    months: Annotated[
        str, "The months that the value is of, as `period`; empty without a value."
    ] = ""
    lacking: Annotated[
        tuple[str, ...], "The months, as in `2024-03`, for which an outcome is missing."
    ] = ()
    leaving: Annotated[
        tuple[str, ...], "The months, likewise, in which it does not apply, where others count."
    ] = ()
    next_due: Annotated[
        str, "The month at the end of which it is first measured; empty if that is past."
    ] = ""
    share: Annotated[
        Fraction | None,
        "The share of the target that is expected by now; null where the file does not say.",
    ] = None
    low: Annotated[
        Decimal | None,
        "The lowest value that is expected by now; null where that is the whole target, or none.",
    ] = field(default=None, converter=optional(Decimal))
    high: Annotated[Decimal | None, "The highest value that is expected by now, likewise."] = field(
        default=None, converter=optional(Decimal)
    )
    forecast: Annotated[
        Decimal | None,
        "Where the year ends, which does not change the level; null where nothing says it.",
    ] = field(default=None, converter=optional(Decimal))
    forecast_from: Annotated[
        ForecastBasis | Literal[""], "What the forecast goes by; empty without one."
    ] = ""
    forecast_level: Annotated[
        str, "The level that the year would have; empty if it is not decided."
    ] = ""
    paced: Annotated[
        Decimal | None,
        "What the value comes to for the year at the pace that is expected, where the file gives"
        " the values of levels; else null.",
    ] = field(default=None, converter=optional(Decimal))


@frozen(slots=False)
class MissingTerm:
    """A term of a worked-out value that has no value itself, and why."""

    name: Annotated[str, "The indicator by name."]
    reason: Annotated[MemberReason, "Why it has no value, or that it does not apply."]


@frozen(slots=False)
class TermWorth:
    """What a term of a value of points or degrees counts as there, between two ends."""

    name: Annotated[str, "The indicator by name, or the member of a group as reported."]
    low: Annotated[
        Decimal, "The fewest points that its level can have, times its weight; or the degree."
    ] = field(converter=Decimal)
    high: Annotated[Decimal, "The most, likewise."] = field(converter=Decimal)


@frozen
class TermLevels:
    """The levels that a term of a table can have."""

    name: Annotated[str, "The indicator by name."]
    levels: Annotated[tuple[str, ...], "The levels, worst first; one where it is decided."]


@frozen
class Cell:
    """Where a level was looked up in a table, and what stands there."""

    terms: Annotated[
        tuple[TermLevels, ...], "The levels of its two indicators, by which it was looked up."
    ]
    levels: Annotated[
        tuple[str, ...], "From the worst to the best level that the table gives with these."
    ]


@frozen(slots=False)
class Observation:
    """What the data and the plan say of one indicator, and the row that says it."""

    value: Annotated[
        Decimal | None, "The outcome as it was compared, in the unit `unit`; null without one."
    ] = field(default=None, converter=optional(Decimal))
    reached: Annotated[
        bool | None, "What the data say in words of the target; null where they do not."
    ] = None
    unit: Annotated[str, "The unit in the rule file, such as `%`; empty where it has none."] = ""
    target: Annotated[
        ResolvedTarget | None, "What was asked of the value; null where nothing is."
    ] = None
    plan: Annotated[
        PlanStatus | Literal[""], "What the row says of the plan; empty where it says nothing."
    ] = ""
    given: Annotated[bool, "Whether the data state the level."] = False
    row: Annotated[
        Voucher | None, "The row of data that it comes from; null where there is none."
    ] = None
    rounded: Annotated[
        bool,
        "Whether the value has too many decimals to be read, and is rounded so that it compares"
        " as the exact one does.",
    ] = False
    decimals: Annotated[
        int | None, "To how many decimals the file rounds a worked-out value; null where to none."
    ] = None
    lacking: Annotated[
        tuple[str, ...], "The indicators that a worked-out value lacks, by name."
    ] = ()
    low: Annotated[
        Decimal | None,
        "The lowest that a worked-out value can be of which some terms are open; else null.",
    ] = field(default=None, converter=optional(Decimal))
    high: Annotated[Decimal | None, "The highest that it can be, likewise."] = field(
        default=None, converter=optional(Decimal)
    )
    without: Annotated[
        tuple[MissingTerm, ...],
        "The terms without a value that a worked-out value is worked out without, or that count as"
        " the number that its formula gives them.",
    ] = ()
    worths: Annotated[
        tuple[TermWorth, ...],
        "What each term counts as, where the value is of points or of degrees.",
    ] = ()
    cell: Annotated[
        Cell | None,
        "Where its level was looked up, and what stands there; null where it is of no table.",
    ] = None
    partial_terms: Annotated[
        tuple[str, ...],
        "What it is worked out from, or the parts that it is judged by, whose outcomes are partial,"
        " by name.",
    ] = ()
    undated_parts: Annotated[
        tuple[str, ...], "The parts that it is judged by of which no period is stated, by name."
    ] = ()
    bands: Annotated[
        tuple[Annotated[Form, OneOf(("band",))], ...],
        "The values of each level, where the file gives them.",
    ] = ()
    formula: Annotated[
        Annotated[Form, OneOf(("formula",))] | None,
        "How the value is worked out from others; null where it is not.",
    ] = None
    through: Annotated[
        YearProgress | None, "How far the year has come; null where nothing is known of that."
    ] = None
    others: Annotated[
        tuple[OtherRow, ...],
        "The rows that are of the same end or more months as the one that counts, and do not.",
    ] = ()
    earlier: Annotated[
        Whole, "The number of rows that end before the one that counts, since it ends last."
    ] = 0
    of: Annotated[
        str, "The indicator that it is in an earlier period, by name; empty where it is itself."
    ] = ""
    period: Annotated[str, "That period, as a computer writes it; empty for the assessed one."] = ""
    hidden: Annotated[
        HiddenReason | Literal[""],
        "Why the value is not kept: it is of few people or cases, or may be; else empty.",
    ] = ""

    @property
    def partial(self) -> bool:
        """Whether it, or what it is worked out from or compared with, is of another time."""
        of_part = self.target is not None and bool(self.target.reference_period)
        own = self.row is not None and self.row.partial
        return own or of_part or bool(self.partial_terms)

    @property
    def undated(self) -> bool:
        """Whether nothing says what period it is of, or any of its parts."""
        return bool(self.undated_parts) or (self.row is not None and self.row.undated)


@frozen(slots=False)
class Member:
    """One member of a goal as it was judged: the levels it can still have, and why."""

    kind: Annotated[MemberKind, "What the member is."]
    name: Annotated[
        str, "Its name in the rule file, or in the data that report it; of a goal its id."
    ]
    levels: Annotated[tuple[str, ...], "The levels of its scale, worst first."]
    worst: Annotated[str, "The worst level that it can have."]
    best: Annotated[str, "The best level that it can have."]
    title: Annotated[str, "Its title; empty where it has none."] = ""
    applies: Annotated[bool, "False where the data say that it does not apply."] = True
    reason: Annotated[
        MemberReason, "Why more than one level is left, or that it does not apply; else empty."
    ] = ""
    finding: Annotated[
        Observation | None, "What is known of it; null where no data can speak of it."
    ] = None
    steps: Annotated[tuple["Step", ...], "The steps that gave it its level, worst first."] = ()
    interpretations: Annotated[
        tuple[Reading, ...], "What the plan does not say of it, and how it is taken."
    ] = ()
    unclaimed: Annotated[
        PlanStatus | Literal[""],
        "How far the plan would have to be stated to be followed for the level to be another, where"
        " nobody has stated it and the rule counts it only when stated; else empty.",
    ] = ""
    policy: Annotated[
        PolicyEffect | Literal[""],
        "What the file says is done with it, missing or not applicable; `reserve` for one that"
        " would replace another and does not.",
    ] = ""
    counted: Annotated[bool, "False for a member that is only shown."] = True
    waiver: Annotated[Waiver | None, "The decision not to judge it; null without one."] = None

    @property
    def ends(self) -> Ends:
        """The ends of the member's level, as places on its scale."""
        return Ends(self.levels.index(self.worst), self.levels.index(self.best), self.applies)

    @property
    def decided(self) -> bool:
        """Whether the member applies and has one level."""
        return self.applies and self.worst == self.best


def member(
    kind: MemberKind, name: str, scale: Scale, ends: Ends, reason: MemberReason = ""
) -> Member:
    """A member of which no more is known than its ends."""
    levels = scale.levels
    worst, best = levels[ends.worst], levels[ends.best]
    return Member(kind, name, levels, worst, best, "", ends.applies, reason)


@frozen(slots=False)
class LevelTest:
    """Whether one member is at a level or better."""

    level: Annotated[str, "The level that the member has to reach."]
    member: Annotated[Member, "The member."]
    low: Annotated[bool, "Whether it surely does."] = False
    high: Annotated[bool, "Whether it can."] = False
    span: Annotated[Span, "Where the rule file asks for it."] = NOWHERE
    kind: Annotated[Literal["reaches"], "The kind of node."] = "reaches"


@frozen(slots=False)
class Step:
    """One count in the rule: how much it needs and how much it found."""

    kind: Annotated[StepKind, "Which step of the rule it is."]
    need: Annotated[int, "The smallest whole weight that is enough."]
    got: Annotated[tuple[int, int], "The weight that holds, at worst and at best."]
    of: Annotated[int, "The weight of the children that apply."]
    children: Annotated[
        tuple["Step | LevelTest", ...], "What was counted, in the order of the rule."
    ]
    low: Annotated[bool, "Whether it surely holds."] = False
    high: Annotated[bool, "Whether it can hold."] = False
    exact: Annotated[
        Fraction,
        "The weight that a share comes to before it is rounded up: `12/5` for 60 % of 4; absent"
        " where it is `need`.",
    ] = field()
    undefined: Annotated[
        UndefinedReason | Literal[""],
        "Why a count of the members that are left decides nothing; empty where it does.",
    ] = ""
    form: Annotated[Form | None, "The form of rule that it comes from; null for parts."] = None
    span: Annotated[Span, "Where it stands in the rule file."] = NOWHERE
    per: Annotated[
        int, "How much weight makes one of what is counted; below 0 for falling points."
    ] = 1
    weights: Annotated[
        tuple[int, ...], "The weights of the children; empty where each weighs 1."
    ] = ()
    worth: Annotated[tuple[Worth, ...], "What members are worth, where points are counted."] = ()

    @exact.default
    def _whole(self) -> Fraction:
        return Fraction(self.need)


@frozen(slots=False)
class RuleTrace:
    """What was found of a goal's rule: a step for each level, for each limit, for each gate."""

    __title__ = "Trace"

    steps: Annotated[
        tuple[Step, ...], "For each level above the lowest, worst first: its step."
    ] = ()
    caps: Annotated[
        tuple[Step, ...], "The limits on the level; each holds where it does not bind."
    ] = ()
    gates: Annotated[tuple[Step, ...], "What there has to be before there is a verdict."] = ()


TABLES = (
    Table(
        "states",
        Member,
        "State",
        "Where the members stand that goals and steps name, by name; where one name stands for"
        " several, the others have a number after it.",
        by="name",
    ),
    Table(
        "derivations",
        Member,
        "Derivation",
        "The steps that give indicators their levels.",
        fields=("steps",),
        key="derivation",
    ),
    Table(
        "clauses",
        Step,
        "Clause",
        "What the rule file says in the place of a step.",
        fields=("form", "span", "per", "weights", "worth"),
        key="clause",
    ),
    Table("inputs", Voucher, "Input", "The rows of data that figures come from."),
    Table(
        "files",
        Voucher,
        "File",
        "The files, and the sheets in them, that those rows stand in.",
        fields=("file", "sheet"),
        key="file",
    ),
    Table("readings", Reading, "Interpretation", "What plans do not say, and how that is taken."),
)
"""What stands once in a document with traces."""
