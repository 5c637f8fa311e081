"""Two goals that no value of an indicator which both of them need can meet together."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

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
from goalrules.text.names import folded
from goalrules.text.source import Span

CODE = "goals-in-conflict"


@frozen
class Aimed:
    """A target in one year: what is aimed at, and where that stands."""

    subject: Subject
    entry: IndicatorEntry
    aim: sx.Aim
    year: Decimal | None
    about: tuple[Span, ...]


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


def find(whole: Whole) -> Iterator[Finding]:
    """The pairs of needed targets for the same thing that no value reaches together."""
    needed = [each for subject in whole.of_goals for each in _needed(subject, whole)]
    for one, other in combinations(needed, 2):
        if one.subject.goal != other.subject.goal and _same_thing(one, other):
            yield from _apart(one, other)


def _needed(subject: Subject, whole: Whole) -> Iterator[Aimed]:
    """The targets without which a goal cannot be met."""
    goal = subject.possible.goal
    if goal is None or not _only_by_target(subject, whole):
        return
    drawn, met = subject.drawn, subject.judged.met
    for entry in goal.indicators:
        if entry.name in drawn.space.names and not entry.shared and not entry.all(st.Levels):
            variable = drawn.space.variable(entry.name)
            below = drawn.space.diagrams.sizes[variable] - 2
            if known(drawn.space.diagrams, drawn.can[0][met], variable, below) == FALSE:
                yield from _aims(subject, entry)


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
    for statement in entry.all(st.Target):
        if isinstance(statement.body, st.Target):
            for dated in statement.body.aims:
                about = (statement.span, entry.head.span)
                yield Aimed(subject, entry, dated.aim, dated.year, about)


def _same_thing(one: Aimed, other: Aimed) -> bool:
    """Whether two indicators go by one name or title, in the same year."""
    years = {one.year, other.year} - {None}
    titles = [folded(each.entry.indicator.title) for each in (one, other)]
    names = [folded(each.entry.name) for each in (one, other)]
    periods = {each.subject.possible.period for each in (one, other)} - {None}
    alike = names[0] == names[1] or (bool(titles[0]) and titles[0] == titles[1])
    return alike and len(years) <= 1 and len(periods) <= 1


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


def _apart(one: Aimed, other: Aimed) -> Iterator[Finding]:
    reached = [interval(each.aim) for each in (one, other)]
    known_ends = [each for each in reached if each]
    if len(known_ends) == len(reached) and not known_ends[0].meets(known_ends[1]):
        pair, values = (one, other), [each.value for each in known_ends]
        yield Finding(
            CODE, "fault", other.subject.goal, other.subject.kind, (*other.about, *one.about),
            {
                "member": other.entry.name, "one": one.subject.goal, "other": other.subject.goal,
                "like": one.about[0].line,
            },
            tuple(_case(pair, n, value) for n, value in enumerate(values)),
        )  # fmt: skip


def _case(pair: Sequence[Aimed], reached: int, value: Decimal) -> Case:
    """What both goals come to, where one target is reached and all else is at its best."""
    members = [At("indicator", each.entry.name, each.subject.goal, value=value) for each in pair]
    return Case(
        tuple(members),
        tuple(outcome_of(each.subject, met=n == reached) for n, each in enumerate(pair)),
    )
