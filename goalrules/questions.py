"""Asking of assessed goals what is missing, what can be lost, and what to find out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import SupportsIndex, cast

from attrs import field

from goalrules.analyse.diagram import MOST_STEPS, OverBudgetError
from goalrules.answer import Gap, Margin, ToCollect, ToReach
from goalrules.answers import result as rs
from goalrules.answers.expanded_rule import GoalStates, expand_rule
from goalrules.answers.gap import (
    Wish,
    gap_of,
    margin_of,
    names_of,
    place_of,
    place_to_keep,
    to_collect,
    to_reach,
)
from goalrules.assess.result import AssessmentTrace, GoalTrace
from goalrules.frozen import FrozenMap
from goalrules.lazily import frozen
from goalrules.limits import stepping
from goalrules.refusal import LimitError, QuestionError, fault, refuse
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.languages import Language
from goalrules.text.names import folded, named, nearest
from goalrules.text.numbers import from_python

Costs = Mapping[str, SupportsIndex | float | Decimal]
"""What it costs to raise a member by one level, by its name."""


@frozen
class Question:
    """What is asked about some goals, in words and numbers as they were given."""

    level: str
    locked: tuple[str, ...] = field(default=(), converter=named)
    costs: Costs = field(factory=dict)
    depth: int = 1


@frozen
class Asking:
    """Some goals that have a verdict, where all goals stand, and whose words are used."""

    goals: tuple[GoalTrace, ...]
    goal_states: GoalStates
    language: Language

    def __attrs_post_init__(self) -> None:
        if any(each.id not in self.goal_states for each in self.goals):
            raise ValueError("what was read from a document knows no rules, and cannot be asked")

    def wishes(self, question: Question) -> tuple[Wish | None, ...]:
        """What is wished for each goal; None for one whose scale lacks the level.

        Raises:
            QuestionError: a level or a member that no goal has, or a cost that is no cost.
        """
        places = [place_of(goal, question.level or goal.met) for goal in self.goals]
        refuse(QuestionError, tuple(self._faults(question, places)), self.language)
        costs = {name: from_python(cost) for name, cost in question.costs.items()}
        return tuple(
            None if place is None else Wish(place, question.locked, costs, question.depth)
            for place in places
        )

    def _faults(self, question: Question, places: list[int | None]) -> Iterator[Diagnostic]:
        if self.goals and all(place is None for place in places):
            levels = tuple(WordRef("level", each) for each in self.goals[0].levels)
            yield fault("unknown-level", "level", text=question.level, levels=levels)
        expanded = [expand_rule(goal.id, self.goal_states, question.depth) for goal in self.goals]
        refs = [ref for each in expanded for ref in each.refs.values()]
        known = list(dict.fromkeys(name for ref in stepping(refs) for name in names_of(ref)))
        folds = {folded(each) for each in known}
        for name in dict.fromkeys((*question.locked, *question.costs)):
            if folded(name) not in folds:
                yield fault("no-such-member", "member", text=name, nearest=nearest(name, known))
        for name, cost in question.costs.items():
            if not _is_cost(cost):
                yield fault("bad-cost", "cost", text=name, number=str(cost))


def _is_cost(cost: SupportsIndex | float | Decimal) -> bool:
    try:
        return from_python(cost) >= 0
    except ValueError:
        return False


def ask_to_reach(asking: Asking, goal: GoalTrace, question: Question) -> ToReach:
    """What is missing before a goal is surely at a level."""
    if goal.verdict is None:
        return ToReach(rs.ReachAnswer(goal, None, "none"), asking.language)
    with _in_budget(goal, asking.language):
        (wish,) = asking.wishes(question)
        return ToReach(to_reach(goal, asking.goal_states, cast(Wish, wish)), asking.language)


def ask_margin(asking: Asking, goal: GoalTrace, depth: int) -> Margin:
    """What can be lost before a goal is no longer met, or no longer at the level it surely has."""
    if goal.verdict is None:
        return Margin(rs.MarginAnswer(goal, None, "none"), asking.language)
    with _in_budget(goal, asking.language):
        found = margin_of(goal, asking.goal_states, place_to_keep(goal), depth)
    return Margin(found, asking.language)


def ask_to_collect(asking: Asking, goal: GoalTrace) -> ToCollect:
    """What to find out before a goal can be decided."""
    if goal.verdict is None:
        return ToCollect(rs.CollectAnswer(goal, "none"), asking.language)
    with _in_budget(goal, asking.language):
        return ToCollect(to_collect(goal, asking.goal_states), asking.language)


def ask_gap(asking: Asking, assessment: AssessmentTrace, question: Question) -> Gap:
    """The answers about each goal that its verdict calls for."""
    wishes = dict(zip((goal.id for goal in asking.goals), asking.wishes(question), strict=True))
    found: list[rs.GoalGap] = []
    for goal in assessment.goals:
        wish = wishes.get(goal.id)
        if goal.verdict is None:
            found.append(rs.GoalGap(goal))
        elif wish is None:
            found.append(rs.GoalGap(goal, lacks=question.level))
        else:
            found.append(gap_of(goal, asking.goal_states, wish))
    costs = FrozenMap({name: from_python(cost) for name, cost in question.costs.items()})
    return Gap(
        rs.GapReport(
            assessment, tuple(found), question.level, question.locked, costs, question.depth
        )
    )


@contextmanager
def _in_budget(goal: GoalTrace, language: Language) -> Iterator[None]:
    """Refuse a question that takes too many steps."""
    try:
        yield
    except OverBudgetError as over:
        refused = fault("over-budget", "goal", text=goal.id, limit=MOST_STEPS)
        raise LimitError([refused], language) from over
