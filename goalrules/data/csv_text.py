"""The text of a CSV file: its bytes decoded, and its records of cells with their lines."""

import re
from collections.abc import Iterator

from goalrules.data.outcome import cell_span
from goalrules.data.table import Record
from goalrules.text.decoding import decoded, is_binary
from goalrules.text.diagnostics import Diagnostic, Fact

MOST_MEGABYTES = 50
MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
MOST_CHARACTERS = 10_000
LIMITS = {"too-many-columns": MOST_COLUMNS, "cell-too-long": MOST_CHARACTERS}
BYTES_IN_MEGABYTE = 1_000_000

DELIMITERS = (";", ",", "\t")
MOST_CONTROLS = 10
_CONTROL = re.compile("[\x01-\x08\x0e-\x1b\x7f]")
_BINARY_STARTS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")


def read_text(data: bytes, file: str) -> str | Diagnostic:
    """The text of a file with one kind of line end, or why it holds no text of outcomes."""
    if len(data) > MOST_MEGABYTES * BYTES_IN_MEGABYTE:
        return _whole(file, "too-large", limit=MOST_MEGABYTES)
    if data.startswith(_BINARY_STARTS) or is_binary(data):
        return _whole(file, "binary")
    text = _decoded(data, file)
    return text if isinstance(text, Diagnostic) else _text_of_rows(text, file)


def _text_of_rows(decoded: str, file: str) -> str | Diagnostic:
    text = decoded.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or len(_CONTROL.findall(text)) >= MOST_CONTROLS:
        return _whole(file, "binary")
    if text.count("\n") > MOST_ROWS:
        return _whole(file, "too-many-rows", limit=MOST_ROWS)
    return text if text.strip() else _whole(file, "empty-file")


def _whole(file: str, code: str, **facts: Fact) -> Diagnostic:
    return Diagnostic(code, file, cell_span(1, 1), "", facts)


def _decoded(data: bytes, file: str) -> str | Diagnostic:
    text = decoded(data)
    if isinstance(text, str):
        return text
    facts: dict[str, Fact] = {"byte": text.byte, "encoding": text.encoding}
    return Diagnostic("undecodable", file, cell_span(text.line, 1), "", facts)


class Records:
    """The records of a text, one after the other, as a delimiter parts their cells."""

    def __init__(self, text: str, delimiter: str, file: str) -> None:
        self.text = text
        self.file = file
        self.offset = 0
        self.line = 1
        quoted = f' *"([^"]*+(?:""[^"]*+)*+)" *(?=[{delimiter}\n]|\\Z)'
        self._cell = re.compile(f'{quoted}|(?! *")([^{delimiter}\n]*)')

    def __iter__(self) -> Iterator[Record | Diagnostic]:
        """Each record, or its fault; after a quote that is not closed no more can be told apart."""
        while self.offset <= len(self.text):
            line, start = self.line, self.offset
            cells: list[str] = []
            code, column = self._read(cells)
            shown = self._line_from(start)
            if code:
                yield Diagnostic(code, self.file, cell_span(line, column), shown, _limit(code))
            else:
                yield Record(line, tuple(cells), shown)

    def _read(self, cells: list[str]) -> tuple[str, int]:
        """Read the cells of a record: the code of its fault and the number of the cell with it."""
        while len(cells) < MOST_COLUMNS:
            found = self._cell.match(self.text, self.offset)
            if found is None:
                return self._end("quote-not-closed", len(cells) + 1)
            cells.append(found[2] if found[1] is None else found[1].replace('""', '"'))
            self.line += found[0].count("\n")
            self.offset = found.end() + 1
            if self.text[found.end() : self.offset] in ("", "\n"):
                self.line += 1
                return _too_long(cells)
        return self._end("too-many-columns", MOST_COLUMNS + 1)

    def _line_from(self, start: int) -> str:
        return self.text[start : start + MOST_CHARACTERS].partition("\n")[0]

    def _end(self, code: str, column: int) -> tuple[str, int]:
        self.offset = len(self.text) + 1
        return code, column


def _limit(code: str) -> dict[str, Fact]:
    return {"limit": LIMITS[code]} if code in LIMITS else {}


def _too_long(cells: list[str]) -> tuple[str, int]:
    lengths = [len(each) for each in cells]
    longest = max(lengths)
    return ("cell-too-long", lengths.index(longest) + 1) if longest > MOST_CHARACTERS else ("", 0)
