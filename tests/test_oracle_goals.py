"""The whole rule of a goal, every form by itself and every two together, against the naive oracle.

Each goal is given alone or in a small file, read and lowered once by the public face. Of `STEP`
cases one is evaluated there too; for the others the engine inside is asked.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice, product
from random import Random

import pytest
from cases import first_of
from oracle.catalogue import dice, random_style
from oracle.engine import Answer, given, judging, judging_goal, public
from oracle.forms import Assignment
from oracle.goal_wording import alone, file
from oracle.goals import Goal
from oracle.goals_above import beside_members, goals_above
from oracle.ledger import Ledger, comparing
from oracle.naive import NaiveGoal
from oracle.pairs import Making
from oracle.pieces import known, policies, quorums, shifts
from oracle.worlds import NAMES, PLACES, Place

import goalrules

STEP = 19  # a prime, so that in the long run each outcome of each member comes to its turn

PARTS = 6  # of what is most, so that it can be shared out

# Of forms by themselves, and of their shapes, which are some 160 to 400: one of how many of the
# 6 ** 3 assignments or more to three members is taken, and how many comparisons that is at least.
SINGLES = {
    "colours": (1, 54_000),
    "points": (5, 15_000),
    "points below nought": (5, 17_000),
    "points that fall": (5, 16_000),
    "two levels": (1, 20_000),
    "four levels": (5, 17_000),
    "six levels": (13, 20_000),
    "scales read as another": (5, 14_000),
}
# Of every two forms for four members, some 5 000 to 16 000: one of how many pairs is taken, with
# how many assignments, and how many comparisons that is at least. A file takes longer to be read
# than a rule given alone, so those are fewer.
PAIRS = {
    "colours": (1, 3, 20_000),
    "points": (5, 6, 15_000),
    "points below nought": (29, 16, 8_600),
    "points that fall": (29, 16, 8_000),
    "two levels": (11, 6, 2_900),
    "four levels": (11, 6, 3_700),
    "six levels": (11, 6, 6_500),
    "scales read as another": (29, 16, 6_000),
}
OF_FOUR = 46_000  # 252 forms and shapes × every 7th of 6 ** 4
OF_SHIFTS = 450
OF_MIXED = 1_500
OF_GOALS = 2_400  # some 200 × 12
OF_OTHERS = 1_400  # for each size some 180 pairs × 8

Outcome = str | None
Outcomes = tuple[Outcome, ...]
Names = tuple[str, ...]
Judge = Callable[[Assignment], Answer]


def kinds(place: Place, name: str) -> list[Outcome]:
    """Every kind of outcome of a member."""
    levels = place.world.levels(name)
    return [*levels, f"{levels[0]}–{levels[1]}", None, "not applicable"]


def drawn(rng: Random, place: Place, names: Names, number: int) -> Iterator[Outcomes]:
    """Some assignments: most members at a definite level, the others open or gone."""
    for _ in range(number):
        yield tuple(
            rng.choices(every, (*[2] * (len(every) - 3), 1, 2, 2))[0]
            for every in (kinds(place, name) for name in names)
        )


def judges(place: Place, goal: Goal, names: Names, rng: Random) -> tuple[str, Judge, Judge]:
    """The rule as it is written, and the two ways to ask: of the engine inside, and in public."""
    language, style = rng.choice(("en", "sv")), random_style(rng)
    if place.alone:
        written = alone(goal, place.world, language, style)
        rule = goalrules.rule(written, names, place.world.scale)
        return written, judging(rule), lambda outcomes: public(rule.evaluate(given(outcomes)))
    written = file(goal, place.world, names, language, style)
    rules = goalrules.loads(written)
    return (
        written,
        judging_goal(rules, "1"),
        lambda outcomes: public(rules.assess(given(outcomes))["1"]),
    )


def compare(
    ledger: Ledger, place: Place, goal: Goal, names: Names, given_ones: Iterable[Outcomes]
) -> None:
    """Compare one goal on many assignments."""
    naive, rng = NaiveGoal(goal, place.world, names), dice(ledger.count)
    try:
        written, inside, whole = judges(place, goal, names, rng)
    except goalrules.RuleError as refusal:
        ledger.fault(f"{place.title}: {goal}", f"members {names}", "a rule", repr(refusal))
        return
    for values in given_ones:
        compare_one(ledger, written, naive, values, whole if ledger.whole else inside)


def compare_one(
    ledger: Ledger, written: str, naive: NaiveGoal, values: Outcomes, judge: Judge
) -> None:
    """Compare one goal on one assignment."""
    outcomes, wanted = naive.named(values), naive.expected(values)
    ledger.compare("", outcomes, {written: wanted}, lambda: {written: judge(outcomes)})


def by_title(place: Place) -> str:
    """What a place is called among the tests."""
    return place.title.replace(" ", "-")


in_places = pytest.mark.parametrize(
    "place",
    [PLACES[0], *(pytest.param(each, marks=pytest.mark.long) for each in PLACES[1:])],
    ids=by_title,
)
"""The first of the places at each change, the others as proof."""


@first_of(PARTS)
@in_places
def test_every_form_on_every_outcome(
    place: Place, part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    names, (step, floor) = NAMES[:3], SINGLES[place.title]
    title = f"goals, {place.title}, every form, {part + 1} of {PARTS}"
    with comparing(title, floor * 9 // (10 * PARTS), capsys, STEP) as ledger:
        for number, goal in enumerate([*Making(place, names).singles()][part::PARTS]):
            every = product(*(kinds(place, name) for name in names))
            compare(ledger, place, goal, names, islice(every, number % step, None, step))


@first_of(PARTS)
def test_every_form_on_outcomes_of_four(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    place, names = PLACES[0], NAMES[:4]
    title = f"goals, every form for four members, {part + 1} of {PARTS}"
    with comparing(title, OF_FOUR * 9 // (10 * PARTS), capsys, STEP) as ledger:
        for number, goal in enumerate([*Making(place, names).singles()][part::PARTS]):
            every = product(*(kinds(place, name) for name in names))
            compare(ledger, place, goal, names, islice(every, number % 7, None, 7))


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("place", PLACES, ids=by_title)
def test_every_two_forms(place: Place, part: int, capsys: pytest.CaptureFixture[str]) -> None:
    names, (step, number, floor) = NAMES[:4], PAIRS[place.title]
    title = f"goals, {place.title}, every two forms, {part + 1} of {PARTS}"
    with comparing(title, floor * 9 // (10 * PARTS), capsys, STEP) as ledger:
        rng = dice(part)
        for goal in [*Making(place, names).pairs(step)][part::PARTS]:
            compare(ledger, place, goal, names, drawn(rng, place, names, number))


@pytest.mark.parametrize(
    "size", [3, *(pytest.param(each, marks=pytest.mark.long) for each in (5, 6))]
)
def test_two_forms_for_three_to_six_members(size: int, capsys: pytest.CaptureFixture[str]) -> None:
    names = NAMES[:size]
    with comparing(f"goals, two forms, {size} members", OF_OTHERS, capsys, STEP) as ledger:
        rng = dice(size)
        for place in PLACES:
            for goal in Making(place, names).pairs(499):
                compare(ledger, place, goal, names, drawn(rng, place, names, 8))


def test_rules_that_rest_on_goals(capsys: pytest.CaptureFixture[str]) -> None:
    names, place, rng = ("1.1", "1.2", "2", "3"), PLACES[0], dice(11)
    with comparing("goals, rules that rest on goals", OF_GOALS, capsys, 1) as ledger:
        for goal in goals_above(names):
            compare(ledger, place, goal, names, drawn(rng, place, names, 12))


@pytest.mark.parametrize("place", PLACES[:2], ids=by_title)
def test_goals_and_members_in_one_list(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    names, rng = ("a", "1.1", "b", "2"), dice(13)
    with comparing(f"goals, beside members, {place.title}", OF_MIXED, capsys, 1) as ledger:
        for goal in beside_members(names, points=bool(place.world.points)):
            compare(ledger, place, goal, names, drawn(rng, place, names, 20))


@in_places
def test_steps_better_and_worse(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    names, rng, making = NAMES[:4], dice(14), Making(place, NAMES[:4])
    every = [*shifts(place, names)]
    several = [rng.sample(every, number) for number in (2, 2, 3, 5) for _ in range(8)]
    with comparing(f"goals, steps, {place.title}", OF_SHIFTS, capsys, STEP) as ledger:
        for some in [*([each] for each in every), *several]:
            goal = making.clauses()
            for each in some:
                goal = making.added(each, goal)
            compare(ledger, place, goal, names, drawn(rng, place, names, 12))


@in_places
def test_quorums_of_levels(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    names, rng, making = NAMES[:4], dice(15), Making(place, NAMES[:4])
    levels, every = place.world.scale[1:], [*policies(place, names), None]
    with comparing(f"goals, quorums of levels, {place.title}", OF_SHIFTS, capsys, STEP) as ledger:
        for quorum in quorums(names) * 4:
            goal, policy = making.clauses(), rng.choice(every)
            others = rng.sample(quorums(names), rng.randint(0, 1))
            asked = [(rng.choice(levels), each) for each in (quorum, *others)]
            goal = replace(goal, for_levels=tuple(asked), policies=(policy,) if policy else ())
            compare(ledger, place, goal, names, drawn(rng, place, names, 12))


@in_places
def test_no_verdict_unless_some_are_known(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    names, rng, making = NAMES[:4], dice(16), Making(place, NAMES[:4])
    with comparing(f"goals, no verdict unless, {place.title}", 160, capsys, STEP) as ledger:
        for quorum in known(names) * 5:
            goal = replace(making.clauses(), requires=(quorum,))
            compare(ledger, place, goal, names, drawn(rng, place, names, 12))


def test_the_comparisons_add_up() -> None:
    whole = [floors[-1] for floors in (*SINGLES.values(), *PAIRS.values())]
    assert sum(whole) + OF_FOUR + 3 * OF_OTHERS >= 290_000
