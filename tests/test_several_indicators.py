"""Several indicators in one sentence: one title for all, or one for each."""

import pytest
from parsing import file

import goalrules
from goalrules.language.format import format_file
from goalrules.text.languages import LANGUAGES, Language

PLAN = 'goalrules 2 sv\n\nplan "P"\ngäller 2025\n\nmål 1 "T"\n  {}\n  grön om alla gröna\n'


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ('indikator a "x", b "y"', ["x", "y"]),
        ('indikator a "x", b, c "z"', ["x", "", "z"]),
        ('indikator a "x", b', ["x", ""]),
        ('indikator a, b "x"', ["x", "x"]),
        ('indikator "a b" "x", "c" "y"', ["x", "y"]),
        ("indikator a, b", ["", ""]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_titles(said: str, titles: list[str], language: Language) -> None:
    text = PLAN.format(said)
    assert [each.title for each in goalrules.loads(text).goals["1"].indicators] == titles
    written = format_file(file(text), language)
    assert file(written).statements == file(text).statements
    assert [each.title for each in goalrules.loads(written).goals["1"].indicators] == titles


def test_what_stands_under_them_is_said_of_each() -> None:
    rules = goalrules.loads(PLAN.format('indikator a "x", b "y"\n    riktvärde minst 5'))
    result = rules.assess({"x": 5, "b": 4})
    assert result["1"].verdict == "not met"
    assert "x: grön" in result["1"].text("sv")
