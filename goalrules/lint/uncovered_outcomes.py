"""Outcomes for which the file says no level, though it says of two or more when they are given."""

from collections.abc import Iterator

from goalrules.language.lower import UNSAID
from goalrules.language.statements import When
from goalrules.lint.linted_rule import Subject, Witnesses
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE = "uncovered-outcomes"


def find(subject: Subject) -> Iterator[Finding]:
    """The outcomes that lie between the clauses, or below the last of them."""
    said = [each for each in subject.possible.clauses if isinstance(each.body, When)]
    if UNSAID not in subject.query.ends or len({subject.place(each) for each in said}) == 1:
        return
    drawn = subject.drawn
    kept, can = drawn.kept[0], drawn.can[0]
    unsaid = (place for place in range(1, len(kept)) if not subject.said_at(place))
    for place in [each for each in unsaid if can[each] != kept[each]][:1]:
        states = drawn.least(can[place], kept[place]) or drawn.worst()
        low, high = (subject.level_rule.scale.levels[each] for each in drawn.ends(0, states))
        yield subject.finding(
            CODE,
            [said[-1].span, *(each.span for each in said)],
            Witnesses(drawn, [states]),
            low=WordRef("level", low),
            high=WordRef("level", high),
        )
