"""What an assessment came to, goal by goal: the root of the trace, without text."""

from attrs import frozen

from goalrules.core.decisions import Decided, Waiver
from goalrules.core.trace import Cited, Member, Step
from goalrules.core.vocabulary import (
    BoundSide,
    GoalKind,
    Language,
    MemberKind,
    OpenCauseCode,
    RuleKind,
    Verdict,
)
from goalrules.text.source import Span


@frozen
class OpenCause:
    """Why a level or a verdict is open, or what a decided one rests on, and for which members.

    Of the level: "missing", "not measured", "withheld", "blank", "no reference", "no target",
    "nothing expected", "efforts unstated", "range", "unsaid" or "open". Of a count: "empty",
    "unreported" or "too few". Of what there has to be before there is a verdict: "quorum" or
    "too few remain". Of what it rests on: "unclaimed".
    """

    code: OpenCauseCode
    members: tuple[str, ...] = ()


@frozen
class Fork:
    """A level that the one deciding member can still take, and the verdict that would follow."""

    level: str
    verdict: Verdict


@frozen
class JustifyingMember:
    """A member that decides a verdict with others, whatever those beside them are.

    It does so while it is at the level or better ("at least"), or at the level or worse ("at
    most"). `kind` is that of the member.
    """

    member: str
    kind: MemberKind
    side: BoundSide
    level: str


@frozen
class Remarked:
    """Words of the rule file that stand beside the verdict; `sure` unless open levels decide it."""

    text: str
    sure: bool


@frozen
class Projection:
    """What a goal would come to at the end of the year by the forecasts of its indicators."""

    verdict: Verdict | None
    worst: str | None
    best: str | None

    @property
    def level(self) -> str | None:
        """The level, or None where it is not decided."""
        return self.worst if self.worst == self.best else None


@frozen
class Unjudged:
    """A goal that has no rule for the period."""

    kind: GoalKind
    id: str


@frozen(kw_only=True)
class OverDecided:
    """What a goal's rule comes to where the goals below it count as they were decided.

    It is met from the level `met` of the `levels` up.
    """

    verdict: Verdict
    levels: tuple[str, ...]
    met: str
    worst: str
    best: str

    @property
    def level(self) -> str | None:
        """The level, or None where more than one is left."""
        return self.worst if self.worst == self.best else None


@frozen
class GoalTrace:
    """What the rule of one goal came to in one period.

    `verdict` is "met", "not met" or "open"; None where the plan gives none, and then there is
    no level either. `level` is the level where it is decided, and else lies from `worst` to
    `best`. `deciding` are the members that can still decide an open verdict: exactly, where
    `deciding_exact`; otherwise every open one, since they are too many to try. `why` is the
    smallest reason that is sufficient for a verdict of met or not met; none where that holds in
    any case, or where it would take too long to find. `caps` are the limits on the level, each
    of which holds where it does not bind; `gates` what there has to be before there is a
    verdict; `rests_on` of how many of its members the verdict takes their own outcomes, where
    that is not all of them. `waiver` is the decision that it is not to be judged, which is why it
    has no verdict; `unjudged` are the goals without a rule for the period on which its own rests,
    which is another reason for that; `decided` what was decided of it as a whole beside the
    verdict, and `over_decided` what its rule gives where something was decided of a goal below it.
    """

    id: str
    kind: RuleKind
    title: str
    area: str
    members: tuple[Member, ...]
    sources: tuple[Cited, ...]
    interpretations: tuple[str, ...]
    span: Span
    followed_up: bool = False
    verdict: Verdict | None = None
    met: str = ""
    levels: tuple[str, ...] = ()
    worst: str | None = None
    best: str | None = None
    steps: tuple[Step, ...] = ()
    reasons: tuple[OpenCause, ...] = ()
    deciding: tuple[str, ...] = ()
    deciding_exact: bool = True
    forks: tuple[Fork, ...] = ()
    caps: tuple[Step, ...] = ()
    gates: tuple[Step, ...] = ()
    remarks: tuple[Remarked, ...] = ()
    rests_on: tuple[int, int] | None = None
    why: tuple[JustifyingMember, ...] = ()
    ahead: Projection | None = None
    waiver: Waiver | None = None
    decided: Decided | None = None
    over_decided: OverDecided | None = None
    unjudged: tuple[Unjudged, ...] = ()

    @property
    def level(self) -> str | None:
        """The level, or None where it is not decided."""
        return self.worst if self.worst == self.best else None


@frozen
class FocusArea:
    """A focus area of the plan, and the goals that it is followed up through."""

    title: str
    goals: tuple[str, ...]


@frozen
class AssessmentTrace:
    """What one assessment of a plan came to.

    `period` is written as in `2024`, `2024-10` or `2024-01/2024-08`; `outside_validity` says
    that the plan does not hold in its year. `interpretations` are those of the plan as a whole,
    `of_indicators` those of the rule by which every indicator gets its level.
    """

    plan: str
    body: str
    rules: str
    language: Language
    period: str
    outside_validity: bool
    goals: tuple[GoalTrace, ...]
    focus_areas: tuple[FocusArea, ...] = ()
    interpretations: tuple[str, ...] = ()
    of_indicators: tuple[str, ...] = ()
