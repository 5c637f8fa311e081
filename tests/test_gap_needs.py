"""What an indicator is said to need does give it the level, when it is assessed."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest
from cases import dear
from drawn_outcomes import WITH_PARTS, YEARS, outcomes, rule_set
from hypothesis import given
from hypothesis import strategies as st

from goalrules.answer import Gap
from goalrules.answers.result import Mover, Need, Values

Outcomes = dict[str, object]
NUDGE = Decimal("0.001")


@pytest.mark.parametrize("year", YEARS)
@given(data=st.data())
@dear(4)
def test_what_is_said_to_be_needed_is_enough(year: int, data: st.DataObject) -> None:
    drawn = data.draw(outcomes(year))
    level = data.draw(st.sampled_from(["yellow", "green"]))
    tried = list(needed(rule_set(year).assess(drawn).gap(level)))
    for mover, need in tried[:: max(len(tried) // 8, 1)]:
        key = f"{mover.goal}/{mover.member.name}"
        for outcome in enough(drawn.get(key), need):
            found = rule_set(year).assess({**drawn, key: outcome})[mover.goal]
            member = next(m for m in found.trace.members if m.name == mover.member.name)
            assert member.levels.index(member.worst) >= member.levels.index(mover.to)


def needed(gap: Gap) -> Iterator[tuple[Mover, Need]]:
    """The indicators of which it is said what they need; but for those whose parts tell it."""
    for goal in gap.goals:
        for way in goal.reach.ways if goal.reach else ():
            for mover in (each for move in way.moves for each in move.group):
                if mover.need and mover.member.name not in WITH_PARTS:
                    yield mover, mover.need


def enough(outcome: object, need: Need) -> Iterator[Outcomes]:
    """The outcomes that are said to be enough, each with all else as it was."""
    row = dict(outcome) if isinstance(outcome, Mapping) else {"utfall": outcome}
    for number in among(need.values) if need.values else ():
        yield {**row, "utfall": number}
    if need.reached:
        yield {**row, "utfall": "uppnått"}
    if need.plan:
        yield {**row, "plan": need.plan}


def among(values: Values) -> Iterator[Decimal]:
    """Some numbers among some values, those at the bounds first."""
    if values.low is not None:
        yield values.low + NUDGE if values.above_low else values.low
    if values.high is not None:
        yield values.high - NUDGE if values.below_high else values.high
