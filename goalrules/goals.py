"""The goals of a rule set, as Python sees them."""

from collections.abc import Mapping

from attrs import frozen

from goalrules.core.vocabulary import GoalKind
from goalrules.frozen import FrozenMap
from goalrules.language.plan import Plan


@frozen
class Goal:
    """A goal of a rule set, or the board's contribution to a council goal.

    `members` are the names of its indicators in the order of the file.
    """

    id: str
    kind: GoalKind
    title: str
    area: str
    members: tuple[str, ...]


def goals_of(plan: Plan) -> Mapping[str, Goal]:
    """The goals of a plan by their ids, in the order of the file."""
    return FrozenMap(
        {
            each.id: Goal(
                each.id,
                each.goal.kind,
                each.goal.title,
                each.area,
                tuple(indicator.name for indicator in each.indicators),
            )
            for each in plan.goals
        }
    )
