"""A plan over time: what holds in a month, and the spans of months in which it is the same."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from attrs import evolve, field

from goalrules.core.vocabulary import DECEMBER, JANUARY, Month
from goalrules.language import statements as st
from goalrules.language.plan import (
    Entry,
    GoalEntry,
    IndicatorEntry,
    Plan,
    assessments,
    everything_said,
    said_of_goal,
)
from goalrules.language.statements import Statement
from goalrules.lazily import frozen
from goalrules.text.names import folded
from goalrules.text.source import NOWHERE, Span

SomeEntry = TypeVar("SomeEntry", bound=Entry)

YEARS = st.YEARS
"""The years that can be spoken of."""

OPEN = ".."
"""The end of a span of years that has none, as it is written."""


@frozen
class Years:
    """The years from a first to a last one; all that can be spoken of where none is named.

    They begin with a month of the first and end with one of the last, which may be in between.
    """

    first: int = YEARS[0]
    last: int = YEARS[-1]
    month: int = JANUARY
    last_month: int = DECEMBER

    def __contains__(self, when: int | Month) -> bool:
        """Whether a month is one of them, or a year has some of them."""
        if isinstance(when, int):
            return self.first <= when <= self.last
        return self.start <= when <= self.end

    def __str__(self) -> str:
        whole = self.month == JANUARY and self.last_month == DECEMBER
        ends = (
            str(year) if whole else f"{year}-{month:02}" for year, month in (self.start, self.end)
        )
        opens = self.start == (YEARS[0], JANUARY), self.end == (YEARS[-1], DECEMBER)
        first, last = ("" if open_ else each for each, open_ in zip(ends, opens, strict=True))
        return first if first == last else f"{first or OPEN}/{last or OPEN}"

    @property
    def start(self) -> Month:
        """The first month of them."""
        return self.first, self.month

    @property
    def end(self) -> Month:
        """The last month of them."""
        return self.last, self.last_month

    @property
    def after(self) -> Month:
        """The first month after them."""
        return _shifted(self.end, 1)

    def shared(self, other: "Years") -> "Years | None":
        """The years that are in both, if there are any."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return between(start, end) if start <= end else None


ALL_YEARS = Years()


def between(start: Month, end: Month) -> Years:
    """The years from one month to another."""
    return Years(start[0], end[0], start[1], end[1])


def _shifted(month: Month, months: int) -> Month:
    """The month that comes so many after one."""
    number = month[0] * DECEMBER + month[1] - 1 + months
    return number // DECEMBER, number % DECEMBER + 1


def read_years(text: str) -> Years:
    """The years that `str` has written."""
    first, until, last = text.replace(OPEN, "").partition("/")
    one, other = ((*each.split("-"), "")[:2] for each in (first, last if until else first))
    return Years(
        int(one[0] or YEARS[0]),
        int(other[0] or YEARS[-1]),
        int(one[1] or JANUARY),
        int(other[1] or DECEMBER),
    )


def joined(spans: Iterable[Years]) -> list[Years]:
    """Spans of years in order, as few as they can be told as."""
    found: list[Years] = []
    for each in spans:
        follows = bool(found) and found[-1].after == each.start
        found.append(between(found.pop().start, each.end) if follows else each)
    return found


@frozen
class Regime:
    """A plan as it is from one month to another, in which nothing of it changes.

    `only` says that it never does.
    """

    years: Years
    plan: Plan = field(repr=False)
    only: bool = False

    @property
    def told(self) -> str:
        """Those years as they are written; empty where the plan is so in all of its own."""
        return "" if self.only else str(self.years)


@frozen
class Dated:
    """A statement, the years in which it is said to hold, and those of what it belongs to.

    `home` is what of that says so: "plan", "assess", "goal", "indicator" or "group". It is said of
    a `goal`, by its id, or of an `indicator` of it, by its name.
    """

    statement: Statement
    within: Years
    home: str
    goal: str = ""
    indicator: str = ""

    @property
    def years(self) -> Years:
        """The years in which it is said to hold."""
        return years_of(self.statement)


def is_span(validity: st.Validity) -> bool:
    """Whether what is written are years, the first one first."""
    first, last = validity.first, validity.last
    in_order = (first, validity.month) <= (last, validity.last_month)
    known = YEARS[0] <= first and last <= YEARS[-1]
    return in_order and known and first == int(first) and last == int(last)


def notes_of_years(statement: Statement) -> list[st.Validity]:
    """The notes of a statement that say in which years it holds."""
    return [note for note in statement.notes if isinstance(note, st.Validity)]


def years_of(statement: Statement) -> Years:
    """The years in which a statement holds: those noted at it, else all.

    What is hidden in some months of a year is so in all of them, since they tell of each other.
    """
    found = _years(notes_of_years(statement))
    is_hidden = isinstance(statement.body, st.Hidden)
    return Years(found.first, found.last) if is_hidden else found


def years_of_plan(plan: Plan) -> Years:
    """The years in which a plan holds by its own words; all where it does not say."""
    return _years(plan.all(st.Validity))


def _years(said: Iterable[st.Validity]) -> Years:
    spans = (
        Years(int(each.first), int(each.last), each.month, each.last_month)
        for each in said
        if is_span(each)
    )
    return next(spans, ALL_YEARS)


def first_year(plan: Plan) -> int | None:
    """The first year of a plan, else the first that a note in it names; None where none does."""
    own = years_of_plan(plan)
    if own != ALL_YEARS:
        return own.first
    named = (years_of(each) for each in everything_said(plan) if notes_of_years(each))
    return min((each.first for each in named), default=None)


def is_dated(plan: Plan) -> bool:
    """Whether something in a plan holds in some of its years only."""
    return any(notes_of_years(each) for each in everything_said(plan))


def in_year(plan: Plan, year: int | None) -> Plan:
    """The plan as it is at the end of a year: what holds then, without notes of years.

    Outside the plan's own years it is as in the nearest of them; where no year is named as in
    its first. Groups and focus areas lose those that are not there.
    """
    return regime_of(plan, year).plan


def regime_of(plan: Plan, when: int | Month | None) -> Regime:
    """The plan as it is in a month, or at the end of a year, with when it is so.

    Where none is named it is that of its first year.
    """
    wanted = (first_year(plan) if when is None else when) or YEARS[0]
    return regime_among(regimes(plan), (wanted, DECEMBER) if isinstance(wanted, int) else wanted)


def regime_among(found: Sequence[Regime], when: Month) -> Regime:
    """The regime of a month among those of a plan; outside its own years the nearest."""
    return next((each for each in found if when <= each.years.end), found[-1])


def regimes(plan: Plan) -> tuple[Regime, ...]:
    """The plan as it is in each span of its years in which nothing of it changes, in order.

    A plan that does not say when it holds does so in all years: also before and after those
    that are named in it.
    """
    spans = _spans(plan)
    changes = is_dated(plan)
    return tuple(
        Regime(each, _held(plan, each) if changes else plan, len(spans) == 1) for each in spans
    )


def turns(plan: Plan) -> list[Month]:
    """The months in which a plan begins, changes, and is over."""
    own = years_of_plan(plan)
    if not is_dated(plan):
        return [own.start, own.after]
    held = [own, *(each.years.shared(each.within) or own for each in dated(plan))]
    return sorted({each.start for each in held} | {each.after for each in held})


def _spans(plan: Plan) -> list[Years]:
    return [between(first, _shifted(after, -1)) for first, after in pairwise(turns(plan))]


def _held(plan: Plan, years: Years) -> Plan:
    """What of a plan holds in some of its years, in which nothing of it changes."""
    year = years.start
    goals = tuple(_goal(each, year) for each in plan.goals if year in years_of(each.head))
    gone = {each.id for each in plan.goals} - {each.id for each in goals}
    assess = tuple(_entries(assessments(plan), year))
    held = evolve(
        plan,
        statements=tuple(_without(each, gone) for each in _statements(plan.statements, year)),
        assess=next(iter(assess), None),
        assess_again=assess[1:],
        goals=goals,
    )
    return of_years(held, years) if plan.all(st.Validity) else held


def validity_of(years: Years, span: Span = NOWHERE) -> st.Validity:
    """What is written of some years."""
    first, last = map(Decimal, (years.first, years.last))
    return st.Validity(first, last, years.month, years.last_month, span=span)


def of_years(plan: Plan, years: Years) -> Plan:
    """A plan that says of itself that it holds in some years."""
    own = validity_of(years)
    statements = [
        evolve(each, body=own) if isinstance(each.body, st.Validity) else each
        for each in plan.statements
    ]
    added = () if plan.all(st.Validity) else (Statement(own),)
    return evolve(plan, statements=(*statements, *added))


def _statements(statements: Iterable[Statement], year: Month) -> Iterator[Statement]:
    return (_undated(each) for each in statements if year in years_of(each))


def _undated(statement: Statement) -> Statement:
    if not notes_of_years(statement):
        return statement
    notes = tuple(each for each in statement.notes if not isinstance(each, st.Validity))
    return evolve(statement, notes=notes)


def _entries(entries: Iterable[SomeEntry], year: Month) -> Iterator[SomeEntry]:
    """Those of some entries that hold in a year, each with what holds of it."""
    for entry in entries:
        if year in years_of(entry.head):
            statements = tuple(_statements(entry.statements, year))
            yield evolve(entry, head=_undated(entry.head), statements=statements)


def _goal(goal: GoalEntry, year: Month) -> GoalEntry:
    """A goal that holds in a year, as it is then."""
    if not any(map(notes_of_years, said_of_goal(goal))):
        return goal
    (found,) = _entries([goal], year)
    indicators = tuple(_entries(goal.indicators, year))
    reported = tuple(_entries(goal.reported, year))
    gone = _folds(goal.indicators) - _folds(indicators)
    statements = tuple(_without(each, gone) for each in found.statements)
    return evolve(found, statements=statements, indicators=indicators, reported=reported)


def _folds(indicators: Iterable[IndicatorEntry]) -> set[str]:
    return {folded(each.name) for each in indicators}


def _without(statement: Statement, gone: set[str]) -> Statement:
    """A group without the members, or a focus area without the goals, that are not there."""
    match statement.body:
        case st.Group(members=members) as group:
            left = tuple(each for each in members if folded(each.text) not in gone)
            return evolve(statement, body=evolve(group, members=left))
        case st.Focus(goals=goals) as focus:
            left = tuple(each for each in goals if each.text not in gone)
            return evolve(statement, body=evolve(focus, goals=left))
        case _:
            return statement


def dated(plan: Plan) -> Iterator[Dated]:
    """Every statement that can hold in some years only, but for those of what never holds."""
    own = years_of_plan(plan)
    yield from (Dated(each, own, "plan") for each in plan.statements)
    for entry in assessments(plan):
        yield from _of_entry(entry, "assess", Dated(entry.head, own, "plan"))
    for goal in plan.goals:
        yield from _of_entry(goal, "goal", Dated(goal.head, own, "plan", goal.id))
        for indicator in goal.indicators:
            for head in _inside([indicator.head], "goal", Dated(goal.head, own, "plan", goal.id)):
                named = evolve(head, indicator=indicator.name)
                yield from _of_entry(indicator, "indicator", named)
        for group in goal.reported:  # the head of which is a statement of the goal
            for head in _inside([group.head], "goal", Dated(goal.head, own, "plan", goal.id)):
                yield from _inside(group.statements, "group", head)


def _of_entry(entry: Entry, home: str, head: Dated) -> Iterator[Dated]:
    yield head
    yield from _inside(entry.statements, home, head)


def _inside(statements: Iterable[Statement], home: str, head: Dated) -> Iterator[Dated]:
    """Some statements that belong to another, if that ever holds."""
    held = head.years.shared(head.within)
    dated_by = home if notes_of_years(head.statement) else head.home
    if held:
        yield from (Dated(each, held, dated_by, head.goal, head.indicator) for each in statements)
