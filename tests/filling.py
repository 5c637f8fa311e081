"""Workbooks to fill in as people fill them in: what a cell takes, and what is written there."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import cast

from attrs import evolve, frozen
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

import goalrules
from goalrules.data.outcome import OutcomeRow
from goalrules.data.outcomes import read_outcomes
from goalrules.data.period import read_period
from goalrules.data.values import Reached, Status, read_level, read_value
from goalrules.data.words import meaning
from goalrules.text.names import folded
from goalrules.text.numbers import Amount

HEADINGS = 4
GREY = "00C9C9C9"
COMMENTS = ("bra", "=SUM(A1:A9)", "-", "två rader\ntill", "@någon", "1/2", "Ökar; se § 24")
NUMBERS = (0, 1, 75, -3, 83.1, 11700, 0.1, 99.999, 1234567.25)
COUNTS = (0, 4, 5, 279)
NAMES = ("Barn och ungdom", "=1+1", "källsortering", "Vuxen", "a/b", "7")

About = tuple[str, str, str]
"""What a row is about: a goal, what it is part of there, and its indicator."""

Key = tuple[str, str, str, str, str]
"""What a cell is about: the same, a period, and what is stated."""

Written = str | float


@cache
def rule_set(path: Path) -> goalrules.RuleSet:
    """The rules in a file."""
    return goalrules.load(path)


def opened(data: bytes) -> Workbook:
    """A workbook as people's programs open it."""
    return load_workbook(BytesIO(data))


def saved(book: Workbook) -> bytes:
    """A workbook as people's programs save it."""
    data = BytesIO()
    book.save(data)
    return data.getvalue()


@frozen
class Input:
    """A cell under a period: what it is about, and what can be chosen there."""

    cell: Cell
    key: Key
    words: tuple[Written, ...]
    takes_numbers: bool

    @property
    def is_due(self) -> bool:
        """Whether it can be written in."""
        return not self.cell.protection.locked

    @property
    def is_grey(self) -> bool:
        """Whether it looks as if nothing is to be written in it."""
        return bool(self.cell.fill.fgColor.rgb == GREY)


def sheets(book: Workbook) -> tuple[Worksheet, ...]:
    """The sheets to fill in: those shown, but for the guide."""
    return tuple(each for each in book.worksheets[1:] if each.sheet_state == "visible")


def headings_in(sheet: Worksheet) -> int:
    """The row of the headings of a sheet; a unit may stand above them."""
    return HEADINGS + str(sheet.cell(3, 1).value).startswith(("Enhet: ", "Unit: "))


def columns(sheet: Worksheet) -> dict[str, int]:
    """The column of each field of outcomes."""
    texts = {column: str(cell.value) for column, cell in enumerate(sheet[headings_in(sheet)], 1)}
    return {meaning("headings", text): column for column, text in texts.items()}


def lines(sheet: Worksheet) -> Iterator[tuple[int, About]]:
    """The rows of a sheet that are about something."""
    known = columns(sheet)
    for row in range(headings_in(sheet) + 1, sheet.max_row + 1):
        goal, group, name = (
            _text(sheet, row, known[each]) if each in known else ""
            for each in ("goal", "group", "indicator")
        )
        if name or group:
            yield row, (goal, group, name)


def _text(sheet: Worksheet, row: int, column: int) -> str:
    """The text of a cell; what looks like an escaped character in it has been escaped itself."""
    return str(sheet.cell(row, column).value or "").replace("_x005F_", "_")


def inputs(sheet: Worksheet) -> Iterator[Input]:
    """Every cell of a sheet that stands under a period."""
    choices = dict(_choices(sheet))
    periods = [read_period(str(cell.value)) for cell in sheet[headings_in(sheet)]]
    for row, about in lines(sheet):
        for column, period in enumerate(periods, 1):
            if period:
                cell = cast("Cell", sheet.cell(row, column))
                goal, group, name = map(folded, about)
                key = (goal, group, name, period.text, meaning("sheets", sheet.title))
                yield Input(cell, key, *choices.get(cell.coordinate, ((), False)))


def _choices(sheet: Worksheet) -> Iterator[tuple[str, tuple[tuple[Written, ...], bool]]]:
    """By cell the words of its drop-down, and whether a number is taken as it is."""
    for each in sheet.data_validations.dataValidation:
        words: tuple[Written, ...] = ()
        if each.type == "list":
            name, _, place = str(each.formula1).replace("$", "").partition("!")
            listed = cast("Workbook", sheet.parent)[name.strip("'")][place]
            words = tuple(cell.value for (cell,) in listed)
        numbers = each.type == "decimal" or not each.showErrorMessage
        for ranged in each.sqref.ranges:
            for row, column in ranged.cells:
                yield sheet.cell(row, column).coordinate, (words, numbers)


def fill(book: Workbook, random: Random) -> Mapping[Key, Written]:
    """Write something that is allowed in every cell that is not locked; by key what was written."""
    written: dict[Key, Written] = {}
    for sheet in sheets(book):
        _name_lines(sheet)
        for each in inputs(sheet):
            if each.is_due:
                written[each.key] = _drawn(each, random)
                write(each.cell, written[each.key])
    return written


def write(cell: Cell, stated: Written) -> None:
    """Write in a cell; what begins with = is a text, as after an apostrophe."""
    cell.value = stated
    cell.data_type = "s" if isinstance(stated, str) else "n"


def _name_lines(sheet: Worksheet) -> None:
    """Give the blank lines names, the same on every sheet."""
    taken: Counter[str] = Counter()
    for row, (_, group, name) in lines(sheet):
        cell = cast("Cell", sheet.cell(row, columns(sheet)["indicator"]))
        assert cell.protection.locked == bool(name)
        if not name:
            again, number = divmod(taken[group], len(NAMES))
            write(cell, NAMES[number] + " igen" * again)
            taken[group] += 1


def _drawn(each: Input, random: Random) -> Written:
    field = each.key[-1]
    if field == "comment":
        return random.choice(COMMENTS)
    numbers = COUNTS if field == "count" else NUMBERS
    choices: list[Written] = [*each.words, *(numbers if each.takes_numbers else ())]
    return random.choice(choices)


def read_back(data: bytes) -> dict[Key, object]:
    """What a filled workbook says, by key; there are no faults in it."""
    rows, faults = read_outcomes(data, "utfall.xlsx")
    assert faults == ()
    return {key: stated for row in rows for key, stated in _stated(row)}


def _stated(row: OutcomeRow) -> Iterator[tuple[Key, object]]:
    assert row.period
    about = (folded(row.goal), folded(row.group), folded(row.indicator), row.period.text)
    for field in ("value", "level", "plan", "forecast", "count", "comment"):
        cell = getattr(row, field)
        if isinstance(cell, Amount):
            cell = evolve(cell, unit="")  # that of the column beside it
        if cell not in (None, ""):
            yield (*about, field), cell


def meant(key: Key, written: Written) -> object:
    """What something written in a cell means: as the reader has to understand it."""
    match key[-1]:
        case "comment":
            return written
        case "plan":
            return meaning("plan", str(written))
        case "level":
            return read_level(str(written))
        case "count":
            return Decimal(repr(written))
    if not isinstance(written, str):
        return Amount(Decimal(repr(written)))
    found = read_value(written)
    assert isinstance(found, Status | Reached)
    return found
