"""Tables with a column for each period, and whose year it is; forecasts and counts beside them."""

from collections.abc import Sequence

import pytest
from rows_said import read, said
from workbooks import written

from goalrules.data.outcomes import read_outcomes
from goalrules.report.diagnostics.text import plain_text

COUNTED = """indikator;period;utfall;prognos;antal svar
a;2025-03;80;85,5;1 204
b;2025-03;;11 600;
c;2025-03;1;uppgift saknas;58 st
"""

WIDE: dict[str, tuple[str, int | None, list[str]]] = {
    "months of the year that is assessed": (
        "indikator;jan;feb;dec\na;1;;3\nb;;;\n",
        2025,
        ["a 2025-01 value=1", "a 2025-12 value=3"],
    ),
    "months with their own years": (
        "indikator;januari 2024;2025-02\na;1;2\n",
        2020,
        ["a 2024-01 value=1", "a 2025-02 value=2"],
    ),
    "months as they are saved and exported": (
        "indikator;2025-01-01;2025-02-28;mar-25;2025 april;202505\na;1;2;3;4;5\n",
        None,
        [f"a 2025-0{month} value={month}" for month in range(1, 6)],
    ),
    "days of a long table": (
        "indikator;period;utfall\na;2025-01-31;1\na;2025-02-01;2\n",
        None,
        ["a 2025-01 value=1", "a 2025-02 value=2"],
    ),
    "interims and the year": (
        "indikator;T1;delår aug;halvår 1;helår\na;1;2;3;4\n",
        2025,
        [
            "a 2025-01/2025-04 value=1",
            "a 2025-01/2025-08 value=2",
            "a 2025-01/2025-06 value=3",
            "a 2025 value=4",
        ],
    ),
    "years": ("indicator,2024,2025\na,1.5,2\n", None, ["a 2024 value=1.5", "a 2025 value=2"]),
    "fields and periods": (
        "indikator;jan;prognos helår;dec prognos;status (T1);n jan;kommentar jan\na;1;2;3;gul;12;x",
        2025,
        [
            "a 2025-01 value=1 count=12 comment=x",
            "a 2025 forecast=2",
            "a 2025-12 forecast=3",
            "a 2025-01/2025-04 level=yellow",
        ],
    ),
    "the year of a title": ("Utfall 2023\nindikator;mars\na;1\n", 2025, ["a 2023-03 value=1"]),
    "a title with a date": (
        "Beslutat 2024-12-17\nindikator;mars\na;1\n",
        2025,
        ["a 2025-03 value=1"],
    ),
    "a title with several years": (
        "Plan 2024 och 2026\nindikator;utfall mars\na;1\n",
        2025,
        ["a 2025-03 value=1"],
    ),
    "a column for the year": (
        "Utfall 2023\nindikator;år;mars\na;2024;1\nb;;2\n",
        2025,
        ["a 2024-03 value=1", "b 2023-03 value=2"],
    ),
    "what a title says that the cells are": (
        "Bedömning per månad\nindikator;mars\na;grön\nb;ännu inte mätt\n",
        2025,
        ["a 2025-03 level=green", "b 2025-03 level=not measured"],
    ),
    "what is reported of the budget is left": (
        "indikator;mars;budget mars;riktvärde 2025;mål dec\na;1;9;9;9\n",
        2025,
        ["a 2025-03 value=1"],
    ),
    "a long table with months": (
        "indikator;period;utfall\na;mars;1\nb;T1 2024;2\n",
        2025,
        ["a 2025-03 value=1", "b 2024-01/2024-04 value=2"],
    ),
    "a long table with years": (
        "indikator;år;period;utfall\na;2024;mars;1\nb;2024;;2\nc;;2023;3\n",
        2025,
        ["a 2024-03 value=1", "b 2024 value=2", "c 2023 value=3"],
    ),
    "forecasts and counts in columns": (
        COUNTED,
        None,
        [
            "a 2025-03 value=80 forecast=85.5 count=1204",
            "b 2025-03 forecast=11600",
            "c 2025-03 value=1 count=58",
        ],
    ),
    "a heading row with forecasts alone": (
        "indicator,forecast\na,85.5\n",
        None,
        ["a - forecast=85.5"],
    ),
    "forecasts among outcomes": (
        "indikator;utfall\na;11 600 (prognos)\nb;prognos: 75,5 %\nc;9 prognos\nd;Prognos 7\n",
        None,
        ["a - forecast=11600", "b - forecast=75.5%", "c - forecast=9", "d - forecast=7"],
    ),
    "groups over the months": (
        ";;Utfall;;Prognos;\nmål;indikator;jan;feb;mars;helår\n5;a;1;2;3;4\n",
        2025,
        [
            "a 2025-01 value=1",
            "a 2025-02 value=2",
            "a 2025-03 forecast=3",
            "a 2025 forecast=4",
        ],
    ),
    "a group over the last column": (
        ";;;Prognos\nindikator;jan;feb;helår\na;1;2;4\n",
        2025,
        ["a 2025-01 value=1", "a 2025-02 value=2", "a 2025 forecast=4"],
    ),
    "years over the months": (
        "Uppföljning;;2024;;2025\nmål;indikator;jan;feb;jan\n5;a;1;2;3\n",
        None,
        ["a 2024-01 value=1", "a 2024-02 value=2", "a 2025-01 value=3"],
    ),
    "months below": (
        "mål;indikator;Utfall;;Prognos;kommentar\n;;jan;feb;helår;\n5;a;1;2;3;x\n",
        2025,
        [
            "a 2025-01 value=1 comment=x",
            "a 2025-02 value=2 comment=x",
            "a 2025 forecast=3 comment=x",
        ],
    ),
    "months below years": (
        "indikator;2024;;Bedömning 2025;;helår 2025\n;jan;feb;T1;feb;\na;1;2;grön;gul;3\n",
        None,
        [
            "a 2024-01 value=1",
            "a 2024-02 value=2",
            "a 2025-01/2025-04 level=green",
            "a 2025-02 level=yellow",
            "a 2025 value=3",
        ],
    ),
    "a title right above": (
        "Nämnden;;Rapport\nmål;indikator;jan;feb\n5;a;1;2\n",
        2025,
        ["a 2025-01 value=1", "a 2025-02 value=2"],
    ),
    "plans and counts alone": ("indikator;plan\na;följs\n", None, ["a - plan=followed"]),
    "a forecast that is none is no row": (
        "indikator;jan;prognos helår\na;1;uppgift saknas\n",
        2025,
        ["a 2025-01 value=1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WIDE)
def test_what_wide_and_long_tables_say(case: str) -> None:
    text, year, expected = WIDE[case]
    rows, faults = read(text, year)
    assert faults == ()
    assert [said(row) for row in rows] == expected


FAULTS: dict[str, tuple[str, list[tuple[str, int, int]]]] = {
    "no year": ("indikator;jan;feb\na;1;2\n", [("period-without-year", 1, 2)]),
    "a year that is none": ("indikator;år;jan\na;i fjol;2\n", [("unknown-year", 2, 2)]),
    "a year that is a sign": ("indikator;år;2025-01\na;x\u200b;2\n", [("unknown-year", 2, 2)]),
    "one outcome beside months": (
        "indikator;2025-01;utfall;plan\na;1;2;följs\n",
        [("heading-without-period", 1, 3), ("heading-without-period", 1, 4)],
    ),
    "months beside a period": (
        "indikator;period;2025-01\na;2025;2\n",
        [("heading-without-period", 1, 2)],
    ),
    "a month that is not known": (
        "indikator;2025-01;delår 1;mars (prel);mars 25;2025-01-15;5-maj;P1\na;1;2;3;4\n",
        [("unknown-period-heading", 1, each) for each in range(3, 9)],
    ),
    "a month twice": ("indikator;2025-01;januari 2025\na;1;2\n", [("heading-twice", 1, 3)]),
    "groups that are not known": (
        ";Vuxen;;Barn\nindikator;2025-01;2025-02;2025-03\na;1;2;3\n",
        [("unknown-period-heading", 2, 2), ("unknown-period-heading", 2, 4)],
    ),
    "a row without a name": ("indikator;utfall\n;2024\n", [("no-indicator", 2, 1)]),
    "a month twice in a year": (
        "Utfall 2025\nindikator;jan;januari 2025\na;1;2\nb;1;2\n",
        [("heading-twice", 2, 3)],
    ),
    "an outcome twice": ("indikator;2025-01;utfall 2025-01\na;1;2\n", [("heading-twice", 1, 3)]),
    "a name that is not seen, once": (
        "indikator;2025-01;2025-02\na\u200bb;1;2\n",
        [("unseen-character", 2, 1)],
    ),
    "cells with faults": (
        "indikator;2025-01;prognos 2025;antal 2025-01\na;#N/A;grön;3,5\nb;-;x 1;-2\n",
        [
            ("error-cell", 2, 2),
            ("not-a-forecast", 2, 3),
            ("not-a-count", 2, 4),
            ("unclear-mark", 3, 2),
            ("not-a-forecast", 3, 3),
            ("not-a-count", 3, 4),
        ],
    ),
    "no indicator": ("indikator;2025-01\n;1\n", [("no-indicator", 2, 1)]),
    "two forecasts": (
        "indikator;utfall;prognos\na;7 (prognos);8\n",
        [("two-forecasts", 2, 2)],
    ),
    "a count with an error": ("indikator;utfall;antal\na;7;#N/A\n", [("error-cell", 2, 3)]),
    "a count in percent": ("indikator;utfall;antal\na;7;8 %\n", [("not-a-count", 2, 3)]),
    "marks of forecasts": (
        "indikator;utfall;prognos\na;7,5;8.25\n",
        [("other-decimal-mark", 2, 3)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_what_is_wrong_in_wide_tables(case: str) -> None:
    text, expected = FAULTS[case]
    found = [(each.code, each.span.line, each.span.column) for each in read(text)[1]]
    assert found == expected


def test_a_period_with_two_columns_keeps_both_apart() -> None:
    (row,), _ = read("indikator;2025-01;prognos 2025-01\na;1;2\n")
    assert (row.at("value").column, row.at("forecast").column) == (2, 3)
    assert row.period_text == "2025-01"


SHEETS: list[tuple[str, Sequence[Sequence[object]]]] = [
    ("Utfall 2025", [["mål", "indikator", "jan", "feb"], ["5", "a", 1, 2], [None, "b", None, 4]]),
    ("Bedömning", [["2025"], ["mål", "indikator", "jan"], [5, "A", "grön"]]),
    ("Plan", [["indikator", "mål", "feb"], ["a", "5", "följs"]]),
    ("Prognos", [["mål", "indikator", "helår"], ["5", "a", 12]]),
    ("Kommentar", [["mål", "indikator", "jan"], ["5", "a", "Bra."]]),
]


def test_sheets_of_different_things_come_together_by_period() -> None:
    rows, faults = read_outcomes(written(*SHEETS), "u.xlsx", 2025)
    assert faults == ()
    assert [said(row) for row in rows] == [
        "a 2025-01 value=1 level=green comment=Bra.",
        "a 2025-02 value=2 plan=followed",
        "b 2025-02 value=4",
        "a 2025 forecast=12",
    ]
    assert rows[0].place.sheet == "Utfall 2025"


def test_the_messages_of_wide_tables_say_what_to_do() -> None:
    faults = read("indikator;jan;utfall\na;1;2\n")[1]
    assert plain_text(faults, "sv") == (
        "u.csv:1:2: det framgår inte vilket år `jan` gäller (skriv året i "
        "rubriken, i en rad ovanför, i bladets namn eller i en kolumn `år`) [period-without-year]\n"
        "u.csv:1:3: rubriken `utfall` säger inte vilken period den gäller, "
        "när andra kolumner gäller var sin period (skriv perioden i rubriken, till exempel "
        '`utfall helår`, eller spara `rubriker.utfall = "utfall helår"` som läsanvisning, '
        "i en fil med samma namn och `.toml` efter) [heading-without-period]"
    )
