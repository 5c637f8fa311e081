"""What holds of every rule however it is written: the axioms that no form may break.

Each is a law of some goal, drawn with its rule, its policies and its outcomes.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

import pytest
from attrs import evolve, frozen
from cases import dear
from hypothesis import example, given, reject
from hypothesis import strategies as some

import goalrules
from goalrules.data.outcome import OutcomeRow
from goalrules.data.outcomes import read_outcomes

pytestmark = pytest.mark.law

LEVELS = ("red", "yellow", "green")
STATED = (*LEVELS, *LEVELS, "red–yellow", "yellow–green", "missing", "not applicable")
"""What may be known of a member: its level, its ends, or why it has none."""

NAMES = ("a", "b", "c", "d")
BETTER = ("green", "at least yellow")

Outcomes = Mapping[str, object]


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
    return accepted(Drawn(members, tuple(said), outcomes))


def judged(rules: goalrules.RuleSet, outcomes: Outcomes, id_: str = "1") -> tuple[object, ...]:
    """All that is concluded of a goal: its ends and verdict, why, and what may still decide."""
    return conclusions(rules.assess(outcomes)[id_])


def conclusions(goal: goalrules.GoalResult) -> tuple[object, ...]:
    """The same of a goal that is assessed."""
    return (
        (goal.verdict, goal.worst, goal.best),
        {each.code for each in goal.reasons},
        frozenset(goal.deciding),
        [(each.text, each.sure) for each in goal.trace.remarks],
        goal.trace.coverage,
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


# Anonymity and order


ALIKE = (
    "all",
    "any",
    "majority",
    "at least half",
    "at least 60 %",
    "at least 34 %",
    "1",
    "2",
    "3",
)
"""How many, of members that are all counted alike."""


@some.composite
def alike(draw: some.DrawFn) -> Drawn:
    """A goal that names none of its members, and so counts them all alike."""
    members = NAMES[: draw(some.integers(3, 4))]
    said = [f"green when {draw(some.sampled_from(ALIKE))} {draw(some.sampled_from(BETTER))}"]
    said += [f"yellow when {draw(some.sampled_from(ALIKE))} at least yellow"] * draw(
        some.booleans()
    )
    said += ["otherwise red"] * draw(some.booleans())
    said += ["at most yellow when any red"] * draw(some.booleans())
    said += ["missing: left out"] * draw(some.booleans())
    said += ["requires 2 assessed"] * draw(some.booleans())
    drawn = Drawn(members, tuple(said), {each: draw(some.sampled_from(STATED)) for each in members})
    return accepted(drawn)


def accepted(drawn: Drawn) -> Drawn:
    """A goal that is not refused; another is drawn instead."""
    try:
        drawn.rules()
    except goalrules.RuleError:
        reject()
    return drawn


def renamed(found: tuple[object, ...], names: Mapping[str, str]) -> tuple[object, ...]:
    """What was concluded, with other names for the members that decide."""
    deciding = cast("frozenset[str]", found[2])
    return (*found[:2], frozenset(names.get(each, each) for each in deciding), *found[3:])


@given(drawn=alike(), data=some.data())
@dear(60)
def test_anonymity_who_has_which_level_makes_no_difference(
    drawn: Drawn, data: some.DataObject
) -> None:
    swapped = dict(zip(drawn.members, data.draw(some.permutations(drawn.members)), strict=True))
    outcomes = {swapped[each]: level for each, level in drawn.outcomes.items()}
    rules = drawn.rules()
    assert judged(rules, outcomes) == renamed(judged(rules, drawn.outcomes), swapped)


@given(drawn=goals(), data=some.data())
@dear(60)
def test_the_order_of_members_clauses_and_rows_makes_no_difference(
    drawn: Drawn, data: some.DataObject
) -> None:
    members = tuple(data.draw(some.permutations(drawn.members)))
    said = tuple(data.draw(some.permutations(drawn.said)))
    rows = data.draw(some.permutations([*drawn.outcomes.items()]))
    other = evolve(drawn, members=members, said=said)
    assert judged(other.rules(), dict(rows)) == judged(drawn.rules(), drawn.outcomes)


@given(drawn=goals(), data=some.data())
@dear(30)
def test_the_order_of_columns_and_rows_of_a_file_makes_no_difference(
    drawn: Drawn, data: some.DataObject
) -> None:
    rows = data.draw(some.permutations([*drawn.outcomes.items()]))
    columns = data.draw(some.permutations(["indicator", "outcome", "comment"]))
    cells = [{"indicator": name, "outcome": str(stated), "comment": "c"} for name, stated in rows]
    lines = [";".join(columns), *(";".join(each[column] for column in columns) for each in cells)]
    read, faults = read_outcomes("\n".join([*lines, ""]).encode(), "u.csv")
    assert faults == ()
    rules = drawn.rules()
    assert judged_rows(rules, read) == judged(rules, drawn.outcomes)


def judged_rows(rules: goalrules.RuleSet, rows: Sequence[OutcomeRow]) -> tuple[object, ...]:
    """What is concluded of the goal by the rows of a file."""
    goal = rules.assess(rows)["1"]
    return conclusions(goal)


LEVELLED = "green when all{0} green\nyellow when any{0} green\notherwise red"
GOALS = (
    'goal 1 "A"\nindicator a\n' + LEVELLED.format(""),
    'goal 2 "B"\nindicator b, c\n' + LEVELLED.format(""),
    'goal 3 "C"\n' + LEVELLED.format(" of goals 1, 2"),
    'goal 4 "D"\nindicator d\nworst of all\nat most yellow when goal 3 not met',
)


@given(
    order=some.permutations(GOALS),
    outcomes=some.fixed_dictionaries({each: some.sampled_from(STATED) for each in NAMES}),
)
@dear(40)
def test_the_order_of_goals_makes_no_difference(order: Sequence[str], outcomes: Outcomes) -> None:
    one, other = (
        goalrules.loads("\n".join(["goalrules 1 en", "valid 2025", *goals, ""]))
        for goals in (GOALS, order)
    )
    for id_ in ("1", "2", "3", "4"):
        assert judged(other, outcomes, id_) == judged(one, outcomes, id_)


# Names


@given(drawn=goals(), data=some.data())
@dear(60)
def test_what_members_are_called_makes_no_difference(drawn: Drawn, data: some.DataObject) -> None:
    called = data.draw(
        some.permutations(["w7", "trygghet", "åtgärd-2", "x.1", "KF"]).map(
            lambda names: dict(zip(drawn.members, names, strict=False))
        )
    )
    named = re.compile(r"\b[abcd]\b")
    said = tuple(
        named.sub(lambda found: called.get(found[0], found[0]), each) for each in drawn.said
    )
    outcomes = {called[each]: stated for each, stated in drawn.outcomes.items()}
    other = Drawn(tuple(called[each] for each in drawn.members), said, outcomes)
    found = judged(drawn.rules(), drawn.outcomes)
    assert judged(other.rules(), outcomes) == renamed(found, called)


# More is never worse


SHARES = ("at least 60 %", "at least 34 %", "majority", "at least half", "all", "any")


@given(
    share=some.sampled_from(SHARES),
    level=some.sampled_from(BETTER),
    outcomes=some.lists(some.sampled_from(STATED), min_size=1, max_size=4),
)
@dear(80)
def test_another_green_member_never_hurts_a_share(
    share: str, level: str, outcomes: list[str]
) -> None:
    stated = dict(zip(NAMES, outcomes, strict=False))
    rule = f"{share} {level}"
    before = goalrules.evaluate(rule, stated)
    after = goalrules.evaluate(rule, {**stated, "more": "green"})
    if "empty" not in {each.code for each in before.reasons}:
        assert VERDICTS.index(after.verdict) >= VERDICTS.index(before.verdict)


VERDICTS = ("not met", "open", "met")


@given(
    number=some.integers(2, 4),
    level=some.sampled_from(BETTER),
    form=some.sampled_from(["{}", "{} of 4", "at least {}"]),
    outcomes=some.lists(some.sampled_from(STATED), min_size=4, max_size=4),
)
@dear(80)
def test_one_fewer_is_never_harder(number: int, level: str, form: str, outcomes: list[str]) -> None:
    stated = dict(zip(NAMES, outcomes, strict=True))
    harder, easier = (
        goalrules.evaluate(f"{form.format(many)} {level}", stated) for many in (number, number - 1)
    )
    # A number that is more than there are cannot be counted at all, and says nothing of fewer.
    if "too few" not in {each.code for each in harder.reasons}:
        assert VERDICTS.index(easier.verdict) >= VERDICTS.index(harder.verdict)
    bound = [goalrules.evaluate(f"at most {many} red", stated) for many in (number - 2, number - 1)
             if many > 0]  # fmt: skip
    assert sorted(bound, key=lambda each: VERDICTS.index(each.verdict)) == bound


# Numbers


@given(
    number=some.decimals(-1_000, 1_000, places=2),
    zeros=some.sampled_from([0, 2, 3, 4]),  # with three decimals it may be thousands
    mark=some.sampled_from(".,"),
    aim=some.sampled_from(["at least", "at most", "over", "under"]),
    shift=some.sampled_from(["0", "0.01", "-0.01"]),
)
@dear(80)
def test_equal_numbers_are_one_however_they_are_written(
    number: Decimal, zeros: int, mark: str, aim: str, shift: str
) -> None:
    target = format(number + Decimal(shift), "f")
    plain = format(number.normalize(), "f")
    longer = format(number, "f") + "0" * zeros
    rules = [
        goalrules.loads(
            'goalrules 1 en\nvalid 2025\ngoal 1 "G"\nindicator a\n'
            f"target {aim} {each}\nworst of all\n"
        )
        for each in (target, target + "0" * zeros, target.replace(".", ","))
    ]
    stated = [number, plain, longer, longer.replace(".", mark)]
    found = {judged(rule, {"a": each}, "1")[0] for rule in rules for each in stated}
    assert len(found) == 1


# Nothing that is said disappears


@given(drawn=goals())
@dear(60)
def test_no_outcome_makes_a_clause_disappear(drawn: Drawn) -> None:
    rules = drawn.rules()
    whole = dict.fromkeys(drawn.members, "green")
    given_, other = (rules.assess(each)["1"] for each in (drawn.outcomes, whole))
    assert forms(given_) == forms(other)
    names = [each.name for each in given_.trace.members]
    assert sorted(names) == sorted(drawn.members)


def forms(goal: goalrules.GoalResult) -> list[str]:
    """The clauses, caps and gates that the trace of a goal shows, by their forms."""
    trace = goal.trace.trace
    steps = (*trace.steps, *trace.caps, *trace.gates)
    return [str(each.form) for each in steps]
