"""Points and weight in words: how much there is, what is asked for, and what each member has."""

from decimal import Context, Decimal
from fractions import Fraction
from typing import cast

from goalrules.core.nodes import Worth
from goalrules.core.trace import Member, Step
from goalrules.core.vocabulary import GOAL_KINDS
from goalrules.language import syntax as sx
from goalrules.lazily import frozen
from goalrules.report.shape import counts_bad, form_of_count, members_of, reaches, steps_of
from goalrules.report.wording import Wording

DIGITS = Context(prec=60)
"""Digits enough for every number that a rule file can hold, and a product of two."""


def decimal_text(number: Fraction, words: Wording) -> str:
    """A number as the decimal that it is; else rounded to two decimals, with the fraction."""
    quotient = DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
    if Fraction(quotient) == number:
        return words.number(quotient)
    rounded = words.number(quotient.quantize(Decimal("0.01"), context=DIGITS))
    return f"{rounded} ({number.numerator}/{number.denominator})"


# Points


@frozen
class PointsRange:
    """A number where every member is at its worst, and where every one is at its best."""

    worst: Fraction
    best: Fraction

    def text(self, words: Wording) -> str:
        """The number in figures, or the two between which it lies."""
        low, high = (decimal_text(each, words) for each in sorted((self.worst, self.best)))
        return low if low == high else f"{low}–{high}"


@frozen
class Points:
    """The points that a step counts: those of each member, and their sum or mean."""

    step: Step

    @property
    def form(self) -> sx.Score:
        """The form of rule that the step comes from."""
        return cast(sx.Score, self.step.form)

    @property
    def members(self) -> list[Member]:
        """The members whose points are taken."""
        return members_of([self.step])

    @property
    def worths(self) -> tuple[Worth, ...]:
        """What each level of each member is worth."""
        return next((each.worth for each in steps_of([self.step]) if each.worth), ())

    @property
    def total(self) -> PointsRange:
        """The sum, or the mean, of the points of the members that apply."""
        ends = [(self.of(each), each) for each in self.members if each.applies]
        worst = self._together([(end.worst, each) for end, each in ends])
        best = self._together([(end.best, each) for end, each in ends])
        return PointsRange(worst, best)

    @property
    def most(self) -> Fraction:
        """The points that there are where every member has the most that it can."""
        members = [(each, self.worth(each)) for each in self.members if each.applies]
        return self._together([(Fraction(max(w.points) * w.weight), each) for each, w in members])

    def of(self, member: Member) -> PointsRange:
        """The points of a member, times its weight."""
        own, levels = self.worth(member), member.levels
        worst, best = (
            Fraction(own.points[levels.index(level)] * own.weight)
            for level in (member.worst, member.best)
        )
        return PointsRange(worst, best)

    def worth(self, member: Member) -> Worth:
        """What each level of a member is worth."""
        key = f"goal {member.name}" if member.kind in GOAL_KINDS else member.name
        keyed = {each.member: each for each in self.worths}
        return keyed.get(key) or keyed[f"goal {member.name}"]

    def _together(self, points: list[tuple[Fraction, Member]]) -> Fraction:
        """The sum, or the mean, of the points that are taken."""
        taken = sorted(points, key=lambda each: each[0])
        taken = taken[: int(self.form.lowest)] if self.form.lowest else taken
        whole = sum((number for number, _ in taken), Fraction(0))
        if self.form.total != "mean":
            return whole
        return whole / sum(Fraction(self.worth(member).weight) for _, member in taken)


def points_asked(step: Step, words: Wording, *, bad: bool = False, several: bool = False) -> str:
    """The points and what is asked of them; that is left out where a limit has said it (`bad`).

    In brackets, where it is one of `several` reasons.
    """
    points, say = Points(step), words.say
    form, total = points.form, points.total
    if form.lowest is None:
        scope = words.format.scope(form.scope)
    else:
        count = words.count(int(form.lowest))
        scope = say("points", "lowest-one" if form.lowest == 1 else "lowest", count=count)
    named = _lowest_members(points, words) if form.lowest else ""
    key = "is-named" if named else "is" if total.worst == total.best else "may"
    subject = say("points", form.total, scope=scope).rstrip()
    found = say("points", key, total=subject, got=points_got(step, words), members=named)
    if bad:
        return found
    bound = words.format.bound(form.bound)
    if form.total == "share":
        exact = step.exact / abs(step.per)
        bound = say("points", "percent", bound=bound, exact=decimal_text(exact, words))
    if form.bound.side in ("at least", "over"):
        return say("points", "least-aside" if several else "least", found=found, bound=bound)
    return say("points", "most-aside" if several else "most", found=found, bound=bound)


def _lowest_members(points: Points, words: Wording) -> str:
    """The members that are the lowest, where that is known."""
    known = [each for each in points.members if each.applies]
    if not all(each.decided for each in known):
        return ""
    ranked = sorted(known, key=lambda each: each.ends.worst)[: int(points.form.lowest or 0)]
    return words.listed(f"{words.member(each)} ({words.levels(each)})" for each in ranked)


def points_got(step: Step, words: Wording) -> str:
    """The points in figures, and of how many where the sum can be so many."""
    points = Points(step)
    total = points.total.text(words)
    falling = any(each.points[0] > each.points[-1] for each in points.worths)
    if points.form.total == "mean" or falling:
        return total
    return words.say("points", "of", got=total, most=decimal_text(points.most, words))


def points_of(member: Member, step: Step, words: Wording) -> str:
    """The points of one member in words, and its weight where that is not one."""
    points = Points(step)
    weight, got = points.worth(member).weight, points.of(member)
    key = "one" if got == PointsRange(Fraction(1), Fraction(1)) else "some"
    said = words.say("points", key, number=got.text(words))
    if weight == 1:
        return said
    return words.say("points", "weighed", points=said, weight=words.number(weight))


# Weight


def is_weighed(step: Step) -> bool:
    """Whether a step counts weight."""
    return step.kind == "count" and form_of_count(step).weighed


def weight_reason(step: Step, level: str, words: Wording, *, bad: bool) -> str:
    """How much those at a level weigh, and how much is asked for."""
    fields = {"level": level, "got": weight_got(step, words, bad=bad), "of": weight_of(step, words)}
    if counts_bad(step, bad=bad):
        need = _weight(step, step.of - step.need, words)
        return words.say("reason", "weighs-bad", need=need, **fields)
    return words.say("reason", "weighs", need=_weight_needed(step, words), **fields)


def weight_sentence(step: Step, level: str, words: Wording) -> str:
    """How the weight that is asked for was worked out, and how much there is."""
    quantity = form_of_count(step).quantity
    fields = {"of": weight_of(step, words), "got": weight_got(step, words), "level": level}
    exact = _weight(step, step.exact, words)
    match quantity.kind:
        case "percent":
            percent = words.number(quantity.number)
            return words.say("sentence", "weight-percent", exact=exact, percent=percent, **fields)
        case "half" | "majority":
            return words.say("sentence", "weight-half", exact=exact, **fields)
        case _:
            return words.say("sentence", "weight", **fields)


def _weight_needed(step: Step, words: Wording) -> str:
    """The weight that is asked for, before it is rounded up to that of some members."""
    is_share = form_of_count(step).quantity.kind in ("percent", "half")
    return _weight(step, step.exact if is_share else step.need, words)


def weight_got(step: Step, words: Wording, *, bad: bool = False) -> str:
    """The weight of those at the level, at least and at most."""
    low, high = step.got
    if counts_bad(step, bad=bad):
        low, high = step.of - high, step.of - low
    return "–".join(_weight(step, each, words) for each in dict.fromkeys((low, high)))


def weight_of(step: Step, words: Wording) -> str:
    """The weight of all that apply."""
    return _weight(step, step.of, words)


def weight_of_member(member: Member, step: Step, words: Wording) -> str:
    """The weight of one member."""
    weights = step.weights or (1,) * len(step.children)
    pairs = zip(reaches(step), weights, strict=True)
    return _weight(step, next(weight for child, weight in pairs if child.member == member), words)


def _weight(step: Step, weight: int | Fraction, words: Wording) -> str:
    return decimal_text(Fraction(weight) / step.per, words)
