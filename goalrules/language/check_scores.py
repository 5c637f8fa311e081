"""What is wrong with a bound on points."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import comb

from goalrules.language import syntax as sx
from goalrules.language.bands import keeps_side
from goalrules.language.context import Context
from goalrules.language.lower_score import MOST_WAYS, Scored, scored
from goalrules.text.diagnostics import Diagnostic


def check_score(score: sx.Score, context: Context) -> Iterator[Diagnostic]:
    """The faults of a bound on the points of members that are known."""
    keys = context.names.counted(score.scope)
    if keys is None:
        yield context.at(score.span, "points-as-reported")
        return
    if not keys:
        yield context.at(score.span, "nothing-to-count")
        return
    without = [key for key in keys if context.names.worth(key) is None]
    if without:
        yield context.at(score.span, "no-points", text=without[0])
        return
    members = scored(score, context.names)
    yield from _check_order(score, members, context) or _check_amount(score, members, context)


def _check_order(score: sx.Score, members: Sequence[Scored], context: Context) -> list[Diagnostic]:
    """Points that neither rise nor fall with the levels, or are bounded from the wrong side."""
    for each in members:
        if not each.rises and not each.falls:
            return [context.at(score.span, "points-not-ordered", text=each.key)]
    asks_for_many = (score.bound.side in ("at least", "over")) != context.bad
    wanted = (
        all(each.rises for each in members)
        if asks_for_many
        else all(each.falls for each in members)
    )
    if not wanted:
        code = "points-fall" if asks_for_many else "points-rise"
        return [context.at(score.span, code)]
    return []


def _check_amount(
    score: sx.Score, members: Sequence[Scored], context: Context
) -> Iterator[Diagnostic]:
    number = Fraction(score.bound.number)
    if score.total == "share" and not 0 < number <= 100:  # noqa: PLR2004 - a percentage
        yield context.at(score.span, "no-percentage", number=str(score.bound.number))
    elif score.lowest is not None:
        yield from _check_lowest(score, members, context)
    elif score.total != "share":
        yield from _check_reachable(score, members, context)


def _check_reachable(
    score: sx.Score, members: Sequence[Scored], context: Context
) -> Iterator[Diagnostic]:
    """A bound that is always kept, or never."""
    least = sum((each.weight * min(each.points) for each in members), Fraction(0))
    most = sum((each.weight * max(each.points) for each in members), Fraction(0))
    whole = sum((each.weight for each in members), Fraction(0)) if score.total == "mean" else 1
    kept = [keeps_side(value / whole, score.bound) for value in (least, most)]
    yield from _check_kept(score, kept, context)


def _check_kept(score: sx.Score, kept: Sequence[bool], context: Context) -> Iterator[Diagnostic]:
    if all(kept):
        yield context.at(score.span, "points-always")
    if not any(kept):
        yield context.at(score.span, "points-never")


def _check_lowest(
    score: sx.Score, members: Sequence[Scored], context: Context
) -> Iterator[Diagnostic]:
    """The lowest are taken among members of equal worth, and not more of them than there are."""
    lowest, first = score.lowest or 0, members[0]
    if lowest != int(lowest) or not 0 < lowest <= len(members):
        yield context.at(score.span, "lowest-number", number=str(lowest), size=len(members))
    elif any((each.weight, each.points) != (first.weight, first.points) for each in members):
        yield context.at(score.span, "lowest-differ", text=_other(members))
    elif context.bad or first.weight != 1 or score.bound.side not in ("at least", "over"):
        yield context.at(score.span, "lowest-bounded")
    elif comb(int(lowest) + len(first.points) - 1, len(first.points) - 1) > MOST_WAYS:
        yield context.at(score.span, "lowest-too-many", most=MOST_WAYS)
    else:
        taken = int(lowest) if score.total == "sum" else 1
        ends = (first.points[0] * taken, first.points[-1] * taken)
        yield from _check_kept(score, [keeps_side(value, score.bound) for value in ends], context)


def _other(members: Sequence[Scored]) -> str:
    """The first member that is worth something else than the first of all."""
    first = members[0]
    others = (
        each for each in members if (each.weight, each.points) != (first.weight, first.points)
    )
    return next(others).key
