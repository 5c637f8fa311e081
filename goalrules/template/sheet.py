"""A sheet to fill in: a row for each line of a form, and a column for each period.

With it what every sheet of the workbook has: how cells look and hold texts that stay texts, how a
page is printed, and the lists of words that can be chosen from.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import ceil
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from goalrules.data.period import Period
from goalrules.report.catalogue import Catalogue
from goalrules.template.form import SHEETS, Form, FormSection, Line, SheetEntry, Stated

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
OPEN = Protection(locked=False)
DOUBTFUL = DifferentialStyle(fill=PatternFill(bgColor=PINK))

_STARTS_FORMULA = ("=", "+", "-", "@")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LIKE_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

ALLOWED = ("formatCells", "formatColumns", "formatRows")
"""What can be done with a protected sheet beside filling it in."""

PAGE_MARGIN = 0.4

ABOUT: Mapping[str, float] = {
    "goal": 14, "part_of": 22, "name": 26, "key": 16, "title": 46, "unit": 11, "target": 20,
    "counted": 24,
}  # fmt: skip
"""What stands before the periods, and how wide it is at most: in characters."""

ALWAYS = ("goal", "name")
STAYS = ("goal", "part_of", "name", "title")
"""What stays in sight when the sheet is moved aside."""

MARGIN = 3
"""What is added to the width of a text, in characters."""

TO_WRITE_IN = 18
"""The letters for which there is room where a name is to be written."""
HEADINGS = 4
"""The row in which the headings stand; one lower where a unit is among the titles above."""

HEIGHTS, HEADING_HEIGHT = {1: 26, 2: 18, 3: 20, 4: 20}, 34
BAND_HEIGHT = 22

MOST = 10**15


# Cells


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


# Pages


def set_up_page(sheet: Worksheet, texts: Catalogue, headings: int = 0) -> None:
    """Print a sheet in landscape over one page's width, with its headings on each page."""
    sheet.page_setup.orientation = "landscape" if headings else "portrait"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A3 if headings else sheet.PAPERSIZE_A4)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if headings:
        sheet.print_title_rows = f"{headings}:{headings}"
    sheet.page_margins.left = sheet.page_margins.right = PAGE_MARGIN
    page = texts.say("title", "page", page="&P", pages="&N")
    footer = cast("HeaderFooterItem", sheet.oddFooter)
    footer.center.text = f"&A – {page}"


def protect(sheet: Worksheet) -> None:
    """Lock the cells that are not to be filled in; no password is asked for."""
    sheet.protection.sheet = True
    for each in ALLOWED:
        setattr(sheet.protection, each, False)


# Words to choose from


class WordLists:
    """The lists of words in a workbook, each in a column of its own."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.places: dict[tuple[str, ...], str] = {}

    def place(self, words: tuple[str, ...]) -> str:
        """The cells that hold a list of words, as a formula names them."""
        if words not in self.places:
            column = len(self.places) + 1
            for row, word in enumerate(words, 1):
                put_name(at(self.sheet, row, column), word)
            letter = get_column_letter(column)
            name = quote_sheetname(self.sheet.title)
            self.places[words] = f"{name}!${letter}$1:${letter}${len(words)}"
        return self.places[words]


# The sheet


class FormSheet:
    """One sheet of a form as it is written."""

    def __init__(
        self, sheet: Worksheet, form: Form, stated: Stated, texts: Catalogue, lists: WordLists
    ) -> None:
        self.sheet = sheet
        self.form = form
        self.headings = HEADINGS + bool(form.of_unit)
        self.stated = stated
        self.layout = SHEETS[stated]
        self.texts = texts
        self.lists = lists
        self.sections = tuple(form.sections_of(stated))
        lines = [line for section in self.sections for line in section.lines]
        self.about: dict[str, float] = {}
        for each, most in ABOUT.items():
            told = [getattr(line, each) for line in lines]
            if each in ALWAYS or any(told):
                blank = TO_WRITE_IN if each == "name" else 0
                longest = max(len(self._heading(each)), *(len(text) or blank for text in told))
                self.about[each] = min(most, longest + MARGIN)
        self.periods = form.periods_of(stated)
        self.ranges: dict[SheetEntry, list[str]] = defaultdict(list)

    def write(self) -> None:
        """Write the sheet: titles, headings, the goals with their rows, and how it is used."""
        self._titles()
        self._headings()
        last = self._sections()
        self._choices(last)
        stays = sum(each in STAYS for each in self.about)
        self.sheet.freeze_panes = f"{get_column_letter(stays + 1)}{self.headings + 1}"
        set_up_page(self.sheet, self.texts, self.headings)
        protect(self.sheet)

    def _heading(self, about: str) -> str:
        return self.texts.say("headings", about, year=self.form.year)

    def _titles(self) -> None:
        name = self.texts.say("sheets", self.stated)
        title = self.texts.say("title", "sheet", sheet=name, year=self.form.year)
        put_text(at(self.sheet, 1, 1), title, TITLE, ON_ONE_LINE)
        plan = plan_title(self.form, self.texts)
        put_text(at(self.sheet, 2, 1), plan, STRONG, ON_ONE_LINE)
        for row, height in (*HEIGHTS.items(), (self.headings, HEADING_HEIGHT)):
            self.sheet.row_dimensions[row].height = height
        only_words = self.stated == "value" and not self.form.with_numbers
        what = self.texts.say("what", "value-words" if only_words else self.stated)
        put_text(at(self.sheet, self.headings - 1, 1), what, PLAIN, ON_ONE_LINE)
        if self.form.of_unit:
            unit = self.texts.say("title", "unit", unit=self.form.of_unit)
            put_text(at(self.sheet, 3, 1), unit, STRONG, ON_ONE_LINE)

    def _headings(self) -> None:
        about = map(self._heading, self.about)
        periods = [period_heading(each, self.texts) for each in self.periods]
        widths = [*self.about.values(), *(self.layout.width for _ in periods)]
        for column, (text, width) in enumerate(zip([*about, *periods], widths, strict=True), 1):
            cell = at(self.sheet, self.headings, column)
            put_text(cell, text, ON_DARK, CENTRED)
            cell.fill, cell.border = filled(DARK), LINES
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def _sections(self) -> int:
        """Write every goal; the last row that is written."""
        row = self.headings
        for section in self.sections:
            row += 1
            self._band(row, section)
            for line in section.lines:
                row += 1
                self._line(row, line)
        return row

    def _band(self, row: int, section: FormSection) -> None:
        """The row that names a goal above its lines."""
        title = self.texts.say("title", section.kind, id=section.id, title=section.title)
        for column in range(1, len(self.about) + len(self.periods) + 1):
            at(self.sheet, row, column).fill = filled(BAND)
        put_text(at(self.sheet, row, 1), title, STRONG, ON_ONE_LINE)
        at(self.sheet, row, 1).fill = filled(BAND)
        self.sheet.row_dimensions[row].height = BAND_HEIGHT

    def _line(self, row: int, line: Line) -> None:
        for column, each in enumerate(self.about, 1):
            cell = at(self.sheet, row, column)
            put = put_name if each == "goal" else put_text
            put(cell, getattr(line, each))
            cell.border = LINES
            if each == "name" and not line.name:
                cell.protection = OPEN
            else:
                cell.fill = filled(PALE)
        texts = [(getattr(line, each), width) for each, width in self.about.items()]
        self.sheet.row_dimensions[row].height = height_of(texts)
        entry = line.entries[self.stated]
        due = [each in entry.periods for each in self.periods]
        for column, is_due in enumerate(due, len(self.about) + 1):
            self._input(at(self.sheet, row, column), is_due=is_due)
        self.ranges[entry] += _runs(row, len(self.about) + 1, due)

    def _input(self, cell: Cell, *, is_due: bool) -> None:
        """A cell to fill in; a grey one where nothing is due."""
        cell.border, cell.font = LINES, PLAIN
        cell.alignment = WRAPPED if self.layout.holds == "words" else OF_INPUT
        if is_due:
            cell.protection = OPEN
        else:
            cell.fill = filled(GREY)

    def _choices(self, last: int) -> None:
        """Drop-downs for what is said in words, and a colour for what can hardly be read."""
        by_choice: dict[tuple[bool, tuple[str, ...]], list[str]] = defaultdict(list)
        for entry, ranges in self.ranges.items():
            if entry.number or entry.words:
                by_choice[entry.number, entry.words] += ranges
        for (number, words), ranges in by_choice.items():
            self._choice(" ".join(ranges), words, number=number)
        every = tuple(dict.fromkeys(word for _, words in by_choice for word in words))
        if by_choice:
            self._doubtful(every, last)

    def _choice(self, ranges: str, words: tuple[str, ...], *, number: bool) -> None:
        """What can be chosen in some cells; anything else is asked about, and then taken."""
        key = "number" if number else "choose"
        title = self.texts.say("cell", key)
        error = self.texts.say("cell", "no-number" if number else "other-word")
        if words:
            choice = DataValidation("list", formula1=self.lists.place(words), allow_blank=True)
        else:
            low, high = ("0" if self.layout.holds == "counts" else f"-{MOST}"), str(MOST)
            choice = DataValidation("decimal", operator="between", formula1=low, formula2=high)
            choice.allow_blank = True
        choice.errorStyle, choice.errorTitle, choice.error = "warning", title, error
        choice.showErrorMessage = not (number and words)
        choice.sqref = type(choice.sqref)(ranges)
        self.sheet.add_data_validation(choice)

    def _doubtful(self, words: tuple[str, ...], last: int) -> None:
        """Colour the cells that are neither blank nor a number nor one of the words."""
        first = f"{get_column_letter(len(self.about) + 1)}{self.headings + 1}"
        end = f"{get_column_letter(len(self.about) + len(self.periods))}{last}"
        known = f",COUNTIF({self.lists.place(words)},{first})=0" if words else ""
        formula = f"AND(NOT(ISBLANK({first})),NOT(ISNUMBER({first})){known})"
        rule = Rule("expression", dxf=DOUBTFUL, formula=[formula])
        self.sheet.conditional_formatting.add(f"{first}:{end}", rule)


def _runs(row: int, first: int, due: list[bool]) -> Iterator[str]:
    """The cells of a row that are due, as ranges."""
    start = None
    for column, is_due in enumerate([*due, False], first):
        if is_due and start is None:
            start = column
        if not is_due and start is not None:
            yield f"{get_column_letter(start)}{row}:{get_column_letter(column - 1)}{row}"
            start = None


def plan_title(form: Form, texts: Catalogue) -> str:
    """The plan and whose it is."""
    key = "plan" if form.body else "plan-alone"
    return texts.say("title", key, plan=form.plan, body=form.body)


def period_heading(period: Period, texts: Catalogue) -> str:
    """The heading of a period's column."""
    year, month = period.last
    if period.kind == "month":
        name = texts.say("months", str(month))
        return texts.say("headings", "month", month=name, year=year)
    return texts.say("headings", "whole", year=year)
