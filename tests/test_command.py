"""The command `goalrules`: what people get, and what they are told when something is wrong."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import LOCATED, OUTCOMES, RULES, assess, process, refused, run

import goalrules
from goalrules.commands import usage

Capsys = pytest.CaptureFixture[str]

HEADINGS = "mål;indikator;period;utfall;bedömning;plan\n"


def goals(text: str) -> dict[str, Any]:
    """The goals of a JSON document, by id."""
    return {each["id"]: each for each in json.loads(text)["goals"]}


def published() -> str:
    """The published outcomes of 2024 as they stand."""
    return Path(OUTCOMES).read_text(encoding="utf-8-sig")


def written(tmp_path: Path, text: str, name: str = "utfall.csv") -> Path:
    """A file with a text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


# What the issue asks for


def test_the_plan_of_2024_by_its_published_outcomes(capsys: Capsys) -> None:
    ended = assess(capsys, "--period", "2024", "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    found = goals(ended.out)
    assert found["5"]["verdict"] == found["KF5"]["verdict"] == "met"
    assert found["9"]["verdict"] == found["KF9"]["verdict"] == "not met"
    states = json.loads(ended.out)["states"]
    missing = [each for each in found["9"]["members"] if states[each].get("reason") == "missing"]
    assert missing == ["avslut-vuxen", "ej-återaktualiserade"]
    assert found["4"]["verdict"] == "open"
    assert found["4"]["deciding"] == ["vuxna-i-kriminalitet"]
    assert "verdict" not in found["KF10"]


def test_the_table_names_what_is_missing(capsys: Capsys) -> None:
    ended = assess(capsys, "--period", "2024")
    assert (ended.code, ended.err) == (0, "")
    assert "vuxna-i-kriminalitet" in ended.out
    assert all(mark in ended.out for mark in "✓✗?–")
    assert "Verksamhetsplan 2024" in ended.out.splitlines()[0]


def test_the_tree_names_what_can_decide(capsys: Capsys) -> None:
    ended = assess(capsys, "--period", "2024", "--goal", "4", "--format", "tree")
    unwrapped = " ".join(ended.out.split())
    assert "Andel anmälningar till Vuxna i kriminalitet som leder till utredning" in unwrapped
    assert "avsnitt 1.4.1" in unwrapped


@pytest.mark.parametrize("format_", ["table", "tree", "json"])
def test_one_figure_changes_the_result(tmp_path: Path, capsys: Capsys, format_: str) -> None:
    old, new = ("genomförandegrad-tillsyn;;100;", "genomförandegrad-tillsyn;;99;")
    assert published().count(old) == 1
    same = written(tmp_path, published(), "a.csv")
    changed = written(tmp_path, published().replace(old, new), "b.csv")
    options = ("--goal", "5", "--format", format_)
    before, after = (run(capsys, "assess", RULES, each, *options) for each in (same, changed))
    assert before.code == after.code == 0
    assert before.out.replace("a.csv", "") != after.out.replace("b.csv", "")
    if format_ == "json":
        assert goals(before.out)["5"]["verdict"] == "met"
        assert goals(after.out)["5"]["verdict"] == "not met"
    else:
        assert ("✓" in before.out, "✗" in after.out) == (True, True)


def test_without_a_period_the_plans_own_year_is_meant(capsys: Capsys) -> None:
    assert assess(capsys).out == assess(capsys, "--period", "2024").out


def test_a_month_has_rules_of_its_own(capsys: Capsys) -> None:
    found = goals(assess(capsys, "--period", "2024-03", "--format", "json").out)
    assert (found["5"]["verdict"], found["7"].get("verdict")) == ("met", None)


def test_each_language(capsys: Capsys) -> None:
    for format_ in ("table", "tree"):
        swedish, english = (
            assess(capsys, "--lang", each, "--format", format_) for each in ("sv", "en")
        )
        assert swedish.out != english.out
        assert swedish.out == assess(capsys, "--format", format_).out
    by_language = {
        each: assess(capsys, "--lang", each, "--format", "json") for each in ("sv", "en")
    }
    assert by_language["sv"] == by_language["en"]


def test_some_goals_alone(capsys: Capsys) -> None:
    ended = assess(capsys, "--goal", "9", "--goal", "KF5", "--format", "json")
    assert list(goals(ended.out)) == ["KF5", "9"]


def test_unknown_goals_are_told_with_the_nearest(capsys: Capsys) -> None:
    ended = assess(capsys, "--goal", "KF 5", "--goal", "5", "--goal", "mål")
    assert (ended.code, ended.out, ended.faults) == (1, "", ["unknown-goal", "unknown-goal"])
    assert "`KF5`" in ended.err.splitlines()[0]


@pytest.mark.parametrize("period", ["hösten", "2024-13", "", "20244"])
def test_a_period_that_is_none(capsys: Capsys, period: str) -> None:
    ended = assess(capsys, "--period", period)
    assert (ended.code, ended.out, len(ended.faults)) == (1, "", 1)


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["asses"], ["assess"], ["assess", RULES], ["check", RULES, "more"],
        ["assess", RULES, OUTCOMES, "--format", "pdf"], ["assess", RULES, OUTCOMES, "--lang", "de"],
        ["assess", RULES, OUTCOMES, "-o"], ["schema", "more"], ["--version-of"],
    ],
)  # fmt: skip
def test_wrong_usage(capsys: Capsys, arguments: list[str]) -> None:
    ended = run(capsys, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("usage: goalrules")
    assert ended.err.splitlines()[-1].startswith("goalrules")


@pytest.mark.parametrize("arguments", [["--help"], ["assess", "--help"], ["schema", "-h"]])
def test_help(capsys: Capsys, arguments: list[str]) -> None:
    ended = run(capsys, *arguments)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("usage: goalrules")


def test_the_versions_are_told_and_stand_in_the_overview(capsys: Capsys) -> None:
    ended = run(capsys, "--version")
    assert (ended.code, ended.err) == (0, "")
    engine = f"goalrules {goalrules.__version__}"
    assert ended.out == f"{engine}, rule language 1, 2 (regelspråk 1, 2)\n"
    said = run(capsys, "--help").out
    assert len(re.findall(r"^goalrules --version  ", said, re.MULTILINE)) == 2


def test_every_command_is_in_the_help_and_its_overview(capsys: Capsys) -> None:
    modules = Path(usage.__file__).parent.glob("*.py")
    holding = {
        each.stem.replace("_", "-")
        for each in modules
        if "\nCOMMAND = " in each.read_text(encoding="utf-8")
    }
    assert set(usage.COMMANDS) == holding
    said = run(capsys, "--help").out
    for name in usage.COMMANDS:
        assert len(re.findall(rf"^goalrules {name}(?![\w-])", said, re.MULTILINE)) == 2
        assert re.search(rf"^    {name}(?![\w-])", said, re.MULTILINE)
        assert run(capsys, name, "--help").out.startswith(f"usage: goalrules {name} ")


def test_every_command_that_writes_json_has_a_schema(capsys: Capsys) -> None:
    for name in usage.COMMANDS:
        writes_json = "json}" in run(capsys, name, "--help").out
        assert writes_json == (run(capsys, "schema", name).code == 0)


# What is wrong with files


NO_FILE = "not-a-regular-file"
Break = Callable[[Path], object]

BROKEN: dict[str, tuple[Break, str, str]] = {  # what is done, the code for rules, for outcomes
    "missing": (lambda path: path, "no-such-file", "no-such-file"),
    "folder": (lambda path: path.mkdir(), "is-a-directory", "is-a-directory"),
    "empty": (lambda path: path.write_bytes(b""), "no-header", "empty-file"),
    "binary": (lambda path: path.write_bytes(b"a\0" * 99), "binary", "binary"),
    "undecodable": (lambda path: path.write_bytes(b"\x81"), "undecodable", "undecodable"),
    "huge": (lambda path: path.open("wb").truncate(10**11), "too-large", "too-large"),
    "other": (lambda path: path.symlink_to("/dev/zero"), NO_FILE, NO_FILE),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("which", ["rules", "outcomes"])
def test_a_file_that_cannot_be_used(
    tmp_path: Path, capsys: Capsys, broken: str, which: str
) -> None:
    breaks, of_rules, of_outcomes = BROKEN[broken]
    path, output = tmp_path / "broken", written(tmp_path, "old", "out")
    breaks(path)
    files = (path, OUTCOMES) if which == "rules" else (RULES, path)
    ended = run(capsys, "assess", *files, "-o", output)
    code = of_rules if which == "rules" else of_outcomes
    assert (ended.code, ended.out, ended.faults) == (1, "", [code])
    first, *more = ended.err.splitlines()
    assert first.startswith(f"{path}:1:1: ")
    assert first.endswith(f" [{code}]")
    assert all(each.startswith("   ") for each in more)
    assert output.read_text() == "old"


def test_five_mistakes_are_told_at_once(tmp_path: Path, capsys: Capsys) -> None:
    path = written(tmp_path, """goalrules 1 sv
mål 1 "Ett"
  indikator a
    riktvärde 75
  indikator b
  grön om precis 2 gröna
mål 2 "Två"
  indikator c
  grön om c grön och c gul eller c grön
mål 3 "Tre"
  indikator d
  grön 1 av 1 gröna
mål 4
  indikator e
  grön om e grön
""", "fem.goals")  # fmt: skip
    ended = run(capsys, "assess", path, OUTCOMES)
    assert (ended.code, ended.out) == (1, "")
    located = [each for each in map(LOCATED.match, ended.err.splitlines()) if each]
    assert [(each["line"], each["code"]) for each in located] == [
        ("4", "bare-target"), ("6", "exactly"), ("9", "mixed-and-or"),
        ("12", "level-without-when"), ("13", "missing-title"),
    ]  # fmt: skip
    assert {each["file"] for each in located} == {str(path)}


# What is wrong with outcomes


@pytest.mark.parametrize(
    ("row", "place", "code"),
    [
        ("1;finns-inte;2024;1;;", "2:2", "unknown-indicator"),
        ("99;sip;2024;1;;", "2:1", "unknown-goal"),
        ("8;avtalstrohet;2024;1_000;;", "2:4", "number-grouping"),
        ("8;avtalstrohet;2024;ca 80;;", "2:4", "unknown-level-word"),
        ("8;avtalstrohet;2024;#N/A;;", "2:4", "error-cell"),
        ("8;avtalstrohet;2024;-;;", "2:4", "unclear-mark"),
        ("8;avtalstrohet;2024;90;röd;", "2:5", "level-contradicts-value"),
        ("8;avtalstrohet;2024;90 st;;", "2:4", "other-unit"),
        ("8;avtalstrohet;snart;90;;", "2:3", "unknown-period"),
        ("8;avtalstrohet;2024;90;;kanske", "2:6", "unknown-plan-word"),
        ("8;;2024;90;;", "2:2", "no-indicator"),
        ("8;avtalstrohet;2024;90;;;;;;x", "2:10", "too-many-cells"),
    ],
)
def test_a_row_that_cannot_be_used(
    tmp_path: Path, capsys: Capsys, row: str, place: str, code: str
) -> None:
    path, output = written(tmp_path, f"{HEADINGS}{row}\n"), written(tmp_path, "old", "out")
    ended = run(capsys, "assess", RULES, path, "-o", output)
    refused(ended, code, f"{path}:{place}")
    assert output.read_bytes() == b"old"


def test_a_row_that_stands_twice(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "8;avtalstrohet;2024;90;;\n\n;Avtalstrohet (%);helåret 2024;91;;\n"
    written(tmp_path, HEADINGS + rows)
    monkeypatch.chdir(tmp_path)
    ended = run(capsys, "assess", RULES, "utfall.csv")
    refused(ended, "duplicate-row", "utfall.csv:4:2")
    assert " 2 i utfall.csv" in ended.err


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path, capsys: Capsys) -> None:
    rows = [
        "8;avtalstrohet;2024;90;röd;", "8;avtalstroht;;1;;", "9;omvandlingsgrad;x;1_0;;",
        "6;fossilfritt-drivmedel;;45;;", ";fossilfritt-drivmedel;;45;;",
    ]  # fmt: skip
    path = written(tmp_path, HEADINGS + "\n".join(rows))
    ended = run(capsys, "assess", RULES, path)
    assert (ended.code, ended.out) == (1, "")
    lines = [line.removeprefix(f"{path}:").split() for line in ended.err.splitlines()]
    assert [(line[0], line[-1]) for line in lines] == [
        ("2:5:", "[level-contradicts-value]"), ("3:2:", "[unknown-indicator]"),
        ("4:3:", "[unknown-period]"), ("4:4:", "[number-grouping]"), ("6:2:", "[duplicate-row]"),
    ]  # fmt: skip


# Kinds of CSV


def dialect(delimiter: str, encoding: str, line_end: str) -> bytes:
    """The published outcomes in another kind of CSV."""
    rows = csv.reader(io.StringIO(published()), delimiter=";")
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return out.getvalue().encode(encoding)


DIALECTS = [
    (";", "utf-8", "\r\n"), (";", "utf-8-sig", "\r\n"), (";", "cp1252", "\r\n"),
    (";", "utf-16", "\r\n"), ("\t", "utf-16", "\r\n"), ("\t", "utf-8", "\n"),
    (",", "utf-8", "\n"), (",", "cp1252", "\r\n"), (";", "utf-8", "\r"),
]  # fmt: skip


@pytest.mark.parametrize("kind", DIALECTS, ids=map(repr, DIALECTS))
@pytest.mark.parametrize("format_", ["json", "tree"])
def test_every_kind_of_csv_gives_the_same(
    tmp_path: Path, capsys: Capsys, kind: tuple[str, str, str], format_: str
) -> None:
    shown, path = [], tmp_path / "utfall.csv"
    for data in (Path(OUTCOMES).read_bytes(), dialect(*kind)):
        path.write_bytes(data)
        ended = run(capsys, "assess", RULES, path, "--format", format_)
        assert (ended.code, ended.err) == (0, "")
        shown.append(re.sub('"encoding": ".*"', "", ended.out))  # of which the account tells
    assert shown[0] == shown[1]


def test_as_people_run_it(capsys: Capsys) -> None:
    ended = process(["assess", RULES, OUTCOMES, "--period", "2024"])
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == assess(capsys, "--period", "2024").out


@pytest.mark.parametrize("command", [["check"], ["assess", "OTHER"], ["diff", "OTHER"]])
def test_a_file_that_is_read_is_never_written_over(
    command: list[str], tmp_path: Path, capsys: Capsys
) -> None:
    path = tmp_path / "mål.goals"
    path.write_bytes(Path(RULES).read_bytes())
    name, *others = command
    given = [name, path, *(OUTCOMES if name == "assess" else RULES for _ in others)]
    ended = run(capsys, *given, "-o", tmp_path / "." / "mål.goals")
    assert (ended.code, ended.out) == (2, "")
    assert "would be overwritten" in ended.err
    assert path.read_bytes() == Path(RULES).read_bytes()
