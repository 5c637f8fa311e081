"""XLSX files as people have them: what each cell states, and what is read as it is shown."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
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

from goalrules.data.outcome import Found
from goalrules.data.outcomes import read_outcomes
from goalrules.data.records import Cell, Record
from goalrules.data.values import CellFault, Status
from goalrules.data.xlsx_grid import xlsx_grid
from goalrules.report.diagnostic import plain_text
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.numbers import Amount

Rows = Sequence[Sequence[object]]


def read(data: bytes, year: int | None = None) -> Found:
    return read_outcomes(data, "u.xlsx", year)


def told(found: Found) -> list[tuple[str, str, int, int]]:
    return [(each.code, each.sheet, each.span.line, each.span.column) for each in found[1]]


def of_cell(xml: str, **own: str) -> Cell:
    """What the one cell of a sheet states."""
    grid = xlsx_grid(by_hand(row(1, xml), **own), "u.xlsx")
    assert not isinstance(grid, Diagnostic)
    (record,) = grid.sheets[0].records
    assert isinstance(record, Record)
    return record.cells[-1]


FORMATS = [
    "0.0 %", "yyyy\\-mm\\-dd;@", "[$-41D]mmmm yyyy", "[h]:mm", "0.0", '#,##0 "st per d"',
    "General", "0_m", "[Red]0", '"%"0', "Standard",
]  # fmt: skip
STYLES = (
    "<styleSheet><numFmts>"
    + "".join(
        f"<numFmt numFmtId=\"{164 + n}\" formatCode='{code}'/>" for n, code in enumerate(FORMATS)
    )
    + '</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf/>'
    + "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(FORMATS)))
    + '<xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="x"/></cellXfs></styleSheet>'
)
STYLE = {code: n for n, code in enumerate(["", *FORMATS, "9", "14", "x"])}
JUNE, NOON = dt.date(2025, 6, 1), dt.time(12)


@pytest.mark.parametrize(
    ("code", "value", "stated"),
    [
        ("", "0.75", Decimal("0.75")),
        ("9", "0.75", Amount(Decimal(75), "%")),
        ("0.0 %", "0.749", Amount(Decimal("74.9"), "%")),
        ("0.0 %", "0.57", Amount(Decimal(57), "%")),
        ('"%"0', "0.57", Decimal("0.57")),
        ("14", "45809", JUNE),
        ("yyyy\\-mm\\-dd;@", "45809", JUNE),
        ("[$-41D]mmmm yyyy", "45809.5", dt.datetime.combine(JUNE, NOON)),
        ("[h]:mm", "1.5", dt.datetime.combine(dt.date(1900, 1, 1), NOON)),
        ("14", "59", dt.date(1900, 2, 28)),
        ("14", "61", dt.date(1900, 3, 1)),
        ("14", "1E9", CellFault("date-cell", {"text": "1000000000"})),
        ("0.0", "5", Decimal(5)),
        ('#,##0 "st per d"', "5", Decimal(5)),
        ("General", "5", Decimal(5)),
        ("Standard", "5", Decimal(5)),
        ("0_m", "5", Decimal(5)),
        ("[Red]0", "5", Decimal(5)),
        ("x", "5", Decimal(5)),
    ],
)
def test_a_number_is_read_as_it_is_shown(code: str, value: str, stated: Cell) -> None:
    own = {"styles.xml": STYLES}
    assert of_cell(cell("A1", value, style=STYLE[code]), **own) == stated


@pytest.mark.parametrize(
    ("written_as", "meant"),
    [
        ("83.1", "83.1"),
        ("83.099999999999994", "83.1"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("74.999999999999", "74.999999999999"),
        ("1E-3", "0.001"),
        ("-5", "-5"),
        ("+5.", "5"),
        (".5", "0.5"),
        ("123456789012345678", "123456789012345680"),
    ],
)
def test_a_number_is_the_one_that_is_meant_by_its_digits(written_as: str, meant: str) -> None:
    found = of_cell(cell("A1", written_as))
    assert isinstance(found, Decimal)
    assert found == Decimal(meant)


@pytest.mark.parametrize(
    ("xml", "stated"),
    [
        (cell("A1", "1", "b"), True),
        (cell("A1", "0", "b"), False),
        (cell("A1", "#N/A", "e"), CellFault("error-cell", {"text": "#N/A"})),
        (cell("A1", "#DIV/0!", "e", formula="1/0"), CellFault("error-cell", {"text": "#DIV/0!"})),
        (cell("A1", formula="B1"), CellFault("no-stored-value")),
        ('<c r="A1"><f>B1</f><v/></c>', CellFault("no-stored-value")),
        ('<c r="A1" t="str"><f>B1</f></c>', CellFault("no-stored-value")),
        (cell("A1", "80", formula="B1"), Decimal(80)),
        (cell("A1", "grön", "str", formula="B1"), "grön"),
        (cell("A1", "2025-03-01", "d"), CellFault("date-cell", {"text": "2025-03-01"})),
        (cell("A1", "nan"), CellFault("not-a-number", {"text": "nan"})),
        (cell("A1", "1_000"), CellFault("not-a-number", {"text": "1_000"})),
        (cell("A1", "٣"), CellFault("not-a-number", {"text": "٣"})),
        (cell("A1", "1e1000"), CellFault("not-a-number", {"text": "1e1000"})),
        (cell("A1", "1", "s"), "b"),
        (cell("A1", "2", "s"), "rik text"),
        (cell("A1", "3", "s"), "rad\r"),
        (cell("A1", "5", style=9999999), Decimal(5)),
        (cell("A1", "5", style=50), Decimal(5)),
        ("<c><v>5</v></c>", Decimal(5)),
        ('<c r="A1" t="inlineStr"><is><r><t>a</t></r><rPh><t>x</t></rPh></is></c>', "a"),
    ],
)  # fmt: skip
def test_different_things_are_kept_apart(xml: str, stated: Cell) -> None:
    shared = (
        "<sst><si><t>a</t></si><si><t>b</t></si><si><r><t>rik</t></r><r><t> text</t></r>"
        "<rPh><t>x</t></rPh></si><si><t>rad_x000D_</t></si></sst>"
    )
    found = of_cell(xml, **{"sharedStrings.xml": shared, "styles.xml": STYLES})
    assert (found, type(found)) == (stated, type(stated))


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
        ("c", True),
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
        ("boolean-cell", "Blad 1", 4, 2),
        ("date-cell", "Blad 1", 5, 2),
        ("date-and-no-text", "Blad 1", 6, 1),
        ("number-exponent", "Blad 1", 7, 2),
        ("unclear-mark", "Blad 1", 8, 2),
        ("error-cell", "Blad 1", 9, 1),
    ]
    first = plain_text(found[1][:1], "sv")
    assert first.startswith("u.xlsx:2:2: error-cell blad Blad 1, cell B2: cellen har ")
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
        ["5", "g", "a", 1],
        [None, None, "b", 2],
        [None, None, "c", 3],
        ["6", None, "d", 4],
    ]
    merged = dict.fromkeys(["A2:A4", "B2:B3", "C5:D5"], "")
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


def test_dates_counted_from_1904() -> None:
    usual = parts(
        row(1, cell("A1", "44347", style=1)),
        **{"styles.xml": "<s><cellXfs><xf/><xf numFmtId='14'/></cellXfs></s>"},
    )
    mac = usual["xl/workbook.xml"].replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    grid = xlsx_grid(zipped(usual | {"xl/workbook.xml": mac}), "u.xlsx")
    assert not isinstance(grid, Diagnostic)
    (record,) = grid.sheets[0].records
    assert isinstance(record, Record)
    assert record.cells == (JUNE,)


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=9),
)


@pytest.mark.uncounted
@given(st.lists(st.lists(CELLS, max_size=4), max_size=4))
def test_cells_are_what_another_reader_finds(rows: list[list[object]]) -> None:
    """Every cell of a workbook is read as the library that wrote it reads it."""
    rows = [[None if isinstance(c, str) and c[:1] in "=#" else c for c in each] for each in rows]
    data = written(("Blad", rows))
    grid = xlsx_grid(data, "u.xlsx")
    assert not isinstance(grid, Diagnostic)
    ours = {
        (record.line, column): one
        for record in grid.sheets[0].records
        if isinstance(record, Record)
        for column, one in enumerate(record.cells, 1)
        if one != ""
    }
    sheet = load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets[0]
    theirs = {
        (line, column): _as_ours(one)
        for line, cells in enumerate(sheet.iter_rows(values_only=True), 1)
        for column, one in enumerate(cells, 1)
        if one not in (None, "")
    }
    assert ours == theirs


def _as_ours(found: object) -> object:
    match found:
        case float():
            return Decimal(repr(found))
        case dt.datetime():
            return found.date()
        case _:
            return found


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
        Status("not_measured"),
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
