"""What is prepared once and shared by cases is what comes of each case by itself.

The way of every row (`Assessed`, of rules made ready anew) and the fold that traces (`evaluate`)
are what the tables are held against; the naive oracle holds those.
"""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

import pytest
from cases import dear
from drawn_outcomes import YEARS, outcomes, rule_set
from hypothesis import given
from hypothesis import strategies as st
from oracle.catalogue import dice, every_form, random_style
from oracle.engine import read_all
from oracle.wording import text

import goalrules
from goalrules.analyse import diagram
from goalrules.assess import period_program, plan_program, rule_program, standalone
from goalrules.assess.assessment import assess
from goalrules.assess.period_program import GivenOutcomes, NumberLevels
from goalrules.assess.plan_program import PlanPrograms
from goalrules.assess.rule_program import RuleProgram
from goalrules.core import evaluate as evaluate_module
from goalrules.core.ends import state_of
from goalrules.core.evaluate import evaluate
from goalrules.core.scales import Ends
from goalrules.data.outcome import rows_from_python
from goalrules.data.period import Period

pytestmark = pytest.mark.law

NAMES = ("a", "b", "c", "d")
WORDS = ("green", "yellow", "red", "red–yellow", None, "not applicable")

EVERY_KIND = """goalrules 1 en
plan "P"
valid 2024–2026
assess indicators
  green when target reached
  yellow when efforts begun
  otherwise red
missing: left out

goal 1 "T"
  indicator low
    target at least 75
  indicator high
    unit "%"
    target under 10
  indicator amid
    target 5–7.5
  indicator near
    target within ±10 % of 50
  indicator bands
    levels: green ≥ 99, yellow ≥ 80, otherwise red
  indicator pace
    total per year
    target at least 100
    expected evenly over the year
  indicator shift
    baseline 40
    target increase by 10 %
  indicator said
  green when at least 60 % green
  yellow when majority at least yellow

goal 2 "U"
  indicator low as in goal 1
  indicator own
    target at least 3
  requires 1 assessed
  green when all green
  remark "N" when any red

contribution to council goal KF "C"
  green when all of goals 1, 2 met
"""
SHARES = """goalrules 1 en
valid 2025
assess indicators
  green when target reached
  yellow when at least 80 % of target or efforts begun
  otherwise red
goal 1 "T"
  indicator low
    target at least 75
  indicator pace
    total per year
    target at least 100
    expected: April 20, August 60 %
  indicator shift
    baseline 40
    target increase by 10 %
  green when at least 60 % green
  yellow when majority at least yellow
goal 2 "U"
  indicator own
    target at least 3
  green when all green
"""
OWN = ("1/low", "high", "amid", "near", "bands", "pace", "shift", "said", "own")
NUMBERS = (
    0,
    1,
    3,
    Decimal("2.999"),
    5,
    7.5,
    Decimal("7.51"),
    10,
    9.99,
    45,
    55,
    60,
    75,
    74.999999,
    80,
    99,
    100,
    44,
    8.33,
)


@pytest.fixture(scope="module", params=[EVERY_KIND, SHARES], ids=["every kind", "shares"])
def plan(request: pytest.FixtureRequest) -> goalrules.RuleSet:
    """A plan with indicators of every kind, and one in which shares of targets count."""
    return goalrules.loads(request.param)


def names_of(rules: goalrules.RuleSet) -> list[str]:
    """Those indicators that a plan has."""
    there = {name for goal in rules.goals.values() for name in goal.members}
    return [name for name in OWN if name.rpartition("/")[2] in there]


def alone(rules: goalrules.RuleSet, given_ones: Mapping[str, object], period: Period) -> object:
    """What comes of outcomes where nothing was met before; None where they have faults."""
    programs = PlanPrograms(rules._plan)  # noqa: SLF001
    rows, unread = rows_from_python(given_ones)
    found = assess(programs, rows, period, "")
    if unread or found.diagnostics:
        return None
    return {
        id_: outcome
        and (
            outcome.verdict, outcome.worst, outcome.best, outcome.reasons, outcome.deciding,
            outcome.deciding_exact, outcome.forks, outcome.remarks, outcome.coverage, outcome.why,
        )
        for id_, outcome in found.outcomes.items()
    }  # fmt: skip


def shared(known: GivenOutcomes, given_ones: Mapping[str, object], period: Period) -> object:
    """What comes of them where others were met; None where that is not known of each."""
    case = known.case(given_ones, period)
    if case is None:
        return None
    found = case.outcomes
    return {
        id_: outcome
        and (
            outcome.verdict, outcome.worst, outcome.best, outcome.reasons, outcome.deciding,
            outcome.deciding_exact, outcome.forks, outcome.remarks, outcome.coverage, outcome.why,
        )
        for id_, outcome in found.items()
    }  # fmt: skip


# A rule


def test_the_ends_are_those_of_the_trace() -> None:
    rng, tried = dice(7), 0
    for form in list(every_form(NAMES))[::4]:
        rule = goalrules.rule(text(form, "en", random_style(rng)), NAMES)
        program = rule._rule.program  # noqa: SLF001
        for _ in range(8):
            drawn = {name: rng.choice(WORDS) for name in NAMES}
            members = read_all(program.rule, drawn)
            taken = program.taken(members)
            traced = evaluate(program.rule.level_rule, taken).ends
            assert program.ends(taken) == traced, (rule.text, drawn)
            case = tuple(map(state_of, members.values()))
            assert RuleProgram(program.rule).plain_ends(members, case) == traced
            tried += 1
    assert tried > 800


def test_a_rule_on_words_is_the_rule_on_rows() -> None:
    rng = dice(8)
    for form in list(every_form(NAMES))[::29]:
        rule = goalrules.rule(text(form, "en", random_style(rng)), NAMES)
        for _ in range(6):
            drawn = {
                name: rng.choice((*WORDS, "gul", "missing")) for name in NAMES[: rng.randint(0, 4)]
            }
            rows, _ = rows_from_python(drawn)
            known, fresh = rule.evaluate(drawn), rule.evaluate(rows)
            assert known == fresh
            for each in ("verdict", "worst", "best", "level", "reasons", "deciding", "why"):
                assert getattr(known, each) == getattr(fresh, each)
            assert rule.verdict(drawn) == rule.verdict(rows) == known.verdict


@pytest.mark.parametrize(
    "outcomes", [{"a": 1}, {"a": "74,5"}, {"z": "green"}, {"a": "grene"}, {"a": []}]
)
def test_what_is_no_words_goes_as_a_row(outcomes: dict[str, object]) -> None:
    rule = goalrules.rule("any green", NAMES)
    for _ in range(2):
        with pytest.raises(goalrules.OutcomeError):
            rule.evaluate(outcomes)


# A plan


@pytest.mark.parametrize("period", ["2025", "2025-03", "T2 2025"])
def test_outcomes_by_name_are_as_if_each_were_new(plan: goalrules.RuleSet, period: str) -> None:
    rng, when = dice(len(period)), plan.period_of(period)
    known, met = GivenOutcomes(PlanPrograms(plan._plan)), 0  # noqa: SLF001
    for _ in range(30):
        drawn: dict[str, object] = {
            name: rng.choice((*WORDS, *NUMBERS, "74,9", "12 %", "planned"))
            for name in rng.sample(names_of(plan), 4)
        }
        found = shared(known, drawn, when)
        met += found is not None
        assert found is None or found == alone(plan, drawn, when), drawn
    assert met > 5


@pytest.mark.parametrize("period", ["2025", "2025-03", "T2 2025"])
def test_what_is_looked_at_is_found_as_rows_that_are_bound_anew_give_it(
    plan: goalrules.RuleSet, period: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(period_program, "MOST_CELLS", 3)
    rng, when, met = dice(len(period)), plan.period_of(period), 0
    programs = PlanPrograms(plan._plan)  # noqa: SLF001
    known = GivenOutcomes(programs)
    for _ in range(40):
        drawn = {
            name: rng.choice((*WORDS, *NUMBERS, "74,9", "forecast 74,9", "planned"))
            for name in rng.sample(names_of(plan), 4)
        }
        case = known.case(drawn, when)
        if case:
            found = case.program.found(case.given, "rules")
            fresh = assess(programs, rows_from_python(drawn)[0], when, "rules")
            assert found.trace == fresh.trace, drawn
            assert found.goal_states == fresh.goal_states, drawn
            assert found.outcomes == case.outcomes
            met += 1
    assert met > 8


def test_outcomes_that_were_read_by_name_are_not_bound_again_to_be_looked_at(
    plan: goalrules.RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = plan.assess(dict.fromkeys(names_of(plan)[:3], "green"))
    monkeypatch.delattr(goalrules.RuleSet, "bind")
    assert found.trace.goals


@pytest.mark.parametrize("period", ["2025", "2025-03"])
def test_a_number_is_judged_by_the_bounds_between_which_it_lies(
    plan: goalrules.RuleSet, period: str
) -> None:
    when, programs = plan.period_of(period), PlanPrograms(plan._plan)  # noqa: SLF001
    known, crossed = GivenOutcomes(programs), 0
    for name in names_of(plan):
        known.case({name: 1}, when)
        program = known._periods[when]  # noqa: SLF001
        levels = program._levels.get(name)  # noqa: SLF001
        if levels is None:
            assert name == "said"
            continue
        for cut in levels._cuts:  # noqa: SLF001
            exact = Decimal(cut.numerator) / Decimal(cut.denominator)
            for near in (
                exact,
                exact - Decimal("1e-25"),
                exact + Decimal("1e-25"),
                float(cut),
                int(cut),
            ):
                drawn = {name: near}
                assert shared(known, drawn, when) == alone(plan, drawn, when), drawn
                crossed += 1
    assert crossed > 30


def test_a_float_at_a_bound_is_told_by_its_digits() -> None:
    third = Fraction(1, 3)
    cells = [cast("Any", each) for each in ("below", "on", "above")]
    levels: Any = NumberLevels([third], cells)
    quarter: Any = NumberLevels([Fraction(1, 4)], cells)
    assert levels.of(1 / 3) == "below"  # 0.3333333333333333
    assert levels.of(0.33333333333333337) == "above"
    assert levels.of(Decimal("0.34")) == "above"
    assert quarter.of(0.25) == "on"
    assert levels.of(float("nan")) is None
    assert levels.of(1e300) is None


@pytest.mark.parametrize("year", YEARS)
@given(data=st.data())
@dear(12)
def test_whatever_is_given_of_the_founding_plans(year: int, data: st.DataObject) -> None:
    rules, drawn = rule_set(year), data.draw(outcomes(year))
    when = rules.period_of(data.draw(st.sampled_from([f"{year}", f"{year}-05", f"T1 {year}"])))
    known = GivenOutcomes(PlanPrograms(rules._plan))  # noqa: SLF001
    for _ in range(2):
        found = shared(known, drawn, when)
        assert found is None or found == alone(rules, drawn, when)


def test_two_names_of_one_indicator_and_two_decimal_marks_are_no_words() -> None:
    plan = goalrules.loads(EVERY_KIND)
    when = plan.period_of("2025")
    known = GivenOutcomes(PlanPrograms(plan._plan))  # noqa: SLF001
    assert known.case({"high": "1,5", "amid": "6,5"}, when)
    assert known.case({"high": "1.5", "amid": "6,5"}, when) is None
    assert known.case({"own": 1, "2/own": 1}, when) is None
    assert known.case({"own": True}, when) is None
    assert known.case({"own": {"value": 1}}, when) is None
    assert known.case({cast("str", 5): 1}, when) is None
    for _ in range(2):
        assert known.case({"own": "1.500"}, when) is None


def test_values_worked_out_of_others_go_by_rows() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\nvalid 2025\ngoal 1 "G"\n  indicator a\n  indicator b\n'
        "  indicator c = sum of a, b\n    target at least 3\n  green when c green\n"
    )
    result = rules.assess({"a": 1, "b": 2})
    assert result["1"].verdict == "met"
    assert result["1"].text("en")


def test_a_level_that_its_own_figure_contradicts_in_an_earlier_month_is_told() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\nvalid 2025\ngoal 1 "G"\n  indicator a\n    total per year\n'
        "    target at least 120\n    expected evenly over the year\n  green when a green\n"
    )
    rows = [
        {"indicator": "a", "period": "2025-01", "value": 1, "level": "green"},
        {"indicator": "a", "period": "2025-02", "value": 30},
    ]
    with pytest.raises(goalrules.OutcomeError, match="level-contradicts-value"):
        rules.assess(rows, "2025-02")
    right = [{**rows[0], "value": 10}, rows[1]]
    assert rules.assess(right, "2025-02")["1"].verdict == "met"


# Tables that are full, and several at once


def test_full_tables_are_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, names in (
        (rule_program, ["MOST_OUTCOMES", "MOST_DIAGRAMS"]),
        (evaluate_module, ["MOST_SIZES"]),
        (plan_program, ["MOST_GROUPS"]),
        (period_program, ["MOST_CELLS", "MOST_CASES", "MOST_PERIODS"]),
        (standalone, ["MOST_CASES"]),
        (goalrules.api, ["MOST_PERIODS"]),
    ):
        for name in names:
            monkeypatch.setattr(module, name, 2)
    rng, rules, rule = dice(9), goalrules.loads(EVERY_KIND), goalrules.rule("2 of 4 green", NAMES)
    for number in range(40):
        drawn: dict[str, object] = {name: rng.choice((*WORDS, "74", 3)) for name in OWN}
        period = ("2025", "2025-03", "T1 2025", "2024")[number % 4]
        fresh = alone(rules, drawn, rules.period_of(period))
        assert fresh is None or rules.assess(drawn, period).verdicts() == {
            id_: came and came[0] for id_, came in cast("dict[str, tuple[str, ...]]", fresh).items()
        }
        words = {name: rng.choice(WORDS) for name in NAMES}
        assert rule.evaluate(words) == rule.evaluate(rows_from_python(words)[0])
    for level in ("red", "yellow", "green", "red"):
        given: dict[str, object] = dict.fromkeys(OWN, level)
        rows = [{"indicator": name, "level": level} for name in OWN]
        assert rules.assess(given, "2025").verdicts() == rules.assess(rows, "2025").verdicts()
    groups = goalrules.loads(
        'goalrules 1 en\nvalid 2025\ngoal 1 "G"\n  group acts as reported\n'
        "  green when all of acts green\n"
    )
    for number in range(1, 6):
        several = [{"indicator": f"acts/{n}", "level": "green"} for n in range(number)]
        assert groups.assess(several)["1"].verdict == "met"


def test_eight_threads_share_small_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_program, "MOST_OUTCOMES", 3)
    monkeypatch.setattr(period_program, "MOST_CELLS", 5)
    monkeypatch.setattr(period_program, "MOST_CASES", 4)
    monkeypatch.setattr(standalone, "MOST_CASES", 4)
    rules, rule = goalrules.loads(EVERY_KIND), goalrules.rule("2 of 4 green", NAMES)
    rng, together = dice(10), threading.Barrier(8)
    cases = [{name: rng.choice((*WORDS, 3, 76)) for name in OWN} for _ in range(12)]
    words = [{name: rng.choice(WORDS) for name in NAMES} for _ in range(12)]

    def work(_: int) -> list[str]:
        together.wait()
        judged = [repr(rules.assess(case, "2025").verdicts()) for case in cases]
        told = [rule.evaluate(case).text("en") for case in words]
        return [*judged, *told, rules.assess(cases[0], "2025").text("en")]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(8)))
    assert all(each == found[0] for each in found)
    fresh = [goalrules.loads(EVERY_KIND).assess(case, "2025").verdicts() for case in cases]
    assert found[0][: len(cases)] == [repr(each) for each in fresh]


def test_two_tenants_are_each_as_alone() -> None:
    one, other = goalrules.loads(EVERY_KIND), goalrules.loads(EVERY_KIND.replace("75", "80"))
    for number in (74, 76, 81):
        assert one.assess({"1/low": number})["1"].trace.members[0].worst == (
            "green" if number >= 75 else "red"
        )
        assert other.assess({"1/low": number})["1"].trace.members[0].worst == (
            "green" if number >= 80 else "red"
        )


def test_states_are_one_object_each() -> None:
    rule = goalrules.rule("any green", NAMES)
    members = read_all(rule._rule.program.rule, dict.fromkeys(NAMES, "green"))  # noqa: SLF001
    assert len({state_of(each) for each in members.values()}) == 1
    assert Ends(0, 1) == Ends(0, 1)


def test_a_verdict_with_too_many_cases_has_no_reason_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(diagram.Budget, "take", too_many)
    rule = goalrules.rule("2 of 4 green", NAMES)
    for level in ("green", "yellow", "red"):
        found = rule.evaluate(dict.fromkeys(NAMES, level))
        assert (found.verdict, found.why) == ("met" if level == "green" else "not met", ())


def too_many(*_: object) -> None:
    """Say that a question has more cases than are looked at."""
    raise diagram.OverBudgetError


@pytest.mark.parametrize("period", ["2025", "2025-03"])
def test_what_was_found_is_the_same_by_name_and_by_rows(
    plan: goalrules.RuleSet, period: str
) -> None:
    rng = dice(12)
    for _ in range(10):
        drawn: dict[str, object] = {
            name: rng.choice((*WORDS, 3, 76)) for name in rng.sample(names_of(plan), 4)
        }
        rows, _ = rows_from_python(drawn)
        by_name, by_rows = plan.assess(drawn, period), plan.assess(rows, period)
        bound = plan.bind(rows, 2025).assess(period)
        assert by_name.verdicts() == by_rows.verdicts() == bound.verdicts()
        assert by_name.trace == by_rows.trace == bound.trace


def test_rows_of_a_month_are_looked_at_once_and_told_in_each_period() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\nvalid 2025\ngoal 1 "G"\n  indicator a\n    unit "%"\n'
        "    target at least 75\n  green when a green\n"
    )
    sound = rules.bind([{"indicator": "a", "period": "2025-01", "value": 80}], 2025)
    wrong = rules.bind([{"indicator": "a", "period": "2025-01", "value": "80 st", "level": "red"}])
    for period in ("2025-01", "2025-02", "2025"):
        assert sound.assess(period).trace
        with pytest.raises(goalrules.OutcomeError):
            wrong.assess(period)


def test_an_indicator_that_is_named_twice_is_refused_as_in_rows() -> None:
    rules = goalrules.loads(EVERY_KIND)
    with pytest.raises(goalrules.OutcomeError) as error:
        rules.assess({"low": "green", "1/low": "red"}, 2025)
    assert {each.code for each in error.value.diagnostics} == {"duplicate-row"}
