"""Every rule of both plans, on every outcome of its members, against the naive oracle."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice, product
from pathlib import Path
from random import Random

import pytest
from cases import first_of
from oracle import plans
from oracle.catalogue import dice
from oracle.completions import (
    Levels,
    Ranges,
    answer,
    completions,
    levels_when_only_green_is_stated,
    verdict,
)
from oracle.ledger import VALUES, Expected, Ledger, comparing, expected

import goalrules
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.language.statements import Clause, File, Focus, GoalHead, RuleAs, Statement
from goalrules.text.source import Source

RULE_SETS = Path(__file__).parents[1] / "rulesets"
RULES = {"2024": plans.RULES_2024, "2025": plans.RULES_2025}
CONTRIBUTIONS = {"2024": plans.CONTRIBUTIONS_2024, "2025": plans.CONTRIBUTIONS_2025}
ONLY_FOLLOWED = {"2024": "KF10", "2025": "KF6"}
LISTED = [(year, goal) for year in RULES for goal in RULES[year] if (year, goal) != ("2024", "7")]
LARGEST = (("2024", "4"), ("2025", "5"))
MOST_ACTIVITIES = 4
PARTS = 5  # of every outcome: prime to the number of kinds, so that each part has all of them
TOGETHER = 300  # assignments of all goals at once
PAIRED = 40  # outcomes of each of the two goals that one contribution rests on

# How many comparisons there are, worked out from the kinds of outcome and the numbers of members.
KINDS = len(VALUES)
OF_ONE_GOAL = {place: 2 * KINDS ** RULES[place[0]][place[1]].members for place in LISTED}
OF_ACTIVITIES = 2 * sum(KINDS ** (1 + number) for number in range(MOST_ACTIVITIES + 1))
OF_A_MONTH = 2 * KINDS**2
OF_TWO_GOALS = PAIRED**2
OF_ALL_GOALS = TOGETHER * sum(map(len, RULES.values()))

Outcome = str | None
Verdicts = tuple[bool | None, ...]
Says = Callable[[Levels], bool | None]


@cache
def rule_set(year: str) -> goalrules.RuleSet:
    """The rule set of one year's plan, loaded once."""
    return goalrules.load(str(RULE_SETS / f"socialnamnden-{year}.goals"))


@cache
def part_of_plan(year: str, council: str) -> goalrules.RuleSet:
    """The rule set of one contribution and the goals that it rests on, out of a year's plan."""
    source = Source(year, (RULE_SETS / f"socialnamnden-{year}.goals").read_text(encoding="utf-8"))
    kept = {council, *CONTRIBUTIONS[year][council]}
    statements: list[Statement] = []
    keep, goal = True, ""
    rules: dict[str, list[Statement]] = defaultdict(list)
    for statement in parse_file(source).file.statements:
        if isinstance(statement.body, GoalHead):
            goal = statement.body.id.text
            keep = goal in kept
        if isinstance(statement.body, Clause):
            rules[goal].append(statement)
        if isinstance(statement.body, RuleAs):  # whose goal may be left out
            statements += rules[statement.body.goal.text] if keep else []
            continue
        if isinstance(statement.body, Focus):
            keep = False
        if keep:
            statements.append(statement)
    return goalrules.loads(format_file(File("sv", tuple(statements))))


def member_names(year: str, goal: str) -> list[str]:
    """A goal's listed members, as many as in the plan."""
    names = list(rule_set(year).goals[goal].members)
    assert len(names) >= RULES[year][goal].members
    return names[: RULES[year][goal].members]


def ranges_of(outcomes: Sequence[Outcome]) -> Ranges[str]:
    """What each member may still turn out to be."""
    return [VALUES[outcome] for outcome in outcomes]


def possible(says: Says, outcomes: Sequence[Outcome]) -> Verdicts:
    """The verdicts that a goal may still get."""
    return tuple({says(completion) for completion in completions(ranges_of(outcomes))})


def contributed(goals: Sequence[Verdicts]) -> Expected:
    """The oracle's answer for a contribution, from the verdicts that its goals may still get."""
    ends = answer(plans.contribution, goals)
    return Expected(verdict(ends), *levels_when_only_green_is_stated(ends), None)


def compare_all(
    ledger: Ledger, place: tuple[str, str, str], part: int, says: Says, names: list[str]
) -> None:
    """Compare a goal and its contribution on every outcome of its members, all else missing.

    Of those every one that belongs to the part. A member of a group is named with its group.
    """
    year, goal, period = place
    keys, own = [f"{goal}/{name}" for name in names], [name.rpartition("/")[2] for name in names]
    council = next(kf for kf, goals in CONTRIBUTIONS[year].items() if goal in goals)
    beside = [(False, True)] * (len(CONTRIBUTIONS[year][council]) - 1)
    for values in islice(product(VALUES, repeat=len(names)), part, None, PARTS):
        outcomes = dict(zip(keys, values, strict=True))
        wanted = {
            goal: expected(says, own, ranges_of(values)),
            council: contributed([possible(says, values), *beside]),
        }
        rules = part_of_plan(year, council)
        compare(ledger, rules, (year, period), outcomes, wanted)


def compare(
    ledger: Ledger,
    rules: goalrules.RuleSet,
    when: tuple[str, str],
    outcomes: dict[str, Outcome],
    wanted: dict[str, Expected],
) -> None:
    """Compare the answers of one assessment of a rule set."""
    year, period = when
    title = f"plan {year}, period {period}, goal "
    ledger.compare(title, outcomes, wanted, lambda: rules.assess(outcomes, period=period))


@first_of(PARTS)
@pytest.mark.parametrize(
    ("year", "goal"),
    [pytest.param(*each, marks=pytest.mark.long) if each in LARGEST else each for each in LISTED],
)
def test_every_rule_on_every_outcome(
    year: str, goal: str, part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    says, floor = cache(RULES[year][goal].says), OF_ONE_GOAL[year, goal] // PARTS - 1
    with comparing(f"plan {year}, goal {goal}, {part + 1} of {PARTS}", floor, capsys) as ledger:
        compare_all(ledger, (year, goal, year), part, says, member_names(year, goal))


@first_of(PARTS)
def test_goal_7_of_2024_with_no_to_four_activities(
    part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    says, floor = cache(RULES["2024"]["7"].says), OF_ACTIVITIES // PARTS - 2 * MOST_ACTIVITIES
    with comparing(f"plan 2024, goal 7, {part + 1} of {PARTS}", floor, capsys) as ledger:
        for number in range(MOST_ACTIVITIES + 1):
            activities = [f"aktiviteter/aktivitet-{order}" for order in range(1, number + 1)]
            names = member_names("2024", "7") + activities
            compare_all(ledger, ("2024", "7", "2024"), part, says, names)


@first_of(PARTS)
def test_goal_5_of_2024_in_a_month(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    says, title = cache(plans.goal_5_2024_monthly), "plan 2024, goal 5 in a month"
    floor = OF_A_MONTH // PARTS - 1
    with comparing(f"{title}, {part + 1} of {PARTS}", floor, capsys) as ledger:
        compare_all(ledger, ("2024", "5", "2024-03"), part, says, member_names("2024", "5"))


@first_of(PARTS)
def test_the_contribution_that_rests_on_two_goals(
    part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rng, goals = dice(2025), ("1.1", "1.2")
    keys = [[f"{goal}/{name}" for name in member_names("2025", goal)] for goal in goals]
    drawn = [[tuple(rng.choices(list(VALUES), k=len(k))) for _ in range(PAIRED)] for k in keys]
    title = f"plan 2025, goals 1.1 and 1.2, {part + 1} of {PARTS}"
    with comparing(title, OF_TWO_GOALS // PARTS, capsys) as ledger:
        for pair in islice(product(*drawn), part, None, PARTS):
            outcomes = {
                key: value
                for names, values in zip(keys, pair, strict=True)
                for key, value in zip(names, values, strict=True)
            }
            verdicts = [
                possible(RULES["2025"][goal].says, values)
                for goal, values in zip(goals, pair, strict=True)
            ]
            rules = part_of_plan("2025", "KF1")
            compare(ledger, rules, ("2025", "2025"), outcomes, {"KF1": contributed(verdicts)})


def drawn_together(year: str, rng: Random) -> Iterator[tuple[str, list[str], tuple[Outcome, ...]]]:
    """Outcomes for the listed members of every goal of a year."""
    for goal in RULES[year]:
        names = member_names(year, goal)
        yield goal, names, tuple(rng.choices(list(VALUES), k=len(names)))


@first_of(PARTS)
@pytest.mark.parametrize("year", RULES)
def test_all_goals_at_once_what_is_missing_left_out(
    year: str, part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rng, title = dice(int(year) + part), f"plan {year}, all goals at once, {part + 1} of {PARTS}"
    floor = TOGETHER // PARTS * len(RULES[year])
    with comparing(title, floor, capsys) as ledger:
        for _ in range(TOGETHER // PARTS):
            outcomes: dict[str, Outcome] = {}
            wanted = {}
            for goal, names, values in drawn_together(year, rng):
                given = zip(names, values, strict=True)
                outcomes |= {f"{goal}/{name}": value for name, value in given if value}
                wanted[goal] = expected(RULES[year][goal].says, names, ranges_of(values))
            compare(ledger, rule_set(year), (year, year), outcomes, wanted)


@pytest.mark.parametrize("year", RULES)
def test_what_is_only_followed_has_no_verdict(year: str) -> None:
    assert rule_set(year).assess({}, period=year)[ONLY_FOLLOWED[year]].verdict is None


def test_the_comparisons_add_up() -> None:
    total = sum(OF_ONE_GOAL.values()) + OF_ACTIVITIES + OF_A_MONTH + OF_TWO_GOALS + OF_ALL_GOALS
    assert total >= 75_000
