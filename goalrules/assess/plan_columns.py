"""A plan in a period over columns of outcomes, one for each indicator that has any."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from itertools import count
from typing import cast

from goalrules.assess.automaton import BYTE, Column, ColumnRule, Level
from goalrules.assess.column_reading import (
    ColumnsGiven,
    NumberRegions,
    Reader,
    Words,
    regions_of,
)
from goalrules.assess.period_program import Cell, Judging, PeriodProgram
from goalrules.assess.rule_program import as_member
from goalrules.core.ends import MemberState, state_of
from goalrules.core.vocabulary import VERDICTS, Verdict
from goalrules.data.vectors import Vector

A_NUMBER = 1
"""A number by which it is learnt how those of an indicator are read."""


class PlanColumns:
    """A plan in a period, ready for columns; verdicts are by their places in `VERDICTS`."""

    def __init__(self, program: PeriodProgram) -> None:
        self._program = program
        self._goals = [_GoalColumns(each, program) for each in program.judging]

    def words(self, name: str) -> Words | None:
        """The words for levels of an indicator by their codes; None for what is none by itself."""
        cell = self._program.cell(name, None)
        return cell and [*cell.member.levels, None, "not applicable"]

    def given(self, vectors: Mapping[str, Vector]) -> ColumnsGiven:
        """Columns with what reads each; numbers that are texts by the mark that is met first."""
        marks: set[str] = set()
        return ColumnsGiven(vectors, {name: self._reader(name, marks) for name in vectors})

    def _reader(self, name: str, marks: set[str]) -> Reader | None:
        words = self.words(name)
        if words is None or not self._program.alone:
            return None
        place = cast(Cell, self._program.cell(name, None)).place
        return Reader(place, words, partial(self._level, name, marks), partial(self._regions, name))

    def _level(self, name: str, marks: set[str], value: object) -> Level | None:
        """What a value says of an indicator; None for a fault, or a number with another mark."""
        cell = self._program.cell(name, value)
        if cell and cell.mark:
            if marks - {cell.mark}:
                return None
            marks.add(cell.mark)
        return cell and (cell.member, cell.state)

    def _regions(self, name: str) -> NumberRegions | None:
        """The regions of numbers of an indicator, where its level follows from such."""
        self._program.cell(name, A_NUMBER)
        levels = self._program.number_levels(name)
        if levels is None:
            return None
        return regions_of(levels.floats, partial(self._level, name, set()))

    def verdicts(
        self, given: ColumnsGiven
    ) -> tuple[dict[str, Callable[[], bytes] | None], Sequence[int]]:
        """What gives the verdict of each row for each goal, and the rows to be judged alone.

        None for a goal that has no verdict in the period.
        """
        columns = given.columns()
        found = {each.key: each for each in columns}
        verdicts: dict[str, Callable[[], bytes] | None] = dict.fromkeys(self._program.ids)
        for goal in self._goals:
            own = [found[place] for place in goal.places if place in found]
            results = goal.results(own, given.rows)
            if goal.place is not None:
                found[goal.place] = Column(goal.place, results, goal.levels)
            verdicts[goal.id] = partial(goal.verdicts, results)
        return verdicts, given.alone(columns)


class _GoalColumns:
    """A goal over the columns of its members.

    What it comes to is its verdict, or where others rest on it a number for each verdict and state
    as a member of them. Several threads may meet a case at once, so a number is taken before it is
    told what it is.
    """

    def __init__(self, judging: Judging, program: PeriodProgram) -> None:
        self.id, self.place, self.places = judging.id, judging.place, judging.places
        self._judging, self._program = judging, program
        self._numbers: dict[tuple[Verdict, MemberState], int] = {}
        self._next = count()
        self._levels: dict[int, Level] = {}
        self._verdicts = bytearray(BYTE)
        self.results = ColumnRule(self._judge).results

    def _judge(self, given: Sequence[tuple[Hashable, Level]]) -> int:
        """What the goal comes to on some of its members, the others missing."""
        judging, states, members = self._judging, [*self._program.states], [*self._program.members]
        for place, level in given:
            members[cast(int, place)], states[cast(int, place)] = level
        named = dict(zip(judging.keys, [members[each] for each in judging.places], strict=True))
        outcome = judging.rule.outcome(named, judging.taking(states))
        verdict = VERDICTS.index(outcome.verdict)
        if self.place is None:
            return verdict
        member = as_member(judging.goal.blank, judging.goal.levels, outcome)
        state = state_of(member)
        number = self._numbers.get((outcome.verdict, state))
        if number is None:
            number = self._numbers.setdefault((outcome.verdict, state), next(self._next))
        self._levels[number] = member, state
        self._verdicts[number] = verdict
        return number

    @property
    def levels(self) -> tuple[Level | None, ...]:
        """What its numbers say of it as a member of the rules of others."""
        levels = self._levels.copy()
        return tuple(levels.get(number) for number in range(max(levels, default=-1) + 1))

    def verdicts(self, results: bytes) -> bytes:
        """The verdicts of what it came to."""
        return results.translate(self._verdicts) if self.place is not None else results
