"""What is wrong with the clauses of a goal, each alone and beside each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never, cast

from goalrules.core.scales import COLOURS
from goalrules.language.check_conditions import (
    Context,
    check_condition,
    check_level,
    unknown_goal,
)
from goalrules.language.naming import goal_key, known_level
from goalrules.language.statements import Clause, Otherwise, PeriodClass, SameAs, Statement, When
from goalrules.language.syntax import Name
from goalrules.text.diagnostics import Diagnostic, Term

CLAUSES = (When, Otherwise, SameAs)
"""The statements that say when a level is reached."""


def check_clauses(
    statements: Iterable[Statement], context: Context, met: int
) -> Iterator[Diagnostic]:
    """The faults of the clauses among some statements."""
    clauses = [each for each in statements if isinstance(each.body, CLAUSES)]
    for statement in clauses:
        yield from _check_clause(cast(Clause, statement.body), context)
    for period in dict.fromkeys(_period(each) for each in clauses):
        yield from _check_together(
            [each for each in clauses if _period(each) == period], context, met
        )


def _period(statement: Statement) -> PeriodClass | None:
    return statement.body.period if isinstance(statement.body, CLAUSES) else None


def _check_clause(clause: Clause, context: Context) -> Iterator[Diagnostic]:
    match clause:
        case When(level, condition):
            yield from check_level(level, context)
            yield from check_condition(condition, context)
        case Otherwise(level):
            yield from check_level(level, context)
        case SameAs(goal):
            yield from unknown_goals([goal], context)
        case _:
            assert_never(clause)


def _check_together(
    statements: Sequence[Statement], context: Context, met: int
) -> Iterator[Diagnostic]:
    """The faults of clauses that hold for the same periods, beside each other."""
    said: dict[str, Statement] = {}
    for statement in statements:
        key = _said(statement)
        earlier = said.setdefault(key, statement)
        if earlier is not statement:
            yield context.at(statement.span, "clause-twice", line=earlier.span.line)
    same = said.get("same")
    if same and len(statements) > 1:
        yield context.at(same.span, "same-and-more")
    elif not same:
        yield from _check_levels(said, context, met)


def _said(statement: Statement) -> str:
    """What a clause says, in a word of which there may be one."""
    match statement.body:
        case When(level):
            return f"when {level.text}"
        case Otherwise():
            return "otherwise"
        case _:
            return "same"


def _check_levels(
    said: Mapping[str, Statement], context: Context, met: int
) -> Iterator[Diagnostic]:
    """The clauses that can never give their level, and a rule by which nothing is ever met."""
    known = {key: each for key, each in said.items() if known_level(Name(_level(each)))}
    closing = known.get("otherwise")
    floor = COLOURS.place(_level(closing)) if closing else 0
    for key, statement in known.items():
        place = COLOURS.place(_level(statement))
        if key != "otherwise" and place <= floor:
            code = "below-otherwise" if closing else "lowest-when"
            yield context.at(statement.span, code, level=Term("level", COLOURS.levels[place]))
    places = [COLOURS.place(_level(each)) for each in known.values()]
    if known and max(places) < met:
        level = Term("level", COLOURS.levels[met])
        yield context.at(next(iter(known.values())).span, "never-met", level=level)


def _level(statement: Statement) -> str:
    body = statement.body
    return body.level.text if isinstance(body, When | Otherwise) else ""


def unknown_goals(names: Iterable[Name], context: Context) -> Iterator[Diagnostic]:
    """The names that are no goal's."""
    for name in names:
        if goal_key(name.text) not in context.names.goals:
            yield unknown_goal(name, context)
