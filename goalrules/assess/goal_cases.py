"""The indicators of one goal in one period, those first from which others are worked out."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from goalrules.assess.binding import BoundRows
from goalrules.assess.formulas import Input, work_out
from goalrules.assess.indicator_case import IndicatorCase, IndicatorProgram, IndicatorRule
from goalrules.assess.masking import hidden
from goalrules.assess.to_date import to_date
from goalrules.data.period import Period
from goalrules.language.plan import better_side


def cases_of(
    indicators: Iterable[IndicatorProgram], bound: BoundRows, period: Period, rule: IndicatorRule
) -> Iterator[IndicatorCase]:
    """Each of some indicators as a case; they come in an order in which values are known."""
    inputs: dict[str, Input] = {}
    cases: dict[str, IndicatorCase] = {}
    for each in indicators:
        case = case_of(each, bound, period, rule, inputs)
        if each.terms:
            case = evolve(case, terms=tuple(cases[term] for term in each.terms))
        if each.is_term:
            cases[each.fold] = case
            applies = case.applies and case.slot not in bound.waived
            inputs[each.fold] = Input(case.number, case.missing, applies, hidden=hidden(case))
        yield case


def case_of(
    indicator: IndicatorProgram,
    bound: BoundRows,
    period: Period,
    rule: IndicatorRule,
    inputs: Mapping[str, Input],
) -> IndicatorCase:
    """An indicator as a case, with the values of those that it is worked out from."""
    worked, through = None, None
    if indicator.formula:
        side, decimals = better_side(indicator.entry), indicator.decimals
        worked = work_out(indicator.formula, inputs, side, decimals)
    elif indicator.calendar:
        through = to_date(bound.every.get(indicator.slot, ()), indicator.calendar, period)
    return IndicatorCase(indicator, bound, period, rule, worked, through)
