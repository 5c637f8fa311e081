"""Several files of outcomes in one call, and folders of them: which are read, and of which unit."""

import json
import re
from pathlib import Path

import pytest
from commands import run
from test_units import RULES, YEAR, Cells
from workbooks import written

import goalrules
from goalrules.data.outcome import OutcomeRows
from goalrules.data.outcomes import read_outcomes
from goalrules.files import files_in

HEADS = "enhet;indikator;2025\n"
BARE = "indikator;2025\na;{}\nb;10\nc;10\n"


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("r.goals").write_text(RULES, encoding="utf-8")
    return Path()


@pytest.mark.usefixtures("rules")
def test_many_files_in_one_call(capsys: pytest.CaptureFixture[str]) -> None:
    Path("norr.csv").write_text(f"{HEADS}Norr;a;10\nNorr;b;10\nNorr;c;10\n", encoding="utf-8")
    Path("syd.csv").write_text(f"{HEADS}Syd;a;1\n", encoding="utf-8")
    both = ["r.goals", "norr.csv", "syd.csv"]
    assert "Syd       ✗ röd–gul" in run(capsys, "units", *both).out
    assert "[several-units]" in run(capsys, "assess", *both).err
    alone = run(capsys, "assess", *both, "--unit", "Norr", "--inputs")
    assert alone.code == 0
    assert "syd.csv (CSV, UTF-8)" in alone.out
    assert "[no-such-unit]" in run(capsys, "assess", *both, "--unit", "Väst").err
    assert run(capsys, "year", *both, "--unit", "Norr").code == 0
    assert run(capsys, "gap", *both, "--unit", "Norr").code == 0
    twice = run(capsys, "assess", "r.goals", "syd.csv", "syd.csv").err
    assert "på rad 2 i syd.csv" in twice
    Path("again.csv").write_text(f"{HEADS}Syd;a;2\n", encoding="utf-8")
    found = run(capsys, "units", *both, "again.csv").err
    assert found.startswith("again.csv:2:2: `a` står redan för samma period på rad 2 i syd.csv")


@pytest.fixture
def folder(rules: Path) -> Path:
    inside = rules / "in"
    inside.mkdir()
    (inside / "äldre").mkdir()
    texts = {
        "norr.csv": f"{HEADS}Norr;a;10\nNorr;b;10\nNorr;c;10\n",
        "Syd.CSV": f"{HEADS}Syd;a;1\n",
        "~$syd.xlsx": "x",
        ".DS_Store": "x",
        "syd.csv.tmp": "x",
        "syd (Annas konfliktkopia 2025-03-01).csv": f"{HEADS}Syd;a;99\n",
        "brev.docx": "x",
    }
    for name, text in texts.items():
        (inside / name).write_text(text, encoding="utf-8")
    return inside


@pytest.mark.usefixtures("folder")
def test_a_folder_of_files(capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "units", "r.goals", "in", "--inputs")
    assert (found.code, found.err) == (0, "")
    for text in (
        "Norr      ✓ grön",
        "Syd       ✗ röd–gul",
        "har inte lästs: enligt namnet är den en konfliktkopia.",
        "Mappen äldre har inte lästs.",
        f"{Path('in', '~$syd.xlsx')}: tillfällig fil",
        f"{Path('in', '.DS_Store')}: tillfällig fil",
        f"{Path('in', 'syd.csv.tmp')}: tillfällig fil",
        f"{Path('in', 'brev.docx')}: ingen fil med utfall",
        f"{Path('in', 'äldre')}: mapp",
    ):
        assert text in " ".join(found.out.split("\n")), text
    document = json.loads(run(capsys, "units", "r.goals", "in", "--format", "json").out)
    unread = {
        Path(e["file"]).name: e["unread"] for e in document["account"]["files"] if e.get("unread")
    }
    assert unread["~$syd.xlsx"] == "temporary"
    assert len(unread) == 6
    checked = run(capsys, "check-data", "r.goals", "in", "--unit", "Norr").out
    assert "[unread-file]" in checked
    assert f"[!]  {Path('in', 'äldre')}: mapp" in checked
    strict = run(capsys, "assess", "r.goals", "in", "--unit", "Norr", "--strict")
    assert (strict.code, strict.faults) == (
        1,
        ["unread-file", "unread-folder"],
    )


def test_nothing_is_written_into_a_folder_that_is_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "units", "r.goals", "in", "-o", str(folder / "out.txt")).code == 2
    assert run(capsys, "units", "r.goals", "in", "-o", "out.txt").code == 0
    monkeypatch.chdir(folder)
    assert run(capsys, "units", "../r.goals", ".", "-o", "out.txt").code == 2


def test_a_folder_without_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for each in folder.iterdir():
        if each.suffix.casefold() == ".csv":
            each.unlink()
    assert run(capsys, "assess", "r.goals", "in").faults == ["no-data-files"]


def test_a_folder_that_cannot_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("goalrules.files.os.listdir", refuse)
    assert run(capsys, "assess", "r.goals", str(folder)).faults == ["not-readable"]


NAMES: dict[str, tuple[str, ...]] = {
    "temporary": (
        "~$utfall.xlsx", ".~lock.utfall.xlsx#", "utfall.xlsx.tmp", "~WRL0001.tmp", "utfall.xlsx~",
        "utfall.csv.bak", ".hidden.csv", "._utfall.xlsx", ".utfall.csv.swp", "utfall.xlsx.part",
        "utfall.xlsx.crdownload",
    ),
    "conflict copy": (
        "utfall-Konfliktkopia.xlsx", "utfall (Annas konfliktkopia 2025-03-01).xlsx",
        "utfall (Anna's conflicted copy 2025-03-01).csv", "utfall.sync-conflict-20250301-1.csv",
        "utfall (conflicted copy 2025-03-01 101010).xlsx", "utfall [Conflict].csv",
        "utfall_conf(1).xlsx", "utfall (Case Conflict).csv", "utfall (Anna i konflikt).xlsx",
    ),
    "copy": (
        "utfall (1).xlsx", "utfall(2).xlsx", "utfall – kopia.xlsx", "utfall - kopia.xlsx",
        "utfall - Kopia (2).xlsx", "Kopia av utfall.xlsx", "Copy of Utfall.xlsx",
        "utfall - Copy.xlsx", "utfall copy.xlsx", "utfall kopia 2.xlsx", "utfall_kopia.xlsx",
    ),
    "other kind": ("brev.docx", "plan.goals", "Thumbs.db", "utfall.pdf", "annan.csv.toml"),
    "": (
        "utfall.xlsx", "norr (1).csv", "Kopia av syd.xlsx", "utfall 2.xlsx", "utfall (1).csv",
        "kopia.csv", "gammal.xls", "konflikter.csv", "mars.txt",
    ),
}  # fmt: skip


def test_what_of_a_folder_is_read(tmp_path: Path) -> None:
    for name in (*(each for names in NAMES.values() for each in names), "utfall.xlsx.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    found: dict[str, set[str]] = {reason: set() for reason in NAMES}
    for path, reason in files_in(str(tmp_path)):
        found[reason].add(Path(path).name)
    assert found == {reason: set(names) for reason, names in NAMES.items()}


def test_units_that_are_not_asked_for_are_named(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("Norr", "Syd", "Öst", "Väst", "Mitt", "Yttre", "Inre")
    lines = [f"{unit};a;10\n" for unit in names]
    (rules / "u.csv").write_text(HEADS + "".join(lines), encoding="utf-8")
    told = "andra enheter, som inte visas: Syd, Öst, Väst, Mitt, Yttre och 1 till."
    found = run(capsys, "units", "r.goals", "u.csv", "--unit", "norr", "--unit", "Ny")
    assert told in " ".join(found.out.split("\n"))
    assert "Inget är rapporterat för perioden: Ny." in found.out
    two = ("--unit", "norr", "--unit", "Ny", "--unit", "Öst", "--unit", "Väst", "--unit", "Mitt")
    found = run(capsys, "units", "r.goals", "u.csv", *two, "--format", "json")
    assert json.loads(found.out)["others"] == ["Syd", "Yttre", "Inre"]
    assert "Yttre och Inre." in run(capsys, "units", "r.goals", "u.csv", *two).out
    alone = run(capsys, "units", "r.goals", "u.csv", "--unit", "Ny")
    assert alone.faults == ["no-such-unit"]


# Units by names of files


BY_NAME: dict[str, tuple[dict[str, str], tuple[str, ...], str]] = {
    "asked for": ({"norr.csv": BARE, "Utfall Syd 2025.csv": BARE}, ("Norr", "Syd"), "Norr Syd"),
    "with a day": ({"norr_2025-04-15.csv": BARE, "Enhet Syd delår aug.csv": BARE}, ("Norr", "Syd"),
                   "Norr Syd"),
    "the longest": ({"område norr.csv": BARE}, ("Norr", "Område Norr"), "Område Norr"),
    "named by others": (
        {"b.csv": f"{HEADS}Norr;c;1\nSyd;c;1\n", "syd.csv": "indikator;2025\na;3\n"}, (),
        "Norr Syd",
    ),
    "two in one name": ({"norr syd.csv": BARE}, ("Norr", "Syd"), "no-units"),
    "a part of a word": ({"norrby.csv": BARE}, ("Norr",), "no-units"),
    "something else": ({"jämfört med norr.csv": BARE}, ("Norr",), "no-units"),
    "a number": ({"norr 2.csv": BARE}, ("Norr",), "no-units"),
    "of no unit": (
        {"b.csv": f"{HEADS}Norr;c;1\n", "syd.csv": BARE, "väst.csv": BARE}, (),
        "file-without-unit file-without-unit",
    ),
    "the cells say another": (
        {"norr.csv": f"{HEADS}Syd;a;1\n"}, ("Norr", "Syd"), "file-of-another-unit"
    ),
    "the cells say several": (
        {"norr.csv": f"{HEADS}Syd;a;1\nVäst;a;1\n"}, ("Norr", "Syd", "Väst"), "Syd Väst"
    ),
    "the cells say a part": ({"norr.csv": f"{HEADS}Norr 1;a;1\n"}, ("Norr", "Norr 1"), "Norr 1"),
    "rows of none beside others": (
        {"norr.csv": f"{HEADS}Syd;a;1\n;b;1\n"}, ("Norr", "Syd"), "file-of-another-unit"
    ),
    "beside a municipality": (
        {"norr.csv": "kommun;indikator;2025\nNora;a;1\nNora;b;2\n"}, ("Norr",), "Norr"
    ),
}  # fmt: skip


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize("case", BY_NAME)
def test_the_name_of_a_file_is_that_of_a_unit(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, asked, expected = BY_NAME[case]
    for name, text in texts.items():
        Path(name).write_text(text.format(1), encoding="utf-8")
    named = [part for unit in asked for part in ("--unit", unit)]
    found = run(capsys, "units", "r.goals", *texts, *named)
    lines = found.out.partition("Uppfyllt")[0]
    units = re.findall(r"^(.+?)  +[✓✗?] .* [1-9] av 3", lines, re.MULTILINE)
    assert " ".join(found.faults or sorted(units)) == expected


@pytest.mark.usefixtures("rules")
def test_one_unit_of_files_by_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    Path("norr.csv").write_text(BARE.format(10), encoding="utf-8")
    Path("syd.csv").write_text(BARE.format(1), encoding="utf-8")
    Path("b.csv").write_text(f"{HEADS}Syd;a;1\n", encoding="utf-8")
    norr = run(capsys, "assess", "r.goals", "norr.csv", "--unit", "Norr")
    assert norr.code == 0
    assert "✓ uppfyllt" in norr.out
    both = ("norr.csv", "syd.csv", "--unit", "Norr")
    assert run(capsys, "assess", "r.goals", *both).faults == ["file-without-unit"]
    every = run(capsys, "assess", "r.goals", "b.csv", *both, "--inputs")
    assert every.code == 0
    assert "rad 2–4: gäller en annan enhet" in every.out
    assert run(capsys, "check-data", "r.goals", *both, "--allow", "missing").code == 1
    assert run(capsys, "check-data", "r.goals", "norr.csv", "--unit", "Norr").code == 0


def test_rows_of_none_beside_another_unit_alone() -> None:
    outcomes: Cells = [["Enhet: Syd"], ["Indikator", "Utfall"], ["a", 1]]
    plan: Cells = [["Indikator", "Plan"], ["b", "följs"]]
    book = written(("Utfall", outcomes), ("Plan", plan))
    rows, faults = read_outcomes(book, "u.xlsx", YEAR, unit="Norr")
    assert [each.code for each in faults] == ["no-such-unit"]
    assert not rows
    assert [each.rows for each in rows.files[0].tables] == [
        ((3, "another unit"),), ((2, "another unit"),)
    ]  # fmt: skip


def test_the_name_of_a_sheet_that_is_a_unit() -> None:
    cells: Cells = [["Indikator", "Utfall"], ["a", 1]]
    book = written(("Norr", cells), ("Syd", cells))
    rows = goalrules.read_outcomes(book, YEAR, units=("Norr", "Syd"))
    assert [row.unit for row in rows] == ["Norr", "Syd"]
    assert [row.unit for row in goalrules.read_outcomes(book, YEAR)] == ["", ""]
    measured: Cells = [["Enhet", "Indikator", "Utfall"], ["%", "a", 1]]
    book = written(("Norr", measured), ("Syd", cells))
    rows = goalrules.read_outcomes(book, YEAR, units=("Norr", "Syd"))
    assert [row.unit for row in rows] == ["Norr", "Syd"]


def test_rows_of_none_are_of_the_unit_of_their_file() -> None:
    rules = goalrules.loads(RULES)
    plan: Cells = [["Indikator", "Bedömning"], ["b", "grön"]]

    def rows(unit: str) -> OutcomeRows:
        outcomes: Cells = [[f"Enhet: {unit}"], ["Indikator", "Utfall"], ["a", 1]]
        book = written(("Utfall", outcomes), ("Plan", plan))
        return goalrules.read_outcomes(book, YEAR, name=f"{unit}.xlsx")

    found = rules.assess_units(rows("Norr") + rows("Syd"))
    assert [each.reported for each in found.trace.units] == [2, 2]
    alone = goalrules.read_outcomes(b"indikator;2025\nc;1\n", YEAR, name="c.csv")
    with pytest.raises(goalrules.OutcomeError) as raised:
        rules.assess_units(rows("Norr") + alone)
    assert [each.code for each in raised.value.diagnostics] == ["file-without-unit"]


SHEETS = {
    ("Enhet Norr", "Enhet Syd"): {"Norr", "Syd"},
    ("Kommun Nora", "Unit South"): {"Nora", "South"},
    ("Norr", "Syd"): {""},
    ("Enhet", "Enhet 2025"): {""},
    ("Enhet procent", "Enhet utfall"): {""},
    ("Skola Norr", "Område Syd"): {""},
}


@pytest.mark.parametrize("names", SHEETS)
def test_a_sheet_named_for_a_unit(names: tuple[str, str]) -> None:
    cells: Cells = [["Indikator", "Utfall"], ["a", 1]]
    rows, _ = read_outcomes(written(*((name, cells) for name in names)), "u.xlsx", YEAR)
    assert {row.unit for row in rows} == SHEETS[names]


def test_a_title_goes_before_the_name_of_the_sheet() -> None:
    cells: Cells = [["Enhet: Väst"], ["Indikator", "Utfall"], ["a", 1]]
    assert [row.unit for row in read_outcomes(written(("Enhet Norr", cells)), "u.xlsx")[0]] == [
        "Väst"
    ]


# Judgements of units


DECIDED = "enhet;mål;period;bedömning;beslutat av;datum;skäl\n"


@pytest.fixture
def judged(rules: Path) -> Path:
    lines = [f"{unit};{name};10\n" for unit in ("Norr", "Syd") for name in "abc"]
    (rules / "u.csv").write_text(HEADS + "".join(lines), encoding="utf-8")
    lines = [
        "norr;2;2025;inte uppfyllt;Nämnden;2026-02-01;skäl N\n",
        "Syd;2;2025;inte uppfyllt;Nämnden;2026-02-01;skäl S\n",
    ]
    (rules / "j.csv").write_text(DECIDED + "".join(lines), encoding="utf-8")
    return rules


@pytest.mark.usefixtures("judged")
def test_judgements_of_units(capsys: pytest.CaptureFixture[str]) -> None:
    both = ("r.goals", "u.csv", "--judgements", "j.csv")
    found = run(capsys, "units", *both, "--format", "tree")
    assert found.code == 0
    norr, _, syd = found.out.partition("\nSyd\n")
    assert ("skäl N" in norr, "skäl S" in norr) == (True, False)
    assert ("skäl N" in syd, "skäl S" in syd) == (False, True)
    one = run(capsys, "assess", *both, "--unit", "Norr", "--format", "tree").out
    assert ("skäl N" in one, "skäl S" in one) == (True, False)
    assert run(capsys, "year", *both, "--unit", "Syd").code == 0
    Path("norr.csv").write_text("indikator;2025\na;10\n", encoding="utf-8")
    alone = run(capsys, "assess", "r.goals", "norr.csv", "--judgements", "j.csv")
    assert alone.faults == ["several-units"]
    assert alone.err.startswith("j.csv:3:1: ")


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";1;2025;inte uppfyllt;Nämnden;2026-02-01;skäl\n", "judgement-without-unit"),
        ("Väst;1;2025;inte uppfyllt;Nämnden;2026-02-01;skäl\n", "no-such-unit"),
    ],
)
def test_judgements_of_no_unit(line: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("k.csv").write_text(DECIDED + line, encoding="utf-8")
    found = run(capsys, "units", "r.goals", "u.csv", "--judgements", "k.csv")
    assert (found.code, found.faults) == (1, [code])
