"""A comparison of two rule files as plain text."""

from collections.abc import Iterator
from textwrap import wrap

from goalrules.compare.result import Differences
from goalrules.report.diff.report import GoalSection, Table, report_of
from goalrules.report.layout import shown
from goalrules.text.languages import Language

WIDTH, NARROW = 100, 34


def render_text(found: Differences, language: Language) -> str:
    """The summary, the table of all goals, what there is to say of each, and the outcomes."""
    report = report_of(found, language, shown)
    blocks = [
        [each for each in (report.title, report.body) if each],
        [line for each in report.summary for line in _wrapped(each)],
        [_table(report.table)],
        *(list(_section(each)) for each in report.sections),
    ]
    if report.outcomes:
        sentences = [line for each in report.outcomes.sentences for line in _wrapped(each)]
        blocks += [[report.outcomes.heading, *sentences], [_table(report.outcomes.table)]]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _section(section: GoalSection) -> Iterator[str]:
    yield from _wrapped(section.heading)
    if section.title:
        yield from _wrapped(section.title, "  ", "  ")
    for each in section.blocks:
        if isinstance(each, str):
            yield from _wrapped(each, "  ", "  ")
        else:
            yield from (line for item in each for line in _wrapped(item, "  • ", "    "))


def _table(table: Table) -> str:
    from tabulate import tabulate  # noqa: PLC0415 - it takes as long to import as all the rest

    rows = [["\n".join(_wrapped(cell, width=NARROW)) for cell in row] for row in table.rows]
    return tabulate(rows, headers=table.headings, tablefmt="simple", disable_numparse=True)


def _wrapped(text: str, start: str = "", hang: str = "", width: int = WIDTH) -> list[str]:
    return wrap(
        text, width, initial_indent=start, subsequent_indent=hang, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
