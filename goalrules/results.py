"""What an assessment gives back: the results goal by goal, which explain themselves."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar, cast, overload

from attrs import evolve

from goalrules.answer import Answer, Gap, Margin, ToCollect, ToReach
from goalrules.assess.goal_rule import GoalState
from goalrules.assess.input_account import InputAccount
from goalrules.assess.result import (
    AssessmentTrace,
    GoalTrace,
    JustifyingMember,
    OpenCause,
    OverDecided,
    Projection,
)
from goalrules.assess.rule_program import Outcome
from goalrules.bounded import bounded
from goalrules.core.decisions import Decided, Waiver
from goalrules.core.vocabulary import VERDICTS, Verdict
from goalrules.document import from_json, to_json
from goalrules.frozen import FrozenMap, frozen_map
from goalrules.lazily import frozen
from goalrules.limits import Limits
from goalrules.refusal import QuestionError, fault, refuse
from goalrules.report.explain.table import render_table
from goalrules.report.explain.text import render_goal, render_tree
from goalrules.report.inputs import render_inputs
from goalrules.report.summary import summary_of
from goalrules.text.languages import Language
from goalrules.text.names import named, nearest

if TYPE_CHECKING:
    from goalrules.questions import Asking, Costs

NO_COSTS: "Costs" = FrozenMap({})
"""No cost that is not the same for all members."""


class Found(Protocol):
    """What was found on the way to some verdicts, put together when it is first looked at."""

    @property
    def goals(self) -> Mapping[str, GoalTrace]:
        """What was found of each goal."""

    @property
    def goal_states(self) -> Mapping[str, GoalState]:
        """Where the members stand of each goal of the plan that has a rule for the period."""


@frozen
class Kept:
    """What was found, put together already."""

    goals: Mapping[str, GoalTrace]
    goal_states: Mapping[str, GoalState]


class FoundOfPlan(Found, Protocol):
    """The same of a plan, with what is known of it as a whole."""

    @property
    def trace(self) -> AssessmentTrace:
        """All that was found on the way."""

    @property
    def inputs(self) -> InputAccount:
        """What was used of the inputs, and what not."""


@frozen
class KeptOfPlan:
    """What was found of a plan, put together already, but for the account of its inputs."""

    trace: AssessmentTrace
    goal_states: Mapping[str, GoalState]
    _account: "Later[InputAccount]"

    @property
    def goals(self) -> Mapping[str, GoalTrace]:
        """What was found of each goal."""
        return {goal.id: goal for goal in self.trace.goals}

    @property
    def inputs(self) -> InputAccount:
        """What was used of the inputs, and what not."""
        return self._account()


Thing_co = TypeVar("Thing_co", covariant=True)


class Later(Generic[Thing_co]):
    """What is put together when it is first looked at."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Thing_co]) -> None:
        self._make, self._made = make, cast("Thing_co | None", None)

    def __call__(self) -> Thing_co:
        """The thing itself."""
        if self._made is None:
            self._made = self._make()
        return self._made


class GoalResult(Answer[GoalTrace]):
    """What the rule of one goal came to.

    The verdict is known at once; what was found on the way is put together when it is looked at.
    """

    __slots__ = ("_came", "_found", "_id", "_language")
    _render = staticmethod(render_goal)

    def __init__(
        self,
        id_: str,
        came: Outcome | GoalTrace | None,
        found: Callable[[], Found],
        language: Language,
    ) -> None:
        self._id, self._came, self._found, self._language = id_, came, found, language

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GoalResult):
            return NotImplemented
        return (self.trace, self._language) == (other.trace, other._language)

    def __hash__(self) -> int:
        return hash((self.trace, self._language))

    def __repr__(self) -> str:
        return f"GoalResult({self.id!r}, {self.verdict!r}, {self.worst!r} to {self.best!r})"

    def __reduce__(self) -> tuple[object, ...]:
        kept = Kept(FrozenMap({self.id: self.trace}), self._kept.goal_states)
        return result_of, (self.trace, kept, self._language)

    @property
    def id(self) -> str:
        """The goal's id; empty for a rule given alone."""
        return self._id

    @property
    def trace(self) -> GoalTrace:
        """What was found on the way to the verdict."""
        return self._kept.goals[self._id]

    @property
    def _kept(self) -> Found:
        """What was found, put together once."""
        if not isinstance(self._found, Later):
            self._found = Later(self._found)
        return self._found()

    @property
    def language(self) -> Language:
        """The language of its text where no other is asked for: that of the rules."""
        return self._language

    @property
    def verdict(self) -> Verdict | None:
        """One of "met", "not met" and "open"; None where the plan gives none in the period."""
        return self._came.verdict if self._came else None

    @property
    def level(self) -> str | None:
        """The level, or None where it is not decided."""
        return self._came.level if self._came else None

    @property
    def worst(self) -> str | None:
        """The worst level that the goal can still have; None where it has no verdict."""
        return self._came.worst if self._came else None

    @property
    def best(self) -> str | None:
        """The best level that the goal can still have; None where it has no verdict."""
        return self._came.best if self._came else None

    @property
    def verdict_word(self) -> str | None:
        """The plan's own word for the level; None where it has none, or the level is open."""
        return self.trace.verdict_word

    @property
    def reasons(self) -> tuple[OpenCause, ...]:
        """Why the level is open, and what a decided verdict rests on."""
        return self._came.reasons if self._came else ()

    @property
    def deciding(self) -> tuple[str, ...]:
        """The members that can still decide the verdict; none where it is decided."""
        return self._came.deciding if self._came else ()

    @property
    def why(self) -> tuple[JustifyingMember, ...]:
        """The smallest sufficient reason of a decided verdict: members, and how far each may vary.

        They decide it whatever the other members are. None where the verdict is not decided or
        holds in any case, or where there are too many cases to look at.
        """
        return self._came.why if self._came else ()

    @property
    def indication(self) -> bool:
        """Whether a decided verdict rests on an outcome for less than the period."""
        return self.trace.indication

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

    def to_reach(
        self,
        level: str,
        locked: Iterable[str] = (),
        costs: "Costs" = NO_COSTS,
        depth: int = 1,
        *,
        limits: Limits | None = None,
    ) -> ToReach:
        """What is missing before the goal is surely at a level, or a better one.

        Args:
            level: a level of the goal's scale in either language, or "met".
            locked: the names of members that cannot change; they stay at the worst they can be.
            costs: what it costs to raise a member by one level, by name; 1 for those not named.
            depth: 1 for the goal's own members; each more goes into the goals that it rests on.
            limits: how much it may take.

        Raises:
            QuestionError: a level or a member that the goal does not have, or a cost that is none.
            LimitError: a question that takes more than it may, or than any question takes.
        """
        with bounded(limits, self._language):
            from goalrules.questions import Question, ask_to_reach

            question = Question(level, locked, costs, depth)
            return ask_to_reach(self._asking, self.trace, question)

    def margin(self, depth: int = 1, *, limits: Limits | None = None) -> Margin:
        """What can be lost before the goal is no longer surely met.

        Of a goal that is not met: before it is no longer at the level that it surely has.
        `depth`, `limits` and `LimitError` are as in `to_reach`.
        """
        with bounded(limits, self._language):
            from goalrules.questions import ask_margin

            return ask_margin(self._asking, self.trace, depth)

    def to_collect(self, *, limits: Limits | None = None) -> ToCollect:
        """What to find out before the goal can be decided, what settles it most often first.

        `limits` and `LimitError` are as in `to_reach`.
        """
        with bounded(limits, self._language):
            from goalrules.questions import ask_to_collect

            return ask_to_collect(self._asking, self.trace)

    @property
    def _asking(self) -> "Asking":
        from goalrules.questions import Asking

        goals = (self.trace,) if self.verdict else ()
        return Asking(goals, self._kept.goal_states, self._language)


def result_of(trace: GoalTrace, kept: Kept, language: Language) -> GoalResult:
    """The result of a goal, of which all is put together."""
    return GoalResult(trace.id, trace, Later(lambda: kept), language)


class Verdicts(Sequence[Verdict]):
    """The verdicts of the rows of some columns.

    `codes` are their places among "not met", "open" and "met", a byte for each row.
    """

    __slots__ = ("_result", "codes")

    def __init__(self, codes: bytes, result: Callable[[int], GoalResult]) -> None:
        self.codes, self._result = codes, result

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, row: int) -> Verdict: ...

    @overload
    def __getitem__(self, row: slice) -> list[Verdict]: ...

    def __getitem__(self, row: int | slice) -> Verdict | list[Verdict]:
        if isinstance(row, slice):
            return [VERDICTS[code] for code in self.codes[row]]
        return VERDICTS[self.codes[row]]

    def __repr__(self) -> str:
        return f"Verdicts({self.counts()!r})"

    def counts(self) -> dict[Verdict, int]:
        """How many rows have each verdict."""
        return {verdict: self.codes.count(code) for code, verdict in enumerate(VERDICTS)}

    def result(self, row: int) -> GoalResult:
        """The whole result of a row, with its explanation, as one by itself has it."""
        return self._result(range(len(self.codes))[row])


class PlanVerdicts(Mapping[str, Verdicts | None]):
    """The verdicts of every goal of a plan over the rows of some columns, by the goal's id.

    None where the plan gives a goal no verdict in the period. The number of `rows` is the columns'.
    """

    __slots__ = ("_assessed", "_verdicts", "rows")

    def __init__(
        self,
        codes: Mapping[str, Callable[[], bytes] | None],
        rows: int,
        assessed: "Callable[[int], Assessment]",
    ) -> None:
        self.rows, self._assessed = rows, assessed
        self._verdicts = {
            goal: each and Later(partial(self._of_goal, goal, each)) for goal, each in codes.items()
        }

    def __getitem__(self, goal: str) -> Verdicts | None:
        verdicts = self._verdicts[goal]
        return None if verdicts is None else verdicts()

    def __iter__(self) -> Iterator[str]:
        return iter(self._verdicts)

    def __len__(self) -> int:
        return len(self._verdicts)

    def __repr__(self) -> str:
        return f"PlanVerdicts({len(self)} goals, {self.rows} rows)"

    def row(self, row: int) -> dict[str, Verdict | None]:
        """The verdict of each goal in one row, as `Assessment.verdicts` has them."""
        return {goal: None if each is None else each[row] for goal, each in self.items()}

    def result(self, row: int) -> "Assessment":
        """The whole assessment of a row, with its explanations, as one by itself has it."""
        return self._assessed(range(self.rows)[row])

    def _of_goal(self, goal: str, codes: Callable[[], bytes]) -> Verdicts:
        return Verdicts(codes(), lambda row: self.result(row)[goal])


def wanted_goals(
    goals: Iterable[str], known: Mapping[str, object], language: Language
) -> Mapping[str, None]:
    """The goals that are asked for, each once; `QuestionError` for one that the plan lacks."""
    wanted = dict.fromkeys(named(goals))
    unknown = [
        fault("unknown-goal", "goal", text=goal, nearest=nearest(goal, known))
        for goal in wanted
        if goal not in known
    ]
    refuse(QuestionError, unknown, language)
    return wanted


class Overriding(Protocol):
    """What can be assessed again with other outcomes for some indicators."""

    def overridden(self, overrides: Mapping[str, object]) -> "Assessment":
        """The assessment with those outcomes."""


@frozen
class WhatIf:
    """What goals would come to with other outcomes for some indicators.

    `changed` are those that would come to something else, by their ids: each before and after.
    """

    before: "Assessment"
    after: "Assessment"

    @property
    def changed(self) -> Mapping[str, tuple[GoalResult, GoalResult]]:
        """The goals whose verdict, or the levels that they can have, would be another."""
        pairs = {goal: (self.before[goal], self.after[goal]) for goal in self.before}
        return {goal: pair for goal, pair in pairs.items() if _came(pair[0]) != _came(pair[1])}


def _came(goal: GoalResult) -> tuple[str | None, ...]:
    return goal.verdict, goal.worst, goal.best


class Assessment(Answer[AssessmentTrace], Mapping[str, GoalResult]):
    """What the rules came to in one period, goal by goal, in the order of the file.

    The verdicts are known at once; what was found on the way is put together when it is looked at.
    """

    __slots__ = ("_came", "_found", "_language", "_source")
    _render = staticmethod(render_tree)

    def __init__(
        self,
        came: Mapping[str, Outcome | GoalTrace | None],
        found: Later[FoundOfPlan],
        language: Language,
        source: Overriding | None = None,
    ) -> None:
        self._came, self._found, self._language = came, found, language
        self._source = source

    def __repr__(self) -> str:
        counted = Counter(each.verdict or "no verdict" for each in self.values())
        told = ", ".join(f"{number} {verdict}" for verdict, number in counted.items())
        return f"Assessment({self.trace.rules!r}, {self.trace.period}: {told})"

    def __getitem__(self, goal: str) -> GoalResult:
        return GoalResult(goal, self._came[goal], self._found, self._language)

    def __iter__(self) -> Iterator[str]:
        return iter(self._came)

    def __len__(self) -> int:
        return len(self._came)

    def __eq__(self, other: object) -> bool:
        return self.trace == other.trace if isinstance(other, Assessment) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.trace)

    def __reduce__(self) -> tuple[object, ...]:
        return assessment_of, (self._told, self._found().goal_states)

    @property
    def trace(self) -> AssessmentTrace:
        """All that was found on the way."""
        return self._found().trace

    @property
    def inputs(self) -> InputAccount:
        """What of every file and row was used, in which role, and what was not, and why.

        It names rows and never what they say. Of an assessment of some goals alone it is that of
        all of them.
        """
        return self._found().inputs

    @property
    def _told(self) -> AssessmentTrace:
        """What was found, with the account of the inputs."""
        return evolve(self.trace, account=self.inputs)

    def inputs_text(self, language: Language | None = None) -> str:
        """The whole account of the inputs in words."""
        return render_inputs(self.inputs, language or self.language)

    @property
    def language(self) -> Language:
        """The language of its text where no other is asked for: that of the rules."""
        return self._language

    def verdicts(self) -> dict[str, Verdict | None]:
        """The verdict of each goal by its id; None where the plan gives none in the period."""
        return {goal: came.verdict if came else None for goal, came in self._came.items()}

    def rows(self) -> list[dict[str, str | None]]:
        """A row for each goal, for any data frame: what it is, and what it came to."""
        plan, period = self.trace.plan, self.trace.period
        return [
            {
                "plan": plan,
                "period": period,
                "goal": goal.id,
                "kind": goal.trace.kind,
                "title": goal.trace.title,
                "verdict": goal.verdict,
                "level": goal.level,
                "verdict_word": goal.verdict_word,
                "worst": goal.worst,
                "best": goal.best,
            }
            for goal in self.values()
        ]

    def what_if(self, overrides: Mapping[str, object], *, limits: Limits | None = None) -> WhatIf:
        """What would follow if the outcomes of some indicators were others; nothing is changed.

        Args:
            overrides: as the outcomes of `RuleSet.assess` are given by name. Each stands in the
                place of all that was reported of its indicator in the year.
            limits: how much it may take.

        Raises:
            OutcomeError: with a diagnostic for each fault of the overrides.
            ValueError: the assessment was pickled, or is of some goals alone, and knows no rules.
            LimitError: it would take more than it may.
        """
        if self._source is None:
            raise ValueError("only an assessment as RuleSet.assess gives it can be asked what if")
        with bounded(limits, self._language):
            return WhatIf(self, self._source.overridden(overrides))

    def only(self, goals: Iterable[str]) -> "Assessment":
        """The same assessment of some goals alone; of all where none is named.

        Raises:
            QuestionError: a goal that the plan does not have.
        """
        wanted = wanted_goals(goals, self, self.trace.language)
        if not wanted:
            return self
        kept = tuple(goal for goal in self.trace.goals if goal.id in wanted)
        focus = tuple(each for each in self.trace.focus_areas if wanted.keys() & set(each.goals))
        return assessment_of(
            evolve(self.trace, goals=kept, focus_areas=focus),
            self._found().goal_states,
            Later(lambda: self.inputs),
        )

    def gap(
        self,
        level: str = "",
        locked: Iterable[str] = (),
        costs: "Costs" = NO_COSTS,
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
            QuestionError: a level or a member that none of the goals has, or a cost that is none.
            LimitError: it would take more than it may.
        """
        from goalrules.questions import Asking, Question, ask_gap

        judged = tuple(each for each in self.trace.goals if each.verdict)
        asking = Asking(judged, self._found().goal_states, self.trace.language)
        with bounded(limits, self.trace.language):
            return ask_gap(asking, self.trace, Question(level, locked, costs, depth))

    def table(self, language: Language | None = None) -> str:
        """A line for each goal: verdict, level, how many of how many, what is missing."""
        return render_table(self._told, language or self.trace.language)

    def to_dict(self, form: Literal["full", "summary"] = "full") -> dict[str, Any]:
        """The assessment as the JSON contract has it (`goalrules schema` prints its schema).

        The form "summary" is a few keys for each goal (`goalrules schema summary`).
        """
        return to_json(summary_of(self.trace) if form == "summary" else self._told)

    @classmethod
    def from_dict(cls, document: Mapping[str, object]) -> "Assessment":
        """The assessment that a document is of, which is told as it was; it knows no rules.

        Raises:
            DocumentError: it is no such document, or one of a later version.
        """
        return assessment_of(from_json(AssessmentTrace, document), {})


def assessment_of(
    trace: AssessmentTrace,
    goal_states: Mapping[str, GoalState],
    account: "Later[InputAccount] | None" = None,
) -> Assessment:
    """The results of the goals in a trace, with where every goal of the plan stands.

    The account of the inputs is that in the trace where no other is given.
    """
    inputs = trace.account
    known = account or Later(lambda: inputs)
    kept = KeptOfPlan(evolve(trace, account=InputAccount()), frozen_map(goal_states), known)
    return Assessment(kept.goals, Later(lambda: kept), trace.language)
