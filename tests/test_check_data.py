"""Outcomes looked at before anything is judged: what is understood, missing and odd in them."""

import json
import re
from pathlib import Path

import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as some
from workbooks import written

import goalrules
from goalrules.assess.data_check_result import CheckedColumn, DataCheck
from goalrules.checked import CheckedData
from goalrules.core.vocabulary import ColumnRole
from goalrules.data.outcome import OutcomeRows
from goalrules.document import schema_of
from goalrules.limits import Limits

Capsys = pytest.CaptureFixture[str]

HEAD = """goalrules 1 sv
plan "Plan" gäller 2025
mål 1 "A"
"""


def checked(indicator: str, *lines: str, period: str = "2025", head: str = "") -> CheckedData:
    """A check of rows of one indicator that says so much in its rule file."""
    rules = goalrules.loads(f'{HEAD}  indikator i "I"\n{indicator}\n  grön om alla gröna\n')
    text = "\n".join((head or "indikator;period;utfall", *lines)) + "\n"
    rows = goalrules.read_outcomes(text.encode(), rules.year_of(period), name="u.csv")
    return rules.check_data(rows, period)


def odd(check: CheckedData) -> list[tuple[str, str]]:
    return [(each.oddity, each.period) for each in check.odd]


PERCENT = "måttenhet %\nriktvärde minst 80"
PLAIN = "riktvärde minst 80"
BANDS = "nivåer: grön mellan 75 och 100, gul mellan 50 och 75, annars röd"
LOW_IS_BEST = "nivåer: grön mellan 0 och 5, gul mellan 5 och 10, annars röd"
ONE_END = "nivåer: grön minst 75, gul minst 50, annars röd"


@pytest.mark.parametrize(
    ("indicator", "cells", "expected"),
    [
        # a share where percent is meant
        (PERCENT, "0,865 81 82", [("share as percent", "2025-01")]),
        (PERCENT, "-0,865 81 82", [("share as percent", "2025-01")]),
        ("måttenhet %\nriktvärde minst 0,5", "0,4 0,3 0,4", []),
        ("måttenhet %\nriktvärde minst 5", "0,9 7 8", []),
        (PERCENT, "0 81 82", []),
        (PLAIN, "0,865 81 82", [("far from target", "2025-01")]),
        ("måttenhet %\nriktvärde öka", "0,5 0,7 0,9", []),
        # over a hundred percent
        (PERCENT, "81 101 82", [("over hundred percent", "2025-02")]),
        (PERCENT, "101 102 103", []),
        ("måttenhet %\nriktvärde minst 120", "81 101 82", []),
        (PLAIN, "81 101 82", []),
        # below nought
        (PLAIN, "81 -3 82", [("below nought", "2025-02")]),
        (PLAIN, "-81 -3 -82", [("far from target", "2025-02")]),
        ("riktvärde minst -5", "81 -3 82", [("far from target", "2025-01"),
                                           ("far from target", "2025-03")]),
        ("riktvärde öka", "-3", []),
        # beyond the best band
        (BANDS, "80 104 82", [("beyond bands", "2025-02")]),
        (LOW_IS_BEST, "1 -2 4", [("beyond bands", "2025-02")]),
        (LOW_IS_BEST, "1 40 4", [("jump", "2025-02"), ("jump", "2025-03")]),
        (ONE_END, "80 104 82", []),
        ("nivåer: grön över 75, gul 50–75, annars röd", "80 104 82", []),
        ("nivåer: grön under 5, gul under 10, annars röd", "4 3 5", []),
        ("nivåer: grön mellan 0 och 5, annars röd", "4 3 5", []),
        ("nivåer: grön mellan 4 och 6, gul mellan 2 och 8, annars röd", "5 9 1", []),
        # ten times, or a tenth of, the target
        (PLAIN, "81 800 82", [("far from target", "2025-02")]),
        (PLAIN, "81 8 82", [("far from target", "2025-02")]),
        ("riktvärde högst 80", "79 7 75", [("jump", "2025-02"), ("jump", "2025-03")]),
        ("riktvärde mellan 70 och 80", "79 801 75", [("far from target", "2025-02")]),
        ("totalt per år\nförväntat jämnt över året\nriktvärde minst 1200", "90 100 110", []),
        # another size than the figure before, told once
        ("riktvärde högst 80", "5 60 6", [("jump", "2025-02"), ("jump", "2025-03")]),
        ("riktvärde högst 80", "0 60 0", []),
        # the same for long
        (PLAIN, "81 81 81", [("unchanged", "2025-03")]),
        (PLAIN, "81 81 82", []),
        ("riktvärde högst 80", "0 0 0", []),
        (PERCENT, "100 100 100", []),
        (PLAIN, "100 100 100", [("unchanged", "2025-03")]),
        ("mäts med enkät\nriktvärde minst 80", "81 81 81", []),
    ],
)  # fmt: skip
def test_what_is_odd(indicator: str, cells: str, expected: list[tuple[str, str]]) -> None:
    months = (f"i;2025-{number:02};{cell}" for number, cell in enumerate(cells.split(), 1))
    assert odd(checked(indicator, *months)) == expected


@pytest.mark.parametrize(
    ("indicator", "cells", "expected"),
    [
        ('delar "K" minst 90, "M"\nriktvärde alla delar uppnådda', "0,865 0,9",
         ["share as percent"] * 2),
        ('delar "K", "M"\nriktvärde minst 80', "0,865 0,9", ["share as percent"] * 2),
        ('delar "K" minst 90, "M" minst 85\nriktvärde 1 del uppnådd', "0,865 0,9",
         ["share as percent"] * 2),
        ('delar "K" mellan 80 och 90, "M"\nriktvärde minst 80', "7,6 81", ["far from target"]),
        ('delar "K" minst 90, "M" minst 85\nriktvärde alla delar uppnådda', "86,5 90", []),
        ('delar "K" högst 0,9, "M" högst 0,9\nriktvärde alla delar uppnådda', "0,865 0,9", []),
    ],
)  # fmt: skip
def test_figures_of_parts_are_compared_with_what_they_are_to_reach(
    indicator: str, cells: str, expected: list[str]
) -> None:
    of_women, of_men = cells.split()
    found = checked(f"måttenhet %\n{indicator}", f"i/K;2025;{of_women}", f"i/M;2025;{of_men}")
    assert [each.oddity for each in found.odd] == expected
    assert {each.part for each in found.odd} <= {"K", "M"}


def test_what_a_hidden_figure_is_compared_with_is_not_told() -> None:
    rules = f"{HEAD}  indikator liten\nsmå tal döljs\nvisas bara\n  indikator stor\n"
    rules = (
        f"{rules.replace('goalrules 1', 'goalrules 2')}riktvärde minst liten\ngrön om stor grön\n"
    )
    found = goalrules.loads(rules)
    for small, told in (("3", []), ("30", ["far from target"])):
        text = f"indikator;period;utfall\nliten;2025;{small}\nstor;2025;300\n"
        rows = goalrules.read_outcomes(text.encode(), found.year_of("2025"), name="u.csv")
        assert [each.oddity for each in found.check_data(rows, "2025").odd] == told


def test_figures_of_other_years_are_compared_with_and_not_told() -> None:
    found = checked(PLAIN, "i;2024;8", "i;2025;85")
    assert odd(found) == [("jump", "2025")]
    assert [each.other_period for each in found.odd] == ["2024"]
    assert odd(checked(PLAIN, "i;2024;900", "i;2025;85")) == [("jump", "2025")]
    alike = checked(PLAIN, "i;2022;85", "i;2023;85", "i;2024;85")
    assert odd(alike) == []


def test_figures_after_the_period_are_not_looked_at() -> None:
    rows = ("i;2025-01;81", "i;2025-02;8", "i;2025-03;800")
    assert odd(checked(PLAIN, *rows, period="2025-02")) == [("far from target", "2025-02")]
    assert odd(checked(PLAIN, "i;;800", period="2025-02")) == [("far from target", "")]


@pytest.mark.parametrize(
    ("indicator", "lines", "period", "expected"),
    [
        (PLAIN, ["i;2025;81"], "2025", "reported"),
        (PLAIN, ["i;2025;grön"], "2025", "reported"),
        (PLAIN, ["i;2025;uppgift saknas"], "2025", "said not to be"),
        (PLAIN, ["i;2025-03;81"], "2025", "earlier"),
        (PLAIN, ["i;2024;81"], "2025", "missing"),
        (PLAIN, [], "2025", "missing"),
        ("mäts dec\nriktvärde minst 80", [], "2025-03", "not due"),
        ("totalt per år\nriktvärde minst 80", ["i;2025-01;81"], "2025", "partly"),
        ("totalt per år\nriktvärde minst 80", [], "2025", "missing"),
    ],
)
def test_what_is_reported(indicator: str, lines: list[str], period: str, expected: str) -> None:
    [found] = checked(indicator, *lines, period=period).trace.indicators
    assert found.state == expected
    with_row = expected in ("reported", "said not to be", "earlier")
    assert (found.file, found.line) == (("u.csv", 2) if with_row else ("", 0))


def test_months_that_are_missing_are_told_as_periods() -> None:
    rows = ("i;2025-01;8", "i;2025-03;9", "i;2025-04;9")
    [each] = checked("totalt per år\nriktvärde minst 80", *rows).missing
    assert each.lacking == ("2025-02", "2025-05/2025-12")


def test_a_forecast_alone_is_none_for_another_period() -> None:
    head = "indikator;period;prognos"
    states = [
        checked(PLAIN, f"i;{when};81", period="2025-03", head=head).trace.indicators[0].state
        for when in ("mars 2025", "dec 2025", "")
    ]
    assert states == ["only forecast", "missing", "only forecast"]


def test_a_row_without_an_outcome_is_blank() -> None:
    found = checked(PLAIN, "i;2025;följs", head="indikator;period;plan")
    assert [each.state for each in found.missing] == ["blank"]


PARTS = """  delar "Kvinnor", "Män"
  riktvärde minst 80
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["i/Kvinnor;2025;81"], [("Kvinnor", "reported"), ("Män", "missing")]),
        (["i;2025;81"], [("", "reported"), ("Kvinnor", "missing"), ("Män", "missing")]),
        (["i;2025;uppnått"], [("", "reported")]),
        (["i;2024;81"], [("Kvinnor", "missing"), ("Män", "missing")]),
        ([], [("", "missing"), ("Kvinnor", "missing"), ("Män", "missing")]),
    ],
)
def test_parts_are_reported_each(lines: list[str], expected: list[tuple[str, str]]) -> None:
    found = checked(PARTS, *lines).trace.indicators
    told = [(each.part, each.state) for each in found]
    assert told == expected or told == expected[1:]


def test_parts_that_the_data_name_are_missing_where_there_are_none() -> None:
    parts = "delar enligt rapporteringen\nriktvärde alla delar uppnådda"
    assert [(each.part, each.state) for each in checked(parts).missing] == [("", "missing")]
    some_there = checked(parts, "i/Norr;2025;uppnått")
    assert some_there.missing == ()


def test_the_figures_of_parts_are_looked_at() -> None:
    rows = ("i/Kvinnor;2025-01;81", "i/Kvinnor;2025-02;3", "i/Män;2025;80")
    assert [(each.part, each.oddity) for each in checked(PARTS, *rows).odd] == [
        ("Kvinnor", "far from target")
    ]


def test_only_groups_that_the_data_report_are_asked_for() -> None:
    text = f'{HEAD}  indikator i "I"\n{PERCENT}\n  grupp g i\n  grön om alla gröna\n'
    found = goalrules.loads(text).check_data({"i": 81})
    assert [each.name for each in found.trace.indicators] == ["i"]


def test_what_is_worked_out_is_not_asked_for() -> None:
    rules = goalrules.loads(
        f"""{HEAD}
  indikator a "A"
    visas bara
  indikator b "B"
    visas bara
  indikator skillnad "Skillnad"
    = skillnaden mellan a och b
    riktvärde minst 1
  grön om alla gröna
"""
    )
    found = rules.check_data({"a": 3, "b": 1})
    assert [each.name for each in found.trace.indicators] == ["a", "b"]
    assert found.to_tick == ()


# Small figures


HIDES = """  indikator i "I"
    måttenhet %
    små tal döljs
    riktvärde minst 80
"""


@given(some.lists(some.decimals(0, 99999, places=2), min_size=4, max_size=6, unique=True))
def test_figures_that_are_hidden_are_in_nothing_that_is_told(figures: list[object]) -> None:
    rules = goalrules.loads(f"{HEAD}{HIDES}  grön om alla gröna\n")
    lines = [f"i;2025-{number:02};{each}7654321" for number, each in enumerate(figures, 1)]
    text = "\n".join(("indikator;period;utfall", *lines)) + "\n"
    found = rules.check_data(goalrules.read_outcomes(text.encode(), 2025, name="u.csv"))
    assert found.odd == ()
    assert "7654321" not in json.dumps(found.to_dict()) + found.text("sv")


# The command, Python and JSON


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("r.goals").write_text(f'{HEAD}  indikator i "I"\n{PERCENT}\n  grön om alla gröna\n')
    Path("good.csv").write_text("indikator;period;utfall\ni;2025;81\n")
    Path("odd.csv").write_text("indikator;period;utfall\ni;2025;0,81\n")
    Path("side.csv").write_text("indikator;period;utfall;hm\ni;2025;81;x\n")
    Path("empty.csv").write_text("indikator;period;utfall\n")
    Path("fault.csv").write_text("indikator;period;utfall\ni;2025;#N/A\ni;2025-01;80\n")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        (["good.csv"], [], 0),
        (["good.csv", "empty.csv"], [], 0),
        (["odd.csv"], [], 1),
        (["odd.csv"], ["--allow", "odd"], 0),
        (["side.csv"], [], 1),
        (["side.csv"], ["--allow", "odd", "--allow", "missing"], 1),
        (["side.csv"], ["--allow", "faults"], 0),
        (["empty.csv"], [], 1),
        (["empty.csv"], ["--allow", "missing"], 0),
        (["good.csv", "odd.csv"], [], 1),
        (["fault.csv"], [], 1),
        (["none.csv"], [], 1),
    ],
)
def test_the_exit_code_says_whether_there_is_anything(
    capsys: Capsys, files: list[str], options: list[str], code: int
) -> None:
    assert run(capsys, "check-data", "r.goals", *files, *options).code == code


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read_is_told_with_the_rest(capsys: Capsys) -> None:
    ended = run(capsys, "check-data", "r.goals", "fault.csv", "--lang", "en")
    assert ended.err == ""
    assert "[error-cell]" in ended.out
    assert "there for January 2025 only" in ended.out


@pytest.mark.usefixtures("folder")
def test_where_and_standard_input(capsys: Capsys) -> None:
    ended = run(capsys, "check-data", "r.goals", "side.csv", "--where", "hm=x")
    assert ended.code == 0
    assert "raderna väljs efter den" in ended.out
    both = run(capsys, "check-data", "r.goals", "-", "-")
    assert (both.code, both.out) == (2, "")
    over = run(capsys, "check-data", "r.goals", "good.csv", "-o", "good.csv")
    assert over.code == 2


@pytest.mark.usefixtures("folder")
def test_the_document_is_read_back_and_as_its_schema_says(capsys: Capsys) -> None:
    ended = run(capsys, "check-data", "r.goals", "side.csv", "odd.csv", "--format", "json")
    document = json.loads(ended.out)
    assert CheckedData.from_dict(document).trace.to_tick == ("faults", "odd")
    assert {each["code"] for each in document["faults"]} == {
        "unread-column",
        "unused-another-row",
        "duplicate-row",
    }
    assert all(each["message"] for each in document["faults"])
    assert set(document) <= set(schema_of(DataCheck)["properties"])


def test_python_has_the_same() -> None:
    rules = goalrules.loads(f'{HEAD}  indikator i "I"\n{PERCENT}\n  grön om alla gröna\n')
    found = rules.check_data({"i": 0.81}, language="en")
    assert repr(found) == "CheckedData(2025, to tick: odd)"
    assert repr(rules.check_data({"i": 81})) == "CheckedData(2025, to tick: nothing)"
    assert found.language == "sv"
    assert found == CheckedData.from_dict(found.to_dict())
    assert "Utfallen är givna från ett program." in found.text()
    assert rules.check_data({"i": None}, missing=lambda each: each is None).to_tick == ()
    with pytest.raises(goalrules.QuestionError):
        rules.check_data({}, "nu")
    with pytest.raises(goalrules.LimitError):
        rules.check_data({"i": 81}, limits=Limits(deadline=0))


# Workbooks


def test_the_columns_of_a_workbook_have_letters(tmp_path: Path) -> None:
    text = f'{HEAD}  indikator i "I"\n{PERCENT}\n  indikator j "J"\n{PLAIN}\n  grön om alla gröna\n'
    rules = goalrules.loads(text)
    path = tmp_path / "u.xlsx"
    path.write_bytes(
        written(
            ("Utfall", [["indikator", "feb 2025", ""], ["i", 0.81, "x"], ["j", 81, None]]),
            ("Hemligt", [["indikator", "utfall"], ["i", 82]]),
            ("Läs mig", [["Så här gör du"]]),
            states={"Hemligt": "hidden"},
        )
    )
    rows = goalrules.read_outcomes(path, 2025, name="u.xlsx")
    found = rules.check_data(rows, "2025-02")
    text = found.text("sv")
    assert "u.xlsx (XLSX), bladet Utfall, rubriker på rad 1" in text
    assert re.search(r"^\[ \] +B +feb 2025 +utfall för februari 2025$", text, re.MULTILINE)
    assert "u.xlsx, bladet Utfall, rad 2" in text
    assert "u.xlsx:Utfall!B2: 1/i, februari 2025: 0,81 i en indikator i procent" in text
    assert re.search(r"^\[!\]  bladet Hemligt läses inte", text, re.MULTILINE)
    assert re.search(r"^\[ \]  bladet Läs mig läses inte", text, re.MULTILINE)


ROLES: dict[str, ColumnRole] = {
    "mål": "goal", "indikator": "indicator", "grupp": "group", "period": "period", "år": "year",
    "utfall": "value", "bedömning": "level", "plan": "plan", "prognos": "forecast",
    "antal": "count", "kommentar": "comment", "källa": "source", "typ": "kind",
    "måttenhet": "measure", "kön": "sex",
}  # fmt: skip


def test_every_column_is_read_as_something() -> None:
    cells = {"mål": "1", "indikator": "i", "period": "2025", "år": "2025", "utfall": "81",
             "typ": "utfall", "måttenhet": "%", "kön": "totalt"}  # fmt: skip
    found = checked(PERCENT, ";".join(cells.get(each, "") for each in ROLES), head=";".join(ROLES))
    [table] = found.trace.files[0].tables
    assert table.columns == tuple(
        CheckedColumn(number, heading, role)
        for number, (heading, role) in enumerate(ROLES.items(), 1)
    )


def test_rows_without_files_have_no_tables() -> None:
    rules = goalrules.loads(f'{HEAD}  indikator i "I"\n{PERCENT}\n  grön om alla gröna\n')
    assert rules.check_data(OutcomeRows()).trace.files == ()
