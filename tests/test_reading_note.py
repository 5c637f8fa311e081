"""Reading notes: what a file does not say itself is said beside it, and told in the account."""

# ruff: noqa: E501 - a case is a line

import re
import tomllib
from io import BytesIO
from pathlib import Path

import pytest
from commands import run
from openpyxl import load_workbook
from rows_said import said
from workbooks import written

import goalrules
from goalrules.data.outcome import OUTCOMES
from goalrules.data.outcomes import read_outcomes
from goalrules.data.reading_note import ReadingNote, read_note
from goalrules.text.languages import Language
from goalrules.text.names import toml_key, toml_text

RULES = """goalrules 1 sv
plan "Verksamhetsplan 2025"
gäller 2025
bedöm indikatorer
  grön om riktvärdet uppnått
  annars röd
mål 1 "M"
  indikator a
    riktvärde minst 80
  grön om alla gröna
"""


def noted(text: str) -> ReadingNote:
    note, faults = read_note(text.encode(), "u.csv.toml", OUTCOMES)
    assert faults == ()
    return note


def read(table: str | bytes, note: str, year: int | None = 2025) -> tuple[list[str], list[str]]:
    """What the rows say by a note, and the codes of what is wrong."""
    data = table.encode() if isinstance(table, str) else table
    rows, faults = read_outcomes(data, "u.csv", year, note=noted(note))
    return [said(each) for each in rows], [each.code for each in faults]


READ = {
    "a period": ("indikator;Mätning;utfall\na;2024;1\n", 'rubriker."Mätning" = "period"', ["a 2024 value=1"]),
    "a period of figures": ("indikator;ack feb;utfall mars\na;1;2\n", 'rubriker."ack feb" = "feb"', ["a 2025-02 value=1", "a 2025-03 value=2"]),
    "a field of a period": ("indikator;Slutgissning;jan\na;9;2\n", 'headings.Slutgissning = "forecast full year"', ["a 2025 forecast=9", "a 2025-01 value=2"]),
    "the indicator": ("Benämning;utfall\na;1\n", '[rubriker]\n"Benämning" = "indikator"', ["a - value=1"]),
    "the outcome": ("indikator;V1\na;1\n", 'headings.v1 = "value"', ["a - value=1"]),
    "the outcome, and not another": ("indikator;V1;utfall\na;1;2\n", 'headings.v1 = "value"\nheadings.utfall = "not read"', ["a - value=1"]),
    "a date": ("indikator;När;utfall\na;2024-03-01;1\n", 'rubriker."När" = "läses inte"', ["a - value=1"]),
    "a title": ("Budget 2025;\n\nindikator;utfall;2025\na;;1\n", 'rubriker."Budget 2025" = "läses inte"\nrubriker.utfall = "läses inte"', ["a 2025 value=1"]),
    "a row of groups": ("indikator;Slutsiffra;\n;2024;2025\na;1;2\n", 'rubriker.Slutsiffra = "utfall"', ["a 2024 value=1", "a 2025 value=2"]),
    "periods below": ("indikator;Utfall;\n;ett;2025\na;1;2\n", 'rubriker.ett = "2024"', ["a 2024 value=1", "a 2025 value=2"]),
    "rows": ("Urval;indikator;utfall\nNora;a;1\nÖrebro;a;2\n", 'rader.Urval = "nora"', ["a - value=1"]),
    "some rows": ("Del;indikator;utfall\nA;a;1\nB;b;2\nC;c;3\n", 'rader.Del = ["A", "C"]', ["a - value=1", "c - value=3"]),
    "other rows": ("Del;indikator;utfall\nA;a;1\nB;b;2\n;c;3\n", 'undanta.Del = "B"', ["a - value=1", "c - value=3"]),
    "rows without": ("Del;indikator;utfall\nA;a;1\n;a;2\n", 'undanta.Del = [""]', ["a - value=1"]),
    "rows of many": ("Del;indikator;utfall\n" + "".join(f"D{n};a{n};{n}\n" for n in range(9)), 'rader.Del = "D8"', ["a8 - value=8"]),
    "rows by a heading that is read": ("period;indikator;utfall\n2024;a;1\n2025;a;2\n", 'undanta.Period = ["2024"]', ["a 2025 value=2"]),
    "rows by a heading that is read otherwise": ("När;indikator;utfall\n2024;a;1\n2025;a;2\n", 'rubriker."När" = "period"\nrader."När" = "2025"', ["a 2025 value=2"]),
    "rows by two headings": ("Del;Etikett;indikator;utfall\nA;x;a;1\nA;y;a;2\nB;x;a;3\n", 'rader.Del = "A"\nundanta.Etikett = "y"', ["a - value=1"]),
    "JSON": ('[{"name": "a", "result": 1}]', 'headings.name = "indicator"\nheadings.result = "value"', ["a - value=1"]),
    "a note of nothing": ("indikator;utfall\na;1\n", "# inget\n", ["a - value=1"]),
    "with the signs of Windows": ("indikator;Mätning;utfall\na;2024;1\n", '# så\r\nrubriker."mätning" = "period"\r\n', ["a 2024 value=1"]),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_as_its_note_says(name: str) -> None:
    table, note, rows = READ[name]
    assert read(table, note) == (rows, [])


NOT_READ = {
    "two of one kind": ("indikator;A;B\na;1;2\n", 'rubriker.A = "utfall"\nrubriker.B = "utfall"', "heading-twice"),
    "rows that are still of two": ("Urval;indikator;utfall\nNora;a;1\nÖrebro;a;2\nKumla;a;3\n", 'undanta.Urval = "Kumla"', "rows-differ-beside"),
    "rows that are chosen and of two": ("Urval;indikator;utfall\nNora;a;1\nÖrebro;a;2\n", 'rader.Urval = ["Nora", "Örebro"]', "rows-differ-beside"),
    "no heading row": ("indikator;utfall\na;1\n", 'rubriker.utfall = "läses inte"', "no-headings"),
    "far down": ("x\n" * 30 + "Namn;utfall\na;1\n", 'rubriker.Namn = "indikator"', "headings-far-down"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_READ)
def test_what_a_note_does_not_settle_is_refused_as_before(name: str) -> None:
    table, note, code = NOT_READ[name]
    assert code in read(table, note)[1]


def book() -> bytes:
    rows = [["indikator", 2025], ["a", 90]]
    return written(("Utfall", rows), ("Arkiv", [["indikator", 2025], ["a", 10]]), ("Text", [["x"]]))


def test_a_sheet_is_left_that_a_note_leaves() -> None:
    assert read(book(), "")[1] == []
    found = read_outcomes(book(), "u.xlsx", note=noted('blad.ARKIV = "läses inte"'))[0]
    assert [said(each) for each in found] == ["a 2025 value=90"]
    assert found.files[0].sheets == (("Arkiv", "as noted"), ("Text", "text alone"))


def test_a_hidden_sheet_is_left_too() -> None:
    opened, file = load_workbook(BytesIO(book())), BytesIO()
    for name in ("Arkiv", "Text"):
        opened[name].sheet_state = "hidden"
    opened.save(file)
    data = file.getvalue()
    notes = {"": "hidden", 'sheets.Arkiv = "not read"': "as noted"}
    for note, reason in notes.items():
        found = read_outcomes(data, "u.xlsx", note=noted(note))[0]
        assert dict(found.files[0].sheets) == {"Arkiv": reason, "Text": "hidden without table"}


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"a = \n", "note-not-toml", 1),
        (b'rader.A = "1"\n\nb', "note-not-toml", 3),
        (b"\xff\xfe\x00\xd8", "undecodable", 1),
        (b"rader = " + b"[" * 5_000, "note-not-toml", 1),
    ],
)
def test_a_note_that_cannot_be_read_says_where(data: bytes, code: str, line: int) -> None:
    note, (fault,) = read_note(data, "n.toml", OUTCOMES)
    assert (note.headings, fault.code, fault.span.line) == ({}, code, line)


def test_a_key_that_is_written_in_another_way_is_told_of_the_whole_note() -> None:
    faults = read_outcomes(
        b"indikator;utfall\na;1\n", "u.csv", note=noted('rubriker."\\u0041b" = "period"')
    )[1]
    assert [(each.code, each.span.line, each.span.column) for each in faults] == [
        ("note-heading-not-found", 1, 1)
    ]


@pytest.mark.parametrize(
    "text", ["a", "A-1_b", "Mätning", 'sagt "så"', "a\\b", "a\tb", "", "a\x7f"]
)
def test_keys_and_texts_are_written_so_that_toml_reads_them(text: str) -> None:
    assert tomllib.loads(f"{toml_key(text)} = {toml_text(text)}") == {text: text}


# Beside a file, or given


def folder(tmp_path: Path, note: str) -> tuple[Path, Path]:
    rules, table = tmp_path / "r.goals", tmp_path / "u.csv"
    rules.write_text(RULES, "utf-8")
    table.write_text(
        "Urval;indikator;Mätning;utfall;Etikett\nRiket;a;2025;79;x\nNora;a;2025;83;x\n", "utf-8"
    )
    (tmp_path / "u.csv.toml").write_text(note, "utf-8")
    return rules, table


NOTE = 'rader.Urval = "Nora"\nrubriker."Mätning" = "period"\nrubriker.Etikett = "läses inte"\nundanta.Etikett = "q"\n'


def test_a_note_beside_a_file_is_found_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, table = folder(tmp_path, NOTE.replace('undanta.Etikett = "q"\n', ""))
    ended = run(capsys, "assess", rules, table, "--inputs", "--strict")
    assert ended.code == 0, ended.err
    for line in (
        "Läst enligt läsanvisningen",
        "rubriken Mätning läses som period",
        "bara rader där Urval är Nora räknas",
        "kolumn 5, Etikett: läses inte enligt läsanvisningen",
        "rad 2: är inte bland de rader som valts",
    ):
        assert line in ended.out
    found = goalrules.load(rules).assess(goalrules.read_outcomes(table))
    (file,) = found.to_dict()["account"]["files"]
    assert file["note"] == {
        "file": f"{table}.toml",
        "headings": [{"heading": "Mätning", "read_as": "period"}],
        "rows": [{"heading": "Urval", "texts": ["Nora"], "taken": True}],
    }


@pytest.mark.parametrize("command", ["assess", "gap", "year", "diff", "units", "check-data"])
def test_a_note_is_given_to_each_command_that_reads_outcomes(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, table = folder(tmp_path, "fel")
    note = tmp_path / "annan.toml"
    note.write_text('undanta.Urval = "Riket"\nrubriker."Mätning" = "period"\n', "utf-8")
    given = [rules, rules, "--outcomes", table] if command == "diff" else [rules, table]
    if command == "units":
        with_unit = table.read_text("utf-8").replace("Etikett", "Enhet", 1)
        table.write_text(with_unit, "utf-8")
    noted = run(capsys, command, *given, "--note", note)
    assert "note-not-toml" not in noted.out
    assert noted.code == (1 if command == "check-data" else 0)  # a column is not read
    refused = run(capsys, command, *given)
    assert refused.code == 1
    assert "note-not-toml" in refused.err + refused.out
    assert "no-such-file" in run(capsys, command, *given, "--note", tmp_path / "borta").err


def test_rows_that_are_left_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules, table = folder(tmp_path, 'undanta.Urval = "Riket"\nrubriker."Mätning" = "period"\n')
    out = run(capsys, "assess", rules, table, "--inputs").out
    assert "rader där Urval är Riket räknas inte" in out


def test_a_note_is_given_from_python_too(tmp_path: Path) -> None:
    _, table = folder(tmp_path, "fel")
    data, note = table.read_bytes(), 'rows.Urval = "Nora"\nheadings."Mätning" = "period"\n'
    for file in (table, data):
        rows = goalrules.read_outcomes(file, note=note.encode())
        assert [said(each) for each in rows] == ["a 2025 value=83"]
    with pytest.raises(goalrules.OutcomeError, match="note-not-toml"):
        goalrules.read_outcomes(table)
    with pytest.raises(goalrules.OutcomeError, match="times-not-read"):
        goalrules.read_outcomes(data)
    rows = goalrules.read_outcomes(table, note=note.encode(), where={"Etikett": "x"})
    assert [said(each) for each in rows] == ["a 2025 value=83"]


def test_the_account_of_rows_of_two_readings_keeps_the_note(tmp_path: Path) -> None:
    _, table = folder(tmp_path, "fel")
    note = b'rows.Urval = "Nora"\nheadings."M\xc3\xa4tning" = "period"\n'
    one = goalrules.read_outcomes(table, note=note)
    other = goalrules.read_outcomes(b"indikator;utfall\nb;1\n", name=str(table))
    rules = goalrules.loads(
        RULES.replace("  indikator a\n", "  indikator a\n    riktvärde minst 2\n  indikator b\n")
    )
    for rows in (one + other, other + one):
        assert rules.assess(rows).inputs.files[0].note


# What a refusal writes out


TABLES = {
    "times": "indikator;Mätning;utfall\na;2025;83\n",
    "rows": "Urval;indikator;utfall\nNora;a;83\nÖrebro;a;84\n",
    "a kind": "Typ;indikator;utfall\nUtfall;a;83\nnågot;b;84\n",
    "a period": "indikator;jan;delår 1\na;1;2\n",
    "no period": "indikator;jan;Utfall\na;1;2\n",
    "several": "indikator;period;Zqx;utfall\na;2025-01;x;1\na;2025-02;y;2\n",
    "a word": "indikator;Zqx;utfall\na;Prognos;1\n",
    "numbers": "indikator;Zqx;utfall\na;5;1\nb;7;2\n",
    "no heading": "indikator;;utfall\na;5;1\nb;7;2\n",
    "a title": "Budget 2025\nindikator;värde\na;1\n",
    "a title of forecasts": "Prognos 2025\nindikator;utfall\na;1\n",
    "a title of a part": "Delårsrapport 2025\nindikator;utfall\na;1\n",
}  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", TABLES)
def test_the_note_that_a_refusal_writes_out_answers_it(name: str, language: Language) -> None:
    data = TABLES[name].encode()
    with pytest.raises(goalrules.OutcomeError) as refused:
        goalrules.read_outcomes(data, 2025, language=language)
    said_by = [each.hint(language) for each in refused.value.diagnostics]
    sections = "rader|undanta|rubriker|rows|except|headings"
    lines = {line for hint in said_by for line in re.findall(rf"`((?:{sections})\..+?)` ", hint)}
    if name == "several":  # of the two that answer it either does
        lines = {each for each in lines if "text" in each}
    assert lines
    assert goalrules.read_outcomes(data, 2025, note="\n".join(lines).encode())


def test_the_name_of_a_sheet_is_answered_by_a_note_or_by_another_name() -> None:
    long: list[list[object]] = [["indikator", "värde"], ["a", 1]]
    with pytest.raises(goalrules.OutcomeError, match="sheet-of-no-outcomes") as refused:
        goalrules.read_outcomes(written(("Budget", long), ("Annat", [["text"]])), 2025)
    assert 'blad.Budget = "läses inte"' in str(refused.value)
    with pytest.raises(goalrules.OutcomeError, match="sheet-of-part") as refused:
        goalrules.read_outcomes(written(("Delårsrapport", long), ("Annat", [["text"]])), 2025)
    assert "rubriker" not in str(refused.value)


def test_the_note_that_a_refusal_of_a_sex_writes_out_answers_it() -> None:
    data, rules = b"K\xc3\xb6n;indikator;utfall\nKvinnor;a;83\n", goalrules.loads(RULES)
    with pytest.raises(goalrules.OutcomeError, match="column-of-part") as refused:
        rules.assess(goalrules.read_outcomes(data, 2025))
    line = str(refused.value).partition("eller spara `")[2].partition("`")[0]
    assert rules.assess(goalrules.read_outcomes(data, 2025, note=line.encode()))
