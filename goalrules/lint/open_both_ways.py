"""An indicator whose value makes one member better and another worse, as it rises."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from goalrules.assess.formulas import Given, Input, work_out
from goalrules.language.plan import GoalEntry, IndicatorEntry, better_side, compared_with
from goalrules.language.statements import Rounded, WorkedOut
from goalrules.language.syntax import OF_JUDGED, OF_TWO, Term
from goalrules.lazily import frozen
from goalrules.lint.linted_rule import LintedRule
from goalrules.lint.result import Example, ExampleMember, Finding
from goalrules.text.diagnostics import WordRef
from goalrules.text.names import folded

CODE: Final = "open-both-ways"

OPPOSED = ("difference", "share", "quotient")
"""The formulas that fall as their second term rises."""


def find(linted: LintedRule) -> Iterator[Finding]:
    """The values that two members of a goal take in opposite directions."""
    goal = linted.possible.goal
    yield from _of_goal(goal, linted) if goal else ()


@frozen
class _Values:
    """The indicators of a goal by fold, and the terms that the numbers of each are made of."""

    entries: Mapping[str, IndicatorEntry]
    terms: Mapping[str, Sequence[tuple[str, Term]]]


def _of_goal(goal: GoalEntry, linted: LintedRule) -> Iterator[Finding]:
    entries = {folded(each.name): each for each in goal.indicators if not each.shared}
    made = {fold: each.first(WorkedOut) for fold, each in entries.items()}
    values = _Values(
        entries,
        {
            fold: [(term.name.text, term) for term in each.formula.terms]
            if each.formula.kind in OF_TWO
            else [*goal.terms_of(each.formula)]
            for fold, each in made.items()
            if each and each.formula.kind not in OF_JUDGED
        },
    )
    ways = {
        entry: _ways(fold, values)
        for fold, entry in entries.items()
        if entry.name in linted.compiled.order.names
    }
    for fold, source in entries.items():
        better, worse = (
            [each for each, own in ways.items() if own.get(fold) == way] for way in (1, -1)
        )
        if better and worse:
            yield _finding(linted, source, (better[0], worse[0]), values)


def _finding(
    linted: LintedRule,
    source: IndicatorEntry,
    pair: tuple[IndicatorEntry, IndicatorEntry],
    values: _Values,
) -> Finding:
    """That one value moves two members apart, as when it is 1, and 2, and every other is 1."""
    spans = sorted((each.head.span for each in pair), key=lambda span: span.line, reverse=True)
    names = {"member": source, "one": pair[0], "other": pair[1]}
    facts = {key: WordRef("member", each.name) for key, each in names.items()}
    cases = (_case(linted.goal, source, number, pair, values) for number in (1, 2))
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
    values: _Values,
) -> Example:
    given = {
        fold: Decimal(number if each is source else 1)
        for fold, each in values.entries.items()
        if fold not in values.terms
    }
    inputs = [
        ExampleMember("indicator", values.entries[fold].name, goal, value=each)
        for fold, each in given.items()
    ]
    shown = [
        ExampleMember(
            "worked out", each.name, goal, value=_value(folded(each.name), given, values).number
        )
        for each in pair
        if folded(each.name) in values.terms
    ]
    return Example((*inputs, *shown), ())


def _value(fold: str, given: Mapping[str, Decimal], values: _Values) -> Input:
    """The value of an indicator, given those that are not worked out of others."""
    entry = values.entries[fold]
    worked_out, rounded = entry.first(WorkedOut), entry.first(Rounded)
    if worked_out is None or fold not in values.terms:
        return Input(given[fold])
    terms = [
        Given(
            name,
            _value(folded(name), given, values) if term.number is None else Input(term.number),
            Fraction(term.weight),
        )
        for name, term in values.terms[fold]
    ]
    decimals = rounded.decimals if rounded else None
    return work_out(worked_out.formula, terms, better_side(entry), decimals)


def _ways(fold: str, values: _Values) -> Mapping[str, int]:
    """For each indicator that one rests on, whether it gets better (1) or worse (-1) as it rises.

    0 where it may do either; one whose better side is not known is not looked at.
    """
    side = better_side(values.entries[fold])
    if side is None:
        return {}
    up = 1 if side == "higher" else -1
    ways = {each: way * up for each, way in _rising(fold, values).items()}
    for other in [each for each in compared_with(values.entries[fold]) if each in values.entries]:
        for each, way in _rising(other, values).items():
            ways[each] = -way * up if ways.get(each, -way * up) == -way * up else 0
    return ways


def _rising(fold: str, values: _Values) -> Mapping[str, int]:
    """For each indicator that one comes of, whether its value rises (1) or falls (-1) with it."""
    worked_out = values.entries[fold].first(WorkedOut)
    found = {fold: 1}
    for n, (name, term) in enumerate(values.terms.get(fold, ())):
        if term.number is not None:
            continue
        falls = worked_out and worked_out.formula.kind in OPPOSED and n
        sign = -1 if falls else 1
        for each, way in _rising(folded(name), values).items():
            found[each] = sign * way if found.get(each, sign * way) == sign * way else 0
    return found
