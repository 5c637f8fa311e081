"""Worked-out values as plain arithmetic on fractions, over terms that are known, missing or gone.

A term is a number, MISSING, or GONE: one that does not apply.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
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
        return self._rounded(known)

    def _rounded(self, known: Sequence[tuple[Fraction, int]]) -> Value:
        number = _number(self.kind, known, higher=self.higher)
        if number is None:
            return Value(reason="divided by nought")
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
