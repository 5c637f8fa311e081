"""The made-up year of the plan of 2025: twelve months from one workbook, as it was filled in."""

from functools import cache
from pathlib import Path

import pytest
from imports import script

import goalrules
from goalrules.data.outcomes import read_outcomes

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "examples" / "utfall-2025-manader.xlsx"
FILL = ROOT / "examples" / "fill_year.py"
RULES = ROOT / "rulesets" / "socialnamnden-2025.goals"

MONTHS = {
    # What each goal comes to, month by month: + met, - not met, ? open. Worked out by hand.
    "1.1": "--+++------+",  # behind in both totals from June on; made up for in December
    "1.2": "--++++--++++",  # in July too few are helped, and not every area asks about violence
    "2": "-----+----++",  # plans reach 70 % in June, and fall behind in July with the rest
    "3": "??????????++",  # the survey comes in November: before it the third decides
    "4": "--------++++",  # fuel reaches 60 % in September, while the rounds are under way
    "5": "------++++++",  # the budget is off from April to June; contracts and plans from July on
    "KF1": "--+++------+",
    "KF2": "-----+----++",
    "KF3": "??????????++",
    "KF4": "--------++++",
    "KF5": "------++++++",
}
MARKS = {"met": "+", "not met": "-", "open": "?"}


@cache
def year() -> goalrules.Year:
    return goalrules.load(RULES).assess_year(goalrules.read_outcomes(BOOK))


@pytest.mark.parametrize("goal", MONTHS)
def test_each_goal_changes_when_its_figures_do(goal: str) -> None:
    verdicts = [month[goal].verdict for month in year().months]
    assert "".join(MARKS[each] for each in verdicts if each) == MONTHS[goal]


def test_the_changes_and_their_reasons_are_told() -> None:
    text = year().text("sv")
    assert "✗ juni: Nämndmål 1.1 är inte uppfyllt, eftersom bara två av fyra indikatorer är" in text
    assert "från grön till gul – utfall\n      329 (januari–juni 2025)" in text
    assert "✓ november: Nämndmål 3 är uppfyllt, eftersom" in text


def test_the_workbook_is_as_it_is_filled_in() -> None:
    module = script(FILL)
    filled, faults = read_outcomes(module.filled_in(), "filled.xlsx")
    assert not faults
    assert filled == goalrules.read_outcomes(BOOK)
    assert "påhittade" in module.MADE_UP


def test_the_interims_and_the_year_are_assessed_too() -> None:
    april, august = year().interims
    assert (april.trace.period, august.trace.period) == ("2025-01/2025-04", "2025-01/2025-08")
    assert april["1.1"].verdict == "met"
    assert august["1.1"].verdict == "not met"
    assert year().annual["1.1"].verdict == "met"
