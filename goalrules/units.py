"""Many units by the rules of one plan, as Python sees it: an assessment of each, and a matrix."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import evolve, field

from goalrules.answer import Answer
from goalrules.assess.input_account import InputAccount, merged
from goalrules.assess.result import AssessmentTrace
from goalrules.assess.units_result import GoalOfUnits, UnitGoal, UnitsTrace, UnitVerdicts
from goalrules.data.units import MOST_NAMED, is_whole
from goalrules.lazily import frozen
from goalrules.refusal import GoalrulesError, QuestionError, fault, refuse
from goalrules.report.inputs import render_inputs
from goalrules.report.units import render_units
from goalrules.results import Assessment
from goalrules.text.languages import Language
from goalrules.text.names import folded


@frozen(slots=False)
class Units(Answer[UnitsTrace]):
    """What the rules came to in each of many units, in one period.

    `assessments` are those of the units by name, in the order of the data, and `errors` what is
    wrong with the outcomes of the others.
    """

    assessments: Mapping[str, Assessment]
    errors: Mapping[str, GoalrulesError]
    order: tuple[str, ...] = field(repr=False)
    _render = staticmethod(render_units)

    def __repr__(self) -> str:
        told = f"{len(self.order)} units, {len(self.errors)} with faults"
        return f"Units({self._first.trace.rules!r}, {self._first.trace.period}: {told})"

    def __getitem__(self, unit: str) -> Assessment:
        """The assessment of a unit; its error where its outcomes have faults."""
        if unit in self.errors:
            raise self.errors[unit]
        return self.assessments[unit]

    @property
    def _first(self) -> Assessment:
        return next(iter(self.assessments.values()))

    @property
    def language(self) -> Language:
        """The language of its text where no other is asked for: that of the rules."""
        return self._first.language

    def only(self, goals: Iterable[str] = (), units: Iterable[str] = ()) -> "Units":
        """The same of some goals, and of some units, alone; of all where none is named.

        Raises:
            QuestionError: a goal that the plan does not have, or a unit that there is not.
        """
        known, wanted = {folded(each): each for each in self.order}, tuple(goals)
        asked = tuple(units)
        unknown = [
            fault("no-such-unit", "unit", text=unit, found=self.order[:MOST_NAMED])
            for unit in asked
            if folded(unit) not in known
        ]
        refuse(QuestionError, unknown, self.language)
        named = {known[folded(each)] for each in asked} or {*self.order}
        return Units(
            {name: each.only(wanted) for name, each in self.assessments.items() if name in named},
            {name: each for name, each in self.errors.items() if name in named},
            tuple(name for name in self.order if name in named),
        )

    @cached_property
    def trace(self) -> UnitsTrace:
        """What the goals came to in each unit, in short."""
        first = self._first.trace
        goals = tuple(GoalOfUnits(e.id, e.kind, e.title, e.levels) for e in first.goals)
        units = tuple(map(self._verdicts, self.order))
        return UnitsTrace(
            first.plan, first.rules, first.rules_sha256, first.language, first.period, goals, units
        )

    def _verdicts(self, unit: str) -> UnitVerdicts:
        """What the goals came to in one unit."""
        if unit in self.errors:
            faults = len(self.errors[unit].diagnostics)
            return UnitVerdicts(unit, (), 0, 0, faults, is_whole(unit))
        came = self.assessments[unit]
        goals = tuple(UnitGoal(id_, e.verdict, e.worst, e.best) for id_, e in came.items())
        reported = _reported(came.trace)
        count = sum(reported.values())
        return UnitVerdicts(unit, goals, count, len(reported), whole=is_whole(unit))

    @cached_property
    def inputs(self) -> InputAccount:
        """What of every file and row any of the units has used, and what none has, and why."""
        return merged(each.inputs for each in self.assessments.values())

    @property
    def _told(self) -> UnitsTrace:
        return evolve(self.trace, account=self.inputs)

    def inputs_text(self, language: Language | None = None) -> str:
        """The whole account of the inputs in words."""
        return render_inputs(self.inputs, language or self.language)

    def rows(self) -> list[dict[str, str | None]]:
        """A row for each unit and goal, for any data frame."""
        return [
            {"unit": unit, **row} for unit, came in self.assessments.items() for row in came.rows()
        ]


def _reported(trace: AssessmentTrace) -> dict[tuple[str, str], bool]:
    """Whether each indicator on which the goals rest has an outcome."""
    return {
        (goal.id, member.name): member.finding.row is not None
        for goal in trace.goals
        for member in goal.members
        if member.kind == "indicator" and member.finding and not member.finding.formula
    }
