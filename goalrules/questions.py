"""What can be asked of a goal that is assessed, and the answers, which say themselves."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, SupportsIndex, cast

from attrs import field

from goalrules.analyse.diagram import MOST_STEPS, OverBudgetError
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
from goalrules.document import to_json
from goalrules.frozen import FrozenMap
from goalrules.lazily import frozen
from goalrules.limits import stepping
from goalrules.refusal import LimitError, QuestionError, fault, refuse
from goalrules.report.gap.text import render_collect, render_gap, render_margin, render_reach
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.languages import Language
from goalrules.text.names import folded, named, nearest
from goalrules.text.numbers import from_python

Costs = Mapping[str, SupportsIndex | float | Decimal]
"""What it costs to raise a member by one level, by its name."""


@frozen
class ToReach:
    """What is missing before a goal is surely at a level: every minimal set of improvements."""

    result: rs.ReachAnswer
    _language: Language

    def __repr__(self) -> str:
        return f"ToReach({self.result.goal.id!r}, {self.state!r})"

    @property
    def state(self) -> rs.State:
        """Whether there are ways, none, or nothing is missing ("there")."""
        return self.result.state

    @property
    def ways(self) -> tuple[rs.Way, ...]:
        """The families of sets, those that cost least first."""
        return self.result.ways

    @property
    def sets(self) -> int:
        """How many minimal sets there are."""
        return self.result.sets

    def text(self, language: Language | None = None) -> str:
        """The answer in Swedish ("sv") or English ("en")."""
        return render_reach(self.result, language or self._language)

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON (`goalrules schema gap` has it as `$defs/Reach`)."""
        return to_json(self.result)


@frozen
class Margin:
    """What can be lost before a level is no longer sure: every minimal set of losses."""

    result: rs.MarginAnswer
    _language: Language

    def __repr__(self) -> str:
        return f"Margin({self.result.goal.id!r}, {self.state!r})"

    @property
    def state(self) -> rs.State:
        """Whether there are losses that would do it, none, or nothing to lose ("lowest")."""
        return self.result.state

    @property
    def ways(self) -> tuple[rs.Way, ...]:
        """The families of sets, those that lose least first."""
        return self.result.ways

    @property
    def sets(self) -> int:
        """How many minimal sets there are."""
        return self.result.sets

    def text(self, language: Language | None = None) -> str:
        """The answer in Swedish ("sv") or English ("en")."""
        return render_margin(self.result, language or self._language)

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON (`goalrules schema gap` has it as `$defs/Margin`)."""
        return to_json(self.result)


@frozen
class ToCollect:
    """What to find out before a goal can be decided, what settles it most often first."""

    result: rs.CollectAnswer
    _language: Language

    def __repr__(self) -> str:
        return f"ToCollect({self.result.goal.id!r}, {self.state!r})"

    @property
    def state(self) -> rs.State:
        """Whether something can be found out ("ways"), or the verdict is decided ("there")."""
        return self.result.state

    @property
    def unknowns(self) -> tuple[rs.Unknown, ...]:
        """The open members that can decide, with what would follow from each of their levels."""
        return self.result.unknowns

    def text(self, language: Language | None = None) -> str:
        """The answer in Swedish ("sv") or English ("en")."""
        return render_collect(self.result, language or self._language)

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON (`goalrules schema gap` has it as `$defs/Collect`)."""
        return to_json(self.result)


@frozen
class Gap:
    """What is missing, what can be lost and what to find out, goal by goal."""

    result: rs.GapReport

    def __repr__(self) -> str:
        return f"Gap({self.result.assessment.period}, {len(self.goals)} goals)"

    @property
    def goals(self) -> tuple[rs.GoalGap, ...]:
        """The answers about each goal, in the order of the file."""
        return self.result.goals

    @property
    def refused(self) -> tuple[rs.GoalGap, ...]:
        """The goals about which a question takes more steps than are taken."""
        return tuple(each for each in self.goals if each.limit)

    def text(self, language: Language | None = None) -> str:
        """The answers in Swedish ("sv") or English ("en")."""
        return render_gap(self.result, language or self.result.assessment.language)

    def to_dict(self) -> dict[str, Any]:
        """The answers as JSON (`goalrules schema gap` prints its schema)."""
        return to_json(self.result)


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

    def wishes(self, question: Question) -> tuple[Wish | None, ...]:
        """What is wished for each goal; None for one whose scale lacks the level.

        Raises:
            QuestionError: a level or a member that no goal has, or a cost that is no cost.
        """
        _check(question.depth)
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


def _check(depth: int) -> None:
    if depth < 1:
        raise ValueError(f"a depth is 1 or more: {depth}")


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
    _check(depth)
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
