"""How far each member decides whether a goal is met, over all possible outcomes."""

from fractions import Fraction
from typing import Annotated, Literal

from goalrules.core.vocabulary import GoalKind, MemberKind, PeriodClass
from goalrules.document import Place, Whole
from goalrules.frozen import FrozenMap
from goalrules.lazily import frozen
from goalrules.text.languages import Language


@frozen
class MemberInfluence:
    """A member, and in how many of the cases of the others it decides.

    It decides where the goal is met with the member at its best level and not met with it at its
    worst.
    """

    __title__ = "Member"

    name: Annotated[str, "Its name; of a goal its id."]
    kind: Annotated[MemberKind, "What it is."]
    title: Annotated[str, "Its title in the rule file."]
    levels: Annotated[tuple[str, ...], "Its levels, worst first."]
    deciding: Annotated[Whole, "In how many cases of the other members it decides."]
    others: Annotated[Place, "The number of those cases."]
    needed: Annotated[
        str, "The level that it has to reach for the goal to be met; empty for none."
    ] = ""

    @property
    def share(self) -> Fraction:
        """The share of the cases of the others in which the member decides; no probability."""
        return Fraction(self.deciding, self.others)


@frozen
class GoalInfluence:
    """The possible outcomes of a goal, those in which it is met, and what each member decides.

    A possible outcome is a level for each member; goals that are members can have any level,
    whatever others have.
    """

    __title__ = "Goal"

    id: Annotated[str, "The goal's id in the rule file."]
    kind: Annotated[GoalKind, "What it is."]
    title: Annotated[str, "Its title in the rule file."]
    period: Annotated[
        PeriodClass | Literal[""],
        "The class of period that the rule is for; empty where it is for all. A goal stands twice"
        " or more where it has rules of its own for some.",
    ] = ""
    levels: Annotated[
        tuple[str, ...], "Its levels, worst first; none where it has no verdict."
    ] = ()
    met_from: Annotated[str, "The level from which it is met; empty where it has no verdict."] = ""
    cases: Annotated[Whole, "The number of possible outcomes: a level for each member."] = 0
    met: Annotated[Whole, "In how many of them the goal is met."] = 0
    members: Annotated[
        tuple[MemberInfluence, ...], "The members that the rule asks for, in its order."
    ] = ()
    stand_ins: Annotated[
        tuple[str, ...], "Groups that only data fill, each taken to have three members."
    ] = ()
    joined: Annotated[
        tuple[str, ...],
        "The members that are counted as if they were independent, though they are worked out from"
        " the same figures or from each other.",
    ] = ()
    limit: Annotated[Whole, "The steps beyond which nothing is counted; 0 where it is counted."] = 0


@frozen
class InfluenceReport:
    """The influence of every member of a plan's goals, from the rules alone."""

    __title__ = "Influence"
    __document__ = "urn:goalrules:influence:0"

    plan: Annotated[str, "The plan's title in the rule file; empty where it has none."]
    rules: Annotated[str, "The rule file, as it was named to the program."]
    language: Annotated[Language, "The language of the rule file's words."]
    goals: Annotated[tuple[GoalInfluence, ...], "The goals, in the order of the file."]
    years: Annotated[
        str, "The years of these rules, as `2024/2026`; empty where they never change."
    ] = ""
    rules_sha256: Annotated[
        str, "The SHA-256 of the rule file's text in UTF-8, in hexadecimal digits."
    ] = ""
    called: Annotated[
        FrozenMap[str, str], "What goals are called by the file's own words, by their ids."
    ] = FrozenMap({})
