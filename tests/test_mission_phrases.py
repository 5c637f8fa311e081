"""The two phrases that this language was made for, word for word, on every case there is.

Every member is red, yellow, green or missing, in every combination. What is expected is written
here in plain Python: a verdict is open where what is missing can still decide it either way.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

import pytest

import goalrules
from goalrules.text.languages import Language

pytestmark = pytest.mark.law

Levels = Mapping[str, str]

WORDS = {
    "en": {"red": "red", "yellow": "yellow", "green": "green", "missing": "missing"},
    "sv": {"red": "röd", "yellow": "gul", "green": "grön", "missing": "uppgift saknas"},
}
COLOURS = ("red", "yellow", "green")
BUDGET = "budgetföljsamhet"


def three_of_five(levels: Levels) -> bool:
    """At least three of five are green, and the budget is one of them."""
    return sum(level == "green" for level in levels.values()) >= 3 and levels[BUDGET] == "green"


def two_of_three(levels: Levels) -> bool:
    """At least two of three are green, and none is red."""
    return sum(level == "green" for level in levels.values()) >= 2 and "red" not in levels.values()


def verdict(holds: Callable[[Levels], bool], levels: Levels) -> str:
    """Met if the rule holds however what is missing turns out, not met if it never does."""
    possible = [COLOURS if level == "missing" else (level,) for level in levels.values()]
    found = {holds(dict(zip(levels, each, strict=True))) for each in product(*possible)}
    return "open" if len(found) == 2 else "met" if found == {True} else "not met"


def cases(members: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Every combination of levels, and of missing ones, of some members."""
    for levels in product((*COLOURS, "missing"), repeat=len(members)):
        yield dict(zip(members, levels, strict=True))


FIVE = ("a", "b", BUDGET, "c", "d")
THREE = ("a", "b", "c")

each_phrase = pytest.mark.parametrize(
    ("phrase", "language", "members", "holds"),
    [
        ("3 of 5 green including budgetföljsamhet", "en", FIVE, three_of_five),
        ("3 av 5 gröna varav budgetföljsamhet", "sv", FIVE, three_of_five),
        ("2 of 3 green, rest ≥ yellow", "en", THREE, two_of_three),
        ("2 av 3 gröna, övriga minst gula", "sv", THREE, two_of_three),
    ],
)


@each_phrase
def test_every_case_comes_to_what_the_phrase_says(
    phrase: str, language: Language, members: tuple[str, ...], holds: Callable[[Levels], bool]
) -> None:
    rule = goalrules.rule(phrase, members)
    assert rule.language == language
    expected = {tuple(case.values()): verdict(holds, case) for case in cases(members)}
    found = {
        tuple(case.values()): rule.evaluate(
            {member: WORDS[language][level] for member, level in case.items()}
        ).verdict
        for case in cases(members)
    }
    assert len(expected) == 4 ** len(members)
    assert set(expected.values()) == {"met", "not met", "open"}
    assert found == expected


@each_phrase
def test_a_phrase_can_be_judged_at_once(
    phrase: str, language: Language, members: tuple[str, ...], holds: Callable[[Levels], bool]
) -> None:
    for level, word in WORDS[language].items():
        case = dict.fromkeys(members, level)
        found = goalrules.evaluate(phrase, dict.fromkeys(members, word))
        assert found.verdict == verdict(holds, case)
