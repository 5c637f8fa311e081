"""The grid of a JSON file: lists of objects as rows, with the names of their fields as headings."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from goalrules.data.kolada import is_kolada, kolada_rows
from goalrules.data.records import (
    BYTES_IN_MEGABYTE,
    ENTRIES,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_MEGABYTES,
    MOST_ROWS,
    Grid,
    Record,
    RefusedError,
    Sheet,
    cell_span,
    line_of,
)
from goalrules.data.values import Cell, CellFault
from goalrules.data.words import meaning
from goalrules.limits import is_bounded, step, stepping
from goalrules.text.decoding import Undecodable, encoding_of, pieces
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.numbers import MOST_CHARACTERS as LONGEST_NUMBER

MOST_DEPTH = 50
DEEPER = {"[": 1, "{": 1, "]": -1, "}": -1, "\n": 0}
PIECES = "[]{},\n"
MOST_PIECES = 3_000_000
"""The brackets, commas and line ends of a file: each value has one of them beside it."""

SIGNS_IN_A_STEP = 1_000

FOR_ALL = ("kind", "measure", "sex", "unit", "place", "body")
"""The roles of columns that a document may have once for all of its rows."""

Object: TypeAlias = Mapping[str, object]

_MARKS = b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"
_START = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[{\["\]0-9])')
_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_PART_OF_TEXT = re.compile(r'(?:[^"\\]|\\.){1,4096}+', re.DOTALL)
_BESIDE = re.compile(r"[^\[\]{}\n]++")
_LONG_EXPONENT = re.compile(r"[eE][-+]?[0-9]{4}")


def is_json(data: bytes) -> bool:
    """Whether some bytes begin as a list or an object of JSON does."""
    start = data[:MOST_CHARACTERS]
    mark = next((each for each in _MARKS if start.startswith(each)), b"")
    return _START.match(start[len(mark) :].replace(b"\0", b"")) is not None


def is_document(data: bytes) -> bool:
    """Whether some bytes may be a JSON document of goalrules, whose name stands in it."""
    return is_json(data) and b'"urn:goalrules:' in data


def json_grid(data: bytes, file: str) -> Grid | Diagnostic:
    """The lists of objects in a JSON file as sheets, or why it cannot be read."""
    try:
        text, encoding = _text(data)
        lines = _lines_of_entries(text)
        sheets = tuple(_sheets(_document(text), lines, file))
    except RefusedError as refused:
        return refused.told(file)
    return Grid("json", sheets, ".", encoding=encoding)


def document_and_lines(data: bytes) -> tuple[object, list[int], str]:
    """What a JSON file holds, the lines of the objects in what it has by name, and its encoding.

    Raises:
        RefusedError: it is no JSON, too deep or too large.
    """
    text, encoding = _text(data)
    _, lines = _lines_of_entries(text)
    return _loaded(text), lines, encoding


def _text(data: bytes) -> tuple[str, str]:
    """The text of a file, and its encoding."""
    if len(data) > MOST_MEGABYTES * BYTES_IN_MEGABYTE:
        raise RefusedError("too-large", limit=MOST_MEGABYTES)
    encoding = encoding_of(data)
    if isinstance(encoding, Undecodable):
        raise RefusedError(
            "undecodable", encoding.line, byte=encoding.byte, encoding=encoding.encoding
        )
    return "".join(pieces(data, encoding)), encoding


def _lines_of_entries(text: str) -> list[list[int]]:
    """The lines on which objects begin in a list, or in a list in an object: one list for each.

    The text is only looked through, so that one that is too deep or too large is never built.
    """
    bare = "".join(_beside_texts(text)) if is_bounded() else _TEXT.sub("", text)
    if sum(map(bare.count, PIECES)) > MOST_PIECES:
        raise RefusedError("too-many-values", limit=MOST_PIECES)
    found: list[list[int]] = [[], []]
    depth, line = 0, 1
    for number, sign in enumerate(_BESIDE.sub("", bare)):
        if not number % SIGNS_IN_A_STEP:
            step()
        line += sign == "\n"
        if sign == "{" and depth in (1, 2):
            found[depth - 1].append(line)
        depth += DEEPER[sign]
        if depth > MOST_DEPTH:
            raise RefusedError("too-deep-data", line, limit=MOST_DEPTH)
    return found


def _beside_texts(text: str) -> Iterator[str]:
    """What stands beside the texts in quotation marks, with a step for each part of them."""
    at = 0
    while (start := text.find('"', at)) >= 0:
        yield text[at:start]
        at = start + 1
        while part := _PART_OF_TEXT.match(text, at):
            step()
            at = part.end()
        at += 1
    yield text[at:]


def json_value(text: str) -> object:
    """What a JSON text holds, with each number exactly as it is written.

    Raises:
        RefusedError: it is no JSON, too deep or too large, or names a field of an object twice.
    """
    _lines_of_entries(text)
    return _document(text)


def _document(text: str) -> object:
    return _loaded(
        text,
        object_pairs_hook=_object,
        parse_float=_number,
        parse_int=_number,
        parse_constant=lambda text: CellFault("number-not-finite", {"text": text}),
    )


def _loaded(text: str, **hooks: Any) -> object:  # noqa: ANN401 - as `json.loads` takes them
    """What a JSON text holds, or that it is none."""
    try:
        found: object = json.loads(text, **hooks)
    except ValueError as fault:  # also a whole number of more digits than Python reads
        at = (fault.lineno, fault.colno) if isinstance(fault, json.JSONDecodeError) else ()
        raise RefusedError("bad-json", *at) from fault
    return found


def _object(pairs: Sequence[tuple[str, object]]) -> Object:
    step()
    found = dict(pairs)
    if len(found) > MOST_COLUMNS:
        raise RefusedError("too-many-columns", limit=MOST_COLUMNS)
    if len(found) < len(pairs):
        [(name, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise RefusedError("field-twice-in-json", text=name)
    return found


def _number(text: str) -> Decimal | CellFault:
    """A number exactly as it is written."""
    step()
    if len(text) > LONGEST_NUMBER or _LONG_EXPONENT.search(text):
        return CellFault("number-too-long", {"text": text[:LONGEST_NUMBER]})
    return Decimal(text)


def _sheets(document: object, lines: list[list[int]], file: str) -> Iterator[Sheet]:
    """The lists of objects that a document is, or has in it by a name."""
    lists = _lists(document)
    if not lists:
        raise RefusedError("no-rows-in-json" if _states(document) else "empty-file")
    for name, entries in lists.items():
        own = lines[0] if isinstance(document, list) else lines[1]
        alone = len(lists) == 1
        known = own if alone and len(own) == len(entries) == len({*own}) else ()
        numbered = list(zip(known or range(1, len(entries) + 1), entries, strict=True))
        if is_kolada(entries):
            numbered = list(kolada_rows(document, numbered))
        elif isinstance(document, dict):
            numbered = [(line, {**_said_of(document, entry), **entry}) for line, entry in numbered]
        if len(numbered) > MOST_ROWS:
            raise RefusedError("too-many-rows", limit=MOST_ROWS)
        records = tuple(_records(numbered, file))
        yield Sheet("" if known else ENTRIES if alone else name, records, len(records))


def _said_of(document: Object, entry: Object) -> Object:
    """The fields that a document has once for all rows, and an entry does not have itself."""
    own = {_meaning_for_all(name) for name, value in entry.items() if value is not None}
    inner = (each for each in document.values() if isinstance(each, dict))
    found = {name: value for fields in (*inner, document) for name, value in fields.items()}
    return {
        name: value
        for name, value in found.items()
        if (meant := _meaning_for_all(name))
        and meant not in own
        and not isinstance(value, list | dict | None)
    }


def _meaning_for_all(name: str) -> str:
    """What a field that is said of all rows means, where it says of when or of whom they are."""
    heading, column = meaning("headings", name), meaning("columns", name)
    return heading if heading in ("period", "year") else column if column in FOR_ALL else ""


def _states(document: object) -> bool:
    """Whether a document holds anything but empty lists."""
    return (
        any(each != [] for each in document.values())
        if isinstance(document, dict)
        else bool(document)
    )


def _lists(document: object) -> dict[str, list[Object]]:
    """The lists of objects that a document is, or has in it, by name; those with any."""
    given = document if isinstance(document, dict) else {"": document}
    return {
        name: [entry for entry in entries if isinstance(entry, dict)]
        for name, entries in given.items()
        if isinstance(entries, list) and entries and all(isinstance(each, dict) for each in entries)
    }


def _records(numbered: Iterable[tuple[int, Object]], file: str) -> Iterator[Record | Diagnostic]:
    """The names of the fields as a heading row, and each object as a record below it."""
    rows = list(numbered)
    names = list(dict.fromkeys(name for _, entry in stepping(rows) for name in entry))
    if len(names) > MOST_COLUMNS:
        raise RefusedError("too-many-columns", limit=MOST_COLUMNS)
    yield Record(rows[0][0], tuple(names), "; ".join(names))
    for line, entry in stepping(rows):
        cells = tuple(_cell(entry.get(name)) for name in names)
        long = [isinstance(each, str) and len(each) > MOST_CHARACTERS for each in cells]
        if any(long):
            place, facts = cell_span(line, long.index(True) + 1), {"limit": MOST_CHARACTERS}
            yield Diagnostic("cell-too-long", file, place, "", facts)
        else:
            yield Record(line, cells, line_of(cells))


def _cell(given: object) -> Cell:
    match given:
        case None:
            return ""
        case str() | bool() | Decimal() | CellFault():
            return given
        case _:
            return CellFault("nested-cell")
