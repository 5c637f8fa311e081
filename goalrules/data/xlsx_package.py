"""The parts of an XLSX file: inflated and parsed within limits that are counted and not believed.

What a ZIP file says of its own sizes is checked first, and what is inflated is counted as it
comes: a file that lies is refused when it has given as much as it may. No part may have a document
type declaration, in any encoding, so there are no entities. A tag is never larger than two chunks,
and the names in a part are few, since the parser keeps each.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from goalrules.data.records import BYTES_IN_MEGABYTE, MOST_MEGABYTES, RefusedError
from goalrules.limits import is_bounded, step, take_bytes

MOST_BYTES = MOST_MEGABYTES * BYTES_IN_MEGABYTE
MOST_RATIO = 200
MOST_PARTS = 10_000
CHUNK = 1 << 19
MOST_NAMES = 10_000
MOST_ELEMENTS = 300_000

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 1
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OSError)
_MERGED = re.compile(b"m\0?e\0?r\0?g\0?e\0?C\0?e\0?l\0?l\0? ")
_KINDS = {
    "xl/workbook.bin": "binary-workbook",
    "content.xml": "open-document",
}
"""What another kind of file than XLSX has in it."""


def damaged(part: str) -> RefusedError:
    """That a part of a workbook is not as it should be."""
    return RefusedError("damaged-workbook", part=part)


class Package:
    """The parts of an XLSX file by their names, and how much more may be inflated."""

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > MOST_PARTS:
            raise damaged("zip")
        try:
            self.archive = ZipFile(BytesIO(data))
        except _BROKEN as fault:
            raise damaged("zip") from fault
        self.parts = {_plain(each.filename): each for each in self.archive.infolist()}
        self.inflated: dict[str, int] = {}
        for name, code in _KINDS.items():
            if name in self.parts:
                raise RefusedError(code)
        self._check_what_is_said(len(data))

    def _check_what_is_said(self, size: int) -> None:
        entries = self.parts.values()
        whole = sum(each.file_size for each in entries)
        if any(each.flag_bits & _ENCRYPTED for each in entries):
            raise RefusedError("encrypted-workbook")
        if whole > MOST_BYTES or any(each.file_size > MOST_BYTES for each in entries):
            raise RefusedError("inflates-too-much", limit=MOST_MEGABYTES)
        bomb = any(each.file_size > MOST_RATIO * max(each.compress_size, 1) for each in entries)
        if whole > MOST_RATIO * size or bomb:
            raise RefusedError("packed-too-tightly", ratio=MOST_RATIO)

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return _plain(name) in self.parts

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, a chunk at a time; what is read twice is counted once."""
        entry = self.parts.get(_plain(name))
        if entry is None or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged(name)
        self.inflated[name] = 0
        try:
            with self.archive.open(entry) as opened:
                while chunk := opened.read(CHUNK):
                    self.inflated[name] += len(chunk)
                    if sum(self.inflated.values()) > MOST_BYTES:
                        raise RefusedError("inflates-too-much", limit=MOST_MEGABYTES)
                    take_bytes(len(chunk))
                    yield chunk
        except _BROKEN as fault:
            raise damaged(name) from fault

    def survey(self, name: str) -> tuple[int, bool]:
        """How many rows a sheet seems to have, and whether it may have merged cells."""
        rows, merged, before = 0, False, b""
        for chunk in self.chunks(name):
            rows += chunk.count(b"<row") + chunk.count(b":row")
            merged = merged or _MERGED.search(before[-20:] + chunk) is not None
            before = chunk
        return rows, merged


def _plain(name: str) -> str:
    """The name of a part as they are compared: without letter case, from the root."""
    return name.replace("\\", "/").lstrip("/").casefold()


# The XML of a part


def parse(
    part: str,
    chunks: Iterable[bytes],
    start: Start,
    end: End | None = None,
    text: End | None = None,
) -> Iterator[None]:
    """Call what is given for each element and text of a part; a step for each chunk of it.

    Raises:
        RefusedError: after a last step, the part cannot be read further.
    """
    from xml.parsers import expat  # noqa: PLC0415 - most files are no workbooks

    def refuse_doctype(*_: object) -> None:
        raise RefusedError("doctype")

    names: dict[str, str] = {}
    parser = expat.ParserCreate(intern=names)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse_doctype
    size = CHUNK // 16 if is_bounded() else CHUNK
    try:
        for chunk in chunks:
            if len(chunk) == CHUNK and b">" not in chunk:
                raise damaged(part)
            for at in range(0, len(chunk), size):
                step()
                parser.Parse(chunk[at : at + size], False)  # noqa: FBT003 - so the parser takes it
            if len(names) > MOST_NAMES:
                raise damaged(part)
            yield
        parser.Parse(b"", True)  # noqa: FBT003 - as above
    except RefusedError:
        yield
        raise
    except (expat.ExpatError, ValueError, LookupError) as fault:
        yield
        raise damaged(part) from fault
    yield


def elements(
    part: str, chunks: Iterable[bytes], wanted: str = ""
) -> Iterator[tuple[str, Attributes]]:
    """Each element of a part, or those wanted, by its name without a prefix, and its attributes."""
    found: list[tuple[str, Attributes]] = []
    count = 0

    def start(name: str, given: Attributes) -> None:
        if local(name) == wanted or not wanted:
            found.append((local(name), given))

    for _ in parse(part, chunks, start):
        count += len(found)
        if count > MOST_ELEMENTS:
            raise damaged(part)
        yield from found
        found.clear()


def local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]
