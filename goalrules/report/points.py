"""Points in words: their sum, mean or share, what is asked of it, and those of each member."""

from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from typing import cast

from attrs import frozen

from goalrules.core.trace import Member, Step
from goalrules.language import syntax as sx
from goalrules.report.shape import members_of, reaches
from goalrules.report.wording import Wording

DIGITS = Context(prec=60)
"""Digits enough for every number that a rule file can hold, and a product of two."""


@frozen
class Ends:
    """A number at its lowest and at its highest."""

    low: Fraction
    high: Fraction


@frozen
class Points:
    """The points that a step found, in the words of one language."""

    step: Step
    words: Wording

    @property
    def form(self) -> sx.Score:
        """The form of rule that the step comes from."""
        return cast(sx.Score, self.step.form)

    @property
    def rises(self) -> bool:
        """Whether better levels are worth more."""
        return self.step.per > 0

    def text(self, *, bad: bool = False) -> str:
        """The points and what is asked of them; that is left out where a limit has said it."""
        if self.step.kind == "lowest":
            return self._lowest()
        found, say = self._found(), self.words.say
        if bad:
            return found
        bound = self.words.format.bound(self.form.bound)
        percent = say("points", "percent", bound=bound)
        asked = percent if self.form.total == "share" else bound
        key = "least" if self.form.bound.side in ("at least", "over") else "most"
        return say("points", key, found=found, bound=asked)

    def got(self) -> str:
        """The points in figures, of how many, or how many percent of the most."""
        say, share = self.words.say, self.form.total == "share"
        if self.form.total == "mean":
            return self._number(self._unit)
        if not self.rises:
            return self._number(Fraction(self.step.per))
        most = decimal_text(Fraction(self._most, self.step.per), self.words)
        key = "share-of" if share else "of"
        percent = self._number(Fraction(self.step.of, 100)) if share else ""
        got = self._number(Fraction(self.step.per))
        return say("points", key, got=got, most=most, percent=percent)

    def of(self, member: Member) -> str:
        """The points of one member in words."""
        worth = self._worth()[member.name]
        number = _between(worth, self.words)
        key = "one" if worth == Ends(Fraction(1), Fraction(1)) else "some"
        return self.words.say("points", key, number=number)

    def members(self) -> list[Member]:
        """The members whose points are taken."""
        return members_of([self.step])

    def _found(self) -> str:
        key = "is" if self.step.got[0] == self.step.got[1] else "may"
        scope = self.words.format.scope(self.form.scope)
        total = self.words.say("points", self.form.total, scope=scope).rstrip()
        return self.words.say("points", key, total=total, got=self.got())

    @property
    def _unit(self) -> Fraction:
        """How much of the step's weight makes one of the mean."""
        return Fraction(self.step.of if self.rises else -self.step.of)

    @property
    def _most(self) -> int:
        """The weight that the step has where every member is at its best."""
        pairs = zip(reaches(self.step), self.step.weights, strict=True)
        return sum(weight for child, weight in pairs if child.member.applies)

    def _number(self, unit: Fraction) -> str:
        return _between(_ends(self.step.got, unit), self.words)

    def _worth(self) -> Mapping[str, Ends]:
        """The points of each member."""
        low: dict[str, int] = {}
        high: dict[str, int] = {}
        for child, weight in zip(reaches(self.step), self.step.weights, strict=True):
            name = child.member.name
            low[name] = low.get(name, 0) + weight * child.low
            high[name] = high.get(name, 0) + weight * child.high
        return {name: _ends((low[name], high[name]), Fraction(self.step.per)) for name in low}

    def _lowest(self) -> str:
        """Which members are the lowest, and whether their points are enough."""
        step, say = self.step, self.words.say
        key = "lowest-enough" if step.low else "lowest-short"
        known = [each for each in self.members() if each.applies]
        lowest = int(self.form.lowest or 0)
        named = ""
        if all(each.decided for each in known):
            ranked = sorted(known, key=lambda each: each.ends.worst)[:lowest]
            named = self.words.texts.listed(map(self._with_level, ranked))
            key += "-named"
        bound = self.words.format.bound(self.form.bound)
        return say("points", key, count=lowest, members=named, bound=bound)

    def _with_level(self, member: Member) -> str:
        return f"{self.words.member(member)} ({self.words.levels(member)})"


def _ends(got: tuple[int, int], unit: Fraction) -> Ends:
    low, high = sorted(Fraction(each) / unit for each in got)
    return Ends(low, high)


def _between(ends: Ends, words: Wording) -> str:
    low, high = (decimal_text(each, words) for each in (ends.low, ends.high))
    return low if low == high else f"{low}–{high}"


def decimal_text(number: Fraction, words: Wording) -> str:
    """A number as the decimal that it is; else rounded to two decimals, with the fraction."""
    quotient = DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
    if Fraction(quotient) == number:
        return words.number(quotient)
    rounded = words.number(quotient.quantize(Decimal("0.01"), context=DIGITS))
    return f"{rounded} ({number.numerator}/{number.denominator})"
