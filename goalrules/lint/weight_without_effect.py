"""A weight in the place of which 1 would give the same for every outcome."""

from collections.abc import Callable, Iterator

from attrs import evolve

from goalrules.analyse.rule_query import RuleQuery
from goalrules.language.statements import Statement, Weight
from goalrules.lint.linted_rule import CompiledRules, States, Subject, Witnesses, tried
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE = "weight-without-effect"


def find(subject: Subject) -> Iterator[Finding]:
    """The weights other than 1 that never decide."""
    goal = subject.possible.goal
    said = [
        (entry.name, each)
        for entry in (goal.indicators if goal else ())
        for each in entry.all(Weight)
        if subject.naming.weight(entry.name) != 1
    ]
    others = [_without(name, subject) for name, _ in said]
    together = subject.draw(*others)
    for number, (name, weight) in enumerate(said):
        if together.alike(0, number + 1):
            found = _finding(name, weight, subject, subject.draw(others[number]))
            yield tried(found, subject, _never_decides(name))


def _never_decides(member: str) -> Callable[[Subject], bool]:
    """That a rule comes to the same where a member has no weight of its own."""
    return lambda subject: subject.draw(_without(member, subject)).same


def _without(member: str, subject: Subject) -> RuleQuery:
    """The rule where a member has no weight of its own."""
    weights = {name: each for name, each in subject.naming.weights.items() if name != member}
    return subject.varied(naming=evolve(subject.naming, weights=weights))


def _finding(name: str, weight: Statement, subject: Subject, drawn: CompiledRules) -> Finding:
    return subject.finding(
        CODE,
        [weight.span],
        Witnesses(drawn, [_at_best(name, drawn)], "weight"),
        member=WordRef("member", name),
        number=WordRef("number", str(subject.naming.weight(name))),
    )


def _at_best(member: str, drawn: CompiledRules) -> States:
    """The least case in which the top level is reached, with the member at its best."""
    states = drawn.least(drawn.kept[0][-1]) or drawn.best()
    names = drawn.space.names
    return [
        drawn.space.digits[n].size - 1 if name == member else states[n]
        for n, name in enumerate(names)
    ]
