"""How much one call may take: steps, rows, bytes and time.

Every loop that grows with what somebody wrote takes a `step`, reading takes rows and bytes, and a
call that was given `Limits` ends with `LimitReachedError` when one of them is used up. Without
limits nothing is counted; the clock is read where there is a deadline, and nowhere else. What is
counted belongs to the call: threads, and tasks that run beside each other, each have their own.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Literal, TypeVar, get_args

from attrs import define, field, fields

from goalrules.lazily import frozen

Item = TypeVar("Item")

LimitName = Literal["steps", "rows", "bytes", "deadline"]
LIMITS: tuple[LimitName, ...] = get_args(LimitName)


@frozen
class Limits:
    """How much one call may take; None where it may take what any call may.

    A file, a rule and a question have limits of their own, which hold whatever is said here.

    `steps`: of reading rules, assessing and looking at cases, where a step is a word, a sentence, a
    name that is compared, an indicator, a goal or a node of a diagram. `rows`: of the files of
    outcomes, judgements and pairs, and entries of such from Python. `bytes`: of the files, as they
    are and as they are unpacked. `deadline`: the seconds from the beginning of the call; it ends
    within 50 milliseconds after them, but for what is done with a large text at once.
    """

    steps: int | None = None
    rows: int | None = None
    bytes: int | None = None
    deadline: float | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what is no limit: a number below nought, or what is no number."""
        for name, each in ((each.name, getattr(self, each.name)) for each in fields(type(self))):
            kinds = (int, float) if name == "deadline" else (int,)
            if each is None:
                continue
            if isinstance(each, bool) or not isinstance(each, kinds) or not each >= 0:
                raise ValueError(f"{name} is a number from 0 up, or None: {each!r}")


class LimitReachedError(Exception):
    """A call has taken as much as it may: the name of the limit, and what it was."""

    def __init__(self, limit: LimitName, most: float) -> None:
        super().__init__(f"{limit}: {most}")
        self.limit, self.most = limit, most


@define(eq=False)
class _Meter:
    """What a call has taken so far, and the one around it, which takes the same."""

    limits: Limits
    around: "_Meter | None"
    steps: int = 0
    rows: int = 0
    bytes: int = 0
    ends: float | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        deadline = self.limits.deadline
        self.ends = None if deadline is None else monotonic() + deadline

    def look(self) -> None:
        """Raise where something is used up, here or around."""
        limits = self.limits
        if limits.steps is not None and self.steps > limits.steps:
            raise LimitReachedError("steps", limits.steps)
        if limits.rows is not None and self.rows > limits.rows:
            raise LimitReachedError("rows", limits.rows)
        if limits.bytes is not None and self.bytes > limits.bytes:
            raise LimitReachedError("bytes", limits.bytes)
        if self.ends is not None and limits.deadline is not None and monotonic() > self.ends:
            raise LimitReachedError("deadline", limits.deadline)


_METER: ContextVar[_Meter | None] = ContextVar("goalrules_limits", default=None)


@contextmanager
def within(limits: Limits | None) -> Iterator[None]:
    """Count what is taken from here on; where none are given, those around go on."""
    if limits is None:
        yield
        return
    before = _METER.set(_Meter(limits, _METER.get()))
    try:
        yield
    finally:
        _METER.reset(before)


def step() -> None:
    """Take a step, and look at the clock where there is a deadline."""
    meter = _METER.get()
    while meter is not None:
        meter.steps += 1
        meter.look()
        meter = meter.around


def is_bounded() -> bool:
    """Whether the call has limits, so that what cannot stop in its midst is done piece by piece."""
    return _METER.get() is not None


def stepping(given: Iterable[Item]) -> Iterator[Item]:
    """What is gone through, with a step for each of it."""
    for each in given:
        step()
        yield each


def take_row() -> None:
    """Take a row of a file."""
    meter = _METER.get()
    while meter is not None:
        meter.rows += 1
        meter.look()
        meter = meter.around


def taking_rows(given: Iterable[Item]) -> Iterator[Item]:
    """What is gone through, where each of it is a row."""
    for each in given:
        take_row()
        yield each


def take_bytes(number: int) -> None:
    """Take some bytes of a file."""
    meter = _METER.get()
    while meter is not None:
        meter.bytes += number
        meter.look()
        meter = meter.around


def bytes_left() -> int | None:
    """How many bytes may still be taken; None where nothing is said of that."""
    meter, left = _METER.get(), None
    while meter is not None:
        if meter.limits.bytes is not None:
            own = max(meter.limits.bytes - meter.bytes, 0)
            left = own if left is None else min(left, own)
        meter = meter.around
    return left
