"""A rule as an automaton over columns: what it comes to in every row, without a look at each.

A rule is an automaton over its members: after some of them only what can still become of it counts,
and there is little of that. So what was found so far and the codes of the next columns are packed
in one byte for each row, and all rows go through one table at once.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import product
from math import prod

from goalrules.core.ends import MemberState
from goalrules.core.trace import Member
from goalrules.data.vectors import Coded, Lanes, raw
from goalrules.lazily import frozen

Level = tuple[Member, MemberState]
"""A member with its level, and the state that it is in."""

Judge = Callable[[Sequence[tuple[Hashable, Level]]], int]
"""What a rule comes to, as a small number, on the levels of some members by their keys."""

MOST_CASES = 20_000
"""The cases of the members of a rule up to which its automaton is made."""
MOST_AUTOMATA = 64
"""The automata that are kept of one rule; when there are more, they are made anew."""
MOST_KNOWN = 50_000
"""The cases that are kept of rows that go one by one."""

BYTE = 256
BLOCK = 1 << 14
"""The rows that go at once where they are bytes."""
ARRAY_BLOCK = 1 << 17
"""The rows that go at once where they are in arrays."""


@frozen
class Column:
    """The codes of one member, and what each says of it; None for what rows say by themselves."""

    key: Hashable
    codes: Coded
    levels: tuple[Level | None, ...]

    @property
    def states(self) -> tuple[MemberState | None, ...]:
        """The state that each code says that the member is in."""
        return tuple(each and each[1] for each in self.levels)


@frozen
class Step:
    """Some columns that are packed behind what was found before, and what that comes to."""

    sizes: tuple[int, ...]
    table: bytes


@frozen
class Automaton:
    """What a rule comes to in every case of its columns, step by step."""

    steps: tuple[Step, ...]
    empty: int
    """What it comes to without any column."""

    def run(self, columns: Sequence[Coded], rows: int) -> bytes:
        """What each of the rows comes to."""
        if not self.steps:
            return bytes([self.empty]) * rows
        lanes_of, bytes_of, at_once = _arithmetic(columns)
        found = []
        for start in range(0, rows, at_once):
            block = iter([each[start : start + at_once] for each in columns])
            before = b""
            for step in self.steps:
                codes = [next(block) for _ in step.sizes]
                if before or len(codes) > 1:
                    packed = lanes_of(codes[0])
                    for each, size in zip(codes[1:], step.sizes[1:], strict=True):
                        packed = packed * size + lanes_of(each)
                    if before:
                        packed = packed + lanes_of(before)
                    before = bytes_of(packed, len(codes[0]))
                else:
                    before = raw(codes[0])
                before = before.translate(step.table)
            found.append(before)
        return b"".join(found)


def _arithmetic(
    columns: Sequence[Coded],
) -> tuple[Callable[[Coded], Lanes], Callable[[Lanes, int], bytes], int]:
    """What makes numbers of codes, and bytes of these again; and how many go at once.

    Where a column is an array, numbers are too, and else one whole number with a byte for each row.
    """
    array = next((each for each in columns if not isinstance(each, bytes)), None)
    if array is None:
        return _whole_number, _bytes_of, BLOCK
    as_array = array.__array_namespace__().asarray
    return lambda codes: as_array(memoryview(codes)), lambda lanes, _: raw(lanes), ARRAY_BLOCK


def _whole_number(codes: Lanes) -> Lanes:
    return int.from_bytes(codes, "little")


def _bytes_of(lanes: int, rows: int) -> bytes:
    return lanes.to_bytes(rows, "little")


def automaton_of(sizes: Sequence[int], judge: Callable[[Sequence[int]], int]) -> Automaton | None:
    """The automaton of columns with so many codes; None for too many cases, or states for a byte.

    From the last column back: cases of the columns before are alike if whatever follows gives both
    the same.
    """
    if prod(sizes) > MOST_CASES:
        return None
    after = [judge(case) for case in product(*map(range, sizes))]
    states = [after]
    for size in reversed(sizes):
        rows = [tuple(after[at : at + size]) for at in range(0, len(after), size)]
        numbers = {row: number for number, row in enumerate(dict.fromkeys(rows))}
        after = [numbers[row] for row in rows]
        states.insert(0, after)
    steps: list[Step] = []
    tables: list[list[int]] = []
    start = 0
    while start < len(sizes):
        known = {state: case for case, state in reversed([*enumerate(states[start])])}
        stop, width = start, 1
        while stop < len(sizes) and len(known) * width * sizes[stop] <= BYTE:
            stop, width = stop + 1, width * sizes[stop]
        if stop == start:
            return None
        if tables:
            tables[-1] = [state * width for state in tables[-1]]
        cases = [known[state] * width for state in range(len(known))]
        tables.append([each for case in cases for each in states[stop][case : case + width]])
        steps.append(Step(tuple(sizes[start:stop]), b""))
        start = stop
    filled = [bytes(table).ljust(BYTE, b"\0") for table in tables]
    whole = [Step(step.sizes, table) for step, table in zip(steps, filled, strict=True)]
    return Automaton(tuple(whole), states[0][0] if not sizes else 0)


class ColumnRule:
    """A rule over columns, with the automata that were made of it."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._automata: dict[Hashable, Automaton | None] = {}

    def results(self, columns: Sequence[Column], rows: int) -> bytes:
        """What it comes to in each row, as small numbers; members without a column are missing."""
        used = [_used(each) for each in columns]
        automaton = self._automaton(used)
        codes = [each.codes for each in used]
        if automaton:
            return automaton.run(codes, rows)
        return bytes(self._one_by_one(used, zip(*map(raw, codes), strict=True)))

    def _automaton(self, columns: Sequence[Column]) -> Automaton | None:
        key = tuple((each.key, each.states) for each in columns)
        if key in self._automata:
            return self._automata.get(key)
        if len(self._automata) >= MOST_AUTOMATA:
            self._automata.clear()
        sizes = [len(each.levels) for each in columns]
        found = automaton_of(sizes, lambda case: self._result(columns, case))
        self._automata[key] = found
        return found

    def _result(self, columns: Sequence[Column], case: Sequence[int]) -> int:
        """What it comes to in one case of the columns' codes."""
        levels = [
            (each.key, level)
            for each, code in zip(columns, case, strict=True)
            if (level := each.levels[code])
        ]
        return self._judge(levels)

    def _one_by_one(
        self, columns: Sequence[Column], cases: Iterator[tuple[int, ...]]
    ) -> Iterator[int]:
        """What each row comes to, each case worked out once."""
        known: dict[tuple[int, ...], int] = {}
        for case in cases:
            found = known.get(case)
            if found is None:
                if len(known) >= MOST_KNOWN:
                    known.clear()
                found = known[case] = self._result(columns, case)
            yield found


def _used(column: Column) -> Column:
    """A column without the codes behind the last one that occurs."""
    codes = column.codes
    if isinstance(codes, bytes):
        used = next((code for code in reversed(range(len(column.levels))) if code in codes), 0)
    else:
        used = int(codes.__array_namespace__().max(codes)) if len(codes) else 0
    return Column(column.key, codes, column.levels[: used + 1])


def by_themselves(columns: Sequence[Column]) -> list[int]:
    """The rows in which a column says what cannot be told by its code."""
    found: set[int] = set()
    for each in columns:
        for code, level in enumerate(each.levels):
            if level is None:
                found.update(_rows_of(raw(each.codes), code))
    return sorted(found)


def _rows_of(codes: bytes, code: int) -> Iterator[int]:
    """The rows that have a code."""
    row = codes.find(code)
    while row >= 0:
        yield row
        row = codes.find(code, row + 1)
