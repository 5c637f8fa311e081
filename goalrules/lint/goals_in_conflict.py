"""Two goals that no value of an indicator which both of them need can meet together."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from attrs import frozen

from goalrules.analyse.diagram import FALSE
from goalrules.analyse.walks import known
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.lower import TARGET
from goalrules.language.plan import IndicatorEntry
from goalrules.lint.counted_twice import outcome_of
from goalrules.lint.result import At, Case, Finding
from goalrules.lint.subject import Subject
from goalrules.lint.whole import Whole
from goalrules.text.diagnostics import Term
from goalrules.text.source import Span

CODE = "goals-in-conflict"


@frozen
class Aimed:
    """A target in one year: what is aimed at, and where that stands."""

    subject: Subject
    entry: IndicatorEntry
    dated: sx.DatedAim

    @property
    def about(self) -> tuple[Span, Span]:
        """Where the target stands, and its indicator."""
        return self.dated.span, self.entry.head.span


@frozen
class Interval:
    """The values that reach a target; an end that is open does not reach it itself."""

    low: Decimal | None = None
    high: Decimal | None = None
    strict: bool = False

    @property
    def value(self) -> Decimal:
        """A value that reaches it, as near its end as can be."""
        end = self.high if self.low is None else self.low
        step = Decimal(int(self.strict))
        return (end or Decimal(0)) + (step if self.low is not None else -step)

    def meets(self, other: "Interval") -> bool:
        """Whether some value reaches both."""
        lows = [(each.low, each.strict) for each in (self, other) if each.low is not None]
        highs = [(each.high, each.strict) for each in (self, other) if each.high is not None]
        if not lows or not highs:
            return True
        (low, over), (high, under) = max(lows), min(highs, key=lambda end: (end[0], not end[1]))
        return low < high or (low == high and not over and not under)


def find(whole: Whole, subject: Subject) -> Iterator[Finding]:
    """The needed targets that no value reaches together with that of an earlier goal."""
    for entry in subject.possible.goal.indicators if subject.possible.goal else ():
        for other, namesake in whole.namesakes(entry):
            if _goes_before(other, subject, whole):
                pairs = product(_aims(other, namesake), _aims(subject, entry))
                for earlier, later in pairs:
                    yield from _apart(earlier, later, whole)


def _goes_before(other: Subject, subject: Subject, whole: Whole) -> bool:
    """Whether another goal stands earlier, and its rule holds in the same class of period."""
    periods = {each.possible.period for each in (other, subject)} - {None}
    order = [each.goal for each in whole.subjects]
    return len(periods) <= 1 and order.index(other.goal) < order.index(subject.goal)


def _is_needed(aimed: Aimed, whole: Whole) -> bool:
    """Whether the goal can be met only where the target is reached."""
    drawn, met = aimed.subject.drawn, aimed.subject.judged.met
    if aimed.entry.name not in drawn.space.names or not _only_by_target(aimed.subject, whole):
        return False
    variable = drawn.space.variable(aimed.entry.name)
    below = drawn.space.diagrams.sizes[variable] - 2
    return known(drawn.space.diagrams, drawn.can[0][met], variable, below) == FALSE


def _only_by_target(subject: Subject, whole: Whole) -> bool:
    """Whether an indicator is at its top level only where its value reaches the target."""
    own = [each for each in whole.subjects if not each.goal]
    period = subject.possible.period
    rules = [each for each in own if each.possible.period in (period, None)] or own
    return all(_needs_target(each) for each in rules)


def _needs_target(rule: Subject) -> bool:
    drawn = rule.drawn
    if TARGET not in drawn.space.names:
        return False
    variable = drawn.space.variable(TARGET)
    below = drawn.space.diagrams.sizes[variable] - 2
    return known(drawn.space.diagrams, drawn.can[0][-1], variable, below) == FALSE


def _aims(subject: Subject, entry: IndicatorEntry) -> Iterator[Aimed]:
    """The targets of an indicator that gets its level from them."""
    target = None if entry.all(st.Levels) else entry.first(st.Target)
    for dated in target.aims if target else ():
        yield Aimed(subject, entry, dated)


def interval(aim: sx.Aim) -> Interval | None:
    """The values that reach a target, where that does not hang on another value."""
    match aim:
        case sx.Bound("at least" | "over" as side, number):
            return Interval(low=number, strict=side == "over")
        case sx.Bound(side, number):
            return Interval(high=number, strict=side == "under")
        case sx.Within(number):
            return Interval(-number, number)
        case sx.Range(low, high):
            return Interval(low, high)
        case _:
            return None


def _apart(one: Aimed, other: Aimed, whole: Whole) -> Iterator[Finding]:
    """Two targets that no value reaches together, where both goals need theirs."""
    first, second = interval(one.dated.aim), interval(other.dated.aim)
    apart = first and second and _is_same_year(one, other) and not first.meets(second)
    if first and second and apart and all(_is_needed(each, whole) for each in (one, other)):
        yield _finding(one, other, [first.value, second.value])


def _is_same_year(one: Aimed, other: Aimed) -> bool:
    """Whether two targets can hold in one year."""
    years = {each.dated.year for each in (one, other)} - {None}
    return len(years) <= 1


def _finding(one: Aimed, other: Aimed, values: Sequence[Decimal]) -> Finding:
    subject, pair = other.subject, (one, other)
    year = one.dated.year or other.dated.year
    return Finding(
        CODE, "fault", subject.goal, subject.kind, (*other.about, *one.about),
        {
            "member": Term("member", other.entry.name), "like": one.about[0].line,
            "one": one.subject.term, "other": subject.term,
            "why": "year" if year else "", "year": str(year or ""),
        },
        tuple(_case(pair, n, value) for n, value in enumerate(values)),
        periods=(subject.possible.period,) if subject.possible.period else (),
    )  # fmt: skip


def _case(pair: Sequence[Aimed], reached: int, value: Decimal) -> Case:
    """What both goals come to, where one target is reached and all else is at its best."""
    members = [At("indicator", each.entry.name, each.subject.goal, value=value) for each in pair]
    return Case(
        tuple(members),
        tuple(outcome_of(each.subject, met=n == reached) for n, each in enumerate(pair)),
    )
