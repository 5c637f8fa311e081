"""Targets as the values that reach them, where those hang on no other value."""

from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.plan import IndicatorEntry
from goalrules.lint.subject import Subject
from goalrules.text.names import folded
from goalrules.text.source import Span


@frozen
class ReachingValues:
    """The values that reach a target in a year; an end that is open does not reach it itself."""

    low: Decimal | None = None
    high: Decimal | None = None
    strict: bool = False
    year: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """A value that reaches it, as near its end as can be."""
        end = self.high if self.low is None else self.low
        step = Decimal(int(self.strict))
        return (end or Decimal(0)) + (step if self.low is not None else -step)

    def meets(self, other: "ReachingValues") -> bool:
        """Whether some value reaches both, or they are not of one year."""
        lows = [(each.low, each.strict) for each in (self, other) if each.low is not None]
        highs = [(each.high, each.strict) for each in (self, other) if each.high is not None]
        if not lows or not highs or len({self.year, other.year} - {None}) > 1:
            return True
        (low, over), (high, under) = max(lows), min(highs, key=lambda end: (end[0], not end[1]))
        return low < high or (low == high and not over and not under)


@frozen
class TargetUse:
    """A target of an indicator that a goal has as its own, and the values that reach it."""

    subject: Subject
    entry: IndicatorEntry
    interval: ReachingValues
    span: Span

    @property
    def about(self) -> tuple[Span, Span]:
        """Where the target stands, and its indicator."""
        return self.span, self.entry.head.span

    @property
    def calls(self) -> tuple[str, ...]:
        """What the indicator goes by: its name, and its title where it has one."""
        names = (self.entry.name, self.entry.indicator.title)
        return tuple(dict.fromkeys(folded(each) for each in names if each))


def targets_of(subject: Subject) -> Iterator[TargetUse]:
    """The targets of a goal's own indicators that get their level from them."""
    for entry in subject.possible.goal.indicators if subject.possible.goal else ():
        target = None if entry.shared or entry.all(st.ValueBands) else entry.first(st.Target)
        for dated in target.aims if target else ():
            found = interval(dated)
            if found:
                yield TargetUse(subject, entry, found, dated.span)


def interval(dated: sx.DatedTarget) -> ReachingValues | None:
    """The values that reach a target, where that does not hang on another value."""
    match dated.aim:
        case sx.Bound("at least" | "over" as side, number):
            return ReachingValues(low=number, strict=side == "over", year=dated.year)
        case sx.Bound(side, number):
            return ReachingValues(high=number, strict=side == "under", year=dated.year)
        case sx.Within() | sx.Around() | sx.Range() as between:
            return ReachingValues(between.low, between.high, year=dated.year)
        case _:
            return None
