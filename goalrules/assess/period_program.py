"""A plan in one period, for outcomes that are given by name: each is read once, and then known.

An outcome of an indicator is a text, a number or nothing. What level it gives follows from that
alone, so it is kept; and of a number only between which bounds of the file it lies, so that one
that was never met is known too. It is the same way as every row goes (`level_of`): what is kept
here is what that came to.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter, itemgetter
from types import NoneType
from typing import Any, NamedTuple, cast

from attrs import evolve

from goalrules.assess.appraise import faults_of
from goalrules.assess.assessment import Assessed, PlanAssessment, case_of
from goalrules.assess.binding import BoundRows, OfYear, RowsOfYear, Slot
from goalrules.assess.formulas import decimal_of
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.judgements import DecisionIndex, Waived
from goalrules.assess.level_of import around, cuts_of, level_of
from goalrules.assess.plan_program import GoalProgram, PlanPrograms
from goalrules.assess.rule_program import Outcome, RuleProgram, as_member
from goalrules.core.ends import MemberState, state_of
from goalrules.core.trace import Member
from goalrules.data.outcome import OutcomeRow, may_be_thousands, rows_from_python
from goalrules.data.period import Period
from goalrules.language.naming import goal_key
from goalrules.text.numbers import Amount, from_python

NUMBERS = frozenset((float, int, Decimal))
"""The types of numbers, by themselves; a boolean is none of them."""

MOST_CELLS = 4096
"""The outcomes that are kept for a period; when there are more, they are read anew."""

MOST_CASES = 4096
"""The cases of words that are kept for a period; when there are more, they are worked out anew."""

WORDS = frozenset((str, NoneType))
"""The types of words by themselves: another can equal one that is written otherwise."""

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


PLACE, MARK = attrgetter("place"), attrgetter("mark")


class Judging(NamedTuple):
    """A goal with a rule: what its members are called by it, and where they stand among all.

    Its own `place` is None where no other rests on it.
    """

    id: str
    goal: GoalProgram
    rule: RuleProgram
    place: int | None
    keys: tuple[str, ...]
    places: tuple[int, ...]
    taking: Callable[[Sequence[MemberState]], tuple[MemberState, ...]]
    above: dict[tuple[str, str, bool, bool], tuple[Member, MemberState]]
    """The goal as a member of the rules of others, by what it came to; there is little of that."""


MOST_PERIODS = 64
"""The periods for which what was read is kept."""


class GivenCase:
    """Outcomes that were given by name for a period, and what each goal comes to on them."""

    __slots__ = ("_given", "outcomes", "program")

    def __init__(
        self,
        given: tuple[Any, ...],
        program: "PeriodProgram",
        outcomes: Mapping[str, Outcome | None],
    ) -> None:
        self._given, self.program, self.outcomes = given, program, outcomes

    @property
    def given(self) -> dict[str, object]:
        """The outcomes, by name."""
        many = len(self._given) // 2
        return dict(zip(self._given[:many], self._given[many:], strict=True))


class GivenOutcomes:
    """What a plan comes to on outcomes that are given by name, in the periods that were met."""

    def __init__(self, programs: PlanPrograms) -> None:
        self._programs = programs
        self._periods: dict[Period, PeriodProgram] = {}

    def case(self, given: Mapping[str, object], period: Period) -> GivenCase | None:
        """What each goal comes to in a period; None where it takes more than each by itself."""
        return self.of(period).case(given)

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
        self._programs, self.period = programs, period
        self._program = program = programs.of(period)
        self._empty = RowsOfYear(programs.binder, (), period.year, period.last).at(period)
        missing = Assessed(program, self._empty, period, Waived())
        self._places = {home: place for place, home in enumerate(missing.levels)}
        self.members = [*missing.levels.values()]
        self.judging: list[Judging] = []
        rested_on = {below for goal in program.goals.values() for below in goal.below}
        places: dict[str, int] = {}
        for id_ in program.order:
            goal = program.goals[id_]
            if missing.judged(id_):
                homes = [self._places[home] for home in goal.homes.values()]
                members = (*homes, *(places[each] for each in goal.below))
                keys = (*goal.homes, *map(goal_key, goal.below))
                rule = goal.rule(dict.fromkeys(goal.groups, ()))
                taking, place = _taking(members), None
                if id_ in rested_on:
                    place = places[id_] = len(self.members)
                    self.members.append(missing.as_member(id_))
                self.judging.append(Judging(id_, goal, rule, place, keys, members, taking, {}))
        self.states = [state_of(each) for each in self.members]
        self.ids = tuple(program.goals)
        self._blank: dict[str, Outcome | None] = dict.fromkeys(self.ids)
        indicators = (each for goal in program.goals.values() for each in goal.indicators)
        self.alone = not any(e.formula or e.others or e.original for e in indicators)
        self._cases: dict[tuple[object, ...], GivenCase] = {}
        self._cells: dict[tuple[str, object], Cell | None] = {}
        self._levels: dict[str, NumberLevels | None] = {}
        self._met: set[str] = set()

    def case(self, given: Mapping[str, object]) -> GivenCase | None:
        """What each goal comes to; None where that does not follow from each outcome by itself.

        So it is where one has a fault, or is of a part, of a group or of two indicators at once.
        Cases of words are kept: a number can equal one that is written otherwise.
        """
        key = (*given, *given.values())
        try:
            found = self._cases.get(key)
        except TypeError:
            return None
        if found is None and self.alone:
            read: list[Cell] = []
            for item in given.items():
                cell = self._cells.get(item) or self.cell(*item)
                if cell is None:
                    return None
                read.append(cell)
            outcomes = self._judged(read)
            if outcomes is None:
                return None
            found = GivenCase(key, self, outcomes)
            if WORDS.issuperset(map(type, key)):
                if len(self._cases) >= MOST_CASES:
                    self._cases.clear()
                self._cases[key] = found
        return found

    def _judged(self, read: Sequence[Cell]) -> Mapping[str, Outcome | None] | None:
        """What each goal comes to on some cells, all of one mark, none of them of one indicator."""
        states, members = self.states.copy(), self.members.copy()
        for place, member, state, _ in read:
            members[place] = member
            states[place] = state
        if len(set(map(PLACE, read))) < len(read) or len({*map(MARK, read)} - {""}) > 1:
            return None
        found = self._blank.copy()
        for id_, goal, rule, at, keys, own, taking, above in self.judging:
            case = taking(states)
            outcome = rule.cases.get(case)
            if outcome is None:
                named = dict(zip(keys, [members[each] for each in own], strict=True))
                outcome = rule.outcome(named, case)
            found[id_] = outcome
            if at is not None:
                came = outcome.worst, outcome.best, outcome.barred, bool(outcome.unsure)
                if came not in above:
                    as_one = as_member(goal.blank, goal.levels, outcome)
                    above[came] = as_one, state_of(as_one)
                members[at], states[at] = above[came]
        return found

    def found(self, given: Mapping[str, object], rules: str) -> PlanAssessment:
        """What is found on the way to what `case` gave, by the rules of a file.

        The rows of what was given are read once more, all together, for their places; what each
        came to is known.
        """
        members, homes = self.members.copy(), [*self._places]
        rows, _ = rows_from_python(given)
        by_slot: dict[Slot, OutcomeRow] = {}
        for item, row in zip(given.items(), rows, strict=True):
            place, members[place], _, _ = cast(Cell, self._cells.get(item) or self.cell(*item))
            by_slot[Slot(*homes[place])] = row
        bound = self._bound(by_slot, OfYear(self._empty.of_year.targets))
        levels = {home: members[place] for home, place in self._places.items()}
        assessed = Assessed(self._program, bound, self.period, Waived(), levels=levels)
        return PlanAssessment(self._programs, assessed, DecisionIndex(), rules, ())

    def _bound(self, by_slot: Mapping[Slot, OutcomeRow], of_year: OfYear) -> BoundRows:
        """The rows of outcomes that are given by name: each is of no other period than this."""
        now = {slot: row for slot, row in by_slot.items() if not row.only_forecast}
        every = {slot: (row,) for slot, row in by_slot.items()}
        return evolve(self._empty, now=now, every=every, of_year=of_year)

    def cell(self, name: str, value: object) -> Cell | None:
        """What an outcome comes to; None where it does not stand alone, or has a fault."""
        kind, item = type(value), (name, value)
        if kind in NUMBERS:
            levels = self._levels.get(name)
            found = levels.of(cast("float | Decimal", value)) if levels else None
            return found or self._read(name, value)
        if kind not in WORDS:
            return None
        try:
            return self._cells[item]
        except KeyError:
            found = self._read(name, value)
        if len(self._cells) >= MOST_CELLS:
            self._cells.clear()
        self._cells[item] = found
        return found

    def number_levels(self, name: str) -> "NumberLevels | None":
        """What numbers of an indicator come to, once one was read, where that is known."""
        return self._levels.get(name)

    def _read(self, name: str, value: object) -> Cell | None:
        """Read an outcome as if it were the only one."""
        rows, faults = rows_from_python({name: value})
        slot = None if faults else self._programs.binder.find(rows[0], self.period.last)
        if not isinstance(slot, Slot) or slot.fold:
            return None
        place, program = self._places[slot.goal, slot.name], self._program
        own = (each for each in program.goals[slot.goal].indicators if each.slot == slot)
        bound = self._bound({slot: rows[0]}, OfYear())
        case = case_of(next(own), bound, self.period, program.rule)
        if any(True for _ in faults_of(case)):
            return None
        amount = rows[0].value if isinstance(rows[0].value, Amount) else Amount(Decimal(0))
        if amount.mark and may_be_thousands(amount):
            return None
        level = level_of(case)
        cell = Cell(place, level, state_of(level), amount.mark)
        if name not in self._met:
            self._met.add(name)
            for each in case.scale.levels:
                self._cells[name, each] = self._read(name, each)
        if (
            name not in self._levels
            and type(value) is not str
            and case.program.has_rule_for_numbers
        ):
            self._levels[name] = None
            self._levels[name] = self._levels_of(name, case)
        return cell

    def _levels_of(self, name: str, case: IndicatorCase) -> "NumberLevels | None":
        """What numbers of an indicator come to; None where some of them have a fault."""
        cuts = sorted({*cuts_of(case)})
        points = [*around(cuts)]
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
        if isinstance(value, Decimal) and not (
            value.is_finite() and value and len(str(value)) <= SHORT
        ):
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


def _taking(places: tuple[int, ...]) -> Callable[[Sequence[MemberState]], tuple[MemberState, ...]]:
    """What takes the states at some places out of all."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda states: tuple(states[each] for each in places)
