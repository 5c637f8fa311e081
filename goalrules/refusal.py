"""Errors that say every fault: what the package raises where it cannot use what it was given."""

from collections.abc import Sequence

from goalrules.report.diagnostics.text import plain_text
from goalrules.text.diagnostics import (
    Diagnostic,
    DiagnosticFact,
    OutcomeError,
    RuleError,
    first_told,
)
from goalrules.text.languages import Language
from goalrules.text.source import NOWHERE


def fault(code: str, file: str, **facts: DiagnosticFact) -> Diagnostic:
    """A fault of a file, or of an argument, as a whole."""
    return Diagnostic(code, file, NOWHERE, "", facts)


def refusal(
    error: type[RuleError | OutcomeError], faults: Sequence[Diagnostic], language: Language
) -> RuleError | OutcomeError:
    """An error that says some faults in a language: the first, and how many more there are."""
    faults = first_told(faults)
    return error(faults, plain_text(faults, language), language)


def refuse(
    error: type[RuleError | OutcomeError], faults: Sequence[Diagnostic], language: Language
) -> None:
    """Raise an error if there are faults."""
    if faults:
        raise refusal(error, faults, language)
