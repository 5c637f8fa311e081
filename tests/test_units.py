"""Units: which column says of which unit a row is, one unit of several, and a matrix of all."""

import json
from pathlib import Path

import pytest
from commands import run
from workbooks import written

import goalrules
from goalrules.assess.units_result import UnitsTrace
from goalrules.data.outcomes import read_outcomes
from goalrules.document import from_json
from goalrules.types import Outcomes

RULES = """goalrules 1 sv
plan "Plan"
gäller 2025
bedöm indikatorer
  grön om riktvärdet uppnått
  annars röd
mål 1 "A"
  indikator a
    riktvärde minst 10
  indikator b
    riktvärde minst 10
  grön om alla gröna
mål 2 "B"
  indikator c
    riktvärde minst 10
  grön om alla gröna
  helhetsbedömning på helår
"""
YEAR = 2025
Cells = list[list[object]]


def units_in(text: str, unit: str = "", *, each_unit: bool = False) -> list[str] | str:
    """The unit of each row with what it is of, or the codes of what is wrong."""
    rows, faults = read_outcomes(text.encode(), "u.csv", YEAR, unit=unit, each_unit=each_unit)
    if faults:
        return " ".join(each.code for each in faults)
    return [f"{row.unit}:{row.indicator}" for row in rows]


def assessed(text: str) -> str:
    """The verdicts of one assessment, or the codes of what is wrong."""
    rows = goalrules.read_outcomes(text.encode(), YEAR)
    try:
        found = goalrules.loads(RULES).assess(rows)
    except goalrules.OutcomeError as error:
        return " ".join(each.code for each in error.diagnostics)
    return " ".join(str(each.verdict) for each in found.values())


READ: dict[str, tuple[str, list[str] | str]] = {
    "enhet": ("enhet;indikator;utfall\nNorr;a;1\nSyd;a;2\n", ["Norr:a", "Syd:a"]),
    "unit": ("unit;indicator;value\nNorr;a;1\nSyd;a;2\n", ["Norr:a", "Syd:a"]),
    "förvaltning": ("förvaltning;indikator;2025\nNorr;a;1\nSyd;a;2\n", ["Norr:a", "Syd:a"]),
    "kommun": ("kommun;indikator;utfall\nNora;a;1\nSala;b;2\n", ["Nora:a", "Sala:b"]),
    "municipality": ("municipality;indicator;value\nLeeds;a;1\nYork;b;2\n", ["Leeds:a", "York:b"]),
    "kommun, wide": (
        "kommun;indikator;jan;feb\nNora;a;1;2\nSala;a;;2\n", ["Nora:a", "Nora:a", "Sala:a"]
    ),
    "years apart": (
        "kommun;indikator;period;utfall\nRiket;a;2024;1\nNora;a;2025;2\n", ["Riket:a", "Nora:a"]
    ),
    "one": ("enhet;indikator;utfall\nNorr;a;1\nNorr;b;2\n", ["Norr:a", "Norr:b"]),
    "one, and rows of none": ("enhet;indikator;utfall\nNorr;a;1\n;b;2\n", ["Norr:a", "Norr:b"]),
    "of measure": ("enhet;indikator;utfall\n%;a;1\nst;b;2\n", [":a", ":b"]),
    "of measure and units": (
        "enhet;måttenhet;indikator;utfall\nNorr;%;a;1\nSyd;%;a;2\n", ["Norr:a", "Syd:a"]
    ),
    "a description": ("förvaltning;indikator;utfall\nVård;a;1\nSkola;b;2\n", [":a", ":b"]),
    "departments and schools": (
        "förvaltning;skola;indikator;utfall\nN;x;a;1\nN;y;a;2\nS;z;a;2\n", ["x:a", "y:a", "z:a"]
    ),
    "the smallest": ("förvaltning;enhet;indikator;utfall\nN;x;a;1\nN;x;b;2\n", ["x:a", "x:b"]),
    "municipalities and one unit": (
        "kommun;enhet;indikator;utfall\nNora;x;a;1\nSala;x;b;2\n", ["Nora:a", "Sala:b"]
    ),
    "a title": ("Enhet: Norr;;\nindikator;utfall;\na;1;\n", ["Norr:a"]),
    "a title in two cells": ("Förvaltning;Vård;\nindikator;utfall;\na;1;\n", ["Vård:a"]),
    "a title of measure": ("Enhet: procent;;\nindikator;utfall;\na;1;\n", [":a"]),
    "a title of else": ("Kontakt: Berit;;\nindikator;utfall;\na;1;\n", [":a"]),
    "a title and a column": (
        "Förvaltning: Vård;;\nenhet;indikator;utfall\nNorr;a;1\nSyd;a;2\n", ["Norr:a", "Syd:a"]
    ),
    "a title smaller than a column": (
        "Enhet: Norr;;\nförvaltning;indikator;utfall\nVård;a;1\nVård;b;2\n", ["Norr:a", "Norr:b"]
    ),
    "with and without": ("enhet;indikator;utfall\nNorr;a;1\n;a;2\n", "row-without-unit"),
    "several and without": (
        "enhet;indikator;utfall\nNorr;a;1\nSyd;a;2\n;b;2\n", "row-without-unit"
    ),
    "neither tells": (
        "skola;enhet;indikator;utfall\nN;x;a;1\nS;x;a;2\nS;y;a;2\n", "units-in-two-columns"
    ),
    "only the country": ("kommun;indikator;utfall\nRiket;a;1\n", "column-of-several"),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_the_unit_of_a_row(case: str) -> None:
    text, expected = READ[case]
    assert units_in(text) == expected


ASKED: dict[str, tuple[str, str, list[str] | str]] = {
    "one of two": ("enhet;indikator;utfall\nNorr;a;1\nSyd;a;2\n", "norr", ["Norr:a"]),
    "faults of others": ("enhet;indikator;utfall\nNorr;a;1\nSyd;a;#N/A\n", "Norr", ["Norr:a"]),
    "a description": ("skola;indikator;utfall\nX;a;1\nY;b;2\n", "Y", ["Y:b"]),
    "the larger": (
        "förvaltning;skola;indikator;utfall\nN;x;a;1\nN;x;b;1\nS;y;a;2\n", "N", ["N:a", "N:b"]
    ),
    "none": ("enhet;indikator;utfall\nNorr;a;1\nSyd;a;2\n", "Väst", "no-such-unit"),
    "no units": ("indikator;utfall\na;1\n", "Väst", "no-units"),
    "the only one": ("enhet;indikator;utfall\nNorr;a;1\n;b;2\n", "Norr", ["Norr:a", "Norr:b"]),
    "rows of none": (
        "enhet;indikator;utfall\nNorr;a;1\nSyd;a;1\n;b;2\n", "Norr", "row-without-unit"
    ),
    "by a title": ("Enhet: Norr;\nindikator;utfall\na;1\n", "Norr", ["Norr:a"]),
    "another title": ("Enhet: Norr;\nindikator;utfall\na;1\n", "Syd", "no-such-unit"),
    "in two columns": (
        "skola;enhet;indikator;utfall\nN;x;a;1\ny;N;b;2\n", "N", "units-in-two-columns"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ASKED)
def test_one_unit_that_is_asked_for(case: str) -> None:
    text, unit, expected = ASKED[case]
    assert units_in(text, unit) == expected


def test_where_each_unit_is_judged_a_column_of_units_is_no_description() -> None:
    text = "förvaltning;indikator;utfall\nVård;a;1\nSkola;b;2\n"
    assert units_in(text, each_unit=True) == ["Vård:a", "Skola:b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("enhet;indikator;utfall\nNorr;a;10\nNorr;b;10\n", "met open"),
        ("enhet;indikator;utfall\nNorr;a;10\n;b;10\n", "met open"),
        ("enhet;indikator;utfall\nNorr;a;10\nSyd;a;10\n", "several-units"),
        ("enhet;indikator;2025\nNorr;a;10\nSyd;a;\n", "several-units"),
        ("enhet;indikator;utfall\nTotalt;a;10\nSyd;a;10\n", "several-units"),
        ("enhet;indikator;2025\nNorr;a;\nSyd;a;\n", "open open"),
    ],
)
def test_one_assessment_is_of_one_unit(text: str, expected: str) -> None:
    assert assessed(text) == expected


def test_rows_of_no_unit_are_of_the_only_one_in_another_file_too() -> None:
    rules = goalrules.loads(RULES)
    one = goalrules.read_outcomes(b"enhet;indikator;utfall\nNorr;a;10\n", name="1.csv")
    none = goalrules.read_outcomes(b"indikator;utfall\nb;10\n", name="2.csv")
    other = goalrules.read_outcomes(b"enhet;indikator;utfall\nSyd;c;10\n", name="3.csv")
    assert rules.assess(one + none)["1"].verdict == "met"
    with pytest.raises(goalrules.OutcomeError) as alone:  # it may be another's that says nothing
        rules.assess_units(one + none)
    assert [each.code for each in alone.value.diagnostics] == ["file-without-unit"]
    for work in (rules.assess, rules.assess_units):
        with pytest.raises(goalrules.OutcomeError):
            work(one + none + other)
    twice = goalrules.read_outcomes(b"indikator;utfall\na;11\n", name="4.csv")
    with pytest.raises(goalrules.OutcomeError) as caught:
        rules.assess(one + twice)
    assert [each.code for each in caught.value.diagnostics] == ["duplicate-row"]
    assert "1.csv" in caught.value.diagnostics[0].message()


# Each unit


TABLE = """enhet;indikator;2025;noterat
Norr;a;10;
Norr;b;10;
Norr;c;10;x
Syd;a;9;
Syd;b;10;
Väst;a;;
Öst;a;10;
Öst;a;11;
Totalt;a;10;
"""


def matrix() -> goalrules.Units:
    rows = goalrules.read_outcomes(TABLE.encode(), YEAR, name="u.csv", each_unit=True)
    return goalrules.loads(RULES).assess_units(rows)


def test_a_matrix_of_units_and_goals() -> None:
    found = matrix()
    assert [*found] == ["Norr", "Syd", "Väst", "Öst", "Totalt"]
    assert (len(found), len(found.assessments), [*found.errors]) == (5, 4, ["Öst"])
    assert {unit: [*each.verdicts().values()] for unit, each in found.assessments.items()} == {
        "Norr": ["met", "met"],
        "Syd": ["not met", "open"],
        "Väst": ["open", "open"],
        "Totalt": ["open", "open"],
    }
    assert found.trace.not_reported == ("Väst",)
    assert [(each.unit, each.reported, each.of, each.whole) for each in found.trace.units] == [
        ("Norr", 3, 3, False),
        ("Syd", 2, 3, False),
        ("Väst", 0, 3, False),
        ("Öst", 0, 0, False),
        ("Totalt", 1, 3, True),
    ]
    assert [each.level for each in found.trace.units[1].goals] == [None, None]
    assert len(found.rows()) == 8
    assert found.rows()[0]["unit"] == "Norr"
    assert repr(found) == "Units('rules', 2025: 5 units, 1 with faults)"
    assert found["Norr"].what_if({"a": 1})
    with pytest.raises(goalrules.OutcomeError):
        found["Öst"]
    with pytest.raises(KeyError):
        found["Mitt"]


def test_the_account_tells_of_the_rows_of_every_unit() -> None:
    used = {row.line for row in matrix().inputs.rows() if not row.reason}
    assert used == {2, 3, 4, 5, 6, 10}
    assert "noterat" in matrix().text("sv")
    assert "u.csv" in matrix().inputs_text()


def test_some_units_and_some_goals_alone() -> None:
    found = matrix().only(["2"], ["syd", "NORR"])
    assert [*found] == ["Norr", "Syd"]
    assert [each.id for each in found.trace.goals] == ["2"]
    assert [*matrix().only(["1"], ["Öst", "Norr"])] == ["Norr", "Öst"]
    for goals, units in (([], ["Mitt"]), (["3"], [])):
        with pytest.raises(goalrules.QuestionError):
            matrix().only(goals, units)
    with pytest.raises(goalrules.OutcomeError) as caught:
        matrix().only([], ["Öst"])
    assert [each.code for each in caught.value.diagnostics] == ["duplicate-row"]


def test_units_from_python() -> None:
    rules = goalrules.loads(RULES)
    given: dict[str, Outcomes] = {"Norr": {"a": 10, "b": 10, "c": 9}, "Syd": {"a": "cirka"}}
    judged = [
        {
            "goal": "2",
            "judgement": "grön",
            "by": "B",
            "date": "2026-01-01",
            "reason": "r",
            "period": "2025",
        }
    ]
    found = rules.assess_units(given, judgements={"Norr": judged}, language="en")
    assert found["Norr"]["1"].verdict == "met"
    assert found["Norr"]["2"].trace.decided is not None
    assert [*found.errors] == ["Syd"]
    assert from_json(UnitsTrace, found.to_dict()).units == found.trace.units
    with pytest.raises(goalrules.QuestionError):
        rules.assess_units(given, judgements={"Mitt": judged})
    for wrong in ({}, {"Syd": {"a": "cirka"}}, goalrules.read_outcomes(b"indikator;utfall\na;1\n")):
        with pytest.raises(goalrules.OutcomeError):
            rules.assess_units(wrong)
    with pytest.raises(goalrules.QuestionError):
        rules.assess_units(given, strict=True, missing=lambda value: value == "cirka").only(["9"])


def test_a_plan_that_judges_nothing_in_the_period_has_no_verdict() -> None:
    rules = goalrules.loads(
        'goalrules 1 sv\ngäller 2025\nmål 1 "A"\n  indikator a\n  följs bara upp\n'
    )
    found = rules.assess_units({"Norr": {"a": 1}})
    assert found.trace.units[0].goals[0].verdict is None
    assert " – " in found.text("sv")


# The command


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.goals").write_text(RULES, encoding="utf-8")
    Path("u.csv").write_text(TABLE, encoding="utf-8")


@pytest.mark.usefixtures("files")
def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    table = run(capsys, "units", "r.goals", "u.csv", "--inputs")
    assert table.code == 1
    assert "Inget är rapporterat för perioden: Väst." in table.out
    assert "rad 3, 6: 1/b (utfall)" in table.out
    assert "[duplicate-row]" in table.err
    tree = run(capsys, "units", "r.goals", "u.csv", "--unit", "Norr", "--format", "tree")
    assert (tree.code, tree.out.splitlines()[0]) == (0, "Norr")
    document = run(capsys, "units", "r.goals", "u.csv", "--enhet", "syd", "--format", "json")
    assert [each["unit"] for each in json.loads(document.out)["units"]] == ["Syd"]
    strict = run(capsys, "units", "r.goals", "u.csv", "--unit", "Norr", "--strict")
    assert strict.code == 1
    assert run(capsys, "units", "r.goals", "u.csv", "--unit", "Mitt").code == 1


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    "command", [["assess", "r.goals", "u.csv"], ["year", "r.goals", "u.csv"],
                ["gap", "r.goals", "u.csv"], ["diff", "r.goals", "r.goals", "--outcomes", "u.csv"]],
    ids=lambda each: each[0],
)  # fmt: skip
def test_commands_take_one_unit(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *command, "--unit", "Norr").code == 0
    refused = run(capsys, *command)
    assert refused.code == 1
    assert '`--unit "Norr"`' in refused.err


@pytest.mark.usefixtures("files")
def test_the_account_tells_of_other_units(capsys: pytest.CaptureFixture[str]) -> None:
    told = run(capsys, "assess", "r.goals", "u.csv", "--unit", "Norr", "--inputs").out
    assert "rad 5–10: gäller en annan enhet" in told


# Workbooks


def test_a_unit_that_is_merged_over_rows_is_that_of_each() -> None:
    rows: Cells = [
        ["Enhet", "Indikator", "Utfall"],
        ["Norr", "a", 1],
        [None, "b", 2],
        ["Syd", "a", 3],
    ]
    data = written(("Utfall", rows), merged={"A2:A3": ""})
    assert [(row.unit, row.indicator) for row in read_outcomes(data, "u.xlsx")[0]] == [
        ("Norr", "a"),
        ("Norr", "b"),
        ("Syd", "a"),
    ]


def test_sheets_are_joined_by_unit() -> None:
    outcomes: Cells = [["Enhet", "Indikator", "dec"], ["Norr", "a", 1], ["Syd", "a", 3]]
    plans: Cells = [
        ["Enhet", "Indikator", "dec"],
        ["SYD", "a", "följs"],
        ["Norr", "a", "planerade"],
    ]
    rows, faults = read_outcomes(written(("Utfall", outcomes), ("Plan", plans)), "u.xlsx", YEAR)
    assert faults == ()
    assert [(row.unit, row.plan) for row in rows] == [("Norr", "planned"), ("Syd", "followed")]
    alone: Cells = [["Indikator", "dec"], ["a", "följs"]]
    one = read_outcomes(written(("Utfall", outcomes[:2]), ("Plan", alone)), "u.xlsx", YEAR)[0]
    assert [(row.unit, row.plan) for row in one] == [("Norr", "followed")]
    several = read_outcomes(written(("Utfall", outcomes), ("Plan", alone)), "u.xlsx", YEAR)[0]
    assert [row.unit for row in several] == ["Norr", "Syd", ""]


def test_a_row_without_an_outcome_is_no_report() -> None:
    lines = ("enhet;indikator;period;utfall;källa", "Norr;a;2025;80;x", "Syd;a;2025;;x")
    data = "\n".join((*lines, "Väst;a;2025;ej mätt;x\n"))
    plan = 'goalrules 1 sv\ngäller 2025\nmål 1 "T"\n  indikator a\n    riktvärde minst 60\n'
    plan += "  grön om a grön\n"
    rows = goalrules.read_outcomes(data.encode(), 2025, each_unit=True)
    found = goalrules.loads(plan).assess_units(rows)
    assert [(each.unit, each.reported) for each in found.trace.units] == [
        ("Norr", 1), ("Syd", 0), ("Väst", 1),
    ]  # fmt: skip
    assert found.trace.not_reported == ("Syd",)


# What units add up to


ADDED = """goalrules 1 sv
gäller 2025
bedöm indikatorer
  grön om riktvärdet uppnått
  annars röd
mål 1 "A"
  indikator a {}
    riktvärde minst 10
  grön om alla gröna
"""

TOTALS: dict[str, tuple[str, str, str]] = {
    "another sum": ("totalt per år", "Norr;a;10\nSyd;a;22,5\nTotalt;a;35\n",
                    "Totalt har 35 för a (nämndmål 1), men enheterna har tillsammans 32,5."),
    "the whole municipality": ("totalt per år", "Norr;a;1\nHela kommunen;a;1,1\n",
                    "Hela kommunen har 1,1 för a (nämndmål 1), men enheterna har tillsammans 1."),
    "both are told": (
        "totalt per år", "Norr;a;1\nTotalt;a;2\nAlla enheter;a;3\n", "Alla enheter har 3"
    ),
    "the same sum": ("totalt per år", "Norr;a;10,1\nSyd;a;22,2\nTotalt;a;32,3\n", ""),
    "not said to add up": ("", "Norr;a;10\nSyd;a;20\nTotalt;a;15\n", ""),
    "the latest level": ("senaste läge", "Norr;a;10\nSyd;a;20\nTotalt;a;15\n", ""),
    "an average": ("genomsnitt över året", "Norr;a;10\nSyd;a;20\nTotalt;a;15\n", ""),
    "a share": ("totalt per år måttenhet %", "Norr;a;10\nSyd;a;20\nTotalt;a;15\n", ""),
    "a unit has none": ("totalt per år", "Norr;a;10\nSyd;a;uppgift saknas\nTotalt;a;15\n", ""),
    "all have none": ("totalt per år", "Norr;a;10\nSyd;a;15\nTotalt;a;uppgift saknas\n", ""),
    "small counts are hidden": (
        "totalt per år små tal döljs", "Norr;a;10\nSyd;a;20\nTotalt;a;15\n", ""
    ),
    "the country": ("totalt per år", "Norr;a;10\nSyd;a;20\nRiket;a;1500\n", ""),
    "faults": ("totalt per år", "Norr;a;10\nSyd;a;20\nSyd;a;21\nTotalt;a;15\n", ""),
    "only all": ("totalt per år", "Totalt;a;15\nRiket;a;20\n", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", TOTALS)
def test_what_units_add_up_to(case: str) -> None:
    adds_up, lines, told = TOTALS[case]
    rules = goalrules.loads(ADDED.format(adds_up.replace(" m", "\n    m").replace(" s", "\n    s")))
    data = f"enhet;indikator;2025\n{lines}"
    found = rules.assess_units(goalrules.read_outcomes(data.encode(), YEAR, each_unit=True))
    assert told in found.text()
    assert ("tillsammans" in found.text()) == bool(told)
    assert bool(found.to_dict().get("totals")) == bool(told)
    assert "tillsammans" not in found.only((), [next(iter(found))]).text()


def test_totals_of_months_are_told_where_all_are_whole() -> None:
    rules = goalrules.loads(ADDED.format("totalt per år"))
    months = (
        "enhet;indikator;jan 2025;feb 2025;mar 2025\nNorr;a;1;2;{}\nSyd;a;4;5;6\nTotalt;a;5;7;{}\n"
    )

    def told(*cells: str) -> list[tuple[str, str]]:
        rows = goalrules.read_outcomes(months.format(*cells).encode(), YEAR, each_unit=True)
        totals = rules.assess_units(rows, "2025-03").trace.totals
        return [(str(each.total), str(each.summed)) for each in totals]

    assert told("3", "9") == []
    assert told("3", "10") == [("22", "21")]
    assert told("", "10") == []
    assert rules.assess_units(
        goalrules.read_outcomes(months.format("3", "10").encode(), YEAR, each_unit=True), "2025-02"
    ).trace.totals == ()  # fmt: skip


def test_all_units_do_not_show_what_one_of_them_hides() -> None:
    rules = goalrules.loads(ADDED.format("totalt per år\n    små tal döljs"))
    data = "enhet;indikator;2025\nNorr;a;{}\nSyd;a;20\nTotalt;a;{}\n"

    def shown(norr: int) -> tuple[object, str]:
        text = data.format(norr, norr + 20).encode()
        found = rules.assess_units(goalrules.read_outcomes(text, YEAR, each_unit=True))
        (member,) = found["Totalt"]["1"].trace.members
        assert member.finding
        return member.finding.value, member.finding.hidden

    assert shown(3) == (None, "small in units")
    assert shown(7)[1] == ""
    assert "små tal i någon av enheterna" in (
        rules.assess_units(
            goalrules.read_outcomes(data.format(3, 23).encode(), YEAR, each_unit=True)
        )["Totalt"].text().replace("\n        ", " ")
    )  # fmt: skip


# Units as columns

WIDE = "Utfall 2025\nindikator;Norr;Syd;Totalt\na;5;1;3\nb;2;;4\n"
NAMED = b'enheter = ["Norr", "Syd", "Totalt"]'


def test_columns_that_a_note_calls_units_are_of_a_unit_each() -> None:
    rows = goalrules.read_outcomes(WIDE.encode(), 2025, note=NAMED)
    found = [(each.unit, each.indicator, str(getattr(each.value, "number", ""))) for each in rows]
    assert found == [
        ("Norr", "a", "5"), ("Syd", "a", "1"), ("Totalt", "a", "3"), ("Norr", "b", "2"),
        ("Totalt", "b", "4"),
    ]  # fmt: skip
    assert [row.span.column for row in rows] == [2, 3, 4, 2, 4]
    assert rows.files[0].tables[0].units == ("Norr", "Syd", "Totalt")
    assert [each.role for each in rows.files[0].tables[0].used] == ["indicator", *["value"] * 3]
    one = goalrules.read_outcomes(WIDE.encode(), 2025, note=NAMED, unit="syd")
    assert [(each.unit, each.indicator) for each in one] == [("Syd", "a")]
    (table,) = one.files[0].tables
    assert [(each.heading, each.reason) for each in table.columns] == [
        ("Norr", "another unit"),
        ("Totalt", "another unit"),
    ]


def test_a_unit_that_is_asked_for_may_be_a_heading() -> None:
    text = b"indikator;Norr\na;5\n"
    rows = goalrules.read_outcomes(text, 2025, unit="Norr")
    assert [(each.unit, each.indicator) for each in rows] == [("Norr", "a")]
    with pytest.raises(goalrules.OutcomeError, match="no-headings"):
        goalrules.read_outcomes(text, 2025)


@pytest.mark.parametrize(
    ("text", "note", "code"),
    [
        (WIDE, "", "units-as-columns"),
        (WIDE, 'enheter = "Norr"', "note-units-value"),
        (WIDE, 'enheter = ["Norr", 5]', "note-units-value"),
        (WIDE, 'enheter = ["Norr", "Öst"]', "note-heading-not-found"),
        (WIDE, 'enheter = ["Norr"]', "numbers-not-read"),
        ("skola;indikator;Norr\nA;a;5\n", 'enheter = ["Norr"]', "units-in-two-columns"),
        ("indikator;Norr;Syd\na;x;y\n", "", "no-headings"),
        ("namn;Norr;Syd\na;1;2\n", "", "no-headings"),
    ],
)
def test_units_as_columns_that_are_not_sure_are_refused(text: str, note: str, code: str) -> None:
    with pytest.raises(goalrules.OutcomeError, match=code):
        goalrules.read_outcomes(text.encode(), 2025, note=note.encode() or None)


def test_the_line_of_a_note_that_is_written_out_answers_it() -> None:
    with pytest.raises(goalrules.OutcomeError) as refused:
        goalrules.read_outcomes(WIDE.encode(), 2025)
    line = str(refused.value).partition("spara `")[2].partition("`")[0]
    rows = goalrules.read_outcomes(WIDE.encode(), 2025, name="u.csv", note=line.encode())
    assert len(rows) == len("12345")
    rules = goalrules.loads(
        'goalrules 1 sv\nplan "P" gäller 2025\nmål 1 "A"\n  indikator a\n    riktvärde minst 1\n'
        "  indikator b\n    riktvärde minst 1\n  grön om alla gröna\n"
    )
    units = rules.assess_units(rows)
    assert [*units.assessments] == ["Norr", "Syd", "Totalt"]
    told = units.assessments["Norr"].inputs_text()
    assert "kolumnerna Norr, Syd och Totalt gäller var sin enhet" in told
