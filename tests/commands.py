"""The command as the tests give it: what it prints, and how the lines of its faults look."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pytest
from attrs import frozen
from drawn_outcomes import outcomes_path, rules_path

from goalrules.cli import main

RULES, OUTCOMES = str(rules_path(2024)), str(outcomes_path(2024))
LOCATED = re.compile(
    r"^(?P<file>[^\n]*?):(?P<line>\d+):(?P<column>\d+): \S.* \[(?P<code>[a-z-]+)\]$"
)


@frozen
class Ended:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        """The codes of the faults on standard error, each of which has its place."""
        found = map(LOCATED.match, self.err.splitlines())
        return [each["code"] for each in found if each]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ended:
    """The command run in this process."""
    capsys.readouterr()
    code = main([str(each) for each in arguments])
    return Ended(code, *capsys.readouterr())


def assess(capsys: pytest.CaptureFixture[str], *options: object) -> Ended:
    """The assessment of the published outcomes of 2024."""
    return run(capsys, "assess", RULES, OUTCOMES, *options)


def process(
    arguments: Sequence[object],
    *,
    stdout: int | None = subprocess.PIPE,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Ended:
    """The command run as people run it."""
    command = [sys.executable, "-m", "goalrules", *map(str, arguments)]
    given = {**os.environ, **environment}
    ended = subprocess.run(  # noqa: S603 - our own command
        command, stdout=stdout, stderr=subprocess.PIPE, env=given, check=False
    )
    return Ended(ended.returncode, (ended.stdout or b"").decode(), ended.stderr.decode())


def refused(ended: Ended, code: str, file: object, status: int = 1) -> None:
    """Assert that the command refused with one located line, and printed nothing else."""
    assert (ended.code, ended.out, ended.faults) == (status, "", [code]), ended
    assert ended.err.startswith(f"{file}:")
    assert ended.err.count("\n") == 1
