"""The comparisons of the oracle with the engine: how many, and which disagree."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import pytest

from .completions import (
    MISSING,
    Levels,
    Ranges,
    answer,
    decisive,
    levels_when_only_green_is_stated,
    verdict,
)
from .engine import Answer

VALUES: dict[str | None, tuple[str, ...] | None] = {
    "green": ("green",),
    "yellow": ("yellow",),
    "red": ("red",),
    "red–yellow": ("red", "yellow"),
    None: MISSING,
    "not applicable": None,
}
SHOWN = 8  # of the faults in one test


class Judged(Protocol):
    """What the engine answers."""

    @property
    def verdict(self) -> str | None:
        """Met, not met or open."""

    @property
    def worst(self) -> str | None:
        """The worst level that is still possible."""

    @property
    def best(self) -> str | None:
        """The best level that is still possible."""

    @property
    def deciding(self) -> Sequence[str]:
        """The members that can still decide the verdict."""


class Judgement(Protocol):
    """What the engine answers for several rules."""

    def __getitem__(self, rule: str, /) -> Judged:
        """The answer for one of them."""


@dataclass(frozen=True)
class Expected:
    """What the oracle answers."""

    verdict: str
    worst: str
    best: str
    deciding: tuple[str, ...] | None  # sorted; None: not compared
    remarks: tuple[tuple[str, bool], ...] | None = None  # each with whether it is sure; None too


@dataclass
class Ledger:
    """A test's comparisons so far, and those that disagree.

    Of so many comparisons as `step` says, one goes the whole public way.
    """

    step: int = 1
    count: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether the next comparison goes the whole public way."""
        return self.count % self.step == 0

    def compare(
        self,
        title: str,
        outcomes: Mapping[str, str | None],
        wanted: Mapping[str, Expected],
        judge: Callable[[], Judgement],
    ) -> None:
        """Count a comparison for each rule wanted, and keep those that the engine answers else."""
        self.count += len(wanted)
        try:
            judged = judge()
            got = {rule: answered(judged[rule], wanted[rule]) for rule in wanted}
        except Exception as refusal:  # noqa: BLE001  # whatever escapes the engine is an answer too
            self.fault(title + ", ".join(wanted), outcomes, [*wanted.values()], repr(refusal))
            return
        for rule, answer_wanted in wanted.items():
            if got[rule] != answer_wanted:
                self.fault(f"{title}{rule}", outcomes, answer_wanted, got[rule])

    def fault(self, rule: str, outcomes: object, wanted: object, got: object) -> None:
        """Keep one disagreement."""
        lines = f"rule:       {rule}", f"assignment: {outcomes}"
        self.faults.append("\n".join((*lines, f"expected:   {wanted}", f"got:        {got}")))


def answered(judged: Judged, wanted: Expected) -> Expected:
    """The engine's answer in the oracle's shape; members of a group by their own names."""
    names = tuple(sorted(name.rpartition("/")[2] for name in judged.deciding))
    deciding = None if wanted.deciding is None else names
    remarks = judged.remarks if wanted.remarks is not None and isinstance(judged, Answer) else None
    return Expected(str(judged.verdict), str(judged.worst), str(judged.best), deciding, remarks)


@contextmanager
def comparing(
    title: str, floor: int, capsys: pytest.CaptureFixture[str], step: int = 1
) -> Iterator[Ledger]:
    """A ledger that at the end tells its count, shows its faults and holds the floor.

    The count stands in the summary of the run (`tests/conftest.py`), from every worker.
    """
    ledger = Ledger(step)
    yield ledger
    capsys.request.node.user_properties.append(("comparisons", (title, ledger.count)))
    shown = "\n\n".join(ledger.faults[:SHOWN])
    wrong = f"{len(ledger.faults)} of {ledger.count} disagree; the first:\n\n{shown}"
    assert not ledger.faults, wrong
    assert ledger.count >= floor, f"{ledger.count} comparisons are fewer than {floor}"


def expected(
    says: Callable[[Levels], bool | None],
    names: Sequence[str],
    ranges: Ranges[str],
    levels: tuple[str, str] | None = None,
) -> Expected:
    """The oracle's answer; the levels, where not given, are those of a rule for green alone."""
    ends = answer(says, ranges)
    worst, best = levels or levels_when_only_green_is_stated(ends)
    # where all completions agree on met or not met no member decides: it need not be looked for
    members = decisive(says, ranges) if ends[0] != ends[1] else frozenset[int]()
    deciding = tuple(sorted(names[member] for member in members))
    return Expected(verdict(ends), worst, best, deciding)
