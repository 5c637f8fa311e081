"""The oracle's own cases of whole rules, worked out by hand."""

from decimal import Decimal

import pytest
from oracle.completions import MISSING
from oracle.forms import Count, Including, Named, holds
from oracle.goals import Clause, Extreme, Goal, Limit, Policy, Remark, goal_ends
from oracle.ledger import Expected
from oracle.naive import NaiveGoal
from oracle.pairs import Making
from oracle.points import Score
from oracle.policies import barred, ranges
from oracle.world import World
from oracle.worlds import NAMES, PLACES, RISING, STEPS, Place

ABC = ("a", "b", "c")
COLOURS = {"g": "green", "y": "yellow", "r": "red", "-": None}
PLAIN = World(groups={"g": ("c",)})
POINTS = World(points=RISING)
HEAVY = World(points=RISING, weights={"a": 2, "b": Decimal("0.5")})
READ = World(scales={"b": STEPS}, reads={"b": {"stuck": "red", "begun": "yellow", "done": "green"}})


def named(short: str) -> dict[str, str | None]:
    return dict(zip(ABC, (COLOURS[letter] for letter in short), strict=True))


ALL_GREEN = Clause("green", Count("all", "green", ABC))
NO_RED = Clause("yellow", Count("none", "red", ABC))
ANY_RED, TWO_RED = Count("any", "red", ABC), Count("number", "red", ABC, amount=2)
TWO_GREEN = Count("number", "green", ABC, amount=2)


@pytest.mark.parametrize(
    ("goal", "levels", "ends"),
    [
        (Goal((ALL_GREEN,)), "ggg", "gg"),
        (Goal((ALL_GREEN,)), "ggy", "ry"),
        (Goal((ALL_GREEN,), "red"), "ggy", "rr"),
        (Goal((ALL_GREEN,), "yellow"), "ggr", "yy"),
        (Goal((ALL_GREEN, NO_RED)), "ggy", "yy"),
        (Goal((ALL_GREEN, NO_RED)), "---", "rg"),
        (Goal((ALL_GREEN, Clause("green", Named("a", "green", ABC)))), "grr", "gg"),
        (Goal(extreme=Extreme("worst", ABC)), "gyr", "rr"),
        (Goal(extreme=Extreme("worst", ABC)), "gy-", "yy"),
        (Goal(extreme=Extreme("worst", ABC)), "---", "rg"),
        (Goal(extreme=Extreme("best", ABC)), "ryr", "yy"),
        (Goal(extreme=Extreme("worst", ABC, but=1)), "gyr", "yy"),
        (Goal(extreme=Extreme("worst", ABC, but=1)), "gr-", "gg"),
        (Goal(extreme=Extreme("worst", ABC, but=1)), "r--", "rg"),
        (Goal((ALL_GREEN, NO_RED), limits=(Limit("cap", "red", "when", ANY_RED),)), "ggr", "rr"),
        (Goal((), "yellow", limits=(Limit("cap", "red", "when", ANY_RED),)), "ggr", "rr"),
        (Goal((), "red", limits=(Limit("floor", "green", "when", TWO_GREEN),)), "ggr", "gg"),
        (Goal((), "red", limits=(Limit("floor", "yellow", "unless", ANY_RED),)), "gyy", "yy"),
        (Goal((ALL_GREEN,), limits=(Limit("cap", "yellow", "unless", TWO_GREEN),)), "gg-", "gg"),
        (Goal((), "yellow", limits=(Limit("cap", "red", "when", TWO_RED),)), "g--", "ry"),
        (Goal((), "yellow", limits=(Limit("cap", "red", "unless", TWO_GREEN),)), "g--", "ry"),
    ],
)
def test_the_level_by_clauses_limits_and_extremes(goal: Goal, levels: str, ends: str) -> None:
    worst, best = goal_ends(goal, named(levels), PLAIN)
    assert (PLAIN.scale[worst][0], PLAIN.scale[best][0]) == tuple(ends)


def test_a_cap_is_stronger_than_a_floor_and_both_than_a_clause() -> None:
    limits = Limit("cap", "yellow", "when", ANY_RED), Limit("floor", "green", "when", TWO_GREEN)
    assert goal_ends(Goal((), "red", limits=limits), named("ggr"), PLAIN) == (1, 1)
    assert goal_ends(Goal((), "red", limits=limits), named("ggy"), PLAIN) == (2, 2)


@pytest.mark.parametrize(
    ("score", "world", "levels", "met"),
    [
        (Score("sum", "at least", 3, ABC), POINTS, "gyr", True),
        (Score("sum", "over", 3, ABC), POINTS, "gyr", False),
        (Score("sum", "at least", 3, ABC), POINTS, "g--", None),
        (Score("sum", "at least", 3, ABC), POINTS, "---", None),
        (Score("mean", "at least", 2, ABC), POINTS, "g--", True),
        (Score("mean", "at least", Decimal("1.5"), ABC), POINTS, "gyy", False),
        (Score("mean", "at least", Decimal("1.5"), ABC), HEAVY, "gyy", True),
        (Score("mean", "over", Decimal("1.58"), ABC), HEAVY, "gyy", False),
        (Score("share", "at least", 50, ABC), POINTS, "yyy", True),
        (Score("share", "at least", 51, ABC), POINTS, "yy-", False),
        (Score("sum", "at least", 2, ABC, lowest=2), POINTS, "gyy", True),
        (Score("sum", "at least", 2, ABC, lowest=2), POINTS, "ggr", True),
        (Score("sum", "over", 2, ABC, lowest=2), POINTS, "ggr", False),
        (Score("mean", "over", 1, ABC, lowest=2), POINTS, "ggy", True),
        (Score("sum", "at least", 2, ABC, lowest=2), POINTS, "r--", None),
    ],
)
def test_points(score: Score, world: World, levels: str, *, met: bool | None) -> None:
    assert holds(score, named(levels), world) is met


@pytest.mark.parametrize(
    ("count", "levels", "met"),
    [
        (Count("percent", "green", ABC, amount=60, weighed=True), "grg", True),
        (Count("percent", "green", ABC, amount=60, weighed=True), "rgg", False),
        (Count("number", "green", ABC, amount=Decimal("2.5"), weighed=True), "ggr", True),
        (Count("number", "green", ABC, amount=Decimal("2.5"), weighed=True), "-gg", None),
        (Count("majority", "green", ABC, weighed=True), "grr", True),
    ],
)
def test_weights(count: Count, levels: str, *, met: bool | None) -> None:
    assert holds(count, named(levels), HEAVY) is met


@pytest.mark.parametrize(
    ("condition", "levels", "met"),
    [
        (ANY_RED, "ggy", False),
        (Count("any", "yellow", ABC), "ggr", True),
        (Count("all", "yellow", ABC), "yyg", False),
        (TWO_RED, "rrg", True),
        (TWO_RED, "r--", None),
        (Count("number", "yellow", ABC, amount=2, including=Including(("a",))), "gyr", False),
        (Count("majority", "red", ABC), "---", False),
        (Count("none", "green", ABC), "yyr", True),
        (Count("at most", "green", ABC, amount=1), "ggr", False),
        (Count("at most", "green", ABC, amount=1), "g--", True),
        (Count("any", "green", ABC, side="worse than"), "ggy", True),
        (Named("a", "yellow", ABC), "ygg", True),
        (Named("a", "yellow", ABC), "-gg", None),
        (Named("a", "green", ABC, noun="goals by met"), "ygg", True),
    ],
)
def test_conditions_of_bad_levels(
    condition: Count | Named, levels: str, *, met: bool | None
) -> None:
    assert holds(condition, named(levels), bad=True) is met


def test_a_level_that_is_not_named_is_read_as_the_nearest_named_below() -> None:
    assert [READ.read("b", level) for level in STEPS] == ["red", "yellow", "yellow", "green"]
    levels = {"a": "green", "b": "soon", "c": "green"}
    assert goal_ends(Goal(extreme=Extreme("worst", ABC)), levels, READ) == (1, 1)
    assert holds(Count("all", "yellow", ABC), levels, READ) is True
    assert holds(Named("b", "done", ABC), levels, READ) is False


@pytest.mark.parametrize(
    ("policies", "outcomes", "left"),
    [
        ((), ("green", None, "not applicable"), (("green",), MISSING, None)),
        ((Policy("missing", "left out"),), ("green", None, "red–yellow"), "g-?"),
        ((Policy("missing", "counts as", "red"),), ("green", "withheld", "red"), "grr"),
        (
            (Policy("not applicable", "counts as", "red"),),
            ("green", "not applicable", "red"),
            "grr",
        ),
        ((Policy("missing", "replaced by", group="g"),), ("green", "red", "green"), "gr-"),
        ((Policy("missing", "replaced by", group="g"),), ("green", None, "green"), "g-g"),
        ((Policy("missing", "replaced by", group="g"),), ("green", "red", None), "gr-"),
        ((Policy("missing", "replaced by", group="g"),), ("green", None, "red–yellow"), "g-?"),
    ],
)
def test_policies(
    policies: tuple[Policy, ...],
    outcomes: tuple[str | None, ...],
    left: str | tuple[tuple[str, ...] | None, ...],
) -> None:
    known = {"?": ("red", "yellow"), "-": None}
    wanted = (
        [known.get(letter, (COLOURS.get(letter),)) for letter in left]
        if isinstance(left, str)
        else [*left]
    )
    given = dict(zip(ABC, outcomes, strict=True))
    assert ranges(Goal(policies=policies), given, PLAIN) == wanted


@pytest.mark.parametrize(
    ("goal", "outcomes", "bars"),
    [
        (Goal(requires=(Count("number", "assessed", ABC, amount=2),)), ("red", "red", None), False),
        (Goal(requires=(Count("number", "assessed", ABC, amount=2),)), ("red", None, None), True),
        (
            Goal(requires=(Count("percent", "assessed", ABC, amount=60),)),
            ("red", None, "not applicable"),
            True,
        ),
        (
            Goal(requires=(Count("percent", "assessed", ABC, amount=50),)),
            ("red", None, "not applicable"),
            False,
        ),
        (Goal(requires=(Count("any", "assessed", ABC),)), ("red–yellow", None, None), True),
        (Goal(policies=(Policy("missing", "left out", remain=2),)), ("red", "red", None), False),
        (Goal(policies=(Policy("missing", "left out", remain=2),)), ("red", None, None), True),
    ],
)
def test_too_few_for_a_verdict(goal: Goal, outcomes: tuple[str | None, ...], *, bars: bool) -> None:
    given = dict(zip(ABC, outcomes, strict=True))
    assert barred(goal, given, ranges(goal, given, PLAIN), PLAIN) is bars


def test_the_whole_answer() -> None:
    goal = Goal(
        (ALL_GREEN,),
        limits=(Limit("cap", "yellow", "when", ANY_RED),),
        policies=(Policy("not applicable", "counts as", "yellow"),),
        remarks=(Remark("red", "when", ANY_RED), Remark("not met", "unless")),
    )
    naive = NaiveGoal(goal, PLAIN, ABC)
    assert naive.expected(("green", "green", None)) == Expected(
        "open", "red", "green", ("c",), (("red", False), ("not met", False))
    )
    assert naive.expected(("green", "not applicable", "red")) == Expected(
        "not met", "red", "yellow", (), (("red", True), ("not met", True))
    )


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title.replace(" ", "-"))
def test_every_piece_comes_once(place: Place) -> None:
    pieces = Making(place, NAMES[:4]).pieces
    assert len(pieces) == len(set(pieces)) > 90
