"""Many cases in one call: each with what is its own, and no failure of one hides another."""

import gc
import weakref
from typing import Any

import pytest

import goalrules
from goalrules import Limits
from goalrules.types import Case, JudgementRow

RULES = """goalrules 1 en
plan "P"
valid 2024–2025
overall judgement annually
goal 1 "T"
  indicator a
    target at least 80
  indicator b
  green when all green
"""
GOOD = {"a": 90, "b": "green"}
BAD = {"a": 90, "c": "green"}


@pytest.fixture
def rules() -> goalrules.RuleSet:
    return goalrules.loads(RULES)


def judged(verdict: str) -> dict[str, dict[str, object]]:
    said = {"period": 2025, "by": "B", "date": "2026-02-17", "reason": "x"}
    return {"1": {"judgement": verdict, **said}}


def no_file() -> goalrules.FileError:
    """What reading a file ends with that is not there."""
    with pytest.raises(goalrules.FileError) as caught:
        goalrules.read_outcomes("no/such.csv")
    return caught.value


def decided(found: object) -> str | None:
    assert isinstance(found, goalrules.Assessment)
    said = found["1"].decided
    return said.verdict if said else None


def test_a_case_has_its_own_period_and_judgements_or_those_of_all(
    rules: goalrules.RuleSet,
) -> None:
    cases: list[Case[str]] = [
        ("usual", GOOD),
        ("own period", GOOD, 2024),
        ("own judgement", GOOD, None, judged("met")),
        ("no judgement", GOOD, "2025", ()),
        ("usual too", GOOD, None, None),
    ]
    found = dict(rules.assess_many(cases, 2025, judged("not met")))
    said = {key: decided(each) for key, each in found.items()}
    assert said == {
        "usual": "not met", "own period": None, "own judgement": "met", "no judgement": None,
        "usual too": "not met",
    }  # fmt: skip
    assert found["own period"] == rules.assess(GOOD, 2024, judged("not met"))
    assert found["own judgement"] == rules.assess(GOOD, 2025, judged("met"))
    assert found["usual"] == rules.assess(GOOD, 2025, judged("not met"))


def test_judgements_of_all_may_be_given_one_by_one(rules: goalrules.RuleSet) -> None:
    rows: tuple[JudgementRow, ...] = goalrules.read_judgements(
        b"goal;judgement;period;by;date;reason\n1;not met;2025;B;2026-02-17;x\n"
    )
    found = rules.assess_many([(1, GOOD), (2, GOOD)], 2025, iter(rows))
    assert [decided(each) for _, each in found] == ["not met", "not met"]


def test_one_failure_hides_no_other_and_each_is_told_with_its_key(
    rules: goalrules.RuleSet,
) -> None:
    unread = no_file()
    cases: list[Any] = [
        ("good", GOOD),
        ("name", BAD),
        ("period", GOOD, "soon"),
        ("judgement", GOOD, 2025, {"2": {}}),
        ("no outcomes", 3),
        ("file", unread),
        ("good too", GOOD, 2025),
    ]
    found = dict(rules.assess_many(cases, language="sv"))
    codes = {
        key: [fault.code for fault in each.diagnostics]
        for key, each in found.items()
        if isinstance(each, goalrules.GoalrulesError)
    }
    assert codes.pop("judgement")
    assert codes == {
        "name": ["unknown-indicator"],
        "period": ["unknown-period"],
        "no outcomes": ["not-an-outcome"],
        "file": ["no-such-file"],
    }
    assert found["file"] is unread
    assert {
        each.language for each in found.values() if isinstance(each, goalrules.OutcomeError)
    } == {"sv"}
    for key in ("good", "good too"):
        assert isinstance(found[key], goalrules.Assessment)


def test_an_error_that_is_raised_says_its_key_and_the_rest_can_follow(
    rules: goalrules.RuleSet,
) -> None:
    unread = no_file()
    cases: list[Case[object]] = [(1, GOOD), ("b", BAD), (3, unread), (4, GOOD)]
    several = rules.assess_many(cases, on_error="raise")
    assert next(several)[0] == 1
    for kind, note in ((goalrules.OutcomeError, "'b'"), (goalrules.FileError, "3")):
        with pytest.raises(kind) as caught:
            next(several)
        assert caught.value.__notes__ == [f"in the case {note}"]
    assert next(several)[0] == 4


def test_a_mistake_of_the_caller_is_raised_whatever_is_said_of_errors(
    rules: goalrules.RuleSet,
) -> None:
    word: Any = "ignore"
    with pytest.raises(ValueError, match='on_error is "keep" or "raise", not \'ignore\''):
        rules.assess_many([], on_error=word)
    wrong: list[Any] = [(1,), (1, GOOD, None, (), 5)]
    for case in wrong:
        with pytest.raises(ValueError, match="a case is a key and outcomes"):
            next(rules.assess_many([case]))
    period: Any = [2025]
    with pytest.raises(TypeError) as caught:
        next(rules.assess_many([("k", GOOD, period)]))
    assert caught.value.__notes__ == ["in the case 'k'"]


def test_limits_are_those_of_each_case(rules: goalrules.RuleSet) -> None:
    many = [{"indicator": "a", "value": 1, "period": f"2025-{month:02}"} for month in range(1, 13)]
    cases: list[Case[int]] = [(1, GOOD), (2, many), (3, GOOD)]
    found = [each for _, each in rules.assess_many(cases, 2025, limits=Limits(rows=5))]
    assert isinstance(found[1], goalrules.LimitError)
    assert found[1].limit == "rows"
    assert isinstance(found[0], goalrules.Assessment)
    assert found[0] == found[2]


def test_an_error_that_is_kept_holds_nothing_that_it_went_through(
    rules: goalrules.RuleSet,
) -> None:
    class Rows(list[dict[str, object]]):
        """Outcomes to which a weak reference can be made."""

    rows = Rows([{"indicator": "c", "value": 1}])
    held = weakref.ref(rows)
    found = list(rules.assess_many([(1, rows)]))
    assert isinstance(found[0][1], goalrules.OutcomeError)
    del rows
    gc.collect()
    assert held() is None
