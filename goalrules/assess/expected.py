"""How much of the target of a year is expected by the end of a period, by the file's own table.

A value is compared as what it comes to for the whole target at that pace: it is divided by the
share of the target that is expected. So a target of every form, and bands of levels, are asked
in the same way during the year as at its end.
"""

from decimal import Decimal
from fractions import Fraction

from goalrules.assess.to_date import calendar_of
from goalrules.core.vocabulary import DECEMBER
from goalrules.data.period import Period
from goalrules.language.plan import IndicatorEntry
from goalrules.language.statements import AddsUp, Expected
from goalrules.language.syntax import Around, Bound, ExpectedStep, TargetSpec

WHOLE = Fraction(1)


def expected_share(
    entry: IndicatorEntry, period: Period, aim: TargetSpec | None
) -> Fraction | None:
    """The share of the target that is expected; None where the file does not say.

    What is no total is measured against the whole target all through the year, unless the file
    says what is expected by when. A table says what holds from each of its months on.
    """
    if period.last[1] == DECEMBER:
        return WHOLE
    expected, adds_up, calendar = entry.first(Expected), entry.first(AddsUp), calendar_of(entry)
    month = calendar.as_of(period) if calendar else period.last[1]
    if expected is None:
        return None if adds_up and adds_up.kind == "total" else WHOLE
    if not expected.steps:
        return Fraction(month, DECEMBER)
    last = step_at(expected, month)
    return share_of(last, aim) if last else None


def step_at(expected: Expected, month: int) -> ExpectedStep | None:
    """The last step of a table up to the end of a month."""
    steps = [each for each in expected.steps if each.month <= month]
    return max(steps, key=lambda each: each.month, default=None)


def share_of(step: ExpectedStep, aim: TargetSpec | None) -> Fraction | None:
    """What a step of the table is of the target; None where that is no number above nought."""
    if step.share:
        return Fraction(step.number) / 100
    whole = one_number(aim)
    return Fraction(step.number) / Fraction(whole) if whole and whole > 0 else None


def one_number(aim: TargetSpec | None) -> Decimal | None:
    """The number that a target is about, where it is about one."""
    return aim.number if isinstance(aim, Bound | Around) else None
