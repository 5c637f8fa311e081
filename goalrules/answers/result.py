"""What is answered about a goal: what is missing for a level, what can be lost, what to find out.

All of it is values. A member is given as it stands once the policies of the file are applied.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from goalrules.assess.result import AssessmentTrace, Fork, GoalTrace
from goalrules.core.trace import Member
from goalrules.core.vocabulary import PlanStatus


@frozen
class Values:
    """All numbers between two bounds; None is no bound, and a strict bound is not among them."""

    low: Decimal | None = None
    high: Decimal | None = None
    above_low: bool = False
    below_high: bool = False


@frozen
class Need:
    """What surely gives an indicator a level, each of these alone.

    `values` are outcomes in the indicator's own unit; `reached` that it is reported to have
    reached its target; `plan` how far its plan would have to be followed.
    """

    values: Values | None = None
    reached: bool = False
    plan: PlanStatus | Literal[""] = ""


@frozen
class Mover:
    """A member and the level that it is moved to, or a worse one that it is not to fall to.

    `goal` is the id of the goal that it belongs to. `findable` says that it may only take finding
    out: it can still turn out to be at that level. `need` is what would give it the level, where
    that is certain; of a loss, what keeps it above that level.
    """

    goal: str
    member: Member
    to: str
    findable: bool = False
    need: Need | None = None


@frozen
class Move:
    """Any so many of a group of members, each to its level.

    `assessed` says that any level is enough: it only has to be assessed.
    """

    number: int
    group: tuple[Mover, ...]
    assessed: bool = False


@frozen
class Way:
    """A family of minimal sets of moves, how many sets there are in it, and what each costs.

    The moves of a way choose different members.
    """

    moves: tuple[Move, ...]
    sets: int
    cost: Fraction

    @property
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

Obstacle = Literal["", "locked", "unsaid", "gap", "rule", "empty", "unreported", "below"]
"""Why there is no way: members are locked, the plan does not say what it takes, too few apply, the
rule never gives it, nothing applies, a group is not reported, or goals below cannot be decided."""


@frozen
class ReachAnswer:
    """What is missing before a goal is surely at a level: every minimal set of improvements.

    `sets` is how many there are; where they are too many to be given (`complete` is false) the
    cheapest is given alone. `locked` are members that were said not to change; `held` those that
    a policy has taken out of the count, or keeps at a level though they do not apply; `obstacle`
    is why there is no way, with the `blocking` members that are locked or cannot be decided.
    `priced` says that costs were given.
    """

    goal: GoalTrace
    level: str | None
    state: State
    ways: tuple[Way, ...] = ()
    sets: int = 0
    complete: bool = True
    locked: tuple[Member, ...] = ()
    held: tuple[Member, ...] = ()
    obstacle: Obstacle = ""
    blocking: tuple[Member, ...] = ()
    priced: bool = False
    depth: int = 1


@frozen
class MarginAnswer:
    """What can be lost before a goal is no longer surely at a level: every minimal set of losses.

    `tolerates` is a number of members that can fall to any level, whichever they are, without
    that; nought where there is none, where not all sets are given, or where a member is a goal,
    which may fall with another.
    """

    goal: GoalTrace
    level: str | None
    state: State
    ways: tuple[Way, ...] = ()
    sets: int = 0
    complete: bool = True
    tolerates: int = 0
    depth: int = 1


@frozen
class Unknown:
    """An open member to find out, and the verdict that would follow from each of its levels.

    `settles` is the share of those levels that settle the verdict alone; `decides` the share of
    the cases of the other open members in which this one decides. No share is a probability.
    """

    member: Member
    forks: tuple[Fork, ...]
    settles: Fraction
    decides: Fraction


@frozen
class CollectAnswer:
    """What to find out before a goal can be decided, what settles it most often first.

    There are none where the verdict is decided ("there"), or where nothing that can be found out
    decides it ("impossible"). Where too few are assessed for any verdict ("barred"), those are
    `required` of which as many as it takes have to be: at `least` so many, nought where a number
    does not say it.
    """

    goal: GoalTrace
    state: State
    unknowns: tuple[Unknown, ...] = ()
    required: tuple[Member, ...] = ()
    least: int = 0


@frozen
class GoalGap:
    """The answers about one goal: those that its verdict calls for.

    There are none where it has no verdict, where its scale `lacks` the level that is asked about,
    or where they take more steps than the `limit`; it is nought otherwise. Nothing is guessed.
    """

    goal: GoalTrace
    reach: ReachAnswer | None = None
    margin: MarginAnswer | None = None
    collect: CollectAnswer | None = None
    lacks: str = ""
    limit: int = 0


@frozen
class GapReport:
    """The answers about the goals of an assessment, and how they were asked for.

    `level` is the level asked about as it was given; empty for that from which each is met.
    """

    assessment: AssessmentTrace
    goals: tuple[GoalGap, ...]
    level: str = ""
    locked: tuple[str, ...] = ()
    costs: tuple[tuple[str, Decimal], ...] = ()
    depth: int = 1
