"""The exact questions answered naively: go through every case, and look at each.

A case has a place for each member that applies, 0 for the worst, and None for each that does not.
What a rule gives in it are two places, as far as the rule leaves its level open.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

Case = tuple[int | None, ...]
Sizes = Sequence[int | None]  # of the levels of each member, None: it does not apply
Box = Sequence[range | None]  # the places that each member can still have
Moves = frozenset[tuple[int, int]]  # members by number, and the place that each is moved to
Bounds = frozenset[tuple[int, int]]  # members by number, and the place that bounds each


@dataclass(frozen=True)
class Fork:
    """What is known when a member is: the verdict for each place that it can still have."""

    verdicts: tuple[tuple[int, str], ...]
    settles: Fraction
    influence: Fraction


@dataclass(frozen=True)
class Gates:
    """The members of which it can be found out where they are, and whether that is enough."""

    waiting: frozenset[int]
    enough: Callable[[frozenset[int]], bool]


class Cases:
    """Every case of some members, with the worst and the best place that a rule gives in it."""

    def __init__(self, ends: Callable[[Case], tuple[int, int]], sizes: Sizes, met: int) -> None:
        self.sizes, self.met = sizes, met
        self.whole: Box = [None if size is None else range(size) for size in sizes]
        given = {case: ends(case) for case in inside(self.whole)}
        self.worst = {case: low for case, (low, _) in given.items()}
        self.best = {case: high for case, (_, high) in given.items()}
        self.members = [member for member, size in enumerate(sizes) if size is not None]

    def verdict(self, case: Case) -> str:
        """The verdict in one case."""
        return "met" if self.is_met(case) else "open" if self.can_be(case) else "not met"

    def is_met(self, case: Case) -> bool:
        """Whether the goal is surely met in a case."""
        return self.worst[case] >= self.met

    def can_be(self, case: Case) -> bool:
        """Whether the goal can be met in a case."""
        return self.best[case] >= self.met


def inside(box: Box) -> Iterator[Case]:
    """Every case in which members have one of the places that they can still have."""
    return product(*((None,) if places is None else places for places in box))


# Minimal changes


def minimal(
    choices: Sequence[int], holds: Callable[[tuple[int, ...]], bool]
) -> list[tuple[int, ...]]:
    """The ways to take so many steps, 0 or more below each number, after which something holds.

    Of which none holds with a step less. One step more has to leave it true, so that no part of a
    way that is more than a step less can hold either.
    """
    true = {steps for steps in product(*map(range, choices)) if holds(steps)}
    for steps in true:
        for member, size in enumerate(choices):
            more = _stepped(steps, member, 1)
            assert steps[member] + 1 == size or more in true, "more steps make it false"
    return [
        steps
        for steps in true
        if not any(_stepped(steps, member, -1) in true for member in range(len(choices)))
    ]


def _stepped(steps: tuple[int, ...], member: int, by: int) -> tuple[int, ...]:
    return (*steps[:member], steps[member] + by, *steps[member + 1 :])


def gains(
    cases: Cases, box: Box, place: int, locked: Collection[int], gates: Gates | None
) -> set[Moves]:
    """The minimal improvements after which the level is surely a place or better.

    Open members start at their worst. Where some have to be assessed, to find out that a member
    is there is a step of its own.
    """
    waiting = gates.waiting if gates else frozenset[int]()
    rows = [_upwards(m, box, cases, waiting) for m in cases.members]
    rows = [row[: 1 if m in locked else None] for m, row in zip(cases.members, rows, strict=True)]

    def after(steps: tuple[int, ...]) -> dict[int, int]:
        return {m: row[n] for m, row, n in zip(cases.members, rows, steps, strict=True)}

    def holds(steps: tuple[int, ...]) -> bool:
        places = after(steps)
        moved = frozenset(m for m, n in zip(cases.members, steps, strict=True) if n)
        sure = cases.worst[tuple(places.get(m) for m in range(len(box)))] >= place
        return sure and (gates is None or gates.enough(moved & gates.waiting))

    return {
        frozenset((m, places[m]) for m, n in zip(cases.members, steps, strict=True) if n)
        for steps in minimal([len(row) for row in rows], holds)
        for places in [after(steps)]
    }


def _upwards(member: int, box: Box, cases: Cases, waiting: Collection[int]) -> list[int]:
    """The places of a member from its worst, which stands twice where it can be found out."""
    own, size = box[member], cases.sizes[member]
    assert own is not None
    assert size is not None
    return [*[own[0]] * (member in waiting), *range(own[0], size)]


def losses(cases: Cases, box: Box, place: int) -> set[Moves]:
    """The minimal losses, from the worst of every member, after which a level is not sure."""
    at = {m: own[0] for m, own in enumerate(box) if own is not None}

    def lost(steps: tuple[int, ...]) -> dict[int, int]:
        return {m: at[m] - step for m, step in zip(cases.members, steps, strict=True)}

    def holds(steps: tuple[int, ...]) -> bool:
        after = lost(steps)
        return cases.worst[tuple(after.get(m) for m in range(len(box)))] < place

    found = minimal([at[m] + 1 for m in cases.members], holds)
    return {frozenset(lost(steps).items() - at.items()) for steps in found}


# Sufficient reasons


def reasons(cases: Cases, box: Box, *, met: bool) -> set[Bounds]:
    """The smallest reasons of a verdict: fewest members, then those of which least is asked.

    A reason bounds members from below, or from above where the goal is not met; the verdict is
    the same in every case within the bounds. What is asked of a member is how many of its levels
    are out of bounds.
    """
    found: dict[tuple[int, int], set[Bounds]] = {}
    sized = zip(box, cases.sizes, strict=True)
    for bounds in inside([_bounding(each, size, met=met) for each, size in sized]):
        asked = _asked(bounds, cases, met=met)
        cost = len(asked), sum(asked.values())
        if cost <= min(found, default=cost) and _suffices(cases, bounds, met=met):
            found.setdefault(cost, set()).add(
                frozenset(
                    (m, each) for m, each in enumerate(bounds) if m in asked and each is not None
                )
            )
    return found[min(found)]


def _bounding(own: range | None, size: int | None, *, met: bool) -> range | None:
    """The bounds of a member within which it is, whatever of its places it has."""
    if own is None or size is None:
        return None
    return range(own[0] + 1) if met else range(own[-1], size)


def _asked(bounds: Case, cases: Cases, *, met: bool) -> dict[int, int]:
    """How many levels of each member are out of bounds, but for those of which none is."""
    out = {
        m: bound if met else size - 1 - bound
        for m, (bound, size) in enumerate(zip(bounds, cases.sizes, strict=True))
        if bound is not None and size is not None
    }
    return {m: number for m, number in out.items() if number}


def _suffices(cases: Cases, bounds: Case, *, met: bool) -> bool:
    """Whether the verdict is the same in every case within some bounds."""
    within = [
        None if bound is None or size is None else range(bound, size) if met else range(bound + 1)
        for bound, size in zip(bounds, cases.sizes, strict=True)
    ]
    return all(cases.is_met(case) if met else not cases.can_be(case) for case in inside(within))


# What to find out


def forks(cases: Cases, box: Box) -> dict[int, Fork]:
    """For each open member that can decide alone, what follows from each place of it."""
    found = {}
    for member, own in enumerate(box):
        if own is not None and len(own) > 1:
            share = max(_influence(says, member, box) for says in (cases.is_met, cases.can_be))
            if share:
                verdicts = tuple((place, _known(cases, box, member, place)) for place in own)
                settled = sum(verdict != "open" for _, verdict in verdicts)
                found[member] = Fork(verdicts, Fraction(settled, len(own)), share)
    return found


def _known(cases: Cases, box: Box, member: int, place: int) -> str:
    """The verdict when one member is at a place, and the others may be anywhere in the box."""
    left = [*box[:member], range(place, place + 1), *box[member + 1 :]]
    verdicts = {cases.verdict(case) for case in inside(left)}
    return verdicts.pop() if len(verdicts) == 1 else "open"


def influences(cases: Cases) -> dict[int, tuple[Fraction, Fraction]]:
    """How often each member decides whether the goal is met, and can be; but for those never."""
    whole = cases.whole
    shares = {
        m: (_influence(cases.is_met, m, whole), _influence(cases.can_be, m, whole))
        for m in cases.members
    }
    return {m: both for m, both in shares.items() if any(both)}


def _influence(says: Callable[[Case], bool], member: int, box: Box) -> Fraction:
    """The share of the cases of the others in which the ends of a member differ."""
    own = box[member]
    assert own is not None
    others = list(inside([*box[:member], None, *box[member + 1 :]]))
    differ = [
        says((*case[:member], own[0], *case[member + 1 :]))
        != says((*case[:member], own[-1], *case[member + 1 :]))
        for case in others
    ]
    return Fraction(sum(differ), len(others))


def tally(cases: Cases) -> Mapping[tuple[int, int], Fraction]:
    """In which share of all cases a rule gives each two ends."""
    counted = Counter((cases.worst[case], cases.best[case]) for case in inside(cases.whole))
    return {ends: Fraction(number, counted.total()) for ends, number in counted.items()}
