"""A better level that is given where the condition of a lower one does not hold."""

from collections.abc import Iterator
from itertools import pairwise

from goalrules.language.statements import Otherwise, Statement, When
from goalrules.language.syntax import Name
from goalrules.lint.level_never_reached import idle_places
from goalrules.lint.linted_rule import Subject, Witnesses
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE = "overlapping-levels"


def find(subject: Subject) -> Iterator[Finding]:
    """For each level the case in which only the clause of a better one gives it."""
    said = [each for each in subject.possible.clauses if isinstance(each.body, When)]
    places = sorted({subject.place(each) or 0 for each in said})
    idle = idle_places(subject)
    for lower, place in pairwise(places):
        if subject.goal and lower not in idle:
            yield from _between(subject, lower, place)


def _between(subject: Subject, lower: int, place: int) -> Iterator[Finding]:
    """That the clauses down to a level hold where those of the next lower one do not."""
    levels = subject.level_rule.scale.levels
    closing = Statement(Otherwise(Name(levels[0])))
    kept = [each for each in subject.possible.clauses if (subject.place(each) or 0) <= lower]
    drawn = subject.draw(subject.varied([*kept, closing]))
    states = drawn.least(drawn.kept[0][place], drawn.kept[1][lower])
    if states is not None:
        yield subject.finding(
            CODE,
            [each.span for at in (place, lower) for each in subject.said_at(at)],
            Witnesses(drawn, [states], "above"),
            level=WordRef("level", levels[place]),
            lower=WordRef("level", levels[lower]),
        )
