"""Columns of outcomes taken from what they are given as, without importing what made it.

What has a buffer is read through that, and what speaks Arrow by its C interface.
"""

from collections.abc import Iterable, Mapping
from typing import cast

from goalrules.data.vectors import (
    Array,
    ArrowArray,
    ArrowStream,
    Codes,
    Columns,
    Numbers,
    Values,
    Vector,
)

CODES = ("B", "c")
"""The formats of buffers that hold codes of levels: bytes without a sign."""
NUMBERS = frozenset("bhHiIlLqQnNfd")
"""The formats of buffers that hold numbers."""


def vectors_of(columns: Columns) -> dict[str, Vector]:
    """The columns that are given, by name.

    Raises:
        ValueError: a column that cannot be read, or of another length than the others.
    """
    if isinstance(columns, Mapping):
        found = {name: _vector(name, column) for name, column in columns.items()}
    else:
        from goalrules.data.arrow import arrow_table  # noqa: PLC0415 - only when needed

        found = arrow_table(columns)
    lengths = {len(vector) for vector in found.values()}
    if len(lengths) > 1:
        raise ValueError(f"columns of {sorted(lengths)} rows: they have to be of one length")
    return found


def _vector(name: str, column: object) -> Vector:
    """One column that is given."""
    if isinstance(column, ArrowStream | ArrowArray):
        from goalrules.data.arrow import arrow_column  # noqa: PLC0415 - only when needed

        return arrow_column(name, column)
    if isinstance(column, bytes):
        return Codes(column)
    if isinstance(column, str | list | tuple):
        return Values(column)
    try:
        view = memoryview(cast(bytes, column))
    except (TypeError, ValueError):
        return Values(_listed(column))
    return _of_buffer(name, view, column)


def _of_buffer(name: str, view: memoryview, column: object) -> Vector:
    """A column that has a buffer; an array stays one."""
    if view.ndim != 1:
        raise ValueError(f"{name}: a buffer of {view.ndim} dimensions: a column has one")
    if view.format == "?":
        raise ValueError(f"{name}: a buffer of booleans, which are no levels")
    own = column if isinstance(column, Array) and view.c_contiguous else None
    if view.format in CODES:
        return Codes(view.tobytes() if own is None else own)
    if view.format in NUMBERS:
        return Numbers(view if own is None else own)
    return Values(_listed(column))


def _listed(column: object) -> list[object]:
    """The values of a column that has no buffer that can be read: as Python has them."""
    listed = getattr(column, "tolist", None)
    return list(cast(Iterable[object], listed() if listed else column))
