"""The rows of a year as it ends by the forecasts: what each goal would then come to."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from goalrules.assess.binding import BoundRows
from goalrules.assess.forecast import Forecast, forecast_of
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.to_date import whole_year
from goalrules.data.outcome import OutcomeRow
from goalrules.data.period import JANUARY, Period
from goalrules.data.records import Place
from goalrules.text.numbers import Amount


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
            indicator=case.indicator.name, goal=case.goal, period=year, plan=plan, place=place,
            value=Amount(forecast.number),
        )  # fmt: skip
    elif row and case.through is None:
        yield evolve(row, period=year, forecast=None)
    elif row and case.number is None:
        # a month of a sum that lacks others is no outcome of the year
        value = None if isinstance(row.value, Amount) else row.value
        yield evolve(row, period=year, value=value, forecast=None)
    elif row and case.calendar and case.calendar.adds_up.kind == "survey":
        yield evolve(row, period=year, forecast=None)
