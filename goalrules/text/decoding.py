"""Text from bytes, in the encodings that people's files have.

In this order: what a byte order mark says (UTF-8, UTF-16), strict UTF-8, Windows-1252.
"""

import codecs
from collections.abc import Iterator

from goalrules.lazily import frozen
from goalrules.limits import step

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PIECE = 1 << 20
"""So many bytes are decoded at a time, so that a large file never stands twice in memory."""


@frozen
class Undecodable:
    """A byte that no text in the encoding can hold, as in `0x81`, and the line it stands on."""

    byte: str
    encoding: str
    line: int


def decoded(data: bytes) -> str | Undecodable:
    """The text of some bytes, without a byte order mark."""
    encoding = encoding_of(data)
    return encoding if isinstance(encoding, Undecodable) else "".join(pieces(data, encoding))


def encoding_of(data: bytes) -> str | Undecodable:
    """The encoding of some bytes, all of which are text in it."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _fault(data, encoding) or encoding
    if _fault(data, "utf-8") is None:
        return "utf-8"
    return _fault(data, "cp1252") or "cp1252"


def pieces(data: bytes, encoding: str) -> Iterator[str]:
    """The text of some bytes piece by piece, without a byte order mark.

    Raises:
        UnicodeDecodeError: a byte that is no text; its `start` is counted from the piece's own.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data) or 1, PIECE):
        end = start + PIECE
        step()
        piece = decoder.decode(data[start:end], final=end >= len(data))
        yield piece if start else piece.removeprefix("\ufeff")


def is_binary(data: bytes) -> bool:
    """Whether some bytes are no text: they hold a NUL that is not half of a wide letter."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return b"\0" in data and not wide


def _fault(data: bytes, encoding: str) -> Undecodable | None:
    done = 0
    try:
        for _ in pieces(data, encoding):
            done = min(done + PIECE, len(data))
    except UnicodeDecodeError as fault:
        at = min(done + PIECE, len(data)) - len(fault.object) + fault.start
        line = data.count(b"\n", 0, at) + 1
        return Undecodable(f"0x{data[at]:02X}", encoding, line)
    return None
