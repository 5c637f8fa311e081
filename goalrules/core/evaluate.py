"""The meaning of a rule for one case: a trace of what holds at worst and at best.

The language is monotone, so the worst and the best case of every member give the worst and
the best case of the rule exactly.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from goalrules.core.nodes import AtLeast, LevelRule, Meaning, Reaches, fold
from goalrules.core.scales import Ends
from goalrules.core.trace import LevelTest, Member, Step
from goalrules.core.vocabulary import UndefinedReason
from goalrules.lazily import frozen


@frozen(slots=False)
class Evaluation:
    """What a rule came to: the ends of the level, and the trace of each level, worst first.

    `caps` are the traces of the caps, each of which holds where the level is not capped.
    """

    ends: Ends
    steps: tuple[Step, ...]
    caps: tuple[Step, ...] = ()


@frozen(slots=False)
class Tracing:
    """The meaning of the core for members as they were judged."""

    members: Mapping[str, Member]

    def reaches(self, node: Reaches) -> LevelTest:
        """Whether the member is at the level, at worst and at best."""
        member = self.members[node.member]
        levels, place = member.levels, node.level
        low, high = levels.index(member.worst) >= place, levels.index(member.best) >= place
        level = levels[place] if place < len(levels) else ""
        return LevelTest(level, member, low, high, node.span)

    def at_least(
        self, node: AtLeast, parts: Sequence[Step | LevelTest], better: Sequence[Step] = ()
    ) -> Step:
        """How much of what applies is true, at worst and at best, against what is needed.

        What the next `better` level came to counts as the last part, and is not shown.
        """
        applying = of = most = low = high = 0
        for part, result in zip(node.parts, (*parts, *better), strict=True):
            if isinstance(result, Step) or result.member.applies:
                weight = part.weight
                applying += 1
                of += weight if part.size is None else part.size
                most += weight
                if result.high:
                    high += weight
                    if result.low:
                        low += weight
        need, exact = needs(node, of)
        undefined = undefined_reason(node, applying, most, need)
        decided = node.if_empty if not applying and not undefined else None
        return Step(  # by place: many are made
            node.role,
            need,
            (low, high),
            of,
            tuple(parts),
            not undefined and low >= need if decided is None else decided,
            bool(undefined) or high >= need if decided is None else decided,
            exact,
            undefined,
            node.form,
            node.span,
            node.per,
            node.weights,
            node.worth,
        )


MOST_SIZES = 64
"""The sizes of parts for which it is kept what is asked of them."""


def needs(node: AtLeast, of: int) -> tuple[int, Fraction]:
    """What is asked of parts that apply and add up to `of`: the smallest whole weight, and exact.

    Where the node is strict, the whole weight is more than what is exact.
    """
    found = node.needs.get(of)
    if found is None:
        parts = node.share.denominator
        exact = node.need * parts + node.share.numerator * of
        whole = exact // parts + 1 if node.strict else -(-exact // parts)
        found = whole, Fraction(exact, parts)
        if len(node.needs) >= MOST_SIZES:
            node.needs.clear()
        node.needs[of] = found
    return found


def whole_need(node: AtLeast, of: int) -> int:
    """The smallest whole weight that is enough; where the node is strict, more than is exact."""
    return needs(node, of)[0]


def undefined_reason(
    node: AtLeast, applying: int, most: int, need: int
) -> UndefinedReason | Literal[""]:
    """Why the count cannot be made with the parts that are left, if it cannot.

    `most` is what the weights of those that apply come to.
    """
    if not node.parts:
        return "unreported" if node.undefined_if else ""
    if not applying:
        return "empty" if node.if_empty is None else ""
    undefined = (node.undefined_if == "above" and need > most) or (
        node.undefined_if == "below" and need <= 0
    )
    return "too few" if undefined or applying < node.min_applying else ""


def evaluate(level_rule: LevelRule, members: Mapping[str, Member]) -> Evaluation:
    """The level that the rule gives, at worst and at best, with the trace of every level."""
    tracing = Tracing(members)
    meaning: Meaning[Step | LevelTest] = tracing
    best_first: list[Step] = []
    for node in reversed(level_rule.reach):
        better = best_first[-1:]
        own = node.parts[: len(node.parts) - len(better)]
        parts = [fold(each.node, meaning) for each in own]
        best_first.append(tracing.at_least(node, parts, better))
    caps = [(cap.level, fold(cap.node, meaning)) for cap in level_rule.caps]
    worst = level_rule.floor + sum(step.low for step in best_first)
    best = level_rule.floor + sum(step.high for step in best_first)
    ends = Ends(
        min([worst, *(level for level, step in caps if not step.low)]),
        min([best, *(level for level, step in caps if not step.high)]),
    )
    traced = tuple(step for _, step in caps if isinstance(step, Step))
    return Evaluation(ends, tuple(reversed(best_first)), traced)
