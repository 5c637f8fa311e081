"""Readers are total: any bytes, and any change of a good file, give rows or faults, no more."""

import json
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import HEADINGS, by_hand, headed, parts_of, written, zipped

from goalrules.data.judgements import read_judgements
from goalrules.data.outcomes import read_outcomes
from goalrules.data.pairs import read_pairs
from goalrules.report.diagnostics.text import plain_text

CSV = 'mål;indikator;period;utfall;plan\n5;a;2025-03;75,5;följs\n\n5;"b\nc";T1;grön;\n'.encode()
JSON = json.dumps(
    {
        "values": [
            {
                "kpi": "N1",
                "municipality": "1",
                "period": 2025,
                "values": [{"gender": "T", "value": 1}],
            }
        ]
    }
).encode()
WORKBOOK = written(
    ("Utfall 2025", [["mål", *HEADINGS, "jan"], ["5", "a", None, 0.75], [None, "b", None, "grön"]]),
    ("Prognos", [HEADINGS, ["a", 1]]),
    merged={"A2:A3": ""},
    formats={"D2": "0 %"},
)
SHEET = "xl/worksheets/sheet1.xml"
WIDE = (
    "Utfall 2025;;Utfall;;Prognos\nmål;indikator;jan;feb;helår\n5;a;1;;2\n\nKälla: ERP\n".encode()
)
BELOW = "mål;indikator;Utfall;;2024;kommentar\n;;jan;T1;feb;\n5;a;1;2;3;x\n".encode()
JUDGED = (
    "Beslut\nmål;indikator;period;bedömning;beslutat av;datum;skäl\n"
    "1;a;2025;undantas;N;2026-02-17;s\n"
).encode()
GOOD = {"csv": CSV, "wide": WIDE, "below": BELOW, "json": JSON, "xlsx": WORKBOOK, "judged": JUDGED}
PIECES = st.sampled_from(
    [b"", b"\0", b"\xff", b"<", b">", b'"', b"&x;", b"<c/>", b"<v>", b"[", b"}", b",", b"r='A0'"]
) | st.binary(max_size=3)  # fmt: skip
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), PIECES), min_size=1, max_size=4)
Changes = list[tuple[float, int, bytes]]


def changed(data: bytes, changes: Changes) -> bytes:
    """The same with some bytes at some places replaced."""
    for place, length, piece in changes:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + length :]
    return data


def is_told(data: bytes) -> None:
    """Some bytes give rows or faults, each with a text, and leave the recursion limit alone."""
    limit = sys.getrecursionlimit()
    for read in (read_outcomes, read_pairs, read_judgements):
        _, faults = read(data, "fil")
        assert plain_text(faults, "sv").count("\n") == max(len(faults) - 1, 0)
        assert all(each.span.line >= 1 and each.span.column >= 1 for each in faults)
    assert sys.getrecursionlimit() == limit


@given(st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"[", b"{", b"\xff\xfe"]), st.binary())
def test_any_bytes(start: bytes, rest: bytes) -> None:
    is_told(start + rest)


@pytest.mark.parametrize("kind", GOOD)
@given(changes=CHANGES)
def test_any_change_of_a_good_file(kind: str, changes: Changes) -> None:
    is_told(changed(GOOD[kind], changes))


@given(st.sampled_from(sorted(parts_of(WORKBOOK))), CHANGES)
def test_any_change_of_a_part_of_a_workbook(name: str, changes: Changes) -> None:
    inside = parts_of(WORKBOOK)
    is_told(zipped(inside | {name: changed(inside[name], changes)}))


@given(st.sets(st.sampled_from(sorted(parts_of(WORKBOOK))), min_size=1))
def test_any_parts_of_a_workbook_left_out(names: set[str]) -> None:
    is_told(zipped({name: data for name, data in parts_of(WORKBOOK).items() if name not in names}))


NAMES = st.sampled_from(["a", "b", "budget (%)", "Åtgärder", "x y"])
STATED = st.sampled_from(
    ["", "75,5", "80 %", "grön", "röd–gul", "ännu inte mätt", "7 (prognos)", "11 600"]
)
LONG = [
    "mål",
    "indikator",
    "period",
    "utfall",
    "bedömning",
    "plan",
    "prognos",
    "antal",
    "kommentar",
]
OF_MONTHS = ["mål", "indikator", "jan", "2025-02", "prognos helår", "bedömning T1", "kommentar"]
LONG_ROWS = st.tuples(
    st.sampled_from(["", "5"]), NAMES, st.sampled_from(["", "2025", "mars", "T1 2024"]), STATED,
    st.sampled_from(["", "grön", "ej tillämplig"]), st.sampled_from(["", "följs"]),
    st.sampled_from(["", "80,5"]), st.sampled_from(["", "12"]), st.sampled_from(["", "bra"]),
)  # fmt: skip
WIDE_ROWS = st.tuples(
    st.sampled_from(["", "5"]), NAMES, STATED, STATED, st.sampled_from(["", "80,5"]),
    st.sampled_from(["", "gul"]), st.sampled_from(["", "bra"]),
)  # fmt: skip


@given(
    st.tuples(st.just(LONG), st.lists(LONG_ROWS, min_size=1))
    | st.tuples(st.just(OF_MONTHS), st.lists(WIDE_ROWS, min_size=1))
)
def test_the_same_cells_give_the_same_rows_in_every_kind_of_file(
    table: tuple[list[str], list[tuple[str, ...]]],
) -> None:
    headings, rows = table
    as_csv = "\n".join(";".join(cells) for cells in [headings, *rows]).encode()
    as_json = json.dumps([dict(zip(headings, cells, strict=True)) for cells in rows]).encode()
    as_xlsx = written(("Blad", [headings, *([cell or None for cell in row] for row in rows)]))
    found = [read_outcomes(data, "fil", 2025) for data in (as_csv, as_json, as_xlsx)]
    codes = [[(each.code, each.span.column) for each in faults] for _, faults in found]
    assert found[0][0] == found[1][0] == found[2][0]
    assert codes[0] == codes[1] == codes[2]


FOUND: dict[str, Callable[[], bytes]] = {
    "a merged range without rows": lambda: by_hand(headed(), after="<mergeCell ref='A:B'/>"),
}
"""Cases that laws or trials found, kept."""


@pytest.mark.parametrize("case", FOUND)
def test_cases_that_were_found(case: str) -> None:
    is_told(FOUND[case]())
