"""What changed between two states of a file of outcomes, as a table to tick off."""

from collections import Counter

from goalrules.compare.outcome_changes_result import CellChange, OutcomeChanges
from goalrules.data.records import ENTRIES, letters
from goalrules.data.words import meanings
from goalrules.data.words import shown as shown_word
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.explain.table import narrow
from goalrules.report.layout import shown, wrapped
from goalrules.report.wording import wording
from goalrules.text.languages import Language
from goalrules.text.numbers import read_amount, show_number

WORDS = ("statuses", "plan", "reached", "levels")
"""The sections of the word tables whose keys cells state."""

WIDTH = 30


def render_changes(trace: OutcomeChanges, language: Language) -> str:
    """A row for each cell that changed, with what it stated before and after, and its place."""
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    texts = catalogue("changes", language)
    lines = [texts.say("changes", "title", old=shown(trace.old), new=shown(trace.new)), ""]
    if trace.changes:
        units = any(each.unit for each in trace.changes)
        heads = ["", *(["unit"] if units else []), "indicator", "period", "column", "before"]
        rows = [_row(each, texts, units=units) for each in trace.changes]
        named = [texts.say("columns", each) if each else "" for each in (*heads, "after", "place")]
        table = tabulate(rows, named, tablefmt="simple", disable_numparse=True)
        lines += [*(line.rstrip() for line in table.split("\n")), ""]
    lines += wrapped(_end(trace, texts))
    if any(each.hidden for each in trace.changes):
        lines += wrapped(texts.say("changes", "hidden"))
    if trace.unread:
        names = texts.listed(map(shown, trace.unread))
        lines += wrapped(texts.say("changes", "unread", names=names))
    return "\n".join(lines) + "\n"


def _row(change: CellChange, texts: Catalogue, *, units: bool) -> list[str]:
    """The line of a change."""
    words = wording(texts.language)
    before, after = (_stated(each, change, texts) for each in (change.before, change.after))
    marked = {
        "new": (texts.say("changes", "new"), after),
        "gone": (before, texts.say("changes", "gone")),
    }
    ends = marked.get(change.kind, (before, after))
    place = f"{shown(change.file)}:{change.line}:{change.cell}"
    if change.sheet == ENTRIES:
        place = texts.say("changes", "entry", file=shown(change.file), line=change.line)
    elif change.sheet:
        place = f"{shown(change.sheet)}!{letters(change.cell)}{change.line}"
    return [
        texts.say("changes", "box"),
        *([narrow(shown(change.unit), WIDTH)] if units else []),
        narrow(shown(change.indicator), WIDTH),
        words.period(change.period) if change.period else "",
        texts.say("roles", change.column),
        *(narrow(shown(each), WIDTH) for each in ends),
        place,
    ]


def _stated(text: str | None, change: CellChange, texts: Catalogue) -> str:
    """What a cell states in words."""
    if change.hidden:
        return texts.say("changes", "not-told")
    if text is None:
        return texts.say("changes", "blank")
    amount = read_amount(text) if change.column in ("value", "forecast", "count") else None
    if amount:
        number = show_number(amount.number, texts.language)
        return f"{number} {amount.unit}".strip()
    keys = {key: section for section in WORDS for key in meanings(section).values()}
    words = text.split("–") if change.column in ("value", "level", "plan") else []
    if words and all(word in keys for word in words):
        return "–".join(shown_word(keys[word], word, texts.language) for word in words)
    return text


def _end(trace: OutcomeChanges, texts: Catalogue) -> str:
    """How many cells changed, and how many rows are new or gone."""
    if not trace.changes:
        return texts.say("changes", "none")
    rows = {(each.kind, each.indicator, each.period, each.unit) for each in trace.changes}
    counts = Counter(kind for kind, *_ in rows)
    counts["changed"] = sum(each.kind == "changed" for each in trace.changes)
    said = [
        texts.say("end", kind if count == 1 else f"{kind}-many", count=count)
        for kind, count in ((kind, counts[kind]) for kind in ("changed", "new", "gone"))
        if count
    ]
    return texts.say("end", "all", told=texts.listed(said))
