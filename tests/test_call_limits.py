"""Limits of one call: steps, rows, bytes and a deadline, and that they change nothing else."""

import copy
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_outcomes import example, outcomes_path, rules_path
from imports import ROOT

import goalrules
from goalrules import LimitError, Limits, limits
from goalrules.analyse.diagram import OverBudgetError
from goalrules.limits import LimitReachedError, bytes_left, step, take_bytes, take_row, within

DEADLINE, AFTER = 0.1, 0.05
TRIES = 5
"""How often a deadline is tried: another process may have the machine meanwhile."""

MONTHS = ROOT / "examples" / "utfall-2025-manader.xlsx"
AMPLE = Limits(steps=10**12, rows=10**12, bytes=10**12, deadline=1e6)

GREEN: dict[str, object] = {"a": "green", "b": "green"}

Call = Callable[[Limits | None], object]


def large_rules(share: int) -> str:
    """Goals of members with weights that are all different, as they are dearest to look at."""
    lines = ["goalrules 1 en", "valid 2025"]
    for goal in range(6):
        names = [f"g{goal}m{number}" for number in range(30)]
        lines += [f'goal {goal} "T"']
        for number, name in enumerate(names):
            lines += [f"indicator {name}", f"weight {97 + number * 37 + goal}"]
        lines += [f"green when at least {share} % green"]
        lines += [
            f"yellow when at least {share // 2} % green or ({names[1]} green and {names[2]} green)"
        ]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that take seconds to read."""
    path = tmp_path_factory.mktemp("large")
    rows = [f"i{n % 500};{n};2025-{n % 12 + 1:02};x" for n in range(90_000)]
    (path / "rows.csv").write_text("indicator;value;period;comment\n" + "\n".join(rows))
    entries = [{"indicator": f"i{n % 500}", "value": n, "period": "2025"} for n in range(90_000)]
    (path / "rows.json").write_text(json.dumps(entries))
    decided = [f"{n};met;2025;B;2025-02-17;x" for n in range(50_000)]
    (path / "judged.csv").write_text("goal;judgement;period;by;date;reason\n" + "\n".join(decided))
    goals = "".join(f'goal {n} "T" indicator a{n} green when a{n} green\n' for n in range(800))
    (path / "rules.goals").write_text(f"goalrules 1 en\nvalid 2025\n{goals}")
    pairs = "\n".join(f"a{n};b{n}" for n in range(40_000))
    (path / "pairs.csv").write_text(f"old;new\n{pairs}")
    return path


BRACKETS = "goalrules 1 en\n" + "(" * 390_000
ESCAPES = b'["' + b"\\u0041" * 7_000_000 + b'"]'

LONG: dict[str, Callable[[Path], Call]] = {
    "load": lambda path: lambda given: goalrules.load(path / "rules.goals", limits=given),
    "loads": lambda path: lambda given: goalrules.loads(
        (path / "rules.goals").read_text(), limits=given
    ),
    "read csv": lambda path: lambda given: goalrules.read_outcomes(path / "rows.csv", limits=given),
    "read json": lambda path: lambda given: goalrules.read_outcomes(
        path / "rows.json", limits=given
    ),
    "judgements": lambda path: lambda given: goalrules.read_judgements(
        path / "judged.csv", limits=given
    ),
    "pairs": lambda path: lambda given: goalrules.read_pairs(path / "pairs.csv", limits=given),
    "brackets": lambda _: lambda given: goalrules.loads(BRACKETS, limits=given),
    "escapes": lambda _: lambda given: goalrules.read_outcomes(ESCAPES, limits=given),
    "check": lambda _: lambda given: goalrules.loads(large_rules(61)).check(limits=given),
}  # fmt: skip


def over(call: Call, given: Limits) -> tuple[LimitError, float]:
    """The error that a call ends with, and how many seconds it took."""
    start = time.perf_counter()
    with pytest.raises(LimitError) as ended:
        call(given)
    return ended.value, time.perf_counter() - start


def in_time(call: Call) -> bool:
    """Whether a call with a deadline ends soon after it."""
    error, took = over(call, Limits(deadline=DEADLINE))
    assert error.limit == "deadline"
    return took < DEADLINE + AFTER


@pytest.mark.parametrize("case", LONG)
def test_a_deadline_ends_what_is_read(case: str, folder: Path) -> None:
    call = LONG[case](folder)
    if case == "check":
        rules = goalrules.loads(large_rules(61))
        call = lambda given: rules.check(limits=given)  # noqa: E731 - as those above
    assert any(in_time(call) for _ in range(TRIES))


def test_a_deadline_ends_a_question() -> None:
    rules, other = goalrules.loads(large_rules(61)), goalrules.loads(large_rules(67))
    found = rules.assess({})
    questions: list[Call] = [
        lambda given: rules.check(limits=given),
        lambda given: [rules.influence(limits=given) for _ in range(9)],
        lambda given: found.gap(limits=given),
        lambda given: goalrules.diff(rules, other, limits=given),
    ]
    for each in questions:
        with pytest.raises(LimitError) as ended:
            each(Limits(deadline=0))
        assert ended.value.limit == "deadline"
    for each in (questions[0], questions[3]):
        assert any(in_time(each) for _ in range(TRIES))


def many_goals() -> goalrules.RuleSet:
    """Goals with one indicator each, and a goal with many."""
    goals = "".join(f'goal {n} "T" indicator a{n} green when a{n} green\n' for n in range(200))
    wide = "".join(f"indicator w{n}\n" for n in range(800))
    share = "green when at least 60 % green\nyellow when at least 30 % green"
    return goalrules.loads(f'goalrules 1 en\nvalid 2025\n{goals}goal w "T"\n{wide}{share}')


def outcomes_of(rules: goalrules.RuleSet, months: int) -> list[dict[str, object]]:
    """An outcome of each indicator in each of some months."""
    return [
        {"indicator": each.name, "value": "green", "period": f"2025-{month:02}"}
        for month in range(1, months + 1)
        for goal in rules.goals.values()
        for each in goal.indicators
    ]


def test_a_deadline_ends_an_assessment_and_what_is_asked_of_it() -> None:
    rules = many_goals()
    rows = outcomes_of(rules, 12)
    judged = {"judgement": "met", "period": 2025, "by": "B", "date": "2026-02-17", "reason": "x"}
    decided = [{"goal": "1", **judged}] * 2_000
    bound = rules.bind(rows[: len(rows) // 6], 2025)
    found, names = rules.assess({}), [f"m{number}" for number in range(3_000)]
    rule = goalrules.rule("at least 60 % green", names)
    green: dict[str, object] = dict.fromkeys(names, "green")
    calls: dict[str, Call] = {
        "assess": lambda given: rules.assess(rows, limits=given),
        "assess by name": lambda given: rules.assess(
            dict.fromkeys(rules.goals["w"].members, "green"), limits=given
        ),
        "judgements": lambda given: rules.assess({}, 2025, decided, limits=given),
        "year": lambda given: rules.assess_year(rows, limits=given),
        "bind": lambda given: rules.bind(rows, 2025, limits=given),
        "bound": lambda given: bound.assess(limits=given),
        "what if": lambda given: found.what_if({"w1": "green", "w2": "red"}, limits=given),
        "to reach": lambda given: found["w"].to_reach("green", limits=given),
        "margin": lambda given: found["w"].margin(limits=given),
        "to collect": lambda given: found["w"].to_collect(limits=given),
        "gap": lambda given: found.gap(limits=given),
        "rule": lambda given: goalrules.rule("all green", names * 9, limits=given),
        "evaluate": lambda given: rule.evaluate(green, limits=given),
        "evaluate many": lambda given: rule.evaluate_many([green] * 99, limits=given),
        "rule and outcomes": lambda given: goalrules.evaluate("any green", green, limits=given),
    }
    for call in calls.values():
        error, _ = over(call, Limits(deadline=0))
        assert error.limit == "deadline"
    for name in ("assess", "judgements", "year", "bind", "rule", "evaluate many"):
        assert any(in_time(calls[name]) for _ in range(TRIES)), name


# What is counted


def test_each_limit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    path.write_text("indicator;value\n" + "a;1\n" * 20)
    size = path.stat().st_size
    rules = goalrules.loads(large_rules(61))
    found, rule = rules.assess({})["1"], goalrules.rule("all green", GREEN)

    def load(given: Limits | None) -> object:
        return goalrules.load(rules_path(2025), limits=given)

    def read(given: Limits | None) -> object:
        return goalrules.read_outcomes(path, limits=given)

    def unpack(given: Limits | None) -> object:
        return goalrules.read_outcomes(MONTHS, limits=given)

    calls: list[tuple[Call, Limits, str]] = [
        (load, Limits(steps=100), "steps"),
        (load, Limits(bytes=99), "bytes"),
        (read, Limits(rows=19), "rows"),
        (read, Limits(bytes=size - 1), "bytes"),
        (read, Limits(deadline=0), "deadline"),
        (unpack, Limits(bytes=MONTHS.stat().st_size + 10), "bytes"),
        (lambda given: example(2025).gap(limits=given), Limits(steps=9), "steps"),
        (lambda given: goalrules.evaluate("all a", GREEN, limits=given), Limits(steps=1), "steps"),
        (lambda given: rule.evaluate(GREEN, limits=given), Limits(rows=1), "rows"),
        (lambda given: goalrules.rule("all green", GREEN, limits=given), Limits(steps=1), "steps"),
        (lambda given: rules.assess(GREEN, limits=given), Limits(rows=1), "rows"),
        (lambda given: rules.assess([GREEN] * 9, limits=given), Limits(rows=8), "rows"),
        (lambda given: rules.assess({}, 2025, [GREEN] * 9, limits=given), Limits(rows=8), "rows"),
        (lambda given: rules.assess({}, limits=given), Limits(steps=3), "steps"),
        (lambda given: found.margin(limits=given), Limits(steps=3), "steps"),
        (lambda given: found.to_reach("met", limits=given), Limits(steps=3), "steps"),
        (lambda given: found.to_collect(limits=given), Limits(steps=3), "steps"),
    ]
    for call, given, name in calls:
        error, _ = over(call, given)
        assert (error.limit, [each.code for each in error.diagnostics]) == (name, ["limit-reached"])
        assert name in str(error)
    rows = goalrules.read_outcomes(path, limits=Limits(rows=20, bytes=size))
    assert len(rows) == 20
    with pytest.raises(goalrules.FileError) as missing:
        goalrules.read_outcomes(tmp_path / "none", limits=Limits(bytes=0))
    assert missing.value.diagnostics[0].code == "no-such-file"


def test_limits_that_any_call_has_are_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    large, _ = over(lambda _: goalrules.load(b"#" * 4_000_001), Limits())
    assert (large.limit, large.diagnostics[0].code) == ("bytes", "too-large")
    found = example(2024)["4"]
    monkeypatch.setattr("goalrules.analyse.diagram.Budget.take", over_budget)
    text, _ = over(lambda _: goalrules.loads("#" * 4_000_001), Limits())
    assert (text.limit, text.diagnostics[0].code) == ("bytes", "too-large")
    dear, _ = over(lambda _: found.to_reach("met"), Limits())
    assert (dear.limit, dear.diagnostics[0].code) == ("steps", "over-budget")


def over_budget(*_: object) -> None:
    """No step is left."""
    raise OverBudgetError


def test_an_error_says_its_limit_in_the_language_of_the_rules() -> None:
    english = goalrules.loads(large_rules(61))
    error, _ = over(lambda given: english.check(limits=given), Limits(steps=5))
    assert str(error).startswith(
        "limits:1:1: the call takes more than it may by its limit steps: 5"
    )
    swedish, _ = over(lambda given: goalrules.load(rules_path(2025), limits=given), Limits(steps=5))
    assert str(swedish).startswith("limits:1:1: anropet tar mer än det får")
    again = copy.copy(error)
    assert (str(again), again.limit, again.diagnostics) == (str(error), "steps", error.diagnostics)


@pytest.mark.parametrize(
    "given", [{"steps": -1}, {"rows": 1.5}, {"bytes": True}, {"deadline": "1"},
              {"deadline": float("nan")}, {"deadline": -0.1}],
)  # fmt: skip
def test_what_is_no_limit_is_refused(given: dict[str, object]) -> None:
    [name] = given
    with pytest.raises(ValueError, match=f"{name} is a number from 0 up"):
        Limits(**given)  # type: ignore[arg-type]


def test_a_call_within_another_takes_of_both() -> None:
    assert bytes_left() is None
    with within(Limits(bytes=10)):
        take_bytes(4)
        with within(Limits(steps=1)):
            assert bytes_left() == 6
            with within(Limits(bytes=100)):
                assert bytes_left() == 6
                take_bytes(1)
            with within(Limits(bytes=2)):
                assert bytes_left() == 2
        with within(None):
            assert bytes_left() == 5
        with within(Limits()), pytest.raises(LimitReachedError, match="bytes"):
            take_bytes(6)
        assert bytes_left() == 0
    assert bytes_left() is None
    with within(Limits(rows=0)), within(Limits()), pytest.raises(LimitReachedError, match="rows"):
        take_row()
    step()


def test_threads_count_apart() -> None:
    found: list[int | None] = []
    with within(Limits(bytes=5)):
        thread = threading.Thread(target=lambda: found.append(bytes_left()))
        thread.start()
        thread.join()
    assert found == [None]


# What is not reached changes nothing


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_limit_that_is_not_reached_changes_nothing(year: int) -> None:
    free, bound = (goalrules.load(rules_path(year), limits=each) for each in (None, AMPLE))
    files = [outcomes_path(year), MONTHS]
    read = [
        [goalrules.read_outcomes(path, year, limits=each) for path in files]
        for each in (None, AMPLE)
    ]
    assert read[0] == read[1]
    answers = [
        (
            rules.check(limits=given).to_dict(),
            rules.influence(limits=given).to_dict(),
            rules.assess(read[0][0], limits=given).gap(limits=given).to_dict(),
            [
                answer.to_dict()
                for goal in rules.assess(read[0][0]).values()
                for answer in (
                    goal.to_reach("met", limits=given),
                    goal.margin(limits=given),
                    goal.to_collect(limits=given),
                )
            ],
            goalrules.diff(goalrules.load(rules_path(2024)), rules, limits=given).to_dict(),
        )
        for rules, given in ((free, None), (bound, AMPLE))
    ]
    assert answers[0] == answers[1]


def test_a_limit_that_is_not_reached_changes_nothing_of_a_year() -> None:
    rules, rows = goalrules.load(rules_path(2025)), goalrules.read_outcomes(MONTHS, 2025)
    found = [rules.assess_year(rows, limits=given).to_dict() for given in (None, AMPLE)]
    assert found[0] == found[1]


def test_json_is_read_alike_with_limits(tmp_path: Path) -> None:
    path = tmp_path / "u.json"
    for text in ('[{"indicator": "a, {[\\"b", "value": 1}]', '[{"indicator": "a', "[[[", "["):
        path.write_text(text)
        found = []
        for each in (None, AMPLE):
            try:
                found.append(repr(goalrules.read_outcomes(path, limits=each)))
            except goalrules.OutcomeError as error:
                found.append(str(error))
        assert found[0] == found[1]


def test_no_clock_is_read_without_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    def read() -> float:
        raise AssertionError("the clock was read")

    monkeypatch.setattr(limits, "monotonic", read)
    given = Limits(steps=10**9, rows=10**9, bytes=10**9)
    for each in (None, given):
        rules = goalrules.load(rules_path(2025), limits=each)
        goalrules.read_outcomes(outcomes_path(2025), limits=each)
        rules.influence(limits=each)
    with pytest.raises(AssertionError):
        goalrules.load(rules_path(2025), limits=Limits(deadline=1))
