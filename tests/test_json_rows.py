"""JSON files: rows as lists of objects, Kolada's records, and what is refused unbuilt."""

import json
from collections.abc import Mapping
from decimal import Decimal
from time import process_time

import pytest
from test_limits import READINGS, a_reading

from goalrules.data.json_grid import MOST_DEPTH
from goalrules.data.outcome import ReadRows
from goalrules.data.outcomes import read_outcomes
from goalrules.data.records import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS
from goalrules.data.values import LevelWord, Status
from goalrules.text.numbers import Amount

MEGABYTE = 1_000_000


def read(text: str | object) -> ReadRows:
    data = text if isinstance(text, str) else json.dumps(text)
    return read_outcomes(data.encode(), "u.json")


def told(found: ReadRows) -> list[tuple[str, int, int]]:
    return [(each.code, each.span.line, each.span.column) for each in found[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [
        '[{"mål": "5", "indikator": "a", "utfall": 75.50, "bedömning": "grön"}]',
        '{"outcomes": [{"goal": 5, "indicator": "a", "value": 75.50, "level": "green"}]}',
        '\n{"av": "", "x": [\n{"Mål": "5", "INDIKATOR": "a",\n"utfall": "75.5","färg": "gröna"}]}',
        '[{"indikator": "a", "goal": "5", "utfall": 7550e-2, "status": "grön", "id": {"x": [1]}}]',
        '[{"goal": "5", "indicator": "a", "2025": null, "2024": 75.5, "level 2024": "green"}]',
    ],
)  # fmt: skip
def test_one_row_in_many_shapes(text: str, encoding: str) -> None:
    (row,), faults = read_outcomes(text.encode(encoding), "u.json")
    assert faults == ()
    assert (row.goal, row.indicator, row.level) == ("5", "a", LevelWord("green"))
    assert isinstance(row.value, Amount)
    assert row.value.number == Decimal("75.50")


def test_numbers_are_exactly_as_written_and_rows_know_their_lines() -> None:
    text = (
        '[\n {"indikator": "a",\n  "utfall": 0.1000000000000000055511151231257827},\n'
        ' {"indikator": "b", "utfall": 12345678901234567890}\n]'
    )
    rows, faults = read(text)
    assert faults == ()
    assert [str(row.value.number) for row in rows if isinstance(row.value, Amount)] == [
        "0.1000000000000000055511151231257827",
        "12345678901234567890",
    ]
    assert [row.place.line for row in rows] == [2, 4]


def test_two_lists_are_read_as_two_sheets() -> None:
    lists = {
        "utfall": [{"indikator": "a", "period": 2025, "utfall": 1}],
        "bedömning": [{"indikator": "a", "period": 2025, "bedömning": "gul"}],
        "tom": [],
    }
    (row,), faults = read(lists)
    assert faults == ()
    assert (row.value, row.level) == (Amount(Decimal(1)), LevelWord("yellow"))


CELLS = """[{"indikator": "a", "utfall": "#N/A"},
{"indikator": "b", "utfall": [1]},
{"indikator": "c", "utfall": NaN},
{"indikator": "d", "utfall": -Infinity},
{"indikator": "e", "utfall": 1e400},
{"indikator": "f", "utfall": 1e1000000},
{"indikator": "g", "utfall": "-"},
{"indikator": ["h"], "utfall": 1}]"""

FAULTS: dict[str, tuple[str, list[tuple[str, int, int]]]] = {
    "cells": (
        CELLS,
        [
            ("error-cell", 1, 2),
            ("nested-cell", 2, 2),
            ("number-not-finite", 3, 2),
            ("number-not-finite", 4, 2),
            ("number-too-long", 5, 2),
            ("number-too-long", 6, 2),
            ("unclear-mark", 7, 2),
            ("nested-cell", 8, 1),
        ],
    ),
    "a year": (
        '[{"indikator": "a", "utfall": 1, "år": [2025]}]',
        [("nested-cell", 1, 3)],
    ),
    "an unknown field": ('[{"indikator": "a", "utfal": 1}]', [("unknown-heading", 1, 2)]),
    "no outcomes": ('[{"indikator": "a"}]', [("no-headings", 1, 1)]),
    "a field twice": ('[{"indikator": "a", "indikator": "b"}]', [("field-twice-in-json", 1, 1)]),
    "nothing": ("[]", [("empty-file", 1, 1)]),
    "an empty object": ("{ }", [("empty-file", 1, 1)]),
    "an empty list": ('{"utfall": []}', [("empty-file", 1, 1)]),
    "no rows": ('{"indikator": "a"}', [("no-rows-in-json", 1, 1)]),
    "a list of numbers": ("[1, 2]", [("no-rows-in-json", 1, 1)]),
    "half a file": ('[{"indikator":\n "a', [("bad-json", 2, 2)]),
    "a comma too many": ('[{"indikator": "a"},\n]', [("bad-json", 2, 1)]),
    "a bracket too many": ("[]]", [("bad-json", 1, 3)]),
    "a wrong byte": ('["\x81"]', [("no-rows-in-json", 1, 1)]),
    "a control character": ('[{"indikator": "a\tb"}]', [("bad-json", 1, 18)]),
    "too deep": ("[" * (MOST_DEPTH + 1), [("too-deep-data", 1, 1)]),
    "a long cell": (
        f'[{{"indikator": "a", "utfall": 1, "kommentar": "{"x" * (MOST_CHARACTERS + 1)}"}}]',
        [("cell-too-long", 1, 3)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_faults_at_their_places(case: str) -> None:
    text, expected = FAULTS[case]
    assert told(read(text)) == expected


def test_bytes_that_are_no_text() -> None:
    assert told(read_outcomes(b'["\x81"]', "u.json")) == [("undecodable", 1, 1)]


def test_what_is_no_json_is_read_as_csv() -> None:
    (row,), faults = read("[utkast] Utfall\nindikator;utfall\na;1\n")
    assert (row.indicator, faults) == ("a", ())


REFUSED: dict[str, tuple[str, str]] = {
    "depth": ("[" * 20 * MEGABYTE, "too-many-values"),
    "depth of objects": ('{"a":' * 2 * MEGABYTE, "too-deep-data"),
    "depth below many lines": ("[{}," + "\n" * 20 * MEGABYTE + "[" * 100_000, "too-many-values"),
    "depth below lines": ("[{}," + "\n" * 2 * MEGABYTE + "[" * 100_000, "too-deep-data"),
    "one field many times": ("[{" + '"a":1,' * MEGABYTE + '"a":1}]', "field-twice-in-json"),
    "numbers": ("[" + "1," * 20 * MEGABYTE + "1]", "too-many-values"),
    "lists": ("[" + "[]," * 10 * MEGABYTE + "[]]", "too-many-values"),
    "texts": ("[" + '"" ' * 10 * MEGABYTE + "]", "bad-json"),
    "an open text": ('["' + "a" * 40 * MEGABYTE, "bad-json"),
    "escapes": ('["' + "\\\\" * 20 * MEGABYTE, "bad-json"),
    "digits": ("[" + "1" * 40 * MEGABYTE + "]", "no-rows-in-json"),
    "size": ("[" + " " * 50 * MEGABYTE + "]", "too-large"),
    "rows": ("[" + "{}," * (MOST_ROWS + 1) + "{}]", "too-many-rows"),
    "columns": (
        "[{" + ",".join(f'"{n}":1' for n in range(MOST_COLUMNS + 1)) + "}]",
        "too-many-columns",
    ),
    "columns in all": (
        "[" + ",".join(f'{{"{n}":1}}' for n in range(MOST_COLUMNS + 1)) + "]",
        "too-many-columns",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_too_much_is_refused_in_time(case: str) -> None:
    text, code = REFUSED[case]
    data, in_time = text.encode(), READINGS * a_reading()
    start = process_time()
    rows, (fault,) = read_outcomes(data, "u.json")
    assert process_time() - start < in_time
    assert (rows, fault.code) == ((), code)


def test_what_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalrules.data.json_grid.MOST_PIECES", 20)
    monkeypatch.setattr("goalrules.data.json_grid.MOST_ROWS", 2)
    monkeypatch.setattr("goalrules.data.json_grid.MOST_COLUMNS", 2)
    monkeypatch.setattr("goalrules.data.json_grid.BYTES_IN_MEGABYTE", 1)
    for text, code in (
        ("[" + "1," * 20 + "1]", "too-many-values"),
        ("[{},{},{}]", "too-many-rows"),
        ('[{"a":1,"b":1,"c":1}]', "too-many-columns"),
        ('[{"a":1},{"b":1},{"c":1}]', "too-many-rows"),
        ('[{"a":1,"b":1},{"c":1}]', "too-many-columns"),
        ("[" + "1" * 50 + "]", "too-large"),
    ):
        assert told(read(text)) == [(code, 1, 1)]


# Kolada


def record(kpi: str, *values: Mapping[str, object], **more: object) -> dict[str, object]:
    return {"kpi": kpi, "municipality": "0181", "period": 2023, "values": list(values), **more}


def value(number: object, gender: str = "T", **more: object) -> dict[str, object]:
    return {"gender": gender, "status": "", "value": number, "count": 1, **more}


SECOND = {
    "count": 2,
    "values": [
        record("N00945", value(31.5, "K"), value(75.0), value(44.5, "M")),
        record("N00946", value(12), period="2022"),
    ],
}
THIRD = {
    "values": [
        record("N00945", value(75.0, isdeleted=False), value(9.0, isdeleted=True)),
        record("N00946", value(12, isdeleted=False), period=2022),
    ],
    "count": 2,
    "next_url": None,
    "previous_url": None,
}


@pytest.mark.parametrize("answer", [SECOND, THIRD, SECOND["values"]], ids=["v2", "v3", "a list"])
def test_records_of_kolada(answer: object) -> None:
    rows, faults = read(answer)
    assert faults == ()
    found = [(row.indicator, row.period_text, str(row.value and row.value.number)) for row in rows]  # type: ignore[union-attr]
    assert found == [("N00945", "2023", "75.0"), ("N00946", "2022", "12")]
    assert {row.source for row in rows} == {"Kolada"}
    assert {row.count for row in rows} == {None}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("Missing", "missing"),
        ("", "missing"),
        (None, "missing"),
        ("-", "missing"),
        (".", "not applicable"),
        ("..", "withheld"),
        ("Private", "withheld"),
    ],
)
def test_the_kinds_of_missing_of_kolada_are_kept_apart(status: object, kind: str) -> None:
    (row,), _ = read({"values": [record("N1", value(None, status=status))]})
    assert isinstance(row.value, Status)
    assert row.value.kind == kind


@pytest.mark.parametrize("status", ["Preliminary", "?", 7])
@pytest.mark.parametrize("number", [None, 1.5])
def test_an_unknown_status_is_never_guessed(status: object, number: float | None) -> None:
    found = read({"values": [record("N1", value(number, status=status))]})
    assert (found[0], told(found)) == ((), [("unknown-kolada-status", 1, 3)])


def test_a_record_without_values_is_missing_and_one_by_sex_has_a_row_for_each() -> None:
    rows, faults = read([record("N1"), record("N2", value(1, "K"), value(2, "M"))])
    assert faults == ()
    assert [row.indicator for row in rows] == ["N1", "N2 K", "N2 M"]
    assert rows[0].value == Status("missing")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({**THIRD, "next_url": "https://…/page2"}, "one-page-of-several"),
        ({**SECOND, "next_page": "https://…/page2"}, "one-page-of-several"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused(answer: object, code: str) -> None:
    rows, (fault,) = read(answer)
    assert (rows, fault.code) == ((), code)


def test_what_is_but_like_a_record_is_none_of_koladas() -> None:
    assert told(read([{"kpi": "N1", "period": 2023, "values": [75.0]}])) == [("nested-cell", 1, 3)]


def test_each_row_is_of_its_municipality_or_unit() -> None:
    answer = [record("N1", value(1)), record("N1", value(1), municipality="0180")]
    of_units = [{"kpi": "N1", "ou": each, "values": []} for each in "ab"]
    assert [row.unit for row in read(answer)[0]] == ["0181", "0180"]
    assert [row.unit for row in read(of_units)[0]] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('[{"kpi":"a","municipality":"0181","period":2025,"value":78,"count":1}]', None),
        ('[{"KPI":"a","ou":"V11E1","period":2025,"value":78,"Count":1}]', None),
        ("kpi;municipality;period;value;count\na;0181;2025;78;1\n", None),
        ("kpi;municipality_id;period;value;count\na;0181;2025;78;1\n", None),
        ("kpi;municipality;period;value;antal\na;0181;2025;78;1\n", 1),
        ("indicator;municipality;period;value;count\na;0181;2025;78;1\n", 1),
        ("kpi;period;value;count\na;2025;78;1\n", 1),
        ("kpi;municipality;period;value\na;0181;2025;78\n", None),
    ],
)
def test_the_count_of_flattened_records_of_kolada_is_not_of_people(
    text: str, count: int | None
) -> None:
    rows, faults = read_outcomes(text.encode(), "u.json")
    assert ([row.count for row in rows], faults) == ([count], ())
