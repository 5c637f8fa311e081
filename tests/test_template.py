"""The workbook in which outcomes are filled in: what is filled in is what is read back."""

from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from cases import first_of
from commands import refused, run
from filling import Key, Written, fill, inputs, meant, opened, read_back, rule_set, saved, sheets
from golden_pages import FOLDER, expectations
from imports import ROOT
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from test_purity import loaded, python

import goalrules
from goalrules.data.outcomes import read_outcomes
from goalrules.template import make
from goalrules.template.form import Form, form_of
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.names import folded

PAGE = FOLDER / "template" / "sheets.md"
RULES = ROOT / "rulesets" / "socialnamnden-2025.goals"
ALL = sorted((ROOT / "rulesets").rglob("*.goals"))
EVERY_KIND = expectations(PAGE)[0].given.blocks["rules"].text


def every_kind() -> goalrules.RuleSet:
    """Rules with every kind of line."""
    return goalrules.loads(EVERY_KIND)


def filled(data: bytes, seed: int) -> tuple[bytes, dict[Key, Written]]:
    """A workbook with something in every cell that takes it, and what that is."""
    book = opened(data)
    written = dict(fill(book, Random(seed)))  # noqa: S311 - the same each time
    return saved(book), written


def assert_nothing_is_lost(rules: goalrules.RuleSet, language: Language, seed: int) -> None:
    """What is written in a workbook is what is read back, and the rules take it.

    What is written may be more than the file says is possible, which the rules tell.
    """
    blank = rules.template(language=language)
    assert read_back(blank) == {}
    data, written = filled(blank, seed)
    assert read_back(data) == {key: meant(key, each) for key, each in written.items()}
    rows, _ = read_outcomes(data, "utfall.xlsx")
    ((_, found),) = rules.assess_many([("filled in", rows)])
    if isinstance(found, goalrules.OutcomeError):
        assert {each.code for each in found.diagnostics} == {"value-not-possible"}
    else:
        assert isinstance(found, goalrules.Assessment)


# What is filled in is read back


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_what_is_read(language: Language) -> None:
    assert_nothing_is_lost(every_kind(), language, seed=1)


@first_of(3)
@pytest.mark.parametrize("language", ["sv", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_so_it_is_for_every_rule_set(path: Path, language: Language, part: int) -> None:
    assert_nothing_is_lost(rule_set(path), language, seed=part)


def test_a_blank_workbook_says_nothing_and_is_no_fault() -> None:
    rules = rule_set(RULES)
    rows, faults = read_outcomes(rules.template(), "utfall.xlsx")
    assert (rows, faults) == ((), ())
    assert {goal.verdict for goal in rules.assess(rows).values()} == {"open", None}


# What there is to fill in


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_indicator_has_a_row(path: Path) -> None:
    rules = rule_set(path)
    lines = {(line.goal, line.name) for line in form(rules).lines}
    own = {(goal.id, entry.name) for goal in rules._plan.goals  # noqa: SLF001
           for entry in goal.indicators if not entry.shared}  # fmt: skip
    assert own <= lines


def form(rules: goalrules.RuleSet, year: int | None = None) -> Form:
    """What there is to report of some rules."""
    return form_of(rules._plan, rules.year_of(year), rules.language)  # noqa: SLF001


def test_cells_are_locked_where_nothing_is_due_and_look_so() -> None:
    rules = every_kind()
    book = opened(rules.template())
    lines = {
        (folded(line.goal), folded(line.part_of), folded(line.name)): line
        for line in form(rules).lines
    }
    for sheet in sheets(book):
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        for each in inputs(sheet):
            *about, period, field = each.key
            due = lines[tuple(about)].entries[field].periods  # type: ignore[index]
            assert each.is_due == (period in {when.text for when in due})
            assert each.is_grey != each.is_due


def test_nothing_else_can_be_written_in() -> None:
    book = opened(every_kind().template())
    for sheet in book.worksheets:
        under = {each.cell.coordinate for each in inputs(sheet)} if sheet in sheets(book) else set()
        others = [cell for row in sheet.iter_rows() for cell in row if cell.coordinate not in under]
        assert all(cell.value is None for cell in others if not cell.protection.locked)


def test_what_does_not_hold_in_the_year_has_no_row() -> None:
    rules = goalrules.loads(
        "goalrules 1 sv\nplan 'P'\ngäller 2025–2026\nmål 1 'M'\n"
        "  indikator a\n    riktvärde minst 1\n"
        "  indikator b\n    gäller 2026\n    riktvärde minst 1\n  grön om alla gröna\n".replace(
            "'", '"'
        )
    )
    names = {year: [line.name for line in form(rules, year).lines] for year in (2025, 2026)}
    assert names == {2025: ["a"], 2026: ["a", "b"]}


def test_a_year_after_has_a_column_for_what_changes_are_measured_from() -> None:
    rules = rule_set(RULES)
    data = rules.template(2026)
    (value, *_) = sheets(opened(data))
    before = {each.key[2] for each in inputs(value) if each.is_due and each.key[3] == "2025"}
    assert "sip" in before
    assert "budgetföljsamhet" not in before


# What a workbook is made of


def test_a_workbook_is_the_same_bytes_each_time() -> None:
    data = rule_set(RULES).template()
    assert data == rule_set(RULES).template()
    with ZipFile(BytesIO(data)) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2


def test_so_it_is_wherever_it_is_made() -> None:
    code = (
        "import goalrules, hashlib\n"
        f"print(hashlib.sha256(goalrules.load({str(RULES)!r}).template()).hexdigest())"
    )
    made = {
        python(code, PYTHONHASHSEED=seed, TZ=zone)
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(made) == 1


HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "#N/A",
    "_x0041_",
    "=HYPERLINK('http://a';'b')",
    "<b>",
    "&A",
    "1.10",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_becomes_a_formula(text: str) -> None:
    rules = goalrules.loads(
        f'goalrules 1 sv\nplan "{text}", "{text}"\ngäller 2025\nmål "{text}" "{text}"\n'
        f'  indikator "{text}" "{text}"\n    måttenhet "{text}"\n    riktvärde minst 1\n'
        f'  grupp "g{text}" enligt rapporteringen\n  visas bara\n  grön om alla gröna\n'
    )
    book = opened(rules.template())
    cells = [cell for sheet in book.worksheets for cell in _texts(sheet)]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(
        cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))
    )
    data, written = filled(rules.template(), seed=0)
    assert read_back(data) == {key: meant(key, each) for key, each in written.items()}
    assert {folded(text)} == {key[2] for key in read_back(data) if not key[1]}


@pytest.mark.parametrize("text", ["\ud800", "\ufffe", "\uffff", "\U0001f600"])
def test_what_a_workbook_cannot_hold_has_a_sign_in_its_place(text: str) -> None:
    rules = goalrules.loads(
        f'goalrules 1 sv\nplan "{text}"\ngäller 2025\nmål 1 "{text}"\n'
        f'  indikator a "{text}"\n    riktvärde minst 1\n  grön om alla gröna\n'
    )
    assert read_back(rules.template()) == {}


def _texts(sheet: Worksheet) -> Iterator[Cell]:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    yield from (cell for cell in cells if isinstance(cell, Cell) and cell.value is not None)


def test_nothing_in_it_leads_anywhere() -> None:
    with ZipFile(BytesIO(every_kind().template())) as parts:
        for name in parts.namelist():
            assert b"TargetMode" not in parts.read(name)
            assert not name.startswith(("xl/externalLinks", "xl/vba", "xl/macro"))
            assert b"<f>" not in parts.read(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_longer_than_programs_take(language: Language) -> None:
    book = opened(every_kind().template(language=language))
    assert max(len(sheet.title) for sheet in book.worksheets) <= 31
    choices = [each for sheet in sheets(book) for each in sheet.data_validations.dataValidation]
    assert max(len(each.errorTitle) for each in choices) <= 32
    assert max(len(each.error) for each in choices) <= 255


def test_what_writes_workbooks_is_there_only_when_it_is_needed() -> None:
    code = f"import goalrules\ngoalrules.load({str(RULES)!r}).assess({{}})"
    assert "openpyxl" not in loaded(code)


# The command


def test_the_command_writes_a_workbook(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "utfall.xlsx"
    ended = run(capsys, "template", RULES, "--period", "2026-03", "--lang", "en", "-o", path)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert path.read_bytes() == rule_set(RULES).template(2026, "en")


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        (("--period", "snart"), 1, "unknown-period"),
        (("-o", "/none/of/this.xlsx"), 74, "no-such-folder"),
    ],
)
def test_the_command_refuses(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    given: tuple[str, ...],
    status: int,
    code: str,
) -> None:
    ended = run(capsys, "template", RULES, "-o", tmp_path / "utfall.xlsx", *given)
    assert (ended.code, ended.faults) == (status, [code])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_there_is_left_as_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "Utfall.XLSX"
    make_one = ("template", RULES, "-o", path, "--lang", language)
    assert run(capsys, *make_one).code == 0
    path.write_bytes(filled(path.read_bytes(), seed=0)[0])
    before = path.read_bytes()
    refused(run(capsys, *make_one), "file-exists", path)
    assert path.read_bytes() == before
    folder = tmp_path / "folder.xlsx"
    folder.mkdir()
    refused(run(capsys, *make_one[:3], folder), "is-a-directory", folder, status=74)


@pytest.mark.parametrize(
    "given",
    [(), ("-o", RULES), ("-o", "utfall"), ("-o", "a.xls"), ("--lang", "fi", "-o", "a.xlsx")],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], given: tuple[object, ...]) -> None:
    assert run(capsys, "template", RULES, *given).code == 2


def test_what_to_install_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(make, "find_spec", none)
    ended = run(capsys, "template", RULES, "-o", tmp_path / "utfall.xlsx")
    assert (ended.code, ended.faults) == (1, ["needs-openpyxl"])
    assert 'pip install "goalrules[xlsx]"' in ended.err


def test_a_full_disk_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    path = tmp_path / "utfall.xlsx"
    refused(run(capsys, "template", RULES, "-o", path), "not-writable", path, status=74)


# Workbooks of units


UNITS: tuple[tuple[str, Language], ...] = (
    ("Norr", "en"), ("Norr/Söder", "sv"), ("A: b", "sv"), ("Norr 2024", "sv"), ("Mars", "en"),
    ("T1", "sv"), ("Budget 2024", "sv"), ("Utfall", "sv"), ("Totalt", "sv"), ("=1+1", "sv"),
    ("Prognos 2025", "sv"), ("Enhet: Norr", "sv"), ("a_x0041_", "sv"), ("7", "sv"),
)  # fmt: skip


@pytest.mark.parametrize(("unit", "language"), UNITS)
def test_what_is_filled_in_is_read_as_that_of_the_unit(unit: str, language: Language) -> None:
    data, written = filled(every_kind().template(language=language, unit=unit), seed=3)
    assert read_back(data) == {key: meant(key, each) for key, each in written.items()}
    rows, _ = read_outcomes(data, "utfall.xlsx", 2025, each_unit=True)
    assert {row.unit for row in rows} == {unit}
    assert read_outcomes(data, "utfall.xlsx", 2025, unit=unit)[0] == rows
    sheet = opened(data).worksheets[1]
    names = [cell for column in ("A", "B") for cell in sheet[column][5:] if cell.value]
    assert all(cell.protection.locked for cell in names)


@pytest.mark.parametrize("unit", ["%", "antal", "index", " ", "Norr\ud800"])
def test_a_unit_of_which_no_workbook_is_surely_its_own(unit: str) -> None:
    with pytest.raises(goalrules.QuestionError) as raised:
        every_kind().template(unit=unit)
    assert [each.code for each in raised.value.diagnostics] == ["unusable-unit"]


def test_a_workbook_for_each_unit_is_read_as_a_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder, units = tmp_path / "in", ("Norr", "Syd", "Område 3", "Norr/Söder")
    named = [part for unit in units for part in ("--unit", unit)]
    ended = run(capsys, "template", RULES, *named, "--unit", "norr", "-o", folder)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    files = {"Norr.xlsx", "Syd.xlsx", "Område 3.xlsx", "Norr-Söder.xlsx"}
    assert {each.name for each in folder.iterdir()} == files
    blank = run(capsys, "units", RULES, folder)
    assert (blank.code, blank.err) == (0, "")
    assert "Inget är rapporterat för perioden: Norr/Söder, Norr, Område 3 och Syd." in blank.out
    for name in ("Norr.xlsx", "Norr-Söder.xlsx"):
        (folder / name).write_bytes(filled((folder / name).read_bytes(), seed=0)[0])
    (folder / "Syd.xlsx").unlink()
    some = run(capsys, "units", RULES, folder, *named)
    assert (some.code, some.err) == (0, "")
    assert "Inget är rapporterat för perioden: Område 3 och Syd." in some.out
    more = run(capsys, "template", RULES, "--unit", "Ny", "--unit", "Norr", "-o", folder)
    refused(more, "file-exists", folder / "Norr.xlsx")
    assert not (folder / "Ny.xlsx").exists()


@pytest.mark.parametrize(
    "units",
    [
        ("A/B", "A-B"),
        ("Con",),
        ("Norr", "Norr (1)"),
        ("konfliktkopia",),
        (".",),
        ("~Norr",),
        ("%",),
    ],
)
def test_units_without_a_workbook_of_their_own(
    units: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    named = [part for unit in units for part in ("--unit", unit)]
    ended = run(capsys, "template", RULES, *named, "-o", tmp_path / "in")
    assert {*ended.faults} == {"unusable-unit"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (("--unit", "Norr", "-o", "a.xlsx"), 2),
        (("-o", "a"), 2),
        (("--unit", "Norr", "-o", "file"), 74),
        (("--unit", "Norr", "-o", "none/of/this"), 74),
        (("--unit", "Norr" * 99, "-o", "."), 74),
    ],
)
def test_where_workbooks_of_units_cannot_be_written(
    given: tuple[str, ...],
    status: int,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    assert run(capsys, "template", RULES, *given).code == status
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
