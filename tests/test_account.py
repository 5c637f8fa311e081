"""The account of inputs: every row stands in it once, as used or not, and it tells no figures."""

import json
import pickle
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook

import goalrules
from goalrules.assess.input_account import InputRow, numbers_in, ranges
from goalrules.data.outcome import OutcomeRows

RULES = """goalrules 1 sv
plan "Plan" gäller 2025–2026
mål 1 "A"
  indikator nöjda "Nöjda"
    riktvärde minst 3
  indikator ärenden "Ärenden"
    totalt per år
    förväntat jämnt över året
    riktvärde minst 10
  indikator växer "Växer"
    riktvärde öka
  indikator läge "Läge"
    senaste läge
    riktvärde minst 1
  grön om alla gröna
mål 2 "B"
  indikator vissa "Vissa"
    mäts i mars och september
    riktvärde minst 1
  grön om alla gröna
"""
HEAD = "indikator;period;utfall;plan;prognos;antal"


def rules() -> goalrules.RuleSet:
    return goalrules.loads(RULES, "r.goals")


def rows(*lines: str, head: str = HEAD) -> OutcomeRows:
    text = "\n".join((head, *lines)) + "\n"
    return goalrules.read_outcomes(text.encode(), 2025, name="utfall.csv")


Thing = TypeVar("Thing")


def copied(thing: Thing) -> Thing:
    """A thing as another process gets it."""
    again: Thing = pickle.loads(pickle.dumps(thing))  # noqa: S301 - our own bytes
    return again


def reasons(found: goalrules.Assessment) -> set[tuple[int, str, str]]:
    return {(each.line, each.role, each.reason) for each in found.inputs.rows()}


def last_lines(text: str) -> str:
    """The line of inputs under a table, if there is one."""
    return " ".join(text.partition("Underlag: ")[2].split())


@pytest.mark.parametrize(
    ("lines", "period", "expected", "told"),
    [
        (["nöjda;2025;4;följs;;"], "2025", {(2, "outcome", ""), (2, "plan", "")}, ""),
        (
            ["nöjda;2062;4;;;", "växer;2062;4;;;"],
            "2025",
            {(2, "outcome", "another year"), (3, "outcome", "another year")},
            "2 rader i utfall.csv gäller 2062 och har inte räknats för 2025.",
        ),
        (
            ["nöjda;jan 2025;4;;;"],
            "mar 2025",
            {(2, "outcome", "only another period")},
            "1 rad i utfall.csv gäller januari 2025 och har inte räknats för mars 2025.",
        ),
        (
            ["nöjda;mar 2025;4;;;", "nöjda;apr 2025;4;;;"],
            "mar 2025",
            {(2, "outcome", ""), (3, "outcome", "another period")},
            "",
        ),
        (
            ["nöjda;jan–okt 2025;63;;;", "nöjda;nov 2025;55;;;"],
            "2025",
            {(2, "outcome", "of more months"), (3, "outcome", "")},
            "",
        ),
        (
            ["nöjda;jan 2025;63;;;", "nöjda;nov 2025;55;;;"],
            "2025",
            {(2, "outcome", "earlier"), (3, "outcome", "")},
            (
                "1 rad i utfall.csv för januari 2025 har inte räknats, eftersom en senare rad "
                "för samma indikator räknas."
            ),
        ),
        (
            ["nöjda;jan 2025;63;;;", "nöjda;dec 2025;63;;;", "nöjda;2025;55;;;"],
            "2025",
            {
                (2, "outcome", "another period"),
                (3, "outcome", "not the period"),
                (4, "outcome", ""),
            },
            "",
        ),
        (
            ["ärenden;jan 2025;1;;;", "ärenden;jan–feb 2025;3;;;"],
            "feb 2025",
            {(2, "outcome", "overlapped"), (3, "outcome", "")},
            "",
        ),
        (
            ["läge;jan 2025;4;;;", "läge;dec 2025;4;;;"],
            "2025",
            {(2, "outcome", "superseded"), (3, "outcome", "")},
            "",
        ),
        (
            ["ärenden;jan 2025;1;;;", "ärenden;feb 2025;2;;;"],
            "feb 2025",
            {(2, "outcome", ""), (3, "outcome", "")},
            "",
        ),
        (
            ["ärenden;jan 2025;1;;;", "ärenden;feb 2025;2;;;", "ärenden;jan–feb 2025;3;;;"],
            "feb 2025",
            {(2, "outcome", ""), (3, "outcome", ""), (4, "outcome", "told by month")},
            "",
        ),
        (
            ["ärenden;jan 2025;1;;;", "ärenden;2025;;;12;"],
            "jan 2025",
            {(2, "outcome", ""), (3, "forecast", "")},
            "",
        ),
        (
            ["växer;2024;1;;;", "växer;2025;2;;;"],
            "2025",
            {(2, "year before", ""), (3, "outcome", "")},
            "",
        ),
        (
            ["nöjda;okt 2025;;;61;", "nöjda;nov 2025;;;58;"],
            "2025",
            {(2, "forecast", "forecast not used"), (3, "forecast", "")},
            "1 prognos i utfall.csv för oktober 2025 har inte använts.",
        ),
        (
            ["nöjda;jan 2025;3;;;", "nöjda;;;;61;"],
            "jan 2025",
            {(2, "outcome", ""), (3, "forecast", "forecast not used")},
            "1 prognos i utfall.csv utan period har inte använts.",
        ),
        (
            ["vissa;sep 2025;3;;;", "vissa;nov 2025;4;;;"],
            "2025",
            {(2, "outcome", "superseded"), (3, "outcome", "")},
            "",
        ),
        (
            ["vissa;mar 2025;3;;;", "vissa;maj 2025;;;4;"],
            "jan–jun 2025",
            {(2, "outcome", ""), (3, "forecast", "forecast not used")},
            "1 prognos i utfall.csv för maj 2025 har inte använts.",
        ),
        (
            ["nöjda;2025;4;;5;7"],
            "2025",
            {
                (2, "outcome", ""),
                (2, "forecast", "outcome instead"),
                (2, "count", "no small counts"),
            },
            "",
        ),
        (
            ["nöjda;;4;;;", "nöjda;2025;5;;;"],
            "2025",
            {(2, "outcome", "undated"), (3, "outcome", "")},
            (
                "1 rad i utfall.csv utan period har inte räknats, eftersom andra rader för samma "
                "indikator har en."
            ),
        ),
    ],
)
def test_each_row_is_used_or_told_why_not(
    lines: list[str], period: str, expected: set[tuple[int, str, str]], told: str
) -> None:
    found = rules().assess(rows(*lines), period)
    assert reasons(found) == expected
    assert last_lines(found.table("sv")) == told
    assert last_lines(found.text("sv")) == told


def test_a_level_that_is_waived_is_not_used_and_is_so_through_the_year() -> None:
    waived = {
        "1/nöjda": {
            "judgement": "undantas", "period": "2025", "by": "N",
            "date": "2025-01-01", "reason": "x",
        }
    }  # fmt: skip
    year = rules().assess_year(rows("nöjda;jan 2025;4;;;"), 2025, waived)
    assert {each.reason for each in year.inputs.rows()} == {"waived"}


def test_a_year_uses_what_any_of_its_periods_uses() -> None:
    year = rules().assess_year(
        rows("nöjda;jan 2025;4;;;", "nöjda;feb 2025;4;;;", "nöjda;2024;1;;;")
    )
    found = {(each.line, each.reason) for each in year.inputs.rows()}
    assert found == {(2, ""), (3, ""), (4, "another year")}
    assert last_lines(year.text("sv")).startswith("1 rad i utfall.csv gäller 2024")
    again = goalrules.Year.from_dict(json.loads(json.dumps(year.to_dict())))
    assert again.inputs == year.inputs
    assert year.only(["1"]).inputs == year.inputs
    assert "Counted:" in year.inputs_text("en")


def test_columns_that_are_not_read_are_named() -> None:
    read = rows(
        "1;nöjda;2025;4;ok;9;;7",
        "Mål 1;;;;;;;",
        "",
        "Källa: ERP;;;;;;;",
        head="mål;indikator;period;utfall;Zqx;Budget;Tom;",
    )
    found = rules().assess(read, 2025)
    assert last_lines(found.table("sv")) == (
        "Kolumnen Zqx i utfall.csv har inte lästs. "
        "Kolumn 8 i utfall.csv saknar rubrik och har inte lästs."
    )
    told = found.inputs_text("sv")
    for each in (
        "kolumn 7, Tom: alla celler är tomma",
        "rad 3: rubrik för",
        "rad 5: anteckning",
        "UTF-8",
    ):
        assert each in told
    assert found.inputs == copied(found).inputs
    assert goalrules.Assessment.from_dict(found.to_dict()).inputs == found.inputs
    with pytest.raises(goalrules.OutcomeError) as refused:
        rules().assess(read, 2025, strict=True)
    codes = [each.code for each in refused.value.diagnostics]
    assert codes == ["unread-column", "unread-unnamed-column"]


def test_rows_of_two_files_keep_what_was_found_in_both() -> None:
    one, other = rows("nöjda;2025;4;;;"), rows("växer;2025;4;;;")
    both = copied(one + other)
    assert len(both.files) == 2
    assert len(rules().assess(both, 2025).inputs.files) == 1  # of one name


def test_two_files_of_one_name_hold_together_what_was_not_read_of_either() -> None:
    head = HEAD.replace("antal", "Zqx")
    one, other = rows("nöjda;2025;4;;;x", head=head), rows("växer;2025;4;;;")
    text = f"{head}\nnöjda;2025;4;;;x\n"
    with pytest.raises(goalrules.OutcomeError) as refused:
        goalrules.read_outcomes(text.encode(), 2025, name="utfall.csv", strict=True)
    assert [each.code for each in refused.value.diagnostics] == ["unread-column"]
    found = rules().assess(one + other, 2025).inputs
    assert len(found.files) == 1
    assert {each.heading for table in found.files[0].tables for each in table.columns} == {"Zqx"}


def test_a_comment_in_another_row_is_told_at_its_own_place() -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, cell in (("Utfall", 4), ("Kommentar", "bra")):
        sheet = book.create_sheet(name)
        sheet.append(["indikator", "jan 2025"])
        sheet.append(["ärenden", cell])
    data = BytesIO()
    book.save(data)
    read = goalrules.read_outcomes(data.getvalue(), 2025, name="u.xlsx")
    found = rules().assess(read, "jan 2025")
    places = {(each.sheet, each.line, each.role) for each in found.inputs.rows()}
    assert places == {("Utfall", 2, "outcome"), ("Kommentar", 2, "comment")}


def test_what_would_be_with_other_outcomes_is_as_strict() -> None:
    outcomes = rows("nöjda;2025;4;;;", "växer;2024;4;;;")
    assert rules().assess(outcomes, 2025, overrides={"nöjda": 5}, strict=True)["1"]
    with pytest.raises(goalrules.OutcomeError) as refused:
        rules().assess(rows("nöjda;2023;4;;;"), 2025, overrides={"nöjda": 5}, strict=True)
    assert {each.code for each in refused.value.diagnostics} == {"unused-another-year"}


def test_values_from_python_are_accounted_for() -> None:
    found = rules().assess({"nöjda": 4, "växer": 5})
    assert {(each.line, each.reason) for each in found.inputs.rows()} == {(1, ""), (2, "")}
    assert "i den ordning som de är givna" in found.inputs_text("sv")
    assert "Inga utfall är givna." in rules().assess({}).inputs_text("sv")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("nöjda;2024;4;;;", "unused-another-year"),
        ("nöjda;jan 2025;4;;;", "unused-only-another-period"),
        ("nöjda;okt 2025;;;4;\nnöjda;nov 2025;;;4;", "unused-forecast-not-used"),
    ],
)
def test_strict_refuses_what_is_not_used(line: str, code: str) -> None:
    period = "2025" if "okt" in line else "mar 2025"
    with pytest.raises(goalrules.OutcomeError) as refused:
        rules().assess(rows(line), period, strict=True)
    (fault,) = refused.value.diagnostics
    assert (fault.code, fault.span.line, fault.line) == (code, 2, "")
    with pytest.raises(goalrules.OutcomeError):
        rules().assess_year(rows("nöjda;2024;4;;;"), 2025, strict=True)
    later = rows("nöjda;mar 2025;4;;;", "nöjda;apr 2025;4;;;")
    assert rules().assess(later, "mar 2025", strict=True)["1"].verdict


def test_the_command_writes_the_account_and_refuses_by_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.goals").write_text(RULES, encoding="utf-8")
    (tmp_path / "u.csv").write_text(f"{HEAD}\nnöjda;2024;4;;;\n", encoding="utf-8")
    for command in ("assess", "year"):
        files = [str(tmp_path / "r.goals"), str(tmp_path / "u.csv")]
        assert "Underlagsredovisning" in run(capsys, command, *files, "--inputs").out
        assert run(capsys, command, *files, "--strict").code == 1
        assert run(capsys, command, *files, "--where", "Indikator=nöjda").code == 0
        assert run(capsys, command, *files, "--where", "nöjda").code == 2


def test_sheets_that_are_not_read_are_named_where_they_may_hold_outcomes() -> None:
    book = Workbook()
    table: list[list[str | int]] = [["indikator", "period", "utfall"], ["nöjda", "2025", 4]]
    sheets: dict[str, list[list[str | int]]] = {
        "Utfall": table,
        "Dolt": table,
        "Listor": [["grön"], ["gul"]],
        "Siffror": [["nöjda", 4]],
        "Läs mig": [["Fyll i", "varje månad"]],
    }
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in {"Dolt", "Listor"} else "visible"
        for each in lines:
            sheet.append(each)
    data = BytesIO()
    book.save(data)
    read = goalrules.read_outcomes(data.getvalue(), 2025, name="u.xlsx")
    assert last_lines(rules().assess(read, 2025).table("sv")) == (
        "Det dolda bladet Dolt i u.xlsx har inte lästs. "
        "Bladet Siffror i u.xlsx har ingen rubrikrad och har inte lästs."
    )
    with pytest.raises(goalrules.OutcomeError) as refused:
        goalrules.read_outcomes(data.getvalue(), 2025, strict=True)
    codes = {each.code for each in refused.value.diagnostics}
    assert codes == {"unread-hidden-sheet", "unread-sheet"}
    with pytest.raises(goalrules.OutcomeError) as refused:
        rules().assess(read, 2025, strict=True)
    assert {each.code for each in refused.value.diagnostics} == codes
    assert "Siffror" in rules().assess(read, 2025).inputs_text("sv")


FIGURES = some.sampled_from(["4", "5", "77"])
LINES = some.lists(
    some.tuples(
        some.sampled_from(["nöjda", "ärenden", "växer", "läge"]),
        some.sampled_from(["jan 2025", "feb 2025", "2025", "2024", "T1 2025", "2026"]),
        FIGURES,
        some.sampled_from(["", "följs"]),
        some.sampled_from(["", "8"]),
    ),
    unique_by=lambda each: each[:2],
    min_size=1,
)


def entries(found: goalrules.Assessment) -> list[InputRow]:
    return list(found.inputs.rows())


@given(LINES, some.sampled_from(["2025", "feb 2025", "2026"]))
def test_every_entry_stands_once_and_order_changes_only_places(
    lines: list[tuple[str, ...]], period: str
) -> None:
    texts = [";".join((*each, "")) for each in lines]
    try:
        found = rules().assess(rows(*texts), period)
    except goalrules.OutcomeError:
        return
    stated = Counter(
        (line, role)
        for line, each in enumerate(lines, 2)
        for role, cell in zip(("outcome", "plan", "forecast"), each[2:], strict=True)
        if cell
    )
    told = entries(found)
    assert stated == Counter(
        (each.line, "outcome" if each.role == "year before" else each.role) for each in told
    )
    by_line = {texts[each.line - 2]: each for each in told if each.role == "outcome"}
    other = rules().assess(rows(*reversed(texts)), period)
    turned = {texts[::-1][each.line - 2]: each for each in entries(other) if each.role == "outcome"}
    assert {text: each.reason for text, each in by_line.items()} == {
        text: each.reason for text, each in turned.items()
    }


@given(some.sets(some.integers(1, 40)))
def test_ranges_stand_for_their_numbers(numbers: set[int]) -> None:
    assert numbers_in(ranges(numbers)) == sorted(numbers)


def test_the_account_tells_no_figure() -> None:
    hidden = RULES.replace("  indikator växer", "    små tal döljs\n  indikator växer")
    read = rows("ärenden;jan 2025;3987;;4987;5987", "nöjda;2024;6987;;;")
    found = goalrules.loads(hidden).assess(read, "jan 2025")
    told = found.inputs_text("sv") + json.dumps(found.to_dict()["account"])
    assert "987" not in told
    assert (2, "count", "") in reasons(found)
