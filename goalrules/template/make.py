"""The workbook of a plan in a year, where there is something to write workbooks with."""

from importlib.util import find_spec

from goalrules.data.outcomes import read_outcomes
from goalrules.language.plan import Plan
from goalrules.refusal import PackageError, QuestionError, fault
from goalrules.template.form import SHEETS, Form, form_of
from goalrules.text.languages import Language
from goalrules.text.names import folded


def template_of(plan: Plan, year: int, language: Language, unit: str = "") -> bytes:
    """The bytes of an XLSX file in which the outcomes of a year are filled in.

    Where it is made for a unit it says so, and is read back to see that nothing else is understood.

    Raises:
        PackageError: openpyxl, which writes them, is not installed.
        QuestionError: what is read back is not that unit's, or not for the periods of the columns.
    """
    if find_spec("openpyxl") is None:
        raise PackageError([fault("needs-openpyxl", "template")], language)
    from goalrules.template.workbook import workbook_of  # noqa: PLC0415 - only when needed

    form = form_of(plan, year, language, unit)
    made = workbook_of(form)
    if unit and not _is_of(made, form):
        raise QuestionError([fault("unusable-unit", "unit", text=unit)], language)
    return made


def _is_of(workbook: bytes, form: Form) -> bool:
    """Whether a blank workbook is read as the unit's, with its periods, and without faults."""
    rows, faults = read_outcomes(workbook, "", form.year, each_unit=True)
    periods = {each.text for stated in SHEETS for each in form.periods_of(stated)}
    tables = [table for file in rows.files for table in file.tables]
    return not faults and all(
        [*map(folded, table.units)] == [folded(form.of_unit)]
        and {column.period for column in table.used if column.period} <= periods
        for table in tables
    )
