"""What a check of a rule set gives back: its findings, as values, as text and as JSON."""

from typing import Any

from attrs import frozen

from goalrules.document import to_json
from goalrules.lint.result import Finding, LintReport
from goalrules.report.check.text import render_check
from goalrules.text.languages import Language


@frozen
class Checked:
    """What is wrong with the rules of a rule set, over every possible outcome."""

    result: LintReport

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, in the order of the file."""
        return self.result.findings

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings by which the check fails: faults that no interpretation stands beside."""
        return self.result.faults

    def text(self, language: Language | None = None) -> str:
        """The findings with the cases that show them, in Swedish ("sv") or English ("en")."""
        return render_check(self.result, language or self.result.language)

    def to_dict(self) -> dict[str, Any]:
        """The check as JSON (`goalrules schema check` prints its schema)."""
        return to_json(self.result)
