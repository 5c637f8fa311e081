"""An indicator whose value makes one member better and another worse, as it rises."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from goalrules.assess.formulas import Input, work_out
from goalrules.language.plan import GoalEntry, IndicatorEntry, better_side
from goalrules.language.statements import Rounded, WorkedOut
from goalrules.language.syntax import Formula
from goalrules.lint.result import Example, ExampleMember, Finding
from goalrules.lint.subject import Subject
from goalrules.text.diagnostics import WordRef
from goalrules.text.names import folded

CODE = "open-both-ways"

OPPOSED = ("difference", "share")
"""The formulas that fall as their second term rises."""


def find(subject: Subject) -> Iterator[Finding]:
    """The values that two members of a goal take in opposite directions."""
    goal = subject.possible.goal
    yield from _of_goal(goal, subject) if goal else ()


def _of_goal(goal: GoalEntry, subject: Subject) -> Iterator[Finding]:
    entries = {folded(each.name): each for each in goal.indicators if not each.shared}
    ways = {
        entry: _ways(folded(entry.name), entries)
        for entry in entries.values()
        if entry.name in subject.drawn.space.names
    }
    for fold, source in entries.items():
        better, worse = (
            [each for each, own in ways.items() if own.get(fold) == way] for way in (1, -1)
        )
        if better and worse:
            yield _finding(subject, source, (better[0], worse[0]), entries)


Entries = Mapping[str, IndicatorEntry]


def _finding(
    subject: Subject,
    source: IndicatorEntry,
    pair: tuple[IndicatorEntry, IndicatorEntry],
    entries: Entries,
) -> Finding:
    """That one value moves two members apart, as when it is 1, and 2, and every other is 1."""
    spans = sorted((each.head.span for each in pair), key=lambda span: span.line, reverse=True)
    names = {"member": source, "one": pair[0], "other": pair[1]}
    facts = {key: WordRef("member", each.name) for key, each in names.items()}
    cases = (_case(subject.goal, source, number, pair, entries) for number in (1, 2))
    periods = (subject.possible.period,) if subject.possible.period else ()
    return Finding(
        CODE, "note", subject.goal, subject.kind, (*spans, source.head.span), facts,
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
    below = {each: _value(each, given, entries) for each in _terms(formula)}
    return work_out(
        formula, below, better_side(entries[fold]), rounded.decimals if rounded else None
    )


def _terms(formula: Formula) -> list[str]:
    return [folded(term.name.text) for term in formula.terms]


def _ways(fold: str, entries: Mapping[str, IndicatorEntry]) -> Mapping[str, int]:
    """For each indicator that one comes of, whether it gets better (1) or worse (-1) as it rises.

    0 where it may do either; one whose better side is not known is not looked at.
    """
    side = better_side(entries[fold])
    if side is None:
        return {}
    up = 1 if side == "higher" else -1
    return {each: way * up for each, way in _rising(fold, entries).items()}


def _rising(fold: str, entries: Mapping[str, IndicatorEntry]) -> Mapping[str, int]:
    """For each indicator that one comes of, whether its value rises (1) or falls (-1) with it."""
    formula = entries[fold].first(WorkedOut)
    found = {fold: 1}
    for n, term in enumerate(formula.formula.terms if formula else ()):
        sign = _sign(formula.formula, n) if formula else 1
        for each, way in _rising(folded(term.name.text), entries).items():
            found[each] = sign * way if found.get(each, sign * way) == sign * way else 0
    return found


def _sign(formula: Formula, place: int) -> int:
    return -1 if formula.kind in OPPOSED and place else 1
