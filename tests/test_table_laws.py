"""Laws of tables: the order of rows, sheets and columns says nothing, nor what stands beside them.

And one year gives one assessment, in whatever layout it is told.
"""

# ruff: noqa: E501 - a case is a line

import json
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from workbooks import written

import goalrules
from goalrules.data.words import meanings

FEW = 40
"""The cases of each law: each is a workbook that is written and read, and those take long."""

RULES = """goalrules 1 sv
plan "Verksamhetsplan 2025"
gäller 2025
bedöm indikatorer
  grön om riktvärdet uppnått eller planen följd
  annars röd
mål 1 "Mål"
  indikator besök "Antal besök"
    nyckel "N1"
    totalt per år
    riktvärde minst 120
  indikator nöjda "Nöjda brukare"
    nyckel "N2"
    riktvärde minst 75
  indikator kö
    riktvärde högst 10
  grön om minst 2 gröna
"""
RULE_SET = goalrules.loads(RULES, "mål.goals")

Row = tuple[object, ...]
Sheets = Sequence[tuple[str, Sequence[Row]]]


def assessed(sheets: Sheets, note: str = "") -> goalrules.Assessment:
    rows = goalrules.read_outcomes(
        written(*sheets), 2025, name="u.xlsx", note=note.encode() if note else None
    )
    return RULE_SET.assess(rows)


def judged(found: goalrules.Assessment) -> list[object]:
    """What an assessment comes to, without places: verdicts, and each member with what was found."""
    return [
        (
            goal.id,
            goal.verdict,
            [
                (
                    each.name,
                    each.worst,
                    each.best,
                    each.reason,
                    each.finding and each.finding.value,
                    each.finding and each.finding.plan,
                )
                for each in goal.trace.members
            ],
        )
        for goal in (found["1"],)
    ]


def accounted(found: goalrules.Assessment) -> Counter[tuple[str, ...]]:
    """What the account says of each entry, without its place."""
    rows = found.inputs.rows()
    return Counter((each.role, each.member, each.reason, each.period) for each in rows)


# Orders

MONTHS = ("jan 2025", "feb 2025", "mar 2025", "dec 2025", "helår 2025", "2024", "prognos 2025")

amounts = some.integers(0, 200)
cells = some.one_of(some.none(), amounts)
wide_rows = some.fixed_dictionaries(
    {
        name: some.lists(cells, min_size=len(MONTHS), max_size=len(MONTHS))
        for name in ("besök", "nöjda", "kö")
    }
)


@settings(max_examples=FEW)
@given(wide_rows, some.data())
def test_the_order_of_rows_and_columns_says_nothing(
    table: Mapping[str, Sequence[object]], data: some.DataObject
) -> None:
    columns = data.draw(some.permutations(range(len(MONTHS) + 1)))
    names = data.draw(some.permutations(list(table)))
    heads = ("indikator", *MONTHS)

    def sheet(order: Sequence[int], rows: Sequence[str]) -> Sheets:
        every = [heads, *((name, *table[name]) for name in rows)]
        return [("Data", [tuple(row[n] for n in order) for row in every])]

    one = assessed(sheet(range(len(heads)), list(table)))
    other = assessed(sheet(columns, names))
    assert judged(one) == judged(other)
    assert accounted(one) == accounted(other)


LONG = ("period", "indikator", "utfall", "plan", "kommentar")
PERIODS = ("2024", "2025", "2025-01", "2025-03", "2025-12", "2025 kvartal 1")
long_rows = some.lists(
    some.tuples(
        some.sampled_from(PERIODS),
        some.sampled_from(["besök", "Nöjda brukare", "kö"]),
        amounts,
        some.sampled_from(["", "följs", "påbörjade"]),
        some.sampled_from(["", "x"]),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=FEW)
@given(long_rows, some.data())
def test_the_order_of_rows_sheets_and_files_says_nothing(
    rows: Sequence[Row], data: some.DataObject
) -> None:
    one = assessed([("Data", [LONG, *rows])])
    again = data.draw(some.permutations(rows))
    order = data.draw(some.permutations(range(len(LONG))))
    at = data.draw(some.integers(0, len(again)))
    parts = [part for part in (again[:at], again[at:]) if part]
    sheets = [
        (name, [tuple(row[n] for n in order) for row in (LONG, *part)])
        for name, part in zip(("A", "B"), parts, strict=False)
    ]
    other = assessed(sheets)
    files = [goalrules.read_outcomes(written(each), 2025, name=each[0]) for each in sheets]
    together = RULE_SET.assess(sum(files[1:], files[0]))
    turned = RULE_SET.assess(sum(files[:-1][::-1], files[-1]))
    for found in (other, together, turned):
        assert judged(found) == judged(one)
        assert accounted(found) == accounted(one)


# What is added


def headings_known() -> list[str]:
    """Every heading that says what a row is, or is known to stand beside it."""
    own = [word for word, key in meanings("headings").items() if key != "key"]
    return [*own, *meanings("columns"), *meanings("beside")]


TEXTS = (
    "",
    "Norr",
    "Syd",
    "2025-03-01",
    "mars",
    "12",
    "Prognos",
    "%",
    "kvinnor",
    "Riket",
    "grön",
    "7,5",
    "berit@ornberga.se",
    "lång text om hur det gick " * 3,
)
UNKNOWN = ("", "Zon", "xyz", "Uppdelning", "Ordningstal", "Vem", "När", "mätår 2")
headings = some.one_of(some.sampled_from(headings_known()), some.sampled_from(UNKNOWN))
added_cells = some.one_of(
    some.lists(some.sampled_from(TEXTS), min_size=4, max_size=4),
    some.sampled_from(
        [
            ("1", "2", "3", "4"),
            ("7", "9", "6", "8"),
            tuple(f"anna{n}@ornberga.se" for n in range(4)),
            tuple(f"{n}. Så gick det, och därför gick det just så." for n in range(4)),
            ("Norr", "Syd", "Väst", "Väst"),
        ]
    ),
)
BASE: tuple[Row, ...] = (
    ("indikator", "period", "utfall"),
    ("besök", "2025", 130),
    ("nöjda", "2025", 70),
    ("kö", "2024", 8),
    ("kö", "2025", 9),
)


@settings(max_examples=4 * FEW)
@given(headings, added_cells, some.integers(0, 3))
def test_a_column_more_whose_cells_differ_between_used_rows_is_read_or_refused(
    heading: str, texts: Sequence[str], at: int
) -> None:
    column = (heading, *texts)
    rows = [(*row[:at], cell, *row[at:]) for row, cell in zip(BASE, column, strict=True)]
    alone = not heading and not any(texts)
    try:
        found = assessed([("Data", rows)])
    except goalrules.OutcomeError:
        assert not alone
        return
    (table,) = found.inputs.files[0].tables
    read = {each.number: each for each in table.beside}
    named = {each.number: each for each in table.columns}
    fields = {word for word, key in meanings("headings").items() if key != "key"}
    assert ((at + 1 in read) + (at + 1 in named)) == (not alone and heading not in fields)
    if at + 1 in read:  # it may say something, but no text does
        changes = read[at + 1].role not in SAY_NOTHING
        assert changes or judged(found) == judged(assessed([("Data", BASE)]))
    elif at + 1 in named:
        used = {each.line for each in found.inputs.rows() if not each.reason}
        cells = {text for line, text in enumerate(texts, 2) if line in used}
        assert named[at + 1].heading == heading
        assert len(cells) == 1 or not any(texts)
        assert judged(found) == judged(assessed([("Data", BASE)]))


SAY_NOTHING = (
    "responsible",
    "target",
    "baseline",
    "budget",
    "analysis",
    "action",
    "action status",
    "reported by",
    "reported on",
    "text",
)


@settings(max_examples=FEW)
@given(some.sampled_from(["Zon", "xyz", "Vem"]), some.sampled_from(["", "Norr", "ja", "7"]))
def test_a_column_more_whose_cells_are_all_the_same_is_named(heading: str, text: str) -> None:
    rows = [(*row, cell) for row, cell in zip(BASE, (heading, *[text] * 4), strict=True)]
    found = assessed([("Data", rows)])
    (table,) = found.inputs.files[0].tables
    assert [(each.number, each.heading) for each in table.columns] == [(4, heading)]
    assert judged(found) == judged(assessed([("Data", BASE)]))


ONLY_TEXT: dict[str, Sequence[str]] = {
    "numbers that count the rows": ("4", "1", "3", "2"),
    "addresses": ("a@b.se", "a@b.se", "c@d.se", "e@f.se"),
    "links": ("https://a.se/1", "https://a.se/2", "www.a.se", ""),
    "long texts": tuple(f"{n}. Så gick det, och därför gick det just så." for n in range(4)),
    "a text for each indicator": ("Enkät", "Enkät", "Register", "Register"),
    "a text for one indicator": ("", "mätt i maj", "", ""),
}


@pytest.mark.parametrize("kind", ONLY_TEXT)
def test_what_can_only_be_text_is_kept_as_text_in_any_order_of_rows(kind: str) -> None:
    column = ("Zon", *ONLY_TEXT[kind])
    rows = [(*row, cell) for row, cell in zip(BASE, column, strict=True)]
    for order in (rows, [rows[0], *rows[:0:-1]]):
        found = assessed([("Data", order)])
        ((*_, column_),) = (table.beside for table in found.inputs.files[0].tables)
        assert (column_.heading, column_.role, column_.by_heading) == ("Zon", "text", False)
        assert judged(found) == judged(assessed([("Data", BASE)]))
        texts = [
            m.finding.row.texts for m in found["1"].trace.members if m.finding and m.finding.row
        ]
        kept = {each.text for text in texts for each in text}
        assert kept == {*ONLY_TEXT[kind][:2], ONLY_TEXT[kind][3]} - {""}


REFUSED: dict[str, Sequence[str]] = {
    "numbers-not-read": ("7", "9", "6", "8"),
    "column-of-several": ("Norr", "Norr", "Väst", "Öst"),
    "column-that-decides": ("", "", "", "Prognos"),
    "times-not-read": ("mars", "mars", "mars", "mars"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_may_decide_is_refused_with_a_line_that_is_saved(code: str) -> None:
    rows = [(*row, cell) for row, cell in zip(BASE, ("Zon", *REFUSED[code]), strict=True)]
    with pytest.raises(goalrules.OutcomeError, match=code) as caught:
        assessed([("Data", rows)])
    assert "rubriker.Zon" in str(caught.value)
    found = assessed([("Data", rows)], 'rubriker.Zon = "text"')
    assert judged(found) == judged(assessed([("Data", BASE)]))
    with pytest.raises(goalrules.OutcomeError, match="unnamed-column-differs") as caught:
        assessed([("Data", [(*row[:3], row[3] if n else "") for n, row in enumerate(rows)])])
    assert 'rubriker."kolumn 4"' in str(caught.value)
    bare = [(*row[:3], row[3] if n else "") for n, row in enumerate(rows)]
    for value, where in (("text", "beside"), ("läses inte", "columns")):
        found = assessed([("Data", bare)], f'rubriker."kolumn 4" = "{value}"')
        (table,) = found.inputs.files[0].tables
        assert [each.heading for each in getattr(table, where)][-1:] == [""]


@settings(max_examples=FEW)
@given(some.sampled_from(TEXTS), some.integers(0, 4))
def test_a_title_more_says_what_it_surely_says_or_nothing(title: str, rows: int) -> None:
    above = [(title,), *[("",)] * rows]
    try:
        found = assessed([("Data", [*above, *BASE])])
    except goalrules.OutcomeError:
        return
    assert judged(found) == judged(assessed([("Data", BASE)]))


OTHER_SHEETS: tuple[Sequence[Row], ...] = (
    [("bara text",), ("mer text",)],
    [("a", 1), ("b", 2)],
    [("indikator", "period", "utfall"), ("kö", "2023", 7)],
    [("indikator", "period", "riktvärde"), ("kö", "2025", 7)],
    [("",)],
)


@settings(max_examples=FEW)
@given(
    some.sampled_from(OTHER_SHEETS),
    some.booleans(),
    some.sampled_from(["Annat", "Budget", "Läs mig"]),
)
def test_a_sheet_more_is_read_refused_or_named(
    rows: Sequence[Row],
    first: bool,  # noqa: FBT001 - a side of the law
    name: str,
) -> None:
    sheets = [("Data", BASE), (name, rows)]
    try:
        found = assessed(sheets[::-1] if first else sheets)
    except goalrules.OutcomeError:
        return
    (file,) = found.inputs.files
    told = {each.sheet for each in file.sheets} | {each.sheet for each in file.tables}
    assert told == {"Data", name}
    assert judged(found) == judged(assessed([("Data", BASE)]))


@settings(max_examples=FEW)
@given(some.sampled_from([("",), ("Källa: ERP",), ("Mål 1",), ("", "", "")]), some.integers(1, 5))
def test_a_row_more_that_states_nothing_changes_nothing(row: Row, at: int) -> None:
    rows = [*BASE[:at], row, *BASE[at:]]
    try:
        found = assessed([("Data", rows)])
    except goalrules.OutcomeError:
        return
    assert judged(found) == judged(assessed([("Data", BASE)]))


# One year in many layouts

BY_MONTH = (10, 12, 9, 11, 10, 13, 8, 9, 12, 11, 10, 12)
TOTAL = sum(BY_MONTH)
NAMES = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
REST: tuple[Row, ...] = (("nöjda", "2025", 70), ("kö", "2025", 9))
REST_WIDE: tuple[Row, ...] = (("nöjda", *[""] * 12, 70), ("kö", *[""] * 12, 9))
HEADS = ("indikator", "period", "utfall")


def sums(months: int) -> list[int]:
    """The figures of parts of the year of so many months."""
    return [sum(BY_MONTH[at : at + months]) for at in range(0, 12, months)]


def parts(names: str, months: int) -> list[Row]:
    """A row for each part of the year."""
    numbered = enumerate(sums(months), 1)
    return [("besök", names.format(n), amount) for n, amount in numbered]


def wide(*names: str, months: int = 1) -> list[Row]:
    """A table with a column for each part of the year, and one for the year."""
    blank = ("",) * len(names)
    return [
        ("indikator", *names, "helår 2025"),
        ("besök", *sums(months)),
        ("nöjda", *blank, 70),
        ("kö", *blank, 9),
    ]


LAYOUTS: dict[str, Sheets] = {
    "months in rows": [("Data", [HEADS, *parts("2025-{:02}", 1), *REST])],
    "months in words": [("Data", [HEADS, *(("besök", f"{n} 2025", x) for n, x in zip(NAMES, BY_MONTH, strict=True)), *REST])],
    "quarters in rows": [("Data", [HEADS, *parts("kvartal {} 2025", 3), *REST])],
    "terms of four months in rows": [("Data", [HEADS, *parts("T{} 2025", 4), *REST])],
    "half years in rows": [("Data", [HEADS, *parts("halvår {} 2025", 6), *REST])],
    "school terms in rows": [("Data", [HEADS, ("besök", "VT 2025", sums(6)[0]), ("besök", "HT 2025", sums(6)[1]), *REST])],
    "a year and months by number": [("Data", [("indikator", "år", "månad", "utfall"), *(("besök", 2025, n, x) for n, x in enumerate(BY_MONTH, 1)), ("nöjda", 2025, "", 70), ("kö", 2025, "", 9)])],
    "months in columns": [("Data", wide(*(f"{name} 2025" for name in NAMES)))],
    "months in columns under a title": [("Data", [("Utfall 2025",), *wide(*NAMES)])],
    "months in columns of a sheet of the year": [("2025", wide(*NAMES))],
    "quarters in columns": [("Data", wide("Q1 2025", "Q2 2025", "Q3 2025", "Q4 2025", months=3))],
    "terms in columns": [("Data", wide("tertial 1 2025", "tertial 2 2025", "tertial 3 2025", months=4))],
    "headings over two rows": [("Data", [("", "Utfall", *[""] * 12), ("indikator", *(f"{name} 2025" for name in NAMES), "2025"), *wide(*NAMES)[1:]])],
    "two sheets": [("Första", [HEADS, *parts("2025-{:02}", 1)[:6], REST[0]]), ("Andra", [HEADS, *parts("2025-{:02}", 1)[6:], REST[1]])],
    "a sheet for each month": [*((f"{name} 2025", [("indikator", "utfall"), ("besök", x)]) for name, x in zip(NAMES, BY_MONTH, strict=True)), ("helår 2025", [("indikator", "utfall"), ("nöjda", 70), ("kö", 9)])],
    "by keys": [("Data", [("nyckel", "period", "värde"), *(("N1", *row[1:]) for row in parts("2025-{:02}", 1)), ("N2", "2025", 70), ("kö", "2025", 9)])],
    "with its goals": [("Data", [("mål", *HEADS), *(("1", *row) for row in (*parts("2025-{:02}", 1), *REST))])],
    "with a kind of figure": [("Data", [(*HEADS, "typ"), *((*row, "utfall") for row in (*parts("2025-{:02}", 1), *REST)), ("besök", "2025", 1, "budget")])],
    "with remarks": [("Data", [(*HEADS, "ansvarig", "analys"), *((*row, "NN", f"text {n}") for n, row in enumerate((*parts("2025-{:02}", 1), *REST)))])],
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_year_gives_one_assessment_in_every_layout(layout: str) -> None:
    plain = assessed(LAYOUTS["months in rows"])
    assert plain["1"].verdict == "met"
    assert judged(assessed(LAYOUTS[layout])) == judged(plain)


def text_of(rows: Sequence[Row]) -> str:
    return "".join(";".join(map(str, row)) + "\n" for row in rows)


@pytest.mark.parametrize("layout", [each for each in LAYOUTS if len(LAYOUTS[each]) == 1])
def test_one_year_gives_one_assessment_as_text(layout: str) -> None:
    ((name, rows),) = LAYOUTS[layout]
    if name == "Data":
        found = RULE_SET.assess(goalrules.read_outcomes(text_of(rows).encode(), 2025))
        assert judged(found) == judged(assessed(LAYOUTS["months in rows"]))


def test_one_year_gives_one_assessment_as_json() -> None:
    rows = [dict(zip(HEADS, row, strict=True)) for row in (*parts("2025-{:02}", 1), *REST)]
    found = RULE_SET.assess(goalrules.read_outcomes(json.dumps(rows).encode(), 2025))
    assert judged(found) == judged(assessed(LAYOUTS["months in rows"]))


def test_one_year_gives_one_assessment_by_a_note() -> None:
    rows = [
        ("Vad", "Avser", "Siffra", "Zon"),
        *((*row, "A") for row in (*parts("2025-{:02}", 1), *REST)),
        ("kö", "2025", 99, "B"),
    ]
    note = 'rubriker.Vad = "indikator"\nrubriker.Avser = "period"\nrubriker.Siffra = "utfall"\nundanta.Zon = "B"\n'
    assert judged(assessed([("Data", rows)], note)) == judged(assessed(LAYOUTS["months in rows"]))


def test_one_year_gives_one_assessment_with_units_in_columns() -> None:
    table = [
        ("indikator", "period", "Norr", "Syd"),
        *((*row, 1) for row in (*parts("2025-{:02}", 1), *REST)),
    ]
    rows = goalrules.read_outcomes(
        written(("Data", table)), 2025, note=b'enheter = ["Norr", "Syd"]', unit="Norr"
    )
    assert judged(RULE_SET.assess(rows)) == judged(assessed(LAYOUTS["months in rows"]))
    with pytest.raises(goalrules.OutcomeError, match="units-as-columns"):
        assessed([("Data", table)])


def test_a_year_of_kolada_flattened_is_that_year() -> None:
    heads = ("kpi", "municipality_id", "period", "gender", "value", "count")
    rows = [
        heads,
        ("N1", "0181", 2025, "T", TOTAL, 1),
        ("N2", "0181", 2025, "T", 70, 1),
        ("kö", "0181", 2025, "T", 9, 1),
    ]
    found, plain = (
        assessed([("Data", rows)]),
        assessed([("Data", [HEADS, ("besök", "2025", TOTAL), *REST])]),
    )
    assert judged(found) == judged(plain)
