"""Keys of indicators: what they are called where their figures come from, matched before names."""

# ruff: noqa: E501 - a case is a line

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook
from rows_said import read, said
from workbooks import written

import goalrules
from goalrules.data.outcomes import read_outcomes

RULES = """goalrules 1 sv
plan "Verksamhetsplan 2025"
gäller 2025
bedöm indikatorer
  grön om riktvärdet uppnått
  annars röd
mål 1 "Trygghet"
  indikator tillsyn "Tillsyn enligt plan"
    nyckel "U1"
    riktvärde minst 98
  indikator nöjda "Nöjda brukare"
    nyckel "N15033"
    riktvärde minst 80
  indikator besök
    riktvärde minst 10
  grön om alla gröna
mål 2 "Delaktighet"
  indikator nöjda som i mål 1
  indikator delad
    nyckel "D 7"
    delar "Barn", "Vuxen"
    riktvärde minst 5
  grön om alla gröna
"""


def rules() -> goalrules.RuleSet:
    return goalrules.loads(RULES, "mål.goals")


def levels(table: str | bytes, goal: str = "1") -> dict[str, str | None]:
    """The level of each indicator of a goal on a table, none where it is not certain."""
    data = table.encode() if isinstance(table, str) else table
    members = rules().assess(goalrules.read_outcomes(data, 2025))[goal].trace.members
    return {each.name: each.best if each.decided else None for each in members}


def kolada(*keys: str) -> str:
    """An answer of Kolada's with a value for each key."""
    values = [{"gender": "T", "status": "", "value": 99, "count": 1}]
    records = [
        {"kpi": key, "municipality": "0181", "period": 2025, "values": values} for key in keys
    ]
    return json.dumps({"values": records})


TABLES = {
    "by keys": "nyckel;period;utfall\nU1;2025;99\nN15033;2025;90\n",
    "by keys in English": "Key;Period;Value\nu1;2025;99\nn15033;2025;90\n",
    "by keys and other names": "nyckel;indikator;utfall\nU1;Genomförd tillsyn;99\nN15033;Brukarnöjdhet;90\n",
    "by keys and names": "indikator;nyckeltals-id;utfall\ntillsyn;U1;99\nNöjda brukare;N15033;90\n",
    "by KPI and names": "KPI;Indicator;2025\nU1;tillsyn;99\nN15033;nöjda;90\n",
    "keys as names": "indikator;utfall\nU1;99\nN15033;90\n",
    "some by keys": "nyckel;indikator;utfall\nU1;;99\n;nöjda;90\n",
    "flattened Kolada": "kpi;municipality_id;period;value;count\nU1;0181;2025;99;1\nN15033;0181;2025;90;1\n",
    "wide": "nyckel;Benämning;2024;2025\nU1;x;97;99\nN15033;y;79;90\n",
    "under their goals": "mål;nyckel;utfall\n1;U1;99\n2;N15033;90\n",
    "with the goal before": "nyckel;utfall\n1/U1;99\n2/N15033;90\n",
    "Kolada": kolada("U1", "N15033"),
    "JSON": '[{"nyckel": "U1", "utfall": 99}, {"nyckel": "N15033", "indikator": "nöjda", "utfall": 90}]',
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_matched_by_keys_before_names(table: str) -> None:
    assert levels(TABLES[table]) == {"tillsyn": "green", "nöjda": "green", "besök": None}


PARTS = {
    "by the key of the whole": "nyckel;utfall\nD 7/Barn;6\nd 7/vuxen;5\n",
    "under the key as a group": "grupp;indikator;utfall\nD 7;Barn;6\nD 7;Vuxen;5\n",
    "beside the key": "nyckel;indikator;utfall\nD 7;delad/Barn;6\nD 7;delad/Vuxen;5\n",
    "by group beside the key": "nyckel;grupp;indikator;utfall\nD 7;delad;Barn;6\nD 7;delad;Vuxen;5\n",
    "by name": "indikator;utfall\ndelad/Barn;6\ndelad/Vuxen;5\n",
}  # fmt: skip


@pytest.mark.parametrize("table", PARTS)
def test_parts_stand_under_the_key_of_the_whole(table: str) -> None:
    assert levels(PARTS[table], "2")["delad"] == "green"


FAULTS = {
    "nyckel;indikator;utfall\nU1;nöjda;99\n": "key-contradicts",
    "nyckel;indikator;utfall\nU9;tillsyn;99\n": "key-contradicts",
    "nyckel;indikator;utfall\nN15033;besök;99\n": "key-contradicts",
    "nyckel;indikator;utfall\nU1;N15033;99\n": "key-contradicts",
    "nyckel;indikator;utfall\nU1;delad/Barn;99\n": "key-contradicts",
    "nyckel;utfall\nU9;99\n": "unknown-indicator",
    "nyckel;indikator;utfall\nU9;;99\n": "unknown-indicator",
    "nyckel;indikator;utfall\nU9;okänd;99\n": "unknown-indicator",
    "mål;nyckel;utfall\n2;U1;99\n": "unknown-indicator",
    "nyckel;indikator;utfall\n;;99\n": "no-indicator",
    "nyckel;nyckel;utfall\nU1;N15033;99\n": "heading-twice",
    "nyckel;indikator;utfall\nU1;x;99\nU1;y;98\n": "duplicate-row",
}


@pytest.mark.parametrize("table", FAULTS)
def test_a_key_that_is_of_no_one_indicator_is_refused(table: str) -> None:
    with pytest.raises(goalrules.OutcomeError) as refused:
        levels(table)
    assert [each.code for each in refused.value.diagnostics] == [FAULTS[table]]


def test_a_key_that_the_rule_file_does_not_have_says_nothing_against_a_name_without_one() -> None:
    assert levels("nyckel;indikator;utfall\n17;besök;12\n")["besök"] == "green"


def test_keys_are_names_from_python_too() -> None:
    given = {"U1": 99, "n15033": 90, "besök": 12}
    assert rules().assess(given)["1"].verdict == "met"
    program = rules().compile()
    assert program.verdicts(given)["1"] == "met"
    columns = {"U1": [99, 97], "N15033": [90, 90], "besök": [12, 12]}
    assert [*(program.assess_columns(columns)["1"] or ())] == ["met", "not met"]
    rows = [{"key": "U1", "value": 99}, {"key": "N15033", "indicator": "nöjda", "value": 90}]
    assert rules().assess([*rows, {"indicator": "besök", "value": 12}])["1"].verdict == "met"
    assert [each.key for each in rules().goals["1"].indicators] == ["U1", "N15033", ""]


JOINED = {
    "the key beside the figure": (
        "nyckel;indikator;2025\nU1;tillsyn;99\n",
        "indikator;2025\ntillsyn;klart\n",
    ),
    "the key beside the comment": (
        "indikator;2025\ntillsyn;99\n",
        "nyckel;indikator;2025\nU1;tillsyn;klart\n",
    ),
    "both": ("nyckel;indikator;2025\nU1;tillsyn;99\n", "nyckel;indikator;2025\nu1;tillsyn;klart\n"),
}


def workbook(**sheets: str) -> bytes:
    """A workbook of sheets that are written as CSV, numbers as numbers."""
    cells = {
        name: [
            [int(cell) if cell.isdigit() else cell for cell in line.split(";")]
            for line in text.splitlines()
        ]
        for name, text in sheets.items()
    }
    return written(*cells.items())


@pytest.mark.parametrize("name", JOINED)
def test_sheets_are_joined_over_keys(name: str) -> None:
    figures, comments = JOINED[name]
    rows, faults = read_outcomes(workbook(Utfall=figures, Kommentar=comments), "u.xlsx")
    assert (faults, [said(each) for each in rows]) == ((), ["tillsyn 2025 value=99 comment=klart"])
    assert [each.key.casefold() for each in rows] == ["u1"]


def test_sheets_of_other_keys_are_not_joined() -> None:
    other = "nyckel;indikator;2025\nU2;tillsyn;klart\n"
    rows, _ = read_outcomes(workbook(Utfall=JOINED["both"][0], Kommentar=other), "u.xlsx")
    assert [each.key for each in rows] == ["U1", "U2"]


def test_rows_of_one_name_and_several_keys_are_of_several() -> None:
    rows, faults = read("nyckel;indikator;serie;utfall\nA;Antal;ett;1\nB;Antal;två;2\n", 2025)
    assert (faults, [each.key for each in rows]) == ((), ["A", "B"])


KEYS = {
    "the same": ('nyckel "U1"', 'nyckel "u1"', "key-of-two"),
    "a name": ('nyckel "andra"', "", "key-of-two"),
    "a title": ('nyckel "Den andra"', "", "key-of-two"),
    "a name in another goal": ('nyckel "tredje"', "", "key-of-two"),
    "its own name": ('nyckel "första"', "", ""),
    "its own title": ('nyckel "Den första"', "", ""),
    "two of its own": ('nyckel "a"\n    nyckel "b"', "", "said-twice"),
    "its own each": ('nyckel "a"', 'nyckel "b"', ""),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_key_is_of_one_indicator(name: str) -> None:
    first, second, code = KEYS[name]
    text = f"""goalrules 1 sv
mål 1 "M"
  indikator första "Den första"
    riktvärde minst 1
    {first}
  indikator andra "Den andra"
    riktvärde minst 1
    {second}
  grön om alla gröna
mål 2 "N"
  indikator tredje
    riktvärde minst 1
  grön om alla gröna
"""
    if code:
        with pytest.raises(goalrules.RuleError, match=code):
            goalrules.loads(text)
    else:
        assert goalrules.loads(text).goals["1"].indicators[0].key


def test_the_workbook_to_fill_in_has_the_keys() -> None:
    book = load_workbook(BytesIO(rules().template()))
    sheet = book["Utfall"]
    headings = [cell.value for cell in sheet[4]]
    keys = headings.index("Nyckel")
    rows = [row for row in sheet.iter_rows(min_row=5) if row[keys].value]
    assert [row[keys].value for row in rows] == ["U1", "N15033", "D 7"]
    year = next(n for n, text in enumerate(headings) if str(text).startswith("helår"))
    for row in rows[:2]:
        row[year].value = 99
    filled = BytesIO()
    book.save(filled)
    assert levels(filled.getvalue()) == {"tillsyn": "green", "nöjda": "green", "besök": None}
