"""What a table says of its rows beside their figures is read or refused, in many spellings.

Headings of periods, months over the new year, titles, and columns that decide what a row is.
"""

# ruff: noqa: E501 - a case is a line

from io import BytesIO

import pytest
from openpyxl import Workbook
from rows_said import read, said
from workbooks import written

import goalrules
from goalrules.data.outcomes import read_outcomes

PERIODS = {
    "2025*": "2025", "2025 *": "2025", "2025**": "2025", "2025¹": "2025", "2025 1)": "2025", "2025†": "2025",
    "dec*": "2025-12", "2025M12": "2025-12", "2025m3": "2025-03", "2025-M03": "2025-03", "12/2025": "2025-12",
    "3/2025": "2025-03", "dec-25": "2025-12", "Kvartal 4": "2025-10/2025-12", "Q4 2025": "2025-10/2025-12",
    "2025Q4": "2025-10/2025-12", "2025-Q4": "2025-10/2025-12", "kv 4": "2025-10/2025-12", "Kv1": "2025-01/2025-03",
    "utfall kvartal 2": "2025-04/2025-06", "VT25": "2025-01/2025-06", "HT 2025": "2025-07/2025-12",
    "vårterminen 2025": "2025-01/2025-06", "2025 HT": "2025-07/2025-12", "autumn term 2025": "2025-07/2025-12",
    "läsår 2024/25": "2024-07/2025-06", "Läsåret 2024–2025": "2024-07/2025-06",
    "läsår 24/25": "2024-07/2025-06", "T2-2025": "2025-05/2025-08", "Q4-2025": "2025-10/2025-12", "Q3/2025": "2025-07/2025-09",
    "4:e kvartalet": "2025-10/2025-12", "4:e kvartalet 2025": "2025-10/2025-12", "fjärde kvartalet 2025": "2025-10/2025-12",
    "2nd quarter 2025": "2025-04/2025-06", "the third quarter 2025": "2025-07/2025-09", "Utfall andra tertialet": "2025-05/2025-08",
    "2025K4": "2025-10/2025-12", "K1 2025": "2025-01/2025-03", "2025 helår": "2025", "kalenderår 2025": "2025",
    "calendar year 2025": "2025", "t.o.m. mars 2025": "2025-01/2025-03", "Utfall ack mars": "2025-01/2025-03",
    "t o m aug": "2025-01/2025-08", "till och med augusti 2025": "2025-01/2025-08", "YTD Mar 2025": "2025-01/2025-03",
    "mån 3 2025": "2025-03", "2023–2025": "2023-01/2025-12", "2021-2025": "2021-01/2025-12", "åren 2023–2025": "2023-01/2025-12",
    "school year 2024/25": "2024-07/2025-06", "tertial 3": "2025-09/2025-12", "Tertialrapport 2 2025": "2025-05/2025-08",
}  # fmt: skip


@pytest.mark.parametrize("heading", PERIODS)
def test_a_heading_of_a_period_is_read(heading: str) -> None:
    rows, faults = read(f"indikator;{heading}\na;1\n", 2025)
    assert faults == ()
    assert [row.period.text for row in rows if row.period] == [PERIODS[heading]]


REFUSED = {
    "week-and-no-period": ["v 52", "v.12", "vecka 3", "2025-W52", "W7 2025", "utfall v 12", "week 5"],
    "unknown-period-heading": [
        "2015-16", "2024/25", "delår 1", "aug 25", "12-25", "2025-15", "2025-3", "2024–2025",
        "räkenskapsår 2024/25", "verksamhetsår 2024/25", "säsong 24/25", "delår 2 2025", "2025-01-15",
        "5:e kvartalet", "tredje halvåret 2025", "K5 2025", "läsår 24/26",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "heading"), [(code, each) for code, headings in REFUSED.items() for each in headings]
)
@pytest.mark.parametrize("table", ["indikator;2024;{}\na;1;2\n", "indikator;{}\na;1\n"])
def test_a_heading_of_a_time_is_never_left(code: str, heading: str, table: str) -> None:
    faults = read(table.format(heading), 2025)[1]
    assert code in {each.code for each in faults}


def test_other_headings_are_no_times() -> None:
    headings = [
        "16-24 år",
        "65+ år",
        "1",
        "2",
        "T",
        "Riket",
        "Snitt",
        "Genomsnitt",
        "Average",
        "Medel",
    ]
    rows, faults = read(f"indikator;2024;{';'.join(headings)}\na;1{';x' * len(headings)}\n", 2025)
    assert faults == ()
    assert [said(row) for row in rows] == ["a 2024 value=1"]


ORDERS: dict[str, tuple[str, list[str] | str]] = {
    "jan 2024;feb;mar": ("", ["2024-01", "2024-02", "2024-03"]),
    "nov 2024;dec;jan": ("", ["2024-11", "2024-12", "2025-01"]),
    "dec 2024;jan;feb": ("Utfall 2025", ["2024-12", "2025-01", "2025-02"]),
    "jan;feb;mar 2024": ("", ["2024-01", "2024-02", "2024-03"]),
    "mar 2024;mar": ("", "months-over-new-year"),
    "dec;jan 2024": ("", "months-over-new-year"),
    "jan 2024;feb;mar ": ("Utfall 2025", "months-over-new-year"),
    "2024;jan;feb": ("", ["2024", "2025-01", "2025-02"]),
    "mar;feb;jan": ("", ["2025-03", "2025-02", "2025-01"]),
    "feb;jan": ("", ["2025-02", "2025-01"]),
    "dec;jan": ("", "months-over-new-year"),
    "okt;nov;dec;jan;feb": ("", "months-over-new-year"),
    "nov;dec;jan": ("Verksamhetsår 2024/2025", ["2024-11", "2024-12", "2025-01"]),
    "maj;jun": ("Verksamhetsår 2024/2025", "months-over-new-year"),
    "maj;jun ": ("Läsår 2024/25", ["2025-05", "2025-06"]),
    "aug;sep": ("Läsår 2024-25", ["2024-08", "2024-09"]),
    "helår": ("Läsår 2024/25", "months-over-new-year"),
}


@pytest.mark.parametrize("headings", ORDERS)
def test_months_over_the_new_year(headings: str) -> None:
    title, expected = ORDERS[headings]
    cells = ";1" * len(headings.split(";"))
    rows, faults = read(f"{title}\nindikator;{headings}\na{cells}\n", 2025)
    if isinstance(expected, str):
        assert [each.code for each in faults] == [expected]
    else:
        assert faults == ()
        assert {row.period.text for row in rows if row.period} == set(expected)


def test_a_column_for_the_year_goes_before_the_order_of_months() -> None:
    rows, faults = read("indikator;år;nov;dec;jan\na;2024;1;2;3\n", 2025)
    assert faults == ()
    assert {row.period.year for row in rows if row.period} == {2024}


def test_periods_of_two_years_in_a_long_table() -> None:
    rows, faults = read("Läsår 2024/25\nindikator;period;utfall\na;sep;1\na;mar;2\n", 2025)
    assert faults == ()
    assert [said(row) for row in rows] == ["a 2024-09 value=1", "a 2025-03 value=2"]
    for cell in ("mar", "x"):
        text = f"Verksamhetsår 2024/25\nindikator;period;utfall\na;{cell};1\n"
        assert [each.code for each in read(text, 2025)[1]] == ["unknown-period"]


UNDER: dict[str, tuple[str, str]] = {
    "Månad": ("3", "2025-03"),
    "Månad ": ("mars", "2025-03"),
    "Kvartal": ("2", "2025-04/2025-06"),
    "Tertial": ("2", "2025-05/2025-08"),
    "Halvår": ("2", "2025-07/2025-12"),
    "Termin": ("VT25", "2025-01/2025-06"),
    "Läsår": ("2024/25", "2024-07/2025-06"),
    "Datum": ("2025-03-31", "2025-03"),
    "Mätår": ("2025", "2025"),
    "Month": ("3", "2025-03"),
    "School year": ("2024/25", "2024-07/2025-06"),
}


@pytest.mark.parametrize("heading", UNDER)
def test_a_column_of_periods_under_another_heading(heading: str) -> None:
    cell, period = UNDER[heading]
    rows, faults = read(f"indikator;{heading};utfall\na;{cell};1\n", 2025)
    assert faults == ()
    assert [row.period.text for row in rows if row.period] == [period]


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("Läsår", "2024", "unknown-period"),
        ("Vecka", "12", "week-and-no-period"),
        ("Datum", "2025-03-15", "unknown-period"),
        ("Period", "2016/17", "unknown-period"),
        ("Avläst", "2025-03-31", "times-not-read"),
        ("Statistikår", "2024", "times-not-read"),
        ("När mätt", "mars", "times-not-read"),
    ],
)
def test_a_column_of_times_is_not_left(heading: str, cell: str, code: str) -> None:
    assert [each.code for each in read(f"indikator;{heading};utfall\na;{cell};1\n", 2025)[1]] == [
        code
    ]


BESIDE: dict[str, tuple[str, list[str] | str]] = {
    "typ": ("indikator;typ;utfall\na;Utfall;1\na;Prognos;2\na;Budget;3\n", ["a - value=1 forecast=2"]),
    "typ, wide": ("indikator;typ;jan\na;Utfall;1\na;Prognos;2\n", ["a 2025-01 value=1 forecast=2"]),
    "typ of the indicator": ("indikator;typ;utfall\na;Volym;1\nb;Kvalitet;2\n", ["a - value=1", "b - value=2"]),
    "typ of both": ("indikator;typ;utfall\na;Prognos;1\nb;Kvalitet;2\n", "unknown-kind-of-figure"),
    "one kommun": ("kommun;indikator;utfall\nNora;a;1\nNora;b;2\n", ["a - value=1", "b - value=2"]),
    "only riket": ("kommun;indikator;utfall\nRiket;a;1\n", "column-of-several"),
    "unknown, repeated": (
        "var;indikator;period;utfall\nx;a;2024;1\ny;a;2025;2\nx;b;2024;1\n", "column-of-several"
    ),
    "unknown, its own text": ("sagt;indikator;utfall\nx;a;1\ny;b;2\n", ["a - value=1", "b - value=2"]),
    "unknown, in two rows": ("sida;indikator;utfall\nx;a;1\ny;a;2\nz;a;3\n", "rows-differ-beside"),
    "ansvarig": ("indikator;ansvarig;utfall\na;x;1\na;y;2\n", ["a - value=1", "a - value=2"]),
    "blank in one": ("indikator;förvaltning;utfall\na;x;1\na;;2\n", "row-without-unit"),
    "budget beside": ("indikator;budget;utfall\na;1;1\nb;2;2\n", ["a - value=1", "b - value=2"]),
    "kön, all": ("indikator;kön;utfall\na;Totalt;1\nb;båda könen;2\n", ["a - value=1", "b - value=2"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BESIDE)
def test_a_column_that_decides_what_a_row_is(case: str) -> None:
    text, expected = BESIDE[case]
    rows, faults = read(text, 2025)
    if isinstance(expected, str):
        assert [each.code for each in faults] == [expected]
    else:
        assert faults == ()
        assert [said(row) for row in rows] == expected


@pytest.mark.parametrize(
    ("heading", "cell", "unit"),
    [
        ("Enhet", "‰", "‰"), ("Enhet", "procent", "%"), ("Måttenhet", "personer", "personer"), ("Enhet", "Norr", ""),
        ("Måttenhet", "tkr", "tkr"), ("Unit", "per mille", "‰"), ("Enhet", "antal", "st"), ("Måttenhet", "", ""),
    ],
)  # fmt: skip
def test_a_column_of_units(heading: str, cell: str, unit: str) -> None:
    rows, faults = read(f"indikator;{heading};utfall\na;{cell};80\nb;{cell};5 %\nc;{cell};grön\n")
    assert faults == ()
    assert [getattr(row.value, "unit", None) for row in rows] == [unit, "%", None]


WHERE: dict[str, tuple[dict[str, str], list[str] | str]] = {
    "one": ({"Kommun": "Nora"}, ["a - value=2"]),
    "folded": ({"kommun": "NORA"}, ["a - value=2"]),
    "no column": ({"Region": "Nora"}, "no-column-to-choose-by"),
    "no row": ({"Kommun": "Sala"}, "no-row-chosen"),
}


@pytest.mark.parametrize("case", WHERE)
def test_rows_are_chosen_by_a_column(case: str) -> None:
    where, expected = WHERE[case]
    data = b"Kommun;indikator;utfall\nRiket;a;1\nNora;a;2\n"
    rows, faults = read_outcomes(data, "u.csv", 2025, None, where)
    found = [each.code for each in faults] if faults else [said(row) for row in rows]
    assert expected in found if isinstance(expected, str) else found == expected


def test_words_of_many_kinds_are_no_dimension_and_merged_cells_stand_for_their_rows() -> None:
    lines = "".join(f"a{n};jan;{n};ord{n}\na{n};feb;{n};ord{n}\n" for n in range(60))
    rows, faults = read(f"indikator;period;utfall;Zqx\n{lines}", 2025)
    assert (len(rows), faults) == (120, ())
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (["Zqx", "indikator", "utfall"], ["Nora", "a", 1], [None, "b", 2], ["x", "a", 3]):
        sheet.append(line)
    sheet.merge_cells("A2:A3")
    data = BytesIO()
    book.save(data)
    rows, faults = read_outcomes(data.getvalue(), "u.xlsx", 2025)
    assert [each.code for each in faults] == ["rows-differ-beside"]


def test_rows_that_differ_in_nothing_beside_them_are_told_as_the_same_row_twice() -> None:
    rows, faults = read("indikator;utfall;Zqx;Riktvärde\na;1;x;1\na;1;x;2\n")
    assert (len(rows), faults) == (2, ())


def test_rows_are_chosen_in_python() -> None:
    data = b"sex;indicator;value\nK;a;1\nT;a;2\n"
    assert [said(row) for row in goalrules.read_outcomes(data, where={"sex": "T"})] == [
        "a - value=2"
    ]


TITLES: dict[str, tuple[str, list[str] | str]] = {
    "Utfall 2024\nindikator;utfall\na;1\n": ("", ["a 2024 value=1"]),
    "Utfall 2025\nindikator;utfall\na;1\n": ("", ["a - value=1"]),
    "Uppföljning kvartal 1 2025\nindikator;utfall\na;1\n": ("", ["a 2025-01/2025-03 value=1"]),
    "Prognos 2025\nindikator;värde\na;1\n": ("", ["a - forecast=1"]),
    "Prognos 2025\nindikator;utfall\na;1\n": ("", "title-of-forecasts"),
    "Prognos 2025\nindikator;utfall;prognos\na;1;2\n": ("", ["a - value=1 forecast=2"]),
    "Riktvärden 2025\nindikator;jan\na;1\n": ("", "title-of-no-outcomes"),
    "Förväntat 2025\nindikator;värde\na;1\n": ("", "title-of-no-outcomes"),
    "Budget 2025\nindikator;utfall\na;1\n": ("", ["a - value=1"]),
    "Delårsrapport 2025\nindikator;utfall\na;1\n": ("", "title-of-part"),
    "Uppföljning vecka 12\nindikator;utfall\na;1\n": ("", "title-of-part"),
    "Delårsrapport 2025\nindikator;år;utfall\na;2025;1\n": ("", ["a 2025 value=1"]),
    "Svar senast 15 mars 2024\nindikator;jan\na;1\n": ("", ["a 2025-01 value=1"]),
    "Senast uppdaterad 15 januari 2026\nindikator;jan\na;1\n": ("", ["a 2025-01 value=1"]),
    "Box 1999, 123 45 Orten\nindikator;jan\na;1\n": ("", ["a 2025-01 value=1"]),
    "Dnr KS 2023-118\nindikator;jan\na;1\n": ("", ["a 2025-01 value=1"]),
    "Enligt SFS 2017:725\nindikator;jan\na;1\n": ("", ["a 2025-01 value=1"]),
    "Möte den 3 mars 2024\nindikator;jan\na;1\n": ("", ["a 2025-01 value=1"]),
    "Rutin från 1998\nindikator;jan\na;1\n": ("", ["a 2025-01 value=1"]),
    "Antal 2025\nindikator;jan\na;1\n": ("", ["a 2025-01 value=1"]),
    "Socialförvaltningen 2024\nindikator;jan\na;1\n": ("", ["a 2024-01 value=1"]),
    "Utfall 2025\nBudget 2025\nindikator;jan\na;1\n": ("", ["a 2025-01 value=1"]),
    f"{'Uppföljning av målen ' * 9}\nindikator;jan\na;1\n": ("", ["a 2025-01 value=1"]),
}


@pytest.mark.parametrize("text", TITLES)
def test_titles_say_what_they_surely_say(text: str) -> None:
    expected = TITLES[text][1]
    rows, faults = read(text, 2025)
    if isinstance(expected, str):
        assert [each.code for each in faults] == [expected]
    else:
        assert faults == ()
        assert [said(row) for row in rows] == expected


def test_sheets_of_budgets_and_counts() -> None:
    long: list[list[object]] = [["indikator", "värde"], ["a", 1]]
    wide: list[list[object]] = [["indikator", "jan"], ["a", 9]]
    rows, faults = read_outcomes(written(("Utfall", long), ("Budget", long)), "u.xlsx", 2025)
    assert faults == ()
    assert [said(row) for row in rows] == ["a - value=1"]
    rows, faults = read_outcomes(written(("Utfall", wide), ("Antal", wide)), "u.xlsx", 2025)
    assert faults == ()
    assert [said(row) for row in rows] == ["a 2025-01 value=9 count=9"]
    rows, faults = read_outcomes(written(("Antal", wide), ("Andel", wide)), "u.xlsx", 2025)
    assert [said(row) for row in rows] == ["a 2025-01 value=9", "a 2025-01 value=9"]


def test_what_is_shown_nowhere_is_told() -> None:
    assert [each.code for each in read("indikator|utfall\na|1\n")[1]] == []
    assert [each.code for each in read("indikator,utfall,källa\na,75,5\nb,7,x\n")[1]] == [
        "number-in-two-cells"
    ]
    assert [each.code for each in read('indikator,utfall,källa\na,"75",5\n')[1]] == []
    assert [each.code for each in read("indikator;antal\na;1\n")[1]] == ["only-counts"]
    workbook = written(("Blad", [["indikator", "utfall"], ["a", "", 5]]))
    assert [each.code for each in read_outcomes(workbook, "u.xlsx")[1]] == [
        "figure-without-heading"
    ]


TEXTS = "indikator;2024;2025;Zqx;\na;1;2;Enkät;se bilagan\nb;3;4;Register;\n"


def test_a_column_beside_periods_is_text_where_the_year_tells_rows_apart() -> None:
    rows, faults = read(TEXTS, 2025)
    assert faults == ()
    assert [[(each.heading, each.text) for each in row.texts] for row in rows] == [
        *[[("Zqx", "Enkät"), ("", "se bilagan")]] * 2,
        *[[("Zqx", "Register")]] * 2,
    ]
    (table,) = rows.files[0].tables
    assert [each.role for each in table.used if each.beside] == ["text", "text"]
    rows, faults = read("indikator;2024;Zqx\na;1;5\nb;3;6\n", 2025)
    assert (faults, [row.texts for row in rows]) == ((), [(), ()])


def test_what_is_taken_as_text_is_told_and_is_a_fault_where_nothing_may_be_unread() -> None:
    rules = goalrules.loads(
        'goalrules 1 sv\nplan "P" gäller 2025\nmål 1 "A"\n  indikator a\n    riktvärde minst 1\n'
        "  indikator b\n    riktvärde minst 1\n  grön om alla gröna\n"
    )
    rows = goalrules.read_outcomes(TEXTS.encode(), 2025, name="u.csv")
    found = rules.assess(rows)
    line = "Kolumnerna Zqx och 5 i u.csv har lästs som text, fast rubrikerna inte känns igen."
    assert line in " ".join(found.text().split())
    for told in (found.inputs_text(), found.inputs_text("en")):
        assert "Zqx: text" in told
    codes = ["column-taken-as-text", "unnamed-column-taken-as-text"]
    with pytest.raises(goalrules.OutcomeError) as caught:
        goalrules.read_outcomes(TEXTS.encode(), 2025, strict=True)
    assert [each.code for each in caught.value.diagnostics] == codes
    with pytest.raises(goalrules.OutcomeError) as caught:
        rules.assess(rows, strict=True)
    assert {*codes} <= {each.code for each in caught.value.diagnostics}


@pytest.mark.parametrize("hides", [True, False])
def test_texts_go_into_the_voucher_where_no_few_are_hidden(hides: bool) -> None:  # noqa: FBT001
    hidden = "    små tal döljs\n" if hides else ""
    rules = goalrules.loads(
        'goalrules 1 sv\nplan "P" gäller 2025\nmål 1 "A"\n  indikator a\n'
        f"    riktvärde minst 1\n{hidden}  grön om alla gröna\n"
    )
    text = b"indikator;utfall;analys;riktv\xc3\xa4rde;Registrerad;Ansvarig n\xc3\xa4mnd\na;40;Fler kom.;30;2026-01-09;SN\n"
    found = rules.assess(goalrules.read_outcomes(text, 2025, name="u.csv"))
    (member,) = found["1"].trace.members
    assert member.finding
    assert member.finding.row
    assert [(each.role, each.text) for each in member.finding.row.texts] == (
        []
        if hides
        else [
            ("analysis", "Fler kom."),
            ("reported on", "2026-01-09"),
            ("responsible", "SN"),
        ]
    )
    assert ("Fler kom." in str(found.to_dict())) is not hides


# Sexes

PARTS = """goalrules 1 sv
plan "P" gäller 2025
mål 1 "A"
  indikator a "Sjukfrånvaro"
    nyckel "N1"
    riktvärde högst 6{}
  indikator b
    riktvärde minst 1
  grön om alla gröna
"""
OF_SEXES = "nyckel;indikator;kön;utfall\nN1;a;Totalt;5\n;a;{};7\n;a;{};4\n;b;;2\n"


def of_sexes(parts: str, *sexes: str, text: str = OF_SEXES) -> goalrules.Assessment:
    rules = goalrules.loads(PARTS.format(f"\n    delar {parts}" if parts else ""))
    return rules.assess(goalrules.read_outcomes(text.format(*sexes).encode(), 2025, name="u.csv"))


@pytest.mark.parametrize(
    ("parts", "sexes"),
    [
        ('"Kvinnor", "Män"', ("Kvinnor", "Män")), ('"Kvinnor", "Män"', ("kvinna", "M")),
        ('"Flickor", "Pojkar"', ("K", "Men")), ('"Kvinnor" högst 8, "Män"', ("women", "pojkar")),
        ('"Kvinnor", "Annat"', ("Kvinnor", "annat")),
    ],
)  # fmt: skip
def test_a_row_of_one_sex_is_a_part_of_its_indicator(parts: str, sexes: tuple[str, str]) -> None:
    found = of_sexes(parts, *sexes)
    assert found["1"].verdict == ("met" if "8" in parts else "not met")
    entries = [each for each in found.inputs.rows() if each.role == "part"]
    assert [each.line for each in entries] == [3, 4]
    assert all(not each.reason for each in entries)


@pytest.mark.parametrize(
    ("parts", "sexes"),
    [
        ("", ("Kvinnor", "Män")), ('"Barn", "Vuxna"', ("Kvinnor", "Män")),
        ('"Kvinnor", "Män"', ("Kvinnor", "okänt")),
    ],
)  # fmt: skip
def test_a_row_of_a_sex_that_is_no_part_is_refused_once(parts: str, sexes: tuple[str, str]) -> None:
    with pytest.raises(goalrules.OutcomeError) as caught:
        of_sexes(parts, *sexes)
    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.span.column) == ("column-of-part", 3)


def test_a_row_of_one_sex_that_names_a_part_already_is_refused() -> None:
    text = "indikator;kön;utfall\na/Kvinnor;Kvinnor;4\n"
    with pytest.raises(goalrules.OutcomeError, match="column-of-part"):
        of_sexes('"Kvinnor", "Män"', text=text)


def test_rows_of_sexes_in_two_sheets_are_of_each_their_part() -> None:
    head: list[object] = ["indikator", "kön", "utfall"]
    sheets: list[tuple[str, list[list[object]]]] = [
        ("A", [head, ["a", "Kvinnor", 4]]),
        ("B", [head, ["a", "Män", 5], ["b", "", 2]]),
    ]
    rules = goalrules.loads(PARTS.format('\n    delar "Kvinnor", "Män"'))
    rows = goalrules.read_outcomes(written(*sheets), 2025, name="u.xlsx")
    assert [each.sex and each.sex.text for each in rows] == ["Kvinnor", "Män", None]
    found = rules.assess(rows)
    assert len([each for each in found.inputs.rows() if each.role == "part"]) == 2


def test_rows_of_sexes_beside_another_plan_of_the_year_before() -> None:
    rules = goalrules.loads(PARTS.format('\n    delar "Kvinnor", "Män"'))
    text = "indikator;kön;period;utfall\na;Kvinnor;2024;4\na;Kvinnor;2025;5\na;Män;2025;5\n"
    found = rules.assess(goalrules.read_outcomes(text.encode(), 2025, name="u.csv"), "2025")
    used = [(each.line, each.reason) for each in found.inputs.rows() if each.role == "part"]
    assert (3, "") in used
