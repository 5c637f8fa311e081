"""How a sheet is printed, and kept from being changed by mistake."""

from typing import cast

from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from goalrules.report.catalogue import Catalogue

ALLOWED = ("formatCells", "formatColumns", "formatRows")
"""What can be done with a protected sheet beside filling it in."""

MARGIN = 0.4


def set_up_page(sheet: Worksheet, texts: Catalogue, headings: int = 0) -> None:
    """Print a sheet in landscape over one page's width, with its headings on each page."""
    sheet.page_setup.orientation = "landscape" if headings else "portrait"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A3 if headings else sheet.PAPERSIZE_A4)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if headings:
        sheet.print_title_rows = f"{headings}:{headings}"
    sheet.page_margins.left = sheet.page_margins.right = MARGIN
    page = texts.say("title", "page", page="&P", pages="&N")
    footer = cast("HeaderFooterItem", sheet.oddFooter)
    footer.center.text = f"&A – {page}"


def protect(sheet: Worksheet) -> None:
    """Lock the cells that are not to be filled in; no password is asked for."""
    sheet.protection.sheet = True
    for each in ALLOWED:
        setattr(sheet.protection, each, False)
