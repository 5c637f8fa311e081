"""A level that no outcome gives, though the file says when it is reached, or leaves it out."""

from collections.abc import Callable, Iterator

from goalrules.analyse.diagram import FALSE
from goalrules.lint.linted_rule import Subject, Witnesses, tried
from goalrules.lint.met import is_always_met, is_never_met
from goalrules.lint.result import Finding
from goalrules.text.diagnostics import WordRef

CODE = "level-never-reached"


def find(subject: Subject) -> Iterator[Finding]:
    """The levels that are never reached, unless that follows from being always or never met."""
    for place in idle_places(subject):
        if not _follows(subject, place):
            yield tried(_finding(subject, place), subject, _never(place))


def idle_places(subject: Subject) -> list[int]:
    """The places that the level is at in no case: where it can be, it surely is a better one."""
    kept, can = subject.drawn.kept[0], subject.drawn.can[0]
    better = [*kept[1:], FALSE]
    return [place for place, surely in enumerate(better) if can[place] == surely]


def _never(place: int) -> Callable[[Subject], bool]:
    """That a place is surely the level in no case of a rule."""

    def claim(subject: Subject) -> bool:
        drawn = subject.drawn
        better = [*drawn.can[0][1:], FALSE]
        return drawn.least(drawn.kept[0][place], better[place]) is None

    return claim


def _follows(subject: Subject, place: int) -> bool:
    met = subject.level_rule.met
    return is_always_met(subject) if place < met else is_never_met(subject)


def _finding(subject: Subject, place: int) -> Finding:
    """That a level is passed over: where it is reached at least, or with everything at its best."""
    level = WordRef("level", subject.level_rule.scale.levels[place])
    said = [each.span for each in subject.said_at(place)]
    drawn = subject.drawn
    states = drawn.least(drawn.can[0][place]) or drawn.best()
    return subject.finding(
        CODE,
        said or [subject.possible.clauses[-1].span],
        Witnesses(drawn, [states]),
        "fault" if said else "note",
        level=level,
        why="" if said else "unsaid",
    )
