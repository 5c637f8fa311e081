"""The command on the files that people have: workbooks and JSON, and the year that is assessed."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from workbooks import by_hand, cell, headed, row, text, written

import goalrules
from goalrules.cli import main

RULES = """goalrules 1 sv
plan "P"
gäller 2025
mål 1 "T"
  indikator a
    nivåer: grön minst 80, annars röd
  grön om a grön
"""
MONTHS: Sequence[Sequence[object]] = [["indikator", "jan", "feb"], ["a", 79, 80]]


@pytest.fixture
def rules(tmp_path: Path) -> str:
    path = tmp_path / "r.goals"
    path.write_text(RULES, encoding="utf-8")
    return str(path)


def outcomes(folder: Path, data: bytes) -> str:
    """A file whose name says nothing of what kind it is."""
    path = folder / "utfall"
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize(
    "data",
    [
        written(("Blad1", MONTHS)),
        b'[{"indikator": "a", "jan": 79, "feb": 80}]',
        b"indikator;jan;feb\na;79;80\n",
    ],
    ids=["xlsx", "json", "csv"],
)
def test_months_are_of_the_year_that_is_assessed(
    rules: str, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = outcomes(tmp_path, data)
    for period, level in (("2025-01", "röd"), ("2025-02", "grön")):
        assert main(["assess", rules, path, "--period", period]) == 0
        assert level in capsys.readouterr().out


def test_a_year_in_the_file_is_its_own(rules: str, tmp_path: Path) -> None:
    path = outcomes(tmp_path, written(("Utfall 2024", MONTHS)))
    found = goalrules.read_outcomes(path, 2025)
    assert [each.period.year for each in found if each.period] == [2024, 2024]
    with pytest.raises(goalrules.OutcomeError, match="period-without-year"):
        goalrules.read_outcomes(outcomes(tmp_path, written(("Utfall", MONTHS))))
    assert goalrules.load(rules).year_of() == 2025


def test_faults_name_the_sheet_and_the_cell_and_steer_no_terminal(
    rules: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = headed(row(2, text("A2", "a"), cell("B2", "#N/A", "e")))
    path = outcomes(tmp_path, by_hand(faulty, name="Blad\x7f"))
    assert main(["assess", rules, path]) == 1
    said = capsys.readouterr().err
    assert "utfall:2:2: blad Blad" in said
    assert "cell B2: cellen har kalkylbladets fel" in said
    assert "\x7f" not in said


def test_a_row_twice_in_different_sheets_names_both(
    rules: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one: Sequence[Sequence[object]] = [["indikator", "period", "utfall"], ["a", 2025, 1]]
    outcomes(tmp_path, written(("Blad 1", one), ("Blad 2", [["x"], *one])))
    monkeypatch.chdir(tmp_path)
    assert main(["assess", rules, "utfall"]) == 1
    said = capsys.readouterr().err
    assert "utfall:3:1: blad Blad 2, cell A3: " in said
    assert "på rad 2 i" in said
    assert "utfall (Blad 1)" in said


def test_the_trace_says_which_sheet_a_row_stands_in(rules: str, tmp_path: Path) -> None:
    path = outcomes(tmp_path, written(("Helår", [["indikator", "utfall"], ["a", 83.1]])))
    result = goalrules.load(rules).assess(goalrules.read_outcomes(path, 2025), "2025")
    document = result.to_dict()
    finding = document["states"]["a"]["finding"]
    row = document["inputs"][finding["row"]]
    assert (document["files"][row["file"]]["sheet"], row["line"]) == ("Helår", 2)
    assert finding["value"] == "83.1"
