"""Outcomes for which the file says no level, though it says of two or more when they are given."""

from collections.abc import Iterator

from goalrules.language.lower import UNSAID
from goalrules.language.statements import When
from goalrules.lint.result import Finding
from goalrules.lint.subject import Shown, Subject
from goalrules.text.diagnostics import Term

CODE = "uncovered-outcomes"


def find(subject: Subject) -> Iterator[Finding]:
    """The outcomes that lie between the clauses, or below the last of them."""
    said = [each for each in subject.possible.clauses if isinstance(each.body, When)]
    if UNSAID not in subject.ground.ends or len({subject.place(each) for each in said}) == 1:
        return
    drawn = subject.drawn
    for place in range(1, len(drawn.kept[0])):
        states = drawn.least(drawn.can[0][place], drawn.kept[0][place])
        if states is not None and not subject.said_at(place):
            low, high = drawn.ends(0, states)
            levels = subject.judged.scale.levels
            about = [said[-1].span, *(each.span for each in said)]
            yield subject.finding(
                CODE, about, Shown(drawn, [states]),
                low=Term("level", levels[low]), high=Term("level", levels[high]),
            )  # fmt: skip
            return
