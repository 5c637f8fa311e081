"""What is wrong with what a goal says of its members before its rule: policies, quorum, points."""

from collections.abc import Iterable, Iterator

from goalrules.language import statements as st
from goalrules.language.check_conditions import check_count, check_level, check_names
from goalrules.language.context import Context
from goalrules.language.levels import LevelScale
from goalrules.language.syntax import Name, Point, Scope
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.source import Span

POLICIES = {"missing": "MISSING", "not applicable": "NOT_APPLICABLE"}
"""The word that a policy begins with."""


def check_members(statements: Iterable[st.Statement], context: Context) -> Iterator[Diagnostic]:
    """The faults of policies, quorums and points among the statements of a goal."""
    seen: dict[str, Span] = {}
    for statement in statements:
        match statement.body:
            case st.Policy() as policy:
                first = seen.setdefault(policy.of, statement.span)
                if first is not statement.span:
                    of = WordRef("token", POLICIES[policy.of])
                    yield context.at(statement.span, "said-twice", text=of, line=first.line)
                yield from _check_policy(policy, statement, context)
            case st.Requires(count):
                names = list(check_names(count.scope, context))
                yield from names or check_count(count, context)
            case st.Points(points):
                yield from check_points(points, _all_levels(context), context)
            case _:
                continue


def _all_levels(context: Context) -> list[LevelScale]:
    names = context.names
    return [names.others, *(names.levels(key) for key in names.own)]


def check_points(
    points: Iterable[Point], every: Iterable[LevelScale], context: Context
) -> Iterator[Diagnostic]:
    """The levels in a table of points that no member has, or that are there twice."""
    known = {level for levels in every for level in levels.scale.levels}
    seen: set[str] = set()
    for each in points:
        if each.level.text not in known:
            yield from check_level(each.level, next(iter(every)), context)
        if each.level.text in seen:
            yield context.at(each.span, "level-twice", level=WordRef("level", each.level.text))
        seen.add(each.level.text)


def _check_policy(
    policy: st.Policy, statement: st.Statement, context: Context
) -> Iterator[Diagnostic]:
    names = context.names
    if policy.instead:
        yield from _check_reserve(policy.instead, context)
    if policy.level:
        faults = [
            fault
            for levels in dict.fromkeys(map(names.levels, names.own))
            for fault in _check_counted_as(policy.level, levels, context)
        ]
        yield from faults[:1]
    remain, size = policy.remain, len(names.own)
    most = size or remain
    if remain is not None and most and (remain != int(remain) or not 0 < remain <= most):
        yield context.at(statement.span, "remain-number", number=str(remain), size=size)


def _check_counted_as(level: Name, levels: LevelScale, context: Context) -> Iterator[Diagnostic]:
    """The fault of a level that no member can be said to have."""
    faults = list(check_level(level, levels, context))
    yield from faults
    if not faults and levels.stands_for(level.text) is None:
        yield context.at(level.span, "none-read-as", level=WordRef("level", level.text))


def _check_reserve(name: Name, context: Context) -> Iterator[Diagnostic]:
    """The group that takes the place of others is one, and leaves others to take the place of."""
    unknown = list(check_names(Scope((name,)), context))
    yield from unknown
    members = () if unknown else context.names.find(name)
    if members and set(members) >= set(context.names.own):
        yield context.at(name.span, "reserve-of-all", text=name.text)
