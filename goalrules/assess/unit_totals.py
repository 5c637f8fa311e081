"""Totals of units beside what all of them together report, and figures that these would give away.

A figure that adds up through the year is a count of things that happen, and adds up over units too.
Where the units' sum and the figure of all of them are not the same, both are told. Where a unit's
figure is of few and not shown, the figure of all would show it to whoever subtracts the others.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from goalrules.assess.assessment import PlanAssessment
from goalrules.assess.binding import Slot
from goalrules.assess.indicator_case import IndicatorCase
from goalrules.assess.masking import hidden, hides_reference, may_be_hidden
from goalrules.assess.units_result import UnitTotal

SHARES = ("%", "‰")
"""The units of measure of what is never added, whatever is said of it."""


def hidden_in(units: Iterable[PlanAssessment]) -> frozenset[Slot]:
    """The indicators of which a figure is not shown in some unit, since it is of few."""
    cases = (case for each in units for case in each.assessed.cases.values())
    return frozenset(case.slot for case in cases if hidden(case) or hides_reference(case))


def totals_that_differ(
    whole: str, together: PlanAssessment, units: Iterable[PlanAssessment]
) -> Iterator[UnitTotal]:
    """The indicators of which the units' sum is another than the figure of all units together.

    Nothing is said where the figure of any is missing, partial, or of a kind that may be hidden.
    """
    others = [each.assessed.cases for each in units]
    for home, case in together.assessed.cases.items():
        own = [_total(cases.get(home)) for cases in others]
        known, total = [each for each in own if each is not None], _total(case)
        if total is None or not known or len(known) < len(own):
            continue
        summed = sum(map(Fraction, known), Fraction(0))
        if summed != Fraction(total):
            exact = Decimal(summed.numerator) / Decimal(summed.denominator)
            yield UnitTotal(*home, whole, total, exact, len(known))


def _total(case: IndicatorCase | None) -> Decimal | None:
    """The figure of an indicator that adds up, where it is whole and may be shown."""
    if case is None or case.number is None or case.through is None or case.through.lacking:
        return None
    adds_up = case.is_total and case.program.unit not in SHARES
    return case.number if adds_up and not may_be_hidden(case) else None
