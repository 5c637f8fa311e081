"""Pseudo-Boolean formulas: a rule as sums of weights over members as variables, and no more.

It is what a rule comes to once it is known which members apply and which of them can vary: shares
are whole weights, members that are fixed or do not apply are gone, and counts that cannot be made
are true or false.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from goalrules.core.evaluate import undefined_reason, whole_need
from goalrules.core.nodes import AtLeast, Meaning, Node, Reaches, fold
from goalrules.core.scales import Ends
from goalrules.lazily import frozen
from goalrules.limits import step


@frozen(slots=False)
class Variable:
    """A member as a variable: a state for each place from the first to the last, worst first.

    One that is open `at` a place has two states of that place, the lower of which is that its
    level is not decided.
    """

    member: str
    last: int
    first: int = 0
    at: int | None = None

    @property
    def size(self) -> int:
        """The number of its states."""
        return self.last - self.first + 1 + (self.at is not None)

    def place(self, state: int) -> int:
        """The place that the member is at in a state, at worst."""
        place = self.first + state
        return place if self.at is None or place <= self.at else place - 1

    def state(self, place: int) -> int:
        """The first state in which the member is surely at a place, which is not above the last."""
        state = max(place - self.first, 0)
        return state if self.at is None or place <= self.at else state + 1


@frozen(slots=False)
class Leaf:
    """True if a variable is at a state or a better one."""

    member: str
    state: int


@frozen(cache_hash=True)
class Sum:
    """True if the weights of the true parts, none of them nought, come to the need or more."""

    need: int
    parts: tuple[tuple[int, "PseudoBoolean"], ...]


PseudoBoolean = bool | Leaf | Sum


@frozen(slots=False)
class ToPseudoBoolean:
    """The meaning of the core as formulas, for members that vary and members that do not.

    A fixed member is at the worst of its ends. A count that has no meaning with the members that
    are left is true or false, as `undefined` says. A member that does not apply comes to None.
    """

    variables: Mapping[str, Variable]
    ends: Mapping[str, Ends]
    undefined: bool

    def reaches(self, node: Reaches) -> PseudoBoolean | None:
        """The member at the level, as a state of its variable."""
        step()
        variable = self.variables.get(node.member)
        if variable is None:
            ends = self.ends[node.member]
            return ends.worst >= node.level if ends.applies else None
        if node.level > variable.last:
            return False
        if node.level <= variable.first:
            return True
        return Leaf(node.member, variable.state(node.level))

    def at_least(self, node: AtLeast, parts: Sequence[PseudoBoolean | None]) -> PseudoBoolean:
        """A count of what applies."""
        weighed = [
            (part, found)
            for part, found in zip(node.parts, parts, strict=True)
            if found is not None
        ]
        need = whole_need(node, sum(part.adds for part, _ in weighed))
        if undefined_reason(node, len(weighed), sum(part.weight for part, _ in weighed), need):
            return self.undefined
        if not weighed and node.if_empty is not None:
            return node.if_empty
        return summed(need, [(part.weight, found) for part, found in weighed])


def summed(need: int, parts: Iterable[tuple[int, PseudoBoolean]]) -> PseudoBoolean:
    """A sum without the parts that are decided; a part that decides it alone stands for it.

    Only what is true in any case can have a negative weight, so none that is left has.
    """
    left = Counter[PseudoBoolean]()
    for weight, part in parts:
        left[part] += weight
    need -= left.pop(True, 0)
    left.pop(False, 0)
    kept = {part: weight for part, weight in left.items() if weight}
    if need <= 0:
        return True
    if need > sum(kept.values()):
        return False
    if need > sum(kept.values()) - min(kept.values()):
        return _conjunction(kept)
    if need <= min(kept.values()):
        return Sum(1, tuple((1, part) for part in kept))
    return Sum(need, tuple((weight, part) for part, weight in kept.items()))


def _conjunction(parts: Iterable[PseudoBoolean]) -> PseudoBoolean:
    """A sum that needs all of its parts, and takes those of such parts as its own."""
    own: dict[PseudoBoolean, None] = {}
    for part in parts:
        if isinstance(part, Sum) and part.need == sum(weight for weight, _ in part.parts):
            own |= dict.fromkeys(each for _, each in part.parts)
        else:
            own[part] = None
    return next(iter(own)) if len(own) == 1 else Sum(len(own), tuple((1, part) for part in own))


def pseudo_boolean(
    node: Node, variables: Iterable[Variable], ends: Mapping[str, Ends], *, undefined: bool = False
) -> PseudoBoolean:
    """The formula of a node, with some members as variables and the others at their worst."""
    by_name = {each.member: each for each in variables}
    meaning: Meaning[PseudoBoolean | None] = ToPseudoBoolean(by_name, ends, undefined)
    return fold(node, meaning) or False


def sums_of(formula: PseudoBoolean) -> Iterator[Sum]:
    """The sums in a formula, from the top, each once however often it stands there."""
    found: dict[Sum, None] = {}
    left = [formula]
    while left:
        each = left.pop()
        if isinstance(each, Sum) and each not in found:
            found[each] = None
            left += [part for _, part in reversed(each.parts)]
    yield from found


def occurrences(
    formulas: Iterable[PseudoBoolean],
) -> dict[str, list[tuple[PseudoBoolean, int, int]]]:
    """Where each variable stands: in which sums, or alone, with which weights and states."""
    found: dict[str, list[tuple[PseudoBoolean, int, int]]] = {}
    for formula in dict.fromkeys(formulas):
        if isinstance(formula, Leaf):
            found.setdefault(formula.member, []).append((formula, 1, formula.state))
    for each in dict.fromkeys(each for formula in formulas for each in sums_of(formula)):
        for weight, part in each.parts:
            if isinstance(part, Leaf):
                found.setdefault(part.member, []).append((each, weight, part.state))
    return found
