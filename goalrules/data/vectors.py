"""Columns of outcomes as they are given: values, codes of levels, or numbers, one for each row.

An array that knows its own namespace (NumPy's) stays an array.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias, cast, runtime_checkable

from goalrules.lazily import frozen

Lanes: TypeAlias = Any
"""A number for each row, all multiplied and added at once: an array, or one whole number."""


@runtime_checkable
class Array(Protocol):
    """An array that says in which namespace its functions are, as the array API standard has it."""

    def __array_namespace__(self) -> Lanes:
        """The module that has them."""

    def __getitem__(self, rows: slice | int, /) -> Lanes:
        """Some rows."""

    def __len__(self) -> int:
        """The number of rows."""

    def tobytes(self) -> bytes:
        """Its bytes as they lie in memory."""


@runtime_checkable
class ArrowStream(Protocol):
    """A column or a table that hands itself out as an Arrow stream: of Polars, pandas, PyArrow."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A capsule with the stream."""


@runtime_checkable
class ArrowArray(Protocol):
    """A column that hands itself out as one Arrow array."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """Capsules with its schema and with itself."""


Coded: TypeAlias = bytes | Array
Buffer: TypeAlias = memoryview | Array
Columns: TypeAlias = Mapping[str, object] | ArrowStream | ArrowArray
"""Columns by name, or a table that has names for its own."""


@frozen(eq=False)
class Codes:
    """Codes of levels, and the rows that are missing whatever stands there."""

    items: Coded
    missing: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.items)


@frozen(eq=False)
class Numbers:
    """Numbers of a buffer, and the rows that are missing whatever stands there."""

    items: Buffer
    missing: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.items)

    def at(self, row: int) -> object:
        """The number of a row, as Python has it; None where it is missing."""
        if row in self.missing:
            return None
        return memoryview(cast(bytes, self.items))[row]

    def values(self) -> "Values":
        """The same as Python has them."""
        found = list[object](memoryview(cast(bytes, self.items)).tolist())
        for row in self.missing:
            found[row] = None
        return Values(found)


@frozen(eq=False)
class Values:
    """Any values."""

    items: Sequence[object]

    def __len__(self) -> int:
        return len(self.items)

    def at(self, row: int) -> object:
        """The value of a row."""
        return self.items[row]


@frozen(eq=False)
class Worded:
    """Values of a dictionary: for each row a byte, its place among the `words`."""

    items: bytes
    words: tuple[object, ...]

    def __len__(self) -> int:
        return len(self.items)

    def at(self, row: int) -> object:
        """The value of a row."""
        return self.words[self.items[row]]


Vector: TypeAlias = Codes | Numbers | Values | Worded


def raw(codes: Coded) -> bytes:
    """Codes as bytes."""
    return codes if isinstance(codes, bytes) else codes.tobytes()
