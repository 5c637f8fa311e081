"""What is handed out can be shared: pickled, copied, hashed and compared, and changed by nobody."""

import copy
import multiprocessing
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest
from attrs import fields, has
from imports import ROOT

import goalrules
from goalrules.frozen import FrozenMap, frozen_map

RULES = ROOT / "rulesets" / "socialnamnden-2025.goals"
BEFORE = ROOT / "rulesets" / "socialnamnden-2024.goals"
OUTCOMES = ROOT / "examples" / "utfall-2025.csv"
JUDGEMENTS = ROOT / "examples" / "bedomningar-2025.csv"
NEEDLESS = (
    'goalrules 1 en\ngoal 1 "G" indicator a indicator b green when a green and (a green or b green)'
)
WITH_COST = {"budgetföljsamhet": 2}


def rules() -> goalrules.RuleSet:
    """The rules of 2025."""
    return goalrules.load(RULES)


def result() -> goalrules.Assessment:
    """An assessment by them."""
    return rules().assess({"avtalstrohet": 83.1, "budgetföljsamhet": -3}, 2025)


def year() -> goalrules.Year:
    """A year by them."""
    return rules().assess_year([{"indicator": "avtalstrohet", "value": 83, "period": "2025-02"}])


def refused(work: Callable[[], object]) -> goalrules.GoalrulesError:
    """The error that something ends in."""
    with pytest.raises(goalrules.GoalrulesError) as caught:
        work()
    return caught.value


def outcome_error() -> goalrules.GoalrulesError:
    """Faults of outcomes."""
    return refused(lambda: rules().assess({"avtalstroheten": 83.1, "5/avtalstrohet": "x"}))


def rule_error() -> goalrules.GoalrulesError:
    """Faults of rules."""
    return refused(lambda: goalrules.loads("goalrules 1 en\ngoal 1 grene", "x.goals"))


PUBLIC: dict[str, Callable[[], object]] = {
    "a rule set": rules,
    "a rule set in a year": lambda: rules().in_year(2025),
    "goals": lambda: rules().goals,
    "a goal": lambda: rules().goals["5"],
    "a rule": lambda: goalrules.rule("2 av 3 gröna varav a", ["a", "b", "c"]),
    "a rule on a scale": lambda: goalrules.rule("2 b", ["x", "y"], ["a", "b"]),
    "the result of a rule": lambda: goalrules.evaluate("any green", {"a": "green", "b": None}),
    "an assessment": result,
    "some goals of it": lambda: result().only(["5"]),
    "the result of a goal": lambda: result()["5"],
    "a year": year,
    "bound outcomes": lambda: rules().bind({"avtalstrohet": 83.1}, 2025),
    "a comparison": lambda: goalrules.diff(goalrules.load(BEFORE), rules()),
    "a check": lambda: rules().check(["5"]),
    "influence": lambda: rules().influence(["5"]),
    "a gap": lambda: result().only(["5"]).gap(costs=WITH_COST),
    "what is missing": lambda: result()["5"].to_reach("green", costs=WITH_COST),
    "a margin": lambda: result()["5"].margin(2),
    "what to find out": lambda: (result()["5"].to_collect(),),
    "rows": lambda: goalrules.read_outcomes(OUTCOMES),
    "judgements": lambda: goalrules.read_judgements(JUDGEMENTS),
    "faults of rules": rule_error,
    "faults of outcomes": outcome_error,
    "no file": lambda: refused(lambda: goalrules.load("no/such.goals")),
    "a file too large": lambda: refused(lambda: goalrules.load(b" " * 1_000_001)),
    "an unknown goal": lambda: refused(lambda: rules().check(["x"])),
    "no package": lambda: goalrules.PackageError(outcome_error().diagnostics, "en"),
    "a diagnostic": lambda: outcome_error().diagnostics[0],
}


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_public_pickles_copies_hashes_and_compares(name: str) -> None:
    one, other = PUBLIC[name](), PUBLIC[name]()
    assert one == other
    assert hash(one) == hash(other)
    assert one != object()
    for again in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):  # noqa: S301 - our own
        assert again == one
        assert hash(again) == hash(one)
        assert str(again) == str(one)


def test_what_differs_is_not_equal() -> None:
    assert rules() != goalrules.load(BEFORE)
    assert rules() != rules().in_year(2025)
    assert result() != result().only(["5"])
    assert rule_error() != outcome_error()
    assert goalrules.RuleError((), "sv") != goalrules.OutcomeError((), "sv")
    assert goalrules.RuleError((), "sv") != goalrules.RuleError((), "en")


def test_what_is_unpickled_works_as_before() -> None:
    again = pickle.loads(pickle.dumps(rules().in_year(2025)))  # noqa: S301 - our own
    assert again.assess({"avtalstrohet": 83.1})["5"] == rules().assess({"avtalstrohet": 83.1})["5"]
    assert again.influence(["5"]).to_dict() == rules().in_year(2025).influence(["5"]).to_dict()
    kept: goalrules.Assessment = pickle.loads(pickle.dumps(result()))  # noqa: S301 - our own
    assert kept.gap().to_dict() == result().gap().to_dict()
    assert kept.to_dict() == result().to_dict()
    assert kept["5"].text("en") == result()["5"].text("en")


# Several processes


def assessed(outcomes: dict[str, object]) -> goalrules.GoalResult:
    """What a worker gives back: a result, or an error."""
    return rules().assess(outcomes)["5"]


def assessed_by(given: tuple[goalrules.RuleSet, dict[str, object]]) -> goalrules.Assessment:
    """The same with rules that are sent to it."""
    return given[0].assess(given[1])


def test_a_pool_over_results_and_faults_ends() -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        good = pool.apply_async(assessed, ({"avtalstrohet": 83.1, "budgetföljsamhet": -3},))
        bad = pool.apply_async(assessed, ({"avtalstroheten": 83.1, "5/avtalstrohet": "x"},))
        sent = pool.apply_async(assessed_by, ((rules(), {"avtalstrohet": 83.1}),))
        assert good.get(60) == result()["5"]
        with pytest.raises(goalrules.OutcomeError) as caught:
            bad.get(60)
        assert sent.get(60) == rules().assess({"avtalstrohet": 83.1})
    assert caught.value == outcome_error()
    assert str(caught.value) == str(outcome_error())


# What cannot be changed


def test_mappings_that_are_handed_out_cannot_be_changed() -> None:
    error = outcome_error()
    (row, *_) = goalrules.read_outcomes(OUTCOMES)
    for mapping in (
        error.diagnostics[0].facts,
        row.place.columns,
        row.place.beside,
        rules().goals,
        goalrules.loads(NEEDLESS).check().findings[0].facts,
        result().gap(costs=WITH_COST).trace.costs,
    ):
        held: Any = mapping
        with pytest.raises(TypeError):
            held["x"] = 1
        with pytest.raises(TypeError):
            del held["x"]
        with pytest.raises(AttributeError):
            held.anything = 1


def parts(value: object) -> Iterator[object]:
    """A value, and all that it holds for everyone to see."""
    yield value
    inside: Iterable[object] = ()
    cls = type(value)
    if isinstance(value, goalrules.GoalrulesError):
        inside = value.diagnostics
    elif has(cls):
        names = (each.name for each in fields(cls) if not each.name.startswith("_"))
        inside = (getattr(value, name) for name in names)
    elif isinstance(value, tuple):
        inside = value
    elif isinstance(value, Mapping):
        inside = value.values()
    for each in inside:
        yield from parts(each)


@pytest.mark.parametrize("name", PUBLIC)
def test_nothing_that_is_handed_out_holds_what_can_be_changed(name: str) -> None:
    found = [each for each in parts(PUBLIC[name]()) if isinstance(each, list | dict | set)]
    assert found == []


@pytest.mark.parametrize("name", PUBLIC)
def test_no_attribute_of_what_is_handed_out_can_be_changed(name: str) -> None:
    value = PUBLIC[name]()
    names = {each for each in dir(value) if not each.startswith("_")}
    if isinstance(value, Exception):  # anything can be hung on one, but what it holds stays
        names = {each for each in names if isinstance(getattr(type(value), each), property)}
    for each in names:
        with pytest.raises(AttributeError):
            setattr(value, each, ())
        with pytest.raises(AttributeError):
            delattr(value, each)


def test_a_frozen_mapping() -> None:
    given = {"b": 1, "a": 2}
    frozen = FrozenMap(given)
    given["c"] = 3
    assert list(frozen) == ["b", "a"]
    assert (frozen["a"], len(frozen), repr(frozen)) == (2, 2, "{'b': 1, 'a': 2}")
    assert frozen == {"a": 2, "b": 1}
    assert frozen_map(frozen) is frozen
    assert hash(frozen) == hash(FrozenMap({"a": 2, "b": 1}))
