"""What changes within a year: each period is judged by what is in force at its end.

The law is that a file in which something changes in a month judges every period as a plain file
does that says what holds at the end of the period, and nothing of months.
"""

import pytest
from cases import dear
from hypothesis import given
from hypothesis import strategies as some

import goalrules

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
