"""The outcome files that stand beside the founding rule files."""

from collections.abc import Iterator
from functools import cache

import pytest
from facts import plan_2024, plan_2025
from facts.reading import ROOT, entry, shown

from goalrules.data.outcome import OutcomeRow
from goalrules.data.outcomes import read_outcomes
from goalrules.data.values import Reached
from goalrules.text.numbers import Amount

pytestmark = pytest.mark.law


@cache
def outcomes(year: int) -> tuple[OutcomeRow, ...]:
    path = ROOT / "examples" / f"utfall-{year}.csv"
    rows, faults = read_outcomes(path.read_bytes(), path.name)
    assert faults == ()
    return rows


def title_of(year: int, row: OutcomeRow) -> str:
    names = {each.name: each.indicator.title for each in entry(year, row.goal).indicators}
    return names[row.indicator]


def value(row: OutcomeRow) -> str:
    match row.value:
        case Amount(number):
            return shown(number)
        case Reached(reached=True):
            return "uppnått"
        case _:
            return ""


def published() -> Iterator[tuple[str, str, str, str, str]]:
    for each in outcomes(2024):
        sure = each.comment.partition(":")[0]
        yield each.goal, title_of(2024, each), value(each), each.period_text, sure


def test_the_published_outcomes_of_2024_and_nothing_else() -> None:
    assert tuple(published()) == plan_2024.OUTCOMES
    assert {row.source for row in outcomes(2024)} == {"Verksamhetsplan 2025, ingående värde"}
    assert not any(row.level or row.plan for row in outcomes(2024))


def test_the_made_up_outcomes_of_2025_say_so_and_are_for_every_indicator() -> None:
    assert all(row.comment.startswith("påhittat") for row in outcomes(2025))
    titles = [(row.goal, title_of(2025, row)) for row in outcomes(2025)]
    assert titles == [(goal.id, each[0]) for goal in plan_2025.GOALS for each in goal.indicators]


@pytest.mark.parametrize("year", [2024, 2025])
def test_outcomes_are_written_as_a_swedish_excel_writes_them(year: int) -> None:
    data = (ROOT / "examples" / f"utfall-{year}.csv").read_bytes()
    assert data.startswith("\ufeff".encode())
    assert data.count(b"\n") == data.count(b"\r\n")
    assert {line.count(b";") for line in data.splitlines()} == {7}
