"""What a question is about: a rule, where its members stand, and what has to be assessed first."""

from collections.abc import Collection, Iterable, Mapping

from attrs import field, frozen

from goalrules.analyse.collecting import without
from goalrules.analyse.pseudo_boolean import (
    Leaf,
    PseudoBoolean,
    ToPseudoBoolean,
    Variable,
    pseudo_boolean,
    summed,
)
from goalrules.core.level_rule import LevelRule
from goalrules.core.nodes import AtLeast, Meaning, Reaches, fold
from goalrules.core.scales import Ends, known


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
