"""What is wrong with the rule of a goal, or one given alone: conditions, clauses, policies, points.

Each function gives the faults of one thing, as diagnostics at its place in the source; what
names stand for, and which levels there are, is found in the `Context`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from math import comb
from typing import assert_never

from attrs import evolve, field

from goalrules.language import syntax as sx
from goalrules.language.levels import LevelScale, keeps_side
from goalrules.language.lower import MOST_SHIFTS, MOST_WAYS, Scored, scored_of
from goalrules.language.naming import Naming, goal_key
from goalrules.language.statements import (
    Clause,
    Extreme,
    Limit,
    Otherwise,
    OwnPoints,
    Points,
    Policy,
    Remark,
    Requires,
    RequiresFor,
    SameAs,
    Shift,
    Statement,
    When,
    is_of_bad,
)
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef, in_source
from goalrules.text.names import folded, nearest
from goalrules.text.source import Source, Span

TAKEN = "taken"
"""The fact of a fault in words that are taken over: the line where they stand."""


@frozen
class Context:
    """Where a condition stands: in which source, and with which names.

    `of_indicator` says that it is of facts, `bad` that it speaks of bad levels, as that of a cap.
    `told` are the folded names of members and groups that the rule of the goal names. `taken` are
    the places of words that are taken over, and where each is: a fault of them is one there.
    `of_units` says that its members are units. `two_ways` are the folds of the levels of a file
    that go by a word for met, or not met; each with whether that is for met.
    `levels` are those of the file's own scales.
    """

    source: Source
    names: Naming
    of_indicator: bool = False
    bad: bool = False
    told: frozenset[str] = frozenset()
    of_units: bool = False
    two_ways: Mapping[str, bool] = field(factory=dict)
    taken: tuple[tuple[Span, Span], ...] = ()
    levels: tuple[str, ...] = ()

    def at(self, span: Span, code: str, **facts: DiagnosticFact) -> Diagnostic:
        """A diagnostic at a place of the source."""
        for words, place in self.taken:
            if words.holds(span):
                return in_source(self.source, code, place, **facts, **{TAKEN: words.line})
        return in_source(self.source, code, span, **facts)

    def taking(self, statements: Iterable[Statement]) -> "Context":
        """The same where some of the statements take over the words of others."""
        places = ((each.span, each.taken_at) for each in statements)
        return evolve(self, taken=tuple((words, place) for words, place in places if place))


# Conditions

GOOD_SIDES, BAD_SIDES = ("at least",), ("at most", "worse than")
"""What can only be said of good levels, and of bad ones."""


def validate_condition(condition: sx.Condition, context: Context) -> Iterator[Diagnostic]:
    """The faults of a condition."""
    match condition:
        case sx.Joined(parts=parts):
            for part in parts:
                yield from validate_condition(part, context)
        case sx.Fact():
            if not context.of_indicator:
                yield context.at(condition.span, "fact-of-goal")
            elif condition.percent is not None and not 0 < condition.percent < 100:  # noqa: PLR2004
                yield context.at(condition.span, "no-percentage", number=str(condition.percent))
        case sx.Count() | sx.Single() | sx.Score() if context.of_indicator:
            yield context.at(condition.span, "count-of-facts")
        case sx.Count(scope=scope):
            yield from list(validate_names(scope, context)) or _count_faults(condition, context)
        case sx.Single(member, goal=goal):
            unknown = list(validate_names(sx.Scope((member,), goals=goal), context))
            yield from unknown or _one_member_faults(condition, context)
        case sx.Score(scope=scope):
            yield from list(validate_names(scope, context)) or _score_faults(condition, context)
        case _:
            assert_never(condition)


def _count_faults(count: sx.Count, context: Context) -> Iterator[Diagnostic]:
    """The faults of a count of members that are known."""
    yield from _whole_faults(count.scope, count.span, context) or _number_faults(count, context)
    keys = context.names.kinds(count.scope)
    bad = (count.quantity.kind in sx.BOUNDING) != context.bad
    yield from validate_predicate(count.predicate, keys, evolve(context, bad=bad), count.span)
    if count.scope.units and not context.of_units:
        yield context.at(count.span, "units-alone")
    of_goals = count.scope.goals or count.scope.beside
    if isinstance(count.predicate, sx.Met) and not (of_goals or context.of_units):
        yield context.at(count.predicate.span, "member-met")
    yield from _included_faults(count, context)
    yield from _rest_faults(count, keys, context)


def _whole_faults(scope: sx.Scope, span: Span, context: Context) -> list[Diagnostic]:
    """That nothing says whether a group that the data fill in counts among all of the goal's.

    All are the indicators where the rule names the group by itself, or says how many all are.
    """
    names = context.names
    untold = tuple(each for each in names.groups if folded(each) not in context.told)
    if scope.names or names.unlisted or not untold or scope.size == len(names.own):
        return []
    facts = {"among": (*names.own, *untold), "own_levels": context.levels}
    return [context.at(span, "all-beside-reported", text=untold[0], **facts)]


def validate_names(scope: sx.Scope, context: Context) -> Iterator[Diagnostic]:
    """The names in a scope that stand for nothing that a rule can count."""
    for name in () if scope.goals else scope.names:
        if not context.names.knows(name):
            yield unknown_member(name, context)
    for name in scope.names if scope.goals else scope.beside:
        if context.of_units:
            yield context.at(name.span, "goals-over-units", text=name.text)
        elif goal_key(name.text) not in context.names.goals:
            yield unknown_goal(name, context)


def unknown_goal(name: sx.Name, context: Context) -> Diagnostic:
    """A goal that the plan does not have; or a list of two, written without a space."""
    if "," in name.text:
        return context.at(name.span, "list-without-space", text=name.text)
    if context.names.knows(name):
        return context.at(name.span, "member-after-goals", text=name.text)
    ids = [key.removeprefix("goal ") for key in context.names.goals]
    return context.at(name.span, "unknown-goal", text=name.text, nearest=nearest(name.text, ids))


def unknown_member(name: sx.Name, context: Context) -> Diagnostic:
    """A name that stands for no member, or for one that is only shown."""
    if folded(name.text) in context.names.shown:
        return context.at(name.span, "member-shown-only", text=name.text)
    close = nearest(name.text, [*context.names.own, *context.names.members])
    return context.at(name.span, "unknown-member", text=name.text, nearest=close)


def validate_level(level: sx.Name, levels: LevelScale, context: Context) -> Iterator[Diagnostic]:
    """The fault of a word that is no level of a scale, or that nothing on it is read as."""
    place = levels.place(level.text)
    if place is None:
        known = tuple(WordRef("level", each) for each in levels.scale.levels)
        yield context.at(
            level.span, "unknown-level", text=WordRef("level", level.text), levels=known
        )
    elif place > levels.scale.top:
        yield context.at(level.span, "never-read-as", level=WordRef("level", level.text))


def validate_predicate(
    predicate: sx.Predicate, keys: Iterable[str], context: Context, span: Span
) -> Iterator[Diagnostic]:
    """The faults of what is asked of some members; with `context.bad`, of bad levels."""
    every = {context.names.levels(key): None for key in tuple(keys) or ("",)}
    match predicate:
        case sx.Level(name, side):
            if side in (GOOD_SIDES if context.bad else BAD_SIDES):
                yield context.at(name.span, "asks-for-better" if context.bad else "asks-for-worse")
                return
            faults = [fault for each in every for fault in validate_level(name, each, context)]
            goals = [each for each in keys if each.startswith(goal_key(""))]
            if side == "":
                faults += _two_way_faults(name, map(context.names.levels, goals), context)
            yield from faults[:1] or _bound_faults(predicate, list(every), context, span)
        case sx.Met(negated):
            if negated != context.bad:
                yield context.at(predicate.span, "not-met-counted" if negated else "bounds-met")
        case sx.Assessed():
            if context.bad:
                yield context.at(span, "requires-form")
        case _:
            assert_never(predicate)


def _two_way_faults(
    name: sx.Name, goals: Iterable[LevelScale], context: Context
) -> Iterator[Diagnostic]:
    """A word for met, or not met, that is a level and is said of goals which are met elsewhere.

    In quotes it is the level.
    """
    met = context.two_ways.get(folded(name.text))
    start = context.source.line(name.span.line)[name.span.column - 1 :]
    for each in goals if met is not None and start[:1].isalnum() else ():
        if each.place(name.text) != (each.met if met else each.met - 1):
            level = WordRef("level", each.scale.levels[each.met])
            yield context.at(name.span, "level-or-met", text=name.text, level=level)
            return


def _bound_faults(
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


def _number_faults(count: sx.Count, context: Context) -> Iterator[Diagnostic]:
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
        weight = context.names.weight if count.weighed else lambda _: Decimal(1)
        whole = None if members is None else sum(map(weight, members), Decimal(0))
        yield from _quantity_faults(count.quantity, whole, context, weighed=count.weighed)


def _quantity_faults(
    quantity: sx.Quantity, whole: Decimal | None, context: Context, *, weighed: bool
) -> Iterator[Diagnostic]:
    """The faults of a quantity of so many, or of so much weight; None if not known yet."""
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


def _included_faults(count: sx.Count, context: Context) -> Iterator[Diagnostic]:
    """The faults of the members that have to be among those counted."""
    counted = context.names.counted(count.scope)
    for included in count.including:
        asked = evolve(count.scope, names=included.names, beside=included.beside)
        unknown = list(validate_names(asked, context))
        yield from unknown
        if count.quantity.kind in sx.BOUNDING:
            yield context.at(included.span, "including-after-bound")
        if unknown or count.quantity.kind in sx.BOUNDING:
            continue
        alone = [
            *(evolve(included, names=(each,), beside=()) for each in included.names),
            *(evolve(included, names=(), beside=(each,)) for each in included.beside),
        ]
        for each in alone:
            named = set(context.names.among(each, count.scope) or ())
            if counted is not None and not named <= set(counted):
                (name,) = *each.names, *each.beside
                yield context.at(name.span, "included-outside", text=name.text)
        members = context.names.among(included, count.scope) or ()
        need = Decimal(len(members)) if included.need is None else included.need
        if need != int(need) or not 0 < need <= len(members):
            yield context.at(included.span, "included-number", number=str(need), size=len(members))
        elif count.quantity.kind == "number" and need > count.quantity.number:
            most = int(count.quantity.number)
            yield context.at(included.span, "includes-too-many", number=int(need), most=most)


def _rest_faults(
    form: sx.Count | sx.Single, keys: Iterable[str], context: Context
) -> Iterator[Diagnostic]:
    for again in form.rest[1:]:
        yield context.at(again.span, "rest-twice")
    for rest in form.rest[:1]:
        if context.bad:
            yield context.at(rest.span, "rest-in-limit")
        elif isinstance(form, sx.Count) and form.quantity.kind in sx.BOUNDING:
            yield context.at(rest.span, "rest-after-bound")
        else:
            yield from _floor_faults(rest, form.predicate, keys, context)


def _floor_faults(
    rest: sx.Rest, asked: sx.Predicate, keys: Iterable[str], context: Context
) -> Iterator[Diagnostic]:
    every = {context.names.levels(key): None for key in tuple(keys) or ("",)}
    faults = [fault for each in every for fault in validate_level(rest.level, each, context)]
    yield from faults[:1]
    level = asked.name.text if isinstance(asked, sx.Level) else None
    floors = [
        (each.place(rest.level.text), None if level is None else each.place(level))
        for each in every
    ]
    term = WordRef("level", rest.level.text)
    if not faults and any(floor > at for floor, at in floors if floor is not None and at):
        yield context.at(rest.span, "rest-above-level", level=term)
    elif any(floor == 0 for floor, _ in floors):
        yield context.at(rest.span, "rest-at-lowest", level=term)


def _one_member_faults(single: sx.Single, context: Context) -> Iterator[Diagnostic]:
    name = single.member
    members = (goal_key(name.text),) if single.goal else context.names.find(name) or ()
    if not single.goal and list(map(folded, members)) != [folded(name.text)]:
        yield context.at(name.span, "group-without-quantity", text=name.text)
        return
    key = members[0]
    yield from validate_predicate(single.predicate, [key], context, single.span)
    if isinstance(single.predicate, sx.Met) and not (single.goal or context.of_units):
        yield context.at(single.predicate.span, "member-met")
    if single.rest:
        yield from _whole_faults(sx.Scope(), single.span, context)
    yield from _rest_faults(single, context.names.kinds(sx.Scope()), context)


# Points


def _score_faults(score: sx.Score, context: Context) -> Iterator[Diagnostic]:
    """The faults of a bound on the points of members that are known."""
    keys = context.names.kinds(score.scope)
    whole = _whole_faults(score.scope, score.span, context)
    yield from whole
    if whole:
        return
    if not keys:
        yield context.at(score.span, "nothing-to-count")
        return
    without = [key for key in keys if context.names.worth(key) is None]
    if without:
        yield context.at(score.span, "no-points", text=without[0])
        return
    members = scored_of(keys, context.names)
    yield from _order_faults(score, members, context) or _amount_faults(score, members, context)


def _order_faults(score: sx.Score, members: Sequence[Scored], context: Context) -> list[Diagnostic]:
    """Points that neither rise nor fall with the levels, or are bounded from the wrong side."""
    for each in members:
        if not each.rises and not each.falls:
            return [context.at(score.span, "points-not-ordered", text=each.key)]
    asks_for_many = (score.bound.side in ("at least", "over")) != context.bad
    wanted = (
        all(each.rises for each in members)
        if asks_for_many
        else all(each.falls for each in members)
    )
    if not wanted:
        code = "points-fall" if asks_for_many else "points-rise"
        return [context.at(score.span, code)]
    return []


def _amount_faults(
    score: sx.Score, members: Sequence[Scored], context: Context
) -> Iterator[Diagnostic]:
    number = Fraction(score.bound.number)
    known = context.names.counted(score.scope) is not None
    if score.total == "share" and not 0 < number <= 100:  # noqa: PLR2004 - a percentage
        yield context.at(score.span, "no-percentage", number=str(score.bound.number))
    elif score.lowest is not None:
        yield from _lowest_faults(score, members, context, known=known)
    elif score.total == "mean" and not known:
        points = [value for each in members for value in each.points]
        yield from _reach_faults(score, (min(points), max(points)), context)
    elif score.total != "share" and known:
        whole = sum((each.weight for each in members), Fraction(0)) if score.total == "mean" else 1
        least = sum((each.weight * min(each.points) for each in members), Fraction(0))
        most = sum((each.weight * max(each.points) for each in members), Fraction(0))
        yield from _reach_faults(score, (least / whole, most / whole), context)


def _reach_faults(
    score: sx.Score, ends: Iterable[Fraction], context: Context
) -> Iterator[Diagnostic]:
    """A bound that is always kept, or never, by the least and the most that there can be."""
    kept = [keeps_side(value, score.bound) for value in ends]
    if all(kept):
        yield context.at(score.span, "points-always")
    if not any(kept):
        yield context.at(score.span, "points-never")


def _lowest_faults(
    score: sx.Score, members: Sequence[Scored], context: Context, *, known: bool
) -> Iterator[Diagnostic]:
    """The lowest are taken among members of equal worth, and not more of them than are known."""
    lowest, first = score.lowest or 0, members[0]
    worth = first.weight, first.points
    others = [each for each in members if (each.weight, each.points) != worth]
    if lowest != int(lowest) or lowest <= 0 or (known and lowest > len(members)):
        yield context.at(score.span, "lowest-number", number=str(lowest), size=len(members))
    elif others:
        yield context.at(score.span, "lowest-differ", text=others[0].key)
    elif context.bad or first.weight != 1 or score.bound.side not in ("at least", "over"):
        yield context.at(score.span, "lowest-bounded")
    elif comb(int(lowest) + len(first.points) - 1, len(first.points) - 1) > MOST_WAYS:
        yield context.at(score.span, "lowest-too-many", most=MOST_WAYS)
    else:
        taken = int(lowest) if score.total == "sum" else 1
        ends = (first.points[0] * taken, first.points[-1] * taken)
        yield from _reach_faults(score, ends, context)


# Clauses, limits and remarks


def validate_clauses(
    statements: Iterable[Statement], context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    """The faults of the clauses, limits, shifts and remarks among some statements."""
    everything = list(statements)
    for statement in everything:
        yield from _clause_faults(statement, context, levels)
    clauses = [(each, each.body) for each in everything if isinstance(each.body, Clause)]
    moves = [(each, each.body) for each in everything if isinstance(each.body, Shift)]
    for period in dict.fromkeys(clause.period for _, clause in clauses):
        together = [(each, clause) for each, clause in clauses if clause.period == period]
        shifts = [(each, said) for each, said in moves if said.period in (None, period)]
        yield from _together_faults(together, [said for _, said in shifts], context, levels)
        if shifts:
            yield from _shift_faults(shifts, [clause for _, clause in together], context)


def _clause_faults(
    statement: Statement, context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    """The faults of a clause, a limit, a shift, a remark or the level of a quorum alone."""
    match statement.body:
        case When(level, condition):
            yield from validate_level(level, levels, context)
            yield from validate_condition(condition, context)
        case Otherwise(level):
            yield from validate_level(level, levels, context)
        case SameAs(goal):
            unknown = list(validate_names(sx.Scope((goal,), goals=True), context))
            yield from unknown or _read_faults([goal_key(goal.text)], levels, goal.span, context)
        case Extreme() as extreme:
            yield from _extreme_faults(extreme, statement.span, context, levels)
        case Limit(kind, level, condition=condition) as limit:
            yield from validate_level(level, levels, context)
            idle = levels.scale.top if kind == "cap" else 0
            if levels.place(level.text) == idle:
                code = "cap-idle" if kind == "cap" else "floor-idle"
                yield context.at(statement.span, code, level=WordRef("level", level.text))
            yield from validate_condition(condition, evolve(context, bad=is_of_bad(limit)))
        case Shift(condition=condition) as shift:
            yield from validate_condition(condition, evolve(context, bad=is_of_bad(shift)))
        case RequiresFor(level=level):
            yield from _quorum_level_faults(level, context, levels)
        case Remark(word=word, condition=condition) if condition:
            shown = evolve(context, names=context.names.with_shown(), bad=word == "when")
            yield from validate_condition(condition, shown)
        case _:
            return


def _quorum_level_faults(
    level: sx.Name, context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    """The level that so many have to be assessed for is one, and not the lowest."""
    yield from validate_level(level, levels, context)
    if levels.place(level.text) == 0:
        yield context.at(level.span, "quorum-of-lowest", level=WordRef("level", level.text))


def _read_faults(
    keys: Iterable[str], levels: LevelScale, span: Span, context: Context
) -> Iterator[Diagnostic]:
    """The fault of members whose levels cannot be read on the scale of the goal."""
    for key in keys:
        found = context.names.levels(key)
        if any(found.place(level) is None for level in levels.scale.levels):
            yield context.at(span, "other-scale", text=key.removeprefix("goal "))
            return


def _extreme_faults(
    extreme: Extreme, span: Span, context: Context, levels: LevelScale
) -> Iterator[Diagnostic]:
    unknown = list(validate_names(extreme.scope, context))
    yield from unknown
    kinds = () if unknown else context.names.kinds(extreme.scope)
    keys = () if unknown else context.names.counted(extreme.scope)
    yield from _read_faults(kinds, levels, span, context)
    yield from _whole_faults(extreme.scope, span, context)
    if not unknown and keys == ():
        yield context.at(span, "nothing-to-count")
    elif keys and (extreme.but != int(extreme.but) or not 0 <= extreme.but < len(keys)):
        yield context.at(span, "leaves-none", number=str(extreme.but), size=len(keys))


def _shift_faults(
    shifts: Sequence[tuple[Statement, Shift]], clauses: Sequence[Clause], context: Context
) -> Iterator[Diagnostic]:
    """Shifts from a level that nothing says, that are said twice, or that are too many."""
    said: dict[Shift, Statement] = {}
    closed = any(isinstance(each, Otherwise | SameAs | Extreme) for each in clauses)
    for number, (statement, shift) in enumerate(shifts, 1):
        earlier = said.setdefault(shift, statement)
        if not closed:
            yield context.at(statement.span, "step-from-unsaid")
        elif earlier is not statement:
            yield context.at(statement.span, "clause-twice", line=earlier.span.line)
        elif number == MOST_SHIFTS + 1:
            yield context.at(statement.span, "too-many-steps", most=MOST_SHIFTS)


def _together_faults(
    clauses: Sequence[tuple[Statement, Clause]],
    shifts: Iterable[Shift],
    context: Context,
    levels: LevelScale,
) -> Iterator[Diagnostic]:
    """The faults of clauses that hold for the same periods, beside each other."""
    said: dict[str, tuple[Statement, Clause]] = {}
    for statement, clause in clauses:
        key = _said(clause)
        earlier, first = said.setdefault(key, (statement, clause))
        once = not isinstance(clause, When) or first == clause
        if earlier is not statement and once:
            yield context.at(statement.span, "clause-twice", line=earlier.span.line)
    alone = next((each for each, clause in clauses if isinstance(clause, SameAs | Extreme)), None)
    if alone and len(clauses) > 1:  # it says when every level is reached
        yield context.at(alone.span, "same-and-more")
    elif not alone:
        raised = sum(each.by for each in shifts if each.kind == "better")
        yield from _level_faults(said, raised, context, levels)


def _said(clause: Clause) -> str:
    """What a clause says, in a word: there is one of each at most, but for conditions."""
    match clause:
        case When(level):
            return f"when {level.text}"
        case Otherwise():
            return "otherwise"
        case SameAs() | Extreme():
            return "alone"
        case _:
            assert_never(clause)


def _level_faults(
    said: Mapping[str, tuple[Statement, Clause]],
    raised: int,
    context: Context,
    levels: LevelScale,
) -> Iterator[Diagnostic]:
    """The clauses that can never give their level, and a rule by which nothing is ever met.

    By so many steps can a level be raised.
    """
    places = {
        key: levels.place(clause.level.text)
        for key, (_, clause) in said.items()
        if isinstance(clause, When | Otherwise)
    }
    known = {key: place for key, place in places.items() if place is not None}
    closing = known.get("otherwise")
    for key, place in known.items():
        if key != "otherwise" and place <= (closing or 0):
            code = "lowest-when" if closing is None else "below-otherwise"
            level = WordRef("level", levels.scale.levels[place])
            yield context.at(said[key][0].span, code, level=level)
    if known and max(known.values()) + raised < levels.met:
        level = WordRef("level", levels.scale.levels[levels.met])
        yield context.at(said[next(iter(known))][0].span, "never-met", level=level)


# Policies, quorums and tables of points


def validate_members(statements: Iterable[Statement], context: Context) -> Iterator[Diagnostic]:
    """The faults of policies, quorums and points among the statements of a goal."""
    seen: dict[str, Span] = {}
    for statement in statements:
        match statement.body:
            case Policy() as policy:
                first = seen.setdefault(policy.of, statement.span)
                if first is not statement.span:
                    of = WordRef("token", policy.of.replace(" ", "_").upper())
                    yield context.at(statement.span, "said-twice", text=of, line=first.line)
                yield from _policy_faults(policy, statement, context)
            case Requires(condition) | RequiresFor(condition):
                yield from validate_condition(condition, context)
            case Points(points) | OwnPoints(points):
                names = context.names
                every = [names.others, *map(names.levels, (*names.own, *names.groups))]
                yield from _point_faults(points, every, context)
            case _:
                continue


def _point_faults(
    points: Iterable[sx.Point], every: Iterable[LevelScale], context: Context
) -> Iterator[Diagnostic]:
    """The levels in a table of points that no member has, or that are there twice."""
    known = {level for levels in every for level in levels.scale.levels}
    seen: set[str] = set()
    for each in points:
        if each.level.text not in known:
            yield from validate_level(each.level, next(iter(every)), context)
        if each.level.text in seen:
            yield context.at(each.span, "level-twice", level=WordRef("level", each.level.text))
        seen.add(each.level.text)


def _policy_faults(policy: Policy, statement: Statement, context: Context) -> Iterator[Diagnostic]:
    names = context.names
    if policy.instead:
        yield from _reserve_faults(policy.instead, context)
    if policy.level:
        yield from islice(_stand_in_faults(policy.level, context), 1)
    remain, size = policy.remain, len(names.own)
    most = size or remain
    if remain is not None and most and (remain != int(remain) or not 0 < remain <= most):
        yield context.at(statement.span, "remain-number", number=str(remain), size=size)


def _stand_in_faults(level: sx.Name, context: Context) -> Iterator[Diagnostic]:
    """The faults of a level that a member cannot be said to have, with the member's name.

    It is named where members have several scales; a level of none is told of the first.
    """
    names = context.names
    keys = (*names.own, *names.groups)
    several = len({names.levels(key) for key in keys}) > 1
    term = WordRef("level", level.text)
    for key in keys:
        levels = names.levels(key)
        known = tuple(WordRef("level", each) for each in levels.scale.levels)
        faults = [] if several else list(validate_level(level, levels, context))
        yield from faults
        if several and levels.place(level.text) is None:
            yield context.at(level.span, "not-on-scale-of", level=term, text=key, levels=known)
        elif not faults and levels.stands_for(level.text) is None:
            yield context.at(level.span, "none-read-as", level=term, text=key)


def _reserve_faults(name: sx.Name, context: Context) -> Iterator[Diagnostic]:
    """The group that takes the place of others is one, and leaves others to take the place of."""
    unknown = list(validate_names(sx.Scope((name,)), context))
    yield from unknown
    members = () if unknown else context.names.find(name)
    if members and set(members) >= set(context.names.own):
        yield context.at(name.span, "reserve-of-all", text=name.text)
