"""What names mean within one goal: which members, groups and other goals they stand for."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from goalrules.core.scales import COLOURS, Scale
from goalrules.language.plan import GoalEntry, Plan
from goalrules.language.statements import MetFrom
from goalrules.language.syntax import Name, Scope
from goalrules.text.names import folded


@frozen
class GoalLevels:
    """The scale of a goal, and the place from which it counts as met."""

    scale: Scale
    met: int


@frozen
class Naming:
    """The names that a rule may use.

    `own` are the members that a count is about where it names none. `members` holds what each
    folded name stands for: one member, or those of a group; None for a group that the data
    fill in and whose members are not known yet.
    """

    own: tuple[str, ...]
    members: Mapping[str, tuple[str, ...] | None]
    goals: Mapping[str, GoalLevels] = field(factory=dict)
    scale: Scale = COLOURS

    def find(self, name: Name) -> tuple[str, ...] | None:
        """The members that a name stands for; `KeyError` where it stands for nothing."""
        return self.members[folded(name.text)]

    def knows(self, name: Name) -> bool:
        """Whether the name stands for something."""
        return folded(name.text) in self.members

    def counted(self, scope: Scope) -> tuple[str, ...] | None:
        """The members, or the keys of the goals, that a count is about; None if not known yet."""
        return self.among(scope.names, scope) if scope.names else self.own

    def among(self, names: Iterable[Name], scope: Scope) -> tuple[str, ...] | None:
        """The members, or the keys of the goals, that some names in a scope stand for."""
        if scope.goals:
            return tuple(goal_key(name.text) for name in names)
        found = [self.find(name) for name in names]
        known = [members for members in found if members is not None]
        return _each_once(known) if len(known) == len(found) else None

    def levels(self, key: str) -> GoalLevels:
        """The levels of a member, or of the goal that a key stands for."""
        return self.goals.get(key, GoalLevels(self.scale, self.scale.top))


def goal_key(goal: str) -> str:
    """The key of a goal among members, which no member's name can be."""
    return f"goal {goal}"


def naming(
    own: Iterable[str],
    groups: Mapping[str, tuple[str, ...] | None],
    goals: Mapping[str, GoalLevels],
) -> Naming:
    """The names of some members, groups and goals."""
    members = tuple(own)
    singles = {folded(name): (name,) for name in members}
    return Naming(members, {**singles, **groups}, goals)


def goal_levels(plan: Plan) -> dict[str, GoalLevels]:
    """The levels of every goal of a plan, by key."""
    return {goal_key(goal.id): GoalLevels(COLOURS, met_place(goal)) for goal in plan.goals}


def met_place(goal: GoalEntry) -> int:
    """The place from which a goal counts as met: the top of its scale, or what it names."""
    named = goal.first(MetFrom)
    return COLOURS.place(named.level.text) if named and known_level(named.level) else COLOURS.top


def known_level(level: Name) -> bool:
    """Whether a word is a level of the scale."""
    return level.text in COLOURS.levels


def goal_naming(
    goal: GoalEntry,
    goals: Mapping[str, GoalLevels],
    reported: Mapping[str, tuple[str, ...]] | None = None,
) -> Naming:
    """The names that the rule of a goal may use, with the members that the data report."""
    own = tuple(entry.name for entry in goal.indicators)
    return naming(own, dict(_groups(goal, own, reported)), goals)


def _groups(
    goal: GoalEntry, own: tuple[str, ...], reported: Mapping[str, tuple[str, ...]] | None
) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    spelled = {folded(name): name for name in own}
    for group in goal.groups:
        key = folded(group.name.text)
        if group.reported:
            yield key, reported.get(group.name.text, ()) if reported is not None else None
        else:
            folds = [folded(name.text) for name in group.members]
            yield key, tuple(spelled[each] for each in folds if each in spelled)


def _each_once(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(member for members in found for member in members))
