"""A goal that is met whatever the outcomes are."""

from collections.abc import Iterator
from typing import Final

from goalrules.lint.linted_rule import LintedRule, Witnesses
from goalrules.lint.result import Finding

CODE: Final = "goal-always-met"


def find(linted: LintedRule) -> Iterator[Finding]:
    """That the goal is met even with every member at its worst."""
    if is_always_met(linted):
        compiled = linted.compiled
        yield linted.finding(CODE, [linted.start], Witnesses(compiled, [compiled.worst()]))


def is_always_met(linted: LintedRule) -> bool:
    """Whether a goal is met in every case."""
    compiled = linted.compiled
    return bool(linted.goal) and compiled.rules[0].met[0] == compiled.always
