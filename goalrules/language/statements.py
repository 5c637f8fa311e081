"""The statements of a rule file as values.

A file is a flat list of statements; which goal or indicator one belongs to follows from the
order (`gather`). Places are kept and never compared.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, get_args

from attrs import field

from goalrules.core.nodes import Form
from goalrules.core.trace import Decision
from goalrules.core.vocabulary import AddsUpKind, BetterSide, CitedPart, GoalKind, PeriodClass
from goalrules.language.syntax import (
    Band,
    Bound,
    Condition,
    Count,
    DatedTarget,
    ExpectedStep,
    Fact,
    Formula,
    LevelReading,
    LevelWord,
    Name,
    OwnTarget,
    Point,
    Range,
    Scope,
    Spanned,
)
from goalrules.lazily import frozen
from goalrules.text.languages import Language
from goalrules.text.source import Span
from goalrules.versions import RULE_LANGUAGE

Home = Literal["block", "plan", "assess", "goal", "indicator", "group"]

DiffCode = Literal[
    "target", "bands", "worked-out", "rounded", "parts", "unit", "better", "baseline", "weight",
    "shown-only", "points", "adds-up", "measured", "expected", "hidden", "key", "possible",
    "earlier",
]  # fmt: skip
"""What differs of an indicator when a statement of it does."""


@frozen
class Placement:
    """What is declared of a kind of statement: where it stands, how often, what is told of it.

    `homes` are what it may be said of; the first is named where it stands elsewhere. "block" is
    the head of a goal or of the rule of every indicator (`assess`); what is of a goal and of the
    plan holds for every goal where it stands before the first. What is of a "group" holds for each
    of the members that are reported for it. `leads` are the tokens that it
    begins with. It is said `once` at most of one thing in one year, has a meaning `alone` in a
    rule without a plan, and has a `blank` line before it in a file. `diff` is the code of a
    difference in it, `gap` that of years without it between those that have it.
    """

    homes: tuple[Home, ...]
    leads: tuple[str, ...]
    once: bool = False
    alone: bool = False
    blank: bool = False
    diff: DiffCode | Literal[""] = ""
    gap: str = ""


YEARS = range(1900, 2200)
"""The years that can be spoken of."""

IN_PERIOD = "The class of period that it holds in; null for every other."


@frozen
class Comments:
    """The comments of a sentence: on lines before it, and after it on its last line."""

    before: tuple[str, ...] = ()
    after: str = ""


@frozen
class PlanHead:
    """The plan that the file is about, and whose it is."""

    placement: ClassVar[Placement] = Placement(("plan",), ("PLAN",), once=True)

    title: str
    body: str = ""


@frozen
class Validity(Spanned):
    """The years in which the plan holds, or the statement that it is noted at: first and last.

    They begin with a month of the first, by its number, and end with one of the last.
    """

    placement: ClassVar[Placement] = Placement(("plan",), ("VALID",), once=True)

    first: Decimal
    last: Decimal
    month: int = 1
    last_month: int = 12
    comments: Comments = field(factory=Comments, eq=False)

    def holds(self, when: tuple[int, int]) -> bool:
        """Whether a month of a year is one of them."""
        return (self.first, self.month) <= when <= (self.last, self.last_month)


@frozen
class Adopted(Spanned):
    """By whom the plan was decided on, when, and where in the minutes: as `§ 123`."""

    placement: ClassVar[Placement] = Placement(("plan",), ("ADOPTED", "ADOPTED_BY"), once=True)

    decision: Decision


@frozen
class Document:
    """A document that rules are cited from, under a short name."""

    placement: ClassVar[Placement] = Placement(("plan",), ("DOCUMENT",))

    name: Name
    title: str


@frozen
class ScaleHead:
    """Ordered levels, worst first, under a name; without one they are the file's own scale."""

    placement: ClassVar[Placement] = Placement(("plan",), ("SCALE",))

    levels: tuple[Name, ...]
    name: Name | None = None
    reads: tuple[LevelReading, ...] = ()


@frozen
class AssessIndicators:
    """The head of the rule by which every indicator gets its level."""

    placement: ClassVar[Placement] = Placement(("block",), ("ASSESS",), once=True, blank=True)


@frozen
class Stating:
    """How a fact that nobody has stated is taken: as not so (claimed), or as unknown (asked)."""

    placement: ClassVar[Placement] = Placement(
        ("assess",), ("TARGET_REACHED", "PLAN_FOLLOWED", "EFFORTS_BEGUN", "EFFORTS_PLANNED")
    )

    fact: Fact
    claimed: bool


@frozen
class Area:
    """A target area; the goals that follow belong to it."""

    placement: ClassVar[Placement] = Placement(("plan",), ("AREA",), blank=True)

    title: str


@frozen
class Focus:
    """A focus area, and the goals that it is followed up through."""

    placement: ClassVar[Placement] = Placement(("plan",), ("FOCUS",))

    title: str
    goals: tuple[Name, ...] = ()


@frozen
class GoalHead:
    """The head of a goal, or of the board's contribution to a council goal.

    The `short` title is the one in tables, where it has another there.
    """

    placement: ClassVar[Placement] = Placement(("block",), ("GOAL", "CONTRIBUTION"), blank=True)

    kind: GoalKind
    id: Name
    title: str
    scale: Name | None = None
    short: str = ""


@frozen
class Called:
    """What the goal, or the contribution, is called beside its number: the file's own word."""

    placement: ClassVar[Placement] = Placement(("goal",), ("CALLED",), once=True)

    text: str


@frozen
class GoalsCalled:
    """What every goal is called that does not say so itself."""

    placement: ClassVar[Placement] = Placement(("plan",), ("GOALS_CALLED",), once=True)

    text: str


@frozen
class ContributionsCalled:
    """What every contribution is called that does not say so itself."""

    placement: ClassVar[Placement] = Placement(("plan",), ("CONTRIBUTIONS_CALLED",), once=True)

    text: str


@frozen
class FollowedUp:
    """The goal is only followed up: no rule, no verdict."""

    placement: ClassVar[Placement] = Placement(("goal",), ("FOLLOWED_UP",), once=True)


@frozen
class MetFrom:
    """The level from which the goal counts as met, where that is not the top level."""

    placement: ClassVar[Placement] = Placement(("goal",), ("MET_FROM",), once=True, gap="met")

    level: Name


@frozen
class Group:
    """Members under one name: listed here, or those that the data report, on a scale."""

    placement: ClassVar[Placement] = Placement(("goal",), ("GROUP",))

    name: Name
    members: tuple[Name, ...] = ()
    reported: bool = False
    scale: Name | None = None


@frozen
class Policy(Form):
    """How a member that is missing, or does not apply, is taken, before the rule is.

    It is left out where it does not count as a level, and none take its place.
    """

    placement: ClassVar[Placement] = Placement(
        ("goal", "plan"), ("MISSING", "NOT_APPLICABLE"), alone=True
    )

    of: Annotated[Literal["missing", "not applicable"], "Of which members it says what is done."]
    level: Annotated[Name | None, "The level that it counts as; null for none."] = None
    instead: Annotated[Name | None, "The group whose members take its place; null for none."] = None
    remain: Annotated[
        Decimal | None, "How many have to be left; null where the rule does not say."
    ] = None


@frozen
class Requires:
    """Who have to be assessed for there to be a verdict: so many, one, or all of several such."""

    placement: ClassVar[Placement] = Placement(
        ("goal",), ("REQUIRES", "NO_VERDICT"), once=True, alone=True
    )

    condition: Condition


@frozen
class RequiresFor(Form):
    """How many have to be assessed for a level, or a better one, to be sure."""

    placement: ClassVar[Placement] = Placement(("goal",), ("REQUIRES",), alone=True)

    count: Annotated[Count, "How many of whom."]
    level: Annotated[Name, "The level."]


@frozen
class Points:
    """What each level is worth to every member of the goal, or of every goal."""

    placement: ClassVar[Placement] = Placement(
        ("goal", "plan"), ("POINTS",), once=True, alone=True, gap="points"
    )

    points: tuple[Point, ...]


@frozen
class VerdictWords:
    """The plan's own words for verdicts: what a goal with each level is said to be."""

    placement: ClassVar[Placement] = Placement(("goal", "plan"), ("VERDICT_WORDS",), once=True)

    words: tuple[LevelWord, ...]


@frozen
class Indicator:
    """The head of an indicator, or of several that have the same said of them.

    They have one title, or `titles`: one for each, which may be empty.
    """

    placement: ClassVar[Placement] = Placement(("goal",), ("INDICATOR",))

    names: tuple[Name, ...]
    title: str = ""
    scale: Name | None = None
    titles: tuple[str, ...] = ()


@frozen
class Shared:
    """An indicator of another goal, which counts in this one too."""

    placement: ClassVar[Placement] = Placement(("goal",), ("INDICATOR",))

    name: Name
    goal: Name


@frozen
class Earlier:
    """An indicator that is another one of the goal as it was in the same period of an earlier year.

    `years` is how many years before that is.
    """

    placement: ClassVar[Placement] = Placement(("goal",), ("INDICATOR",), diff="earlier")

    name: Name
    of: Name
    years: Decimal = Decimal(1)


@frozen
class ValueBands:
    """The level that each value of the indicator has: the best one whose bound it keeps."""

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("LEVELS",), once=True, diff="bands", gap="target"
    )

    bands: tuple[Band, ...] = ()
    named: Name | None = field(default=None, eq=False)
    """What the bands are called, where the file says them once for many; they are then copied."""


@frozen
class NamedBands:
    """Bands of values under a name, for any indicator that says so."""

    placement: ClassVar[Placement] = Placement(("plan",), ("BANDS",))

    name: Name
    bands: tuple[Band, ...]


@frozen
class WorkedOut:
    """The indicator's value follows from those of others."""

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("EQUAL",), once=True, diff="worked-out"
    )

    formula: Formula


MOST_DECIMALS = 12
"""The number of decimals up to which a worked-out value may be rounded."""


@frozen
class Rounded:
    """To how many decimals a worked-out value is rounded."""

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("ROUNDED",), once=True, diff="rounded"
    )

    decimals: Decimal


@frozen
class Parts:
    """The parts of an indicator: listed here, some with own targets, or those that are reported."""

    placement: ClassVar[Placement] = Placement(("indicator",), ("PARTS",), once=True, diff="parts")

    names: tuple[Name, ...] = ()
    reported: bool = False
    own: tuple[OwnTarget, ...] = ()
    """Those of the parts that have targets of their own."""


def parts_of(parts: Iterable[Name | OwnTarget]) -> Parts:
    """The parts that are listed, some with targets of their own."""
    listed = tuple(parts)
    names = tuple(each.name if isinstance(each, OwnTarget) else each for each in listed)
    return Parts(names, own=tuple(each for each in listed if isinstance(each, OwnTarget)))


@frozen
class Unit:
    """What the indicator's numbers are counted in."""

    placement: ClassVar[Placement] = Placement(("indicator",), ("UNIT",), once=True, diff="unit")

    text: str


@frozen
class Better:
    """Which way the indicator's numbers get better."""

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("HIGHER_BETTER", "LOWER_BETTER"), once=True, diff="better"
    )

    side: BetterSide


@frozen
class Weight:
    """What it weighs beside the others, each of which weighs 1 if nothing is said."""

    placement: ClassVar[Placement] = Placement(
        ("indicator", "group"), ("WEIGHT",), once=True, diff="weight", gap="weight"
    )

    number: Decimal


@frozen
class ShownOnly:
    """The indicator, or each member of the group, is shown and not counted."""

    placement: ClassVar[Placement] = Placement(
        ("indicator", "group"), ("SHOWN_ONLY",), once=True, diff="shown-only"
    )


@frozen
class OwnPoints:
    """What each level is worth to the indicator, or to each member of the group."""

    placement: ClassVar[Placement] = Placement(
        ("indicator", "group"), ("OWN_POINTS",), once=True, alone=True, diff="points", gap="points"
    )

    points: tuple[Point, ...]


@frozen
class AddsUp:
    """How an indicator adds up through the year.

    A total is that of the year, reported month by month, or `to_date` each time; an average is
    that of the months so far; the latest level is that of the last time it was measured; a survey
    is about the year that is assessed, or the one `before`.
    """

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("TOTAL", "AVERAGE", "LATEST", "SURVEY"), once=True, diff="adds-up"
    )

    kind: AddsUpKind
    to_date: bool = False
    before: bool = False


ALL_MONTHS = tuple(range(1, 13))


PARTS_MEASURED: Mapping[str, tuple[int, ...]] = {
    "MEASURED_MONTHLY": ALL_MONTHS,
    "MEASURED_QUARTERLY": (3, 6, 9, 12),
    "MEASURED_TERTIALLY": (4, 8, 12),
    "MEASURED_TERMLY": (6, 12),
}
"""The months at the end of which an indicator is measured, by how often that is."""


@frozen
class Measured:
    """The months, by number and in order, at the end of which the indicator is measured.

    `often` is the keyword, where they are said by how often it is; the months are what counts.
    """

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("MEASURED", *PARTS_MEASURED), once=True, diff="measured"
    )

    months: tuple[int, ...] = ALL_MONTHS
    often: str = field(default="", eq=False)


@frozen
class Expected:
    """What is expected by when: at steps of months; evenly over the year where there are none."""

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("EXPECTED",), once=True, diff="expected"
    )

    steps: tuple[ExpectedStep, ...] = ()


SMALL = Decimal(5)
"""The number below which counts of people are hidden, where the file names none."""


@frozen
class Hidden:
    """The indicator's figures are hidden where they are of fewer people or cases than so many."""

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("HIDDEN",), once=True, diff="hidden"
    )

    below: Decimal = SMALL


@frozen
class Possible:
    """The values that the indicator can have: at least or at most a number, or between two."""

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("POSSIBLE",), once=True, diff="possible"
    )

    bound: Bound | Range

    @property
    def low(self) -> Decimal | None:
        """The lowest of them; None where nothing bounds them below."""
        if isinstance(self.bound, Range):
            return self.bound.low
        return self.bound.number if self.bound.side == "at least" else None

    @property
    def high(self) -> Decimal | None:
        """The highest of them; None where nothing bounds them above."""
        if isinstance(self.bound, Range):
            return self.bound.high
        return self.bound.number if self.bound.side == "at most" else None

    def holds(self, number: Decimal) -> bool:
        """Whether a number is one of them."""
        above = self.low is None or number >= self.low
        return above and (self.high is None or number <= self.high)


@frozen
class Baseline:
    """Where the indicator stood when the plan was made: a number, or words."""

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("BASELINE",), once=True, diff="baseline"
    )

    number: Decimal | None = None
    text: str = ""
    period: str = ""


@frozen
class Target:
    """What the indicator aims at, year by year."""

    placement: ClassVar[Placement] = Placement(
        ("indicator",), ("TARGET",), once=True, diff="target", gap="target"
    )

    aims: tuple[DatedTarget, ...]


@frozen
class DataSource:
    """Where the indicator's figures come from, or the group's reports."""

    placement: ClassVar[Placement] = Placement(("indicator", "group"), ("SOURCE",), once=True)

    text: str


@frozen
class Key:
    """What the indicator is called where its figures come from, as `N15033` of Kolada."""

    placement: ClassVar[Placement] = Placement(("indicator",), ("KEY",), once=True, diff="key")

    text: str


@frozen
class Overall:
    """In which classes of period a goal may be judged as a whole, beside its rule."""

    placement: ClassVar[Placement] = Placement(("goal", "plan"), ("OVERALL",), once=True)

    periods: tuple[PeriodClass, ...]


@frozen
class When:
    """A level is reached when a condition holds."""

    placement: ClassVar[Placement] = Placement(("goal", "assess"), ("HEAD",), alone=True)

    level: Name
    condition: Condition
    period: PeriodClass | None = None


@frozen
class Otherwise:
    """The level that is reached when no condition holds."""

    placement: ClassVar[Placement] = Placement(("goal", "assess"), ("OTHERWISE",), alone=True)

    level: Name
    period: PeriodClass | None = None


@frozen
class SameAs(Form):
    """The level is that of another goal."""

    placement: ClassVar[Placement] = Placement(("goal",), ("SAME_AS",), alone=True)

    goal: Annotated[Name, "The goal that is named."]
    period: Annotated[PeriodClass | None, IN_PERIOD] = None


@frozen
class Extreme(Form):
    """The level is the best, or the worst, of some members'."""

    placement: ClassVar[Placement] = Placement(
        ("goal",), ("BEST_OF", "WORST_OF", "WORST_BUT"), alone=True
    )

    kind: Annotated[Literal["best", "worst"], "Which of them."]
    scope: Annotated[Scope, "Among whom."]
    but: Annotated[Decimal, "How many, the worst first, are left out."] = Decimal(0)
    period: Annotated[PeriodClass | None, IN_PERIOD] = None


@frozen
class Limit(Form):
    """A cap, or a floor, on the level that the clauses give."""

    placement: ClassVar[Placement] = Placement(("goal",), ("CAP", "FLOOR"), alone=True)

    kind: Annotated[Literal["cap", "floor"], "What kind of limit it is."]
    level: Annotated[Name, "The level."]
    word: Annotated[Literal["when", "unless"], "Whether it holds when, or unless."]
    condition: Annotated[Condition, "When, or unless when, it holds."]
    period: Annotated[PeriodClass | None, IN_PERIOD] = None


@frozen
class Shift(Form):
    """The level moves by a step or two, when a condition holds or unless it does.

    Shifts are taken in the order in which they are written, after the clauses and before the floors
    and caps. None goes beyond the ends of the scale.
    """

    placement: ClassVar[Placement] = Placement(
        ("goal",),
        ("STEP_BETTER", "TWO_STEPS_BETTER", "STEP_WORSE", "TWO_STEPS_WORSE"),
        alone=True,
    )

    kind: Annotated[Literal["better", "worse"], "Which way the level moves."]
    by: Annotated[int, "By how many steps."]
    word: Annotated[Literal["when", "unless"], "Whether it moves when, or unless."]
    condition: Annotated[Condition, "When, or unless when, it moves."]
    period: Annotated[PeriodClass | None, IN_PERIOD] = None


Adjustment = Limit | Shift
"""What changes the level that the clauses give."""

AdjustmentKind = Literal["better", "worse", "floor", "cap"]
"""What a shift or a limit does with the level."""


def is_of_bad(adjustment: Adjustment) -> bool:
    """Whether the condition of a limit or a shift is one of bad levels."""
    lowers = adjustment.kind in ("cap", "worse")
    return lowers == (adjustment.word == "when")


@frozen
class Remark:
    """Words that stand beside the verdict and do not change it; `unless met` has no condition."""

    placement: ClassVar[Placement] = Placement(("goal",), ("REMARK",), alone=True)

    text: str
    word: Literal["when", "unless"]
    condition: Condition | None = None


@frozen
class RuleAs:
    """The rule of the goal, its clauses and limits, is what another goal's says of its members."""

    placement: ClassVar[Placement] = Placement(("goal",), ("RULE_AS",), once=True)

    goal: Name


Clause = When | Otherwise | SameAs | Extreme
"""What says when a level is reached."""


@frozen
class Units:
    """The units that the plan holds for, each of which is judged by itself."""

    placement: ClassVar[Placement] = Placement(("plan",), ("FOR_UNITS",), once=True)

    names: tuple[Name, ...]


@frozen
class Together:
    """What is said of a goal in all units together, once it is judged in each of them."""

    placement: ClassVar[Placement] = Placement(("goal",), ("TOGETHER",))

    said: When | Otherwise | Extreme | Limit | Shift | Requires | RequiresFor


@frozen
class According(Spanned):
    """Where the plan says so: a document, the section or appendix in it, the page, its words.

    Or by what `decision` it holds; the `document` is then who decided.
    """

    document: Name
    part: CitedPart = "section"
    number: str = ""
    page: str = ""
    words: str = ""
    decision: Decision | None = None
    comments: Comments = field(factory=Comments)


@frozen
class Interpretation(Spanned):
    """What the plan does not say, how the file takes it, who decided that, or how else it reads."""

    texts: tuple[str, ...]
    decided: Decision | None = None
    other: "OtherReading | None" = None
    comments: Comments = field(factory=Comments)

    def says(self, note: "Note") -> bool:
        """Whether a note is the same interpretation, with the same other reading."""
        return (
            isinstance(note, Interpretation)
            and " ".join(note.texts) == " ".join(self.texts)
            and (note.decided, note.other) == (self.decided, self.other)
        )


Note = According | Interpretation | Validity

Body = (
    PlanHead | Validity | Adopted | Document | ScaleHead | AssessIndicators | Stating | Area | Focus
    | GoalHead | Called | GoalsCalled | ContributionsCalled | FollowedUp | MetFrom | Group | Policy
    | Requires | Points | VerdictWords | Indicator | Shared | Earlier
    | ValueBands | NamedBands | WorkedOut | Rounded | Parts | Unit | Better | Weight | ShownOnly
    | RequiresFor | OwnPoints
    | AddsUp | Measured | Expected | Hidden | Possible | Baseline | Target | DataSource | Key
    | Overall | Clause | Limit | Shift | RuleAs | Remark | Units | Together
)  # fmt: skip
"""Every kind of statement, each with its `placement`."""

KINDS: tuple[type[Body], ...] = get_args(Body)


@frozen
class OtherReading(Spanned):
    """What a sentence would say by another reading of the plan than the file's own."""

    body: Body


OF_PLAN = tuple(kind for kind in KINDS if kind.placement.homes == ("plan",))
"""The statements that belong to the plan as a whole and to nothing else."""


@frozen
class Statement(Spanned):
    """One sentence of the file, with the notes and comments that belong to it.

    A copy of another one has that one's place; `taken_at` is that of the sentence that asks for it.
    """

    body: Body
    notes: tuple[Note, ...] = ()
    comments: Comments = field(factory=Comments)
    taken_at: Span | None = field(default=None, eq=False)


@frozen
class Broken(Spanned):
    """A sentence that could not be read, known by the type of token that it begins with."""

    lead: str


@frozen
class File:
    """A rule file: the language of its words, its statements, and the comments after the last.

    `version` is that of the rule language that its first line names.

    `broken` are the sentences that could not be read; each has a diagnostic of its own.
    """

    language: Language
    statements: tuple[Statement, ...]
    comments: tuple[str, ...] = ()
    version: str = RULE_LANGUAGE
    broken: tuple[Broken, ...] = ()
