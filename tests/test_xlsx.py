"""XLSX files as people have them: titles, notes, merged cells, several sheets, faults by cell."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from workbooks import (
    HEADINGS,
    MAIN,
    STRICT,
    book,
    by_hand,
    cell,
    headed,
    parts,
    relations,
    row,
    text,
    written,
    zipped,
)

from goalrules.data.outcome import ReadRows
from goalrules.data.outcomes import read_outcomes
from goalrules.data.values import CellFault, Status
from goalrules.report.diagnostics.text import plain_text
from goalrules.text.numbers import Amount

Rows = Sequence[Sequence[object]]


def read(data: bytes, year: int | None = None) -> ReadRows:
    return read_outcomes(data, "u.xlsx", year)


def told(found: ReadRows) -> list[tuple[str, str, int, int]]:
    return [(each.code, each.sheet, each.span.line, each.span.column) for each in found[1]]


def test_a_blank_cell_and_a_formula_that_gives_nothing_state_nothing() -> None:
    blank = cell("B2", kind="n") + '<c r="C2" t="str"><f>A1</f><v></v></c>'
    rows, faults = read(by_hand(headed(row(2, text("A2", "a"), blank))))
    assert faults == ()
    assert [(each.indicator, each.value) for each in rows] == [("a", None)]


def test_every_fault_names_the_file_the_sheet_and_the_cell() -> None:
    rows: Rows = [
        HEADINGS,
        ("a", "#N/A"),
        ("b", "=A1"),
        ("c", "#VALUE!"),
        ("d", dt.date(2025, 3, 1)),
        (dt.date(2025, 1, 1), 1),
        ("e", "1e5"),
        ("f", "-"),
        ("#REF!", 1),
    ]
    found = read(written(("Blad 1", rows)))
    assert found[0] == ()
    assert told(found) == [
        ("error-cell", "Blad 1", 2, 2),
        ("no-stored-value", "Blad 1", 3, 2),
        ("error-cell", "Blad 1", 4, 2),
        ("date-cell", "Blad 1", 5, 2),
        ("date-and-no-text", "Blad 1", 6, 1),
        ("number-exponent", "Blad 1", 7, 2),
        ("unclear-mark", "Blad 1", 8, 2),
        ("error-cell", "Blad 1", 9, 1),
    ]
    first = plain_text(found[1][:1], "sv")
    assert first.startswith("u.xlsx:2:2: blad Blad 1, cell B2: cellen har ")
    assert "sheet Blad 1, cell B2: the cell holds" in plain_text(found[1][:1], "en")


def test_titles_notes_and_blank_rows_and_columns_are_left() -> None:
    rows: Rows = [
        ["Verksamhetsuppföljning", None, None],
        [],
        [None, *HEADINGS, None, "kommentar"],
        [],
        [None, "a", 1.5, "vid sidan", "x"],
        [None, "b", 2, None, None, None, "anteckning"],
        [],
        [None, "Källa: ERP"],
        ["Uttaget i mars"],
    ]
    found, faults = read(written(("Utfall", rows)))
    assert faults == ()
    assert [(each.indicator, each.comment, each.place.line) for each in found] == [
        ("a", "x", 5),
        ("b", "", 6),
    ]


def test_a_lone_text_in_the_middle_or_right_below_is_a_row() -> None:
    rows: Rows = [HEADINGS, ["a", 1], [], ["b"], [], ["c", 2], ["d"]]
    assert [each.indicator for each in read(written(("Utfall", rows)))[0]] == ["a", "b", "c", "d"]


def test_a_merged_name_holds_for_every_row_of_it() -> None:
    rows: Rows = [
        ["mål", "grupp", *HEADINGS],
        ["Mål 5: Rätt insats"],
        ["5", "g", "a", 1],
        [None, None, "b", 2],
        [None, None, "c", 3],
        ["6", None, "d", 4],
    ]
    merged = dict.fromkeys(["A3:A5", "B3:B4", "A2:D2"], "")
    rows_, faults = read(written(("Utfall", rows), merged=merged))
    assert faults == ()
    assert [(each.goal, each.group) for each in rows_] == [
        ("5", "g"),
        ("5", "g"),
        ("5", ""),
        ("6", ""),
    ]


def test_a_merged_outcome_is_refused_where_it_is_not_said() -> None:
    rows: Rows = [HEADINGS, ["a", 1], ["b", None], ["c", 3]]
    found = read(written(("Utfall", rows), merged={"B2:B3": ""}))
    assert [each.indicator for each in found[0]] == ["a", "c"]
    assert told(found) == [("merged-cell", "Utfall", 3, 2)]


def test_a_blank_merged_cell_states_nothing() -> None:
    rows: Rows = [HEADINGS, ["a", None], ["b", None], ["c", 3]]
    rows_, faults = read(written(("Utfall", rows), merged={"B2:B3": ""}))
    assert faults == ()
    assert [each.value for each in rows_] == [None, None, Amount(Decimal(3))]


def test_every_sheet_with_headings_is_read_and_hidden_ones_are_not() -> None:
    sheets: list[tuple[str, Rows]] = [
        ("Läs mig", [["Fyll i bladen."]]),
        ("Mål 1", [HEADINGS, ["a", 1]]),
        ("Gamla", [HEADINGS, ["x", 9]]),
        ("Mål 2", [["titel"], ["INDIKATOR", "Bedömning"], ["b", "grön"]]),
    ]
    rows, faults = read(written(*sheets, states={"Gamla": "hidden"}))
    assert faults == ()
    assert [(each.indicator, each.place.sheet) for each in rows] == [("a", "Mål 1"), ("b", "Mål 2")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_workbook_of_hidden_sheets_is_refused(state: str) -> None:
    hidden = {"xl/workbook.xml": book("Dolt", states=[state])}
    data = zipped(parts(headed(row(2, text("A2", "a")))) | hidden)
    (fault,) = read(data)[1]
    assert (fault.code, fault.facts["sheets"]) == ("only-hidden-sheets", ("Dolt",))


def test_sheets_of_different_things_are_joined_into_one_row() -> None:
    sheets: list[tuple[str, Rows]] = [
        ("Utfall", [["indikator", "period", "utfall"], ["a", "2025", 1], ["b", "2025", 2]]),
        ("Bedömning", [["indikator", "period", "bedömning", "källa"], ["A", 2025, "grön", "ERP"]]),
        ("Utfall igen", [["indikator", "period", "utfall"], ["b", "2025", 3], ["c", "2025", 4]]),
    ]
    rows, faults = read(written(*sheets))
    assert faults == ()
    one = rows[0]
    assert (one.indicator, one.value, one.source) == ("a", Amount(Decimal(1)), "ERP")
    assert one.level is not None
    assert [each.indicator for each in rows] == ["a", "b", "b", "c"]
    fault = one.place.fault("level", CellFault("x"))
    assert (fault.sheet, fault.span.line, fault.span.column) == ("Bedömning", 2, 3)
    assert one.place.fault("value", CellFault("x")).sheet == "Utfall"
    assert (one.sheet, one.span.line, one.at("level").column) == ("Utfall", 2, 3)
    comments: Rows = [["indikator", "jan"], ["a", "x"]]
    values: Rows = [["indikator", "jan"], ["b", 1], ["a", 2]]
    (row_, _), _ = read(written(("Kommentar", comments), ("Utfall", values)), 2025)
    assert (row_.comment, row_.sheet, row_.span.line) == ("x", "Utfall", 3)


def test_a_workbook_of_another_make_is_read_alike() -> None:
    rows = headed(row(2, text("A2", "a"), cell("B2", "1.5")))
    usual = parts(rows)
    sheet = usual["xl/worksheets/sheet1.xml"].decode()
    prefixed = sheet.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    variants = {
        "transitional": sheet.replace("<worksheet>", f'<worksheet xmlns="{MAIN}">').encode(),
        "strict": sheet.replace("<worksheet>", f'<worksheet xmlns="{STRICT}">').encode(),
        "prefixed": prefixed.replace("<x:worksheet>", f'<x:worksheet xmlns:x="{MAIN}">').encode(),
        "utf-16": f'<?xml version="1.0" encoding="UTF-16"?>{sheet}'.encode("utf-16"),
        "latin": f'<?xml version="1.0" encoding="ISO-8859-1"?>{sheet}'.encode("latin-1"),
    }
    for name, data in variants.items():
        found, faults = read(zipped(usual | {"xl/worksheets/sheet1.xml": data}))
        assert faults == (), name
        assert [(each.indicator, each.value) for each in found] == [("a", Amount(Decimal("1.5")))]


def test_merged_cells_are_known_in_every_encoding() -> None:
    rows = [row(1, text("A1", "mål"), text("B1", "indikator"), text("C1", "utfall"))]
    rows += [row(2, text("A2", "5"), text("B2", "a"), cell("C2", "1"))]
    rows += [row(3, text("B3", "b"), cell("C3", "2"))]
    after = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="?"/></mergeCells>'
    usual = parts("".join(rows), after=after)
    sheet = usual["xl/worksheets/sheet1.xml"].decode()
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{sheet}'.encode("utf-16")
    for data in (sheet.encode(), wide):
        found, _ = read(zipped(usual | {"xl/worksheets/sheet1.xml": data}))
        assert [each.goal for each in found] == ["5", "5"]


def test_parts_are_found_by_their_relations() -> None:
    usual = parts(headed(row(2, text("A2", "a"), cell("B2", "1.5"))))
    moved = {
        "_rels/.rels": relations(("officeDocument", "/xl/bok.xml")),
        "xl/bok.xml": usual["xl/workbook.xml"].replace(b"r:id", b"relation:id"),
        "xl/_rels/bok.xml.rels": relations(("worksheet", "../XL/Worksheets/Sheet1.xml")),
    }
    assert len(read(zipped(usual | moved))[0]) == 1
    without = {name: data for name, data in usual.items() if name != "_rels/.rels"}
    assert len(read(zipped(without))[0]) == 1
    chart = {"xl/_rels/workbook.xml.rels": relations(("chartsheet", "worksheets/sheet1.xml"))}
    assert told(read(zipped(usual | chart))) == [("no-headings", "", 1, 1)]


def test_a_sheet_that_cannot_be_read_is_told_of_beside_one_that_can() -> None:
    usual = parts(headed(row(2, text("A2", "a"), cell("B2", "1"))))
    two = {
        "xl/workbook.xml": book("Utfall", "Mer"),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")
        ),
        "xl/worksheets/sheet2.xml": b"<worksheet>",
    }
    found = read(zipped(usual | two))
    assert [each.indicator for each in found[0]] == ["a"]
    assert told(found) == [("damaged-workbook", "Mer", 1, 1)]


def test_what_excel_would_show_is_what_is_read() -> None:
    rows: Rows = [
        ["indikator", "period", "utfall"],
        ["a", dt.date(2025, 3, 1), 0.75],
        ["b", dt.date(2025, 3, 31), 83.1],
        ["c", 2025, "ännu inte mätt"],
    ]
    found, faults = read(written(("Utfall", rows), formats={"C2": "0 %", "B2": "mmm-yy"}))
    assert faults == ()
    assert [each.value for each in found] == [
        Amount(Decimal(75), "%"),
        Amount(Decimal("83.1")),
        Status("not measured"),
    ]
    assert [each.period.text for each in found if each.period] == ["2025-03", "2025-03", "2025"]
    day = read(written(("Utfall", [rows[0], ["a", dt.date(2025, 3, 2), 1]])))
    assert told(day) == [("unknown-period", "Utfall", 2, 2)]


def test_rows_are_told_of_as_they_are_read() -> None:
    seen: list[tuple[int, int]] = []
    data = written(("Utfall", [HEADINGS, *[(f"i{n}", n) for n in range(2_500)]]))
    read_outcomes(data, "u.xlsx", progress=lambda done, rows: seen.append((done, rows)))
    assert [done for done, _ in seen] == [1_000, 2_000]
    assert {rows for _, rows in seen} == {2_501}
