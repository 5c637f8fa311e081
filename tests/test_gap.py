"""What can be asked of a goal from Python, and what the answers hold."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

import attrs
import pytest
from drawn_outcomes import example, rule_set

import goalrules
from goalrules.answers.result import Need, Values

HEAD = """goalrules 1 en
valid 2025
assess indicators
  green when target reached or plan followed
  yellow when efforts begun
  otherwise red
"""


def result(rules: str, outcomes: Mapping[str, object]) -> goalrules.Assessment:
    """The assessment of a plan on some outcomes."""
    return goalrules.loads(f"goalrules 1 en\nvalid 2025\n{rules}").assess(outcomes)


def need(indicator: str, outcome: object, level: str = "green", head: str = HEAD) -> Need | None:
    """What one indicator needs for a level."""
    rules = f'{head}goal 1 "G" indicator x {indicator} green when x green yellow when x ≥ yellow'
    found = goalrules.loads(rules).assess({"x": outcome} if outcome else {})["1"].to_reach(level)
    return found.ways[0].moves[0].group[0].need


def between(low: str | None, high: str | None, **open_ends: bool) -> Values:
    """Some values, as numbers are written."""
    low_end, high_end = (None if each is None else Decimal(each) for each in (low, high))
    return Values(low_end, high_end, **open_ends)


# What is asked


@pytest.mark.parametrize("level", ["green", "grön", "Grönt", "met", "uppfyllt"])
def test_a_level_is_asked_for_in_either_language(level: str) -> None:
    found = example(2025)["5"].to_reach(level)
    assert (found.state, found.sets, found.trace.level) == ("ways", 1, "green")


def test_a_level_of_a_scale_of_its_own_is_asked_for_by_its_name() -> None:
    rule = goalrules.rule("bra om a minst bra", ["a"], ["dåligt", "bra"])
    assert rule.evaluate({"a": "dåligt"}).to_reach("Bra").sets == 1


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(goalrules.QuestionError) as caught:
        example(2025)["5"].to_reach("blå")
    assert [each.code for each in caught.value.diagnostics] == ["unknown-level"]


@pytest.mark.parametrize("name", ["avtalstrohet", "5/avtalstrohet", "AVTALSTROHET"])
def test_a_member_is_locked_by_its_name(name: str) -> None:
    found = example(2025)["5"].to_reach("green", locked=[name])
    assert [each.name for each in found.trace.locked] == ["avtalstrohet"]


def test_members_that_the_goal_does_not_have_are_told_with_the_nearest() -> None:
    goal = example(2025)["5"]
    with pytest.raises(goalrules.QuestionError) as caught:
        goal.to_reach("green", locked=["avtalstroget"], costs={"2/sip": 1})
    told = caught.value.diagnostics
    assert [each.code for each in told] == ["no-such-member"] * 2
    assert [each.facts["nearest"] for each in told] == ["avtalstrohet", ""]


@pytest.mark.parametrize("cost", [-1, Decimal("-0.1"), float("nan"), float("inf")])
def test_a_cost_is_a_number_from_nought_up(cost: float) -> None:
    with pytest.raises(goalrules.QuestionError) as caught:
        example(2025)["5"].to_reach("green", costs={"avtalstrohet": cost})
    assert [each.code for each in caught.value.diagnostics] == ["bad-cost"]


def test_a_string_is_one_name() -> None:
    goal = result('goal 1 "G"\n  indicator a, b, ab\n  green when any green\n', {})["1"]
    assert [each.name for each in goal.to_reach("green", locked="ab").trace.locked] == ["ab"]
    assert example(2025).gap(locked="avtalstrohet").trace.locked == ("avtalstrohet",)
    with pytest.raises(goalrules.QuestionError) as caught:
        rule_set(2025).check("12x")
    assert [each.facts["text"] for each in caught.value.diagnostics] == ["12x"]


@pytest.mark.parametrize("depth", [0, -1])
def test_a_depth_is_checked_alike(depth: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        example(2025)["5"].margin(depth=depth)


def test_a_depth_is_one_or_more() -> None:
    with pytest.raises(ValueError, match="a depth is 1 or more"):
        example(2025)["5"].to_reach("green", depth=0)


def test_a_goal_without_a_verdict_has_no_answers() -> None:
    goal = example(2025)["KF6"]
    answers = (goal.to_reach("green"), goal.margin(), goal.to_collect())
    assert [each.state for each in answers] == ["none"] * 3
    assert {each.text("en").count("\n") for each in answers} == {2}


# What is answered


def test_what_is_missing() -> None:
    found = example(2025)["2"].to_reach("green")
    movers = [move.group[0] for way in found.ways for move in way.moves]
    assert [(each.member.name, each.to) for each in movers] == [
        ("sip", "green"), ("barns-och-ungas-delaktighet", "green"),
    ]  # fmt: skip
    assert [way.cost for way in found.ways] == [1, 2]
    assert [way.findable for way in found.ways] == [False, False]


def test_the_cheapest_way_comes_first() -> None:
    found = example(2025)["2"].to_reach("green", costs={"sip": Decimal("2.5"), "2/sip": 3.5})
    assert [way.cost for way in found.ways] == [2, Fraction(7, 2)]
    assert "kostnad 3,5" in found.text()


def test_what_is_not_known_may_only_have_to_be_found_out() -> None:
    found = example(2025)["3"].to_reach("green")
    assert [(way.findable, way.members) for way in found.ways] == [(True, 1)]


def test_what_can_be_lost() -> None:
    found = example(2025)["1.1"].margin()
    assert (found.state, found.sets, found.trace.level) == ("ways", 3, "green")
    assert [way.members for way in found.ways] == [1]
    goal = goalrules.evaluate("any green", dict.fromkeys("abc", "green"))
    assert goal.margin().trace.tolerates == 2


def test_what_can_never_be_lost() -> None:
    goal = result('goal 1 "G" indicator a green when a green otherwise yellow', {"a": "red"})["1"]
    assert goal.margin().state == "impossible"
    assert "cannot get worse" in goal.margin().text()


def test_what_to_find_out() -> None:
    found = example(2025)["3"].to_collect()
    assert [each.member.name for each in found.unknowns] == ["nki-serveringstillstånd"]
    assert [each.verdict for each in found.unknowns[0].forks] == ["not met", "met", "met"]
    assert example(2025)["2"].to_collect().state == "there"


NUMBERS = (
    1009, 2003, 3001, 4001, 5003, 6007, 7001, 8009, 9001, 1511, 2503, 3511, 4507, 5501,
    6521, 7507, 8501, 9511, 1103, 2111, 3109, 4111, 5101, 6101, 7103, 8101, 9103, 1201,
)  # fmt: skip


def weighed(count: int, level: str | None = "red") -> goalrules.Assessment:
    """The assessment of a goal of so many members with weights of their own, and of a small one."""
    members = " ".join(f"indicator m{each} weight {each}" for each in NUMBERS[:count])
    weighed = f'goal 1 "A" {members} green when at least 50 % of weight green'
    rules = f'{weighed} goal 2 "B" indicator z green when z green'
    return result(rules, {"z": "red"} | {f"m{each}": level for each in NUMBERS[:count]})


def test_of_too_many_families_the_cheapest_alone_is_given() -> None:
    goal = weighed(15)["1"]
    found = goal.to_reach("green", costs={"m9001": 50})
    assert (len(found.ways), found.trace.complete, found.sets > 1000) == (1, False, True)
    assert "too many to be shown. The cheapest is that" in found.text("en")
    assert "m9001 (red)" not in found.text()
    assert "för många för att visas. Det som höjer minst" in goal.to_reach("green").text("sv")


def test_a_question_beyond_the_budget_is_refused_and_the_others_are_not() -> None:
    found = weighed(28)
    with pytest.raises(goalrules.LimitError) as caught:
        found["1"].to_reach("green")
    assert [each.code for each in caught.value.diagnostics] == ["over-budget"]
    with pytest.raises(goalrules.LimitError):
        weighed(28, None)["1"].to_collect()
    gap = found.gap()
    assert [each.goal.id for each in gap.refused] == ["1"]
    assert [each.reach is None for each in gap.goals] == [True, False]
    assert "takes more than 20\u00a0000 steps" in gap.text()


# What it takes in numbers


@pytest.mark.parametrize(
    ("indicator", "outcome", "values"),
    [
        ("target at least 75", 72.4, between("75", None)),
        ("target at most 13", 14, between(None, "13")),
        ("target over 75", 75, between("75", None, above_low=True)),
        ("target under 13", 13, between(None, "13", below_high=True)),
        ("target within ±0.5", -0.8, between("-0.5", "0.5")),
        ("target 80–100", 101, between("80", "100")),
        ("baseline 5 target increase", 5, between("5", None, above_low=True)),
        ("baseline 5 target decrease by 10 %", 5, between(None, "4.50")),
        ("baseline 5 higher is better target maintain", "4,9", between("5", None)),
        ("levels: green ≥ 99, yellow > 98, red ≤ 98", 97, between("99", None)),
        ("target within ±0", 97, between("0", "0")),
        ("target at least 75", None, between("75", None)),
    ],
)
def test_the_values_that_give_a_level_are_those_of_the_target(
    indicator: str, outcome: object, values: Values
) -> None:
    found = need(indicator, outcome)
    assert found
    assert found.values == values


def test_bands_have_values_for_each_level() -> None:
    bands = "levels: green ≥ 99, yellow > 98, red ≤ 98"
    found = need(bands, 97, "yellow")
    assert found == Need(between("98", None, above_low=True))


def test_bands_that_rise_and_fall_are_reached_from_either_side() -> None:
    bands = "levels: green 10–20, yellow 5–40, otherwise red"
    assert need(bands, 41, "yellow") == Need(between("5", "40"))
    assert need(bands, 4, "yellow") == Need(between("5", "40"))
    assert need(bands, None, "green") == Need(between("10", "20"))


def test_the_plan_can_give_a_level_as_well() -> None:
    found = need("target at least 75", {"value": 72.4, "plan": "not begun"})
    assert found == Need(between("75", None), plan="followed")
    found = need("target at least 75", {"value": 72.4, "plan": "not begun"}, "yellow")
    assert found == Need(between("75", None), plan="begun")


def test_what_is_said_in_words_is_asked_for_in_words() -> None:
    assert need("parts a, b target all parts reached", None) == Need(
        None, reached=True, plan="followed"
    )
    assert need("target at least 75", "not reached") == Need(
        between("75", None), reached=True, plan="followed"
    )


def test_a_share_of_the_target_is_a_bound_too() -> None:
    head = HEAD.replace("yellow when efforts begun", "yellow when at least 90 % of target reached")
    assert need("target at least 80", 71, "yellow", head) == Need(
        between("72", None), plan="followed"
    )


@pytest.mark.parametrize(
    ("indicator", "outcome"),
    [("target at least 75", "yellow"), ("= mean of y target at least 3 indicator y", None)],
)
def test_where_it_is_not_certain_nothing_is_said(indicator: str, outcome: object) -> None:
    assert need(indicator, outcome) is None


def test_a_level_that_is_stated_beside_a_value_is_no_bar() -> None:
    outcome = {"value": 72.4, "level": "yellow"}
    assert need("target at least 75", outcome) == Need(between("75", None), plan="followed")


def test_without_a_target_nothing_is_said_of_values() -> None:
    assert need("target 2024 at least 75", 72) == Need(plan="followed")


def test_a_loss_says_what_keeps_the_level() -> None:
    rules = (
        HEAD + 'goal 1 "G" indicator x target at least 75 indicator y parts z green when any green'
    )
    outcomes = {"x": {"value": 80, "plan": "not begun"}, "y": "reached"}
    (way,) = goalrules.loads(rules).assess(outcomes)["1"].margin().ways
    x, y = (each for move in way.moves for each in move.group)
    assert (x.need, y.need) == (Need(between("75", None)), None)


def test_a_value_that_does_not_matter_keeps_nothing() -> None:
    rules = HEAD + 'goal 1 "G" indicator x target at least 75 green when x green'
    outcomes = {"x": {"value": 80, "plan": "followed"}}
    (way,) = goalrules.loads(rules).assess(outcomes)["1"].margin().ways
    assert way.moves[0].group[0].need is None


# What answers are


def test_answers_are_immutable_and_say_themselves() -> None:
    goal = example(2025)["5"]
    for answer in (goal.to_reach("met"), goal.margin(), goal.to_collect()):
        assert answer.text("sv") == answer.text() != answer.text("en")
        assert answer.to_dict()["goal"] == "5"
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            answer.trace = None  # type: ignore[misc, assignment]


def test_the_answers_about_a_plan_are_those_about_its_goals() -> None:
    found = example(2025)
    by_goal = {each.goal.id: each for each in found.gap().goals}
    assert by_goal["5"].reach == found["5"].to_reach("met").trace
    assert by_goal["1.1"].margin == found["1.1"].margin().trace
    assert by_goal["3"].collect == found["3"].to_collect().trace


def test_a_level_that_only_some_goals_have_is_asked_of_those() -> None:
    one = 'scale s: bad < good goal 1 "A" on scale s indicator a good when a good'
    rules = f'{one} goal 2 "B" indicator b green when b green'
    gap = result(rules, {"a": "bad", "b": "red"}).gap("good")
    assert [each.lacks for each in gap.goals] == ["", "good"]
    assert "no level called good" in gap.text("en")


def test_a_plan_without_verdicts_has_nothing_to_ask() -> None:
    gap = result('goal 1 "A" only followed up', {}).gap("green", depth=2)
    assert [(each.reach, each.margin, each.collect) for each in gap.goals] == [(None, None, None)]


def test_an_answer_in_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no explanations in 'fi'"):
        rule_set(2025).assess({})["5"].to_reach("met").text(cast("Any", "fi"))


SHARED = """goal 4 "Four"
  indicator h, i
  green when all green
goal 5 "Five"
  indicator j
  green when goal 4 met and j green
goal 6 "Six"
  green when goal 4 met and goal 5 met
goal 7 "Seven"
  green when any of goals 4, 5 met
"""


def test_a_goal_that_is_also_below_another_is_gone_into_wherever_it_is() -> None:
    red = result(SHARED, dict.fromkeys("hij", "green") | {"h": "red"})
    for depth in (2, 3):
        found = red["6"].to_reach("green", depth=depth)
        assert [[each.member.name for each in way.moves[0].group] for way in found.ways] == [["h"]]
    green = result(SHARED, dict.fromkeys("hij", "green"))
    lost = green["7"].margin(depth=2)
    (way,) = lost.ways
    assert [each.member.name for each in way.moves[0].group] == ["h", "i"]


def test_goals_may_fall_together_so_none_is_said_to_be_spared() -> None:
    green = result(SHARED, dict.fromkeys("hij", "green"))
    assert green["7"].margin().trace.tolerates == 0


def test_a_goal_that_is_locked_is_not_gone_into() -> None:
    red = result(SHARED, dict.fromkeys("hij", "red"))
    found = red["6"].to_reach("green", locked=["4"], depth=2).trace
    assert [each.name for each in found.locked] == ["4"]
    assert [each.name for each in found.blocking] == ["4"]
    (way,) = red["7"].to_reach("green", locked=["5"], depth=2).ways
    assert [each.member.name for move in way.moves for each in move.group] == ["h", "i"]


def test_what_counts_as_a_middle_level_has_to_be_found_at_that_level() -> None:
    rule = "missing: counts as yellow requires 2 assessed green when a green, rest at least yellow"
    goal = goalrules.evaluate(rule, {"a": "green", "b": None, "c": None})
    [way] = goal.to_reach("green").ways
    [move] = way.moves
    assert (move.number, move.assessed, [each.to for each in move.group]) == (
        1,
        False,
        ["yellow"] * 2,
    )
    assert goalrules.evaluate(rule, {"a": "green", "b": "red", "c": None}).verdict == "not met"


@pytest.mark.parametrize("a", ["red", "green", None])
def test_nothing_reaches_a_level_under_a_quorum_that_cannot_be_filled(a: str | None) -> None:
    gone = dict.fromkeys("bc", "not applicable")
    goal = goalrules.evaluate("requires 2 assessed green when any green", {"a": a, **gone})
    assert goal.verdict == "open"
    assert goal.to_reach("green").ways == ()
    assert goal.to_reach("green").trace.state == "barred"
