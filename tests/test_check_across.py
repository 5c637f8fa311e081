"""What `check` finds across goals: targets that no value reaches together, and counting twice."""

from collections.abc import Iterator
from itertools import product

import pytest
from check_witness import failures

import goalrules
from goalrules.analyse.pseudo_boolean import PseudoBoolean
from goalrules.checked import Finding
from goalrules.lint.linted_rule import LintedRule
from goalrules.lint.plan_rules import PlanRules
from goalrules.text.diagnostics import WordRef

HEAD = 'goalrules 1 en\nplan "P"\nvalid 2025\n'
COLOURS = ("red", "yellow", "green")


def found(text: str, code: str) -> list[Finding]:
    """The findings of a code, each of which comes to what it claims."""
    rules = goalrules.loads(HEAD + text)
    findings = [each for each in rules.check().findings if each.code == code]
    assert [each for each in findings if failures(rules, each)] == []
    return findings


# Targets

PAIR = """{assess}
goal 1 "A" indicator x "Cases" {one} indicator y
  {rule}
goal 2 "B" indicator x {other}
  green when all green
"""
NEEDED = "green when x green and y at least yellow"
ONLY_TARGET = "assess indicators green when target reached yellow when efforts begun otherwise red"
OR_PLAN = "assess indicators green when target reached or plan followed otherwise red"
BY_PERIOD = """assess indicators monthly green when target reached monthly otherwise red
  annual green when plan followed annual otherwise red"""


def conflict(
    one: str, other: str, *, assess: str = "", rule: str = NEEDED, target: str = "target "
) -> bool:
    given = (target + each if each else "" for each in (one, other))
    first, second = given
    text = PAIR.format(assess=assess, one=first, other=second, rule=rule)
    return bool(found(text, "goals-in-conflict"))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("at least 30", "at most 25", True),
        ("at most 25", "at least 30", True),
        ("at least 30", "at most 30", False),
        ("over 30", "at most 30", True),
        ("at least 30", "under 30", True),
        ("over 30", "under 30.5", False),
        ("within ±5", "at least 6", True),
        ("within ±5", "at most -5", False),
        ("10–20", "30–40", True),
        ("10–20", "20–40", False),
        ("10–20", "under 10", True),
        ("at least 30", "at least 80", False),
        ("at most 30", "at most 10", False),
        ("at least 30", "increase", False),
        ("2024 at least 30; 2025 at least 10", "2024 at most 10; 2025 at most 20", True),
        ("2025 at least 30", "2026 at most 10", False),
        ("2025 at least 30", "at most 10", True),
        ("at least 30", "", False),
    ],
)
def test_targets_that_no_value_reaches_together(one: str, other: str, *, apart: bool) -> None:
    assert conflict(one, other) == apart


def test_only_targets_that_are_needed_are_in_conflict() -> None:
    apart = ("at least 30", "at most 10")
    assert conflict(*apart, assess=ONLY_TARGET)
    assert not conflict(*apart, assess=OR_PLAN)
    assert not conflict(*apart, rule="green when any green")
    assert not conflict(*apart, rule="green when x at least yellow and y green")
    assert not conflict(*apart, rule="green when y green")


def test_the_rule_of_the_period_says_what_is_needed() -> None:
    text = """goal 1 "A" indicator x target at least 30 {0} green when x green
goal 2 "B" indicator x target at most 10 {1} green when x green
"""
    for one, other, number in (
        ("monthly", "monthly", 1), ("annual", "annual", 0), ("monthly", "annual", 0),
    ):  # fmt: skip
        findings = found(f"{BY_PERIOD}\n{text.format(one, other)}", "goals-in-conflict")
        assert len(findings) == number


def test_bands_and_shared_indicators_are_not_in_conflict() -> None:
    bands = """goal 1 "A" indicator x levels: green ≥ 30, otherwise red green when x green
goal 2 "B" indicator x target at most 10 green when x green
"""
    shared = """goal 1 "A" indicator x target at most 10 green when x green
goal 2 "B" indicator x as in goal 1 green when x green
"""
    assert found(bands, "goals-in-conflict") == []
    assert found(shared, "goals-in-conflict") == []


# Counting twice

BELOW = """
goal 1 "A" indicator a, b {one}
goal 2 "B" indicator a as in goal 1 indicator c {other}
"""
RULES = ("green when all green", "green when any green", "green when a green otherwise red",
         "green when at least half at least yellow", "otherwise green")  # fmt: skip
ABOVE = (
    "contribution to council goal K met when all of goals 1, 2 met",
    "contribution to council goal K met when goal 1 met at least yellow when goal 2 met",
    "contribution to council goal K worst of goals 1, 2",
)


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize(("one", "other"), list(product(RULES, repeat=2)))
def test_what_is_counted_twice_is_what_trying_every_assignment_finds(
    above: str, one: str, other: str
) -> None:
    title = above.replace("goal K", 'goal K "T"')
    text = title + BELOW.format(one=one, other=other)
    told = {
        each.key  # type: ignore[union-attr]
        for finding in found(text, "counted-twice")
        for each in finding.facts["members"]  # type: ignore[union-attr]
    }
    assert told == set(_decide_both(goalrules.loads(HEAD + text)))


def _decide_both(rules: goalrules.RuleSet) -> Iterator[str]:
    """The indicators of which some case takes both goals from met to not met."""
    for name in "abc":
        others = [each for each in "abc" if each != name]
        for levels in product(COLOURS, repeat=len(others)):
            case = dict(zip(others, levels, strict=True))
            met, missed = (_verdicts(rules, {**case, name: end}) for end in ("green", "red"))
            if met == {"met"} and missed == {"not met"}:
                yield name


def _verdicts(rules: goalrules.RuleSet, levels: dict[str, str]) -> set[str | None]:
    result = rules.assess(levels)
    return {result[goal].verdict for goal in "12"}


def test_every_path_down_is_followed() -> None:
    text = """contribution to council goal K "T"
  met when all of goals 1, 3 met
  at least yellow when goal 4 met
goal 1 "A" indicator a, b green when all green
goal 2 "B" same as goal 1
goal 4 "D" otherwise green
goal 3 "C" green when goal 2 met and any of goals 2 green
"""
    (finding,) = found(text, "counted-twice")
    assert [each.key for each in finding.facts["members"]] == ["a", "b"]  # type: ignore[union-attr]


def test_what_decides_both_goals_but_never_at_once_is_not_counted_twice() -> None:
    text = """contribution to council goal K "T" met when all of goals 1, 2 met
goal 1 "A" indicator a, b green when all green
goal 2 "B" indicator a as in goal 1 indicator b as in goal 1 green when any green
"""
    assert found(text, "counted-twice") == []


def test_goals_without_a_rule_in_the_period_are_not_counted() -> None:
    text = """contribution to council goal K "T" met when all of goals 1, 2 met
goal 1 "A" indicator a monthly green when a green
goal 2 "B" indicator a as in goal 1 monthly green when a green
"""
    assert found(text, "counted-twice") == []


def test_what_would_take_too_long_is_said() -> None:
    names = [f"m{n}" for n in range(30)]
    weights = [str(1000 + n * n * 37 % 8999) for n in range(len(names))]
    own = "".join(f"indicator {name} weight {w}\n" for name, w in zip(names, weights, strict=True))
    shared = "".join(
        f"indicator {name} as in goal 1 weight {w}\n"
        for name, w in zip(names, reversed(weights), strict=True)
    )
    rule = "green when at least 60 % of weight green\n"
    text = f'{HEAD}goal 1 "A"\n{own}{rule}goal 2 "B"\n{shared}{rule}'
    text += 'contribution to council goal K "T" met when all of goals 1, 2 met\n'
    findings = goalrules.loads(text).check().findings
    told = {
        each.goal: each.facts["checks"] for each in findings if each.code == "too-large-to-check"
    }
    assert told["K"] == ("counted-twice",)
    assert all(each.fails for each in findings)


# Within one goal


def test_a_level_that_a_cap_takes_away_does_not_overlap() -> None:
    text = """goal 1 "A" indicator a, b
  green when a green
  yellow when {0}
  at most yellow unless b green
"""
    assert found(text.format("a green and b green"), "overlapping-levels") == []
    assert len(found(text.format("b green and a yellow"), "overlapping-levels")) == 0
    assert len(found(text.format("b yellow and a green"), "overlapping-levels")) == 0


def test_members_of_groups_that_are_listed_count() -> None:
    text = """goal 1 "A" indicator a, b, c group g a, b
  green when all of g green
"""
    (finding,) = found(text, "member-without-influence")
    assert finding.facts["member"] == WordRef("member", "c")


def test_quantities_within_what_is_joined_are_compared() -> None:
    text = """goal 1 "A" indicator a, b, c, d
  green when (at least 3 of 4 green and a green) or (b green and no red)
  yellow when a green or (at least 75 % green and b green)
  otherwise red
"""
    (finding,) = found(text, "same-count")
    assert (finding.facts["need"], finding.facts["size"]) == (3, 4)


# Values that two members take in opposite directions

OPPOSED = """goal 1 "A"
  indicator a {0}
  indicator b {1}
  indicator c = {2} {3}
  indicator d = sum of b, c rounded to 1 decimal {4}
  green when at least 2 green
"""
UP, DOWN = "target at least 1", "target at most 1"


@pytest.mark.parametrize(
    ("filled", "members"),
    [
        ((UP, UP, "difference between a and b", UP, UP), {"b"}),
        ((UP, DOWN, "difference between a and b", UP, UP), set()),
        ((UP, DOWN, "difference between a and b", DOWN, UP), {"a", "b", "c"}),
        ((UP, UP, "share a of b", DOWN, DOWN), {"a"}),
        ((UP, UP, "sum of a, b", UP, UP), set()),
        ((UP, UP, "sum of a, b", "target within ±1", "target within ±1"), set()),
    ],
)
def test_values_that_move_two_members_apart(filled: tuple[str, ...], members: set[str]) -> None:
    findings = found(OPPOSED.format(*filled), "open-both-ways")
    assert {each.facts["member"].key for each in findings} == members  # type: ignore[union-attr]
    assert all(each.severity == "note" for each in findings)


def in_layers(layers: int) -> str:
    """Goals two by two, each of which rests on both of those below."""
    lines = ["goalrules 1 en", "valid 2025"]
    for goal in range(2 * layers):
        first = goal - goal % 2 - 2
        own = f"goals {first}, {first + 1}" if first >= 0 else ""
        lines += [f'goal {goal} "G"', *([] if own else [f"indicator a{goal}, b{goal}"])]
        lines += [
            f"green when all{' of ' * bool(own)}{own} green",
            f"yellow when any{' of ' * bool(own)}{own} at least yellow",
            "otherwise red",
        ]
    return "\n".join([*lines, ""])


def test_what_goals_in_layers_rest_on_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    original = PlanRules._below  # noqa: SLF001 - each goal below is worked out by it

    def counted(
        self: PlanRules, formula: PseudoBoolean, linted: LintedRule, *, sure: bool
    ) -> PseudoBoolean:
        asked.append(linted.goal)
        return original(self, formula, linted, sure=sure)

    monkeypatch.setattr(PlanRules, "_below", counted)
    times = []
    for layers in (5, 10, 20):
        asked.clear()
        found = goalrules.loads(in_layers(layers)).check()
        assert {each.code for each in found.findings} == {"counted-twice"}
        times.append(len(asked))
    assert times[1] < 3 * times[0]
    assert times[2] < 3 * times[1]


def test_a_rule_of_many_caps_that_take_long_to_compare_is_refused() -> None:
    caps = [f"at most yellow when any red and a{n} red" for n in range(60)]
    members = ", ".join(f"a{n}" for n in range(62))
    lines = ["valid 2025", 'goal 1 "G"', f"indicator {members}", "green when majority green"]
    text = "\n".join(["goalrules 1 en", *lines, "otherwise red", *caps, ""])
    found = goalrules.loads(text).check()
    assert [each.code for each in found.findings] == ["too-large-to-check"]
