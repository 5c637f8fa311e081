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
