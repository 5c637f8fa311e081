"""Which level a value has by the bands of an indicator: the best one whose bound it keeps."""

from collections.abc import Iterable
from decimal import Decimal

from goalrules.core.scales import Scale
from goalrules.language import syntax as sx


def band_of(value: Decimal, bands: Iterable[sx.Band], scale: Scale) -> str | None:
    """The level of a value; None where no band holds it."""
    listed = list(bands)
    held = [each.level.text for each in listed if each.bound and keeps(value, each.bound)]
    other = [each.level.text for each in listed if each.bound is None]
    return max(held or other, key=scale.place, default=None)


def keeps(value: Decimal, bound: sx.Bound | sx.Within | sx.Range) -> bool:
    """Whether a value keeps a bound."""
    match bound:
        case sx.Bound("at least", number):
            return value >= number
        case sx.Bound("over", number):
            return value > number
        case sx.Bound("at most", number):
            return value <= number
        case sx.Bound("under", number):
            return value < number
        case sx.Within(number):
            return abs(value) <= number
        case sx.Range(low, high):
            return low <= value <= high
        case _:
            raise ValueError(f"no such bound: {bound}")
