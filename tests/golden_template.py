"""Workbooks to fill in on golden pages: every sheet as a table of what stands in its cells."""

from collections.abc import Iterator

from drawn_outcomes import rule_set
from filling import HEADINGS, inputs, opened, sheets
from golden_pages import Given
from openpyxl.worksheet.worksheet import Worksheet

import goalrules

DUE, GREY = "_", "#"
"""How a cell is shown that is to be filled in, and one that is not."""


def template(given: Given, language: str) -> str:
    """The workbook of a rule file in the year of the block `year`, else in the plan's own."""
    rules = goalrules.loads(given.blocks["rules"].text)
    year = given.blocks.get("year")
    return rendered(rules.template(int(year.text) if year else None, language))


def template_2025(_: Given, language: str) -> str:
    """The first two sheets of the workbook of the plan of 2025."""
    return rendered(rule_set(2025).template(2025, language), last=2)


def rendered(data: bytes, last: int | None = None) -> str:
    """The sheets of a workbook that are shown: the guide, and those to fill in."""
    book = opened(data)
    pages = [_guide(book.worksheets[0]), *map(_sheet, sheets(book))]
    return "\n\n".join(pages[:last])


def _guide(sheet: Worksheet) -> str:
    rows = [[str(cell.value) for cell in row if cell.value] for row in sheet.iter_rows()]
    return "\n".join(": ".join(row) for row in rows)


def _sheet(sheet: Worksheet) -> str:
    return "\n".join(
        [
            *(str(sheet.cell(row, 1).value) for row in range(1, HEADINGS)),
            *_table(sheet),
            *sorted(set(_choices(sheet))),
        ]
    )


def _table(sheet: Worksheet) -> Iterator[str]:
    """The headings and the rows below; of a goal's row only the title."""
    under = {each.cell.coordinate: DUE if each.is_due else GREY for each in inputs(sheet)}
    for row in sheet.iter_rows(min_row=HEADINGS):
        texts = [under.get(cell.coordinate, str(cell.value or "")) for cell in row]
        alone = not any(texts[1:])
        yield texts[0] if alone else f"| {' | '.join(texts)} |"


def _choices(sheet: Worksheet) -> Iterator[str]:
    for each in inputs(sheet):
        if each.words and each.is_due:
            yield f"[{', '.join(map(str, each.words))}{', …' if each.takes_numbers else ''}]"
