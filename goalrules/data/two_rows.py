"""Headings over two rows: what a group of columns is, or its year, above the periods in it.

People write `Utfall` over the months and `Prognos` over the year, or `2024` and `2025` over the
months of each, in cells that are merged over the columns of the group.
"""

import re
from collections.abc import Mapping

from attrs import evolve

from goalrules.data.fields import is_period, period_in
from goalrules.data.headings import (
    OF_ONE_PERIOD,
    STATED,
    Headings,
    PeriodColumn,
    heading_text,
    under_period,
)
from goalrules.data.records import Record, states
from goalrules.data.values import CellFault
from goalrules.data.words import meaning
from goalrules.text.diagnostics import DiagnosticFact

FEWEST = 2
"""So many cells over the columns for periods make a row of groups, and so many make one of periods.

One alone is a title, if it is not known and over but some of them, or an outcome."""

_YEAR = re.compile(r"(?:19|20|21)\d\d")


def with_groups(headings: Headings, above: Record) -> Headings:
    """The headings with what stands right above their periods."""
    first = headings.first_period
    inside = {number: text for number, text in _texts(above).items() if number >= first}
    beside = any(number > first and _is_known(text) for number, text in inside.items())
    if len(inside) < FEWEST and not beside:
        return headings
    periods: list[PeriodColumn] = []
    faults: list[tuple[int, CellFault]] = []
    for column in headings.periods:
        number, group = _over(inside, column.number)
        periods.append(_in_group(column, group))
        if group and number == column.number and not _is_known(group):
            facts: dict[str, DiagnosticFact] = {"text": group}
            faults.append((column.number, CellFault("unknown-period-heading", facts)))
    return evolve(headings, periods=tuple(periods), faults=(*headings.faults, *faults))


def with_periods_below(headings: Headings, below: Record) -> Headings | None:
    """The headings with the periods in the row right below them, if that is a row of periods."""
    texts = _texts(below)
    known = {number: under_period(text) for number, text in texts.items()}
    fixed = {n for name, n in headings.columns.items() if name not in OF_ONE_PERIOD}
    if len(known) < FEWEST or not all(known.values()) or fixed & set(known):
        return None
    over = {n: text for n, text in _texts(headings.record).items() if n not in fixed}
    periods = {each.number: each for each in headings.periods}
    used: set[int] = set()
    for number, found in known.items():
        first, group = _over(over, number)
        used.add(first)
        periods[number] = _in_group(PeriodColumn(number, *found or ("", "")), group)
    return _below(headings, below, periods, used)


def _below(
    headings: Headings, below: Record, periods: Mapping[int, PeriodColumn], used: set[int]
) -> Headings:
    """The headings with these columns for periods, without those that were only groups of them."""
    stated = set(_texts(below))
    return evolve(
        headings,
        columns={name: n for name, n in headings.columns.items() if n not in used},
        periods=tuple(each for n, each in sorted(periods.items()) if n in stated or n not in used),
        faults=tuple((n, fault) for n, fault in headings.faults if n not in used),
        last=below.line,
    )


def _texts(record: Record) -> dict[int, str]:
    """The headings in a row, by the number of their cells."""
    cells = enumerate(record.cells, 1)
    return {number: heading_text(cell) for number, cell in cells if states(cell)}


def _over(groups: Mapping[int, str], number: int) -> tuple[int, str]:
    """The group that a column stands in: the nearest one over it or to the left."""
    first = max((each for each in groups if each <= number), default=0)
    return first, groups.get(first, "")


def _in_group(column: PeriodColumn, group: str) -> PeriodColumn:
    """A column with the field and the year of its group, where it does not say them itself."""
    years = _YEAR.findall(group)
    dated = column.text if period_in(column.text) or not years else f"{column.text} {years[0]}"
    return evolve(column, field=column.field or _field(group), text=dated)


def _field(group: str) -> str:
    """What the columns of a group hold, if its words say so: `Utfall`, `Prognos 2025`."""
    first = group.split(maxsplit=1)[0] if group else ""
    name = meaning("headings", first) or meaning("sheets", first)
    return name if name in STATED else ""


def _is_known(group: str) -> bool:
    return bool(_field(group)) or is_period(group)
