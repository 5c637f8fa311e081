"""From clauses and limits to what gives a goal, or an indicator, its level."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from attrs import evolve, frozen

from goalrules.core.level_rule import Cap, LevelRule
from goalrules.core.nodes import AtLeast, Reaches, every, some
from goalrules.core.scales import REACHED, Scale
from goalrules.language import syntax as sx
from goalrules.language.levels import LevelScale
from goalrules.language.lower import (
    TARGET,
    UNSAID,
    lower_condition,
    lower_opposite,
    share_level,
)
from goalrules.language.naming import Naming, goal_key, naming
from goalrules.language.statements import (
    Clause,
    Extreme,
    Limit,
    Otherwise,
    Remark,
    SameAs,
    When,
    is_of_bad,
)


@frozen
class LevelClauses:
    """The clauses and limits of one goal, or of every indicator, and the levels that they give."""

    clauses: Sequence[Clause]
    limits: Sequence[Limit]
    levels: LevelScale

    @property
    def scale(self) -> Scale:
        """The scale of the levels."""
        return self.levels.scale

    def place(self, level: sx.Name) -> int:
        """The place of a level that the rule speaks of."""
        return self.levels.place(level.text) or 0


def lower_rule(rule: LevelClauses, names: Naming) -> LevelRule:
    """What gives a level: the best level whose clause holds, between the floors and the caps."""
    closing = [rule.place(each.level) for each in rule.clauses if isinstance(each, Otherwise)]
    floor = max(closing, default=0)
    reach: list[AtLeast] = []
    for place in range(rule.scale.top, floor, -1):
        said = [each for clause in rule.clauses for each in _said(clause, place, rule, names)]
        unsaid = [] if said or closing else [Reaches(UNSAID, place)]
        floors = list(_floors(rule, place, names))
        level = sx.Level(_called(rule, place))
        found = some([*said, *floors, *unsaid, *reach[-1:]], "level", level)
        reach.append(found if found.parts else evolve(found, undefined_if=""))
    caps = tuple(_caps(rule, names))
    return LevelRule(rule.scale, rule.levels.met, floor, tuple(reversed(reach)), caps)


def _called(rule: LevelClauses, place: int) -> sx.Name:
    """What the first clause of a level calls it."""
    heads = [each.level for each in rule.clauses if isinstance(each, When)]
    said = (level for level in heads if rule.place(level) == place)
    return next(said, sx.Name(rule.scale.levels[place]))


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


def _floors(rule: LevelClauses, place: int, names: Naming) -> Iterator[AtLeast]:
    for limit in rule.limits:
        if limit.kind == "floor" and place <= rule.place(limit.level):
            yield some([lower_limit(limit, names)], "floor", limit)


def _caps(rule: LevelClauses, names: Naming) -> Iterator[Cap]:
    for limit in rule.limits:
        if limit.kind == "cap":
            yield Cap(rule.place(limit.level), every([lower_limit(limit, names)], "cap", limit))


def lower_limit(limit: Limit, names: Naming) -> AtLeast:
    """What holds where a cap does not bind, or a floor does."""
    lower = lower_opposite if is_of_bad(limit) else lower_condition
    return lower(limit.condition, names)


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
