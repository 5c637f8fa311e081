"""Rows of outcomes on lines, as tests compare them."""

from goalrules.data.outcome import OutcomeRow, ReadRows
from goalrules.data.outcomes import read_outcomes
from goalrules.data.values import LevelWord, Status
from goalrules.text.numbers import Amount

STATED = ("value", "level", "plan", "forecast", "count", "comment")


def read(text: str, year: int | None = None) -> ReadRows:
    return read_outcomes(text.encode(), "u.csv", year)


def said(row: OutcomeRow) -> str:
    """What a row says on a line: its indicator and period, and each field that is stated."""
    found = [f"{name}={shown(getattr(row, name))}" for name in STATED if getattr(row, name)]
    return " ".join([row.indicator, row.period.text if row.period else "-", *found])


def shown(stated: object) -> str:
    match stated:
        case Amount():
            return f"{stated.number}{stated.unit}"
        case LevelWord():
            return stated.level
        case Status():
            return stated.kind
        case _:
            return str(stated)
