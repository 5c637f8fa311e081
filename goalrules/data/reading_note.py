"""Reading notes: what somebody says of a file of outcomes that the file does not say itself.

A note is a small TOML file: what headings are read as (`headings."Mätning" = "period"`), which
rows count (`rows.Kommun = "Nora"`), which do not (`except.Typ = ["Budget"]`), and which sheets are
left (`sheets.Arkiv = "not read"`). Its own words stand in the word tables, in both languages.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import evolve, field

from goalrules.data.columns import TableSchema
from goalrules.data.headings import LEFT, heading_text, role_beside, under_period
from goalrules.data.records import Record, cell_span
from goalrules.data.words import meaning, meanings
from goalrules.lazily import frozen
from goalrules.text.decoding import Undecodable, decoded
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact
from goalrules.text.names import folded, nearest, toml_key

_AT = re.compile(r"line (\d+), column (\d+)")


@frozen
class NotedRows:
    """The rows that a note takes, or leaves: what their cells under a heading are."""

    heading: str
    texts: tuple[str, ...]
    taken: bool


@frozen
class ReadingNote:
    """What a note says: what headings are read as, which rows count, and which sheets are left.

    `units` are the headings of columns with the outcomes of a unit each. Headings, units and sheets
    go by their folds. `text` is that of the note itself.
    """

    file: str = ""
    text: str = ""
    headings: Mapping[str, tuple[str, str]] = field(factory=dict)
    rows: tuple[NotedRows, ...] = ()
    sheets: Mapping[str, str] = field(factory=dict)
    units: Mapping[str, str] = field(factory=dict)

    def renamed(self, record: Record) -> Record:
        """A record with its cells as the note reads them."""
        if not self.headings:
            return record
        width = max([len(record.cells), *self._numbered])
        keys = [self._key(record, number) for number in range(1, width + 1)]
        cells = (self.headings[key][1] if key else record.cell(n) for n, key in enumerate(keys, 1))
        return evolve(record, cells=tuple(cells))

    def in_(self, record: Record) -> frozenset[str]:
        """The headings of the note that stand in a record, by their folds."""
        if not self.headings:
            return frozenset()
        width = max([len(record.cells), *self._numbered])
        return frozenset({self._key(record, number) for number in range(1, width + 1)} - {""})

    @property
    def _numbered(self) -> dict[int, str]:
        """The columns that nothing heads, and that the note names by number, as `kolumn 5`."""
        words = {fold: fold.split(" ") for fold in self.headings}
        return {
            int(word[1]): fold
            for fold, word in words.items()
            if len(word) == 2 and meaning("numbered", word[0]) and word[1].isdecimal()  # noqa: PLR2004
        }

    def _key(self, record: Record, number: int) -> str:
        """The heading of the note that a cell is, by its fold, or the empty string."""
        text = heading_text(record.cells[number - 1]) if number <= len(record.cells) else ""
        fold = folded(text) if text else self._numbered.get(number, "")
        return fold if fold in self.headings else ""

    def unit_headings(self, record: Record) -> frozenset[str]:
        """The headings of units that stand in a record, by their folds."""
        return frozenset(folded(heading_text(each)) for each in record.cells) & {*self.units}

    def unmet(self, headings: Collection[str], sheets: Iterable[str]) -> Iterator[Diagnostic]:
        """The headings, by their folds, and the sheets of the note that the file does not have."""
        known = {folded(each) for each in sheets}
        for fold, (heading, _) in self.headings.items():
            if fold not in headings:
                yield self.fault("note-heading-not-found", heading, text=heading)
        for fold, unit in self.units.items():
            if fold not in headings:
                yield self.fault("note-heading-not-found", unit, text=unit)
        for fold, sheet in self.sheets.items():
            if fold not in known:
                yield self.fault("note-sheet-not-found", sheet, text=sheet)

    def fault(self, code: str, key: str, **facts: DiagnosticFact) -> Diagnostic:
        """A fault of the note, on the line where a key of it stands."""
        word = rf"(?<![\w-]){re.escape(key)}(?![\w-])"
        section = re.escape(str(facts.get("section", "")))
        for sought in (rf"{section}\W*{word}\W*=", word):
            for number, line in enumerate(self.text.splitlines(), 1):
                found = None if line.lstrip().startswith("#") else re.search(sought, line)
                if found:
                    at = cell_span(number, line.find(key, found.start()) + 1)
                    return Diagnostic(code, self.file, at, line, facts)
        return Diagnostic(code, self.file, cell_span(1, 1), "", facts)


NO_NOTE = ReadingNote()


def read_note(
    data: bytes, file: str, schema: TableSchema
) -> tuple[ReadingNote, tuple[Diagnostic, ...]]:
    """The note in the bytes of a TOML file, and every fault in it."""
    text = decoded(data)
    if isinstance(text, Undecodable):
        facts: dict[str, DiagnosticFact] = {"byte": text.byte, "encoding": text.encoding}
        undecodable = Diagnostic("undecodable", file, cell_span(text.line, 1), "", facts)
        return NO_NOTE, (undecodable,)
    note = ReadingNote(file, text)
    try:
        document = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _AT.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
        shown = [*text.splitlines(), ""][line - 1]
        return note, (Diagnostic("note-not-toml", file, cell_span(line, column), shown),)
    reader = _Reader(note, schema)
    faults = tuple(reader.read(document))
    return evolve(
        note,
        headings=reader.headings,
        rows=tuple(reader.rows),
        sheets=reader.sheets,
        units=reader.units,
    ), faults


class _Reader:
    """The sections of a note, as they are read."""

    def __init__(self, note: ReadingNote, schema: TableSchema) -> None:
        self.note, self.schema = note, schema
        self.headings: dict[str, tuple[str, str]] = {}
        self.rows: list[NotedRows] = []
        self.sheets: dict[str, str] = {}
        self.units: dict[str, str] = {}

    def read(self, document: Mapping[str, object]) -> Iterator[Diagnostic]:
        """Every fault of the sections, what is right being kept."""
        for name, section in document.items():
            kind = meaning("note", name)
            if not kind:
                near = nearest(name, meanings("note"))
                yield self.note.fault("note-unknown-section", name, text=name, nearest=near)
            elif kind == "units":
                yield from self._units(name, section)
            elif not isinstance(section, dict):
                yield self.note.fault("note-no-section", name, text=name)
            else:
                for key, value in section.items():
                    yield from self._entry(kind, name, key, value)

    def _units(self, name: str, section: object) -> Iterator[Diagnostic]:
        """The headings that are units, as a list of texts."""
        given = section if isinstance(section, list) else [None]
        self.units |= {folded(each): each for each in given if isinstance(each, str)}
        if len(self.units) < len(given):
            yield self.note.fault("note-units-value", name, text=name)

    def _entry(self, kind: str, section: str, key: str, value: object) -> Iterator[Diagnostic]:
        texts = [value] if isinstance(value, str) else value
        several = kind in ("rows", "except")
        if not isinstance(texts, list) or not texts or not (several or isinstance(value, str)):
            code = "note-rows-value" if several else "note-value"
            yield self.note.fault(code, key, section=section, text=toml_key(key))
            return
        if not all(isinstance(each, str) for each in texts):
            yield self.note.fault("note-rows-value", key, section=section, text=toml_key(key))
        elif several:
            self.rows.append(NotedRows(key, tuple(texts), kind == "rows"))
        elif kind == "headings":
            yield from self._heading(key, texts[0])
        elif role_beside(texts[0]) == LEFT:
            self.sheets[folded(key)] = key
        else:
            yield self.note.fault("note-sheet-read", key, text=key)

    def _heading(self, key: str, text: str) -> Iterator[Diagnostic]:
        if self.schema.key(text) or under_period(text, self.schema) or role_beside(text):
            self.headings[folded(key)] = key, text
        else:
            near = nearest(text, self.schema.known_words())
            facts = {"text": text, "heading": key, "nearest": near}
            yield self.note.fault("note-unknown-heading", text, **facts)
