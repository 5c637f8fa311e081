"""Ways to something as they are told, and the groups that are lacking in them."""

from attrs import frozen

from goalrules.answers.result import Mover, Way
from goalrules.assess.result import GoalTrace
from goalrules.language import syntax as sx
from goalrules.report.gap.words import key_of
from goalrules.report.shape import steps_of


@frozen
class WaysRenderer:
    """Ways to something as they are told: `section` is that of their texts, `do` what is done."""

    section: str
    do: str
    ways: tuple[Way, ...]
    sets: int
    complete: bool
    priced: bool = False

    @property
    def is_group(self) -> bool:
        """Whether so many of one group are moved, and that is all there is to it."""
        moves = self.ways[0].moves
        alone = len(self.ways) == 1 and self.complete and not self.priced
        groups = {tuple(map(key_of, move.group)) for move in moves}
        return alone and len(groups) == 1 and len(moves[0].group) > 1

    @property
    def key(self) -> str:
        """The text that tells of the ways."""
        if not self.complete:
            return "incomplete-priced" if self.priced else "incomplete"
        exact = "-exact" if self.exact else ""
        if self.priced or len(self.ways) == 1:
            return f"{'cheapest' if self.priced else 'one'}{exact}"
        return "many-sets" if self.sets > len(self.ways) else "many"

    @property
    def listed(self) -> tuple[Way, ...]:
        """The ways that are told one by one, after what is said of all of them."""
        alone = self.priced or len(self.ways) == 1
        return self.ways[1:] if alone else self.ways

    @property
    def exact(self) -> Mover | None:
        """The one member that the first way turns on, where it is known what that takes."""
        only = only_mover(self.ways[0])
        return only if only and only.need else None


def movers_of(way: Way) -> list[Mover]:
    """The members that a way moves, or may."""
    return [mover for move in way.moves for mover in move.group]


def only_mover(way: Way) -> Mover | None:
    """The one member that a way moves."""
    movers = movers_of(way)
    return movers[0] if len(movers) == 1 else None


def unreported(goal: GoalTrace) -> tuple[str, ...]:
    """The groups that the rule counts and of which the data report nothing."""
    gaps = [
        each.form for each in steps_of((*goal.steps, *goal.caps)) if each.undefined == "unreported"
    ]
    scopes = [form.scope for form in gaps if isinstance(form, (sx.Count, sx.Score))]
    return tuple(dict.fromkeys(name.text for scope in scopes for name in scope.names))
