"""Where a piece of a rule stands, for those who look for faults in it."""

from attrs import frozen

from goalrules.language.naming import Naming
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, in_source
from goalrules.text.source import Source, Span


@frozen
class Context:
    """Where a condition stands: in which source, and with which names.

    `of_indicator` says that it is of facts, `bad` that it speaks of bad levels, as that of a cap.
    """

    source: Source
    names: Naming
    of_indicator: bool = False
    bad: bool = False

    def at(self, span: Span, code: str, **facts: DiagnosticFact) -> Diagnostic:
        """A diagnostic at a place of the source."""
        return in_source(self.source, code, span, **facts)
