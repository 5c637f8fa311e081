"""The meaning of a rule for one case: a trace of what holds at worst and at best.

The language is monotone, so the worst and the best case of every member give the worst and
the best case of the rule exactly.
"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from goalrules.core.judged import Judged
from goalrules.core.nodes import AtLeast, Meaning, Reaches, fold
from goalrules.core.scales import Ends
from goalrules.core.trace import Member, Reach, Step


@frozen
class Judgement:
    """What a rule came to: the ends of the level, and the trace of each level, worst first."""

    ends: Ends
    steps: tuple[Step, ...]


@frozen
class Tracing:
    """The meaning of the core for members as they were judged."""

    members: Mapping[str, Member]

    def reaches(self, node: Reaches) -> Reach:
        """Whether the member is at the level, at worst and at best."""
        member = self.members[node.member]
        ends = member.ends
        level = member.levels[node.level]
        return Reach(level, ends.worst >= node.level, ends.best >= node.level, member, node.span)

    def at_least(self, node: AtLeast, parts: Sequence[Step | Reach]) -> Step:
        """How much of what applies is true, at worst and at best, against what is needed."""
        of = low = high = 0
        for part, result in zip(node.parts, parts, strict=True):
            weight = part.weight if isinstance(result, Step) or result.member.applies else 0
            of += weight
            low += weight * result.low
            high += weight * result.high
        need = whole_need(node, of)
        gap = gap_of(node, of, need)
        return Step(
            kind=node.role,
            low=not gap and low >= need,
            high=bool(gap) or high >= need,
            need=need,
            got=(low, high),
            of=of,
            children=tuple(parts),
            gap=gap,
            form=node.form,
            span=node.span,
        )


def whole_need(node: AtLeast, of: int) -> int:
    """The smallest whole weight that is enough, of the weight of the parts that apply."""
    share = node.share
    scaled = node.need * share.denominator + share.numerator * of
    return scaled // share.denominator + 1 if node.strict else -(-scaled // share.denominator)


def gap_of(node: AtLeast, of: int, need: int) -> str:
    """Why the count cannot be made with the parts that are left, if it cannot."""
    if not node.parts:
        return "unreported"
    if of == 0:
        return "" if node.strict else "empty"
    return "too few" if need > of else ""


def judge(judged: Judged, members: Mapping[str, Member]) -> Judgement:
    """The level that the rule gives, at worst and at best, with the trace of every level."""
    tracing: Meaning[Step | Reach] = Tracing(members)
    lowest = [fold(node, tracing) for node in judged.reach[:1]]
    steps = tuple(level for step in lowest if isinstance(step, Step) for level in _levels(step))
    worst = judged.floor + sum(step.low for step in steps)
    best = judged.floor + sum(step.high for step in steps)
    return Judgement(Ends(worst, best), steps)


def _levels(step: Step) -> Iterator[Step]:
    """The step of each level, worst first; each holds that of the next level as its last child."""
    *own, last = step.children
    if isinstance(last, Step) and last.kind == step.kind:
        yield evolve(step, children=tuple(own))
        yield from _levels(last)
    else:
        yield step
