"""A form as a workbook: the bytes of an XLSX file, the same each time."""

import datetime as dt
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.writer.excel import ExcelWriter

from goalrules.report.catalogue import catalogue
from goalrules.template.cells import writable
from goalrules.template.form import SHEETS, Form
from goalrules.template.guide import write_guide
from goalrules.template.sheet import FormSheet
from goalrules.template.words import WordLists

MAKER = "goalrules"
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same for all, and no time at all
ZIP_MADE = (1980, 1, 1, 0, 0, 0)


def workbook_of(form: Form) -> bytes:
    """The workbook to fill in: how it is done, then a sheet for each thing that can be stated."""
    texts = catalogue("template", form.language)
    book = Workbook()
    book.remove(book.worksheets[0])
    write_guide(book.create_sheet(texts.say("sheets", "guide")), form, texts)
    sheets = [each for each in SHEETS if any(form.sections_of(each))]
    pages = {each: book.create_sheet(texts.say("sheets", each)) for each in sheets}
    lists = WordLists(book.create_sheet(texts.say("sheets", "words")))
    for stated, page in pages.items():
        FormSheet(page, form, stated, texts, lists).write()
    lists.sheet.sheet_state = "hidden"
    book.properties = DocumentProperties(
        creator=MAKER,
        title=writable(form.plan),
        created=MADE,
        modified=MADE,
        language=form.language,
    )
    book.calculation.fullCalcOnLoad = False
    return _bytes(book)


def _bytes(book: Workbook) -> bytes:
    """A workbook as a file, in which nothing says when it was made."""
    made, steady = BytesIO(), BytesIO()
    ExcelWriter(book, ZipFile(made, "w")).save()
    with ZipFile(made) as parts, ZipFile(steady, "w") as file:
        for each in parts.infolist():
            part = ZipInfo(each.filename, ZIP_MADE)
            part.create_system = 0
            file.writestr(part, parts.read(each), ZIP_DEFLATED)
    return steady.getvalue()
