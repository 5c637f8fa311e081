"""The Python contract: its own words, rules that are asked, and what stays as it is."""

import re
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from cases import dear
from drawn_outcomes import ROOT, outcomes, rule_set
from hypothesis import given
from hypothesis import strategies as st

import goalrules

# The contract's own words


def python_of_the_contract() -> str:
    """The example in the package's own documentation."""
    found = re.search(r"```python\n(.*?)```", goalrules.__doc__ or "", re.DOTALL)
    assert found
    return found[1]


def test_the_documented_example_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(python_of_the_contract(), {})  # noqa: S102 - the example is our own
    assert capsys.readouterr().out.startswith("open\n")


def test_the_contract_runs_as_written() -> None:
    rules = goalrules.load(str(ROOT / "rulesets" / "socialnamnden-2025.goals"))
    assert list(rules.goals["5"].members) == [
        "budgetföljsamhet", "avtalstrohet", "effektiva-insatser", "e-ansökningar",
        "omvandlingsgrad",
    ]  # fmt: skip
    result = rules.assess({"budgetföljsamhet": "green", "avtalstrohet": 83.1}, period="2025")
    goal = result["5"]
    assert (goal.verdict, goal.level) == ("open", None)
    assert (goal.worst, goal.best) == ("red", "green")
    assert goal.trace.steps
    assert goal.text("sv") != goal.text("en")
    assert goal.text() == goal.text("sv")
    assert result.to_dict()["goals"][-2]["id"] == "5"
    bare = goalrules.evaluate(
        "2 of 3 green, rest ≥ yellow", {"a": "green", "b": "green", "c": "red"}
    )
    assert (bare.verdict, bare.level, bare.id) == ("not met", None, "")


def test_every_public_name_is_there() -> None:
    assert all(hasattr(goalrules, name) for name in goalrules.__all__)
    assert not hasattr(goalrules, "evalute")


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_goals_stand_in_the_order_of_the_file(year: int) -> None:
    rules = rule_set(year)
    result = rules.assess({})
    assert list(result) == list(rules.goals) == [each.id for each in result.trace.goals]
    assert len(result) == len(rules.goals)
    for goal in rules.goals.values():
        assert tuple(each.name for each in result[goal.id].trace.members) == goal.members


def test_what_a_goal_is() -> None:
    goal, contribution = (rule_set(2025).goals[name] for name in ("1.1", "KF1"))
    assert (goal.kind, contribution.kind) == ("goal", "contribution")
    assert goal.title == "Invånare har god tillgång till förebyggande insatser"
    assert goal.area == "Socialt hållbara Södertälje"


def test_a_goal_that_is_followed_up_has_no_verdict() -> None:
    for year, name in ((2024, "KF10"), (2025, "KF6")):
        goal = rule_set(year).assess({"hme": "green"})[name]
        assert (goal.verdict, goal.level, goal.worst, goal.best) == (None, None, None, None)
        assert (goal.reasons, goal.deciding) == ((), ())
        assert goal.trace.followed_up
        assert goal.text("sv")


def test_some_goals_alone() -> None:
    result = rule_set(2025).assess({})
    assert list(result.only(["5", "1.1", "5"])) == ["1.1", "5"]
    assert result.only([]) == result
    with pytest.raises(goalrules.QuestionError) as caught:
        result.only(["KF 5", "x", "5"])
    assert [each.facts["text"] for each in caught.value.diagnostics] == ["KF 5", "x"]
    assert caught.value.diagnostics[0].facts["nearest"] == "KF5"
    with pytest.raises(KeyError):
        result["99"]


# What a rule says


def small(rules: str, outcomes: Mapping[str, object]) -> tuple[str | None, str | None]:
    """The verdict and the level of a goal with the indicators a, b and c."""
    head = 'goalrules 1 en\nvalid 2025\ngoal 1 "G" indicator a indicator b indicator c\n'
    goal = goalrules.loads(head + rules).assess(outcomes)["1"]
    return goal.verdict, goal.level


THREE = "green when all green yellow when 2 of 3 green otherwise red"
ALL_RED = dict.fromkeys("abc", "red")
OF_THREE = {"a": "green", "b": "green", "c": "green"}


@pytest.mark.parametrize(
    ("rules", "change", "found"),
    [
        (THREE, {}, ("met", "green")),
        (THREE, {"c": "red"}, ("not met", "yellow")),
        (THREE, {"b": "red", "c": "red"}, ("not met", "red")),
        (THREE, {"c": None}, ("open", None)),
        (THREE, {"a": "yellow", "c": None}, ("not met", None)),
        (f"met from yellow {THREE}", {"c": None}, ("met", None)),
        (f"met from yellow {THREE}", {"c": "red"}, ("met", "yellow")),
        (f"met from yellow {THREE}", {"b": "red", "c": "red"}, ("not met", "red")),
        ("green when 2 of 3 green", {"c": None}, ("met", "green")),
        ("green when 2 of 3 green", {"b": "red", "c": "red"}, ("not met", None)),
        ("green when any green otherwise yellow", ALL_RED, ("not met", "yellow")),
        ("green when 2 of 3 green otherwise red", {"b": None, "c": "red"}, ("open", None)),
    ],
)  # fmt: skip
def test_levels_in_order_and_otherwise(
    rules: str, change: dict[str, object], found: tuple[str, str | None]
) -> None:
    assert small(rules, {**OF_THREE, **change}) == found


def test_reasons_deciding_and_what_would_follow() -> None:
    goal = rule_set(2025).assess(
        {
            "budgetföljsamhet": None,
            "avtalstrohet": 83,
            "e-ansökningar": 33,
            "omvandlingsgrad": "röd",
        }
    )["5"]
    assert goal.verdict == "open"
    assert goal.deciding == ("budgetföljsamhet",)
    assert [(each.level, each.verdict) for each in goal.trace.forks] == [
        ("red", "not met"), ("yellow", "not met"), ("green", "met"),
    ]  # fmt: skip
    missing = next(each for each in goal.reasons if each.code == "missing")
    assert missing.members == ("budgetföljsamhet", "effektiva-insatser")
    assert goal.trace.deciding_exact


def test_a_goal_with_only_a_rule_for_green_is_decided_though_its_level_is_not() -> None:
    red = dict.fromkeys(rule_set(2025).goals["1.1"].members, "red")
    result = rule_set(2025).assess({f"1.1/{name}": each for name, each in red.items()})
    goal, above = result["1.1"], result["KF1"]
    assert (goal.verdict, goal.level, goal.worst, goal.best) == ("not met", None, "red", "yellow")
    assert [each.code for each in goal.reasons] == ["unsaid"]
    assert above.verdict == "not met"


def test_a_rule_given_alone() -> None:
    rule = goalrules.rule("2 av 3 gröna varav a", ["a", "b", "c"])
    assert (rule.language, rule.members) == ("sv", ("a", "b", "c"))
    assert rule.evaluate({"a": "green", "b": "grön"}).verdict == "met"
    assert rule.evaluate({"a": "red", "b": "green", "c": "green"}).verdict == "not met"
    assert rule.evaluate({}).deciding == ("a", "b", "c")
    with pytest.raises(goalrules.OutcomeError):
        rule.evaluate({"d": "green"})
    with pytest.raises(goalrules.OutcomeError):
        rule.evaluate({"a": 5})
    for text in ("4 of 3 green", "exactly 2 green", "2 of 3 grne", ""):
        with pytest.raises(goalrules.RuleError):
            goalrules.rule(text, ["a", "b", "c"])


def test_a_goals_name_may_be_a_member_of_a_rule_given_alone() -> None:
    found = goalrules.evaluate("all of goals 1.1, 1.2 met", {"1.1": "green", "1.2": "yellow"})
    assert found.verdict == "not met"


def test_faults_of_rules_stand_in_the_error() -> None:
    with pytest.raises(goalrules.RuleError) as caught:
        goalrules.loads('goalrules 1 en\ngoal 1 "G" indicator a green when 2 of 3 green', "x.goals")
    (fault,) = caught.value.diagnostics
    assert (fault.file, fault.span.line, fault.code) == ("x.goals", 2, "wrong-size")
    assert caught.value.language == "en"
    assert isinstance(caught.value, goalrules.GoalrulesError)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\x81\x8d", "undecodable"), (b"goalrules 1 sv\n\0", "binary"), (b"", "no-header")],
)
def test_what_is_no_rule_file(tmp_path: Any, data: bytes, code: str) -> None:  # noqa: ANN401 - a path
    path = tmp_path / "a.goals"
    path.write_bytes(data)
    with pytest.raises(goalrules.RuleError) as caught:
        goalrules.load(path)
    assert [each.code for each in caught.value.diagnostics] == [code]


# What stays as it is


def handed_out() -> Iterator[Any]:
    """Objects of every kind that callers get."""
    rules = rule_set(2025)
    result = rules.assess({"avtalstrohet": 83})
    yield from (rules, rules.goals["5"], result, result["5"], result.trace, result["5"].trace)
    yield from (result["5"].reasons[0], result["5"].trace.members[1], result["5"].trace.steps[0])
    yield goalrules.rule("2 green", ["a", "b"])


def test_nothing_handed_out_can_be_changed() -> None:
    for each in handed_out():
        name = next(name for name in dir(each) if not name.startswith("_"))
        with pytest.raises((FrozenInstanceError, AttributeError)):
            setattr(each, name, None)
        with pytest.raises((FrozenInstanceError, AttributeError)):
            each.anything = None
    rules = rule_set(2025)
    goals: Any = rules.goals
    with pytest.raises(TypeError):
        goals["5"] = None
    result: Any = rules.assess({})
    with pytest.raises(TypeError):
        result["5"] = None


def test_the_json_of_a_result_is_the_callers_own() -> None:
    result = rule_set(2025).assess({})
    first = result.to_dict()
    first["goals"].clear()
    assert result.to_dict()["goals"]


def test_what_is_given_is_left_as_it_was() -> None:
    given: dict[str, object] = {"avtalstrohet": {"value": "83,1"}, "e-ansökningar": 3}
    rule_set(2025).assess(given)
    assert given == {"avtalstrohet": {"value": "83,1"}, "e-ansökningar": 3}


def test_results_that_are_equal_are_equal() -> None:
    one, other = (rule_set(2025).assess({"avtalstrohet": 83}) for _ in range(2))
    assert one.trace == other.trace
    assert one["5"] == other["5"]
    assert evolve(one["5"].trace, id="6") != other["5"].trace


def test_eight_threads_share_one_rule_set() -> None:
    together, rules = (
        threading.Barrier(8),
        goalrules.load(ROOT / "rulesets/socialnamnden-2025.goals"),
    )
    rows = goalrules.read_outcomes(ROOT / "examples" / "utfall-2025.csv")

    def work(number: int) -> list[str]:
        together.wait()
        period = ("2025", "2025-10")[number % 2]
        results = [rules.assess(rows, period) for _ in range(3)]
        return [result.text(("sv", "en")[number % 2]) + str(result.to_dict()) for result in results]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(8)))
    for kind in (0, 1):
        assert len({text for texts in found[kind::2] for text in texts}) == 1


@dear(12)
@given(data=st.data())
def test_what_is_known_is_between_worst_and_best(data: st.DataObject) -> None:
    for goal in rule_set(2024).assess(data.draw(outcomes(2024))).values():
        if goal.verdict is None:
            continue
        levels = goal.trace.levels
        worst, best = levels.index(str(goal.worst)), levels.index(str(goal.best))
        met = levels.index(goal.trace.met)
        assert worst <= best
        assert goal.verdict == ("met" if worst >= met else "open" if best >= met else "not met")
        assert goal.level == (goal.worst if worst == best else None)
        assert bool(goal.deciding or goal.reasons) or goal.verdict != "open"


# Names of members


@pytest.mark.parametrize(
    ("name", "code"),
    [("a\u200b", "unseen-character"), ("a\u00adb", "unseen-character"), ("", "no-indicator"),
     (" ", "no-indicator"), ("\ufeffa", "unseen-character"), ("a\x00", "unseen-character")],
)  # fmt: skip
def test_a_rule_takes_no_member_that_its_outcomes_cannot_name(name: str, code: str) -> None:
    for text, language in (("all green", "en"), ("alla gröna", "sv")):
        with pytest.raises(goalrules.RuleError) as refused:
            goalrules.rule(text, ["x", name])
        [found] = refused.value.diagnostics
        assert (found.code, found.file, found.path) == (code, "members", (1,))
        outcomes = {"x": "green", name: "green"}
        with pytest.raises(goalrules.OutcomeError) as unread:
            goalrules.evaluate(text, outcomes)
        with pytest.raises(goalrules.OutcomeError) as alone:
            goalrules.rule(text, ["x"]).evaluate(outcomes)
        for error in (unread.value, alone.value):
            assert [each.code for each in error.diagnostics] == [code]
        assert {each.value.language for each in (refused, unread, alone)} == {language}


def test_a_member_is_named_once_and_by_a_text() -> None:
    for names in (("a", "a"), ("a", "A"), ("e\u0301", "é")):
        with pytest.raises(goalrules.RuleError) as refused:
            goalrules.rule("all green", names)
        [found] = refused.value.diagnostics
        assert (found.code, found.facts["line"], found.path) == ("member-twice", 1, (1,))
    twice_given: tuple[dict[str, object], ...] = ({"a": "green", "A": "red"}, {"a": 1, "A": 2})
    for each in twice_given:
        for ask in (goalrules.rule("all green", ["a"]).evaluate, by_evaluate):
            with pytest.raises(goalrules.OutcomeError) as twice:
                ask(each)
            assert twice.value.diagnostics[-1].code == "duplicate-row"
    number: Any = 3
    for call in (lambda: goalrules.rule("all green", [number]), lambda: by_evaluate({number: 1})):
        with pytest.raises(TypeError, match="a member is named by a text"):
            call()


def by_evaluate(outcomes: dict[str, object]) -> goalrules.GoalResult:
    return goalrules.evaluate("all green", outcomes)
