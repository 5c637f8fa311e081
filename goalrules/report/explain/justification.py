"""What follows from the smallest sufficient reason of a verdict, and from that alone."""

from attrs import frozen

from goalrules.assess.result import JustifyingMember
from goalrules.core.trace import LevelTest, Step


@frozen
class JustificationRenderer:
    """The reason of a verdict; whatever it does not name could be otherwise."""

    why: tuple[JustifyingMember, ...] = ()

    def holds(self, node: Step | LevelTest) -> bool:
        """Whether a step surely holds for this reason."""
        if isinstance(node, Step):
            return node.low and self._weight(node, holding=True) >= node.need
        if node.level == node.member.levels[0]:
            return True
        return self._place(node, "at least") >= _place(node)

    def fails(self, node: Step | LevelTest) -> bool:
        """Whether a step surely does not hold for this reason."""
        if isinstance(node, Step):
            return not node.high and self._weight(node, holding=False) < node.need
        return 0 <= self._place(node, "at most") < _place(node)

    def _weight(self, step: Step, *, holding: bool) -> int:
        """What the parts weigh that surely hold, or that may hold."""
        weights = step.weights or (1,) * len(step.children)
        return sum(
            weight
            for weight, child in zip(weights, step.children, strict=True)
            if _applies(child) and (self.holds(child) if holding else not self.fails(child))
        )

    def _place(self, node: LevelTest, side: str) -> int:
        """The place that the reason has for a member on one side; below all, where none."""
        of_member = (node.member.name, node.member.kind, side)
        bounds = [each for each in self.why if _said(each) == of_member]
        return node.member.levels.index(bounds[0].level) if bounds else -1


def _said(each: JustifyingMember) -> tuple[str, str, str]:
    return each.member, each.kind, each.side


def _place(node: LevelTest) -> int:
    """The place that a step asks for; one above the top where no level is so high."""
    levels = node.member.levels
    return levels.index(node.level) if node.level else len(levels)


def _applies(node: Step | LevelTest) -> bool:
    return isinstance(node, Step) or node.member.applies
