"""The cells of XLSX files: numbers, dates, texts and faults, each as the file has it."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from workbooks import (
    by_hand,
    cell,
    parts,
    row,
    written,
    zipped,
)

from goalrules.data.headings import heading_text
from goalrules.data.period import Period
from goalrules.data.records import Record
from goalrules.data.values import (
    Cell,
    CellFault,
    level_cell,
    name_cell,
    period_cell,
    value_cell,
    year_cell,
)
from goalrules.data.xlsx_grid import xlsx_grid
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.numbers import Amount


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
        ("[$-41D]mmmm yyyy", "45809.5", Period((2025, 6), (2025, 6))),
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


def shown(code: str, value: str) -> Cell:
    """What a number states that is shown by a format of one's own."""
    formats = f"<numFmts><numFmt numFmtId='164' formatCode={quoteattr(code)}/></numFmts>"
    styles = f"<styleSheet>{formats}<cellXfs><xf numFmtId='164'/></cellXfs></styleSheet>"
    return of_cell(cell("A1", value), **{"styles.xml": styles})


def percent(number: str) -> Amount:
    return Amount(Decimal(number), "%")


def as_text(number: str, text: str) -> CellFault:
    return CellFault("shown-as-text", {"number": number, "shown": text})


YEAR_2025, MARCH = Period((2025, 1), (2025, 12)), Period((2025, 3), (2025, 3))


@pytest.mark.parametrize(
    ("code", "value", "stated"),
    [
        ('[=0]"–";0%', "0.8", percent("80")),
        ('[=0]"–";0%', "0", as_text("0", "–")),
        ('0%;-0%;"–"', "-0.05", percent("-5")),
        ('0%;-0%;"ej mätt"', "0", as_text("0", "ej mätt")),
        ("0%;;", "-0.5", as_text("-0.5", "")),
        ("[<=1]0%;0", "0.8", percent("80")),
        ("[<=1]0%;0", "80", Decimal(80)),
        ("[Red][<0.5]0%;[Green][>=0.5]0.0%", "0.75", percent("75")),
        ('[>=0.8]0%;[>=0.5]0%;"låg"', "0.4", as_text("0.4", "låg")),
        ('[>=0.8]0%;[>=0.5]0%;"låg"', "0.6", percent("60")),
        ("[>10]0;[>100]0%", "5", as_text("5", "####")),
        ("[>10]0%", "5", percent("500")),
        ("0;[=0]0%", "0", percent("0")),
        ("0;[=7]0%;0.0", "0", Decimal(0)),
        ("[>5]0%;0;0.0%", "3", percent("300")),
        ("[>5]0%;0;0.0%", "-3", Decimal(-3)),
        ("#,##0,", "120000", Decimal(120)),
        ("0.0,,", "1500000", Decimal("1.5")),
        ("#,##0,.00", "1500", Decimal("1.5")),
        ('#,##0, "tkr"', "120000", Amount(Decimal(120), "tkr")),
        ('"tkr" #,##0,', "120000", Amount(Decimal(120), "tkr")),
        ("[$kr-41D] #,##0,", "120000", Amount(Decimal(120), "kr")),
        ('#,##0 "kr"', "120000", Decimal(120000)),
        ('[>=1000]0.0,"k";0', "1500", CellFault("scaled-by-size", {"number": "1500"})),
        ('[>=1000]0.0,"k";0', "900", CellFault("scaled-by-size", {"number": "900"})),
        ('0"%"', "80", percent("80")),
        ('0.0 "%"', "80.5", percent("80.5")),
        ("0\\%", "80", percent("80")),
        ('0" ‰"', "5", Amount(Decimal(5), "‰")),
        ("0%%", "0.5", percent("5000")),
        ("?/?", "0.75", Decimal("0.75")),
        ("# ??/100", "0.5", Decimal("0.5")),
        ("0.00E+00", "120", Decimal(120)),
        ('0" 000"', "120", as_text("120", "000")),
        ('General" st"', "5", Decimal(5)),
        ("@", "5", Decimal(5)),
        ("0;-0;0;@", "5", Decimal(5)),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "0", Decimal(0)),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "0", Decimal(0)),
        ('_-* #,##0,_-;-* #,##0,_-;_-* "-"??_-;_-@_-', "120000", Decimal(120)),
        ('[<1]* "-";0', "0.5", as_text("0.5", "-")),
        ("yyyy", "45658", YEAR_2025),
        ("[$-41D]yyyy;@", "45731", YEAR_2025),
        ("yyyy", "1E9", CellFault("date-cell", {"text": "1000000000"})),
        ("mmm yyyy", "45731", MARCH),
        ("mmmm", "45731", MARCH),
        ("d mmm yyyy", "45731", dt.date(2025, 3, 15)),
        ("h:mm AM/PM", "45731", dt.date(2025, 3, 15)),
        ("[mm]", "45731", dt.date(2025, 3, 15)),
    ],
)  # fmt: skip
def test_a_number_is_read_by_the_section_of_its_format_that_shows_it(
    code: str, value: str, stated: Cell
) -> None:
    assert shown(code, value) == stated


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [("0.00", "2.2", "2.20"), ("0.0", "2", "2.0"), ("0.0", "2.25", "2.25"), ("0.0#", "2", "2.0"),
     ("0." + "0" * 30, "2", "2." + "0" * 15)],
)  # fmt: skip
def test_a_number_that_is_a_name_is_written_as_it_is_shown(
    code: str, value: str, text: str
) -> None:
    assert name_cell(shown(code, value)) == text


@pytest.mark.parametrize("read", [period_cell, year_cell, level_cell, heading_text])
def test_noughts_at_the_end_make_no_other_period_year_level_or_heading(
    read: Callable[[Decimal], object],
) -> None:
    assert read(Decimal("2025.00")) == read(Decimal(2025))


def test_a_date_that_is_shown_as_a_year_is_that_year() -> None:
    fault = CellFault("date-cell", {"text": "2025"})
    assert period_cell(YEAR_2025) == (YEAR_2025, "2025")
    assert (year_cell(YEAR_2025), heading_text(YEAR_2025)) == (2025, "2025")
    assert value_cell(YEAR_2025) == fault
    fault = CellFault("date-and-no-text", {"text": "2025-03"})
    assert year_cell(MARCH) == name_cell(MARCH) == fault


@pytest.mark.parametrize(
    ("stored", "formula", "stated"),
    [("0", "B1", CellFault("no-stored-value")), ("5", "B1", Decimal(5)), ("0", "", Decimal(0))],
)
def test_a_nought_that_awaits_being_worked_out_is_no_nought(
    stored: str, formula: str, stated: Cell
) -> None:
    made = parts(row(1, cell("A1", stored, formula=formula)))
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b"</sheets>", b"</sheets><calcPr fullCalcOnLoad='1'/>"
    )
    grid = xlsx_grid(zipped(made), "u.xlsx")
    assert not isinstance(grid, Diagnostic)
    (record,) = grid.sheets[0].records
    assert isinstance(record, Record)
    assert record.cells == (stated,)


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
        (cell("A1", "2025-06-01", "d"), JUNE),
        (cell("A1", "2025-06-01T12:00:00", "d"), dt.datetime.combine(JUNE, NOON)),
        (cell("A1", "2025-06", "d"), CellFault("date-cell", {"text": "2025-06"})),
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
