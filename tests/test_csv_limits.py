"""CSV files that are as large as may be: refused in time, and never whole in memory."""

import tracemalloc
from time import process_time

import pytest
from test_limits import READINGS, a_reading

from goalrules.data.outcomes import read_outcomes
from goalrules.data.records import MOST_ROWS
from goalrules.text.decoding import PIECE

MEGABYTE = 1_000_000
MOST_MEMORY = 100 * MEGABYTE
"""Beside the file itself, of at most 50 MB."""

HEADINGS = b"indikator;utfall\n"
WIDE = "\U0001f600".encode()
"""A letter that makes a whole text four times as large in memory."""

REFUSED: dict[str, tuple[bytes, str]] = {
    "rows of wide letters": (HEADINGS + (WIDE + b";1\n") * (MOST_ROWS + 2), "too-many-rows"),
    "one line": (WIDE + b"a" * 45 * MEGABYTE, "no-headings"),
    "one line of cells": (HEADINGS + b"a;" * 20 * MEGABYTE, "too-many-columns"),
    "one line of quoted cells": (HEADINGS + b'"a";' * 10 * MEGABYTE, "too-many-columns"),
    "an open quote": (HEADINGS + b'"' + b"a" * 45 * MEGABYTE + WIDE, "quote-not-closed"),
    "quotes in an open quote": (HEADINGS + b'"' + b'""' * 20 * MEGABYTE, "quote-not-closed"),
    "a NUL at the end": (HEADINGS + b"a;1\n" * 1_000 + b"a" * 45 * MEGABYTE + b"\0", "binary"),
    "a wrong byte at the end": (HEADINGS + b"a" * 45 * MEGABYTE + b"\x81", "undecodable"),
    "wide and wrong at the end": (
        b"\xff\xfe" + "å".encode("utf-16-le") * 20 * MEGABYTE + b"a",
        "undecodable",
    ),
    "blank lines": (b"\r" * 45 * MEGABYTE, "too-many-rows"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_refused_in_time_and_memory(case: str) -> None:
    data, code = REFUSED[case]
    in_time = READINGS * a_reading()
    start = process_time()
    found, faults = read_outcomes(data, "u.csv")
    assert process_time() - start < in_time
    assert (found, code in [each.code for each in faults]) == ((), True)
    tracemalloc.start()
    read_outcomes(data, "u.csv")
    assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    tracemalloc.stop()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("beside", range(3))
def test_lines_that_end_where_a_piece_does(end: str, beside: int) -> None:
    text = f"indikator;utfall;kommentar{end}" + f"a;1;{'x' * 9_000}{end}" * 116
    last = PIECE - beside - len(text) - len("a;1;")
    text += f'a;1;{"y" * last}{end}å;2;"b{end}c"{end}'
    assert text.encode()[PIECE - beside :].startswith(end.encode())
    found, faults = read_outcomes(text.encode(), "u.csv")
    assert faults == ()
    assert (len(found), len(found[-2].comment), found[-1].comment) == (118, last, "b\nc")
