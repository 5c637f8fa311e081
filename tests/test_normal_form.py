"""The normal form of a goal: the same for all ways of writing a rule, another for another rule."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import product

import make_conformance as made
import pytest
from attrs import fields
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
from oracle.world import World
from oracle.worlds import NAMES, PLACES, Place
from test_conformance import IN_EVERY, differences, judged

import goalrules
from goalrules.assess.goal_rule import GoalRule
from goalrules.assess.indicator_case import IndicatorRule
from goalrules.core.nodes import AtLeast, Cap, LevelRule, Part, Reaches
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.language.statements import KINDS
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


@first_of(12)
def test_reformatting_and_translating_keep_it(part: int) -> None:
    for text in worded()[part::12]:
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


def world(place: Place) -> World:
    """What is known of the members, without groups that are there for rules given alone."""
    return replace(place.world, groups={}) if place.alone else place.world


def written(place: Place, goal: Goal, names: Sequence[str]) -> str:
    """A rule file of a goal in a place."""
    return goal_wording.file(goal, world(place), names, "en", PLAIN)


# Two with the same one have the same verdict


@first_of(len(PLACES))
def test_rules_with_the_same_one_come_to_the_same_on_every_case(part: int) -> None:
    place = PLACES[part]
    of_form: dict[str, list[Goal]] = {}
    for goal in goals(part):
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


@first_of(len(IN_EVERY))
def test_cases_of_the_suite_with_the_same_one_come_to_the_same(part: int) -> None:
    of_form: dict[tuple[tuple[str, str], ...], list[made.Case]] = {}
    for case in judged(*IN_EVERY[part]):
        key = tuple(sorted(forms(made.text_of(case)).items()))
        of_form.setdefault(key, []).append(case)
    alike = [own for own in of_form.values() if len({tuple(e["rules"]) for e in own}) > 1]
    assert len(alike) > 20
    for one, *others in alike:
        for other in others:
            told = list(differences({**one, "judged": other["judged"]}))
            assert not told, (other["id"], told)


# What is in it, beside the pairs of the suite


def of(*rule: str, version: int = 1, members: str = "a, b, c", before: str = "") -> str:
    """The normal form of goal 1, which has some members and a rule."""
    lines = [f"goalrules {version} en", *filter(None, [before]), 'goal 1 "T"']
    return forms("\n".join([*lines, f"  indicator {members}", *rule, ""]))["1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("green when any green", "green when at least 1 green"),
        ("green when no red", "green when all at least yellow"),
        ("green when all of a, b green", "green when all of b, a green"),
        (
            "green when a green and (b green and c green)",
            "green when c green and b green and a green",
        ),
        ("at least yellow unless a red", "at least yellow when a at least yellow"),
    ],
)
def test_other_forms_of_the_same_have_one(one: str, other: str) -> None:
    rest = [] if one.startswith("green") else ["green when a green", "otherwise red"]
    assert of(one, *rest) == of(other, *rest)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("green when all of a, b green", "green when at least 2 of a, b green"),
        ("green when majority green", "green when half green"),
        ("green when a green and b green", "green when all of a, b green"),
        ("green when a green or b green", "green when any of a, b green"),
        ("green when all green", "green when a green"),
    ],
)
def test_what_differs_where_somebody_does_not_apply_has_two(one: str, other: str) -> None:
    assert of(one) != of(other)


@pytest.mark.parametrize("count", ["majority", "at least 100 %", "half"])
def test_counts_of_a_group_as_reported_differ_where_nobody_is(count: str) -> None:
    group, rule = "  group g as reported", "  green when {} of a, g green"
    assert of(group, rule.format(count)) != of(group, rule.format("all"))


def test_weights_and_points_of_the_same_proportion_have_one() -> None:
    rule = "  green when at least 50 % of weight green"
    twice = [of(f"    weight {each}", rule, members="a") for each in (1, 2)]
    assert twice[0] == twice[1]
    mean = "  indicator d\n    = mean of a {}, b {}\n    target at least 1\n  green when d green"
    assert of(mean.format(70, 30)) == of(mean.format(7, 3)) != of(mean.format(3, 7))


def test_only_a_change_is_measured_from_a_baseline() -> None:
    more = "    baseline {}\n    target {}\n  green when a green"
    bound, change = (
        [of(more.format(start, aim), members="a") for start in (1, 2)]
        for aim in ("at least 5", "increase")
    )
    assert bound[0] == bound[1]
    assert change[0] != change[1]
    sides = [f"    {side} is better\n" + more.format(1, "maintain") for side in ("higher", "lower")]
    assert of(sides[0], members="a") != of(sides[1], members="a")


def test_a_member_that_no_rule_asks_for_is_not_in_it_unless_it_calls_others() -> None:
    target, rule = "    target at least {}", "  green when a green"
    of_asked = [of(target.format(each), rule, members="a") for each in (1, 2)]
    of_other = [of("  indicator b", target.format(each), rule, members="a") for each in (1, 2)]
    assert of_asked[0] != of_asked[1]
    assert of_other[0] == of_other[1] == of(rule, members="a")
    calls = ("  group r a", "  missing: replaced by r", rule)
    assert of(*calls, members="a, c") != of("  indicator b", *calls, members="a, c")


def changed(text: str, old: str, new: str) -> dict[str, str]:
    """The normal forms where something is written otherwise."""
    assert old in text
    return forms(text.replace(old, new))


def test_a_goal_of_several_years_is_each_of_them() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\nvalid 2024–2026\ngoal 1 "T"\n  indicator a\n    target at least 1\n'
        "      valid 2024\n    target at least 2\n      valid 2025–2026\n  green when a green\n"
        'goal 2 "U"\n  valid 2025–2026\n  indicator b\n  green when b green\n'
        'goal 3 "V"\n  indicator c\n    target at least 1\n  green when c green\n'
        'goal 4 "X"\n  indicator d\n    target 2025 at least 2\n  green when d green\n'
    )
    first, second = (json.loads(rules.normal_form(each))["years"] for each in "12")
    assert [each.get("from") for each in first] == [None, 2025]
    assert [each["goal"] is None for each in second] == [True, False]
    assert "years" not in json.loads(rules.normal_form("3"))
    aims = json.loads(rules.normal_form("4"))["years"]
    assert [each["goal"]["indicators"]["d"]["target"] for each in aims] == [
        None, {"number": "2", "side": "at least"}, None,
    ]  # fmt: skip
    in_one = json.loads(rules.in_year(2025).normal_form("1"))
    assert in_one["goal"] == first[1]["goal"]
    assert "years" not in json.loads(rules.in_year(2025).normal_form("2"))


def test_an_indicator_of_another_goal_is_there_with_what_it_comes_of() -> None:
    text = (
        'goalrules 1 en\ngoal 1 "T"\n  indicator a\n    = sum of c, d\n    target at least 5\n'
        "  indicator c, d\n    shown only\n  green when a green\n"
        'goal 2 "U"\n  indicator a as in goal 1\n  indicator b\n  green when all green\n'
    )
    found = json.loads(forms(text)["2"])["goal"]["indicators"]["a"]
    of_other = json.loads(changed(text, "all green", "b green")["2"])["goal"]["indicators"]
    assert list(of_other) == ["b"]
    assert (found["of"], sorted(found["indicators"])) == ("1", ["a", "c", "d"])


def test_a_goal_that_is_only_followed_up_has_no_rule() -> None:
    text = 'goalrules 1 en\ngoal 1 "T"\n  only followed up\n  indicator a\n'
    assert "rule" not in json.loads(forms(text)["1"])["goal"]["rules"]["always"]


def test_a_goal_that_rests_on_another_has_its_digest() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\ngoal 1 "T"\n  indicator a\n  green when a green\n'
        'goal 2 "U"\n  same as goal 1\n'
    )
    assert json.loads(rules.normal_form("2"))["goal"]["goals"] == {"1": rules.digest("1")}
    assert rules.digest("1") == sha256(rules.normal_form("1").encode()).hexdigest()
    with pytest.raises(goalrules.QuestionError):
        rules.digest("3")


# Nothing that a verdict follows from is forgotten

NO_VERDICT = {
    "PlanHead", "Adopted", "Document", "Area", "Focus", "DataSource", "Validity", "Indicator",
    "AssessIndicators", "VerdictWords", "Called", "GoalsCalled", "ContributionsCalled",
}  # fmt: skip
"""What is said that no verdict follows from; or that leads to what does."""

RESOLVED = {
    "ScaleHead", "Points", "NamedBands", "RuleAs", "Group", "MetFrom", "FollowedUp", "GoalHead",
    "Shared", "Stating", "Units", "Together", "Overall", "Policy", "Requires", "RequiresFor",
    "Remark", "When", "Otherwise", "SameAs", "Extreme", "Limit", "Shift",
}  # fmt: skip
"""What is in the core, the scales, and the classes of period."""


def test_every_kind_of_statement_is_in_it_or_is_known_not_to_be() -> None:
    of_indicators = {each.__name__ for each in KINDS if each.placement.diff}
    assert NO_VERDICT | RESOLVED | of_indicators == {each.__name__ for each in KINDS}
    assert not of_indicators & NO_VERDICT


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (AtLeast, "need share parts strict if_empty min_applying undefined_if per"),
        (Reaches, "member level"),
        (Part, "node weight size"),
        (Cap, "level node"),
        (LevelRule, "scale met floor reach caps"),
        (GoalRule, "level_rule names policies requires quorums of_levels remaining remarks"),
        (IndicatorRule, "level_rule unstated target"),
    ],
)
def test_every_field_of_a_rule_is_known(kind: type, wanted: str) -> None:
    assert [each.name for each in fields(kind) if each.eq] == wanted.split()
