"""From a cell of one unit to the council's verdict, and back: three boards, twelve units.

Each unit hands in a workbook. The folder of a board's units gives each unit its verdict, and by a
reading note, which has the units as parts, the board its goals, which are members of the council's.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from commands import run
from imports import ROOT
from openpyxl import load_workbook
from workbooks import written

BOARDS: Mapping[str, tuple[str, ...]] = {
    "Socialnämnden": ("Norr", "Söder", "Öster", "Väster"),
    "Utbildningsnämnden": ("Ekskolan", "Lindskolan", "Almskolan", "Björkskolan"),
    "Kulturnämnden": ("Biblioteket", "Museet", "Musikskolan", "Scenen"),
}
PLAN = """goalrules 1 sv
plan "Verksamhetsplan 2025", "{board}"
gäller 2025
mål 1 "Korta väntetider"
  indikator väntetid "Väntetid (dagar)"
    {parts}
    riktvärde högst 30
  grön om alla gröna
  annars röd
mål 2 "Nöjda"
  indikator nöjda "Nöjda (%)"
    måttenhet %
    {parts}
    riktvärde minst 80
  grön om alla gröna
  annars röd
"""
NOTE = """rubriker.Enhet = "indikator"
rubriker.Indikator = "grupp"
"""
Json = dict[str, Any]
Cells = list[list[object]]


@pytest.fixture
def handed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rules of the council, the boards and the units, and a folder of workbooks per board."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / "council" / "kf.goals", ".")
    Path("delar.toml").write_text(NOTE, encoding="utf-8")
    for board, units in BOARDS.items():
        parts = "delar " + ", ".join(f'"{unit}"' for unit in units)
        for name, text in ((board, parts), (f"{board} enhet", "")):
            plan = PLAN.format(board=board, parts=text)
            Path(f"{name}.goals").write_text(plan, encoding="utf-8")
        Path(board).mkdir()
        for number, unit in enumerate(units):
            cells: Cells = [["Uppföljning av enheten"], ["Enhet", "Indikator", "Utfall 2025"]]
            cells += [[unit, "väntetid", 24 + number], [unit, "nöjda", 84 + number]]
            Path(board, f"{unit}.xlsx").write_bytes(written(("Rapport", cells)))
    return tmp_path


def change(board: str, unit: str, cell: str, value: int) -> None:
    """Write in a cell of a unit's workbook."""
    path = Path(board, f"{unit}.xlsx")
    book = load_workbook(path)
    book["Rapport"][cell] = value
    book.save(path)


def assessed(capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Json], Json]:
    """The documents of the boards by the names of their files, and that of the council."""
    documents: dict[str, Json] = {}
    for board in BOARDS:
        name, note = f"{board}.json", ("--note", "delar.toml", "--format", "json")
        made = run(capsys, "assess", f"{board}.goals", board, *note, "-o", name)
        assert (made.code, made.err) == (0, "")
        documents[name] = json.loads(Path(name).read_text(encoding="utf-8"))
    above = run(capsys, "assess", "kf.goals", *documents, "--format", "json")
    assert (above.code, above.err) == (0, "")
    return documents, json.loads(above.out)


def verdicts(document: Json) -> dict[str, str]:
    return {goal["id"]: goal["verdict"] for goal in document["goals"]}


def place(document: Json, name: str) -> Json:
    """Where the row stands that a state of a document comes from."""
    row: Json = document["inputs"][document["states"][name]["finding"]["row"]]
    return {**row, **document["files"][row["file"]]}


CHANGES = {
    "väntetid": ("Socialnämnden", "Öster", "C3", 31, "1", "stöd-i-tid",
                 {"1": "not met", "2": "met"}),
    "nöjda": ("Utbildningsnämnden", "Almskolan", "C4", 79, "2", "behörighet",
              {"1": "not met", "2": "met"}),
    "in a group": ("Kulturnämnden", "Scenen", "C3", 40, "1", "Kulturnämnden/1",
                   {"1": "met", "2": "not met"}),
}  # fmt: skip


@pytest.mark.usefixtures("handed_in")
@pytest.mark.parametrize("case", CHANGES)
def test_a_cell_of_a_unit_reaches_the_council_and_is_found_from_there(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    board, unit, cell, value, goal, member, expected = CHANGES[case]
    assert verdicts(assessed(capsys)[1]) == {"1": "met", "2": "met"}
    change(board, unit, cell, value)
    of_units = run(capsys, "units", f"{board} enhet.goals", board, "--format", "json")
    judged = {
        each["unit"]: {came["goal"]: came["verdict"] for came in each["goals"]}
        for each in json.loads(of_units.out)["units"]
    }
    lost = {(name, id_) for name, goals in judged.items() for id_ in goals if goals[id_] != "met"}
    assert (len(judged), lost) == (4, {(unit, goal)})
    documents, above = assessed(capsys)
    assert verdicts(above) == expected
    # and back: from the council's member to the board's document, its goal, and the unit's cell
    [name] = [name for name in above["states"] if name.endswith(member)]
    voucher = place(above, name)
    assert (voucher["file"], voucher["assessed"]["goal"]) == (f"{board}.json", goal)
    below = documents[voucher["file"]]
    text = Path(voucher["file"]).read_text(encoding="utf-8").splitlines()
    begins = "\n".join(text[voucher["line"] - 1 :]).lstrip()
    assert json.JSONDecoder().raw_decode(begins)[0]["id"] == goal
    [indicator] = next(each["members"] for each in below["goals"] if each["id"] == goal)
    derivation = json.dumps(below["derivations"], ensure_ascii=False)
    [part] = [name for name, state in below["states"].items()
              if state["kind"] == "part" and state["best"] == "not reached"]  # fmt: skip
    assert f'"{part}"' in derivation
    assert below["states"][indicator]["worst"] == "red"
    row = place(below, part)
    column, line = cell[0], cell[1:]
    assert (row["file"], row["sheet"]) == (str(Path(board, f"{unit}.xlsx")), "Rapport")
    assert (row["line"], row["column"]) == (int(line), "ABC".index(column) + 1)
    assert below["states"][part]["finding"]["value"] == str(value)


@pytest.mark.usefixtures("handed_in")
def test_a_unit_that_has_not_handed_in_leaves_the_council_open(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("Socialnämnden", "Väster.xlsx").unlink()
    named = [part for unit in BOARDS["Socialnämnden"] for part in ("--enhet", unit)]
    matrix = run(capsys, "units", "Socialnämnden enhet.goals", "Socialnämnden", *named)
    assert "Inget är rapporterat för perioden: Väster." in matrix.out
    assert verdicts(assessed(capsys)[1]) == {"1": "open", "2": "met"}


@pytest.mark.usefixtures("handed_in")
def test_a_copy_beside_a_unit_s_workbook_changes_nothing_and_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copy(Path("Socialnämnden", "Norr.xlsx"), Path("Socialnämnden", "Norr (1).xlsx"))
    change("Socialnämnden", "Norr (1)", "C3", 99)
    documents, above = assessed(capsys)
    assert verdicts(above) == {"1": "met", "2": "met"}
    files = documents["Socialnämnden.json"]["account"]["files"]
    unread = {Path(each["file"]).name: each.get("unread", "") for each in files}
    assert unread["Norr (1).xlsx"] == "copy"
    Path("Socialnämnden", "Norr (1).xlsx").rename("Socialnämnden/Norr igen.xlsx")
    twice = run(capsys, "units", "Socialnämnden enhet.goals", "Socialnämnden")
    first, second = Path("Socialnämnden", "Norr igen.xlsx"), Path("Socialnämnden", "Norr.xlsx")
    assert twice.faults == ["duplicate-row", "duplicate-row"]
    assert str(first) in twice.err
    assert str(second) in twice.err
