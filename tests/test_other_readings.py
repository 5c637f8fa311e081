"""The other reading of an interpretation: what a goal comes to by it, and what may be one."""

from collections.abc import Iterator

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as some
from oracle.engine import given as as_given
from oracle.goal_wording import file
from oracle.pairs import Making
from oracle.worlds import NAMES, PLACES, Place

import goalrules
from goalrules.assess.result import ByOtherReading, GoalTrace
from goalrules.language import statements as st
from goalrules.language.format import format_file
from goalrules.language.other_readings import HEADS, can_be, fits
from goalrules.language.parser import parse_file
from goalrules.text.source import Source

FEW = NAMES[:3]

PLAN = """goalrules 2 en
plan "P"
  {of_plan}
valid 2025
missing: left out
  {of_policy}
bands named: green at least 5, yellow at least 2, otherwise red
  {of_named}
assess indicators
  {of_all}
  green when target reached
    {of_rule}
  yellow when efforts begun
  otherwise red
  efforts begun are unknown until stated
    {of_fact}
goal 1 "T"
  {of_goal}
  indicator a
    {of_a}
    unit %
    baseline 3
      {of_baseline}
    target at least 5
      {of_target}
  indicator b
    levels: green at least 5, yellow at least 3, otherwise red
      {of_bands}
    weight 2
      {of_weight}
  indicator c
    = mean of a, b
      {of_value}
    rounded to 0 decimals
      {of_rounding}
    target at least 5
  green when at least half green
    {of_clause}
  otherwise red  # of goal 1
  at most yellow when any red
    {of_cap}
goal 2 "U"
  indicator a as in goal 1
  indicator d
    target increase
  indicator f
    levels by bands named
      {of_naming}
  rule as in goal 1
    {of_copy}
goal 3 "W"
  indicator e
    weight 3
  group work as reported
    {of_group}
  green when at least 50 % of weight of e, work green
contribution to council goal KF1 "V"
  same as goal 1
    {of_same}
"""
PLACES_OF = [each[1:-1] for each in PLAN.split() if each.startswith("{")]

CLAUSE, CAP = "green when at least half green", "at most yellow when any red"
TRIED = (
    ("of_plan", "missing: counts as red", "missing: left out"),
    ("of_policy", "missing: counts as red", "missing: left out"),
    ("of_all", "efforts begun counts only when stated", "efforts begun are unknown until stated"),
    ("of_all", "yellow when efforts planned", "yellow when efforts begun"),
    ("of_rule", "green when target reached or plan followed", "green when target reached"),
    ("of_rule", "green when at least 50 % of target", "green when target reached"),
    ("of_fact", "efforts begun counts only when stated", "efforts begun are unknown until stated"),
    ("of_goal", "missing: counts as red", ""),
    ("of_goal", "requires 3 assessed", ""),
    ("of_goal", "met from yellow", ""),
    ("of_goal", "green when all green", CLAUSE),
    ("of_goal", "worst of all", f"{CLAUSE}|otherwise red  # of goal 1"),
    ("of_goal", "one step better when a green", ""),
    ("of_a", "weight 3", ""),
    ("of_a", "target at least 4", "target at least 5"),
    ("of_a", "expected: june 4, december 5", ""),
    ("of_baseline", "baseline 9", "baseline 3"),
    ("of_target", "target increase", "target at least 5"),
    ("of_target", "target 2025 at least 2; 2026 increase", "target at least 5"),
    (
        "of_bands",
        "levels: green at least 4, yellow at least 2, otherwise red",
        "levels: green at least 5, yellow at least 3, otherwise red",
    ),
    (
        "of_named",
        "levels: green at least 9, otherwise red",
        "bands named: green at least 5, yellow at least 2, otherwise red",
    ),
    (
        "of_naming",
        "levels: green at least 3, yellow at least 2, otherwise red",
        "levels by bands named",
    ),
    ("of_weight", "weight 1", "weight 2"),
    ("of_value", "= sum of a, b", "= mean of a, b"),
    ("of_rounding", "rounded to 1 decimal", "rounded to 0 decimals"),
    ("of_group", "weight 5", ""),
    ("of_clause", "green when a green", CLAUSE),
    ("of_clause", "best of all", f"{CLAUSE}|otherwise red  # of goal 1"),
    ("of_cap", "at least yellow when a green", CAP),
    ("of_cap", "one step worse when any red", CAP),
    ("of_copy", "green when d green", "rule as in goal 1"),
    ("of_copy", "same as goal 1", "rule as in goal 1"),
    ("of_same", "green when goal 2 met", "same as goal 1"),
)
"""Other readings: at which place, what they say, and what the file says instead; parted by `|`."""

GENERAL = ("of_plan", "of_policy", "of_named", "of_all", "of_rule", "of_fact")
OF_GOALS = {
    "of_copy": ("2",),
    "of_naming": ("2",),
    "of_group": ("3",),
    "of_same": ("KF1",),
    **dict.fromkeys(("of_a", "of_baseline", "of_target", "of_clause", "of_cap"), ("1", "2")),
}
"""The places that are of all goals, and the goals of those that are not of goal 1 alone."""


def plan(place: str = "", said: str = "") -> str:
    """The plan with an interpretation at one of its places."""
    return PLAN.format(**{each: said if each == place else "" for each in PLACES_OF})


def read_so(place: str, said: str, instead_of: str) -> str:
    """The plan in which the other reading is written in the place of what the file says."""
    lines = PLAN.split("\n")
    at = lines.index(next(line for line in lines if line.strip() == f"{{{place}}}"))
    gone = {
        min(
            (number for number, line in enumerate(lines) if line.strip() == each),
            key=lambda number: abs(number - at),
        )
        for each in filter(None, instead_of.split("|"))
    }
    kept = [
        f"  {said}".replace("levels", "bands named")
        if (number, place) == (at, "of_named")
        else f"  {said}"
        if number == at
        else line
        for number, line in enumerate(lines)
        if number not in gone
    ]
    return "\n".join(line for line in kept if not line.strip().startswith("{"))


@pytest.mark.parametrize("tried", TRIED, ids=" ".join)
def test_each_can_be_read_and_is_checked_as_what_it_stands_for(tried: tuple[str, str, str]) -> None:
    place, said, _ = tried
    stated = goalrules.loads(plan(place, f'interpretation "I.", otherwise: {said}'))
    assert stated.goals.keys() == goalrules.loads(read_so(*tried)).goals.keys()


NUMBERS = some.sampled_from([None, 1, 2, 3, "3.5", 4, "4.4", "4.5", 5, 9])
PLANS = some.sampled_from([None, "begun", "followed"])


@given(
    some.sampled_from(TRIED),
    some.fixed_dictionaries({each: some.tuples(NUMBERS, PLANS) for each in "abdef"}),
    some.lists(some.sampled_from(["red", "yellow", "green", None]), max_size=2),
    some.sampled_from([None, 3, 5]),
)
def test_it_is_what_the_plan_comes_to_in_which_it_is_written(
    tried: tuple[str, str, str],
    numbers: dict[str, tuple[object, str | None]],
    works: list[str | None],
    before: int | None,
) -> None:
    place, said, _ = tried
    rows: list[dict[str, object]] = [
        {"indicator": name, "value": value, "plan": stage, "period": "2025"}
        for name, (value, stage) in numbers.items()
    ]
    rows += [
        {"indicator": f"w{number}", "group": "work", "level": level, "period": "2025"}
        for number, level in enumerate(works)
    ]
    rows.append({"indicator": "d", "value": before, "period": "2024"})
    stated = goalrules.loads(plan(place, f'interpretation "I.", otherwise: {said}'))
    found = stated.assess(rows, period="2025")
    plain = goalrules.loads(plan()).assess(rows, period="2025")
    wanted = goalrules.loads(read_so(*tried)).assess(rows, period="2025")
    for id_, goal in found.items():
        assert told(goal.trace) == told(plain[id_].trace)
        own = id_ in OF_GOALS.get(place, ("1",))
        others = [by_other(each) for each in goal.trace.other_readings]
        assert others == ([told(wanted[id_].trace)] if own or place in GENERAL else [])


def told(goal: GoalTrace) -> tuple[object, ...]:
    """What a goal comes to, as another reading of it is told."""
    return goal.verdict, goal.met, goal.worst, goal.best, {each.code for each in goal.reasons}


def by_other(each: ByOtherReading) -> tuple[object, ...]:
    """The same by another reading."""
    return each.verdict, each.met, each.worst, each.best, {one.code for one in each.reasons}


@given(
    some.sampled_from(PLACES),
    some.integers(0, 400),
    some.integers(0, 400),
    some.integers(0, 4),
    some.lists(some.integers(0, 7), min_size=3, max_size=3),
)
def test_of_drawn_rules_it_is_the_rule_in_which_one_sentence_is_another(
    place: Place, one: int, two: int, at: int, outcomes: list[int]
) -> None:
    making = Making(place, FEW)
    pieces = [*making.pieces, *making.conditions]
    own, other = (
        parse_file(Source("r", file(goal, place.world, FEW, "en"))).file
        for goal in (making.beside(pieces[each % len(pieces)]) for each in (one, two))
    )
    pairs = [
        (number, each, said.body)
        for number, each in enumerate(own.statements)
        for said in other.statements
        if fits(said.body, each) and can_be(said.body) and type(each.body) not in HEADS
    ]
    if not pairs:
        return
    number, statement, body = pairs[at % len(pairs)]
    reading = st.Interpretation(("I.",), other=st.OtherReading(body))
    whole = isinstance(body, st.Extreme) or isinstance(statement.body, st.Extreme)
    noted, wanted = list(own.statements), list(own.statements)
    noted[number] = evolve(statement, notes=(reading,))
    wanted[number] = evolve(statement, body=body)
    kept = [
        each
        for each in wanted
        if each is wanted[number] or not (whole and isinstance(each.body, st.Clause))
    ]
    stated, meant = (
        format_file(evolve(own, version="2", statements=tuple(each))) for each in (noted, kept)
    )
    try:
        rules = goalrules.loads(meant)
    except goalrules.RuleError:
        with pytest.raises(goalrules.RuleError):
            goalrules.loads(stated)
        return
    kinds = {name: [*place.world.levels(name), None, "not applicable"] for name in FEW}
    numbers = zip(kinds.items(), outcomes, strict=True)
    values = {name: every[each % len(every)] for (name, every), each in numbers}
    found = goalrules.loads(stated).assess(as_given(values))["1"].trace
    (by,) = found.other_readings
    assert by_other(by) == told(rules.assess(as_given(values))["1"].trace)


# What is told of figures of few people, of rows that would not fit, and of what cannot be told

FEW_PEOPLE = """goalrules 2 en
plan "P"
valid 2025
assess indicators
  green when target reached
    interpretation "I.", otherwise: green when target reached or plan followed
  otherwise red
goal 1 "T"
  indicator a
    small counts hidden
    target at most 4
      interpretation "J.", otherwise: target at most 2
  green when a green
    interpretation "K.", otherwise: green when all green
goal 2 "U"
  indicator a as in goal 1
  indicator b
    target at least 5
      interpretation "L.", otherwise: target at least 8
  green when any green
goal 3 "V"
  indicator c
    target at least 5
  green when c green
contribution to council goal KF1 "W"
  same as goal 2
"""


def all_written(rows: Iterator[dict[str, object]]) -> tuple[object, ...]:
    """All that is written of an assessment."""
    found = goalrules.loads(FEW_PEOPLE).assess([*rows], period="2025")
    return found.to_dict(), found.text("en"), found.table("en"), found.inputs_text("en")


def test_no_more_is_told_of_a_hidden_figure_than_its_level_tells() -> None:
    def rows(value: int) -> Iterator[dict[str, object]]:
        yield {"indicator": "a", "value": value, "level": "green", "plan": "followed"}
        yield {"indicator": "b", "value": 6, "plan": "followed"}
        yield {"indicator": "c", "value": 4, "plan": "followed"}

    assert all_written(rows(2)) == all_written(rows(4))
    found = goalrules.loads(FEW_PEOPLE).assess([*rows(4)], period="2025")
    told_of = {
        id_: {each.reading.text: each.untold or each.verdict for each in goal.trace.other_readings}
        for id_, goal in found.items()
    }
    assert told_of == {
        "1": {"K.": "met", "J.": "hidden", "I.": "hidden"},
        "2": {"J.": "hidden", "L.": "hidden", "I.": "hidden"},
        "3": {"I.": "met"},
        "KF1": {"I.": "hidden"},
    }


def test_a_reading_by_which_rows_would_have_faults_is_not_told_of_the_goals_they_bear_on() -> None:
    text = FEW_PEOPLE.replace("    small counts hidden\n", "")
    rows = [{"indicator": "b", "value": 6, "level": "green"}, {"indicator": "c", "value": 9}]
    found = goalrules.loads(text).assess(rows, period="2025")
    untold = {
        (id_, each.reading.text): each.untold
        for id_, goal in found.items()
        for each in goal.trace.other_readings
    }
    assert {key for key, why in untold.items() if why} == {("2", "L.")}
    assert untold["2", "L."] == "faults"
    assert untold["KF1", "I."] == untold["1", "J."] == ""


def test_it_is_in_the_document_and_in_every_period_of_a_year() -> None:
    rules = goalrules.loads(FEW_PEOPLE)
    rows = [{"indicator": "c", "value": 4, "plan": "followed", "period": "2025-03"}]
    found = rules.assess(rows, period="2025-03")
    again = goalrules.Assessment.from_dict(found.to_dict())
    assert again.to_dict() == found.to_dict()
    assert again["3"].text("en") == found["3"].text("en")
    year = rules.assess_year(rows, 2025)
    (march,) = (each for each in year.trace.months if each.period == "2025-03")
    (goal,) = (each for each in march.goals if each.id == "3")
    assert [each.verdict for each in goal.other_readings] == ["met"]
    said = {each.get("otherwise") for each in year.to_dict()["readings"]}
    assert "green when target reached or plan followed" in said


def test_a_goal_without_a_verdict_has_none_by_another_reading() -> None:
    text = FEW_PEOPLE.replace("  green when c green\n", "  annual green when c green\n")
    found = goalrules.loads(text).assess([], period="2025-03")
    assert found["3"].trace.other_readings == ()
    text = FEW_PEOPLE.replace(
        "  green when c green\n",
        '  green when c green\n    interpretation "M.", otherwise: annual green when any green\n',
    )
    found = goalrules.loads(text).assess([], period="2025-03")
    (of_rule, _) = found["3"].trace.other_readings
    assert (of_rule.verdict, of_rule.untold, of_rule.level) == (None, "", None)
    assert "By the other reading (annual green when any green): no verdict." in found["3"].text(
        "en"
    ).replace("\n ", "")


def test_it_is_no_part_of_what_a_file_means() -> None:
    rules = goalrules.loads(FEW_PEOPLE)
    bare = goalrules.loads("".join(
        line for line in FEW_PEOPLE.splitlines(keepends=True) if "interpretation" not in line
    ))  # fmt: skip
    assert all(rules.normal_form(each) == bare.normal_form(each) for each in rules.goals)
    assert goalrules.diff(bare, rules).text("en") == goalrules.diff(bare, bare).text("en")


def test_more_than_some_are_refused() -> None:
    clauses = "".join(
        f'    interpretation "{number}", otherwise: green when all green\n' for number in range(41)
    )
    text = f'goalrules 2 en\ngoal 1 "T"\n  indicator a\n  green when a green\n{clauses}'
    with pytest.raises(goalrules.RuleError) as raised:
        goalrules.loads(text)
    assert [each.code for each in raised.value.diagnostics] == ["too-many-other-readings"]


def test_of_the_whole_plan_it_is_told_whether_any_goal_is_another() -> None:
    rules = goalrules.loads(FEW_PEOPLE)
    rows = [{"indicator": "c", "value": 9}]
    said = " ".join(rules.assess(rows, period="2025").text("en").split())
    assert said.endswith(
        "By the other reading (green when target reached or plan followed): the same verdict for"
        " all goals."
    )
    only = FEW_PEOPLE[: FEW_PEOPLE.index("goal 1")]
    rules = goalrules.loads(f'{only}goal 1 "T"\n  indicator a\n  only followed up\n')
    assert rules.assess([], period="2025").text("en").endswith("\n• I.\n")
