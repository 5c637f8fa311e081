"""An indicator that is measured several times a year, without how its figures add up."""

from collections.abc import Iterator
from typing import Final

from goalrules.language.statements import AddsUp, Measured, Target, ValueBands
from goalrules.lint.linted_rule import LintedRule
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE: Final = "adding-up-unsaid"


def find(linted: LintedRule) -> Iterator[Finding]:
    """The indicators of numbers that are said to be measured in several months, and no more."""
    for entry in linted.possible.goal.indicators if linted.possible.goal else ():
        of_numbers = any(map(entry.first, (Target, ValueBands)))
        for statement in entry.statements if of_numbers and not entry.first(AddsUp) else ():
            if isinstance(statement.body, Measured) and len(statement.body.months) > 1:
                facts = {"member": WordRef("member", entry.name)}
                span = (statement.span,)
                yield Finding(CODE, "note", linted.goal, linted.kind, span, facts)
