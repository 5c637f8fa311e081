"""Arrays as the array API standard has them, in plain Python: as much of it as columns ask for."""

from array import array
from collections.abc import Iterable, Sequence
from math import isnan
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Numbers = array[Any]
else:
    Numbers = array


class PlainArray(Numbers):
    """An array of numbers of one kind, which are multiplied, added and compared one by one."""

    def __array_namespace__(self) -> SimpleNamespace:
        return SPACE

    def __getitem__(self, rows: Any) -> Any:  # noqa: ANN401 - as it is given
        found = super().__getitem__(rows)
        return PlainArray(self.typecode, found) if isinstance(rows, slice) else found

    def __mul__(self, by: Any) -> "PlainArray":  # noqa: ANN401 - as above
        return PlainArray(self.typecode, [each * by for each in self])

    def __add__(self, other: Any) -> "PlainArray":  # noqa: ANN401 - as above
        return PlainArray(self.typecode, [a + b for a, b in zip(self, other, strict=True)])

    def __ge__(self, bound: Any) -> Any:  # noqa: ANN401 - as above
        return PlainArray("B", [each >= bound for each in self])


def as_array(items: Iterable[Any], dtype: str = "B") -> PlainArray:
    """Numbers as an array of a kind."""
    return PlainArray(dtype, list(items))


def full(size: int, number: int, dtype: str) -> PlainArray:
    """So many times a number."""
    return PlainArray(dtype, [number] * size)


def concat(parts: Sequence[PlainArray]) -> PlainArray:
    """Arrays one after the other."""
    return as_array((each for part in parts for each in part), parts[0].typecode)


def least(numbers: PlainArray) -> Any:  # noqa: ANN401 - one of its numbers
    """The least number; none where one is none."""
    return next(filter(isnan, numbers), None) or min(numbers)


def most(numbers: PlainArray) -> Any:  # noqa: ANN401 - as above
    """The largest number; none where one is none."""
    return next(filter(isnan, numbers), None) or max(numbers)


SPACE = SimpleNamespace(
    asarray=as_array, min=least, max=most, full=full, concat=concat, uint8="B", float64="d"
)
