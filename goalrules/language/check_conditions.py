"""What is wrong with a condition, given the names that it may use."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import assert_never

from attrs import evolve

from goalrules.language import syntax as sx
from goalrules.language.check_scores import check_score
from goalrules.language.context import Context
from goalrules.language.levels import LevelScale
from goalrules.language.naming import Naming, goal_key
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.names import folded, nearest
from goalrules.text.source import Span

GOOD_SIDES, BAD_SIDES = ("at least",), ("at most", "worse than")
"""What can only be said of good levels, and of bad ones."""


def check_condition(condition: sx.Condition, context: Context) -> Iterator[Diagnostic]:
    """The faults of a condition."""
    match condition:
        case sx.Joined(parts=parts):
            for part in parts:
                yield from check_condition(part, context)
        case sx.Fact():
            if not context.of_indicator:
                yield context.at(condition.span, "fact-of-goal")
            elif condition.percent is not None and not 0 < condition.percent < 100:  # noqa: PLR2004
                yield context.at(condition.span, "no-percentage", number=str(condition.percent))
        case sx.Count() | sx.Single() | sx.Score():
            if context.of_indicator:
                yield context.at(condition.span, "count-of-facts")
            else:
                yield from _check_counting(condition, context)
        case _:
            assert_never(condition)


def _check_counting(
    form: sx.Count | sx.Single | sx.Score, context: Context
) -> Iterator[Diagnostic]:
    match form:
        case sx.Count():
            names = list(check_names(form.scope, context))
            yield from names or check_count(form, context)
        case sx.Single():
            scope = sx.Scope((form.member,), goals=form.goal)
            names = list(check_names(scope, context))
            yield from names or _check_one_member(form, context)
        case sx.Score():
            names = list(check_names(form.scope, context))
            yield from names or check_score(form, context)
        case _:
            assert_never(form)


def check_count(count: sx.Count, context: Context) -> Iterator[Diagnostic]:
    """The faults of a count of members that are known."""
    yield from _check_numbers(count, context)
    keys = context.names.counted(count.scope)
    bad = (count.quantity.kind in sx.BOUNDING) != context.bad
    yield from check_predicate(count.predicate, keys, evolve(context, bad=bad), count.span)
    if isinstance(count.predicate, sx.Met) and not count.scope.goals:
        yield context.at(count.predicate.span, "member-met")
    yield from _check_included(count, context)
    yield from _check_rest(count, keys, context)


def check_names(scope: sx.Scope, context: Context) -> Iterator[Diagnostic]:
    """The names in a scope that stand for nothing that a rule can count."""
    for name in scope.names:
        if scope.goals and goal_key(name.text) not in context.names.goals:
            yield unknown_goal(name, context)
        elif not scope.goals and not context.names.knows(name):
            yield unknown_member(name, context)


def unknown_goal(name: sx.Name, context: Context) -> Diagnostic:
    """A goal that the plan does not have; or a list of two, written without a space."""
    if "," in name.text:
        return context.at(name.span, "list-without-space", text=name.text)
    ids = [key.removeprefix("goal ") for key in context.names.goals]
    return context.at(name.span, "unknown-goal", text=name.text, nearest=nearest(name.text, ids))


def unknown_member(name: sx.Name, context: Context) -> Diagnostic:
    """A name that stands for no member, or for one that is only shown."""
    if folded(name.text) in context.names.shown:
        return context.at(name.span, "member-shown-only", text=name.text)
    close = nearest(name.text, [*context.names.own, *context.names.members])
    return context.at(name.span, "unknown-member", text=name.text, nearest=close)


def check_level(level: sx.Name, levels: LevelScale, context: Context) -> Iterator[Diagnostic]:
    """The fault of a word that is no level of a scale, or that nothing on it is read as."""
    place = levels.place(level.text)
    if place is None:
        known = tuple(WordRef("level", each) for each in levels.scale.levels)
        yield context.at(
            level.span, "unknown-level", text=WordRef("level", level.text), levels=known
        )
    elif place > levels.scale.top:
        yield context.at(level.span, "never-read-as", level=WordRef("level", level.text))


def check_predicate(
    predicate: sx.Predicate, keys: Iterable[str] | None, context: Context, span: Span
) -> Iterator[Diagnostic]:
    """The faults of what is asked of some members; with `context.bad`, of bad levels."""
    every = {context.names.levels(key): None for key in keys or ("",)}
    match predicate:
        case sx.Level(name, side):
            if side in (GOOD_SIDES if context.bad else BAD_SIDES):
                yield context.at(name.span, "asks-for-better" if context.bad else "asks-for-worse")
                return
            faults = [fault for each in every for fault in check_level(name, each, context)]
            yield from faults[:1] or _check_bounds(predicate, list(every), context, span)
        case sx.Met(negated):
            if negated != context.bad:
                yield context.at(predicate.span, "not-met-counted" if negated else "bounds-met")
        case sx.Assessed():
            if context.bad:
                yield context.at(span, "requires-form")
        case _:
            assert_never(predicate)


def _check_bounds(
    level: sx.Level, every: Iterable[LevelScale], context: Context, span: Span
) -> Iterator[Diagnostic]:
    """A bad level must not be the best one, nor a good level the worst one: both always hold."""
    places = [(each.place(level.name.text) or 0, each.scale.top) for each in every]
    term = WordRef("level", level.name.text)
    if not context.bad and any(place == 0 for place, _ in places):
        yield context.at(span, "counts-lowest", level=term)
    if context.bad and level.side == "worse than" and any(place == 0 for place, _ in places):
        yield context.at(span, "nothing-worse", level=term)
    elif (
        context.bad
        and level.side != "worse than"
        and any(each.next_place(level.name.text) > each.scale.top for each in every)
    ):
        yield context.at(span, "bounds-top", level=term)


def _check_numbers(count: sx.Count, context: Context) -> Iterator[Diagnostic]:
    members = context.names.counted(count.scope)
    size = None if members is None else len(members)
    said = count.scope.size
    if size == 0:
        yield context.at(count.span, "nothing-to-count")
    elif said is not None and said != size:
        yield context.at(count.scope.span, "wrong-size", said=str(said), actual=size or 0)
    elif count.weighed and not context.names.weights:
        yield context.at(count.span, "no-weights")
    else:
        whole = _whole(count, members, context)
        yield from _check_quantity(count.quantity, whole, context, weighed=count.weighed)


def _whole(count: sx.Count, members: Iterable[str] | None, context: Context) -> Decimal | None:
    """How many are counted, or what they weigh together; None if they are not known yet."""
    if members is None:
        return None
    weight = context.names.weight if count.weighed else lambda _: Decimal(1)
    return sum(map(weight, members), Decimal(0))


def _check_quantity(
    quantity: sx.Quantity, whole: Decimal | None, context: Context, *, weighed: bool
) -> Iterator[Diagnostic]:
    number = quantity.number
    match quantity.kind:
        case "percent" if not 0 < number <= 100:  # noqa: PLR2004 - a percentage
            yield context.at(quantity.span, "no-percentage", number=str(number))
        case "number" | "at most" if number != int(number) and not weighed:
            yield context.at(quantity.span, "not-whole", number=str(number))
        case "number" if number == 0:
            yield context.at(quantity.span, "needs-nothing")
        case "number" if whole is not None and number > whole:
            size, said = str(whole), str(number)
            yield context.at(quantity.span, "needs-too-many", number=said, size=size)
        case "at most" if whole is not None and number >= whole:
            size, said = str(whole), str(number)
            yield context.at(quantity.span, "allows-all", number=said, size=size)
        case _:
            return


def _check_included(count: sx.Count, context: Context) -> Iterator[Diagnostic]:
    for included in count.including:
        unknown = list(check_names(evolve(count.scope, names=included.names), context))
        yield from unknown
        if count.quantity.kind in sx.BOUNDING:
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


def _check_rest(
    form: sx.Count | sx.Single, keys: Iterable[str] | None, context: Context
) -> Iterator[Diagnostic]:
    for again in form.rest[1:]:
        yield context.at(again.span, "rest-twice")
    for rest in form.rest[:1]:
        if context.bad:
            yield context.at(rest.span, "rest-in-limit")
        elif isinstance(form, sx.Count) and form.quantity.kind in sx.BOUNDING:
            yield context.at(rest.span, "rest-after-bound")
        else:
            yield from _check_floor(rest, form.predicate, keys, context)


def _check_floor(
    rest: sx.Rest, asked: sx.Predicate, keys: Iterable[str] | None, context: Context
) -> Iterator[Diagnostic]:
    every = {context.names.levels(key): None for key in keys or ("",)}
    faults = [fault for each in every for fault in check_level(rest.level, each, context)]
    yield from faults[:1]
    floors = [(each.place(rest.level.text), _asked(asked, each)) for each in every]
    term = WordRef("level", rest.level.text)
    if not faults and any(floor > at for floor, at in floors if floor is not None and at):
        yield context.at(rest.span, "rest-above-level", level=term)
    elif any(floor == 0 for floor, _ in floors):
        yield context.at(rest.span, "rest-at-lowest", level=term)


def _asked(predicate: sx.Predicate, levels: LevelScale) -> int | None:
    """The place of the level that is asked for, where it is known."""
    return levels.place(predicate.name.text) if isinstance(predicate, sx.Level) else None


def _check_one_member(single: sx.Single, context: Context) -> Iterator[Diagnostic]:
    name = single.member
    if not single.goal and not _is_one_member(name, context.names):
        yield context.at(name.span, "group-without-quantity", text=name.text)
        return
    key = goal_key(name.text) if single.goal else (context.names.find(name) or ("",))[0]
    yield from check_predicate(single.predicate, [key], context, single.span)
    if isinstance(single.predicate, sx.Met) and not single.goal:
        yield context.at(single.predicate.span, "member-met")
    yield from _check_rest(single, context.names.own, context)


def _is_one_member(name: sx.Name, names: Naming) -> bool:
    members = names.find(name) or ()
    return len(members) == 1 and folded(members[0]) == folded(name.text)
