"""The grid of a CSV file: its bytes decoded, and its records of cells with their lines."""

import re
from collections.abc import Iterator

from attrs import evolve

from goalrules.data.records import (
    BYTES_IN_MEGABYTE,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_MEGABYTES,
    MOST_ROWS,
    Grid,
    Record,
    Sheet,
    cell_span,
)
from goalrules.lazily import frozen
from goalrules.text.decoding import Undecodable, encoding_of, is_binary, pieces
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact

LIMITS = {"too-many-columns": MOST_COLUMNS, "cell-too-long": MOST_CHARACTERS}

DELIMITERS = (";", ",", "\t", "|")
MOST_CONTROLS = 10
MOST_IN_RECORD = MOST_COLUMNS * (MOST_CHARACTERS + 1)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1b\x7f]")
_LINE_END = re.compile("\r\n?")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@frozen
class Text:
    """Bytes that are known to be text of some lines, with one kind of line end, piece by piece."""

    data: bytes
    encoding: str
    lines: int = 0

    def __iter__(self) -> Iterator[str]:
        """Each piece; one that would end between the two halves of a line end ends before it."""
        left = ""
        for piece in pieces(self.data, self.encoding):
            whole = left + piece
            left = "\r" if whole.endswith("\r") else ""
            yield _LINE_END.sub("\n", whole.removesuffix(left)) if "\r" in whole else whole
        yield "\n" if left else ""


def csv_grids(data: bytes, file: str) -> tuple[Grid, ...] | Diagnostic:
    """A CSV file as each delimiter parts its cells, or why it holds no text of rows."""
    text = read_text(data, file)
    if isinstance(text, Diagnostic):
        return text
    sheets = {each: Sheet("", CsvRecords(text, each, file), text.lines) for each in DELIMITERS}
    return tuple(
        Grid("csv", (sheet,), "." if each == "," else ",", encoding=text.encoding)
        for each, sheet in sheets.items()
    )


def read_text(data: bytes, file: str) -> Text | Diagnostic:
    """The text of a file, or why it holds no text of rows."""
    if len(data) > MOST_MEGABYTES * BYTES_IN_MEGABYTE:
        return _whole(file, "too-large", limit=MOST_MEGABYTES)
    if data.startswith(_OLD_OFFICE):
        return _whole(file, "encrypted-workbook" if _ENCRYPTED in data else "old-workbook")
    if data.startswith(b"%PDF") or is_binary(data):
        return _whole(file, "binary")
    encoding = encoding_of(data)
    if isinstance(encoding, Undecodable):
        facts: dict[str, DiagnosticFact] = {"byte": encoding.byte, "encoding": encoding.encoding}
        return Diagnostic("undecodable", file, cell_span(encoding.line, 1), "", facts)
    return _looked_through(Text(data, encoding), file)


def _looked_through(text: Text, file: str) -> Text | Diagnostic:
    """The text with the number of its lines, or why it holds no rows that could be read."""
    controls = lines = 0
    blank = True
    for piece in text:
        controls += len(_CONTROL.findall(piece)) + MOST_CONTROLS * ("\0" in piece)
        lines += piece.count("\n")
        blank = blank and not piece.strip()
        if controls >= MOST_CONTROLS:
            return _whole(file, "binary")
        if lines > MOST_ROWS + 1:
            return _whole(file, "too-many-rows", limit=MOST_ROWS)
    return _whole(file, "empty-file") if blank else evolve(text, lines=lines)


def _whole(file: str, code: str, **facts: DiagnosticFact) -> Diagnostic:
    return Diagnostic(code, file, cell_span(1, 1), "", facts)


@frozen
class CsvRecords:
    """The records of a text, one after the other, as a delimiter parts their cells."""

    text: Text
    delimiter: str
    file: str

    def __iter__(self) -> Iterator[Record | Diagnostic]:
        """Each record, or its fault; after a quote that is not closed no more can be told apart."""
        window = _Window(self.text, self.delimiter)
        while not window.at_end():
            line = window.line
            cells, code, column = window.record()
            shown = window.shown()
            if code:
                limit = {"limit": LIMITS[code]} if code in LIMITS else {}
                yield Diagnostic(code, self.file, cell_span(line, column), shown, limit)
            else:
                yield Record(line, tuple(cells), shown)


class _Window:
    """The part of a text that is being read: from the start of a record on."""

    def __init__(self, text: Text, delimiter: str) -> None:
        self.pieces = iter(text)
        self.text = ""
        self.start = self.offset = 0
        self.line = 1
        self.delimiter = delimiter
        self.ended = False
        quoted = f' *"([^"]*+(?:""[^"]*+)*+)" *(?=[{delimiter}\n]|\\Z)'
        self._cell = re.compile(f'{quoted}|(?! *")([^{delimiter}\n]*)')

    def at_end(self) -> bool:
        """Whether no record is left; the record begins where the one before has ended."""
        self.start = self.offset
        return self.ended

    def record(self) -> tuple[list[str], str, int]:
        """The cells of a record, the code of its fault and the number of the cell with it."""
        end = self._line_end()
        if '"' in self.text[self.offset : end]:
            return self._quoted()
        cells = self.text[self.offset : end].split(self.delimiter, MOST_COLUMNS)
        self._go_to(end)
        if len(cells) > MOST_COLUMNS:
            return cells, "too-many-columns", MOST_COLUMNS + 1
        return cells, *_too_long(cells, end - self.start)

    def shown(self) -> str:
        """The first line of the record as it stands."""
        most = self.start + MOST_CHARACTERS
        end = self.text.find("\n", self.start, most)
        return self.text[self.start : most if end < 0 else end]

    def _line_end(self) -> int:
        """The end of the line that begins here."""
        end = self.text.find("\n", self.offset)
        while end < 0 and self._more():
            end = self.text.find("\n", self.offset)
        return len(self.text) if end < 0 else end

    def _more(self) -> bool:
        """Whether another piece of the text could be added, if a record can be as long as that."""
        too_long = len(self.text) - self.start > MOST_IN_RECORD
        piece = None if too_long else next(self.pieces, None)
        if piece is None:
            return False
        self.text = self.text[self.start :] + piece
        self.start, self.offset = 0, self.offset - self.start
        return True

    def _go_to(self, end: int) -> None:
        """Go on after the line end at a place, or to the end of the text."""
        self.ended = end >= len(self.text)
        self.offset = end + 1
        self.line += 1

    def _quoted(self) -> tuple[list[str], str, int]:
        """The same for a record with a quote in it, which may go on over several lines."""
        cells: list[str] = []
        while len(cells) < MOST_COLUMNS:
            found = self._match()
            if found is None:
                self.ended = True
                return cells, "quote-not-closed", len(cells) + 1
            cells.append(found[2] if found[1] is None else found[1].replace('""', '"'))
            self.line += found[0].count("\n")
            end = self.offset = found.end()
            if self.text[end : end + 1] in ("", "\n"):
                self._go_to(end)
                return cells, *_too_long(cells, end - self.start)
            self.offset = end + 1
        self.ended = True
        return cells, "too-many-columns", MOST_COLUMNS + 1

    def _match(self) -> re.Match[str] | None:
        """The next cell, with as much of the text as it needs."""
        found = self._cell.match(self.text, self.offset)
        while found is None or found.end() == len(self.text):
            if not self._more():
                return found
            found = self._cell.match(self.text, self.offset)
        return found


def _too_long(cells: list[str], length: int) -> tuple[str, int]:
    """The code of a cell that is too long, and its number, in a record of some length."""
    lengths = [len(each) for each in cells] if length > MOST_CHARACTERS else [0]
    longest = max(lengths)
    return ("cell-too-long", lengths.index(longest) + 1) if longest > MOST_CHARACTERS else ("", 0)
