"""What is answered about a goal: what is missing for a level, what can be lost, what to find out.

All of it is values. A member is given as it stands once the policies of the file are applied.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from goalrules.assess.result import OUTCOMES, AssessmentTrace, Fork, GoalTrace
from goalrules.core.trace import TABLES as OF_TRACES
from goalrules.core.trace import Member, Observation
from goalrules.core.vocabulary import PlanStatus
from goalrules.document import Place, Whole, shown
from goalrules.frozen import FrozenMap
from goalrules.lazily import frozen

TABLES = (*OF_TRACES, OUTCOMES)
"""What stands once in the document of an answer."""


@frozen
class Values:
    """All numbers between two bounds."""

    low: Annotated[Decimal | None, "The lower bound; null for none."] = None
    high: Annotated[Decimal | None, "The upper bound; null for none."] = None
    above_low: Annotated[bool, "Whether the lower bound is not among them."] = False
    below_high: Annotated[bool, "Whether the upper bound is not among them."] = False


@frozen
class Need:
    """What surely gives an indicator a level, each of these alone."""

    values: Annotated[
        Values | None, "Outcomes in the indicator's own unit; null where none does."
    ] = None
    reached: Annotated[bool, "That it is reported to have reached its target."] = False
    plan: Annotated[
        PlanStatus | Literal[""], "How far its plan would have to be followed; else empty."
    ] = ""


@frozen
class Mover:
    """A member and the level that it is moved to, or a worse one that it is not to fall to."""

    goal: Annotated[str, "The id of the goal that it belongs to."]
    member: Annotated[Member, "The member."]
    to: Annotated[str, "The level."]
    findable: Annotated[
        bool, "Whether it may only take finding out: it can still turn out to be at that level."
    ] = False
    need: Annotated[
        Need | None,
        "What would give it the level, where that is certain; of a loss, what keeps it above that"
        " level.",
    ] = None
    value: Annotated[Decimal | None, "The value that it has; null for none."] = None
    unit: Annotated[str, "The unit of its values; empty where the file names none."] = ""
    keeps: Annotated[
        str, "Of a loss, the level that it has to keep instead; empty of an improvement."
    ] = ""


def mover_of(  # noqa: PLR0913 - a member, and what is told of its move
    goal: str,
    member: Member,
    to: str,
    need: Need | None,
    *,
    findable: bool = False,
    keeps: str = "",
) -> Mover:
    """A member of a goal that is moved to a level, with the value that it has."""
    found = member.finding or Observation()
    return Mover(goal, member, to, findable, need, found.value, found.unit, keeps)


@frozen
class Move:
    """Any so many of a group of members, each to its level."""

    number: Annotated[Place, "How many of them."]
    group: Annotated[tuple[Mover, ...], "The members that can be chosen."]
    assessed: Annotated[bool, "Whether any level is enough: they only have to be assessed."] = False


@frozen
class Way:
    """A family of minimal sets of moves, made by any choice that its moves leave."""

    moves: Annotated[tuple[Move, ...], "What is moved; different moves choose different members."]
    sets: Annotated[Place, "How many sets there are in it."]
    cost: Annotated[Decimal, "What each of them costs."]

    @property
    @shown
    def findable(self) -> bool:
        """Whether it may only take finding out what is not known yet."""
        return all(each.findable for move in self.moves for each in move.group)

    @property
    def members(self) -> int:
        """How many members are moved."""
        return sum(move.number for move in self.moves)


State = Literal["there", "ways", "impossible", "barred", "lowest", "none"]
"""Of a question about a goal: it is there already, there are ways, there are none, too little is
known for any verdict, it is at its lowest level and has none to lose, or the plan gives none."""

Obstacle = Literal[
    "", "locked", "past", "unsaid", "gap", "rule", "empty", "unreported", "below", "figures"
]
"""Why there is no way: members are locked, or what they were in an earlier period; the plan does
not say what it takes; too few apply, or none; the rule never gives it; a group is not reported;
goals below cannot be decided; or no figures give the members what it takes."""


TogetherMembers = Annotated[
    tuple[Member, ...],
    "Members that are worked out from the same figures or from each other, and are moved only as"
    " figures let them.",
]
ApartMembers = Annotated[
    tuple[Member, ...],
    "Members that are taken as if each could move by itself, though they are worked out from the"
    " same figures or from each other.",
]


@frozen
class ReachAnswer:
    """What is missing before a goal is surely at a level: every minimal set of improvements."""

    __title__ = "Reach"
    __tables__ = TABLES

    goal: Annotated[GoalTrace, "The goal."]
    level: Annotated[str | None, "The level that is asked about; null without a verdict."]
    state: Annotated[State, "Whether there are ways, or why there are none."]
    ways: Annotated[tuple[Way, ...], "Families of sets, those that cost least first."] = ()
    sets: Annotated[Whole, "How many minimal sets there are."] = 0
    complete: Annotated[bool, "Whether all are given; else the cheapest alone is."] = True
    locked: Annotated[tuple[Member, ...], "The members that were said not to change."] = ()
    held: Annotated[
        tuple[Member, ...],
        "Members that a policy leaves out of the count, or keeps at a level though they do not"
        " apply.",
    ] = ()
    obstacle: Annotated[Obstacle, "Why there is no way; empty where there is."] = ""
    blocking: Annotated[
        tuple[Member, ...],
        "The members in the way: they are locked, cannot be decided, or cannot get so good.",
    ] = ()
    together: TogetherMembers = ()
    apart: ApartMembers = ()
    priced: Annotated[bool, "Whether costs were given."] = False
    depth: Annotated[Place, "How deep the question went."] = 1


@frozen
class MarginAnswer:
    """What can be lost before a goal is no longer surely at a level: every minimal set of it."""

    __title__ = "Margin"
    __tables__ = TABLES

    goal: Annotated[GoalTrace, "The goal."]
    level: Annotated[str | None, "The level that is asked about; null without a verdict."]
    state: Annotated[State, "Whether there are ways, or why there are none."]
    ways: Annotated[tuple[Way, ...], "Families of sets, those that lose least first."] = ()
    sets: Annotated[Whole, "How many minimal sets there are."] = 0
    complete: Annotated[bool, "Whether all are given; else the cheapest alone is."] = True
    tolerates: Annotated[
        Whole,
        "So many members can fall to any level, whichever they are; 0 where there is no such"
        " number, not all sets are given, or a member is a goal, which may fall with another.",
    ] = 0
    together: TogetherMembers = ()
    apart: ApartMembers = ()
    depth: Annotated[Place, "How deep the question went."] = 1


@frozen
class Unknown:
    """An open member to find out, and the verdict that would follow from each of its levels."""

    member: Annotated[Member, "The member."]
    forks: Annotated[tuple[Fork, ...], "What would follow from each of its levels."]
    settles: Annotated[
        Fraction, "The share of its levels that settle the verdict alone; no probability."
    ]
    decides: Annotated[
        Fraction, "The share of the cases of the other open members in which it decides, likewise."
    ]


@frozen
class CollectAnswer:
    """What to find out before a goal can be decided."""

    __title__ = "Collect"
    __tables__ = TABLES

    goal: Annotated[GoalTrace, "The goal."]
    state: Annotated[
        State,
        "Whether there is something (`ways`), the verdict is decided (`there`), nothing that can be"
        " found out decides it (`impossible`), or too few are assessed for any (`barred`).",
    ]
    unknowns: Annotated[tuple[Unknown, ...], "What settles the verdict most often first."] = ()
    required: Annotated[
        tuple[Member, ...], "As many of these as it takes, before any verdict."
    ] = ()
    least: Annotated[Whole, "At least so many of them; 0 where a number does not say it."] = 0


@frozen
class GoalGap:
    """The answers about one goal: those that its verdict calls for, and null for the others."""

    goal: Annotated[GoalTrace, "The goal."]
    reach: Annotated[ReachAnswer | None, "What is missing before it is surely at the level."] = None
    margin: Annotated[
        MarginAnswer | None, "What can be lost before it is no longer surely at the level."
    ] = None
    collect: Annotated[CollectAnswer | None, "What to find out before it can be decided."] = None
    lacks: Annotated[
        str, "The level asked about, where the goal's scale has none such; else empty."
    ] = ""
    limit: Annotated[
        Whole, "The steps beyond which nothing is answered, nor guessed; 0 where it is answered."
    ] = 0


NO_COSTS: FrozenMap[str, Decimal] = FrozenMap({})


@frozen
class GapReport:
    """What is missing for a level, what can be lost and what to find out, goal by goal."""

    __title__ = "Gap"
    __document__ = "urn:goalrules:gap:0"
    __tables__ = TABLES

    assessment: Annotated[AssessmentTrace, "What was assessed."]
    goals: Annotated[tuple[GoalGap, ...], "The goals and contributions, in the order of the file."]
    level: Annotated[
        str, "The level asked about, as it was given; empty for that from which each is met."
    ] = ""
    locked: Annotated[tuple[str, ...], "The names of the members that cannot change."] = ()
    costs: Annotated[
        FrozenMap[str, Decimal],
        "What it costs to raise a member by one level, by its name; else 1.",
    ] = NO_COSTS
    depth: Annotated[Place, "1 for a goal's own members; each more goes into the goals below."] = 1
