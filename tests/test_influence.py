"""Influence: counted over every possible outcome, as Python and the command give it."""

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from commands import run
from drawn_outcomes import rules_path
from schemas import validator_of

import goalrules
from goalrules.answers.influence_result import GoalInfluence, InfluenceReport
from goalrules.document import schema_of

LEVELS = ("red", "yellow", "green")
PLAN = str(rules_path(2025))
Capsys = pytest.CaptureFixture[str]
HEAD = 'goalrules 1 en\ngoal 1 "G"\n  indicator a\n  indicator b\n    weight 3\n  indicator c\n'


def counted(rules: goalrules.RuleSet, names: str) -> GoalInfluence:
    """The influence in the first goal, with every case tried by the evaluator."""
    cases = {
        levels: rules.assess(dict(zip(names, levels, strict=True)), "2025")["1"].verdict == "met"
        for levels in product(LEVELS, repeat=len(names))
    }
    [goal] = rules.influence().goals
    assert goal.cases == len(cases)
    assert goal.met == sum(cases.values())
    for at, member in enumerate(goal.members):
        others = [levels for levels in cases if levels[at] == "red"]
        best = [(*levels[:at], "green", *levels[at + 1 :]) for levels in others]
        assert member.others == len(others)
        assert member.deciding == sum(
            cases[high] and not cases[low] for low, high in zip(others, best, strict=True)
        )
        needed = min((LEVELS.index(levels[at]) for levels, met in cases.items() if met), default=0)
        assert member.needed == (LEVELS[needed] if needed else "")
    return goal


@pytest.mark.parametrize(
    "rule",
    [
        "green when at least 2 of 3 green including a, rest at least yellow",
        "green when at least 60 % of weight green",
        "green when a green or (b green and c at least yellow)",
        "green when any green\n  otherwise red\n  at most yellow when any red",
        "points green 2, yellow 1, red 0\n  green when sum of points at least 4",
        "green when all green\n  yellow when 2 green\n  met from yellow",
    ],
)
def test_every_case_is_counted(rule: str) -> None:
    assert counted(goalrules.loads(f"{HEAD}  {rule}\n"), "abc").members


def test_a_member_that_must_be_included_stands_out() -> None:
    [goal] = goalrules.load(PLAN).influence(["5"]).goals
    shares = {each.name: each.share for each in goal.members}
    assert max(shares, key=shares.__getitem__) == "budgetföljsamhet"
    assert shares["budgetföljsamhet"] == Fraction(33, 81)
    assert [each.needed for each in goal.members] == ["green", "", "", "", ""]


def test_a_rule_by_class_of_period_is_counted_for_each() -> None:
    goals = goalrules.load(rules_path(2024)).influence(["5"]).goals
    assert [(goal.period, goal.cases, goal.met) for goal in goals] == [
        ("monthly", 9, 3), ("annual", 9, 2),
    ]  # fmt: skip


def test_the_command_gives_the_same_as_python(capsys: Capsys) -> None:
    found = goalrules.load(PLAN).influence(["5", "KF1"])
    chosen = ["influence", PLAN, "--goal", "5", "--goal", "KF1"]
    assert run(capsys, *chosen, "--lang", "en").out == found.text("en")
    assert run(capsys, *chosen).out == found.text()
    written = json.loads(run(capsys, *chosen, "--format", "json").out)
    assert written == json.loads(json.dumps(found.to_dict()))


def test_json_is_as_its_schema_says(capsys: Capsys) -> None:
    schema = json.loads(run(capsys, "schema", "influence").out)
    assert schema == schema_of(InfluenceReport)
    written = json.loads(run(capsys, "influence", PLAN, "--format", "json").out)
    validator_of(InfluenceReport).validate(written)


def test_faults_are_told_with_exit_code_1(capsys: Capsys) -> None:
    ended = run(capsys, "influence", PLAN, "--goal", "55")
    assert (ended.code, ended.out) == (1, "")
    assert "unknown-goal" in ended.err
    assert run(capsys, "influence", "none.goals").code == 1


def test_what_is_not_counted_is_said_and_told_by_the_exit_code(
    capsys: Capsys, tmp_path: Path
) -> None:
    weights = "".join(f"  indicator m{n}\n    weight {n * 7919 % 9973}\n" for n in range(1, 41))
    path = tmp_path / "many.goals"
    many = f'goal 2 "M"\n{weights}  green when at least half of weight green\n'
    path.write_text(f"{HEAD}  green when all green\n{many}", encoding="utf-8")
    ended = run(capsys, "influence", str(path))
    assert ended.code == 1
    assert "Goal 1: met in 1 of 27 possible outcomes" in ended.out
    assert "Goal 2: more possible outcomes than are counted (20\u00a0000 steps)" in ended.out
