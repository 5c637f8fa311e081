"""A weight in the place of which 1 would give the same for every outcome."""

from collections.abc import Callable, Iterator
from typing import Final

from attrs import evolve

from goalrules.analyse.compiled_rules import CompiledRules, States
from goalrules.analyse.rule_query import RuleQuery
from goalrules.language.statements import Statement, Weight
from goalrules.lint.linted_rule import LintedRule, Witnesses, unless_absent
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE: Final = "weight-without-effect"


def find(linted: LintedRule) -> Iterator[Finding]:
    """The weights other than 1 that never decide."""
    goal = linted.possible.goal
    said = [
        (entry.name, each)
        for entry in (goal.indicators if goal else ())
        for each in entry.all(Weight)
        if linted.naming.weight(entry.name) != 1
    ]
    others = [_without(name, linted) for name, _ in said]
    together = linted.compile(*others)
    for number, (name, weight) in enumerate(said):
        if together.alike(0, number + 1):
            found = _finding(name, weight, linted, linted.compile(others[number]))
            yield unless_absent(found, linted, _never_decides(name))


def _never_decides(member: str) -> Callable[[LintedRule], bool]:
    """That a rule comes to the same where a member has no weight of its own."""
    return lambda linted: linted.compile(_without(member, linted)).alike()


def _without(member: str, linted: LintedRule) -> RuleQuery:
    """The rule where a member has no weight of its own."""
    weights = {name: each for name, each in linted.naming.weights.items() if name != member}
    return linted.varied(naming=evolve(linted.naming, weights=weights))


def _finding(name: str, weight: Statement, linted: LintedRule, compiled: CompiledRules) -> Finding:
    return linted.finding(
        CODE,
        [weight.span],
        Witnesses(compiled, [_at_best(name, compiled)], "weight"),
        member=WordRef("member", name),
        number=WordRef("number", str(linted.naming.weight(name))),
    )


def _at_best(member: str, compiled: CompiledRules) -> States:
    """The least case in which the top level is reached, with the member at its best."""
    states = compiled.least(compiled.rules[0].surely[-1]) or compiled.best()
    names = compiled.order.names
    return [
        compiled.order.variables[n].size - 1 if name == member else states[n]
        for n, name in enumerate(names)
    ]
