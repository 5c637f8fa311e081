"""Parts with targets of their own, so many of which have to reach them, against all completions."""

from decimal import Decimal
from io import BytesIO
from itertools import product

import pytest
from openpyxl import load_workbook

import goalrules
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.text.source import Source

pytestmark = pytest.mark.law

FILES = {
    "sv": """goalrules 1 sv
gäller 2025
mål 1 "T"
  indikator a
    delar "A" minst 80, "B" högst 5,5, "C" 3–6
    riktvärde {}
  grön om a grön
  annars röd
""",
    "en": """goalrules 1 en
valid 2025
goal 1 "T"
  indicator a
    parts "A" at least 80, "B" at most 5.5, "C" 3–6
    target {}
  green when a green
  otherwise red
""",
}
AIMS = {
    3: ("alla delar uppnådda", "all parts reached"),
    2: ("minst 2 delar uppnådda", "at least 2 parts reached"),
    1: ("minst 1 del uppnådd", "at least 1 part reached"),
}
OUTCOMES: tuple[dict[object, bool | None], ...] = (
    {80: True, 79: False, "reached": True, None: None},
    {Decimal("5.5"): True, 6: False, "not reached": False, None: None},
    {3: True, Decimal("2.9"): False, 7: False, None: None},
)
"""The outcomes of each part, with whether they reach its target; None where that is not known."""


@pytest.mark.parametrize("need", AIMS)
@pytest.mark.parametrize(("language", "at"), [("sv", 0), ("en", 1)])
def test_so_many_parts_reach_what_each_is_asked(need: int, language: str, at: int) -> None:
    rules = goalrules.loads(FILES[language].format(AIMS[need][at]))
    for told in product(*(each.items() for each in OUTCOMES)):
        given = {f"a/{part}": value for part, (value, _) in zip("ABC", told, strict=True)}
        spread = product(*([True, False] if one is None else [one] for _, one in told))
        found = {sum(each) >= need for each in spread}
        verdict = "met" if found == {True} else "not met" if found == {False} else "open"
        assert rules.assess(given)["1"].verdict == verdict, given


def test_so_many_of_the_parts_that_apply() -> None:
    rules = goalrules.loads(FILES["en"].format("at least 2 parts reached"))
    gone = "not applicable"
    met = {"a/A": 80, "a/B": 5, "a/C": gone}
    assert rules.assess(met)["1"].verdict == "met"
    assert rules.assess({"a/A": 80, "a/B": gone, "a/C": gone})["1"].verdict == "open"


@pytest.mark.parametrize("need", AIMS)
def test_it_is_written_back_in_both_languages(need: int) -> None:
    texts = [FILES[each].format(aim) for each, aim in zip(FILES, AIMS[need], strict=True)]
    sv, en = (parse_file(Source("rules", each)).file for each in texts)
    assert format_file(sv, "en").splitlines()[3:] == format_file(en).splitlines()[3:]
    assert format_file(en, "sv").splitlines()[3:] == format_file(sv).splitlines()[3:]


def test_what_is_asked_of_parts_is_a_difference() -> None:
    text = FILES["en"].format("all parts reached")
    for new in (
        text.replace("at least 80", "at least 81"),
        text.replace(" 3–6", ""),
        text.replace("all parts", "at least 2 parts"),
    ):
        found = goalrules.diff(goalrules.loads(text), goalrules.loads(new))
        assert found.changed
    same = text.replace('"A" at least 80, "B" at most 5.5', '"B" at most 5.5, "A" at least 80')
    assert not goalrules.diff(goalrules.loads(text), goalrules.loads(same)).changed


def test_parts_with_targets_are_filled_in_as_numbers() -> None:
    text = FILES["en"].format("at least 2 parts reached").replace(', "C" 3–6', ', "C"')
    rules = goalrules.loads(text)
    book = load_workbook(BytesIO(rules.template()))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"A", "B", "C"} <= texts


def test_a_figure_of_a_part_without_a_target_is_refused() -> None:
    text = FILES["en"].format("at least 2 parts reached").replace(" 3–6", "")
    with pytest.raises(goalrules.OutcomeError) as refused:
        goalrules.loads(text).assess({"a/C": 5})
    assert [each.code for each in refused.value.diagnostics] == ["reached-expected"]
