"""Outcomes as Hypothesis draws them for the founding plans: whatever a row may state."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

import goalrules

ROOT = Path(__file__).parents[1]
YEARS = (2024, 2025)
WITH_PARTS = ("frågar-om-våld", "effektiva-insatser")
PARTS = ("Första linjens stöd", "Barn och ungdom", "Vuxen", "Arbete och försörjning")

LEVELS = st.sampled_from(["grön", "yellow", "röd", "röd–gul", "yellow-green", "red"])
STATUSES = st.sampled_from(["ännu inte mätt", "ej tillämplig", "missing", "dold uppgift"])
PLANS = st.sampled_from(["följs", "begun", "planerade", "not begun"])
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**6), 10**6, places=3),
    st.floats(-1000, 1000).map(lambda number: round(number, 6)),
    st.decimals(0, 200, places=2).map(lambda number: format(number, "f").replace(".", ",")),
)
REACHED = st.sampled_from(["uppnått", "not reached"])
TEXTS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=20)


@cache
def rule_set(year: int) -> goalrules.RuleSet:
    """The rules of one year's plan."""
    return goalrules.load(rules_path(year))


def rules_path(year: int) -> Path:
    """The rule file of one year's plan."""
    return ROOT / "rulesets" / f"socialnamnden-{year}.goals"


def outcomes_path(year: int) -> Path:
    """The example of outcomes that stands beside it."""
    return ROOT / "examples" / f"utfall-{year}.csv"


@cache
def example(year: int) -> goalrules.Assessment:
    """The assessment of the example outcomes of one year's plan."""
    return rule_set(year).assess(goalrules.read_outcomes(outcomes_path(year)))


def mappings(value: st.SearchStrategy[object]) -> st.SearchStrategy[Mapping[str, object]]:
    """The fields of rows with such a value, and perhaps a plan and a comment."""
    fields = {"plan": PLANS, "comment": TEXTS, "källa": TEXTS}
    return st.fixed_dictionaries({"utfall": value}, optional=fields)


def outcomes_of(name: str) -> st.SearchStrategy[object]:
    """What may be given of one indicator."""
    value = REACHED if name in WITH_PARTS else st.one_of(NUMBERS, REACHED)
    return st.one_of(LEVELS, STATUSES, st.none(), value, mappings(value))


@cache
def outcomes(year: int) -> st.SearchStrategy[dict[str, object]]:
    """Outcomes for some of a plan's indicators, of their parts, and of the activities."""
    own = {
        f"{goal.id}/{name}": outcomes_of(name)
        for goal in rule_set(year).goals.values()
        for name in goal.members
    }
    goal = "4" if year == YEARS[0] else "1.2"
    own |= {f"{goal}/frågar-om-våld/{part}": st.one_of(REACHED, STATUSES) for part in PARTS}
    if year == YEARS[0]:
        own |= {f"7/aktiviteter/{name}": st.one_of(LEVELS, STATUSES) for name in "abcd"}
    return st.fixed_dictionaries({}, optional=own).map(without_contradictions)


def without_contradictions(outcomes: dict[str, object]) -> dict[str, object]:
    """The outcomes without the parts of an indicator that is given as a whole."""
    wholes = tuple(f"{name}/" for name in outcomes if name.endswith(WITH_PARTS))
    return {name: each for name, each in outcomes.items() if not name.startswith(wholes)}
