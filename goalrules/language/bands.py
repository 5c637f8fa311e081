"""Which level a value has by the bands of an indicator: the best one whose bound it keeps."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from goalrules.core.scales import Scale
from goalrules.language import syntax as sx


def band_of(value: Decimal | Fraction, bands: Iterable[sx.Band], scale: Scale) -> str | None:
    """The level of a value; None where no band holds it."""
    listed = list(bands)
    held = [each.level.text for each in listed if each.bound and keeps(value, each.bound)]
    other = [each.level.text for each in listed if each.bound is None]
    return max(held or other, key=scale.place, default=None)


def keeps(value: Decimal | Fraction, bound: sx.Bound | sx.Between) -> bool:
    """Whether a value keeps a bound."""
    match bound:
        case sx.Bound():
            return keeps_side(Fraction(value), bound)
        case sx.Within() | sx.Around() | sx.Range():
            return bound.low <= value <= bound.high
        case _:
            assert_never(bound)


def keeps_side(value: Fraction, bound: sx.Bound) -> bool:
    """Whether a value lies on the side of a number that a bound asks for."""
    number = Fraction(bound.number)
    return {
        "at least": value >= number,
        "at most": value <= number,
        "over": value > number,
        "under": value < number,
    }[bound.side]
