"""Decimal marks: the one that a file's numbers share, and the numbers that have another.

`1.500` beside `75,5` may mean 1,5 or 1500. It is refused with both readings, and so is a
number whose mark could part thousands where nothing else in the file tells its meaning.
"""

from collections.abc import Iterable, Mapping

from goalrules.data.values import CellFault, Value
from goalrules.text.numbers import Amount

DECIMALS_OF_THOUSANDS = -3
FEWEST_THOUSANDS, MOST_THOUSANDS = 1, 1000


def other_marks(values: Iterable[Value | None], usual: str) -> Mapping[int, CellFault]:
    """The fault of each value, by its number from 0, that has another mark than the rest share.

    The usual mark is the one to be expected where the numbers themselves do not tell.
    """
    marked = {
        number: value
        for number, value in enumerate(values)
        if isinstance(value, Amount) and value.mark
    }
    certain = {each.mark for each in marked.values() if not _may_be_thousands(each)}
    mark = certain.pop() if len(certain) == 1 else usual
    return {n: _fault(amount, mark) for n, amount in marked.items() if amount.mark != mark}


def _may_be_thousands(amount: Amount) -> bool:
    """Whether the mark may as well part thousands, as in `1.500`."""
    exponent = amount.number.as_tuple().exponent
    in_range = FEWEST_THOUSANDS <= amount.number.copy_abs() < MOST_THOUSANDS
    return exponent == DECIMALS_OF_THOUSANDS and in_range


def _fault(amount: Amount, mark: str) -> CellFault:
    digits = format(amount.number, "f")
    facts = {"text": digits.replace(".", amount.mark), "as_decimal": digits.replace(".", mark)}
    if not _may_be_thousands(amount):
        return CellFault("other-decimal-mark", facts)
    return CellFault("ambiguous-number", {**facts, "as_whole": digits.replace(".", "")})
