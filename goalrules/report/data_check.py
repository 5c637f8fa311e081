"""What a check of outcomes found, as a table to tick off."""

from collections.abc import Iterator

from goalrules.assess.data_check_result import (
    LACKING,
    CheckedColumn,
    CheckedFile,
    CheckedIndicator,
    DataCheck,
    DataFault,
    OddFigure,
)
from goalrules.data.read_files import TOLD_UNREAD
from goalrules.data.records import ENTRIES, letters
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.diagnostics.text import texts_of
from goalrules.report.inputs import called, receipt_line
from goalrules.report.layout import first_line, shown, wrapped
from goalrules.report.wording import wording
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.languages import Language
from goalrules.text.numbers import show_number, trimmed

HANG = " " * 6
MOST_PERCENT = 100


def render_data_check(check: DataCheck, language: Language) -> str:
    """The columns as they were read, what is reported, and what is odd or wrong."""
    texts = catalogue("data-check", language)
    title = texts.say("title", "title", period=wording(language).period(check.period))
    blocks = [[*filter(None, [shown(check.plan)]), title]]
    blocks += [block for file in check.files for block in _file(file, texts)]
    unread, said = [each for each in check.files if each.unread], catalogue("inputs", language)
    boxes = [texts.say("box", "tick" if e.unread in TOLD_UNREAD else "look") for e in unread]
    beside = [
        line
        for box, each in zip(boxes, unread, strict=True)
        for line in wrapped(f"{box}  {shown(each.file)}: {said.say('unread', each.unread)}", HANG)
    ]
    blocks += [[texts.say("title", "beside"), *beside]] if beside else []
    if not check.files:
        blocks.append([texts.say("title", "no-files")])
    rows = [_reported(each, texts) for each in check.indicators]
    headings = ("goal", "name", "state", "place")
    blocks.append([texts.say("title", "reported"), *_table(rows, headings, texts)])
    told = {
        "odd": [_odd(each, texts) for each in check.odd],
        "faults": [_fault(each, language) for each in check.faults],
    }
    for key, lines in told.items():
        if lines:
            boxed = (f"{texts.say('box', 'tick')}  {line}" for line in lines)
            blocks.append([texts.say("title", key), *(x for b in boxed for x in wrapped(b, HANG))])
    blocks.append(wrapped(_end(check, texts)))
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def texts_of_fault(fault: DataFault, language: Language) -> tuple[str, str]:
    """The message and the hint of a fault."""
    told = Diagnostic(fault.code, fault.file, fault.span, "", fault.facts, sheet=fault.sheet)
    return texts_of(told, language)


def _table(rows: list[list[str]], headings: tuple[str, ...], texts: Catalogue) -> list[str]:
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    heads = ["", *(texts.say("columns", each) for each in headings)]
    return [
        line.rstrip()
        for line in tabulate(rows, heads, tablefmt="simple", disable_numparse=True).split("\n")
    ]


# What was understood


def _file(file: CheckedFile, texts: Catalogue) -> Iterator[list[str]]:
    """A block for each table of a file, and the sheets that are not read."""
    key = "file" if file.encoding else "file-plain"
    name, kind = shown(file.file), file.kind.upper()
    named = texts.say("title", key, file=name, kind=kind, encoding=file.encoding.upper())
    if file.receipt:
        told = receipt_line(file.receipt, catalogue("inputs", texts.language))
        box = texts.say("box", "tick" if file.receipt.warnings else "look")
        yield [named, *wrapped(f"{box}  {told}", HANG)]
    for table in file.tables:
        key = "sheet" if table.sheet else "table"
        key = "entries" if table.sheet == ENTRIES else key
        line = texts.say("title", key, file=named, sheet=shown(table.sheet), line=table.headings)
        rows = [_column(each, file, texts) for each in table.columns]
        lines = [line]
        if table.unit:
            inputs, unit = catalogue("inputs", texts.language), shown(table.unit.unit)
            told = inputs.say("unit", table.unit.said_by, unit=unit)
            lines.append(f"{texts.say('box', 'look')}  {told}")
        yield [*lines, *_table(rows, ("column", "heading", "read-as"), texts)]
    for sheet in file.sheets:
        box = texts.say("box", "tick" if sheet.reason in TOLD_UNREAD else "look")
        reason = catalogue("inputs", texts.language).say("unread", sheet.reason)
        said = texts.say("role", "unread-sheet", sheet=shown(sheet.sheet), reason=reason)
        yield wrapped(f"{box}  {said}", HANG)


def _column(column: CheckedColumn, file: CheckedFile, texts: Catalogue) -> list[str]:
    number = letters(column.number) if file.kind == "xlsx" else str(column.number)
    heading = shown(column.heading)
    if column.reason:
        box = texts.say("box", "tick" if column.reason in TOLD_UNREAD else "look")
        reason = catalogue("inputs", texts.language).say("unread", column.reason)
        return [box, number, heading, texts.say("role", "not-read", reason=reason)]
    role = called(column.role, texts.language) if column.role else ""
    if column.period:
        when = wording(texts.language).period(column.period)
        role = texts.say("role", "of-period", role=role, period=when)
    if not column.by_heading:
        return [texts.say("box", "tick"), number, heading, texts.say("role", "by-cells", role=role)]
    return [texts.say("box", "look"), number, heading, role]


# What is reported, odd or wrong


def _reported(each: CheckedIndicator, texts: Catalogue) -> list[str]:
    box = texts.say("box", "tick" if each.state in LACKING else "look")
    dated = "period" if each.period else "undated"
    key = f"{each.state}-{dated}" if each.state == "reported" and each.line else each.state
    words = wording(texts.language)
    months = [*map(words.period, each.lacking)]
    when = words.period(each.period) if each.period else ""
    state = texts.say("state", key, period=when, months=texts.listed(months) if months else "")
    return [box, each.goal, shown(_name(each.name, each.part)), state, _place(each, texts)]


def _name(*parts: str) -> str:
    return "/".join(filter(None, parts))


def _place(each: CheckedIndicator, texts: Catalogue) -> str:
    """Where the row stands that speaks of an indicator."""
    if not each.line:
        return ""
    key = "entry" if each.sheet == ENTRIES else "sheet" if each.sheet else "row"
    return texts.say("place", key, file=shown(each.file), sheet=shown(each.sheet), line=each.line)


def _odd(odd: OddFigure, texts: Catalogue) -> str:
    """What is odd with a figure, after its place."""
    language, words = texts.language, wording(texts.language)
    other = "" if odd.other is None else show_number(odd.other, language)
    says = texts.say(
        "odd",
        odd.oddity,
        value=show_number(odd.value, language),
        percent=show_number(trimmed(odd.value * MOST_PERCENT), language),
        other=other,
        before=words.period(odd.other_period) if odd.other_period else "",
        count=odd.count,
    )
    file, line, column = shown(odd.file), odd.span.line, odd.span.column
    if odd.sheet == ENTRIES:
        place = texts.say("place", "entry", file=file, line=line)
    elif odd.sheet:
        place = f"{file}:{shown(odd.sheet)}!{letters(column)}{line}"
    else:
        place = f"{file}:{line}:{column}"
    when = texts.say("odd", "period", period=words.period(odd.period)) if odd.period else ""
    member = shown(_name(odd.goal, odd.name, odd.part))
    return texts.say("odd", "line", place=place, member=member, period=when, says=says)


def _fault(fault: DataFault, language: Language) -> str:
    message, hint = texts_of_fault(fault, language)
    said = f"{message} ({hint})" if hint else message
    return first_line(fault.file, fault.span, said, fault.code)


def _end(check: DataCheck, texts: Catalogue) -> str:
    """How much there is to tick off."""
    counts = {"fault": len(check.faults), "missing": len(check.missing), "odd": len(check.odd)}
    things = [
        texts.say("end", key if count == 1 else f"{key}s", count=count)
        for key, count in counts.items()
        if count
    ]
    return (
        texts.say("end", "tick", things=texts.listed(things))
        if things
        else texts.say("end", "nothing")
    )
