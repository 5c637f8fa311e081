"""Levels that stand in quotes, or are numbers with decimals: read, written and told apart."""

import pytest
from parsing import file

import goalrules
from goalrules.language.format import format_file
from goalrules.text.languages import LANGUAGES, Language

WORDS = (
    "inte",
    "ej",
    "no",
    "none",
    "below",
    "är",
    "en",
    "om",
    "A+",
    "50 %",
    "-1",
    "med ett ord till",
)
"""Words of one language or the other, of both and of none, texts with signs, and a number."""


def rules_of(worst: str, best: str = "bäst", language: Language = "sv") -> str:
    """A file of which the levels are these two, in every place where a level can stand."""
    return format_file(
        file(
            f"""goalrules 1 sv
plan "P"
gäller 2025
skala "{worst}" < "mitt emellan" < "{best}"
skala s: låg < hög läses hög som "{best}"
mål 1 "T"
  uppfyllt från "mitt emellan"
  indikator a, b
    egna poäng "{worst}" 0, "mitt emellan" 1, "{best}" 2
  indikator c
    nivåer: "{best}" 3–4, "mitt emellan" minst 2, annars "{worst}"
  saknade utfall: räknas som "{worst}"
  poäng "{worst}" 0, "mitt emellan" 1, "{best}" 2
  "{best}" om alla "{best}" och ingen "{worst}"
  "mitt emellan" om a "{best}" och b minst "mitt emellan"
  annars "{worst}"
  högst "mitt emellan" om a "{worst}"
  minst "mitt emellan" om inte b "{worst}"
  anmärkning "Se över." om a "{worst}"
"""
        ),
        language,
    )


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_in_quotes_is_a_level_wherever_one_can_stand(word: str, language: Language) -> None:
    for worst, best in ((word, "bäst"), ("sämst", word)):
        text = rules_of(worst, best, language)
        assert file(text).statements == file(rules_of(worst, best)).statements
        assert format_file(file(text), language) == text
        rules = goalrules.loads(text)
        met = rules.assess({"a": best.upper(), "b": best, "c": 3})["1"]
        assert (met.verdict, met.level) == ("met", best)
        capped = rules.assess({"a": worst, "b": best, "c": 3})["1"]
        assert capped.level == "mitt emellan"
        missing = rules.assess({"b": worst, "c": 1})["1"]
        assert missing.level == worst


@pytest.mark.parametrize("word", WORDS)
def test_levels_that_are_given_with_a_rule_alone(word: str) -> None:
    rule = goalrules.rule(f'"{word}" när alla "{word}"', ["a", "b"], levels=("x", word))
    assert rule.evaluate({"a": word, "b": word}).level == word
    assert rule.evaluate({"a": word, "b": "x"}).verdict == "not met"


def test_a_level_with_decimals_is_one_in_either_spelling() -> None:
    text = """goalrules 1 sv
plan "P"
gäller 2025
skala 0 < 0,5 < "-1" < 2,25
mål 1 "T"
  indikator a, b
  "2.25" om alla minst 2,25
  0,5 om a minst 0.50
  annars 0
"""
    english = format_file(file(text), "en")
    assert 'scale 0 < 0.5 < "-1" < 2.25' in english
    assert file(english).statements == file(format_file(file(text))).statements
    rules = goalrules.loads(text)
    assert rules.assess({"a": 0.5, "b": 0})["1"].level == "0.5"


PLAN = 'goalrules 1 sv\nplan "P"\ngäller 2025\n'
"""The first lines of a file."""


@pytest.mark.parametrize("levels", ['"A" < "a"', "1 < 2 < 1,0", '"-1" < "\u22121"', 'nej < "Nej"'])
def test_two_spellings_of_one_level_are_refused(levels: str) -> None:
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.loads(f'{PLAN}skala s: {levels}\nmål 1 "T"\n  följs bara upp\n')
    assert [each.code for each in refused.value.diagnostics] == ["level-twice"]


def test_points_of_levels_that_are_not_all_numbers_have_to_be_said() -> None:
    rule = "indikator a, b\n  1 om poängsumman minst 2"
    with pytest.raises(goalrules.RuleError) as refused:
        goalrules.loads(f'{PLAN}skala låg < 1\nmål 1 "T"\n  {rule}\n')
    assert [each.code for each in refused.value.diagnostics] == ["no-points"]


@pytest.mark.parametrize("given", ["50 %", "50%", "100 %"])
def test_a_number_with_a_unit_gives_way_to_a_level(given: str) -> None:
    rule = 'mål 1 "T"\n  indikator a\n  "100 %" om a "100 %"\n  annars "50 %"'
    rules = goalrules.loads(f'{PLAN}skala "50 %" < "100 %"\n{rule}\n')
    level = rules.assess({"a": given})["1"].level
    assert level == ("50 %" if "50" in given else given)
