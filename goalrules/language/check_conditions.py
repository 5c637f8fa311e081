"""What is wrong with a condition, given the names that it may use."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import assert_never

from attrs import frozen

from goalrules.core.scales import COLOURS
from goalrules.language import syntax as sx
from goalrules.language.naming import Naming, goal_key, known_level
from goalrules.text.diagnostics import Diagnostic, Fact, Term, in_source
from goalrules.text.names import folded, nearest
from goalrules.text.source import Source, Span

POSITIVE = ("number", "percent", "majority", "half", "all", "any")
"""The quantities that count good levels; the others bound the bad ones."""


@frozen
class Context:
    """Where a condition stands: in which source, and with which names; facts in an indicator's."""

    source: Source
    names: Naming
    of_indicator: bool = False

    def at(self, span: Span, code: str, **facts: Fact) -> Diagnostic:
        """A diagnostic at a place of the source."""
        return in_source(self.source, code, span, **facts)


def check_condition(condition: sx.Condition, context: Context) -> Iterator[Diagnostic]:
    """The faults of a condition."""
    match condition:
        case sx.Joined(parts=parts):
            for part in parts:
                yield from check_condition(part, context)
        case sx.Fact():
            if not context.of_indicator:
                yield context.at(condition.span, "fact-of-goal")
        case sx.Count() | sx.Single():
            if context.of_indicator:
                yield context.at(condition.span, "count-of-facts")
            else:
                yield from _check_counting(condition, context)
        case _:
            assert_never(condition)


def _check_counting(form: sx.Count | sx.Single, context: Context) -> Iterator[Diagnostic]:
    match form:
        case sx.Count():
            names = list(_unknown(form.scope.names, context, goals=form.scope.goals))
            yield from names
            yield from _check_predicate(form.predicate, context, goals=form.scope.goals)
            if not names:
                yield from _check_numbers(form, context)
                yield from _check_included(form, context)
        case sx.Single():
            yield from _unknown([form.member], context, goals=form.goal)
            yield from _check_predicate(form.predicate, context, goals=form.goal)
            yield from _check_one_member(form, context)
        case _:
            assert_never(form)
    yield from _check_rest(form, context)


def _unknown(names: Iterable[sx.Name], context: Context, *, goals: bool) -> Iterator[Diagnostic]:
    """The names that stand for nothing."""
    for name in names:
        known = goal_key(name.text) in context.names.goals if goals else context.names.knows(name)
        if not known:
            yield unknown_goal(name, context) if goals else _unknown_member(name, context)


def unknown_goal(name: sx.Name, context: Context) -> Diagnostic:
    """A goal that the plan does not have; or a list of two, written without a space."""
    if "," in name.text:
        return context.at(name.span, "list-without-space", text=name.text)
    ids = [key.removeprefix("goal ") for key in context.names.goals]
    return context.at(name.span, "unknown-goal", text=name.text, nearest=nearest(name.text, ids))


def _unknown_member(name: sx.Name, context: Context) -> Diagnostic:
    close = nearest(name.text, [*context.names.own, *context.names.members])
    return context.at(name.span, "unknown-member", text=name.text, nearest=close)


def check_level(level: sx.Name, context: Context) -> Iterator[Diagnostic]:
    """The fault of a word that is no level."""
    if not known_level(level):
        levels = tuple(Term("level", each) for each in COLOURS.levels)
        yield context.at(level.span, "unknown-level", text=level.text, levels=levels)


def _check_predicate(
    predicate: sx.Predicate, context: Context, *, goals: bool
) -> Iterator[Diagnostic]:
    match predicate:
        case sx.Level(name):
            yield from check_level(name, context)
        case sx.Met(span=span):
            if not goals:
                yield context.at(span, "member-met")
        case _:
            assert_never(predicate)


def _place(predicate: sx.Predicate) -> int | None:
    """The place of the level asked for, where it is known."""
    match predicate:
        case sx.Level(name) if known_level(name):
            return COLOURS.place(name.text)
        case _:
            return None


def _check_numbers(count: sx.Count, context: Context) -> Iterator[Diagnostic]:
    members = context.names.counted(count.scope)
    size = None if members is None else len(members)
    said = count.scope.size
    if size == 0:
        yield context.at(count.span, "nothing-to-count")
    elif said is not None and said != size:
        yield context.at(
            count.scope.span, "wrong-size", said=str(said), actual=size if size is not None else 0
        )
    else:
        yield from _check_quantity(count.quantity, size, context)
    yield from _check_direction(count, context)


def _check_quantity(
    quantity: sx.Quantity, size: int | None, context: Context
) -> Iterator[Diagnostic]:
    number = quantity.number
    match quantity.kind:
        case "percent" if not 0 < number <= 100:  # noqa: PLR2004 - a percentage
            yield context.at(quantity.span, "no-percentage", number=str(number))
        case "number" | "at most" if number != int(number):
            yield context.at(quantity.span, "not-whole", number=str(number))
        case "number" if number == 0:
            yield context.at(quantity.span, "needs-nothing")
        case "number" if size is not None and number > size:
            yield context.at(quantity.span, "needs-too-many", number=int(number), size=size)
        case "at most" if size is not None and number >= size:
            yield context.at(quantity.span, "allows-all", number=int(number), size=size)
        case _:
            return


def _check_direction(count: sx.Count, context: Context) -> Iterator[Diagnostic]:
    """A bad level must not be the best one, nor a good level the worst one: both always hold."""
    place = _place(count.predicate)
    positive = count.quantity.kind in POSITIVE
    if isinstance(count.predicate, sx.Met) and not positive:
        yield context.at(count.predicate.span, "bounds-met")
    if place == 0 and positive:
        yield context.at(count.span, "counts-lowest", level=Term("level", COLOURS.levels[0]))
    if place == COLOURS.top and not positive:
        yield context.at(count.span, "bounds-top", level=Term("level", COLOURS.levels[-1]))


def _check_included(count: sx.Count, context: Context) -> Iterator[Diagnostic]:
    for included in count.including:
        unknown = list(_unknown(included.names, context, goals=count.scope.goals))
        yield from unknown
        if count.quantity.kind not in POSITIVE:
            yield context.at(included.span, "including-after-bound")
        elif not unknown:
            yield from _check_one_included(included, count, context)


def _check_one_included(
    included: sx.Included, count: sx.Count, context: Context
) -> Iterator[Diagnostic]:
    counted = context.names.counted(count.scope)
    members = context.names.among(included.names, count.scope) or ()
    need = Decimal(len(members)) if included.need is None else included.need
    for outside in _outside(included, count.scope, counted, context.names):
        yield context.at(outside.span, "included-outside", text=outside.text)
    if need != int(need) or not 0 < need <= len(members):
        yield context.at(included.span, "included-number", number=str(need), size=len(members))
    elif count.quantity.kind == "number" and need > count.quantity.number:
        most = int(count.quantity.number)
        yield context.at(included.span, "includes-too-many", number=int(need), most=most)


def _outside(
    included: sx.Included, scope: sx.Scope, counted: Iterable[str] | None, names: Naming
) -> Iterator[sx.Name]:
    """The included names of which not every member is counted."""
    for name in included.names:
        if counted is not None and not set(names.among([name], scope) or ()) <= set(counted):
            yield name


def _check_rest(form: sx.Count | sx.Single, context: Context) -> Iterator[Diagnostic]:
    for rest in form.rest:
        yield from check_level(rest.level, context)
    for again in form.rest[1:]:
        yield context.at(again.span, "rest-twice")
    for rest in form.rest[:1]:
        yield from _check_floor(rest, form, context)


def _check_floor(
    rest: sx.Rest, form: sx.Count | sx.Single, context: Context
) -> Iterator[Diagnostic]:
    counted, floor = _place(form.predicate), _place(sx.Level(rest.level))
    if isinstance(form, sx.Count) and form.quantity.kind not in POSITIVE:
        yield context.at(rest.span, "rest-after-bound")
    elif counted is not None and floor is not None and floor > counted:
        yield context.at(rest.span, "rest-above-level", level=Term("level", rest.level.text))
    elif floor == 0:
        yield context.at(rest.span, "rest-at-lowest", level=Term("level", rest.level.text))


def _check_one_member(single: sx.Single, context: Context) -> Iterator[Diagnostic]:
    if _place(single.predicate) == 0:
        yield context.at(single.span, "counts-lowest", level=Term("level", COLOURS.levels[0]))
    name = single.member
    if not single.goal and context.names.knows(name) and not _is_one_member(name, context.names):
        yield context.at(name.span, "group-without-quantity", text=name.text)


def _is_one_member(name: sx.Name, names: Naming) -> bool:
    members = names.find(name) or ()
    return len(members) == 1 and folded(members[0]) == folded(name.text)
