"""The statements of an indicator as text, in either language."""

from decimal import Decimal
from typing import assert_never

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.format import Format
from goalrules.language.format_time import time_text

OfIndicator = (
    st.ShownOnly | st.Weight | st.ValueBands | st.WorkedOut | st.Rounded
    | st.Parts | st.Unit | st.Better | st.Baseline | st.Target | st.DataSource
    | st.AddsUp | st.Measured | st.Expected | st.Hidden
)  # fmt: skip
"""The statements that belong to an indicator, but for its own points."""


def format_of_indicator(body: OfIndicator, writer: Format) -> str:
    """The text of a statement that belongs to an indicator."""
    match body:
        case st.ShownOnly() | st.Weight() | st.ValueBands() | st.WorkedOut() | st.Rounded():
            return _of_level(body, writer)
        case st.Parts() | st.Unit() | st.Better() | st.DataSource():
            return _of_data(body, writer)
        case st.Baseline() | st.Target():
            return _of_aim(body, writer)
        case st.AddsUp() | st.Measured() | st.Expected() | st.Hidden():
            return time_text(body, writer)
        case _:
            assert_never(body)


def _of_level(
    body: st.ShownOnly | st.Weight | st.ValueBands | st.WorkedOut | st.Rounded, writer: Format
) -> str:
    """How the indicator gets its level, and how it counts."""
    write = writer.words.write
    match body:
        case st.ShownOnly():
            return write("SHOWN_ONLY")
        case st.Weight(number):
            return f"{write('WEIGHT')} {writer.number(number)}"
        case st.ValueBands(bands):
            return f"{write('LEVELS')}: {', '.join(_band(each, writer) for each in bands)}"
        case st.WorkedOut(formula):
            return f"= {_formula(formula, writer)}"
        case st.Rounded(decimals):
            unit = write("DECIMALS", "common" if decimals == 1 else "plural")
            return f"{write('ROUNDED')} {writer.number(decimals)} {unit}"
        case _:
            assert_never(body)


def _of_data(body: st.Parts | st.Unit | st.Better | st.DataSource, writer: Format) -> str:
    """What the indicator's figures are."""
    write, text = writer.words.write, writer.text
    match body:
        case st.Parts(names, reported):
            inside = write("AS_REPORTED") if reported else writer.names(names)
            return f"{write('PARTS')} {inside}"
        case st.Unit(unit):
            return f"{write('UNIT')} {'%' if unit == '%' else text(unit)}"
        case st.Better(side):
            return write(f"{side.upper()}_BETTER")
        case st.DataSource(source):
            return f"{write('SOURCE')} {text(source)}"
        case _:
            assert_never(body)


def _of_aim(body: st.Baseline | st.Target, writer: Format) -> str:
    """Where the indicator stood, and what it aims at."""
    write = writer.words.write
    match body:
        case st.Baseline(number, words, period):
            start = writer.text(words) if number is None else writer.signed(number)
            as_of = f" {write('AS_OF')} {writer.text(period)}" if period else ""
            return f"{write('BASELINE')} {start}{as_of}"
        case st.Target(aims):
            return f"{write('TARGET')} {'; '.join(_dated(each, writer) for each in aims)}"
        case _:
            assert_never(body)


def _band(band: sx.Band, writer: Format) -> str:
    level = writer.place(band.level)
    if band.bound is None:
        return f"{writer.words.write('OTHERWISE')} {level}"
    return f"{level} {aim_text(band.bound, writer)}"


def _formula(formula: sx.Formula, writer: Format) -> str:
    write = writer.words.write
    names = [writer.name(term.name.text) for term in formula.terms]
    match formula.kind:
        case "share":
            return f"{write('SHARE')} {names[0]} {write('OF')} {names[1]}"
        case "difference":
            return f"{write('DIFFERENCE')} {names[0]} {write('AND')} {names[1]}"
        case "sum" | "mean" | "best" | "worst":
            weighed = [_weighed(term, writer) for term in formula.terms]
            return f"{write(f'{formula.kind.upper()}_OF')} {', '.join(weighed)}"
        case _:
            assert_never(formula.kind)


def _weighed(term: sx.Term, writer: Format) -> str:
    name = writer.name(term.name.text)
    return name if term.weight == 1 else f"{name} {writer.number(term.weight)}"


def _dated(dated: sx.DatedTarget, writer: Format) -> str:
    year = f"{writer.number(dated.year)} " if dated.year is not None else ""
    return year + aim_text(dated.aim, writer)


def aim_text(aim: sx.TargetSpec, writer: Format) -> str:
    """What is aimed at, as text."""
    write = writer.words.write
    match aim:
        case sx.Bound():
            return writer.bound(aim)
        case sx.Within(number):
            return f"{write('WITHIN')} ±{writer.number(number)}"
        case sx.Around(percent, number):
            of = f"{write('OF')} {writer.number(number)}"
            return f"{write('WITHIN')} ±{writer.number(percent)} % {of}"
        case sx.Range(low, high):
            return _range(low, high, writer)
        case sx.Change(direction, percent):
            by = f" {write('BY')} {writer.number(percent)} %" if percent is not None else ""
            return write(direction.upper()) + by
        case sx.PartsReached():
            return write("ALL_PARTS_REACHED")
        case _:
            assert_never(aim)


def _range(low: Decimal, high: Decimal, writer: Format) -> str:
    if not low.is_signed() and not high.is_signed():
        return f"{writer.number(low)}–{writer.number(high)}"
    write = writer.words.write
    ends = f"{writer.signed(low)} {write('AND')} {writer.signed(high)}"
    return f"{write('BETWEEN')} {ends}"
