"""A form as a workbook: how it is filled in, then its sheets; the same bytes each time.

The guide on the first sheet says only what concerns the plan at hand.
"""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from goalrules.assess.to_date import whole_year
from goalrules.data.words import shown
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.template.form import SHEETS, STATUSES, Form
from goalrules.template.sheet import (
    AT_THE_FOOT,
    ON_ONE_LINE,
    PROSE,
    STRONG,
    TITLE,
    FormSheet,
    WordLists,
    at,
    height_of,
    plan_title,
    protect,
    put_text,
    set_up_page,
    writable,
)

MAKER = "goalrules"
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same for all, and no time at all
ZIP_MADE = (1980, 1, 1, 0, 0, 0)

WIDTHS = {"A": 22, "B": 84}
HEAD_HEIGHT = 28
LETTERS = 1.12
"""How many letters of running text there are in what is as wide as one digit."""

GuideLine = tuple[str, str]
"""A row of the guide: a word, or nothing, and what is said of it."""


def workbook_of(form: Form) -> bytes:
    """The workbook to fill in: how it is done, then a sheet for each thing that can be stated."""
    texts = catalogue("template", form.language)
    book = Workbook()
    book.remove(book.worksheets[0])
    write_guide(book.create_sheet(texts.say("sheets", "guide")), form, texts)
    stated = [each for each in SHEETS if any(form.sections_of(each))]
    pages = {each: book.create_sheet(texts.say("sheets", each)) for each in stated}
    lists = WordLists(book.create_sheet(texts.say("sheets", "words")))
    for each, page in pages.items():
        FormSheet(page, form, each, texts, lists).write()
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


# The guide


def guide_rows(form: Form, texts: Catalogue) -> Iterator[GuideLine]:
    """The rows below the title; one without a text is the head of those that follow."""
    yield "", texts.say("guide", "intro" if form.sections else "nothing", year=form.year)
    if form.outside:
        yield "", texts.say("guide", "outside", year=form.year)
    yield "", texts.say("guide", "local")
    if form.sections:
        for part, rows in _parts(form, texts).items():
            if rows:
                yield texts.say("parts", part), ""
                yield from rows


def _parts(form: Form, texts: Catalogue) -> dict[str, list[GuideLine]]:
    statuses = [
        (shown("statuses", key, form.language), texts.say("words", key)) for key in STATUSES
    ]
    return {
        "sheets": list(_sheets(form, texts)),
        "cells": [("", texts.say("cells", key)) for key in ("white", "grey", "red", "locked")],
        "numbers": [("", text) for text in _numbers(form, texts)],
        "words": [*statuses, ("", texts.say("words", "zero"))],
        "months": [("", text) for text in _months(form, texts)],
        "lines": [("", text) for text in _lines(form, texts)],
    }


def _sheets(form: Form, texts: Catalogue) -> Iterator[GuideLine]:
    for stated in SHEETS:
        if any(form.sections_of(stated)):
            key = _of_outcomes(form) if stated == "value" else stated
            yield texts.say("sheets", stated), texts.say("sheet", key)


def _of_outcomes(form: Form) -> str:
    """Whether the outcomes are numbers, words or both."""
    if not form.with_numbers:
        return "value-words"
    words = any(line.part_of and "value" in line.entries for line in form.lines)
    return "value-or-words" if words else "value"


def _numbers(form: Form, texts: Catalogue) -> Iterator[str]:
    numbers = form.with_numbers
    if numbers:
        yield texts.say("numbers", "comma")
        if any(line.unit == "%" for line in numbers):
            yield texts.say("numbers", "percent")
        yield texts.say("numbers", "exact")


def _months(form: Form, texts: Catalogue) -> Iterator[str]:
    say, year = texts.say, form.year
    yield say("months-and-year", "months")
    numbers = form.with_numbers
    if any(line.counted for line in numbers):
        yield say("months-and-year", "total")
    due = {each for line in form.lines for each in line.entries["comment"].periods}
    if whole_year(year) in due:
        yield say("months-and-year", "whole", year=year)
    for before in form.periods_of("value"):
        if before.year < year:
            yield say("months-and-year", "before", year=before.year)
    if numbers:
        forecast = say("sheets", "forecast")
        yield say("months-and-year", "forecast", sheet=forecast, year=year)


def _lines(form: Form, texts: Catalogue) -> Iterator[str]:
    say = texts.say
    within, goal = say("headings", "part_of"), say("headings", "goal")
    if any(line.part_of and "level" not in line.entries for line in form.lines):
        yield say("lines", "parts", heading=within)
    if not all(line.name for line in form.lines):
        yield say("lines", "blank")
        yield say("lines", "more", goal=goal, heading=within)
    if form.shares:
        yield say("lines", "shared")


def write_guide(sheet: Worksheet, form: Form, texts: Catalogue) -> None:
    """Write the guide on a sheet of its own."""
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    put_text(at(sheet, 1, 1), texts.say("title", "guide"), TITLE, ON_ONE_LINE)
    put_text(at(sheet, 2, 1), plan_title(form, texts), STRONG, ON_ONE_LINE)
    if form.of_unit:
        unit = texts.say("title", "unit", unit=form.of_unit)
        put_text(at(sheet, 3, 1), unit, STRONG, ON_ONE_LINE)
    for row, (word, text) in enumerate(guide_rows(form, texts), 4 + bool(form.of_unit)):
        _write_row(sheet, row, word, text)
    set_up_page(sheet, texts)
    protect(sheet)


def _write_row(sheet: Worksheet, row: int, word: str, text: str) -> None:
    """A row of the guide: a head; a word and its meaning; or a text over both columns."""
    if not text:
        sheet.row_dimensions[row].height = HEAD_HEIGHT
        head = at(sheet, row, 1)
        put_text(head, word, STRONG, AT_THE_FOOT)
        return
    width = LETTERS * (WIDTHS["B"] if word else sum(WIDTHS.values()))
    sheet.row_dimensions[row].height = height_of([(text, width)])
    put_text(at(sheet, row, 1), word or text, alignment=PROSE)
    if word:
        put_text(at(sheet, row, 2), text, alignment=PROSE)
    else:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
