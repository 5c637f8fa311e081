"""The words that can be chosen from, on a hidden sheet: a column for each list of them."""

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from goalrules.template.cells import at, put_name


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
