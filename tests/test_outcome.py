"""Cells and rows of outcomes: what each word means, and outcomes given from Python."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalrules.data.outcome import OutcomeRow, Outcomes, read_row, rows_from_python
from goalrules.data.period import Period
from goalrules.data.records import Place
from goalrules.data.values import (
    CellFault,
    LevelRange,
    LevelWord,
    Reached,
    Status,
    Value,
    read_level,
    read_plan,
    read_value,
)
from goalrules.data.words import meaning, meanings, shown, table
from goalrules.text.languages import LANGUAGES
from goalrules.text.names import folded
from goalrules.text.numbers import Amount
from goalrules.text.source import Span

SECTIONS = tuple(table("sv"))
VALUES: list[tuple[str, Value | None]] = [
    ("  ", None),
    ("83,1 %", Amount(Decimal("83.1"), "%", ",")),
    ("Grönt", LevelWord("green")),
    ("YELLOW", LevelWord("yellow")),
    ("ro\u0308da", LevelWord("red")),
    ("röd–gul", LevelRange("red", "yellow")),
    ("green - red", LevelRange("red", "green")),
    ("röd-röd", LevelWord("röd-röd")),
    ("röd-gul-röd", LevelWord("röd-gul-röd")),
    ("godkänd", LevelWord("godkänd")),
    ("ännu  inte mätt", Status("not measured")),
    ("Uppgift saknas", Status("missing")),
    ("dold uppgift", Status("withheld")),
    ("ej tillämpligt", Status("not applicable")),
    ("uppnått", Reached(reached=True)),
    ("Not reached", Reached(reached=False)),
]
REFUSED = [
    *((text, "error-cell") for text in ("#N/A", "#DIV/0!", "#SAKNAS!", "#DIVISION/0!")),
    *((text, "error-cell") for text in ("#VÄRDEFEL!", "#REFERENS!", "#NAMN?", "#######")),
    *((text, "unclear-mark") for text in ("-", "–", ".", "..", "...", "…", "n/a", "N.A.", "?")),
    *((text, "date-cell") for text in ("2024-10-01", "2024-10-01 00:00:00", "1/10/2024")),
    *((text, "date-cell") for text in ("01.10.24", "okt-24", "5-maj", "maj 2024", "2024-10")),
]
FIELDS = {
    "goal": 5,
    "mått": "  Avtals\ntrohet ",
    "group": "a",
    "period": "okt 2024",
    "utfall": 83.1,
    "level": "gul",
    "plan": "följs",
    "comment": "en\ntvå ",
    "source": "ERP",
}


@pytest.mark.parametrize("section", SECTIONS)
def test_both_languages_have_the_same_keys_and_no_word_with_two_meanings(section: str) -> None:
    swedish, english = (table(each)[section] for each in LANGUAGES)
    assert list(swedish) == list(english)
    for words in (swedish, english):
        for key, each in words.items():
            assert {meaning(section, word) for word in each} == {key}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_shown_word_is_understood(section: str) -> None:
    for key in set(meanings(section).values()):
        assert {meaning(section, shown(section, key, each)) for each in LANGUAGES} == {key}


def test_no_value_word_stands_in_two_sections() -> None:
    words = [
        word for each in ("levels", "statuses", "reached", "booleans") for word in meanings(each)
    ]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_value(text: str, value: Value | None) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_cells_that_are_never_missing_or_zero(text: str, code: str) -> None:
    fault = CellFault(code, {"text": text})
    assert (read_value(text), read_level(text)) == (fault, fault)
    assert isinstance(read_plan(text), CellFault)


@pytest.mark.parametrize(
    ("text", "code"), [("1e5", "number-exponent"), ("5.8.0", "number-grouping")]
)
def test_a_value_that_is_nearly_a_number(text: str, code: str) -> None:
    assert read_value(text) == CellFault(code, {"text": text})


@pytest.mark.parametrize(("text", "level"), [("", None), ("4", LevelWord("4")), *VALUES[2:6]])
def test_level(text: str, level: Value | None) -> None:
    assert read_level(text) == level


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("", None),
        ("Planen följd", "followed"),
        ("insatser påbörjade", "begun"),
        ("planned", "planned"),
        ("ej  påbörjade", "not begun"),
        ("not begun", "not begun"),
    ],
)
def test_plan(text: str, plan: str | None) -> None:
    assert read_plan(text) == plan


@given(st.text())
def test_any_text_in_a_cell_is_a_value_or_a_fault(text: str) -> None:
    for read in (read_value, read_level, read_plan):
        assert read(text) is not None or not text.strip()


def test_a_row_with_every_field() -> None:
    (row,), faults = rows_from_python([FIELDS])
    assert faults == ()
    assert row == OutcomeRow(
        goal="5",
        indicator="Avtals trohet",
        group="a",
        period=Period((2024, 10), (2024, 10)),
        period_text="okt 2024",
        value=Amount(Decimal("83.1")),
        level=LevelWord("yellow"),
        plan="followed",
        comment="en\ntvå",
        source="ERP",
    )


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("grön", LevelWord("green")),
        ("83,10", Amount(Decimal("83.10"), "", ",")),
        (83, Amount(Decimal(83))),
        (0.1, Amount(Decimal("0.1"))),
        (Decimal("74.950"), Amount(Decimal("74.950"))),
        (None, Status("missing")),
        (Status("withheld"), Status("withheld")),
        ({"value": 5}, Amount(Decimal(5))),
        ({"plan": "followed", "value": None}, None),
    ],
)
def test_an_outcome_given_by_its_indicator(given: object, value: Value | None) -> None:
    (row,), faults = rows_from_python({"5/avtalstrohet": given})
    assert (row.indicator, row.value, faults) == ("5/avtalstrohet", value, ())


@pytest.mark.parametrize(
    ("outcomes", "code", "facts"),
    [
        ({"a": float("nan")}, "number-not-finite", {"text": "nan"}),
        ({"a": 10**5000}, "number-too-long", {"text": "…"}),
        ({"a": dt.date(2024, 10, 1)}, "date-cell", {"text": "2024-10-01"}),
        ({"a": [1]}, "not-an-outcome", {"text": "[1]"}),
        ({"a": "1_000"}, "number-grouping", {"text": "1_000"}),
        ({"a": "gr\u00adön"}, "unseen-character", {"character": "U+00AD"}),
        ({"a": {"level": [True]}}, "not-a-text", {"text": "[True]"}),
        ({"a": {"plan": 1.5}}, "not-a-text", {"text": "1.5"}),
        ({"a": {"period": [2024]}}, "not-a-text", {"text": "[2024]"}),
        ({"a": {"period": "nyss"}}, "unknown-period", {"text": "nyss"}),
        ({"a": {"valeu": 5}}, "unknown-field", {"text": "valeu", "nearest": "value"}),
        ({"a": {"xyz": 5}}, "unknown-field", {"text": "xyz", "nearest": ""}),
        ({"a": {"value": 5, "utfall": 6}}, "field-twice", {"text": "utfall"}),
        ({"": 5}, "no-indicator", {}),
        ([{"value": 5}], "no-indicator", {}),
        ({"a": {"goal": 10**5000, "period": 10**5000}}, "unknown-period", {"text": "…"}),
        ([5], "not-an-outcome", {"text": "5"}),
    ],
)
def test_outcomes_from_python_that_are_refused(
    outcomes: Outcomes, code: str, facts: dict[str, str]
) -> None:
    rows, (fault,) = rows_from_python(outcomes)
    assert rows == ()
    assert fault.code == code
    assert fault.facts.items() >= facts.items()
    assert (fault.file, fault.span) == ("outcomes", Span(1, 1, 1, 2))


def test_each_fault_is_told_and_hides_no_row() -> None:
    given = {"a": "1e5", "b": "grön", "c": {"value": "#N/A", "plan": "x"}, "d": None}
    rows, faults = rows_from_python(given, "api")
    assert [(each.indicator, each.file, each.span.line) for each in rows] == [
        ("b", "api", 2),
        ("d", "api", 4),
    ]
    assert [each.line for each in rows] == [
        "indicator: b, value: grön",
        "indicator: d, value: missing",
    ]
    assert [(each.code, each.span.line) for each in faults] == [
        ("number-exponent", 1),
        ("error-cell", 3),
        ("unknown-plan-word", 3),
    ]


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (["1.500", "83.1"], []),
        (["1,500"], ["ambiguous-number"]),
        (["83,1", "1,500"], []),
        (["83,1", "1.500"], ["ambiguous-number"]),
        (["83,1", "82.5"], ["other-decimal-mark"]),
    ],
)
def test_number_texts_from_python_have_one_decimal_mark(texts: list[str], codes: list[str]) -> None:
    rows, faults = rows_from_python({str(number): each for number, each in enumerate(texts)})
    assert [each.code for each in faults] == codes
    assert len(rows) == len(texts) - len(codes)


def test_rows_pass_through_and_periods_may_be_given_as_such() -> None:
    period = Period((2024, 1), (2024, 12))
    row = OutcomeRow(indicator="a", value=Amount(Decimal("1.500"), "", ","))
    rows, faults = rows_from_python([row, {"indicator": "b", "period": period}])
    assert (rows, faults) == (
        (row, OutcomeRow(indicator="b", period=period, period_text="2024")),
        (),
    )


@pytest.mark.parametrize(("level", "column"), [("gul", 2), ("", 1)])
def test_a_row_without_a_value_stands_at_its_level_or_its_name(level: str, column: int) -> None:
    row = read_row(
        {"indicator": "a", "level": level}, Place("x", 7, "", {"indicator": 1, "level": 2})
    )
    assert isinstance(row, OutcomeRow)
    assert row.span == Span(7, column, 7, column + 1)


@given(
    st.dictionaries(
        st.text(),
        st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.binary(),
    )
)
def test_every_entry_from_python_is_a_row_or_a_fault(given: dict[str, object]) -> None:
    rows, faults = rows_from_python(given)
    lines = {each.span.line for each in rows} | {each.span.line for each in faults}
    assert lines == set(range(1, len(given) + 1))
    assert {folded(each.indicator) for each in rows} <= {folded(each) for each in given}
