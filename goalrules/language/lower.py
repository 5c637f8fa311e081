"""From syntax to core: what each form of condition, each clause and each limit means.

The rules are written out in `grammar/README.md`: a bare level means that level or better; where
bad levels are counted (after `no` and `at most`, and in the condition of a cap) it means that
level or worse, so what is counted is the members above it.

A member of weight w whose levels are worth p0 ≤ p1 ≤ … counts w·p0 points for being there at
all, and w·(p1 − p0) more from its second level on, and so on. Where points fall with the levels,
all of them are counted below nought and bounded from the other side.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise, product
from math import ceil, floor, lcm
from operator import ge, gt, mul
from typing import assert_never

from attrs import evolve

from goalrules.core.nodes import AtLeast, Cap, LevelRule, Node, Part, Reaches, Worth, every, some
from goalrules.core.scales import PLAN, REACHED, Scale
from goalrules.language import syntax as sx
from goalrules.language.levels import LevelScale
from goalrules.language.naming import Naming, goal_key, naming
from goalrules.language.statements import (
    Adjustment,
    Clause,
    Extreme,
    Limit,
    Otherwise,
    Remark,
    SameAs,
    Shift,
    When,
    is_of_bad,
)
from goalrules.lazily import frozen
from goalrules.text.names import folded

ALWAYS = AtLeast(0, Fraction(0), (), if_empty=True, undefined_if="", role="level")
"""A level that there always is."""

UNSAID = "what the plan does not say"
"""The member that stands for a level without a condition; no data can fill it."""

TARGET, PLAN_STATUS = "target", "plan"
"""The members of the rule by which an indicator gets its level."""


def lower_condition(condition: sx.Condition, names: Naming) -> AtLeast:
    """The core of a condition that `check` has found nothing wrong with."""
    match condition:
        case sx.Count():
            return _beside_unreported(_count(condition, names), condition, names)
        case sx.Single():
            return _single(condition, names)
        case sx.Score():
            return _beside_unreported(lower_score(condition, names), condition, names)
        case sx.Fact():
            return some([_fact(condition, names)], "fact", condition, condition.span)
        case sx.Joined():
            parts = [lower_condition(part, names) for part in condition.parts]
            join = every if condition.word == "and" else some
            return join(parts, condition.word, condition, condition.span)
        case _:
            assert_never(condition)


def lower_opposite(condition: sx.Condition, names: Naming) -> AtLeast:
    """The core of what holds when a condition of bad levels does not."""
    match condition:
        case sx.Count():
            node = _opposite_count(condition, names)
            return _beside_unreported(node, condition, names, opposite=True)
        case sx.Single():
            reach = _reaches(_key(condition, names), condition.predicate, names, bad=True)
            return some([reach], "member", condition, condition.span)
        case sx.Score():
            opposite = evolve(condition, bound=_other_side(condition.bound))
            node = evolve(lower_score(opposite, names), undefined_if="", form=condition)
            return _beside_unreported(node, condition, names)
        case sx.Joined():
            parts = [lower_opposite(part, names) for part in condition.parts]
            if condition.word == "and":
                return some(parts, "or", condition, condition.span)
            return every(parts, "and", condition, condition.span)
        case sx.Fact():
            raise ValueError("a fact in the condition of a limit")
        case _:
            assert_never(condition)


GROWING: tuple[sx.QuantityKind, ...] = ("number", "any")
SHRINKING: tuple[sx.QuantityKind, ...] = ("all", "none", "at most")
"""The quantities that more members can only make true, or only make false."""


def _beside_unreported(
    node: AtLeast, form: sx.Count | sx.Score, names: Naming, *, opposite: bool = False
) -> AtLeast:
    """A count among which are groups of which nothing is reported: open, but for what is sure.

    So many are there with those that are known, whoever comes beside them; and that all are at a
    level is out of reach with one that is not. No share, and no sum, is known before all are.
    """
    scope, spelled = form.scope, {folded(key): key for key in names.own_levels}
    asked = scope.names or map(sx.Name, names.groups if names.unlisted else ())
    folds = [] if scope.goals else [folded(name.text) for name in asked]
    groups = [spelled[each] for each in folds if each in spelled and names.members.get(each) == ()]
    assessed = isinstance(form, sx.Count) and isinstance(form.predicate, sx.Assessed)
    if not groups or not node.parts or assessed:
        return node
    of_groups = evolve(form, scope=sx.Scope(tuple(map(sx.Name, groups)), span=scope.span))
    gap = AtLeast(0, Fraction(1), (), role="count", form=of_groups, span=form.span)
    kind = form.quantity.kind if isinstance(form, sx.Count) else None
    if kind in (SHRINKING if opposite else GROWING):
        return some([node, gap], "rule", form, form.span)
    if kind not in (*GROWING, *SHRINKING):
        node = evolve(node, min_applying=len(node.parts) + 1)
    return every([node, gap], "rule", form, form.span)


def _count(count: sx.Count, names: Naming) -> AtLeast:
    members = names.counted(count.scope) or ()
    bad = count.quantity.kind in sx.BOUNDING
    main = _quantity(count, _parts(members, count, names, bad=bad))
    included = [_included(each, count, names) for each in count.including]
    floors = [_floor(each, members, names) for each in count.rest]
    return _together(main, [*included, *floors], count)


def _opposite_count(count: sx.Count, names: Naming) -> AtLeast:
    """That not so many are at a bad level; or, of a bound, that more are at a good one."""
    members = names.counted(count.scope) or ()
    bad = count.quantity.kind not in sx.BOUNDING
    main = _opposite(_quantity(count, _parts(members, count, names, bad=bad)))
    spared = [_spared(each, count, names) for each in count.including]
    return some([main, *spared], "rule", count, count.span) if spared else main


def _opposite(node: AtLeast) -> AtLeast:
    """What holds when the others of the whole are not so many."""
    return evolve(
        node,
        need=-node.need,
        share=1 - node.share,
        strict=not node.strict,
        if_empty=None if node.if_empty is None else not node.if_empty,
        undefined_if="below",
    )


def _other_side(bound: sx.Bound) -> sx.Bound:
    """The bound that a number keeps when it does not keep another."""
    sides: Mapping[str, sx.BoundSide] = {
        "at least": "under", "at most": "over", "over": "at most", "under": "at least",
    }  # fmt: skip
    return sx.Bound(sides[bound.side], bound.number)


def _together(main: AtLeast, others: Sequence[AtLeast], form: sx.Count | sx.Single) -> AtLeast:
    return every([main, *others], "rule", form, form.span) if others else main


def _parts(
    members: Iterable[str], count: sx.Count, names: Naming, *, bad: bool
) -> tuple[tuple[Part, ...], int]:
    """The members that are counted, each with its weight, and how much of that makes one."""
    keys = tuple(members)
    weighed = count.weighed and count.quantity.kind != "any"
    weights = [Fraction(names.weight(key)) if weighed else Fraction(1) for key in keys]
    per = lcm(*(weight.denominator for weight in weights))
    return tuple(
        Part(_reaches(key, count.predicate, names, bad=bad), int(weight * per))
        for key, weight in zip(keys, weights, strict=True)
    ), per


def _reaches(key: str, predicate: sx.Predicate, names: Naming, *, bad: bool) -> Reaches:
    """That a member is at the level; or above it, where those at a bad level are counted."""
    levels = names.levels(key)
    match predicate:
        case sx.Met(span=span):
            return Reaches(key, levels.met, span)
        case sx.Assessed(span=span):
            return Reaches(key, 1, span)
        case sx.Level(name, side):
            above = bad and side != "worse than"
            place = levels.place(name.text) or 0
            return Reaches(key, levels.next_place(name.text) if above else place, name.span)
        case _:
            assert_never(predicate)


def _quantity(count: sx.Count, weighed: tuple[tuple[Part, ...], int]) -> AtLeast:
    need, share, strict = _need(count.quantity)
    parts, per = weighed
    none = False if count.quantity.kind == "majority" else None
    return AtLeast(
        ceil(need * per), share, parts, strict, none, per=per, role="count", form=count,
        span=count.span,
    )  # fmt: skip


def _need(quantity: sx.Quantity) -> tuple[Fraction, Fraction, bool]:
    """What a quantity needs: so much, such a share of the whole, and whether strictly more."""
    number = Fraction(quantity.number)
    match quantity.kind:
        case "number":
            return number, Fraction(0), False
        case "at most":
            return -number, Fraction(1), False
        case "percent":
            return Fraction(0), number / 100, False
        case "majority" | "half":
            return Fraction(0), Fraction(1, 2), quantity.kind == "majority"
        case "all" | "none":
            return Fraction(0), Fraction(1), False
        case "any":
            return Fraction(1), Fraction(0), False
        case _:
            assert_never(quantity.kind)


def _included(included: sx.Included, count: sx.Count, names: Naming) -> AtLeast:
    """Each included member by itself, so that one that does not apply does not hide another."""
    reaches = _reaching(included, count, names, bad=False)
    if included.need is None:
        each = [some([reach], "member", included, included.span) for reach in reaches]
        return every(each, "including", included, included.span)
    return _so_many(included, reaches)


def _spared(included: sx.Included, count: sx.Count, names: Naming) -> AtLeast:
    """That not so many of the included members are at the bad level."""
    reaches = _reaching(included, count, names, bad=True)
    if included.need is None:
        return some(reaches, "including", included, included.span)
    return _opposite(_so_many(included, reaches))


def _reaching(included: sx.Included, count: sx.Count, names: Naming, *, bad: bool) -> list[Reaches]:
    members = names.among(included, count.scope) or ()
    return [_reaches(key, count.predicate, names, bad=bad) for key in members]


def _so_many(included: sx.Included, reaches: Iterable[Reaches]) -> AtLeast:
    need, parts = int(included.need or 0), tuple(map(Part, reaches))
    return AtLeast(need, Fraction(0), parts, role="including", form=included, span=included.span)


def _floor(rest: sx.Rest, members: Iterable[str], names: Naming) -> AtLeast:
    floor = sx.Level(rest.level)
    reaches = [_reaches(key, floor, names, bad=False) for key in members]
    return every(reaches, "rest", rest, rest.span)


def _single(single: sx.Single, names: Naming) -> AtLeast:
    reach = _reaches(_key(single, names), single.predicate, names, bad=False)
    main = some([reach], "member", single, single.span)
    floors = [_floor(each, names.own, names) for each in single.rest]
    return _together(main, floors, single)


def _key(single: sx.Single, names: Naming) -> str:
    """The key of the one member, or goal, that is named."""
    return goal_key(single.member.text) if single.goal else (names.find(single.member) or ("",))[0]


def _fact(fact: sx.Fact, names: Naming) -> Reaches:
    target = names.levels(TARGET).scale
    match fact.name:
        case "target reached":
            return Reaches(TARGET, target.top, fact.span)
        case "share of target":
            return Reaches(TARGET, target.place(share_level(fact.percent)), fact.span)
        case "plan followed":
            return Reaches(PLAN_STATUS, PLAN.place("followed"), fact.span)
        case "efforts begun":
            return Reaches(PLAN_STATUS, PLAN.place("begun"), fact.span)
        case "efforts planned":
            return Reaches(PLAN_STATUS, PLAN.place("planned"), fact.span)
        case _:
            assert_never(fact.name)


def share_level(percent: Decimal | None) -> str:
    """What the level is called at which so many percent of a target are reached."""
    return f"{percent} %"


# Points

MOST_WAYS = 2_000
"""The number of ways in which the lowest may have enough points that are looked at."""


@frozen
class Scored:
    """A member that points are counted of."""

    worth: Worth

    @property
    def key(self) -> str:
        """The key of the member."""
        return self.worth.member

    @property
    def weight(self) -> Fraction:
        """What the member weighs."""
        return Fraction(self.worth.weight)

    @property
    def points(self) -> tuple[Fraction, ...]:
        """What each level is worth."""
        return tuple(map(Fraction, self.worth.points))

    @property
    def rises(self) -> bool:
        """Whether a better level is never worth less."""
        return list(self.points) == sorted(self.points)

    @property
    def falls(self) -> bool:
        """Whether a better level is never worth more."""
        return list(self.points) == sorted(self.points, reverse=True)

    @property
    def most(self) -> Fraction:
        """The most that the member can have, with its weight."""
        return self.weight * max(self.points)


def scored(score: sx.Score, names: Naming) -> tuple[Scored, ...]:
    """The members whose points are taken, as `check` has found them to be worth something."""
    return scored_of(names.counted(score.scope) or (), names)


def scored_of(keys: Iterable[str], names: Naming) -> tuple[Scored, ...]:
    """Some members by their keys, as such whose points are taken."""
    return tuple(Scored(Worth(key, names.weight(key), names.worth(key) or ())) for key in keys)


def lower_score(score: sx.Score, names: Naming) -> AtLeast:
    """The core of a bound on points."""
    members = scored(score, names)
    sign = 1 if score.bound.side in ("at least", "over") else -1
    if score.lowest is not None:
        return _lowest(score, members)
    units = (each.weight * value for each in members for value in (Fraction(1), *each.points))
    per = lcm(*(each.denominator for each in units))
    parts = tuple(part for each in members for part in _parts_worth(each, score, sign * per))
    strict = score.bound.side in ("over", "under")
    need, share = _points_needed(score, sign * Fraction(score.bound.number), per)
    whole = floor(need) if strict else ceil(need)
    return AtLeast(
        whole, share, parts, strict, per=sign * per, role="score", form=score,
        worth=worth_of(members), span=score.span,
    )  # fmt: skip


def _points_needed(score: sx.Score, bound: Fraction, per: int) -> tuple[Fraction, Fraction]:
    """The weight that is needed, and the share of the whole."""
    match score.total:
        case "sum":
            return bound * per, Fraction(0)
        case "mean":
            return Fraction(0), bound
        case "share":
            return Fraction(0), bound / 100
        case _:
            assert_never(score.total)


def _parts_worth(member: Scored, score: sx.Score, scale: int) -> Iterator[Part]:
    """What a member counts for being there, and for each better level; only that has a size."""
    sizes = {"sum": Fraction(0), "mean": member.weight * abs(scale), "share": member.most * scale}
    worth = [member.weight * each * scale for each in member.points]
    size = int(sizes[score.total])
    yield Part(Reaches(member.key, 0, score.span), int(worth[0]), size)
    for place, (before, after) in enumerate(pairwise(worth), 1):
        yield Part(Reaches(member.key, place, score.span), int(after - before), 0)


PointSteps = tuple[int, ...]
"""How many of the lowest are at the second level or better, at the third or better, and so on."""


def _lowest(score: sx.Score, members: Sequence[Scored]) -> AtLeast:
    """That the lowest of some members, of equal worth, have enough points together.

    So many of the k lowest are at a level as there are members at it beyond all but k.
    """
    if not members:  # of a group of which nothing is reported
        return some([], "lowest", score, score.span)
    k = int(score.lowest or 0)
    points = members[0].points
    gains = [after - before for before, after in pairwise(points)]
    number = Fraction(score.bound.number) * (k if score.total == "mean" else 1) - k * points[0]
    enough = gt if score.bound.side == "over" else ge
    ways = [
        way
        for way in combinations_with_replacement(range(k, -1, -1), len(gains))
        if enough(sum(map(mul, way, gains), Fraction(0)), number)
    ]
    alternatives = [_way(way, k, members, score) for way in ways if _is_least(way, ways)]
    return some(alternatives, "lowest", score, score.span)


def _is_least(way: PointSteps, ways: Iterable[PointSteps]) -> bool:
    """Whether no other way asks for less."""
    return not any(
        other != way and all(one <= two for one, two in zip(other, way, strict=True))
        for other in ways
    )


def _way(way: PointSteps, k: int, members: Sequence[Scored], score: sx.Score) -> AtLeast:
    counts = [
        AtLeast(
            count - k, Fraction(1),
            tuple(Part(Reaches(each.key, place, score.span)) for each in members),
            min_applying=k, role="lowest", form=score, worth=worth_of(members), span=score.span,
        )
        for place, count in enumerate(way, 1) if count
    ]  # fmt: skip
    return every(counts, "lowest", score, score.span)


def worth_of(members: Iterable[Scored]) -> tuple[Worth, ...]:
    """What each member is worth, as a trace holds it."""
    return tuple(each.worth for each in members)


# Clauses and limits


@frozen
class LevelClauses:
    """The clauses, limits and shifts of one goal, or of every indicator, and the levels of it."""

    clauses: Sequence[Clause]
    limits: Sequence[Limit]
    levels: LevelScale
    shifts: Sequence[Shift] = ()

    @property
    def scale(self) -> Scale:
        """The scale of the levels."""
        return self.levels.scale

    def place(self, level: sx.Name) -> int:
        """The place of a level that the rule speaks of."""
        return self.levels.place(level.text) or 0


def lower_rule(rule: LevelClauses, names: Naming) -> LevelRule:
    """What gives a level: the best whose clause holds, moved, between the floors and the caps."""
    closing = [rule.place(each.level) for each in rule.clauses if isinstance(each, Otherwise)]
    floor, top = max(closing, default=0), rule.scale.top
    heads = [each.level for each in reversed(rule.clauses) if isinstance(each, When)]
    named = dict(enumerate(map(sx.Name, rule.scale.levels)))
    called = {**named, **{rule.place(level): level for level in heads}}
    said: dict[int, list[Node]] = {}
    for place in range(floor + 1, top + 1):
        of_level = [each for clause in rule.clauses for each in _said(clause, place, rule, names)]
        unsaid: list[Node] = [] if of_level or closing else [Reaches(UNSAID, place)]
        said[place] = [*of_level, *unsaid]
    if rule.shifts:
        floor, said = _moved(said, floor, rule, names, called)
    reach: list[AtLeast] = []
    for place in range(top, floor, -1):
        floors = [
            some([lower_adjustment(limit, names)], "floor", limit)
            for limit in rule.limits
            if limit.kind == "floor" and place <= rule.place(limit.level)
        ]
        own = sorted([*said[place], *floors], key=lambda each: isinstance(each, Reaches))
        parts: list[Node] = [*own, *reach[-1:]]
        found = some(parts, "level", sx.Level(called[place]))
        reach.append(found if found.parts else evolve(found, undefined_if=""))
    caps = tuple(
        Cap(rule.place(limit.level), every([lower_adjustment(limit, names)], "cap", limit))
        for limit in rule.limits
        if limit.kind == "cap"
    )
    return LevelRule(rule.scale, rule.levels.met, floor, tuple(reversed(reach)), caps)


MOST_SHIFTS = 5
"""The shifts that a rule may have: each can double the ways in which a level is reached."""

Way = tuple[int, int]
"""The place that the clauses give, and a bit for each shift that is asked for."""


def _moved(
    said: Mapping[int, Sequence[Node]],
    floor: int,
    rule: LevelClauses,
    names: Naming,
    called: Mapping[int, sx.Name],
) -> tuple[int, dict[int, list[Node]]]:
    """The level that there always is, and the ways in which each better one is reached.

    A way is a level that the clauses give, with the shifts up that it takes and the shifts down
    that it is spared; no others are asked for, since being better never makes it worse.
    """
    own = {floor: ALWAYS} | {place: some(nodes, "level") for place, nodes in said.items() if nodes}
    asked = [
        some([lower_adjustment(each, names)], "shift", each, each.condition.span)
        for each in rule.shifts
    ]
    ways = dict[Way, int]()
    for start, taken in product(own, product((False, True), repeat=len(asked))):
        at, bits = start, 0
        for bit, (shift, is_taken) in enumerate(zip(rule.shifts, taken, strict=True)):
            if is_taken:
                by = shift.by if shift.kind == "better" else -shift.by
                at = max(0, min(rule.scale.top, at + by))
            bits |= (is_taken == (shift.kind == "better")) << bit
        ways[start, bits] = at
    always = ways[floor, 0]
    found: dict[int, list[Node]] = {place: [] for place in range(always + 1, rule.scale.top + 1)}
    for (start, bits), place in sorted(ways.items(), reverse=True):
        if place > always and not _is_needless((start, bits), ways, floor):
            level = evolve(own[start], form=sx.Level(called[start]))
            beside = [node for bit, node in enumerate(asked) if bits >> bit & 1]
            found[place].append(every([level, *beside], "moved", level.form))
    return always, found


def _is_needless(way: Way, ways: Mapping[Way, int], floor: int) -> bool:
    """Whether another way that asks for less comes as far."""
    start, bits = way
    return any(
        other != way
        and other[0] in (start, floor)
        and other[1] | bits == bits
        and place >= ways[way]
        for other, place in ways.items()
    )


def _said(clause: Clause, place: int, rule: LevelClauses, names: Naming) -> Iterator[AtLeast]:
    """What a clause says of a level."""
    match clause:
        case When(level, condition) if rule.place(level) == place:
            yield lower_condition(condition, names)
        case SameAs(goal):
            key = goal_key(goal.text)
            there = names.levels(key).place(rule.scale.levels[place]) or 0
            yield some([Reaches(key, there, goal.span)], "same", clause, goal.span)
        case Extreme():
            yield _extreme(clause, rule.scale.levels[place], names)
        case _:
            return


def _extreme(extreme: Extreme, level: str, names: Naming) -> AtLeast:
    """That the best, or the worst but so many, of some members is at a level."""
    kind: sx.QuantityKind = "any" if extreme.kind == "best" else "all"
    least = sx.Level(sx.Name(level, span=extreme.scope.span), "at least")
    quantity = sx.Quantity(kind, span=extreme.scope.span)
    count = sx.Count(quantity, extreme.scope, least, span=extreme.scope.span)
    if extreme.but:
        worse = sx.Level(least.name, "worse than")
        most = sx.Quantity("at most", extreme.but, span=extreme.scope.span)
        count = sx.Count(most, extreme.scope, worse, span=extreme.scope.span)
    counted = evolve(lower_condition(count, names), min_applying=int(extreme.but) + 1)
    return some([counted], "extreme", extreme, extreme.scope.span)


def lower_adjustment(adjustment: Adjustment, names: Naming) -> AtLeast:
    """What holds where a floor or a shift up is in force, or where a cap or a shift down is not."""
    lower = lower_opposite if is_of_bad(adjustment) else lower_condition
    return lower(adjustment.condition, names)


def lower_remark(remark: Remark, level_rule: LevelRule, names: Naming) -> AtLeast | None:
    """What holds where a remark is not made; None where it never is."""
    if remark.condition is None:
        return level_rule.meets
    return (lower_opposite if remark.word == "when" else lower_condition)(remark.condition, names)


def naming_of_facts(clauses: Iterable[Clause]) -> Naming:
    """The names in the rule of every indicator: how far its target can be reached."""
    conditions = [each.condition for each in clauses if isinstance(each, When)]
    shares = sorted({percent for each in conditions for percent in _shares(each)})
    low, high = REACHED.levels
    scale = Scale((low, *map(share_level, shares), high))
    return evolve(naming((), {}, {}), own_levels={TARGET: LevelScale(scale, scale.top)})


def _shares(condition: sx.Condition) -> Iterator[Decimal]:
    match condition:
        case sx.Fact(percent=percent) if percent is not None:
            yield percent
        case sx.Joined(parts=parts):
            for part in parts:
                yield from _shares(part)
        case _:
            return
