"""Earlier periods as members: what it was is what the file gives it when that period is assessed.

That is the law. It is tried with every kind of thing that can be said of an indicator, in years and
in months, with rows that are missing and rows that state levels; and the verdict is then what the
same rule gives on indicators that have those levels.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest
from cases import dear
from commands import run
from hypothesis import given
from hypothesis import strategies as some

import goalrules
from goalrules.answers.result import Way
from goalrules.core.trace import Member
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.language.read import read_plan
from goalrules.template.form import form_of
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source

pytestmark = pytest.mark.law

Row = dict[str, object]

KINDS = {
    "a target": "target at least 5",
    "targets by year": "target 2023 at least 4; 2024 at least 5; 2025 at least 6; 2026 at least 7",
    "targets that change": """target at least 4 valid 2023–2024
    target at least 6 valid 2025–2026""",
    "bands": "levels: green at least 6, yellow at least 4, otherwise red",
    "a change": "target increase",
    "a value": "= sum of x, y\n    target at least 9",
    "a value of levels": "= number of green of x, y\n    target at least 1",
    "another figure": "target over x",
    "itself": "target over last",
    "small counts": 'unit "st"\n    target at least 5\n    small counts hidden under 5',
    "a total": """total per year
    measured every month
    expected: evenly over the year
    target at least 60""",
    "an average": "average over the year\n    measured every month\n    target at least 5",
}  # fmt: skip
TEXT = """goalrules 2 en
plan "P"
valid 2023–2026
assess indicators
  green when target reached
  yellow when efforts begun
  otherwise red
goal 1 "T"
  indicator x, y
    target at least 5
    shown only
  indicator a
    {said}
  indicator last as a the year before
  indicator before as a two years before
  {rule}
"""
RULE = "green when at least 2 of a, last, before green\n  yellow when any at least yellow"
NAMES = {"last": 1, "before": 2}


def members(goal: goalrules.GoalResult) -> dict[str, Member]:
    """The members of a goal by name."""
    return {each.name: each for each in goal.trace.members}


def told(member: Member) -> tuple[object, ...]:
    """What is known of a member, but for what it is called."""
    finding = member.finding
    assert finding
    number = None if finding.hidden else finding.value
    return member.worst, member.best, member.applies, member.reason, number, finding.hidden


def cells(periods: list[str]) -> some.SearchStrategy[list[Row]]:
    """Rows for some periods of some indicators: a number, a level, a status, or none."""
    values = some.sampled_from([*range(9), "green", "red", "yellow–green", "not applicable", None])
    each = some.tuples(some.sampled_from("axy"), some.sampled_from(periods), values)
    unique = some.lists(each, max_size=14, unique_by=lambda one: one[:2])
    plans = some.sampled_from(["", "efforts begun"])
    return some.tuples(unique, plans).map(lambda one: [*_rows(*one)])


def _rows(given_ones: list[tuple[str, str, object]], plan: str) -> Iterator[Row]:
    for name, period, value in given_ones:
        if value is not None:
            yield {"indicator": name, "period": period, "value": value, "plan": plan}


YEARLY = ["2022", "2023", "2024", "2025"]
MONTHLY = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in (1, 2)]


@pytest.mark.parametrize("kind", KINDS)
@dear(20)
@given(data=some.data())
def test_what_it_was_is_what_it_is_when_that_is_assessed(kind: str, data: some.DataObject) -> None:
    monthly = kind in ("a total", "an average") or data.draw(some.booleans())
    rows = data.draw(cells(MONTHLY if monthly else YEARLY))
    rules = goalrules.loads(TEXT.format(said=KINDS[kind], rule=RULE))
    periods = {year: f"{year}-02" if monthly else str(year) for year in (2023, 2024, 2025)}
    try:
        found = {year: rules.assess(rows, period)["1"] for year, period in periods.items()}
    except goalrules.OutcomeError:
        return
    now = members(found[2025])
    for name, years in NAMES.items():
        then = members(found[2025 - years])["a"]
        assert told(now[name]) == told(then), (name, rows)
        finding = now[name].finding
        assert finding
        assert (finding.of, finding.period) == ("a", periods[2025 - years])
    levels = {
        name: f"{each.worst}–{each.best}" if each.worst != each.best else each.worst
        for name, each in now.items()
    }
    same = goalrules.rule(RULE, ["a", "last", "before", "x", "y"][:3])
    given_levels = {n: levels[n] if now[n].applies else "not applicable" for n in ("a", *NAMES)}
    assert same.evaluate(given_levels).verdict == found[2025].verdict


@pytest.mark.parametrize("kind", ["a target", "bands", "a total"])
def test_a_figure_under_its_own_name_is_that_of_then(kind: str) -> None:
    period = "2025-01" if kind == "a total" else "2025"
    rules = goalrules.loads(TEXT.format(said=KINDS[kind], rule=RULE))
    for number, other in product((0, 4, 5, 6, 9), (1, 6)):
        rows: list[Row] = [
            {"indicator": "a", "period": period, "value": 5},
            {"indicator": "a", "period": period.replace("2025", "2024"), "value": number},
            {"indicator": "a", "period": period.replace("2025", "2023"), "value": other},
        ]
        dated: list[Row] = [
            rows[0],
            {"indicator": "last", "period": period, "value": number},
            {"indicator": "before", "period": period, "value": other},
        ]
        named = {"a": 5, "last": number, "before": other}
        found = [rules.assess(each, period)["1"] for each in (rows, dated, named)]
        seen = [[told(members(each)[name]) for name in NAMES] for each in found]
        assert seen[0] == seen[1] == seen[2]
        assert len({each.verdict for each in found}) == 1


def test_an_undated_figure_of_the_indicator_is_not_that_of_then() -> None:
    rules = goalrules.loads(TEXT.format(said=KINDS["a target"], rule=RULE))
    goal = rules.assess({"a": 9}, "2025")["1"]
    assert [members(goal)[name].reason for name in NAMES] == ["missing", "missing"]


def test_without_rows_of_then_a_plan_of_outcomes_by_name_and_in_columns_is_the_same() -> None:
    rules = goalrules.loads(TEXT.format(said=KINDS["a target"], rule=RULE))
    rows = [{"a": a, "last": last} for a, last in product((4, 5, None), (4, 5, "green", None))]
    columns = {name: [each[name] for each in rows] for name in ("a", "last")}
    one_by_one = [rules.assess(each, "2025")["1"].verdict for each in rows]
    found = rules.compile("2025").assess_columns(columns)
    assert [found.row(row)["1"] for row in range(found.rows)] == one_by_one


NOT_IN_FORCE = """goalrules 2 en
valid 2025
goal 1 "T"
  indicator a
    {said}
  indicator last as a the year before
    {own}
  green when last green
  otherwise red
"""


@pytest.mark.parametrize(
    ("said", "own", "row", "verdict", "reason"),
    [
        ("target at least 5", "weight 1", {"value": 9}, "open", "not in force"),
        ("target at least 5", "weight 1", {"value": "target reached"}, "open", "not in force"),
        ("target at least 5", "weight 1", {}, "open", "not in force"),
        ("target at least 5", "weight 1", {"value": "green"}, "met", ""),
        ("target at least 5", "weight 1", {"value": 1, "level": "green"}, "met", ""),
        ("target at least 5", "weight 1", {"value": "not applicable"}, "open", "not applicable"),
        ("target 2024 at least 9; 2025 at least 5", "weight 1", {"value": 9}, "met", ""),
        ("target 2024 at least 9; 2025 at least 5", "weight 1", {"value": 8}, "not met", "unsaid"),
        ("target at least 5", "target at least 7", {"value": 7}, "met", ""),
        ("target at least 5", "target at least 7", {"value": 6}, "not met", "unsaid"),
        ("target increase", "target 2024 at most 7; 2025 at most 6", {"value": 7}, "met", ""),
        (
            "levels: green at least 5, otherwise red",
            "levels: green at least 8, otherwise red",
            {"value": 7},
            "not met",
            "",
        ),
    ],
)
def test_a_plan_says_what_was_in_force_or_it_is_open(
    said: str, own: str, row: Row, verdict: str, reason: str
) -> None:
    rules = goalrules.loads(NOT_IN_FORCE.format(said=said, own=own))
    goal = rules.assess([{"indicator": "a", "period": "2024", **row}], "2025")["1"]
    assert (goal.verdict, members(goal)["last"].reason) == (verdict, reason)


def test_what_was_another_thing_then_and_what_was_not_there_is_missing() -> None:
    rules = goalrules.loads(
        """goalrules 2 en
valid 2024–2025
goal 1 "T"
  indicator a valid 2025
    target at least 5
  indicator last as a the year before valid 2025
  indicator b
    target at least 5
  green when b green
  goal 2 "U" valid 2025
  indicator c
    = sum of d, d
    target at least 5
  indicator d
    shown only
  indicator was as c the year before
  green when all green
"""
    )
    found = rules.assess({"a": 9, "b": 9, "d": 9}, "2025")
    assert members(found["1"])["last"].reason == members(found["2"])["was"].reason == "not in force"


def test_levels_on_another_scale_then_are_open() -> None:
    rules = goalrules.loads(
        """goalrules 2 en
valid 2024–2025
scale old: low < high
scale new: bad < fair < good
goal 1 "T"
  indicator a on scale old valid 2024
  indicator a on scale new valid 2025
  indicator last as a the year before
  green when last high valid 2024
  green when last good valid 2025
"""
    )
    rows: list[Row] = [
        {"indicator": "a", "period": "2024", "level": "high"},
        {"indicator": "a", "period": "2025", "level": "good"},
    ]
    assert members(rules.assess(rows, "2025")["1"])["last"].reason == "unsaid"


SHARED = """goalrules 2 en
valid 2024–2025
goal 1 "T"
  indicator a "Adherence"
    interpretation "As measured."
    target 2024 at least 7; 2025 at least 8
  green when a green
goal 2 "U"
  indicator a as in goal 1
  indicator last as a the year before
    interpretation "Of the year before."
    weight 2
  indicator b
    target at least 5
  green when at least 60 % of the weight green
  otherwise red
"""
OF_SHARED: list[Row] = [
    {"indicator": "a", "period": "2024", "value": 7},
    {"indicator": "a", "period": "2025", "value": 7},
    {"indicator": "b", "period": "2025", "value": 5},
]


def test_one_of_an_indicator_of_another_goal_counts_where_it_stands() -> None:
    found = goalrules.loads(SHARED).assess(OF_SHARED, "2025")
    assert [each.verdict for each in found.values()] == ["not met", "met"]
    last = members(found["2"])["last"]
    assert (last.title, [each.text for each in last.interpretations]) == (
        "", ["As measured.", "Of the year before."],
    )  # fmt: skip


COMPARED = """goalrules 2 en
valid 2024–2025
goal 1 "T"
  indicator a
    unit %
    target over last
  indicator b as in goal 2
    shown only
  indicator last as b the year before
    shown only
  green when a green
  otherwise red
goal 2 "U"
  indicator b
    unit {}
    = sum of c, d
    target at least 5
  indicator c, d
    shown only
  green when b green
"""


@pytest.mark.parametrize(("number", "verdict"), [(6, "met"), (5, "not met")])
def test_a_target_is_measured_from_what_one_of_another_goal_was(number: int, verdict: str) -> None:
    rules = goalrules.loads(COMPARED.format("%"))
    rows: list[Row] = [
        {"indicator": "a", "period": "2025", "value": number},
        {"indicator": "c", "period": "2024", "value": 2},
        {"indicator": "d", "period": "2024", "value": 3},
    ]
    assert rules.assess(rows, "2025")["1"].verdict == verdict
    assert rules.assess(rows[:2], "2025")["1"].verdict == "open"
    with pytest.raises(goalrules.RuleError) as error:
        goalrules.loads(COMPARED.format('"days"'))
    assert [each.code for each in error.value.diagnostics] == ["units-differ"]


def test_values_that_go_in_a_ring_through_earlier_periods_of_two_goals_are_refused() -> None:
    text = """goalrules 2 en
goal 1 "T"
  indicator a
    = number of green of d
    target at least 1
  indicator d
    target over last
  indicator m as in goal 2
    shown only
  indicator last as m the year before
    shown only
  green when a green
goal 2 "U"
  indicator m
    = number of green of c
    target at least 1
  indicator c
    target over {}
  indicator a as in goal 1
    shown only
  indicator was as a the year before
    shown only
  indicator e
    shown only
  green when m green
"""
    goalrules.loads(text.format("e"))
    with pytest.raises(goalrules.RuleError) as error:
        goalrules.loads(text.format("was"))
    assert [each.code for each in error.value.diagnostics] == ["cycle-of-values"]


def moved(ways: Iterable[Way]) -> set[str]:
    """The members that some ways move."""
    return {each.member.name for way in ways for move in way.moves for each in move.group}


def test_what_was_cannot_be_reached_or_lost() -> None:
    rules = goalrules.loads(SHARED)
    goal = rules.assess(OF_SHARED, "2025")["2"]
    assert moved(goal.margin().trace.ways) == {"b"}
    worse = [{**OF_SHARED[0], "value": 6}, *OF_SHARED[1:]]
    reach = rules.assess(worse, "2025")["2"].to_reach("green").trace
    assert (reach.obstacle, [each.name for each in reach.blocking]) == ("past", ["last"])
    deep = rules.assess(worse, "2025")["2"].to_reach("green", depth=2).trace
    assert deep.obstacle == "past"
    unknown = rules.assess(OF_SHARED[1:], "2025")["2"]
    assert moved(unknown.to_reach("green").trace.ways) == {"last"}


def test_what_may_have_been_is_found_out_no_further_than_that() -> None:
    rules = goalrules.loads(NOT_IN_FORCE.format(said="target at least 5", own="weight 1"))
    rows: list[Row] = [{"indicator": "a", "period": "2024", "level": "red–yellow"}]
    reach = rules.assess(rows, "2025")["1"].to_reach("green").trace
    assert (reach.state, reach.obstacle) == ("impossible", "rule")


def test_it_is_written_back_in_both_languages() -> None:
    english = """goalrules 2 en

goal 1 "T"
  indicator a
    target at least 5
  indicator b as a the year before
  indicator c as a two years before
  indicator d as a 3 years before
  green when all green
"""
    swedish = """goalrules 2 sv

mål 1 "T"
  indikator a
    riktvärde minst 5
  indikator b som a förra året
  indikator c som a för två år sedan
  indikator d som a 3 år tidigare
  grön om alla gröna
"""
    texts: dict[Language, str] = {"en": english, "sv": swedish}
    for language, other in product(LANGUAGES, LANGUAGES):
        file = parse_file(Source("rules", texts[language])).file
        assert format_file(file, other).splitlines()[1:] == texts[other].splitlines()[1:]
    own = goalrules.loads(english).goals["1"].indicators
    assert [(each.earlier, each.years) for each in own] == [("", 0), ("a", 1), ("a", 2), ("a", 3)]


def test_another_year_or_another_indicator_is_a_difference() -> None:
    text = """goalrules 2 en
goal 1 "T"
  indicator a, b
    target at least 5
  indicator {}
  green when all green
"""
    said = ["last as a the year before", "last as a two years before", "last as b the year before"]
    texts = [text.format(each) for each in (*said, "last")]
    for old, new in product(texts, texts):
        found = goalrules.diff(goalrules.loads(old), goalrules.loads(new))
        codes = [fact.code for goal in found.trace.goals for fact in goal.facts]
        assert codes == ([] if old == new else ["earlier"])


def test_a_workbook_asks_for_the_periods_of_then() -> None:
    plan, _ = read_plan(
        Source(
            "rules.goals",
            """goalrules 2 en
valid 2023–2025
goal 1 "T"
  indicator a
    = sum of x, y
    target over c
  indicator c, x, y
    measured in December
    shown only
  indicator was as a two years before
  green when all green
goal 2 "U"
  indicator z as in goal 3
  indicator last as z the year before
  green when all green
goal 3 "V"
  indicator z
    measured in December
    target at least 5
  green when all green
""",
        )
    )
    form = form_of(plan, 2025, "en")
    years = {
        (line.goal, line.name): [
            each.year for each in sorted(line.entries["value"].periods, key=lambda one: one.key)
        ]
        for line in form.lines
        if line.entries["value"].number
    }
    assert years == {
        ("1", "c"): [2023, 2025],
        ("1", "x"): [2023, 2025],
        ("1", "y"): [2023, 2025],
        ("3", "z"): [2024, 2025],
    }
    assert "last" not in {line.name for line in form.lines}


def test_the_account_and_the_check_of_data_know_the_rows_of_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "r.goals"
    rules.write_text(TEXT.format(said=KINDS["a value"], rule=RULE), encoding="utf-8")
    data = tmp_path / "d.csv"
    data.write_text(
        "indicator;period;value\nx;2024;5\ny;2024;4\nx;2025;5\ny;2025;4\nx;2022;5\n",
        encoding="utf-8",
    )
    ended = run(capsys, "assess", rules, data, "--period", "2025", "--strict")
    assert ended.faults == ["unused-another-year"]
    ended = run(capsys, "assess", rules, data, "--period", "2025", "--inputs")
    assert "line 2–3: 1/x, 1/y (the outcome of an earlier year)" in ended.out
    told = run(capsys, "check-data", rules, data, "--period", "2025", "--format", "json")
    states = {each["name"]: each["state"] for each in json.loads(told.out)["indicators"]}
    assert states == {"x": "reported", "y": "reported"}
    rules.write_text(TEXT.format(said=KINDS["a target"], rule=RULE), encoding="utf-8")
    data.write_text("indicator;period;value\na;2023;5\na;2025;5\n", encoding="utf-8")
    told = run(capsys, "check-data", rules, data, "--period", "2025", "--format", "json")
    states = {each["name"]: each["state"] for each in json.loads(told.out)["indicators"]}
    assert states == {
        "x": "missing", "y": "missing", "a": "reported", "last": "missing", "before": "reported",
    }  # fmt: skip


def test_parts_of_then_are_used_by_the_indicator_that_it_was() -> None:
    said = 'parts "A", "B"\n    target all parts reached'
    rules = goalrules.loads(TEXT.format(said=said, rule=RULE))
    rows: list[Row] = [
        {"indicator": f"a/{part}", "period": str(year), "value": value}
        for year, values in ((2025, ("reached", "reached")), (2024, ("reached", "not reached")))
        for part, value in zip("AB", values, strict=True)
    ]
    found = rules.assess(rows, "2025")
    levels = {name: each.best for name, each in members(found["1"]).items()}
    assert (levels["a"], levels["last"]) == ("green", "yellow")
    text = found.inputs_text("en")
    assert "(the outcome of an earlier year)" in text
    assert "not used" not in text
