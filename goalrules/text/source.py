"""The text of a rule file, and places in it.

A `Source` is made from whatever people paste (Word, PDF, macOS, Excel) and holds one
normal form of it: NFC letters and one kind of line end. Characters that nobody can see
are not removed but reported, since they can make two names look alike.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Annotated

from goalrules.document import Place
from goalrules.lazily import frozen
from goalrules.limits import step, stepping

PIECE = 1 << 16
ASCII = re.compile("[\x00-\x7f]")
LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


@frozen
class Span:
    """A stretch of text, in lines and columns counted from 1; its end is not in it."""

    __as_row__ = True

    line: Annotated[Place, "The line where it begins; 1 for what has no place of its own."]
    column: Annotated[Place, "The column where it begins."]
    end_line: Annotated[Place, "The line where it ends."]
    end_column: Annotated[Place, "The column after its end."]

    def to(self, other: "Span") -> "Span":
        """The stretch from the start of this one to the end of another."""
        return Span(self.line, self.column, other.end_line, other.end_column)

    def holds(self, other: "Span") -> bool:
        """Whether another stretch lies in this one."""
        after = (self.line, self.column) <= (other.line, other.column)
        return after and (other.end_line, other.end_column) <= (self.end_line, self.end_column)


NOWHERE = Span(1, 1, 1, 1)


def normal(text: str) -> str:
    """The text with composed letters (NFC) and every kind of line end as one newline."""
    return LINE_END.sub("\n", "".join(_composed(text)))


def _composed(text: str) -> Iterator[str]:
    """The text with composed letters, in pieces: no letter of ASCII is composed with one before."""
    at = 0
    while at < len(text):
        step()
        found = ASCII.search(text, at + PIECE)
        end = found.start() if found else len(text)
        yield unicodedata.normalize("NFC", text[at:end])
        at = end


def unseen(text: str) -> Iterator[tuple[int, str]]:
    """Each character of the text that shows nothing or turns the writing, as (offset, "U+200B")."""
    for found in UNSEEN.finditer(text):
        yield found.start(), f"U+{ord(found.group()):04X}"


class Source:
    """A named text in normal form, which knows the line and column of every offset."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = normal(text.removeprefix("\ufeff"))
        self.lines = self.text.split("\n")
        lengths = (len(line) + 1 for line in stepping(self.lines))
        self._starts = [*accumulate(lengths, initial=0)]

    def span(self, start: int, end: int) -> Span:
        """The span of the offsets from start up to end."""
        return Span(*self._point(start), *self._point(end))

    def line(self, number: int) -> str:
        """The text of a line, counted from 1."""
        return self.lines[number - 1]

    def _point(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset) - 1
        return line + 1, offset - self._starts[line] + 1
