"""What exact questions about a judged goal are asked of: its rule and where its members stand."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from goalrules.analyse.ground import Ground
from goalrules.assess.goal_rule import GoalRule
from goalrules.core.nodes import AtLeast, Node, Reaches
from goalrules.core.trace import Member
from goalrules.language.lower import UNSAID, lower_condition


@frozen
class Standing:
    """The rule of a goal, and its members as the policies of the file have them.

    The members are by the keys that the rule has for them; `UNSAID` is one of them.
    """

    rule: GoalRule
    members: Mapping[str, Member]

    @property
    def ground(self) -> Ground:
        """What a question is asked of."""
        quorums = tuple(lower_condition(each.count, self.rule.names) for each in self.rule.requires)
        asked = dict.fromkeys(self._asked(quorums))
        return Ground(
            judged=self.rule.judged,
            ends={key: self.members[key].ends for key in asked},
            tops={key: len(self.members[key].levels) - 1 for key in asked if key != UNSAID},
            unsaid=(UNSAID,),
            quorums=quorums,
        )

    def _asked(self, quorums: tuple[AtLeast, ...]) -> Iterator[str]:
        """The members that the rule asks for, in its order."""
        judged = self.rule.judged
        for node in (*judged.reach[:1], *(each.node for each in judged.caps), *quorums):
            yield from _members(node)


def _members(node: Node) -> Iterator[str]:
    if isinstance(node, Reaches):
        yield node.member
    else:
        for part in node.parts:
            yield from _members(part.node)
