"""Hypothesis strategies for the core: random nodes, and members that stand anywhere."""

from fractions import Fraction
from typing import get_args

from attrs import evolve
from hypothesis import strategies as some

from goalrules.core.nodes import AtLeast, Node, Part, Reaches
from goalrules.core.scales import COLOURS, NOT_APPLICABLE, Ends
from goalrules.core.vocabulary import UndefinedIf

NAMES = ("a", "b", "c", "d")

shares = some.fractions(0, 1, max_denominator=20) | some.sampled_from(
    [Fraction(1, 2), Fraction(29, 50), Fraction(3, 5), Fraction(0), Fraction(1)]
)
reaches = some.builds(Reaches, some.sampled_from(NAMES), some.integers(0, COLOURS.top))


def counts(inner: some.SearchStrategy[Node]) -> some.SearchStrategy[AtLeast]:
    """Counts of some parts, with any need, share and weights."""
    part = some.builds(Part, inner, some.integers(1, 4), some.none() | some.integers(0, 4))
    parts = some.lists(part, max_size=4).map(tuple)
    given_up = some.none() | some.booleans()
    return some.builds(AtLeast, some.integers(-3, 5), shares, parts, some.booleans(), given_up)


being_there = some.builds(
    Part, some.builds(Reaches, some.sampled_from(NAMES), some.just(0)), some.integers(-4, -1)
)
"""Parts that are true whenever their member applies, and may weigh less than nought."""


def scores(inner: some.SearchStrategy[Node]) -> some.SearchStrategy[AtLeast]:
    """Counts in which members count below nought for being there at all."""
    constants = some.lists(being_there, max_size=2).map(tuple)
    return some.builds(
        lambda node, more: evolve(node, parts=(*node.parts, *more)), counts(inner), constants
    )


nodes: some.SearchStrategy[Node] = some.recursive(
    reaches, lambda inner: counts(inner) | scores(inner), max_leaves=7
)
lacking_nodes: some.SearchStrategy[Node] = some.recursive(
    reaches,
    lambda inner: some.builds(
        lambda node, least, undefined_if: evolve(
            node, min_applying=least, undefined_if=undefined_if
        ),
        counts(inner) | scores(inner),
        some.integers(0, 2),
        some.sampled_from(get_args(UndefinedIf)),
    ),
    max_leaves=7,
)
"""Nodes that may ask for more members than are left, or stand for what does not hold."""

places = some.integers(0, COLOURS.top)
ends = some.builds(lambda one, other: Ends(min(one, other), max(one, other)), places, places)
cases = some.fixed_dictionaries(
    {name: ends | some.just(Ends(0, COLOURS.top)) | some.just(NOT_APPLICABLE) for name in NAMES}
)
