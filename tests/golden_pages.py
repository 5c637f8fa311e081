"""Golden pages: Markdown that shows rules and outcomes, and the texts that come of them.

A page is prose with fenced blocks. What is given stands in a block `rules FILE` (a rule file),
or `rule LANGUAGE MEMBER …` (a rule given alone), and in blocks such as `outcomes FILE PERIOD`
(a CSV table) and `note FILE` (how that is read); each new rule begins anew. `expect PRODUCER
LANGUAGE` holds what one of `PRODUCERS` makes of what is given before it. What is given, with what
is expected of it, is a case; under the heading or the sentence that says what it shows.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import cast

from attrs import field, frozen

from goalrules.text.languages import Language

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


@frozen(eq=False)
class Given:
    """What stands on a page before an expected text, by the names of the blocks."""

    blocks: Mapping[str, Block] = field(factory=dict)

    def with_(self, name: str, block: Block) -> "Given":
        """The same with one more block, or with nothing else where a new rule begins."""
        return Given({name: block} if name in BEGINS else {**self.blocks, name: block})


Producer = Callable[[Given, Language], str]
"""What makes a text, in a language, of what is given."""


@frozen(eq=False, repr=False)
class Expectation:
    """A text that a page expects: of which producer, in which language, of what.

    `number` is its place among the expected texts of the page, `line` that of its first fence.
    """

    page: Path
    number: int
    line: int
    heading: str
    producer: str
    language: Language
    given: Given
    text: str

    def __repr__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """A short name of the page's part and of what is expected there."""
        folder = FOLDER if self.page.is_relative_to(FOLDER) else CHECKS.parent
        page = self.page.relative_to(folder).with_suffix("")
        heading = re.sub(r"[\W_]+", "-", self.heading.casefold()).strip("-")
        return f"{page}:{heading}:{self.producer}-{self.language}"


def pages(folder: Path = FOLDER, checks: Path = CHECKS) -> list[Path]:
    """Every golden page, in order; those of checks are part of the reference."""
    return [*sorted(folder.rglob("*.md")), *sorted(checks.glob("[a-z]*.md"))]


@cache
def expectations(page: Path) -> tuple[Expectation, ...]:
    """The texts that a page expects, in order."""
    return tuple(_expectations(page))


def _expectations(page: Path) -> Iterator[Expectation]:
    given, heading, end, number = Given(), "", 0, 0
    text = page.read_text(encoding="utf-8")
    for found in FENCED.finditer(text):
        heading = next(reversed(HEADING.findall(text[end : found.start()])), heading)
        end = found.end()
        name, *words = found["info"].split() or [""]
        if name == EXPECT:
            producer, language = words
            line = text.count("\n", 0, found.start()) + 1
            yield Expectation(
                page,
                number,
                line,
                heading,
                producer,
                cast(Language, language),
                given,
                found["text"],
            )
            number += 1
        elif name:
            given = given.with_(name, Block(tuple(words), found["text"]))


@frozen
class Case:
    """What is given at once on a page with the texts expected of it, and the prose that is its own.

    `line` is that of its first block, `gives` holds the names of its blocks, and `languages`
    those of its texts. The prose is its own that stands after the case before.
    """

    line: int
    prose: str
    gives: tuple[str, ...]
    languages: frozenset[str]

    def is_told(self, before: "Case | None") -> bool:
        """Whether prose says what it shows: its own, or that of the same in the other language."""
        return bool(self.prose) or (
            before is not None
            and bool(before.prose)
            and self.gives == before.gives
            and len(self.languages) == 1
            and not self.languages & before.languages
        )


def cases(page: Path) -> Iterator[Case]:
    """The cases of a page in order: each one or more blocks, and one or more expected texts."""
    text = page.read_text(encoding="utf-8")
    blocks = [each for each in FENCED.finditer(text) if each["info"]]
    begin, start = 0, 0
    for at, (block, after) in enumerate(zip(blocks, [*blocks[1:], None], strict=True)):
        if block["info"].startswith(EXPECT) and not (after and after["info"].startswith(EXPECT)):
            own, begin = blocks[begin : at + 1], at + 1
            expected = [each for each in own if each["info"].startswith(EXPECT)]
            yield Case(
                text.count("\n", 0, own[0].start()) + 1,
                FENCED.sub("", text[start : block.end()]).strip(),
                tuple(each["info"].split()[0] for each in own if each not in expected),
                frozenset(each["info"].split()[2] for each in expected),
            )
            start = block.end()


def untold(page: Path) -> list[int]:
    """The lines of the cases that stand under no heading and no sentence of their own."""
    found = list(cases(page))
    return [
        case.line
        for case, before in zip(found, [None, *found], strict=False)
        if not case.is_told(before)
    ]
