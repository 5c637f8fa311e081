"""Rows of a year and of its last month, as a workbook has both: none hides another."""

from collections.abc import Mapping

import pytest

import goalrules
from goalrules.core.trace import Observation

pytestmark = pytest.mark.law

RULES = """goalrules 1 sv
plan "P"
gäller 2025
bedöm indikatorer
  grön om riktvärdet uppnått eller planen följd
  gul om insatser påbörjade
  annars röd
mål 1 "M"
  indikator a
    {adds_up}
    riktvärde minst 50
  grön om a grön
"""
WAYS = ("högre är bättre", "totalt per år, ackumulerat", "senaste läge", "mäts med enkät")
"""How it adds up: the first says nothing of it."""

DECEMBER, YEAR, NOVEMBER = "2025-12", "2025", "2025-11"


def found(adds_up: str, *rows: Mapping[str, object]) -> tuple[str | None, Observation]:
    """The verdict of the year, and what was found of the indicator."""
    rules = goalrules.loads(RULES.format(adds_up=adds_up))
    goal = rules.assess([{"indicator": "a", **row} for row in rows], "2025")["1"]
    finding = goal.trace.members[0].finding
    assert finding
    return goal.verdict, finding


@pytest.mark.parametrize("adds_up", WAYS)
@pytest.mark.parametrize(("one", "other"), [(DECEMBER, YEAR), (YEAR, DECEMBER)])
def test_a_comment_hides_no_outcome(adds_up: str, one: str, other: str) -> None:
    rows = {"period": one, "value": 80}, {"period": other, "comment": "bra"}
    verdict, finding = found(adds_up, *rows)
    assert (verdict, finding.row and finding.row.period) == ("met", one)


@pytest.mark.parametrize("adds_up", WAYS)
@pytest.mark.parametrize(("one", "other"), [(DECEMBER, YEAR), (YEAR, DECEMBER)])
def test_a_plan_is_that_of_the_outcome_at_the_same_end(adds_up: str, one: str, other: str) -> None:
    rows = {"period": one, "value": 20}, {"period": other, "plan": "followed"}
    assert found(adds_up, *rows)[0] == "met"
    assert found(adds_up, rows[0], {"period": NOVEMBER, "plan": "followed"})[0] == "not met"
    said = {**rows[0], "plan": "begun"}
    assert found(adds_up, said, rows[1])[0] == "not met"


def test_what_is_left_blank_hides_an_earlier_end() -> None:
    rows = {"period": NOVEMBER, "value": 80}, {"period": DECEMBER, "comment": "inget än"}
    assert found(WAYS[0], *rows)[0] == "open"
