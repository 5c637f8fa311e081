"""CSV files of outcomes: every encoding and delimiter, every fault at its cell, any bytes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalrules.data.outcome import OutcomeRow, ReadRows
from goalrules.data.outcomes import read_outcomes
from goalrules.data.records import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS
from goalrules.data.values import LevelRange, LevelWord, Status
from goalrules.text.diagnostics import MOST_TOLD, WordRef
from goalrules.text.numbers import Amount
from goalrules.text.source import Span

HEADINGS = "mål;indikator;utfall;bedömning"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
PIECES = st.sampled_from(
    [*';,\t\n\r"', "indikator", "utfall", "mål", "level", "utfal", "5,5", "1.500", "grön", "#N/A"]
)
NAMES = st.text(st.sampled_from("abcåäöÅÄÖé .5%§"), min_size=1).filter(str.strip)


def read(text: str) -> ReadRows:
    return read_outcomes(text.encode(), "x.csv")


def places(found: ReadRows) -> list[tuple[str, int, int]]:
    return [(each.code, each.span.line, each.span.column) for each in found[1]]


def facts(found: ReadRows) -> dict[str, object]:
    return dict(found[1][0].facts)


@given(st.binary())
def test_any_bytes_give_rows_or_faults(data: bytes) -> None:
    rows, faults = read_outcomes(data, "x.csv")
    assert rows or faults


@given(st.lists(PIECES | st.text(max_size=3)).map("".join), st.sampled_from([*ENCODINGS, "utf-32"]))
def test_any_text_gives_rows_or_faults(text: str, encoding: str) -> None:
    for start in ("", f"{HEADINGS}\n"):
        rows, faults = read_outcomes((start + text).encode(encoding, "replace"), "x.csv")
        assert all(each.indicator for each in rows)
        assert all(each.span.line >= 1 and each.file == "x.csv" for each in faults)


@given(
    st.lists(NAMES, min_size=1), st.sampled_from(ENCODINGS), st.sampled_from(["\n", "\r\n", "\r"])
)
def test_encodings_and_line_ends_give_equal_rows(names: list[str], encoding: str, end: str) -> None:
    text = end.join([HEADINGS, *(f"5;{each};−5;röd" for each in names)])
    text = text.replace("−", "-") if encoding == "cp1252" else text
    rows, faults = read_outcomes(text.encode(encoding), "x.csv")
    assert faults == ()
    assert rows == tuple(
        OutcomeRow(
            goal="5", indicator=" ".join(each.split()), value=rows[0].value, level=LevelWord("red")
        )
        for each in names
    )
    assert [each.span.line for each in rows] == list(range(2, len(names) + 2))


@given(st.lists(st.text(st.sampled_from('a";,\t\nå '), min_size=1).filter(str.strip), min_size=1))
def test_quoted_cells_keep_text_and_lines(comments: list[str]) -> None:
    quoted = [each.replace('"', '""') for each in comments]
    rows, faults = read("indicator,level,comment\n" + "".join(f'a,red,"{q}"\n' for q in quoted))
    assert faults == ()
    assert [each.comment for each in rows] == [each.strip() for each in comments]
    ends = [each.count("\n") + 1 for each in comments]
    assert [each.span.line for each in rows] == [2 + sum(ends[:n]) for n in range(len(ends))]


@pytest.mark.parametrize(
    "text",
    [
        "indikator;utfall\na;1,5\n",
        "Indicator,Value\na,1.5\n",
        "INDIKATORN\tResultat\r\na\t1,5",
        "sep=;\nindikator;utfall\na;1,5\n",
        'Uppföljning 2025; "helår"\n\nindikator;utfall;;\n;;;\na;1,5;;\n',
        'id;"utfall" ; "indikator"\n7; "1,5" ;a;;;\n',
        "utfall;indikator;utfal\n1,5;a;\n",
        "indikator;utfall;enhet\na;1,5;Vuxen\n;;Summa\n",
    ],
)
def test_one_row_in_many_shapes(text: str) -> None:
    rows, faults = read(text)
    assert faults == ()
    assert [(row.indicator, row.value) for row in rows] == [
        ("a", Amount(Decimal("1.5"), "", "." if "." in text else ","))
    ]


def test_a_row_knows_its_line_text_and_cells() -> None:
    (row,), _ = read(f'{HEADINGS}\n5;"a\nb";;röd–gul;\n')
    assert (row.file, row.line, row.indicator) == ("x.csv", '5;"a', "a b")
    assert row.level == LevelRange("red", "yellow")
    assert (row.span, row.at("value")) == (Span(2, 4, 2, 5), Span(2, 3, 2, 4))


def test_rows_that_state_nothing_are_kept_and_empty_ones_skipped() -> None:
    rows, faults = read(f"{HEADINGS}\n5;a;;\n;;;\n\n5;b\n5;c;ännu inte mätt;\n")
    assert [(each.indicator, each.value) for each in rows] == [
        ("a", None),
        ("b", None),
        ("c", Status("not measured")),
    ]
    assert faults == ()


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "empty-file", 1),
        (b" \n\r\n", "empty-file", 1),
        (b"indikator;utfall\na;\x00\n", "binary", 1),
        (b"indikator;utfall\na;\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\n", "binary", 1),
        (b"%PDF-1.7 indikator;utfall", "binary", 1),
        ("indikator;utfall".encode("utf-16-le"), "binary", 1),
        (b"indikator;utfall\na;\x81\n", "undecodable", 2),
        (b"\xef\xbb\xbfindikator;utfall\n\na;\xe5\n", "undecodable", 3),
        (b"\xff\xfei", "undecodable", 1),
        (b"a;b\n1;2\n", "no-headings", 1),
        (b"indikator;kommentar\n1;2\n", "no-headings", 1),
        (b"a" * 50_000_001, "too-large", 1),
        (b"indikator;utfall\n" + b"a;1\n" * (MOST_ROWS + 1), "too-many-rows", 1),
    ],
)
def test_files_that_are_refused_as_a_whole(data: bytes, code: str, line: int) -> None:
    rows, (fault,) = read_outcomes(data, "x.csv")
    assert rows == ()
    assert (fault.code, fault.span) == (code, Span(line, 1, line, 2))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("indikator;utfall\na;1;2\n", [("too-many-cells", 2, 3)]),
        ('indikator;utfall\n"a;1\nb;2\n', [("quote-not-closed", 2, 1)]),
        ('indikator;utfall\na;"1"2\nb;2\n', [("quote-not-closed", 2, 2)]),
        ('"indikator;utfall\na;1\n', [("no-headings", 1, 1), ("quote-not-closed", 1, 1)]),
        ("x" * 10_001 + "\nindikator;utfall\n", []),
        ("indikator;utfall;mått\na;1;\n", [("heading-twice", 1, 3)]),
        ("indikator;utfal\na;1\n", [("unknown-heading", 1, 2)]),
        ("indikator;Utfall (%);färg\na;1;röd\n", [("unknown-heading", 1, 2)]),
        ("indikator;utfall 2024;färg\na;1;röd\n", [("heading-without-period", 1, 3)]),
        ("indikator;utf\u200ball\na;1\n", [("unseen-character", 1, 2)]),
        ("indikator;utfall\na\u00adb;1\n", [("unseen-character", 2, 1)]),
        ("indikator;utfall\n;1\n", [("no-indicator", 2, 1)]),
        ("indikator;utfall\n;#N/A\n", [("no-indicator", 2, 1), ("error-cell", 2, 2)]),
        ("indikator;utfall\na;?\nb;#N/A\n", [("unclear-mark", 2, 2), ("error-cell", 3, 2)]),
        ("indikator;utfall\na;..\nb;2024-10-01\n", [("unclear-mark", 2, 2), ("date-cell", 3, 2)]),
        (
            "indikator;utfall;period\na;11 70;x\n",
            [("number-grouping", 2, 2), ("unknown-period", 2, 3)],
        ),
        ("indikator;utfall\n" + ";" * MOST_COLUMNS, [("too-many-columns", 2, MOST_COLUMNS + 1)]),
        ('indikator;utfall\n""' + ";" * MOST_COLUMNS, [("too-many-columns", 2, MOST_COLUMNS + 1)]),
        (f"indikator;utfall\na;{'x' * (MOST_CHARACTERS + 1)}\n", [("cell-too-long", 2, 2)]),
    ],
)
def test_faults_at_their_cells(text: str, found: list[tuple[str, int, int]]) -> None:
    assert places(read(text)) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("indikator;utfall\n" + "\n" * MOST_ROWS, 0),
        ("\n" * 19 + "indikator;utfall\na;1", 1),
        (f"indikator;utfall\n{'a' * MOST_CHARACTERS};1", 1),
        (f"indikator;utfall{';' * (MOST_COLUMNS - 2)}\na;1", 1),
    ],
)
def test_what_is_just_within_the_limits(text: str, count: int) -> None:
    rows, faults = read(text)
    assert (len(rows), faults) == (count, ())


def test_headings_are_sought_in_the_first_rows_only() -> None:
    assert places(read("\n" * 20 + "indikator;utfall\na;1")) == [("headings-far-down", 21, 1)]
    assert places(read("\n" * 300 + "indikator;utfall\na;1")) == [("no-headings", 1, 1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("indikator;utfal\n", {"text": "utfal", "nearest": "utfall"}),
        (f"indikator;{'u' * 50};grupp;utfall (prognos)\n", {"nearest": "utfall"}),
        ("indikator;utfall;Mått\n", {"text": "Mått", "first": "indikator"}),
        ("indikator;utfall\na;1;2;\n", {"cells": 4, "headings": 2}),
        ("indikator;utfall\n" + ";" * MOST_COLUMNS, {"limit": MOST_COLUMNS}),
        ("indikator;utfall\na;x\u200by\n", {"character": "U+200B"}),
        ("indikator;utfall\na;-\n", {"text": "-", "column": WordRef("heading", "value")}),
    ],
)
def test_facts_of_faults(text: str, found: dict[str, object]) -> None:
    assert facts(read(text)).items() >= found.items()


@pytest.mark.parametrize(
    ("cells", "delimiter", "found"),
    [
        (["75,5", "1.500"], ";", [("ambiguous-number", "1.500", "1,500", "1500")]),
        (["75.5", "1,500"], ",", [("ambiguous-number", "1,500", "1.500", "1500")]),
        (["1.500"], ";", [("ambiguous-number", "1.500", "1,500", "1500")]),
        (["1.500"], "\t", [("ambiguous-number", "1.500", "1,500", "1500")]),
        (["1.500"], ",", []),
        (["1,500"], ";", []),
        (["-1,500"], ",", [("ambiguous-number", "-1,500", "-1.500", "-1500")]),
        (["75.5", "1.500"], ";", []),
        (["75,5", "1,500"], ",", []),
        (["75,5", "82.1 %"], ";", [("other-decimal-mark", "82.1", "82,1", None)]),
        (["75,5", "82.1"], ",", [("other-decimal-mark", "75,5", "75.5", None)]),
        (["75,5", "0.500"], ";", [("other-decimal-mark", "0.500", "0,500", None)]),
        (["75,5", "11 000.500"], ";", [("other-decimal-mark", "11000.500", "11000,500", None)]),
        (["75,5", "1.000"], ";", [("ambiguous-number", "1.000", "1,000", "1000")]),
        (["75,5", "999.999"], ";", [("ambiguous-number", "999.999", "999,999", "999999")]),
        (["75,5", "1000.000"], ";", [("other-decimal-mark", "1000.000", "1000,000", None)]),
        (["75", "80"], ";", []),
    ],
)
def test_a_file_has_one_decimal_mark(
    cells: list[str], delimiter: str, found: list[tuple[str, str, str, str | None]]
) -> None:
    lines = [f"indikator{delimiter}utfall", *(f'a{delimiter}"{each}"' for each in cells)]
    rows, faults = read("\n".join(lines))
    assert [
        (each.code, each.facts["text"], each.facts["as_decimal"], each.facts.get("as_whole"))
        for each in faults
    ] == found
    assert len(rows) == len(cells) - len(faults)


@pytest.mark.parametrize("extra", [0, 1, 50, 2_000])
def test_the_faults_are_capped_and_the_rest_counted(extra: int) -> None:
    rows, faults = read("indikator;utfall\nok;1\n" + "a;1e5\n" * (MOST_TOLD + extra))
    assert len(rows) == 1
    assert [each.code for each in faults[MOST_TOLD:]] == ["more-faults"][: bool(extra)]
    assert [each.facts["count"] for each in faults[MOST_TOLD:]] == [extra][: bool(extra)]
