"""The meaning of a rule for all cases at once: one bit for each, held in whole numbers.

The cases are every completion of the members whose level is open. So it can be said exactly
which of them can still decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from attrs import evolve, frozen

from goalrules.core.evaluate import gap_of, whole_need
from goalrules.core.nodes import AtLeast, Node, Reaches, fold
from goalrules.core.scales import Ends

MOST_CASES = 1 << 18
"""The number of cases up to which they are all looked at."""

UNDECIDED = Ends(0, 1)
"""The ends of a count that has no meaning with the members that are left: false or true."""


@frozen
class Digit:
    """One open member among the cases: the places it can take, and how far apart they lie."""

    worst: int
    size: int
    stride: int
    cases: int

    def at_least(self, place: int) -> int:
        """The cases in which the member is at this place or a better one."""
        below = min(max(place - self.worst, 0), self.size)
        block = self.size * self.stride
        ones = (1 << block) - (1 << below * self.stride)
        return ones * (((1 << self.cases) - 1) // ((1 << block) - 1))

    def decides(self, column: int) -> bool:
        """Whether two cases that differ in this member alone differ in the column."""
        not_best = ((1 << self.cases) - 1) ^ self.at_least(self.worst + self.size - 1)
        return bool((column ^ (column >> self.stride)) & not_best)


@frozen
class Columns:
    """The meaning of the core in every case of some digits: a column of bits for each node."""

    ends: Mapping[str, Ends]
    digits: Mapping[str, Digit]
    true: int

    def reaches(self, node: Reaches) -> int:
        """The cases in which the member is at the level."""
        digit = self.digits.get(node.member)
        if digit:
            return digit.at_least(node.level)
        return self.true if self.ends[node.member].worst >= node.level else 0

    def at_least(self, node: AtLeast, parts: Sequence[int]) -> int:
        """The cases in which enough is true."""
        weights = [part.weight for part in node.parts]
        need = whole_need(node, sum(weights))
        return self.true if need <= 0 else _enough(need, weights, parts, self.true)


@frozen
class Applying:
    """The core without what does not apply, and with each count that has no meaning left open."""

    ends: Mapping[str, Ends]
    gaps: list[str]

    def reaches(self, node: Reaches) -> Node:
        """The node itself."""
        return node

    def at_least(self, node: AtLeast, parts: Sequence[Node]) -> Node:
        """The count of the parts that apply, or an open member where that decides nothing."""
        kept = tuple(
            evolve(old, node=part)
            for old, part in zip(node.parts, parts, strict=True)
            if isinstance(part, AtLeast)
            or part.member in self.gaps
            or self.ends[part.member].applies
        )
        of = sum(part.weight for part in kept)
        if not gap_of(node, of, whole_need(node, of)):
            return evolve(node, parts=kept)
        self.gaps.append(f"gap {len(self.gaps)}")
        return Reaches(self.gaps[-1], 1)


def deciding(node: Node, ends: Mapping[str, Ends]) -> frozenset[str] | None:
    """The open members of which at least one completion decides; None if the cases are too many."""
    gaps: list[str] = []
    applying = fold(node, Applying(ends, gaps))
    every = {**ends, **dict.fromkeys(gaps, UNDECIDED)}
    open_ones = [name for name in _members(applying) if not every[name].decided]
    cases = prod(_size(every[name]) for name in open_ones)
    if cases > MOST_CASES:
        return None
    digits = _digits(open_ones, every, cases)
    column = fold(applying, Columns(every, digits, (1 << cases) - 1))
    return frozenset(name for name in digits if name in ends and digits[name].decides(column))


def _digits(names: Iterable[str], ends: Mapping[str, Ends], cases: int) -> dict[str, Digit]:
    digits = {}
    stride = 1
    for name in names:
        digits[name] = Digit(ends[name].worst, _size(ends[name]), stride, cases)
        stride *= _size(ends[name])
    return digits


def _size(ends: Ends) -> int:
    return ends.best - ends.worst + 1


def _members(node: Node) -> list[str]:
    """The members that a node asks for, each once, in the order of the rule."""
    if isinstance(node, Reaches):
        return [node.member]
    return list(dict.fromkeys(name for part in node.parts for name in _members(part.node)))


def _enough(need: int, weights: Sequence[int], columns: Sequence[int], true: int) -> int:
    """The cases in which the weights of the true columns sum to the need or more."""
    planes: list[int] = []
    for weight, column in zip(weights, columns, strict=True):
        for shift in range(weight.bit_length()):
            if weight >> shift & 1:
                _add(planes, column, shift)
    return _not_below(planes, need, true)


def _add(planes: list[int], column: int, place: int) -> None:
    """Add one bit in every case, at a binary place, to sums held as planes of bits."""
    while column:
        planes.extend([0] * (place + 1 - len(planes)))
        planes[place], column = planes[place] ^ column, planes[place] & column
        place += 1


def _not_below(planes: Sequence[int], need: int, true: int) -> int:
    """The cases in which the sum held as planes is the need or more."""
    equal, above = true, 0
    for place in reversed(range(max(len(planes), need.bit_length()))):
        plane = planes[place] if place < len(planes) else 0
        if need >> place & 1:
            equal &= plane
        else:
            above |= equal & plane
            equal &= ~plane
    return above | equal
