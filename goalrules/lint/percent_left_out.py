"""Expected values that look like shares of the target whose `%` was left out."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from goalrules.language.plan import IndicatorEntry
from goalrules.language.statements import ALL_MONTHS, Expected, Target
from goalrules.language.syntax import Around, Bound, ExpectedStep
from goalrules.lint.linted_rule import LintedRule
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE: Final = "percent-left-out"

WHOLE = Decimal(100)


def find(linted: LintedRule) -> Iterator[Finding]:
    """The indicators of which all that is expected fits as percent of a target, and not else."""
    for entry in linted.possible.goal.indicators if linted.possible.goal else ():
        expected = entry.first(Expected)
        steps = [each for each in (expected.steps if expected else ()) if not each.share]
        targets = sorted({*_targets(entry)})
        if steps and targets and all(_is_share(steps, each) for each in targets):
            yield Finding(
                CODE, "note", linted.goal, linted.kind, tuple(each.span for each in steps),
                {
                    "member": WordRef("member", entry.name),
                    "number": WordRef("number", str(steps[0].number)),
                    "target": WordRef("number", str(targets[0])),
                },
            )  # fmt: skip


def _targets(entry: IndicatorEntry) -> Iterator[Decimal]:
    """The numbers above nought that the targets of an indicator are about."""
    target = entry.first(Target)
    for dated in target.aims if target else ():
        match dated.aim:
            case Bound("at least" | "over", number) | Around(number=number) if number > 0:
                yield number
            case _:
                continue


def _is_share(steps: list[ExpectedStep], target: Decimal) -> bool:
    """Whether steps are nearer to an even pace as percent, and as values far from it each."""
    if any(each.number > WHOLE for each in steps):
        return False
    for each in steps:
        pace = Fraction(each.month, len(ALL_MONTHS))
        value, share = Fraction(each.number) / Fraction(target), Fraction(each.number) / 100
        far = value < pace / 2 or value > 1
        if not far or abs(share - pace) >= abs(value - pace):
            return False
    return True
