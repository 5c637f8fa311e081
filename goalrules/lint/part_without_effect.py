"""A part of a condition without which every outcome would give the same."""

from collections.abc import Iterator
from typing import assert_never

from attrs import evolve, frozen

from goalrules.language.statements import Limit, Statement, When
from goalrules.language.syntax import Condition, Count, Fact, Joined, Score, Single
from goalrules.lint.clause_without_effect import own_node, where_it_speaks
from goalrules.lint.level_never_reached import idle_places
from goalrules.lint.result import Finding
from goalrules.lint.subject import Shown, Subject
from goalrules.text.source import Span

CODE = "part-without-effect"


@frozen
class Piece:
    """A part of a condition: where it stands, what is left without it, and where it would matter.

    `sharp` is the condition the least case of which shows it: that of what is left, or of the
    part itself where it is an alternative.
    """

    span: Span
    left: Condition
    sharp: Condition


def find(subject: Subject) -> Iterator[Finding]:
    """The parts of clauses and limits that never decide."""
    idle = idle_places(subject)
    for statement in subject.said:
        body = statement.body
        decides = isinstance(body, When | Limit) and subject.place(statement) not in idle
        if isinstance(body, When | Limit) and decides and not _is_idle(statement, subject):
            for piece in pieces(body.condition):
                yield from _idle(piece, statement, subject)


def _idle(piece: Piece, statement: Statement, subject: Subject) -> Iterator[Finding]:
    left, sharp = (_with(statement, each) for each in (piece.left, piece.sharp))
    other, own = subject.changed(statement, left), own_node(sharp, subject)
    if other and own:
        drawn = subject.draw(other, nodes=[own])
        if drawn.same:
            shown = Shown(drawn, [where_it_speaks(statement, drawn)], "removed")
            yield subject.finding(CODE, [piece.span, statement.span], shown)


def _is_idle(statement: Statement, subject: Subject) -> bool:
    """Whether the whole statement never decides."""
    without = subject.changed(statement, None)
    return without is not None and subject.draw(without).same


def _with(statement: Statement, condition: Condition) -> Statement:
    body = statement.body
    if isinstance(body, When | Limit):
        return evolve(statement, body=evolve(body, condition=condition))
    return statement


def pieces(condition: Condition) -> Iterator[Piece]:
    """The parts that a condition would still be one without."""
    match condition:
        case Joined():
            yield from _of_joined(condition)
        case Count():
            plain = evolve(condition, including=(), rest=())
            for each in condition.including:
                left = tuple(other for other in condition.including if other is not each)
                yield Piece(each.span, evolve(condition, including=left), plain)
            for floor in condition.rest:
                yield Piece(floor.span, evolve(condition, rest=()), plain)
        case Single():
            for floor in condition.rest:
                plain_one = evolve(condition, rest=())
                yield Piece(floor.span, plain_one, plain_one)
        case Score() | Fact():
            return
        case _:
            assert_never(condition)


def _of_joined(joined: Joined) -> Iterator[Piece]:
    for n, part in enumerate(joined.parts):
        others = joined.parts[:n] + joined.parts[n + 1 :]
        left = others[0] if len(others) == 1 else evolve(joined, parts=others)
        yield Piece(part.span, left, left if joined.word == "and" else part)
        for piece in pieces(part):
            whole = (*joined.parts[:n], piece.left, *joined.parts[n + 1 :])
            yield Piece(piece.span, evolve(joined, parts=whole), piece.sharp)
