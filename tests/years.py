"""Rule files by year: one text from which a file with years is made, and one for each year alone.

A line begins with the years in which it holds and a sign: `|` where the file with years says so
after the line, `>` where that follows from what it belongs to, `~` for a line of the files of one
year, and `&` for one of the file with years. A line without years is in all of them.
"""

import re
from collections.abc import Iterator

LINE = re.compile(r"(\d{4})(?:–(\d{4}))?([|>~&])(.*)")
HEAD = 'goalrules 1 sv\nplan "Plan"\n'


def merged(lines: str, years: str) -> str:
    """The file with years."""
    return f"{HEAD}gäller {years}\n" + "\n".join(_merged(lines))


def _merged(lines: str) -> Iterator[str]:
    for line in lines.splitlines():
        found = LINE.fullmatch(line)
        if found is None:
            yield line
            continue
        first, last, sign, text = found.groups()
        if sign != "~":
            yield text
        if sign == "|":
            yield f"gäller {first}–{last or first}"


def alone(lines: str, year: int) -> str:
    """The file of one year."""
    return f"{HEAD}gäller {year}\n" + "\n".join(_alone(lines, year))


def _alone(lines: str, year: int) -> Iterator[str]:
    for line in lines.splitlines():
        found = LINE.fullmatch(line)
        if found is None:
            yield line
            continue
        first, last, sign, text = found.groups()
        if sign != "&" and int(first) <= year <= int(last or first):
            yield text
