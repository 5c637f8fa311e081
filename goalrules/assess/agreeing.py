"""Rows of several months that say something else than the rows of those months do together."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from goalrules.assess.formulas import decimal_of
from goalrules.assess.to_date import ADDED, Calendar
from goalrules.core.vocabulary import Month
from goalrules.data.outcome import OutcomeRow
from goalrules.text.numbers import Amount, rounded, trimmed

SHOWN_DECIMALS = 2


def disagreeing(
    rows: Sequence[OutcomeRow], calendar: Calendar
) -> Iterator[tuple[OutcomeRow, Decimal]]:
    """Each row that says another total, or average, than its months; and what those come to."""
    if calendar.adds_up.kind not in ADDED or calendar.adds_up.to_date:
        return
    stated = list(_stated(rows))
    single = {months[0]: value for months, value, _ in stated if len(months) == 1}
    for months, value, row in stated:
        together = _together(months, single, calendar) if len(months) > 1 else None
        if together is not None and abs(value - together) > _slack(value, calendar):
            yield row, trimmed(rounded(decimal_of(together), SHOWN_DECIMALS))


def colliding(
    rows: Sequence[OutcomeRow], calendar: Calendar
) -> Iterator[tuple[OutcomeRow, OutcomeRow]]:
    """Each row that says another figure than an earlier one of what it has come to by one month."""
    if calendar.adds_up.kind == "average" or (
        calendar.adds_up.kind == "total" and not calendar.adds_up.to_date
    ):
        return
    first: dict[Month, OutcomeRow] = {}
    for months, value, row in _stated(rows):
        earlier = first.setdefault(months[-1], row)
        if isinstance(earlier.value, Amount) and Fraction(earlier.value.number) != value:
            yield row, earlier


def undated(rows: Sequence[OutcomeRow]) -> Iterator[OutcomeRow]:
    """The rows without a period of an indicator that has others with one."""
    if any(each.period for each in rows):
        yield from (each for each in rows if not each.period and not each.only_forecast)


def _stated(rows: Sequence[OutcomeRow]) -> Iterator[tuple[Sequence[Month], Fraction, OutcomeRow]]:
    """The months of each row that states a number, and that."""
    for row in rows:
        if row.period and isinstance(row.value, Amount):
            yield row.period.months, Fraction(row.value.number), row


def _together(
    months: Sequence[Month], single: Mapping[Month, Fraction], calendar: Calendar
) -> Fraction | None:
    """What the rows of some months come to; None where one of them is not there."""
    due = [month for month in months if month[1] in calendar.months]
    if not due or not single.keys() >= set(due):
        return None
    whole = sum((single[month] for month in due), Fraction(0))
    return whole if calendar.adds_up.kind == "total" else whole / len(due)


def _slack(value: Fraction, calendar: Calendar) -> Fraction:
    """How far an average may lie from the exact one: half of its last decimal."""
    if calendar.adds_up.kind == "total":
        return Fraction(0)
    decimals = len(format(decimal_of(value), "f").partition(".")[2])
    return Fraction(1, 2 * 10**decimals)
