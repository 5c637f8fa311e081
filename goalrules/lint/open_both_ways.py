"""An indicator whose value makes one member better and another worse, as it rises."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from goalrules.assess.formulas import Input, work_out
from goalrules.assess.targets import compared_with
from goalrules.language.plan import GoalEntry, IndicatorEntry, better_side
from goalrules.language.statements import Rounded, WorkedOut
from goalrules.lint.linted_rule import LintedRule
from goalrules.lint.result import Example, ExampleMember, Finding
from goalrules.text.diagnostics import WordRef
from goalrules.text.names import folded

CODE: Final = "open-both-ways"

OPPOSED = ("difference", "share")
"""The formulas that fall as their second term rises."""


def find(linted: LintedRule) -> Iterator[Finding]:
    """The values that two members of a goal take in opposite directions."""
    goal = linted.possible.goal
    yield from _of_goal(goal, linted) if goal else ()


def _of_goal(goal: GoalEntry, linted: LintedRule) -> Iterator[Finding]:
    entries = {folded(each.name): each for each in goal.indicators if not each.shared}
    ways = {
        entry: _ways(folded(entry.name), entries)
        for entry in entries.values()
        if entry.name in linted.compiled.order.names
    }
    for fold, source in entries.items():
        better, worse = (
            [each for each, own in ways.items() if own.get(fold) == way] for way in (1, -1)
        )
        if better and worse:
            yield _finding(linted, source, (better[0], worse[0]), entries)


Entries = Mapping[str, IndicatorEntry]


def _finding(
    linted: LintedRule,
    source: IndicatorEntry,
    pair: tuple[IndicatorEntry, IndicatorEntry],
    entries: Entries,
) -> Finding:
    """That one value moves two members apart, as when it is 1, and 2, and every other is 1."""
    spans = sorted((each.head.span for each in pair), key=lambda span: span.line, reverse=True)
    names = {"member": source, "one": pair[0], "other": pair[1]}
    facts = {key: WordRef("member", each.name) for key, each in names.items()}
    cases = (_case(linted.goal, source, number, pair, entries) for number in (1, 2))
    periods = (linted.possible.period,) if linted.possible.period else ()
    return Finding(
        CODE, "note", linted.goal, linted.kind, (*spans, source.head.span), facts,
        tuple(cases), periods=periods,
    )  # fmt: skip


def _case(
    goal: str,
    source: IndicatorEntry,
    number: int,
    pair: Iterable[IndicatorEntry],
    entries: Entries,
) -> Example:
    given = {
        fold: Decimal(number if each is source else 1)
        for fold, each in entries.items()
        if each.first(WorkedOut) is None
    }
    inputs = [
        ExampleMember("indicator", entries[fold].name, goal, value=each)
        for fold, each in given.items()
    ]
    shown = [
        ExampleMember(
            "worked out", each.name, goal, value=_value(folded(each.name), given, entries).number
        )
        for each in pair
        if each.first(WorkedOut)
    ]
    return Example((*inputs, *shown), ())


def _value(fold: str, given: Mapping[str, Decimal], entries: Entries) -> Input:
    """The value of an indicator, given those that are not worked out."""
    worked_out, rounded = entries[fold].first(WorkedOut), entries[fold].first(Rounded)
    if worked_out is None:
        return Input(given[fold])
    formula = worked_out.formula
    terms = [folded(term.name.text) for term in formula.terms]
    below = {each: _value(each, given, entries) for each in terms}
    return work_out(
        formula, below, better_side(entries[fold]), rounded.decimals if rounded else None
    )


def _ways(fold: str, entries: Mapping[str, IndicatorEntry]) -> Mapping[str, int]:
    """For each indicator that one rests on, whether it gets better (1) or worse (-1) as it rises.

    0 where it may do either; one whose better side is not known is not looked at.
    """
    side = better_side(entries[fold])
    if side is None:
        return {}
    up = 1 if side == "higher" else -1
    ways = {each: way * up for each, way in _rising(fold, entries).items()}
    for other in compared_with(entries[fold]):
        for each, way in _rising(other, entries).items():
            ways[each] = -way * up if ways.get(each, -way * up) == -way * up else 0
    return ways


def _rising(fold: str, entries: Mapping[str, IndicatorEntry]) -> Mapping[str, int]:
    """For each indicator that one comes of, whether its value rises (1) or falls (-1) with it."""
    worked_out = entries[fold].first(WorkedOut)
    found = {fold: 1}
    for n, term in enumerate(worked_out.formula.terms if worked_out else ()):
        falls = worked_out and worked_out.formula.kind in OPPOSED and n
        sign = -1 if falls else 1
        for each, way in _rising(folded(term.name.text), entries).items():
            found[each] = sign * way if found.get(each, sign * way) == sign * way else 0
    return found
