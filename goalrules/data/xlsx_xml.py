"""The XML of a workbook's parts, read as it comes and within limits.

No part may have a document type declaration, in any encoding, so there are no entities. A tag is
never larger than two chunks, and the names in a part are few, since the parser keeps each.
"""

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from goalrules.data.records import RefusedError
from goalrules.data.xlsx_package import CHUNK, damaged

MOST_NAMES = 10_000
MOST_ELEMENTS = 300_000

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]


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
    names: dict[str, str] = {}
    parser = expat.ParserCreate(intern=names)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for chunk in chunks:
            if len(chunk) == CHUNK and b">" not in chunk:
                raise damaged(part)
            parser.Parse(chunk, False)  # noqa: FBT003 - so the parser takes it
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


def _refuse_doctype(*_: object) -> None:
    raise RefusedError("doctype")
