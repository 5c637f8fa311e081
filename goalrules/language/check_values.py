"""What is wrong with how an indicator's value is worked out, and with the bands of its levels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.bands import band_of
from goalrules.language.check_conditions import check_level
from goalrules.language.check_indicators import better_side
from goalrules.language.context import Context
from goalrules.language.levels import LevelScale
from goalrules.language.plan import GoalEntry, IndicatorEntry
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.names import folded, nearest

MOST_DECIMALS = 12

WITH_LEVELS = (st.ValueBands, st.Target, st.ShownOnly)
"""The statements one of which says what a worked-out value comes to."""


def check_values(
    indicator: IndicatorEntry, levels: LevelScale, context: Context
) -> Iterator[Diagnostic]:
    """The faults of an indicator's weight, bands and rounding, and of what gives its level."""
    yield from _check_home(indicator, context)
    if indicator.first(st.WorkedOut) and not any(map(indicator.first, WITH_LEVELS)):
        yield context.at(indicator.head.span, "value-without-rule", text=indicator.name)
    for statement in indicator.statements:
        match statement.body:
            case st.Weight(number) if number <= 0:
                yield context.at(statement.span, "zero-weight")
            case st.ValueBands(bands):
                yield from _check_bands(statement, bands, levels, context)
            case st.Rounded(decimals):
                yield from _check_rounded(statement, decimals, indicator, context)
            case _:
                continue


def _check_home(indicator: IndicatorEntry, context: Context) -> Iterator[Diagnostic]:
    """What is said of an indicator of another goal, and has to be said there."""
    for statement in indicator.statements if indicator.shared else ():
        if not isinstance(statement.body, st.Weight | st.Points):
            yield context.at(statement.span, "said-elsewhere", text=indicator.name)


def _check_rounded(
    statement: st.Statement, decimals: Decimal, indicator: IndicatorEntry, context: Context
) -> Iterator[Diagnostic]:
    if indicator.first(st.WorkedOut) is None:
        yield context.at(statement.span, "rounded-alone")
    elif decimals != int(decimals) or decimals > MOST_DECIMALS:
        yield context.at(statement.span, "wrong-decimals", number=str(decimals), most=MOST_DECIMALS)


def _check_bands(
    statement: st.Statement, bands: Sequence[sx.Band], levels: LevelScale, context: Context
) -> Iterator[Diagnostic]:
    """Each band has a level of its own and some values, and every value has a band."""
    faults = [fault for band in bands for fault in check_level(band.level, levels, context)]
    yield from faults
    seen: set[str] = set()
    for band in bands:
        if band.level.text in seen:
            yield context.at(band.span, "level-twice", level=WordRef("level", band.level.text))
        seen.add(band.level.text)
    if faults or len(seen) != len(bands):
        return
    scale = levels.scale
    found = [(value, band_of(value, bands, scale)) for value in _witnesses(bands)]
    for value, level in found:
        if level is None:
            yield context.at(statement.span, "value-without-level", value=str(value))
            return
    for band in bands:
        if band.level.text not in {level for _, level in found}:
            yield context.at(band.span, "band-never", level=WordRef("level", band.level.text))


def _witnesses(bands: Iterable[sx.Band]) -> Iterator[Decimal]:
    """A value of every kind that some bounds tell apart: at each bound, and on either side."""
    bounds = sorted({number for band in bands for number in _numbers(band)})
    if not bounds:
        yield Decimal(0)
        return
    yield bounds[0] - 1
    for low, high in pairwise(bounds):
        yield from (low, (low + high) / 2)
    yield from (bounds[-1], bounds[-1] + 1)


def _numbers(band: sx.Band) -> tuple[Decimal, ...]:
    match band.bound:
        case sx.Bound(number=number):
            return (number,)
        case sx.Within() | sx.Around() | sx.Range() as between:
            return (between.low, between.high)
        case _:
            return ()


def check_formulas(goal: GoalEntry, context: Context) -> Iterator[Diagnostic]:
    """The faults of the values of a goal's indicators that are worked out from others."""
    known = {folded(entry.name): entry for entry in goal.indicators}
    below: dict[str, list[str]] = {}
    for entry in goal.indicators:
        worked_out = entry.first(st.WorkedOut)
        if worked_out:
            below[folded(entry.name)] = [
                folded(term.name.text) for term in worked_out.formula.terms
            ]
            yield from _check_formula(worked_out.formula, entry, known, context)
    cycle = ring_of(below)
    for entry in goal.indicators:
        if folded(entry.name) in cycle[:1]:
            names = tuple(known[each].name for each in cycle)
            yield context.at(entry.head.span, "cycle-of-values", names=names)


def _check_formula(
    formula: sx.Formula, entry: IndicatorEntry, known: dict[str, IndicatorEntry], context: Context
) -> Iterator[Diagnostic]:
    for term in formula.terms:
        if folded(term.name.text) not in known:
            close = nearest(term.name.text, [each.name for each in known.values()])
            yield context.at(term.span, "unknown-member", text=term.name.text, nearest=close)
        elif known[folded(term.name.text)].shared:
            yield context.at(term.span, "term-of-other-goal", text=term.name.text)
        if term.weight <= 0:
            yield context.at(term.span, "zero-weight")
        if term.weight != 1 and formula.kind in ("best", "worst"):
            yield context.at(term.span, "weight-of-one", text=term.name.text)
    if formula.kind in ("best", "worst") and better_side(entry) is None:
        yield context.at(formula.span, "no-better-side", text=entry.name)


def ring_of(below: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The names of one ring in which each rests on the next; none where there is no ring."""
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()
