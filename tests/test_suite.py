"""What the tests themselves are held to: no case is lost, and none hides another."""

import pytest
from cases import on_every


def test_every_case_that_fails_is_named() -> None:
    @on_every([1, 2, 3, (4,)], at_least=4)
    def law(number: int) -> None:
        if number == 2:
            raise KeyError(number)
        assert number % 2, f"{number} is even"

    with pytest.raises(AssertionError) as failed:
        law()
    assert str(failed.value).startswith("2 of 4 fail:\n2:\n    KeyError: 2\n4:\n    4 is even")


def test_no_cases_are_too_few() -> None:
    @on_every([], at_least=1)
    def law(_: int) -> None:
        raise AssertionError

    with pytest.raises(AssertionError, match="only 0 are left of 1 cases"):
        law()
