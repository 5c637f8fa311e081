"""What can be given to the Python interface as outcomes and as a period."""

import csv
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

import pytest
from asking import judged, of_contract, refused
from drawn_outcomes import outcomes_path, rule_set

import goalrules
from goalrules.data.period import Period

TWICE = """goalrules 1 en
valid 2025
goal 1 "One" indicator x green when x green
goal 2 "Two" indicator x green when x green
"""


# What is given


@pytest.mark.parametrize(
    ("outcome", "found"),
    [
        ("green", "green"), ("grön", "green"), ("GRÖN", "green"), (" gul ", "yellow"),
        ("röd", "red"), ("gro\u0308n", "green"), ("röd–gul", "red–yellow"),
        (80, "green"), (79, "red–yellow"), (83.1, "green"), (Decimal("79.99"), "red–yellow"),
        ("80", "green"), ("79,99", "red–yellow"), ("80.0", "green"), ("80 %", "green"),
        ("reached", "green"), ("ej uppnått", "red–yellow"),
        (None, "red–green"), ("uppgift saknas", "red–green"), ("", "red–green"),
        ({"value": 83.1}, "green"), ({"utfall": "83,1"}, "green"), ({"level": "gul"}, "yellow"),
        ({"värde": "grön"}, "green"), ({"value": 70, "level": "röd"}, "red"),
        ({"value": 70, "plan": "followed"}, "green"), ({"value": 70, "plan": "följs"}, "green"),
        ({"value": 70, "plan": "begun"}, "yellow"), ({"value": 70, "plan": "planerade"}, "red"),
        ({"value": 70, "plan": "ej påbörjade"}, "red"), ({"plan": "follows plan"}, "green"),
        ({"value": None, "comment": "ännu inte inkommet"}, "red–green"),
    ],
)  # fmt: skip
def test_what_can_be_given(outcome: object, found: str) -> None:
    assert of_contract(outcome) == found


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        ("blue", "unknown-level-word"), (True, "boolean-cell"), (math.nan, "number-not-finite"),
        (math.inf, "number-not-finite"), ("1e5", "number-exponent"), (10**100, "number-too-long"),
        (b"80", "not-an-outcome"), ([80], "not-an-outcome"), ("2025-10", "date-cell"),
        ({"valeu": 80}, "unknown-field"), ({"value": 80, "utfall": 80}, "field-twice"),
        ({"plan": "kanske"}, "unknown-plan-word"), ("80 st", "other-unit"), ("-", "unclear-mark"),
        ({"value": 83, "level": "yellow"}, "level-contradicts-value"),
        ({"value": 70, "level": "green"}, "level-contradicts-value"),
        ({"value": 70, "plan": "begun", "level": "red"}, "level-contradicts-value"),
        ({"value": 80, "period": "höst"}, "unknown-period"),
    ],
)  # fmt: skip
def test_what_cannot_be_given(outcome: object, code: str) -> None:
    assert refused(rule_set(2025), {"avtalstrohet": outcome}) == [code]


@pytest.mark.parametrize(
    ("status", "reason", "applies"),
    [
        ("ännu inte mätt", "not measured", True), ("withheld", "withheld", True),
        ("missing", "missing", True), (None, "missing", True), ("", "blank", True),
        ("ej tillämplig", "not applicable", False),
    ],
)  # fmt: skip
def test_each_kind_of_nothing_keeps_its_reason(
    status: object, reason: str, *, applies: bool
) -> None:
    member = judged(2025, "5", {"avtalstrohet": status})
    assert (member.reason, member.applies) == (reason, applies)
    nothing = rule_set(2025).assess({})["5"].trace.members[1]
    assert nothing.reason == "missing"


def test_every_fault_is_told_at_once() -> None:
    faults = {"budgetföljsamhet": True, "avtalstroht": 1, "x/y": 2, "e-ansökningar": "blå"}
    assert refused(rule_set(2025), faults) == [
        "unknown-indicator", "unknown-indicator", "boolean-cell", "unknown-level-word",
    ]  # fmt: skip


def test_rows_are_taken_in_any_form() -> None:
    path, rules = outcomes_path(2025), rule_set(2025)
    from_file = rules.assess(goalrules.read_outcomes(path))
    _, *lines = path.read_text(encoding="utf-8-sig").splitlines()
    given = rules.assess(csv.DictReader(lines, delimiter=";"))
    assert {name: summary(goal) for name, goal in given.items()} == {
        name: summary(goal) for name, goal in from_file.items()
    }
    assert rules.assess(iter(goalrules.read_outcomes(path))) == from_file


def summary(goal: goalrules.GoalResult) -> tuple[object, ...]:
    """What a goal came to, without the places in the data."""
    return goal.verdict, goal.worst, goal.best, goal.reasons, goal.deciding


def test_names_are_found_however_they_are_written() -> None:
    for name in (
        "AVTALSTROHET",
        "avtalstrohet",
        "5/avtalstrohet",
        "Avtalstrohet (%)",
        " Avtalstrohet  (%)",
    ):
        assert rule_set(2025).assess({name: 83})["5"].trace.members[1].worst == "green"
    for name in ("budgetfo\u0308ljsamhet", "Nämndens budgetföljsamhet (%)"):
        assert rule_set(2025).assess({name: 0})["5"].trace.members[0].worst == "green"


def test_a_name_in_two_goals_needs_its_goal() -> None:
    rules = goalrules.loads(TWICE)
    told_apart = rules.assess({"1/x": "green", "2/x": "red"})
    assert [goal.verdict for goal in told_apart.values()] == ["met", "not met"]
    by_column = rules.assess([{"goal": "2", "indicator": "x", "value": "green"}])
    assert [goal.verdict for goal in by_column.values()] == ["open", "met"]
    with pytest.raises(goalrules.OutcomeError) as caught:
        rules.assess({"x": "green"})
    (fault,) = caught.value.diagnostics
    assert fault.code == "ambiguous-indicator"
    assert fault.facts["goals"] == ("1", "2")
    assert "`1` and `2`" in str(caught.value)


@pytest.mark.parametrize("called", ["våld", "Frågar om våld", "VÅLD"])
def test_a_part_is_found_by_the_name_and_the_title_of_its_indicator(called: str) -> None:
    rules = goalrules.loads(
        'goalrules 1 sv\ngäller 2025 mål 1 "T" indikator våld "Frågar om våld" delar A, B'
        " riktvärde alla delar uppnådda grön om våld grön"
    )
    assert rules.assess({f"{called}/A": "uppnått", f"{called}/B": "uppnått"})["1"].verdict == "met"


def test_the_same_row_twice_is_refused() -> None:
    with pytest.raises(goalrules.OutcomeError) as caught:
        rule_set(2025).assess({"avtalstrohet": 83, "5/Avtalstrohet": 83})
    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.span.line, fault.facts["line"]) == ("duplicate-row", 2, 1)


# Periods


@pytest.mark.parametrize(
    ("period", "verdicts"),
    [  # of goal 5, of goal 7 and its contribution, of goal 1
        (None, ("open", "open", "open", "open")),
        ("2024", ("open", "open", "open", "open")),
        ("helåret 2024", ("open", "open", "open", "open")),
        ("2024-03", ("met", None, None, "open")),
        ("mars 2024", ("met", None, None, "open")),
        ("December 2024", ("met", None, None, "open")),
        ("T1 2024", (None, None, None, "open")),
        ("2024 T2", (None, None, None, "open")),
        ("H1 2024", (None, None, None, "open")),
        ("jan–aug 2024", (None, None, None, "open")),
    ],
)
def test_the_clause_is_that_of_the_class_of_period(
    period: str | None, verdicts: tuple[str | None, ...]
) -> None:
    result = rule_set(2024).assess({"genomförandegrad-tillsyn": 100}, period)
    assert tuple(result[goal].verdict for goal in ("5", "7", "KF7", "1")) == verdicts


def test_a_goal_without_a_clause_for_the_period_has_no_verdict() -> None:
    goal = rule_set(2024).assess({"pappersutskrifter": 1}, "2024-03")["7"]
    assert (goal.verdict, goal.level, goal.trace.followed_up) == (None, None, False)
    assert goal.trace.members[0].worst == "green"


def test_without_a_period_the_plans_own_year_is_meant() -> None:
    assert rule_set(2024).assess({}).trace.period == "2024"
    assert rule_set(2025).assess({}).trace.period == "2025"
    assert rule_set(2025).assess({}, "jan–aug 2025").trace.period == "2025-01/2025-08"
    assert rule_set(2025).assess({}, Period((2025, 3), (2025, 3))).trace.period == "2025-03"
    assert rule_set(2025).assess({}, "delår aug").trace.period == "2025-01/2025-08"
    without = goalrules.loads(TWICE.replace("valid 2025\n", ""))
    assert refused(without, {}) == ["no-period"]
    assert refused(without, {}, "someday") == ["unknown-period"]
    assert refused(without, {}, "delår aug") == ["period-lacks-year"]


def test_outside_the_years_of_the_plan() -> None:
    rules = rule_set(2025)
    inside, outside = rules.assess({"avtalstrohet": 83}), rules.assess({"avtalstrohet": 83}, "2030")
    assert (inside.trace.outside_validity, outside.trace.outside_validity) == (False, True)
    assert outside["5"].trace.members[1].reason == "no target"
    assert outside.table("sv").splitlines()[2]


def test_the_row_for_just_the_period_counts_and_else_the_latest_in_it() -> None:
    rows = [
        {"indicator": "avtalstrohet", "period": period, "value": value}
        for period, value in (("2025-03", 1), ("jan–okt 2025", 90), ("T1 2025", 2), ("2024", 99))
    ]
    member = judged(2025, "5", rows)
    assert member.finding
    assert member.finding.row
    assert (member.finding.value, member.finding.row.partial) == (Decimal(90), True)
    exact = judged(2025, "5", [*rows, {"indicator": "avtalstrohet", "period": "2025", "value": 3}])
    assert exact.finding
    assert exact.finding.row
    assert (exact.finding.value, exact.finding.row.partial) == (Decimal(3), False)


# What cannot be meant


@pytest.mark.parametrize("given", [None, 3, "x"])
def test_what_is_no_outcomes_and_no_judgements(given: object) -> None:
    rules, anything = goalrules.loads(TWICE), cast(Any, given)
    asked: dict[str, list[Callable[[], object]]] = {
        "not-an-outcome": [
            lambda: rules.assess(anything),
            lambda: rules.assess_year(anything),
            lambda: goalrules.rule("a green", ["a"]).evaluate(anything),
        ],
        "not-a-judgement": [
            lambda: rules.assess({}, judgements=anything),
            lambda: rules.assess_year({}, judgements=anything),
        ],
    }
    for code, calls in asked.items():
        for call in calls:
            with pytest.raises(goalrules.GoalrulesError, match=code):
                call()


def test_another_language_and_a_year_in_text() -> None:
    rules = goalrules.loads(TWICE)
    assert rules.in_year("2025").goals == rules.in_year(2025).goals
    with pytest.raises(ValueError, match="no language 'de'"):
        rules.template(2025, cast("Any", "de"))
    with pytest.raises(ValueError, match="no texts in 'de'"):
        goalrules.diff(rules, rules).text(cast("Any", "de"))
