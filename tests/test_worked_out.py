"""Worked-out values: which way they go with levels, what order means, and what is named."""

import pytest

import goalrules
from goalrules.language.read import read_plan
from goalrules.text.source import Source

HEAD = 'goalrules 2 en\nplan "P"\nvalid 2025\ngoal 1 "T"\npoints green 2, yellow 1, red 0\n'
MEMBERS = (
    "indicator a, b shown only target at least 10 indicator n shown only "
    "indicator p = mean of points of a, b target at least 1 shown only "
    "indicator low = difference between 2 and p target at most 1 shown only "
)


def codes(said: str) -> list[str]:
    """The codes of the faults of a goal with an indicator that is worked out so."""
    text = f"{HEAD}{MEMBERS}indicator m = {said} green when m green otherwise red"
    return [each.code for each in read_plan(Source("r", text))[1]]


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("sum of p, n target at least 1", False),
        ("sum of p, n target at most 1", True),
        ("difference between p and n target at least 1", False),
        ("difference between n and p target at least 1", True),
        ("difference between 10 and p target at most 5", False),
        ("difference between 10 and p target at least 5", True),
        ("difference between p and 10 target at least 5", False),
        ("sum of p, low target at least 1", True),
        ("p times 2 target at least 1", False),
        ("2 times p target at least 1", False),
        ("p times n target at least 1", True),
        ("p divided by 2 target at least 1", False),
        ("2 divided by p target at least 1", True),
        ("share p of 4 target at least 1", False),
        ("share n of p target at least 1", True),
        ("mean fulfilment of p target at least 50", False),
        ("mean fulfilment of low target at least 50", False),
        ("mean fulfilment of p target at most 50", True),
        ("mean fulfilment of a target at most 50", False),
        ("share green of p target within ±5", True),
        ("number of targets reached of a levels: green at least 1, otherwise red", False),
        ("number of targets reached of a levels: green at most 0, otherwise red", True),
        ("number of green of a, b levels: green 1–2, otherwise red", True),
    ],
)
def test_a_better_level_never_makes_a_value_worse(said: str, refused: bool) -> None:  # noqa: FBT001
    assert codes(said) == ["value-against-levels"] * refused


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("share green of x target at least 1", "unknown-member"),
        ("mean of a 2, b 0 target at least 1", "zero-weight"),
        ("mean of the 2 worst of a 2, b higher is better target at least 1", "weight-of-one"),
        ("mean of the 2 worst of a, b target within ±5", "no-better-side"),
        ("mean of the 1.5 worst of a, b target at least 1", "few-number"),
        ("number of red of a target at least 1", "counts-lowest"),
        ("number of targets reached of n target at least 1", "term-without-target"),
        ("mean of a, b, missing left out, at least 2.5 remain target at least 1", "remain-number"),
        ("share a of 0 target at least 1", "divided-by-nought"),
        ("mean of m, a target at least 1", "cycle-of-values"),
    ],
)
def test_what_a_value_is_refused_for(said: str, code: str) -> None:
    assert code in codes(said)


def test_terms_that_are_reported_can_be_more_than_are_known() -> None:
    text = (
        f"{HEAD}group g as reported indicator m = mean of points of g, missing left out,"
        " at least 4 remain target at least 1 green when m green otherwise red"
    )
    rules = goalrules.loads(text)
    reported = {f"g/{name}": "green" for name in "abcd"}
    assert rules.assess(reported, period="2025")["1"].verdict == "met"
    left = rules.assess({**reported, "g/e": "not applicable"}, period="2025")["1"]
    assert left.verdict == "met"
    few = rules.assess({"g/a": "green"}, period="2025")["1"]
    assert (few.verdict, few.reasons[0].code) == ("open", "too few terms")


def test_the_order_of_terms_counts_where_it_means_something() -> None:
    def differs(old: str, new: str) -> bool:
        files = [
            f"{HEAD}indicator a, b shown only indicator m = {said} target at least 1"
            " green when m green otherwise red"
            for said in (old, new)
        ]
        one, other = map(goalrules.loads, files)
        return bool(goalrules.diff(one, other).to_dict()["goals"][0].get("facts"))

    assert not differs("sum of a, b", "sum of b, a")
    assert not differs("a times b", "b times a")
    assert differs("a divided by b", "b divided by a")
    assert differs("a times 2", "a times 3")
    assert differs("mean of a, b", "mean of a, b, missing left out")
    assert differs("sum of the 1 worst of a, b", "sum of the 1 best of a, b")
    assert differs("share green of a, b", "share at least yellow of a, b")


def test_a_number_in_a_value_gets_no_worse_or_better() -> None:
    text = (
        'goalrules 2 en\ngoal 1 "T" indicator a shown only'
        " indicator left = difference between 100 and a target at least 1"
        " indicator twice = 2 times a target at least 1"
        " indicator part = 5 divided by a target at most 9"
        " green when all of left, twice, part green otherwise red"
    )
    found = goalrules.loads(text).check().to_dict()["findings"]
    (one,) = [each for each in found if each["code"] == "open-both-ways"]
    values = [
        [each["value"] for each in case["members"] if each["kind"] == "worked out"]
        for case in one["witness"]
    ]
    assert values in ([["99", "2"], ["98", "4"]], [["2", "99"], ["4", "98"]])


def test_members_of_which_the_ways_are_not_all_looked_at_are_named() -> None:
    text = (
        'goalrules 2 en\ngoal 1 "T" indicator a, b, c target at least 1'
        " indicator m = a times b target at least 1 indicator n = m times 2 target at least 1"
        " green when all of a, c, m, n green otherwise red"
    )
    (goal,) = goalrules.loads(text).influence().to_dict()["goals"]
    assert goal["joined"] == ["a", "b", "m", "n"]
