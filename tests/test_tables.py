"""Tables of two scales: drawn ones against a plain list of what each two levels give."""

from collections.abc import Callable, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from oracle.tables import GONE, MISSING, Table

import goalrules
from goalrules.assess.joint import MembersTogether
from goalrules.core.trace import Member
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.language.read import read_plan
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.languages import Language
from goalrules.text.source import Source

pytestmark = pytest.mark.law

ROWS, COLUMNS = ("k4", "k3", "k2", "k1"), ("4", "3", "2", "1")
OWN = ("critical", "high", "medium", "low")

RULES: Mapping[str, Callable[[int, int], bool]] = {
    "m at least medium": lambda m, _: m >= 2,
    "all at least medium": lambda m, c: m >= 2 and c >= 2,
    "any at least high": lambda m, c: m >= 1 or c >= 1,
    "1 of 2 low, rest at least high": lambda m, c: 3 in {m, c} and min(m, c) >= 1,
    "sum of points at least 4": lambda m, c: m + c >= 4,
    "none critical": lambda m, c: min(m, c) >= 1,
    "m low or (c at least medium and m at least high)": lambda m, c: m == 3 or (c >= 2 and m >= 1),
}
POLICIES = {"": None, "missing counts as critical": 0, "missing counts as medium": 2}


@some.composite
def grids(draw: some.DrawFn, *, sorted_: bool = True) -> Table:
    """A table of drawn cells; made so that no cell falls, where it is `sorted_`."""
    rows = ROWS[-draw(some.integers(2, 4)) :]
    columns = COLUMNS[-draw(some.integers(2, 4)) :]
    places = {each: draw(some.integers(0, len(OWN) - 1)) for each in product(rows, columns)}
    if sorted_:
        places = {
            (row, column): max(
                places[r, c]
                for r, c in places
                if rows.index(r) <= rows.index(row) and columns.index(c) <= columns.index(column)
            )
            for row, column in places
        }
    return Table(rows, columns, OWN, {each: OWN[at] for each, at in places.items()})


def file(table: Table, rule: str, policy: str, order: int, language: Language = "en") -> str:
    """A rule file with the table of `a` and `b` as `m` beside `c`; its rows in one order."""
    turn = slice(None, None, -1 if order else 1)
    said = "\n           ".join(table.lines(table.rows[turn], table.columns[turn]))
    text = f"""goalrules 2 en
scale {" < ".join(OWN)}
scale likelihood: {" < ".join(table.rows)}
scale impact: {" < ".join(table.columns)}
goal 1 "T"
  points critical 0, high 1, medium 2, low 3
  {policy}
  indicator a on scale likelihood
    shown only
  indicator b on scale impact
    shown only
  indicator m
    = table of a and b:
           {said}
  indicator c
  low when {rule}
  otherwise critical
"""
    return format_file(parse_file(Source("r", text)).file, language)


def member_of(goal: goalrules.GoalResult, name: str) -> Member:
    return next(each for each in goal.trace.members if each.name == name)


@pytest.mark.parametrize("language", ["en", "sv"])
@given(grids(), some.sampled_from([*RULES]), some.sampled_from([*POLICIES]), some.integers(0, 1))
@settings(max_examples=12)
def test_tables_give_what_every_way_in_which_they_can_come_out_gives(
    language: Language, table: Table, rule: str, policy: str, order: int
) -> None:
    rules = goalrules.loads(file(table, rule, policy, order, language))
    holds, taken = RULES[rule], POLICIES[policy]
    for row, column, other in product(
        (*table.rows, MISSING, GONE), (*table.columns, MISSING), (*OWN[::3], MISSING)
    ):
        outcomes = {"a": row, "b": column, "c": other}
        goal = rules.assess(outcomes, period="2025")["1"]
        member, found = member_of(goal, "m"), table.of(row, column)
        assert member.applies == bool(found)
        if not found:
            continue
        places = sorted(map(OWN.index, found))
        open_ = MISSING in {row, column} and len(found) > 1
        if taken is not None and open_:
            assert member.finding is not None
            assert member.finding.cell is not None
            assert member.finding.cell.levels == OWN[places[0] : places[-1] + 1]
            places = [taken]
        else:
            assert (member.worst, member.best) == (OWN[places[0]], OWN[places[-1]])
        others = [OWN.index(other)] if other != MISSING else range(4) if taken is None else [taken]
        ways = {holds(m, c) for m, c in product(places, others)}
        verdict = "open" if len(ways) > 1 else "met" if ways.pop() else "not met"
        assert goal.verdict == verdict, (outcomes, rule, policy)


@given(grids())
@settings(max_examples=25)
def test_a_better_level_never_gives_a_worse(table: Table) -> None:
    rules = goalrules.loads(file(table, "m low", "", 0))
    found: Mapping[tuple[str, str], int] = {
        each: OWN.index(
            member_of(rules.assess({"a": each[0], "b": each[1]}, period="2025")["1"], "m").worst
        )
        for each in product(table.rows, table.columns)
    }
    for (row, column), level in found.items():
        for (other, another), second in found.items():
            if table.rows.index(other) >= table.rows.index(row) and table.columns.index(
                another
            ) >= table.columns.index(column):
                assert second >= level


@given(grids(), some.sampled_from([*RULES]))
@settings(max_examples=5)
def test_columns_of_outcomes_are_judged_as_their_rows(table: Table, rule: str) -> None:
    rules = goalrules.loads(file(table, rule, "", 0))
    rows = [*product((*table.rows, None), (*table.columns, None), OWN[::3])]
    columns = dict(zip("abc", zip(*rows, strict=True), strict=True))
    found = rules.compile("2025").assess_columns(columns)
    for n, row in enumerate(rows):
        goals = rules.assess(dict(zip("abc", row, strict=True)), period="2025")
        assert found.row(n) == goals.verdicts()


def word_of(fault: Diagnostic, key: str) -> str:
    """The level that a fault names as one of its facts."""
    found = fault.facts[key]
    assert isinstance(found, WordRef)
    return found.key


@given(grids(sorted_=False))
@settings(max_examples=60)
def test_a_table_that_falls_is_refused_at_each_cell_that_does(table: Table) -> None:
    _, faults = read_plan(Source("r", file(table, "m low", "", 0)))
    assert {each.code for each in faults} <= {"table-falls"}
    told = {(word_of(each, "row"), word_of(each, "column")) for each in faults}
    falls = table.falls()
    # A cell is told where it is worse than the next one; then it is worse than one of all.
    assert told <= falls
    assert bool(told) == bool(falls)


@given(grids(), grids())
@settings(max_examples=15)
def test_two_tables_of_one_indicator_stand_in_the_ways_that_levels_give(
    one: Table, other: Table
) -> None:
    second = other_of(one, other)
    said = "; ".join(second.lines(one.rows, other.columns))
    another = f"indicator d on scale cost shown only indicator n = table of a and d: {said}"
    text = file(one, "all low", "", 0).replace("  indicator c\n", f"  {another}\n")
    text = text.replace("goal 1", f"scale cost: {' < '.join(other.columns)}\ngoal 1")
    plan, faults = read_plan(Source("r", text))
    assert not faults
    (found,) = MembersTogether(plan).of(plan.goals[0], None)
    ways = {
        (OWN.index(one.cells[row, column]), OWN.index(second.cells[row, third]))
        for row, column, third in product(one.rows, one.columns, other.columns)
    }
    assert (found.exact, found.ways) == (True, frozenset(ways))
    rules = goalrules.loads(text)
    (goal,) = rules.influence().to_dict()["goals"]
    assert (goal["cases"], goal.get("met", 0)) == (len(ways), sum(way == (3, 3) for way in ways))


@given(grids())
@settings(max_examples=15)
def test_a_table_has_the_levels_that_stand_in_it_and_no_other(table: Table) -> None:
    text = file(table, "m low", "", 0)
    plan, faults = read_plan(Source("r", text))
    assert not faults
    (found,) = MembersTogether(plan).of(plan.goals[0], None)
    there = {OWN.index(level) for level in table.cells.values()}
    assert (found.members, found.exact) == (("m",), True)
    assert found.ways == {(place,) for place in there}
    codes = [each["code"] for each in goalrules.loads(text).check().to_dict()["findings"]]
    assert ("goal-never-met" in codes) == (3 not in there)


def test_a_table_of_what_is_not_linear_is_taken_to_have_every_level() -> None:
    plan, faults = read_plan(
        Source(
            "r",
            """goalrules 2 en
goal 1 "T"
  indicator a, b shown only
  indicator x = a times b levels: green at least 2, otherwise red shown only
  indicator y = x times 2 levels: green at least 2, otherwise red shown only
  indicator m = table of x and y: red, yellow, green;
    red: red, red, red; yellow: red, red, red; green: red, red, red
  green when m green
  otherwise red
""",
        )
    )
    assert not faults
    assert MembersTogether(plan).of(plan.goals[0], None) == ()


def other_of(one: Table, other: Table) -> Table:
    """A table with the rows of one, each with the cells of the other from its last row up."""
    rows = {
        row: other.rows[max(n - len(one.rows), -len(other.rows))] for n, row in enumerate(one.rows)
    }
    cells = {
        (row, column): other.cells[rows[row], column]
        for row, column in product(one.rows, other.columns)
    }
    return Table(one.rows, other.columns, OWN, cells)
