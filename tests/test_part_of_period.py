"""An outcome for less than the period makes an indication of the verdict that rests on it."""

import pytest

import goalrules

RULES = """goalrules 1 en
plan "P"
valid 2025
goal 1 "T"
  indicator a
    target at least 10
  indicator b
    target at least 10
  green when {rule}
"""
MARCH, YEAR = "2025-03", "2025"


def assessed(
    rule: str, a: tuple[str, int], b: tuple[str, int], period: str = YEAR
) -> goalrules.GoalResult:
    rows = [
        {"indicator": name, "period": when, "value": value}
        for name, (when, value) in (("a", a), ("b", b))
    ]
    return goalrules.loads(RULES.format(rule=rule)).assess(rows, period)["1"]


@pytest.mark.parametrize(
    ("rule", "a", "b", "indication"),
    [
        ("all green", (YEAR, 12), (YEAR, 12), False),
        ("all green", (MARCH, 12), (YEAR, 12), True),
        ("all green", (MARCH, 12), (YEAR, 8), False),
        ("all green", (MARCH, 8), (YEAR, 12), True),
        ("at least 1 green", (MARCH, 12), (YEAR, 12), False),
        ("at least 1 green", (MARCH, 12), (YEAR, 8), True),
        ("all green", ("Q4 2025", 12), ("2025-12", 12), True),
        ("all green", ("Jan–Oct 2025", 12), (YEAR, 12), True),
        ("all green", ("school year 2024/25", 12), (YEAR, 12), True),
        ("all green", ("2024", 12), (YEAR, 8), False),
        ("all green", ("2023–2025", 12), (YEAR, 12), True),
        ("all green", ("2023–2025", 12), (YEAR, 8), False),
    ],
)
def test_a_verdict_is_an_indication_where_its_reason_rests_on_a_part(
    rule: str, a: tuple[str, int], b: tuple[str, int], *, indication: bool
) -> None:
    found = assessed(rule, a, b)
    assert found.indication == indication
    assert ("indication" in found.to_dict()) == indication


def test_an_outcome_of_several_years_is_told_as_that() -> None:
    rows = [
        {"indicator": "a", "period": "2023–2025", "value": 12},
        {"indicator": "b", "period": YEAR, "value": 12},
    ]
    found = goalrules.loads(RULES.format(rule="all green")).assess(rows, YEAR)["1"]
    assert "a are for 2023–2025, longer than the period" in " ".join(found.text("en").split())


def test_an_open_verdict_is_none() -> None:
    found = assessed("all green", (MARCH, 12), ("2024", 12))
    assert (found.verdict, found.indication) == ("open", False)


def test_the_period_that_is_asked_for_is_none() -> None:
    assert not assessed("all green", (MARCH, 12), (MARCH, 12), MARCH).indication


def test_a_goal_above_is_one_where_the_goal_that_it_rests_on_is() -> None:
    rules = RULES.format(rule="all green") + 'goal 2 "U"\n  green when all of goal 1 met\n'
    rows = [
        {"indicator": "a", "period": MARCH, "value": 12},
        {"indicator": "b", "period": YEAR, "value": 12},
    ]
    found = goalrules.loads(rules).assess(rows, YEAR)
    assert [goal.indication for goal in found.values()] == [True, True]
    again = goalrules.Assessment.from_dict(found.to_dict())
    assert [goal.indication for goal in again.values()] == [True, True]
    said = found.table("en")
    assert said.count("✓ met (indication)") == len(found)
    assert "The assessment of goal 1 is an indication" in said
    assert [goal["indication"] for goal in found.to_dict("summary")["goals"]] == [True, True]


def test_a_member_that_the_data_report_is_looked_at_too() -> None:
    rules = """goalrules 1 en
plan "P"
valid 2025
goal 1 "T"
  group acts as reported
  green when all of acts green
"""
    row = {"group": "acts", "indicator": "x", "period": MARCH, "level": "green"}
    assert goalrules.loads(rules).assess([row], YEAR)["1"].indication


def test_a_level_that_the_file_adds_up_is_no_indication() -> None:
    rules = RULES.format(rule="a green").replace(
        "  indicator b", "    average over the year\n  indicator b"
    )
    rows = [{"indicator": "a", "period": f"2025-{m:02}", "value": 12} for m in range(1, 13)]
    found = goalrules.loads(rules).assess(rows, YEAR)["1"]
    assert (found.verdict, found.indication) == ("met", False)
