"""A target or a bound below 1 where the unit is `%`: 0,85 may be meant as 85 %."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from goalrules.language.plan import IndicatorEntry
from goalrules.language.statements import Statement, Target, Unit, ValueBands
from goalrules.language.syntax import Around, Bound, Range
from goalrules.lint.linted_rule import LintedRule
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE: Final = "share-as-percent"


def find(linted: LintedRule) -> Iterator[Finding]:
    """The targets and bands in percent of which all numbers lie between nought and one."""
    for entry in linted.possible.goal.indicators if linted.possible.goal else ():
        unit = entry.first(Unit)
        for statement in entry.statements if unit and unit.text == "%" else ():
            numbers = [each for each in _numbers(statement) if each]
            if numbers and all(0 < each < 1 for each in numbers):
                yield _finding(linted, entry, statement, numbers[0])


def _finding(
    linted: LintedRule, entry: IndicatorEntry, statement: Statement, number: Decimal
) -> Finding:
    facts = {
        "member": WordRef("member", entry.name),
        "number": WordRef("number", str(number)),
        "percent": WordRef("number", f"{(number * 100).normalize():f}"),
    }
    return Finding(CODE, "note", linted.goal, linted.kind, (statement.span,), facts)


def _numbers(statement: Statement) -> Iterator[Decimal]:
    """The numbers that the value of an indicator is compared with by a statement."""
    match statement.body:
        case Target(aims):
            bounds: list[object] = [each.aim for each in aims]
        case ValueBands(bands):
            bounds = [each.bound for each in bands]
        case _:
            return
    for bound in bounds:
        match bound:
            case Bound(number=number) | Around(number=number):
                yield number
            case Range(low, high):
                yield from (low, high)
            case _:
                continue
