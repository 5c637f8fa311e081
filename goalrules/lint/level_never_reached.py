"""A level that no outcome gives, though the file says when it is reached, or leaves it out."""

from collections.abc import Callable, Iterator
from typing import Final

from goalrules.analyse.diagram import FALSE
from goalrules.lint.goal_always_met import is_always_met
from goalrules.lint.goal_never_met import is_never_met
from goalrules.lint.linted_rule import LintedRule, Witnesses, unless_absent
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE: Final = "level-never-reached"


def find(linted: LintedRule) -> Iterator[Finding]:
    """The levels that are never reached, unless that follows from being always or never met."""
    met = linted.level_rule.met
    for place in idle_places(linted):
        if not (is_always_met(linted) if place < met else is_never_met(linted)):
            yield unless_absent(_finding(linted, place), linted, _never(place))


def idle_places(linted: LintedRule) -> list[int]:
    """The places that the level is at in no case: where it can be, it surely is a better one."""
    surely, possibly = linted.compiled.rules[0].surely, linted.compiled.rules[0].possibly
    better = [*surely[1:], FALSE]
    return [place for place, at_better in enumerate(better) if possibly[place] == at_better]


def _never(place: int) -> Callable[[LintedRule], bool]:
    """That a place is surely the level in no case of a rule."""

    def claim(linted: LintedRule) -> bool:
        compiled = linted.compiled
        better = [*compiled.rules[0].possibly[1:], FALSE]
        return compiled.least(compiled.rules[0].surely[place], better[place]) is None

    return claim


def _finding(linted: LintedRule, place: int) -> Finding:
    """That a level is passed over: where it is reached at least, or with everything at its best."""
    level = WordRef("level", linted.level_rule.scale.levels[place])
    said = [each.span for each in linted.said_at(place)]
    compiled = linted.compiled
    states = compiled.least(compiled.rules[0].possibly[place]) or compiled.best()
    return linted.finding(
        CODE,
        said or [linted.possible.clauses[-1].span],
        Witnesses(compiled, [states]),
        "fault" if said else "note",
        level=level,
        why="" if said else "unsaid",
    )
