"""Diagnostics as a document: each fault by its code and its place, with its texts in a language."""

from collections.abc import Iterable
from typing import Annotated

from attrs import frozen

from goalrules.document import Place
from goalrules.report.diagnostics.declarations import Severity, declarations
from goalrules.report.diagnostics.text import message_and_hint
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.languages import Language


@frozen
class ToldFault:
    """What is wrong in one place, and what to do about it."""

    __title__ = "Fault"

    code: Annotated[str, "What is wrong, by its code."]
    severity: Annotated[Severity, "How grave it is."]
    file: Annotated[
        str,
        "The file as it was named to the program; `stdin` and `stdout` for those streams, and the"
        " name of an argument for what is wrong with that.",
    ]
    sheet: Annotated[str, "The sheet of a workbook; empty where it has one, or none."]
    line: Annotated[Place, "The line where it begins; 1 for a file as a whole."]
    column: Annotated[
        Place, "The column where it begins: of characters in rules, of cells in tables."
    ]
    end_line: Annotated[Place, "The line where it ends."]
    end_column: Annotated[Place, "The column after its end."]
    message: Annotated[str, "What is wrong, as one sentence in the language of the report."]
    hint: Annotated[str, "What to do about it, likewise; empty where that goes without saying."]


@frozen
class FaultReport:
    """Why a command did not do what it was asked to, or not all of it."""

    __title__ = "Faults"
    __document__ = "urn:goalrules:faults:1"

    language: Annotated[Language, "The language of the messages and the hints."]
    faults: Annotated[tuple[ToldFault, ...], "Everything that is wrong, in the order of the files."]


def fault_report(
    diagnostics: Iterable[Diagnostic], language: Language, words_language: Language | None = None
) -> FaultReport:
    """The diagnostics in order; pieces of rules in them are in the language of the rule file."""
    told = tuple(_told(each, language, words_language) for each in diagnostics)
    return FaultReport(language, told)


def _told(each: Diagnostic, language: Language, words_language: Language | None) -> ToldFault:
    message, hint = message_and_hint(each, language, words_language)
    span = each.span
    return ToldFault(
        each.code,
        declarations()[each.code].severity,
        each.file,
        each.sheet,
        span.line,
        span.column,
        span.end_line,
        span.end_column,
        message,
        hint,
    )
