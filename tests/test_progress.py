"""The bar that shows how far a large file has been read: on a terminal, and nowhere else."""

import os
import subprocess
import sys
import threading
from io import StringIO
from pathlib import Path

import pytest

from goalrules.cli import main

RULES = 'goalrules 1 en\nplan "P"\nvalid 2025\ngoal 1 "T"\nindicator a\ngreen when a green\n'


class Terminal(StringIO):
    """An error stream that says it is a terminal, or not."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        """Whether it says that it is a terminal."""
        return self.is_terminal


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    rules, outcomes = tmp_path / "r.goals", tmp_path / "u\x1b.csv"
    rules.write_text(RULES)
    rows = "".join(f"a;green;{1900 + n // 12}-{n % 12 + 1:02}\n" for n in range(2_400))
    outcomes.write_text("indicator;level;period\n" + rows)
    return str(rules), str(outcomes)


@pytest.mark.parametrize(
    ("kind", "large", "shown"),
    [("terminal", 1_000, ["2000/2401"]), ("file", 1_000, []), ("terminal", 10**9, [])],
)
def test_a_bar_is_shown_on_a_terminal_for_a_large_file(
    files: tuple[str, str],
    kind: str,
    large: int,
    shown: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = Terminal(is_terminal=kind == "terminal")
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr("goalrules.commands.output.LARGE", large)
    threads = threading.active_count()
    assert main(["assess", *files]) == 0
    assert threading.active_count() == threads
    assert "u\x1b" not in stream.getvalue()
    assert [each for each in ("2000/2401",) if each in stream.getvalue()] == shown
    assert bool(stream.getvalue()) == bool(shown)


@pytest.mark.parametrize("path", ["none.csv", "nul\0.csv"])
def test_a_file_that_is_not_there_has_no_bar(
    files: tuple[str, str], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = Terminal(is_terminal=True)
    monkeypatch.setattr("sys.stderr", stream)
    assert main(["assess", files[0], path]) == 1
    assert "no-such-file" in stream.getvalue()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("TQDM_MININTERVAL", "often"), ("TQDM_BAR_FORMAT", "{nothing}"), ("TQDM_NCOLS", "wide")],
)
def test_a_setting_of_the_bar_that_means_nothing_costs_the_bar_alone(
    files: tuple[str, str], setting: str, value: str
) -> None:
    command = """
import sys
import goalrules.commands.output
from goalrules.cli import main
goalrules.commands.output.LARGE = 1_000
sys.stderr.isatty = lambda: True
sys.exit(main(sys.argv[1:]))
"""
    given = [sys.executable, "-c", command, "assess", *files]
    environment = {**os.environ, setting: value}
    ended = subprocess.run(given, capture_output=True, env=environment, check=False)  # noqa: S603
    assert ended.returncode == 0
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("broken", ["made", "drawn"])
def test_a_bar_that_cannot_be_made_or_drawn_is_left_out(
    files: tuple[str, str], broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Bar:
        n = 0

        def __init__(self, **_: object) -> None:
            if broken == "made":
                raise ValueError

        def update(self, _: int) -> None:
            raise KeyError

        def close(self) -> None:
            raise KeyError

    monkeypatch.setattr("sys.stderr", Terminal(is_terminal=True))
    monkeypatch.setattr("goalrules.commands.output.LARGE", 1_000)
    monkeypatch.setattr("tqdm.tqdm", Bar)
    assert main(["assess", *files]) == 0
