"""The workbook of a plan in a year, where there is something to write workbooks with."""

from importlib.util import find_spec

from goalrules.language.plan import Plan
from goalrules.refusal import PackageError, fault
from goalrules.template.form import form_of
from goalrules.text.languages import Language


def template_of(plan: Plan, year: int, language: Language) -> bytes:
    """The bytes of an XLSX file in which the outcomes of a year are filled in.

    Raises:
        PackageError: openpyxl, which writes them, is not installed.
    """
    if find_spec("openpyxl") is None:
        raise PackageError([fault("needs-openpyxl", "template")], language)
    from goalrules.template.workbook import workbook_of  # noqa: PLC0415 - only when needed

    return workbook_of(form_of(plan, year, language))
