"""Cells of a workbook: how they look, and texts that stay texts."""

import re
from collections.abc import Iterable
from math import ceil
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

DARK, BAND, PALE, GREY, LINE, PINK = "1F3864", "D6E3F0", "F1F5F9", "C9C9C9", "A6A6A6", "F8CBD0"
LINE_HEIGHT, SPACE = 15, 4
"""The height of a line of text, and what is between the texts of two rows, in points."""

TITLE = Font(name="Calibri", size=16, bold=True, color=DARK)
STRONG = Font(name="Calibri", size=11, bold=True, color=DARK)
PLAIN = Font(name="Calibri", size=11)
ON_DARK = Font(name="Calibri", size=11, bold=True, color="FFFFFF")

_LINE = Side("thin", color=LINE)
LINES = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
WRAPPED = Alignment(wrap_text=True, vertical="center")
PROSE = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
ON_ONE_LINE = Alignment(vertical="center")
AT_THE_FOOT = Alignment(vertical="bottom")
OF_INPUT = Alignment(vertical="center", horizontal="right", shrink_to_fit=True)
OF_WORDS = WRAPPED
OPEN = Protection(locked=False)
DOUBTFUL = DifferentialStyle(fill=PatternFill(bgColor=PINK))

_STARTS_FORMULA = ("=", "+", "-", "@")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LIKE_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """The height of a row in which texts stand in columns of some widths, all of each seen."""
    lines = [ceil(len(text) / width) for text, width in texts]
    return LINE_HEIGHT * max(*lines, 1) + SPACE


def filled(colour: str) -> PatternFill:
    """A cell's ground in one colour."""
    return PatternFill("solid", fgColor=colour)


def at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell of a sheet by the numbers of its row and column, counted from 1."""
    return cast("Cell", sheet.cell(row, column))


def put_text(cell: Cell, text: str, font: Font = PLAIN, alignment: Alignment = WRAPPED) -> None:
    """Write a text in a cell, whatever it begins with; none becomes a formula or an error."""
    cell.font = font
    cell.alignment = alignment
    if text:
        cell.value = _LIKE_ESCAPED.sub("_x005F_", writable(text))
        cell.data_type = "s"
    if text.startswith(_STARTS_FORMULA):
        cell.quotePrefix = True


def writable(text: str) -> str:
    """A text with a sign for each character that no workbook can hold."""
    return _NO_CHARACTER.sub("\ufffd", text)


def put_name(cell: Cell, name: str) -> None:
    """Write a name in a cell; one that is a whole number as a number."""
    if is_whole(name):
        cell.value = int(name)
        cell.font, cell.alignment = PLAIN, Alignment(vertical="center", horizontal="left")
    else:
        put_text(cell, name)


def is_whole(text: str) -> bool:
    """Whether a text is a whole number as a computer writes it."""
    return (
        text.isascii()
        and text.isdecimal()
        and len(text) < len("1000000000")
        and text == str(int(text))
    )
