"""What is answered about a goal holds when it is tried, and nothing that would do it is left out.

Each answer is held against an assessment of every case, through the public interface.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

import pytest
from cases import dear
from hypothesis import given
from hypothesis import strategies as st

import goalrules
from goalrules.answers.result import Move, Way

# The single sets that families of ways stand for, and what they come to when they are tried


Moved = frozenset[tuple[str, str]]
"""Members with the level that each is moved to; "assessed" where any level is enough."""

LEVELS = ("red", "yellow", "green")
STATES: Sequence[str | None] = (None, *LEVELS)
"""What an outcome can be, worst first: one that is not known comes before every level."""


def sets_of(ways: Iterable[Way]) -> Counter[Moved]:
    """Every set of the ways, as often as it stands there."""
    return Counter(each for way in ways for each in _sets(way.moves))


def _sets(moves: Sequence[Move]) -> Iterator[Moved]:
    if not moves:
        yield frozenset()
        return
    first, *rest = moves
    for chosen in combinations(first.group, first.number):
        own = {each.member.name: "assessed" if first.assessed else each.to for each in chosen}
        for others in _sets(rest):
            if not own.keys() & {name for name, _ in others}:
                yield frozenset(own.items()) | others


def raised(start: Mapping[str, str | None]) -> Iterator[dict[str, str | None]]:
    """Every case in which no member is worse than at the start."""
    names = list(start)
    better = [STATES[STATES.index(start[name]) :] for name in names]
    for states in product(*better):
        yield dict(zip(names, states, strict=True))


def lowered(start: Mapping[str, str | None]) -> Iterator[dict[str, str | None]]:
    """Every case in which no member is better than at the start."""
    names = list(start)
    worse = [LEVELS[: LEVELS.index(start[name] or "red") + 1] for name in names]
    for states in product(*worse):
        yield dict(zip(names, states, strict=True))


def moved(start: Mapping[str, str | None], case: Mapping[str, str | None]) -> Moved:
    """The members that a case moves, by what a way would say of them."""
    return frozenset(
        (name, "assessed" if start[name] is None and state == "red" else str(state))
        for name, state in case.items()
        if state != start[name]
    )


def least(found: Iterable[Mapping[str, str | None]], start: Mapping[str, str | None]) -> set[Moved]:
    """The cases that move least: none of them moves all that another does, and more."""
    cases = [
        {name: abs(STATES.index(each[name]) - STATES.index(start[name])) for name in start}
        for each in found
    ]
    states = {tuple(case.values()): each for case, each in zip(cases, list(found), strict=True)}
    minimal = [
        each
        for each in states
        if not any(
            other != each and all(one <= two for one, two in zip(other, each, strict=True))
            for other in states
        )
    ]
    return {moved(start, states[each]) for each in minimal}


MEMBERS = ("a", "b", "c", "d")
RULES = (
    "at least 2 green", "at least 60 % green, rest ≥ yellow", "2 green including a", "no red",
    "a green, rest ≥ yellow", "majority green or b green", "at most 1 red and any green",
    "green when all green; yellow when at least 2 ≥ yellow; otherwise red",
    "points green 2, yellow 1, red 0 green when sum of points ≥ 5",
    "green when half green; at most yellow when any red",
    "requires 3 assessed green when at least 2 green",
    "requires half assessed including a green when any green",
)  # fmt: skip
states = st.sampled_from([None, *LEVELS])
starts = st.fixed_dictionaries(dict.fromkeys(MEMBERS, states))


def at_least(result: goalrules.GoalResult, level: str) -> bool:
    """Whether a goal is surely at a level, and has a verdict."""
    assert result.worst
    barred = any(not gate.low for gate in result.trace.gates)
    return not barred and LEVELS.index(result.worst) >= LEVELS.index(level)


@pytest.mark.parametrize("text", RULES)
@given(start=starts, level=st.sampled_from(["yellow", "green"]))
@dear(3)
def test_every_minimal_set_is_found(text: str, start: Mapping[str, str | None], level: str) -> None:
    rule = goalrules.rule(text, MEMBERS)
    enough = [each for each in raised(start) if at_least(rule.evaluate(each), level)]
    found = rule.evaluate(start).to_reach(level)
    if found.state == "there":
        assert start in enough
        return
    sets = sets_of(found.ways)
    assert set(sets) == least(enough, start)
    assert set(sets.values()) <= {1}
    assert found.sets == sum(sets.values())


@pytest.mark.parametrize("text", RULES)
@given(start=st.fixed_dictionaries(dict.fromkeys(MEMBERS, st.sampled_from(LEVELS))))
@dear(3)
def test_every_minimal_loss_is_found(text: str, start: Mapping[str, str | None]) -> None:
    rule = goalrules.rule(text, MEMBERS)
    result = rule.evaluate(start)
    found = result.margin()
    if found.state == "lowest":
        assert result.worst == "red"
        return
    level = str(found.trace.level)
    lost = [each for each in lowered(start) if not at_least(rule.evaluate(each), level)]
    expected = {frozenset((name, str(to)) for name, to in each) for each in least(lost, start)}
    assert set(sets_of(found.ways)) == expected
    fewest = min(map(len, expected), default=0)
    assert found.trace.tolerates == max(fewest - 1, 0)


PLAN = """goalrules 1 en
valid 2025
goal 1 "One"
  indicator a, b, c
  {one}
goal 2 "Two"
  indicator b as in goal 1
  indicator d
  {two}
contribution to council goal KF1 "Above"
  {above}
contribution to council goal KF2 "Higher"
  indicator a as in goal 1
  {higher}
"""
ONES = (
    "green when at least 2 green", "green when all ≥ yellow yellow when a green otherwise red",
    "requires 2 assessed green when any green", "green when a green at most yellow when any red",
    "met from yellow green when all green yellow when b ≥ yellow",
)  # fmt: skip
TWOS = (
    "green when any green", "requires 2 assessed green when b ≥ yellow",
    "green when all green yellow when any green otherwise red",
)  # fmt: skip
ABOVES = (
    "green when all of goals 1, 2 met", "green when any of goals 1, 2 met",
    "green when goal 1 green or goal 2 ≥ yellow", "worst of goals 1, 2", "same as goal 2",
)  # fmt: skip
HIGHERS = (
    "green when goal KF1 met and goal 2 ≥ yellow", "same as goal KF1",
    "green when goal KF1 met and a ≥ yellow", "green when a green or goal KF1 met",
)  # fmt: skip
BOTH = (
    "green when all of goals KF1, 1, 2 met", "green when any of goals KF1, 1, 2 met",
    "green when at least 2 of goals 1, KF1, 2 met",
)  # fmt: skip


@given(
    one=st.sampled_from(ONES),
    two=st.sampled_from(TWOS),
    above=st.sampled_from(ABOVES),
    higher=st.sampled_from(HIGHERS + BOTH),
    start=starts,
)
@dear(10)
def test_goals_are_gone_into_exactly(
    one: str, two: str, above: str, higher: str, start: Mapping[str, str | None]
) -> None:
    rules = goalrules.loads(PLAN.format(one=one, two=two, above=above, higher=higher))
    cases = {tuple(each.values()): rules.assess(_outcomes(each)) for each in raised(start)}
    now = rules.assess(_outcomes(start))
    for goal, depth in (("KF1", 2), ("KF2", 2 if higher in BOTH else 3), ("KF2", 9)):
        found = now[goal].to_reach("green", depth=depth)
        if found.state == "there":
            assert at_least(now[goal], "green")
            continue
        enough = [
            each for each in raised(start) if at_least(cases[tuple(each.values())][goal], "green")
        ]
        assert set(sets_of(found.ways)) == least(enough, start)


def _outcomes(case: Mapping[str, str | None]) -> dict[str, str | None]:
    return {"1/a": case["a"], "1/b": case["b"], "1/c": case["c"], "2/d": case["d"]}
