"""The smallest sufficient reason, as it stands in results and in the first sentence."""

from itertools import product

import pytest

import goalrules

LEVELS = ("red", "yellow", "green")


@pytest.mark.parametrize(
    ("rule", "levels", "why"),
    [
        ("3 of 5 green including a", "yggrr", ["a at most yellow"]),
        ("3 of 5 green including a", "gyrrr", ["b at most yellow", "c at most yellow",
            "d at most yellow"]),
        ("2 of 3 green, rest at least yellow", "ggy", ["a at least green", "b at least green",
            "c at least yellow"]),
        ("2 of 3 green, rest at least yellow", "gyr", ["c at most red"]),
        ("a green or all green", "ggg", ["a at least green"]),
        ("at most 1 red", "ygg", ["a at least yellow", "b at least yellow"]),
    ],
)  # fmt: skip
def test_the_reason_of_a_rule(rule: str, levels: str, why: list[str]) -> None:
    names = "abcde"[: len(levels)]
    word = {"r": "red", "y": "yellow", "g": "green"}
    goal = goalrules.evaluate(
        rule, {name: word[each] for name, each in zip(names, levels, strict=True)}
    )
    assert [f"{each.member} {each.side} {each.level}" for each in goal.why] == why


@pytest.mark.parametrize(
    "rule", ["3 of 4 green, rest at least yellow", "a green or majority of b, c, d green"]
)
def test_a_reason_is_enough_whatever_the_others_are(rule: str) -> None:
    ready = goalrules.rule(rule, "abcd")
    found = {
        levels: ready.evaluate(dict(zip("abcd", levels, strict=True)))
        for levels in product(LEVELS, repeat=4)
    }
    for levels, goal in found.items():
        bounds = {each.member: each for each in goal.why}
        left = [
            [
                level
                for level in LEVELS
                if name not in bounds or _within(level, bounds[name].side, bounds[name].level)
            ]
            for name in "abcd"
        ]
        assert levels in product(*left)
        assert {found[other].verdict for other in product(*left)} == {goal.verdict}


def _within(level: str, side: str, bound: str) -> bool:
    place, limit = LEVELS.index(level), LEVELS.index(bound)
    return place >= limit if side == "at least" else place <= limit


def test_a_goal_that_rests_on_goals_names_them_as_goals() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\ngoal 1 "A"\n  indicator a\n  green when a green\n'
        'goal 2 "B"\n  indicator b\n  green when goal 1 met and b green\n'
    )
    [why] = rules.assess({"a": "red", "b": "green"}, "2025")["2"].why
    assert (why.member, why.kind, why.side, why.level) == ("1", "goal", "at most", "yellow")
