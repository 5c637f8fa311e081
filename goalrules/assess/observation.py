"""What the data and the plan say of an indicator in a period, as the trace keeps it."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from goalrules.assess.forecast import Forecast, forecast_of
from goalrules.assess.formulas import Input, decimal_of
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.level_of import by_value, given, has_parts_in_figures, part_slots
from goalrules.assess.row_uses import outranked
from goalrules.assess.targets import reaches
from goalrules.assess.to_date import ADDED, Calendar, voucher_of, whole_year
from goalrules.core.trace import (
    Cell,
    Observation,
    ResolvedTarget,
    TermLevels,
    TermWorth,
    YearProgress,
)
from goalrules.core.vocabulary import Month
from goalrules.data.period import Period
from goalrules.data.values import Reached
from goalrules.language.statements import MOST_DECIMALS, ValueBands, WorkedOut
from goalrules.text.numbers import rounded


def observe(case: IndicatorCase) -> Observation:
    """What is known of the indicator, and the row that says it."""
    row, value = case.row, None if case.program.grid else case.number
    if value is not None and (case.worked or case.through):
        value = _as_exact(value, case)
    stated = row.value if row else None
    bands, worked_out = case.indicator.first(ValueBands), case.indicator.first(WorkedOut)
    others, earlier = outranked(case)
    judged = row and (row.level or row.plan or case.number is None or case.number_counts)
    by_parts = case.target.form == "parts" or has_parts_in_figures(case)
    slots = part_slots(case).values() if by_parts else ()
    parts = [(slot.member, case.bound.now[slot]) for slot in slots]
    rests_on = (*case.terms, *filter(None, [case.other if case.others else None]))
    open_ = case.worked if case.worked and value is None and not case.program.grid else None
    ends = (open_.low, open_.high) if open_ else (None, None)
    low, high = (_readable(each) if isinstance(each, Fraction) else None for each in ends)
    # A number that is a level is compared with nothing.
    is_level = row is not None and row.level is None and value is not None and given(case)
    aim = _target(case, value) if case.others else case.target
    return Observation(
        value=value,
        reached=stated.reached if isinstance(stated, Reached) else None,
        unit=case.program.unit,
        target=None if is_level and not aim.form else aim,
        plan=(row.plan if row else None) or "",
        given=given(case) is not None,
        row=voucher_of(row, case.period if judged and case.through is None else None),
        rounded=value != case.number and not case.program.grid,
        decimals=None if case.program.decimals is None else int(case.program.decimals),
        lacking=_lacking(case) if case.others else case.worked.lacking if case.worked else (),
        low=low,
        high=high,
        without=case.worked.without if case.worked else (),
        worths=tuple(_worths(case.worked, case)) if case.worked and not case.program.grid else (),
        cell=_cell(case.worked, case) if case.worked and case.worked.taken else None,
        partial_terms=(
            *(each.slot.name for each in rests_on if each.partial),
            *(name for name, each in parts if each.period not in (None, case.period)),
        ),
        undated_parts=tuple(
            name for name, each in parts if each.period is None and not each.place.path
        ),
        bands=bands.bands if bands else (),
        formula=worked_out.formula if worked_out else None,
        through=_through(case, value),
        others=others,
        earlier=earlier,
    )


def _worths(worked: Input, case: IndicatorCase) -> Iterator[TermWorth]:
    """What each term of a value of points or degrees counts as: points times their weight."""
    degrees = case.program.formula is not None and case.program.formula.kind == "fulfilment"
    for name, each, weight in worked.taken:
        part = 1 if degrees else weight
        low, high = (_readable(Fraction(end) * part) for end in (each.low, each.high))
        yield TermWorth(name, low, high)


def _cell(worked: Input, case: IndicatorCase) -> Cell | None:
    """Where the level was looked up, where it is of a table."""
    if not case.program.grid:
        return None
    of_terms = [
        TermLevels(name, each.scale.levels[int(found.low) : int(found.high) + 1])
        for (name, found, _), each in zip(worked.taken, case.terms, strict=True)
    ]
    return Cell((*of_terms,), case.scale.levels[int(worked.low) : int(worked.high) + 1])


def _lacking(case: IndicatorCase) -> tuple[str, ...]:
    """The indicators that the value lacks, or that the target does which is measured from one."""
    lacking = case.worked.lacking if case.worked else ()
    other = None if given(case) or case.indicator.first(ValueBands) else case.other
    if other is None or case.number is None or other.number is not None or not other.applies:
        return lacking
    return (*lacking, other.slot.name)


def _target(case: IndicatorCase, value: Decimal | None) -> ResolvedTarget:
    """The target of the year; its numbers with the fewest decimals that the same value reaches."""
    target = case.target
    most = max(
        _decimals(each or Decimal(0)) for each in (target.low, target.high, target.reference)
    )
    if target.form != "compared" or value is None or most <= MOST_DECIMALS:
        return target
    tries = (
        evolve(
            target,
            low=target.low and rounded(target.low, places),
            high=target.high and rounded(target.high, places),
            reference=target.reference and rounded(target.reference, places),
        )
        for places in range(2, most)
    )
    reached = reaches(case.paced or value, target)
    return next((each for each in tries if reaches(value, each) == reached), target)


def _readable(exact: Fraction) -> Decimal:
    """A fraction as a decimal; to two decimals where it has too many."""
    number = decimal_of(exact)
    return number if _decimals(number) <= MOST_DECIMALS else rounded(number, 2)


def _as_exact(exact: Decimal, case: IndicatorCase) -> Decimal:
    """A number with the fewest decimals, from two on, that give the same level as all of them."""
    if _decimals(exact) <= MOST_DECIMALS:
        return exact
    ends = by_value(_worth(exact, case)).ends
    tries = (rounded(exact, places) for places in range(2, _decimals(exact)))
    return next((each for each in tries if by_value(_worth(each, case)).ends == ends), exact)


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


def _worth(number: Decimal, case: IndicatorCase) -> IndicatorCase:
    return evolve(case, worked=Input(number))


def _through(case: IndicatorCase, value: Decimal | None) -> YearProgress | None:
    """How far the year has come, what is expected by now, and where it ends; None for nothing."""
    forecast, calendar = forecast_of(case), case.program.calendar
    low, high = _expected(case, value)
    so_far = YearProgress(
        adds=calendar.adds_up.kind if calendar else "",
        share=case.share,
        low=low,
        high=high,
        paced=_paced(case),
    )
    if calendar:
        so_far = _so_far(so_far, case, calendar)
    if forecast:
        return _ahead(so_far, case, forecast)
    return so_far if calendar or {low, high, so_far.paced} != {None} else None


def _paced(case: IndicatorCase) -> Decimal | None:
    """What the value comes to for the year, where it is compared with the values of levels."""
    paced = case.paced
    if paced is None or case.share == 1 or case.indicator.first(ValueBands) is None:
        return None
    return _as_exact(decimal_of(paced), evolve(case, period=whole_year(case.period.year)))


def _so_far(found: YearProgress, case: IndicatorCase, calendar: Calendar) -> YearProgress:
    """The same with the months that the value is of, and those that are not there."""
    through = case.through
    own = through.row.period if through and through.row else None
    months = own if calendar.adds_up.kind not in ADDED else calendar.window(case.period)
    next_due = through.next_due if through else None
    return evolve(
        found,
        months=months.text if months and case.number is not None else "",
        lacking=tuple(map(_month, through.lacking))
        if through and case.target.form != "parts"
        else (),
        leaving=tuple(map(_month, through.leaving))
        if through and case.target.form != "parts"
        else (),
        next_due=_month((case.period.year, next_due)) if next_due else "",
    )


def _ahead(so_far: YearProgress, case: IndicatorCase, forecast: Forecast) -> YearProgress:
    """The same with where the year ends, and what level that has."""
    year = evolve(case, period=whole_year(case.period.year))
    found = by_value(_worth(forecast.number, year))
    return evolve(
        so_far,
        forecast=_as_exact(forecast.number, year),
        forecast_from=forecast.basis,
        forecast_level=found.worst if found.decided else "",
    )


def _month(month: Month) -> str:
    return Period(month, month).text


def _expected(case: IndicatorCase, value: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """The bounds of the target as far as they are expected, where that is not the whole of it."""
    target, share = case.target, case.share
    if not share or share == 1 or case.target.form == "parts":
        return None, None
    low, high = (
        ResolvedTarget(target.form, low=target.low),
        ResolvedTarget(target.form, high=target.high),
    )
    ends = (evolve(each, strict=target.strict) for each in (low, high))
    low_part, high_part = (_part(end, share, value) for end in ends)
    return low_part, high_part


def _part(end: ResolvedTarget, share: Fraction, value: Decimal | None) -> Decimal | None:
    """A part of a bound, with the decimals it takes to compare with the value as the exact one."""
    bound = end.high if end.low is None else end.low
    if bound is None:
        return None
    exact = decimal_of(Fraction(bound) * share)
    if value is None or _decimals(exact) <= MOST_DECIMALS:
        return rounded(exact, min(_decimals(exact), MOST_DECIMALS))
    as_exact = reaches(value, _at(exact, end))
    tries = (rounded(exact, places) for places in range(2, _decimals(exact)))
    return next((each for each in tries if reaches(value, _at(each, end)) == as_exact), exact)


def _at(bound: Decimal, end: ResolvedTarget) -> ResolvedTarget:
    """The same end of a target at another number."""
    return evolve(end, high=bound) if end.low is None else evolve(end, low=bound)
