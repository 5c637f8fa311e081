"""A line of a source with marks under a stretch of it, as it looks on a terminal."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate

from goalrules.text.source import UNSEEN, Span

MARGIN = "   | "
MARK = "^"
CUT = "…"
UNSHOWN = "\ufffd"
TAB = 4
WIDEST = 96
MOST_BEFORE = 40
REACH = 500
"""How many characters on each side of the span are looked at, however long the line is."""

_BREAKS = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def shown(text: str) -> str:
    """The text on one line, with a sign for each character that shows nothing or steers."""
    plain = UNSEEN.sub(UNSHOWN, _BREAKS.sub(" ", text))
    return _LONE_SURROGATES.sub(UNSHOWN, plain)


def marked_line(line: str, span: Span) -> tuple[str, str]:
    """The line and the marks under the span; of a long line, the part around the span."""
    skipped = max(span.column - 1 - REACH, 0)
    near = line[skipped : span.column + REACH]
    cells = list(_cells(near))
    columns = list(accumulate((width for _, width in cells), initial=0))
    start = min(span.column - 1 - skipped, len(cells))
    end = span.end_column - 1 - skipped if span.end_line == span.line else len(cells)
    end = min(end, len(cells))
    first, last = _window(columns, start, end)
    cut_before = CUT if first or skipped else ""
    cut_after = CUT if last < len(cells) or skipped + len(near) < len(line) else ""
    text = "".join(sign for sign, _ in cells[first:last])
    marks = MARK * max(columns[min(end, last)] - columns[start], 1)
    margin = " " * (len(cut_before) + columns[start] - columns[first])
    return (MARGIN + cut_before + text + cut_after).rstrip(), MARGIN + margin + marks


def _cells(line: str) -> Iterator[tuple[str, int]]:
    """What is shown of each character of the line, and how many columns that takes."""
    column = 0
    for character in line:
        width = TAB - column % TAB if character == "\t" else _columns(shown(character))
        yield (" " * width if character == "\t" else shown(character)), width
        column += width


def _columns(character: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _window(columns: list[int], start: int, end: int) -> tuple[int, int]:
    """The stretch of characters that is shown: all of them where they are not too wide."""
    first = bisect_left(columns, columns[start] - MOST_BEFORE) if columns[end] > WIDEST else 0
    return first, bisect_right(columns, columns[first] + WIDEST) - 1
