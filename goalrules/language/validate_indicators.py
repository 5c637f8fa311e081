"""What is wrong with an indicator: its targets and parts, its value and bands, and its year."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from itertools import groupby, pairwise
from typing import TypeVar

from attrs import evolve

from goalrules.core.scales import Scale
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.levels import LevelScale, band_of
from goalrules.language.plan import (
    GoalEntry,
    Home,
    IndicatorEntry,
    Plan,
    Step,
    better_side,
    compared_with,
    homes_of,
    is_even,
    known_before,
    rests_on,
    rests_on_levels,
    side_of,
)
from goalrules.language.validate_rules import Context, validate_level, validate_predicate
from goalrules.language.validate_tables import validate_table
from goalrules.language.years import YEARS
from goalrules.lazily import frozen
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, WordRef
from goalrules.text.names import folded, nearest

OF_EARLIER = (st.Weight, st.OwnPoints, st.ShownOnly, st.Target, st.ValueBands)
"""What can be said of an indicator of an earlier period, beside what is said of the same one now:
how it counts, and what it is judged by instead of what was in force then."""


def validate_indicator(
    indicator: IndicatorEntry, levels: LevelScale, context: Context, *, shares: bool
) -> Iterator[Diagnostic]:
    """The faults of what is said of an indicator; `shares` if one of a target counts."""
    yield from _target_faults(indicator, context, shares=shares)
    yield from _value_faults(indicator, levels, context)
    yield from _time_faults(indicator, context)


def _target_faults(
    indicator: IndicatorEntry, context: Context, *, shares: bool
) -> Iterator[Diagnostic]:
    """The faults of an indicator's target and parts."""
    target = indicator.first(st.Target)
    if target and shares and indicator.first(st.ValueBands) is None:
        yield from _share_faults(target, context)
    if target:
        yield from _year_faults(target, context)
        for dated in target.aims:
            yield from _aim_faults(dated, indicator, context)
    parts = indicator.first(st.Parts)
    if parts:
        yield from _part_faults(parts, target, indicator, context)
    beside = (st.ValueBands, st.WorkedOut, st.AddsUp, st.Measured, st.Expected, st.Hidden)
    in_figures = (parts and parts.own) or (
        target and any(not isinstance(each.aim, sx.PartsReached) for each in target.aims)
    )
    aims = [each.aim for each in target.aims] if target else []
    changes = aims and all(isinstance(each, sx.Change) for each in aims)
    changes = changes or any(isinstance(each, sx.Compared) for each in aims)
    said = [each for each in indicator.statements if isinstance(each.body, beside)]
    if parts and (changes or (in_figures and said) or indicator.first(st.ValueBands)):
        where = next(each for each in indicator.statements if each.body is parts)
        yield context.at(where.span, "parts-not-judged", text=indicator.name)


def _year_faults(target: st.Target, context: Context) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for dated in target.aims:
        if dated.year is not None and dated.year not in YEARS:
            text, of_other = str(dated.year), isinstance(dated.aim, sx.Compared)
            facts: dict[str, DiagnosticFact] = {"expected": ()} if of_other else {}
            code = "compared-form" if of_other else "no-year"
            yield context.at(dated.span, code, text=text, **facts)
        if dated.year in seen or (seen and None in (*seen, dated.year)):
            yield context.at(dated.span, "target-twice")
        seen.add(dated.year)


def _share_faults(target: st.Target, context: Context) -> Iterator[Diagnostic]:
    """A share of a target has a meaning where more is better, from nought up."""
    for dated in target.aims:
        match dated.aim:
            case sx.Bound("at least" | "over", number) if number > 0:
                continue
            case sx.Change("increase", at_most=False) | sx.Compared() if (
                side_of(dated.aim) == "higher"
            ):
                continue
            case _:
                yield context.at(dated.span, "share-of-target")


def _aim_faults(
    dated: sx.DatedTarget, indicator: IndicatorEntry, context: Context
) -> Iterator[Diagnostic]:
    match dated.aim:
        case sx.Range(low, high) if low > high:
            yield context.at(dated.span, "range-reversed", low=str(low), high=str(high))
        case sx.Change(direction="maintain") if better_side(indicator) is None:
            yield context.at(dated.span, "no-better-side", text=indicator.name)
        case sx.PartsReached() if indicator.first(st.Parts) is None:
            yield context.at(dated.span, "no-parts", text=indicator.name)
        case sx.Change(by=sx.Distance() as by) | sx.Compared(by=sx.Distance() as by):
            unit = indicator.first(st.Unit)
            in_percent = unit is not None and unit.text == "%"
            if by.measure == ("unit" if in_percent else "points"):
                code = "percent-or-points" if in_percent else "points-without-percent"
                yield context.at(dated.span, code, text=indicator.name, number=str(by.number))
        case _:
            return


def _part_faults(
    parts: st.Parts, target: st.Target | None, indicator: IndicatorEntry, context: Context
) -> Iterator[Diagnostic]:
    """Each part once, its own target in order; and as many of them asked for as there can be."""
    if parts.own and target is None:
        yield context.at(parts.own[0].name.span, "parts-without-target", text=indicator.name)
    for own in parts.own:
        yield from _aim_faults(sx.DatedTarget(own.bound, span=own.name.span), indicator, context)
    for dated in target.aims if target else ():
        need = dated.aim.need if isinstance(dated.aim, sx.PartsReached) else None
        most = len(parts.names) or need
        if need is not None and (need != int(need) or not 0 < need <= (most or 0)):
            yield context.at(dated.span, "parts-needed", number=str(need))
    seen: set[str] = set()
    for name in parts.names:
        if folded(name.text) in seen:
            yield context.at(name.span, "part-twice", text=name.text)
        seen.add(folded(name.text))


# Values, and the bands of their levels


def _elsewhere_faults(indicator: IndicatorEntry, context: Context) -> Iterator[Diagnostic]:
    """What is said of an indicator where it is another goal's, or is of an earlier period.

    A target that is measured from another figure is none that something of then can have here.
    """
    moving = sx.Change | sx.Compared | sx.PartsReached
    for statement in indicator.statements:
        body = statement.body
        aims = body.aims if isinstance(body, st.Target) else ()
        moves = any(isinstance(each.aim, moving) for each in aims)
        if indicator.shared and not isinstance(body, st.Weight | st.OwnPoints | st.ShownOnly):
            yield context.at(statement.span, "said-elsewhere", text=indicator.name)
        elif indicator.earlier and (moves or not isinstance(body, OF_EARLIER)):
            yield context.at(statement.span, "said-of-original", text=indicator.name)


def _value_faults(
    indicator: IndicatorEntry, levels: LevelScale, context: Context
) -> Iterator[Diagnostic]:
    """The faults of an indicator's weight, bands and rounding, and of what gives its level."""
    yield from _elsewhere_faults(indicator, context)
    told_by = (st.ValueBands, st.Target, st.ShownOnly)
    worked_out = indicator.first(st.WorkedOut)
    if worked_out and not indicator.is_table and not any(map(indicator.first, told_by)):
        yield context.at(indicator.head.span, "value-without-rule", text=indicator.name)
    for statement in indicator.statements:
        match statement.body:
            case st.Possible(sx.Range(low, high)) if low > high:
                facts = {"low": str(low), "high": str(high)}
                yield context.at(statement.span, "range-reversed", **facts)
            case st.Possible() if worked_out:
                yield context.at(statement.span, "possible-of-value", text=indicator.name)
            case st.Weight(number) if number <= 0:
                yield context.at(statement.span, "zero-weight")
            case st.ValueBands(bands) if bands:
                yield from validate_bands(statement, bands, levels, context, indicator)
            case st.Rounded(decimals):
                yield from _rounded_faults(statement, decimals, indicator, context)
            case _:
                continue


def validate_bands(
    statement: st.Statement,
    bands: Sequence[sx.Band],
    levels: LevelScale,
    context: Context,
    indicator: IndicatorEntry | None = None,
) -> Iterator[Diagnostic]:
    """The faults of bands of values on a scale; of an indicator, or of a name alone."""
    faults = [*_band_faults(statement, bands, levels, context)]
    yield from faults or _order_faults(statement, bands, levels.scale, indicator, context)


def _rounded_faults(
    statement: st.Statement, decimals: Decimal, indicator: IndicatorEntry, context: Context
) -> Iterator[Diagnostic]:
    if indicator.first(st.WorkedOut) is None:
        yield context.at(statement.span, "rounded-alone")
    elif decimals != int(decimals) or decimals > st.MOST_DECIMALS:
        yield context.at(
            statement.span, "wrong-decimals", number=str(decimals), most=st.MOST_DECIMALS
        )


def _band_faults(
    statement: st.Statement, bands: Sequence[sx.Band], levels: LevelScale, context: Context
) -> Iterator[Diagnostic]:
    """Each band has a level of its own and some values, and every value has a band."""
    faults = [fault for band in bands for fault in validate_level(band.level, levels, context)]
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


@frozen
class _Hole:
    """A value that has a worse level than a value below it and a value above it."""

    value: Decimal
    place: int
    below: tuple[Decimal, int]
    above: tuple[Decimal, int]


def _order_faults(
    statement: st.Statement,
    bands: Sequence[sx.Band],
    scale: Scale,
    indicator: IndicatorEntry | None,
    context: Context,
) -> Iterator[Diagnostic]:
    """Levels rise with the values, or fall, or first the one and then the other: without a hole."""
    levels = [(value, band_of(value, bands, scale)) for value in _witnesses(bands)]
    places = [(value, scale.place(level)) for value, level in levels if level]
    holes: dict[object, _Hole] = {}
    for hole in _holes(places):
        holes.setdefault((hole.below, hole.above), hole)
    for hole in holes.values():
        yield _hole_fault(hole, bands, scale, statement, context)
    rising = [place for _, place in places]
    ordered, side = sorted(rising), better_side(indicator) if indicator else None
    against = {"higher": ordered[::-1], "lower": ordered}
    if indicator and side and rising == against[side] and len({*rising}) > 1:
        better = WordRef("token", f"{side}_better".upper())
        yield context.at(statement.span, "bands-against-side", text=indicator.name, better=better)


def _holes(places: Sequence[tuple[Decimal, int]]) -> Iterator[_Hole]:
    """The values, among some in order with the places of their levels, that lie in a hole."""
    for n, (value, place) in enumerate(places):
        below = next((each for each in places[:n][::-1] if each[1] > place), None)
        above = next((each for each in places[n + 1 :] if each[1] > place), None)
        if below and above:
            yield _Hole(value, place, below, above)


def _hole_fault(
    hole: _Hole,
    bands: Sequence[sx.Band],
    scale: Scale,
    statement: st.Statement,
    context: Context,
) -> Diagnostic:
    """The fault of a hole, at the band that mends it by going on up, or down, where one does."""
    (low, under), (high, over) = hole.below, hole.above
    worse, rises = min(under, over), under < over
    band = next(each for each in bands if scale.place(each.level.text) == worse)
    facts: dict[str, DiagnosticFact] = {
        "value": str(hole.value),
        "level": WordRef("level", scale.levels[hole.place]),
        "low": str(low),
        "under": WordRef("level", scale.levels[under]),
        "high": str(high),
        "over": WordRef("level", scale.levels[over]),
    }
    mended = WordRef("level", scale.levels[worse])
    ends = _numbers(band) if under != over else ()
    if ends:
        one_sided = sx.Bound("at least", ends[0]) if rises else sx.Bound("at most", ends[-1])
        if _mends(hole, bands, [*_with_bound(bands, band, one_sided)], scale):
            side, end = WordRef("token", "AT_LEAST" if rises else "AT_MOST"), one_sided.number
            mend: dict[str, DiagnosticFact] = {"mended": mended, "side": side, "end": str(end)}
            return context.at(band.span, "hole-between-bands", **facts, **mend)
        ranged = sx.Range(ends[0], high) if rises else sx.Range(low, ends[-1])
        if _mends(hole, bands, [*_with_bound(bands, band, ranged)], scale):
            mend = {"mended": mended, "first": str(ranged.low), "last": str(ranged.high)}
            return context.at(band.span, "hole-inside-bands", **facts, **mend)
    return context.at(statement.span, "bands-not-in-order", **facts)


def _with_bound(
    bands: Iterable[sx.Band], band: sx.Band, bound: sx.Bound | sx.Range
) -> Iterator[sx.Band]:
    """The bands, one of them with another bound."""
    return (evolve(each, bound=bound) if each is band else each for each in bands)


def _mends(hole: _Hole, bands: Sequence[sx.Band], mended: Sequence[sx.Band], scale: Scale) -> bool:
    """Whether bands have no such hole, and else give every value the level that others give it."""
    values = [*_witnesses([*bands, *mended])]
    inside = [each for each in values if hole.below[0] < each < hole.above[0]]
    kept = [each for each in values if each not in inside]
    least = scale.levels[min(hole.below[1], hole.above[1])]
    return all(band_of(each, mended, scale) == least for each in inside) and all(
        band_of(each, mended, scale) == band_of(each, bands, scale) for each in kept
    )


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


def validate_values(goal: GoalEntry, plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """The faults of values that are worked out from others, and of targets compared with them."""
    known = {folded(entry.name): entry for entry in goal.indicators}
    found: list[Diagnostic] = []
    for entry in goal.indicators:
        found += _compared_faults(entry, goal, plan, context) if compared_with(entry) else ()
        worked_out = entry.first(st.WorkedOut)
        found += _worked_out_faults(worked_out.formula, entry, goal, context) if worked_out else ()
    yield from found
    before, ways = dict[Step, list[Step]](), dict[str, set[int]]()
    for each in plan.goals if any(each.shared for each in goal.indicators) else (goal,):
        before |= known_before(each, plan, rests_on(each, plan))
    ring = [home for home, _ in groupby(home for _, home in ring_of(before))]
    if ring and goal.id == ring[0][0]:
        yield _ring_fault(ring, plan, context)
    order = TopologicalSorter({} if found or ring else before).static_order()
    for what, (id_, fold) in order:
        worked_out = known[fold].first(st.WorkedOut) if id_ == goal.id else None
        if what == "level" and id_ == goal.id:
            yield from _way_faults(known[fold], ways, context)
        elif worked_out:
            ways[fold] = set(_ways(worked_out.formula, goal, ways, context))


def _worked_out_faults(
    formula: sx.Formula, entry: IndicatorEntry, goal: GoalEntry, context: Context
) -> Iterator[Diagnostic]:
    """The faults of a formula, of its terms where they are there, and of what a table says."""
    known = {folded(each.name): each for each in goal.indicators}
    reported = {folded(each.name) for each in goal.reported}
    named = [folded(name) for name, _ in goal.terms_of(formula)]
    yield from _formula_faults(formula, entry, goal, context)
    if all(each in known or each in reported for each in named):
        yield from _term_faults(formula, named, goal, context)
    terms = [known.get(folded(each.name.text)) for each in formula.terms]
    keys = [each.name for each in terms if each]
    if formula.kind == "table" and len(keys) == len(terms):
        yield from validate_table(formula, entry, keys, context)


def _ring_fault(ring: Sequence[Home], plan: Plan, context: Context) -> Diagnostic:
    """That the values or the targets of some indicators go in a ring."""
    entries = {
        (goal.id, folded(each.name)): each
        for goal in plan.goals
        for each in goal.indicators
        if not each.shared
    }
    closed = ring if len(ring) > 1 else [*ring, *ring]  # one that rests on itself
    names = tuple(entries[each].name for each in closed)
    return context.at(entries[ring[0]].head.span, "cycle-of-values", names=names)


def _compared_faults(
    entry: IndicatorEntry, goal: GoalEntry, plan: Plan, context: Context
) -> Iterator[Diagnostic]:
    """Targets from what is no other indicator that the goal has, of the same unit of measure."""
    target, named = entry.first(st.Target), {folded(each.name): each for each in goal.indicators}
    homes = homes_of(goal, plan)
    for dated in target.aims if target and not entry.shared else ():
        aim = dated.aim
        if not (isinstance(aim, sx.Compared) and dated.year in (None, *YEARS)):
            continue
        fold, span = folded(aim.name.text), aim.name.span
        (inside, _), other = homes.get(fold, ((goal.id, fold), None))
        if fold not in named:
            yield _elsewhere(aim.name, goal, plan, context)
        elif named[fold] is entry:
            yield context.at(span, "compared-with-itself", text=entry.name)
        elif other and other.is_table:
            yield context.at(span, "table-in-value", text=aim.name.text)
        elif inside != goal.id and any(
            rests_on_levels(each, fold) for each in plan.goals if each.id == inside
        ):
            yield context.at(span, "compared-with-levels", text=aim.name.text, goal=inside)
        elif other:
            then = goal.original(other)
            _, measured = homes.get(folded(then.name) if then else fold, (None, other))
            said = (entry.first(st.Unit), measured.first(st.Unit))
            if len({folded(each.text) if each else "" for each in said}) > 1:
                yield context.at(span, "units-differ", text=entry.name, found=other.name)


def _elsewhere(name: sx.Name, goal: GoalEntry, plan: Plan, context: Context) -> Diagnostic:
    """A name that no indicator of the goal has: one of another goal, or of none."""
    fold, span = folded(name.text), name.span
    goals = (e.id for e in plan.goals for one in e.indicators if folded(one.name) == fold)
    elsewhere = next(goals, "")
    if elsewhere:
        facts: dict[str, DiagnosticFact] = {"goal": elsewhere, "own_levels": context.levels}
        return context.at(span, "compared-elsewhere", text=name.text, **facts)
    close = nearest(name.text, [each.name for each in goal.indicators])
    return context.at(span, "unknown-member", text=name.text, nearest=close)


def _formula_faults(
    formula: sx.Formula, entry: IndicatorEntry, goal: GoalEntry, context: Context
) -> Iterator[Diagnostic]:
    """The faults of what a formula says, whatever its terms are."""
    known = {folded(each.name): each for each in goal.indicators}
    groups = {folded(each.name.text): each.name.text for each in goal.groups}
    for term in formula.terms:
        fold = folded(term.name.text)
        if term.number is not None:
            continue
        if fold in groups and formula.kind in (*sx.OF_TWO, "table"):
            yield context.at(term.span, "group-in-value", text=term.name.text)
        elif fold not in known and fold not in groups:
            close = nearest(term.name.text, [*(e.name for e in known.values()), *groups.values()])
            yield context.at(term.span, "unknown-member", text=term.name.text, nearest=close)
        elif fold in known and (goal.original(known[fold]) or known[fold]).shared:
            yield context.at(term.span, "term-of-other-goal", text=term.name.text)
        if term.weight <= 0:
            yield context.at(term.span, "zero-weight")
        elif term.weight != 1 and (formula.few or formula.kind in ("best", "worst")):
            yield context.at(term.span, "weight-of-one", text=term.name.text)
        elif term.weight != 1 and formula.kind in sx.OF_LEVELS:
            yield context.at(term.span, "weight-of-level", text=term.name.text)
    yield from _number_faults(formula, entry, goal, context)


def _number_faults(
    formula: sx.Formula, entry: IndicatorEntry, goal: GoalEntry, context: Context
) -> Iterator[Diagnostic]:
    """The faults of the numbers in a formula, and of what it takes of its terms."""
    groups = {folded(each.name.text) for each in goal.groups}
    remain = formula.lacking.remain if formula.lacking else None
    size = len([*goal.terms_of(formula)])
    unknown = any(folded(each.name) in groups for each in goal.reported)
    most = max(size, int(remain or 0)) if unknown else size
    if remain is not None and (remain != int(remain) or not 0 < remain <= most):
        yield context.at(formula.span, "remain-number", number=str(remain), size=size)
    many = formula.few.number if formula.few else None
    if many is not None and (many != int(many) or not 0 < many <= size):
        yield context.at(formula.span, "few-number", number=str(many), size=size)
    if (formula.few or formula.kind in ("best", "worst")) and better_side(entry) is None:
        yield context.at(formula.span, "no-better-side", text=entry.name)
    numbers = [each.number for each in formula.terms]
    if formula.kind in sx.OF_TWO and None not in numbers:
        yield context.at(formula.span, "only-numbers")
    elif formula.kind in ("share", "quotient") and numbers[1] == 0:
        yield context.at(formula.span, "divided-by-nought")


def _term_faults(
    formula: sx.Formula, folds: Sequence[str], goal: GoalEntry, context: Context
) -> Iterator[Diagnostic]:
    """The terms that have not what a formula asks of them: numbers, targets, points, a level."""
    known = {folded(each.name): each for each in goal.indicators}
    reported = {folded(each.name): each.name for each in goal.reported}
    of_targets = formula.kind == "fulfilment" or isinstance(formula.asked, sx.Fact)
    keys = [reported.get(each) or known[each].name for each in folds]
    for fold, key in zip(folds, keys, strict=True):
        target = None if fold in reported else known[fold].first(st.Target)
        original = None if fold in reported else goal.original(known[fold])
        if original and target is None:
            target = original.first(st.Target)
        worth = context.names.worth(key)
        if fold in reported and (of_targets or formula.kind not in sx.OF_LEVELS):
            yield context.at(formula.span, "group-in-value", text=key)
        elif fold in known and known[fold].is_table and formula.kind not in sx.OF_LEVELS:
            yield context.at(formula.span, "table-in-value", text=key)
        elif of_targets and target is None:
            yield context.at(formula.span, "term-without-target", text=key)
        elif formula.kind == "fulfilment" and target and not all(map(_has_degrees, target.aims)):
            yield context.at(formula.span, "target-without-degree", text=key)
        elif formula.kind in OF_POINTS and worth is None:
            yield context.at(formula.span, "no-points", text=key)
        elif formula.kind in OF_POINTS and worth and not _order_of(worth):
            yield context.at(formula.span, "points-not-ordered", text=key)
    if isinstance(formula.asked, sx.Level):
        yield from validate_predicate(formula.asked, keys, context, formula.span)


Node = TypeVar("Node", bound=Hashable)

WHOLE = 100

OF_POINTS = ("sum of points", "mean of points")
"""The formulas of what levels are worth."""


def _has_degrees(dated: sx.DatedTarget) -> bool:
    """Whether a target has one number, of which a value can be some percent."""
    match dated.aim:
        case sx.Bound(number=number):
            return number >= 0
        case sx.Change(direction):
            return direction != "maintain"
        case sx.Compared():
            return True
        case _:
            return False


def _order_of(worth: Sequence[Decimal]) -> int:
    """Whether points rise with the levels (1), or fall (-1); 0 where they do both."""
    if list(worth) == sorted(worth):
        return 1
    return -1 if list(worth) == sorted(worth, reverse=True) else 0


def _ways(
    formula: sx.Formula, goal: GoalEntry, ways: Mapping[str, set[int]], context: Context
) -> Iterator[int]:
    """Whether a value rises (1) or falls (-1) as levels get better that it is made of.

    0 where that depends on numbers; nothing where it is made of none. `ways` are those of others.
    """
    known = {folded(each.name): each for each in goal.indicators}
    reported = {folded(each.name): each.name for each in goal.reported}
    for n, (name, _) in enumerate(goal.terms_of(formula)):
        fold = folded(name)
        if formula.kind in OF_POINTS:
            key = reported.get(fold) or known[fold].name
            yield _order_of(context.names.worth(key) or ())
        elif formula.kind in sx.OF_LEVELS:
            yield 1
        elif formula.kind == "fulfilment":
            yield from _target_ways(known[fold], ways)
        elif formula.kind in ("share", "quotient", "product"):
            factors = formula.terms if formula.kind == "product" else formula.terms[1:]
            way = int(any((each.number or 0) > 0 for each in factors))
            yield from (way * each for each in ways.get(fold, ()))
        else:
            second = n or formula.terms[0].number is not None
            sign = -1 if formula.kind == "difference" and second else 1
            yield from (sign * each for each in ways.get(fold, ()))


def _target_ways(entry: IndicatorEntry, ways: Mapping[str, set[int]]) -> Iterator[int]:
    """Whether a target is nearer (1) or farther (-1) as levels get better that it rests on.

    What a target is measured from moves the target itself; more than all of it, either way.
    """
    target = entry.first(st.Target)
    for dated in target.aims if target else ():
        side = {"higher": 1, "lower": -1, None: 0}[side_of(dated.aim)]
        yield from (side * each for each in ways.get(folded(entry.name), ()))
        if isinstance(dated.aim, sx.Compared):
            by = dated.aim.by
            far = by is not None and by.measure == "percent" and by.number > WHOLE
            of_other = ways.get(folded(dated.aim.name.text), ())
            yield from (0 if far else -side * each for each in of_other)


def _way_faults(
    entry: IndicatorEntry, ways: Mapping[str, set[int]], context: Context
) -> Iterator[Diagnostic]:
    """That a value of levels, or a target measured from one, makes better levels give a worse."""
    bands, target = entry.first(st.ValueBands), entry.first(st.Target)
    found, own = {*_target_ways(entry, ways)}, ways.get(folded(entry.name), ())
    if bands and bands.bands:
        scale = context.names.levels(entry.name).scale
        on_scale = all(each.level.text in scale.levels for each in bands.bands)
        levels = [
            band_of(value, bands.bands, scale) for value in _witnesses(bands.bands) if on_scale
        ]
        places = [Decimal(scale.place(level)) for level in levels if level]
        found = {_order_of(places) * each for each in own if len({*places}) > 1}
    said = [each for each in entry.statements if each.body in (bands, target)]
    if said and found - {1}:
        yield context.at(said[0].span, "value-against-levels", text=entry.name)


def ring_of(below: Mapping[Node, Iterable[Node]]) -> tuple[Node, ...]:
    """The names of one ring in which each rests on the next; none where there is no ring."""
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1]))
    return ()


# The year


def _time_faults(indicator: IndicatorEntry, context: Context) -> Iterator[Diagnostic]:
    """The faults of an indicator's expected values and of what is hidden of it."""
    for statement in indicator.statements:
        match statement.body:
            case st.Expected(steps):
                yield from _expected_faults(statement, indicator, context)
                yield from _step_faults(steps, indicator, context)
            case st.Hidden(below) if below <= 0 or below != int(below):
                yield context.at(statement.span, "wrong-smallest", number=str(below))
            case _:
                continue


def _expected_faults(
    statement: st.Statement, indicator: IndicatorEntry, context: Context
) -> Iterator[Diagnostic]:
    adds_up = indicator.first(st.AddsUp)
    if not any(map(indicator.first, (st.Target, st.ValueBands))):
        yield context.at(statement.span, "nothing-to-expect", text=indicator.name)
    elif statement.body == st.Expected() and (adds_up is None or adds_up.kind != "total"):
        yield context.at(statement.span, "evenly-no-total", text=indicator.name)
    elif statement.body == st.Expected() and not is_even(indicator):
        yield context.at(statement.span, "evenly-over-gaps", text=indicator.name)


def _step_faults(
    steps: tuple[sx.ExpectedStep, ...], indicator: IndicatorEntry, context: Context
) -> Iterator[Diagnostic]:
    """Each month once and in order, above nought, and all of the target in December."""
    last = 0
    wholes = _wholes(indicator)
    for step in steps:
        if step.month <= last:
            yield context.at(step.span, "months-in-order")
        elif step.number <= 0:
            yield context.at(step.span, "expects-nothing")
        elif not step.share and not wholes:
            yield context.at(step.span, "no-one-number", text=indicator.name)
        elif step.month == st.ALL_MONTHS[-1] and step.number not in (
            [Decimal(100)] if step.share else wholes
        ):
            yield context.at(step.span, "december-is-all")
        last = step.month


def _wholes(indicator: IndicatorEntry) -> list[Decimal]:
    """The numbers above nought that the targets are about, where they are about one."""
    target = indicator.first(st.Target)
    aims = [dated.aim for dated in target.aims] if target else []
    return [
        each.number for each in aims if isinstance(each, sx.Bound | sx.Around) and each.number > 0
    ]
