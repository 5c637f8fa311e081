"""Decisions that stand beside what rules give: who made them, when, why, and where they stand."""

from datetime import date
from typing import Annotated

from goalrules.core.vocabulary import DecidedVerdict, WaiverKind
from goalrules.document import Place, shown
from goalrules.lazily import frozen


@frozen(kw_only=True)
class Decision:
    """Who decided, when and why, for which period, and where the decision stands."""

    by: Annotated[str, "Who decided."]
    when: Annotated[date, "The day of the decision."]
    reason: Annotated[str, "Why."]
    period: Annotated[str, "The period that it is for: `2024`, `2024-10` or `2024-01/2024-08`."]
    reference: Annotated[
        str, "Where it is recorded, such as `§ 24`; empty where that is not said."
    ] = ""
    source: Annotated[str, "What it rests on; empty where that is not said."] = ""
    file: Annotated[str, "The file that it stands in, as it was named to the program."] = ""
    line: Annotated[Place, "The row's first line, or its number among those given; from 1."] = 1
    column: Annotated[Place, "The number of the cell in the row, from 1."] = 1
    sheet: Annotated[str, "The sheet that it stands on; empty in a file without sheets."] = ""


@frozen(kw_only=True)
class Waiver(Decision):
    """That an indicator or a goal is not to be judged."""

    kind: Annotated[WaiverKind, "What was decided."]
    levels: Annotated[
        tuple[str, ...], "The levels of its scale, worst first; none where it would have no level."
    ] = ()
    worst: Annotated[
        str, "The worst level without the decision; empty where there would be none."
    ] = ""
    best: Annotated[
        str, "The best level without the decision; empty where there would be none."
    ] = ""


@frozen(kw_only=True)
class Decided(Decision):
    """What was decided of a goal as a whole, which changes nothing that its rule gives."""

    verdict: Annotated[DecidedVerdict, "The verdict that was decided."]
    levels: Annotated[tuple[str, ...], "The scale's levels, worst first."]
    met: Annotated[str, "The level from which it counts as met."]
    worst: Annotated[
        str,
        "The worst level that the decision leaves: of those that it allows the ones that the rule"
        " can give, if there are any.",
    ]
    best: Annotated[str, "The best level that the decision leaves, likewise."]
    stated: Annotated[str, "The level that was decided; empty where only the verdict was."] = ""
    departs: Annotated[bool, "Whether the rule can give none of the levels that were decided."] = (
        False
    )

    @property
    @shown
    def level(self) -> str | None:
        """The level; null where more than one is left."""
        return self.worst if self.worst == self.best else None
