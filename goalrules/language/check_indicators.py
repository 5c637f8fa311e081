"""What is wrong with an indicator: its targets, and the side on which it gets better."""

from collections.abc import Iterator

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.context import Context
from goalrules.language.plan import IndicatorEntry
from goalrules.language.years import YEARS
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.names import folded


def check_indicator(
    indicator: IndicatorEntry, context: Context, *, shares: bool
) -> Iterator[Diagnostic]:
    """The faults of an indicator's target and parts; `shares` if one of a target counts."""
    target = indicator.first(st.Target)
    if target and shares and indicator.first(st.ValueBands) is None:
        yield from _check_shares(target, context)
    if target:
        yield from _check_years(target, context)
        for dated in target.aims:
            yield from _check_aim(dated, indicator, context)
    parts = indicator.first(st.Parts)
    if parts:
        yield from _check_parts(parts, context)


def _check_years(target: st.Target, context: Context) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for dated in target.aims:
        if dated.year is not None and dated.year not in YEARS:
            yield context.at(dated.span, "no-year", text=str(dated.year))
        if dated.year in seen or (seen and None in (*seen, dated.year)):
            yield context.at(dated.span, "target-twice")
        seen.add(dated.year)


def _check_shares(target: st.Target, context: Context) -> Iterator[Diagnostic]:
    """A share of a target has a meaning where more is better, from nought up."""
    for dated in target.aims:
        match dated.aim:
            case sx.Bound("at least" | "over", number) if number > 0:
                continue
            case sx.Change("increase"):
                continue
            case _:
                yield context.at(dated.span, "share-of-target")


def _check_aim(
    dated: sx.DatedTarget, indicator: IndicatorEntry, context: Context
) -> Iterator[Diagnostic]:
    match dated.aim:
        case sx.Range(low, high) if low > high:
            yield context.at(dated.span, "range-reversed", low=str(low), high=str(high))
        case sx.Change(direction="maintain") if better_side(indicator) is None:
            yield context.at(dated.span, "no-better-side", text=indicator.name)
        case sx.PartsReached() if indicator.first(st.Parts) is None:
            yield context.at(dated.span, "no-parts", text=indicator.name)
        case _:
            return


def better_side(indicator: IndicatorEntry) -> str | None:
    """Which way the indicator gets better: as declared, or as its targets show."""
    declared = indicator.first(st.Better)
    if declared:
        return declared.side
    target = indicator.first(st.Target)
    sides = {_side(dated.aim) for dated in target.aims} - {None} if target else set()
    return sides.pop() if len(sides) == 1 else None


def _side(aim: sx.TargetSpec) -> str | None:
    """Which way a target shows the indicator to get better."""
    match aim:
        case sx.Bound("at least" | "over") | sx.Change("increase"):
            return "higher"
        case sx.Bound("at most" | "under") | sx.Change("decrease"):
            return "lower"
        case _:
            return None


def _check_parts(parts: st.Parts, context: Context) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for name in parts.names:
        if folded(name.text) in seen:
            yield context.at(name.span, "part-twice", text=name.text)
        seen.add(folded(name.text))
