"""What is missing, can be lost and is to be found out, where members come of the same figures.

A member has only the levels that figures give it, and those that come of the same figures, or of
each other, move only as figures let them: each answer is held against all figures of a grid.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import product

from cases import first_of
from test_gap_laws import sets_of

import goalrules

Way = tuple[int, ...]
"""The places of a, b and m."""

LEVELS = ("red", "yellow", "green")
GRID = [Fraction(n, 4) for n in range(-16, 25)]
NAMES = ("a", "b", "m")

HEAD = """goalrules 2 en
assess indicators green when target reached otherwise red
goal 1 "T"
  indicator a target at least 2
  indicator b levels: green at least 3, yellow at least 1, otherwise red
"""
SAID = (
    "sum of a, b target at least 3",
    "mean of a 2, b 1 levels: green at least 2, yellow at least 1, otherwise red",
    "difference between a and b levels: green at least 1, yellow at least -1, otherwise red",
    "best of a, b higher is better target at least 2",
    "difference between 3 and a target over 0",
    "a times 2 target at least 3",
    "mean of points of a, b target at least 1",
)
RULES = (
    "green when 2 of 3 green; yellow when 2 of 3 at least yellow; otherwise red",
    "green when all green; yellow when no red; otherwise red",
    "green when m green and b at least yellow; otherwise red",
    "green when a green or m green; yellow when b at least yellow; otherwise red",
)
STARTS = tuple(product((-1.0, 1.5, 2.0, 3.5, None), repeat=2))


def rules_of(said: str, rule: str) -> goalrules.RuleSet:
    """A file of two figures and what is worked out from them."""
    points = "" if "points" not in said else "points green 2, yellow 1, red 0\n"
    head = HEAD.replace('goal 1 "T"\n', f'goal 1 "T"\n{points}')
    return goalrules.loads(f"{head}  indicator m = {said}\n  {rule}\n")


@cache
def ways_of(said: str) -> frozenset[Way]:
    """How the members stand for all figures of the grid."""
    rules, found = rules_of(said, "green when all green otherwise red"), set[Way]()
    for a, b in product(GRID, repeat=2):
        found.add(places(rules.assess({"a": float(a), "b": float(b)}, "2025")["1"])[0])
    return frozenset(found)


def places(goal: goalrules.GoalResult) -> tuple[Way, Way]:
    """The worst places of the members, and the best."""
    members = {each.name: each for each in goal.trace.members}
    own = [members[name] for name in NAMES]
    return (
        tuple(each.levels.index(each.worst) for each in own),
        tuple(each.levels.index(each.best) for each in own),
    )


@cache
def level_of(rule: str, way: Way) -> int:
    """The place of the level that a rule gives for some levels."""
    levels = [LEVELS[place] for place in way]
    result = goalrules.rule(rule, NAMES).evaluate(dict(zip(NAMES, levels, strict=True)))
    assert result.worst
    return LEVELS.index(result.worst)


def asked_in(rule: str) -> set[int]:
    """Which of the members a rule asks for."""
    everyone = any(each in rule for each in ("all", "2 of 3"))
    return {n for n, name in enumerate(NAMES) if everyone or f" {name} " in rule}


def tried(part: int, parts: int) -> Iterator[tuple[str, str, goalrules.GoalResult]]:
    """Rules, and where some figures put them; one part of them all."""
    for n, (said, rule) in enumerate(product(SAID, RULES)):
        rules = rules_of(said, rule)
        for a, b in STARTS[(n + part) % parts :: parts]:
            yield said, rule, rules.assess({"a": a, "b": b}, "2025")["1"]


def choices(ways: Iterable[Way], start: Way, rule: str, to: int) -> list[list[int]]:
    """The places of each member, and those that figures give that are better (1) or worse (-1)."""
    asked = asked_in(rule)
    return [
        sorted({own, *(way[n] for way in ways if n in asked and (way[n] - own) * to > 0)})
        for n, own in enumerate(start)
    ]


def minimal(found: Iterable[Way], start: Way) -> set[frozenset[tuple[str, str]]]:
    """The cases that move least, as members with their levels."""
    cases = {each: tuple(abs(p - q) for p, q in zip(each, start, strict=True)) for each in found}
    least = [
        each
        for each, own in cases.items()
        if not any(o != own and all(map(int.__le__, o, own)) for o in cases.values())
    ]
    return {
        frozenset(
            (name, LEVELS[p]) for name, p, q in zip(NAMES, each, start, strict=True) if p != q
        )
        for each in least
    }


def no_worse(one: Sequence[int], other: Sequence[int], rule: str) -> bool:
    """Whether each that a rule asks for is at a place that is no worse than in another case."""
    return all(one[n] >= other[n] for n in asked_in(rule))


@first_of(5)
def test_every_minimal_set_that_figures_allow_is_found(part: int) -> None:
    compared = 0
    for said, rule, goal in tried(part, 5):
        ways, (start, _) = ways_of(said), places(goal)
        found = goal.to_reach("green")
        if found.state == "there":
            continue
        can = choices(ways, start, rule, 1)
        enough = [
            case
            for case in product(*can)
            if (above := [way for way in ways if no_worse(way, case, rule)])
            and all(level_of(rule, way) == 2 for way in above)
        ]
        assert len(found.trace.together) in (0, 2, 3)
        if start in enough or not any(no_worse(way, start, rule) for way in ways):
            assert found.trace.apart, (said, rule, start)
            continue
        compared += 1
        assert set(sets_of(found.ways)) == minimal(enough, start), (said, rule, start)
        if not enough:
            assert found.state == "impossible"
            assert found.trace.obstacle in {"figures", "rule"}
    assert compared > 30


@first_of(5)
def test_every_minimal_loss_that_figures_allow_is_found(part: int) -> None:
    compared = 0
    for said, rule, goal in tried(part, 5):
        ways, (start, _) = ways_of(said), places(goal)
        found = goal.margin()
        if found.state == "lowest":
            continue
        level = LEVELS.index(found.trace.level or "")
        can = choices(ways, start, rule, -1)
        lost = [
            case
            for case in product(*can)
            if (below := [way for way in ways if no_worse(case, way, rule)])
            and all(level_of(rule, way) < level for way in below)
        ]
        if start in lost or not any(no_worse(start, way, rule) for way in ways):
            assert found.trace.apart, (said, rule, start)
            continue
        compared += 1
        assert set(sets_of(found.ways)) == minimal(lost, start), (said, rule, start)
    assert compared > 20


@first_of(5)
def test_forks_are_those_of_the_cases_that_figures_give(part: int) -> None:
    compared = 0
    for said, rule, goal in tried(part, 5):
        if goal.verdict != "open":
            continue
        worst, best = places(goal)
        left = [w for w in ways_of(said) if no_worse(w, worst, rule) and no_worse(best, w, rule)]
        for each in goal.to_collect().unknowns:
            compared += 1
            n = NAMES.index(each.member.name)
            expected = []
            for place in sorted({way[n] for way in left}):
                met = {level_of(rule, way) == 2 for way in left if way[n] == place}
                verdict = "open" if len(met) > 1 else "met" if True in met else "not met"
                expected.append((LEVELS[place], verdict))
            assert [(f.level, f.verdict) for f in each.forks] == expected, (said, rule, worst)
    assert compared > 10


def test_a_level_that_is_stated_may_become_any() -> None:
    rules = goalrules.loads(
        'goalrules 2 en\ngoal 1 "T" indicator c levels: green at least 8, otherwise red'
        " green when c green; yellow when c yellow; otherwise red"
    )
    assert (
        rules.assess({"c": "green"}, "2025")["1"].margin().ways[0].moves[0].group[0].to == "yellow"
    )
    (way,) = rules.assess({"c": 9}, "2025")["1"].margin().ways
    (mover,) = way.moves[0].group
    assert (mover.to, mover.keeps) == ("red", "green")


def many(number: int) -> goalrules.RuleSet:
    """A file of so many values of one figure."""
    own = "".join(
        f"  indicator m{n} = sum of x, y levels: green at least {n}, yellow at least {n - 9},"
        " otherwise red\n"
        for n in range(number)
    )
    return goalrules.loads(
        f'goalrules 2 en\ngoal 1 "T"\n  indicator x, y shown only\n{own}  green when all green\n'
    )


def test_many_of_one_figure_are_taken_apart_and_named() -> None:
    for number, apart in ((5, 0), (6, 6)):
        found = many(number).assess({"x": -1, "y": 0}, "2025")["1"].to_reach("green")
        assert len(found.trace.apart) == apart
        assert ("taken here each by itself" in found.text()) == bool(apart)


def test_what_is_locked_locks_what_comes_of_the_same_figures() -> None:
    goal = many(2).assess({"x": -20, "y": 0}, "2025")["1"]
    assert set(map(len, sets_of(goal.to_reach("green").ways))) == {1}
    found = goal.to_reach("green", locked="m0")
    assert (found.state, found.trace.obstacle) == ("impossible", "locked")
    assert [each.name for each in found.trace.blocking] == ["m0"]


def test_no_figures_are_enough() -> None:
    rules = goalrules.loads("""goalrules 2 en
goal 1 "T"
  indicator x, y shown only
  indicator a = sum of x, y levels: green at least 5, otherwise red
  indicator b = difference between 10 and a levels: green at least 8, otherwise red
  indicator c levels: yellow at least 5, otherwise red
  green when a green and b green; yellow when c yellow; otherwise red
""")
    found = rules.assess({"x": 1, "y": 1, "c": 1}, "2025")["1"].to_reach("green")
    assert (found.state, found.trace.obstacle) == ("impossible", "figures")
    assert [each.name for each in found.trace.blocking] == ["a", "b"]


def test_what_can_be_bounds_what_is_reached() -> None:
    rules = goalrules.loads(
        'goalrules 2 en\ngoal 1 "T" indicator c possible values 0–3'
        " levels: green at least 8, yellow at least 2, otherwise red green when c green"
    )
    found = rules.assess({"c": 1}, "2025")["1"].to_reach("green")
    assert (found.state, found.trace.obstacle) == ("impossible", "figures")


def test_one_that_has_too_many_ways_may_be_at_any_level() -> None:
    names = ", ".join(f"i{n}" for n in range(12))
    rules = goalrules.loads(
        f'goalrules 2 en\ngoal 1 "T" indicator {names} shown only'
        f" indicator m = mean of the 6 worst of {names} higher is better"
        " levels: green at least 5, otherwise red green when m green; yellow when m yellow"
    )
    goal = rules.assess(dict.fromkeys(names.split(", "), 9), "2025")["1"]
    assert goal.margin().ways[0].moves[0].group[0].to == "yellow"
    assert not goal.margin().trace.apart


def test_figures_of_another_goal_are_not_looked_at_together() -> None:
    rules = goalrules.loads("""goalrules 2 en
goal 1 "One"
  indicator country
    target at least 1
  green when all green
goal 2 "Two"
  indicator country as in goal 1 shown only
  indicator a, b
    target at least country
  green when all green
""")
    goal = rules.assess({"1/country": 5, "2/a": 1, "2/b": 1}, "2025")["2"]
    assert [each.name for each in goal.to_reach("green").trace.apart] == ["a", "b"]
