"""The command `year`: what it prints, its faults, and its JSON as the schema says it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from commands import run
from drawn_outcomes import rules_path
from schemas import validator_of

import goalrules
from goalrules.assess.year_result import YearTrace

ROOT = Path(__file__).parents[1]
RULES, BOOK = rules_path(2025), ROOT / "examples" / "utfall-2025-manader.xlsx"
YEAR = ("year", RULES, BOOK)

SMALL = """goalrules 1 sv
plan "Liten"
gäller 2025
helhetsbedömning på helår
mål 1 "Besök"
  indikator besök
    totalt per år
    riktvärde minst 24
    förväntat: jämnt över året
  grön om besök grön
mål 2 "Kö"
  indikator kö
    riktvärde högst 5
  grön om kö grön
"""
MONTHS = (
    "indikator;period;utfall\nbesök;jan 2025;1\nbesök;feb 2025;5\nkö;jan 2025;4\nkö;feb 2025;6\n"
)


@pytest.fixture
def small(tmp_path: Path) -> tuple[object, ...]:
    """The command on two months of a small plan."""
    rules, outcomes = tmp_path / "liten.goals", tmp_path / "utfall.csv"
    rules.write_text(SMALL, encoding="utf-8")
    outcomes.write_text(MONTHS, encoding="utf-8")
    return ("year", rules, outcomes)


def test_the_year_is_printed_in_the_language_of_the_rules(
    capsys: pytest.CaptureFixture[str],
) -> None:
    year = goalrules.load(RULES).assess_year(goalrules.read_outcomes(BOOK))
    ended = run(capsys, *YEAR)
    assert (ended.code, ended.err, ended.out) == (0, "", year.text("sv"))
    one = run(capsys, *YEAR, "--goal", "5", "--lang", "en")
    assert one.out == year.only(["5"]).text("en")


def test_the_json_is_as_the_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(run(capsys, *YEAR, "--goal", "1.1", "--format", "json").out)
    validator_of(YearTrace).validate(document)
    assert (document["schema"], document["year"], document["reached"]) == (
        YearTrace.__document__, 2025, 12,
    )  # fmt: skip
    (march,) = [each for each in document["changes"] if each["month"] == 3]
    verdicts = [document["outcomes"][march[each]]["verdict"] for each in ("before", "goal")]
    assert verdicts == ["not met", "met"]
    moved = {document["states"][after]["member"] for _, after in march["moved"]}
    assert "uppsökande-aktiviteter" in moved


def test_every_option_is_heeded(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, small: tuple[object, ...]
) -> None:
    whole = run(capsys, *small)
    assert (whole.code, whole.err) == (0, "")
    file = tmp_path / "year.txt"
    ended = run(capsys, *small, "-o", file)
    assert (ended.code, ended.out) == (0, "")
    assert file.read_text(encoding="utf-8") == whole.out
    decisions = tmp_path / "beslut.csv"
    decisions.write_text(
        "mål;period;bedömning;beslutat av;datum;skäl\n1;2025;uppfyllt;Nämnden;2026-02-17;fler\n",
        encoding="utf-8",
    )
    of_goal = (*small, "--goal", "1", "--year", "2025", "--lang", "en", "--judgements", decisions)
    assert "2026-02-17" in run(capsys, *of_goal).out
    document = json.loads(run(capsys, *of_goal, "--format", "json").out)
    validator_of(YearTrace).validate(document)
    outcomes = document["outcomes"]
    assert [outcomes[each]["goal"] for each in document["annual"]["goals"]] == ["1"]
    [change] = document["changes"]
    verdicts = [outcomes[change[each]]["verdict"] for each in ("before", "goal")]
    assert (change["month"], verdicts) == (2, ["not met", "met"])


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--year", "99999"], ["unknown-period"]),
        (["--goal", "77"], ["unknown-goal"]),
        (["--judgements", "nowhere.csv"], ["no-such-file"]),
    ],
)
def test_what_is_refused(
    capsys: pytest.CaptureFixture[str],
    small: tuple[object, ...],
    options: Sequence[str],
    codes: Sequence[str],
) -> None:
    ended = run(capsys, *small, *options)
    assert (ended.code, ended.out, ended.faults) == (1, "", codes)


def test_judgements_stand_beside_the_rule(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bedomningar.csv"
    file.write_text(
        "mål;period;bedömning;beslutat av;datum;skäl\n"
        "1.1;2025;inte uppfyllt;Nämnden;2026-02-17;brukarbedömningen\n"
        "1.1;jan–jun 2025;uppfyllt;Nämnden;2025-08-26;brukarbedömningen\n"
        "1.1;jan–jun 2024;uppfyllt;Nämnden;2024-08-27;ett annat år\n"
        "1.1;mars 2025;undantas;Nämnden;2025-04-15;stängt\n",
        encoding="utf-8",
    )
    of_goal = (*YEAR, "--judgements", file, "--goal", "1.1")
    document = json.loads(run(capsys, *of_goal, "--format", "json").out)
    outcomes = document["outcomes"]
    goal = outcomes[document["annual"]["goals"][0]]
    assert (goal["verdict"], goal["decided"]["verdict"]) == ("met", "not met")
    decided = {
        each["period"]: outcomes[each["goals"][0]].get("decided") for each in document["interims"]
    }
    assert list(decided) == ["2025-01/2025-04", "2025-01/2025-06", "2025-01/2025-08"]
    assert [each["verdict"] for each in decided.values() if each] == ["met"]
    said = " ".join(run(capsys, *of_goal).out.split())
    assert [said.count(day) for day in ("2026-02-17", "2025-08-26", "2025-04-15")] == [1, 1, 1]
    assert "2024-08-27" not in said


def test_a_member_that_no_longer_applies_is_told() -> None:
    rules = goalrules.loads(
        'goalrules 1 en\ngoal 1 "T"\n  indicator a target at least 5\n'
        "  indicator b target at least 5\n  green when any green\n"
    )
    rows: list[dict[str, object]] = [
        {"indicator": "a", "period": "2025-01", "value": 5},
        {"indicator": "b", "period": "2025-01", "value": 4},
        {"indicator": "a", "period": "2025-02", "value": "not applicable"},
        {"indicator": "b", "period": "2025-02", "value": 4},
    ]
    year = rules.assess_year(iter(rows), 2025, interims=["H1 2025"])
    assert "• a no longer applies" in year.text("en")
    assert [each.trace.period for each in year.interims] == ["2025-01/2025-06"]
    assert year.trace.reached == 2
