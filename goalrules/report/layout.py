"""What stands on a terminal: a text on one line, and a line with marks under a stretch of it."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from textwrap import wrap

from goalrules.text.source import UNSEEN, Span

WIDTH = 100
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


def wrapped(text: str, hang: str = "") -> list[str]:
    """A text in lines of a readable width, the later ones indented."""
    return wrap(
        text, WIDTH, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False,
        drop_whitespace=True,
    )  # fmt: skip


def first_line(file: str, span: Span, message: str, code: str) -> str:
    """The line that tells of a fault or a finding: `file:line:column: message [code]`."""
    return f"{shown(file)}:{span.line}:{span.column}: {message} [{code}]"


def marked_line(line: str, span: Span) -> tuple[str, str]:
    """The line and the marks under the span; of a long line, the part around the span."""
    skipped = max(span.column - 1 - REACH, 0)
    near = line[skipped : span.column + REACH]
    cells = list(_cells(near))
    columns = list(accumulate((width for _, width in cells), initial=0))
    start = min(span.column - 1 - skipped, len(cells))
    end = span.end_column - 1 - skipped if span.end_line == span.line else len(cells)
    end = min(end, len(cells))
    too_wide = columns[end] > WIDEST
    first = bisect_left(columns, columns[start] - MOST_BEFORE) if too_wide else 0
    last = bisect_right(columns, columns[first] + WIDEST) - 1
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
        sign = shown(character)
        if character == "\t":
            width = TAB - column % TAB
            sign = " " * width
        elif unicodedata.category(sign) in {"Mn", "Me"}:
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1
        yield sign, width
        column += width
