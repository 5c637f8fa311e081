"""Values of NumPy and pandas, told by what they have and not by what they are of: small doubles."""

import datetime as dt
import math
import numbers
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from struct import pack, unpack
from types import SimpleNamespace

import pytest

import goalrules
from goalrules.data.outcome import Outcomes, without_missing
from goalrules.data.period import Period
from goalrules.data.values import (
    CellFault,
    count_cell,
    day_cell,
    name_cell,
    period_cell,
    value_cell,
    year_cell,
)
from goalrules.text.numbers import Amount, from_python

RULES = goalrules.loads(
    'goalrules 1 en\nvalid 2025\ngoal 1 "A"\n'
    "indicator a target at least 0.1\ngreen when all green\n"
)


class Float32:
    """A number of 32 bits, as `numpy.float32` is: it is registered as real, and no float."""

    def __init__(self, number: float) -> None:
        (self.number,) = unpack("f", pack("f", number))

    shape = ()
    dtype = SimpleNamespace(kind="f")

    def item(self) -> float:
        """The double that is the same."""
        return float(self.number)

    def __float__(self) -> float:
        return float(self.number)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Float32) and self.number == other.number

    def __hash__(self) -> int:
        return hash(self.number)

    def __str__(self) -> str:
        return f"{self.number:.7g}"


class Worded(Float32):
    """One that says no number."""

    def __str__(self) -> str:
        return "a number"


class Whole:
    """A whole number, as `numpy.int64` is."""

    shape = ()
    dtype = SimpleNamespace(kind="i")
    denominator = 1

    def __init__(self, number: int) -> None:
        self.numerator = number

    def item(self) -> int:
        """It as Python's own."""
        return self.numerator


class Array:
    """An array of the dimensions and the kind that are given."""

    def __init__(self, held: object, kind: str = "", shape: tuple[int, ...] = ()) -> None:
        self.held, self.shape, self.dtype = held, shape, SimpleNamespace(kind=kind)

    def item(self) -> object:
        """What it holds, as Python's own."""
        return self.held.item() if isinstance(self.held, Float32) else self.held

    def __getitem__(self, at: tuple[()]) -> object:
        return self.held

    def __index__(self) -> int:
        raise TypeError("only integer scalar arrays can be converted to a scalar index")

    def __str__(self) -> str:
        return str(self.held)


class Span(Whole):
    """A span of time, which NumPy has as a whole number."""

    dtype = SimpleNamespace(kind="m")


class NotATime(dt.datetime):
    """What pandas has in the place of a moment that is missing."""

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = dt.datetime.__hash__

    def __str__(self) -> str:
        return "NaT"


class Broken:
    """What raises when it is looked at."""

    @property
    def shape(self) -> tuple[()]:
        """Nothing that can be had."""
        raise RuntimeError

    def __str__(self) -> str:
        return "broken"


numbers.Real.register(Float32)
numbers.Integral.register(Whole)
NAT = NotATime(1970, 1, 1, tzinfo=dt.UTC)


def span_of(first: dt.date, last: dt.date) -> object:
    """A period of pandas."""
    return SimpleNamespace(start_time=first, end_time=last)


@pytest.mark.parametrize(
    ("given", "number"),
    [
        (Float32(0.1), "0.1"), (Float32(120.5), "120.5"), (Worded(0.5), "0.5"),
        (Whole(120), "120"), (Array(120.0, "f"), "120.0"), (Array(Float32(0.1), "f"), "0.1"),
        (Array(7, "i"), "7"), (Fraction(1, 8), "0.125"), (Decimal("2.20"), "2.20"),
        (Array("80,5", "U"), "80.5"),
    ],
)  # fmt: skip
def test_a_number_of_another_library_is_that_number(given: object, number: str) -> None:
    found = value_cell(given)
    assert isinstance(found, Amount)
    assert str(found.number) == number
    assert from_python(Decimal(number)) == found.number


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Float32(math.nan), "number-not-finite"), (Float32(math.inf), "number-not-finite"),
        (Array(120.0, "f", (1,)), "not-an-outcome"),
        (Span(3), "not-an-outcome"), (Array("NaT", "M"), "not-an-outcome"), (NAT, "date-cell"),
        (Array("2025", "M"), "date-cell"), (Array("2025-03-01T00:00:00.0", "M"), "date-cell"),
        (Fraction(1, 3), "number-without-end"),
        (Fraction(1, 2**5000), "number-too-long"), (Broken(), "not-an-outcome"),
        (1j, "not-an-outcome"), (Array(1j, "c"), "not-an-outcome"),
    ],
)  # fmt: skip
def test_what_is_no_number_there_is_refused(given: object, code: str) -> None:
    found = value_cell(given)
    assert isinstance(found, CellFault)
    assert found.code == code


MARCH, YEAR = Period((2025, 3), (2025, 3)), Period((2025, 1), (2025, 12))
QUARTER = Period((2025, 1), (2025, 3))


@pytest.mark.parametrize(
    ("given", "period"),
    [
        (Array("2025", "M"), YEAR), (Array("2025-03", "M"), MARCH),
        (Array("2025-03-31T00:00:00.000000000", "M"), MARCH), (Whole(2025), YEAR),
        (2025.0, YEAR), (Float32(2025), YEAR), (Array("mars 2025", "U"), MARCH),
        (span_of(dt.date(2025, 3, 1), dt.date(2025, 3, 31)), MARCH),
        (span_of(dt.date(2025, 1, 1), dt.date(2025, 3, 31)), QUARTER),
        (span_of(dt.date(2025, 3, 31), dt.date(2025, 3, 31)), MARCH),
        (dt.datetime(2025, 3, 31, 23, 59, tzinfo=dt.UTC), MARCH),
    ],
)  # fmt: skip
def test_a_moment_or_a_period_of_another_library_is_that_period(
    given: dt.date, period: Period
) -> None:
    found = period_cell(given)
    assert isinstance(found, tuple)
    assert found[0] == period
    assert RULES.period_of(given) == period


@pytest.mark.parametrize(
    "given",
    [Array("NaT", "M"), span_of(dt.date(2025, 3, 3), dt.date(2025, 3, 9)), Span(3), 2025.5],
)
def test_what_is_no_period_is_refused(given: dt.date) -> None:
    assert isinstance(period_cell(given), CellFault)
    assert isinstance(year_cell(given), CellFault)
    with pytest.raises(goalrules.QuestionError):
        RULES.period_of(given)


def test_other_cells_are_read_of_other_libraries_too() -> None:
    assert (year_cell(Array("2025", "M")), year_cell(2025.0)) == (2025, 2025)
    assert (name_cell(Whole(5)), name_cell(5.0), str(count_cell(Float32(25)))) == ("5", "5", "25")
    assert day_cell(Array("2025-03-02", "M")) == dt.date(2025, 3, 2)
    assert day_cell(dt.datetime(2025, 3, 2, 12, tzinfo=dt.UTC)) == dt.date(2025, 3, 2)
    assert day_cell(dt.date(2025, 3, 2)) == dt.date(2025, 3, 2)
    assert isinstance(day_cell(NAT), CellFault)


@pytest.mark.parametrize(
    ("is_missing", "nothing"), [(math.isnan, math.nan), (lambda each: each is NAT, NAT)]
)
def test_what_a_function_says_is_missing_is_missing(
    is_missing: Callable[[object], object], nothing: object
) -> None:
    row: dict[str, object] = {"indicator": "a", "value": nothing, "period": "2025"}
    given: tuple[Outcomes, ...] = ({"a": nothing}, {"a": {"value": nothing}}, [row])
    for outcomes in given:
        assert RULES.assess(outcomes, missing=is_missing)["1"].verdict == "open"
        with pytest.raises(goalrules.OutcomeError):
            RULES.assess(outcomes)
    assert RULES.assess({"a": "green"}, missing=is_missing)["1"].verdict == "met"
    instead = RULES.assess({"a": 1}, overrides={"a": nothing}, missing=is_missing)
    assert instead["1"].verdict == "open"
    [(_, found)] = RULES.assess_many([("k", {"a": nothing})], missing=is_missing)
    assert isinstance(found, goalrules.Assessment)
    assert RULES.bind({"a": nothing}, missing=is_missing).assess()["1"].verdict == "open"
    assert RULES.assess_year([row], missing=is_missing).annual["1"].verdict == "open"


def test_rows_that_were_read_are_left_as_they_are() -> None:
    rows = RULES.bind({"a": 1}).rows
    assert tuple(without_missing(rows, lambda _: True)) == rows
