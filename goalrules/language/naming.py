"""What names mean within one goal: which members, groups and other goals they stand for."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain

from attrs import evolve, field

from goalrules.language.levels import (
    LevelPoints,
    LevelScale,
    Scales,
    levels_of_goal,
    numbers_of,
    own_points,
    worth,
)
from goalrules.language.plan import GoalEntry, GroupEntry, IndicatorEntry, Plan
from goalrules.language.statements import Points, ShownOnly, Weight
from goalrules.language.syntax import Included, Name, Point, Scope
from goalrules.lazily import frozen
from goalrules.text.names import folded


@frozen
class Naming:
    """The names that a rule may use.

    `own` are the members that a count is about where it names none: the goal's indicators, or
    where it has none those that the data report. `members` holds what each folded name stands
    for: one member, or those of a group; None for a group that the data fill in and whose members
    are not known yet. What the file says of each member of such a group is kept by the group's
    name too, which is no member's. `groups` are the names of those groups that are counted, and
    `unlisted` says that they are all there is; `levels` are those of members and goals by key.
    """

    own: tuple[str, ...]
    members: Mapping[str, tuple[str, ...] | None]
    goals: Mapping[str, LevelScale] = field(factory=dict)
    others: LevelScale = field(factory=LevelScale)
    own_levels: Mapping[str, LevelScale] = field(factory=dict)
    weights: Mapping[str, Decimal] = field(factory=dict)
    points: tuple[Point, ...] = ()
    own_worth: Mapping[str, tuple[Point, ...]] = field(factory=dict)
    shown: Mapping[str, tuple[str, ...] | None] = field(factory=dict)
    groups: tuple[str, ...] = ()
    unlisted: bool = False

    def find(self, name: Name) -> tuple[str, ...] | None:
        """The members that a name stands for; `KeyError` where it stands for nothing."""
        return self.members[folded(name.text)]

    def knows(self, name: Name) -> bool:
        """Whether the name stands for something."""
        return folded(name.text) in self.members

    def counted(self, scope: Scope) -> tuple[str, ...] | None:
        """The members, or the keys of the goals, that a count is about; None if not known yet."""
        if scope.names:
            return self.among(scope, scope)
        whole = (self.members[folded(each)] for each in self.groups if self.unlisted)
        return None if None in whole else self.own

    def kinds(self, scope: Scope) -> tuple[str, ...]:
        """The members that a count is about, a group that the data fill in by its name."""
        if not scope.names:
            return self.groups if self.unlisted else self.own
        names, ids = ((), scope.names) if scope.goals else (scope.names, scope.beside)
        spelled = {folded(key): key for key in self.own_levels}
        found = (
            (spelled.get(folded(name.text), name.text),) if members is None else members
            for name, members in ((each, self.find(each)) for each in names)
        )
        goals = (goal_key(name.text) for name in ids)
        return tuple(dict.fromkeys(chain(*found, goals)))

    def among(self, some: Scope | Included, scope: Scope) -> tuple[str, ...] | None:
        """The members, and the keys of the goals, that some names in a scope stand for.

        Names are those of goals where the scope is of goals alone.
        """
        names, ids = ((), some.names) if scope.goals else (some.names, ())
        found = [self.find(name) for name in names]
        if None in found:
            return None
        goals = (goal_key(name.text) for name in (*ids, *some.beside))
        return tuple(dict.fromkeys(chain(*(members or () for members in found), goals)))

    def with_shown(self) -> "Naming":
        """The names that a remark may use: also the members that are shown and not counted."""
        return evolve(self, members={**self.members, **self.shown}, shown={})

    def levels(self, key: str) -> LevelScale:
        """The levels of a member, or of the goal that a key stands for."""
        return self.goals.get(key) or self.own_levels.get(key, self.others)

    def weight(self, key: str) -> Decimal:
        """What a member weighs beside the others."""
        return self.weights.get(key, Decimal(1))

    def worth(self, key: str) -> LevelPoints | None:
        """What each level of a member is worth; None where nothing says so for every level."""
        scale = self.levels(key).scale
        table = self.own_worth.get(key) or self.points
        return worth(table, scale) if table else numbers_of(scale)


UNITS = "units"
"""What units are called among groups, where it is not known which there are."""


def goal_key(goal: str) -> str:
    """The key of a goal among members, which no member's name can be."""
    return f"goal {goal}"


def naming(
    own: Iterable[str],
    groups: Mapping[str, tuple[str, ...] | None],
    goals: Mapping[str, LevelScale],
) -> Naming:
    """The names of some members, groups and goals, all on the scale of colours."""
    members = tuple(own)
    return Naming(members, {**_singles(members), **groups}, goals)


def _singles(members: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {folded(name): (name,) for name in members}


def goal_levels(plan: Plan, scales: Scales) -> dict[str, LevelScale]:
    """The levels of every goal of a plan, by key."""
    return {goal_key(goal.id): levels_of_goal(goal, scales) for goal in plan.goals}


@frozen
class PlanNames:
    """What is known throughout a plan: scales, the levels of goals and of indicators, points."""

    scales: Scales
    goals: Mapping[str, LevelScale]
    indicators: Mapping[tuple[str, str], LevelScale]
    points: tuple[Point, ...]


def plan_names(plan: Plan, scales: Scales) -> PlanNames:
    """What is known throughout a plan."""
    indicators = {
        (folded(goal.id), folded(entry.name)): scales.of(
            entry.indicator.scale, scales.of(goal.goal.scale)
        )
        for goal in plan.goals
        for entry in goal.indicators
        if entry.shared is None and entry.earlier is None
    }
    points = own_points(plan.all(Points))
    return PlanNames(scales, goal_levels(plan, scales), indicators, points)


def goal_naming(
    goal: GoalEntry,
    names: PlanNames,
    reported: Mapping[str, tuple[str, ...]] | None = None,
) -> Naming:
    """The names that the rule of a goal may use, with the members that the data report."""
    counted = [entry for entry in goal.indicators if not entry.first(ShownOnly)]
    listed = tuple(entry.name for entry in counted)
    members: dict[str, tuple[str, ...] | None] = {
        folded(each.name): None if reported is None else reported.get(each.name, ())
        for each in goal.reported
    }
    groups = tuple(each for each in goal.reported if not each.shown_only)
    inside = [name for each in groups for name in members[folded(each.name)] or ()]
    scale = names.scales.of(goal.goal.scale)
    said: dict[str, IndicatorEntry | GroupEntry] = {each.name: each for each in goal.indicators}
    levels = {each.name: indicator_levels(each, goal, names) for each in goal.indicators}
    for each in goal.reported:
        keys = (each.name, *(members[folded(each.name)] or ()))
        said |= dict.fromkeys(keys, each)
        levels |= dict.fromkeys(keys, levels_of_group(each, goal, names))
    weights = {name: each.first(Weight) for name, each in said.items()}
    shown = _singles(entry.name for entry in goal.indicators if entry.name not in listed)
    return Naming(
        listed or tuple(inside),
        {
            **_singles(listed),
            **dict(_groups(goal, listed)),
            **{folded(each.name): members[folded(each.name)] for each in groups},
        },
        names.goals,
        scale,
        levels,
        {name: weight.number for name, weight in weights.items() if weight},
        own_points(each.body for each in goal.statements) or names.points,
        {name: own_points(each.body for each in entry.statements) for name, entry in said.items()},
        {
            **shown,
            **{
                folded(each.name): members[folded(each.name)]
                for each in goal.reported
                if each.shown_only
            },
        },
        tuple(each.name for each in groups),
        unlisted=not listed,
    )


def units_naming(goal: GoalEntry, names: PlanNames, units: Iterable[str] | None) -> Naming:
    """The names that the rule of a goal over units may use: those of units, if they are known."""
    scale = names.goals[goal_key(goal.id)]
    points = own_points(each.body for each in goal.statements) or names.points
    if units is None:
        unknown = {folded(UNITS): None}
        return Naming((), unknown, others=scale, points=points, groups=(UNITS,), unlisted=True)
    own = tuple(units)
    return Naming(own, {**_singles(own)}, others=scale, points=points)


def indicator_levels(entry: IndicatorEntry, goal: GoalEntry, names: PlanNames) -> LevelScale:
    """The levels of an indicator: its own scale's, else its goal's, else the plan's.

    One of an earlier period has those that the same one has now.
    """
    if entry.earlier:
        original = goal.original(entry)
        return indicator_levels(original, goal, names) if original else names.scales.own
    home = entry.shared.text if entry.shared else goal.id
    return names.indicators.get((folded(home), folded(entry.name)), names.scales.own)


def levels_of_group(group: GroupEntry, goal: GoalEntry, names: PlanNames) -> LevelScale:
    """The levels of the members of a group that the data fill in: its own, else its goal's."""
    return names.scales.of(group.group.scale, names.scales.of(goal.goal.scale))


def levels_of_entry(
    entry: IndicatorEntry | GroupEntry, goal: GoalEntry, names: PlanNames
) -> LevelScale:
    """The levels of an indicator, or of the members of a group that the data fill in."""
    if isinstance(entry, IndicatorEntry):
        return indicator_levels(entry, goal, names)
    return levels_of_group(entry, goal, names)


def _groups(goal: GoalEntry, own: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The groups that the file lists, with those of their members that are counted."""
    spelled = {folded(name): name for name in own}
    for group in goal.groups:
        if not group.reported:
            folds = [folded(name.text) for name in group.members]
            yield folded(group.name.text), tuple(spelled[each] for each in folds if each in spelled)
