"""The public face: rule sets and single rules, checked and ready to be evaluated.

Only `load` reads a file. Nothing reads a clock or the network; everything that is handed out
is immutable and can be shared between threads.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from goalrules.assess.alone import RuleAlone, alone_naming, evaluate_alone, lower_alone
from goalrules.assess.assessment import assess
from goalrules.assess.result import AssessmentTrace, GoalTrace, Reason
from goalrules.data.csv_rows import read_csv
from goalrules.data.outcome import Outcomes, Row, rows_from_python
from goalrules.data.period import Period, read_period
from goalrules.files import FileFault, read_bytes
from goalrules.language.check import check_rule
from goalrules.language.keywords import LANGUAGES
from goalrules.language.naming import Naming
from goalrules.language.parser import ParsedRule, parse_rule
from goalrules.language.plan import GoalEntry, Plan
from goalrules.language.read import read_plan
from goalrules.language.statements import Validity
from goalrules.report.diagnostic import plain_text
from goalrules.report.explain import explain_goal
from goalrules.report.table import render_table
from goalrules.report.text import render_explanation, render_tree
from goalrules.report.wire import assessment_to_dict, goal_to_dict
from goalrules.text.decoding import Undecodable, decoded
from goalrules.text.diagnostics import Diagnostic, Fact, OutcomeError, RuleError
from goalrules.text.names import nearest
from goalrules.text.source import NOWHERE, Source

MOST_BYTES = 1_000_000
MOST_BYTES_OF_DATA = 50_000_000
"""The sizes up to which a rule file, and a file of outcomes, are read."""


@frozen
class Goal:
    """A goal of a rule set, or the board's contribution to a council goal.

    `members` are the names of its indicators in the order of the file; `kind` is "goal" or
    "contribution".
    """

    id: str
    kind: str
    title: str
    area: str
    members: tuple[str, ...]


@frozen
class GoalResult:
    """What the rule of one goal came to."""

    trace: GoalTrace
    _language: str

    @property
    def id(self) -> str:
        """The goal's id; empty for a rule given alone."""
        return self.trace.id

    @property
    def verdict(self) -> str | None:
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
    def reasons(self) -> tuple[Reason, ...]:
        """Why the level is open, and what a decided verdict rests on."""
        return self.trace.reasons

    @property
    def deciding(self) -> tuple[str, ...]:
        """The members that can still decide the verdict; none where it is decided."""
        return self.trace.deciding

    def explain(self, language: str | None = None) -> str:
        """The explanation as text, in Swedish ("sv") or English ("en")."""
        return render_explanation(explain_goal(self.trace, language or self._language))

    def to_dict(self) -> dict[str, Any]:
        """The result as the JSON contract has it."""
        return goal_to_dict(self.trace)


@frozen
class Assessment(Mapping[str, GoalResult]):
    """What the rules came to in one period, goal by goal, in the order of the file."""

    trace: AssessmentTrace
    _goals: Mapping[str, GoalResult]

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
        wanted = dict.fromkeys(goals)
        unknown = [
            _fault("unknown-goal", "goal", text=goal, nearest=nearest(goal, self))
            for goal in wanted
            if goal not in self
        ]
        _refuse(OutcomeError, unknown, self.trace.language)
        if not wanted:
            return self
        kept = tuple(goal for goal in self.trace.goals if goal.id in wanted)
        focus = tuple(each for each in self.trace.focus_areas if wanted.keys() & set(each.goals))
        return _assessment(evolve(self.trace, goals=kept, focus_areas=focus))

    def table(self, language: str | None = None) -> str:
        """A line for each goal: verdict, level, how many of how many, what is missing."""
        return render_table(self.trace, language or self.trace.language)

    def tree(self, language: str | None = None) -> str:
        """The explanation of every goal, step by step, and what the plan leaves open."""
        return render_tree(self.trace, language or self.trace.language)

    def to_dict(self) -> dict[str, Any]:
        """The assessment as the JSON contract has it (`goalrules schema` prints its schema)."""
        return assessment_to_dict(self.trace)


def _assessment(trace: AssessmentTrace) -> "Assessment":
    goals = {goal.id: GoalResult(goal, trace.language) for goal in trace.goals}
    return Assessment(trace, MappingProxyType(goals))


@frozen
class RuleSet:
    """The rules of a plan, checked and ready to assess outcomes."""

    file: str
    language: str
    goals: Mapping[str, Goal]
    _plan: Plan = field(repr=False)

    def assess(self, outcomes: Outcomes, period: str | Period | None = None) -> Assessment:
        """What the rules come to on some outcomes, in a period (the plan's own year if none).

        Args:
            outcomes: by indicator name (`"5/avtalstrohet"` where one name stands in two goals),
                a level in Swedish or English, a number, None for a missing one, or a mapping
                with the fields of an outcome row; or rows as `read_outcomes` gives them.
            period: a year, a month or an interim period: `2025`, `2025-03`, `T1 2025`.

        Raises:
            OutcomeError: with a diagnostic for each fault of the outcomes or the period.
        """
        rows, faults = rows_from_python(outcomes)
        when = self._period(period)
        trace, more = assess(self._plan, rows, when, self.file)
        _refuse(OutcomeError, (*faults, *more), self.language)
        return _assessment(trace)

    def _period(self, period: str | Period | None) -> Period:
        """The period that is meant; the first year of the plan's own where none is given."""
        if isinstance(period, Period):
            return period
        years = [str(each.first) for each in self._plan.all(Validity)]
        text = period if period is not None else (years[0] if years else "")
        found = read_period(text)
        if found is None:
            code = "unknown-period" if text else "no-period"
            raise _refusal(OutcomeError, [_fault(code, "period", text=text)], self.language)
        return found


@frozen
class Rule:
    """A rule given alone, checked and ready to be evaluated on the levels of its members."""

    text: str
    language: str
    members: tuple[str, ...]
    _rule: RuleAlone = field(repr=False)

    def evaluate(self, outcomes: Outcomes) -> GoalResult:
        """The verdict on some outcomes, by member; `OutcomeError` where they have faults."""
        rows, faults = rows_from_python(outcomes)
        trace, more = evaluate_alone(self._rule, rows)
        _refuse(OutcomeError, (*faults, *more), self.language)
        return GoalResult(trace, self.language)


def load(path: str | os.PathLike[str]) -> RuleSet:
    """The rule set in a file.

    Raises:
        RuleError: with a diagnostic for each fault; also where the file cannot be read.
    """
    name = os.fspath(path)
    text = decoded(_read(name, MOST_BYTES, RuleError))
    if isinstance(text, Undecodable):
        facts = {"byte": text.byte, "encoding": text.encoding}
        raise _refusal(RuleError, [_fault("undecodable", name, **facts)], "sv")
    if "\0" in text:
        raise _refusal(RuleError, [_fault("binary", name)], "sv")
    return loads(text, name)


def read_outcomes(path: str | os.PathLike[str]) -> tuple[Row, ...]:
    """The rows of a CSV file of outcomes, to be given to `RuleSet.assess`.

    Raises:
        OutcomeError: with a diagnostic for each fault; also where the file cannot be read.
    """
    name = os.fspath(path)
    rows, faults = read_csv(_read(name, MOST_BYTES_OF_DATA, OutcomeError), name)
    _refuse(OutcomeError, faults, "sv")
    return rows


def _read(name: str, most: int, error: type[RuleError | OutcomeError]) -> bytes:
    try:
        return read_bytes(name, most)
    except FileFault as fault:
        facts: dict[str, Fact] = {"file": name, "limit": fault.limit}
        refused = Diagnostic(fault.code, name, NOWHERE, "", facts)
        raise _refusal(error, [refused], "sv") from fault


def _fault(code: str, file: str, **facts: Fact) -> Diagnostic:
    return Diagnostic(code, file, NOWHERE, "", facts)


def _refusal(
    error: type[RuleError | OutcomeError], faults: Sequence[Diagnostic], language: str
) -> RuleError | OutcomeError:
    return error(faults, plain_text(faults, language), language)


def _refuse(
    error: type[RuleError | OutcomeError], faults: Sequence[Diagnostic], language: str
) -> None:
    if faults:
        raise _refusal(error, faults, language)


def loads(text: str, file: str = "rules") -> RuleSet:
    """The rule set that a text holds; `RuleError` with a diagnostic for each fault."""
    source = Source(file, text)
    plan, faults = read_plan(source)
    _refuse(RuleError, faults, plan.language)
    goals = {goal.id: _goal(goal) for goal in plan.goals}
    return RuleSet(file, plan.language, MappingProxyType(goals), plan)


def _goal(goal: GoalEntry) -> Goal:
    names = tuple(indicator.name for indicator in goal.indicators)
    return Goal(goal.id, goal.goal.kind, goal.goal.title, goal.area, names)


def rule(text: str, members: Iterable[str]) -> Rule:
    """A rule given alone, in Swedish or English, over some members.

    Raises:
        RuleError: with a diagnostic for each fault, in the language that reads more of the rule.
    """
    names = alone_naming(members)
    source = Source("rule", text)
    tries = [_try(source, language, names) for language in LANGUAGES]
    best = max(tries, key=lambda each: each.read)
    _refuse(RuleError, best.faults, best.language)
    return Rule(text, best.language, names.own, lower_alone(best.parsed, names))


@frozen
class _Try:
    """A rule given alone as one language reads it, and how far it could be read."""

    language: str
    parsed: ParsedRule
    faults: tuple[Diagnostic, ...]
    read: tuple[int, ...]


def _try(source: Source, language: str, names: Naming) -> _Try:
    parsed = parse_rule(source, language)
    unread = [(each.span.line, each.span.column) for each in parsed.diagnostics]
    faults = parsed.diagnostics or check_rule(source, parsed.condition, parsed.statements, names)
    read = min(unread) if unread else (len(source.lines) + 1, int(not faults))
    return _Try(language, parsed, faults, read)


def evaluate(rule_text: str, outcomes: Mapping[str, object]) -> GoalResult:
    """The verdict of a rule, in Swedish or English, on the levels of its members.

    Raises:
        RuleError: the rule has faults.
        OutcomeError: the outcomes have.
    """
    return rule(rule_text, outcomes).evaluate(outcomes)
