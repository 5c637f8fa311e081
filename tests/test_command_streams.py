"""The command's streams: outputs that are whole, messages of one line, nothing but plain text."""

import errno
import io
import os
import random
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from cases import first_of
from commands import OUTCOMES, RULES, Ended, assess, process, refused, run
from drawn_outcomes import outcomes_path, rules_path

from goalrules import __main__ as command
from goalrules.cli import main

Capsys = pytest.CaptureFixture[str]

ASSESS = ("assess", RULES, OUTCOMES)
FULL = Path("/dev/full")


# Outputs


@pytest.mark.parametrize("format_", ["table", "tree", "json"])
def test_a_file_gets_what_the_screen_would(tmp_path: Path, capsys: Capsys, format_: str) -> None:
    output = tmp_path / "ut.txt"
    ended = assess(capsys, "--format", format_, "-o", output)
    assert ended == Ended(0, "", "")
    assert output.read_bytes() == assess(capsys, "--format", format_).out.encode()
    assert [each.name for each in tmp_path.iterdir()] == ["ut.txt"]


def test_an_output_that_cannot_be_written(tmp_path: Path, capsys: Capsys) -> None:
    refused(assess(capsys, "-o", FULL), "not-a-regular-file", FULL, 74)
    nowhere = tmp_path / "none" / "ut.txt"
    refused(assess(capsys, "-o", nowhere), "no-such-folder", nowhere, 74)
    refused(assess(capsys, "-o", tmp_path), "is-a-directory", tmp_path, 74)


@pytest.mark.parametrize("fails", ["os.fsync", "pathlib.Path.replace", "os.fdopen"])
def test_a_full_disk_leaves_the_old_file(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    output = tmp_path / "ut.txt"
    output.write_bytes(b"old")
    real = os.fdopen

    def full(*given: object, **named: object) -> object:
        if fails == "os.fdopen" and "wb" not in given:
            return real(*given, **named)  # type: ignore[call-overload]
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(fails, full)
    refused(assess(capsys, "-o", output), "not-writable", output, 74)
    monkeypatch.undo()
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"ut.txt": b"old"}


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [ASSESS, ["schema"], ["--help"]])
def test_a_full_screen(arguments: list[str]) -> None:
    with FULL.open("wb") as full:
        refused(process(arguments, stdout=full.fileno()), "not-writable", "stdout", 74)


@pytest.mark.parametrize("arguments", [[*ASSESS, "--format", "json"], ["schema"]])
def test_a_reader_that_leaves_early(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert process(arguments, stdout=writing) == Ended(74, "", "")
    finally:
        os.close(writing)


def test_streams_that_fail_in_this_process(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with FULL.open("w") as full, os.fdopen(writing, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", full)
        refused(assess(capsys), "not-writable", "stdout", 74)
        monkeypatch.setattr(sys, "stdout", pipe)
        assert assess(capsys) == Ended(74, "", "")
    monkeypatch.setattr(sys, "stdout", None)
    refused(assess(capsys), "not-writable", "stdout", 74)


def test_the_package_runs_as_a_command(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["goalrules", *ASSESS, "--goal", "5"])
    assert command.run() == 0
    assert capsys.readouterr().out == assess(capsys, "--goal", "5").out


def test_streams_that_are_closed() -> None:
    """A shell can start a command without standard output or without standard error."""
    shell = f'{sys.executable} -m goalrules assess "$@"'
    closed = {">&-": 74, "2>&-": 0, ">&- 2>&-": 74}
    for how, code in closed.items():
        ended = subprocess.run(  # noqa: S603 - our own command
            ["/bin/sh", "-c", f"{shell} {how}", "sh", RULES, OUTCOMES],
            capture_output=True,
            check=False,
        )
        assert ended.returncode == code, how
        assert b"Traceback" not in ended.stderr


def test_messages_that_nobody_takes_change_no_exit_code(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert run(capsys, "assess", RULES, tmp_path / "none") == Ended(1, "", "")


def test_an_interrupt_in_this_process(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("goalrules.commands.loading.loads", interrupt)
    ended = assess(capsys)
    assert (ended.code, ended.out, ended.err.count("\n")) == (130, "", 1)


def test_an_interrupt_from_the_keyboard(tmp_path: Path) -> None:
    command = """
import signal, sys, time
import goalrules.commands.loading
from goalrules.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where tests run behind a shell
goalrules.commands.loading.loads = lambda *_: (print("ready", flush=True), time.sleep(60))
sys.exit(main(sys.argv[1:]))
"""
    output = tmp_path / "ut.txt"
    output.write_bytes(b"old")
    given = [sys.executable, "-c", command, *ASSESS, "-o", str(output)]
    with subprocess.Popen(given, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # noqa: S603
        assert running.stdout
        assert running.stdout.readline() == b"ready\n"
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert said.count(b"\n") == 1
    assert output.read_bytes() == b"old"


@pytest.mark.parametrize("module", ["goalrules.cli", "goalrules.commands.usage", "goalrules.api"])
def test_an_interrupt_while_the_command_is_imported(module: str) -> None:
    command = f"""
import runpy, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
runpy.run_module("goalrules", run_name="__main__", alter_sys=True)
"""
    given = [sys.executable, "-c", command, *ASSESS]
    ended = subprocess.run(given, capture_output=True, check=False)  # noqa: S603
    said = ended.stderr.decode()
    assert (ended.returncode, ended.stdout, said.count("\n")) == (130, b"", 1), said
    assert said.startswith("goalrules: ")


def test_an_interrupt_before_the_command_in_this_process(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("goalrules.cli.main", interrupt)
    assert command.run() == 130
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_fills_up_while_the_result_is_written(tmp_path: Path, unbuffered: str) -> None:
    command = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
os.execv(sys.executable, [sys.executable, "-m", "goalrules", *sys.argv[1:]])
"""
    given = [sys.executable, "-c", command, *ASSESS, "--format", "tree"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with (tmp_path / "ut.txt").open("wb") as full:
        ended = subprocess.run(  # noqa: S603
            given, stdout=full.fileno(), stderr=subprocess.PIPE, env=environment, check=False
        )
    refused(Ended(ended.returncode, "", ended.stderr.decode()), "not-writable", "stdout", 74)


def test_a_stream_that_takes_texts_alone(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = assess(capsys).out
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["assess", RULES, OUTCOMES]) == 0
    assert stream.getvalue() == expected


# Encodings


@pytest.mark.parametrize(
    "environment",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "utf-16"},
        {"LANG": "sv_SE.ISO-8859-1", "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
    ],
)  # fmt: skip
def test_the_same_bytes_in_every_environment(environment: dict[str, str], capsys: Capsys) -> None:
    options = ["--format", "tree", "--goal", "4"]
    assert process([*ASSESS, *options], environment=environment) == assess(capsys, *options)
    missing = process(["assess", RULES, "none"], environment=environment)
    assert missing == run(capsys, "assess", RULES, "none")


def test_names_in_swedish_in_a_plain_environment(capsys: Capsys) -> None:
    arguments = ["assess", RULES, "finns/på/å", "--goal", "mål"]
    plain = {"LANG": "C", "LC_ALL": "C"}
    assert process(arguments, environment=plain) == run(capsys, *arguments)


def test_a_file_whose_name_is_no_text(tmp_path: Path, capsys: Capsys) -> None:
    rules = Path(os.fsdecode(os.fsencode(tmp_path) + b"/r\xff.goals"))
    try:
        rules.write_bytes(rules_path(2024).read_bytes())
    except OSError:
        pytest.skip("the file system takes only text for names")
    output = tmp_path / "ut.json"
    options = ["--format", "json", "--goal", "5"]
    ended = process(["assess", rules, OUTCOMES, *options])
    assert (ended.code, ended.err) == (0, "")
    assert r"r\udcff.goals" in ended.out
    assert run(capsys, "assess", rules, OUTCOMES, *options, "-o", output).code == 0
    assert output.read_text(encoding="utf-8") == ended.out
    assert process(["assess", RULES, rules]).code == 1


# Hostile names


PIECES = [
    "\x1b[31m", "\x1b]0;x\x07", "\x9b2J", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff",
    "\u00ad", "\n", "\r", "\t", "\0", "\x7f", "\x85", "\u2028", "\u2029", "\x08", "\x0c",
    "\ud800", "\U000e0041", '"', "”", "'", "`", ";", ",", "=1+1", "-2", "@x", "+3", "<b>", "&amp;",
    "{text}", "%s", "\\", "|", "å", "o\u0308", "字", "🙂", "ع", "\u00a0", " ", "#", "mål",
    "grön", "",
]  # fmt: skip
PLAIN_SPACES = {"\n", "\u00a0", "\u202f"}


def hostile(number: int) -> str:
    """A name that somebody might give a thing to break what shows it."""
    dice = random.Random(number)  # noqa: S311 - drawn for tests
    return "a" + "".join(dice.choices(PIECES, k=dice.randint(1, 6))) + "b"


def unplain(text: str) -> set[str]:
    """The characters of a text that steer what shows it, or show nothing."""
    return {
        f"U+{ord(each):04X}"
        for each in set(text) - PLAIN_SPACES
        if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    }


def hostile_rules(name: str) -> str:
    return f"""goalrules 1 sv # {name}
plan "{name}", "{name}"
gäller 2025
dokument d "{name}"
mål 1 "{name}"
  enligt d avsnitt "{name}"
  tolkning "{name}"
  indikator "{name}" "{name}"
    måttenhet "{name}"
    källa "{name}"
    riktvärde minst 5
  indikator a
  grön om alla gröna
"""


def quoted(name: str) -> str:
    """A cell of CSV that holds a name."""
    return '"' + name.replace('"', '""') + '"'


def check(ended: Ended) -> None:
    """Assert that only plain text was printed, and that the command knows how it ended."""
    assert unplain(ended.out + ended.err) == set()
    assert (ended.code == 0) == (ended.err == "")
    assert ended.code in (0, 1, 2)
    told = bool(ended.faults) or '"code": ' in ended.err  # in lines, or in a document
    assert ended.code == 2 or told == (ended.code == 1), ended


@first_of(10)
@pytest.mark.parametrize("block", range(10))
def test_hostile_names_are_shown_as_plain_text(
    tmp_path: Path, capsys: Capsys, block: int, part: int
) -> None:
    rules, data = tmp_path / "r.goals", tmp_path / "u.csv"
    sound = 'goalrules 1 sv\ngäller 2025\nmål 1 "M"\n  indikator a\n  grön om a grön\n'
    for number in range(20 * block + part, 20 * block + 20, 10):
        name = hostile(number)
        for text, row in (
            (hostile_rules(name), f"{quoted(name)};3;{quoted(name)};{quoted(name)}"),
            (sound, f"a;grön;{quoted(name)};{quoted(name)}"),
            (sound, f"{quoted(name)};grön;;"),
            (sound, f"a;{quoted(name)};;"),
        ):
            rules.write_bytes(text.encode(errors="surrogatepass"))
            headed = f"indikator;utfall;kommentar;källa\n{row}\n"
            data.write_bytes(headed.encode(errors="surrogatepass"))
            for format_ in ("table", "tree", "json"):
                check(run(capsys, "assess", rules, data, "--format", format_))


@pytest.mark.parametrize("number", range(0, 200, 10))
def test_hostile_arguments_are_shown_as_plain_text(capsys: Capsys, number: int) -> None:
    name = hostile(number)
    check(assess(capsys, "--goal", name, "--period", name))
    check(assess(capsys, "--goal", name))
    check(run(capsys, "assess", name, OUTCOMES))
    check(run(capsys, "assess", RULES, OUTCOMES, name))
    check(run(capsys, name))
    check(assess(capsys, "--format", name))


def test_both_plans_are_plain_text(capsys: Capsys) -> None:
    for year in (2024, 2025):
        for format_ in ("table", "tree", "json"):
            check(run(capsys, "assess", rules_path(year), outcomes_path(year), "--format", format_))
