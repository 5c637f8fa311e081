"""What is taken over means what it says where it is taken over: rules of goals, and named bands."""

from pathlib import Path

import pytest
from imports import ROOT
from parsing import file

import goalrules
from goalrules.language.format import format_file
from goalrules.text.languages import LANGUAGES, Language

PLAN = """goalrules 2 sv
plan "P"
gäller {years}
dokument d "D"
mål 9 "Under"
  indikator u
  grön om u grön
"""
MEMBERS = """
  indikator a
    vikt 2
  indikator b, c
  grupp g a, b
  poäng grön 2, gul 1, röd 0
"""
RULES = (
    "grön om minst 60 % gröna, övriga minst gula",
    "grön om minst 2 av 3 gröna varav a; gul om ingen röd; annars röd",
    "grön om alla av g gröna eller c grön; gul om a minst gul och (b minst gul eller c minst gul)",
    "grön om minst 60 % av vikten gröna; annars gul",
    "grön om poängsumman minst 6; gul om medelpoängen av g över 0,5; annars röd",
    "sämsta av alla; minst gul om a grön",
    "sämsta utom 1 av a, b, c; högst gul om någon röd",
    "bästa av mål 9",
    "samma som mål 9",
    "grön om mål 9 uppfyllt och någon grön; högst gul om mål 9 inte uppfyllt",
    "månadsvis grön om a grön; vid delår grön om b grön; på helår grön om alla gröna",
)
OUTCOMES = [
    (a, b, c, u)
    for a in ("green", None)
    for b in ("green", "yellow")
    for c in ("red", "ej tillämplig")
    for u in ("green",)
]


def two_goals(rule: str, second: str, years: str = "2025") -> goalrules.RuleSet:
    """A goal with a rule, and another with the same members and its own."""
    first = f'mål 1 "Ett"{MEMBERS}  {rule}\n'
    return goalrules.loads(f'{PLAN.format(years=years)}{first}mål 2 "Två"{MEMBERS}  {second}\n')


@pytest.mark.law
@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_taken_over_is_the_rule_written_out(rule: str) -> None:
    taken, written = two_goals(rule, "regel som i mål 1"), two_goals(rule, rule)
    assert taken.goals["2"].rule() == written.goals["2"].rule()
    assert taken.goals["2"].rests_on == written.goals["2"].rests_on
    for a, b, c, u in OUTCOMES:
        outcomes = {"2/a": a, "2/b": b, "2/c": c, "u": u, "1/a": "red", "1/b": "red", "1/c": "red"}
        for period in ("2025", "2025-03"):
            found = [each.assess(outcomes, period=period) for each in (taken, written)]
            one, other = (each["2"] for each in found)
            assert (one.verdict, one.worst, one.best) == (other.verdict, other.worst, other.best)
            assert one.deciding == other.deciding
            assert found[0].text("sv") == found[1].text("sv")
    assert goalrules.diff(taken, written).text("en") == goalrules.diff(written, written).text("en")


def test_the_rule_says_where_its_words_stand() -> None:
    rules = two_goals("grön om alla gröna", "regel som i mål 1")
    traces = [rules.assess({"1/a": "green"})[goal].trace for goal in ("1", "2")]
    one, other = ([step.span for step in trace.steps] for trace in traces)
    assert one == other


YEARS = "2024–2026"


def test_a_rule_is_taken_over_in_the_years_of_both_sentences() -> None:
    rules = two_goals(
        "grön om alla gröna gäller 2024 grön om a grön gäller 2025–2026",
        "regel som i mål 1 gäller 2024–2025 grön om c grön gäller 2026",
        YEARS,
    )
    green = {"2/a": "green", "2/b": "green", "2/c": "red"}
    verdicts = [rules.assess(green, period=year)["2"].verdict for year in ("2024", "2025", "2026")]
    assert verdicts == ["not met", "met", "not met"]


def test_a_goal_of_other_years_takes_over_what_holds_in_its_own() -> None:
    first = f'mål 1 "Ett"{MEMBERS}  grön om alla gröna gäller 2024 grön om a grön gäller 2025\n'
    second = f'mål 2 "Två" gäller 2025{MEMBERS}  regel som i mål 1\n'
    rules = goalrules.loads(PLAN.format(years="2024–2025") + first + second)
    assert rules.assess({"2/a": "green"}, period="2025")["2"].verdict == "met"


def codes(text: str) -> list[str]:
    """The codes of what is wrong with a file."""
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.loads(text)
    return [each.code for each in refused.value.diagnostics]


@pytest.mark.parametrize(
    ("rule", "second", "found"),
    [
        ("grön om a", "regel som i mål 1", ["name-without-level"]),
        ("grön om a", "regel som i mål 3", ["name-without-level"]),
        ("grön om alla gröna", "regel som i mål 2", ["no-rule-to-take"]),
        ("grön om alla gröna enligt e", "regel som i mål 1", ["unknown-document"]),
        ("grön om alla gröna", "regel som i mål 1 enligt e", ["unknown-document"]),
        ("grön om alla gröna", "regel som i mål 1 följs bara upp", ["rule-without-verdict"]),
        ("grön om alla gröna gäller 2024", "regel som i mål 1", ["gap-in-years"] * 2),
        (
            "grön om alla gröna",
            "regel som i mål 1 gäller 2024–2025 regel som i mål 1 gäller 2025–2026",
            ["overlapping-years"],
        ),
        (
            "grön om alla gröna",
            "regel som i mål 1 gäller 2030",
            ["no-rule", "outside-plan-years"],
        ),
    ],
)
def test_what_cannot_be_taken_over(rule: str, second: str, found: list[str]) -> None:
    first = f'mål 1 "Ett"{MEMBERS}  {rule}\n'
    text = f'{PLAN.format(years=YEARS)}{first}mål 2 "Två"{MEMBERS}  {second}\n'
    assert sorted(codes(text)) == found


def test_a_fault_in_what_is_taken_over_has_no_edit() -> None:
    text = (
        f'{PLAN.format(years=YEARS)}mål 1 "Ett"\n  indikator budget\n  grön om budget grön\n'
        'mål 2 "Två"\n  indikator budgeten\n  regel som i mål 1\n'
    )
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.loads(text)
    [fault] = refused.value.diagnostics
    assert (fault.code, fault.edits) == ("unknown-member", ())


BANDS = """goalrules 2 sv
plan "P"
gäller 2024–2025
skala s: nej < ja
gränser g: grön 80–90, gul minst 60, annars röd
gränser "h j": ja minst 5, annars nej
mål 1 "T"
  indikator a
    nivåer enligt gränser g
      gäller 2024
    nivåer enligt gränser "h j"
      gäller 2025
  indikator b på skala s
    nivåer enligt gränser "h j"
  grön om b ja
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_named_bands_are_written_and_read_as_they_stand(language: Language) -> None:
    written = format_file(file(BANDS), language)
    assert file(written).statements == file(BANDS).statements
    names = [each.body.named for each in file(written).statements if hasattr(each.body, "named")]
    assert [name.text for name in names if name] == ["g", "h j", "h j"]
    assert ("enligt gränser" if language == "sv" else "by bands") in written


def test_named_bands_in_years_and_on_two_scales() -> None:
    assert codes(BANDS) == ["unknown-level"]
    rules = goalrules.loads(BANDS.replace('nivåer enligt gränser "h j"\n      gäller 2025', "", 1)
                            .replace("gränser g\n      gäller 2024", "gränser g"))  # fmt: skip
    assert rules.assess({"a": 85, "b": 5}, period="2025")["1"].verdict == "met"
    assert rules.assess({"a": 85, "b": 4.9}, period="2025")["1"].verdict == "not met"


def test_bands_that_could_not_be_read_are_not_missed() -> None:
    goal = 'mål 1 "T"\n  indikator a\n    nivåer enligt gränser g\n  grön om a grön\n'
    assert "unknown-bands" not in codes(f"goalrules 2 sv\ngränser g: grön\n{goal}")


def test_the_plan_of_2024_has_one_rule_for_five_goals() -> None:
    text = Path(ROOT / "rulesets" / "socialnamnden-2024.goals").read_text(encoding="utf-8")
    assert text.count("regel som i mål 2") == 4
    rules = goalrules.loads(text)
    assert {rules.goals[goal].rule() for goal in "23489"} == {rules.goals["2"].rule()}
