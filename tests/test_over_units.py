"""Rules over units, against all completions of what is missing; and who is counted."""

import json
import pickle
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from commands import run

import goalrules
from goalrules.assess.units_result import UnitsTrace
from goalrules.document import from_json
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.text.source import Source

pytestmark = pytest.mark.law

FILES = {
    "sv": """goalrules 2 sv
plan "P"
gäller 2025
{listed}
mål 1 "T"
  indikator a
    nivåer: grön minst 3, gul minst 2, annars röd
  worst
  enheterna tillsammans {rule}
""".replace("  worst", "  sämsta av alla"),
    "en": """goalrules 2 en
plan "P"
valid 2025
{listed}
goal 1 "T"
  indicator a
    levels: green at least 3, yellow at least 2, otherwise red
  worst of all
  units together {rule}
""",
}
UNITS = ("Norr", "Syd", "Öst")
LISTED = {"sv": "gäller enheterna Norr, Syd, Öst", "en": "valid for units Norr, Syd, Öst"}
Places = tuple[int, ...]
RULES: tuple[tuple[str, str, Callable[[Places], bool]], ...] = (
    ("grön om minst 2 av enheterna uppfyllda", "green when at least 2 of units met",
     lambda found: sum(each == 2 for each in found) >= 2),
    ("grön om alla enheter uppfyllda", "green when all units met",
     lambda found: all(each == 2 for each in found)),
    ("grön om minst 80 % av enheterna minst gula", "green when at least 80 % of units ≥ yellow",
     lambda found: sum(each > 0 for each in found) * 100 >= 80 * len(found)),
    ("grön om minst 2 av 3 enheter gröna, övriga minst gula",
     "green when 2 of 3 units green, rest ≥ yellow",
     lambda found: sum(each == 2 for each in found) >= 2 and min(found) > 0),
    ("grön om majoriteten av enheterna gröna varav Syd",
     "green when majority of units green including Syd",
     lambda found: sum(each == 2 for each in found) > 1 and found[1] == 2),
    ("grön om ingen enhet röd", "green when no units red", lambda found: min(found) > 0),
    ("grön om Norr uppfylld eller minst hälften av enheterna gröna",
     "green when Norr met or at least half of units green",
     lambda found: found[0] == 2 or sum(each == 2 for each in found) * 2 >= 3),
    ("sämsta av alla", "worst of all", lambda found: min(found) == 2),
    ("grön om medelpoängen minst 1,5", "green when mean of points ≥ 1.5",
     lambda found: sum(found) / 3 >= 1.5),
)  # fmt: skip
OUTCOMES = (3, 2, 1, None)


def rules_of(rule: str, language: str = "en", listed: str | None = None) -> goalrules.RuleSet:
    text = LISTED[language] if listed is None else listed
    if "poäng" in rule or "points" in rule:
        points = {"sv": "poäng grön 2, gul 1, röd 0", "en": "points green 2, yellow 1, red 0"}
        text += "\n" + points[language]
    return goalrules.loads(FILES[language].format(listed=text, rule=rule))


def together(rules: goalrules.RuleSet, outcomes: dict[str, object]) -> goalrules.GoalResult:
    """The goal in all units together, with what each unit reports."""
    found = rules.assess_units({unit: {"a": each} for unit, each in outcomes.items()}, 2025)
    assert found.together
    return found.together["1"]


@pytest.mark.parametrize(("sv", "en", "meant"), RULES)
def test_units_are_counted_as_members(sv: str, en: str, meant: Callable[[Places], bool]) -> None:
    both = rules_of(sv, "sv"), rules_of(en)
    for told in product(OUTCOMES, repeat=3):
        spread = product(*([0, 1, 2] if each is None else [each - 1] for each in told))
        possible = {meant(each) for each in spread}
        verdict = "open" if len(possible) > 1 else "met" if True in possible else "not met"
        for rules in both:
            found = together(rules, dict(zip(UNITS, told, strict=True)))
            assert found.verdict == verdict, told
            assert found.trace.units == "known"


@pytest.mark.parametrize(("sv", "en", "meant"), RULES)
def test_they_are_written_back_in_both_languages(sv: str, en: str, meant: object) -> None:
    assert meant
    texts = [
        FILES[language].format(listed=LISTED[language], rule=rule)
        for language, rule in (("sv", sv), ("en", en))
    ]
    swedish, english = (parse_file(Source("rules", each)).file for each in texts)
    assert format_file(swedish, "en").splitlines()[4:] == format_file(english).splitlines()[4:]
    assert format_file(english, "sv").splitlines()[4:] == format_file(swedish).splitlines()[4:]


ALL = "green when all units met"


def csv(*lines: str) -> bytes:
    return "\n".join(("unit;indicator;period;value", *lines)).encode()


def units(rules: goalrules.RuleSet, *lines: str) -> goalrules.Units:
    return rules.assess_units(goalrules.read_outcomes(csv(*lines)), 2025)


def test_which_units_there_are_is_listed_or_told() -> None:
    found = units(rules_of(ALL), "Norr;a;2025;3", "Syd;a;2025;3")
    assert found.together
    goal = found.together["1"]
    assert (goal.verdict, goal.deciding, [*found]) == ("open", ("Öst",), ["Norr", "Syd", "Öst"])
    assert ("missing", ("Öst",)) in [(each.code, each.members) for each in goal.reasons]
    known = units(rules_of(ALL, listed=""), "Norr;a;2025;3", "Syd;a;2025;3", "Totalt;a;2025;1")
    assert known.together
    assert known.together["1"].verdict == "met"
    assert known.together["1"].trace.units == "found"
    assert "the 2 that the data name" in " ".join(known.text("en").split())
    assert "de 2 som finns i underlaget" in " ".join(known.text("sv").split())


def test_a_unit_that_is_not_listed_is_refused() -> None:
    for unit, close in (("Nor", "Norr"), ("Centrum", "")):
        with pytest.raises(goalrules.OutcomeError) as refused:
            units(rules_of(ALL), f"{unit};a;2025;3", "Syd;a;2025;3", "Totalt;a;2025;3")
        (told,) = refused.value.diagnostics
        assert (told.code, told.facts.get("nearest") or "") == ("unit-not-listed", close)


def test_policies_of_the_goal_hold_for_a_unit_without_report() -> None:
    text = FILES["en"].format(listed=LISTED["en"], rule=ALL) + "  missing: counts as red\n"
    found = units(goalrules.loads(text), "Norr;a;2025;3", "Syd;a;2025;3")
    assert found.together
    assert found.together["1"].verdict == "not met"


def test_a_unit_with_faults_is_open() -> None:
    found = units(rules_of(ALL), "Norr;a;2025;3", "Syd;a;2025;blå", "Öst;a;2025;3")
    assert [*found.errors] == ["Syd"]
    assert found.together
    assert found.together["1"].verdict == "open"
    assert found.together["1"].deciding == ("Syd",)


def test_a_unit_in_which_the_goal_is_waived_is_not_counted() -> None:
    waived = {"1": {"judgement": "waived", "reason": "R", "by": "N", "period": "2025",
                    "date": "2026-01-01"}}  # fmt: skip
    given = {"Norr": {"a": 3}, "Syd": {"a": 1}}
    found = rules_of(ALL, listed="").assess_units(given, 2025, {"Syd": waived})
    assert found.together
    assert found.together["1"].verdict == "met"


def test_a_quorum_of_units_and_of_a_unit() -> None:
    rules = rules_of(f"{ALL}\n  units together requires 2 of units assessed", listed="")
    one: dict[str, dict[str, object]] = {"Norr": {"a": 3}, "Syd": {"a": None}}
    found = rules.assess_units(one, 2025).together
    assert found
    assert found["1"].reasons[0].code == "quorum"
    own = rules_of(f"{ALL}\n  requires 1 assessed", listed="")
    without = own.assess_units(one, 2025).together
    assert without
    assert ("quorum", ("Syd",)) in [(each.code, each.members) for each in without["1"].reasons]
    two = (
        FILES["en"]
        .format(listed="", rule=f"{ALL}\n  requires 2 assessed")
        .replace("  worst", "  indicator b\n    target at least 1\n  worst")
    )
    barred = goalrules.loads(two).assess_units({"Norr": {"a": 3}, "Syd": {"b": 3}}, 2025).together
    assert barred
    assert ("quorum", ("Norr", "Syd")) in [(e.code, e.members) for e in barred["1"].reasons]


def test_levels_periods_and_years() -> None:
    rules = rules_of(
        "annual green when all units met\n  units together green when 1 of units green\n"
        "  units together at most yellow when any units red",
        listed="",
    )
    both = {"Norr": {"a": 3}, "Syd": {"a": 2}}
    annual = rules.assess_units(both, "2025").together
    monthly = rules.assess_units(both, "2025-03").together
    assert annual
    assert monthly
    assert (annual["1"].verdict, monthly["1"].verdict) == ("not met", "met")
    only = rules_of("monthly green when all units met", listed="")
    assert only.assess_units(both, "2025").together is None


def test_an_outcome_of_another_time_makes_it_an_indication() -> None:
    found = units(rules_of(ALL, listed=""), "Norr;a;2025-06;3", "Syd;a;2025;3")
    assert found.together
    assert found.together["1"].indication


def test_goals_without_such_a_rule_have_no_verdict_together() -> None:
    more = '\ngoal 2 "U"\n  indicator b\n    target at least 1\n  green when b green\n'
    rules = goalrules.loads(FILES["en"].format(listed="", rule=ALL) + more)
    found = rules.assess_units({"Norr": {"a": 3, "b": 1}, "Syd": {"a": 3, "b": 1}}, 2025)
    assert found.together
    assert [each.verdict for each in found.together.values()] == ["met", None]
    assert "Goal 2 has no rule for the units together." in found.together.text("en")
    assert [each.id for each in found.trace.together] == ["1"]
    assert [*(found.only(["1"]).together or ())] == ["1"]
    assert found.only(["2"]).together is not None
    assert found.only(units=["Syd"]).together == found.together


def test_what_is_handed_out_can_be_sent_and_kept() -> None:
    found = units(rules_of(ALL), "Norr;a;2025;3", "Syd;a;2025;3")
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - what was just made
    document = json.loads(json.dumps(found.to_dict()))
    assert from_json(UnitsTrace, document).together == found.trace.together
    assert found.together
    assert {(each["file"]) for each in found.together.to_dict()["account"]["files"]}
    assert found.together["1"].to_reach("green").ways
    assert not rules_of(ALL).in_year(2025).check().findings


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (ALL, ALL, []),
        (ALL, "green when 2 of units met", ["together"]),
        (f"{ALL}\n  units together otherwise red", ALL, ["together"]),
    ],
)
def test_what_has_changed_in_it_is_told(old: str, new: str, codes: list[str]) -> None:
    facts = [
        each.code
        for goal in goalrules.diff(rules_of(old), rules_of(new)).trace.goals
        for each in goal.facts
    ]
    assert facts == codes
    fewer = rules_of(old, listed="valid for units syd, norr")
    told = goalrules.diff(rules_of(old), fewer).trace.goals[0].facts
    assert [each.code for each in told] == ["units"]
    same = rules_of(old, listed="valid for units öst, norr, syd")
    assert goalrules.diff(rules_of(old), same).trace.goals[0].facts == ()


def test_the_command_assesses_the_file_of_several_units(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, data = tmp_path / "r.goals", tmp_path / "u.csv"
    rules.write_text(FILES["sv"].format(listed="", rule="grön om alla enheter uppfyllda"))
    data.write_bytes(csv("Norr;a;2025;3", "Syd;a;2025;3"))
    told = run(capsys, "assess", str(rules), str(data), "--format", "tree")
    assert "Nämndmål 1 i enheterna tillsammans är uppfyllt" in told.out
    one = run(capsys, "assess", str(rules), str(data), "--unit", "Syd")
    assert one.code == 0
    assert "tillsammans" not in one.out
    data.write_bytes(csv("Norr;a;2025;3", "Syd;a;2025;blå"))
    faulty = run(capsys, "assess", str(rules), str(data))
    assert faulty.code == 1
    assert "blå" in faulty.err
    rules.write_text(FILES["sv"].format(listed="", rule="månadsvis grön om alla enheter uppfyllda"))
    data.write_bytes(csv("Norr;a;2025;3", "Syd;a;2025;3"))
    none = run(capsys, "assess", str(rules), str(data))
    assert none.code == 1
    assert "several-units" in none.err


def test_a_goal_without_a_rule_over_units_says_so() -> None:
    rules = goalrules.loads(
        'goalrules 2 sv\nmål 1 "A"\n  indikator a\n  grön om a grön\n'
        "  enheterna tillsammans grön om alla av enheterna gröna\n"
        'mål 2 "B"\n  indikator b\n  grön om b grön\n'
    )
    rows = b"enhet;indikator;bed\xc3\xb6mning\nNorr;a;gr\xc3\xb6n\nSyd;a;gr\xc3\xb6n\n"
    found = rules.assess_units(goalrules.read_outcomes(rows, 2025, each_unit=True), 2025)
    assert found.together
    assert "Nämndmål 2 har ingen regel för enheterna tillsammans." in found.together.text("sv")
    assert "Goal 2 has no rule for the units together." in found.together.text("en")


def test_all_units_together_without_any_of_them_are_no_units_to_judge() -> None:
    rules = rules_of("green when all units met", listed="")
    rows = b"unit;indicator;outcome\nTotal;a;3\n"
    found = rules.assess_units(goalrules.read_outcomes(rows, 2025, each_unit=True), 2025)
    assert (found["Total"]["1"].verdict, found.together) == ("met", None)
