"""A sheet to fill in: a row for each line of a form, and a column for each period."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from goalrules.data.period import Period
from goalrules.report.catalogue import Catalogue
from goalrules.template import cells
from goalrules.template.form import Form, FormSection, Line, SheetEntry, Stated
from goalrules.template.page import protect, set_up_page
from goalrules.template.words import WordLists

ABOUT: Mapping[str, float] = {
    "goal": 14, "part_of": 22, "name": 26, "title": 46, "unit": 11, "target": 20, "counted": 24
}  # fmt: skip
"""What stands before the periods, and how wide it is at most: in characters."""

ALWAYS = ("goal", "name")
STAYS = ("goal", "part_of", "name", "title")
"""What stays in sight when the sheet is moved aside."""

WIDTHS: dict[Stated, float] = {"plan": 14, "level": 14, "comment": 24}
OTHER_WIDTH, MARGIN = 11, 3
TO_WRITE_IN = 18
"""The letters for which there is room where a name is to be written."""
HEADINGS = 4
"""The row in which the headings stand; above it are titles."""

HEIGHTS = {1: 26, 2: 18, 3: 20, HEADINGS: 34}
BAND_HEIGHT = 22

MOST = 10**15


class FormSheet:
    """One sheet of a form as it is written."""

    def __init__(
        self, sheet: Worksheet, form: Form, stated: Stated, texts: Catalogue, lists: WordLists
    ) -> None:
        self.sheet = sheet
        self.form = form
        self.stated = stated
        self.texts = texts
        self.lists = lists
        self.sections = tuple(form.sections_of(stated))
        lines = [line for section in self.sections for line in section.lines]
        told = {each: [getattr(line, each) for line in lines] for each in ABOUT}
        self.about = {
            each: self._width(each, texts)
            for each, texts in told.items()
            if each in ALWAYS or any(texts)
        }
        self.periods = form.periods_of(stated)
        self.ranges: dict[SheetEntry, list[str]] = defaultdict(list)

    def write(self) -> None:
        """Write the sheet: titles, headings, the goals with their rows, and how it is used."""
        self._titles()
        self._headings()
        last = self._sections()
        self._choices(last)
        stays = sum(each in STAYS for each in self.about)
        self.sheet.freeze_panes = f"{get_column_letter(stays + 1)}{HEADINGS + 1}"
        set_up_page(self.sheet, self.texts, HEADINGS)
        protect(self.sheet)

    def _heading(self, about: str) -> str:
        return self.texts.say("headings", about, year=self.form.year)

    def _width(self, about: str, texts: Iterable[str]) -> float:
        """The width of a column for its heading and some texts; the widest go on several lines."""
        blank = TO_WRITE_IN if about == "name" else 0
        lengths = [len(text) or blank for text in texts]
        return min(ABOUT[about], max(len(self._heading(about)), *lengths) + MARGIN)

    def _titles(self) -> None:
        name = self.texts.say("sheets", self.stated)
        title = self.texts.say("title", "sheet", sheet=name, year=self.form.year)
        cells.put_text(cells.at(self.sheet, 1, 1), title, cells.TITLE, cells.ON_ONE_LINE)
        plan = plan_title(self.form, self.texts)
        cells.put_text(cells.at(self.sheet, 2, 1), plan, cells.STRONG, cells.ON_ONE_LINE)
        for row, height in HEIGHTS.items():
            self.sheet.row_dimensions[row].height = height
        only_words = self.stated == "value" and not self.form.with_numbers
        what = self.texts.say("what", "value-words" if only_words else self.stated)
        cells.put_text(cells.at(self.sheet, 3, 1), what, cells.PLAIN, cells.ON_ONE_LINE)

    def _headings(self) -> None:
        about = map(self._heading, self.about)
        periods = [period_heading(each, self.texts) for each in self.periods]
        width = WIDTHS.get(self.stated, OTHER_WIDTH)
        widths = [*self.about.values(), *(width for _ in periods)]
        for column, (text, width) in enumerate(zip([*about, *periods], widths, strict=True), 1):
            cell = cells.at(self.sheet, HEADINGS, column)
            cells.put_text(cell, text, cells.ON_DARK, cells.CENTRED)
            cell.fill, cell.border = cells.filled(cells.DARK), cells.LINES
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def _sections(self) -> int:
        """Write every goal; the last row that is written."""
        row = HEADINGS
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
            cells.at(self.sheet, row, column).fill = cells.filled(cells.BAND)
        cells.put_text(cells.at(self.sheet, row, 1), title, cells.STRONG, cells.ON_ONE_LINE)
        cells.at(self.sheet, row, 1).fill = cells.filled(cells.BAND)
        self.sheet.row_dimensions[row].height = BAND_HEIGHT

    def _line(self, row: int, line: Line) -> None:
        for column, each in enumerate(self.about, 1):
            cell = cells.at(self.sheet, row, column)
            put = cells.put_name if each == "goal" else cells.put_text
            put(cell, getattr(line, each))
            cell.border = cells.LINES
            if each == "name" and not line.name:
                cell.protection = cells.OPEN
            else:
                cell.fill = cells.filled(cells.PALE)
        texts = [(getattr(line, each), width) for each, width in self.about.items()]
        self.sheet.row_dimensions[row].height = cells.height_of(texts)
        entry = line.entries[self.stated]
        due = [each in entry.periods for each in self.periods]
        for column, is_due in enumerate(due, len(self.about) + 1):
            self._input(cells.at(self.sheet, row, column), is_due=is_due)
        self.ranges[entry] += _runs(row, len(self.about) + 1, due)

    def _input(self, cell: Cell, *, is_due: bool) -> None:
        """A cell to fill in; a grey one where nothing is due."""
        cell.border, cell.font = cells.LINES, cells.PLAIN
        of_words = self.stated in WIDTHS
        cell.alignment = cells.OF_WORDS if of_words else cells.OF_INPUT
        if is_due:
            cell.protection = cells.OPEN
        else:
            cell.fill = cells.filled(cells.GREY)

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
            low, high = ("0" if self.stated == "count" else f"-{MOST}"), str(MOST)
            choice = DataValidation("decimal", operator="between", formula1=low, formula2=high)
            choice.allow_blank = True
        choice.errorStyle, choice.errorTitle, choice.error = "warning", title, error
        choice.showErrorMessage = not (number and words)
        choice.sqref = type(choice.sqref)(ranges)
        self.sheet.add_data_validation(choice)

    def _doubtful(self, words: tuple[str, ...], last: int) -> None:
        """Colour the cells that are neither blank nor a number nor one of the words."""
        first = f"{get_column_letter(len(self.about) + 1)}{HEADINGS + 1}"
        end = f"{get_column_letter(len(self.about) + len(self.periods))}{last}"
        known = f",COUNTIF({self.lists.place(words)},{first})=0" if words else ""
        formula = f"AND(NOT(ISBLANK({first})),NOT(ISNUMBER({first})){known})"
        rule = Rule("expression", dxf=cells.DOUBTFUL, formula=[formula])
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
