"""A rule given alone over columns: the verdict of every row, without a look at each.

A rule is an automaton over its members: after each of them only what can still become of the
verdict counts, and there is little of that. So a row is a byte that goes through a table for each
column, and all rows go at once: the bytes of a column are one whole number, to which those of the
next are added.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from types import NoneType

from goalrules.assess.standalone import Level, StandaloneRule
from goalrules.core.states import MemberState
from goalrules.core.vocabulary import VERDICTS
from goalrules.lazily import frozen

MOST_CASES = 20_000
"""The cases of the members of a rule up to which its automaton is made."""

BYTE = 256
BLOCK = 1 << 17
"""The rows that go at once."""


@frozen
class Column:
    """The values of one member: a number for each row, and what each number says of the member."""

    name: str
    numbers: bytes
    levels: tuple[Level, ...]


def verdicts_of(rule: StandaloneRule, columns: Sequence[Column], rows: int) -> bytes:
    """The verdict of each row, as its place among `VERDICTS`."""
    judge, tables = _judging(rule, columns), tables_of(rule, columns)
    if tables is None:
        known: dict[tuple[int, ...], int] = {}
        return bytes(_one_by_one(judge, columns, known)) if columns else bytes([judge(())]) * rows
    blocks = range(0, rows, BLOCK)
    return b"".join(
        _through(tables, [each.numbers[start : start + BLOCK] for each in columns], rows - start)
        for start in blocks
    )


def _judging(rule: StandaloneRule, columns: Sequence[Column]) -> Callable[[Sequence[int]], int]:
    """The verdict of one case of the columns' numbers; members without a column are missing."""

    def judge(case: Sequence[int]) -> int:
        given = [each.levels[number] for each, number in zip(columns, case, strict=True)]
        return VERDICTS.index(rule.judge(given).verdict)

    return judge


def _one_by_one(
    judge: Callable[[Sequence[int]], int],
    columns: Sequence[Column],
    known: dict[tuple[int, ...], int],
) -> Iterator[int]:
    """The verdict of each row, each case worked out once."""
    for case in zip(*(each.numbers for each in columns), strict=True):
        found = known.get(case)
        if found is None:
            found = known[case] = judge(case)
        yield found


@frozen
class Table:
    """One step of the automaton: where a state begins, and what it and a number come to."""

    starts: bytes
    after: bytes


def tables_of(rule: StandaloneRule, columns: Sequence[Column]) -> list[Table] | None:
    """The steps of the automaton; None where there are too many cases, or states for a byte.

    From the last column back: cases of the columns before are alike if whatever follows gives both
    the same.
    """
    judge, sizes = _judging(rule, columns), [len(each.levels) for each in columns]
    if prod(sizes) > MOST_CASES:
        return None
    cases = product(*(range(size) for size in sizes))
    after = [judge(case) for case in cases]
    steps: list[list[int]] = []
    for size in reversed(sizes):
        rows = [tuple(after[at : at + size]) for at in range(0, len(after), size)]
        numbered = {row: number for number, row in enumerate(dict.fromkeys(rows))}
        if len(numbered) * size > BYTE:
            return None
        steps.append([each for row in numbered for each in row])
        after = [numbered[row] for row in rows]
    tables: list[Table] = []
    for step, size in zip(reversed(steps), sizes, strict=True):
        starts = bytes(min(state * size, BYTE - 1) for state in range(BYTE))
        tables.append(Table(starts, bytes(step).ljust(BYTE, b"\0")))
    return tables


def _through(tables: Sequence[Table], columns: Sequence[bytes], rows: int) -> bytes:
    """The verdicts of some rows."""
    state = bytes(min(rows, BLOCK))
    for table, numbers in zip(tables, columns, strict=True):
        begun = int.from_bytes(state.translate(table.starts), "little")
        both = begun + int.from_bytes(numbers, "little")
        state = both.to_bytes(len(state), "little").translate(table.after)
    return state


def column_of(
    name: str, values: Sequence[object], level_of: Callable[[object], Level | None]
) -> Column | int:
    """A column of values; where one of them has a fault, the number of its first row from 0."""
    levels: list[Level] = []
    numbers: dict[MemberState, int] = {}
    places: dict[object, int] = {}
    only_words = set(map(type, values)) <= {str, NoneType}
    # Numbers that are equal can be written in two ways, of which one is the name of a level.
    keys: Sequence[object] = values if only_words else [(type(each), str(each)) for each in values]
    for row, (key, value) in enumerate(zip(keys, values, strict=True)):
        if key not in places:
            found = level_of(value)
            if found is None:
                return row
            _, state = found
            if state not in numbers:
                numbers[state] = len(levels)
                levels.append(found)
            places[key] = numbers[state]
    return Column(name, bytes(map(places.__getitem__, keys)), tuple(levels))


def coded_column(name: str, numbers: bytes, levels: Mapping[int, Level]) -> Column | int:
    """A column of numbers of levels; where one of them is of none, the number of its first row."""
    wrong = bytes(number for number in range(BYTE) if number not in levels)
    found = [numbers.find(each) for each in wrong if each in numbers]
    if found:
        return min(found)
    return Column(name, numbers, tuple(levels[number] for number in sorted(levels)))
