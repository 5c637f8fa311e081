"""The pages for people: each is run from top to bottom, and must show what really comes of it.

A block with a file's name writes that file; `console` runs commands, and `output` holds what
the Python block before it prints. `pytest --accept` writes the outputs anew.
"""

import contextlib
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from golden_accept import Accepting
from imports import ROOT

from goalrules import cli

PAGES = (
    "README.md", "docs/for-kvalitetsstrateger.md", "docs/architecture.md", "docs/diff.md",
    "docs/aret.md", "docs/files.md", "docs/gap.md", "docs/helhetsbedomning.md", "docs/mall.md",
    "docs/developers.md", "SECURITY.md",
)  # fmt: skip
FENCED = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
BEGINS_FILE = re.compile(r"(?:goalrules (?:sv|en)|csv|json|toml) (\S+)")
TARGET = re.compile(r"`make ([a-z-]+)|^(?:\$ )?make ([a-z-]+)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


class Reader:
    """Somebody who does what a page says, in a folder, from top to bottom."""

    def __init__(self) -> None:
        self.names: dict[str, object] = {}
        self.printed = ""

    def follow(self, page: str) -> str:
        """The page with the outputs that really come."""
        return FENCED.sub(self._block, page)

    def _block(self, found: re.Match[str]) -> str:
        info, text = found.groups()
        return f"```{info}\n{self._done(info, text)}```"

    def _done(self, info: str, text: str) -> str:
        named = BEGINS_FILE.fullmatch(info)
        if named:
            file = Path(named[1])
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif info == "python":
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(compile(text, "page", "exec"), self.names)  # noqa: S102 - our own pages
            self.printed = printed.getvalue()
        elif info == "console":
            return "".join(_commands(text))
        elif info == "output":
            return self.printed
        return text


def _commands(text: str) -> Iterator[str]:
    """Each command of a block with what it prints."""
    for line in text.splitlines():
        if line.startswith("$ "):
            yield f"{line}\n{_run(*shlex.split(line[2:]))}"


def _run(program: str, *arguments: str) -> str:
    """What the command prints, as it looks on a terminal."""
    assert program == "goalrules"
    terminal = io.StringIO()
    with contextlib.redirect_stdout(terminal), contextlib.redirect_stderr(terminal):
        cli.main(arguments)
    return terminal.getvalue()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_comes_of_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    for folder in ("rulesets", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    page = ROOT / name
    text = page.read_text(encoding="utf-8")
    comes = Reader().follow(text)
    if accepting := Accepting.of(request.config):
        accepting.add_page(page, comes)
    else:
        assert comes == text


@pytest.mark.parametrize("name", [*PAGES, "grammar/README.md", "CHANGELOG.md"])
def test_what_a_page_names_is_there(name: str) -> None:
    page = ROOT / name
    text = page.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in {one or other for one, other in TARGET.findall(text)}:
        assert f"\n{target}:" in makefile, f"make {target}"
    for link in LINK.findall(text):
        assert (page.parent / link).exists(), link
