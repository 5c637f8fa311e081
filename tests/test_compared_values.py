"""Targets from another figure, where figures are worked out from numbers, levels or degrees."""

from decimal import Decimal

import pytest

import goalrules
from goalrules.core.trace import Member

HEAD = 'goalrules 2 sv\ngäller 2025\nmål 1 "T"\n'
DEGREES = """  indikator a, b, c
    riktvärde minst medel
  indikator medel
    = medelvärdet av a, b, c
    visas bara
  indikator grad
    = genomsnittlig måluppfyllelse av a, b, c
    riktvärde minst 80
  indikator andel
    = andelen uppnådda riktvärden av a, b, c
    riktvärde minst 50
  grön om grad grön och andel grön
"""
OF_LEVELS = """  indikator a, b
    riktvärde minst 10
  indikator n
    = antalet gröna av a, b
    visas bara
  indikator c
    riktvärde {aim}
  grön om c grön
"""


def member(rules: str, name: str, **given: object) -> Member:
    (goal,) = goalrules.loads(HEAD + rules).assess(given, period="2025").trace.goals
    return next(each for each in goal.members if each.name == name)


def codes(rules: str) -> list[str]:
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.loads(HEAD + rules)
    return [each.code for each in refused.value.diagnostics]


def test_degrees_are_of_targets_that_are_compared_with_the_mean_of_the_same_figures() -> None:
    given = {"a": 1, "b": 2, "c": 3}
    degree, share = (member(DEGREES, each, **given).finding for each in ("grad", "andel"))
    assert degree
    assert degree.value == Decimal("83.33")
    assert share
    assert share.value == Decimal("66.67")


def test_a_degree_is_open_where_a_target_has_nothing_to_be_measured_from() -> None:
    rules = DEGREES.replace("medelvärdet av a, b, c", "medelvärdet av a, b, x").replace(
        "  indikator medel", "  indikator x\n    visas bara\n  indikator medel"
    )
    found = member(rules, "grad", a=1, b=2, c=3)
    assert (found.worst, found.best) == ("red", "green")


@pytest.mark.parametrize(
    ("aim", "c", "level"),
    [("högst n", 2, "green"), ("högst 1 över n", 3, "green"), ("högst 5 % över n", 3, "yellow")],
)
def test_a_target_can_be_measured_from_a_value_of_levels(aim: str, c: int, level: str) -> None:
    assert member(OF_LEVELS.format(aim=aim), "c", a=10, b=12, c=c).best == level


@pytest.mark.parametrize("aim", ["minst n", "över n", "högst 150 % under n"])
def test_better_levels_may_not_make_a_target_harder(aim: str) -> None:
    assert "value-against-levels" in codes(OF_LEVELS.format(aim=aim))


def test_a_degree_of_such_a_target_goes_the_way_of_the_target() -> None:
    rules = OF_LEVELS.format(aim="högst n").replace(
        "  grön om", "  indikator d\n    = genomsnittlig måluppfyllelse av c\n    {}\n  grön om"
    )
    assert goalrules.loads(HEAD + rules.format("riktvärde minst 50")).goals
    assert codes(rules.format("riktvärde högst 50")) == ["value-against-levels"]


def test_none_is_compared_with_the_number_of_those_that_are_green_among_it_itself() -> None:
    rules = OF_LEVELS.format(aim="högst n").replace("gröna av a, b", "gröna av a, b, c")
    assert codes(rules) == ["cycle-of-values"]


def test_one_that_counts_itself_is_told_once() -> None:
    rules = "  indikator a\n    = antalet gröna av a\n    riktvärde minst 1\n  grön om a grön\n"
    assert codes(rules) == ["cycle-of-values"]


HIDDEN = """  indikator y
    små tal döljs under 5
    visas bara
  indikator x
    riktvärde minst y
  indikator grad
    = genomsnittlig måluppfyllelse av x
    riktvärde minst 50
  indikator antal
    = antalet gröna av x
    riktvärde minst 1
  indikator öppen
    = medelvärdet av x, z
    riktvärde minst 1
  indikator z
    möjliga värden 0–100
    visas bara
  grön om x grön
"""


def test_a_degree_of_a_target_from_a_hidden_figure_is_hidden_and_a_level_is_not() -> None:
    found = {
        each: member(HIDDEN, each, x=8, y=3).finding for each in ("x", "grad", "antal", "öppen")
    }
    assert [each.hidden if each else None for each in found.values()] == ["small", "small", "", ""]
    assert found["öppen"]
    assert found["öppen"].low is None
    assert found["öppen"].high is None
    shown = member(HIDDEN, "öppen", x=8, y=30).finding
    assert shown
    assert (shown.low, shown.high) == (Decimal(4), Decimal(54))


def test_an_outcome_of_another_time_makes_a_degree_of_what_is_compared_with_it_an_indication() -> (
    None
):
    rows = [
        {"indicator": "x", "value": 8, "period": "2025"},
        {"indicator": "y", "value": 30, "period": "2025-06"},
    ]
    found = goalrules.loads(HEAD + HIDDEN).assess(rows, period="2025").trace.goals[0].members
    told = {each.name: each.finding.partial_terms for each in found if each.finding}
    assert (told["x"], told["grad"], told["öppen"]) == (("y",), ("x",), ())
