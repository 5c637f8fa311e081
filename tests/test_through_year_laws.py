"""Laws of the year so far, against sums and averages made without any of the package."""

from decimal import Decimal
from fractions import Fraction

from cases import dear
from hypothesis import given
from hypothesis import strategies as some
from through_year import MONTHS, Row, member_of

import goalrules

amounts = some.decimals(min_value=0, max_value=1000, places=2)


@given(
    some.lists(amounts, min_size=1, max_size=12),
    some.sampled_from(["at least", "at most", "over", "under"]),
    some.integers(1, 5000),
)
def test_a_total_is_on_its_way_as_a_naive_sum_says(
    months: list[Decimal], side: str, target: int
) -> None:
    rows = ", ".join(f"{MONTHS[n]} {each}" for n, each in enumerate(months))
    period = f"2025-{len(months):02}"
    text = f"{side} {target} expected evenly over the year"
    member, _ = member_of("total per year", text, rows, period)
    total = sum(map(Fraction, months), Fraction(0))
    expected = Fraction(target * len(months), 12)
    held = {
        "at least": total >= expected,
        "at most": total <= expected,
        "over": total > expected,
        "under": total < expected,
    }
    assert member.worst == member.best == ("green" if held[side] else "red")


@given(some.lists(amounts, min_size=1, max_size=12), some.integers(1, 1000))
def test_an_average_is_that_of_the_months(months: list[Decimal], target: int) -> None:
    rows = ", ".join(f"{MONTHS[n]} {each}" for n, each in enumerate(months))
    period = f"2025-{len(months):02}"
    member, _ = member_of("average over the year", f"at least {target}", rows, period)
    mean = sum(map(Fraction, months), Fraction(0)) / len(months)
    assert member.worst == member.best == ("green" if mean >= target else "red")
    assert member.finding is not None
    assert member.finding.value is not None
    assert (member.finding.value >= target) == (mean >= target)


@dear(15)  # each reads two rule files
@given(some.lists(amounts, min_size=12, max_size=12), some.integers(1, 12))
def test_a_total_to_date_is_a_total(months: list[Decimal], last: int) -> None:
    text = "at least 24 expected evenly over the year"
    period = f"2025-{last:02}"
    each = ", ".join(f"{name} {amount}" for name, amount in zip(MONTHS, months, strict=True))
    so_far = [sum(months[: n + 1], Decimal(0)) for n in range(12)]
    to_date = ", ".join(f"{name} {amount}" for name, amount in zip(MONTHS, so_far, strict=True))
    one, _ = member_of("total per year", text, each, period)
    other, _ = member_of("total per year, to date", text, to_date, period)
    assert one.finding is not None
    assert other.finding is not None
    assert (one.worst, one.finding.value) == (other.worst, other.finding.value)


OF_EVERY_FORM = """
target at least 60
target at most 60
target over 60
target under 60
target ±60
target 30–60
target within ±10 % of 60
target between -60 and 60
target increase
target decrease by 10 %
levels green ≥ 60, yellow > 40, red ≤ 40
levels green within ±10 % of 60, yellow 40–80, otherwise red
"""

WITH_SHARES = """goalrules 1 en
plan "P" valid 2024–2026
assess indicators
  green when target reached
  {share}
  otherwise red
goal 1 "T"
  indicator a {form} {adds}
  green when a green
"""


@dear(25)  # each reads two rule files
@given(
    some.sampled_from(OF_EVERY_FORM.strip().splitlines()),
    some.sampled_from([1, 2, 3, 4, 6, 12]),
    some.decimals(min_value=0, max_value=90, places=1),
)
def test_a_total_on_its_way_is_judged_as_that_pace_for_the_year(
    form: str, months: int, value: Decimal
) -> None:
    upwards = form in ("target at least 60", "target over 60")
    share = "yellow when at least 50 % of target" if upwards else "yellow when efforts begun"
    adds = "total per year expected evenly over the year"
    before: Row = {"indicator": "a", "period": "2024", "value": 50}
    now: Row = {"indicator": "a", "period": f"2025-01–2025-{months:02}", "value": value}
    ended: Row = {"indicator": "a", "period": "2025", "value": value * 12 / months}
    on_its_way, at_its_end = (
        goalrules.loads(WITH_SHARES.format(form=form, share=share, adds=text))
        .assess([before, row], period)["1"]
        .trace.members[0]
        for text, row, period in ((adds, now, f"2025-{months:02}"), ("", ended, "2025"))
    )
    assert (on_its_way.worst, on_its_way.best) == (at_its_end.worst, at_its_end.best)
