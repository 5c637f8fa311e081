"""The normal form of a goal: the same for all ways of writing a rule, another for another rule."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import product

import make_conformance as made
import pytest
from cases import first_of
from hypothesis import given
from hypothesis import strategies as st
from imports import ROOT
from oracle import goal_wording
from oracle.catalogue import dice, random_style
from oracle.goals import Goal
from oracle.naive import NaiveGoal
from oracle.pairs import Making
from oracle.wording import PLAIN
from oracle.worlds import NAMES, PLACES, Place

import goalrules
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.text.languages import LANGUAGES
from goalrules.text.source import Source

THREE = NAMES[:3]
FILES = sorted((ROOT / "rulesets").rglob("*.goals"))


def forms(text: str) -> dict[str, str]:
    """The normal forms of the goals of a rule file."""
    rules = goalrules.loads(text)
    return {goal: rules.normal_form(goal) for goal in rules.goals}


def translated(text: str, language: str) -> str:
    """A rule file as the formatter writes it in a language."""
    return format_file(parse_file(Source("r.goals", text)).file, language)  # type: ignore[arg-type]


# How it is written makes no difference


def worded() -> list[str]:
    """Rule files of every form: those of the suite that are no copies of others."""
    own = ("oracle", "reference", "written")
    return [made.text_of(each) for name in own for each in made.stored(name)]


@first_of(5)
def test_reformatting_and_translating_keep_it(part: int) -> None:
    for text in worded()[part::5]:
        wanted = forms(text)
        assert [forms(translated(text, each)) for each in LANGUAGES] == [wanted] * 2, text


@pytest.mark.parametrize("path", FILES, ids=[each.stem for each in FILES])
def test_rule_sets_keep_it_in_the_other_language(path: object) -> None:
    text = path.read_text("utf-8")  # type: ignore[attr-defined]
    assert forms(translated(text, "en")) == forms(translated(text, "sv")) == forms(text)


@cache
def goals(at: int) -> tuple[Goal, ...]:
    """Rules of every form and every shape of clauses for three members, in one of the places."""
    making = Making(PLACES[at], THREE)
    return (*making.singles(), *making.pairs(step=41))


@given(st.data())
def test_the_order_of_what_has_none_and_the_words_make_no_difference(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(PLACES) - 1))
    place, goal = PLACES[at], data.draw(st.sampled_from(goals(at)))
    plain = written(place, goal, THREE)
    members = tuple(data.draw(st.permutations(THREE)))
    style = random_style(dice(data.draw(st.integers(0, 1000))))
    language = data.draw(st.sampled_from(LANGUAGES))
    text = goal_wording.file(goal, world(place), members, language, style)
    head, rule = split(text)
    text = "\n".join([*head, *data.draw(st.permutations(rule)), "# words", ""])
    assert forms(text) == forms(plain), text


def split(text: str) -> tuple[list[str], list[str]]:
    """A file up to its last member or group, and the sentences of its rule."""
    lines = text.splitlines()
    last = max(at for at, each in enumerate(lines) if each.startswith(BEFORE))
    return lines[: last + 1], lines[last + 1 :]


BEFORE = (
    "indicator", "indikator", "group", "grupp", "weight", "vikt", "own points", "egna poäng",
)  # fmt: skip


def world(place: Place) -> goal_wording.World:
    """What is known of the members, without groups that are there for rules given alone."""
    return replace(place.world, groups={}) if place.alone else place.world


def written(place: Place, goal: Goal, names: Sequence[str]) -> str:
    """A rule file of a goal in a place."""
    return goal_wording.file(goal, world(place), names, "en", PLAIN)


# Two with the same one have the same verdict


@pytest.mark.parametrize("at", range(len(PLACES)))
def test_rules_with_the_same_one_come_to_the_same_on_every_case(at: int) -> None:
    place = PLACES[at]
    of_form: dict[str, list[Goal]] = {}
    for goal in goals(at):
        of_form.setdefault(forms(written(place, goal, THREE))["1"], []).append(goal)
    kinds = [[*place.world.levels(each), None, "not applicable"] for each in THREE]
    every = list(product(*kinds))
    every = every[:: max(1, len(every) // 100)]
    alike = [own for own in of_form.values() if len(own) > 1]
    assert alike
    for own in alike:
        answers = {tuple(answered(place, goal, every)) for goal in own}
        assert len(answers) == 1, own


def answered(
    place: Place, goal: Goal, every: Sequence[tuple[str | None, ...]]
) -> Iterator[tuple[str, str, str]]:
    """What a goal naively comes to on some outcomes."""
    naive = NaiveGoal(goal, place.world, THREE)
    for given_ones in every:
        came = naive.expected(given_ones)
        yield came.verdict, came.worst, came.best


def test_cases_of_the_suite_with_the_same_one_come_to_the_same() -> None:
    from test_conformance import runner

    of_form: dict[tuple[tuple[str, str], ...], list[made.Case]] = {}
    every = [each for each in runner.cases() if "judged" in each]
    for case in every:
        key = tuple(sorted(forms(made.text_of(case)).items()))
        of_form.setdefault(key, []).append(case)
    alike = [own for own in of_form.values() if len({tuple(e["rules"]) for e in own}) > 1]
    assert len(alike) > 100
    for one, *others in alike:
        for other in others:
            told = list(runner.differences({**one, "judged": other["judged"]}))
            assert not told, (other["id"], told)


# Another rule has another one


RICH = """goalrules 2 en
plan "P"
valid 2025
scale work: stopped < begun < done reads begun as yellow, done as green
assess indicators
  green when target reached
  yellow when efforts begun
  otherwise red
points green 2, yellow 1, red 0

goal 1 "T"
  indicator a "Title"
    unit %
    baseline 57
    target increase by at least 2 percentage points
  indicator b
    weight 2
    levels: green at least 90, yellow 70–90, otherwise red
    key "N1"
  indicator c on scale work
  indicator d
    = mean of e 70, f 30, missing left out, at least 1 remain
    rounded to 1 decimal
    target at least 80
  indicator e
    shown only
    possible values 0–100
  indicator f
    shown only
  indicator g
    total per year
    measured every quarter
    expected: March 25 %, June 50 %
    target at most 40
    small counts hidden below 10
  indicator h
    parts K at most 7, M at most 5
    target at least 1 parts reached
  indicator i
    target at least 5 over e
  group k a, b
  group r as reported
  missing: left out, at least 2 remain
  requires at least 3 of a, b, c, d assessed
  met from yellow
  green when at least 3 of a, b, c, d, g green including a, rest at least yellow
  yellow when at least 60 % of points of k and majority of r green
  otherwise red
  at most yellow when any of k red
  at least yellow when b green
  remark "Mind" when c red
  units together green when at least 60 % of units met
goal 2 "U"
  indicator j
  green when goal 1 met and j green
"""

OTHER = (
    ("2 percentage points", "3 percentage points"), ("at least 2 percentage", "at most 2 percentage"),
    ("baseline 57", "baseline 58"), ("weight 2", "weight 3"), ("green at least 90, y", "green over 90, y"),
    ("yellow 70–90", "yellow 71–90"), ('key "N1"', 'key "N2"'), ("c on scale work", "c"),
    ("begun as yellow, ", ""), ("stopped <", "idle < stopped <"), ("mean of e", "sum of e"),
    ("e 70, f 30", "e 60, f 40"), ("f 30, missing left out, at least 1 remain", "f 30"),
    ("at least 1 remain", "at least 2 remain"), ("to 1 decimal", "to 2 decimals"),
    ("target at least 80", "target over 80"), ("target at least 80", "target at least 80.5"),
    ("values 0–100", "values 0–90"), ("total per year", "average over the year"),
    ("every quarter", "every month"), ("March 25 %", "March 20 %"), ("below 10", "below 11"),
    ("K at most 7", "K at most 8"), ("least 1 parts", "least 2 parts"),
    ("5 over e", "6 over e"), ("5 over e", "5 over f"), ("group k a, b", "group k a, d"),
    ("at least 2 remain\n  req", "at least 3 remain\n  req"), ("missing: left out", "not applicable: left out"),
    ("left out, at least 2 remain\n  req", "counts as red\n  req"), ("requires at least 3", "requires at least 2"),
    ("met from yellow\n", ""), ("at least 3 of a, b, c, d, g", "at least 2 of a, b, c, d, g"),
    ("at least 3 of a, b, c, d, g", "at least 3 of a, b, c, d"), ("including a", "including b"),
    (", rest at least yellow", ""), ("60 % of points", "50 % of points"),
    ("majority of r", "half of r"), ("majority of r", "all of r"), ("rest at least yellow", "rest at least green"),
    ("at most yellow when any", "at most red when any"), ("any of k red", "any of k yellow"),
    ("when b green", "when b yellow"), ('"Mind"', '"Look"'), ("when c red", "when c at most begun"),
    ("60 % of units", "70 % of units"), ("points green 2", "points green 3"),
    ("efforts begun", "efforts planned"), ("when efforts begun", "when plan followed"),
    ("    shown only\n    possible", "    possible"), ("any of k red\n", "any of k red\n  at most yellow when any of r red\n"),
    ("met from yellow\n", "met from yellow\n  judged as a whole annual\n"),
    ("points green 2, yellow 1, red 0\n", "points green 2, yellow 1, red 0\nvalid for units Norr, Syd\n"),
    ("  green when at least 3", "  annual green when at least 3"), ("indicator i\n", "indicator l\n"),
)  # fmt: skip
"""Changes of a rule file that change what its first goal comes to."""

SAME = (
    ("indicator a", "indicator A"), ('"Title"', '"Another"'), ('goal 1 "T"', 'goal 1 "Other"'),
    ('plan "P"', 'plan "Q", "The board"'), ("57\n", '57 as of "January"\n'), ("target at least 80", "target ≥ 80.0"),
    ("e 70, f 30", "f 3, e 7"), ("group k a, b", "group k b, a"), ("of a, b, c, d, g", "of d, c, b, a, g"),
    ("at least 60 % of points", "60 percent of points"), ("majority of r", "more than half of r"),
    ("when any of k red", "if any of k is red"), ("met from yellow\n", "met from yellow # so\n"),
    ("including a,", "including A,"), ("every quarter", "in March, June, September and December"),
    ("yellow 70–90", "yellow between 70 and 90"), ("green at least 90, yellow 70–90", "yellow 70–90, green at least 90"),
    ("K at most 7, M at most 5", "M at most 5, K at most 7"), ("    unit %\n", '    source "S"\n    unit percent\n'),
    ("requires at least 3", "requires 3"), ("  otherwise red\n  at most", '  otherwise red\n    interpretation "So."\n  at most'),
    ("indicator f\n", "indicator f, z\n"), ("any of k red\n", "any of k red\n  at most yellow when any of k red\n"),
    ("  remark", "\n  remark"), ("points green 2, yellow 1, red 0", "points red 0, green 2, yellow 1"),
    ('goal 2 "U"\n  indicator j\n', 'goal 2 "U"\n  indicator j, m\n'),
)  # fmt: skip
"""Changes that change nothing of it."""


@pytest.mark.parametrize(("old", "new"), OTHER, ids=[f"{o} → {n}" for o, n in OTHER])
def test_another_rule_has_another_one(old: str, new: str) -> None:
    assert changed(RICH, old, new)["1"] != forms(RICH)["1"]


@pytest.mark.parametrize(("old", "new"), SAME, ids=[f"{o} → {n}" for o, n in SAME])
def test_what_changes_no_verdict_keeps_it(old: str, new: str) -> None:
    assert changed(RICH, old, new)["1"] == forms(RICH)["1"]


def test_conditions_of_two_levels_do_not_change_places() -> None:
    text = (
        'goalrules 1 en\ngoal 1 "T"\n  indicator a, b\n  green when a green\n  yellow when b green\n'
        "  otherwise red\n"
    )
    other = text.replace("when a", "when x").replace("when b", "when a").replace("when x", "when b")
    assert forms(text) != forms(other)


def test_how_much_of_a_target_is_enough_is_in_it() -> None:
    text = (
        "goalrules 1 en\nassess indicators\n  green when target reached\n"
        '  yellow when at least 80 % of target\ngoal 1 "T"\n  indicator a\n    target at least 10\n'
        "  green when a green\n"
    )
    assert changed(text, "80 %", "70 %") != forms(text) == changed(text, "80 %", "80.0 %")


def changed(text: str, old: str, new: str) -> Mapping[str, str]:
    """The normal forms where something is written otherwise."""
    assert old in text
    return forms(text.replace(old, new))


def test_a_goal_that_rests_on_another_changes_with_it() -> None:
    before, after = forms(RICH), changed(RICH, "at least 80", "at least 81")
    assert before["2"] != after["2"]
    of_first = json.loads(before["2"])["goal"]["goals"]["1"]
    assert of_first == goalrules.loads(RICH).digest("1")


def test_the_digest_is_of_the_text() -> None:
    rules = goalrules.loads(RICH)
    assert rules.digest("1") == sha256(rules.normal_form("1").encode()).hexdigest()
    with pytest.raises(goalrules.QuestionError):
        rules.digest("3")
