"""`pytest --accept`: what the selected golden cases give now becomes what their pages expect.

Which cases are meant is said as for any run, by node ids or `-k`; no other block is touched. The
pages that `test_readme` runs are accepted in the same way, each as a whole.
Nothing is written while the tests run. At their end the laws are run, in a process of their own
and so whatever was selected; then every changed block is written, and each changed line is told.
If a test of the session or a law failed, no page is written, and the run fails and says why.
"""

import difflib
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from golden_pages import EXPECT, FENCED, Expectation

from goalrules.files import write_whole

ROOT = Path(__file__).parents[1]
PLUGIN = "accepting"
"""The name by which pytest knows what a run accepts into."""

LAWS = ["-m", "law", str(ROOT / "tests")]
"""What selects the laws: what holds of rules and verdicts, whatever the words are."""

LINES_OF_LAWS = 20
"""The last lines of a run of the laws that are told where one failed."""


class Accepting:
    """The texts of a session that are not what their pages expect: of golden cases, whole pages."""

    def __init__(self) -> None:
        self.texts: defaultdict[Path, dict[int, str]] = defaultdict(dict)
        self.pages: dict[Path, str] = {}
        self.told: list[str] = []

    @staticmethod
    def of(config: pytest.Config) -> "Accepting | None":
        """What a run accepts into, if it is one that accepts."""
        found: Accepting | None = config.pluginmanager.get_plugin(PLUGIN)
        return found

    def add(self, expectation: Expectation, text: str) -> None:
        """Keep what a case gives, if its page expects something else."""
        if text != expectation.text:
            self.texts[expectation.page][expectation.number] = text

    def add_page(self, page: Path, text: str) -> None:
        """Keep what a page comes to that is run from top to bottom, if it is something else."""
        if text != page.read_text(encoding="utf-8"):
            self.pages[page] = text

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write the pages if all is well; a refusal makes the whole run fail."""
        if self.texts or self.pages:
            refusal = why_not(exitstatus)
            self.told = [f"nothing is accepted: {refusal}"] if refusal else list(self._written())
            session.exitstatus = pytest.ExitCode.TESTS_FAILED if refusal else exitstatus

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Each line that changed, or why none did."""
        for line in self.told:
            terminalreporter.write_line(line)

    def _written(self) -> Iterator[str]:
        for page, texts in self.texts.items():
            self.pages[page] = rewritten(page.read_text(encoding="utf-8"), texts)
        for page, new in self.pages.items():
            yield from changed_lines(page, page.read_text(encoding="utf-8"), new)
            write_whole(page, new)
        yield f"accepted: {sum(map(len, self.texts.values()))} texts, {len(self.pages)} pages"


def why_not(exitstatus: int) -> str:
    """Why nothing may be accepted after a session with that status; nothing if all is well."""
    if exitstatus != pytest.ExitCode.OK:
        return "a test of this run failed, or the run was broken off"
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *LAWS]
    laws = subprocess.run(  # noqa: S603 - our own tests
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if laws.returncode == pytest.ExitCode.OK:
        return ""
    last = (laws.stdout + laws.stderr).splitlines()[-LINES_OF_LAWS:]
    return "\n".join(["a law fails, or could not be run", *last])


def rewritten(page: str, texts: Mapping[int, str]) -> str:
    """The text of a page with some of its expected texts replaced, each by its number."""
    number = -1

    def block(found: re.Match[str]) -> str:
        nonlocal number
        if found["info"].split()[:1] != [EXPECT]:
            return found[0]
        number += 1
        return (
            f"{found['fence']}{found['info']}\n{texts.get(number, found['text'])}{found['fence']}"
        )

    return FENCED.sub(block, page)


def changed_lines(page: Path, old: str, new: str) -> Iterator[str]:
    """Each line that is taken away or put in, with its place in the old or the new page."""
    before, after = old.splitlines(), new.splitlines()
    for kind, from_, until, start, stop in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            yield from (f"{page}:{at + 1}: - {before[at]}" for at in range(from_, until))
            yield from (f"{page}:{at + 1}: + {after[at]}" for at in range(start, stop))
