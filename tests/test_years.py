"""Years: a file that says when things hold means in each year what a file of that year means."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from cases import dear
from commands import run
from hypothesis import given
from hypothesis import strategies as some
from schemas import validator_of

import goalrules
from goalrules.answers.influence_result import InfluenceReport
from goalrules.compare.result import Differences
from goalrules.language.plan import Plan
from goalrules.language.read import read_plan
from goalrules.language.years import ALL_YEARS, Years, in_year, of_years, read_years, regimes
from goalrules.lint.result import LintReport
from goalrules.text.source import Source

# Rule files by year: one text from which a file with years is made, and one for each year alone.
#
# A line begins with the years in which it holds and a sign: `|` where the file with years says so
# after the line, `>` where that follows from what it belongs to, `~` for a line of the files of one
# year, and `&` for one of the file with years. A line without years is in all of them.


LINE = re.compile(r"(\d{4})(?:–(\d{4}))?([|>~&])(.*)")
HEAD = 'goalrules 1 sv\nplan "Plan"\n'


def merged(lines: str, years: str) -> str:
    """The file with years."""
    return f"{HEAD}gäller {years}\n" + "\n".join(_merged(lines))


def _merged(lines: str) -> Iterator[str]:
    for line in lines.splitlines():
        found = LINE.fullmatch(line)
        if found is None:
            yield line
            continue
        first, last, sign, text = found.groups()
        if sign != "~":
            yield text
        if sign == "|":
            yield f"gäller {first}–{last or first}"


def alone(lines: str, year: int) -> str:
    """The file of one year."""
    return f"{HEAD}gäller {year}\n" + "\n".join(_alone(lines, year))


def _alone(lines: str, year: int) -> Iterator[str]:
    for line in lines.splitlines():
        found = LINE.fullmatch(line)
        if found is None:
            yield line
            continue
        first, last, sign, text = found.groups()
        if sign != "&" and int(first) <= year <= int(last or first):
            yield text


YEARS = (2024, 2025, 2026)
Capsys = pytest.CaptureFixture[str]

CASES = {
    "targets, weights and rules": """\
bedöm indikatorer
  grön om riktvärdet uppnått
  annars röd
mål 1 "T"
  tolkning "Målet är detsamma."
  indikator a
2024|    riktvärde minst 70
2025–2026|    riktvärde minst 80
2024–2025|    vikt 2
2026|    vikt 3
  indikator b
    riktvärde minst 5
2024–2026|    källa "Egenkontroll"
2024|  grön om minst 1 av 2 gröna
2024>  tolkning "Bara 2024."
2025–2026|  grön om minst 60 % av vikten gröna
2026|  gul om någon grön
  annars röd
""",
    "members, groups and policies": """\
saknade utfall: räknas inte med
2026|ej tillämpliga: räknas som röd
mål 1 "T"
  indikator a
2024|  indikator b "Gammal"
2024>    riktvärde minst 1
2025–2026|  indikator b "Ny"
2025–2026>    riktvärde minst 2
2024–2025|  indikator c
2024&  grupp g a, b, c
2024–2025~  grupp g a, b, c
2026~  grupp g a, b
  indikator d
2025–2026|    visas bara
2024|  kräver minst 3 bedömda
2024|  poäng grön 2, gul 1, röd 0
2025–2026|  poäng grön 3, gul 1, röd 0
  grön om alla av g gröna
  högst gul om a röd
2025|  minst gul om a grön
2026|  anmärkning "Se över." om någon röd
""",
    "goals": """\
målområde "Område"
2024|mål 1 "Gammalt"
2024>  indikator a
2024>  grön om a grön
2025–2026|mål 1 "Nytt"
2025–2026>  indikator a
2025–2026>  indikator x som i mål 2
2025–2026>  grön om alla gröna
mål 2 "T"
  indikator x
  grön om x grön
2025–2026|mål 3 "T"
2025–2026>  indikator y
2025–2026>  grön om y grön
2026|  uppfyllt från gul
2025|  uppfyllt från grön
bidrag till KF-mål KF1 "T"
2024|  samma som mål 1
2025–2026|  grön om alla av mål 1, 3 uppfyllda
2024&fokusområde "F" följs genom mål 1, 3
2024~fokusområde "F" följs genom mål 1
2025–2026~fokusområde "F" följs genom mål 1, 3
""",
    "the rule of every indicator": """\
2024|bedöm indikatorer
2024>  grön om riktvärdet uppnått
2025–2026|bedöm indikatorer
2025–2026>  tolkning "Ny bilaga."
2025–2026>  grön om riktvärdet uppnått
2025|  gul om insatser påbörjade
2026|  gul om insatser planerade
2025–2026>  annars röd
2026|  insatser planerade räknas bara när det anges
mål 1 "T"
  indikator a
    riktvärde 2024 minst 3; 2025 öka
  grön om a grön
""",
}
OUTCOMES = {
    "1/a": {"value": 60, "plan": "begun"},
    "1/b": 1,
    "1/c": None,
    "1/d": "yellow",
    "2/x": "yellow",
    "3/y": "yellow",
}


def told(rules: goalrules.RuleSet, year: int) -> str:
    """What the rules come to in a year on outcomes of the members that they have then."""
    goals = rules.in_year(year).goals.values()
    names = {f"{goal.id}/{name}" for goal in goals for name in goal.members}
    return rules.assess({name: OUTCOMES[name] for name in names & {*OUTCOMES}}, year).text()


def plan_of(text: str) -> Plan:
    """The plan of a rule file; there must be nothing wrong with it."""
    plan, faults = read_plan(Source("rules", text))
    assert faults == (), text
    return plan


def same_in_every_year(lines: str) -> Plan:
    """The plan of a file with years, that is in each of them as the file of that year alone."""
    text = merged(lines, f"{YEARS[0]}–{YEARS[-1]}")
    plan, rules = plan_of(text), goalrules.loads(text)
    for year in YEARS:
        of_year = alone(lines, year)
        assert of_years(in_year(plan, year), Years(year, year)) == plan_of(of_year)
        assert rules.in_year(year).goals == goalrules.loads(of_year).goals
        assert told(rules, year) == told(goalrules.loads(of_year), year)
    return plan


@pytest.mark.parametrize("lines", CASES.values(), ids=CASES)
def test_a_file_means_in_each_year_what_the_file_of_that_year_means(lines: str) -> None:
    same_in_every_year(lines)


@some.composite
def spans(draw: some.DrawFn, first: int, last: int) -> tuple[int, int]:
    """Some years in a row."""
    ends = draw(some.lists(some.integers(first, last), min_size=2, max_size=2))
    return min(ends), max(ends)


@some.composite
def by_years(draw: some.DrawFn, years: tuple[int, int], texts: Sequence[str]) -> list[str]:
    """Lines that say one thing in each of some years, and which of several may change."""
    first, last = years
    turns = sorted(draw(some.sets(some.integers(first + 1, last)))) if first < last else []
    starts, ends = [first, *turns], [*(turn - 1 for turn in turns), last]
    return [
        f"{start}–{end}|{draw(some.sampled_from(texts))}"
        for start, end in zip(starts, ends, strict=True)
    ]


@some.composite
def indicators(draw: some.DrawFn, name: str, years: tuple[int, int]) -> list[str]:
    """An indicator that is there in some years, with a target and perhaps a weight."""
    targets = draw(by_years(years, [f"riktvärde minst {n}" for n in (1, 60, 61)]))
    weights = draw(by_years(years, ["vikt 1", "vikt 2"])) if draw(some.booleans()) else []
    return [f"{years[0]}–{years[1]}|indikator {name}", *targets, *weights]


@some.composite
def goals(draw: some.DrawFn, id_: str) -> list[str]:
    """A goal that is there in some years, with indicators and rules that may change."""
    years = draw(spans(YEARS[0], YEARS[-1]))
    lines = [f'{years[0]}–{years[1]}|mål {id_} "T"', *draw(indicators("a", years))]
    for name in draw(some.sets(some.sampled_from("bcd"))):
        lines += draw(indicators(name, draw(spans(*years))))
    rules = ["någon grön", "alla gröna", "a grön, övriga minst gula", "minst 50 % gröna varav a"]
    return [*lines, *draw(by_years(years, [f"grön om {rule}" for rule in rules]))]


@dear(20)
@given(some.tuples(goals("1"), goals("2"), goals("3")))
def test_plans_put_together_mean_what_each_of_them_means(drawn: Sequence[list[str]]) -> None:
    plan = same_in_every_year("\n".join(line for lines in drawn for line in lines))
    for regime in regimes(plan):
        for year in range(regime.years.first, regime.years.last + 1):
            assert in_year(plan, year) == regime.plan


@given(
    some.builds(Years, some.integers(1901, 2050), some.integers(2051, 2198)) | some.builds(Years)
)
def test_years_are_read_as_they_are_written(years: Years) -> None:
    assert read_years(str(years)) == years


def test_open_ends_of_years_are_written() -> None:
    spans = (ALL_YEARS, Years(2024, 2024), Years(2024), Years(last=2024), Years(2024, 2026))
    assert [*map(str, spans)] == ["", "2024", "2024/..", "../2024", "2024/2026"]
    assert [*map(read_years, map(str, spans))] == [*spans]


# What Python and the command have of it

FILE = merged(CASES["goals"], "2024–2026")
RULES = goalrules.loads(FILE)


def test_goals_are_those_of_the_first_year() -> None:
    assert [*RULES.goals] == ["1", "2", "KF1"]
    assert RULES.goals["1"].title == "Gammalt"
    assert RULES.in_year(2026).goals["1"].members == ("a", "x")
    assert [*RULES.in_year(2026).goals] == ["1", "2", "3", "KF1"]


OPEN = f"""{HEAD}mål 1 "T"
  indikator a
  indikator b
    gäller 2024–2025
  grön om alla gröna
"""


def test_a_file_that_does_not_say_when_it_holds_begins_with_the_first_year_in_it() -> None:
    rules = goalrules.loads(OPEN)
    spans = [each.told for each in regimes(plan_of(OPEN))]
    assert spans == ["../2023", "2024/2025", "2026/.."]
    assert rules.goals["1"].members == ("a", "b")
    assert rules.in_year(2023).goals["1"].members == ("a",)
    assert rules.in_year(2030).assess({"a": "green"})["1"].verdict == "met"


def test_a_year_in_which_the_plan_is_not_valid_is_refused(capsys: Capsys, tmp_path: Path) -> None:
    with pytest.raises(goalrules.QuestionError, match="planen gäller inte år 2027"):
        RULES.in_year(2027)
    file = written(tmp_path)
    assert run(capsys, "influence", file, "--year", 2027).faults == ["not-valid-then"]


def written(folder: Path) -> Path:
    """The file with years, on disk."""
    path = folder / "plan.goals"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_goals_of_every_year_can_be_checked() -> None:
    checked = RULES.check(["3"])
    assert {each.goal for each in checked.findings} <= {"3"}
    document = checked.to_dict()
    validator_of(LintReport).validate(document)
    assert (document["goals"], document["cases"]) == (1, "6")


def test_the_command_takes_a_year(capsys: Capsys, tmp_path: Path) -> None:
    file = written(tmp_path)
    found = json.loads(run(capsys, "influence", file, "--year", 2025, "--format", "json").out)
    validator_of(InfluenceReport).validate(found)
    assert found["years"] == "2025"
    assert [each["id"] for each in found["goals"]] == ["1", "2", "3", "KF1"]
    years = ("--old-year", 2024, "--new-year", 2026)
    found = json.loads(run(capsys, "diff", file, file, *years, "--format", "json").out)
    validator_of(Differences).validate(found)
    assert (found["old"]["years"], found["new"]["years"]) == ("2024", "2026")
    assert [(each["new"]["name"], each["kind"]) for each in found["goals"]] == [
        ("1", "reshaped"), ("2", "unchanged"), ("KF1", "reshaped"), ("3", "new"),
    ]  # fmt: skip


def test_a_plan_that_never_changes_has_no_years_to_tell() -> None:
    rules = goalrules.loads(HEAD + 'gäller 2024–2026\nmål 1 "T"\nindikator a\ngrön om a grön')
    assert "years" not in rules.influence().to_dict()
    assert rules.in_year(2025).influence().to_dict()["years"] == "2025"
