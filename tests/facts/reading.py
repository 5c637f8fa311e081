"""The founding rule files as they parse, in the notation that the facts are typed in."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import assert_never

from goalrules.language import statements as st
from goalrules.language.gather import gather
from goalrules.language.parser import parse_file, parse_rule
from goalrules.language.plan import Entry, GoalEntry, IndicatorEntry, Plan
from goalrules.language.syntax import (
    Around,
    Bound,
    Change,
    Compared,
    PartsReached,
    Range,
    TargetSpec,
    Within,
)
from goalrules.language.taken import with_taken
from goalrules.text.source import Source

from . import Indicator

ROOT = Path(__file__).parents[2]
WORDS = {"increase": "öka", "decrease": "minska", "maintain": "bibehålla"}
SIDES = {"at least": "≥", "at most": "≤"}


@cache
def source(year: int) -> Source:
    """The text of one year's rule file."""
    path = ROOT / "rulesets" / f"socialnamnden-{year}.goals"
    return Source(path.name, path.read_text(encoding="utf-8"))


@cache
def plan(year: int) -> Plan:
    """The plan that one year's rule file describes."""
    text = source(year)
    return with_taken(text, gather(text, parse_file(text).file)[0])[0]


def entry(year: int, goal: str) -> GoalEntry:
    """One goal of a year's plan."""
    return next(each for each in plan(year).goals if each.id == goal)


def indicator(year: int, goal: str, title: str) -> IndicatorEntry:
    """The indicator of a goal that has a printed title."""
    entries = entry(year, goal).indicators
    return next(each for each in entries if each.indicator.title == title)


def sections(statement: st.Statement) -> list[tuple[str, str, str]]:
    """Where a statement is cited from: document, kind of part, number."""
    notes = [note for note in statement.notes if isinstance(note, st.According)]
    return [(note.document.text, note.part, note.number) for note in notes]


def interpretations(statements: Iterable[st.Statement]) -> list[str]:
    """The interpretations noted at some statements."""
    notes = [note for statement in statements for note in statement.notes]
    return [" ".join(note.texts) for note in notes if isinstance(note, st.Interpretation)]


def statements_of(entry: Entry | None) -> tuple[st.Statement, ...]:
    """The statements of a block, with its head."""
    return (entry.head, *entry.statements) if entry else ()


def shown(number: Decimal) -> str:
    """A number with a decimal comma."""
    return format(number, "f").replace(".", ",")


def aim(found: TargetSpec) -> str:
    """A target in the notation of the facts."""
    match found:
        case Bound(side, number):
            return f"{SIDES[side]} {shown(number)}"
        case Within(number):
            return f"± {shown(number)}"
        case Around(percent, number):
            return f"± {shown(percent)} % av {shown(number)}"
        case Range(low, high):
            return f"{shown(low)}–{shown(high)}"
        case Change(direction, by):
            return f"{WORDS[direction]} {shown(by.number)} %" if by else WORDS[direction]
        case Compared() | PartsReached():
            return "delar" if isinstance(found, PartsReached) else found.name.text
        case _:
            assert_never(found)


def baseline(found: st.Baseline | None) -> str:
    """A baseline in the notation of the facts."""
    if not found:
        return "*"
    start = found.text if found.number is None else shown(found.number)
    return f"{start} ({found.period})" if found.period else start


def row(found: IndicatorEntry) -> tuple[str, ...]:
    """An indicator's row in the notation of the facts."""
    target, origin = found.first(st.Target), found.first(st.DataSource)
    aims = [aim(dated.aim) for dated in target.aims] if target else []
    return (
        found.indicator.title,
        baseline(found.first(st.Baseline)),
        *aims,
        origin.text if origin else "",
    )


def unit_of(row: Indicator) -> str | None:
    """The unit that a row's printed title tells."""
    title = row[0]
    return "liter per bil" if "(liter per bil)" in title else "%" if "(%)" in title else None


def rule(text: str, indicators: Iterable[IndicatorEntry] = ()) -> list[st.Body]:
    """What an English rule says, with the indicators' names for their titles."""
    for each in indicators:
        text = text.replace(f'"{each.indicator.title}"', each.name)
    parsed = parse_rule(Source("rule", text), "en")
    assert not parsed.diagnostics
    return [statement.body for statement in parsed.statements]
