"""Where the year ends, if the pace holds or as it is stated: an indicator, and the rows of all.

A forecast is never an outcome: it stands beside the level and does not change it.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from goalrules.assess.binding import BoundRows
from goalrules.assess.expected import share_of, step_at
from goalrules.assess.formulas import decimal_of
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.to_date import Calendar, to_date, whole_year
from goalrules.core.vocabulary import DECEMBER, JANUARY, ForecastBasis
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import Period
from goalrules.data.records import Place
from goalrules.language.plan import is_even
from goalrules.language.statements import Expected
from goalrules.language.syntax import ExpectedStep
from goalrules.lazily import frozen
from goalrules.text.numbers import Amount


@frozen
class Forecast:
    """The value at the end of the year, and whether it is `stated` or goes by the `pace`."""

    number: Decimal
    basis: ForecastBasis


def forecast_of(case: IndicatorCase) -> Forecast | None:
    """Where the indicator ends the year; None at its end, or where there is nothing to go by."""
    at_end = case.period.last[1] == DECEMBER
    if case.worked or case.target.form == "parts" or (at_end and case.number is not None):
        return None
    stated = _stated(case)
    if stated is not None:
        return Forecast(stated, "stated")
    pace = _pace(case)
    return None if pace is None else Forecast(pace, "pace")


def _stated(case: IndicatorCase) -> Decimal | None:
    """The forecast that the data state: of the year, or of every month that is still to come."""
    if not any(each.forecast for each in case.rows):
        return None
    stated, year = forecast_rows(case), whole_year(case.period.year)
    calendar = case.program.calendar
    if calendar is None or [each.period for each in stated] == [year]:
        return next((each.forecast.number for each in stated if each.forecast), None)
    if not stated:
        return None
    return to_date(list(_as_outcomes(case.rows, case.period)), calendar, year).worked.number


def forecast_rows(case: IndicatorCase) -> tuple[OutcomeRow, ...]:
    """The rows whose forecast is that of the year: of the whole, else of what is still to come.

    Where the file does not say how the months make the year, it is the one that ends last in it.
    """
    year = whole_year(case.period.year)
    stated = [row for row in case.rows if row.forecast and row.period and row.period.within(year)]
    whole = [row for row in stated if row.period == year]
    to_come = [
        row
        for row in stated
        if row.only_forecast or (row.period and row.period.last > case.period.last)
    ]
    if whole or case.program.calendar:
        return tuple(whole or to_come)
    return tuple(sorted(to_come, key=lambda row: row.period.key if row.period else year.key)[-1:])


def rows_of_forecast(case: IndicatorCase) -> tuple[OutcomeRow, ...]:
    """The rows that state where the year ends; none where nothing does, or the pace says it."""
    forecast = forecast_of(case) if any(each.forecast for each in case.rows) else None
    if forecast is None or forecast.basis != "stated":
        return ()
    rows, year = forecast_rows(case), whole_year(case.period.year)
    if case.program.calendar is None or [each.period for each in rows] == [year]:
        return rows
    return to_date(list(_as_outcomes(case.rows, case.period)), case.program.calendar, year).counted


def _as_outcomes(rows: Sequence[OutcomeRow], period: Period) -> Iterator[OutcomeRow]:
    """The outcomes up to the end of a period, and after it what is forecast for each month."""
    for row in rows:
        if row.forecast and (row.only_forecast or (row.period and row.period.last > period.last)):
            yield evolve(row, value=row.forecast, level=None, forecast=None)
        elif row.period and row.period.last <= period.last:
            yield row


def _pace(case: IndicatorCase) -> Decimal | None:
    """The value of the whole year at the pace so far, exact or as good as exact."""
    number, calendar = case.number, case.program.calendar
    if number is None or calendar is None:
        return None
    if calendar.adds_up.kind != "total":
        return None if calendar.adds_up.kind == "survey" else number
    expected = case.indicator.first(Expected)
    if expected and expected.steps:
        return _at_step(case, calendar, step_at(expected, calendar.as_of(case.period)))
    if not is_even(case.indicator):
        return None
    return decimal_of(Fraction(number) * DECEMBER / calendar.as_of(case.period))


def _at_step(case: IndicatorCase, calendar: Calendar, step: ExpectedStep | None) -> Decimal | None:
    """The pace when a table last said what it was to be; it says nothing of the months between."""
    share = share_of(step, case.aim) if step else None
    if step is None or not share:
        return None
    then = Period((case.period.year, JANUARY), (case.period.year, step.month))
    number = to_date(case.rows, calendar, then).worked.number
    return None if number is None else decimal_of(Fraction(number) / share)


# The year as it ends by the forecasts


def projected_rows(
    cases: Iterable[IndicatorCase], bound: BoundRows, period: Period
) -> tuple[OutcomeRow, ...]:
    """The forecast of each indicator as its outcome of the year; what has none, as it stands.

    None where nothing is forecast.
    """
    found = [(case, forecast_of(case)) for case in cases]
    if not any(forecast for _, forecast in found):
        return ()
    year = whole_year(period.year)
    return (
        *(row for case, forecast in found for row in _of_case(case, forecast, year)),
        *(evolve(row, period=year) for slot, row in bound.now.items() if slot.fold),
        *(
            row  # of earlier years, which changes are measured from
            for rows in bound.every.values()
            for row in rows
            if row.period and row.period.last < (period.year, JANUARY)
        ),
    )


def _of_case(case: IndicatorCase, forecast: Forecast | None, year: Period) -> Iterator[OutcomeRow]:
    """The row that an indicator would have for the year; none for one that is worked out."""
    row = case.row
    if forecast:
        plan = row.plan if row else None
        place = row.place if row else Place("outcomes")
        yield OutcomeRow(
            indicator=case.indicator.name, goal=case.program.goal, period=year,
            value=Amount(forecast.number), plan=plan, place=place,
        )  # fmt: skip
    elif row and case.through is None:
        yield evolve(row, period=year, forecast=None)
    elif row and case.number is None:
        # a month of a sum that lacks others is no outcome of the year
        value = None if isinstance(row.value, Amount) else row.value
        yield evolve(row, period=year, value=value, forecast=None)
    elif row and case.program.calendar and case.program.calendar.adds_up.kind == "survey":
        yield evolve(row, period=year, forecast=None)
