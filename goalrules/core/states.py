"""The state that a member is in: all of it that a verdict follows from."""

from typing import Literal

from goalrules.core.trace import Member
from goalrules.core.vocabulary import MemberReason, PlanStatus
from goalrules.lazily import frozen


@frozen(eq=False)
class MemberState:
    """All of a member that a verdict follows from; there is one object for each state.

    `worst` and `best` are places on the member's scale.
    """

    worst: int
    best: int
    applies: bool
    reason: MemberReason
    unclaimed: PlanStatus | Literal[""]


StateKey = tuple[int, int, bool, MemberReason, PlanStatus | Literal[""]]

_STATES: dict[StateKey, MemberState] = {}
"""Every state that was met. There are few, and they hold nothing of any file."""


def state_of(member: Member) -> MemberState:
    """The state that a member is in."""
    levels = member.levels
    key = (
        levels.index(member.worst),
        levels.index(member.best),
        member.applies,
        member.reason,
        member.unclaimed,
    )
    return _STATES.get(key) or _STATES.setdefault(key, MemberState(*key))
