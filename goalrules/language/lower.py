"""From syntax to core: what each form of condition and each clause means.

The rules are those of DESIGN.md section 3, written out in `grammar/README.md`: a bare level
means that level or better; after `no` and `at most` it means that level or worse, so what is
counted is the members above it.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from goalrules.core.judged import Judged
from goalrules.core.nodes import AtLeast, Part, Reaches, every, some
from goalrules.core.scales import PLAN, REACHED, Scale
from goalrules.language import syntax as sx
from goalrules.language.naming import Naming, goal_key
from goalrules.language.statements import Clause, Otherwise, SameAs, When

UNSAID = "what the plan does not say"
"""The member that stands for a level without a condition; no data can fill it."""

TARGET, PLAN_STATUS = "target", "plan"
"""The members of the rule by which an indicator gets its level."""


def lower_condition(condition: sx.Condition, names: Naming) -> AtLeast:
    """The core of a condition that `check` has found nothing wrong with."""
    match condition:
        case sx.Count():
            return _count(condition, names)
        case sx.Single():
            return _single(condition, names)
        case sx.Fact():
            return some([_fact(condition)], "fact", condition, condition.span)
        case sx.Joined():
            parts = [lower_condition(part, names) for part in condition.parts]
            join = every if condition.word == "and" else some
            return join(parts, condition.word, condition, condition.span)
        case _:
            assert_never(condition)


def _count(count: sx.Count, names: Naming) -> AtLeast:
    members = names.counted(count.scope) or ()
    reaches = [_reaches(key, count, names) for key in members]
    included = [_included(each, count, names) for each in count.including]
    floors = [_floor(each, members, names) for each in count.rest]
    return _together(_quantity(count, reaches), [*included, *floors], count)


def _together(main: AtLeast, others: Sequence[AtLeast], form: sx.Count | sx.Single) -> AtLeast:
    return every([main, *others], "rule", form, form.span) if others else main


def _reaches(key: str, count: sx.Count, names: Naming) -> Reaches:
    levels = names.levels(key)
    match count.predicate:
        case sx.Met():
            return Reaches(key, levels.met, count.predicate.span)
        case sx.Level(name):
            above = count.quantity.kind in ("none", "at most")
            return Reaches(key, levels.scale.place(name.text) + above, name.span)
        case _:
            assert_never(count.predicate)


def _quantity(count: sx.Count, reaches: Sequence[Reaches]) -> AtLeast:
    need, share, strict = _need(count.quantity)
    parts = tuple(map(Part, reaches))
    return AtLeast(need, share, parts, strict, role="count", form=count, span=count.span)


def _need(quantity: sx.Quantity) -> tuple[int, Fraction, bool]:
    """What a quantity needs: so much, such a share of the whole, and whether strictly more."""
    match quantity.kind:
        case "number":
            return int(quantity.number), Fraction(0), False
        case "at most":
            return -int(quantity.number), Fraction(1), False
        case "percent":
            return 0, Fraction(quantity.number) / 100, False
        case "majority" | "half":
            return 0, Fraction(1, 2), quantity.kind == "majority"
        case "all" | "none":
            return 0, Fraction(1), False
        case "any":
            return 1, Fraction(0), False
        case _:
            assert_never(quantity.kind)


def _included(included: sx.Included, count: sx.Count, names: Naming) -> AtLeast:
    """Each included member by itself, so that one that does not apply does not hide another."""
    members = names.among(included.names, count.scope) or ()
    reaches = [_reaches(key, count, names) for key in members]
    if included.need is None:
        each = [some([reach], "member", included, included.span) for reach in reaches]
        return every(each, "including", included, included.span)
    parts = tuple(map(Part, reaches))
    need = int(included.need)
    return AtLeast(need, Fraction(0), parts, role="including", form=included, span=included.span)


def _floor(rest: sx.Rest, members: Iterable[str], names: Naming) -> AtLeast:
    reaches = [
        Reaches(key, names.levels(key).scale.place(rest.level.text), rest.span) for key in members
    ]
    return every(reaches, "rest", rest, rest.span)


def _single(single: sx.Single, names: Naming) -> AtLeast:
    keys = (goal_key(single.member.text),) if single.goal else names.find(single.member) or ()
    levels = names.levels(keys[0])
    met = isinstance(single.predicate, sx.Met)
    place = levels.met if met else levels.scale.place(_level(single.predicate))
    main = some([Reaches(keys[0], place, single.span)], "member", single, single.span)
    floors = [_floor(each, names.own, names) for each in single.rest]
    return _together(main, floors, single)


def _level(predicate: sx.Predicate) -> str:
    return predicate.name.text if isinstance(predicate, sx.Level) else ""


def _fact(fact: sx.Fact) -> Reaches:
    match fact.name:
        case "target reached":
            return Reaches(TARGET, REACHED.place("reached"), fact.span)
        case "plan followed":
            return Reaches(PLAN_STATUS, PLAN.place("followed"), fact.span)
        case "efforts begun":
            return Reaches(PLAN_STATUS, PLAN.place("begun"), fact.span)
        case "efforts planned":
            return Reaches(PLAN_STATUS, PLAN.place("planned"), fact.span)
        case _:
            assert_never(fact.name)


def lower_clauses(clauses: Sequence[Clause], names: Naming, scale: Scale, met: int) -> Judged:
    """What gives a goal, or an indicator, its level: the best level whose clause holds."""
    closing = [scale.place(each.level.text) for each in clauses if isinstance(each, Otherwise)]
    floor = max(closing, default=0)
    reach: list[AtLeast] = []
    for place in range(scale.top, floor, -1):
        said = [each for clause in clauses for each in _said(clause, place, names, scale)]
        unsaid = [] if said or closing else [Reaches(UNSAID, place)]
        level = sx.Level(sx.Name(scale.levels[place]))
        reach.append(some([*said, *unsaid, *reach[-1:]], "level", level))
    return Judged(scale, met, floor, tuple(reversed(reach)))


def _said(clause: Clause, place: int, names: Naming, scale: Scale) -> Iterator[AtLeast]:
    """What a clause says of a level."""
    match clause:
        case When(level, condition) if scale.place(level.text) == place:
            yield lower_condition(condition, names)
        case SameAs(goal):
            yield some([Reaches(goal_key(goal.text), place, goal.span)], "same", clause, goal.span)
