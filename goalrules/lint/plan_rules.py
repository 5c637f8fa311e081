"""What is checked across the goals of a plan: the rules of them all, in their classes of period."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal, assert_never

from attrs import field

from goalrules.analyse.pseudo_boolean import Leaf, PseudoBoolean, Sum, summed, sums_of
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.naming import goal_key
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan
from goalrules.lazily import frozen
from goalrules.lint.linted_rule import LintedRule
from goalrules.text.names import folded
from goalrules.text.source import Span


@frozen
class ReachingValues:
    """The values that reach a target in a year; an end that is open does not reach it itself."""

    low: Decimal | None = None
    high: Decimal | None = None
    strict: bool = False
    year: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """A value that reaches it, as near its end as can be."""
        end = self.high if self.low is None else self.low
        step = Decimal(int(self.strict))
        return (end or Decimal(0)) + (step if self.low is not None else -step)

    def meets(self, other: "ReachingValues") -> bool:
        """Whether some value reaches both, or they are not of one year."""
        lows = [(each.low, each.strict) for each in (self, other) if each.low is not None]
        highs = [(each.high, each.strict) for each in (self, other) if each.high is not None]
        if not lows or not highs or len({self.year, other.year} - {None}) > 1:
            return True
        (low, over), (high, under) = max(lows), min(highs, key=lambda end: (end[0], not end[1]))
        return low < high or (low == high and not over and not under)


@frozen
class TargetUse:
    """A target of an indicator that a goal has as its own, and the values that reach it."""

    linted: LintedRule
    entry: IndicatorEntry
    interval: ReachingValues
    span: Span

    @property
    def about(self) -> tuple[Span, Span]:
        """Where the target stands, and its indicator."""
        return self.span, self.entry.head.span

    @property
    def calls(self) -> tuple[str, ...]:
        """What the indicator goes by: its name, and its title where it has one."""
        names = (self.entry.name, self.entry.indicator.title)
        return tuple(dict.fromkeys(folded(each) for each in names if each))


def targets_of(linted: LintedRule) -> Iterator[TargetUse]:
    """The targets of a goal's own indicators that get their level from them."""
    for entry in linted.possible.goal.indicators if linted.possible.goal else ():
        elsewhere = entry.shared or entry.earlier or entry.all(st.ValueBands)
        target = None if elsewhere else entry.first(st.Target)
        for dated in target.aims if target else ():
            found = interval(dated)
            if found:
                yield TargetUse(linted, entry, found, dated.span)


def interval(dated: sx.DatedTarget) -> ReachingValues | None:
    """The values that reach a target, where that does not hang on another value."""
    match dated.aim:
        case sx.Bound("at least" | "over" as side, number):
            return ReachingValues(low=number, strict=side == "over", year=dated.year)
        case sx.Bound(side, number):
            return ReachingValues(high=number, strict=side == "under", year=dated.year)
        case sx.Within() | sx.Around() | sx.Range() as between:
            return ReachingValues(between.low, between.high, year=dated.year)
        case _:
            return None


@frozen
class IndicatorKey:
    """An indicator, or a member that stands in for reported ones, in the goal that it is of."""

    number: int
    key: str
    kind: Literal["indicator", "reported"]
    name: str
    goal: str
    levels: tuple[str, ...]


@frozen
class PlanRules:
    """The rules of a plan."""

    plan: Plan
    rules: tuple[LintedRule, ...]
    _spread: dict[tuple[str, str | None, int, bool], PseudoBoolean] = field(
        factory=dict, init=False, eq=False, repr=False
    )
    """What was spread: what several goals rest on is worked out once."""

    @cached_property
    def goals(self) -> Mapping[str, GoalEntry]:
        """The goals by their keys among members."""
        return {goal_key(each.id): each for each in self.plan.goals}

    @cached_property
    def of_goals(self) -> tuple[LintedRule, ...]:
        """The rules of goals."""
        return tuple(each for each in self.rules if each.goal)

    @cached_property
    def goal_places(self) -> Mapping[str, int]:
        """The places of the goals in the file, by their ids."""
        return {each.id: n for n, each in enumerate(self.plan.goals)}

    @cached_property
    def slots(self) -> Mapping[str, IndicatorKey]:
        """What every rule comes down to, by its key throughout the plan."""
        found: dict[str, IndicatorKey] = {}
        for linted in self.of_goals:
            for member in dict.fromkeys((*linted.naming.own, *linted.stand_ins)):
                key = self.key(linted, member)
                own = IndicatorKey(
                    len(found),
                    key,
                    "reported" if member in linted.stand_ins else "indicator",
                    member,
                    _home(linted, member),
                    linted.members[member].levels,
                )
                found.setdefault(key, own)
        return found

    def in_order(self, keys: Iterable[str]) -> list[IndicatorKey]:
        """Some of them, in the order of the file."""
        return sorted((self.slots[key] for key in {*keys}), key=lambda slot: slot.number)

    @cached_property
    def targets(self) -> Mapping[str, Mapping[ReachingValues, list[TargetUse]]]:
        """The targets that hang on no other value, by what their indicator goes by."""
        found: dict[str, dict[ReachingValues, list[TargetUse]]] = {}
        for linted in self.of_goals:
            for target in targets_of(linted):
                for call in target.calls:
                    found.setdefault(call, {}).setdefault(target.interval, []).append(target)
        return found

    @cached_property
    def _rules(self) -> Mapping[str, Mapping[str | None, LintedRule]]:
        """The rules of every goal by class of period."""
        found: dict[str, dict[str | None, LintedRule]] = {}
        for linted in self.of_goals:
            found.setdefault(linted.goal, {})[linted.possible.period] = linted
        return found

    def beside(self, goal: str, linted: LintedRule) -> LintedRule | None:
        """The rule of a goal in the same class of period as another's; of the year, where any."""
        own = self._rules.get(goal, {})
        return own.get(linted.possible.period or "annual") or own.get(None)

    def spread(self, linted: LintedRule, place: int, *, sure: bool) -> PseudoBoolean:
        """That a goal is surely, or can be, at a place, over what it comes down to by slot."""
        key = (linted.goal, linted.possible.period, place, sure)
        if key not in self._spread:
            query = linted.query
            ask = query.surely_reaches if sure else query.possibly_reaches
            self._spread[key] = self._below(ask(place, query.variables), linted, sure=sure)
        return self._spread[key]

    def _below(self, formula: PseudoBoolean, linted: LintedRule, *, sure: bool) -> PseudoBoolean:
        match formula:
            case bool():
                return formula
            case Leaf(member, state):
                goal = self.goals.get(member)
                below = self.beside(goal.id, linted) if goal else None
                if below:
                    return self.spread(below, state, sure=sure)
                return Leaf(self.key(linted, member), state)
            case Sum(need, parts):
                below_parts = [(each, self._below(part, linted, sure=sure)) for each, part in parts]
                return summed(need, below_parts)
            case _:
                assert_never(formula)

    def key(self, linted: LintedRule, member: str) -> str:
        """What a member of a goal is called throughout the plan."""
        return f"{_home(linted, member)}/{folded(member)}"


def _home(linted: LintedRule, member: str) -> str:
    """The goal that a member belongs to."""
    for entry in linted.possible.goal.indicators if linted.possible.goal else ():
        if entry.shared and folded(entry.name) == folded(member):
            return entry.shared.text
    return linted.goal


def slots_of(formula: PseudoBoolean) -> Iterator[str]:
    """The variables that a formula asks for, at least once each."""
    if isinstance(formula, Leaf):
        yield formula.member
    for each in sums_of(formula):
        yield from (part.member for _, part in each.parts if isinstance(part, Leaf))
