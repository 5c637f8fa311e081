"""Errors that say every fault: what the package raises where it cannot use what it was given."""

from collections.abc import Iterable, Sequence

from goalrules.report.diagnostics.text import plain_text
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact
from goalrules.text.languages import Language
from goalrules.text.source import NOWHERE


class GoalrulesError(Exception):
    """What was given cannot be used; `.diagnostics` holds every fault that was found.

    Its text says them all, in the language `.language`: that of the rules where it is known.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], language: Language) -> None:
        super().__init__()
        self._diagnostics = tuple(diagnostics)
        self._language: Language = language

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every fault that was found."""
        return self._diagnostics

    @property
    def language(self) -> Language:
        """The language in which its text says them."""
        return self._language

    def __str__(self) -> str:
        return plain_text(self.diagnostics, self.language)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GoalrulesError) or type(other) is not type(self):
            return NotImplemented
        return (self.diagnostics, self.language) == (other.diagnostics, other.language)

    def __hash__(self) -> int:
        return hash((type(self), self.diagnostics, self.language))

    def __reduce__(self) -> tuple[type["GoalrulesError"], tuple[object, ...]]:
        return type(self), (self.diagnostics, self.language)


class RuleError(GoalrulesError):
    """A rule file, or a rule given alone, has faults."""


class OutcomeError(GoalrulesError):
    """The outcomes, or the period they are assessed for, have faults."""


def fault(code: str, file: str, **facts: DiagnosticFact) -> Diagnostic:
    """A fault of a file, or of an argument, as a whole."""
    return Diagnostic(code, file, NOWHERE, "", facts)


def refuse(error: type[GoalrulesError], faults: Sequence[Diagnostic], language: Language) -> None:
    """Raise an error if there are faults."""
    if faults:
        raise error(faults, language)
