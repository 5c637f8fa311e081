"""The short form of an assessment: a line for each goal, or a document of a few keys for each."""

import json
from pathlib import Path

import pytest
from commands import OUTCOMES, RULES, Ended, assess, run
from drawn_outcomes import example
from jsonschema_rs import Draft202012Validator

import goalrules
from goalrules.document import from_json, schema_of, to_json
from goalrules.report.summary import Summary, render_summary
from goalrules.text.languages import LANGUAGES

Capsys = pytest.CaptureFixture[str]


def test_a_line_of_the_founding_plan(capsys: Capsys) -> None:
    ended = assess(capsys, "--summary")
    lines = [each.split("\t") for each in ended.out.splitlines()]
    assert (ended.code, ended.err) == (0, "")
    by_id = {each[0]: each[1:] for each in lines}
    assert list(by_id) == list(example(2024))
    title = "Rätt insats till rätt person i rätt tid"
    deciding = "omvandlingsgrad, e-ansökningar"
    assert by_id["9"] == [title, "✗ inte uppfyllt (indikation)", "röd eller gul", deciding]
    assert by_id["4"][1:] == [
        "? kan inte avgöras ännu",
        "röd, gul eller grön",
        "vuxna-i-kriminalitet",
    ]
    assert by_id["KF9"][-1] == "nämndmål 9"  # of a decided verdict the smallest reason
    assert by_id["KF1"][-1] == "nämndmål 1"  # of an open one those that can still decide
    assert by_id["KF10"][1:] == ["– följs bara upp"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_says_what_the_table_does(language: str, capsys: Capsys) -> None:
    ended = assess(capsys, "--summary", "--lang", language, "--goal", "5", "--goal", "9")
    table = assess(capsys, "--lang", language, "--goal", "5", "--goal", "9").out
    for line in ended.out.splitlines():
        _, _, verdict, level, _ = line.split("\t")
        assert verdict in table
        assert level in table


def test_a_title_is_one_line_of_plain_text() -> None:
    text = 'goalrules 1 en\nvalid 2025\ngoal 1 "A\tb  c\x1b"\n  indicator a\n  green when a green\n'
    with pytest.raises(goalrules.RuleError):  # what cannot be seen is no part of a title
        goalrules.loads(text)
    found = goalrules.loads(text.replace("\x1b", "")).assess({"a": "green"})
    assert render_summary(found.trace, "en").split("\t")[:2] == ["1", "A b c"]


def test_what_was_decided_stands_last(capsys: Capsys, tmp_path: Path) -> None:
    judged = tmp_path / "beslut.csv"
    judged.write_text(
        "mål;bedömning;period;beslutat av;datum;skäl\n5;ej uppfyllt;2024;Nämnden;2025-02-17;x\n",
        encoding="utf-8",
    )
    given = ("--judgements", judged, "--goal", "5", "--goal", "9", "--summary")
    five, nine = assess(capsys, *given).out.splitlines()
    assert five.split("\t")[5:] == ["✗ inte uppfyllt, avviker"]
    assert len(nine.split("\t")) == 5
    document = json.loads(assess(capsys, *given, "--format", "json").out)
    assert [each["decided"] for each in document["goals"]] == ["not met", None]


def test_a_summary_as_json(capsys: Capsys) -> None:
    ended = assess(capsys, "--summary", "--format", "json")
    document = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    Draft202012Validator(schema_of(Summary)).validate(document)
    assert to_json(from_json(Summary, document)) == document
    whole = json.loads(assess(capsys, "--format", "json").out)
    for short, goal in zip(document["goals"], whole["goals"], strict=True):
        for key in set(short) - {"status", "decides", "decided"}:
            assert goal.get(key) == short[key]
        why = [each["member"] for each in goal.get("why", ())]
        is_open = goal.get("verdict") == "open"
        assert short["decides"] == (goal.get("deciding", []) if is_open else why)
    assert len(ended.out) < 12_000


def test_a_summary_says_why_a_goal_has_no_verdict() -> None:
    rules = goalrules.loads(
        "goalrules 1 en\nvalid 2025\n"
        'goal 1 "A" indicator a green when a green\n'
        'goal 2 "B" indicator b green when b green\n'
        'goal 3 "C" only followed up\n'
        'goal 4 "D" indicator d annually green when d green\n'
    )
    waived = {
        "goal": "2", "judgement": "waived", "period": "2025-03", "by": "B", "date": "2025-04-15",
        "reason": "r",
    }  # fmt: skip
    found = rules.assess({"a": "green", "b": "green"}, "2025-03", [waived])
    goals = found.to_dict("summary")["goals"]
    assert [(each["status"], each["verdict"]) for each in goals] == [
        ("judged", "met"), ("waived", None), ("followed up", None), ("not judged", None),
    ]  # fmt: skip
    assert from_json(Summary, found.to_dict("summary")).goals[1].status == "waived"


def test_the_schema_of_a_summary_is_printed(capsys: Capsys) -> None:
    ended = run(capsys, "schema", "summary")
    assert (ended.code, json.loads(ended.out)) == (0, schema_of(Summary))


def test_a_summary_is_written_to_a_file(capsys: Capsys, tmp_path: Path) -> None:
    path = tmp_path / "kort.tsv"
    ended = run(capsys, "assess", RULES, OUTCOMES, "--summary", "-o", path)
    assert ended == Ended(0, "", "")
    assert path.read_text(encoding="utf-8") == assess(capsys, "--summary").out
