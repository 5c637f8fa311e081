"""What was found on the way to a verdict: a tree with the rule's shape, and no text.

An explanation is made from it alone; so it holds every number, name and place that a reader
may ask for, and can be kept as JSON for years (`goalrules.report.wire`).
"""

from decimal import Decimal
from typing import Literal

from attrs import field, frozen
from attrs.converters import optional

from goalrules.core.decisions import Waiver
from goalrules.core.nodes import Worth
from goalrules.core.scales import Ends, Scale
from goalrules.core.vocabulary import (
    AddsUpKind,
    CitedPart,
    ForecastBasis,
    HiddenReason,
    MemberKind,
    MemberReason,
    PlanStatus,
    PolicyEffect,
    ReferenceOrigin,
    StepKind,
    TargetForm,
    UndefinedReason,
)
from goalrules.text.source import NOWHERE, Span


@frozen
class Cited:
    """Where a document says so: its title, and the section or the appendix in it."""

    document: str
    part: CitedPart = "section"
    number: str = ""


@frozen
class Voucher:
    """The row of data that a member's level comes from, with its sheet where the file has several.

    `partial` says that it is for less than the period that was assessed, or for another one
    that ends in it: an indication.
    """

    file: str
    line: int
    column: int
    period: str = ""
    comment: str = ""
    source: str = ""
    partial: bool = False
    sheet: str = ""


@frozen
class ResolvedTarget:
    """A target as it was used: what was asked of the value, and whether the value did it.

    `form` is "at least", "at most", "within", "range", "increase", "decrease", "maintain",
    "parts" or "" where there is no target for the year. `low` and `high` bound the values that
    reach it (None: no bound; `strict`: the bound itself does not reach it).
    """

    form: TargetForm | Literal[""]
    low: Decimal | None = field(default=None, converter=optional(Decimal))
    high: Decimal | None = field(default=None, converter=optional(Decimal))
    strict: bool = False
    percent: Decimal | None = field(default=None, converter=optional(Decimal))
    reference: Decimal | None = field(default=None, converter=optional(Decimal))
    reference_from: ReferenceOrigin | Literal[""] = ""


@frozen
class YearProgress:
    """How far an indicator has come through the year, where the file says how it adds up.

    Where it does not, there is a `forecast` at most, and `adds` is empty. Else it `adds` up as a
    "total", an "average", the "latest" level or a "survey". The value is that of some `months`,
    written as periods are in JSON; `lacking` are those that have no outcome; `next_due` is the
    month at the end of which it is measured for the first time. What is expected so far is a
    `share` of the target, written as in `5/6`, from `low` to `high` where that is not the whole;
    without a share the file does not say. The `forecast` of the year is "stated" in the data, or
    follows from the "pace"; it has a level of its own, empty where that is not decided. Where the
    file gives the values of levels, `paced` is what the value comes to for the year at the pace
    that is expected.
    """

    adds: AddsUpKind | Literal[""]
    months: str = ""
    lacking: tuple[str, ...] = ()
    next_due: str = ""
    share: str | None = None
    low: Decimal | None = field(default=None, converter=optional(Decimal))
    high: Decimal | None = field(default=None, converter=optional(Decimal))
    forecast: Decimal | None = field(default=None, converter=optional(Decimal))
    forecast_from: ForecastBasis | Literal[""] = ""
    forecast_level: str = ""
    paced: Decimal | None = field(default=None, converter=optional(Decimal))


@frozen
class Observation:
    """What the data and the plan say of one indicator, and the row that says it.

    `reached` is what the data say in words of the target; `given` that they state the level. A
    value with too many decimals to be read is `rounded`, so that it compares as the exact one
    does. One that is worked out from others, by a `formula`, may be `lacking` some of them.
    `bands` are the values of each level, where the file gives them. A value that is `hidden` is
    not kept, since it is of few people or cases ("small") or may be ("no count").
    """

    value: Decimal | None = field(default=None, converter=optional(Decimal))
    reached: bool | None = None
    unit: str = ""
    aimed: ResolvedTarget | None = None
    plan: PlanStatus | Literal[""] = ""
    given: bool = False
    row: Voucher | None = None
    rounded: bool = False
    lacking: tuple[str, ...] = ()
    bands: tuple[object, ...] = ()
    formula: object = None
    through: YearProgress | None = None
    hidden: HiddenReason | Literal[""] = ""


@frozen
class Member:
    """One member as it was judged: the levels it can still have, and why.

    `reason` says why more than one level is left: "missing", "not measured", "withheld",
    "blank", "no reference", "no target", "nothing expected", "efforts unstated", "range", "unsaid";
    or that it does not apply ("not applicable"), which a `waiver` may have decided. `unclaimed` is
    how far the plan would have to be stated to be followed ("begun", "followed") for the level to
    be another, where nobody has stated it and the rule counts it only when stated. `policy` is what
    the file says is done with a member that is missing or does not apply: "left out", "counts as",
    "replaced", or "reserve" for one that would replace another and does not.
    `counted` is false for a member that is only shown.
    """

    kind: MemberKind
    name: str
    title: str
    levels: tuple[str, ...]
    worst: str
    best: str
    applies: bool = True
    reason: MemberReason = ""
    finding: Observation | None = None
    steps: tuple["Step", ...] = ()
    interpretations: tuple[str, ...] = ()
    unclaimed: PlanStatus | Literal[""] = ""
    policy: PolicyEffect | Literal[""] = ""
    counted: bool = True
    waiver: Waiver | None = None

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
    return Member(kind, name, "", levels, worst, best, ends.applies, reason)


@frozen
class LevelTest:
    """Whether a member is at a level or better: surely (`low`), and at best (`high`)."""

    level: str
    low: bool
    high: bool
    member: Member
    span: Span = NOWHERE
    kind: Literal["reaches"] = "reaches"


@frozen
class Step:
    """One count in the rule: what it needs, what it found at worst and at best, and of how much.

    `need` is the smallest whole weight that is enough, where what applies adds up to `of`; `per`
    of these make one of what is counted. `weights` are those of the children, where they are not
    all 1; `worth` is what members are worth where points are counted. `undefined` says why a
    count of the members that are left decides nothing: "empty", "unreported" or "too few".
    """

    kind: StepKind
    low: bool
    high: bool
    need: int
    got: tuple[int, int]
    of: int
    children: tuple["Step | LevelTest", ...]
    undefined: UndefinedReason | Literal[""] = ""
    form: object = None
    span: Span = NOWHERE
    per: int = 1
    weights: tuple[int, ...] = ()
    worth: tuple[Worth, ...] = ()
