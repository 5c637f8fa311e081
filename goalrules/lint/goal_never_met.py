"""A goal that is not met whatever the outcomes are."""

from collections.abc import Iterator
from typing import Final

from goalrules.analyse.diagram import FALSE
from goalrules.lint.linted_rule import LintedRule, Witnesses
from goalrules.lint.result import Finding

CODE: Final = "goal-never-met"


def find(linted: LintedRule) -> Iterator[Finding]:
    """That the goal is not met even with every member at its best."""
    if is_never_met(linted):
        compiled = linted.compiled
        yield linted.finding(CODE, [linted.start], Witnesses(compiled, [compiled.best()]))


def is_never_met(linted: LintedRule) -> bool:
    """Whether a goal can be met in no case."""
    return bool(linted.goal) and linted.compiled.rules[0].possibly[linted.level_rule.met] == FALSE
