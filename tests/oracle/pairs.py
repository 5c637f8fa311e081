"""Goals made of one form, or of every two that can stand together."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice

from .forms import Condition, Count, Joined, Named
from .goals import Clause, Extreme, Goal, Limit, Policy, Remark, Shift
from .pieces import (
    Names,
    extremes,
    good_conditions,
    known,
    limits,
    policies,
    quorums,
    remarks,
    shifts,
)
from .points import Score
from .worlds import Place

Piece = Condition | Extreme | Shift | Limit | Policy | Remark | Goal
CONDITIONS = (Count, Named, Joined, Score)


class Making:
    """The making of goals in one place, where the shape of the clauses goes round in turn."""

    def __init__(self, place: Place, names: Names) -> None:
        self.place, self.turn = place, 0
        self.conditions = good_conditions(place, names)
        self.extremes = extremes(names)
        required = [Goal(requires=(each,)) for each in (*quorums(names), *known(names))]
        levels = place.world.scale[1:]
        of_levels = [
            Goal(for_levels=((levels[number % len(levels)], each),))
            for number, each in enumerate(quorums(names)[::3])
        ]
        self.pieces: list[Piece] = [
            *self.conditions,
            *self.extremes,
            *shifts(place, names),
            *limits(place, names),
            *policies(place, names),
            *required,
            *of_levels,
            *remarks(place, names),
        ]

    def singles(self) -> Iterator[Goal]:
        """A goal for each form by itself, and for each shape of clauses."""
        for piece in self.pieces:
            if isinstance(piece, CONDITIONS):
                yield from self.shapes(piece, self.next_condition(piece))
            else:
                yield self.beside(piece)

    def pairs(self, step: int = 1) -> Iterator[Goal]:
        """A goal for every two forms that can stand together; or for one of so many pairs."""
        for one, two in islice(combinations(self.pieces, 2), 0, None, step):
            if isinstance(one, CONDITIONS) and isinstance(two, CONDITIONS):
                yield self.joined(one, two)
            elif self.together(one, two):
                yield self.beside(two, self.beside(one))

    def together(self, one: Piece, two: Piece) -> bool:
        """Whether two forms can stand in one goal."""
        if isinstance(two, Extreme) or (isinstance(one, Goal) and isinstance(two, Goal)):
            return False
        if isinstance(one, Policy) and isinstance(two, Policy):
            return one.of != two.of
        return True

    def next_condition(self, other: Condition | None = None) -> Condition:
        """Another condition each time, and another than the one it stands beside."""
        self.turn += 1
        found = self.conditions[self.turn % len(self.conditions)]
        return self.next_condition(other) if found == other else found

    def shapes(self, one: Condition, two: Condition) -> list[Goal]:
        """The ways in which two conditions can give levels: the first gives the best."""
        low, between, top = self.place.tops
        best, other = Clause(top, one), Clause(top, two)
        found = [Goal((best,)), Goal((best,), low), Goal((best, other), low), Goal((best, other))]
        if between != low:
            second = Clause(between, two)
            found += [Goal((best, second), low), Goal((best, second)), Goal((best,), between)]
        return found

    def joined(self, one: Condition, two: Condition) -> Goal:
        """Two conditions joined by a word, or each with a clause."""
        words = [Joined(word, (one, two)) for word in ("and", "or")]
        both = [Goal((Clause(self.place.tops[2], each),)) for each in words]
        found = [*both, *self.shapes(one, two)[2:]]
        self.turn += 1
        return found[self.turn % len(found)]

    def clauses(self) -> Goal:
        """Some clauses for another form to stand beside, or the worst or the best of members."""
        self.turn += 1
        if self.turn % 5 == 0:
            return Goal(extreme=self.extremes[self.turn // 5 % len(self.extremes)])
        one = self.next_condition()
        shapes = self.shapes(one, self.next_condition(one))
        return shapes[self.turn % len(shapes)]

    def beside(self, piece: Piece, goal: Goal | None = None) -> Goal:
        """A goal with one form more; with clauses if it has none yet."""
        if isinstance(piece, CONDITIONS):
            shapes = self.shapes(piece, self.next_condition(piece))
            return shapes[self.turn % len(shapes)]
        if isinstance(piece, Extreme):
            return Goal(extreme=piece)
        return self.added(piece, goal or self.clauses())

    def added(self, piece: Shift | Limit | Policy | Remark | Goal, goal: Goal) -> Goal:
        """A goal with a shift, a limit, a policy, a quorum or a remark more."""
        match piece:
            case Shift():
                closing = "" if goal.extreme else goal.otherwise or self.place.tops[0]
                return replace(goal, otherwise=closing, shifts=(*goal.shifts, piece))
            case Limit():
                return replace(goal, limits=(*goal.limits, piece))
            case Policy():
                return replace(goal, policies=(*goal.policies, piece))
            case Remark():
                return replace(goal, remarks=(*goal.remarks, piece))
            case Goal():
                return replace(
                    goal,
                    requires=(*goal.requires, *piece.requires),
                    for_levels=(*goal.for_levels, *piece.for_levels),
                )
