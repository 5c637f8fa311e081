"""What is wrong with the years in which things hold, and what is wrong in some years only."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice

from attrs import evolve

from goalrules.language import statements as st
from goalrules.language.plan import Entry, Plan, assessments, everything_said
from goalrules.language.statements import Statement
from goalrules.language.validate_rules import Context
from goalrules.language.years import (
    Regime,
    Years,
    dated,
    is_dated,
    is_span,
    joined,
    notes_of_years,
    read_years,
    regimes,
    turns,
    years_of,
)
from goalrules.text.diagnostics import MOST_FAULTS, Diagnostic, WordRef
from goalrules.text.source import Span

MOST_TURNS = 40
"""The number of times that a plan may change over the years."""

IN_YEARS = "in_years"
"""The fact of a fault that is one in some years only: in which."""

REPLACED = ("no-rule", "clause-twice", "said-twice")
"""The faults in a year that are told as faults over the years, at the same place."""

Validate = Callable[[Plan], Iterable[Diagnostic]]


def validate_over_years(plan: Plan, context: Context, validate: Validate) -> Iterator[Diagnostic]:
    """The faults of a plan in each of its years, and those of its years."""
    for validity in plan.all(st.Validity):
        yield from _span_faults(validity, context)
    if not is_dated(plan):
        yield from validate(plan)
        return
    yield from _note_faults(plan, context)
    if len(turns(plan)[1:-1]) > MOST_TURNS:
        first = next(note for each in dated(plan) for note in notes_of_years(each.statement))
        yield context.at(first.span, "too-many-turns", most=MOST_TURNS)
        return
    spans = regimes(plan)
    entries = (*assessments(plan), *plan.goals)
    said = [plan.statements, *(each.statements for each in entries)]
    twice = (fault for each in said for fault in _overlapping(each, context))
    over = [*twice, *_gaps(plan, spans, context)]
    yield from over
    told = {each.span for each in over}
    for each in _in_some(spans, validate):
        if each.code not in REPLACED or each.span not in told:
            yield each


def unsure_of_years(plan: Plan) -> bool:
    """Whether it cannot be told of everything in a plan in which years it holds."""
    notes = [notes_of_years(each) for each in everything_said(plan)]
    said = [*plan.all(st.Validity), *(note for each in notes for note in each)]
    return plan.broken_years or any(len(each) > 1 for each in notes) or not all(map(is_span, said))


def _span_faults(validity: st.Validity, context: Context) -> Iterator[Diagnostic]:
    """The fault of what are no years, or not the first one first."""
    if not is_span(validity):
        whole = (validity.month, validity.last_month) == (st.ALL_MONTHS[0], st.ALL_MONTHS[-1])
        first, last = (
            str(year) if whole else f"{year}-{month:02}"
            for year, month in (
                (validity.first, validity.month),
                (validity.last, validity.last_month),
            )
        )
        yield context.at(validity.span, "no-years", first=first, last=last)


def _note_faults(plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """The faults of the years that are noted at statements, each alone."""
    written = {(each.statement.span, each.statement.taken_at): each for each in dated(plan)}
    for each in written.values():
        if each.statement.taken_at and isinstance(each.statement.body, st.Clause | st.Adjustment):
            continue  # its years are those of two sentences that have them
        notes = notes_of_years(each.statement)
        for note in notes:
            yield from _span_faults(note, context)
        for again in notes[1:]:
            yield context.at(again.span, "validity-twice", line=notes[0].span.line)
        if notes and not each.years.shared(each.within):
            years, within = (WordRef("years", str(one)) for one in (each.years, each.within))
            home, span = WordRef("home", each.home), notes[0].span
            yield context.at(span, "outside-plan-years", years=years, home=home, within=within)


# What holds twice in a year


def _overlapping(statements: Iterable[Statement], context: Context) -> Iterator[Diagnostic]:
    """Clauses, limits and policies of one kind, for other years than another and some the same."""
    seen: dict[Hashable, list[Statement]] = {}
    for statement in statements:
        if statement.taken_at:
            continue
        earlier = seen.setdefault(kind_said(statement.body), [])
        years = years_of(statement)
        others = [each for each in earlier if years_of(each) != years]
        again = ((each, years_of(each).shared(years)) for each in others)
        for each, both in islice((pair for pair in again if pair[1]), 1):
            line, shared = each.span.line, WordRef("years", str(both))
            yield context.at(statement.span, "overlapping-years", line=line, years=shared)
        earlier.append(statement)


def kind_said(body: st.Body) -> Hashable:
    """What statements have in common that say something of the same level, or policy."""
    match body:
        case st.When(level, _, period):
            return "when", level.text, period
        case st.Otherwise(_, period):
            return "otherwise", period
        case st.SameAs(_, period) | st.Extreme(period=period):
            return "alone", period
        case st.Limit(kind, level, period=period):
            return kind, level.text, period
        case st.Policy(of):
            return "policy", of
        case _:
            return id(body)


# What holds in some years and not in others


def _gaps(plan: Plan, spans: Sequence[Regime], context: Context) -> Iterator[Diagnostic]:
    """The gaps in what is said of goals, and of indicators, that could be read whole."""
    assess = [each.head for each in assessments(plan) if not plan.broken]
    for each in assess[:1]:
        yield from _gap("assess", assess, spans, context, each.span)
    for goal in (each for each in plan.goals if not each.broken):
        there, rules = _those(spans, goal.head), goal.all(st.Clause | st.FollowedUp)
        yield from _gap("rule", rules, there, context, goal.head.span)
        for entry in (goal, *goal.indicators, *goal.reported):
            yield from _gaps_of_entry(entry, _those(there, entry.head), context)


def _gaps_of_entry(entry: Entry, spans: Sequence[Regime], context: Context) -> Iterator[Diagnostic]:
    """The gaps in what is said of a goal or an indicator for all of its years, if for any."""
    told: dict[str, list[Statement]] = {}
    for each in entry.statements:
        told.setdefault(each.body.placement.gap, []).append(each)
    for what, said in told.items():
        if what:
            yield from _gap(what, said, spans, context, said[0].span)


def _those(spans: Iterable[Regime], statement: Statement) -> list[Regime]:
    """Those spans of years in which a statement holds."""
    return [each for each in spans if each.years.start in years_of(statement)]


def _gap(
    what: str, said: Iterable[Statement], spans: Sequence[Regime], context: Context, place: Span
) -> Iterator[Diagnostic]:
    """That something is said for some of the years only."""
    held = {each.years for one in said for each in _those(spans, one)}
    missing = [each.years for each in spans if each.years not in held]
    if held and missing:
        yield context.at(place, "gap-in-years", what=WordRef("gap", what), years=_terms(missing))


# What is wrong in some years


def first_year_of(fault: Diagnostic) -> int | None:
    """The first of the years that a fault is one in; None where it is one in all."""
    match fault.facts.get(IN_YEARS):
        case (WordRef(key=years), *_):
            return read_years(years).first
        case _:
            return None


def _in_some(spans: Sequence[Regime], validate: Validate) -> Iterator[Diagnostic]:
    """The faults in any of some spans of years, each once; with the years, if not in all."""
    found: dict[Hashable, tuple[Diagnostic, dict[Years, None]]] = {}
    for regime in spans:
        for each in islice(validate(regime.plan), MOST_FAULTS + 1):
            key = (each.code, each.span, *each.facts.items())
            found.setdefault(key, (each, {}))[1][regime.years] = None
    for each, years in found.values():
        facts = {} if len(years) == len(spans) else {IN_YEARS: _terms(years)}
        yield evolve(each, facts={**each.facts, **facts})


def _terms(spans: Iterable[Years]) -> tuple[WordRef, ...]:
    return tuple(WordRef("years", str(each)) for each in joined(spans))
