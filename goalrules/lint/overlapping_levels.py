"""A better level that is given where the condition of a lower one does not hold."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from goalrules.language.statements import Otherwise, Statement, When
from goalrules.language.syntax import Name
from goalrules.lint.level_never_reached import idle_places
from goalrules.lint.linted_rule import LintedRule, Witnesses
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE: Final = "overlapping-levels"


def find(linted: LintedRule) -> Iterator[Finding]:
    """For each level the case in which only the clause of a better one gives it."""
    said = [each for each in linted.possible.clauses if isinstance(each.body, When)]
    places = sorted({linted.place(each) or 0 for each in said})
    idle = idle_places(linted)
    for lower, place in pairwise(places):
        if linted.goal and lower not in idle:
            yield from _between(linted, lower, place)


def _between(linted: LintedRule, lower: int, place: int) -> Iterator[Finding]:
    """That the clauses down to a level hold where those of the next lower one do not."""
    levels = linted.level_rule.scale.levels
    closing = Statement(Otherwise(Name(levels[0])))
    kept = [each for each in linted.possible.clauses if (linted.place(each) or 0) <= lower]
    compiled = linted.compile(linted.varied([*kept, closing]))
    states = compiled.least(compiled.rules[0].surely[place], compiled.rules[1].surely[lower])
    if states is not None:
        yield linted.finding(
            CODE,
            [each.span for at in (place, lower) for each in linted.said_at(at)],
            Witnesses(compiled, [states], "above"),
            level=WordRef("level", levels[place]),
            lower=WordRef("level", levels[lower]),
        )
