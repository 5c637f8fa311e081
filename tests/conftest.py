"""What every test can be asked for on the command line, and how many cases are drawn for a law.

`HYPOTHESIS_PROFILE=fuzz` draws many more.
"""

import os

import pytest
from hypothesis import settings

settings.register_profile("quick", max_examples=200, deadline=None)
settings.register_profile("mutants", max_examples=40, deadline=None, database=None)
settings.register_profile("fuzz", max_examples=5_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="rewrite the expected blocks of the golden pages"
    )
