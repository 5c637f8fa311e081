"""What a programmer meets: names that are listed, types that are precise, reprs that are short."""

import pydoc
import subprocess
import sys
import typing
from collections.abc import Callable
from pathlib import Path

import pytest
from imports import ROOT

import goalrules
from goalrules import types

RULES = goalrules.load(ROOT / "rulesets" / "socialnamnden-2025.goals")
RESULT = RULES.assess({"avtalstrohet": 83.1, "budgetföljsamhet": -3})

PUBLISHED = tuple((ROOT / "rulesets").rglob("*.goals"))

# Names


def test_the_package_lists_its_names() -> None:
    assert set(goalrules.__all__) <= set(dir(goalrules))
    assert "__version__" in dir(goalrules)
    help_ = pydoc.plain(pydoc.render_doc(goalrules))
    for name in ("class RuleSet", "class Assessment", "class QuestionError", "load(file"):
        assert name in help_
    assert sorted(goalrules.__all__) == goalrules.__all__


def test_every_public_class_says_what_it_is() -> None:
    for name in goalrules.__all__:
        assert getattr(goalrules, name).__doc__, name


def test_the_types_are_exported() -> None:
    assert typing.get_args(types.Verdict) == ("met", "not met", "open")
    assert typing.get_args(types.Language) == ("sv", "en")
    assert types.__all__ == sorted(types.__all__)
    assert all(hasattr(types, name) for name in types.__all__)
    rows = goalrules.read_outcomes(ROOT / "examples" / "utfall-2025.csv")
    assert all(isinstance(each, types.Row) for each in rows)
    assert isinstance(RESULT["5"].trace.members[0], types.Member)
    assert isinstance(RESULT["5"].trace.steps[0], types.Step)


TYPED = """
import goalrules
from goalrules.types import Language, Row, Verdict

rules = goalrules.load(b"", name="a", language="sv")
result = rules.assess({})
verdict: Verdict | None = result["5"].verdict
language: Language = rules.language
rows: tuple[Row, ...] = goalrules.read_outcomes(b"")
rules.goals["5"].indicators[0].target("en").upper()
try:
    result.only(["x"])
except goalrules.QuestionError as error:
    error.diagnostics[0].message("en").upper()
"""
MISTAKES = """
goalrules.lod(b"")
goalrules.Ruleset
rules.assess({}).tabel()
goalrules.load(b"", language="de")
goalrules.loads(b"")
result["5"].verdict == "mett"
"""


def test_a_type_checker_finds_what_is_misspelt(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(TYPED + MISTAKES)
    done = subprocess.run(  # noqa: S603 - the code is this file's
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path / "cache", program],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    wrong = [line for line in done.stdout.splitlines() if ": error:" in line]
    first = len(TYPED.splitlines()) + 2
    lines = [int(line.rpartition("program.py:")[2].partition(":")[0]) for line in wrong]
    assert lines == [*range(first, first + len(MISTAKES.splitlines()) - 1)], done.stdout


# How things show themselves

MARCH = {"indicator": "5/avtalstrohet", "value": 83, "period": "2025-03"}

SHOWN: dict[str, tuple[Callable[[], object], str]] = {
    "a rule set": (lambda: RULES.in_year(2025), "2025, 12 goals)"),
    "a rule": (lambda: goalrules.rule("2 av 3 gröna", "abc"), "Rule('2 av 3 gröna', 3 members)"),
    "a long rule": (
        lambda: goalrules.rule(" och ".join(["a grön"] * 99), "a"), "[...]', 1 members)",
    ),
    "a result": (lambda: RESULT["5"], "GoalResult('5', 'not met', 'red' to 'yellow')"),
    "an assessment": (lambda: RESULT, "2025: 9 open, 2 not met, 1 no verdict)"),
    "a year": (
        lambda: RULES.assess_year([MARCH]),
        "2025, outcomes to month 3, 12 goals)",
    ),
    "bound outcomes": (lambda: RULES.bind({}, 2025), "year=2025)"),
    "influence": (lambda: RULES.influence(["5"]), "1 goals)"),
    "a check": (lambda: RULES.check(["5"]), "0 findings)"),
    "a comparison": (lambda: goalrules.diff(RULES, RULES), "Comparison("),
    "a gap": (RESULT.only(["5"]).gap, "Gap(2025, 1 goals)"),
    "what is missing": (lambda: RESULT["5"].to_reach("green"), "ToReach('5', 'ways')"),
    "a margin": (RESULT["5"].margin, "Margin('5', 'lowest')"),
    "what to find out": (RESULT["5"].to_collect, "ToCollect('5', 'there')"),
    "a goal": (lambda: RULES.goals["KF1"], "rests_on=('1.1', '1.2'))"),
    "an indicator": (lambda: RULES.goals["5"].indicators[1], "Indicator(name='avtalstrohet'"),
    "an error": (lambda: refused({"x": 1}), "OutcomeError('unknown-indicator')"),
    "an error of much": (lambda: refused(dict.fromkeys("bcdefgh", 1)), "'unknown-indicator', …)"),
    "a diagnostic": (
        lambda: refused({"x" * 1000: 1}).diagnostics[0],
        "Diagnostic('unknown-indicator', 'outcomes', 1:1)",
    ),
    "a finding": (
        lambda: goalrules.loads(
            'goalrules 1 en\ngoal 1 "G" indicator a, b green when a green and (a green or b green)'
        ).check().findings[0],
        "', 'rules', line 2, '1')",
    ),
}  # fmt: skip


def refused(outcomes: dict[str, object]) -> goalrules.GoalrulesError:
    """The error that some outcomes end in."""
    with pytest.raises(goalrules.GoalrulesError) as caught:
        RULES.assess(outcomes)
    return caught.value


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_public_shows_itself_in_short(name: str) -> None:
    make, part = SHOWN[name]
    shown = repr(make())
    assert part in shown
    assert len(shown) < 300
    assert "\n" not in shown


# Every answer has the same vocabulary

ANSWERS: dict[str, Callable[[], goalrules.Answer[object]]] = {
    "a result": lambda: RESULT["5"],
    "an assessment": lambda: RESULT,
    "a year": lambda: RULES.assess_year([MARCH]),
    "a gap": RESULT.only(["5"]).gap,
    "what is missing": lambda: RESULT["5"].to_reach("green"),
    "a margin": RESULT["5"].margin,
    "what to find out": RESULT["5"].to_collect,
    "influence": lambda: RULES.influence(["5"]),
    "a check": lambda: RULES.check(["5"]),
    "a comparison": lambda: goalrules.diff(RULES, RULES),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_says_itself_in_the_same_words(name: str) -> None:
    answer = ANSWERS[name]()
    assert isinstance(answer, goalrules.Answer)
    assert answer.language == "sv"
    assert answer.text() == answer.text("sv") != answer.text("en")
    assert answer.trace == ANSWERS[name]().trace
    assert answer.to_dict()
    assert not {"result", "found", "report", "explain", "tree"} & {*dir(answer)}


# The graph of goals


def test_a_goal_says_what_it_rests_on() -> None:
    assert RULES.goals["KF1"].rests_on == ("1.1", "1.2")
    assert RULES.goals["5"].rests_on == ()
    for goal in RULES.goals.values():
        assert set(goal.rests_on) <= RULES.goals.keys()
        assert goal.members == tuple(each.name for each in goal.indicators)


def test_the_rule_of_a_goal_is_text_in_either_language() -> None:
    goal = RULES.goals["5"]
    assert goal.rule() == goal.rule("sv") == "grön om minst 3 av 5 gröna varav budgetföljsamhet"
    assert goal.rule("en") == "green when at least 3 of 5 green including budgetföljsamhet"
    assert RULES.goals["KF1"].rule("en") == "green when all of goals 1.1, 1.2 met"
    unknown: typing.Any = "de"
    with pytest.raises(ValueError, match="no language 'de'"):
        goal.rule(unknown)


def test_an_indicator_says_its_unit_and_its_target_in_words() -> None:
    first, second, *_ = RULES.in_year(2025).goals["5"].indicators
    assert (second.title, second.unit, second.goal) == ("Avtalstrohet (%)", "%", "")
    assert first.target() == "2025 inom ±0,5; 2026 inom ±0,5; 2027 inom ±0,5"
    assert first.target("en") == "2025 within ±0.5; 2026 within ±0.5; 2027 within ±0.5"
    assert 'source "ERP"' in first.rule("en").splitlines()
    rules = goalrules.loads(
        'goalrules 1 en\nscale low < high goal 1 "G" indicator a levels high ≥ 3, otherwise low'
        ' high when a high goal 2 "H" indicator a as in goal 1 high when a high'
    )
    (own,), (shared,) = (goal.indicators for goal in rules.goals.values())
    assert (own.target(), own.unit, own.goal, shared.goal) == ("", "", "", "1")
    assert own.rule("sv") == "nivåer: high minst 3, annars low"
    assert rules.goals["1"].rule("sv") == "high om a high"


@pytest.mark.parametrize("name", sorted(each.stem for each in PUBLISHED))
def test_every_goal_has_a_rule_in_both_languages(name: str) -> None:
    (path,) = (each for each in PUBLISHED if each.stem == name)
    for goal in goalrules.load(path).goals.values():
        for language in typing.get_args(types.Language):
            said = goal.rule(language)
            assert said or goal.kind == "contribution", goal
            assert all(said.splitlines())
