"""What an indicator comes to by the end of a period, what is expected by then, and where it ends.

Each case is a line: how it adds up | its target and what is expected | the rows | the period | the
value to date, or why there is none | the level | the forecast of the year.
"""

from decimal import Decimal
from functools import reduce

import pytest
from through_year import RULES, Row, member_of, rows_of

import goalrules

CASES = """
total | at least 24 evenly | jan 2, feb 3 | 2025-02 | 5 | green | 30
total | at least 24 evenly | jan 2, feb 1.99 | 2025-02 | 3.99 | red | 23.94
total | at least 24 evenly | jan–mar 6 | 2025-03 | 6 | green | 24
total | at least 24 evenly | jan–mar 6, apr 1 | 2025-04 | 7 | red | 21
total | at least 24 evenly | jan 2, mar 3 | 2025-03 | missing | open | -
total | at least 24 evenly | jan 2, feb missing, mar 3 | 2025-03 | missing | open | -
total | at least 24 evenly | jan 2, feb ~2 | 2025-02 | not measured | open | -
total | at least 24 evenly | jan 2, feb withheld | 2025-02 | withheld | open | -
total | at least 24 evenly | jan 2, feb not applicable, mar 4 | 2025-03 | 6 | green | 24
total | at least 24 evenly | jan–dec 24 | 2025 | 24 | green | -
total | at least 24 evenly | jan–dec 24 | 2025-03 | missing | open | -
total | at least 24 | jan 2, feb 3 | 2025-02 | 5 | open | 30
total | at least 24 | jan 20, feb 4 | 2025-02 | 24 | green | 144
total | at most 24 | jan 20, feb 4 | 2025-02 | 24 | open | 144
total | at most 24 evenly | jan 2, feb 2 | 2025-02 | 4 | green | 24
total | at most 24 evenly | jan 2, feb 2.5 | 2025-02 | 4.5 | red | 27
total | under 24 evenly | jan 2, feb 2 | 2025-02 | 4 | red | 24
total | over 24 evenly | jan 2, feb 2 | 2025-02 | 4 | red | 24
total | 24–36 evenly | jan 3 | 2025-01 | 3 | green | 36
total | within ±5 % of 120 evenly | jan 9.5 | 2025-01 | 9.5 | green | 114
total | within ±5 % of 120 evenly | jan 9.49 | 2025-01 | 9.49 | red | 113.88
total | at least 100 expected Apr 30 %, Aug 55 % | jan–apr 30 | 2025-04 | 30 | green | 100
total | at least 100 expected Apr 30 %, Aug 55 % | jan–apr 30, may 1 | 2025-05 | 31 | green | 100
total | at least 100 expected Apr 30 %, Aug 55 % | jan–apr 30 | 2025-03 | missing | open | -
total | at least 100 expected Apr 30 %, Aug 55 % | jan–mar 40 | 2025-03 | 40 | open | -
total | at least 100 expected Apr 30, Aug 60 | jan–aug 59.9 | 2025-08 | 59.9 | red | 99.83
total | at least 100 expected Apr 30, Aug 60 | jan–dec 99 | 2025 | 99 | red | -
total in Apr, Aug, Dec | at least 90 evenly | apr 30 | 2025-05 | 30 | green | 90
total in Apr, Aug, Dec | at least 90 evenly | apr 30 | 2025-03 | not measured | open | -
total in Apr, Aug, Dec | at least 90 evenly | apr 30, aug 31 | 2025-08 | 61 | green | 91.5
total in Sep–May | at least 90 expected May 56 % | jan–may 50 | 2025-07 | 50 | red | 89.29
total in Sep–May | at least 90 expected May 55 % | jan–may 50 | 2025-08 | 50 | green | 90.91
average | at least 80 | jan 80, feb 80, mar 79.999 | 2025-03 | 79.9997 | red | 79.9997
average | at least 80 | jan 80, feb 80, mar 79, jan–mar 79.7 | 2025-03 | 79.67 | red | 79.67
total in Sep–May | at least 90 | jan–may 50 | 2025-05 | 50 | open | -
total, to date | at least 24 evenly | jan 2, feb 5 | 2025-02 | 5 | green | 30
total, to date | at least 24 evenly | feb 5 | 2025-02 | 5 | green | 30
total, to date | at least 24 evenly | jan 2 | 2025-02 | missing | open | -
total, to date | at least 24 evenly | feb 5, dec ~26 | 2025-02 | 5 | green | 26
average | at least 75 | jan 70, feb 80 | 2025-02 | 75 | green | 75
average | at least 75 | jan 70, feb 79.9 | 2025-02 | 74.95 | red | 74.95
average | at least 75 | jan–mar 70, apr 90 | 2025-04 | 75 | green | 75
average | at least 33.34 | jan 33, feb 33, mar 34 | 2025-03 | 33.33 | red | 33.33
average in Sep–May | at least 50 | jan–may 40, sep 90 | 2025-09 | 48.33 | red | 48.33
average in Sep–May | at least 50 | jan–may 60 | 2025-07 | 60 | green | 60
average | at least 75 expected Apr 60, Aug 70 | jan–apr 61 | 2025-04 | 61 | green | 61
latest | at least 75 | jan 70, feb 80 | 2025-02 | 80 | green | 80
latest | at least 75 | jan 80 | 2025-02 | missing | open | -
latest | at least 75 | jan 80, feb ~81 | 2025-02 | not measured | open | -
latest | at least 75 | jan 70, feb not applicable | 2025-02 | 70 | red | 70
latest | at least 75 | jan 80, mar not applicable | 2025-03 | missing | open | -
latest in Apr, Aug | at least 75 | apr 80, aug not applicable | 2025-08 | 80 | green | 80
latest in Apr, Aug | at least 75 | apr 80 | 2025-07 | 80 | green | 80
latest in Apr, Aug | at least 75 | apr 80 | 2025-08 | missing | open | -
latest in Apr, Aug | at least 75 | jan 60 | 2025-03 | 60 | red | 60
latest in Apr, Aug | at least 75 | - | 2025-03 | not measured | open | -
latest | at least 75 | ? 80 | 2025-03 | 80 | green | 80
survey | at least 80 | - | 2025-11 | not measured | open | -
survey | at least 80 | - | 2025 | missing | open | -
survey | at least 80 | apr 82 | 2025-11 | 82 | green | -
survey in November | at least 80 | 2025 82 | 2025-11 | 82 | green | -
survey in November | at least 80 | 2025 82 | 2025-10 | not measured | open | -
survey of year before | at least 80 | 2023 82 | 2025-01 | not measured | open | -
survey of year before in March | at least 80 | 2024 82 | 2025-03 | 82 | green | -
survey of year before in March | at least 80 | 2024 82 | 2025-02 | not measured | open | -
survey of year before | at least 80 | 2024 82 | 2025-02 | 82 | green | -
survey of year before in March | at least 80 | 2025 82 | 2025 | missing | open | -
measured every month | at least 75 | feb 80 | 2025-02 | 80 | green | 80
total | increase evenly | 2024 120, jan 10.1 | 2025-01 | 10.1 | green | 121.2
total | increase evenly | 2024 120, jan 10 | 2025-01 | 10 | red | 120
total | at least 24 evenly | jan 2, year ~30 | 2025-01 | 2 | green | 30
total | at least 24 evenly | jan 2, feb–dec ~20 | 2025-01 | 2 | green | 22
"""

SHORT = {
    "total": "total per year",
    "average": "average over the year",
    "latest": "latest level",
    "survey": "measured by survey",
    " of year before": " about the year before",
    " in ": " measured in ",
    "evenly": "expected evenly over the year",
}
"""What stands for the words of the language in the cases."""


def _written(text: str) -> str:
    return reduce(lambda said, short: said.replace(*short), SHORT.items(), text)


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_the_year_so_far(line: str) -> None:
    adds, target, rows, period, value, level, forecast = line.split(" | ")
    adds, target = (_written(each) for each in (adds, target))
    member, _ = member_of(adds, target, "" if rows == "-" else rows, period)
    finding = member.finding
    assert finding is not None
    assert finding.through is not None
    known = finding.value
    assert (value if known is None else str(known.normalize() + 0)) == value
    if known is None:
        assert member.reason == value
    assert ("open" if member.worst != member.best else member.worst) == level
    ahead = finding.through.forecast
    assert ("-" if ahead is None else format(ahead.normalize(), "f")) == forecast


def test_a_total_without_what_is_expected_says_so() -> None:
    member, _ = member_of("total per year", "at least 24", "jan 2", "2025-01")
    assert member.reason == "nothing expected"


def test_the_months_that_are_missing_are_named() -> None:
    member, _ = member_of("total per year", "at least 24", "feb 2, may 1", "2025-05")
    assert member.finding is not None
    assert member.finding.through is not None
    assert member.finding.through.lacking == ("2025-01", "2025-03", "2025-04")


NEEDED = """
total | at least 24 evenly | jan 1, feb 2 | 2025-02 | at least 4
total | over 24 evenly | jan 1, feb 2 | 2025-02 | over 4
total | at least 100 evenly | jan 1 | 2025-01 | at least 8.34
total | at most 100 evenly | jan 9 | 2025-01 | at most 8.33
total | within ±5 % of 120 evenly | jan 9 | 2025-01 | 9.5–10.5
total | at least 100 expected Apr 30 % | jan–may 20 | 2025-05 | at least 30
total | at least 24 | jan 1 | 2025-01 | at least 24
average | at least 75 | jan 70 | 2025-01 | at least 75
"""


@pytest.mark.parametrize("line", NEEDED.strip().splitlines())
def test_what_is_needed_is_needed_by_now(line: str) -> None:
    adds, target, rows, period, needed = line.split(" | ")
    adds, target = (_written(each) for each in (adds, target))
    text = RULES.format(adds=adds, target=f"target {target}")
    result = goalrules.loads(text).assess(list(rows_of(rows)), period)
    assert needed in result.gap().text("en")


def test_a_stated_forecast_is_told_of_what_does_not_say_how_it_adds_up() -> None:
    member, level = member_of("", "within ±0.5", "aug 0.3, year ~0.7", "2025-08")
    assert level == "green"
    assert member.finding is not None
    assert member.finding.through is not None
    assert (member.finding.through.forecast, member.finding.through.adds) == (Decimal("0.7"), "")
    without, _ = member_of("", "within ±0.5", "aug 0.3", "2025-08")
    assert without.finding is not None
    assert without.finding.through is None


def test_a_goal_is_forecast_by_what_its_indicators_are() -> None:
    text = RULES.format(adds="", target="target within ±0.5")
    rows = list(rows_of("aug 0.3, year ~0.7"))
    goal = goalrules.loads(text).assess(rows, "2025-08")["1"]
    assert goal.verdict == "met"
    assert goal.ahead is not None
    assert (goal.ahead.verdict, goal.ahead.level) == ("not met", None)
    assert goalrules.loads(text).assess(rows[:1], "2025-08")["1"].ahead is None


WORKED_OUT = """goalrules 1 en
plan "P" valid 2025
assess indicators
  green when target reached
  yellow when efforts begun
  otherwise red
goal 1 "T"
  indicator a total per year {a} shown only
  indicator b total per year {b} shown only
  indicator s = {formula} {adds} target at least 120 {expected}
  green when s green
"""


# 5 + 6 + 5 + 3 = 19 by the end of February, where 20 of 120 are expected if each term goes evenly
OF_TOTALS = """
evenly | evenly | sum of a, b | - | - | red | yellow | efforts unstated
evenly | - | sum of a, b | - | - | red | green | nothing expected
- | - | sum of a, b | - | - | red | green | nothing expected
- | - | sum of a, b | total per year | evenly | red | yellow | efforts unstated
- | - | share a of b | - | - | green | green | -
"""


@pytest.mark.parametrize("line", OF_TOTALS.strip().splitlines())
def test_what_is_worked_out_of_totals_is_one(line: str) -> None:
    cells = ["" if cell == "-" else cell for cell in line.split(" | ")]
    a, b, formula, adds, expected, *found = cells
    evenly = "expected evenly over the year"
    text = WORKED_OUT.format(
        a=f"target at least 9 {evenly}" if a else "",
        b=f"target at least 9 {evenly}" if b else "",
        formula=formula,
        adds=adds,
        expected=evenly if expected else "",
    )
    rows: list[Row] = [
        {"indicator": name, "period": f"2025-{month:02}", "value": value}
        for name, month, value in (("a", 1, 5), ("a", 2, 6), ("b", 1, 5), ("b", 2, 3))
    ]
    goal = goalrules.loads(text).assess(rows, "2025-02")["1"]
    member = goal.trace.members[2]
    assert [member.worst, member.best, member.reason] == found
    assert goal.text("en")
    assert goal.text("sv")


def test_rows_without_a_period_are_of_the_year_and_of_no_month() -> None:
    rules = goalrules.loads(RULES.format(adds="total per year", target="target at least 4"))
    year = rules.assess_year([{"indicator": "a", "value": 5}], 2025)
    assert [each["1"].verdict for each in (*year.months, year.annual)] == ["open"] * 12 + ["met"]
    assert (year.reached, year.annual_given) == (0, True)
    assert "no outcomes" not in year.text("en")
    assert goalrules.Year.from_dict(year.to_dict()).annual_given


def test_values_of_levels_need_what_is_expected_too() -> None:
    said = "total per year levels green ≥ 24, otherwise red"
    rules = goalrules.loads(RULES.format(adds=said, target=""))
    member = rules.assess(list(rows_of("jan 2")), "2025-01")["1"].trace.members[0]
    assert (member.worst, member.best, member.reason) == ("red", "green", "nothing expected")
