"""The command in a pipe: `-` for standard input and standard output, and faults as JSON."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from commands import OUTCOMES, RULES, Ended, run
from drawn_outcomes import rules_path
from jsonschema_rs import Draft202012Validator

from goalrules.analyse.diagram import OverBudgetError
from goalrules.document import from_json, schema_of, to_json
from goalrules.refusal import Faults

Capsys = pytest.CaptureFixture[str]

JUDGEMENTS = "mål;bedömning;period;beslutad av;datum;skäl\n1;;;;;\n"


class Pipe:
    """Standard input that holds some bytes, or fails."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def holds(self, data: bytes | str) -> None:
        """Put bytes, or a text, where standard input is read from."""
        given = data.encode() if isinstance(data, str) else data
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "ascii"))

    def fails(self) -> None:
        """Let standard input be what cannot be read."""

        class Broken(io.BytesIO):
            def read(self, _: int | None = -1) -> bytes:
                raise OSError

        self._patch.setattr(sys, "stdin", io.TextIOWrapper(Broken()))

    def is_closed(self) -> None:
        """Let there be no standard input."""
        self._patch.setattr(sys, "stdin", None)


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    return Pipe(monkeypatch)


def text_of(path: str) -> bytes:
    return Path(path).read_bytes()


# What comes out is what comes out of files


@pytest.mark.parametrize("which", ["rules", "outcomes"])
@pytest.mark.parametrize("command", ["assess", "gap", "year"])
def test_a_file_may_come_from_a_pipe(
    command: str, which: str, capsys: Capsys, pipe: Pipe, tmp_path: Path
) -> None:
    here = tmp_path / "stdin"
    here.write_bytes(text_of(RULES if which == "rules" else OUTCOMES))
    files = ("-", OUTCOMES) if which == "rules" else (RULES, "-")
    plain = [str(here) if each == "-" else each for each in files]
    pipe.holds(here.read_bytes())
    named = run(capsys, command, *plain)
    piped = run(capsys, command, *files)
    out, err = (each.replace(str(here), "stdin") for each in (named.out, named.err))
    assert piped == Ended(named.code, out, err)
    assert named.code == 0 or command == "year"  # in which each outcome needs a period


@pytest.mark.parametrize("command", ["check", "influence"])
def test_rules_alone_may_come_from_a_pipe(command: str, capsys: Capsys, pipe: Pipe) -> None:
    pipe.holds(text_of(RULES))
    assert run(capsys, command, "-").out == run(capsys, command, RULES).out


def test_the_rules_of_a_template_may_come_from_a_pipe(
    capsys: Capsys, pipe: Pipe, tmp_path: Path
) -> None:
    pipe.holds(text_of(RULES))
    assert run(capsys, "template", "-", "-o", tmp_path / "mall.xlsx") == Ended(0, "", "")
    assert (tmp_path / "mall.xlsx").read_bytes().startswith(b"PK")


def test_rules_pairs_and_outcomes_of_a_comparison_may_come_from_a_pipe(
    capsys: Capsys, pipe: Pipe, tmp_path: Path
) -> None:
    pairs = tmp_path / "par.csv"
    pairs.write_text("old;new\n1;1.1\n", encoding="utf-8")
    plain = ("diff", RULES, rules_path(2025), "--map", pairs, "--outcomes", OUTCOMES)
    expected = run(capsys, *plain)
    assert expected.code == 0
    for at, option in ((1, RULES), (4, pairs), (6, OUTCOMES)):
        pipe.holds(text_of(str(option)))
        piped = run(capsys, *plain[:at], "-", *plain[at + 1 :])
        assert (piped.code, piped.out) == (0, expected.out.replace(RULES, "stdin", at == 1))


def test_judgements_may_come_from_a_pipe(capsys: Capsys, pipe: Pipe) -> None:
    pipe.holds(
        "mål;bedömning;period;beslutat av;datum;skäl\n5;ej uppfyllt;2024;Nämnden;2025-02-17;x\n"
    )
    ended = run(capsys, "assess", RULES, OUTCOMES, "--judgements", "-", "--goal", "5")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out != run(capsys, "assess", RULES, OUTCOMES, "--goal", "5").out


def test_a_dash_as_the_output_is_standard_output(capsys: Capsys, tmp_path: Path) -> None:
    plain = run(capsys, "assess", RULES, OUTCOMES)
    assert run(capsys, "assess", RULES, OUTCOMES, "-o", "-") == plain
    assert list(tmp_path.iterdir()) == []


def test_a_dash_may_be_both_input_and_output(capsys: Capsys, pipe: Pipe) -> None:
    pipe.holds(text_of(RULES))
    assert run(capsys, "check", "-", "-o", "-").out == run(capsys, "check", RULES).out


def test_a_file_that_is_called_as_a_dash_is_named_in_its_folder(
    capsys: Capsys, pipe: Pipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe.is_closed()
    monkeypatch.chdir(tmp_path)
    Path("-").write_bytes(text_of(RULES))
    assert run(capsys, "check", "./-").code == 0
    assert run(capsys, "check", "-").code == 1


# What is wrong with it


def test_faults_are_told_at_standard_input(capsys: Capsys, pipe: Pipe) -> None:
    pipe.holds('goalrules 1 sv\nmål 1 "T"\n  indikator a\n  grön om precis 2 gröna\n')
    for command in ("check", "influence"):
        ended = run(capsys, command, "-")
        assert (ended.code, ended.out, ended.faults) == (1, "", ["exactly"])
        assert ended.err.startswith("stdin:4:")
        pipe.holds('goalrules 1 sv\nmål 1 "T"\n  indikator a\n  grön om precis 2 gröna\n')
    pipe.holds("indikator;utfall\nsip;1_0\nsip;ca 5\n")
    ended = run(capsys, "assess", RULES, "-")
    assert (ended.code, ended.out, ended.faults) == (
        1,
        "",
        ["number-grouping", "unknown-level-word"],
    )
    assert ended.err.startswith("stdin:2:2: ")


def test_a_count_that_is_refused_is_shown_from_a_pipe_as_from_a_file(
    capsys: Capsys, pipe: Pipe, tmp_path: Path
) -> None:
    rules = tmp_path / "fel.goals"
    rules.write_text(
        'goalrules 1 sv\nmål 1 "T"\n  indikator a\n  indikator b\n  grön om minst 3 gröna\n',
        encoding="utf-8",
    )
    pipe.holds(rules.read_bytes())
    named = run(capsys, "check", rules)
    assert (named.code, named.out) == (1, "")
    assert run(capsys, "check", "-") == Ended(1, "", named.err.replace(str(rules), "stdin"))


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "no-header"), (b"a\0" * 99, "binary"), (b"\x81", "undecodable"),
     (b"#" * 4_000_001, "too-large")],
)  # fmt: skip
def test_what_no_rules_are_is_told(data: bytes, code: str, capsys: Capsys, pipe: Pipe) -> None:
    pipe.holds(data)
    ended = run(capsys, "assess", "-", OUTCOMES)
    assert (ended.code, ended.out, ended.faults) == (1, "", [code])
    assert ended.err.startswith("stdin:1:1: ")


def test_standard_input_that_cannot_be_read(capsys: Capsys, pipe: Pipe) -> None:
    for spoil in (pipe.fails, pipe.is_closed):
        spoil()
        for files in (("-", OUTCOMES), (RULES, "-")):
            ended = run(capsys, "assess", *files)
            assert (ended.code, ended.out, ended.faults) == (1, "", ["not-readable"])
            assert ended.err.startswith("stdin:1:1: ")


def test_two_files_cannot_both_be_standard_input(capsys: Capsys, pipe: Pipe) -> None:
    pipe.holds("")
    for arguments in (["assess", "-", "-"], ["diff", "-", RULES, "--map", "-"]):
        ended = run(capsys, *arguments)
        assert (ended.code, ended.out) == (2, "")
        assert "one file only" in ended.err


# Faults as JSON


def faults_of(ended: Ended, status: int = 1) -> list[dict[str, Any]]:
    """The faults in the document on the error stream, which is as its schema says."""
    assert ended.code == status
    document = json.loads(ended.err)
    Draft202012Validator(schema_of(Faults)).validate(document)
    assert to_json(from_json(Faults, document)) == document
    faults: list[dict[str, Any]] = document["diagnostics"]
    return faults


def in_lines(faults: list[dict[str, Any]]) -> str:
    """Faults of files of data as the lines that tell of them."""
    return "".join(
        f"{each['file']}:{each['span'][0]}:{each['span'][1]}: {each['message']}"
        + (f" ({each['hint']})" if each["hint"] else "")
        + f" [{each['code']}]\n"
        for each in faults
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_faults_of_data_are_told_as_json(language: str, capsys: Capsys, pipe: Pipe) -> None:
    table = "indikator;utfall\nsip;1_0\nfinns-inte;ca 5\nsip;\x1b5\n"
    pipe.holds(table)
    plain = run(capsys, "assess", RULES, "-", "--lang", language)
    for command in ("assess", "gap"):
        pipe.holds(table)
        ended = run(capsys, command, RULES, "-", "--lang", language, "--format", "json")
        assert ended.out == ""
        assert json.loads(ended.err)["language"] == language
        assert in_lines(faults_of(ended)) == plain.err
        assert "\x1b" not in ended.err


BROKEN = 'goalrules 1 sv\nmål 1 "T"\n  indikator a\n  grön om precis 2 gröna\n'


@pytest.mark.parametrize(
    "command", ["assess - u", "check -", "influence -", "gap - u", "year - u", "diff - u"]
)
def test_faults_of_rules_are_told_as_json(command: str, capsys: Capsys, pipe: Pipe) -> None:
    pipe.holds(BROKEN)
    [fault] = faults_of(run(capsys, *command.split(), "--format", "json"))
    assert (fault["file"], fault["span"]) == ("stdin", [4, 11, 4, 17])
    assert (fault["code"], fault["severity"], fault["sheet"]) == ("exactly", "error", "")
    pipe.holds(BROKEN)
    plain = run(capsys, *command.split()).err.splitlines()
    assert plain[0] == f"stdin:4:11: {fault['message']} [exactly]"
    assert f"   = {fault['hint']}" in plain


def test_an_output_that_cannot_be_written_is_told_as_json(
    capsys: Capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "none" / "ut.json"
    for command in (["assess", RULES, OUTCOMES], ["check", RULES], ["diff", RULES, RULES]):
        asked = [*command, "--format", "json"]
        [fault] = faults_of(run(capsys, *asked, "-o", nowhere), 74)
        assert (fault["code"], fault["file"]) == ("no-such-folder", str(nowhere))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", None)
            [fault] = faults_of(run(capsys, *asked), 74)
        assert (fault["code"], fault["file"]) == ("not-writable", "stdout")


def test_goals_that_are_not_answered_are_told_beside_the_answers(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goalrules.analyse.diagram.Budget.take", over_budget)
    ended = run(capsys, "gap", RULES, OUTCOMES, "--goal", "4", "--format", "json")
    assert json.loads(ended.out)["goals"]
    assert [each["code"] for each in faults_of(ended)] == ["over-budget"]


def over_budget(_: object) -> None:
    """No step is left."""
    raise OverBudgetError


def test_the_schema_of_faults_is_printed(capsys: Capsys) -> None:
    ended = run(capsys, "schema", "faults")
    assert (ended.code, json.loads(ended.out)) == (0, schema_of(Faults))
