"""What a check of outcomes came to: what was understood, what is missing and what is odd.

No verdicts, and no text. Of indicators whose small figures the file hides no figure is told.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from attrs import field
from attrs.converters import optional

from goalrules.assess.input_account import UnreadSheet
from goalrules.core.trace import Receipt, TableUnit
from goalrules.core.vocabulary import ColumnRole, Oddity, ReportState, ToTick, UnreadReason
from goalrules.document import Place, Whole, shown
from goalrules.lazily import frozen
from goalrules.text.diagnostics import DiagnosticFact, frozen_facts
from goalrules.text.languages import Language
from goalrules.text.source import Span

LACKING: frozenset[ReportState] = frozenset(
    {"earlier", "partly", "only forecast", "blank", "missing"}
)
"""The states of what has to be reported, and is not, or not wholly."""


@frozen
class CheckedColumn:
    """A column of a table, as what it is read, or why it is not."""

    number: Annotated[Place, "The number of its cells, from 1."]
    heading: Annotated[str, "Its heading."]
    role: Annotated[ColumnRole | Literal[""], "As what it is read; empty where it is not."] = ""
    period: Annotated[str, "The period of all its cells, where it is the column of one."] = ""
    reason: Annotated[UnreadReason | Literal[""], "Why it is not read; empty where it is."] = ""
    by_heading: Annotated[
        bool, "Whether its heading tells as what; else its cells can be nothing but text."
    ] = True


@frozen
class CheckedTable:
    """A table of a file, and what was understood of its columns."""

    sheet: Annotated[str, "The sheet that it stands in; empty where the file has none."] = ""
    headings: Annotated[Whole, "The line of its headings."] = 0
    columns: Annotated[tuple[CheckedColumn, ...], "Its columns, in order."] = ()
    unit: Annotated[
        TableUnit | None, "The unit of all its rows, where that is said beside them."
    ] = None


@frozen
class CheckedFile:
    """A file of outcomes, and what was understood of it."""

    file: Annotated[str, "The file, as it was named to the program."]
    kind: Annotated[
        Literal["csv", "xlsx", "json", ""], "The kind of file; empty where it is not read."
    ]
    encoding: Annotated[str, "The encoding of its text; empty where it is none."] = ""
    tables: Annotated[tuple[CheckedTable, ...], "Its tables, in order."] = ()
    sheets: Annotated[tuple[UnreadSheet, ...], "Its sheets that were not read."] = ()
    receipt: Annotated[
        Receipt | None, "What it says of itself, where it is an assessment of another plan."
    ] = None
    unread: Annotated[
        UnreadReason | Literal[""], "Why nothing of it was read; empty where it was."
    ] = ""


@frozen
class CheckedIndicator:
    """An indicator, a part of one or a reported group, and whether there is an outcome of it."""

    __title__ = "Reported"

    goal: Annotated[str, "The goal."]
    name: Annotated[str, "The name of the indicator, or of the group."]
    state: Annotated[ReportState, "Whether there is an outcome of it for the period."]
    part: Annotated[str, "The part of the indicator that is meant; empty for all of it."] = ""
    title: Annotated[str, "Its title in the rule file."] = ""
    period: Annotated[str, "The period of the row that speaks of it, where it says one."] = ""
    file: Annotated[str, "The file in which that row stands; empty where there is none."] = ""
    sheet: Annotated[str, "Its sheet, where the file has several."] = ""
    line: Annotated[Whole, "Its line; 0 where there is none."] = 0
    lacking: Annotated[
        tuple[str, ...], "The months that lack an outcome, where others have one."
    ] = ()


@frozen
class OddFigure:
    """A figure that is odd, and that somebody should look at."""

    __title__ = "Odd"

    oddity: Annotated[Oddity, "What is odd."]
    goal: Annotated[str, "The goal."]
    name: Annotated[str, "The name of the indicator."]
    file: Annotated[str, "The file in which it stands."]
    span: Annotated[Span, "The place of its cell."]
    value: Annotated[Decimal, "The figure."] = field(converter=Decimal)
    sheet: Annotated[str, "Its sheet, where the file has several."] = ""
    part: Annotated[str, "The part of the indicator that it is of; empty for all of it."] = ""
    period: Annotated[str, "The period that it is of; empty where it does not say one."] = ""
    other: Annotated[
        Decimal | None, "What it is compared with: a figure, or an end of what is likely."
    ] = field(default=None, converter=optional(Decimal))
    other_period: Annotated[str, "The period of that figure, where it is one before."] = ""
    count: Annotated[Whole, "In how many periods it is the same; 0 where that is not meant."] = 0


@frozen
class DataFault:
    """What is wrong in the data, or was not read or used."""

    __title__ = "Fault"

    code: Annotated[str, "Its code, which stays the same whatever the words are."]
    file: Annotated[str, "The file, as it was named to the program."]
    span: Annotated[Span, "The cells."]
    facts: Annotated[Mapping[str, DiagnosticFact], "What its text names."] = field(
        factory=dict, converter=frozen_facts
    )
    sheet: Annotated[str, "The sheet, where the file has several."] = ""
    message: Annotated[str, "What is wrong, in the language of the rules."] = ""
    hint: Annotated[str, "What to do about it; empty where that goes without saying."] = ""


@frozen
class DataCheck:
    """What a check of outcomes came to."""

    __title__ = "CheckData"
    __document__ = "urn:goalrules:check-data:0"

    plan: Annotated[str, "The plan's title in the rule file; empty where it has none."]
    rules: Annotated[str, "The rule file, as it was named to the program."]
    language: Annotated[Language, "The language of its words."]
    period: Annotated[str, "The period that is meant."]
    files: Annotated[tuple[CheckedFile, ...], "The files, and what was understood of them."]
    indicators: Annotated[
        tuple[CheckedIndicator, ...], "What there is to report, in the order of the rule file."
    ]
    odd: Annotated[tuple[OddFigure, ...], "What is odd."] = ()
    faults: Annotated[tuple[DataFault, ...], "What is wrong, and what was not read or used."] = ()
    rules_sha256: Annotated[
        str, "The SHA-256 of the rule file's text in UTF-8, in hexadecimal digits."
    ] = ""

    @property
    def missing(self) -> tuple[CheckedIndicator, ...]:
        """What is not reported for the period, or not wholly."""
        return tuple(each for each in self.indicators if each.state in LACKING)

    @property
    @shown
    def to_tick(self) -> tuple[ToTick, ...]:
        """What there is to tick off."""
        found: Mapping[ToTick, tuple[object, ...]] = {
            "faults": self.faults, "missing": self.missing, "odd": self.odd,
        }  # fmt: skip
        return tuple(each for each, things in found.items() if things)
