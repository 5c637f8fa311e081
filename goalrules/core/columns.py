"""The meaning of a rule for all cases at once: one bit for each, held in whole numbers.

The cases are every completion of the members whose level is open. So it can be said exactly
which of them can still decide.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from math import prod

from attrs import frozen

from goalrules.core.evaluate import gap_of, whole_need
from goalrules.core.nodes import AtLeast, Meaning, Node, Reaches, fold
from goalrules.core.scales import Ends, known

MOST_CASES = 1 << 18
"""The number of cases up to which they are all looked at."""


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
    """The meaning of the core in every case of some digits: a column of bits for each node.

    A member that does not apply has no column. A count that has no meaning with the members
    that are left is true or false in every case, as `gaps` says.
    """

    ends: Mapping[str, Ends]
    digits: Mapping[str, Digit]
    true: int
    gaps: bool

    def reaches(self, node: Reaches) -> int | None:
        """The cases in which the member is at the level."""
        ends = self.ends[node.member]
        if not ends.applies:
            return None
        digit = self.digits.get(node.member)
        if digit:
            return digit.at_least(node.level)
        return self.true if ends.worst >= node.level else 0

    def at_least(self, node: AtLeast, parts: Sequence[int | None]) -> int:
        """The cases in which enough of what applies is true."""
        weighed = [
            (part, column)
            for part, column in zip(node.parts, parts, strict=True)
            if column is not None
        ]
        need = whole_need(node, sum(part.adds for part, _ in weighed))
        most = sum(part.weight for part, _ in weighed)
        if gap_of(node, len(weighed), most, need):
            return self.true if self.gaps else 0
        if not weighed:
            return self.true if node.none else 0
        return self._enough(need, [(part.weight, column) for part, column in weighed])

    def _enough(self, need: int, weighed: Iterable[tuple[int, int]]) -> int:
        """The cases in which the weights of the true columns sum to the need or more.

        A negative weight of a column is a positive one of the other cases, and as much more need.
        """
        positive = [
            (weight, column) if weight >= 0 else (-weight, self.true ^ column)
            for weight, column in weighed
        ]
        need -= sum(weight for weight, _ in weighed if weight < 0)
        return self.true if need <= 0 else _enough(need, positive, self.true)


def deciding(
    node: Node, ends: Mapping[str, Ends], unsaid: Container[str] = ()
) -> frozenset[str] | None:
    """The open members of which some completion decides; None if the cases are too many.

    A member decides if two completions that differ in it alone differ in being true, false, or
    open because a count has no meaning, or because of what no data can fill (`unsaid`).
    """
    open_ones = [name for name in _members(node) if not ends[name].decided and name not in unsaid]
    cases = prod(_size(ends[name]) for name in open_ones)
    if cases > MOST_CASES:
        return None
    digits = _digits(open_ones, ends, cases)
    columns = [
        _column(node, _without(ends, unsaid, best=gaps), digits, (1 << cases) - 1, gaps=gaps)
        for gaps in (False, True)
    ]
    return frozenset(name for name, digit in digits.items() if any(map(digit.decides, columns)))


def _without(ends: Mapping[str, Ends], unsaid: Container[str], *, best: bool) -> Mapping[str, Ends]:
    """The members with those that no data can fill at one of their ends."""
    return {
        name: known(each.best if best else each.worst) if name in unsaid else each
        for name, each in ends.items()
    }


def _column(
    node: Node, ends: Mapping[str, Ends], digits: Mapping[str, Digit], true: int, *, gaps: bool
) -> int:
    meaning: Meaning[int | None] = Columns(ends, digits, true, gaps)
    return fold(node, meaning) or 0


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


def _enough(need: int, weighed: Iterable[tuple[int, int]], true: int) -> int:
    """The cases in which the weights of the true columns sum to the need or more."""
    planes: list[int] = []
    for weight, column in weighed:
        for place in range(weight.bit_length()):
            if weight >> place & 1:
                _add(planes, column, place)
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
