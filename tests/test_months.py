"""What changes within a year: each period is judged by what is in force at its end.

The law is that a file in which something changes in a month judges every period as a plain file
does that says what holds at the end of the period, and nothing of months.
"""

import json

import pytest
from cases import dear
from hypothesis import given
from hypothesis import strategies as some

import goalrules
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source

pytestmark = pytest.mark.law

Row = dict[str, object]

HEAD = """goalrules 2 en
plan "P"
valid 2025
assess indicators
  green when target reached
  otherwise red
goal 1 "T"
  indicator b target at least 5
"""
KINDS = {
    "a target": """  indicator a
    target at least 4 @1
    target at least 6 @2
  green when all green""",
    "bands": """  indicator a
    levels: green at least 4, otherwise red @1
    levels: green at least 6, yellow at least 4, otherwise red @2
  green when all green""",
    "a target and bands": """  indicator a
    target at least 4 @1
    levels: green at least 6, yellow at least 4, otherwise red @2
  green when all green""",
    "how it adds up": """  indicator a
    target at least 12
    latest level @1
    total per year @2
    expected: evenly over the year @2
  green when all green""",
    "a rule": """  indicator a target at least 5
  green when any green @1
  green when all green @2
  otherwise red""",
    "a cap": """  indicator a target at least 5
  green when any green
  otherwise red
  at most yellow unless all green @2""",
    "a policy": """  indicator a target at least 5
  missing outcomes: left out @1
  missing outcomes: counts as red @2
  green when all green""",
    "a weight": """  indicator a target at least 5
    weight 1 @1
    weight 3 @2
  green when at least 51 % of the weight green
  otherwise red""",
    "an indicator": """  indicator a target at least 5
  indicator c @2
    target at least 7
  green when all green""",
    "another with its name": """  indicator a @1
    target at least 5
  indicator a @2
    target at most 5
  green when all green""",
    "a worked-out value": """  indicator a target at least 5
  indicator w
    = sum of a, b @1
    = mean of a, b @2
    target at least 8
  green when all green""",
    "an earlier year": """  indicator a
    target at least 5
  indicator last as a the year before
    target at least 4 @1
    target at least 6 @2
  green when all green""",
}  # fmt: skip
"""What two plans say of a goal: what holds until June, from July on, and all the year."""

JUNE, JULY = "valid until June 2025", "valid from July 2025"


def whole(kind: str) -> str:
    """The file in which something changes in July."""
    return HEAD + KINDS[kind].replace("@1", JUNE).replace("@2", JULY) + "\n"


def only(kind: str, mark: str) -> str:
    """The file that says what holds until June, or from July on, of all the year."""
    other = {"@1": "@2", "@2": "@1"}[mark]
    kept, gone = list[str](), len(KINDS[kind])
    for line in KINDS[kind].splitlines():
        deep = len(line) - len(line.lstrip())
        if line.endswith(other) or deep > gone:  # what stands below one that is left out is too
            gone = min(gone, deep)
        else:
            kept.append(line.removesuffix(f" {mark}"))
            gone = len(KINDS[kind])
    return HEAD + "\n".join(kept) + "\n"


def seen(rules: goalrules.RuleSet, rows: list[Row], period: str) -> object:
    """What an assessment comes to, but for how it is told."""
    try:
        goal = rules.assess(rows, period)["1"]
    except goalrules.OutcomeError as error:
        return sorted({each.code for each in error.diagnostics})
    members = [
        (each.name, each.worst, each.best, each.applies, each.reason) for each in goal.trace.members
    ]
    return goal.verdict, goal.worst, goal.best, members


PERIODS = {"2025-05": "@1", "2025-06": "@1", "2025-07": "@2", "2025-08": "@2", "2025": "@2",
           "jan–apr 2025": "@1", "jan–aug 2025": "@2"}  # fmt: skip
MONTHS = ["2024-05", "2024-07", "2025-05", "2025-06", "2025-07", "2025-08"]


@pytest.mark.parametrize("kind", KINDS)
@dear(20)
@given(data=some.data())
def test_a_period_is_judged_by_what_is_in_force_at_its_end(
    kind: str, data: some.DataObject
) -> None:
    values = some.sampled_from([*range(3, 9), "green", "not applicable"])
    each = some.tuples(some.sampled_from("ab"), some.sampled_from(MONTHS), values)
    drawn = data.draw(some.lists(each, max_size=10, unique_by=lambda one: one[:2]))
    rows: list[Row] = [{"indicator": n, "period": p, "value": v} for n, p, v in drawn]
    rules = goalrules.loads(whole(kind))
    for period, mark in PERIODS.items():
        mine = rows
        if kind == "another with its name":  # rows of other months are of something else
            in_months = MONTHS[:4] if mark == "@1" else MONTHS[4:]
            mine = [row for row in rows if row["period"] in in_months or row["indicator"] == "b"]
        plain = goalrules.loads(only(kind, mark))
        assert seen(rules, rows, period) == seen(plain, mine, period), (period, rows)


def test_every_kind_of_change_was_tried() -> None:
    """What holds in June is another thing than what holds in July, on some of the rows."""
    for kind in KINDS:
        plain = [goalrules.loads(only(kind, mark)) for mark in ("@1", "@2")]
        cases: list[list[Row]] = [
            [
                {"indicator": name, "period": month, "value": value}
                for name, value in (("a", of_a), ("b", of_b))
                for month in ("2024-07", "2025-06", "2025-07")
                if value is not None
            ]
            for of_a, of_b in ((5, 4), (7, 4), (4, 5), (None, 5))
        ]
        assert any(seen(plain[0], rows, "2025-07") != seen(plain[1], rows, "2025-07")
                   for rows in cases), kind  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_as_the_same(kind: str, language: Language) -> None:
    plan = parse_file(Source("r", whole(kind))).file
    text = format_file(plan, language)
    assert format_file(parse_file(Source("r", text)).file, language) == text
    rules, same = goalrules.loads(whole(kind)), goalrules.loads(text)
    assert [rules.normal_form(each) for each in rules.goals] == [
        same.normal_form(each) for each in same.goals
    ]


DECIDED = """goalrules 2 en
plan "P"
valid 2025
goal 1 "T"
  indicator a
    target at most 10 valid until June 2025
    target at most 8 valid from July 2025 according to kf § 87 2025-06-16
  indicator b
  green when a green and b green
  otherwise red
goal 2 "U" valid from July 2025
  green when goal 1 green
  otherwise red
"""


def months(figures: dict[str, dict[int, object]]) -> list[Row]:
    """A row for each month of 2025 that is given."""
    return [
        {"indicator": name, "period": f"2025-{month:02}", "value": value}
        for name, by_month in figures.items()
        for month, value in by_month.items()
    ]


def test_the_year_says_where_it_was_the_rule_that_changed() -> None:
    rules = goalrules.loads(DECIDED)
    figures: dict[str, dict[int, object]] = {
        "a": dict.fromkeys(range(1, 10), 9),
        "b": {month: "red" if month in (3, 9) else "green" for month in range(1, 10)},
    }
    year = rules.assess_year(months(figures), 2025)
    told = {
        (change.goal.id, change.month): [(each.indicator, each.since) for each in change.rules]
        for change in year.trace.changes
    }
    assert told[("1", 7)] == [("a", "2025-07")]
    assert [rules for (_, month), rules in told.items() if month != 7] == [[]] * (len(told) - 1)
    text = year.text("en")
    assert text.count("the rule changed for a (kf § 87 2025-06-16)") == 1
    document = year.to_dict()
    assert "2025-06-16" in json.dumps(document)


def test_a_level_of_june_is_compared_with_the_target_of_june() -> None:
    rules = goalrules.loads(whole("a target"))
    rows: list[Row] = [
        {"indicator": "a", "period": "2025-06", "value": 5, "level": "green"},
        {"indicator": "a", "period": "2025-07", "value": 5},
    ]
    assert rules.assess(rows, "2025-07")["1"].trace.members[1].worst == "red"
    with pytest.raises(goalrules.OutcomeError, match="level-contradicts-value"):
        rules.assess([rows[0] | {"period": "2025-08"}, rows[1]], "2025-08")


def test_a_plan_that_begins_with_a_month_says_nothing_of_the_month_before() -> None:
    text = DECIDED.partition("goal 1")[0].replace("valid 2025", "valid July 2024–June 2025")
    text += """goal 1 "T"
  indicator a
    target at least 5
  indicator last as a the year before
  green when all green
"""
    rules = goalrules.loads(text)
    reasons = {}
    for month in (6, 7):
        rows: list[Row] = [
            {"indicator": "a", "period": f"{year}-{month:02}", "value": 5} for year in (2024, 2025)
        ]
        found = rules.assess(rows, f"2025-{month:02}")
        reasons[month] = {each.name: each.reason for each in found["1"].trace.members}
        assert found.trace.outside_validity == (month == 7)
    assert reasons == {6: {"a": "", "last": "not in force"}, 7: {"a": "", "last": ""}}


def test_what_is_hidden_in_some_months_is_hidden_in_all_of_the_year() -> None:
    text = HEAD + "  indicator a\n    target at least 2\n    small counts hidden below 5 {}\n"
    rules = goalrules.loads(text.format(JUNE) + "  green when all green\n")
    rows: list[Row] = [{"indicator": "a", "period": "2025-08", "value": 3}]
    finding = rules.assess(rows, "2025-08")["1"].trace.members[1].finding
    assert finding
    assert finding.hidden == "small"


def test_the_explanation_names_the_decision_by_which_the_rule_holds() -> None:
    rules = goalrules.loads("""goalrules 2 sv
gäller 2025
mål 1 "M"
  indikator a, b
    riktvärde minst 5
  grön om alla gröna
    gäller till och med juni 2025
  grön om någon grön
    gäller från juli 2025 enligt kf § 87 2025-06-16
""")
    outcomes = {"a": 9, "b": 1}
    assert "grönt om någon grön (kf § 87 2025-06-16)." in rules.assess(outcomes, "2025")["1"].text()
    assert "kf § 87" not in rules.assess(outcomes, "2025-06")["1"].text()
