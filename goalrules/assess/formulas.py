"""Values that are worked out from those of other indicators: exact, and rounded only at the end.

An input that does not apply leaves sums, means and extremes. A missing one makes the value missing,
unless the formula says that it leaves too, or what it counts as. A quotient that no decimal can
hold is held with so many decimals that it lies on the same side of every bound that can be written.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Literal, assert_never

from goalrules.core.trace import MissingTerm
from goalrules.core.vocabulary import BetterSide, HiddenReason, MemberReason
from goalrules.language.syntax import Formula
from goalrules.lazily import frozen
from goalrules.text.names import folded
from goalrules.text.numbers import MOST_DIGITS


@frozen(slots=False)
class Input:
    """The value of an indicator, or why there is none, and for want of which others.

    `hidden` is why it is not shown, where it is not. `without` are the terms without a value that
    it was worked out without, or that were taken to have the one that the formula says.
    """

    number: Decimal | None = None
    reason: MemberReason = ""
    applies: bool = True
    lacking: tuple[str, ...] = ()
    hidden: HiddenReason | Literal[""] = ""
    without: tuple[MissingTerm, ...] = ()


def work_out(
    formula: Formula, inputs: Mapping[str, Input], side: BetterSide | None, decimals: Decimal | None
) -> Input:
    """The value of a formula; `side` is which way it gets better, `decimals` how it is rounded."""
    given = [(inputs[folded(term.name.text)], term) for term in formula.terms]
    lacking = [each for each in given if each[0].applies and each[0].number is None]
    policy = formula.lacking
    if lacking and policy is None:
        names = tuple(term.name.text for _, term in lacking)
        return Input(reason=lacking[0][0].reason, lacking=names)
    counted = policy.number if policy else None
    known = [
        (Fraction(number), Fraction(term.weight))
        for each, term in given
        if each.applies and (number := counted if each.number is None else each.number) is not None
    ]
    without = tuple(
        MissingTerm(term.name.text, each.reason if each.applies else "not applicable")
        for each, term in given
        if not each.applies or each.number is None
    )
    if policy and policy.remain is not None and len(known) < policy.remain:
        return Input(reason="too few terms", without=without)
    of_two = formula.kind in ("share", "difference")
    if not known or (of_two and len(known) < len(given)):
        if lacking:
            return Input(reason=lacking[0][0].reason, without=without)
        return Input(applies=False, reason="not applicable", without=without)
    value = _value(formula, known, side)
    if value is None:
        return Input(reason="divided by nought")
    hidden: HiddenReason | Literal[""] = next((each.hidden for each, _ in given if each.hidden), "")
    return Input(decimal_of(value, decimals), hidden=hidden, without=without)


def _value(
    formula: Formula, known: Sequence[tuple[Fraction, Fraction]], side: BetterSide | None
) -> Fraction | None:
    """The exact value; None for a share of nought."""
    numbers = [number for number, _ in known]
    match formula.kind:
        case "sum":
            return sum((number * weight for number, weight in known), Fraction(0))
        case "mean":
            whole = sum((weight for _, weight in known), Fraction(0))
            return sum((number * weight for number, weight in known), Fraction(0)) / whole
        case "best" | "worst":
            highest = (formula.kind == "best") == (side == "higher")
            return max(numbers) if highest else min(numbers)
        case "share":
            return numbers[0] * 100 / numbers[1] if numbers[1] else None
        case "difference":
            return numbers[0] - numbers[1]
        case _:
            assert_never(formula.kind)


def decimal_of(value: Fraction, decimals: Decimal | None = None) -> Decimal:
    """A fraction as a decimal: rounded as the file says, else exact, or as good as exact."""
    places = len(str(value.denominator)) + MOST_DIGITS
    digits = Context(prec=len(str(abs(value.numerator))) + places)
    quotient = digits.divide(Decimal(value.numerator), Decimal(value.denominator))
    if decimals is None:
        return quotient
    found = quotient.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP, digits)
    return found or found.copy_abs()  # nought has no sign
