"""What would follow from other outcomes is what an assessment of those comes to."""

import pickle
from random import Random

import pytest
from imports import ROOT

import goalrules
from goalrules.types import Period

RULES = {year: ROOT / "rulesets" / f"socialnamnden-{year}.goals" for year in (2024, 2025)}
MONTHS = ROOT / "examples" / "utfall-2025-manader.xlsx"
LEVELS = ("green", "yellow", "red", None, "not applicable")


def rules_of(year: int) -> goalrules.RuleSet:
    """The rules of a year."""
    return goalrules.load(RULES[year])


def names_of(rules: goalrules.RuleSet) -> list[str]:
    """The indicators by their goals."""
    return [f"{goal.id}/{name}" for goal in rules.goals.values() for name in goal.members]


@pytest.mark.parametrize("year", RULES)
def test_by_name_it_is_another_assessment(year: int) -> None:
    rules, rng = rules_of(year), Random(year)  # noqa: S311 - the same cases every time
    names = names_of(rules)
    for _ in range(12):
        before = {name: rng.choice(LEVELS) for name in rng.sample(names, 12)}
        over: dict[str, object] = {name: rng.choice(LEVELS) for name in rng.sample(names, 3)}
        result = rules.assess(before, year)
        if_so = result.what_if(over)
        fresh = rules.assess({**before, **over}, year)
        assert if_so.before is result
        assert if_so.after.verdicts() == fresh.verdicts()
        assert rules.assess(before, year, overrides=over).verdicts() == fresh.verdicts()
        changed = {goal for goal in result if result[goal].level != fresh[goal].level}
        assert changed <= set(if_so.changed)
        for goal, (was, is_now) in if_so.changed.items():
            assert (was.verdict, is_now.verdict) == (result[goal].verdict, fresh[goal].verdict)


def test_rows_of_a_file_give_way_for_the_year() -> None:
    rules = rules_of(2025)
    rows = goalrules.read_outcomes(MONTHS, 2025)
    for period in ("2025", "2025-03", "T1 2025"):
        result = rules.assess(rows, period)
        none = result.what_if({})
        assert none.changed == {}
        if_so = result.what_if({"budgetföljsamhet": "red", "avtalstrohet": 12})
        assert "5" in if_so.changed or result["5"].verdict == "not met"
        assert if_so.after["5"].verdict == "not met"


def test_a_total_is_taken_as_what_it_comes_to_from_the_start_of_the_year() -> None:
    text = """goalrules 1 en
valid 2025
goal 1 "G"
  indicator visits
    total per year
    target at least 120
    expected evenly over the year
  green when all green
"""
    rules = goalrules.loads(text)
    rows = [{"indicator": "visits", "value": 1, "period": f"2025-0{month}"} for month in (1, 2, 3)]
    result = rules.assess(rows, "2025-03")
    assert result["1"].verdict == "not met"
    if_so = result.what_if({"visits": 30})
    assert if_so.after["1"].verdict == "met"
    assert list(if_so.changed) == ["1"]


def test_a_name_that_is_none_is_told() -> None:
    result = rules_of(2025).assess({}, 2025)
    with pytest.raises(goalrules.OutcomeError, match="unknown-indicator"):
        result.what_if({"nothing of the kind": "green"})
    with pytest.raises(goalrules.OutcomeError, match="overrides"):
        result.what_if({"5/budgetföljsamhet": object()})


def test_what_knows_no_rules_cannot_be_asked() -> None:
    result = rules_of(2025).assess({}, 2025)
    for other in (pickle.loads(pickle.dumps(result)), result.only(["5"])):  # noqa: S301 - our own
        with pytest.raises(ValueError, match="what if"):
            other.what_if({})


# Many, and one ready for a period


def test_of_many_cases_each_is_told_by_its_key() -> None:
    rules = rules_of(2025)
    cases = [
        ("a", {"5/budgetföljsamhet": "green"}, "2025"),
        ("b", {"5/budgetföljsamheten": "green"}, "2025"),
        ("c", {}, "soon"),
        ("d", {"5/budgetföljsamhet": "red"}, None),
    ]
    found = dict(rules.assess_many(cases))
    assert list(found) == ["a", "b", "c", "d"]
    assert isinstance(found["b"], goalrules.OutcomeError)
    assert isinstance(found["c"], goalrules.QuestionError)
    for key, outcomes, period in (cases[0], cases[3]):
        assert found[key] == rules.assess(outcomes, period)
    several = rules.assess_many(cases, on_error="raise")
    assert next(several)[0] == "a"
    with pytest.raises(goalrules.OutcomeError) as caught:
        next(several)
    assert caught.value.__notes__ == ["in the case 'b'"]


def test_rules_made_ready_for_a_period() -> None:
    rules = rules_of(2025)
    program = rules.compile("2025-03")
    assert program.period == Period((2025, 3), (2025, 3))
    outcomes = {"5/budgetföljsamhet": "green", "5/avtalstrohet": 83.1}
    assert program.assess(outcomes) == rules.assess(outcomes, "2025-03")
    assert program.verdicts(outcomes) == rules.assess(outcomes, "2025-03").verdicts()


def test_bound_outcomes_are_of_one_year() -> None:
    bound = rules_of(2025).bind(goalrules.read_outcomes(MONTHS, 2025), 2025)
    assert bound.assess() == rules_of(2025).assess(bound.rows, 2025)
    with pytest.raises(ValueError, match="is not of 2025"):
        bound.assess("2026-01")


def test_a_row_for_each_goal_for_a_data_frame() -> None:
    result = rules_of(2025).assess({"5/budgetföljsamhet": "green"}, 2025)
    rows = result.rows()
    assert [row["goal"] for row in rows] == list(result)
    assert {row["goal"]: row["verdict"] for row in rows} == result.verdicts()
    assert {row["period"] for row in rows} == {"2025"}
