"""Counts of weight in words: how much those at a level weigh, and how much they have to."""

from fractions import Fraction

from attrs import frozen

from goalrules.core.trace import Member, Step
from goalrules.report.explain.points import decimal_text
from goalrules.report.shape import counts_bad, form_of_count, reaches
from goalrules.report.wording import Wording


@frozen
class WeightRenderer:
    """The weight that a count found, in the words of one language."""

    step: Step
    words: Wording
    bad: bool = False

    def reason(self, level: str) -> str:
        """How much those at a level weigh, and how much is asked for."""
        bad = counts_bad(self.step, bad=self.bad)
        need = self._one(self.step.of - self.step.need) if bad else self._need()
        key = "weighs-bad" if bad else "weighs"
        return self.words.say("reason", key, level=level, got=self.got(), of=self.of(), need=need)

    def sentence(self, level: str) -> str:
        """How the weight that is asked for was worked out, and how much there is."""
        quantity = form_of_count(self.step).quantity
        fields = {"of": self.of(), "got": self.got(), "level": level}
        if quantity.kind == "percent":
            percent, exact = self.words.number(quantity.number), self._exact()
            return self.words.say(
                "sentence", "weight-percent", exact=exact, percent=percent, **fields
            )
        if quantity.kind in ("half", "majority"):
            return self.words.say("sentence", "weight-half", exact=self._exact(), **fields)
        return self.words.say("sentence", "weight", **fields)

    def _need(self) -> str:
        """The weight that is asked for, before it is rounded up to that of some members."""
        is_share = form_of_count(self.step).quantity.kind in ("percent", "half")
        return self._exact() if is_share else self._one(self.step.need)

    def _exact(self) -> str:
        return decimal_text(self.step.exact / self.step.per, self.words)

    def got(self) -> str:
        """The weight of those at the level, at least and at most."""
        low, high = self.step.got
        if counts_bad(self.step, bad=self.bad):
            low, high = self.step.of - high, self.step.of - low
        return self._one(low) if low == high else f"{self._one(low)}–{self._one(high)}"

    def of(self) -> str:
        """The weight of all that apply."""
        return self._one(self.step.of)

    def of_member(self, member: Member) -> str:
        """The weight of one member."""
        weights = self.step.weights or (1,) * len(self.step.children)
        pairs = zip(reaches(self.step), weights, strict=True)
        weight = next(weight for child, weight in pairs if child.member == member)
        return self._one(weight)

    def _one(self, weight: int) -> str:
        return decimal_text(Fraction(weight, self.step.per), self.words)


def is_weighed(step: Step) -> bool:
    """Whether a step counts weight."""
    return step.kind == "count" and form_of_count(step).weighed
