"""What every test can be asked for on the command line, and how many cases are drawn for a law.

The quick draw is the same every time, so that a change fails by what it changes; the draw of
`make proof` too, eight times as large. `HYPOTHESIS_PROFILE=fuzz` draws many more, and others each
time. `--accept` is told of in `golden_accept`.
"""

import os
import tempfile
from pathlib import Path

import pytest
from cases import QUICK
from golden_accept import PLUGIN, Accepting
from hypothesis import settings

settings.register_profile("quick", max_examples=QUICK, deadline=None, derandomize=True)
settings.register_profile("proof", max_examples=8 * QUICK, deadline=None, derandomize=True)
settings.register_profile("mutants", max_examples=40, deadline=None, database=None)
settings.register_profile("fuzz", max_examples=5_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):  # else each process would compile every module
    os.environ["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir(), "goalrules-compiled"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="rewrite what the selected golden cases expect"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--accept"):
        if config.getoption("numprocesses", None):
            raise pytest.UsageError("--accept needs all tests in one process: leave -n out")
        config.pluginmanager.register(Accepting(), PLUGIN)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The comparisons of the engine with the oracle, where some were made."""
    reports = [each for kind in ("passed", "failed") for each in terminalreporter.getreports(kind)]
    counts = [
        count
        for report in reports
        for name, count in report.user_properties
        if name == "comparisons" and report.when == "call"
    ]
    for title, count in counts:
        terminalreporter.write_line(f"{title}: {count:,} comparisons")
    if counts:
        total = sum(count for _, count in counts)
        terminalreporter.write_line(f"engine and oracle: {total:,} comparisons in all")
