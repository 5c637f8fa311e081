"""The ends of a rule's level, without the trace: what `evaluate` gives in a fraction of the time.

It is another meaning of the same nodes, made once for a rule: each count becomes a function from
where the members stand to whether it surely holds, and whether it can.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, Protocol

from goalrules.core.evaluate import needs, undefined_reason
from goalrules.core.nodes import AtLeast, LevelRule, Reaches, members_of, some
from goalrules.core.scales import Ends
from goalrules.core.trace import Member
from goalrules.core.vocabulary import MemberReason, PlanStatus
from goalrules.lazily import frozen


class Standing(Protocol):
    """Where a member stands: the worst and the best place that it can have, if it applies."""

    @property
    def worst(self) -> int:
        """The worst place on its scale."""

    @property
    def best(self) -> int:
        """The best place on its scale."""

    @property
    def applies(self) -> bool:
        """Whether it has a level at all."""


EndsOf = Callable[[Sequence[Standing]], Ends]
"""The ends of the level of a rule, given its members in the order of their keys."""

Held = tuple[bool, bool]
"""Whether a count surely holds, and whether it can."""

HeldOf = Callable[[Sequence[Standing], Held | None], Held]
"""A count as a function: of where members stand, and of what the next better level came to."""


def asked_of(level_rule: LevelRule) -> tuple[str, ...]:
    """The keys of the members that a rule asks for, each once."""
    nodes = (*level_rule.reach[:1], *(cap.node for cap in level_rule.caps))
    return tuple(dict.fromkeys(key for node in nodes for key in members_of(node)))


def ends_of(level_rule: LevelRule, keys: Iterable[str]) -> EndsOf:
    """What gives the ends of a rule's level, for members by some keys."""
    positions = {key: position for position, key in enumerate(keys)}
    best_first = [held_of(node, positions) for node in reversed(level_rule.reach)]
    caps = [(cap.level, held_of(cap.node, positions)) for cap in level_rule.caps]
    floor, known = level_rule.floor, dict[tuple[int, int], Ends]()

    def ends(standing: Sequence[Standing]) -> Ends:
        worst = best = floor
        held: Held | None = None
        for reached in best_first:
            held = reached(standing, held)
            worst += held[0]
            best += held[1]
        for level, holds in caps:
            low, high = holds(standing, None)
            worst = worst if low else min(worst, level)
            best = best if high else min(best, level)
        return known.get((worst, best)) or known.setdefault((worst, best), Ends(worst, best))

    return ends


def held_of(node: AtLeast, positions: Mapping[str, int]) -> HeldOf:
    """A count as a function; that of a level has the next better level as its last part."""
    counts = [each.node for each in node.parts if isinstance(each.node, AtLeast)]
    if counts and len(counts) == len(node.parts) and node == some(counts, node.role):
        own = counts[:-1] if node.role == counts[-1].role == "level" else counts
        return _any([held_of(each, positions) for each in own])
    return _counted(node, positions)


def _counted(node: AtLeast, positions: Mapping[str, int]) -> HeldOf:  # noqa: C901 - one thought
    """How much of what applies holds, against what is needed."""
    members = [
        (positions[part.node.member], part.node.level, part.weight, part.adds)
        for part in node.parts
        if isinstance(part.node, Reaches)
    ]
    once = [(position, level) for position, level, *weight in members if weight == [1, 1]]
    weighed = [each for each in members if each[2:] != (1, 1)]
    counts = [
        (held_of(part.node, positions), part.weight, part.adds)
        for part in node.parts
        if isinstance(part.node, AtLeast) and not (node.role == part.node.role == "level")
    ]
    others = len(node.parts) - len(members)
    known, fewest = node.needs, node.min_applying

    def holds(standing: Sequence[Standing], better: Held | None) -> Held:  # noqa: C901
        of = low = high = 0
        for position, level in once:
            member = standing[position]
            if member.applies:
                of += 1
                if member.best >= level:
                    high += 1
                    if member.worst >= level:
                        low += 1
        applying, most = of + others, of
        for position, level, weight, adds in weighed:
            member = standing[position]
            if member.applies:
                applying += 1
                of += adds
                most += weight
                low += weight * (member.worst >= level)
                high += weight * (member.best >= level)
        for count, weight, adds in counts:
            sure, can = count(standing, None)
            of += adds
            most += weight
            low += weight * sure
            high += weight * can
        if better:
            of += 1
            most += 1
            low += better[0]
            high += better[1]
        found = known.get(of)
        need = found[0] if found else needs(node, of)[0]
        if need > most or need <= 0 or applying <= fewest:
            undefined = undefined_reason(node, applying, most, need)
            empty = None if applying or undefined else node.if_empty
            if undefined or empty is not None:
                return bool(empty), bool(undefined or empty)
        return low >= need, high >= need

    return holds


def _any(counts: Sequence[HeldOf]) -> HeldOf:
    """That one of some counts holds, or the next better level."""

    def holds(standing: Sequence[Standing], better: Held | None) -> Held:
        low, high = better or (False, False)
        for count in counts:
            if low:  # then it can hold too
                break
            low, can = count(standing, None)
            high = high or can
        return low, high

    return holds


# The state of a member: all of it that a verdict follows from


@frozen(eq=False)
class MemberState:
    """All of a member that a verdict follows from; there is one object for each state.

    `worst` and `best` are places on the member's scale.
    """

    worst: int
    best: int
    applies: bool
    reason: MemberReason
    unclaimed: PlanStatus | Literal[""]


StateKey = tuple[int, int, bool, MemberReason, PlanStatus | Literal[""]]

_STATES: dict[StateKey, MemberState] = {}
"""Every state that was met. There are few, and they hold nothing of any file."""


def state_of(member: Member) -> MemberState:
    """The state that a member is in."""
    levels = member.levels
    key = (
        levels.index(member.worst),
        levels.index(member.best),
        member.applies,
        member.reason,
        member.unclaimed,
    )
    return _STATES.get(key) or _STATES.setdefault(key, MemberState(*key))
