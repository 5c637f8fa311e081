"""Columns of Arrow, read through its C interfaces by ctypes, whatever library made them.

https://arrow.apache.org/docs/format/CDataInterface.html. What is read is copied, and what was
handed out is given back at once to those who made it.
"""

import ctypes
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from ctypes import addressof, string_at
from itertools import pairwise
from struct import calcsize, iter_unpack, pack, unpack
from typing import Any, cast

from goalrules.data.vectors import ArrowArray, ArrowStream, Codes, Numbers, Values, Vector, Worded

NUMBERS: Mapping[str, str] = {
    "c": "b", "C": "B", "s": "h", "S": "H", "i": "i", "I": "I", "l": "q", "L": "Q", "f": "f",
    "g": "d",
}  # fmt: skip
"""The formats of numbers, as buffers have them; bytes without a sign are codes of levels."""
OFFSETS: Mapping[str, str] = {"u": "i", "U": "q"}
"""The formats of texts that lie one after the other, and of the places where each begins."""
CODES = "B"
VIEWS, NOTHING, TABLE = "vu", "n", "+s"
VIEW = 16
"""The bytes of the view of a text: its length, and either itself or where it lies."""
INLINE = 12
MOST_WORDS = 256
"""The words of a dictionary up to which a byte is kept for each row."""
NAMES: Mapping[str, str] = {
    "b": "boolean", "e": "float16", "z": "binary", "Z": "large binary", "vz": "binary view",
    "d:": "decimal", "w:": "fixed-size binary", "td": "date", "tt": "time", "ts": "timestamp",
    "tD": "duration", "ti": "interval", "+l": "list", "+L": "large list", "+v": "list view",
    "+w": "fixed-size list", "+s": "struct", "+m": "map", "+u": "union", "+r": "run-end encoded",
}  # fmt: skip
"""What types that are refused are called, by the first two signs of their formats."""

_Release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_pointer_in = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)


class ArrowStruct(ctypes.Structure):
    """One of the three structs that are handed out, each with what gives it back."""

    release: Any

    def give_back(self) -> None:
        """Let those who made it free what it holds, once."""
        if self.release:
            self.release(addressof(self))


class SchemaStruct(ArrowStruct):
    """ArrowSchema: the type of a column, and of those below it."""

    format: bytes
    name: bytes | None
    n_children: int
    children: Any
    dictionary: Any


class ArrayStruct(ArrowStruct):
    """ArrowArray: the buffers of a column, or of a part of it."""

    length: int
    null_count: int
    offset: int
    n_buffers: int
    buffers: Any
    children: Any
    dictionary: Any


class StreamStruct(ArrowStruct):
    """ArrowArrayStream: the parts of a column, one after the other."""

    get_schema: Any
    get_next: Any
    get_last_error: Any


SchemaStruct._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(SchemaStruct))),
    ("dictionary", ctypes.POINTER(SchemaStruct)),
    ("release", _Release),
    ("private_data", ctypes.c_void_p),
]
ArrayStruct._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(ArrayStruct))),
    ("dictionary", ctypes.POINTER(ArrayStruct)),
    ("release", _Release),
    ("private_data", ctypes.c_void_p),
]
_Get = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
StreamStruct._fields_ = [
    ("get_schema", _Get),
    ("get_next", _Get),
    ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)),
    ("release", _Release),
    ("private_data", ctypes.c_void_p),
]


def arrow_column(name: str, column: ArrowStream | ArrowArray) -> Vector:
    """A column that speaks Arrow.

    Raises:
        ValueError: its type is not read, or it cannot be handed out.
    """
    [found] = _read(column, lambda schema: [ColumnReader(name, schema)])
    return found.vector()


def arrow_table(table: ArrowStream | ArrowArray) -> dict[str, Vector]:
    """The columns of a table that speaks Arrow, by name; it raises what `arrow_column` does."""

    def each(schema: SchemaStruct) -> "list[ColumnReader]":
        if schema.format.decode() != TABLE:
            raise ValueError("one column of Arrow has no name: give columns by name, or a table")
        children = [schema.children[at].contents for at in range(schema.n_children)]
        return [ColumnReader((child.name or b"").decode(), child) for child in children]

    return {each.name: each.vector() for each in _read(table, each)}


class ColumnReader:
    """A column of Arrow as it is read, part by part."""

    def __init__(self, name: str, schema: SchemaStruct) -> None:
        self.name, self._schema = name, schema
        said = schema.dictionary.contents if schema.dictionary else schema
        form = said.format.decode()
        if form not in {*NUMBERS, *OFFSETS, VIEWS, NOTHING}:
            kind = NAMES.get(form[:2], repr(form))
            raise ValueError(f"{name}: a column of Arrow of type {kind} is not read")
        self._number = "" if schema.dictionary else NUMBERS.get(form, "")
        self._parts: list[bytes] = []
        self._values: list[object] = []
        self._worded: list[Worded] = []
        self._missing: set[int] = set()
        self._rows = 0

    def add(self, part: ArrayStruct, start: int, rows: int) -> None:
        """Read some rows of a part of it."""
        if self._number and rows:
            self._parts.append(_bytes(part.buffers[1], start, rows, calcsize(self._number)))
            self._missing.update(self._rows + row for row in _nulls(part, start, rows))
        elif rows:
            worded = _worded(self._schema, part, start, rows) if not self._values else None
            if worded:
                self._worded.append(worded)
            else:
                self._expand()
                self._values += _values(self._schema, part, start, rows)
        self._rows += rows

    def _expand(self) -> None:
        """Take what was read by dictionaries as the values that it stands for."""
        for each in self._worded:
            self._values += map(each.words.__getitem__, each.items)
        self._worded.clear()

    def vector(self) -> Vector:
        """All that was read."""
        if self._worded:
            words = tuple(dict.fromkeys(word for each in self._worded for word in each.words))
            if len(words) <= MOST_WORDS:
                places = {word: bytes([place]) for place, word in enumerate(words)}
                tables = [b"".join(map(places.__getitem__, each.words)) for each in self._worded]
                parts = [
                    each.items.translate(table.ljust(MOST_WORDS))
                    for each, table in zip(self._worded, tables, strict=True)
                ]
                return Worded(b"".join(parts), words)
            self._expand()
        if not self._number:
            return Values(self._values)
        numbers, missing = b"".join(self._parts), frozenset(self._missing)
        if self._number == CODES:
            return Codes(numbers, missing)
        return Numbers(_cast(numbers, self._number), missing)


def _read(
    source: ArrowStream | ArrowArray, readers_of: Callable[[SchemaStruct], list[ColumnReader]]
) -> list[ColumnReader]:
    """Read a column, or all those of a table, and give back what was handed out."""
    with ExitStack() as handed_out:
        schema, parts = _handed_out(source, handed_out)
        readers = readers_of(schema)
        table = schema.format.decode() == TABLE
        for part in parts:
            if not table:
                readers[0].add(part, part.offset, part.length)
                continue
            if any(True for _ in _nulls(part, part.offset, part.length)):
                raise ValueError("a table of Arrow with rows that are null is not read")
            for at, reader in enumerate(readers):
                child = part.children[at].contents
                reader.add(child, child.offset + part.offset, part.length)
        return readers


def _handed_out(
    source: ArrowStream | ArrowArray, handed_out: ExitStack
) -> tuple[SchemaStruct, Iterator[ArrayStruct]]:
    """The schema and the parts of a source, which are given back when all is read."""
    if not isinstance(source, ArrowStream):
        capsules = source.__arrow_c_array__()
        schema = SchemaStruct.from_address(_pointer_in(capsules[0], b"arrow_schema"))
        whole = ArrayStruct.from_address(_pointer_in(capsules[1], b"arrow_array"))
        for each in (schema, whole):
            handed_out.callback(each.give_back)
        handed_out.callback(lambda: capsules)  # they live until then
        return schema, iter([whole])
    capsule = source.__arrow_c_stream__()
    stream = StreamStruct.from_address(_pointer_in(capsule, b"arrow_array_stream"))
    handed_out.callback(lambda: capsule)
    handed_out.callback(stream.give_back)
    schema = SchemaStruct()
    _checked(stream, stream.get_schema, schema)
    handed_out.callback(schema.give_back)
    return schema, _parts(stream)


def _parts(stream: StreamStruct) -> Iterator[ArrayStruct]:
    """The parts of a stream, each given back when the next is asked for."""
    while True:
        part = ArrayStruct()
        _checked(stream, stream.get_next, part)
        if not part.release:
            return
        try:
            yield part
        finally:
            part.give_back()


def _checked(stream: StreamStruct, get: Callable[[int, int], int], into: ArrowStruct) -> None:
    """Let a stream fill a struct; `ValueError` where it cannot."""
    if get(addressof(stream), addressof(into)):
        told = stream.get_last_error(addressof(stream)) or b"it does not say why"
        raise ValueError(f"a stream of Arrow failed: {told.decode(errors='replace')}")


# Values


def _bytes(address: int | None, start: int, number: int, size: int) -> bytes:
    """A copy of so many items of a buffer."""
    return string_at((address or 0) + start * size, number * size) if number else b""


def _nulls(part: ArrayStruct, start: int, rows: int) -> Iterator[int]:
    """The rows, from 0, that are null."""
    if not part.null_count or not part.n_buffers or not part.buffers[0]:
        return
    first, last = start // 8, (start + rows + 7) // 8
    bits = int.from_bytes(_bytes(part.buffers[0], first, last - first, 1), "little")
    there = f"{bits:0{8 * (last - first)}b}"[::-1][start - 8 * first :][:rows]
    row = there.find("0")
    while row >= 0:
        yield row
        row = there.find("0", row + 1)


def _values(schema: SchemaStruct, part: ArrayStruct, start: int, rows: int) -> list[object]:
    """Some rows of a part as Python has them."""
    form = schema.format.decode()
    if form == NOTHING:
        return [None] * rows
    missing = [*_nulls(part, start, rows)]
    if schema.dictionary:
        below = part.dictionary.contents
        words = _values(schema.dictionary.contents, below, below.offset, below.length)
        places = [*_numbers(part, start, rows, NUMBERS[form])]
        for row in missing:
            places[row] = -1
        return [*map([*words, None].__getitem__, places)]
    found: list[object] = []
    if form in NUMBERS:
        found += _numbers(part, start, rows, NUMBERS[form])
    elif form in OFFSETS:
        found += _texts(part, start, rows, OFFSETS[form])
    else:
        found += _viewed(part, start, rows)
    for row in missing:
        found[row] = None
    return found


def _worded(schema: SchemaStruct, part: ArrayStruct, start: int, rows: int) -> Worded | None:
    """Some rows by their places in a dictionary; None without one, or one with too many words."""
    if not schema.dictionary:
        return None
    below = part.dictionary.contents
    words = (*_values(schema.dictionary.contents, below, below.offset, below.length), None)
    if len(words) > MOST_WORDS:
        return None
    size = calcsize(NUMBERS[schema.format.decode()])
    last = 0 if pack("=h", 1)[0] else size - 1  # where the least of its bytes stands
    places = bytearray(_bytes(part.buffers[1], start, rows, size)[last::size])
    for row in _nulls(part, start, rows):
        places[row] = len(words) - 1
    return Worded(bytes(places), words)


def _numbers(part: ArrayStruct, start: int, rows: int, form: str) -> memoryview:
    return _cast(_bytes(part.buffers[1], start, rows, calcsize(form)), form)


def _cast(numbers: bytes, form: str) -> memoryview:
    """Numbers of a format that lie in bytes."""
    return cast(memoryview, memoryview(numbers).cast(cast(Any, form)))


def _texts(part: ArrayStruct, start: int, rows: int, form: str) -> Iterator[str]:
    """Texts that lie one after the other, each from one offset to the next."""
    offsets = _numbers(part, start, rows + 1, form)
    first = offsets[0]
    whole = _bytes(part.buffers[2], first, offsets[rows] - first, 1)
    for begin, end in pairwise(offsets):
        yield whole[begin - first : end - first].decode()


def _viewed(part: ArrayStruct, start: int, rows: int) -> Iterator[str]:
    """Texts that are short and stand in their views, or lie in one of several buffers."""
    for length, rest in iter_unpack("=i12s", _bytes(part.buffers[1], start, rows, VIEW)):
        if length <= INLINE:
            yield rest[:length].decode()
        else:
            _, buffer, offset = unpack("=4sii", rest)
            yield string_at(part.buffers[2 + buffer] + offset, length).decode()
