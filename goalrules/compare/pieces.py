"""Where two rules differ: the parts that only one of them asks for, and counts that are the same.

A rule that asks for all of some parts is those parts and nothing more. What is the same in both is
found by what it means in every case, so nothing is claimed that does not hold.
"""

from collections.abc import Iterator
from functools import reduce
from typing import cast

from attrs import frozen

from goalrules.analyse.diagram import TRUE
from goalrules.compare.joint import CompiledRule, Joint
from goalrules.compare.result import Piece, SameCount
from goalrules.core.evaluate import whole_need
from goalrules.core.nodes import AtLeast, Reaches
from goalrules.language.statements import Limit
from goalrules.language.syntax import Count

SPLIT = ("met", "level", "rule", "and")
"""The steps of a rule that ask for all of their parts, or have only one."""


@frozen
class Where:
    """What only the old rule asks for, what only the new one does, and counts that are the same."""

    gone: tuple[Piece, ...]
    added: tuple[Piece, ...]
    same: tuple[SameCount, ...]


@frozen
class _Part:
    """A part of a rule and its diagram."""

    node: AtLeast
    diagram: int

    @property
    def piece(self) -> Piece:
        """The part in the rule's own words."""
        of = len(self.node.parts) if self.counts else 0
        need = whole_need(self.node, of) if self.counts else 0
        return Piece(self.node.role, self.node.form, need, of)

    @property
    def counts(self) -> bool:
        """Whether it counts members, each as one and at a good level."""
        node = self.node
        leaves = all(isinstance(each.node, Reaches) for each in node.parts)
        return node.role == "count" and leaves and not node.weights and node.need >= 0

    @property
    def limits(self) -> tuple[str, str] | None:
        """Which level it is a cap or a floor at, if it is one."""
        form = self.node.form
        return (form.kind, form.level.text) if isinstance(form, Limit) else None

    @property
    def told(self) -> bool:
        """Whether the rule has words for the part by itself."""
        return self.node.role not in SPLIT


def where(joint: Joint) -> Where | None:
    """What two rules ask for before a goal is met; None where that cannot be told apart."""
    found = [_parts(rule, joint) for rule in (joint.old, joint.new)]
    if not all(found):
        return None
    old, new = (list(each or ()) for each in found)
    gone, added = _only(old, new, joint), _only(new, old, joint)
    gone, added = gone + _instead(old, gone, added), added + _instead(new, added, gone)
    if not all(each.told for each in (*gone, *added)):
        return None
    return Where(
        tuple(each.piece for each in gone),
        tuple(each.piece for each in added),
        tuple(_same(old, new)),
    )


def _only(own: list[_Part], others: list[_Part], joint: Joint) -> list[_Part]:
    """The parts of a rule that the other has not, and that do not follow from those of both."""
    diagrams = joint.space.diagrams
    known = {each.diagram for each in others}
    common = reduce(diagrams.both, (each.diagram for each in own if each.diagram in known), TRUE)
    return [each for each in own if diagrams.both(common, each.diagram) != common]


def _instead(own: list[_Part], told: list[_Part], only: list[_Part]) -> list[_Part]:
    """The limits not told of yet that stand where the other rule has one that only it asks for."""
    taken = {each.limits for each in only} - {None}
    return [each for each in own if each.limits in taken and each not in told]


def _parts(rule: CompiledRule, joint: Joint) -> list[_Part] | None:
    """The parts that a rule asks for all of; None where those are not just what it asks for."""
    level_rule = rule.ruled.level_rule
    node, place = level_rule.meets, level_rule.met
    if node is None or rule.kept[place - 1] != rule.possible[place - 1]:
        return None
    diagrams = joint.space.diagrams
    parts = [_Part(each, joint.space.draw(rule.ruled.plain(each))) for each in _split(node)]
    whole = reduce(diagrams.both, (part.diagram for part in parts), TRUE)
    return parts if whole == rule.kept[place - 1] else None


def _split(node: AtLeast) -> Iterator[AtLeast]:
    """The parts that a node asks for all of, itself where it has none of its own."""
    below = [part.node for part in node.parts if isinstance(part.node, AtLeast)]
    asks_all = node.share == 1 or len(below) == 1
    if node.role in SPLIT and asks_all and len(below) == len(node.parts):
        for each in below:
            yield from _split(each)
    else:
        yield node


def _same(old: list[_Part], new: list[_Part]) -> Iterator[SameCount]:
    """Counts of both rules that are the same and said otherwise."""
    for one in (each for each in old if each.counts):
        for other in (each for each in new if each.counts):
            here, there = (cast(Count, each.node.form) for each in (one, other))
            otherwise = here.quantity != there.quantity and here.predicate == there.predicate
            if one.diagram == other.diagram and otherwise:
                piece, fewer = one.piece, _fewer(one.node, other.node)
                yield SameCount(here, there, piece.need, piece.of, fewer)


def _fewer(one: AtLeast, other: AtLeast) -> tuple[int, int, int] | None:
    """The most members that can be left for which two counts need different numbers of them."""
    needs = (
        (of, whole_need(one, of), whole_need(other, of)) for of in range(len(one.parts) - 1, 0, -1)
    )
    return next((each for each in needs if each[1] != each[2]), None)
