"""Text from bytes, in the encodings that people's files have.

In this order: what a byte order mark says (UTF-8, UTF-16), strict UTF-8, Windows-1252.
"""

import codecs

from attrs import frozen

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@frozen
class Undecodable:
    """A byte that no text in the encoding can hold, as in `0x81`, and the line it stands on."""

    byte: str
    encoding: str
    line: int


def decoded(data: bytes) -> str | Undecodable:
    """The text of some bytes, without a byte order mark."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded_as(encoding, data)
    text = _decoded_as("utf-8", data)
    return text if isinstance(text, str) else _decoded_as("cp1252", data)


def is_binary(data: bytes) -> bool:
    """Whether some bytes are no text: they hold a NUL that is not half of a wide letter."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return b"\0" in data and not wide


def _decoded_as(encoding: str, data: bytes) -> str | Undecodable:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        return Undecodable(f"0x{data[fault.start]:02X}", encoding, line)
