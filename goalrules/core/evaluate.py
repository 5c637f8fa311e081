"""The meaning of a rule for one case: a trace of what holds at worst and at best.

The language is monotone, so the worst and the best case of every member give the worst and
the best case of the rule exactly.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

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
        weighed = [
            (part.weight, result)
            for part, result in zip(node.parts, parts, strict=True)
            if isinstance(result, Step) or result.member.applies
        ]
        of = sum(weight for weight, _ in weighed)
        got = (
            sum(weight for weight, result in weighed if result.low),
            sum(weight for weight, result in weighed if result.high),
        )
        need = whole_need(node, of)
        gap = gap_of(node, of, need)
        return Step(
            kind=node.role,
            low=not gap and got[0] >= need,
            high=bool(gap) or got[1] >= need,
            need=need,
            exact=str(node.need + node.share * of),
            got=got,
            of=of,
            children=tuple(part for part in parts if part.kind != "level"),
            gap=gap,
            form=node.form,
            span=node.span,
        )


def whole_need(node: AtLeast, of: int) -> int:
    """The smallest whole weight that is enough, of the weight of the parts that apply."""
    exact = node.need + node.share * of
    return _floor(exact) + 1 if node.strict else -_floor(-exact)


def _floor(number: Fraction) -> int:
    return number.numerator // number.denominator


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
    steps = tuple(fold(node, tracing) for node in judged.reach)
    traces = tuple(step for step in steps if isinstance(step, Step))
    worst = judged.floor + sum(step.low for step in traces)
    best = judged.floor + sum(step.high for step in traces)
    return Judgement(Ends(worst, best), traces)
