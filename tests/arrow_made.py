"""Columns and tables of Arrow, made by ctypes as a library would hand them out, and counted."""

import ctypes
from array import array
from collections.abc import Iterable, Sequence
from struct import pack

from goalrules.data.arrow import ArrayStruct, ArrowStruct, SchemaStruct, StreamStruct

Release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
Get = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
Told = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
capsule_of = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)(
    ("PyCapsule_New", ctypes.pythonapi)
)


class Part:
    """Some rows of a column: buffers, an offset into them, and a dictionary or children."""

    def __init__(  # noqa: PLR0913 - as many as an array has
        self,
        rows: int,
        buffers: Sequence[bytes | None],
        offset: int = 0,
        *,
        nulls: int = -1,
        dictionary: "Part | None" = None,
        children: Sequence["Part"] = (),
    ) -> None:
        self.rows, self.offset, self.nulls = rows, offset, nulls
        self.dictionary, self.children = dictionary, children
        self._kept = [
            each and ctypes.create_string_buffer(each, len(each) or 1) for each in buffers
        ]
        self.buffers = (ctypes.c_void_p * len(buffers))(
            *[ctypes.addressof(each) if each else None for each in self._kept]
        )


def bits(there: Iterable[bool]) -> bytes:
    """A bitmap of what is there."""
    flags = list(there)
    number = sum(1 << place for place, each in enumerate(flags) if each)
    return number.to_bytes(-(-len(flags) // 8) or 1, "little")


def known(values: Sequence[object]) -> bytes:
    """The bitmap of the values that are not null."""
    return bits(each is not None for each in values)


def numbers(code: str, values: Sequence[float | None], offset: int = 0) -> Part:
    """Numbers of one of the types of `array`, some of them null."""
    items = array(code, [each or 0 for each in values]).tobytes()
    return Part(len(values) - offset, [known(values), items], offset)


def texts(values: Sequence[str | None], code: str = "i", offset: int = 0) -> Part:
    """Texts one after the other, some of them null."""
    each = [(value or "").encode() for value in values]
    places = array(code, [sum(map(len, each[:at])) for at in range(len(each) + 1)])
    whole = b"".join(each)
    return Part(len(values) - offset, [known(values), places.tobytes(), whole], offset)


def viewed(values: Sequence[str | None], offset: int = 0) -> Part:
    """Texts by views: short ones in them, longer ones in one of two buffers."""
    views, long = b"", [b"", b""]
    for number, value in enumerate(values):
        text = (value or "").encode()
        if len(text) <= 12:
            views += pack("=i12s", len(text), text)
        else:
            buffer = number % 2
            views += pack("=i4sii", len(text), text[:4], buffer, len(long[buffer]))
            long[buffer] += text
    sizes = array("q", map(len, long)).tobytes()
    return Part(len(values) - offset, [known(values), views, *long, sizes], offset)


class Source:
    """A column of Arrow with its type, or a table of named ones; `held` is what is not freed."""

    def __init__(
        self,
        form: str,
        parts: Sequence[Part],
        words: str = "",
        columns: Sequence[tuple[str, "Source"]] = (),
    ) -> None:
        self.form, self.parts, self.words, self.columns = form, parts, words, columns
        self.held = 0
        self._kept: list[object] = []

    def _own(self, struct: ArrowStruct) -> None:
        """Count a struct until it is given back."""
        kind = type(struct)

        def release(address: int) -> None:
            self.held -= 1
            kind.from_address(address).release = Release()

        self.held += 1
        struct.release = Release(release)
        self._kept.append(struct.release)

    def fill_schema(self, schema: SchemaStruct, name: str = "") -> None:
        """Say what the column is."""
        schema.format, schema.name = self.form.encode(), name.encode()
        schema.n_children = len(self.columns)
        below = []
        for own, column in self.columns:
            child = SchemaStruct()
            column.fill_schema(child, own)
            below.append(ctypes.pointer(child))
        if below:
            schema.children = (ctypes.POINTER(SchemaStruct) * len(below))(*below)
        if self.words:
            said = SchemaStruct()
            said.format = self.words.encode()
            schema.dictionary = ctypes.pointer(said)
        self._kept.append((schema, below))
        self._own(schema)

    def fill(self, struct: ArrayStruct, part: Part) -> None:
        """Say where the rows lie."""
        self._fill(struct, part)
        self._own(struct)

    def _fill(self, struct: ArrayStruct, part: Part) -> None:
        struct.length, struct.null_count, struct.offset = part.rows, part.nulls, part.offset
        struct.n_buffers, struct.buffers = len(part.buffers), part.buffers
        if part.dictionary:
            said = ArrayStruct()
            self._fill(said, part.dictionary)
            struct.dictionary = ctypes.pointer(said)
        below = []
        for each in part.children:
            child = ArrayStruct()
            self._fill(child, each)
            below.append(ctypes.pointer(child))
        if below:
            struct.children = (ctypes.POINTER(ArrayStruct) * len(below))(*below)
        self._kept.append((part, below))

    def capsule(self, struct: ctypes.Structure, name: bytes) -> object:
        """A capsule, which lives as long as this does."""
        self._kept.append((struct, name))
        return capsule_of(ctypes.addressof(struct), name, None)


class AsArray(Source):
    """One that hands out its first part at once."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        schema, whole = SchemaStruct(), ArrayStruct()
        self.fill_schema(schema)
        self.fill(whole, self.parts[0])
        return self.capsule(schema, b"arrow_schema"), self.capsule(whole, b"arrow_array")


class AsStream(Source):
    """One that hands out its parts one after the other; `fails` says why it does not."""

    fails: bytes | None = b""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        stream, parts = StreamStruct(), iter(self.parts)

        def schema(_: int, into: int) -> int:
            self.fill_schema(SchemaStruct.from_address(into))
            return 0

        def after(_: int, into: int) -> int:
            part = next(parts, None)
            if part:
                self.fill(ArrayStruct.from_address(into), part)
                return 0
            return 5 if self.fails != b"" else 0

        stream.get_schema, stream.get_next = Get(schema), Get(after)
        told = self.fails and ctypes.create_string_buffer(self.fails)
        last = Told(lambda _: ctypes.addressof(told) if told else None)
        stream.get_last_error = ctypes.cast(last, type(stream.get_last_error))
        self._kept.append((told, last))
        self._own(stream)
        return self.capsule(stream, b"arrow_array_stream")
