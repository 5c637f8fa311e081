"""Outcomes for which the file says no level, though it says of two or more when they are given."""

from collections.abc import Iterator
from typing import Final

from goalrules.language.lower import UNSAID
from goalrules.language.statements import When
from goalrules.lint.linted_rule import LintedRule, Witnesses
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE: Final = "uncovered-outcomes"


def find(linted: LintedRule) -> Iterator[Finding]:
    """The outcomes that lie between the clauses, or below the last of them."""
    said = [each for each in linted.possible.clauses if isinstance(each.body, When)]
    if UNSAID not in linted.query.ends or len({linted.place(each) for each in said}) == 1:
        return
    compiled = linted.compiled
    surely, possibly = compiled.rules[0].surely, compiled.rules[0].possibly
    unsaid = (place for place in range(1, len(surely)) if not linted.said_at(place))
    for place in [each for each in unsaid if possibly[each] != surely[each]][:1]:
        states = compiled.least(possibly[place], surely[place]) or compiled.worst()
        ends, levels = compiled.ends(compiled.rules[0], states), linted.level_rule.scale.levels
        yield linted.finding(
            CODE,
            [said[-1].span, *(each.span for each in said)],
            Witnesses(compiled, [states]),
            low=WordRef("level", levels[ends.worst]),
            high=WordRef("level", levels[ends.best]),
        )
