"""What the tests themselves are held to: no case is lost or hidden, nothing accepted unseen."""

import subprocess
import sys
from pathlib import Path

import golden_accept
import pytest
from cases import on_every
from golden_pages import untold

pytest_plugins = ["pytester"]

PAGE = """\
# A page

## One

```rule en a b
all green
```
```expect explanation en
old one
```

## Two

```expect explanation sv
old two
```
"""

TESTS = """
import pytest
from golden_accept import Accepting
from golden_pages import expectations
from pathlib import Path

ALL = expectations(Path("page.md").resolve())

@pytest.mark.parametrize("each", ALL, ids=["one", "two"])
def test_page(each, request):
    Accepting.of(request.config).add(each, f"new {each.language}\\n")

def test_whole(request):
    page = Path("whole.md").resolve()
    Accepting.of(request.config).add_page(page, page.read_text().replace("old", "new"))

def test_other():
    assert ALL

def test_fails():
    raise AssertionError("a test of the session")
"""

CONFTEST = """
from golden_accept import PLUGIN, Accepting

def pytest_configure(config):
    config.pluginmanager.register(Accepting(), PLUGIN)
"""


# Many cases in one test


def test_every_case_that_fails_is_named() -> None:
    @on_every([1, 2, 3, (4,)], at_least=4)
    def law(number: int) -> None:
        if number == 2:
            raise KeyError(number)
        assert number % 2, f"{number} is even"

    with pytest.raises(AssertionError) as failed:
        law()
    assert str(failed.value).startswith("2 of 4 fail:\n2:\n    KeyError: 2\n4:\n    4 is even")


def test_no_cases_are_too_few() -> None:
    @on_every([], at_least=1)
    def law(_: int) -> None:
        raise AssertionError

    with pytest.raises(AssertionError, match="only 0 are left of 1 cases"):
        law()


# What is accepted


@pytest.fixture
def page(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page of two cases, with tests that accept it, and a law that holds."""
    pytester.makeconftest(CONFTEST)
    pytester.makeini("[pytest]\naddopts = -p no:slipcover")  # it counts the session that runs this
    pytester.makepyfile(test_pages=TESTS, law="def test_law(): pass")
    monkeypatch.setattr(golden_accept, "LAWS", ["--noconftest", str(pytester.path / "law.py")])
    page = pytester.path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    return page


def test_only_what_is_selected_is_accepted_and_each_line_is_told(
    pytester: pytest.Pytester, page: Path
) -> None:
    ended = pytester.runpytest_inprocess("-k", "two")
    assert ended.ret == pytest.ExitCode.OK
    assert page.read_text(encoding="utf-8") == PAGE.replace("old two", "new sv")
    at = PAGE.splitlines().index("old two") + 1
    told = [f"{page}:{at}: - old two", f"{page}:{at}: + new sv", "accepted: 1 texts, 1 pages"]
    assert [line for line in ended.outlines if line.startswith((str(page), "accepted"))] == told


def test_a_page_that_is_run_is_accepted_as_a_whole(pytester: pytest.Pytester, page: Path) -> None:
    whole = page.with_name("whole.md")
    whole.write_text("one\nold\n", encoding="utf-8")
    ended = pytester.runpytest_inprocess("-k", "whole")
    assert whole.read_text(encoding="utf-8") == "one\nnew\n"
    ended.stdout.fnmatch_lines([f"{whole}:2: - old", f"{whole}:2: + new", "accepted: 0 texts, 1*"])


def test_what_is_as_expected_is_not_written(pytester: pytest.Pytester, page: Path) -> None:
    page.write_text(PAGE.replace("old one", "new en"), encoding="utf-8")
    ended = pytester.runpytest_inprocess("-k", "one or other")
    assert ended.ret == pytest.ExitCode.OK
    assert "accept" not in ended.stdout.str()


def test_nothing_is_accepted_while_a_law_fails(pytester: pytest.Pytester, page: Path) -> None:
    pytester.makepyfile(law="def test_law(): assert not 'it holds'")
    ended = pytester.runpytest_inprocess("-k", "two")
    assert ended.ret == pytest.ExitCode.TESTS_FAILED
    assert page.read_text(encoding="utf-8") == PAGE
    ended.stdout.fnmatch_lines(["nothing is accepted: a law fails*", "FAILED *test_law*"])


def test_nothing_is_accepted_without_laws(pytester: pytest.Pytester, page: Path) -> None:
    (pytester.path / "law.py").unlink()
    assert pytester.runpytest_inprocess("-k", "two").ret == pytest.ExitCode.TESTS_FAILED
    assert page.read_text(encoding="utf-8") == PAGE


def test_nothing_is_accepted_while_a_test_fails(pytester: pytest.Pytester, page: Path) -> None:
    ended = pytester.runpytest_inprocess()
    assert ended.ret == pytest.ExitCode.TESTS_FAILED
    assert page.read_text(encoding="utf-8") == PAGE
    ended.stdout.fnmatch_lines(["nothing is accepted: a test of this run failed*"])


def test_pages_are_not_accepted_by_several_processes(request: pytest.FixtureRequest) -> None:
    command = [sys.executable, "-m", "pytest", "--accept", "-n2", "--collect-only", __file__]
    ended = subprocess.run(  # noqa: S603 - our own tests
        command, cwd=request.config.rootpath, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert "leave -n out" in ended.stderr


# Cases on golden pages


@pytest.mark.parametrize(
    ("prose", "told"),
    [
        (("## One", "", ""), [8, 14]),
        (("One.", "", "Three."), [8]),
        (("One.", "Two.", "Three."), []),
    ],
)
def test_a_case_needs_words_of_its_own(
    tmp_path: Path, prose: tuple[str, ...], told: list[int]
) -> None:
    one = "\n```rule en a\na green\n```\n```expect explanation en\n```\n"
    page = tmp_path / "page.md"
    page.write_text("".join(words + one for words in prose), encoding="utf-8")
    assert untold(page) == told


def test_the_same_in_the_other_language_stands_under_the_same_words(tmp_path: Path) -> None:
    cases = [f"\n```rule {each} a\na\n```\n```expect table {each}\n```\n" for each in ("sv", "en")]
    page = tmp_path / "page.md"
    page.write_text("One." + "".join(cases), encoding="utf-8")
    assert untold(page) == []
    page.write_text("One." + "".join([*cases, *cases]), encoding="utf-8")
    assert untold(page) == [14, 20]
