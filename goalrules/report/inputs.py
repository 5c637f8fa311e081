"""What an assessment has used of its inputs: one line under a table, and the whole account."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from posixpath import basename

from goalrules.assess.input_account import (
    TOLD_UNUSED,
    FileAccount,
    InputAccount,
    NoteAccount,
    ReadColumn,
    TableAccount,
    UnreadColumn,
    UnusedRows,
    places,
)
from goalrules.core.trace import Receipt
from goalrules.core.vocabulary import ColumnRole, InputRole, UnusedReason
from goalrules.data.period import show_period, stored_period
from goalrules.data.read_files import TOLD_UNREAD
from goalrules.data.records import ENTRIES
from goalrules.data.roles import role_word
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.layout import shown, wrapped
from goalrules.report.wording import wording
from goalrules.text.languages import Language

MOST_NAMED = 3
"""So many columns, sheets and periods are named in the line; the whole account names all."""


def inputs_line(account: InputAccount, period: str, language: Language) -> list[str]:
    """What a reader has to know of inputs that were not used; no lines where there is nothing."""
    texts = catalogue("inputs", language)
    told = [
        sentence
        for file in account.files
        for sentence in (*_of_rows(file, period, texts), *_of_file(file, texts))
    ]
    return wrapped(texts.say("line", "line", told=" ".join(told))) if told else []


def _of_rows(file: FileAccount, period: str, texts: Catalogue) -> Iterator[str]:
    """What is told of the rows of a file that were not used."""
    told: dict[tuple[UnusedReason, bool], list[tuple[TableAccount, UnusedRows]]] = defaultdict(list)
    for table in file.tables:
        for each in table.unused:
            if each.reason in TOLD_UNUSED:
                told[each.reason, bool(each.period)].append((table, each))
    for (reason, dated), found in told.items():
        periods = dict.fromkeys(_when(each.period, reason, texts) for _, each in found)
        yield texts.say(
            "line",
            reason if dated or reason == "undated" else f"{reason}, undated",
            rows=_counted(reason, found, texts),
            where=_where(file, texts),
            periods=_named(list(periods), texts),
            period=_when(period, "", texts),
        )


def _counted(
    reason: UnusedReason, found: Sequence[tuple[TableAccount, UnusedRows]], texts: Catalogue
) -> str:
    """How many rows there are; where a line holds several, how many figures."""
    at = {(table.sheet, *place) for table, each in found for place in places(each.rows, each.cells)}
    noun = "cell" if any(each.cells for _, each in found) else "row"
    noun = "forecast" if reason == "forecast not used" else noun
    return texts.say("line", noun if len(at) == 1 else f"{noun}s", count=len(at))


def _when(period: str, reason: UnusedReason | str, texts: Catalogue) -> str:
    """A period in words; a year by its number, and so one that is only for another year."""
    if not period:
        return ""
    when = stored_period(period)
    if when.kind == "year" or reason == "another year":
        return str(when.year)
    return show_period(when, texts.language)


def _where(file: FileAccount, texts: Catalogue) -> str:
    """The file in which something stands; nothing for values from Python."""
    return (
        texts.say("line", "where", file=shown(basename(file.file.replace("\\", "/"))))
        if file.kind
        else ""
    )


def _named(names: Sequence[str], texts: Catalogue) -> str:
    """Some names as a list, cut where there are many."""
    cut = [*names[:MOST_NAMED]]
    if len(names) > MOST_NAMED:
        cut.append(texts.say("line", "more", count=len(names) - MOST_NAMED))
    return texts.listed(map(shown, cut))


def _of_file(file: FileAccount, texts: Catalogue) -> Iterator[str]:
    """What is told of a file that was not read, of an assessment of another plan, of its parts."""
    if file.unread in TOLD_UNREAD:
        yield texts.say("line", file.unread, file=shown(basename(file.file.replace("\\", "/"))))
    if file.receipt:
        plan = shown(file.receipt.plan or file.receipt.rules)
        for warning in file.receipt.warnings:
            yield texts.say("line", warning, where=_where(file, texts), plan=plan)
    columns = [
        each for table in file.tables for each in table.columns if each.reason in TOLD_UNREAD
    ]
    as_text = [
        each.heading or str(each.number)
        for table in file.tables
        for each in table.beside
        if not each.by_heading
    ]
    unread = {
        "as-text": as_text,
        "column": [each.heading for each in columns if each.heading],
        "unnamed": [str(each.number) for each in columns if not each.heading],
        "hidden": [each.sheet for each in file.sheets if each.reason == "hidden"],
        "no-headings": [each.sheet for each in file.sheets if each.reason == "no headings"],
    }
    for key, found in unread.items():
        names = list(dict.fromkeys(found))
        if names:
            many = "" if len(names) == 1 else "-many"
            where = _where(file, texts)
            yield texts.say("line", f"{key}{many}", names=_named(names, texts), where=where)


# The whole account


def render_inputs(account: InputAccount, language: Language) -> str:
    """What of every file was used, what not, and why."""
    texts = catalogue("inputs", language)
    lines = [texts.say("account", "title")]
    unread = [
        f"  {shown(file.file)}: {texts.say('unread', file.unread)}"
        for file in account.files
        if file.unread
    ]
    for file in account.files:
        if file.unread:
            continue
        lines += ["", _file_line(file, texts)]
        lines += [line for text in _note(file.note, texts) for line in wrapped(text, "    ")]
        if file.receipt:
            lines += wrapped(f"  {receipt_line(file.receipt, texts)}", "    ")
        for table in file.tables:
            lines += [line for text in _table(file, table, texts) for line in text]
        for sheet in file.sheets:
            reason = texts.say("unread", sheet.reason)
            told = texts.say("account", "unread-sheet", sheet=shown(sheet.sheet), reason=reason)
            lines += wrapped(f"  {told}", "    ")
    if unread:
        lines += [
            "",
            texts.say("account", "in-folders"),
            *(x for e in unread for x in wrapped(e, "    ")),
        ]
    if not account.files:
        lines += ["", texts.say("account", "none")]
    return "\n".join(lines) + "\n"


def _file_line(file: FileAccount, texts: Catalogue) -> str:
    name, kind = shown(file.file), file.kind.upper()
    if not kind:
        return texts.say("account", "given", file=name)
    key = "file" if file.encoding else "file-plain"
    return texts.say("account", key, file=name, kind=kind, encoding=file.encoding.upper())


def _note(note: NoteAccount | None, texts: Catalogue) -> Iterator[str]:
    """What the reading note of a file says, in lines."""
    if note is None:
        return
    yield f"  {texts.say('account', 'note', file=shown(note.file))}"
    for each in note.headings:
        told = texts.say(
            "account", "read-as", heading=shown(each.heading), read_as=shown(each.read_as)
        )
        yield f"    {told}"
    if note.units:
        named = texts.listed([*map(shown, note.units)])
        yield f"    {texts.say('account', 'units-as-columns', units=named)}"
    for rows in note.rows:
        names = texts.listed([*map(shown, rows.texts)])
        key = "rows-taken" if rows.taken else "rows-left"
        yield f"    {texts.say('account', key, heading=shown(rows.heading), texts=names)}"


def receipt_line(receipt: Receipt, texts: Catalogue) -> str:
    """What an assessment of another plan says of itself."""
    return texts.say(
        "account",
        "receipt",
        plan=shown(", ".join(filter(None, (receipt.body, receipt.plan)))),
        period=wording(texts.language).period(receipt.period),
        rules=shown(receipt.rules),
        sha256=shown(receipt.rules_sha256),
        engine=shown(receipt.engine),
    )


def _table(file: FileAccount, table: TableAccount, texts: Catalogue) -> Iterator[list[str]]:
    """What was used of a table, what not, and what was not read of it, in lines."""
    key = ("sheet" if table.sheet else "table") if table.headings else "entries"
    key = key if file.kind and table.sheet != ENTRIES else "entries"
    yield wrapped(
        f"  {texts.say('account', key, sheet=shown(table.sheet), line=table.headings)}", "    "
    )
    blocks = {
        "used": [
            texts.say(
                "account",
                "used-line",
                at=_at(table, each.rows, each.cells, texts),
                members=", ".join(map(shown, each.members)),
                roles=_roles(each.roles, texts),
            )
            for each in table.used
        ],
        "unused": [_unused(table, each, texts) for each in table.unused],
        "beside": [
            *(_column(each, called(each.role, texts.language), texts) for each in table.beside),
            *(
                texts.say(
                    "account", "of-goal", at=_at(table, each.rows, "", texts), goal=shown(each.goal)
                )
                for each in table.goals
            ),
        ],
        "unread": [*_unread(table, texts)],
    }
    if table.unit:
        told = texts.say("unit", table.unit.said_by, unit=shown(table.unit.unit))
        yield wrapped(f"    {told}", "      ")
    for name, lines in blocks.items():
        if lines:
            yield [f"    {texts.say('account', name)}"]
            for line in lines:
                yield wrapped(f"      {line}", "        ")


def called(role: ColumnRole, language: Language) -> str:
    """As what a column is read, in words."""
    if role == "chosen":
        return catalogue("data-check", language).say("role", role)
    return role_word(role, language)


def _at(table: TableAccount, rows: str, cells: str, texts: Catalogue) -> str:
    key = "at-entries" if table.sheet == ENTRIES else "at-cells" if cells else "at"
    dashed = (each.replace("-", "–") for each in (rows, cells))
    return texts.say("account", key, **dict(zip(("rows", "cells"), dashed, strict=True)))


def _roles(roles: Iterable[InputRole], texts: Catalogue) -> str:
    return ", ".join(texts.say("role", each) for each in roles)


def _unused(table: TableAccount, each: UnusedRows, texts: Catalogue) -> str:
    key = "unused-period" if each.period else "unused-line"
    return texts.say(
        "account",
        key,
        at=_at(table, each.rows, each.cells, texts),
        period=_when(each.period, "", texts),
        roles=_roles(each.roles, texts),
        reason=texts.say("unused", each.reason, member=shown(each.member)),
    )


def _unread(table: TableAccount, texts: Catalogue) -> Iterator[str]:
    """The rows and the columns of a table that were not read."""
    for rows in table.unread:
        reason = texts.say("unread", rows.reason)
        yield texts.say(
            "account", "unread-line", at=_at(table, rows.rows, "", texts), reason=reason
        )
    for each in table.columns:
        yield _column(each, texts.say("unread", each.reason), texts)


def _column(column: ReadColumn | UnreadColumn, reason: str, texts: Catalogue) -> str:
    """A column, and as what it is read or why it is not."""
    key, heading = "column" if column.heading else "column-plain", shown(column.heading)
    return texts.say("account", key, number=column.number, heading=heading, reason=reason)
