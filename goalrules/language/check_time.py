"""What is wrong with what a file says of the year: what is expected by when, and small counts."""

from collections.abc import Iterator
from decimal import Decimal

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.context import Context
from goalrules.language.plan import IndicatorEntry
from goalrules.text.diagnostics import Diagnostic

DECEMBER = 12
WHOLE = 100


def check_time(indicator: IndicatorEntry, context: Context) -> Iterator[Diagnostic]:
    """The faults of an indicator's expected values and of what is hidden of it."""
    for statement in indicator.statements:
        match statement.body:
            case st.Expected(steps):
                yield from _check_expected(statement, indicator, context)
                yield from _check_steps(steps, indicator, context)
            case st.Hidden(below) if below <= 0 or below != int(below):
                yield context.at(statement.span, "wrong-smallest", number=str(below))
            case _:
                continue


def _check_expected(
    statement: st.Statement, indicator: IndicatorEntry, context: Context
) -> Iterator[Diagnostic]:
    adds_up = indicator.first(st.AddsUp)
    if not any(map(indicator.first, (st.Target, st.ValueBands))):
        yield context.at(statement.span, "nothing-to-expect", text=indicator.name)
    elif statement.body == st.Expected() and (adds_up is None or adds_up.kind != "total"):
        yield context.at(statement.span, "evenly-no-total", text=indicator.name)
    elif statement.body == st.Expected() and not is_even(indicator):
        yield context.at(statement.span, "evenly-over-gaps", text=indicator.name)


def is_even(indicator: IndicatorEntry) -> bool:
    """Whether an indicator is measured as often all through the year, the last time at its end."""
    measured = indicator.first(st.Measured)
    months = measured.months if measured else st.ALL_MONTHS
    return months == tuple(range(months[0], DECEMBER + 1, months[0]))


def _check_steps(
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
        elif step.month == DECEMBER and step.number not in (
            [Decimal(WHOLE)] if step.share else wholes
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
