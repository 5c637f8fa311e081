"""`goalrules batch`: a line of JSON in and a line out for each case; one fault hides no other."""

import io
import json
import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from commands import Ended, run
from drawn_outcomes import example, outcomes_path, rules_path
from test_assess_many import RULES

import goalrules
from goalrules.data import json_lines
from goalrules.data.json_lines import Case, read_cases
from goalrules.document import to_json
from goalrules.report.summary import summary_of
from goalrules.text.numbers import Amount

MOST_KEPT = 3_000_000
"""What the tables of a rule set may take, which have a bound; so many cases kept take far more."""

Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "r.goals"
    path.write_text(RULES, encoding="utf-8")
    return path


def batch(capsys: Capsys, rules: Path, data: str | bytes, *options: object) -> Ended:
    """The command on a file with some lines."""
    path = rules.parent / "in.jsonl"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    ended = run(capsys, "batch", rules, path, *options)
    return Ended(ended.code, ended.out, ended.err.replace(str(path), "in.jsonl"))


def lines(ended: Ended) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.out.splitlines()]


def codes(ended: Ended) -> list[tuple[int, Any, list[str]]]:
    """Each line that failed: its number, its key, and its faults with their columns."""
    return [
        (
            each["line"],
            each["key"],
            [f"{fault['code']} {fault['span'][1]}" for fault in each["faults"]],
        )
        for each in lines(ended)
        if "faults" in each
    ]


ONE = '{"key": "x", "outcomes": {"a": 90, "b": "green"}}\n'
OTHER = '{"key": 7, "outcomes": [{"indicator": "a", "value": 70}, {"indicator": "b"}]}\n'


def test_a_line_out_for_each_line_in(rules: Path, capsys: Capsys) -> None:
    ended = batch(capsys, rules, ONE + OTHER)
    assert ended.code == 0
    assert ended.out == (
        '{"line":1,"key":"x","verdicts":{"1":"met"}}\n'
        '{"line":2,"key":7,"verdicts":{"1":"not met"}}\n'
    )
    assert ended.err == "in.jsonl:1:1: all lines are assessed: 2 [all-lines-assessed]\n"


def test_each_form_is_that_of_a_single_assessment(rules: Path, capsys: Capsys) -> None:
    found = goalrules.load(rules).assess({"a": 90, "b": "green"})
    [short] = lines(batch(capsys, rules, ONE, "--summary"))
    assert short == {"line": 1, "key": "x", "summary": to_json(summary_of(found.trace))}
    [full] = lines(batch(capsys, rules, ONE, "--full"))
    assert full["assessment"] == json.loads(json.dumps(found.to_dict()))


def test_the_founding_plan_line_by_line(capsys: Capsys, tmp_path: Path) -> None:
    rows = goalrules.read_outcomes(outcomes_path(2025))
    given = [
        {"indicator": row.indicator, "goal": row.goal, "value": str(row.value.number)}
        for row in rows
        if isinstance(row.value, Amount)
    ]
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"key": 1, "outcomes": given}) + "\n")
    [line] = lines(run(capsys, "batch", rules_path(2025), path))
    alone = goalrules.load(rules_path(2025)).assess(given)
    assert line["verdicts"] == {goal: alone[goal].verdict for goal in example(2025)}


def test_a_line_has_its_own_period_and_judgements(rules: Path, capsys: Capsys) -> None:
    judged = {
        "judgement": "not met",
        "period": 2025,
        "by": "B",
        "date": "2026-02-17",
        "reason": "x",
    }
    given: list[dict[str, object]] = [
        {"key": 1, "outcomes": {}, "period": 2025, "judgements": {"1": judged}},
        {"key": 2, "outcomes": {}},
        {"key": 3, "outcomes": {}, "period": None, "judgements": None},
    ]
    data = "\n".join(map(json.dumps, given))
    for options, usual in (((), "2024"), (("--period", "2025-03"), "2025-03")):
        found = [
            each["summary"] for each in lines(batch(capsys, rules, data, "--summary", *options))
        ]
        assert [each["period"] for each in found] == ["2025", usual, usual]
        assert [each["goals"][0]["decided"] for each in found] == ["not met", None, None]


def test_numbers_are_read_exactly_as_they_are_written(rules: Path, capsys: Capsys) -> None:
    data = '{"key": 1234567890123456789012, "outcomes": {"a": 79.9999999999999999, "b": "green"}}'
    [line] = lines(batch(capsys, rules, data))
    assert line["key"] == 1234567890123456789012
    assert line["verdicts"] == {"1": "not met"}


BAD = [
    ('{"key": ', "line-no-json 8"), ("nonsense", "line-no-json 1"), ("[1]", "line-no-object 1"),
    ("3", "line-no-object 1"), ("null", "line-no-object 1"), (ONE.strip() * 2, "line-no-json 50"),
    ('{"key": 1, "key": 2, "outcomes": {}}', "field-twice-in-json 1"),
    ('{"key": 1, "outcomes": {"a": 1, "a": 2}}', "field-twice-in-json 1"),
    ("[" * 100_000, "too-deep-data 1"), ('{"a":' * 60, "too-deep-data 1"),
]  # fmt: skip

FAULTY = [
    ('{"outcomes": {}}', None, "line-without-key 1"),
    ('{"key": 1.5, "outcomes": {}}', None, "line-without-key 1"),
    ('{"key": true, "outcomes": {}}', None, "line-without-key 1"),
    ('{"key": [1], "outcomes": {}}', None, "line-without-key 1"),
    ('{"key": NaN, "outcomes": {}}', None, "line-without-key 1"),
    (f'{{"key": "{"x" * 201}", "outcomes": {{}}}}', None, "line-without-key 1"),
    ('{"key": 1}', 1, "line-without-outcomes 1"),
    ('{"key": 1, "outcomes": null}', 1, "line-without-outcomes 1"),
    ('{"key": 1, "outcomes": {}, "perod": 2025}', 1, "unknown-line-field 1"),
    ('{"key": 1, "outcomes": 3}', 1, "not-an-outcome 1"),
    ('{"key": 1, "outcomes": "a"}', 1, "not-an-outcome 1"),
    ('{"key": 1, "outcomes": {"a": [1]}}', 1, "not-an-outcome 1"),
    ('{"key": 1, "outcomes": {"a": NaN}}', 1, "number-not-finite 1"),
    ('{"key": 1, "outcomes": {"c": 1}}', 1, "unknown-indicator 1"),
    ('{"key": 1, "outcomes": {}, "period": "x"}', 1, "unknown-period 1"),
    ('{"key": 1, "outcomes": {}, "period": [1]}', 1, "unknown-period 1"),
    ('{"key": 1, "outcomes": {}, "period": Infinity}', 1, "unknown-period 1"),
    ('{"key": 1, "outcomes": {}, "judgements": 3}', 1, "not-a-judgement 1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "key", "fault"), [*((line, None, code) for line, code in BAD), *FAULTY]
)
def test_a_line_that_cannot_be_used_hides_no_other(
    line: str, key: int | None, fault: str, rules: Path, capsys: Capsys
) -> None:
    ended = batch(capsys, rules, f"{ONE}\n{line}\n{OTHER}")
    assert (ended.code, codes(ended)) == (1, [(3, key, [fault])])
    assert [each["line"] for each in lines(ended)] == [1, 3, 4]
    assert ended.err.startswith("in.jsonl:1:1: lines with faults, which are not assessed: 1 of 3 (")
    assert ended.err.endswith(" [lines-with-faults]\n")
    assert ended.err.count("\n") == 1


def test_faults_are_told_in_the_language_that_is_asked_for(rules: Path, capsys: Capsys) -> None:
    data = '{"outcomes": {}}'
    for language, message in (("en", "the line has no key"), ("sv", "raden har ingen nyckel")):
        ended = batch(capsys, rules, data, "--lang", language)
        assert lines(ended)[0]["faults"][0]["message"].startswith(message)
        assert ("lines with" in ended.err) == (language == "en")


def test_every_fault_of_a_line_is_told(rules: Path, capsys: Capsys) -> None:
    data = f'{ONE}{{"key": "x", "outcome": 1, "nyckel": 2}}\n'
    found = codes(batch(capsys, rules, data))
    assert found == [
        (
            2,
            "x",
            [
                "key-twice 1",
                "unknown-line-field 1",
                "unknown-line-field 1",
                "line-without-outcomes 1",
            ],
        )
    ]
    [_, faulty] = lines(batch(capsys, rules, data))
    assert "`x` is there already on line 1" in faulty["faults"][0]["message"]
    assert faulty["faults"][1]["hint"] == "did you mean `outcomes`?"


def test_bytes_that_are_no_text_are_told_at_their_place(rules: Path, capsys: Capsys) -> None:
    ended = batch(capsys, rules, ONE.encode() + b'{"key": "\xe5"}\n' + OTHER.encode())
    assert codes(ended) == [(2, None, ["undecodable 10"])]


def test_line_ends_marks_and_blank_lines_are_as_they_come(rules: Path, capsys: Capsys) -> None:
    data = f"\ufeff\r\n{ONE}".replace("\n", "\r\n").encode() + b"  \n\n" + OTHER.strip().encode()
    ended = batch(capsys, rules, b"\xef\xbb\xbf" + ONE.encode())
    assert ended.out == '{"line":1,"key":"x","verdicts":{"1":"met"}}\n'
    ended = batch(capsys, rules, data)
    assert (ended.code, [each["line"] for each in lines(ended)]) == (0, [2, 5])
    assert batch(capsys, rules, "") == Ended(
        0, "", "in.jsonl:1:1: all lines are assessed: 0 [all-lines-assessed]\n"
    )


def test_a_line_that_is_too_long_is_passed_over(
    rules: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = len(ONE) - 1
    monkeypatch.setattr("goalrules.commands.loading.LONGEST_LINE", longest)
    for end in ("\n", ""):
        for length in (longest + 1, 2 * longest, 2 * longest + 1, 10 * longest):
            data = ONE + "x" * length + end
            assert codes(batch(capsys, rules, data)) == [(2, None, ["line-too-long 1"])]
    assert batch(capsys, rules, ONE.strip()).code == 0
    assert batch(capsys, rules, "x" * 999 + "\n" + ONE).out.endswith('{"1":"met"}}\n')


def test_a_key_is_looked_for_so_many_lines_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MOST_KEYS", 2)
    given = [json.dumps({"key": key, "outcomes": {}}).encode() for key in (1, 2, 1, 3, 1, 1)]
    found = [bool(each.faults) for each in read_cases(given, "f")]
    assert found == [False, False, True, False, False, True]
    assert Case(1) == Case(1, None, (), None, (), ())


# Files and streams


def test_lines_come_from_standard_input_and_go_to_a_file(
    rules: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plain = batch(capsys, rules, ONE + OTHER)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((ONE + OTHER).encode())))
    output = tmp_path / "out.jsonl"
    ended = run(capsys, "batch", rules, "-", "-o", output)
    assert ended == Ended(0, "", plain.err.replace("in.jsonl", "stdin"))
    assert output.read_text() == plain.out
    assert {each.name for each in tmp_path.iterdir()} == {"r.goals", "in.jsonl", "out.jsonl"}


def test_what_is_not_there_is_told(rules: Path, capsys: Capsys, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("old")
    for given in (("-o", output), ()):
        ended = run(capsys, "batch", rules, tmp_path / "none", *given)
        assert (ended.code, ended.out, ended.faults) == (1, "", ["no-such-file"])
        ended = run(capsys, "batch", rules, tmp_path, *given)
        assert (ended.code, ended.out, ended.faults) == (1, "", ["is-a-directory"])
    assert output.read_text() == "old"
    ended = run(capsys, "batch", tmp_path / "none", tmp_path / "none")
    assert (ended.code, ended.faults) == (1, ["no-such-file"])
    ended = batch(capsys, rules, ONE, "--period", "snart")
    assert (ended.code, ended.out, ended.faults) == (1, "", ["unknown-period"])
    ended = batch(capsys, rules, ONE, "-o", tmp_path / "none" / "out")
    assert (ended.code, ended.out, ended.faults) == (74, "", ["no-such-folder"])


def test_the_data_are_not_written_over(rules: Path, capsys: Capsys) -> None:
    ended = batch(capsys, rules, ONE, "-o", rules.parent / "in.jsonl")
    assert (ended.code, "would be overwritten" in ended.err) == (2, True)


def test_nobody_reads_on(rules: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert batch(capsys, rules, ONE + OTHER) == Ended(74, "", "")


def test_an_input_that_breaks_off_leaves_the_lines_before(
    rules: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            line = super().readline(size)
            if not line:
                raise OSError
            return line

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Broken(ONE.encode())))
    ended = run(capsys, "batch", rules, "-")
    assert (ended.code, len(lines(ended)), ended.faults) == (1, 1, ["not-readable"])


def test_a_system_without_masks_of_signals_writes_too(
    rules: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(signal, "pthread_sigmask")
    assert batch(capsys, rules, ONE).code == 0


def test_an_interrupt_leaves_whole_lines(rules: Path, tmp_path: Path) -> None:
    command = """
import signal, sys
from goalrules.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where tests run behind a shell
sys.exit(main(sys.argv[1:]))
"""
    given = [sys.executable, "-c", command, "batch", str(rules), "-"]
    for output in ((), ("-o", str(tmp_path / "out.jsonl"))):
        with subprocess.Popen(  # noqa: S603 - our own command
            [*given, *output], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running:
            assert running.stdin
            assert running.stdout
            running.stdin.write((ONE + OTHER).encode())
            running.stdin.flush()
            if output:
                while not list(tmp_path.glob(".goalrules-*")):
                    assert running.poll() is None
            else:
                assert json.loads(running.stdout.readline())["key"] == "x"
                assert json.loads(running.stdout.readline())["key"] == 7
            running.send_signal(signal.SIGINT)
            rest, said = running.communicate(timeout=30)
        assert (running.returncode, rest, said.count(b"\n")) == (130, b"", 1)
    assert {each.name for each in tmp_path.iterdir()} == {"r.goals"}


# Memory


def test_memory_does_not_grow_with_the_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MOST_KEYS", 100)
    rules = goalrules.loads(RULES)

    def peak(first: int, many: int) -> int:
        given = (
            b'{"key": %d, "outcomes": {"a": "%d", "b": "green"}}' % (number, number)
            for number in range(first, first + many)
        )
        tracemalloc.start()
        cases = ((case.key, case.outcomes) for case in read_cases(given, "f"))
        for key, found in rules.assess_many(cases, "2025"):
            assert key
            assert found
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(10_000, 1_200) < MOST_KEPT
