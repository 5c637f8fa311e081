"""What is wrong with the clauses of a goal, each alone and beside each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never, cast

from attrs import evolve

from goalrules.language.check_conditions import (
    check_condition,
    check_level,
    check_names,
    unknown_goal,
)
from goalrules.language.context import Context
from goalrules.language.levels import LevelScale
from goalrules.language.naming import goal_key
from goalrules.language.statements import (
    Clause,
    Extreme,
    Limit,
    Otherwise,
    PeriodClass,
    Remark,
    SameAs,
    Statement,
    When,
    is_of_bad,
)
from goalrules.language.syntax import Name
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.source import Span

CLAUSES = (When, Otherwise, SameAs, Extreme)
"""The statements that say when a level is reached."""

ALONE = (SameAs, Extreme)
"""The clauses that say when every level is reached, and so stand without others."""


def check_clauses(
    statements: Iterable[Statement], context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    """The faults of the clauses, limits and remarks among some statements."""
    everything = list(statements)
    clauses = [each for each in everything if isinstance(each.body, CLAUSES)]
    for statement in clauses:
        yield from _check_clause(statement, context, levels)
    for statement in everything:
        yield from _check_beside(statement, context, levels)
    for period in dict.fromkeys(_period(each) for each in clauses):
        yield from _check_together(
            [each for each in clauses if _period(each) == period], context, levels
        )


def _period(statement: Statement) -> PeriodClass | None:
    return statement.body.period if isinstance(statement.body, CLAUSES) else None


def _check_clause(
    statement: Statement, context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    clause = cast(Clause, statement.body)
    match clause:
        case When(level, condition):
            yield from check_level(level, levels, context)
            yield from check_condition(condition, context)
        case Otherwise(level):
            yield from check_level(level, levels, context)
        case SameAs(goal):
            unknown = list(unknown_goals([goal], context))
            yield from unknown or check_read([goal_key(goal.text)], levels, goal.span, context)
        case Extreme():
            yield from _check_extreme(clause, statement.span, context, levels)
        case _:
            assert_never(clause)


def check_read(
    keys: Iterable[str], levels: LevelScale, span: Span, context: Context
) -> Iterator[Diagnostic]:
    """The fault of members whose levels cannot be read on the scale of the goal."""
    for key in keys:
        found = context.names.levels(key)
        if any(found.place(level) is None for level in levels.scale.levels):
            yield context.at(span, "other-scale", text=key.removeprefix("goal "))
            return


def _check_extreme(
    extreme: Extreme, span: Span, context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    unknown = list(check_names(extreme.scope, context))
    yield from unknown
    keys = () if unknown else context.names.counted(extreme.scope)
    yield from check_read(keys or (), levels, span, context)
    if not unknown and keys == ():
        yield context.at(span, "nothing-to-count")
    elif keys and (extreme.but != int(extreme.but) or not 0 <= extreme.but < len(keys)):
        yield context.at(span, "leaves-none", number=str(extreme.but), size=len(keys))


def _check_beside(
    statement: Statement, context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    """The faults of a limit or a remark."""
    match statement.body:
        case Limit(kind, level, condition=condition) as limit:
            yield from check_level(level, levels, context)
            yield from _check_place(kind, level, statement.span, context, levels)
            yield from check_condition(condition, evolve(context, bad=is_of_bad(limit)))
        case Remark(word=word, condition=condition) if condition:
            names = context.names.with_shown()
            yield from check_condition(condition, evolve(context, names=names, bad=word == "when"))
        case _:
            return


def _check_place(
    kind: str, level: Name, span: Span, context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    """A cap at the best level, or a floor at the worst: neither does anything."""
    idle = levels.scale.top if kind == "cap" else 0
    if levels.place(level.text) == idle:
        code = "cap-idle" if kind == "cap" else "floor-idle"
        yield context.at(span, code, level=WordRef("level", level.text))


def _check_together(
    statements: Sequence[Statement], context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    """The faults of clauses that hold for the same periods, beside each other."""
    said: dict[str, Statement] = {}
    for statement in statements:
        key = _said(statement)
        earlier = said.setdefault(key, statement)
        once = not isinstance(statement.body, When) or earlier.body == statement.body
        if earlier is not statement and once:
            yield context.at(statement.span, "clause-twice", line=earlier.span.line)
    alone = next((each for each in statements if isinstance(each.body, ALONE)), None)
    if alone and len(statements) > 1:
        yield context.at(alone.span, "same-and-more")
    elif not alone:
        yield from _check_levels(said, context, levels)


def _said(statement: Statement) -> str:
    """What a clause says, in a word."""
    match statement.body:
        case When(level):
            return f"when {level.text}"
        case Otherwise():
            return "otherwise"
        case _:
            return "alone"


def _check_levels(
    said: Mapping[str, Statement], context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    """The clauses that can never give their level, and a rule by which nothing is ever met."""
    places = {key: levels.place(_level(each)) for key, each in said.items()}
    known = {key: place for key, place in places.items() if place is not None}
    closing = known.get("otherwise")
    for key, place in known.items():
        if key != "otherwise" and place <= (closing or 0):
            code = "lowest-when" if closing is None else "below-otherwise"
            level = WordRef("level", levels.scale.levels[place])
            yield context.at(said[key].span, code, level=level)
    if known and max(known.values()) < levels.met:
        level = WordRef("level", levels.scale.levels[levels.met])
        yield context.at(said[next(iter(known))].span, "never-met", level=level)


def _level(statement: Statement) -> str:
    body = statement.body
    return body.level.text if isinstance(body, When | Otherwise) else ""


def unknown_goals(names: Iterable[Name], context: Context) -> Iterator[Diagnostic]:
    """The names that are no goal's."""
    for name in names:
        if goal_key(name.text) not in context.names.goals:
            yield unknown_goal(name, context)
