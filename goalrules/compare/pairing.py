"""Which goals and members of two plans are the same: by name, or as pairs that are given say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field

from goalrules.data.pairs import Pair, PairSide
from goalrules.data.values import CellFault
from goalrules.language.plan import GoalEntry, GroupEntry, IndicatorEntry, Plan
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded, nearest

PairedEntry = IndicatorEntry | GroupEntry
"""What a goal counts: an indicator, or a group that the data fill in."""

MovedEntry = tuple[GoalEntry, PairedEntry, GoalEntry, PairedEntry]
"""A goal and a member of it, and the other goal that the member is in now, as it is there."""

Ref = tuple[str, str]
"""The folded id of a goal, and the folded name of a member of it, or nothing."""


def items_of(goal: GoalEntry) -> tuple[PairedEntry, ...]:
    """What a goal counts or shows, each by itself."""
    return (*goal.indicators, *goal.reported)


@frozen
class GoalPair:
    """A goal of the old plan and its counterpart in the new one; None where there is none."""

    old: GoalEntry | None
    new: GoalEntry | None
    items: tuple[tuple[PairedEntry, PairedEntry], ...] = ()
    """What both of them have."""


@frozen
class Pairing:
    """The goals of two plans in pairs: those of the old plan in order, and then the new ones.

    `moved` are the members that are in another goal now.
    """

    goals: tuple[GoalPair, ...]
    moved: tuple[MovedEntry, ...] = ()


@frozen
class _Index:
    """The goals and members of a plan by their folded names."""

    goals: Mapping[str, GoalEntry]

    def member(self, ref: Ref) -> PairedEntry | None:
        """The member that a reference means."""
        goal = self.goals.get(ref[0])
        items = items_of(goal) if goal else ()
        return next((each for each in items if folded(each.name) == ref[1]), None)

    def find(self, text: str) -> Ref | CellFault:
        """The goal, or the member of a goal, that a text names."""
        key = folded(text)
        if key in self.goals:
            return key, ""
        goal, slash, member = key.partition("/")
        while slash and goal not in self.goals and "/" in member:
            more, _, member = member.partition("/")
            goal = f"{goal}/{more}"
        if not slash or goal not in self.goals:
            named = text.partition("/")[0]
            ids = [each.id for each in self.goals.values()]
            return CellFault("pair-goal", {"text": named, "nearest": nearest(named, ids)})
        if self.member((goal, member)) is None:
            found = self.goals[goal]
            known = nearest(member, [each.name for each in items_of(found)])
            near = f"{found.id}/{known}" if known else ""
            return CellFault("pair-member", {"text": text, "goal": found.id, "nearest": near})
        return goal, member


def _index(plan: Plan) -> _Index:
    return _Index({folded(goal.id): goal for goal in plan.goals})


@define
class _Given:
    """The pairs that are given, as references, and what is wrong with them."""

    old: _Index
    new: _Index
    forward: dict[Ref, Ref | None] = field(factory=dict)
    backward: dict[Ref, Ref | None] = field(factory=dict)
    faults: list[Diagnostic] = field(factory=list)

    def add(self, pair: Pair) -> None:
        """Take one pair."""
        old = self._found(pair, "old", pair.old, self.old)
        new = self._found(pair, "new", pair.new, self.new)
        if old and new and self._kind(old, self.old) != self._kind(new, self.new):
            self.faults.append(
                pair.fault("new", CellFault("pair-kinds", {"text": pair.old, "other": pair.new}))
            )
            return
        self._once(pair, "old", old, new, self.forward)
        self._once(pair, "new", new, old, self.backward)

    def _kind(self, ref: Ref, index: _Index) -> type[object]:
        """What a reference means: a goal, an indicator or a group."""
        return type(index.member(ref) if ref[1] else index.goals[ref[0]])

    def _found(self, pair: Pair, side: PairSide, text: str, index: _Index) -> Ref | None:
        found = index.find(text) if text else None
        if isinstance(found, CellFault):
            self.faults.append(pair.fault(side, found))
            return None
        return found

    def _once(
        self,
        pair: Pair,
        side: PairSide,
        one: Ref | None,
        other: Ref | None,
        taken: dict[Ref, Ref | None],
    ) -> None:
        if one is None:
            return
        if one in taken:
            text = pair.old if side == "old" else pair.new
            self.faults.append(pair.fault(side, CellFault("paired-twice", {"text": text})))
        taken[one] = other

    def pairs(self, wanted: Iterable[tuple[Ref, Ref]]) -> Iterator[tuple[Ref, Ref]]:
        """The pairs that are given, and those wanted of which nothing is said."""
        yield from ((one, other) for one, other in self.forward.items() if other)
        for one, other in wanted:
            if one not in self.forward and other not in self.backward:
                yield one, other


def pair_plans(
    old: Plan, new: Plan, given: Sequence[Pair]
) -> tuple[Pairing, tuple[Diagnostic, ...]]:
    """The goals and members of two plans in pairs, and what is wrong with those given."""
    known = _Given(_index(old), _index(new))
    for pair in given:
        known.add(pair)
    same = [((key, ""), (key, "")) for key in known.old.goals if key in known.new.goals]
    goals = {one[0]: other[0] for one, other in known.pairs(same) if not one[1]}
    members = dict(known.pairs(_same_members(known, goals)))
    pairs = [
        GoalPair(entry, known.new.goals.get(goals.get(key, "")), _items(key, goals, members, known))
        for key, entry in known.old.goals.items()
    ]
    left = [each for key, each in known.new.goals.items() if key not in goals.values()]
    everything = (*pairs, *(GoalPair(None, each) for each in left))
    return Pairing(everything, tuple(_moved(goals, members, known))), tuple(known.faults)


def _same_members(known: _Given, goals: Mapping[str, str]) -> Iterator[tuple[Ref, Ref]]:
    """The members of paired goals that go by the same name in both."""
    for one, other in goals.items():
        for item in items_of(known.old.goals[one]):
            ref = other, folded(item.name)
            if type(known.new.member(ref)) is type(item):
                yield (one, ref[1]), ref


def _items(
    key: str, goals: Mapping[str, str], members: Mapping[Ref, Ref], known: _Given
) -> tuple[tuple[PairedEntry, PairedEntry], ...]:
    """The members of a goal that its counterpart has."""
    found = (
        (known.old.member(one), known.new.member(other))
        for one, other in members.items()
        if one[1] and one[0] == key and other[0] == goals.get(key)
    )
    return tuple((one, other) for one, other in found if one and other)


def _moved(
    goals: Mapping[str, str], members: Mapping[Ref, Ref], known: _Given
) -> Iterator[MovedEntry]:
    for one, other in members.items():
        was, is_ = known.old.member(one), known.new.member(other)
        if was and is_ and other[0] != goals.get(one[0]):
            yield known.old.goals[one[0]], was, known.new.goals[other[0]], is_
