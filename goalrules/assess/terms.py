"""What the terms of a worked-out value come to: numbers, what levels are worth, degrees.

The degree to which a target is reached is how many percent of it there are, at most 100 and at
least 0. Where less is better it falls by as much as the value lies above the target, so that twice
the target is 0 %. A target of nought, or below, is reached (100) or not (0).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import inf

from goalrules.assess.formulas import FormulaTerm, Given, Input, decimal_of
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.level_of import target_member
from goalrules.assess.masking import hidden
from goalrules.assess.targets import reaches
from goalrules.core.trace import Member
from goalrules.core.vocabulary import MISSING_REASONS, MemberReason
from goalrules.data.values import Reached
from goalrules.language.statements import Possible
from goalrules.language.syntax import OF_JUDGED, Fact, Formula

WHOLE = Fraction(100)


def given_terms(
    formula: Formula,
    terms: Sequence[FormulaTerm],
    cases: Mapping[str, IndicatorCase],
    levels: Mapping[str, Member],
    reported: Callable[[str], Mapping[str, Member]],
) -> Iterator[Given]:
    """The terms of a formula as they are given; cases and levels are by the folds of names.

    `reported` gives the members of a group that the data fill in, by name.
    """
    for term in terms:
        if term.number is not None:
            yield Given(term.name, Input(term.number), term.weight)
            continue
        if term.is_group:
            for name, member in reported(term.name).items():
                yield Given(name, _of_level(member, term.worth), term.weight)
            continue
        case = cases[term.fold]
        if formula.kind in OF_JUDGED and not levels[term.fold].applies:
            found = Input(applies=False)
        elif formula.kind == "fulfilment":
            found = _degree(case)
        elif isinstance(formula.asked, Fact):
            target = target_member(case)
            reached = [Fraction(each == target.levels[-1]) for each in target.levels]
            found = _of_level(target, reached)
        elif term.worth:
            found = _of_level(levels[term.fold], term.worth)
        else:
            applies = case.applies and case.program.slot not in case.bound.waived
            ends = case.worked.ends if case.worked else None
            possible = case.indicator.first(Possible)
            if possible and case.number is None:
                low, high = possible.low, possible.high
                ends = (
                    -inf if low is None else Fraction(low),
                    inf if high is None else Fraction(high),
                )
            found = Input(case.number, case.missing, applies, hidden=hidden(case), ends=ends)
        yield Given(term.name, found, term.weight)


def _of_level(member: Member, worth: Sequence[Fraction]) -> Input:
    """What a level counts as; where it is open, between what its ends count as."""
    if not member.applies:
        return Input(applies=False)
    ends = [worth[member.ends.worst], worth[member.ends.best]]
    same = ends[0] == ends[1] and member.reason not in MISSING_REASONS
    number = decimal_of(ends[0]) if same else None
    return Input(number, member.reason, ends=(min(ends), max(ends)))


def _degree(case: IndicatorCase) -> Input:
    """The degree to which an indicator reaches its target, in percent."""
    said = case.row.value if case.row else None
    if case.number is None and isinstance(said, Reached) and said.reached:
        return Input(decimal_of(WHOLE))
    target, value = case.target, case.paced
    bound = target.high if target.low is None else target.low
    if value is None or bound is None:
        reason: MemberReason = target_member(case).reason or "range"
        return Input(reason=reason, hidden=hidden(case), ends=(Fraction(0), WHOLE))
    if reaches(value, target):
        degree = WHOLE
    elif bound <= 0:
        degree = Fraction(0)
    elif target.low is None:
        degree = 2 * WHOLE - value * WHOLE / Fraction(bound)
    else:
        degree = value * WHOLE / Fraction(bound)
    degree = min(max(degree, Fraction(0)), WHOLE)
    return Input(decimal_of(degree), hidden=hidden(case), ends=(degree, degree))
