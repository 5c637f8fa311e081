"""Members of every kind: bands, worked-out values, scales, weights, points and policies, as cases.

A case is what stands in a goal (each `;` ends a line), the outcomes, and what they come to.
"""

from decimal import Decimal
from itertools import product

import pytest
from attrs import frozen

import goalrules
from goalrules.core.trace import Member
from goalrules.language.lower import lower_opposite
from goalrules.language.naming import naming
from goalrules.language.syntax import Fact
from goalrules.text.names import folded

pytestmark = pytest.mark.law

NA = "not applicable"


@frozen
class Case:
    """The lines of a goal, those of the plan before `|`, outcomes, and the level or its ends."""

    goal: str
    outcomes: dict[str, object]
    level: str


def rules_of(goal: str) -> goalrules.RuleSet:
    """The rule set that the lines of a case are."""
    plan, _, own = goal.rpartition("|")
    lines = [*plan.split(";"), 'goal 1 "T"', *own.split(";")]
    return goalrules.loads("\n".join(["goalrules 1 en", *lines]))


def assessed(case: Case) -> goalrules.GoalResult:
    """What the case's goal comes to."""
    return rules_of(case.goal).assess(case.outcomes, 2025)["1"]


def level_of(goal: goalrules.GoalResult) -> str:
    """The level of a goal, or the ends between which it lies."""
    return goal.level or f"{goal.worst}–{goal.best}"


BANDS = "indicator a; levels: green {}, yellow {}, otherwise red; worst of all"
AT_LEAST = BANDS.format("≥ 99", "> 98")
SMALL = BANDS.format("under 5", "at most 7")
AROUND = BANDS.format("±0.5", "between -1 and 2")
RANGE = BANDS.format("10–20", "5–25")

LEVELS_OF_VALUES = (
    Case(AT_LEAST, {"a": "99"}, "green"),
    Case(AT_LEAST, {"a": "98.0000001"}, "yellow"),
    Case(AT_LEAST, {"a": "98"}, "red"),
    Case(AT_LEAST, {"a": None}, "red–green"),
    Case(AT_LEAST, {"a": "yellow"}, "yellow"),
    Case(SMALL, {"a": "4.99"}, "green"),
    Case(SMALL, {"a": 5}, "yellow"),
    Case(SMALL, {"a": 8}, "red"),
    Case(AROUND, {"a": "-0.5"}, "green"),
    Case(AROUND, {"a": "2"}, "yellow"),
    Case(AROUND, {"a": "-1.01"}, "red"),
    Case(RANGE, {"a": 20}, "green"),
    Case(RANGE, {"a": 21}, "yellow"),
    Case(RANGE, {"a": 26}, "red"),
)

WORKED = "indicator x, y, z; shown only; indicator a; "
PARTS = WORKED + "levels: green ≥ 70, otherwise red; "
MEAN = PARTS + "= mean of x, y, z; worst of all"
WEIGHED = PARTS + "= mean of x 70, y 30; worst of all"
SUM = PARTS + "= sum of x, y 2; worst of all"
BEST = PARTS + "higher is better; = best of x, y, z; worst of all"
LOW = "levels: green ≤ 69, otherwise red; lower is better; "
WORST_OF_LOW = WORKED + LOW + "= worst of x, y, z; worst of all"
SHARE = PARTS + "= share x of y; worst of all"
DIFFERENCE = PARTS + "= difference between x and y; worst of all"
ROUNDED = PARTS + "= mean of x, y, z; rounded to 1 decimal; worst of all"

WORKED_OUT = (
    Case(MEAN, {"x": 70, "y": 70, "z": 70}, "green"),
    Case(MEAN, {"x": 70, "y": 70, "z": "69.9999999999999"}, "red"),
    Case(MEAN, {"x": 80, "y": 60, "z": NA}, "green"),
    Case(MEAN, {"x": 80, "y": 60}, "red–green"),
    Case(MEAN, {"x": 80, "y": 60, "z": "not measured yet"}, "red–green"),
    Case(ROUNDED, {"x": 70, "y": 70, "z": "69.9"}, "green"),
    Case(ROUNDED, {"x": 70, "y": 70, "z": "69.8"}, "red"),
    Case(WEIGHED, {"x": 100, "y": 0}, "green"),
    Case(WEIGHED, {"x": "99.9", "y": 0}, "red"),
    Case(SUM, {"x": 10, "y": 30}, "green"),
    Case(SUM, {"x": 9, "y": 30}, "red"),
    Case(BEST, {"x": 1, "y": 70, "z": 5}, "green"),
    Case(WORST_OF_LOW, {"x": 1, "y": 70, "z": 5}, "red"),
    Case(WORST_OF_LOW, {"x": 1, "y": 69, "z": 5}, "green"),
    Case(SHARE, {"x": 7, "y": 10}, "green"),
    Case(SHARE, {"x": 6, "y": 9}, "red"),
    Case(SHARE, {"x": 6, "y": 0}, "red–green"),
    Case(DIFFERENCE, {"x": 100, "y": 30}, "green"),
    Case(DIFFERENCE, {"x": 100, "y": NA}, "red–green"),
)

SCORE = "scale score: 1 < 2 < 3 < 4 reads 1 as red, 3 as yellow, 4 as green | "
STATE = "scale state: not begun < under way < done well | "
OWN = "scale not met < partly < to a great extent < wholly | "
READ = SCORE + "indicator a on scale score; indicator b; green when all green; yellow when no red"

SCALES = (
    Case(READ, {"a": 4, "b": "green"}, "green"),
    Case(READ, {"a": "3", "b": "green"}, "yellow–yellow"),
    Case(READ, {"a": "2", "b": "green"}, "red"),
    Case(SCORE + "indicator a on scale score; green when a ≥ 3", {"a": 3}, "green"),
    Case(SCORE + "indicator a on scale score; worst of all", {"a": {"level": "4"}}, "green"),
    Case(OWN + "indicator a; indicator b; worst of all", {"a": "wholly", "b": "partly"}, "partly"),
    Case(
        OWN + "indicator a; worst of all",
        {"a": "partly–wholly"},
        "partly–wholly",
    ),
    Case(
        OWN
        + "indicator a; met from to a great extent;"
        + "to a great extent when all wholly; otherwise partly",
        {"a": "Wholly"},
        "to a great extent",
    ),
    Case(OWN + "indicator a; target at least 75; worst of all", {"a": 75}, "wholly"),
    Case(
        STATE + "indicator a on scale state; met when a under way; otherwise red",
        {"a": "done well"},
        "green",
    ),
    Case(STATE + "indicator a on scale state; met when a under way", {"a": None}, "red–green"),
)

TARGETS = "assess indicators;green when target reached;{} when 80 % of target;otherwise red | "
SHARES = TARGETS.format("yellow") + "indicator a; target {}; worst of all"
SHARES_OF_TARGETS = (
    Case(SHARES.format("at least 75"), {"a": 75}, "green"),
    Case(SHARES.format("at least 75"), {"a": 60}, "yellow"),
    Case(SHARES.format("at least 75"), {"a": "59.99"}, "red"),
    Case(SHARES.format("over 75"), {"a": 75}, "yellow"),
    Case(SHARES.format("increase; baseline 50"), {"a": 40}, "yellow"),
    Case(SHARES.format("at least 75"), {"a": "reached"}, "green"),
    Case(SHARES.format("at least 75"), {"a": "not reached"}, "red–yellow"),
    Case("indicator a; target under 5; worst of all", {"a": 5}, "red–yellow"),
    Case("indicator a; target under 5; worst of all", {"a": "4.9"}, "green"),
)

THREE = "indicator a; weight 2.5; indicator b, c; "
WEIGHTS = (
    Case(THREE + "green when at least 55 % of weight green", {"a": "green"}, "green"),
    Case(
        THREE + "green when at least 2.5 of weight green; otherwise red",
        {"a": "red", "b": "green", "c": "green"},
        "red",
    ),
    Case(THREE + "green when any of weight green", {"b": "green"}, "green"),
    Case(
        THREE + "points green 1, yellow 0, red -1; green when mean of points ≥ 0.1; otherwise red",
        {"a": "green", "b": "red", "c": "red"},
        "green",
    ),
    Case(
        "points green 2, yellow 1, red 0 | indicator a; own points green 10, yellow 0, red 0;"
        "indicator b; green when sum of points ≥ 11; otherwise red",
        {"a": "green", "b": "yellow"},
        "green",
    ),
)

POLICIES = (
    Case(
        "missing: left out | indicator a, b; green when all green",
        {"a": "green"},
        "green",
    ),
    Case(
        "missing: left out | indicator a, b; missing: counts as red; green when all green;"
        "otherwise yellow",
        {"a": "green"},
        "yellow",
    ),
    Case(
        "indicator a, b; group work as reported; missing: replaced by work; green when all green",
        {"a": "green", "work/w": "green"},
        "green",
    ),
    Case(
        "indicator a, b, r; group g r; missing: replaced by g; green when all green",
        {"a": "green", "b": "green", "r": "red"},
        "green",
    ),
    Case(
        "indicator a, b, r; group g r; missing: replaced by g; green when all green; otherwise red",
        {"a": "green", "r": "red"},
        "red",
    ),
    Case(
        "indicator a, b, c; not applicable: left out, at least 2 remain; green when all green",
        {"a": "green", "b": NA, "c": NA},
        "red–green",
    ),
    Case(
        "indicator a, b; requires all assessed; green when any green",
        {"a": "green", "b": "red–yellow"},
        "red–green",
    ),
    Case("indicator a, b; green when all of a, b green", {"a": "green", "b": NA}, "green"),
)

CASES = (
    *LEVELS_OF_VALUES, *WORKED_OUT, *SCALES, *SHARES_OF_TARGETS, *WEIGHTS, *POLICIES,
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.goal[-60:]} {case.outcomes}")
def test_a_case(case: Case) -> None:
    found = assessed(case)
    ends = {f"{found.worst}–{found.best}", level_of(found)}
    assert case.level in ends
    assert found.to_dict()["id"] == "1"
    assert found.text("sv")
    assert found.text("en")


def member(case: Case, name: str) -> Member:
    """One member of the case's goal, as it was judged."""
    return next(each for each in assessed(case).trace.members if each.name == name)


def test_a_value_without_end_is_shown_short_and_compares_exactly() -> None:
    short = member(Case(MEAN, {"x": 70, "y": 70, "z": 71}, ""), "a").finding
    close = member(Case(MEAN, {"x": 70, "y": 70, "z": "69.9999999999999"}, ""), "a").finding
    assert short
    assert (short.value, short.rounded) == (Decimal("70.33"), True)
    assert close
    assert close.value == Decimal("69.99999999999997")


def test_a_worked_out_value_says_what_it_lacks() -> None:
    found = member(Case(MEAN, {"x": 70}, ""), "a").finding
    assert found
    assert found.lacking == ("y", "z")


def test_an_indicator_counts_in_two_goals() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\ngoal 1 "A"\nindicator Cost\nindicator b\ngreen when all green\n'
        'goal 2 "B"\nindicator cost as in goal 1\ngreen when cost green\n'
    )
    result = rules.assess({"cost": "green", "b": "red"}, 2025)
    assert [goal.verdict for goal in result.values()] == ["not met", "met"]
    assert rules.goals["2"].members == ("cost",)


def test_a_goal_that_a_quorum_bars_is_missing_above() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\ngoal 1 "A"\nindicator a, b\nrequires all assessed\ngreen when any green\n'
        'goal 2 "B"\nindicator c\nmissing: left out\ngreen when c green and goal 1 met\n'
    )
    result = rules.assess({"a": "green", "c": "green"}, 2025)
    assert result["1"].reasons[0].code == "quorum"
    assert result["2"].verdict == "open"


REMARKS: tuple[tuple[str, dict[str, object], list[bool]], ...] = (
    ("remark 'R' unless met", {"a": "green"}, []),
    ("remark 'R' unless met", {"a": "red"}, [True]),
    ("remark 'R' unless met", {}, [False]),
    ("remark 'R' when b red", {"a": "green", "b": "red"}, [True]),
    ("remark 'R' when b red", {"a": "green", "b": NA}, []),
    ("remark 'R' unless b green", {"a": "green", "b": "yellow"}, [True]),
    ("remark 'R' when a at most yellow", {"a": "green"}, []),
)


@pytest.mark.parametrize(("line", "outcomes", "sure"), REMARKS)
def test_a_remark_stands_beside_the_verdict(
    line: str, outcomes: dict[str, object], sure: list[bool]
) -> None:
    said = line.replace("'", '"')
    case = Case(f"indicator a; indicator b; shown only; green when all green; {said}", outcomes, "")
    assert [each.sure for each in assessed(case).trace.remarks] == sure


FAULTS = (
    (MEAN, {"a": 5, "x": 1, "y": 1, "z": 1}, "value-worked-out"),
    (SCORE + "indicator a on scale score; worst of all", {"a": 7}, "level-expected"),
    (SCORE + "indicator a on scale score; worst of all", {"a": "green"}, "unknown-level-word"),
    (OWN + "indicator a; worst of all", {"a": "partly–never"}, "unknown-level-word"),
    (AT_LEAST, {"a": {"value": 99, "level": "red"}}, "level-contradicts-value"),
    (OWN + "indicator a; worst of all", {"a": {"value": 5, "level": "grön"}}, "unknown-level-word"),
)


@pytest.mark.parametrize(("goal", "outcomes", "code"), FAULTS)
def test_what_the_data_cannot_say_is_refused(
    goal: str, outcomes: dict[str, object], code: str
) -> None:
    with pytest.raises(goalrules.OutcomeError) as refused:
        assessed(Case(goal, outcomes, ""))
    assert code in [each.code for each in refused.value.diagnostics]


ON_SCALE = """goalrules 2 en
scale s: low < high
goal 1 "T" on scale s
  indicator figure
    shown only
  indicator stated on scale s
    shown only
  indicator twice
    = figure times 2
    levels: high at least 10, otherwise low
  worst of twice
"""


@pytest.mark.parametrize(("figure", "level"), [(5, "high"), (4, "low"), (0, "low")])
def test_a_figure_that_is_shown_only_is_a_number_in_a_goal_on_another_scale(
    figure: int, level: str
) -> None:
    found = goalrules.loads(ON_SCALE).assess({"figure": figure, "stated": "high"}, 2025)["1"]
    assert found.level == level


@pytest.mark.parametrize("outcomes", [{"stated": 5}, {"figure": "reached"}])
def test_what_it_is_not_is_refused_there_as_before(outcomes: dict[str, object]) -> None:
    with pytest.raises(goalrules.OutcomeError, match="level-expected"):
        goalrules.loads(ON_SCALE).assess(outcomes, 2025)


JUDGED_BY_NOTHING = """goalrules 2 en
scale s: low < high
goal 1 "T" on scale s
  indicator a
    target at least 3
  indicator b
  missing: left out
  worst of all
"""


@pytest.mark.parametrize("told", [5, "reached", {"plan": "enligt plan"}])
def test_an_outcome_that_nothing_judges_is_open_and_not_left_out(told: object) -> None:
    found = goalrules.loads(JUDGED_BY_NOTHING).assess({"a": told, "b": "high"}, 2025)["1"]
    assert (found.verdict, [each.code for each in found.reasons]) == ("open", ["unsaid"])


def test_one_that_is_missing_is_left_out() -> None:
    found = goalrules.loads(JUDGED_BY_NOTHING).assess({"a": None, "b": "high"}, 2025)["1"]
    assert found.level == "high"


def test_a_rule_alone_can_have_levels_of_its_own() -> None:
    rule = goalrules.rule("worst of all", ["a", "b"], levels=["low", "quite high", "high"])
    assert rule.evaluate({"a": "quite high", "b": "high"}).level == "quite high"


@pytest.mark.parametrize("levels", [["low"], ["low", "low"], list("abcdefghijk")])
def test_levels_that_make_no_scale_are_a_mistake(levels: list[str]) -> None:
    with pytest.raises(ValueError, match="a scale has 2 to 10 levels"):
        goalrules.rule("worst of all", ["a"], levels=levels)


READ_AS_TWO = "scale s: low < high reads low as red, high as green | "
REFUSED = (
    ("indicator a; green when 1 of a met", "member-met"),
    ("indicator a; green when sum of points of g ≥ 1; group g as reported", "no-points"),
    ("green when sum of points ≥ 1", "nothing-to-count"),
    ("indicator a; levels: otherwise red; worst of all", ""),
    (
        READ_AS_TWO + "indicator a on scale s; missing: counts as yellow; worst of all",
        "none-read-as",
    ),
)


@pytest.mark.parametrize(("goal", "code"), REFUSED)
def test_what_the_file_cannot_say_is_refused(goal: str, code: str) -> None:
    try:
        rules_of(goal)
        found = [""]
    except goalrules.RuleError as refused:
        found = [each.code for each in refused.diagnostics]
    assert found == [code]


def test_facts_have_no_opposite() -> None:
    with pytest.raises(ValueError, match="a fact in the condition of a limit"):
        lower_opposite(Fact("plan followed"), naming((), {}, {}))


SCALES_WITH_DASHES = (
    ("red", "yellow", "green"),
    ("röd", "gul", "mörkgrön", "grön"),
    ("grön", "blågrön", "blå"),
    ("gul", "gul-grön", "grön"),
    ("dålig", "bra", "jättebra"),
    ("icke-godkänd", "godkänd", "väl godkänd"),
    ("inte uppfyllt", "delvis", "i hög grad", "helt"),
    ("not met", "partly", "met fully"),
    ("0", "1", "2"),
)
PLANS_ON_SCALES = {
    "sv": 'goalrules 1 sv;skala s: {};mål 1 "T" på skala s;indikator a;sämsta av alla',
    "en": 'goalrules 1 en;scale s: {};goal 1 "T" on scale s;indicator a;worst of all',
}


@pytest.mark.parametrize("language", PLANS_ON_SCALES)
@pytest.mark.parametrize("scale", SCALES_WITH_DASHES, ids="<".join)
def test_every_two_levels_of_a_scale_can_be_stated_with_a_dash(
    scale: tuple[str, ...], language: str
) -> None:
    plan = PLANS_ON_SCALES[language].format(" < ".join(scale)).replace(";", "\n")
    rules = goalrules.loads(plan)
    levels = [rules.assess({"a": {"level": each}}, 2025)["1"].level for each in scale]
    assert len(set(levels)) == len(scale)
    for low, high in product(range(len(scale)), repeat=2):
        for dash in ("-", "–", "\u2011", " – "):
            text = f"{scale[low]}{dash}{scale[high]}"
            if folded(text) in scale:  # a level by itself
                continue
            goal = rules.assess({"a": {"level": text}}, 2025)["1"]
            assert (goal.worst, goal.best) == (levels[min(low, high)], levels[max(low, high)])


def test_two_levels_that_could_be_parted_in_two_ways_are_refused() -> None:
    rules = rules_of('scale "xa" < "xa-xb" < "xb-xc" < "xc"|indicator a; worst of all')
    with pytest.raises(goalrules.OutcomeError, match="unknown-level-word"):
        rules.assess({"a": "xa-xb-xc"}, 2025)
