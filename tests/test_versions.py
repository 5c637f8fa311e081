"""The versions of the rule language: each keeps its words and its forms for ever."""

import pytest
from parsing import tokens

import goalrules
from goalrules.language.build import RULES
from goalrules.language.format import format_file
from goalrules.language.keywords import words
from goalrules.language.parser import parse_file
from goalrules.resources import read_table
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source
from goalrules.versions import RULE_LANGUAGES

VERSIONS = read_table("grammar/versions.toml")

FORMS_OF_1 = 133
"""The forms of the first version. One that is new stands in `grammar/versions.toml`."""

WORDS_OF_1 = {"sv": 293, "en": 218}
"""The phrases of the first version. One that is new stands in `grammar/versions.toml`: by its key
among the `keys`, or as one more of a key that there was before among the `words`."""


def test_every_version_but_the_first_says_what_it_added() -> None:
    assert tuple(VERSIONS) == RULE_LANGUAGES[1:]
    assert all(set(each) == {"keys", "forms", "words"} for each in VERSIONS.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_version_has_the_words_that_it_had(language: Language) -> None:
    first, newest = words(language, "1"), words(language)
    assert len(first.meanings) == WORDS_OF_1[language]
    assert first.meanings.items() <= newest.meanings.items()
    keys = {key for version in VERSIONS.values() for key in version["keys"]}
    words_of_older = {word for version in VERSIONS.values() for word in version["words"][language]}
    added = newest.meanings.keys() - first.meanings.keys()
    assert {newest.meanings[each].type for each in added - words_of_older} == keys
    assert words_of_older <= added


def test_the_first_version_has_the_forms_that_it_had() -> None:
    newer = {form for version in VERSIONS.values() for form in version["forms"]}
    assert newer <= RULES.keys()
    assert len(RULES.keys() - newer) == FORMS_OF_1


def test_a_name_that_is_a_word_of_a_newer_version_is_a_name_in_an_older() -> None:
    text = 'goalrules {} sv\nmål 1 "T"\n  indikator sida\n  grön om sida grön\n'
    assert goalrules.loads(text.format(1)).goals
    with pytest.raises(goalrules.RuleError):
        goalrules.loads(text.format(2))


def test_a_level_that_is_a_word_of_a_newer_version_is_a_level_in_an_older() -> None:
    text = (
        'goalrules {} sv\nskala dålig < antagen\nmål 1 "T"\n  indikator a\n  antagen om a antagen\n'
    )
    assert goalrules.loads(text.format(1)).goals
    with pytest.raises(goalrules.RuleError):
        goalrules.loads(text.format(2))


@pytest.mark.parametrize("version", RULE_LANGUAGES)
def test_a_file_keeps_its_version(version: str) -> None:
    text = f'goalrules {version} sv\n\nmål 1 "T"\n  indikator a\n  grön om a grön\n'
    file = parse_file(Source("r.goals", text)).file
    assert format_file(file) == text
    assert format_file(file, "en").startswith(f"goalrules {version} en\n")


def test_what_mends_a_file_of_too_old_a_version_is_its_first_line() -> None:
    text = (
        'goalrules 1 sv\nplan "P"\nantagen 2024-12-16\nmål 1 "T"\n  indikator a\n  grön om a grön\n'
    )
    with pytest.raises(goalrules.RuleError) as raised:
        goalrules.loads(text)
    (fault,) = raised.value.diagnostics
    (edit,) = fault.edits
    assert (fault.code, edit.text) == ("needs-version", "2")
    assert goalrules.loads(text.replace("goalrules 1", "goalrules 2")).goals


def test_a_file_that_no_version_can_read_is_told_of_by_its_own() -> None:
    text = 'goalrules 1 sv\nplan "P"\nmål 1 "T"\n  indikator a\n  grön om a\n'
    with pytest.raises(goalrules.RuleError) as raised:
        goalrules.loads(text)
    assert "needs-version" not in {each.code for each in raised.value.diagnostics}


def test_a_word_alone_is_of_the_newest_version() -> None:
    assert tokens("antagen", "sv") == [("ADOPTED", "antagen")]
