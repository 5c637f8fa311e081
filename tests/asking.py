"""How the tests of the Python interface ask it, and what they read of the answer."""

from collections.abc import Mapping
from typing import Any

import pytest
from drawn_outcomes import rule_set

import goalrules
from goalrules.core.trace import Member


def refused(rules: goalrules.RuleSet, outcomes: Any, period: str | None = None) -> list[str]:  # noqa: ANN401 - also what it cannot take
    """The codes of what is wrong with some outcomes."""
    with pytest.raises((goalrules.OutcomeError, goalrules.QuestionError)) as caught:
        rules.assess(outcomes, period)
    assert len(str(caught.value).splitlines()) == len(caught.value.diagnostics)
    return [each.code for each in caught.value.diagnostics]


def judged(year: int, goal: str, outcomes: Any, period: str | None = None) -> Member:  # noqa: ANN401 - as above
    """The member of a goal that some outcomes of it alone speak of first."""
    first = next(iter(outcomes)) if isinstance(outcomes, Mapping) else outcomes[0]["indicator"]
    name = first.rpartition("/")[2]
    members = rule_set(year).assess(outcomes, period)[goal].trace.members
    return next(each for each in members if each.name == name)


def level(member: Member) -> str:
    """The level, or the levels that it can still have."""
    return member.worst if member.decided else f"{member.worst}–{member.best}"


def of_contract(outcome: object) -> str:
    """The level of an indicator whose target is at least 80."""
    return level(judged(2025, "5", {"5/avtalstrohet": outcome}))


def alone(target: str, outcome: object, more: str = "") -> str:
    """The verdict of a goal with one indicator that has this target."""
    head = 'goalrules 1 en\nvalid 2025\ngoal 1 "G" indicator x'
    text = f"{head} {more} target {target} green when x green"
    verdict = goalrules.loads(text).assess({"x": outcome})["1"].verdict
    assert verdict is not None
    return verdict
