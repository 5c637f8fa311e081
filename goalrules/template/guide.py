"""The first sheet of a workbook: how it is filled in, as far as it concerns the plan at hand."""

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from goalrules.assess.to_date import whole_year
from goalrules.data.words import shown
from goalrules.report.catalogue import Catalogue
from goalrules.template import cells
from goalrules.template.form import SHEETS, Form
from goalrules.template.from_plan import STATUSES
from goalrules.template.page import protect, set_up_page
from goalrules.template.sheet import plan_title

WIDTHS = {"A": 22, "B": 84}
HEAD_HEIGHT = 28
LETTERS = 1.12
"""How many letters of running text there are in what is as wide as one digit."""

GuideLine = tuple[str, str]
"""A row of the guide: a word, or nothing, and what is said of it."""


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
    return {
        "sheets": list(_sheets(form, texts)),
        "cells": [("", text) for text in _cells(texts)],
        "numbers": [("", text) for text in _numbers(form, texts)],
        "words": list(_words(form, texts)),
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


def _cells(texts: Catalogue) -> Iterator[str]:
    for key in ("white", "grey", "red", "locked"):
        yield texts.say("cells", key)


def _numbers(form: Form, texts: Catalogue) -> Iterator[str]:
    numbers = form.with_numbers
    if numbers:
        yield texts.say("numbers", "comma")
        if any(line.unit == "%" for line in numbers):
            yield texts.say("numbers", "percent")
        yield texts.say("numbers", "exact")


def _words(form: Form, texts: Catalogue) -> Iterator[GuideLine]:
    for key in STATUSES:
        yield shown("statuses", key, form.language), texts.say("words", key)
    yield "", texts.say("words", "zero")


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
    cells.put_text(
        cells.at(sheet, 1, 1), texts.say("title", "guide"), cells.TITLE, cells.ON_ONE_LINE
    )
    cells.put_text(cells.at(sheet, 2, 1), plan_title(form, texts), cells.STRONG, cells.ON_ONE_LINE)
    for row, (word, text) in enumerate(guide_rows(form, texts), 4):
        _write_row(sheet, row, word, text)
    set_up_page(sheet, texts)
    protect(sheet)


def _write_row(sheet: Worksheet, row: int, word: str, text: str) -> None:
    """A row of the guide: a head; a word and its meaning; or a text over both columns."""
    if not text:
        sheet.row_dimensions[row].height = HEAD_HEIGHT
        head = cells.at(sheet, row, 1)
        cells.put_text(head, word, cells.STRONG, cells.AT_THE_FOOT)
        return
    width = LETTERS * (WIDTHS["B"] if word else sum(WIDTHS.values()))
    sheet.row_dimensions[row].height = cells.height_of([(text, width)])
    cells.put_text(cells.at(sheet, row, 1), word or text, alignment=cells.PROSE)
    if word:
        cells.put_text(cells.at(sheet, row, 2), text, alignment=cells.PROSE)
    else:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
