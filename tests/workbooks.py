"""Workbooks as tests need them: by the library that people's programs write with, and by hand."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

CONTENT = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGED = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = {"styles.xml": "styles", "sharedStrings.xml": "sharedStrings"}
HEADINGS = ("indikator", "utfall")

Parts = dict[str, bytes]


def written(*sheets: tuple[str, Sequence[Sequence[object]]], **more: Mapping[str, str]) -> bytes:
    """A workbook of sheets of cells; `formats` and `merged` are of the first sheet."""
    book = Workbook()
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.remove(book.worksheets[0])
    first = book.worksheets[0]
    for place, code in more.get("formats", {}).items():
        first[place].number_format = code
    for place in more.get("merged", {}):
        first.merge_cells(place)
    for sheet in book.worksheets:
        if sheet.title in more.get("states", {}):
            sheet.sheet_state = "hidden"
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP file of some parts."""
    saved = BytesIO()
    with ZipFile(saved, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return saved.getvalue()


def parts_of(data: bytes) -> Parts:
    """The parts of a workbook, to be changed."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parts(rows: str, name: str = "Utfall", **own: str) -> Parts:
    """The parts of a workbook of one sheet, with the XML of its rows as it is given.

    `after` stands after the rows; `styles.xml` and `sharedStrings.xml` are given by those names.
    """
    sheet = f"<worksheet><sheetData>{rows}</sheetData>{own.pop('after', '')}</worksheet>"
    others = {f"xl/{each}": text.encode() for each, text in own.items()}
    return {
        "[Content_Types].xml": CONTENT,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book(name),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), *((KINDS[each], each) for each in own)
        ),
        "xl/worksheets/sheet1.xml": sheet.encode(),
        **others,
    }


def by_hand(rows: str, name: str = "Utfall", **own: str) -> bytes:
    """The same as a file."""
    return zipped(parts(rows, name, **own))


def book(*names: str, states: Sequence[str] = ()) -> bytes:
    """The part that names the sheets, in the order of their relations."""
    listed = "".join(
        f"<sheet name={quoteattr(name)} sheetId='{n}' r:id='R{n}' "
        f"state='{dict(enumerate(states, 1)).get(n, 'visible')}'/>"
        for n, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OF}"><sheets>{listed}</sheets></workbook>'.encode()


def relations(*targets: tuple[str, str]) -> bytes:
    """Relations to parts, each of a kind, with the ids R1, R2 and so on."""
    listed = "".join(
        f'<Relationship Id="R{n}" Type="{OF}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGED}">{listed}</Relationships>'.encode()


def row(number: int, *cells: str) -> str:
    """The XML of a row of cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def text(place: str, said: str) -> str:
    """The XML of a cell with a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(said)}</t></is></c>'


def cell(place: str, value: str = "", kind: str = "n", style: int = 0, formula: str = "") -> str:
    """The XML of a cell with a stored value, a formula, or both."""
    worked_out = f"<f>{formula}</f>" if formula else ""
    stored = f"<v>{escape(value)}</v>" if value else ""
    return f'<c r="{place}" t="{kind}" s="{style}">{worked_out}{stored}</c>'


def headed(*rows: str) -> str:
    """Rows below a heading row of indicator and outcome."""
    return row(1, text("A1", HEADINGS[0]), text("B1", HEADINGS[1])) + "".join(rows)
