"""How an indicator adds up through the year, when, and what is expected by then, as text."""

from collections.abc import Sequence
from typing import assert_never

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.format import Format


def time_text(body: st.AddsUp | st.Measured | st.Expected | st.Hidden, writer: Format) -> str:
    """What is said of an indicator's figures through the year."""
    write = writer.words.write
    match body:
        case st.AddsUp():
            return _adds_up(body, writer)
        case st.Measured(st.ALL_MONTHS):
            return write("MEASURED_MONTHLY")
        case st.Measured(months):
            runs = ", ".join(_run(each, writer) for each in _runs(months))
            return f"{write('MEASURED')} {runs}"
        case st.Expected(steps):
            by_when = ", ".join(_step(each, writer) for each in steps) or write("EVENLY")
            return f"{write('EXPECTED')}: {by_when}"
        case st.Hidden(below):
            return f"{write('HIDDEN')} {write('UNDER')} {writer.number(below)}"
        case _:
            assert_never(body)


def _adds_up(body: st.AddsUp, writer: Format) -> str:
    word = writer.words.write(body.kind.upper())
    if body.to_date:
        return f"{word}, {writer.words.write('TO_DATE')}"
    return f"{word} {writer.words.write('ABOUT_YEAR_BEFORE')}" if body.before else word


def _runs(months: Sequence[int]) -> list[list[int]]:
    """The months in runs of which each follows on the one before."""
    found: list[list[int]] = []
    for month in months:
        if found and found[-1][-1] == month - 1:
            found[-1].append(month)
        else:
            found.append([month])
    return found


def _run(months: Sequence[int], writer: Format) -> str:
    ends = dict.fromkeys((months[0], months[-1]))
    return "–".join(month_text(each, writer) for each in ends)


def month_text(month: int, writer: Format) -> str:
    """The word for a month."""
    return writer.words.write(f"MONTH {month}")


def _step(step: sx.ExpectedStep, writer: Format) -> str:
    number = f"{writer.number(step.number)} %" if step.share else writer.signed(step.number)
    return f"{month_text(step.month, writer)} {number}"
