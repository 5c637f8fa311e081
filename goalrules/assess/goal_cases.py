"""The indicators of one goal in one period, those first from which others are worked out."""

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter

from attrs import evolve

from goalrules.assess.binding import BoundRows
from goalrules.assess.formulas import Input, work_out
from goalrules.assess.indicator_case import IndicatorCase, IndicatorRule
from goalrules.assess.masking import hidden
from goalrules.assess.to_date import to_date
from goalrules.data.period import Period
from goalrules.language.naming import PlanNames, indicator_levels
from goalrules.language.plan import GoalEntry, IndicatorEntry, better_side
from goalrules.language.statements import Rounded, WorkedOut
from goalrules.lazily import frozen
from goalrules.text.names import folded


@frozen
class GoalCases:
    """The indicators of one goal in one period."""

    goal: GoalEntry
    bound: BoundRows
    period: Period
    rule: IndicatorRule
    names: PlanNames

    def ordered(self) -> Iterator[IndicatorCase]:
        """Each of the goal's own indicators as a case, in an order in which values are known."""
        own = {folded(entry.name): entry for entry in self.goal.indicators if not entry.shared}
        below = {key: _terms(entry) for key, entry in own.items()}
        inputs: dict[str, Input] = {}
        cases: dict[str, IndicatorCase] = {}
        for key in TopologicalSorter(below).static_order():
            case = evolve(
                self.case(own[key], inputs), terms=tuple(cases[each] for each in below[key])
            )
            cases[key] = case
            applies = case.applies and case.slot not in self.bound.waived
            inputs[key] = Input(case.number, case.missing, applies, hidden=hidden(case))
            yield case

    def case(self, entry: IndicatorEntry, inputs: Mapping[str, Input]) -> IndicatorCase:
        """One of the indicators as a case, with the values of those that it is worked out from."""
        levels = indicator_levels(entry, self.goal, self.names)
        case = IndicatorCase(self.goal.id, entry, self.bound, self.period, self.rule, levels)
        worked_out, rounded = entry.first(WorkedOut), entry.first(Rounded)
        if worked_out is None and case.calendar:
            return evolve(case, through=to_date(case.rows, case.calendar, self.period))
        if worked_out is None:
            return case
        decimals = rounded.decimals if rounded else None
        return evolve(
            case, worked=work_out(worked_out.formula, inputs, better_side(entry), decimals)
        )


def _terms(entry: IndicatorEntry) -> list[str]:
    worked_out = entry.first(WorkedOut)
    return [folded(term.name.text) for term in worked_out.formula.terms] if worked_out else []
