"""The exact questions about every form of rule, up to seven members, against brute force.

Each rule is read and lowered by the public face. The minimal sets are compared as sets: every
family is written out, so it is found that all are minimal, that none lacks, and none stands twice.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import islice
from random import Random

import pytest
from cases import first_of
from oracle import analysis
from oracle.analysis_rules import Names, Outcomes, Position, Tried, of_goal, of_rule
from oracle.catalogue import dice, every_form, goals_as_members, random_rule
from oracle.forms import Rule
from oracle.goals import Goal
from oracle.ledger import VALUES, Ledger, comparing
from oracle.pairs import Making
from oracle.worlds import PLACES, Place

NAMES = ("a", "b", "c", "d", "e", "f", "h")
GOALS = ("1.1", "1.2", "2", "3")

Question = tuple[str, Callable[[], object], Callable[[], object]]
"""What is asked, what is wanted, and what is got."""


def questions(at: Position, top: int, rng: Random) -> Iterator[Question]:
    """Every question about a rule where its members stand."""
    for place in range(1, top + 1):
        yield gaining(at, place, rng)
        yield losing(at, place)
    verdicts = {at.cases.verdict(case) for case in analysis.inside(at.box)}
    if verdicts in ({"met"}, {"not met"}):
        yield reasoning(at, met=verdicts == {"met"})
    yield "what to find out", lambda: analysis.forks(at.cases, at.box), at.asking.forks
    yield "influence", lambda: analysis.influences(at.cases), at.asking.influences
    yield "tally", lambda: analysis.tally(at.cases), at.asking.tally


def gaining(at: Position, place: int, rng: Random) -> Question:
    """The minimal improvements, where some members cannot change and steps have their costs."""
    costs = {m: Decimal(rng.randint(0, 8)) / 4 for m in at.start}
    locked = [m for m in at.start if rng.random() < 0.2]

    def cost(moves: analysis.Moves) -> Fraction:
        return sum((Fraction(costs[m]) * (to - at.start[m]) for m, to in moves), Fraction(0))

    def wanted() -> object:
        found = analysis.gains(at.cases, at.box, place, locked, at.gates(place))
        return {moves: cost(moves) for moves in found}

    return f"gains to {place}, but {locked}", wanted, lambda: at.asking.gains(place, locked, costs)


def losing(at: Position, place: int) -> Question:
    """The minimal losses, each of which costs what it takes away."""

    def wanted() -> object:
        found = analysis.losses(at.cases, at.box, place)
        return {moves: Fraction(sum(at.start[m] - to for m, to in moves)) for moves in found}

    return f"losses of {place}", wanted, lambda: at.asking.losses(place)


def reasoning(at: Position, *, met: bool) -> Question:
    """A reason than which none is smaller: the engine gives one of those."""
    smallest = cache(lambda: analysis.reasons(at.cases, at.box, met=met))

    def got() -> object:
        found = at.asking.reason(met=met)
        return smallest() if found in smallest() else found

    return "why", smallest, got


def compare(ledger: Ledger, tried: Tried, outcomes: Outcomes, rng: Random) -> None:
    """Compare every question about a rule where its members stand."""
    given = dict(zip(tried.names, outcomes, strict=True))
    top = len(tried.world.scale) - 1
    for question, wanted, got in questions(tried.position(outcomes), top, rng):
        ledger.count += 1
        title = f"{question}: {tried.written}"
        try:
            answers = wanted(), got()
        except Exception as refusal:  # noqa: BLE001  # whatever escapes the engine is an answer too
            ledger.fault(title, given, "an answer", repr(refusal))
        else:
            if answers[0] != answers[1]:
                ledger.fault(title, given, *answers)


def drawn(rng: Random, place: Place, names: Names) -> Outcomes:
    """An outcome for each member: most at a definite level, the others open or gone."""
    return tuple(rng.choice(kinds(rng, place, name)) for name in names)


def kinds(rng: Random, place: Place, name: str) -> list[str | None]:
    """The outcomes of which one of a member is drawn, by how often."""
    levels = place.world.levels(name)
    ends = sorted(rng.sample(range(len(levels)), 2))
    between = "–".join(levels[each] for each in ends)
    return [*levels, *levels, between, None, None, "not applicable"]


# Which rules

PARTS = 4  # of what is most, so that it can be shared out

# How many comparisons are at least made about every form for so many members, each with outcomes
# drawn so many times.
FORMS = {3: (3, 6_500), 4: (2, 6_000), 5: (1, 3_300), 6: (1, 3_500), 7: (1, 3_800)}
FEW = (3, 4, 5)
# Of every two forms in one place, one of how many pairs is taken, and how many comparisons that is.
PAIRS = {
    "colours": (7, 7_000),
    "points": (29, 3_000),
    "points below nought": (37, 3_000),
    "points that fall": (37, 3_000),
    "two levels": (13, 2_000),
    "four levels": (17, 3_500),
    "six levels": (29, 5_400),
    "scales read as another": (29, 2_500),
}
OF_PLACES = 900  # in each place: 164 forms and shapes or more, with 5 questions at least
OF_MORE = 1_000  # for each size
OF_RANDOM = 1_400  # 200 rules
OF_GOALS = 400  # 32 rules, twice

LONG_FROM_SIX = [
    *FEW, *(pytest.param(size, marks=pytest.mark.long) for size in FORMS if size not in FEW)
]  # fmt: skip
"""Sizes of groups, the greater ones apart."""

by_title = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title.replace(" ", "-"))


def compare_rules(
    ledger: Ledger, rules: Iterable[Rule], names: Names, rng: Random, times: int = 1
) -> None:
    """Compare rules given alone, each with some outcomes of its members."""
    for rule in rules:
        tried = of_rule(rule, names, rng)
        for _ in range(times):
            compare(
                ledger, tried, tuple(rng.choices((*VALUES,), (4, 4, 4, 2, 3, 1), k=len(names))), rng
            )


def compare_goals(ledger: Ledger, goals: Iterable[Goal], place: Place, size: int) -> None:
    """Compare whole rules of goals, each with some outcomes of its members."""
    rng, names = dice(size), NAMES[:size]
    for goal in goals:
        compare(ledger, of_goal(goal, place, names, rng), drawn(rng, place, names), rng)


@first_of(PARTS)
@pytest.mark.parametrize("size", LONG_FROM_SIX)
def test_every_form(size: int, part: int, capsys: pytest.CaptureFixture[str]) -> None:
    names, (times, floor) = NAMES[:size], FORMS[size]
    title = f"questions, every form for {size} members, {part + 1} of {PARTS}"
    with comparing(title, floor * 9 // (10 * PARTS), capsys) as ledger:
        compare_rules(ledger, list(every_form(names))[part::PARTS], names, dice(size + part), times)


@first_of(PARTS)
@by_title
def test_every_form_in_every_place(
    place: Place, part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    title = f"questions, {place.title}, every form, {part + 1} of {PARTS}"
    with comparing(title, OF_PLACES * 9 // (10 * PARTS), capsys) as ledger:
        compare_goals(ledger, [*Making(place, NAMES[:3]).singles()][part::PARTS], place, 3)


@pytest.mark.long
@by_title
def test_every_two_forms(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    step, floor = PAIRS[place.title]
    size = 4 if len(place.world.scale) < 6 else 3
    with comparing(f"questions, {place.title}, every two forms", floor, capsys) as ledger:
        compare_goals(ledger, Making(place, NAMES[:size]).pairs(step), place, size)


@first_of(PARTS)
@pytest.mark.parametrize("size", LONG_FROM_SIX[2:])
def test_goals_of_up_to_seven_members(
    size: int, part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    small = [each for each in PLACES if len(each.world.scale) < 4]
    title = f"questions, two forms, {size} members, {part + 1} of {PARTS}"
    with comparing(title, OF_MORE * 9 // (10 * PARTS), capsys) as ledger:
        for place in small:
            goals = Making(place, NAMES[:size])
            singles = [*islice(goals.singles(), size, None, 29)]
            compare_goals(ledger, singles[part::PARTS], place, size)
            compare_goals(ledger, [*goals.pairs(499)][part::PARTS], place, size)


@first_of(PARTS)
def test_random_rules(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    rng, title = dice(2024 + part), f"questions, random rules, {part + 1} of {PARTS}"
    with comparing(title, OF_RANDOM * 9 // (10 * PARTS), capsys) as ledger:
        for _ in range(200 // PARTS):
            names = NAMES[: rng.randint(2, 6)]
            compare_rules(ledger, [random_rule(rng, names)], names, rng)


def test_goals_as_members(capsys: pytest.CaptureFixture[str]) -> None:
    with comparing("questions, goals as members", OF_GOALS, capsys) as ledger:
        compare_rules(ledger, goals_as_members(GOALS), GOALS, dice(12), 2)
