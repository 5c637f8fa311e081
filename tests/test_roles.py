"""The roles of columns: one table of them, with which headings, notes, reports and docs agree."""

from typing import get_args

import pytest
from imports import ROOT

import goalrules
from goalrules.core.vocabulary import ColumnRole
from goalrules.data.outcome import OUTCOMES
from goalrules.data.roles import ROLES, role_word
from goalrules.text.languages import LANGUAGES

RULES = """goalrules 1 sv
plan "P" gäller 2025
mål 1 "Trygghet"
  indikator a
    riktvärde minst 1{}
  grön om alla gröna
mål 2 "Miljö"
  indikator b
    riktvärde minst 1
  grön om alla gröna
"""


def assessed(text: str, hidden: str = "") -> goalrules.Assessment:
    rules = goalrules.loads(RULES.format(hidden))
    return rules.assess(goalrules.read_outcomes(text.encode(), 2025, name="u.csv"))


def test_every_role_stands_in_the_table_and_on_the_page() -> None:
    assert {*ROLES} == {*get_args(ColumnRole)} - {"chosen"}
    assert {role for role, (section, _) in ROLES.items() if section == "headings"} == {
        *OUTCOMES.columns
    }
    page = (ROOT / "docs" / "files.md").read_text("utf-8")
    listed = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    roles = [role_word(role, "sv") for role in ROLES]
    assert [each for each in listed if each in roles] == [
        each for each in listed if each in roles and listed.count(each) == 1
    ]
    assert {*roles} <= {*listed}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_reads_a_column_as_each_role(role: ColumnRole, language: str) -> None:
    word = role_word(role, "sv" if language == "sv" else "en")
    head = "indikator;utfall" if role not in ("indicator", "value") else "utfall;indikator"
    head = {"indicator": "x;utfall", "value": "indikator;x"}.get(role, f"{head};Zq")
    heading = "x" if role in ("indicator", "value") else "Zq"
    note = f'headings.{heading} = "{word}"'.encode()
    rows = goalrules.read_outcomes(f"{head}\n;;\n".encode(), 2025, note=note)
    (table,) = rows.files[0].tables
    used = {each.heading: each.role for each in table.used}
    assert used.get(heading, role) == role
    assert heading in used or role in ("kind", "measure", "unit")


def test_a_row_of_a_goal_is_kept_with_the_goal() -> None:
    text = (
        "mål;indikator;period;utfall;kommentar;analys;utfört\n"
        "1;a;2025;2;;;\n"
        "1;;2025;;Väl;Fler kom.;\n"
        "Miljö;;;;;Ingen mätte.;\n"
        "2;;;;;;\n"
        ";;;;;Lös text.;\n"
        "2;b;2025;;;;\n"
    )
    found = assessed(text)
    of_goal = {
        goal.id: [(row.line, row.period, [(t.role, t.text) for t in row.texts]) for row in texts]
        for goal in (found["1"], found["2"])
        for texts in [goal.trace.texts]
    }
    assert of_goal == {
        "1": [(3, "2025", [("comment", "Väl"), ("analysis", "Fler kom.")])],
        "2": [(4, "", [("analysis", "Ingen mätte.")])],
    }
    (table,) = found.inputs.files[0].tables
    assert [(each.rows, each.goal) for each in table.goals] == [("3", "1"), ("4", "Miljö")]
    assert [(each.rows, each.reason) for each in table.unread] == [
        ("5", "section"),
        ("6", "no outcome"),
    ]
    assert "rad 3: om mål 1" in found.inputs_text()
    hidden = assessed(text, "\n    små tal döljs")["1"].trace.texts
    assert hidden == ()
    assert assessed("indikator;utfall\na;2\n")["1"].trace.texts == ()


def test_a_row_of_a_goal_with_a_figure_or_of_no_goal_is_refused() -> None:
    for cells in ("1;;3;", "1;;grön;x", "1;;;x"):
        text = f"mål;indikator;utfall;analys\n{cells}\n1;a;2;\n"
        if cells == "1;;;x":
            assert assessed(text)["1"].trace.texts
            continue
        with pytest.raises(goalrules.OutcomeError, match="no-indicator"):
            assessed(text)
    with pytest.raises(goalrules.OutcomeError, match="unknown-goal") as caught:
        assessed("mål;indikator;utfall;analys\n7;;;x\n1;a;2;\n")
    assert caught.value.diagnostics[0].span.column == 1


def test_a_row_of_texts_alone_in_a_wide_table_is_named() -> None:
    found = assessed("mål;indikator;2025;analys\n1;a;;Ingen mätte.\n2;b;2;\n1;;;Väl.\n")
    (table,) = found.inputs.files[0].tables
    assert [(each.rows, each.reason) for each in table.unread] == [("2", "no outcome")]
    assert found["1"].trace.texts
