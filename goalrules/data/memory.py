"""What texts mean, remembered while something is read: a table for each function, and none after.

Cells repeat: a file of 100,000 rows has twelve periods and three levels. What they mean is worked
out once in a reading, and forgotten with it, so that nothing of one file is there when another is
read, or stays in the program.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

MOST_KEPT = 1_000
"""How many texts a function remembers in one reading; then it begins anew."""

Given = ParamSpec("Given")
Found = TypeVar("Found")

TABLES: ContextVar[dict[object, dict[Hashable, Any]] | None] = ContextVar(
    "goalrules_memory", default=None
)
"""The tables of the reading that goes on, by what has filled each; None where none does."""


@contextmanager
def remembering() -> Iterator[None]:
    """Remember, in what is read from here on, what texts have been found to mean."""
    before = TABLES.set({})
    try:
        yield
    finally:
        TABLES.reset(before)


def remembered(function: Callable[Given, Found]) -> Callable[Given, Found]:
    """A function of texts that does its work once for each in a reading; arguments have places."""

    @wraps(function)
    def recalled(*given: Given.args, **named: Given.kwargs) -> Found:
        tables = TABLES.get()
        if tables is None or named:
            return function(*given, **named)
        table = tables.setdefault(function, {})
        if given in table:
            known: Found = table[given]
            return known
        if len(table) >= MOST_KEPT:
            table.clear()
        found = table[given] = function(*given, **named)
        return found

    return recalled
