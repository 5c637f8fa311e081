"""A level that no outcome gives, though the file says when it is reached, or leaves it out."""

from collections.abc import Iterator

from goalrules.analyse.diagram import FALSE, TRUE
from goalrules.lint.met import is_always_met, is_never_met
from goalrules.lint.result import Finding
from goalrules.lint.subject import Shown, States, Subject
from goalrules.text.diagnostics import Term

CODE = "level-never-reached"


def find(subject: Subject) -> Iterator[Finding]:
    """The levels that are never reached, unless that follows from being always or never met."""
    for place in idle_places(subject):
        if not _follows(subject, place):
            yield _finding(subject, place)


def idle_places(subject: Subject) -> list[int]:
    """The places that the level is at in no case."""
    drawn = subject.drawn
    kept, can = drawn.kept[0], drawn.can[0]
    above = [*kept[1:], FALSE]
    return [place for place, better in enumerate(above) if drawn.least(can[place], better) is None]


def _follows(subject: Subject, place: int) -> bool:
    met = subject.judged.met
    return is_always_met(subject) if place < met else is_never_met(subject)


def _finding(subject: Subject, place: int) -> Finding:
    level = Term("level", subject.judged.scale.levels[place])
    said = subject.said_at(place)
    spans = [each.span for each in said] or [subject.possible.clauses[-1].span]
    return subject.finding(
        CODE,
        spans,
        Shown(subject.drawn, [_proof(subject, place)]),
        "fault" if said else "note",
        level=level,
        why=_why(subject, place, said=bool(said)),
    )


def _proof(subject: Subject, place: int) -> States | None:
    """Every member at its best, or worst, where that proves it; else the least that reaches it."""
    drawn = subject.drawn
    can = drawn.can[0][place]
    if can == FALSE:
        return drawn.best()
    return drawn.worst() if can == TRUE else drawn.least(can)


def _why(subject: Subject, place: int, *, said: bool) -> str:
    can = subject.drawn.can[0][place]
    if not said:
        return "unsaid"
    return {FALSE: "never", TRUE: "always"}.get(can, "better")
