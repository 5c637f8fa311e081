"""Golden pages: Markdown that shows rules and outcomes, and the texts that come of them.

A page is prose with fenced blocks. What is given stands in a block `rules FILE` (a rule file),
or `rule LANGUAGE MEMBER …` (a rule given alone), and in blocks such as `outcomes FILE PERIOD`
(a CSV table); each new rule begins anew. `expect PRODUCER LANGUAGE` holds what one of
`PRODUCERS` makes of what is given before it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from attrs import field, frozen

FOLDER = Path(__file__).parent / "golden"
CHECKS = Path(__file__).parents[1] / "grammar" / "checks"
FENCED = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence) *$", re.MULTILINE | re.DOTALL
)
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
BEGINS = ("rule", "rules", "old")
EXPECT = "expect"


@frozen
class Block:
    """A fenced block that gives something: the words after its name, and its text."""

    words: tuple[str, ...]
    text: str


@frozen
class Given:
    """What stands on a page before an expected text, by the names of the blocks."""

    blocks: Mapping[str, Block] = field(factory=dict)

    def with_(self, name: str, block: Block) -> "Given":
        """The same with one more block, or with nothing else where a new rule begins."""
        return Given({name: block} if name in BEGINS else {**self.blocks, name: block})


Producer = Callable[[Given, str], str]
"""What makes a text, in a language, of what is given."""


@frozen
class Expectation:
    """A text that a page expects: of which producer, in which language, of what."""

    page: Path
    heading: str
    producer: str
    language: str
    given: Given
    text: str

    @property
    def name(self) -> str:
        """A short name of the page's part and of what is expected there."""
        folder = FOLDER if self.page.is_relative_to(FOLDER) else CHECKS.parent
        page = self.page.relative_to(folder).with_suffix("")
        heading = re.sub(r"[\W_]+", "-", self.heading.casefold()).strip("-")
        return f"{page}:{heading}:{self.producer}-{self.language}"


def pages() -> list[Path]:
    """Every golden page, in order; those of checks are part of the reference."""
    return [*sorted(FOLDER.rglob("*.md")), *sorted(CHECKS.glob("[a-z]*.md"))]


def expectations(page: Path) -> Iterator[Expectation]:
    """The texts that a page expects, in order."""
    given, heading, end = Given(), "", 0
    text = page.read_text(encoding="utf-8")
    for found in FENCED.finditer(text):
        heading = next(reversed(HEADING.findall(text[end : found.start()])), heading)
        end = found.end()
        name, *words = found["info"].split() or [""]
        if name == EXPECT:
            producer, language = words
            yield Expectation(page, heading, producer, language, given, found["text"])
        elif name:
            given = given.with_(name, Block(tuple(words), found["text"]))


def accepted(page: Path, produce: Callable[[Expectation], str]) -> str:
    """The text of a page with what is produced now in the place of what was expected."""
    new = map(produce, expectations(page))

    def block(found: re.Match[str]) -> str:
        if found["info"].split()[:1] != [EXPECT]:
            return found[0]
        return f"{found['fence']}{found['info']}\n{next(new)}{found['fence']}"

    return FENCED.sub(block, page.read_text(encoding="utf-8"))
