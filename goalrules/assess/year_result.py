"""A year, month by month: what each goal came to, when that changed, and by which members."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated

from attrs import field

from goalrules.assess.input_account import InputAccount
from goalrules.assess.result import OUTCOMES, AssessmentTrace, GoalTrace, RuleChange
from goalrules.core.trace import TABLES, Member
from goalrules.document import Least, Place, Table, Whole, shown
from goalrules.lazily import frozen


@frozen
class GoalChange:
    """A goal in a month in which it came to something else than in the month before."""

    month: Annotated[int, Least(2), "The month, from 2."]
    before: Annotated[GoalTrace, "The goal the month before."]
    goal: Annotated[GoalTrace, "The goal in the month."]
    moved: Annotated[
        tuple[tuple[Member, Member], ...],
        "Its own members that came to something else, each as it was and as it is.",
    ]
    rules: Annotated[
        tuple[RuleChange, ...], "What is said otherwise of it than the month before."
    ] = ()


YEAR_TABLES = (
    *TABLES,
    OUTCOMES,
    Table(
        "goals",
        GoalTrace,
        "GoalFacts",
        "What is said of the goals whatever they come to, by id.",
        fields=(
            "id", "kind", "title", "verdict_words", "called", "area", "sources", "interpretations",
            "span", "followed_up",
        ),
        key="goal",
        by="id",
    ),
    Table(
        "members",
        Member,
        "MemberFacts",
        "What is said of the members whatever they come to, by name, as in `states`.",
        fields=("kind", "name", "title", "levels", "interpretations", "counted"),
        key="member",
        by="name",
    ),
    Table(
        "plans",
        AssessmentTrace,
        "Plan",
        "The plan and its rules, as they are in the periods.",
        fields=(
            "plan", "body", "rules", "rules_sha256", "language", "adopted", "outside_validity",
            "focus_areas", "interpretations", "of_indicators",
        ),
        key="plan",
    ),
)  # fmt: skip
"""What stands once in the document of a year."""


@frozen
class YearTrace:
    """Every period of a year assessed by the rules of a plan."""

    __title__ = "Year"
    __document__ = "urn:goalrules:year:0"
    __tables__ = YEAR_TABLES

    reached: Annotated[Whole, "The last month that there are outcomes for, from 1; 0 for none."]
    months: Annotated[tuple[AssessmentTrace, ...], "The twelve months, in order."]
    interims: Annotated[tuple[AssessmentTrace, ...], "Longer periods than a month, in order."]
    annual: Annotated[AssessmentTrace, "The whole year."]
    annual_given: Annotated[
        bool, "Whether outcomes are of the whole year, or do not say when they are of."
    ] = False
    account: Annotated[
        InputAccount, "What of the inputs any of the periods has used, what not, and why."
    ] = field(default=InputAccount(), eq=False)

    @property
    @shown
    def year(self) -> Place:
        """The year."""
        return int(self.annual.period)

    @property
    @shown
    def changes(self) -> tuple[GoalChange, ...]:
        """When a goal came to something else than the month before."""
        return tuple(each for goal in goals_of_year(self) for each in changes_of(self, goal.id))


def goals_by_month(trace: YearTrace, id_: str) -> Mapping[int, GoalTrace]:
    """One goal in every month that there are outcomes for and in which the plan has it."""
    months = enumerate(trace.months[: trace.reached], 1)
    return {number: goal for number, month in months for goal in month.goals if goal.id == id_}


def goals_of_year(trace: YearTrace) -> tuple[GoalTrace, ...]:
    """Every goal that the plan has in some period of the year, as it is in the last of them."""
    found: dict[str, GoalTrace] = {}
    for period in (*trace.months, *trace.interims, trace.annual):
        found |= {goal.id: goal for goal in period.goals}
    return tuple(found.values())


def changes_of(trace: YearTrace, id_: str) -> Iterator[GoalChange]:
    """When a goal changed through the year: its verdict, or the levels that it could have."""
    for (_, before), (month, goal) in pairwise(goals_by_month(trace, id_).items()):
        if _state(before) != _state(goal):
            changed = trace.months[month - 1].changed
            rules = tuple(each for each in changed if each.goal in ("", id_))
            yield GoalChange(month, before, goal, tuple(_moved(before, goal)), rules)


def _state(goal: GoalTrace) -> tuple[str | None, ...]:
    return goal.verdict, goal.worst, goal.best


def _moved(before: GoalTrace, goal: GoalTrace) -> Iterator[tuple[Member, Member]]:
    """The goal's own members that have another level than before, or no longer apply, or do."""
    known = {each.name: each for each in before.members}
    for member in goal.members:
        was = known.get(member.name)
        if was and was.ends != member.ends:
            yield was, member
