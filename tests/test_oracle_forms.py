"""Every form of rule, on levels, missing values, ranges and more, against the naive oracle.

Each rule is parsed, checked and lowered by the public face. Of `STEP` cases one is evaluated there
too; for the others the verdict, its ends and who decides are asked of the engine inside.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import cache, partial
from itertools import product
from random import Random

import pytest
from cases import first_of
from oracle.catalogue import (
    TIERS,
    dice,
    every_form,
    goals_as_members,
    random_rule,
    random_style,
)
from oracle.completions import levels
from oracle.engine import judging
from oracle.forms import Ordered, Rule, holds, level_ends
from oracle.ledger import VALUES, Expected, Judged, Ledger, comparing, expected
from oracle.wording import PLAIN, text

import goalrules
from goalrules.text.languages import Language

NAMES = ("a", "b", "c", "d", "e", "f", "g")
SWEDISH_NAMES = ("budgetföljsamhet", "yttre-tillsyn", "nki", "åtgärder", "sip", "öppet", "ängs-2")
GOALS = ("1.1", "1.2", "2", "3")

STEP = 19  # a prime, so that in the long run each outcome of each member comes to its turn
PARTS = 12  # of what is most, so that it can be shared out
first_part = first_of(PARTS)

# How many comparisons each test makes at least: rules × assignments, rounded down.
FLOORS = {
    "definite levels of seven": 69_000,  # every 16th of some 516 rules × 3 ** 7
    "one to three members": 65_000,  # 42 × 6 + 145 × 36 + 290 × 216
    "four members": 195_000,  # some 408 × 480 of 6 ** 4
    "five members": 279_000,  # every 12th of some 451 × 6 ** 5
    "every form for five to seven": 14_000,  # some 1443 × 10
    "random rules": 18_000,  # 1504 × 12
    "every form in both languages": 6_000,  # some 408 × 2 × 2 × 4
    "rules given once": 400,  # some 408 × 1
    "goals as members": 2_500,  # 32 × 2 × 40
}

Outcome = str | None
Names = tuple[str, ...]


class Naive:
    """The oracle's answers for one rule, each definite assignment worked out once."""

    def __init__(self, rule: Rule, names: Names) -> None:
        self.names, self.ordered = names, isinstance(rule, Ordered)
        self.says = cache(lambda given: holds(rule, dict(zip(names, given, strict=True))))
        self.ends = cache(lambda given: level_ends(rule, dict(zip(names, given, strict=True))))

    def expected(self, values: tuple[Outcome, ...]) -> Expected:
        """The oracle's answer for one assignment."""
        ranges = [VALUES[value] for value in values]
        own = levels(self.ends, ranges) if self.ordered else None
        return expected(self.says, self.names, ranges, own)


def compare(
    ledger: Ledger,
    rule: Rule,
    names: Names,
    assignments: Iterable[tuple[Outcome, ...]],
    written: str,
) -> None:
    """Compare one rule, parsed once, on many assignments."""
    naive = Naive(rule, names)
    try:
        parsed = goalrules.rule(written, members=list(names))
    except goalrules.RuleError as refusal:
        ledger.fault(written, f"members {names}", "a rule", repr(refusal))
        return
    judge = judging(parsed)
    for values in assignments:
        outcomes = dict(zip(names, values, strict=True))
        evaluate = parsed.evaluate if ledger.whole else judge
        compare_one(ledger, written, outcomes, naive.expected(values), evaluate)


def compare_one(
    ledger: Ledger,
    written: str,
    outcomes: dict[str, Outcome],
    wanted: Expected,
    evaluate: Callable[[dict[str, Outcome]], Judged],
) -> None:
    """Compare one rule on one assignment."""
    ledger.compare("", outcomes, {written: wanted}, lambda: {written: evaluate(outcomes)})


def written_anyhow(rng: Random, rule: Rule) -> str:
    """The rule in one of the languages and one of the ways to write it."""
    return text(rule, rng.choice(("en", "sv")), random_style(rng))


def exhaust(
    ledger: Ledger, names: Names, rules: Iterable[Rule], values: Iterable[Outcome] = VALUES
) -> None:
    """Compare rules on every assignment of these values to their members."""
    rng, kinds = dice(len(names)), tuple(values)
    for rule in rules:
        every = product(kinds, repeat=len(names))
        compare(ledger, rule, names, every, written_anyhow(rng, rule))


def drawn(rng: Random, size: int, number: int) -> list[tuple[Outcome, ...]]:
    """Some assignments: two members of three at a definite level, the others open or gone."""
    return [tuple(rng.choices((*VALUES,), (4, 4, 4, 2, 3, 1), k=size)) for _ in range(number)]


def counting(
    title: str, capsys: pytest.CaptureFixture[str], step: int = STEP, part: int | None = None
) -> AbstractContextManager[Ledger]:
    """The ledger of one test of this file, or of one of its parts, with its floor."""
    if part is None:
        return comparing(f"forms, {title}", FLOORS[title], capsys, step)
    name = f"forms, {title}, {part + 1} of {PARTS}"
    return comparing(name, FLOORS[title] * 3 // (4 * PARTS), capsys, step)  # parts differ by a form


@first_part
def test_definite_levels_of_seven_members(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    with counting("definite levels of seven", capsys, part=part) as ledger:
        exhaust(ledger, NAMES, list(every_form(NAMES))[::16][part::PARTS], TIERS)


@first_part
def test_every_outcome_of_one_to_three_members(
    part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with counting("one to three members", capsys, part=part) as ledger:
        for size in (1, 2, 3):
            exhaust(ledger, NAMES[:size], list(every_form(NAMES[:size]))[part::PARTS])


@first_part
def test_outcomes_of_four_members(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    rng, names = dice(4 + part), NAMES[:4]
    every = list(product(VALUES, repeat=len(names)))
    with counting("four members", capsys, part=part) as ledger:
        for rule in list(every_form(names))[part::PARTS]:
            compare(ledger, rule, names, rng.sample(every, 480), written_anyhow(rng, rule))


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_outcome_of_five_members(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    with counting("five members", capsys, part=part) as ledger:
        exhaust(ledger, NAMES[:5], list(every_form(NAMES[:5]))[7::12][part::PARTS])


@pytest.mark.long
def test_every_form_for_five_to_seven_members(capsys: pytest.CaptureFixture[str]) -> None:
    rng = dice(567)
    with counting("every form for five to seven", capsys) as ledger:
        for names in (NAMES[:5], NAMES[:6], NAMES):
            for rule in every_form(names):
                assignments = drawn(rng, len(names), 10)
                compare(ledger, rule, names, assignments, written_anyhow(rng, rule))


@first_part
def test_random_rules(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    rng = dice(2024 + part)
    with counting("random rules", capsys, part=part) as ledger:
        for _ in range(1500 // PARTS):
            names = NAMES[: rng.randint(2, 7)]
            rule = random_rule(rng, names)
            assignments = drawn(rng, len(names), 12)
            compare(ledger, rule, names, assignments, written_anyhow(rng, rule))


@first_of(2)
@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_form_in_both_languages(
    language: Language, part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rng, names = dice(3 + part), SWEDISH_NAMES[:4]
    title = "every form in both languages"
    name = f"forms, {title}: {language}, {part + 1} of 2"
    with comparing(name, FLOORS[title] // 4, capsys) as ledger:
        for rule in list(every_form(names))[part::2]:
            for style in (PLAIN, random_style(rng)):
                written = text(rule, language, style)
                compare(ledger, rule, names, drawn(rng, len(names), 4), written)


def test_rules_given_once_with_their_outcomes(capsys: pytest.CaptureFixture[str]) -> None:
    rng, names = dice(1), SWEDISH_NAMES[:4]
    with counting("rules given once", capsys, 1) as ledger:
        for rule in every_form(names):
            written, [values] = written_anyhow(rng, rule), drawn(rng, len(names), 1)
            wanted = Naive(rule, names).expected(values)
            outcomes = dict(zip(names, values, strict=True))
            compare_one(ledger, written, outcomes, wanted, partial(goalrules.evaluate, written))


def test_goals_as_members(capsys: pytest.CaptureFixture[str]) -> None:
    rng = dice(12)
    with counting("goals as members", capsys, 1) as ledger:
        for rule, language in product(goals_as_members(GOALS), ("en", "sv")):
            compare(ledger, rule, GOALS, drawn(rng, len(GOALS), 40), text(rule, language))


def test_the_comparisons_add_up() -> None:
    assert sum(FLOORS.values()) >= 645_000
