"""Workbooks that are not read: damaged, hostile, too large or of another kind, each by its name.

Each refusal is bounded: in time as those of rules are, and in memory as it is counted.
"""

import struct
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from time import process_time
from zipfile import ZIP_LZMA, ZipFile

import pytest
from test_limits import READINGS, a_reading
from workbooks import by_hand, cell, headed, parts, relations, row, text, zipped

from goalrules.data.outcomes import read_outcomes
from goalrules.data.records import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, letters
from goalrules.data.xlsx_package import CHUNK, MOST_ELEMENTS, MOST_NAMES, MOST_PARTS
from goalrules.data.xlsx_workbook import MOST_TEXTS

MEGABYTE = 1_000_000
MOST_MEMORY = 100 * MEGABYTE
"""Beside the file itself; with it and the program all stays below 200 MB."""

ROW = headed(row(2, text("A2", "a"), cell("B2", "1")))
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def with_part(name: str, data: bytes) -> bytes:
    return zipped(parts(ROW) | {name: data})


def sheet(rows: str) -> bytes:
    return by_hand(rows)


def lying(size: int) -> bytes:
    """A workbook whose sheet says that it is small, and is not."""
    data = bytearray(with_part(SHEET, b"<a>" + b"x" * size))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = -1
        while (start := data.find(signature, start + 1)) >= 0:
            if struct.unpack_from("<L", data, start + at)[0] > size:
                struct.pack_into("<L", data, start + at, 1_000)
    return bytes(data)


def flagged() -> bytes:
    """A workbook whose parts say that they are encrypted."""
    data = bytearray(by_hand(ROW))
    start = -1
    while (start := data.find(b"PK\x01\x02", start + 1)) >= 0:
        data[start + 8] |= 1
    return bytes(data)


def by_lzma() -> bytes:
    saved = BytesIO()
    with ZipFile(saved, "w", ZIP_LZMA) as archive:
        for name, data in parts(ROW).items():
            archive.writestr(name, data)
    return saved.getvalue()


def wrong_sum() -> bytes:
    """A workbook with a byte of a part changed."""
    data = bytearray(zipped(parts(ROW)))
    at = data.find(SHEET.encode()) + len(SHEET) + 5
    data[at] ^= 0xFF
    return bytes(data)


def stored(*chunks: bytes, part: str = SHEET) -> bytes:
    """A workbook with a part of some bytes, not packed, so that no ratio gives it away."""
    saved = BytesIO()
    with ZipFile(saved, "w") as archive:
        for name, data in (parts(ROW) | {part: b"".join(chunks)}).items():
            archive.writestr(name, data)
    return saved.getvalue()


def rows(count: int) -> bytes:
    return stored(
        b"<worksheet><sheetData>",
        headed().encode(),
        *(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>'.encode() for n in range(2, count + 2)),
        b"</sheetData></worksheet>",
    )


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "an old workbook": (lambda: OLD + b"\0" * 600, "old-workbook"),
    "a protected workbook": (
        lambda: OLD + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "encrypted-workbook",
    ),
    "parts that are encrypted": (flagged, "encrypted-workbook"),
    "a binary workbook": (lambda: with_part("xl/workbook.bin", b""), "binary-workbook"),
    "an open document": (lambda: with_part("content.xml", b""), "open-document"),
    "a word document": (lambda: zipped({"word/document.xml": b"<a/>"}), "not-a-workbook"),
    "another office document": (
        lambda: zipped(
            {
                "_rels/.rels": relations(("officeDocument", "word/document.xml")),
                "word/document.xml": b"<a/>",
            }
        ),
        "not-a-workbook",
    ),
    "an empty archive": (lambda: zipped({}), "not-a-workbook"),
    "no archive": (lambda: b"PK\x03\x04 indikator;utfall", "damaged-workbook"),
    "half an archive": (lambda: by_hand(ROW)[:-40], "damaged-workbook"),
    "a part with another sum": (wrong_sum, "damaged-workbook"),
    "a part packed in another way": (by_lzma, "damaged-workbook"),
    "a sheet that is not there": (
        lambda: zipped({name: data for name, data in parts(ROW).items() if name != SHEET}),
        "damaged-workbook",
    ),
    "no XML": (lambda: with_part(SHEET, b"indikator;utfall"), "damaged-workbook"),
    "half an XML": (lambda: with_part(SHEET, b"<worksheet><sheetData>"), "damaged-workbook"),
    "an unknown encoding": (
        lambda: with_part(SHEET, b'<?xml version="1.0" encoding="x-none"?><a/>'),
        "damaged-workbook",
    ),
    "a row without a number": (lambda: sheet('<row r="x"/>'), "damaged-workbook"),
    "a row that goes back": (lambda: sheet('<row r="2"/><row r="2"/>'), "damaged-workbook"),
    "a row with a long number": (lambda: sheet('<row r="10000000"/>'), "damaged-workbook"),
    "a cell that goes back": (
        lambda: sheet(row(1, cell("B1", "1"), cell("A1", "1"))),
        "damaged-workbook",
    ),
    "a text that is not there": (lambda: sheet(row(1, cell("A1", "0", "s"))), "damaged-workbook"),
    "a document type": (
        lambda: with_part(SHEET, f"{LAUGHS}<l>&c;</l>".encode()),
        "doctype",
    ),
    "a document type in another encoding": (
        lambda: with_part(SHEET, f"{LAUGHS}<l>&c;</l>".encode("utf-16")),
        "doctype",
    ),
    "a document type among the sheets": (
        lambda: with_part("xl/workbook.xml", b"<!DOCTYPE a><a/>"),
        "doctype",
    ),
    "a large part": (lambda: with_part("xl/media/a", b"\0" * (51 * MEGABYTE)), "inflates-too-much"),
    "a part that is all the same": (
        lambda: with_part("xl/media/a", b"\0" * MEGABYTE),
        "packed-too-tightly",
    ),
    "a sheet that lies about its size": (lambda: lying(30 * MEGABYTE), "damaged-workbook"),
    "many parts": (
        lambda: zipped({f"{n}": b"" for n in range(MOST_PARTS + 1)}),
        "damaged-workbook",
    ),
    "a long tag": (lambda: stored(b"<a b='", b"x" * 3 * CHUNK, b"'/>"), "damaged-workbook"),
    "many names": (
        lambda: stored(b"<a>", *(b"<a%d/>" % n for n in range(MOST_NAMES + 1)), b"</a>"),
        "damaged-workbook",
    ),
    "many elements": (
        lambda: stored(b"<a>", b"<b/>" * (MOST_ELEMENTS + 1), b"</a>", part="xl/workbook.xml"),
        "damaged-workbook",
    ),
    "many rows": (lambda: rows(MOST_ROWS + 1), "too-many-rows"),
    "a cell far off": (lambda: sheet(row(1, cell("ALM1", "1"))), "too-many-columns"),
    "a long cell": (
        lambda: sheet(row(1, text("A1", "x" * (MOST_CHARACTERS + 1)))),
        "cell-too-long",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_read_is_refused_by_name_and_within_bounds(case: str) -> None:
    make, code = REFUSED[case]
    data, in_time = make(), READINGS * a_reading()
    tracemalloc.start()
    start = process_time()
    found, faults = read_outcomes(data, "u.xlsx")
    assert process_time() - start < in_time
    assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    tracemalloc.stop()
    assert found == ()
    assert code in [each.code for each in faults]


@pytest.mark.parametrize(
    ("part", "one", "most"),
    [
        pytest.param("sharedStrings.xml", "<si><t>a</t></si>", MOST_TEXTS, marks=pytest.mark.long),
        ("styles.xml", "<xf/>", MOST_ELEMENTS),
    ],
)
def test_many_elements_in_other_parts(part: str, one: str, most: int) -> None:
    whole = parts(ROW, **{part: f"<a><cellXfs>{one * (most + 1)}</cellXfs></a>"})
    saved = BytesIO()
    with ZipFile(saved, "w") as archive:
        for name, data in whole.items():
            archive.writestr(name, data)
    found, (fault,) = read_outcomes(saved.getvalue(), "u.xlsx")
    assert (found, fault.code) == ((), "damaged-workbook")


def test_a_part_that_gives_more_than_may_be_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalrules.data.xlsx_package.MOST_BYTES", 1_500)
    monkeypatch.setattr("goalrules.data.xlsx_package.Package._check_what_is_said", lambda *_: None)
    (fault,) = read_outcomes(
        by_hand(headed(*(row(n, text(f"A{n}", "a")) for n in range(2, 40)))), "u"
    )[1]
    assert (fault.code, fault.facts["limit"]) == ("inflates-too-much", 50)


def test_many_merged_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalrules.data.xlsx_grid.MOST_MERGED", 1)
    after = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/></mergeCells>'
    faults = read_outcomes(by_hand(ROW, after=after), "u.xlsx")[1]
    assert "damaged-workbook" in [each.code for each in faults]


@pytest.mark.parametrize(
    ("limit", "rows_", "own"),
    [
        ("xlsx_grid.MOST_ROWS", headed(row(2, text("A2", "a"), cell("B2", "1"))), {}),
        ("xlsx_workbook.MOST_TEXTS", ROW, {"sharedStrings.xml": "<a><si/><si/></a>"}),
        ("xlsx_grid.MOST_BEGUN", ROW + "<a/>", {}),
        ("xlsx_package.MOST_ELEMENTS", ROW, {"styles.xml": "<a><b/><b/></a>"}),
    ],
)
def test_limits_that_are_counted_as_a_part_is_read(
    limit: str, rows_: str, own: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"goalrules.data.{limit}", 0)
    (*_, fault) = read_outcomes(by_hand(rows_, **own), "u.xlsx")[1]
    assert fault.code in ("too-many-rows", "damaged-workbook")


def test_what_is_just_within_the_limits() -> None:
    last = letters(MOST_COLUMNS)
    far = row(2, text("A2", "a"), cell("B2", "1"), text(f"{last}2", "x" * MOST_CHARACTERS))
    found, faults = read_outcomes(by_hand(headed(far)), "u.xlsx")
    assert (len(found), faults) == (1, ())
    blank = headed(row(2, text("A2", "a"), cell("B2", "1"), cell("XFD2")))
    found, faults = read_outcomes(by_hand(blank.replace(' r="1"', "").replace(' r="2"', "")), "u")
    assert (len(found), faults) == (1, ())


@pytest.mark.long
def test_as_many_rows_as_may_be_are_read() -> None:
    found, faults = read_outcomes(rows(MOST_ROWS), "u.xlsx")
    assert (len(found), faults) == (MOST_ROWS, ())


def test_a_fault_far_down_keeps_the_rows_above() -> None:
    broken = headed(row(2, text("A2", "a"), cell("B2", "1"))) + "<row r='3'></x>"
    found, (fault,) = read_outcomes(by_hand(broken), "u.xlsx")
    assert [each.indicator for each in found] == ["a"]
    assert (fault.code, fault.sheet, fault.facts["part"]) == ("damaged-workbook", "Utfall", SHEET)
