"""A weight in the place of which 1 would give the same for every outcome."""

from collections.abc import Iterator

from attrs import evolve

from goalrules.language.statements import Weight
from goalrules.lint.result import Finding
from goalrules.lint.subject import Drawn, Shown, States, Subject
from goalrules.text.diagnostics import Term

CODE = "weight-without-effect"


def find(subject: Subject) -> Iterator[Finding]:
    """The weights other than 1 that never decide."""
    goal, naming = subject.possible.goal, subject.naming
    for entry in goal.indicators if goal else ():
        weights = {name: each for name, each in naming.weights.items() if name != entry.name}
        for statement in entry.all(Weight):
            other = subject.varied(naming=evolve(naming, weights=weights))
            drawn = subject.draw(other)
            if naming.weight(entry.name) != 1 and drawn.same:
                shown = Shown(drawn, [_at_best(entry.name, drawn)], "weight")
                number = Term("number", str(naming.weight(entry.name)))
                yield subject.finding(
                    CODE, [statement.span], shown, member=Term("member", entry.name), number=number
                )


def _at_best(member: str, drawn: Drawn) -> States:
    """The least case in which the top level is reached, with the member at its best."""
    states = drawn.least(drawn.kept[0][-1]) or drawn.best()
    names = drawn.space.names
    return [
        drawn.space.digits[n].size - 1 if name == member else states[n]
        for n, name in enumerate(names)
    ]
