"""What an assessment gives back: the results goal by goal, which explain themselves."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from goalrules.answers.influence_result import GoalInfluence, InfluenceReport
from goalrules.assess.goal_state import GoalState
from goalrules.assess.result import (
    AssessmentTrace,
    GoalTrace,
    JustifyingMember,
    OpenCause,
    OverDecided,
    Projection,
)
from goalrules.bounded import bounded
from goalrules.core.decisions import Decided, Waiver
from goalrules.core.vocabulary import Verdict
from goalrules.document import to_json
from goalrules.limits import Limits
from goalrules.questions import (
    Asking,
    Costs,
    Gap,
    Margin,
    Question,
    ToCollect,
    ToReach,
    ask_gap,
    ask_margin,
    ask_to_collect,
    ask_to_reach,
    named,
)
from goalrules.refusal import fault, refuse
from goalrules.report.explain.explanation import explain_goal
from goalrules.report.explain.table import render_table
from goalrules.report.explain.text import render_explanation, render_tree
from goalrules.report.influence import render_influence
from goalrules.text.diagnostics import OutcomeError
from goalrules.text.languages import Language
from goalrules.text.names import nearest

NO_COSTS: Costs = MappingProxyType({})
"""No cost that is not the same for all members."""


@frozen
class GoalResult:
    """What the rule of one goal came to."""

    trace: GoalTrace
    _language: Language
    _standings: Mapping[str, GoalState] = field(factory=dict, repr=False)

    @property
    def id(self) -> str:
        """The goal's id; empty for a rule given alone."""
        return self.trace.id

    @property
    def verdict(self) -> Verdict | None:
        """One of "met", "not met" and "open"; None where the plan gives none in the period."""
        return self.trace.verdict

    @property
    def level(self) -> str | None:
        """The level, or None where it is not decided."""
        return self.trace.level

    @property
    def worst(self) -> str | None:
        """The worst level that the goal can still have; None where it has no verdict."""
        return self.trace.worst

    @property
    def best(self) -> str | None:
        """The best level that the goal can still have; None where it has no verdict."""
        return self.trace.best

    @property
    def reasons(self) -> tuple[OpenCause, ...]:
        """Why the level is open, and what a decided verdict rests on."""
        return self.trace.reasons

    @property
    def deciding(self) -> tuple[str, ...]:
        """The members that can still decide the verdict; none where it is decided."""
        return self.trace.deciding

    @property
    def why(self) -> tuple[JustifyingMember, ...]:
        """The smallest sufficient reason of a decided verdict: members, and how far each may vary.

        They decide it whatever the other members are. None where the verdict is not decided or
        holds in any case, or where there are too many cases to look at.
        """
        return self.trace.why

    @property
    def ahead(self) -> Projection | None:
        """What the year would come to by the forecasts; None where nothing is forecast."""
        return self.trace.ahead

    @property
    def decided(self) -> Decided | None:
        """What was decided of the goal as a whole beside the verdict; None without a judgement."""
        return self.trace.decided

    @property
    def over_decided(self) -> OverDecided | None:
        """What the rule gives where goals below count as they were decided; None where none was."""
        return self.trace.over_decided

    @property
    def waiver(self) -> Waiver | None:
        """The decision that the goal is not to be judged; None where there is none."""
        return self.trace.waiver

    def explain(self, language: Language | None = None) -> str:
        """The explanation as text, in Swedish ("sv") or English ("en")."""
        return render_explanation(explain_goal(self.trace, language or self._language))

    def to_reach(
        self, level: str, locked: Iterable[str] = (), costs: Costs = NO_COSTS, depth: int = 1
    ) -> ToReach:
        """What is missing before the goal is surely at a level, or a better one.

        Args:
            level: a level of the goal's scale in either language, or "met".
            locked: the names of members that cannot change; they stay at the worst they can be.
            costs: what it costs to raise a member by one level, by name; 1 for those not named.
            depth: 1 for the goal's own members; each more goes into the goals that it rests on.

        Raises:
            OutcomeError: a level or a member that the goal does not have, a cost that is none,
                or a question that takes more steps than are taken.
        """
        question = Question(level, locked, costs, depth)
        return ask_to_reach(self._asking, self.trace, question)

    def margin(self, depth: int = 1) -> Margin:
        """What can be lost before the goal is no longer surely met.

        Of a goal that is not met: before it is no longer at the level that it surely has.
        `depth` is as in `to_reach`; `OutcomeError` where it takes more steps than are taken.
        """
        return ask_margin(self._asking, self.trace, depth)

    def to_collect(self) -> ToCollect:
        """What to find out before the goal can be decided, what settles it most often first.

        `OutcomeError` where it takes more steps than are taken.
        """
        return ask_to_collect(self._asking, self.trace)

    @property
    def _asking(self) -> Asking:
        goals = (self.trace,) if self.verdict else ()
        return Asking(goals, self._standings, self._language)

    def to_dict(self) -> dict[str, Any]:
        """The result as the JSON contract has it."""
        return to_json(self.trace)


def wanted_goals(
    goals: Iterable[str], known: Mapping[str, object], language: Language
) -> Mapping[str, None]:
    """The goals that are asked for, each once; `OutcomeError` for one that the plan lacks."""
    wanted = dict.fromkeys(named(goals))
    unknown = [
        fault("unknown-goal", "goal", text=goal, nearest=nearest(goal, known))
        for goal in wanted
        if goal not in known
    ]
    refuse(OutcomeError, unknown, language)
    return wanted


@frozen
class Influence:
    """In how many possible outcomes each member of a plan's goals decides. No probabilities."""

    result: InfluenceReport

    @property
    def goals(self) -> tuple[GoalInfluence, ...]:
        """The goals that have a verdict, in the order of the file."""
        return self.result.goals

    def text(self, language: Language | None = None) -> str:
        """A table for each goal, in Swedish ("sv") or English ("en")."""
        return render_influence(self.result, language or self.result.language)

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON (`goalrules schema influence` prints its schema)."""
        return to_json(self.result)


@frozen
class Assessment(Mapping[str, GoalResult]):
    """What the rules came to in one period, goal by goal, in the order of the file."""

    trace: AssessmentTrace
    _goals: Mapping[str, GoalResult]
    _standings: Mapping[str, GoalState] = field(repr=False)

    def __getitem__(self, goal: str) -> GoalResult:
        return self._goals[goal]

    def __iter__(self) -> Iterator[str]:
        return iter(self._goals)

    def __len__(self) -> int:
        return len(self._goals)

    def only(self, goals: Iterable[str]) -> "Assessment":
        """The same assessment of some goals alone; of all where none is named.

        Raises:
            OutcomeError: a goal that the plan does not have.
        """
        wanted = wanted_goals(goals, self, self.trace.language)
        if not wanted:
            return self
        kept = tuple(goal for goal in self.trace.goals if goal.id in wanted)
        focus = tuple(each for each in self.trace.focus_areas if wanted.keys() & set(each.goals))
        return assessment_of(evolve(self.trace, goals=kept, focus_areas=focus), self._standings)

    def gap(
        self,
        level: str = "",
        locked: Iterable[str] = (),
        costs: Costs = NO_COSTS,
        depth: int = 1,
        *,
        limits: Limits | None = None,
    ) -> Gap:
        """What is missing for a level, what can be lost and what to find out, goal by goal.

        Args:
            level: as in `GoalResult.to_reach`, and so the others; without one, the level from
                which each goal is met.
            locked: names of members of any of the goals.
            costs: by names of members of any of the goals.
            depth: how deep to go.
            limits: how much it may take.

        Raises:
            OutcomeError: a level or a member that none of the goals has, or a cost that is none.
            LimitError: it would take more than it may.
        """
        judged = tuple(each for each in self.trace.goals if each.verdict)
        asking = Asking(judged, self._standings, self.trace.language)
        with bounded(limits, self.trace.language):
            return ask_gap(asking, self.trace, Question(level, locked, costs, depth))

    def table(self, language: Language | None = None) -> str:
        """A line for each goal: verdict, level, how many of how many, what is missing."""
        return render_table(self.trace, language or self.trace.language)

    def tree(self, language: Language | None = None) -> str:
        """The explanation of every goal, step by step, and what the plan leaves open."""
        return render_tree(self.trace, language or self.trace.language)

    def to_dict(self) -> dict[str, Any]:
        """The assessment as the JSON contract has it (`goalrules schema` prints its schema)."""
        return to_json(self.trace)


def assessment_of(trace: AssessmentTrace, goal_states: Mapping[str, GoalState]) -> Assessment:
    """The results of the goals in a trace, with where every goal of the plan stands."""
    goals = {goal.id: GoalResult(goal, trace.language, goal_states) for goal in trace.goals}
    return Assessment(trace, MappingProxyType(goals), MappingProxyType(goal_states))
