"""How far each member decides whether a goal is met, over all possible outcomes."""

from fractions import Fraction
from typing import Literal

from attrs import frozen

from goalrules.core.vocabulary import GoalKind, Language, MemberKind, PeriodClass


@frozen
class MemberInfluence:
    """A member, and in how many of the cases of the others it decides.

    It decides where the goal is met with the member at its best level and not met with it at its
    worst. `others` is the number of those cases. Where the goal can only be met with the member
    at a level or better, `needed` is that level.
    """

    name: str
    kind: MemberKind
    title: str
    levels: tuple[str, ...]
    deciding: int
    others: int
    needed: str = ""

    @property
    def share(self) -> Fraction:
        """The share of the cases of the others in which the member decides; no probability."""
        return Fraction(self.deciding, self.others)


@frozen
class GoalInfluence:
    """The possible outcomes of a goal, those in which it is met, and what each member decides.

    A possible outcome is a level for each member; goals that are members can have any level,
    whatever others have. `period` is the class of period that the rule is for: "monthly",
    "interim" or "annual"; empty, where it is for all. The goal is met from `met_from` on, one of
    its `levels`; it has none where the plan gives it no verdict. `stand_ins` are the groups whose
    members only the data name; each is taken to have three. Where more than `limit` steps would
    have to be looked at nothing is known; else that is nought.
    """

    id: str
    kind: GoalKind
    title: str
    period: PeriodClass | Literal[""] = ""
    levels: tuple[str, ...] = ()
    met_from: str = ""
    cases: int = 0
    met: int = 0
    members: tuple[MemberInfluence, ...] = ()
    stand_ins: tuple[str, ...] = ()
    limit: int = 0


@frozen
class InfluenceReport:
    """The influence of every member of a plan's goals, in the order of the file.

    `years` are those in which the rules are so, as `2024` or `2024/2026`; empty where they never
    change.
    """

    plan: str
    rules: str
    language: Language
    goals: tuple[GoalInfluence, ...]
    years: str = ""
