"""A comparison of two rule files as Markdown, for a meeting paper."""

import re
from collections.abc import Iterator

from goalrules.compare.result import Differences
from goalrules.report.diff.report import GoalSection, Table, report_of
from goalrules.report.layout import shown
from goalrules.text.languages import Language

_STEERS = re.compile(r"[\\`*_{}\[\]<>#|~&@!$^]|(?<=:)/|(?<=www)\.", re.IGNORECASE)
"""What would be markup, HTML or a link in a text that is not ours."""


def escaped(text: str) -> str:
    """A text as Markdown that shows just that text."""
    return _STEERS.sub(lambda found: f"\\{found[0]}", shown(text))


def render_markdown(found: Differences, language: Language) -> str:
    """The summary, the table of all goals, what there is to say of each, and the outcomes."""
    report = report_of(found, language, escaped)
    blocks = [f"# {report.title}", report.body, *report.summary, _table(report.table)]
    blocks += [block for each in report.sections for block in _section(each)]
    if report.outcomes:
        blocks += [f"## {report.outcomes.heading}", *report.outcomes.sentences]
        blocks.append(_table(report.outcomes.table))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(section: GoalSection) -> Iterator[str]:
    yield f"## {section.heading}"
    if section.title:
        yield f"*{section.title.strip()}*"
    for each in section.blocks:
        yield each if isinstance(each, str) else "\n".join(f"- {item}" for item in each)


def _table(table: Table) -> str:
    rows = [table.headings, ["---"] * len(table.headings), *table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
