"""A goal that is met, or not met, whatever the outcomes are."""

from collections.abc import Iterator

from goalrules.analyse.diagram import FALSE, TRUE
from goalrules.lint.linted_rule import Subject, Witnesses
from goalrules.lint.result import Finding

ALWAYS, NEVER = "goal-always-met", "goal-never-met"


def find_always(subject: Subject) -> Iterator[Finding]:
    """That the goal is met even with every member at its worst."""
    if is_always_met(subject):
        drawn = subject.drawn
        yield subject.finding(ALWAYS, [subject.start], Witnesses(drawn, [drawn.worst()]))


def find_never(subject: Subject) -> Iterator[Finding]:
    """That the goal is not met even with every member at its best."""
    if is_never_met(subject):
        drawn = subject.drawn
        yield subject.finding(NEVER, [subject.start], Witnesses(drawn, [drawn.best()]))


def is_always_met(subject: Subject) -> bool:
    """Whether a goal is met in every case."""
    return bool(subject.goal) and subject.drawn.kept[0][subject.level_rule.met] == TRUE


def is_never_met(subject: Subject) -> bool:
    """Whether a goal can be met in no case."""
    return bool(subject.goal) and subject.drawn.can[0][subject.level_rule.met] == FALSE
