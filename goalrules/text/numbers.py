"""Numbers as people write them: from text to exact decimal numbers and back.

A number is read from its own text and never through a binary float. What could be read in
two ways, or only by a computer (`1e5`, `1_000`), is no number here but a fault with a code.
"""

import re
from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from numbers import Rational, Real
from operator import index
from typing import SupportsFloat, SupportsIndex, cast

from goalrules.lazily import frozen
from goalrules.resources import read_table
from goalrules.text.languages import Language

MOST_DIGITS = 60  # a float at its smallest ordinary noise, 1.1102230246251565e-16, has 33
MOST_CHARACTERS = 120
MOST_BITS = 400
"""No fraction with so large a denominator has a decimal with few enough digits."""
AMPLE = Context(prec=1_000)
"""Precise enough to round any number that is worked out from others."""

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"
GROUPED_FROM = 5  # digits: 11 700 is grouped, 4135 is not

_SPACE = "[ \u00a0\u202f]"
_SIGN = "[-+\u2010-\u2014\u2212]"
_WHOLE = f"[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]+"
_NUMBER = f"({_SIGN}?)({_WHOLE})(?:([.,])([0-9]+))?"
_AMOUNT = re.compile(f"{_NUMBER}{_SPACE}*(%|st)?")
_MEASURED = re.compile(rf"{_NUMBER}\s*((?:[^\W\d_]|[‰€$£]).*)", re.DOTALL)
KNOWN_UNITS = ("", "%", "st")
"""The units that are known wherever a number stands; others only where a rule file names them."""

_FAULTS = (
    ("number-not-finite", re.compile(f"{_SIGN}?(?:nan|inf|infinity|∞)", re.IGNORECASE)),
    ("number-exponent", re.compile(f"{_SIGN}?[0-9][0-9.,]* *e *{_SIGN}?[0-9]+", re.IGNORECASE)),
    ("number-digits", re.compile(rf"{_SIGN}?[\d.,\s]*(?![0-9])\d[\d.,\s]*%?")),
    ("number-grouping", re.compile(rf"{_SIGN}?[0-9]+(?:[\s.,_'’]+[0-9]+)+\s*(?:%|st)?")),
    ("number-unit", re.compile(rf"{_NUMBER}\s*(?:[^\W\d_]|[‰€$£]).*", re.DOTALL)),
    ("not-a-number", re.compile(r"[-+±<>=~≈≤≥\u2010-\u2014\u2212.,\s]*\d.*", re.DOTALL)),
)


@frozen
class Amount:
    """A number with its unit (`%`, `st` or none) and the decimal mark it was written with.

    Another unit, as in `120 tkr`, is kept until it is known in what the indicator is measured.
    """

    number: Decimal
    unit: str = ""
    mark: str = ""


def read_amount(text: str, *, measured: bool = False) -> Amount | None:
    """The amount that a text such as `75,0 %` or `58 st` states, if it states one.

    Where it is `measured` it states one in a unit of its own, as in `120 tkr`.
    """
    pattern, text = _MEASURED if measured else _AMOUNT, text.strip()
    found = pattern.fullmatch(text) if len(text) <= MOST_CHARACTERS else None
    if found is None:
        return None
    sign, whole, mark, part, unit = (each or "" for each in found.groups())
    digits = re.sub(_SPACE, "", whole)
    if len(digits + part) > MOST_DIGITS:
        return None
    negative = "-" if sign not in ("", "+") else ""
    return Amount(Decimal(f"{negative}{digits}.{part}"), unit, mark)


def read_number(text: str) -> Decimal | None:
    """The number that a text without a unit states, if it states one."""
    amount = read_amount(text)
    return amount.number if amount and not amount.unit else None


def number_fault(text: str) -> str:
    """Why a text that is no amount is no number: a code, or nothing where it is but a word."""
    start = text.strip()[:MOST_CHARACTERS]
    digits = sum(each.isdigit() for each in start)
    if digits > MOST_DIGITS and re.fullmatch(r"\W*[\d\W]+", start):
        return "number-too-long"
    return next((code for code, pattern in _FAULTS if pattern.fullmatch(start)), "")


def from_python(value: SupportsIndex | SupportsFloat | Decimal) -> Decimal:
    """The exact number of a whole number, a decimal, or a float by its shortest form.

    Numbers of other libraries are told by what they are registered as: a `numbers.Real`.

    Raises:
        TypeError: the value is a boolean or no number.
        ValueError: it is not finite, has no last decimal, or has more digits than a written number
            may have; the text of the error is the fault's code.
    """
    number = _as_decimal(value)
    if not number.is_finite():
        raise ValueError("number-not-finite")
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if max(number.adjusted() + 1, 1) + decimals > MOST_DIGITS:
        raise ValueError("number-too-long")
    return Decimal(format(number, "f"))


def _as_decimal(value: object) -> Decimal:
    match value:
        case bool():
            raise TypeError("a boolean is not a number")
        case Decimal():
            return value
        case float():
            return Decimal(float.__repr__(value))
        case int():
            return Decimal(value)
        case Rational():
            return _of_fraction(Fraction(int(value.numerator), int(value.denominator)))
        case Real():
            return _shortest(value)
        case _:
            return Decimal(index(cast("SupportsIndex", value)))


def _of_fraction(exact: Fraction) -> Decimal:
    """The decimal that a fraction is."""
    left = exact.denominator
    if left.bit_length() > MOST_BITS:
        raise ValueError("number-too-long")
    for prime in (2, 5):
        while left % prime == 0:
            left //= prime
    if left > 1:
        raise ValueError("number-without-end")
    return exact_decimal(exact)


def _shortest(value: Real) -> Decimal:
    """A float of another size by its shortest form, where that is the same number: 0.1 of 32 bits.

    The nearest double of those 32 bits is 0.10000000149011612, which nobody means.
    """
    nearest = float(value)
    try:
        short = Decimal(str(value))
        of_size: Callable[[float], object] = type(value)
        same = bool(of_size(float(short)) == value)
    except (ArithmeticError, TypeError, ValueError):
        same = False
    return short if same else Decimal(repr(nearest))


def decimal_mark(language: Language) -> str:
    """The decimal mark that a language writes."""
    mark: str = read_table(f"grammar/data-{language}.toml")["marks"]["decimal"][0]
    return mark


def show_number(number: Decimal, language: Language) -> str:
    """The number in full as a language writes it; reading it back gives the same number."""
    sign = MINUS if number.is_signed() else ""
    whole, point, part = format(number.copy_abs(), "f").partition(".")
    mark = decimal_mark(language) if point else ""
    if len(whole) >= GROUPED_FROM:
        whole = f"{int(whole):,}".replace(",", NO_BREAK_SPACE)
    return sign + whole + mark + part


def rounded(number: Decimal, places: int) -> Decimal:
    """A number of any length to so many decimals, a half to the even one."""
    return number.quantize(Decimal(1).scaleb(-places), context=AMPLE)


def exact_decimal(exact: Fraction) -> Decimal:
    """A fraction over powers of ten as the decimal it is, without rounding."""
    places = 0
    while (exact * 10**places).denominator != 1:
        places += 1
    return Decimal(f"{int(exact * 10**places)}e-{places}")


def trimmed(number: Decimal) -> Decimal:
    """The same number without noughts at the end of its decimals."""
    whole, point, part = format(number, "f").partition(".")
    return Decimal(f"{whole}{point}{part.rstrip('0')}") if point else number
