"""What a question is about: a rule, where its members stand, and what has to be assessed first."""

from collections.abc import Collection, Container, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from goalrules.analyse.bdd_queries import Cost, cheapest, holds, influences, support
from goalrules.analyse.diagram import FALSE, OverBudgetError, Space, space_of
from goalrules.analyse.minimal_sets import MinimalSetQuery, MinimalSets
from goalrules.analyse.pseudo_boolean import (
    Leaf,
    PseudoBoolean,
    ToPseudoBoolean,
    Variable,
    pseudo_boolean,
    summed,
)
from goalrules.core.level_rule import LevelRule
from goalrules.core.nodes import AtLeast, Meaning, Node, Reaches, fold
from goalrules.core.scales import Ends, known, verdict_of
from goalrules.core.vocabulary import Verdict


@frozen
class RuleQuery:
    """A rule with its members as they stand once the policies of the file are applied.

    `unsaid` are members that no data can fill. `tops` are the best places of members. `quorums`
    count members that are `assessed` by their own outcomes: each is then at the second of two
    places. Where the goal is `barred`, too few are left for any verdict, whatever they are.
    """

    level_rule: LevelRule
    ends: Mapping[str, Ends]
    tops: Mapping[str, int]
    unsaid: Collection[str] = ()
    quorums: tuple[AtLeast, ...] = ()
    assessed: Mapping[str, Ends] = field(factory=dict)
    barred: bool = False

    @property
    def members(self) -> list[str]:
        """The members that apply and that data can fill, in order."""
        return [name for name, each in self.ends.items() if each.applies and name in self.tops]

    def kept(self, place: int, digits: Iterable[Variable]) -> PseudoBoolean:
        """That the level is surely a place or better."""
        return _plain(self.level_rule.at(place), digits, self.ends)

    def sure(self, place: int, digits: Iterable[Variable]) -> PseudoBoolean:
        """That the level is surely a place or better, and that enough are assessed and left."""
        varying = list(digits)
        wanted = [
            not self.barred,
            self.kept(place, varying),
            *(self._quorum(each, varying) for each in self.quorums),
        ]
        return summed(len(wanted), [(1, each) for each in wanted])

    def waits_for(self, member: str) -> bool:
        """Whether a member has yet to be assessed, and it is required that some are."""
        return self.assessed.get(member) == known(0)

    def possible(self, place: int, digits: Iterable[Variable]) -> PseudoBoolean:
        """That the level can be a place or better, whatever no data can fill."""
        return _plain(
            self.level_rule.at(place), digits, without(self.ends, self.unsaid), undefined=True
        )

    def _quorum(self, node: AtLeast, digits: Iterable[Variable]) -> PseudoBoolean:
        """That enough members are assessed; one that is open is so from the state after that."""
        open_at = {each.member: each.at for each in digits if each.at is not None}
        meaning: Meaning[PseudoBoolean | None] = _Assessed(
            {}, self.assessed, undefined=False, open_at=open_at
        )
        return fold(node, meaning) or False


@frozen
class _Assessed(ToPseudoBoolean):
    """Whether members are assessed, as plain sums."""

    open_at: Mapping[str, int]

    def reaches(self, node: Reaches) -> PseudoBoolean | None:
        """That the member is assessed."""
        at = self.open_at.get(node.member)
        return super().reaches(node) if at is None else Leaf(node.member, at + 1)


def _plain(
    node: AtLeast | None,
    digits: Iterable[Variable],
    ends: Mapping[str, Ends],
    *,
    undefined: bool = False,
) -> PseudoBoolean:
    return True if node is None else pseudo_boolean(node, digits, ends, undefined=undefined)


def gains(
    query: RuleQuery,
    place: int,
    locked: Collection[str] = (),
    costs: Mapping[str, Decimal] | None = None,
) -> MinimalSets:
    """The minimal improvements after which the level is surely a place or better.

    Open members start at their worst. Locked ones stay there. A member costs what `costs` has for
    each place that it is raised; 1, where they have nothing. One that a quorum waits for can be
    found out to be where it starts, which costs nothing.
    """
    digits = [digit_of(name, query) for name in query.members]
    wanted = query.sure(place, digits)
    prices = {name: _price((costs or {}).get(name, 1)) for name in query.members}
    marks = {name: (query.ends[name].worst, name in locked, prices[name]) for name in query.members}
    space = space_of(digits, [wanted], marks)
    starts = [query.ends[each.member].worst for each in space.digits]
    choices = [
        range(start, start + 1 if each.member in locked else each.size)
        for each, start in zip(space.digits, starts, strict=True)
    ]

    def price(variable: int, state: int) -> Cost:
        digit = space.digits[variable]
        return prices[digit.member] * (digit.place(state) - starts[variable])

    def at(variable: int, state: int) -> int:
        return space.digits[variable].place(state)

    return MinimalSetQuery(space, space.draw(wanted), choices, at, price).ways()


def _price(cost: Decimal | int) -> Cost:
    """A cost as a whole number where it is one, which is the quicker to count with."""
    exact = Fraction(cost)
    return exact.numerator if exact.denominator == 1 else exact


def digit_of(member: str, query: RuleQuery) -> Variable:
    """A member as a variable; one that a quorum waits for can be assessed where it starts."""
    open_at = query.ends[member].worst if query.waits_for(member) else None
    return Variable(member, query.tops[member], at=open_at)


def losses(query: RuleQuery, place: int) -> MinimalSets:
    """The minimal losses, from the worst of every member, after which a level is not sure."""
    digits = [Variable(name, query.tops[name]) for name in query.members]
    kept = query.kept(place, digits)
    space = space_of(digits, [kept], {name: query.ends[name].worst for name in query.members})
    worst = [query.ends[each.member].worst for each in space.digits]
    choices = [
        range(each.last - start, each.last + 1)
        for each, start in zip(space.digits, worst, strict=True)
    ]

    def price(variable: int, state: int) -> Cost:
        return state - choices[variable][0]

    def at(variable: int, state: int) -> int:
        return space.digits[variable].last - state

    lost = space.diagrams.dual(space.draw(kept))
    return MinimalSetQuery(space, lost, choices, at, price).ways()


ONE_MEMBER = 1 << 20
"""What a member costs in a reason, beside which no level counts."""


@frozen
class MemberBound:
    """That a member is at a place, or better (`at least`), or worse (`at most`)."""

    member: str
    side: Literal["at least", "at most"]
    place: int


Justification = tuple[MemberBound, ...]


def why_met(query: RuleQuery) -> Justification:
    """Members that make a goal met whatever the others are, as few as can be."""
    digits = [Variable(name, query.tops[name]) for name in query.members]
    met = query.kept(query.level_rule.met, digits)
    space = space_of(digits, [met], {each: query.ends[each].worst for each in query.members})
    most = [query.ends[name].worst for name in space.names]
    found = _smallest(space, space.draw(met), most)
    return tuple(MemberBound(space.names[n], "at least", state) for n, state in found)


def why_not_met(query: RuleQuery) -> Justification:
    """Members that keep a goal from being met whatever the others are, as few as can be."""
    digits = [Variable(name, query.tops[name]) for name in query.members]
    can_be = query.possible(query.level_rule.met, digits)
    space = space_of(digits, [can_be], {each: query.ends[each].best for each in query.members})
    cannot = space.diagrams.dual(space.draw(can_be))
    lasts = [each.last for each in space.digits]
    most = [last - query.ends[name].best for name, last in zip(space.names, lasts, strict=True)]
    found = _smallest(space, cannot, most)
    return tuple(MemberBound(space.names[n], "at most", lasts[n] - state) for n, state in found)


def _smallest(space: Space, diagram: int, most: list[int]) -> tuple[tuple[int, int], ...]:
    choices = [range(each + 1) for each in most]
    found = cheapest(space.diagrams, diagram, FALSE, choices, lambda _, state: ONE_MEMBER + state)
    return found.moves if found else ()


@frozen
class PlaceFork:
    """A place that an open member can still take, and the verdict that would follow."""

    place: int
    verdict: Verdict


@frozen
class OpenMember:
    """An open member: what would follow from each place of it, and how often it decides.

    `settles` is the share of its places of which each settles the verdict alone. `influence` is
    the share of the cases of the other open members in which it decides whether the goal is
    surely met, or whether it can be: the greater of the two.
    """

    member: str
    forks: tuple[PlaceFork, ...]
    settles: Fraction
    influence: Fraction


@frozen
class Undecided:
    """The cases of the open members: in which a node is surely true, and in which it can be."""

    space: Space
    low: int
    high: int

    @property
    def deciding(self) -> frozenset[str]:
        """The members of which some completion decides.

        Two completions that differ in such a member alone differ in being true, false, or open
        because a count has no meaning, or because of what no data can fill.
        """
        diagrams, names = self.space.diagrams, self.space.names
        return frozenset(
            names[n] for each in (self.low, self.high) for n in support(diagrams, each)
        )

    def ranked(self) -> list[OpenMember]:
        """The members that can decide, those first that settle the verdict most often."""
        diagrams = self.space.diagrams
        shares = zip(influences(diagrams, self.low), influences(diagrams, self.high), strict=True)
        found = [
            self._open(variable, max(both)) for variable, both in enumerate(shares) if max(both)
        ]
        return sorted(found, key=lambda each: (-each.settles, -each.influence))

    def _open(self, variable: int, share: Fraction) -> OpenMember:
        digit = self.space.digits[variable]
        forks = tuple(
            PlaceFork(digit.place(state), self._verdict(variable, state))
            for state in range(digit.size)
        )
        settled = sum(each.verdict != "open" for each in forks)
        return OpenMember(digit.member, forks, Fraction(settled, digit.size), share)

    def _verdict(self, variable: int, state: int) -> Verdict:
        """The verdict when one member is known: with the others at their worst, or their best."""
        diagrams, sizes = self.space.diagrams, self.space.diagrams.sizes
        worst, best = [0 for _ in sizes], [size - 1 for size in sizes]
        worst[variable] = best[variable] = state
        low, high = holds(diagrams, self.low, worst), holds(diagrams, self.high, best)
        return verdict_of(Ends(low, high), 1)


def undecided(
    node: Node, ends: Mapping[str, Ends], unsaid: Container[str] = ()
) -> Undecided | None:
    """The cases of a node over the members that are open; None where they are too many."""
    digits = [
        Variable(name, each.best, each.worst)
        for name, each in ends.items()
        if each.applies and not each.decided and name not in unsaid
    ]
    low = pseudo_boolean(node, digits, ends)
    high = pseudo_boolean(node, digits, without(ends, unsaid), undefined=True)
    try:
        space = space_of(digits, [low, high])
        return Undecided(space, space.draw(low), space.draw(high))
    except OverBudgetError:
        return None


def without(ends: Mapping[str, Ends], unsaid: Container[str]) -> Mapping[str, Ends]:
    """The members with those that no data can fill at the best of their ends."""
    return {name: known(each.best) if name in unsaid else each for name, each in ends.items()}


def deciding(
    node: Node, ends: Mapping[str, Ends], unsaid: Container[str] = ()
) -> frozenset[str] | None:
    """The open members of which some completion decides; None where they are too many."""
    found = undecided(node, ends, unsaid)
    return None if found is None else found.deciding
