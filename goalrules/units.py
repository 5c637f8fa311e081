"""Many units by the rules of one plan, as Python sees it: an assessment of each, and a matrix."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import evolve

from goalrules.answer import Answer
from goalrules.assess.input_account import InputAccount, merged
from goalrules.assess.over_units import reported
from goalrules.assess.units_result import GoalOfUnits, UnitGoal, UnitsTrace, UnitTotal, UnitVerdicts
from goalrules.data.units import MOST_NAMED, is_whole
from goalrules.frozen import FrozenMap
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

    `found` has by unit, in the order of the data, its assessment, or the error that its outcomes
    ended with; at least one is an assessment. `others` are units of the data that it is not about,
    `totals` what the units do not add up to, where it is about all of them. `together` are the
    goals with a rule over units, as that has them; None where the file has none for the period.
    """

    found: Mapping[str, Assessment | GoalrulesError]
    others: tuple[str, ...] = ()
    totals: tuple[UnitTotal, ...] = ()
    together: Assessment | None = None
    _render = staticmethod(render_units)

    def __attrs_post_init__(self) -> None:
        if not self.assessments:
            faults = [each for error in self.errors.values() for each in error.diagnostics]
            first = next(iter(self.errors.values()))
            raise type(first)(faults, first.language)

    def __repr__(self) -> str:
        told = f"{len(self.found)} units, {len(self.errors)} with faults"
        return f"Units({self._first.trace.rules!r}, {self._first.trace.period}: {told})"

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __getitem__(self, unit: str) -> Assessment:
        """The assessment of a unit.

        Raises:
            KeyError: there is no such unit.
            GoalrulesError: the error that its outcomes ended with.
        """
        came = self.found[unit]
        if isinstance(came, GoalrulesError):
            raise came
        return came

    @cached_property
    def assessments(self) -> Mapping[str, Assessment]:
        """The assessments of the units whose outcomes have no faults."""
        found = self.found.items()
        return FrozenMap({unit: each for unit, each in found if isinstance(each, Assessment)})

    @cached_property
    def errors(self) -> Mapping[str, GoalrulesError]:
        """What is wrong with the outcomes of the other units."""
        found = self.found.items()
        return FrozenMap({unit: each for unit, each in found if isinstance(each, GoalrulesError)})

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
            OutcomeError: the outcomes of all those units have faults.
        """
        known, wanted = {folded(each): each for each in self.found}, tuple(goals)
        asked = tuple(units)
        unknown = [
            fault("no-such-unit", "unit", text=unit, found=tuple(self.found)[:MOST_NAMED])
            for unit in asked
            if folded(unit) not in known
        ]
        refuse(QuestionError, unknown, self.language)
        named = {known[folded(each)] for each in asked} or {*self.found}
        found = {
            unit: each.only(wanted) if isinstance(each, Assessment) else each
            for unit, each in self.found.items()
            if unit in named
        }
        together = self.together
        if together and wanted:
            folds = {folded(each) for each in wanted}
            left = [each for each in together if folded(each) in folds]
            together = together.only(left) if left else None
        others = (*self.others, *(unit for unit in self.found if unit not in named))
        is_all = len(named) == len(self.found)
        totals = [e for e in self.totals if is_all and (not wanted or e.goal in wanted)]
        return Units(found, others, tuple(totals), together)

    @cached_property
    def trace(self) -> UnitsTrace:
        """What the goals came to in each unit, in short."""
        first = self._first.trace
        goals = tuple(
            GoalOfUnits(e.id, e.kind, e.title, e.levels, e.verdict_words) for e in first.goals
        )
        units = tuple(map(self._verdicts, self.found))
        judged = [each for each in units if each.unit in self.assessments]
        told = [(self.assessments[each.unit].trace.reaches, each) for each in judged]
        ends = [reaches for reaches, each in told if reaches or each.reported]
        together = self.together.trace.goals if self.together else ()
        return UnitsTrace(
            first.plan, first.rules, first.rules_sha256, first.language, first.period, goals, units,
            self.totals, self.others,
            reaches=max(ends, default="") if all(ends) else "",
            together=tuple(each for each in together if each.verdict),
        )  # fmt: skip

    def _verdicts(self, unit: str) -> UnitVerdicts:
        """What the goals came to in one unit."""
        if unit in self.errors:
            faults = len(self.errors[unit].diagnostics)
            return UnitVerdicts(unit, (), 0, 0, faults, is_whole(unit))
        came = self.assessments[unit]
        goals = tuple(
            UnitGoal(
                each.id,
                each.verdict,
                each.worst,
                each.best,
                indication=each.indication,
                undated=any(e.finding and e.finding.undated for e in each.trace.members),
            )
            for each in came.values()
        )
        found = reported(came.trace)
        count = sum(found.values())
        return UnitVerdicts(unit, goals, count, len(found), whole=is_whole(unit))

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
