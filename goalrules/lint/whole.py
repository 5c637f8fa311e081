"""What is checked across the goals of a plan: the rules of them all, in their classes of period."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import assert_never

from attrs import frozen

from goalrules.analyse.pseudo_boolean import Leaf, PseudoBoolean, Sum, Variable, summed
from goalrules.language.naming import goal_key
from goalrules.language.plan import GoalEntry, IndicatorEntry, Plan
from goalrules.lint.subject import Subject
from goalrules.lint.targets import ReachingValues, TargetUse, targets_of
from goalrules.text.names import folded


@frozen
class IndicatorKey:
    """An indicator, or a member that stands in for reported ones, in the goal that it is of."""

    number: int
    key: str
    kind: str
    name: str
    goal: str
    levels: tuple[str, ...]


@frozen
class PlanRules:
    """The rules of a plan."""

    plan: Plan
    subjects: tuple[Subject, ...]

    @cached_property
    def goals(self) -> Mapping[str, GoalEntry]:
        """The goals by their keys among members."""
        return {goal_key(each.id): each for each in self.plan.goals}

    @cached_property
    def of_goals(self) -> tuple[Subject, ...]:
        """The rules of goals."""
        return tuple(each for each in self.subjects if each.goal)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The places of the goals in the file, by their ids."""
        return {each.id: n for n, each in enumerate(self.plan.goals)}

    @cached_property
    def slots(self) -> Mapping[str, IndicatorKey]:
        """What every rule comes down to, by its key throughout the plan."""
        found: dict[str, IndicatorKey] = {}
        for subject in self.of_goals:
            for member in (*subject.naming.own, *subject.stand_ins):
                kind = "reported" if member in subject.stand_ins else "indicator"
                key, goal = self.key(subject, member), _home(subject, member)
                levels = subject.members[member].levels
                found.setdefault(key, IndicatorKey(len(found), key, kind, member, goal, levels))
        return found

    def in_order(self, keys: Iterable[str]) -> list[IndicatorKey]:
        """Some of them, in the order of the file."""
        return sorted((self.slots[key] for key in {*keys}), key=lambda slot: slot.number)

    @cached_property
    def targets(self) -> Mapping[str, Mapping[ReachingValues, list[TargetUse]]]:
        """The targets that hang on no other value, by what their indicator goes by."""
        found: dict[str, dict[ReachingValues, list[TargetUse]]] = {}
        for subject in self.of_goals:
            for target in targets_of(subject):
                for call in target.calls:
                    found.setdefault(call, {}).setdefault(target.interval, []).append(target)
        return found

    @cached_property
    def _rules(self) -> Mapping[str, Mapping[str | None, Subject]]:
        """The rules of every goal by class of period."""
        found: dict[str, dict[str | None, Subject]] = {}
        for subject in self.of_goals:
            found.setdefault(subject.goal, {})[subject.possible.period] = subject
        return found

    def beside(self, goal: str, subject: Subject) -> Subject | None:
        """The rule of a goal in the same class of period as another's; of the year, where any."""
        own = self._rules.get(goal, {})
        return own.get(subject.possible.period or "annual") or own.get(None)

    def spread(self, subject: Subject, place: int, *, sure: bool) -> PseudoBoolean:
        """That a goal is surely, or can be, at a place, over what it comes down to by slot."""
        query = subject.query
        digits = [Variable(name, query.tops[name]) for name in query.members]
        ask = query.kept if sure else query.possible
        return self._below(ask(place, digits), subject, sure=sure)

    def _below(self, plain: PseudoBoolean, subject: Subject, *, sure: bool) -> PseudoBoolean:
        match plain:
            case bool():
                return plain
            case Leaf(member, state):
                goal = self.goals.get(member)
                below = self.beside(goal.id, subject) if goal else None
                if below:
                    return self.spread(below, state, sure=sure)
                return Leaf(self.key(subject, member), state)
            case Sum(need, parts):
                below_parts = [
                    (each, self._below(part, subject, sure=sure)) for each, part in parts
                ]
                return summed(need, below_parts)
            case _:
                assert_never(plain)

    def key(self, subject: Subject, member: str) -> str:
        """What a member of a goal is called throughout the plan."""
        return f"{_home(subject, member)}/{folded(member)}"


def _home(subject: Subject, member: str) -> str:
    """The goal that a member belongs to."""
    entry = _entry(subject.possible.goal, member)
    return entry.shared.text if entry and entry.shared else subject.goal


def _entry(goal: GoalEntry | None, member: str) -> IndicatorEntry | None:
    """An indicator of a goal."""
    entries = goal.indicators if goal else ()
    return next((each for each in entries if folded(each.name) == folded(member)), None)


def slots_of(plain: PseudoBoolean) -> Iterator[str]:
    """The variables that a plain form asks for, as often as they stand in it."""
    match plain:
        case bool():
            return
        case Leaf(member):
            yield member
        case Sum(_, parts):
            for _, part in parts:
                yield from slots_of(part)
        case _:
            assert_never(plain)
