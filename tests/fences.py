"""The fenced blocks and the tables of a Markdown page, with the lines that they stand on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^( *)```(.*)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its info string in words, its text, and the line of its first fence."""

    info: tuple[str, ...]
    text: str
    line: int

    @property
    def kind(self) -> str:
        """The first word of the info string."""
        return self.info[0] if self.info else ""

    @property
    def language(self) -> str:
        """The second word of the info string: "sv" or "en"."""
        return self.info[1] if len(self.info) > 1 else ""


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        opened = FENCE.match(line)
        if opened:
            indent = len(opened[1])
            inside = [text[indent:] for text in _until_closed(lines)]
            yield Block(tuple(opened[2].split()), "\n".join(inside), number)


def _until_closed(lines: Iterator[tuple[int, str]]) -> Iterator[str]:
    for _, line in lines:
        if line.strip() == "```":
            return
        yield line
    raise AssertionError("a block is not closed")


@dataclass(frozen=True)
class TableRow:
    """A row of a table: its cells, and its line."""

    cells: tuple[str, ...]
    line: int

    def code(self, column: int) -> tuple[str, ...]:
        """What stands in back-ticks in a cell."""
        return tuple(re.findall(r"`([^`]+)`", self.cells[column]))


def rows(page: Path, heading: str) -> Iterator[TableRow]:
    """The rows of every table of a page with these words in its heading row."""
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("|"):
            inside = False
        elif line.strip() == heading:
            inside = True
        elif inside and not line.startswith("|---"):
            cells = (cell.strip() for cell in line.strip().strip("|").split(" | "))
            yield TableRow(tuple(cells), number)
