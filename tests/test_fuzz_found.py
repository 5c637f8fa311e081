"""What fuzzing found stays mended, and each target holds on some of its seeds."""

from pathlib import Path

import pytest
from cases import on_every
from fuzz.seeds import seeds
from fuzz.targets import TARGETS
from run_fuzz import FOUND, NAMES

STEP = 40
"""Of so many seeds one is tried, and the first."""


@on_every(sorted(FOUND.glob("*/*")), at_least=1)
def test_what_was_found_is_mended(case: Path) -> None:
    TARGETS[case.parent.name](case.read_bytes())


@pytest.mark.parametrize("target", NAMES)
def test_targets_hold_on_seeds(target: str) -> None:
    assert set(NAMES) == set(TARGETS)
    for seed in seeds(target)[::STEP]:
        TARGETS[target](seed)
