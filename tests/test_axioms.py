"""What holds of every rule however it is written: the axioms that no form may break.

Each is a law of some goal, drawn with its rule, its policies and its outcomes.
"""

from collections.abc import Mapping, Sequence

import pytest
from attrs import evolve, frozen
from cases import dear
from hypothesis import example, given, reject
from hypothesis import strategies as some

import goalrules

pytestmark = [pytest.mark.law, pytest.mark.uncounted]

LEVELS = ("red", "yellow", "green")
STATED = (*LEVELS, *LEVELS, "red–yellow", "yellow–green", "missing", "not applicable")
"""What may be known of a member: its level, its ends, or why it has none."""

NAMES = ("a", "b", "c", "d")
BETTER = ("green", "at least yellow")

Outcomes = Mapping[str, str]


@frozen
class Drawn:
    """A goal of some members: its clauses and what else is said of it, and outcomes of them."""

    members: tuple[str, ...]
    said: tuple[str, ...]
    outcomes: Outcomes

    def rules(self, *more: str) -> goalrules.RuleSet:
        """The rule set, with more lines under the goal."""
        own = [f"indicator {each}" for each in self.members]
        lines = ['plan "P"', "valid 2025", "points green 2, yellow 1, red 0", 'goal 1 "T"', *own]
        return goalrules.loads("\n".join(["goalrules 1 en", *lines, *more, *self.said, ""]))


def quantities(many: int) -> some.SearchStrategy[str]:
    """How many of so many members."""
    return some.integers(1, many).map(str) | some.sampled_from(
        ["all", "any", "majority", "at least half", "at least 60 %", "at least 34 %"]
    )


@some.composite
def conditions(draw: some.DrawFn, members: Sequence[str]) -> str:
    """A condition that counts members, names them, or both."""
    one = draw(some.sampled_from(members))
    count = f"{draw(quantities(len(members)))} {draw(some.sampled_from(BETTER))}"
    return draw(
        some.sampled_from(
            [
                count,
                f"{count} including {one}",
                f"{one} green",
                f"no {draw(some.sampled_from(('red', 'yellow')))}",
                f"{one} at least yellow and ({count})",
                f"{one} green or ({count})",
                f"sum of points at least {draw(some.integers(1, 2 * len(members)))}",
                f"all of {', '.join(members[:2])} at least yellow",
            ]
        )
    )


@some.composite
def goals(draw: some.DrawFn) -> Drawn:
    """A goal that is accepted, with outcomes."""
    members = NAMES[: draw(some.integers(2, 4))]
    said = [f"green when {draw(conditions(members))}"]
    yellow, otherwise, cap, least, policy, apart, remark = (draw(some.booleans()) for _ in range(7))
    said += [f"yellow when {draw(conditions(members))}"] * yellow
    said += ["otherwise red"] * otherwise
    said += [f"at most yellow when {draw(some.sampled_from(members))} red"] * cap
    said += ["requires 60 % assessed"] * least
    said += [f"missing: {draw(some.sampled_from(('left out', 'counts as red')))}"] * policy
    said += ["not applicable: counts as yellow"] * apart
    said += ['remark "Look at it." when any red'] * remark
    outcomes = {each: draw(some.sampled_from(STATED)) for each in members}
    drawn = Drawn(members, tuple(said), outcomes)
    try:
        drawn.rules()
    except goalrules.RuleError:
        reject()
    return drawn


def judged(rules: goalrules.RuleSet, outcomes: Outcomes, id_: str = "1") -> tuple[object, ...]:
    """All that is concluded of a goal: its ends and verdict, why, and what may still decide."""
    goal = rules.assess(outcomes)[id_]
    return (
        (goal.verdict, goal.worst, goal.best),
        {each.code for each in goal.reasons},
        frozenset(goal.deciding),
        [(each.text, each.sure) for each in goal.trace.remarks],
        goal.trace.rests_on,
    )


# What is shown only is not counted


@given(drawn=goals(), stated=some.sampled_from(STATED), reserve=some.booleans())
@example(
    drawn=Drawn(("a", "b"), ("green when any green",), {"a": "red", "b": "green"}),
    stated="missing",
    reserve=True,
)
@dear(60)
def test_what_is_shown_only_changes_nothing(drawn: Drawn, stated: str, *, reserve: bool) -> None:
    if reserve:
        said = [each for each in drawn.said if not each.startswith("missing")]
        more = (f"group g {drawn.members[-1]}", "missing: replaced by g")
        drawn = evolve(drawn, said=(*more, *said))
    shown = drawn.rules("indicator f", "shown only")
    assert judged(shown, {**drawn.outcomes, "f": stated}) == judged(drawn.rules(), drawn.outcomes)
