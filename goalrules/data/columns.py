"""The columns of tables: each is declared once, on the field of the row that it fills.

`count: Annotated[Decimal | None, Column(count_cell)] = None` is a field of a row and a column of
its table. The words that it is called by stand in `grammar/data-*.toml`. Heading rows, the cells of
a row, mappings from Python, the joining of sheets and the sheets of a workbook to fill in follow
from that.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Literal, get_type_hints

from goalrules.data.memory import MOST_KEPT, TABLES
from goalrules.data.records import Place
from goalrules.data.values import CellFault, is_blank, unseen_in, written
from goalrules.data.words import meaning, meanings
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic, WordKind, WordRef
from goalrules.text.names import nearest

CellReader = Callable[[object], object]
"""What a cell states, nothing where it is blank, or a `CellFault`."""

Need = Literal["heading", "one of", "row", "no"]
Role = Literal["section", "subject", "figure", "remark"]


@frozen
class SheetLayout:
    """A column's own sheet in a workbook to fill in: how wide a period is, and what cells hold."""

    width: float
    holds: Literal["numbers", "counts", "words"]


@frozen
class Column:
    """A column: what reads its cells, and where it stands.

    `need`: a heading row is known by it ("heading"), by it or by another ("one of"); or each row
    has to state it ("row"). `role`: a row is about a subject, and gives figures and remarks; a
    section is what a row may name alone, above those that are about it. `under_period`: a wide
    table may have it once for each period. `sheet`: its sheet in a workbook to fill in, if any.
    `instead_of`: a column that it is, where that has no heading of its own.
    """

    read: CellReader
    need: Need = "no"
    role: Role = "remark"
    under_period: bool = False
    sheet: SheetLayout | None = None
    instead_of: str = ""


def figure(read: CellReader, sheet: SheetLayout | None = None) -> Column:
    """A column of what is reported of a subject for a period."""
    return Column(read, "one of", "figure", under_period=True, sheet=sheet)


def columns_of(row: type) -> dict[str, Column]:
    """The columns that are declared on the fields of a class of rows, in their order."""
    hints = get_type_hints(row, include_extras=True)
    return {
        name: each
        for name, hint in hints.items()
        for each in getattr(hint, "__metadata__", ())
        if isinstance(each, Column)
    }


@frozen(eq=False)
class TableSchema:
    """What a kind of table has for columns.

    `words` is the kind of word that they are called by: "heading" for the section `headings` of the
    word tables. `unknown_field` is the code of a name in a mapping from Python that is none.
    `loose` is the column whose heading may say more than its word, as `Utfall 2024 (%)`.
    """

    words: WordKind
    columns: Mapping[str, Column]
    unknown_field: str = ""
    loose: str = ""

    def key(self, text: str) -> str:
        """The column that a text is a word for, or the empty string."""
        return meaning(f"{self.words}s", text)

    def known_words(self) -> Mapping[str, str]:
        """Every word for a column, folded, and the column."""
        return meanings(f"{self.words}s")

    def needed(self, *needs: Need) -> tuple[str, ...]:
        """The columns that are needed in some way."""
        return tuple(name for name, each in self.columns.items() if each.need in needs)

    def with_stand_ins(self, columns: Mapping[str, int]) -> dict[str, int]:
        """Columns by name; one that stands alone for another is that."""
        return {
            name if (other := self.columns[name].instead_of) in ("", *columns) else other: number
            for name, number in columns.items()
        }

    def in_role(self, *roles: Role) -> tuple[str, ...]:
        """The columns that have some role."""
        return tuple(name for name, each in self.columns.items() if each.role in roles)

    def under_period(self) -> tuple[str, ...]:
        """The columns that a table may have once for each period."""
        return tuple(name for name, each in self.columns.items() if each.under_period)

    def refs(self, *names: str) -> tuple[WordRef, ...]:
        """Columns as messages name them."""
        return tuple(WordRef(self.words, name) for name in names)

    def read(
        self, fields: Mapping[str, object], place: Place, **readers: CellReader
    ) -> tuple[dict[str, Any], list[Diagnostic]]:
        """What the cells of a row state, without those that state nothing, and their faults.

        `readers` are those of columns that are read in another way here.
        """
        stated: dict[str, Any] = {}
        faults: list[Diagnostic] = []
        tables, columns = TABLES.get(), self.columns
        for name, given in fields.items():
            if given is None:
                continue
            read = readers[name] if name in readers else columns[name].read
            known: dict[Hashable, Any] | None = None
            if tables is not None and type(given) is str:  # most texts are seen again and again
                known = tables.setdefault(read, {})
            if known is not None and given in known:
                found = known[given]
            else:
                unseen = unseen_in(given) if isinstance(given, str) else None
                found = None if is_blank(given) else unseen or read(given)
                if known is not None:
                    if len(known) >= MOST_KEPT:
                        known.clear()
                    known[given] = found
            if isinstance(found, CellFault):
                faults.append(place.fault(name, found))
            elif found is not None:
                stated[name] = found
        return stated, faults

    def named(
        self, entry: Mapping[object, object]
    ) -> tuple[dict[str, object], dict[str, str], list[CellFault]]:
        """The cells of a mapping from Python by column, its names of them, and its faults."""
        fields: dict[str, object] = {}
        names: dict[str, str] = {}
        faults: list[CellFault] = []
        for given, cell in entry.items():
            word = written(given)
            name = self.key(word)
            if not name:
                near = nearest(word, self.known_words())
                faults.append(CellFault(self.unknown_field, {"text": word, "nearest": near}))
            elif name in fields:
                column = WordRef(self.words, name)
                faults.append(CellFault("field-twice", {"text": word, "column": column}))
            else:
                fields[name], names[name] = cell, word
        return fields, names, faults
