"""What outcomes come to by targets, parts and plans, in exact numbers."""

from decimal import Decimal

import pytest
from asking import alone, judged, level, of_contract, refused
from drawn_outcomes import PARTS, rule_set

# Targets


def rows_of(name: str, **values: object) -> list[dict[str, object]]:
    """Rows of one indicator by year."""
    return [
        {"indicator": name, "period": year.lstrip("y"), "value": value}
        for year, value in values.items()
    ]


@pytest.mark.parametrize(
    ("name", "goal", "before", "value", "found"),
    [
        ("genomförandeplaner", "2", 60.9, 60.9, "red–yellow"),  # increase: strictly
        ("genomförandeplaner", "2", 60.9, "60,91", "green"),
        ("genomförandeplaner", "2", None, 60.5, "red–yellow"),  # the baseline is 60.5
        ("genomförandeplaner", "2", None, 60.6, "green"),
        ("genomförandeplaner", "2", "grön", 60.6, "green"),  # a level is no reference
        ("barns-och-ungas-delaktighet", "2", None, 99, "red–green"),  # no baseline
        ("personalomsättning", "KF6", 12, 12, "red–yellow"),  # decrease: strictly
        ("personalomsättning", "KF6", 12, 11.9, "green"),
        ("personalomsättning", "KF6", None, 12.4, "green"),  # the baseline is 12.5
        ("yttre-tillsyn", "3", 99, 99, "green"),  # maintain, higher is better
        ("yttre-tillsyn", "3", 99, 98.9, "red–yellow"),
        ("yttre-tillsyn", "3", None, 100, "green"),
        ("sjukfrånvaro", "KF6", 6, 6, "green"),  # maintain, lower is better
        ("sjukfrånvaro", "KF6", 6, "6,01", "red–yellow"),
        ("sjukfrånvaro", "KF6", None, "6,1", "green"),
    ],
)  # fmt: skip
def test_a_change_is_measured_from_the_year_before_else_the_baseline(
    name: str, goal: str, before: object, value: object, found: str
) -> None:
    rows = rows_of(name, y2025=before, y2026=value) if before else rows_of(name, y2026=value)
    member = judged(2025, goal, rows, "2026")
    assert level(member) == found
    assert member.finding
    assert member.finding.target
    known = {"red–green": ""}.get(
        found, "year before" if isinstance(before, float | int) else "baseline"
    )
    assert member.finding.target.reference_from == known


def test_an_open_change_says_that_the_reference_is_missing() -> None:
    member = judged(2025, "2", {"barns-och-ungas-delaktighet": 99}, "2026")
    assert member.reason == "no reference"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (1_121_000, "green"), ("1 121 000", "green"), (1_121_001, "red–yellow"),
        ("1121000,01", "red–yellow"),
    ],
)  # fmt: skip
def test_a_decrease_by_percent_is_exact(value: object, found: str) -> None:
    member = judged(2024, "7", {"pappersutskrifter": value})
    assert level(member) == found
    assert member.finding
    aimed = member.finding.target
    assert aimed
    assert (aimed.high, aimed.low, aimed.strict) == (Decimal(1_121_000), None, False)
    assert (aimed.reference, aimed.percent) == (Decimal(1_180_000), Decimal(5))


@pytest.mark.parametrize(
    ("target", "value", "verdict"),
    [
        ("within ±0.5", "0.5", "met"), ("within ±0.5", "-0.5", "met"),
        ("within ±0.5", "0.51", "not met"), ("within ±0.5", "-0.5000001", "not met"),
        ("80–100", "80", "met"), ("80–100", 100, "met"), ("80–100", "79.9999", "not met"),
        ("80–100", "100.01", "not met"), ("at most 15", 15, "met"), ("at most 15", 15.1, "not met"),
        ("at least 75", "74.95", "not met"), ("at least 75", 74.95, "not met"),
        ("at least 75", "74.999999999999999999999", "not met"), ("at least 75", 75.0, "met"),
        ("at least 0.3", 0.1 + 0.2, "met"), ("at most 0.3", 0.1 + 0.2, "not met"),
        ("at most 0.3", 0.3, "met"), ("at least 0.3", Decimal("0.3"), "met"),
        ("at least -5", -5, "met"), ("at least -5", "−5.1", "not met"),
        ("2024 at least 1; 2025 at least 3", 2, "not met"), ("2024 at least 1", 2, "open"),
    ],
)  # fmt: skip
def test_values_are_compared_exactly(target: str, value: object, verdict: str) -> None:
    assert alone(target, value, "higher is better") == verdict


def test_a_float_is_taken_by_its_shortest_form() -> None:
    member = judged(2025, "5", {"avtalstrohet": 0.1})
    assert member.finding
    assert member.finding.value == Decimal("0.1")
    noise = judged(2025, "5", {"avtalstrohet": 0.1 + 0.2})
    assert noise.finding
    assert noise.finding.value == Decimal("0.30000000000000004")


def test_units_are_told_apart() -> None:
    rules = rule_set(2025)
    assert refused(rules, {"avtalstrohet": "83 st"}) == ["other-unit"]
    assert refused(rules, {"uppsökande-aktiviteter": "700 %"}) == ["other-unit"]
    assert level(judged(2025, "1.1", {"uppsökande-aktiviteter": "700 st"})) == "green"
    assert of_contract(0.83) == "red–yellow"  # a share is no percentage


# Parts


def parts(*said: str | None) -> dict[str, object]:
    """What is said of the four parts of an indicator."""
    return {
        f"1.2/frågar-om-våld/{name}": each for name, each in zip(PARTS, said, strict=False) if each
    }


@pytest.mark.parametrize(
    ("outcomes", "found"),
    [
        (parts("uppnått", "reached", "uppnått", "target reached"), "green"),
        (parts("uppnått", "uppnått", "uppnått"), "red–green"),
        (parts("uppnått", "uppnått", "uppnått", "saknas"), "red–green"),
        (parts("uppnått", "uppnått", "uppnått", "ej tillämplig"), "green"),
        (parts("ej uppnått"), "red–yellow"),
        ({"frågar-om-våld": "uppnått"}, "green"),
        ({"frågar-om-våld": "ej uppnått"}, "red–yellow"),
        ({"frågar-om-våld": {"value": "ej uppnått", "plan": "followed"}}, "green"),
        ({"frågar-om-våld": "gul"}, "yellow"),
        ({}, "red–green"),
    ],
)
def test_an_indicator_of_parts(outcomes: dict[str, object], found: str) -> None:
    member = rule_set(2025).assess(outcomes)["1.2"].trace.members[0]
    assert level(member) == found


def test_parts_that_the_data_report() -> None:
    rows = {f"effektiva-insatser/{name}": "uppnått" for name in ("A", "B")}
    rules = rule_set(2025)
    assert level(rules.assess(rows)["5"].trace.members[2]) == "green"
    rows["effektiva-insatser/B"] = "ej uppnått"
    assert level(rules.assess(rows)["5"].trace.members[2]) == "red–yellow"
    assert refused(rules, {"frågar-om-våld/Vuxna": "uppnått"}) == ["unknown-part"]
    assert refused(rules, {"frågar-om-våld/Vuxen": 5}) == ["reached-expected"]


# Plans


@pytest.mark.parametrize(
    ("plan", "found_2025", "found_2024"),
    [
        ("followed", "green", "yellow"), ("begun", "yellow", "yellow"), ("planned", "red", "red"),
        ("not begun", "red", "red"), (None, "red–yellow", "red–yellow"),
    ],
)  # fmt: skip
def test_how_the_plan_of_the_goal_work_counts(
    plan: str | None, found_2025: str, found_2024: str
) -> None:
    outcome = {"value": 10} | ({"plan": plan} if plan else {})
    in_2025 = judged(2025, "5", {"avtalstrohet": outcome})
    in_2024 = judged(2024, "8", {"avtalstrohet": outcome})
    assert (level(in_2025), level(in_2024)) == (found_2025, found_2024)
    assert in_2025.unclaimed == ("" if plan else "followed")
    assert in_2024.unclaimed == ""


def test_a_verdict_that_rests_on_an_unstated_claim_says_so() -> None:
    low = {"budgetföljsamhet": 9, "avtalstrohet": 9, "e-ansökningar": 9, "omvandlingsgrad": 9}
    goal = rule_set(2025).assess(low)["5"]
    assert goal.verdict == "not met"
    said = {each.code: each.members for each in goal.reasons}
    assert set(said["unclaimed"]) == set(low)
