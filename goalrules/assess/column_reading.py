"""Columns of outcomes read: each value becomes a small code, and each code says a level.

Equal values are read once, and words by the words that they are; of numbers only between which
bounds they lie.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from itertools import repeat
from math import inf, nextafter
from types import NoneType
from typing import Any, assert_never, cast

from goalrules.assess.automaton import (
    ARRAY_BLOCK,
    BYTE,
    MOST_KNOWN,
    Column,
    Level,
    by_themselves,
)
from goalrules.core.ends import MemberState
from goalrules.data.vectors import Array, Buffer, Coded, Codes, Numbers, Values, Vector, Worded, raw
from goalrules.lazily import frozen

Words = Sequence[str | None]
"""The words for levels by their codes; None is a missing outcome."""

SAFE = 1e20
"""The size from which a float may be no number, or have more digits than one may have."""
TINY = 1e-40
"""The size up to which it may have more decimals than that."""
NUMBERS = frozenset((int, float))
EXACT = 2.0**53
"""The size up to which whole numbers are floats."""


@frozen
class NumberRegions:
    """What numbers come to: `levels` before the first of some bounds, and from each of them on.

    None is for those that are to be read by themselves.
    """

    bounds: tuple[float, ...]
    levels: tuple[Level | None, ...]

    def codes(self, numbers: Sequence[float] | Buffer) -> Coded:
        """The region of each number."""
        if not isinstance(numbers, Array):
            return bytes(map(bisect_right, repeat(self.bounds), numbers))
        space = numbers.__array_namespace__()
        found = []
        for start in range(0, len(numbers), ARRAY_BLOCK):
            block = space.asarray(numbers[start : start + ARRAY_BLOCK], dtype=space.float64)
            low, high = space.min(block), space.max(block)
            told = self.bounds if low <= high else ()  # not where one is no number
            below = sum(bound <= low for bound in told)
            codes = space.full(len(block), below, dtype=space.uint8)
            for bound in self.bounds:
                if not told or low < bound <= high:
                    codes = codes + space.asarray(block >= bound, dtype=space.uint8)
            found.append(codes)
        return cast(Array, space.concat(found)) if found else b""


def regions_of(
    cuts: Sequence[float], level_of: Callable[[float], Level | None]
) -> NumberRegions | None:
    """The regions of numbers whose level may change at some cuts, or just above one.

    None where there are too many, or where whole numbers lie between two floats at a cut.
    """
    if max(map(abs, cuts), default=0.0) > EXACT:
        return None
    ends = [*cuts, 0.0, TINY, -SAFE, SAFE, nextafter(-TINY, inf)]
    bounds: list[float] = []
    levels: list[Level | None] = [None]
    for bound in sorted({each for cut in ends for each in (cut, nextafter(cut, inf))}):
        tiny, safe = 0 < abs(bound) < TINY, -SAFE < bound < SAFE
        level = level_of(bound) if safe and not tiny else None
        if _state(level) != _state(levels[-1]):
            bounds.append(bound)
            levels.append(level)
    return NumberRegions(tuple(bounds), tuple(levels)) if len(levels) < BYTE else None


def _state(level: Level | None) -> MemberState | None:
    return level and level[1]


@frozen
class Reader:
    """How the values of one member are read.

    `read` gives what a value says by itself, None where it does not or has a fault; `regions` what
    numbers come to where that follows from bounds.
    """

    key: Hashable
    words: Words
    read: Callable[[object], Level | None]
    regions: Callable[[], NumberRegions | None] = lambda: None


@frozen
class ColumnsGiven:
    """Columns as they were given, with what reads each; None for one that is of no member."""

    vectors: Mapping[str, Vector]
    readers: Mapping[str, Reader | None]

    @property
    def rows(self) -> int:
        """The number of rows."""
        return max(map(len, self.vectors.values()), default=0)

    def columns(self) -> list[Column]:
        """The columns as codes, without those of no member.

        Raises:
            ValueError: a code that is of no level.
        """
        return [
            _column(name, vector, reader)
            for name, vector in self.vectors.items()
            if (reader := self.readers[name])
        ]

    def alone(self, columns: Sequence[Column]) -> Sequence[int]:
        """The rows that have to be judged by themselves.

        All, where a column is of no member, or two are of one.
        """
        if len({each.key for each in columns}) < len(self.vectors):
            return range(self.rows)
        return by_themselves(columns)

    def row(self, row: int) -> dict[str, object]:
        """The values of a row, as they are given one by one."""
        return {name: self._value(name, vector, row) for name, vector in self.vectors.items()}

    def _value(self, name: str, vector: Vector, row: int) -> object:
        if not isinstance(vector, Codes):
            return vector.at(row)
        reader = self.readers[name]
        if reader is None or row in vector.missing:
            return None
        return reader.words[int(vector.items[row])]


def _column(name: str, vector: Vector, reader: Reader) -> Column:
    match vector:
        case Codes():
            return _of_codes(name, vector, reader)
        case Numbers():
            found = _of_numbers(vector.items, vector.missing, reader)
            return found or _of_values(vector.values().items, reader)
        case Worded():
            return _of_words(vector, reader)
        case Values(items=items):
            found = None
            if type(next(iter(items), None)) in NUMBERS and {*map(type, items)} <= NUMBERS:
                found = _of_numbers(cast("Sequence[float]", items), frozenset(), reader)
            return found or _of_values(items, reader)
        case _:
            assert_never(vector)


def _of_codes(name: str, codes: Codes, reader: Reader) -> Column:
    """A column of codes of levels."""
    levels = tuple(reader.read(word) for word in reader.words)
    items = codes.items
    if codes.missing:
        items = _with(raw(items), codes.missing, reader.words.index(None))
    if not isinstance(items, bytes):
        strange = len(items) and int(items.__array_namespace__().max(items)) >= len(levels)
    else:
        strange = bool(items.translate(None, bytes(range(len(levels)))))
    if strange:
        code = min(raw(items).translate(None, bytes(range(len(levels)))))
        row = raw(items).index(code) + 1
        raise ValueError(f"{name}: the code {code} in row {row} is of no level")
    return Column(reader.key, items, levels)


def _of_words(worded: Worded, reader: Reader) -> Column:
    """A column of words of a dictionary, of which those that occur are read once."""
    levels = {
        code: reader.read(word) for code, word in enumerate(worded.words) if code in worded.items
    }
    different = sorted({_state(each): each for each in levels.values()}.values(), key=_rank)
    places = {_state(each): place for place, each in enumerate(different)}
    table = bytearray(BYTE)
    for code, level in levels.items():
        table[code] = places[_state(level)]
    return Column(reader.key, worded.items.translate(table), tuple(different))


def _with(codes: bytes, rows: Iterable[int], code: int) -> bytes:
    """The same codes, with another one in some rows."""
    changed = bytearray(codes)
    for row in rows:
        changed[row] = code
    return bytes(changed)


def _of_numbers(
    numbers: Sequence[float] | Buffer, missing: Collection[int], reader: Reader
) -> Column | None:
    """A column of numbers, by the bounds between which they lie; None where there are none."""
    regions = reader.regions()
    if regions is None:
        return None
    codes, levels = regions.codes(numbers), regions.levels
    if missing:
        codes, levels = _with(raw(codes), missing, len(levels)), (*levels, reader.read(None))
    return Column(reader.key, codes, levels)


def _of_values(values: Sequence[object], reader: Reader) -> Column:
    """A column of any values, each of which is read once."""
    found: dict[MemberState | None, tuple[int, Level | None]] = {}
    places: dict[object, int] = {}
    blocks = []
    for start in range(0, len(values), ARRAY_BLOCK):
        if len(places) >= MOST_KNOWN:
            places.clear()
        block = values[start : start + ARRAY_BLOCK]
        keys: Sequence[object] = block
        words = _words(block)
        if words is None:
            # Numbers that are equal can be written in two ways, of which one is a level's name.
            keys = [(type(each), str(each)) for each in block]
            new = dict(zip(keys, block, strict=True))
        else:
            new = {each: each for each in words}
        for key, value in new.items():
            if key not in places:
                level = reader.read(value)
                places[key], _ = found.setdefault(_state(level), (len(found), level))
        blocks.append(bytes(map(places.__getitem__, keys)))
    return _ordered(Column(reader.key, b"".join(blocks), tuple(each for _, each in found.values())))


def _words(values: Sequence[object]) -> set[object] | None:
    """The different values, if all of them are words or missing."""
    try:
        found = {*values}
    except TypeError:
        return None
    return found if {*map(type, found)} <= {str, NoneType} else None


def _ordered(column: Column) -> Column:
    """The same with codes in an order that does not depend on which value came first."""
    codes = sorted(range(len(column.levels)), key=lambda code: _rank(column.levels[code]))
    changed = bytearray(BYTE)
    for new, code in enumerate(codes):
        changed[code] = new
    levels = tuple(column.levels[code] for code in codes)
    return Column(column.key, raw(column.codes).translate(changed), levels)


def _rank(level: Level | None) -> tuple[Any, ...]:
    """A place in an order of all states, those that are read by themselves last."""
    if level is None:
        return (True,)
    state = level[1]
    return (False, state.worst, state.best, state.applies, state.reason, state.unclaimed)
