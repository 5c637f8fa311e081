"""What was decided stands beside what the rules give, and counts above as an outcome would.

Each law is held against an assessment without the decisions, through the public interface.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pytest
from cases import dear
from drawn_outcomes import outcomes, rule_set
from hypothesis import given
from hypothesis import strategies as st

import goalrules

LEVELS = ("red", "yellow", "green")
BELOW = ("1", "2", "3")
RULES = (
    "green when all of goals 1, 2, 3 met", "same as goal 2", "worst of goals 1, 2, 3",
    "green when goal 1 met or goal 2 green; yellow when 2 of goals 1, 2, 3 ≥ yellow; otherwise red",
    "green when 2 of goals 1, 2, 3 green, rest ≥ yellow",
    "green when majority of goals 1, 2, 3 met at most yellow when goal 3 red",
)  # fmt: skip
WORDS: Mapping[str, tuple[int, int]] = {
    "red": (0, 0), "gul": (1, 1), "gröna": (2, 2), "uppfyllt": (2, 2), "not met": (0, 1),
}  # fmt: skip
"""What can be decided, and the places of the levels that it allows."""

WHO = {"period": "2025", "by": "B", "date": "2026-02-17", "reason": "r"}
DECIDED = ("decided", "over_decided")

Ends = tuple[int, int]


@cache
def plan(rule: str, *, apart: bool) -> goalrules.RuleSet:
    """Goals with the level of one member each, one above them, and one above that.

    Where that in the middle stands apart, its level is that of a member as well.
    """
    middle = "indicator m worst of all" if apart else rule
    goals = "".join(f'goal {each} "G" indicator m{each} worst of all\n' for each in BELOW)
    return goalrules.loads(
        f'goalrules 1 en\nvalid 2025\njudged as a whole annual\n{goals}goal M "M" {middle}\n'
        'goal T "T" green when goal M ≥ yellow and goal 1 met; yellow when goal M ≥ yellow'
    )


def stated(ends: Ends) -> str | None:
    """The level of a member that lies between two places."""
    worst, best = (LEVELS[place] for place in ends)
    return worst if worst == best else None if ends == (0, 2) else f"{worst}-{best}"


def ends_of(goal: goalrules.GoalResult) -> Ends:
    assert goal.worst
    assert goal.best
    return LEVELS.index(goal.worst), LEVELS.index(goal.best)


def both(one: Ends, other: Ends) -> Ends | None:
    """What lies between both, if anything does."""
    found = max(one[0], other[0]), min(one[1], other[1])
    return found if found[0] <= found[1] else None


def computed(result: goalrules.Assessment) -> dict[str, Any]:
    """What the rules gave."""
    document = result.to_dict()
    goals = [
        {key: each for key, each in goal.items() if key not in DECIDED}
        for goal in document["goals"]
    ]
    return {**document, "goals": goals}


outcomes_below = st.fixed_dictionaries(
    dict.fromkeys(
        (f"m{each}" for each in BELOW),
        st.sampled_from([(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2)]),
    )
)
judged = st.dictionaries(st.sampled_from((*BELOW, "M")), st.sampled_from(sorted(WORDS)))


@pytest.mark.parametrize("rule", RULES)
@given(members=outcomes_below, words=judged)
@dear(10)
def test_what_was_decided_counts_above_as_an_outcome_does(
    rule: str, members: Mapping[str, Ends], words: Mapping[str, str]
) -> None:
    rules = plan(rule, apart=False)
    given_ = {name: stated(ends) for name, ends in members.items()}
    judgements = {goal: {"judgement": word, **WHO} for goal, word in words.items()}
    alone, result = rules.assess(given_), rules.assess(given_, judgements=judgements)
    assert computed(result) == alone.to_dict()
    instead: dict[str, str | None] = dict(given_)
    for goal, word in words.items():
        kept = both(WORDS[word], ends_of(alone[goal]))
        decided = result[goal].decided
        assert decided
        assert decided.departs is (kept is None)
        assert (decided.worst, decided.best) == tuple(LEVELS[n] for n in kept or WORDS[word])
        assert decided.verdict == ("met" if WORDS[word][0] == 2 else "not met")
        instead["m" if goal == "M" else f"m{goal}"] = stated(kept or WORDS[word])
    assert {goal.id for goal in result.values() if goal.over_decided} == resting(rule, words)
    for goal in resting(rule, words):
        apart = goal == "T" and "M" in words
        own = {name: each for name, each in instead.items() if apart or name != "m"}
        found, wanted = result[goal].over_decided, plan(rule, apart=apart).assess(own)[goal]
        assert found
        assert (found.verdict, found.level) == (wanted.verdict, wanted.level)
        assert (found.worst, found.best) == (wanted.worst, wanted.best)


def resting(rule: str, decided: Iterable[str]) -> set[str]:
    """The goals that rest on some that were decided."""
    named = {
        each
        for names in re.findall("goals? ([0-9, ]+)", rule)
        for each in re.findall("[0-9]", names)
    }
    middle = {"M"} if named & {*decided} else set()
    return middle | ({"T"} if middle or {"M", "1"} & {*decided} else set())


NAMES = sorted({name for goal in rule_set(2025).goals.values() for name in goal.members})


@given(
    outcomes=outcomes(2025),
    name=st.sampled_from(NAMES),
    kind=st.sampled_from(["undantas", "not applicable"]),
)
@dear(20)
def test_what_is_waived_is_as_an_outcome_that_does_not_apply(
    outcomes: Mapping[str, object], name: str, kind: str
) -> None:
    rules = rule_set(2025)
    (home,) = (each.id for each in rules.goals.values() if name in each.members)
    waived = rules.assess(outcomes, judgements={f"{home}/{name}": {"judgement": kind, **WHO}})
    others = {key: each for key, each in outcomes.items() if not key.startswith(f"{home}/{name}")}
    instead = rules.assess({**others, f"{home}/{name}": "ej tillämplig"})
    for goal, other in zip(waived.values(), instead.values(), strict=True):
        assert (goal.verdict, goal.worst, goal.best) == (other.verdict, other.worst, other.best)
        assert (goal.reasons, goal.deciding, goal.why) == (other.reasons, other.deciding, other.why)
        assert goal.trace.coverage == other.trace.coverage
        told = [each.name for each in goal.trace.members if each.waiver]
        assert told == ([name] if goal.id == home else [])
