"""A plan in one period, for outcomes that are given by name: each is read once, and then known.

An outcome of an indicator is a text, a number or nothing. What level it gives follows from that
alone, so it is kept; and of a number only between which bounds of the file it lies, so that one
that was never met is known too. It is the same way as every row goes (`level_of`): what is kept
here is what that came to.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple, assert_never, cast

from goalrules.assess.appraise import faults_of
from goalrules.assess.as_member import as_member
from goalrules.assess.assessment import Assessed
from goalrules.assess.binding import RowsOfYear
from goalrules.assess.formulas import decimal_of
from goalrules.assess.goal_cases import GoalCases
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.judgements import Waived
from goalrules.assess.level_of import has_rule_for_numbers, level_of
from goalrules.assess.plan_program import GoalProgram, PlanPrograms
from goalrules.assess.rule_program import Outcome, RuleProgram
from goalrules.core.states import MemberState, state_of
from goalrules.core.trace import Member
from goalrules.data.outcome import may_be_thousands, rows_from_python
from goalrules.data.period import Period
from goalrules.language.naming import goal_key
from goalrules.language.plan import IndicatorEntry
from goalrules.language.statements import ValueBands, WorkedOut
from goalrules.language.syntax import Around, Bound, Range, Within
from goalrules.text.names import folded
from goalrules.text.numbers import Amount, from_python

NUMBERS = frozenset((float, int, Decimal))
"""The types of numbers, by themselves; a boolean is none of them."""

MOST_CELLS = 4096
"""The outcomes that are kept for a period; when there are more, they are read anew."""

SAFE, TINY = 10**20, 1e-40
"""The sizes between which a float has no more digits than a number may have."""

SHORT = 20
"""The signs up to which a decimal of such a size has no more either."""


class Cell(NamedTuple):
    """What one outcome comes to: which indicator it is of, and the level that this has."""

    place: int
    member: Member
    state: MemberState
    mark: str


class Judging(NamedTuple):
    """A goal with a rule: where its members stand among all, and what they are called by it."""

    id: str
    goal: GoalProgram
    rule: RuleProgram
    place: int
    keys: tuple[str, ...]
    places: tuple[int, ...]
    case_of: Callable[[Sequence[MemberState]], tuple[MemberState, ...]]


MOST_PERIODS = 64
"""The periods for which what was read is kept."""


class GivenOutcomes:
    """What a plan comes to on outcomes that are given by name, in the periods that were met."""

    def __init__(self, programs: PlanPrograms) -> None:
        self._programs = programs
        self._periods: dict[Period, PeriodProgram] = {}

    def outcomes(
        self, given: Mapping[str, object], period: Period
    ) -> Mapping[str, Outcome | None] | None:
        """What each goal comes to in a period; None where it takes more than each by itself."""
        return self.of(period).outcomes(given)

    def of(self, period: Period) -> "PeriodProgram":
        """The plan in a period."""
        program = self._periods.get(period)
        if program is None:
            if len(self._periods) >= MOST_PERIODS:
                self._periods.clear()
            program = self._periods[period] = PeriodProgram(self._programs, period)
        return program


class PeriodProgram:
    """A plan in a period, and what was read of the outcomes that were given for it.

    `members` and `states` are those of all indicators, missing, and of the goals that others rest
    on; `judging` has each goal with a verdict after those that it rests on. `alone` is whether
    what an outcome comes to follows from it by itself.
    """

    def __init__(self, programs: PlanPrograms, period: Period) -> None:
        self._programs, self._period = programs, period
        self._program = programs.of(period)
        bound = RowsOfYear(programs.binder, (), period.year).at(period)
        missing = Assessed(self._program, bound, period, Waived())
        self._places = {home: place for place, home in enumerate(missing.levels)}
        self.members = [*missing.levels.values()]
        self.judging: list[Judging] = []
        places = {}
        for id_ in self._program.order:
            goal = self._program.goals[id_]
            if missing.judged(id_):
                places[id_] = len(self.members)
                homes = [self._places[home] for home in goal.homes.values()]
                below = [places[each] for each in goal.below]
                keys = (*goal.homes, *map(goal_key, goal.below))
                groups = {each.name.text: () for each in goal.goal.groups}
                members = (*homes, *below)
                self.judging.append(
                    Judging(
                        id_, goal, goal.rule(groups), places[id_], keys, members, _taking(members)
                    )
                )
                self.members.append(missing.as_member(id_))
        self.states = [state_of(each) for each in self.members]
        self.ids = tuple(self._program.goals)
        self._blank: dict[str, Outcome | None] = dict.fromkeys(self.ids)
        self.alone = not any(entry.first(WorkedOut) for entry in self._entries())
        self._cells: dict[str, dict[object, Cell | None]] = {}
        self._kept = 0
        self._levels: dict[str, NumberLevels | None] = {}

    def _entries(self) -> Iterator[IndicatorEntry]:
        for goal in self._program.goals.values():
            yield from goal.goal.indicators

    def outcomes(self, given: Mapping[str, object]) -> Mapping[str, Outcome | None] | None:
        """What each goal comes to; None where that does not follow from each outcome by itself.

        So it is where one has a fault, or is of a part, of a group or of two indicators at once.
        """
        if not self.alone:
            return None
        states, members, cells = self.states.copy(), self.members.copy(), self._cells
        places, marks = set[int](), set[str]()
        for name, value in given.items():
            # Only words are looked up here: a number can equal one that is written otherwise.
            known = type(value) is str and name in cells
            cell = (cells[name].get(value) if known else None) or self.cell(name, value)
            if cell is None:
                return None
            place, members[place], states[place], mark = cell
            places.add(place)
            if mark:
                marks.add(mark)
        if len(places) < len(given) or len(marks) > 1:
            return None
        found = self._blank.copy()
        for id_, goal, rule, place, keys, own, case_of in self.judging:
            case = case_of(states)
            outcome = rule.cases.get(case)
            if outcome is None:
                named = dict(zip(keys, [members[each] for each in own], strict=True))
                outcome = rule.outcome(named, case)
            if outcome.above is None:
                member = as_member(goal.blank, goal.levels, outcome)
                outcome.above = member, state_of(member)
            members[place], states[place] = outcome.above
            found[id_] = outcome
        return found

    def cell(self, name: str, value: object) -> Cell | None:
        """What an outcome comes to; None where it does not stand alone, or has a fault."""
        kind = type(value)
        if kind is str or value is None:
            cells = self._cells.get(name)
            if cells is not None and value in cells:
                return cells[value]
        elif kind in NUMBERS:
            levels = self._levels.get(name)
            found = levels.of(cast("float | Decimal", value)) if levels else None
            return found or self._read(name, value)
        else:
            return None
        if self._kept >= MOST_CELLS:
            self._cells.clear()
            self._kept = 0
        self._kept += 1
        found = self._cells.setdefault(name, {})[value] = self._read(name, value)
        return found

    def number_levels(self, name: str) -> "NumberLevels | None":
        """What numbers of an indicator come to, once one was read, where that is known."""
        return self._levels.get(name)

    def _read(self, name: str, value: object) -> Cell | None:
        """Read an outcome as if it were the only one."""
        rows, faults = rows_from_python({name: value})
        of_year = RowsOfYear(self._programs.binder, rows, self._period.year)
        bound = of_year.at(self._period)
        if faults or of_year.diagnostics or not bound.every:
            return None
        (slot,) = bound.every
        place = self._places.get((slot.goal, slot.name))
        if place is None or slot.fold:
            return None
        program = self._program
        goal = program.goals[slot.goal].goal
        entry = next(each for each in goal.indicators if folded(each.name) == folded(slot.name))
        case = GoalCases(goal, bound, self._period, program.rule, program.names).case(entry, {})
        if any(True for _ in faults_of(case)):
            return None
        amount = rows[0].value if isinstance(rows[0].value, Amount) else Amount(Decimal(0))
        if amount.mark and may_be_thousands(amount):
            return None
        cell = _of_member(place, level_of(case), amount.mark)
        if name not in self._levels and type(value) is not str and has_rule_for_numbers(case):
            self._levels[name] = None
            self._levels[name] = self._levels_of(name, case)
        return cell

    def _levels_of(self, name: str, case: IndicatorCase) -> "NumberLevels | None":
        """What numbers of an indicator come to; None where some of them have a fault."""
        cuts = sorted({*_cuts(case)})
        between = [(low + high) / 2 for low, high in pairwise(cuts)]
        above = [*between, *(cuts[-1:] and [cuts[-1] + 1])]
        points = [cuts[0] - 1 if cuts else Fraction(0)]
        for cut, next_ in zip(cuts, above, strict=True):
            points += [cut, next_]
        cells = [cell for each in points if (cell := self._read(name, decimal_of(each)))]
        return NumberLevels(cuts, cells) if len(cells) == len(points) else None


class NumberLevels:
    """What the numbers of an indicator come to: by the bounds between which they lie, or on which.

    There is a cell for what lies below the first bound, on it, between it and the next, and so on.
    """

    def __init__(self, cuts: Sequence[Fraction], cells: Sequence[Cell]) -> None:
        self._cuts, self._cells = cuts, cells
        self.floats = [float(each) for each in cuts]

    def of(self, value: float | Decimal) -> Cell | None:
        """What a number comes to; None for what may be no number, or have too many digits.

        A bound and the float nearest to it lie on the same side of every other float.
        """
        if isinstance(value, Decimal) and not _is_short(value):
            return None
        if value and not (-SAFE < value <= -TINY or TINY <= value < SAFE):
            return None
        near = float(value)
        index = bisect_left(self.floats, near)
        if index < len(self.floats) and self.floats[index] == near:
            exact = Fraction(from_python(value))
            index = bisect_left(self._cuts, exact)
            if index < len(self._cuts) and self._cuts[index] == exact:
                return self._cells[2 * index + 1]
        return self._cells[2 * index]


def _is_short(value: Decimal) -> bool:
    """Whether a decimal has so few signs that they are not too many, if it is not too small."""
    return value.is_finite() and bool(value) and len(str(value)) <= SHORT


def _cuts(case: IndicatorCase) -> Iterator[Fraction]:
    """The numbers at which the level of an indicator may change: bounds, and shares of them.

    A value is compared as what it comes to for the whole target at the pace that is expected.
    """
    target, bands = case.target, case.indicator.first(ValueBands)
    whole = [each for each in (target.low, target.high) if each is not None]
    for band in bands.bands if bands else ():
        match band.bound:
            case None:
                continue
            case Bound(number=number):
                whole.append(number)
            case Within() | Around() | Range() as between:
                whole += [between.low, between.high]
            case _:
                assert_never(band.bound)
    shares = [Fraction(level.removesuffix(" %")) / 100 for level in case.rule.target.levels[1:-1]]
    for bound in map(Fraction, whole):
        for part in (Fraction(1), *shares):
            yield bound * part
            yield bound * part * (case.share or 1)


def _taking(places: tuple[int, ...]) -> Callable[[Sequence[MemberState]], tuple[MemberState, ...]]:
    """What takes the states at some places out of all."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda states: tuple(states[each] for each in places)


def _of_member(place: int, member: Member, mark: str = "") -> Cell:
    return Cell(place, member, state_of(member), mark)
