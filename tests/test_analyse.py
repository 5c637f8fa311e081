"""What would raise a verdict, what it can lose, why it stands, and what to find out."""

from decimal import Decimal
from fractions import Fraction

import pytest
from oracle.analysis_engine import query_of
from oracle.engine import inside

import goalrules
from goalrules.analyse import rule_query
from goalrules.analyse.minimal_sets import MinimalSets, SetFamily
from goalrules.analyse.rule_query import RuleQuery, gains, losses, why_met, why_not_met
from goalrules.core.scales import COLOURS

# Questions about rules in short: outcomes as letters, and ways as they read


OUTCOMES = {
    "r": "red",
    "y": "yellow",
    "g": "green",
    "~": "red–yellow",
    "?": None,
    "-": "not applicable",
}
NAMES = "abcdefghijklmnopqrstuvwxyz"
RED, YELLOW, GREEN = range(3)


def query_on(rule: str, letters: str) -> RuleQuery:
    """What questions about a rule are asked of, where its members a, b, c … have these outcomes."""
    outcomes = {name: OUTCOMES[each] for name, each in zip(NAMES, letters, strict=False)}
    return query_of(inside(goalrules.rule(rule, list(outcomes))), outcomes)


def told(found: MinimalSets) -> list[str]:
    """Each family of ways: so many of which members to which level, and how many ways that is."""
    return [f"{_moves(way)}: {way.sets}" for way in found.families]


def _moves(way: SetFamily) -> str:
    moves = (
        f"{each.number} of {''.join(each.group)} {COLOURS.levels[each.to]}" for each in way.moves
    )
    return ", ".join(moves) or "nothing"


GAINS = {
    "any so many of a group": ("at least 2 green", "rrr", ["2 of abc green: 3"]),
    "some need more than others": (
        "at least 2 green",
        "ryg",
        ["1 of b green: 1", "1 of a green: 1"],
    ),
    "one member alone": ("a green", "yrg", ["1 of a green: 1"]),
    "one of two rules": (
        "a green or 2 of b, c green",
        "rrr",
        ["1 of a green: 1", "2 of bc green: 1"],
    ),
    "one that is included": (
        "at least 2 green including a",
        "rrr",
        ["1 of a green, 1 of bc green: 2"],
    ),
    "a floor for the rest": (
        "at least 1 green, rest at least yellow",
        "rrr",
        ["2 of abc yellow, 1 of abc green: 3"],
    ),
    "nothing is missing": ("at least 2 green", "ggr", ["nothing: 1"]),
    "too few are left": ("at least 2 green", "g--", []),
    "the open ones are at their worst": ("a green and b green", "?~", ["2 of ab green: 1"]),
    "some have to be found out": (
        "green when any green requires 2 assessed",
        "g??",
        ["1 of bc red: 2"],
    ),
    "those that count as red, too": (
        "green when any green requires 2 assessed missing: counts as red",
        "g??",
        ["1 of bc red: 2"],
    ),
    "those that are left out cannot": (
        "green when any green requires 2 assessed missing: left out",
        "g??",
        [],
    ),
    "some who are green must be known to be": (
        "green when 2 of a, b green requires all of a, b assessed",
        "g?g",
        ["1 of b green: 1"],
    ),
    "too few remain for a verdict": (
        "green when any green not applicable: left out, at least 3 remain",
        "g-?",
        [],
    ),
}


@pytest.mark.parametrize("case", GAINS)
def test_what_is_missing(case: str) -> None:
    rule, letters, ways = GAINS[case]
    assert told(gains(query_on(rule, letters), GREEN)) == ways


LOCKED = {
    "another instead": ("at least 2 green", "grr", "b", ["1 of c green: 1"]),
    "none is left": ("a green", "rrr", "a", []),
    "what is there stays": ("at least 2 green", "ggr", "ab", ["nothing: 1"]),
    "what is not known stays so": (
        "green when any green requires 2 assessed",
        "g??",
        "b",
        ["1 of c red: 1"],
    ),
}


@pytest.mark.parametrize("case", LOCKED)
def test_some_cannot_change(case: str) -> None:
    rule, letters, locked, ways = LOCKED[case]
    assert told(gains(query_on(rule, letters), GREEN, locked)) == ways


def test_ways_come_in_the_order_of_what_they_cost() -> None:
    found = gains(query_on("any green", "rry"), GREEN, costs={"a": Decimal("0.5"), "c": Decimal(3)})
    assert told(found) == ["1 of a green: 1", "1 of b green: 1", "1 of c green: 1"]
    assert [each.cost for each in found.families] == [1, 2, 3]


def test_a_group_from_different_levels_is_one_where_the_cost_is() -> None:
    query = query_on("at least 3 green", "rgyr")
    assert told(gains(query, GREEN)) == ["1 of ad green, 1 of c green: 2", "2 of ad green: 1"]
    assert told(gains(query, GREEN, costs={"c": Decimal(2)})) == ["2 of adc green: 3"]


def test_to_find_out_costs_nothing() -> None:
    found = gains(query_on("green when any green requires 2 assessed", "g?"), GREEN)
    assert [(each.cost, each.members) for each in found.families] == [(0, 1)]


def test_a_lower_level_is_reached_sooner() -> None:
    query = query_on("green when 3 green; yellow when 2 at least yellow; otherwise red", "rrr")
    assert told(gains(query, YELLOW)) == ["2 of abc yellow: 3"]
    assert told(gains(query, GREEN)) == ["3 of abc green: 1"]


def test_the_lowest_level_is_always_there() -> None:
    assert told(gains(query_on("a green", "r"), 0)) == ["nothing: 1"]


LOSSES = {
    "no more than are needed": ("at least 2 green", "ggr", ["1 of ab yellow: 2"]),
    "one to spare": ("at least 2 green", "ggg", ["2 of abc yellow: 3"]),
    "the floor as well": (
        "at least 1 green, rest at least yellow",
        "ggy",
        ["1 of c red: 1", "1 of ab red: 2", "2 of ab yellow: 1"],
    ),
    "those that are open are at their worst": ("any green", "gg?", ["2 of ab yellow: 1"]),
    "it is not there": ("any green", "ry", ["nothing: 1"]),
    "the others count for nothing": ("a green", "ggg", ["1 of a yellow: 1"]),
}


@pytest.mark.parametrize("case", LOSSES)
def test_what_can_be_lost(case: str) -> None:
    rule, letters, ways = LOSSES[case]
    assert told(losses(query_on(rule, letters), GREEN)) == ways


REASONS = {
    "as many as are needed": ("at least 2 green", "gggr", "a≥2 b≥2"),
    "no more than is needed": ("2 of 3 green, rest at least yellow", "ggg", "a≥2 b≥2 c≥1"),
    "one member": ("a green or 2 of b, c green", "ggg", "a≥2"),
    "enough that are not": ("at least 2 green", "ryg", "a≤1 b≤1"),
    "one at its floor": ("2 of 3 green, rest at least yellow", "ggr", "c≤0"),
    "the open ones at their best": ("at least 3 green", "yy?~", "a≤1 b≤1"),
}


@pytest.mark.parametrize("case", REASONS)
def test_why(case: str) -> None:
    rule, letters, reason = REASONS[case]
    query = query_on(rule, letters)
    found = why_not_met(query) if "≤" in reason else why_met(query)
    signs = {"at least": "≥", "at most": "≤"}
    assert " ".join(f"{each.member}{signs[each.side]}{each.place}" for each in found) == reason


def test_what_to_find_out() -> None:
    query = query_on("a green and any of b, c green", "?~?y")
    meets = query.level_rule.meets
    assert meets
    found = rule_query.undecided(meets, query.ends, query.unsaid)
    assert found
    first, second = found.ranked()
    assert [each.verdict for each in first.forks] == ["not met", "not met", "open"]
    assert (first.member, first.settles, first.influence) == ("a", Fraction(2, 3), Fraction(1, 3))
    assert [each.verdict for each in second.forks] == ["not met", "not met", "open"]
    assert found.deciding == {"a", "c"}


def test_what_the_plan_does_not_say_stays_open() -> None:
    query = query_on("green when a green", "?")
    lower = query.level_rule.at(YELLOW)
    assert lower
    found = rule_query.undecided(lower, query.ends, query.unsaid)
    assert found
    [each] = found.ranked()
    assert [fork.verdict for fork in each.forks] == ["open", "open", "met"]


def test_those_that_are_left_out_decide_nothing() -> None:
    query = query_on("green when all at least yellow missing: left out", "?~")
    meets = query.level_rule.meets
    assert meets
    assert rule_query.deciding(meets, query.ends, query.unsaid) == frozenset("b")
