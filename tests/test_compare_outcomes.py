"""Two states of a file of outcomes: each cell that changed, with its place, and nothing hidden."""

# ruff: noqa: E501 - a case is a line

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from commands import refused, run
from schemas import validator_of
from workbooks import written

import goalrules
from goalrules.compare.outcome_changes import stated
from goalrules.compare.outcome_changes_result import OutcomeChanges
from goalrules.data.outcome import OutcomeRow
from goalrules.data.values import LevelRange, LevelWord, Reached, Status
from goalrules.text.numbers import Amount

RULES = goalrules.loads(
    """goalrules 1 sv
gäller 2025
mål 1 "Ett"
  indikator a "Antal besök"
    riktvärde minst 100
  indikator h "Fall"
    små tal döljs
    riktvärde högst 9
  indikator b
    riktvärde minst 1
  grön om alla gröna
""",
    "r.goals",
)
HEADS = ("indikator", "period", "utfall", "kommentar")
Rows = Sequence[tuple[object, ...]]


def changes(old: Rows, new: Rows, rules: goalrules.RuleSet | None = RULES) -> list[str]:
    """What changed between two workbooks, each on a line."""
    before, after = (
        goalrules.read_outcomes(written(("Data", [HEADS, *rows])), 2025, name=f"{name}.xlsx")
        for rows, name in ((old, "old"), (new, "new"))
    )
    found = goalrules.compare_outcomes(before, after, rules)
    validator_of(OutcomeChanges).validate(found.to_dict())
    return [
        f"{each.kind} {each.indicator} {each.period} {each.column}: {each.before} > {each.after}"
        f" {each.file} {each.sheet} {each.line} {each.cell}{' hidden' * each.hidden}"
        for each in found.changes
    ]


CASES: dict[str, tuple[Rows, Rows, list[str]]] = {
    "nothing": ([("a", "2025", 5, "x")], [("a", "2025", 5, "x")], []),
    "a figure": ([("a", "2025", 5)], [("a", "2025", 6)], ["changed 1/a 2025 value: 5 > 6 new.xlsx Data 2 3"]),
    "a comment is new": ([("a", "2025", 5)], [("a", "2025", 5, "y")], ["changed 1/a 2025 comment: None > y new.xlsx Data 2 4"]),
    "a figure is gone": ([("a", "2025", 5, "x")], [("a", "2025", None, "x")], ["changed 1/a 2025 value: 5 > None new.xlsx Data 2 3"]),
    "rows in another order": ([("a", "jan", 5), ("b", "2025", 1)], [("b", "2025", 1), ("a", "jan", 5)], []),
    "another name": ([("a", "2025", 5)], [("Antal besök", "2025", 5)], []),
    "a word": ([("b", "2025", "grön")], [("b", "2025", "uppgift saknas")], ["changed 1/b 2025 value: green > missing new.xlsx Data 2 3"]),
    "rows new and gone": (
        [("a", "2025-01", 5)], [("a", "2025-02", 5)],
        ["new 1/a 2025-02 value: None > 5 new.xlsx Data 2 3", "gone 1/a 2025-01 value: 5 > None old.xlsx Data 2 3"],
    ),
    "the same twice": (
        [("a", "2025", 5)], [("a", "2025", 5), ("a", "2025", 7)],
        ["changed 1/a 2025 value: None > 7 new.xlsx Data 3 3"],
    ),
    "hidden": (
        [("h", "2025", 3, "x"), ("h", "2025-01", 2)], [("h", "2025", 40, "y")],
        [
            "changed 1/h 2025 value: None > None new.xlsx Data 2 3 hidden",
            "changed 1/h 2025 comment: None > None new.xlsx Data 2 4 hidden",
            "gone 1/h 2025-01 value: None > None old.xlsx Data 3 3 hidden",
        ],
    ),
    "misspelt may be hidden": ([("hh", "2025", 3)], [("hh", "2025", 4)], ["changed hh 2025 value: None > None new.xlsx Data 2 3 hidden"]),
    "of another year": ([("a", "2024", 5)], [("a", "2024", 6)], ["changed 1/a 2024 value: 5 > 6 new.xlsx Data 2 3"]),
    "without a period": ([("a", None, 5)], [("a", None, 6)], ["changed 1/a  value: 5 > 6 new.xlsx Data 2 3"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_cells_that_changed(case: str) -> None:
    old, new, expected = CASES[case]
    assert changes(old, new) == expected


def test_without_rules_names_are_as_they_stand_and_nothing_is_hidden() -> None:
    old, new = [("h", "2025", 3), ("a", "2025", 5)], [("h", "2025", 4), ("Antal besök", "2025", 5)]
    assert changes(old, new, None) == [
        "changed h 2025 value: 3 > 4 new.xlsx Data 2 3",
        "new Antal besök 2025 value: None > 5 new.xlsx Data 3 3",
        "gone a 2025 value: 5 > None old.xlsx Data 3 3",
    ]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (Amount(Decimal("83.10")), "83.10"),
        (Amount(Decimal(5), "%"), "5 %"),
        (Decimal(7), "7"),
        (LevelWord("green"), "green"),
        (LevelWord("fullt", "Fullt"), "fullt"),
        (LevelRange("red", "yellow"), "red–yellow"),
        (Status("missing"), "missing"),
        (Reached(reached=True), "reached"),
        (Reached(reached=False), "not reached"),
        ("", None),
        (None, None),
    ],
)
def test_what_a_cell_states(given: object, text: str | None) -> None:
    assert stated(given) == text


def test_outcomes_from_python_are_compared_and_their_faults_told() -> None:
    found = goalrules.compare_outcomes({"a": 5}, [{"indicator": "a", "value": 6}], RULES)
    assert [(each.before, each.after) for each in found.changes] == [("5", "6")]
    assert found.changed
    assert (repr(found), found.language) == ("ChangedOutcomes('outcomes', 'outcomes', 1)", "sv")
    with pytest.raises(goalrules.OutcomeError, match="unknown-field"):
        goalrules.compare_outcomes({"a": 5}, [{"indicator": "a", "valu": 6}])
    assert not goalrules.compare_outcomes({"a": 5}, {"a": 5}, language="en").changed
    row = OutcomeRow(indicator="a", unit="Norr", value=Amount(Decimal(1)))
    assert goalrules.compare_outcomes([row], []).changes[0].unit == "Norr"


OLD = """enhet;indikator;period;utfall;plan;anteckn
Norr;a;2025;5;följs;q
Syd;a;2025;6;;
Syd;h;2025;2;;
"""
NEW = """enhet;indikator;period;utfall;plan;anteckn
Norr;a;2025;7,5;påbörjade;q
Syd;a;2025;6;;
Syd;h;2025;3;;
Syd;b;2025;uppgift saknas;;
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("old.csv", OLD), ("new.csv", NEW), ("r.goals", RULES._text)):  # noqa: SLF001
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_command_writes_a_table_to_tick_off(capsys: pytest.CaptureFixture[str]) -> None:
    ended = run(capsys, "compare", "old.csv", "new.csv", "--rules", "r.goals")
    assert ended.code == 0
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert "[ ] Norr 1/a helåret 2025 utfall 5 7,5 new.csv:2:4" in lines
    assert "[ ] Norr 1/a helåret 2025 plan följs påbörjade new.csv:2:5" in lines
    assert "[ ] Syd 1/h helåret 2025 utfall (visas inte) (visas inte) new.csv:4:4" in lines
    assert "[ ] Syd 1/b helåret 2025 utfall (ny rad) uppgift saknas new.csv:5:4" in lines
    assert "Att bocka av: 3 ändrade celler och 1 ny rad." in lines
    assert "Inte jämfört, då det inte läses eller är text vid sidan av utfallen: anteckn." in lines
    back = run(capsys, "compare", "new.csv", "old.csv", "--lang", "en", "--exit-code")
    assert back.code == 1
    assert "To tick off: 3 changed cells and 1 row that is gone." in back.out
    one = run(capsys, "compare", "old.csv", "new.csv", "--where", "enhet=Syd", "--lang", "en")
    assert "To tick off: 1 changed cell and 1 new row." in one.out


@pytest.mark.usefixtures("folder")
def test_the_command_says_that_nothing_changed_and_writes_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    same = run(capsys, "compare", "old.csv", "old.csv", "--exit-code")
    assert (same.code, "Inget har ändrats" in same.out) == (0, True)
    found = json.loads(run(capsys, "compare", "old.csv", "new.csv", "--format", "json").out)
    validator_of(OutcomeChanges).validate(found)
    assert [each["after"] for each in found["changes"]] == ["7.5", "begun", "3", "missing"]
    refused(run(capsys, "compare", "old.csv", "none.csv"), "no-such-file", "none.csv")


def test_rows_that_are_gone_and_hidden_are_told_on_a_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, rows in (("o.xlsx", [("a", "2025", 5, ""), ("b", "", "", "x")]), ("n.xlsx", [])):
        data = written(("Data", [HEADS, *rows, ("c", "", 1, "")]))
        (tmp_path / name).write_bytes(data)
    told = run(capsys, "compare", tmp_path / "o.xlsx", tmp_path / "n.xlsx").out
    assert "Data!C2" in told
    assert "2 rader som är borta" in told


def test_objects_on_one_line_are_told_by_their_numbers() -> None:
    before, after = (
        goalrules.read_outcomes(
            json.dumps(
                [{"indikator": "b", "utfall": 1}, {"indikator": "a", "utfall": each}]
            ).encode(),
            2025,
            name=f"{name}.json",
        )
        for name, each in (("old", 5), ("new", 6))
    )
    found = goalrules.compare_outcomes(before, after, RULES)
    assert [(each.sheet, each.line) for each in found.changes] == [("[]", 2)]
    assert "new.json, post 2" in found.text("sv")
    assert "new.json, entry 2" in found.text("en")
