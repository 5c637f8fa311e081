"""Figures of few people or cases: hidden in everything that is written, while the level counts."""

import json
import re

import pytest
from cases import dear
from hypothesis import given
from hypothesis import strategies as some

import goalrules

RULES = """goalrules 1 en
plan "P" valid 2024–2026
assess indicators
  green when target reached
  yellow when at least 50 % of target
  otherwise red
goal 1 "T"
  indicator a {adds} target 2024 at least 1000; 2025 at least 1000; 2026 increase
    {hidden}
  indicator s unit % target at least 70 small counts hidden below 10
  indicator b target at least 10000
  indicator w = sum of a, b target at least 20000
  indicator d = share a of b target at least 50
  green when at least 3 of 5 green
"""

Row = dict[str, object]
EVERY = "total per year expected evenly over the year"


def written(rules: goalrules.RuleSet, rows: list[Row], period: str) -> str:
    """Everything that is written of an assessment, in every form."""
    result = rules.assess(rows, period)
    texts = [result.text("sv"), result.text("en"), result.table("sv"), result.gap().text("en")]
    documents = [result.to_dict(), result.gap().to_dict()]
    return "\n".join([*texts, *(json.dumps(_without_places(each)) for each in documents)])


PLACES = (
    "span", "row", "inputs", "clause", "derivation", "engine", "language_version", "rules_sha256",
)  # fmt: skip


def _without_places(document: object) -> object:
    """A document without the lines and columns of files, which are numbers too."""
    if isinstance(document, dict):
        kept = {key: each for key, each in document.items() if key not in PLACES}
        return {key: _without_places(each) for key, each in kept.items()}
    if isinstance(document, list):
        return [_without_places(each) for each in document]
    return document


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"[0-9]+(?:[.,][0-9]+)?", text))


def test_a_small_count_is_nowhere() -> None:
    rules = goalrules.loads(RULES.format(adds="", hidden="small counts hidden"))
    rows: list[Row] = [
        {"indicator": "a", "period": "2025", "value": 4, "comment": "4 persons"},
        {"indicator": "b", "period": "2025", "value": 12345},
        {"indicator": "s", "period": "2025", "value": "71.25", "count": 48},
    ]
    text = written(rules, rows, "2025")
    assert "12345" in text.replace("\u00a0", "")
    assert "71.25" in text  # 34.2 of 48, and 13.8 others
    assert not {"12349", "0.0324", "persons"} & set(re.findall(r"\w[\w.]*", text))
    member = rules.assess(rows, "2025")["1"].trace.members[0]
    assert member.worst == "red"
    assert member.finding is not None
    assert (member.finding.value, member.finding.hidden) == (None, "small")


@pytest.mark.parametrize(
    ("value", "count", "hidden"),
    [
        ("71.25", None, "no count"),  # nobody can tell of how many
        ("75", 8, "small"),  # of few
        ("75", 12, "small"),  # 9 of 12, which are few
        ("75", 20, "small"),  # 5 others, which are few
        ("75", 40, ""),  # 30, and 10 others
        ("75", 39, "small"),  # 29.25, and 9.75 others
        ("100", 50, "small"),  # there are no others, which shows that it is all of them
        ("0", 50, "small"),
    ],
)
def test_a_percentage_shows_two_counts(value: str, count: int | None, hidden: str) -> None:
    rules = goalrules.loads(RULES.format(adds="", hidden=""))
    row = {"indicator": "s", "period": "2025", "value": value, "count": count}
    given_ = {key: each for key, each in row.items() if each is not None}
    member = rules.assess([given_], "2025")["1"].trace.members[1]
    assert member.finding is not None
    assert member.finding.hidden == hidden
    assert (member.finding.value is None) == bool(hidden)


def test_a_reference_of_few_is_hidden() -> None:
    rules = goalrules.loads(RULES.format(adds="", hidden="small counts hidden"))
    rows: list[Row] = [
        {"indicator": "a", "period": "2025", "value": 3},
        {"indicator": "a", "period": "2026", "value": 77},
    ]
    member = rules.assess(rows, "2026")["1"].trace.members[0]
    assert member.worst == "green"
    assert member.finding is not None
    assert member.finding.value == 77
    assert member.finding.target is not None
    assert (member.finding.target.reference, member.finding.target.low) == (None, None)
    assert rules.assess(rows[1:], "2026")["1"].trace.members[0].reason == "no reference"


@dear(10)  # each is a whole year
@given(some.lists(some.integers(0, 40), min_size=1, max_size=12))
def test_no_month_of_few_can_be_worked_out_of_the_year(months: list[int]) -> None:
    """What is shown of two months in a row gives the second; that is never one of few."""
    rules = goalrules.loads(RULES.format(adds=EVERY, hidden="small counts hidden"))
    rows: list[Row] = [
        {"indicator": "a", "period": f"2025-{n:02}", "value": each}
        for n, each in enumerate(months, 1)
    ]
    shown = [
        found.finding.value
        for month in rules.assess_year(rows, 2025).months[: len(months)]
        for found in month["1"].trace.members[:1]
        if found.finding
    ]
    known = [0, *shown]
    for before, now, month in zip(known, known[1:], months, strict=False):
        if before is not None and now is not None:
            assert now - before == month
            assert month >= 5
    small = [n for n, each in enumerate(months) if each < 5]
    assert all(each is None for each in shown[small[0] :]) if small else None not in shown


YEARS = """goalrules 1 en
plan "P" valid 2024–2026
goal 1 "T"
  indicator a {said}
    {hidden}
  green when a green
"""


def values(
    said: str, rows: list[Row], *periods: str, hidden: str = "small counts hidden"
) -> list[str | None]:
    """The value that is shown of the indicator in each period, as text; None where it is hidden."""
    rules = goalrules.loads(YEARS.format(said=said, hidden=hidden))
    found = [rules.assess(rows, each)["1"].trace.members[0].finding for each in periods]
    return [str(each.value) if each and each.value is not None else None for each in found]


def rows_of(*given: tuple[str, object]) -> list[Row]:
    return [{"indicator": "a", "period": period, "value": value} for period, value in given]


def test_what_lies_between_two_values_to_date_is_hidden() -> None:
    target = "target at least 100 expected evenly over the year"
    to_date = rows_of(("2025-01", 11), ("2025-02", 14), ("2025-03", 30))
    periods = ("2025-01", "2025-02", "2025-03")
    assert values(f"total per year, to date {target}", to_date, *periods) == ["11", None, None]
    runs = rows_of(("jan–mar 2025", 30), ("jan–apr 2025", 33))
    assert values(f"total per year {target}", runs, "2025-03", "2025-04") == ["30", None]
    months = [(f"2025-{n:02}", 11) for n in range(1, 12)]
    year = rows_of(*months, ("2025", 124))
    assert values(f"total per year {target}", year, "2025-11", "2025") == ["121", None]
    means = rows_of(("jan–mar 2025", 10), ("jan–apr 2025", "8.25"))
    average = "average over the year target at least 5"
    assert values(average, means, "2025-03", "2025-04") == ["10", None]


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("total per year target increase expected evenly over the year", "small counts hidden"),
        ("latest level target decrease by 5 %", "small counts hidden"),
        ("target increase", "small counts hidden valid 2025"),
    ],
)
def test_a_reference_of_few_is_in_no_answer(said: str, hidden: str) -> None:
    rules = goalrules.loads(YEARS.format(said=said, hidden=hidden))
    rows = rows_of(("2025", 3), ("2026-01", 12), ("2026", 12))
    for period in ("2026-01", "2026"):
        result = rules.assess(rows, period)
        document = json.dumps(_without_places(result.gap().to_dict()))
        texts = [result.gap().text("en"), result.text("en"), document]
        shown = " ".join(texts).replace("2026", "").replace("valid 2025", "")
        assert not {"3", "0.25", "2.85"} & numbers_in(shown.replace('"limit": 0', ""))


def test_a_forecast_of_few_is_hidden() -> None:
    rules = goalrules.loads(
        YEARS.format(said="latest level target at least 10", hidden="small counts hidden")
    )
    rows = [*rows_of(("2025-01", 12)), {"indicator": "a", "period": "2025", "forecast": 3}]
    member = rules.assess(rows, "2025-01")["1"].trace.members[0]
    assert member.finding is not None
    assert member.finding.through is not None
    assert member.finding.value == 12
    assert member.finding.through.forecast is None


def test_a_unit_in_quotes_is_percent_too() -> None:
    said = 'unit "procent" latest level target at least 80'
    assert values(said, rows_of(("2025-01", 50)), "2025-01") == [None]


def test_a_value_that_is_worked_out_can_be_of_few_itself() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\ngoal 1 "T"\n  indicator b, c shown only\n'
        "  indicator a = difference between b and c target at least 2 small counts hidden\n"
        "  green when a green\n"
    )
    for b, shown in ((33, None), (36, 6)):
        member = rules.assess({"b": b, "c": 30}, "2025")["1"].trace.members[2]
        assert member.worst == "green"
        assert member.finding is not None
        assert member.finding.value == shown


POINTS_AND_DEGREES = """goalrules 2 en
points green 2, yellow 1, red 0
goal 1 "T"
  indicator a
    small counts hidden under 5
    target at least 10
  indicator b
    target at least 10
  indicator degrees
    = mean fulfilment of a, b
    target at least 50
  indicator score
    = sum of points of a, b
    target at least 1
  green when degrees green or score green
"""


def test_degrees_of_a_hidden_figure_are_nowhere_and_points_say_its_level() -> None:
    found = goalrules.loads(POINTS_AND_DEGREES).assess({"a": 3, "b": 12}, 2025)["1"]
    findings = {each.name: each.finding for each in found.trace.members}
    degrees, score = findings["degrees"], findings["score"]
    assert degrees is not None
    assert score is not None
    assert (degrees.value, degrees.worths) == (None, ())
    worths = [f"{each.name} {each.low} {each.high}" for each in score.worths]
    assert worths == ["a 0 1", "b 2 2"]
    shown = found.text("en")
    assert "from a 0–1 and b 2" in " ".join(shown.split())
    assert "30" not in shown
