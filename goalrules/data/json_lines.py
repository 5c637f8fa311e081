"""Cases in lines of JSON: each line an object that says which case it is and what its outcomes are.

`{"key": "Södertälje", "outcomes": {"nki": 83.1}, "period": "2025", "judgements": []}`: the outcomes
and the judgements are as `RuleSet.assess` takes them from Python, and the last two may be left out.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import evolve

from goalrules.data.json_grid import json_value
from goalrules.data.records import BYTES_IN_MEGABYTE, RefusedError, cell_span
from goalrules.data.values import CellFault, text_of
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact
from goalrules.text.names import nearest

MOST_MEGABYTES_OF_A_LINE = 5
LONGEST_LINE = MOST_MEGABYTES_OF_A_LINE * BYTES_IN_MEGABYTE
LONGEST_KEY = 200
"""The number of bytes of a line, and of characters of a key, up to which they are read."""

MOST_KEYS = 100_000
"""The number of lines back in which the same key is looked for, so that memory has a bound."""

FIELDS = ("key", "outcomes", "period", "judgements")

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WHOLE = re.compile(r"-?[0-9]+")

Key = str | int


@frozen
class Case:
    """One line by its number: its key, and what is to be assessed, or what is wrong with it.

    The outcomes, the period and the judgements are as they stand there, and not yet read.
    """

    line: int
    key: Key | None = None
    outcomes: Any = ()
    period: str | None = None
    judgements: Any = ()
    faults: tuple[Diagnostic, ...] = ()


def read_cases(lines: Iterable[bytes | None], file: str) -> Iterator[Case]:
    """The case in each line that is not blank; None is a line that is too long to be read."""
    known: OrderedDict[Key, int] = OrderedDict()
    for number, line in enumerate(lines, 1):
        data = line.removeprefix(_BYTE_ORDER_MARK) if line and number == 1 else line
        if data is not None and not data.strip():
            continue
        case = _case(number, data, file)
        if case.key is not None:
            first = known.setdefault(case.key, number)
            if first != number:
                facts: dict[str, DiagnosticFact] = {"text": str(case.key), "line": first}
                twice = Diagnostic("key-twice", file, cell_span(number, 1), "", facts)
                case = evolve(case, faults=(twice, *case.faults))
            if len(known) > MOST_KEYS:
                known.popitem(last=False)
        yield case


def _case(number: int, line: bytes | None, file: str) -> Case:
    try:
        found = _object(line)
    except RefusedError as refused:
        place = cell_span(number, refused.span.column)
        return Case(number, faults=(Diagnostic(refused.code, file, place, "", refused.facts),))
    key = _key(found.get("key"))
    faults = [
        Diagnostic(code, file, cell_span(number, 1), "", facts)
        for code, facts in _faults(found, key)
    ]
    return Case(
        number,
        key,
        found.get("outcomes"),
        _period(found.get("period")),
        found.get("judgements") or (),
        tuple(faults),
    )


def _object(line: bytes | None) -> Mapping[str, object]:
    if line is None:
        raise RefusedError("line-too-long", limit=MOST_MEGABYTES_OF_A_LINE)
    try:
        found = json_value(line.decode().strip())
    except UnicodeDecodeError as fault:
        byte = f"0x{line[fault.start]:02X}"
        raise RefusedError(
            "undecodable", column=fault.start + 1, byte=byte, encoding="utf-8"
        ) from fault
    except RefusedError as refused:
        if refused.code != "bad-json":
            raise
        raise RefusedError("line-no-json", column=refused.span.column) from refused
    if not isinstance(found, Mapping):
        raise RefusedError("line-no-object")
    return found


def _key(given: object) -> Key | None:
    """The key of a line: a text, or a whole number as it is written; None where it is neither."""
    if isinstance(given, str) and len(given) <= LONGEST_KEY:
        return given
    if isinstance(given, Decimal) and _WHOLE.fullmatch(str(given)):
        return int(given)
    return None


def _faults(
    found: Mapping[str, object], key: Key | None
) -> Iterator[tuple[str, dict[str, DiagnosticFact]]]:
    """What a line has that it cannot have, and what it lacks."""
    for name in found:
        if name not in FIELDS:
            yield "unknown-line-field", {"text": name, "nearest": nearest(name, FIELDS)}
    if key is None:
        yield "line-without-key", {"limit": LONGEST_KEY}
    if found.get("outcomes") is None:
        yield "line-without-outcomes", {}


def _period(given: object) -> str | None:
    """A period as it is written, whatever stands there."""
    return None if given is None else text_of(given) if isinstance(given, CellFault) else str(given)
