"""What the rules of a plan came to in each of many units, in short: a matrix of verdicts."""

from decimal import Decimal
from typing import Annotated

from attrs import field

from goalrules.assess.input_account import InputAccount
from goalrules.assess.result import GoalTrace
from goalrules.core.trace import TABLES
from goalrules.core.vocabulary import RuleKind, Verdict
from goalrules.document import Whole, shown
from goalrules.lazily import frozen
from goalrules.text.languages import Language


@frozen
class UnitGoal:
    """What a goal came to in one unit."""

    goal: Annotated[str, "The goal's id."]
    verdict: Annotated[Verdict | None, "The verdict; null where the plan gives none in the period."]
    worst: Annotated[str | None, "The worst level; null without a verdict."]
    best: Annotated[str | None, "The best level; null without a verdict."]
    indication: Annotated[
        bool, "Whether outcomes that it rests on are of another time than the whole period."
    ] = False
    undated: Annotated[bool, "Whether outcomes of it do not say what period they are of."] = False

    @property
    @shown
    def level(self) -> str | None:
        """The level; null where it is not decided."""
        return self.worst if self.worst == self.best else None


@frozen
class UnitVerdicts:
    """What the goals came to in one unit."""

    __title__ = "Unit"

    unit: Annotated[str, "The unit, as it stands in the data."]
    goals: Annotated[tuple[UnitGoal, ...], "Its goals; none where its outcomes have faults."]
    reported: Annotated[Whole, "Of how many indicators it has an outcome for the period."]
    of: Annotated[Whole, "How many indicators the goals rest on."]
    faults: Annotated[Whole, "How many faults its outcomes have; it is not judged then."] = 0
    whole: Annotated[bool, "Whether it is all units together, and none of them."] = False


@frozen
class GoalOfUnits:
    """A goal that is judged in each unit."""

    __title__ = "JudgedGoal"

    id: Annotated[str, "The goal's id in the rule file."]
    kind: Annotated[RuleKind, "What it is: a contribution is to a council goal."]
    title: Annotated[str, "The goal's title in the rule file."]
    levels: Annotated[tuple[str, ...], "The levels of its scale, worst first."]
    verdict_words: Annotated[
        tuple[str, ...],
        "What it is said to be with each of them, where the file has words for that.",
    ] = ()


@frozen
class UnitTotal:
    """A figure of all units together that is not the sum of the units' figures."""

    goal: Annotated[str, "The goal's id."]
    name: Annotated[str, "The indicator, which adds up."]
    whole: Annotated[str, "What all units together are called in the data."]
    total: Annotated[Decimal, "Its figure of all together."]
    summed: Annotated[Decimal, "The sum of its figures of the units."]
    units: Annotated[Whole, "How many units those are."]


@frozen
class UnitsTrace:
    """What the rules of a plan came to in each unit, in one period."""

    __title__ = "Units"
    __document__ = "urn:goalrules:units:0"
    __tables__ = TABLES

    plan: Annotated[str, "The plan's title in the rule file; empty where it has none."]
    rules: Annotated[str, "The rule file, as it was named to the program."]
    rules_sha256: Annotated[
        str,
        "The SHA-256 of the rule file's text in UTF-8, in hexadecimal digits; empty where the text"
        " is not known.",
    ]
    language: Annotated[Language, "The language of the rule file."]
    period: Annotated[str, "The period assessed: a year, a month, or from month to month."]
    goals: Annotated[tuple[GoalOfUnits, ...], "The goals, in the order of the rule file."]
    units: Annotated[tuple[UnitVerdicts, ...], "The units, in the order of the data."]
    totals: Annotated[
        tuple[UnitTotal, ...], "The figures of all units together that the units do not add up to."
    ] = ()
    others: Annotated[
        tuple[str, ...], "The units in the data that were not asked for, and are not shown."
    ] = ()
    reaches: Annotated[
        str,
        "The last month of which any unit has outcomes, where the whole year is assessed and none"
        " has any of its end; else empty.",
    ] = ""
    together: Annotated[
        tuple[GoalTrace, ...],
        "The goals with a rule over units, in all of them together; their members are the units.",
    ] = ()
    account: Annotated[
        InputAccount, "What of the inputs any of the units has used, what not, and why."
    ] = field(default=InputAccount(), eq=False)

    @property
    @shown
    def not_reported(self) -> tuple[str, ...]:
        """The units that have no outcome for the period."""
        return tuple(each.unit for each in self.units if not (each.reported or each.faults))
