"""The command `gap`: its options, its faults, and its JSON as the schema says it."""

import json
from functools import cache
from pathlib import Path

import pytest
from cases import dear
from commands import refused, run
from drawn_outcomes import YEARS, example, outcomes, outcomes_path, rule_set, rules_path
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from schemas import validator_of

from goalrules.answers.result import GapReport
from goalrules.document import schema_of

RULES, OUTCOMES = rules_path(2025), outcomes_path(2025)
GAP = ("gap", RULES, OUTCOMES)


@cache
def validator() -> Draft202012Validator:
    """What the JSON is held against."""
    return validator_of(GapReport)


# The command


def test_the_answers_are_printed_in_the_language_of_the_rules(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ended = run(capsys, *GAP)
    assert (ended.code, ended.err) == (0, "")
    answers = example(2025).gap()
    assert ended.out.startswith(answers.text("sv"))
    assert "bedömningen är en indikation" in ended.out.removeprefix(answers.text("sv"))
    assert run(capsys, *GAP, "--lang", "en").out.startswith(answers.text("en"))


def test_every_option_is_heeded(capsys: pytest.CaptureFixture[str]) -> None:
    options = (
        "--goal", "KF2", "--to", "minst", "--locked", "sip", "--cost", "2/sip=2,5", "--depth", "2",
        "--format", "json", "--period", "2025",
    )  # fmt: skip
    wrong = run(capsys, *GAP, *options)
    assert [each["code"] for each in json.loads(wrong.err)["diagnostics"]] == ["unknown-level"]
    ended = run(capsys, *GAP, *("met" if each == "minst" else each for each in options))
    found = json.loads(ended.out)
    asked = {"level": "met", "locked": ["sip"], "costs": {"2/sip": "2.5"}, "depth": 2}
    assert {key: found[key] for key in asked} == asked
    assert [each["goal"] for each in found["goals"]] == ["KF2"]
    assert found["goals"][0]["reach"]["depth"] == 2


def test_the_answers_are_written_to_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "gap.txt"
    assert run(capsys, *GAP, "-o", path).out == ""
    assert path.read_text(encoding="utf-8").startswith(example(2025).gap().text())


def test_nothing_is_asked_of_what_is_waived(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "beslut.csv"
    head = "mål;indikator;period;bedömning;beslutat av;datum;skäl\n"
    why = "2025;undantas;Nämnden;2025-09-16;mätningen görs om\n"
    file.write_text(f"{head}2;sip;{why}1.1;;{why}", encoding="utf-8")
    options = ("--judgements", file, "--format", "json")
    asked = [
        json.loads(run(capsys, *given).out)
        for given in ((*GAP, "--format", "json"), (*GAP, *options))
    ]
    before, after = ({each["goal"]: each for each in found["goals"]} for found in asked)
    assert '"sip"' in json.dumps(before["2"]["reach"])
    assert '"sip"' not in json.dumps(after["2"]["reach"])
    assert asked[0]["outcomes"]["1.1"]["verdict"] == "met"
    assert "verdict" not in asked[1]["outcomes"]["1.1"]
    assert not {"reach", "margin"} & set(after["1.1"])
    wrong = run(capsys, *GAP, "--judgements", file, "-o", file)
    assert wrong.code == 2
    assert "would be overwritten" in wrong.err


@pytest.mark.parametrize(
    ("options", "code", "place"),
    [
        (("--locked", "avtalstroget"), "no-such-member", "member"),
        (("--cost", "nothing=1"), "no-such-member", "member"),
        (("--cost", "sip=much"), "bad-cost", "--cost"),
        (("--cost", "sip=-1"), "bad-cost", "cost"),
        (("--to", "blå"), "unknown-level", "level"),
        (("--goal", "99"), "unknown-goal", "goal"),
        (("--period", "soon"), "unknown-period", "period"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], code: str, place: str
) -> None:
    refused(run(capsys, *GAP, *options), code, place)


@pytest.mark.parametrize(
    "options",
    [("--depth", "0"), ("--depth", "two"), ("--depth", "²"), ("--cost", "sip"), ("--cost", "=1")],
)
def test_wrong_usage_is_told(capsys: pytest.CaptureFixture[str], options: tuple[str, ...]) -> None:
    ended = run(capsys, *GAP, *options)
    assert (ended.code, ended.out) == (2, "")


def test_a_goal_beyond_the_budget_hides_no_other(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rules, table = tmp_path / "rules.goals", tmp_path / "outcomes.csv"
    members = " ".join(f"indicator m{n} weight {1009 + 487 * n}" for n in range(30))
    rules.write_text(
        f'goalrules 1 en\nvalid 2025\n\ngoal 1 "A" {members} green when half of weight green\n'
        'goal 2 "B" indicator z green when z green\n',
        encoding="utf-8",
    )
    table.write_text("indicator,level\nz,red\n", encoding="utf-8")
    ended = run(capsys, "gap", rules, table)
    assert ended.code == 1
    assert ended.faults == ["over-budget"]
    assert ended.err.startswith(f"{rules}:4:1: ")
    assert "For green it is enough that z (red) becomes green." in ended.out
    assert "takes more than 20\u00a0000 steps" in ended.out
    found = json.loads(run(capsys, "gap", rules, table, "--format", "json").out)
    assert [each.get("limit") for each in found["goals"]] == [20_000, None]
    validator().validate(found)


# The schema


def test_the_command_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    ended = run(capsys, "schema", "gap")
    assert json.loads(ended.out) == schema_of(GapReport)
    name = GapReport.__document__
    assert schema_of(GapReport)["$id"] == name == example(2025).gap().to_dict()["schema"]


@pytest.mark.parametrize("year", YEARS)
@given(data=st.data())
@dear(7)
def test_all_answers_about_the_plans_are_as_the_schema_says(year: int, data: st.DataObject) -> None:
    found = rule_set(year).assess(data.draw(outcomes(year)))
    depth, level = data.draw(st.integers(1, 3)), data.draw(st.sampled_from(["", "yellow", "green"]))
    gap = found.gap(level, ["sip"], depth=depth)
    validator().validate(gap.to_dict())
    assert gap.text("sv") != gap.text("en")
