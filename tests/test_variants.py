"""Files as strangers make them: each kind of misreading in other headings, layouts and languages.

A kind is a file of `tests/variants`; a case in it is a table and what each command says of it.
Cells of a workbook are typed as a person types them: `12,5` is a number, `@2025-03-31` a date,
`0,8{0%}` a number with a format, `"12"` a text.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from commands import run
from openpyxl import Workbook

HERE = Path(__file__).parent / "variants"
RULES = tomllib.loads((HERE / "rules.toml").read_text("utf-8"))
CASES = {
    f"{kind.stem}: {name}": case
    for kind in sorted(HERE.glob("*.toml"))
    if kind.stem != "rules"
    for name, case in tomllib.loads(kind.read_text("utf-8")).items()
}
VERDICT = re.compile(r"\S+: (met|not met|open|none)$")
NUMBER = re.compile(r"[-−]?\d+([.,]\d+)?$")


def workbook(text: str) -> bytes:
    """A workbook of sheets, each under its name in brackets, and with `~` before it if hidden."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for block in re.split(r"^\[", text.strip("\n"), flags=re.MULTILINE)[1:]:
        name, _, lines = block.partition("]\n")
        sheet = book.create_sheet(name.removeprefix("~"))
        sheet.sheet_state = "hidden" if name.startswith("~") else "visible"
        for row, line in enumerate(lines.splitlines(), 1):
            for column, cell in enumerate(line.split(";"), 1):
                value, code = typed(cell.strip())
                if value != "":
                    sheet.cell(row, column, value).number_format = code
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def typed(cell: str) -> tuple[Any, str]:
    """What a person typed into a cell, and its number format."""
    said, _, code = cell.partition("{")
    code = code.removesuffix("}") or "General"
    if said.startswith("@"):
        return datetime.combine(date.fromisoformat(said[1:]), datetime.min.time()), code
    if NUMBER.match(said):
        number = float(said.replace(",", ".").replace("−", "-"))
        return (int(number) if number.is_integer() else number), code
    return said.strip('"'), code


def write(case: Mapping[str, Any], folder: Path) -> None:
    """The files of a case, with its rules as `r.goals` and its table as `u.csv` or `u.xlsx`."""
    rules = case.get("rules", "two")
    text = RULES.get(rules, rules)
    (folder / "r.goals").write_text(text.removeprefix("\n"), "utf-8")
    for key, said in case.items():
        match key.rpartition("."):
            case (_, _, "csv" | "json" | "txt" | "toml"):
                name = key if "." in key else f"u.{key}"
                (folder / name).write_bytes(said.removeprefix("\n").encode(case.get("in", "utf-8")))
            case (_, _, "xlsx"):
                (folder / (key if "." in key else "u.xlsx")).write_bytes(workbook(said))
            case _:
                pass


def verdicts(document: Mapping[str, Any]) -> set[str]:
    """The verdict of each goal of an assessment, or of a year as a whole."""
    found = document.get("annual", document)
    known = document.get("outcomes", {})
    goals = [
        {"id": each, **known[each]} if isinstance(each, str) else each for each in found["goals"]
    ]
    return {f"{each['id'].split()[0]}: {each['verdict'] or 'none'}" for each in goals}


def command_of(said: str, folder: Path) -> list[str]:
    """A command line of a case: the rule file and every file of outcomes stand behind its name."""
    name, *options = re.findall(r'(?:[^\s"]|"[^"]*")+', said)
    files = sorted(each.name for each in folder.iterdir() if each.suffix not in (".goals", ".toml"))
    files = [] if name == "check" else files
    return [name, "r.goals", *files, *(each.replace('"', "") for each in options)]


@pytest.mark.parametrize("name", CASES)
def test_a_variant(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES[name]
    write(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    for said, expected in case["runs"].items():
        command = command_of(said, tmp_path)
        ended = run(capsys, *command)
        told = " ".join((ended.out + ended.err).split())
        for each in [expected] if isinstance(expected, str) else expected:
            if VERDICT.match(each):
                document = json.loads(run(capsys, *command, "--format", "json").out)
                assert each in verdicts(document), told
            elif each.startswith("not "):
                assert each.removeprefix("not ") not in told, told
            else:
                assert each in told, told
