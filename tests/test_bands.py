"""Bands of values: in order and without holes; numbers in rule files; levels beside numbers."""

from decimal import Decimal

import pytest

import goalrules
from goalrules.language.read import read_plan
from goalrules.text.source import Source

HEAD = 'goalrules 1 sv\nplan "P"\ngäller 2025\n'
ENGLISH = 'goalrules 1 en\nplan "P"\nvalid 2025\n'


def faults_of(text: str) -> list[tuple[str, dict[str, object]]]:
    return [(each.code, dict(each.facts)) for each in read_plan(Source("r", text))[1]]


def codes(text: str) -> list[str]:
    return [code for code, _ in faults_of(text)]


def with_bands(bands: str, more: str = "") -> str:
    return f'{HEAD}mål 1 "T"\n  indikator a{more}\n    nivåer: {bands}\n  grön om a grön\n'


@pytest.mark.parametrize(
    ("bands", "code", "mend"),
    [
        ("grön minst 95, gul 90–94, annars röd", "hole-between-bands", "90"),
        ("grön över 95, gul 90–94, annars röd", "hole-between-bands", "90"),
        ("grön minst 0,95, gul mellan 0,90 och 0,94, annars röd", "hole-between-bands", "0.90"),
        ("grön högst 5, gul 6–10, annars röd", "hole-between-bands", "10"),
        ("grön under 5, gul 6–10, annars röd", "hole-between-bands", "10"),
        ("grön minst 95, gul högst 94, annars röd", "bands-not-in-order", ""),
        ("grön 40–60, gul 30–39, annars röd", "hole-inside-bands", ""),
        ("grön 40–60, gul 61–70, annars röd", "hole-inside-bands", ""),
        ("röd 5–10, annars gul", "bands-not-in-order", ""),
        ("grön minst 10, gul 3–8, röd 4–5, annars röd", "level-twice", ""),
    ],
)
def test_a_hole_is_refused(bands: str, code: str, mend: str) -> None:
    ((found, facts),) = faults_of(with_bands(bands))
    assert (found, facts.get("end", "")) == (code, mend)


@pytest.mark.parametrize(
    "bands",
    [
        "grön minst 95, gul minst 90, annars röd",
        "grön minst 95, gul 90–95, annars röd",
        "grön ±0,5, gul mellan −2 och 2, annars röd",
        "grön 40–60, annars gul",
        "grön högst 5, gul högst 8, annars röd",
    ],
)
def test_bands_in_order_are_read(bands: str) -> None:
    assert codes(with_bands(bands)) == []


@pytest.mark.parametrize(
    ("more", "bands", "refused"),
    [
        ("\n    högre är bättre", "grön högst 5, annars röd", True),
        ("\n    lägre är bättre", "grön minst 5, gul minst 3, annars röd", True),
        ("\n    riktvärde minst 80", "grön högst 5, annars röd", True),
        ("\n    högre är bättre", "grön minst 5, annars röd", False),
        ("\n    lägre är bättre", "grön 2–5, annars röd", False),
    ],
)
def test_bands_go_the_way_that_is_better(more: str, bands: str, refused: bool) -> None:  # noqa: FBT001
    assert codes(with_bands(bands, more)) == ["bands-against-side"] * refused


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("1.180", "ambiguous-number"),
        ("11.700", "ambiguous-number"),
        ("1.180.000", "number-grouping"),
        ("1.180,5", "number-grouping"),
        ("1,180,000", "number-grouping"),
        ("0.865", ""),
        ("1,180", ""),
        ("11 700", ""),
        ("1180.5", ""),
    ],
)
def test_thousands_in_a_rule_file(number: str, code: str) -> None:
    text = f'{HEAD}mål 1 "T"\n  indikator a\n    riktvärde minst {number}\n  grön om a grön\n'
    assert codes(text) == [code] * bool(code)


@pytest.mark.parametrize(
    ("number", "code"),
    [("1,180", "ambiguous-number"), ("1,180,000.5", "number-grouping"), ("1.180", "")],
)
def test_thousands_in_an_english_rule_file(number: str, code: str) -> None:
    text = (
        f'{ENGLISH}goal 1 "T"\n  indicator a\n    target at least {number}\n  green when a green\n'
    )
    assert codes(text) == [code] * bool(code)


def test_the_id_of_a_goal_is_no_number() -> None:
    text = f'{HEAD}mål 1.180 "T"\n  indikator a\n  grön om a grön\n'
    text += 'mål 2 "U"\n  grön om mål 1.180 uppfyllt\n'
    assert codes(text) == []


def test_a_level_is_never_part_of_a_number() -> None:
    text = (
        f'{HEAD}skala s: 0 < 1 < 2\nmål 1 "T" på skala s\n  indikator a\n'
        "    nivåer: 1 111–219, 2 220 000–300 000, annars 0\n  indikator b\n"
        "    egna poäng: 2 100, 1 två, 0 0\n  poäng 2 100, 1 50, 0 0\n  2 om a minst 2\n"
        "  1 om a minst 1\n  annars 0\n"
    )
    assert "number-too-long" not in codes(text)
    text = text.replace("2 220 000–300 000", "2 minst 219").replace(
        "    egna poäng: 2 100, 1 två, 0 0\n", ""
    )
    rules = goalrules.loads(text)
    assert [rules.assess({"a": value, "b": "1"})["1"].level for value in (Decimal(111), 219)] == [
        "1",
        "2",
    ]
