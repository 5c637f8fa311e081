"""From syntax to core: what each form of condition means.

The rules are those of DESIGN.md section 3, written out in `grammar/README.md`: a bare level
means that level or better; where bad levels are counted (after `no` and `at most`, and in the
condition of a cap) it means that level or worse, so what is counted is the members above it.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm
from typing import Literal, assert_never

from attrs import evolve

from goalrules.core.nodes import AtLeast, Part, Reaches, every, some
from goalrules.core.scales import PLAN
from goalrules.language import syntax as sx
from goalrules.language.lower_score import lower_score
from goalrules.language.naming import Naming, goal_key

UNSAID = "what the plan does not say"
"""The member that stands for a level without a condition; no data can fill it."""

TARGET, PLAN_STATUS = "target", "plan"
"""The members of the rule by which an indicator gets its level."""

BoundSide = Literal["at least", "at most", "over", "under"]


def lower_condition(condition: sx.Condition, names: Naming) -> AtLeast:
    """The core of a condition that `check` has found nothing wrong with."""
    match condition:
        case sx.Count():
            return _count(condition, names)
        case sx.Single():
            return _single(condition, names)
        case sx.Score():
            return lower_score(condition, names)
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
            return _opposite_count(condition, names)
        case sx.Single():
            reach = _reaches(_key(condition, names), condition.predicate, names, bad=True)
            return some([reach], "member", condition, condition.span)
        case sx.Score():
            opposite = evolve(condition, bound=_other_side(condition.bound))
            return evolve(lower_score(opposite, names), undefined_if="", form=condition)
        case sx.Joined():
            parts = [lower_opposite(part, names) for part in condition.parts]
            if condition.word == "and":
                return some(parts, "or", condition, condition.span)
            return every(parts, "and", condition, condition.span)
        case sx.Fact():
            raise ValueError("a fact in the condition of a limit")
        case _:
            assert_never(condition)


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
    sides: Mapping[str, BoundSide] = {
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
    members = names.among(included.names, count.scope) or ()
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
