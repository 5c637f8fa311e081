"""The account of an assessment's inputs: what of each file was used, what was not, and why.

Entries of rows stand grouped, with lines in ranges as `2-13, 15`. It names rows, and never what
they say, so that figures of few people stay hidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal, NamedTuple

from attrs import evolve

from goalrules.core.trace import Receipt, TableUnit
from goalrules.core.vocabulary import ColumnRole, InputRole, UnreadReason, UnusedReason
from goalrules.document import Place, Whole
from goalrules.lazily import frozen


class InputRow(NamedTuple):
    """One thing that a row of data states, and whether it was used.

    `cell` is the number of its cell where a line of the table has several such, else 0; `member`
    what it speaks of (`5/avtalstrohet`), `reason` why it is not used, or the empty text, and
    `period` that of the row, as `Period.text`, where it is not used.
    """

    file: str
    sheet: str
    line: int
    cell: int
    role: InputRole
    member: str
    reason: UnusedReason | Literal[""] = ""
    period: str = ""


Cells = Annotated[
    str, "The numbers of their cells, in ranges; empty where each row is an entry of its own."
]
Lines = Annotated[str, "The lines of the rows, in ranges as `2-13, 15`."]


@frozen
class UsedRows:
    """Rows that were used."""

    __title__ = "Used"

    rows: Lines
    members: Annotated[
        tuple[str, ...],
        "What they speak of, as `5/avtalstrohet`: one for all of them, or one for each in order.",
    ]
    roles: Annotated[tuple[InputRole, ...], "As what they are used."] = ("outcome",)
    cells: Cells = ""


@frozen
class UnusedRows:
    """Rows of which something was not used."""

    __title__ = "Unused"

    rows: Lines
    reason: Annotated[UnusedReason, "Why."]
    roles: Annotated[tuple[InputRole, ...], "As what they would be used."] = ("outcome",)
    cells: Cells = ""
    period: Annotated[str, "The period that they are for; empty where they say none."] = ""
    member: Annotated[str, "What they speak of, where another row of it counts."] = ""


@frozen
class UnreadRows:
    """Rows that were not read."""

    rows: Lines
    reason: Annotated[UnreadReason, "Why."]


@frozen
class UnreadColumn:
    """A column that was not read."""

    number: Annotated[Place, "The number of its cells, from 1."]
    heading: Annotated[str, "Its heading."]
    reason: Annotated[UnreadReason, "Why."] = "unknown heading"


@frozen
class ReadColumn:
    """A column that says something of the rows beside their outcomes."""

    number: Annotated[Place, "The number of its cells, from 1."]
    heading: Annotated[str, "Its heading."]
    role: Annotated[ColumnRole, "As what it was read."]
    by_heading: Annotated[
        bool, "Whether its heading tells as what; else its cells can be nothing but text."
    ] = True


@frozen
class GoalRows:
    """Rows that speak of a goal and of no indicator: texts, which change no verdict."""

    rows: Lines
    goal: Annotated[str, "The goal, as they name it."]


@frozen
class UnreadSheet:
    """A sheet that was not read."""

    sheet: Annotated[str, "Its name."]
    reason: Annotated[UnreadReason, "Why."]


@frozen
class TableAccount:
    """A table of a file, and what of it was used."""

    __title__ = "TableInputs"

    sheet: Annotated[str, "The sheet that it stands in; empty where the file has none."] = ""
    headings: Annotated[Whole, "The line of its headings; 0 for values from Python."] = 0
    used: Annotated[tuple[UsedRows, ...], "The rows that were used."] = ()
    unused: Annotated[tuple[UnusedRows, ...], "What of rows was not used."] = ()
    unread: Annotated[tuple[UnreadRows, ...], "The rows that were not read."] = ()
    columns: Annotated[tuple[UnreadColumn, ...], "The columns that were not read."] = ()
    unit: Annotated[
        TableUnit | None, "The unit of all its rows, where that is said beside them."
    ] = None
    beside: Annotated[
        tuple[ReadColumn, ...], "The columns that were read and hold no outcomes, and as what."
    ] = ()
    goals: Annotated[tuple[GoalRows, ...], "The rows that speak of a goal itself."] = ()


@frozen
class ReadAs:
    """A heading that a reading note reads otherwise than it stands in the file."""

    heading: Annotated[str, "The heading in the file."]
    read_as: Annotated[str, "What it is read as."]


@frozen
class ChosenRows:
    """Rows that a reading note takes, or leaves."""

    heading: Annotated[str, "The heading of the column that they are chosen by."]
    texts: Annotated[tuple[str, ...], "What the cells are."]
    taken: Annotated[bool, "Whether just those rows count, or all others."]


@frozen
class NoteAccount:
    """What a reading note says of a file; what it leaves is told with what else is not read."""

    __title__ = "ReadingNote"

    file: Annotated[str, "The note, as it was named to the program."]
    headings: Annotated[tuple[ReadAs, ...], "What headings are read as."] = ()
    rows: Annotated[tuple[ChosenRows, ...], "Which rows count."] = ()
    units: Annotated[tuple[str, ...], "The headings that are units."] = ()


@frozen
class FileAccount:
    """A file of outcomes, and what of it was used."""

    __title__ = "FileInputs"

    file: Annotated[str, "The file, as it was named to the program."]
    kind: Annotated[
        Literal["csv", "xlsx", "json", ""], "The kind of file; empty for values from Python."
    ] = ""
    encoding: Annotated[str, "The encoding of its text; empty where it is none."] = ""
    tables: Annotated[tuple[TableAccount, ...], "Its tables, in order."] = ()
    sheets: Annotated[tuple[UnreadSheet, ...], "Its sheets that were not read."] = ()
    note: Annotated[
        NoteAccount | None, "The reading note by which it was read; null without one."
    ] = None
    receipt: Annotated[
        Receipt | None, "What it says of itself, where it is an assessment of another plan."
    ] = None
    unread: Annotated[
        UnreadReason | Literal[""], "Why nothing of it was read; empty where it was."
    ] = ""


@frozen
class InputAccount:
    """What of each file an assessment has used, what not, and why."""

    __title__ = "Account"

    files: Annotated[tuple[FileAccount, ...], "The files."] = ()

    def rows(self) -> Iterator[InputRow]:
        """Every entry of every row that was read, once."""
        for file in self.files:
            for table in file.tables:
                for used in table.used:
                    yield from _rows_of_used(file.file, table.sheet, used)
                for unused in table.unused:
                    for line, cell in places(unused.rows, unused.cells):
                        for role in unused.roles:
                            yield InputRow(
                                file.file, table.sheet, line, cell, role, unused.member,
                                unused.reason, unused.period,
                            )  # fmt: skip


def _rows_of_used(file: str, sheet: str, used: UsedRows) -> Iterator[InputRow]:
    found = places(used.rows, used.cells)
    members = used.members * len(found) if len(used.members) == 1 else used.members
    for (line, cell), member in zip(found, members, strict=True):
        for role in used.roles:
            yield InputRow(file, sheet, line, cell, role, member)


TOLD_UNUSED: frozenset[UnusedReason] = frozenset(
    {
        "another year",
        "only another period",
        "earlier",
        "undated",
        "forecast not used",
        "judged by parts",
    }
)
"""The reasons of which a reader has to know before a verdict is trusted, and which are not told
with the member."""

# Ranges


def ranges(numbers: Iterable[int]) -> str:
    """Numbers from the least on, as `2-13, 15`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def numbers_in(text: str) -> list[int]:
    """The numbers that a text of ranges stands for."""
    parts = (part.partition("-") for part in text.split(", ") if part)
    return [n for first, _, last in parts for n in range(int(first), int(last or first) + 1)]


def places(rows: str, cells: str) -> list[tuple[int, int]]:
    """Each line with each cell, or with 0 where a row is an entry of its own."""
    return [(line, cell) for line in numbers_in(rows) for cell in (numbers_in(cells) or [0])]


def _grouped(found: Iterable[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Lines and cells in as few ranges as their products are."""
    by_cell: dict[int, list[int]] = defaultdict(list)
    for line, cell in found:
        by_cell[cell].append(line)
    by_lines: dict[str, list[int]] = defaultdict(list)
    for cell, lines in by_cell.items():
        by_lines[ranges(lines)].append(cell)
    for lines_, cells in by_lines.items():
        yield lines_, ranges(filter(None, cells))


# From entries to the account


def account_of(rows: Iterable[InputRow], files: Iterable[FileAccount]) -> InputAccount:
    """The account of some entries; the files say what was not read of them.

    Files and sheets that only the entries name are values from Python, or of files of which no
    more is known.
    """
    by_table: dict[tuple[str, str], list[InputRow]] = defaultdict(list)
    for row in rows:
        by_table[row.file, row.sheet].append(row)
    found: dict[str, FileAccount] = {}
    for file in files:
        before = found.get(file.file)
        found[file.file] = _joined(before, file) if before else file
    for name, _ in by_table:
        found.setdefault(name, FileAccount(name))
    return InputAccount(tuple(_with_rows(each, by_table) for each in found.values()))


def _joined(one: FileAccount, other: FileAccount) -> FileAccount:
    """What two files of one name hold together."""
    if one == other:
        return one
    return FileAccount(
        one.file,
        one.kind,
        one.encoding,
        (*one.tables, *other.tables),
        (*one.sheets, *other.sheets),
        one.note or other.note,
        one.receipt or other.receipt,
    )


def _with_rows(
    file: FileAccount, by_table: Mapping[tuple[str, str], list[InputRow]]
) -> FileAccount:
    """A file with the entries of its tables."""
    tables: dict[str, TableAccount] = {}
    for each in file.tables:
        before = tables.get(each.sheet)
        tables[each.sheet] = evolve(
            before or each,
            unread=(*(before.unread if before else ()), *each.unread),
            columns=(*(before.columns if before else ()), *each.columns),
            beside=(*(before.beside if before else ()), *each.beside),
            goals=(*(before.goals if before else ()), *each.goals),
        )
    for name, sheet in by_table:
        if name == file.file:
            tables.setdefault(sheet, TableAccount(sheet))
    return FileAccount(
        file.file,
        file.kind,
        file.encoding,
        tuple(_table(each, by_table.get((file.file, sheet), ())) for sheet, each in tables.items()),
        file.sheets,
        file.note,
        file.receipt,
        file.unread,
    )


def _table(table: TableAccount, rows: Iterable[InputRow]) -> TableAccount:
    """A table with its entries, grouped."""
    used: dict[tuple[str, int, int], list[InputRole]] = defaultdict(list)
    unused: dict[tuple[str, UnusedReason, str, int, int], list[InputRole]] = defaultdict(list)
    for row in rows:
        if row.reason:
            unused[row.period, row.reason, row.member, row.line, row.cell].append(row.role)
        else:
            used[row.member, row.line, row.cell].append(row.role)
    return TableAccount(
        table.sheet,
        table.headings,
        tuple(_used(used)),
        tuple(_unused(unused)),
        table.unread,
        table.columns,
        table.unit,
        table.beside,
        table.goals,
    )


def _used(used: Mapping[tuple[str, int, int], list[InputRole]]) -> Iterator[UsedRows]:
    """The rows that were used: by what they speak of, and those of one row each together."""
    by_member: dict[tuple[tuple[InputRole, ...], str], list[tuple[int, int]]] = defaultdict(list)
    for (member, line, cell), roles in used.items():
        by_member[tuple(sorted(roles)), member].append((line, cell))
    alone: dict[tuple[tuple[InputRole, ...], int], dict[int, str]] = defaultdict(dict)
    for (as_, member), found in by_member.items():
        line, cell = found[0]
        if len(found) == 1 and line not in alone[as_, cell]:
            alone[as_, cell][line] = member
        else:
            for lines, cells in _grouped(found):
                yield UsedRows(lines, (member,), as_, cells)
    for (as_, cell), members in alone.items():
        named = tuple(members[line] for line in sorted(members))
        yield UsedRows(ranges(members), named, as_, str(cell) if cell else "")


def _unused(
    unused: Mapping[tuple[str, UnusedReason, str, int, int], list[InputRole]],
) -> Iterator[UnusedRows]:
    """The rows that were not used, by period, reason and, where another row counts, member."""
    alike: dict[tuple[str, UnusedReason, str, tuple[InputRole, ...]], list[tuple[int, int]]] = (
        defaultdict(list)
    )
    for (period, reason, member, line, cell), roles in unused.items():
        alike[period, reason, member, tuple(sorted(roles))].append((line, cell))
    for (period, reason, member, roles_), found in sorted(alike.items()):
        for lines, cells in _grouped(found):
            yield UnusedRows(lines, reason, roles_, cells, period, member)


def merged(accounts: Iterable[InputAccount]) -> InputAccount:
    """One account of several of the same rows: an entry is used that any of them uses.

    Of one that none uses the reason is that of the last, or that it was waived in any of them.
    """
    entries: dict[tuple[object, ...], InputRow] = {}
    files: tuple[FileAccount, ...] = ()
    for account in accounts:
        files = account.files
        for row in account.rows():
            role = "outcome" if row.role == "year before" else row.role
            key = row.file, row.sheet, row.line, row.cell, role
            known = entries.get(key)
            if known is None or (known.reason and (known.reason != "waived" or not row.reason)):
                entries[key] = row
    return account_of(entries.values(), files)
