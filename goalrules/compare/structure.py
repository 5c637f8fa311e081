"""The structure of a rule as a value: the same for two that differ only in order and names."""

from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import frozen

from goalrules.core.level_rule import LevelRule
from goalrules.core.nodes import AtLeast, Meaning, Reaches, fold


@frozen
class _Structure:
    """The meaning of the core as a value that counts what a node asks for, in any order.

    `keys` has another name for some members.
    """

    keys: Mapping[str, str]

    def reaches(self, node: Reaches) -> object:
        """A member at a level."""
        return self.keys.get(node.member, node.member), node.level

    def at_least(self, node: AtLeast, parts: Sequence[object]) -> object:
        """A count; one of a single part that is enough is that part."""
        if len(parts) == 1 and node.need + node.share == 1:
            return parts[0]
        weighed = zip(node.parts, parts, strict=True)
        counted = Counter((part.weight, part.adds, found) for part, found in weighed)
        own = (
            node.need,
            node.share,
            node.strict,
            node.if_empty,
            node.min_applying,
            node.undefined_if,
        )
        return own, frozenset(counted.items())


def structure(level_rule: LevelRule, keys: Mapping[str, str]) -> object:
    """What gives a level, as a value."""
    meaning: Meaning[object] = _Structure(keys)
    reach = tuple(fold(node, meaning) for node in level_rule.reach)
    caps = frozenset((cap.level, fold(cap.node, meaning)) for cap in level_rule.caps)
    return level_rule.scale, level_rule.met, level_rule.floor, reach, caps
