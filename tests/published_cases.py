"""The published rule sets whose cases are data: `rulesets/published/cases`, a file for each.

A file says what the published text says, in words of ours, what of it was at hand, and cases: the
outcomes, those of `base` beneath them, and what each goal has to come to. `values` are those of
worked-out indicators. In the place of outcomes may stand those of several units.
"""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from attrs import field, frozen

import goalrules

FOLDER = Path(__file__).parents[1] / "rulesets" / "published"


@frozen(eq=False)
class Case:
    """Outcomes, of one or of several units, and what each goal comes to by hand.

    A goal is said as `met, LEVEL`, `not met, LEVEL` or `open, LEVEL to LEVEL`.
    """

    key: str
    expected: Mapping[str, str]
    outcomes: Mapping[str, Any] = field(factory=dict)
    units: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    values: Mapping[str, Any] = field(factory=dict)
    period: str | None = None


@frozen(eq=False)
class Published:
    """A rule file, what the published text says (in words of ours), and cases of it."""

    name: str
    says: str
    at_hand: str
    cases: tuple[Case, ...]

    @property
    def path(self) -> Path:
        """The rule file."""
        return FOLDER / f"{self.name}.goals"


@cache
def published() -> tuple[Published, ...]:
    """All of them, by name."""
    return tuple(map(_published, sorted((FOLDER / "cases").glob("*.toml"))))


def found(rules: goalrules.RuleSet, case: Case) -> goalrules.Assessment:
    """What the rules come to on a case: in all units together, where it has several."""
    if not case.units:
        return rules.assess(case.outcomes, case.period)
    together = rules.assess_units(case.units, case.period).together
    assert together is not None
    return together


def told(assessment: goalrules.Assessment) -> Iterator[tuple[str, str]]:
    """Each goal, as `expected` has it."""
    for name, goal in assessment.items():
        level = goal.level if goal.level is not None else f"{goal.worst} to {goal.best}"
        yield name, f"{goal.verdict}, {level}"


def _published(path: Path) -> Published:
    read = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    base = read.pop("base", {})
    cases = [
        Case(**{**each, "outcomes": {} if "units" in each else base | each.get("outcomes", {})})
        for each in read.pop("cases")
    ]
    return Published(path.stem, cases=tuple(cases), **read)
