"""A target or a bound below 1 where the unit is `%`: 0,85 may be meant as 85 %."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from goalrules.language.plan import IndicatorEntry
from goalrules.language.statements import Parts, Statement, Target, Unit, ValueBands
from goalrules.language.syntax import Around, Bound, Range
from goalrules.lint.linted_rule import LintedRule
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE: Final = "share-as-percent"


NEAR = 2
"""A hundred times a share is within so many times a bound that is written in percent."""


def find(linted: LintedRule) -> Iterator[Finding]:
    """The targets, bands and parts in percent with a bound that may be a share.

    That is one between nought and one, where the indicator has no bounds but such, or has one in
    percent that is near a hundred times it.
    """
    for entry in linted.possible.goal.indicators if linted.possible.goal else ():
        unit = entry.first(Unit)
        if unit is None or unit.text != "%":
            continue
        bounds = {each: tuple(filter(None, _numbers(each))) for each in entry.statements}
        every = [number for numbers in bounds.values() for number in numbers]
        for statement, numbers in bounds.items():
            small = [each for each in numbers if 0 < each < 1]
            alone = len(small) == len(numbers)
            asked = [each for each in small if alone or _near_percent(each, every)]
            if asked:
                yield _finding(linted, entry, statement, asked[0])


def _near_percent(share: Decimal, bounds: Iterable[Decimal]) -> bool:
    """Whether a share is as large, in percent, as another bound is."""
    return any(share * 100 <= NEAR * each and each <= NEAR * share * 100 for each in bounds)


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
        case Parts(own=own):
            bounds = [each.bound for each in own]
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
