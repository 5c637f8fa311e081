"""A part of a condition without which every outcome would give the same."""

from collections.abc import Iterator
from typing import Final, assert_never

from attrs import evolve

from goalrules.language.statements import Adjustment, Statement, When
from goalrules.language.syntax import Condition, Count, Fact, Joined, Score, Single
from goalrules.lazily import frozen
from goalrules.lint.clause_without_effect import never_decides, own_nodes, where_it_speaks
from goalrules.lint.level_never_reached import idle_places
from goalrules.lint.linted_rule import LintedRule, Witnesses, unless_absent
from goalrules.lint.result import Finding
from goalrules.text.source import Span

CODE: Final = "part-without-effect"


@frozen
class ConditionPart:
    """A part of a condition: where it stands, what is left without it, and where it would matter.

    `sharp` is the condition the least case of which shows it: that of what is left, or of the
    part itself where it is an alternative.
    """

    span: Span
    left: Condition
    sharp: Condition


def find(linted: LintedRule) -> Iterator[Finding]:
    """The parts of clauses, limits and steps that never decide, where the whole does."""
    idle = idle_places(linted)
    for statement in linted.said:
        body = statement.body
        if isinstance(body, When | Adjustment) and linted.place(statement) not in idle:
            found = (_shown(piece, statement, body, linted) for piece in pieces(body.condition))
            idle_parts = [each for each in found if each]
            never = never_decides(statement, None)
            if idle_parts and not (linted.is_left(statement) and never(linted)):
                yield from idle_parts


def _shown(
    piece: ConditionPart, statement: Statement, body: When | Adjustment, linted: LintedRule
) -> Finding | None:
    """That a part never decides, if it does not."""
    left, sharp = (
        evolve(statement, body=evolve(body, condition=each)) for each in (piece.left, piece.sharp)
    )
    compiled = linted.compile(linted.changed(statement, left), nodes=own_nodes(sharp, linted))
    if not compiled.alike():
        return None
    shown = Witnesses(compiled, [where_it_speaks(statement, compiled)], "removed")
    found = linted.finding(CODE, [piece.span, statement.span], shown)
    return unless_absent(found, linted, never_decides(statement, left))


def pieces(condition: Condition) -> Iterator[ConditionPart]:
    """The parts that a condition would still be one without."""
    match condition:
        case Joined():
            yield from _of_joined(condition)
        case Count():
            bare = evolve(condition, including=(), rest=())
            for each in condition.including:
                left = tuple(other for other in condition.including if other is not each)
                yield ConditionPart(each.span, evolve(condition, including=left), bare)
            for floor in condition.rest:
                yield ConditionPart(floor.span, evolve(condition, rest=()), bare)
        case Single():
            for floor in condition.rest:
                without_rest = evolve(condition, rest=())
                yield ConditionPart(floor.span, without_rest, without_rest)
        case Score() | Fact():
            return
        case _:
            assert_never(condition)


def _of_joined(joined: Joined) -> Iterator[ConditionPart]:
    for n, part in enumerate(joined.parts):
        others = joined.parts[:n] + joined.parts[n + 1 :]
        left = others[0] if len(others) == 1 else evolve(joined, parts=others)
        yield ConditionPart(part.span, left, left if joined.word == "and" else part)
        for piece in pieces(part):
            parts = (*joined.parts[:n], piece.left, *joined.parts[n + 1 :])
            yield ConditionPart(piece.span, evolve(joined, parts=parts), piece.sharp)
