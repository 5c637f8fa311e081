"""Decisions that stand beside what rules give: who made them, when, why, and where they stand."""

from datetime import date

from attrs import field, frozen

from goalrules.core.vocabulary import Verdict, WaiverKind


def _day(given: date | str) -> date:
    """A day, or the one that JSON has as text."""
    return given if isinstance(given, date) else date.fromisoformat(given)


@frozen(kw_only=True)
class Decision:
    """Who decided, when and why, for which period, and where the decision stands.

    `reference` is where it is recorded, such as `§ 24`; `source` what it rests on. The period is
    written as in `2024`, `2024-10` or `2024-01/2024-08`.
    """

    by: str
    when: date = field(converter=_day)
    reason: str
    period: str
    reference: str = ""
    source: str = ""
    file: str = ""
    line: int = 1
    column: int = 1
    sheet: str = ""


@frozen(kw_only=True)
class Waiver(Decision):
    """That an indicator or a goal is not judged: it is "waived", or "not applicable".

    Without the decision it would have the levels from `worst` to `best` of its `levels`; all are
    empty where it would have none.
    """

    kind: WaiverKind
    levels: tuple[str, ...] = ()
    worst: str = ""
    best: str = ""


@frozen(kw_only=True)
class Decided(Decision):
    """What was decided of a goal as a whole, beside what its rule gives.

    `stated` is the level that the decision names; empty where it says only whether the goal is met,
    which it is from the level `met` of its `levels` up. The decision leaves the levels from `worst`
    to `best`: of those that it allows the ones that the rule can give, if there are any. If there
    are none, it `departs` from the rule.
    """

    verdict: Verdict
    levels: tuple[str, ...]
    met: str
    worst: str
    best: str
    stated: str = ""
    departs: bool = False

    @property
    def level(self) -> str | None:
        """The level, or None where more than one is left."""
        return self.worst if self.worst == self.best else None
