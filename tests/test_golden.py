"""The golden pages: what they say comes of the rules on them does (`--accept` rewrites them)."""

from pathlib import Path

import pytest
from golden_pages import Expectation, accepted, expectations, pages
from golden_producers import PRODUCERS

from goalrules.files import write_whole

ALL = [each for page in pages() for each in expectations(page)]


def produced(expectation: Expectation) -> str:
    text = PRODUCERS[expectation.producer](expectation.given, expectation.language)
    return text + "\n" if text and not text.endswith("\n") else text


@pytest.fixture(scope="session")
def accepting(request: pytest.FixtureRequest) -> set[Path] | None:
    """The pages rewritten so far, where the pages are to be rewritten."""
    return set() if request.config.getoption("--accept") else None


@pytest.mark.parametrize("expectation", ALL, ids=[each.name for each in ALL])
def test_page(expectation: Expectation, accepting: set[Path] | None) -> None:
    page = expectation.page
    if accepting is None:
        assert produced(expectation) == expectation.text
    elif page not in accepting:
        accepting.add(page)
        write_whole(page, accepted(page, produced))


def test_there_are_pages() -> None:
    assert ALL
