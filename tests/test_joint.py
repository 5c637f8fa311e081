"""Members of the same figures: the ways in which they stand are those that figures give."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import goalrules
from goalrules.analyse.diagram import Budget, Together
from goalrules.analyse.linear import Below, can_hold
from goalrules.assess.joint import MembersTogether
from goalrules.language.read import read_plan
from goalrules.text.source import Source

HEAD = """goalrules 2 en
assess indicators green when target reached otherwise red
goal 1 "T"
  points green 2, yellow 1, red 0
  indicator a target at least 2
  indicator b target at least 1
"""

FINE = [Fraction(n, 2) for n in range(-6, 9)]
COARSE = [Fraction(n, 2) for n in range(-2, 6)]

EXACT = [
    "indicator m = sum of a, b target at least 3",
    "indicator m = mean of a 2, b 1 levels: green at least 2, yellow at least 1, otherwise red",
    "indicator m = mean of a, b target 1–2",
    "indicator m = best of a, b higher is better target at least 2",
    "indicator m = best of a, b lower is better target at most 2",
    "indicator m = worst of a, b higher is better target at least 2",
    "indicator m = difference between a and b target at least 0",
    "indicator m = difference between 3 and a target over 0",
    "indicator m = share a of b target at least 100",
    "indicator m = share a of 4 target at least 25",
    "indicator m = a divided by b target at most 1",
    "indicator m = a divided by 2 target at least 1",
    "indicator m = a times 2 target at least 3",
    "indicator m = 3 times a rounded to 0 decimals target at least 5",
    "indicator m = difference between 0 and a rounded to 0 decimals target over -2",
    "indicator m = mean of a, b rounded to 0 decimals levels: green over 1, otherwise red",
    "indicator m = share a of b rounded to 0 decimals target at least 100",
    "indicator m = mean of points of a, b target at least 1",
    "indicator m = mean of points of a, b rounded to 0 decimals target at least 1",
    "indicator m = share green of a, b target at least 50",
    "indicator m = number of targets reached of a, b target at least 1",
    (
        "indicator m = table of a and b: red, yellow, green;"
        " red: red, red, yellow; yellow: red, yellow, yellow; green: yellow, yellow, green"
    ),
    (
        "indicator m = mean of a, b target at least 2"
        " indicator n = table of b and m: green, yellow, red;"
        " green: green, green, yellow; yellow: green, green, red; red: yellow, red, red"
    ),
    (
        "indicator m = mean of a, b target at least 2"
        " indicator n = difference between m and a target at least 0"
    ),
    (
        "indicator c target at most 0"
        " indicator m = mean of the 2 worst of a, b, c higher is better target at least 1"
    ),
    (
        "indicator c target at most 0"
        " indicator m = sum of the 1 best of a, b, c higher is better target at least 2"
    ),
]


def members_of(said: str, head: str = HEAD) -> tuple[Together, ...]:
    """How the members of a goal stand together, by the rules alone."""
    whom = "all of a, m" if "group" in said else "all"
    rule = f"green when {whom} green otherwise red"
    plan, faults = read_plan(Source("r", f"{head}{said} {rule}"))
    assert not faults
    return MembersTogether(plan).of(plan.goals[0], None)


def given_by_figures(said: str, one: Together) -> frozenset[tuple[int, ...]]:
    """How the members stand when figures of a grid are assessed."""
    rules = goalrules.loads(f"{HEAD}{said} green when all green otherwise red")
    inputs = [each for each in ("a", "b", "c") if f"indicator {each} " in HEAD + said]
    found = set()
    for numbers in product(FINE if "c" not in inputs else COARSE, repeat=len(inputs)):
        figures = dict(zip(inputs, map(float, numbers), strict=True))
        members = {each.name: each for each in rules.assess(figures, "2025")["1"].trace.members}
        levels = [members[each] for each in one.members]
        if all(each.decided for each in levels):  # a quotient of nought has no level
            found.add(tuple(each.levels.index(each.worst) for each in levels))
    return frozenset(found)


@pytest.mark.parametrize("said", EXACT)
def test_members_stand_in_the_ways_that_figures_give(said: str) -> None:
    (one,) = members_of(said)
    assert (one.exact, one.ways) == (True, given_by_figures(said, one))


@pytest.mark.parametrize(
    "said",
    [
        "indicator m = a times b target at least 1",
        "indicator m = mean fulfilment of a, b target at least 50",
        "indicator m = share a of b target at least 50 indicator n = m times 2 target at least 100",
        (
            "indicator m = mean of a, b rounded to 0 decimals target at least 2"
            " indicator n = m times 2 target at least 4"
        ),
        "indicator m = sum of a, b shown only indicator d target at least m",
        "group g as reported indicator m = mean of points of a, g target at least 1",
    ],
)
def test_what_is_linear_in_no_part_is_taken_to_be_free(said: str) -> None:
    (one,) = members_of(said)
    assert not one.exact
    if "indicator d" not in said and "group" not in said:
        assert one.ways >= given_by_figures(said, one)


def test_what_a_figure_can_be_bounds_the_ways() -> None:
    (one,) = members_of(
        "indicator c possible values 0–3 target at least 2"
        " indicator m = difference between c and 4 target at least 0"
    )
    assert one.exact
    assert one.ways == {(0, 0), (2, 0)}


def test_a_change_and_what_is_said_of_no_figure_are_free() -> None:
    (one,) = members_of(
        "indicator c baseline 1 target increase indicator m = c times 2 target at least 4"
    )
    assert (one.exact, len(one.ways)) == (True, 6)


def test_what_was_in_an_earlier_year_is_a_figure_of_its_own() -> None:
    said = "indicator was as a the year before {} indicator m = was times 2 target at least 4"
    (free,) = members_of(said.format(""))
    assert (free.exact, len(free.ways)) == (False, 6)
    (own,) = members_of(said.format("target at least 2"))
    assert not own.exact
    assert own.ways == {(0, 0), (2, 2)}


def test_figures_of_several_paces_are_not_looked_at_together() -> None:
    for pace in ("", "total per year expected evenly over the year"):
        (one,) = members_of(
            f"indicator c target at least 2 {pace} indicator m = sum of a, c target at least 3"
        )
        assert one.exact == (not pace)


def test_each_year_has_its_ways() -> None:
    (one,) = members_of(
        "indicator c target 2025 at least 2; 2026 at least 4"
        " indicator m = c times 2 target at least 6"
    )
    assert one.ways == {(0, 0), (0, 2), (2, 0), (2, 2)}


def test_each_class_of_period_has_its_ways() -> None:
    classes = {"monthly": "yellow", "interim": "red", "annual": "red"}
    said = (f"{of} green when target reached {of} otherwise {low}" for of, low in classes.items())
    head = HEAD.replace("green when target reached otherwise red", " ".join(said))
    (one,) = members_of("indicator m = a times 2 target at least 3", head)
    assert one.exact
    assert {each for way in one.ways for each in way} == {0, 1, 2}


def test_what_is_missing_counts_with_what_comes_of_it() -> None:
    (one,) = members_of("indicator m = a times 2 target at least 3 missing: counts as yellow")
    assert (set(one.ways), one.exact) == ({(0, 0), (0, 2), (2, 2), (1, 1)}, True)


def test_a_value_that_leaves_out_what_is_missing_may_still_be_there() -> None:
    said = "indicator m = mean of a, b, missing left out target at least 3"
    assert members_of(said)[0].exact
    assert not members_of(f"{said} missing: counts as yellow")[0].exact


def test_a_goal_that_is_only_followed_up_has_no_policies() -> None:
    plan, faults = read_plan(
        Source("r", f"{HEAD}indicator m = a times 2 target at least 3 only followed up")
    )
    assert not faults
    (one,) = MembersTogether(plan).of(plan.goals[0], None)
    assert one.ways == {(0, 0), (0, 2), (2, 2)}


def test_some_of_the_figures_may_be_missing() -> None:
    (one,) = members_of("indicator m = sum of a, b target at least 3 missing: counts as yellow")
    assert {way for way in one.ways if 1 in way} == {
        (0, 1, 1),
        (2, 1, 1),
        (1, 0, 1),
        (1, 2, 1),
        (1, 1, 1),
    }


def test_too_many_parts_are_not_guessed_at() -> None:
    several = "".join(f"indicator i{n} target at least {n} " for n in range(12))
    names = ", ".join(f"i{n}" for n in range(12))
    said = f"{several} indicator m = mean of {names} target at least 3"
    (one,) = members_of(said)
    assert (one.exact, one.ways) == (False, frozenset())


# What is asked of a rule


def test_influence_counts_the_cases_that_figures_give() -> None:
    said = "indicator m = sum of a, b target at least 3"
    (one,) = members_of(said)
    rules = goalrules.loads(f"{HEAD}{said} green when 2 of 3 green otherwise red")
    (goal,) = rules.influence().to_dict()["goals"]
    ways = {tuple(each) for each in one.ways}
    assert (goal["cases"], goal["met"]) == (len(ways), sum(way.count(2) > 1 for way in ways))
    assert "joined" not in goal
    for n, member in enumerate(goal["members"]):
        others = {(*way[:n], *way[n + 1 :]) for way in ways}
        met = [
            {way.count(2) > 1 for way in ways if (*way[:n], *way[n + 1 :]) == each}
            for each in others
        ]
        assert (member["deciding"], member["others"]) == (
            sum(len(each) > 1 for each in met),
            len(others),
        )


def codes(said: str, rule: str) -> dict[str, str]:
    found = goalrules.loads(f"{HEAD}{said} {rule}").check().to_dict()["findings"]
    return {each["code"]: each["severity"] for each in found}


def test_what_no_figures_give_is_not_found() -> None:
    said = "indicator m = worst of a, b higher is better target at least 2"
    assert "overlapping-levels" not in codes(
        said, "green when m green yellow when a green otherwise red"
    )
    apart = "indicator m = a times b target at least 2"
    rule = "green when m green yellow when a green otherwise red"
    assert codes(apart, rule)["overlapping-levels"] == "note"
    assert codes("indicator m target at least 2", rule)["overlapping-levels"] == "fault"


def test_a_goal_that_no_figures_meet_is_found() -> None:
    said = "indicator m = difference between 1 and a target at least 0"
    assert codes(said, "green when all green otherwise red")["goal-never-met"] == "fault"


# Linear bounds


def bounds(number: int) -> st.SearchStrategy[list[Below]]:
    """Some bounds on so many numbers."""
    whole = st.integers(-3, 3).map(Fraction)
    one = st.builds(Below, st.tuples(*[whole] * number), whole, st.booleans())
    return st.lists(one, min_size=1, max_size=6)


def corners(several: list[Below]) -> Iterator[tuple[Fraction, Fraction]]:
    """Where the lines cross at which bounds on two numbers hold just so."""
    for one, other in combinations(several, 2):
        (a, b), (c, d) = one.factors, other.factors
        if a * d - b * c:
            whole = a * d - b * c
            yield (
                (one.bound * d - b * other.bound) / whole,
                (a * other.bound - one.bound * c) / whole,
            )


def box() -> list[Below]:
    """Bounds so far out that no others are reached beyond them."""
    far, one, none = Fraction(1000), Fraction(1), Fraction(0)
    return [Below(each, far) for each in ((one, none), (-one, none), (none, one), (none, -one))]


@given(bounds(2))
def test_numbers_can_hold_bounds_where_the_middle_of_the_corners_does(several: list[Below]) -> None:
    """Some numbers hold them all if the middle of the corners of what is not strict does."""
    everything = [*several, *box()]
    held = [
        each
        for each in corners(everything)
        if all(
            sum(f * x for f, x in zip(b.factors, each, strict=True)) <= b.bound for b in everything
        )
    ]
    middle = [sum(each, Fraction(0)) / len(held) for each in zip(*held, strict=True)]
    holds = bool(held) and all(
        (value < b.bound if b.strictly else value <= b.bound)
        for b in several
        for value in [sum(f * x for f, x in zip(b.factors, middle, strict=True))]
    )
    assert can_hold(several, Budget()) == holds
