"""Worked-out values as plain arithmetic on fractions, over terms that are known, missing or gone.

A term is a number, MISSING, or GONE: one that does not apply.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import floor
from typing import Literal

MISSING: Literal["missing"] = "missing"
GONE: Literal["not applicable"] = "not applicable"

Term = Decimal | Literal["missing", "not applicable"]


@dataclass(frozen=True)
class Value:
    """What is worked out: a number, or in words why there is none."""

    number: Fraction | None = None
    reason: str = ""


@dataclass(frozen=True)
class Lacking:
    """What a formula does with missing terms: each counts as a number, or they leave."""

    number: Decimal | None = None
    remain: int | None = None


@dataclass(frozen=True)
class Formula:
    """A formula over some terms, each with a weight, and to how many decimals it is rounded."""

    kind: str
    weights: tuple[int, ...]
    lacking: Lacking | None = None
    decimals: int | None = None
    higher: bool = True

    def of(self, terms: Sequence[Term]) -> Value:
        """The value on some terms."""
        pairs = list(zip(terms, self.weights, strict=True))
        pairs = [(term, weight) for term, weight in pairs if term != GONE]
        if not self.lacking and any(term == MISSING for term, _ in pairs):
            return Value(reason=MISSING)
        if self.lacking and self.lacking.number is not None:
            given = self.lacking.number
            pairs = [(given if term == MISSING else term, weight) for term, weight in pairs]
        known = [(Fraction(term), weight) for term, weight in pairs if isinstance(term, Decimal)]
        if self.lacking and self.lacking.remain and len(known) < self.lacking.remain:
            return Value(reason="too few terms")
        if not known or (self.kind in ("share", "difference") and len(known) < len(terms)):
            return Value(reason=MISSING if any(term == MISSING for term, _ in pairs) else GONE)
        number = _number(self.kind, known, higher=self.higher)
        return Value(reason="divided by nought") if number is None else self.rounded(number)

    def rounded(self, number: Fraction) -> Value:
        """A number to the decimals of the formula, a half away from nought."""
        if self.decimals is None:
            return Value(number)
        scale = 10**self.decimals
        away = floor(abs(number) * scale + Fraction(1, 2))
        return Value(Fraction(away if number >= 0 else -away, scale))


def _number(kind: str, known: Sequence[tuple[Fraction, int]], *, higher: bool) -> Fraction | None:
    numbers = [number for number, _ in known]
    total = sum((number * weight for number, weight in known), Fraction(0))
    match kind:
        case "sum":
            return total
        case "mean":
            return total / sum(weight for _, weight in known)
        case "best":
            return max(numbers) if higher else min(numbers)
        case "worst":
            return min(numbers) if higher else max(numbers)
        case "share":
            return 100 * numbers[0] / numbers[1] if numbers[1] else None
        case "difference":
            return numbers[0] - numbers[1]
        case _:
            raise AssertionError(kind)


Level = Literal["red", "yellow", "green", "missing", "not applicable"]

LEVELS: tuple[Level, ...] = ("red", "yellow", "green")


@dataclass(frozen=True)
class LevelFormula:
    """A value of levels: what each is worth to each member, or whether it is one that is asked for.

    `kind` is sum or mean, of what the levels are worth; a share is 100 times a mean.
    """

    kind: str
    worth: tuple[Mapping[Level, Decimal], ...]
    weights: tuple[int, ...]
    times: int = 1
    lacking: Lacking | None = None
    decimals: int | None = None

    def of(self, levels: Sequence[Level]) -> Value:
        """The value where every level is known, or is left to what the formula says."""
        terms: list[Term] = [
            worth.get(level, MISSING if level == MISSING else GONE)
            for level, worth in zip(levels, self.worth, strict=True)
        ]
        found = Formula(self.kind, self.weights, self.lacking).of(terms)
        if found.number is None:
            return found
        scale = Formula("sum", (1,), decimals=self.decimals)
        return scale.rounded(found.number * self.times)

    def all_of(self, levels: Sequence[Level]) -> list[Value]:
        """The values of every way in which what is missing can come out."""
        if self.lacking:
            return [self.of(levels)]
        ways = [LEVELS if level == MISSING else (level,) for level in levels]
        return [self.of(each) for each in product(*ways)]


def degree(value: Fraction, side: str, bound: Fraction) -> Fraction:
    """To how many percent a value reaches a bound: at most 100 and at least 0."""
    if value >= bound if side == "at least" else value <= bound:
        return Fraction(100)
    if bound == 0:
        return Fraction(0)
    missed = bound - value if side == "at least" else value - bound
    return max(Fraction(0), 100 - 100 * missed / bound)


@dataclass(frozen=True)
class Range:
    """The numbers between two ends; None for no end."""

    low: Fraction | None
    high: Fraction | None

    def some(self) -> list[Fraction]:
        """Numbers of it: its ends, far out where it has none, nought, and some within."""
        low = Fraction(-1000) if self.low is None else self.low
        high = Fraction(1000) if self.high is None else self.high
        within = [low + (high - low) * Fraction(part, 8) for part in range(9)]
        return [*within, *([Fraction(0)] if low < 0 < high else [])]


def quotient(one: Fraction, other: Fraction) -> Fraction | None:
    """One number divided by another; None for nought."""
    return one / other if other else None


def of_few(numbers: Sequence[Fraction], many: int, *, lowest: bool, mean: bool) -> Fraction:
    """The sum or the mean of so many numbers, the lowest or the highest of them."""
    taken = sorted(numbers)[:many] if lowest else sorted(numbers)[-many:]
    return sum(taken, Fraction(0)) / (many if mean else 1)
