"""How several rows of one indicator meet, and what their words may say beside each other."""

import pytest
from through_year import member_of

import goalrules

pytestmark = pytest.mark.law

RULES = """goalrules 1 en
plan "P" valid 2024–2026
assess indicators
  green when target reached
  otherwise red
goal 1 "T"
  indicator a
    {says}
  group activities as reported
  green when a green
"""


def level(says: str, *rows: dict[str, object], period: str = "2025") -> str:
    """The level of the indicator; the codes of what is wrong with its rows."""
    rules = goalrules.loads(RULES.format(says=says))
    try:
        goal = rules.assess([{"indicator": "a", **row} for row in rows], period)["1"]
    except goalrules.OutcomeError as error:
        return " ".join(each.code for each in error.diagnostics)
    member = goal.trace.members[0]
    return member.reason or (member.worst if member.worst == member.best else "open")


@pytest.mark.parametrize(
    ("adds", "rows", "period", "value"),
    [
        ("total per year", "jan–nov 11, dec not applicable", "2025", "11"),
        ("average over the year", "jan–nov 11, dec not applicable", "2025", "11"),
        ("average over the year", "jan 10, feb 20, mar not applicable", "2025-03", "15"),
        ("total per year", "jan–jun 6, jul–aug not applicable", "2025-08", "6"),
        ("total per year, to date", "oct 60, nov 70, dec not applicable", "2025", "70"),
        ("total per year", "jan not applicable, feb 5, mar not applicable", "2025-03", "5"),
        ("total per year", "jan not applicable, feb not applicable", "2025-02", "None"),
    ],
)
def test_a_month_that_does_not_apply_leaves_the_sum_and_not_the_rule(
    adds: str, rows: str, period: str, value: str
) -> None:
    member, _ = member_of(adds, "at least 100", rows, period)
    assert member.finding
    assert str(member.finding.value) == value
    assert member.applies is (value != "None")


@pytest.mark.parametrize(
    ("target", "before", "now", "found"),
    [
        ("decrease by 5 %", -100, -96, "red"),
        ("decrease by 5 %", -100, -105, "green"),
        ("increase by 5 %", -100, -95, "green"),
        ("increase by 5 %", -100, -96, "red"),
        ("increase by 200 %", -100, -290, "red"),
        ("increase by 200 %", -100, 100, "green"),
        ("decrease by 150 %", -2, -5, "green"),
        ("increase by 5 %", 0, 0, "reference is nought"),
        ("decrease by 5 %", 0, -3, "reference is nought"),
        ("increase by 0 %", 0, 0, "green"),
        ("increase", 0, 0, "red"),
        ("increase", -100, -105, "red"),
        ("increase by 5 %", 100, 105, "green"),
    ],
)
def test_a_change_in_percent_is_taken_from_the_size(
    target: str, before: int, now: int, found: str
) -> None:
    rows = {"period": "2024", "value": before}, {"period": "2025", "value": now}
    assert level(f"target {target}", *rows) == found


def test_a_baseline_of_nought_is_told_and_a_hidden_one_is_not() -> None:
    rules = goalrules.loads(RULES.format(says="baseline 0\n    target increase by 5 %"))
    text = rules.assess([{"indicator": "a", "period": "2025", "value": 4}], "2025").text()
    assert "compared with is 0, and no change is some percent of 0" in " ".join(text.split())
    assert "target increase by 5 % (baseline 0)" in " ".join(text.split())
    rows = {"period": "2024", "value": 0}, {"period": "2025", "value": 40}
    hidden = "small counts hidden\n    target increase by 5 %"
    assert level(hidden, *rows) == "no reference"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"value": "red", "level": "green"}, "level-contradicts-value"),
        ({"value": "green", "level": "green"}, "green"),
        ({"value": "red–yellow", "level": "green"}, "level-contradicts-value"),
        ({"value": "yellow–green", "level": "green"}, "green"),
        ({"value": "reached", "level": "red"}, "level-contradicts-value"),
        ({"value": "not applicable", "level": "green"}, "applies-and-not"),
        ({"value": 80, "level": "not applicable"}, "applies-and-not"),
        ({"value": "missing", "level": "not applicable"}, "applies-and-not"),
        ({"value": "reached", "level": "not applicable"}, "applies-and-not"),
        ({"value": "not applicable", "level": "not applicable"}, "not applicable"),
        ({"value": "withheld", "level": "green"}, "green"),
        ({"value": "missing", "level": "green"}, "green"),
    ],
)
def test_words_that_contradict_each_other_are_refused(row: dict[str, object], found: str) -> None:
    assert level("target at least 75", {"period": "2025", **row}) == found
    if "reached" not in row.values() and "green" not in found:
        reported = {"indicator": "activities/b", "period": "2025", **row}
        rules = goalrules.loads(RULES.format(says="target at least 75"))
        codes = ["level-expected"] if 80 in row.values() else []
        if found == "not applicable":
            assert rules.assess([reported], "2025")
        else:
            with pytest.raises(goalrules.OutcomeError) as refused:
                rules.assess([reported], "2025")
            assert [each.code for each in refused.value.diagnostics] == [found, *codes]


def test_a_part_that_does_not_apply_has_no_level() -> None:
    part = {"indicator": "a/north", "period": "2025", "value": "not applicable", "level": "green"}
    rules = goalrules.loads(RULES.format(says="parts as reported\n    target all parts reached"))
    with pytest.raises(goalrules.OutcomeError, match="applies-and-not"):
        rules.assess([part], "2025")


PERCENT = """goalrules 1 en
plan "P" valid 2024–2026
assess indicators
  green when target reached or plan followed
  otherwise red
goal 1 "T"
  indicator a unit %
    {adds}
    target at least 60
  green when a green
"""


def text_of(adds: str, *rows: dict[str, object], period: str = "2025") -> str:
    """The explanation and the table of an assessment, on one line."""
    rules = goalrules.loads(PERCENT.format(adds=adds))
    found = rules.assess([{"indicator": "a", **row} for row in rows], period)
    return " ".join(f"{found.text()} {found.table()}".split())


@pytest.mark.parametrize("adds", ["higher is better", "average over the year"])
def test_a_figure_goes_with_what_its_own_row_says(adds: str) -> None:
    year = {"period": "2025", "value": 54, "plan": "begun", "comment": "of the year"}
    december = {"period": "2025-12", "value": 60, "plan": "followed", "comment": "of a month"}
    for rows in ((year, december), (december, year)):
        said = text_of(adds, *rows)
        assert "✗" in said.split("✓")[0]
        assert "efforts begun, comment “of the year”" in said
        assert "and not December 2025 (60 %)" in said
        assert "of a month" not in said


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((("Jan–Oct 2025", 63.4), ("2025-11", 55)), "and not January–October 2025 (63.4 %)"),
        ((("Jan–Jun 2025", 70), ("Jul–Sep 2025", 50)), "and not January–June 2025 (70 %)"),
        ((("Jan–Jun 2025", 70), ("2025-05", 50)), ""),
        ((("Jan–Jun 2025", 70), ("2025-06", 50)), "and not January–June 2025 (70 %)"),
        ((("2025", 70), ("2025-12", 50)), "and not December 2025 (50 %)"),
        ((("2025-11", 70), ("2025-12", 50)), "the last of 2 rows of the period counts"),
    ],
)
def test_a_row_that_is_outranked_is_told(rows: tuple[tuple[str, object], ...], told: str) -> None:
    given = [{"period": period, "value": value} for period, value in rows]
    for order in (given, given[::-1]):
        assert told in text_of("higher is better", *order)


def test_a_row_of_few_is_told_without_its_value() -> None:
    rows = (
        {"period": "Jan–Oct 2025", "value": 63, "count": 6},
        {"period": "2025-11", "value": 55, "count": 1000},
    )
    assert "63" not in text_of("small counts hidden below 5", *rows)


BOTH = """
  indicator b
    total per year expected evenly over the year
    target at least 1
  green when all green
"""


@pytest.mark.parametrize(
    ("adds", "months", "verdict"),
    [
        ("average over the year", (1, 2, 3, 5, 6), "open"),
        ("average over the year", (1, 2, 3, 4, 5, 6), "met"),
        ("measured by survey", (3,), "met"),
        ("measured by survey", (), "open"),
    ],
)
def test_a_forecast_is_as_open_as_what_it_rests_on(
    adds: str, months: tuple[int, ...], verdict: str
) -> None:
    text = PERCENT.format(adds=adds).replace("  green when a green", BOTH)
    rows = [{"indicator": "a", "period": f"2025-0{month}", "value": 90} for month in months]
    rows += [{"indicator": "b", "period": f"2025-0{month}", "value": 9} for month in range(1, 7)]
    ahead = goalrules.loads(text).assess(rows, "2025-06")["1"].trace.ahead
    assert ahead
    assert ahead.verdict == verdict


def test_forecasts_of_months_are_used() -> None:
    rows = (
        {"period": "2025-09", "value": 70},
        *({"period": f"2025-{month}", "forecast": value} for month, value in ((11, 61), (12, 57))),
    )
    said = text_of("higher is better", *rows, period="2025-09")
    assert "forecast for the year 57 %" in said
    assert "Forecast for the year: not met" in said


def test_how_far_outcomes_reach_is_told_of_a_year() -> None:
    rows = [{"period": "2025-08", "value": 70}, {"period": "2025-09", "value": 70}]
    assert "`--period 2025-09`" in text_of("latest level", *rows)
    assert "--period" not in text_of("latest level", *rows, period="2025-09")
    assert "--period" not in text_of("latest level", *rows, {"period": "2025-12", "value": 7})
    assert "--period" not in text_of("latest level", {"period": "2025", "value": 70})
