"""What changed between two states of a file of outcomes, cell by cell, as its document has it."""

from typing import Annotated, Literal

from goalrules.core.vocabulary import ColumnRole
from goalrules.document import Place, shown
from goalrules.lazily import frozen
from goalrules.text.languages import Language

ChangeKind = Literal["changed", "new", "gone"]


@frozen
class CellChange:
    """A cell that states something else than before, or of a row that is new or gone."""

    __title__ = "Change"

    kind: Annotated[ChangeKind, "Whether the row is there in both files, or in but one."]
    indicator: Annotated[
        str, "What the row is of: as `5/avtalstrohet` where the rules are known, else as it says."
    ]
    column: Annotated[ColumnRole, "What the cell is."]
    file: Annotated[
        str, "The file in which the cell stands: the new one, or the old if it is gone."
    ]
    line: Annotated[Place, "Its line."]
    cell: Annotated[Place, "The number of the cell in the line, from 1."]
    sheet: Annotated[str, "Its sheet; empty where the file has none."] = ""
    period: Annotated[str, "The period of the row; empty where it says none."] = ""
    unit: Annotated[str, "The organisational unit of the row; empty where it says none."] = ""
    before: Annotated[
        str | None, "What it stated before; null where that is nothing, or where it is hidden."
    ] = None
    after: Annotated[str | None, "What it states now, likewise."] = None
    hidden: Annotated[
        bool, "Whether what it stated is not told, since the rule file hides small figures of it."
    ] = False


@frozen
class OutcomeChanges:
    """What changed between two states of a file of outcomes."""

    __title__ = "Compare"
    __document__ = "urn:goalrules:compare:0"

    old: Annotated[str, "The file before, as it was named to the program."]
    new: Annotated[str, "The file after."]
    language: Annotated[Language, "The language of the rule file; that of its words, without one."]
    changes: Annotated[
        tuple[CellChange, ...],
        "The cells that changed: as they stand in the new file, then the rest.",
    ] = ()
    unread: Annotated[
        tuple[str, ...],
        "The columns and sheets of either that are not compared: not read, or texts beside.",
    ] = ()
    rules: Annotated[str, "The rule file; empty where they were compared without one."] = ""
    rules_sha256: Annotated[str, "The SHA-256 of its text in UTF-8, in hexadecimal digits."] = ""

    @property
    @shown
    def changed(self) -> bool:
        """Whether anything changed."""
        return bool(self.changes)
