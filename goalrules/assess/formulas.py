"""Values that are worked out from those of other indicators, or from their levels.

They are worked out as exact fractions, and rounded only where the file says so. An input that does
not apply leaves; a missing one makes the value missing, unless the formula says that it leaves too,
or what it counts as. What is known of an open input bounds the value: the points of a level that is
red or yellow, a degree that is between nought and a hundred. A quotient that no decimal can hold is
held with so many decimals that it lies on the same side of every bound that can be written.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import inf, isnan
from typing import Literal, NamedTuple, assert_never

from goalrules.core.trace import MissingTerm
from goalrules.core.vocabulary import MISSING_REASONS, BetterSide, HiddenReason, MemberReason
from goalrules.language.levels import Grid
from goalrules.language.naming import Naming
from goalrules.language.plan import GoalEntry
from goalrules.language.syntax import OF_JUDGED, OF_TWO, Formula, Level
from goalrules.lazily import frozen
from goalrules.text.names import folded
from goalrules.text.numbers import MOST_DIGITS

End = Fraction | float
"""The lowest or the highest that a value can be; infinite where nothing bounds it."""


@frozen(slots=False)
class Input:
    """The value of an indicator, or why there is none, and for want of which others.

    `ends` are those of what it can be, or twice the exact value; None where nothing bounds it, or
    the number is exact. `hidden` is why it is not shown, where it is not. `without` are the terms
    without a value that it was worked out without, or that were taken to have the one that the
    formula says. `taken` are the terms of a value of points or degrees, or of
    a table.
    """

    number: Decimal | None = None
    reason: MemberReason = ""
    applies: bool = True
    lacking: tuple[str, ...] = ()
    hidden: HiddenReason | Literal[""] = ""
    without: tuple[MissingTerm, ...] = ()
    ends: tuple[End, End] | None = None
    taken: tuple["Given", ...] = ()

    @property
    def low(self) -> End:
        """The lowest that it can be."""
        if self.ends is None:
            return -inf if self.number is None else Fraction(self.number)
        return self.ends[0]

    @property
    def high(self) -> End:
        """The highest that it can be."""
        if self.ends is None:
            return inf if self.number is None else Fraction(self.number)
        return self.ends[1]


@frozen
class FormulaTerm:
    """A term of a worked-out value, or the members of a group that the data fill in.

    `worth` is what each of its levels counts as, worst first, where the value is of levels; in a
    table it is the place of the level. `number` is the term itself, where it is one.
    """

    name: str
    fold: str
    weight: Fraction
    number: Decimal | None = None
    is_group: bool = False
    worth: tuple[Fraction, ...] = ()


def terms_of(formula: Formula, goal: GoalEntry, names: Naming) -> Iterator[FormulaTerm]:
    """The terms of a formula, each with what its levels count as where it is of levels."""
    groups = {folded(each.name): each.name for each in goal.reported}
    spelled = {folded(each.name): each.name for each in goal.indicators} | groups
    if formula.kind in OF_TWO:
        for each in formula.terms:
            fold = "" if each.number is not None else folded(each.name.text)
            yield FormulaTerm(spelled.get(fold, ""), fold, Fraction(1), each.number)
        return
    for name, term in goal.terms_of(formula):
        fold, key = folded(name), spelled[folded(name)]
        weight, worth = Fraction(term.weight), tuple[Fraction, ...]()
        if formula.kind in ("sum of points", "mean of points"):
            weight = Fraction(names.weight(key))
            worth = tuple(map(Fraction, names.worth(key) or ()))
        elif isinstance(formula.asked, Level):
            levels = names.levels(key)
            least = levels.place(formula.asked.name.text) or 0
            worth = tuple(Fraction(place >= least) for place in range(len(levels.scale.levels)))
        elif formula.kind == "table":
            worth = tuple(map(Fraction, range(len(names.levels(key).scale.levels))))
        yield FormulaTerm(key, fold, weight, None, fold in groups, worth)


class Given(NamedTuple):
    """A term of a formula as it is given: its name, what is known of it, and its weight."""

    name: str
    input: Input
    weight: Fraction


def work_out(
    formula: Formula,
    given: Sequence[Given],
    side: BetterSide | None,
    decimals: Decimal | None,
    grid: Grid = (),
) -> Input:
    """The value of a formula; `side` is which way it gets better, `decimals` how it is rounded.

    Of a table, with its cells as a `grid`, it is the place of a level.
    """
    policy, few = formula.lacking, formula.few
    gone, missing, taken = _parted(formula, given)
    without = (
        *(MissingTerm(each.name, "not applicable") for each in gone),
        *(MissingTerm(each.name, each.input.reason) for each in missing),
    )
    least = max((policy and policy.remain) or 0, few.number if few and taken else 0)
    if len(taken) < least:
        return Input(reason="too few terms", without=without)
    lacking = [each for each in taken if each.input.number is None]
    names = tuple(each.name for each in lacking)
    if not taken or (formula.kind in (*OF_TWO, "table") and gone):
        if formula.kind != "table" and (missing or lacking):
            reason = (missing or lacking)[0].input.reason
            return Input(reason=reason, lacking=names, without=without)
        return Input(applies=False, reason="not applicable", without=without)
    ends = _ends(formula, taken, side, grid)
    if ends is None:
        return Input(reason="divided by nought")
    low, high = ends
    if decimals is not None:  # rounding keeps the order of the ends
        low, high = (
            Fraction(decimal_of(each, decimals)) if isinstance(each, Fraction) else each
            for each in ends
        )
    number = decimal_of(low, decimals) if isinstance(low, Fraction) and low == high else None
    any_hidden: HiddenReason | Literal[""] = next(
        (each.input.hidden for each in taken if each.input.hidden), ""
    )
    of_points = formula.kind in ("sum of points", "mean of points", "fulfilment", "table")
    return Input(
        number,
        reason="" if number is not None else _why_open(lacking, formula),
        lacking=names if number is None else (),
        hidden=any_hidden,
        without=without,
        ends=(low, high),
        taken=tuple(taken) if of_points and not any_hidden else (),
    )


def _parted(
    formula: Formula, given: Sequence[Given]
) -> tuple[list[Given], list[Given], list[Given]]:
    """The terms that do not apply, those that are missing by the formula, and those it is of."""
    policy = formula.lacking
    gone, missing, taken = list[Given](), list[Given](), list[Given]()
    for each in given:
        open_level = formula.kind in OF_JUDGED and each.input.reason not in MISSING_REASONS
        if not each.input.applies:
            gone.append(each)
        elif policy and each.input.number is None and not open_level:
            missing.append(each)
            if policy.number is not None:
                taken.append(each._replace(input=Input(policy.number)))
        else:
            taken.append(each)
    return gone, missing, taken


def _why_open(lacking: Sequence[Given], formula: Formula) -> MemberReason:
    """Why a value is open: the reason of a term without a number; "open" for an open level."""
    reasons = [each.input.reason for each in lacking]
    if formula.kind in OF_JUDGED and not set(reasons) <= {*MISSING_REASONS}:
        return "open"
    return reasons[0]


def _ends(
    formula: Formula, taken: Sequence[Given], side: BetterSide | None, grid: Grid
) -> tuple[End, End] | None:
    """The lowest and the highest that the value can be; None where it is divided by nought.

    A value rises with its terms, but for the second one of a difference; a product and a quotient
    have their ends where their terms have. The cells of a table never fall.
    """
    lows, highs = [each.input.low for each in taken], [each.input.high for each in taken]
    weights = [each.weight for each in taken]
    if formula.kind in ("best", "worst") and (-inf, inf) in zip(lows, highs, strict=True):
        return -inf, inf  # a missing figure makes the value missing
    if formula.kind in ("share", "quotient", "product"):
        if formula.kind != "product" and lows[1] <= 0 <= highs[1]:
            return None if lows[1] == highs[1] else (-inf, inf)
        corners = [
            _value(formula, (one, other), weights, side, grid)
            for one in {lows[0], highs[0]}
            for other in {lows[1], highs[1]}
        ]
        # what has no end divided by what has none says nothing that other corners do not
        finite: list[End] = [
            Fraction(each) if -inf < each < inf else each
            for each in corners
            if not (isinstance(each, float) and isnan(each))
        ]
        return min(finite), max(finite)
    if formula.kind == "difference":
        lows[1], highs[1] = highs[1], lows[1]
    low, high = (_value(formula, ends, weights, side, grid) for ends in (lows, highs))
    return low, high


def _value(
    formula: Formula,
    terms: Sequence[End],
    weights: Sequence[Fraction],
    side: BetterSide | None,
    grid: Grid,
) -> End:
    """The exact value, or an end of it."""
    if formula.few:
        lowest = (formula.few.kind == "worst") == (side == "higher")
        terms = sorted(terms, reverse=not lowest)[: int(formula.few.number)]
        weights = weights[: len(terms)]  # each weighs as much
    total = sum((term * weight for term, weight in zip(terms, weights, strict=True)), Fraction(0))
    whole = sum(weights, Fraction(0))
    match formula.kind:
        case "sum" | "sum of points" | "number of members":
            value: End = total
        case "mean" | "mean of points" | "fulfilment":
            value = total / whole
        case "share of members":
            value = total * 100 / whole
        case "best" | "worst":
            highest = (formula.kind == "best") == (side == "higher")
            value = max(terms) if highest else min(terms)
        case "difference":
            value = terms[0] - terms[1]
        case "share" | "quotient":
            value = terms[0] * (100 if formula.kind == "share" else 1) / terms[1]
        case "product":
            value = terms[0] * terms[1] if terms[0] and terms[1] else Fraction(0)
        case "table":
            row, column = map(int, terms)
            value = Fraction(grid[row][column])
        case _:
            assert_never(formula.kind)
    return value


def decimal_of(value: Fraction, decimals: Decimal | None = None) -> Decimal:
    """A fraction as a decimal: rounded as the file says, else exact, or as good as exact."""
    places = len(str(value.denominator)) + MOST_DIGITS
    digits = Context(prec=len(str(abs(value.numerator))) + places)
    quotient = digits.divide(Decimal(value.numerator), Decimal(value.denominator))
    if decimals is None:
        return quotient
    found = quotient.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP, digits)
    return found or found.copy_abs()  # nought has no sign
