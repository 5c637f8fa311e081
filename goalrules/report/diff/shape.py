"""A comparison of two rule files in words, before it is laid out as text or as Markdown."""

from attrs import frozen

Block = str | tuple[str, ...]
"""A paragraph, or the lines of a list."""


@frozen
class GoalSection:
    """What there is to say of one goal: a heading, its title, and paragraphs or lists of lines."""

    heading: str
    title: str
    blocks: tuple[Block, ...]


@frozen
class Table:
    """A table: its headings and its rows."""

    headings: list[str]
    rows: list[list[str]]


@frozen
class Anew:
    """The verdicts on outcomes by the old rules and by the new."""

    heading: str
    sentences: tuple[str, ...]
    table: Table


@frozen
class Report:
    """A comparison in words, in the order in which it is read."""

    title: str
    body: str
    summary: tuple[str, ...]
    table: Table
    sections: tuple[GoalSection, ...]
    outcomes: Anew | None
