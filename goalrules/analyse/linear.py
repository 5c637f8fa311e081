"""Linear forms of some numbers, and whether these can hold several bounds at once: exactly.

The numbers are eliminated one by one, as Fourier (1826) and Motzkin (1936) did: every bound from
below on one is put together with every bound from above, and what is left says nothing of it.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from goalrules.analyse.diagram import Budget

Factors = tuple[Fraction, ...]
"""What each of some numbers is taken times."""

Linear = tuple[Fraction, ...]
"""A linear form: what each of some numbers is taken times, and last what is added."""


class Below(NamedTuple):
    """That numbers, each times its factor, come together to at most a bound, or to less."""

    factors: Factors
    bound: Fraction
    strictly: bool = False


def can_hold(bounds: Iterable[Below], budget: Budget) -> bool:
    """Whether there are numbers for which all the bounds hold."""
    left = _tightest(bounds)
    while left:
        factors = [each.factors for each in left]
        if not any(map(any, factors)):
            break
        index = min(
            (n for n, column in enumerate(zip(*factors, strict=True)) if any(column)),
            key=lambda n: _pairs([each[n] for each in factors]),
        )
        above, below = (
            [each for each in left if each.factors[index] * sign > 0] for sign in (1, -1)
        )
        budget.take(1 + len(above) * len(below))
        without = [each for each in left if not each.factors[index]]
        left = _tightest([*without, *(_joined(a, b, index) for a in above for b in below)])
    return all(each.bound > 0 or (each.bound == 0 and not each.strictly) for each in left)


def _pairs(column: Sequence[Fraction]) -> int:
    """How many bounds come of those on one number when it is eliminated."""
    return sum(each > 0 for each in column) * sum(each < 0 for each in column)


def _joined(above: Below, below: Below, index: int) -> Below:
    """What a bound from above and one from below say of the other numbers."""
    up, down = -below.factors[index], above.factors[index]
    factors = (a * up + b * down for a, b in zip(above.factors, below.factors, strict=True))
    bound = above.bound * up + below.bound * down
    return Below(tuple(factors), bound, above.strictly or below.strictly)


def _tightest(bounds: Iterable[Below]) -> list[Below]:
    """Of the bounds on the same sum the one that leaves least."""
    found: dict[Factors, Below] = {}
    for each in bounds:
        scale = next((abs(factor) for factor in each.factors if factor), Fraction(1))
        factors = tuple(factor / scale for factor in each.factors)
        own = Below(factors, each.bound / scale, each.strictly)
        known = found.get(factors, own)
        found[factors] = min(own, known, key=lambda one: (one.bound, not one.strictly))
    return list(found.values())


def times(form: Linear, number: Fraction) -> Linear:
    """A form taken times a number."""
    return tuple(each * number for each in form)


def minus(one: Linear, other: Linear) -> Linear:
    """One form less another."""
    return tuple(a - b for a, b in zip(one, other, strict=True))


def total(forms: Iterable[Linear]) -> Linear:
    """Some forms put together."""
    return tuple(sum(each, Fraction(0)) for each in zip(*forms, strict=True))


def at_most(one: Linear, other: Linear, *, strictly: bool = False) -> Below:
    """That one form is at most another, or less than it."""
    form = minus(one, other)
    return Below(form[:-1], -form[-1], strictly)
