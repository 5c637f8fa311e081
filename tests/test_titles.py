"""What titles, sheets and misspelt headings say of the period of rows, and second tables."""

from collections.abc import Sequence

import pytest
from rows_said import read, said
from workbooks import written

import goalrules
from goalrules.data.outcomes import read_outcomes

TITLES: dict[str, tuple[str, int | None, list[str]]] = {
    "the month of a title": (
        "Socialnämnden – utfall januari 2025, uttaget 2025-02-01;\nindikator;utfall\na;1\n",
        None,
        ["a 2025-01 value=1"],
    ),
    "the interim of a title": (
        "Delår augusti\nindikator;utfall\na;1\n",
        2025,
        ["a 2025-01/2025-08 value=1"],
    ),
    "the month of a title and a column for the year": (
        "Rapport för maj 2025\nindikator;år;utfall\na;2025;1\na;2024;2\n",
        None,
        ["a 2025-05 value=1", "a 2024 value=2"],
    ),
    "titles that name no period": (
        f"Utfall år 2025;2025-02-01;Uttaget i mars;{'x' * 40} mars\nindikator;utfall\na;1\n",
        2025,
        ["a - value=1"],
    ),
    "titles of several periods": (
        "Utfall januari 2025;prognos helår\nindikator;utfall\na;1\n",
        2025,
        ["a - value=1"],
    ),
    "a title above a column of periods": (
        "Utfall jan 2025\nindikator;period;utfall\na;feb;1\nb;;2\n",
        2025,
        ["a 2025-02 value=1", "b - value=2"],
    ),
}


@pytest.mark.parametrize("case", TITLES)
def test_the_period_that_titles_name(case: str) -> None:
    text, year, expected = TITLES[case]
    rows, faults = read(text, year)
    assert faults == ()
    assert [said(row) for row in rows] == expected


FAULTS: dict[str, tuple[str, list[tuple[str, int, int]]]] = {
    "no year in a title": (
        "Utfall jan\nindikator;utfall\na;1\n",
        [("period-without-year", 2, 1)],
    ),
    "a second table": (
        "mål;indikator;2025-01\n1;a;1\n\n;Bedömning\nIndikator;2025-01\na;x 1\nb;-\n",
        [("headings-again", 5, 2)],
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_is_refused(case: str) -> None:
    text, expected = FAULTS[case]
    found = [(each.code, each.span.line, each.span.column) for each in read(text)[1]]
    assert found == expected


def test_sheets_that_are_named_by_their_months_are_of_them() -> None:
    sheets: list[tuple[str, Sequence[Sequence[object]]]] = [
        (name, [["indikator", "utfall"], ["a", 1]]) for name in ("jan", "feb 2025", "T1")
    ]
    rows, faults = read_outcomes(written(*sheets), "u.xlsx", 2025)
    assert faults == ()
    assert [said(row) for row in rows] == [
        "a 2025-01 value=1",
        "a 2025-02 value=1",
        "a 2025-01/2025-04 value=1",
    ]


def test_a_misspelt_period_is_asked_about_and_other_columns_are_left() -> None:
    headings = {
        "Febuari": "februari", "Mras": "mars", "Janauri 2025": "januari 2025", "Heår": "helår",
        "prognos Dce": "prognos dec", "Ansvarig": "", "Enhet": "", "Summa": "", "Match": "",
        "Junior": "", "Maja": "", "riktvärde Febuari": "", "Febuari " * 6: "",
    }  # fmt: skip
    faults = read(f"indikator;2025-04;{';'.join(headings)}\na;1\n")[1]
    found = {each.facts["text"]: each.facts["nearest"] for each in faults}
    assert {each.code for each in faults} == {"unknown-heading"}
    assert found == {text: near for text, near in headings.items() if near}


def test_what_is_wrong_with_a_wide_row_is_told_once() -> None:
    rules = goalrules.loads(
        'goalrules 1 sv\nplan "P"\ngäller 2025\nmål 1 "T"\n  indikator a\n    riktvärde minst 1\n'
        "  grön om a grön\n"
    )
    rows, _ = read("indikator;jan;feb\na;1;2\na;3;4\nSumma;1;2\n", 2025)
    with pytest.raises(goalrules.OutcomeError) as refused:
        rules.assess(rows)
    found = [(each.code, each.span.line) for each in refused.value.diagnostics]
    assert found == [("unknown-indicator", 4), ("duplicate-row", 3)]
