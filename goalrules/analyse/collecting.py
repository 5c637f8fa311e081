"""What can still decide an open verdict, and what to find out first."""

from collections.abc import Container, Mapping
from fractions import Fraction

from attrs import frozen

from goalrules.analyse.bdd_queries import holds, support
from goalrules.analyse.diagram import OverBudgetError
from goalrules.analyse.influence import influences
from goalrules.analyse.pseudo_boolean import Variable, pseudo_boolean
from goalrules.analyse.space import Space, space_of
from goalrules.core.nodes import Node
from goalrules.core.scales import Ends, known, verdict_of
from goalrules.core.vocabulary import Verdict


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
