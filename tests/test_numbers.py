"""Number text: what is read, what is refused and why, and that what is shown reads back."""

from decimal import Decimal
from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalrules.text.languages import Language
from goalrules.text.numbers import (
    MOST_DIGITS,
    Amount,
    from_python,
    number_fault,
    read_amount,
    read_number,
    show_number,
)

DECIMALS = st.builds(
    lambda digits, places, sign: Decimal((sign, tuple(digits), -min(places, len(digits)))),
    st.lists(st.integers(0, 9), min_size=1, max_size=MOST_DIGITS - 1),
    st.integers(0, MOST_DIGITS),
    st.integers(0, 1),
)
READ = [
    ("75", "75", "", ""),
    ("75,0 %", "75.0", "%", ","),
    ("75.0%", "75.0", "%", "."),
    ("58 st", "58", "st", ""),
    ("11 700", "11700", "", ""),
    ("11\u00a0700", "11700", "", ""),
    ("11\u202f700,50", "11700.50", "", ","),
    ("1 234 567", "1234567", "", ""),
    ("−5", "-5", "", ""),
    ("-5", "-5", "", ""),
    ("–0,8\u00a0%", "-0.8", "%", ","),
    ("+5", "5", "", ""),
    ("  7  ", "7", "", ""),
    ("007", "7", "", ""),
    ("1.500", "1.500", "", "."),
    ("9" * MOST_DIGITS, "9" * MOST_DIGITS, "", ""),
]
REFUSED = [
    ("1_000", "number-grouping"),
    ("11 70", "number-grouping"),
    ("1170 000", "number-grouping"),
    ("1" * (MOST_DIGITS - 2) + " 11", "number-grouping"),
    ("1.000,5", "number-grouping"),
    ("1,000,000", "number-grouping"),
    ("1'000", "number-grouping"),
    ("٣", "number-digits"),
    ("1٣,5 %", "number-digits"),
    ("３", "number-digits"),
    ("nan", "number-not-finite"),
    ("-Inf", "number-not-finite"),
    ("∞", "number-not-finite"),
    ("1e5", "number-exponent"),
    ("-1,5E-3", "number-exponent"),
    ("1e1000000", "number-exponent"),
    ("1" * 1000, "number-too-long"),
    ("1" * (MOST_DIGITS + 1), "number-too-long"),
    ("0," + "1" * MOST_DIGITS, "number-too-long"),
    ("58 kr", "number-unit"),
    ("3 stjärnor", "number-unit"),
    ("±0,5", "not-a-number"),
    ("80–100", "not-a-number"),
    ("≥ 5", "not-a-number"),
    ("5.", "not-a-number"),
    (",5", "not-a-number"),
    ("50 %%", "not-a-number"),
]


@pytest.mark.parametrize(("text", "number", "unit", "mark"), READ)
def test_read(text: str, number: str, unit: str, mark: str) -> None:
    assert read_amount(text) == Amount(Decimal(number), unit, mark)


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_refused_with_its_reason(text: str, code: str) -> None:
    assert read_amount(text) is None
    assert number_fault(text) == code


@pytest.mark.parametrize("text", ["", "grön", "A", "red-yellow", "-", "x" * 1000, "se bilaga 2"])
def test_a_word_is_neither_a_number_nor_a_fault(text: str) -> None:
    assert read_amount(text) is None
    assert number_fault(text) == ""


def test_a_number_has_no_unit() -> None:
    assert (read_number("75,0"), read_number("75 %"), read_number("x")) == (Decimal(75), None, None)


@given(DECIMALS, st.sampled_from(["sv", "en"]))
def test_what_is_shown_reads_back_digit_for_digit(number: Decimal, language: Language) -> None:
    read = read_number(show_number(number, language))
    assert read == number
    assert read is not None
    assert read.as_tuple().exponent == number.as_tuple().exponent


@given(st.text())
def test_any_text_is_an_amount_or_a_fault_or_a_word(text: str) -> None:
    amount = read_amount(text)
    assert amount is None or read_number(show_number(amount.number, "sv")) == amount.number
    assert isinstance(number_fault(text), str)


@given(st.floats(-1e40, 1e40).filter(lambda each: each == 0 or abs(each) > 1e-30))
def test_a_float_is_its_shortest_form(value: float) -> None:
    assert float(from_python(value)) == value
    assert read_number(show_number(from_python(value), "en")) == Decimal(repr(value))


@given(st.integers(-(10**MOST_DIGITS) + 1, 10**MOST_DIGITS - 1))
def test_a_whole_number_is_itself(value: int) -> None:
    assert from_python(value) == value


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        ("4135", "4135", "4135"),
        ("11700", "11\u00a0700", "11\u00a0700"),
        ("-1234567.50", "\u22121\u00a0234\u00a0567,50", "\u22121\u00a0234\u00a0567.50"),
        ("74.999999", "74,999999", "74.999999"),
        ("1E+5", "100\u00a0000", "100\u00a0000"),
        ("0.0000001", "0,0000001", "0.0000001"),
    ],
)
def test_shown(number: str, swedish: str, english: str) -> None:
    assert show_number(Decimal(number), "sv") == swedish
    assert show_number(Decimal(number), "en") == english


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("nan"), "number-not-finite"),
        (float("-inf"), "number-not-finite"),
        (Decimal("sNaN"), "number-not-finite"),
        (10**MOST_DIGITS, "number-too-long"),
        (1e300, "number-too-long"),
        (Decimal("1E-1000000"), "number-too-long"),
        (Decimal("1E+1000000"), "number-too-long"),
    ],
)
def test_numbers_of_python_that_are_refused(value: float | Decimal, code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        from_python(value)


@pytest.mark.parametrize(
    "value",
    [10**MOST_DIGITS - 1, Decimal(f"1E{MOST_DIGITS - 1}"), Decimal(f"1E-{MOST_DIGITS - 1}")],
)
def test_the_longest_numbers_of_python(value: int | Decimal) -> None:
    assert read_number(show_number(from_python(value), "sv")) == value


@pytest.mark.parametrize("value", [True, False, "5", None])
def test_what_is_no_number_in_python(value: SupportsIndex) -> None:
    with pytest.raises(TypeError):
        from_python(value)


def test_the_longest_number_may_be_grouped_and_have_a_unit() -> None:
    longest = Decimal("-" + "9" * MOST_DIGITS)
    assert read_amount(f"{show_number(longest, 'sv')} st") == Amount(longest, "st")
