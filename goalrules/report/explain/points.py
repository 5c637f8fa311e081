"""Points in words: their sum, mean or share, what is asked of it, and those of each member."""

from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from typing import cast

from attrs import frozen

from goalrules.core.nodes import Worth
from goalrules.core.trace import Member, Step
from goalrules.language import syntax as sx
from goalrules.report.shape import GOALS, all_steps, members_of
from goalrules.report.wording import Wording

DIGITS = Context(prec=60)
"""Digits enough for every number that a rule file can hold, and a product of two."""


@frozen
class PointsRange:
    """A number where every member is at its worst, and where every one is at its best."""

    worst: Fraction
    best: Fraction

    @property
    def known(self) -> bool:
        """Whether it is one number."""
        return self.worst == self.best

    def text(self, words: Wording) -> str:
        """The number in figures, or the two between which it lies."""
        low, high = (decimal_text(each, words) for each in sorted((self.worst, self.best)))
        return low if low == high else f"{low}–{high}"


@frozen
class PointsRenderer:
    """The points that a step found, in the words of one language."""

    step: Step
    words: Wording

    @property
    def form(self) -> sx.Score:
        """The form of rule that the step comes from."""
        return cast(sx.Score, self.step.form)

    def text(self, *, bad: bool = False, several: bool = False) -> str:
        """The points and what is asked of them; that is left out where a limit has said it.

        In brackets, where it is one of `several` reasons.
        """
        found, say = self._found(), self.words.say
        if bad:
            return found
        bound = self.words.format.bound(self.form.bound)
        if self.form.total == "share":
            exact = self.step.exact / abs(self.step.per)
            bound = say("points", "percent", bound=bound, exact=decimal_text(exact, self.words))
        key = "least" if self.form.bound.side in ("at least", "over") else "most"
        return say("points", f"{key}-aside" if several else key, found=found, bound=bound)

    def got(self) -> str:
        """The points in figures, and of how many where the sum can be so many."""
        total = self._total().text(self.words)
        if self.form.total == "mean" or self._falls():
            return total
        most = decimal_text(self._most(), self.words)
        return self.words.say("points", "of", got=total, most=most)

    def of(self, member: Member) -> str:
        """The points of one member in words, and its weight where that is not one."""
        weight = self._worth(member).weight
        got = self._ends(member)
        key = "one" if got == PointsRange(Fraction(1), Fraction(1)) else "some"
        points = self.words.say("points", key, number=got.text(self.words))
        if weight == 1:
            return points
        return self.words.say("points", "weighed", points=points, weight=self.words.number(weight))

    def members(self) -> list[Member]:
        """The members whose points are taken."""
        return members_of([self.step])

    def _found(self) -> str:
        total, say = self._total(), self.words.say
        subject = say("points", self.form.total, scope=self._scope()).rstrip()
        named = self._named() if self.form.lowest else ""
        if named:
            return say("points", "is-named", total=subject, got=self.got(), members=named)
        return say("points", "is" if total.known else "may", total=subject, got=self.got())

    def _scope(self) -> str:
        if self.form.lowest is None:
            return self.words.format.scope(self.form.scope)
        key = "lowest-one" if self.form.lowest == 1 else "lowest"
        return self.words.say("points", key, count=self.words.count(int(self.form.lowest)))

    def _named(self) -> str:
        """The members that are the lowest, where that is known."""
        known = [each for each in self.members() if each.applies]
        if not all(each.decided for each in known):
            return ""
        ranked = sorted(known, key=lambda each: each.ends.worst)[: int(self.form.lowest or 0)]
        names = [f"{self.words.member(each)} ({self.words.levels(each)})" for each in ranked]
        return self.words.texts.listed(names)

    def _total(self) -> PointsRange:
        ends = [(self._ends(each), each) for each in self.members() if each.applies]
        worst = self._together([(end.worst, each) for end, each in ends])
        best = self._together([(end.best, each) for end, each in ends])
        return PointsRange(worst, best)

    def _together(self, points: list[tuple[Fraction, Member]]) -> Fraction:
        """The sum, or the mean, of the points that are taken."""
        taken = sorted(points, key=lambda each: each[0])
        taken = taken[: int(self.form.lowest)] if self.form.lowest else taken
        whole = sum((number for number, _ in taken), Fraction(0))
        if self.form.total != "mean":
            return whole
        return whole / sum(Fraction(self._worth(member).weight) for _, member in taken)

    def _most(self) -> Fraction:
        """The points that there are where every member has the most that it can."""
        members = [(each, self._worth(each)) for each in self.members() if each.applies]
        most = [(Fraction(max(own.points) * own.weight), each) for each, own in members]
        return self._together(most)

    def _falls(self) -> bool:
        """Whether better levels are worth less."""
        return any(own.points[0] > own.points[-1] for own in self._worths())

    def _ends(self, member: Member) -> PointsRange:
        """The points of a member, times its weight."""
        own = self._worth(member)
        place: Callable[[str], int] = member.levels.index
        worst, best = (
            Fraction(own.points[place(level)] * own.weight) for level in (member.worst, member.best)
        )
        return PointsRange(worst, best)

    def _worth(self, member: Member) -> Worth:
        key = f"goal {member.name}" if member.kind in GOALS else member.name
        keyed = {each.member: each for each in self._worths()}
        return keyed.get(key) or keyed[f"goal {member.name}"]

    def _worths(self) -> tuple[Worth, ...]:
        return next((each.worth for each in all_steps(self.step) if each.worth), ())


def decimal_text(number: Fraction, words: Wording) -> str:
    """A number as the decimal that it is; else rounded to two decimals, with the fraction."""
    quotient = DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
    if Fraction(quotient) == number:
        return words.number(quotient)
    rounded = words.number(quotient.quantize(Decimal("0.01"), context=DIGITS))
    return f"{rounded} ({number.numerator}/{number.denominator})"
