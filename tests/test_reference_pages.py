"""The reference for people, `docs/sv` and `docs/en`: made of `docs/reference`, whole, and true.

`make reference` writes the pages, and so does `pytest tests/test_reference_pages.py --accept`.
"""

import re
import sys
from functools import cache
from pathlib import Path

import pytest
from golden_accept import Accepting
from imports import ROOT
from test_readme import LINK
from test_reference import rules_of

sys.path.append(str(ROOT / "supply"))
import reference

import goalrules
from goalrules.language.build import RULES
from goalrules.language.keywords import words
from goalrules.language.parser import parse_file
from goalrules.language.tokens import read_tokens
from goalrules.resources import read_table
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source

CONSTRUCTS = reference.constructs()
PAGES = reference.pages()
SWEDISH = re.compile(r"[åäöÅÄÖ]")
LIST = reference.labels("sv")["words-page"], reference.labels("en")["words-page"]
PHRASES = [each for listed in reference.phrases().values() for each in listed]
LEAST = 60
"""How many rows the page *what plans say* has to have."""


@cache
def text(path: Path) -> str:
    """What the source gives for a page."""
    return PAGES[path]()


# The pages


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_is_what_its_source_gives(path: Path, request: pytest.FixtureRequest) -> None:
    if (accepting := Accepting.of(request.config)) and path.exists():
        accepting.add_page(path, text(path))
    else:
        assert path.read_text(encoding="utf-8") == text(path), "make reference"


def test_no_page_is_left_of_which_the_source_says_nothing() -> None:
    there = {path for each in LANGUAGES for path in (reference.DOCS / each).glob("*")}
    assert there == set(PAGES)


def test_pages_are_written_and_old_ones_are_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in LANGUAGES:
        (tmp_path / each).mkdir()
        (tmp_path / each / "old.md").touch()
    monkeypatch.setattr(reference, "DOCS", tmp_path)
    monkeypatch.setattr(reference, "pages", lambda: {tmp_path / "sv" / "new.md": lambda: "text"})
    reference.main()
    assert {each.name: each.read_text("utf-8") for each in tmp_path.rglob("*.md")} == {
        "new.md": "text"
    }


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_a_page_links_to_is_there(path: Path) -> None:
    for link in LINK.findall(text(path)):
        target = (path.parent / link).resolve()
        assert target in PAGES or target.exists(), link


def test_pages_have_names_and_titles_of_their_own() -> None:
    for language in LANGUAGES:
        texts = [each.texts[language] for each in CONSTRUCTS]
        assert all(re.fullmatch("[a-z0-9-]+", each["page"]) for each in texts)
        assert len({each["page"] for each in texts}) == len(texts)
        assert len({each["title"] for each in texts}) == len(texts)
    assert len({each.id for each in CONSTRUCTS}) == len(CONSTRUCTS)


@pytest.mark.parametrize("path", [each for each in PAGES if each.parent.name == "en"], ids=str)
def test_pages_in_english_are_english(path: Path) -> None:
    say = reference.labels("en")
    told = text(path).partition(f"## {say['sources']}")[0].replace(f"[{say['other']}]", "")
    assert SWEDISH.findall(told) == []


# The constructs


@pytest.mark.parametrize("each", CONSTRUCTS, ids=lambda each: each.id)
def test_an_example_comes_to_the_same_in_both_languages(each: reference.Construct) -> None:
    for case in each.cases:
        said = [
            [goal.verdict for goal in reference.assessed(each, case, language).values()]
            for language in LANGUAGES
        ]
        assert said[0] == said[1], case


@pytest.mark.parametrize("each", CONSTRUCTS, ids=lambda each: each.id)
def test_an_example_shows_outcomes_that_differ(each: reference.Construct) -> None:
    assert bool(each.cases) != bool(each.table)
    assert each.explain <= len(each.cases)
    assert len(set(each.cases)) == len(each.cases)


@pytest.mark.parametrize("each", CONSTRUCTS, ids=lambda each: each.id)
def test_a_page_shows_the_forms_that_it_is_about(each: reference.Construct) -> None:
    shown = {form for text in rules_shown(each) for form in rules_of(_bare(text), "sv")}
    assert set(each.forms) - shown == set()


def test_every_form_of_the_language_has_a_page() -> None:
    about = [form for each in CONSTRUCTS for form in each.forms]
    assert len(set(about)) == len(about), "a form has one page"
    assert set(about) == set(RULES)


def rules_shown(each: reference.Construct) -> list[str]:
    """The example of a page in Swedish, and its other sentences."""
    return [each.rules, *(way["rule"] for way in each.ways)]


def _bare(text: str) -> str:
    return text.partition("\n")[2] if text.startswith("goalrules ") else text


# The words


def test_every_word_has_a_meaning_and_a_page_that_shows_it() -> None:
    table = read_table("grammar/sv.toml")
    keys = {*table["keywords"], *table["levels"]} - {"FILLER"}
    meanings = reference.read("words")
    assert set(meanings) == keys
    assert all(each[language] for each in meanings.values() for language in LANGUAGES)
    shown = {each.id: _tokens(each) for each in CONSTRUCTS}
    unused = {key for key, each in meanings.items() if key not in shown[each["page"]]}
    assert unused == {"EXACTLY", "NOT"}


def _tokens(each: reference.Construct) -> set[str]:
    """The words of a page's example and its other sentences, by their keys."""
    tokens = [
        token
        for text in rules_shown(each)
        for token in read_tokens(Source("", _bare(text)), words("sv")).tokens
    ]
    kinds = {"CAP": "AT_MOST", "FLOOR": "AT_LEAST"}
    return {kinds.get(each.type, each.type) for each in tokens} | {str(each) for each in tokens}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_stand_in_alphabetical_order_with_their_synonyms(language: Language) -> None:
    listed = reference.word_list(language)
    said = [each.word for each in listed]
    assert sorted(said, key=reference.alphabetical) == said
    assert reference.alphabetical("ö") > reference.alphabetical("ä") > reference.alphabetical("åz")
    first = {each.word for each in listed if not each.canonical}
    assert {each.canonical for each in listed if each.canonical} <= first


# What plans say


def test_the_page_of_what_plans_say_has_rows_for_what_they_say() -> None:
    assert len({each.sv for each in PHRASES}) == len(PHRASES) >= LEAST
    assert len({each.en for each in PHRASES}) == len(PHRASES)
    assert {each.source for each in PHRASES} == set(reference.read("phrases")["sources"])
    headings = {f"phrases-{key}" for key in reference.phrases()}
    assert headings <= set(reference.labels("sv")) & set(reference.labels("en"))


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.sv)
def test_a_phrase_comes_to_the_same_in_both_languages(phrase: reference.Phrase) -> None:
    said = [reference.phrase_result(phrase, language) for language in LANGUAGES]
    assert [each.count("→") for each in said] == [int(bool(phrase.case))] * 2
    assert [re.findall("[✓✗?]", each) for each in said[:1]] == [re.findall("[✓✗?]", said[1])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_a_page_shows_can_be_read(language: Language) -> None:
    ways = [(way["rule"], each.names) for each in CONSTRUCTS for way in each.ways]
    for rule, own in [*ways, *((each.rule, {}) for each in PHRASES)]:
        file = reference.file_in(rule, language, own)
        assert parse_file(Source("", file)).diagnostics == (), file


REFUSED = [each for listed in reference.refused().values() for each in listed]


@pytest.mark.parametrize("each", REFUSED, ids=lambda each: each.sv)
def test_what_cannot_be_written_is_refused_for_one_reason_in_both_languages(
    each: reference.Refused,
) -> None:
    codes = []
    for language in LANGUAGES:
        with pytest.raises(goalrules.RuleError) as error:
            goalrules.loads(
                reference.read("refused")[each.of][language].format(each.said(language))
            )
        codes.append(error.value.diagnostics[0].code)
    assert codes[0] == codes[1]
    assert parse_file(Source("", reference.file_in(each.write, "en"))).diagnostics == ()


def test_what_can_be_written_is_not_told_as_refused() -> None:
    allowed = reference.Refused("grön om a grön", "green when a green", "", "")
    with pytest.raises(ValueError, match="not refused"):
        reference.reason(allowed, "sv")


def test_a_piece_that_cannot_be_read_is_told_with_its_codes() -> None:
    with pytest.raises(ValueError, match="bare-target"):
        reference.rule_in("riktvärde 75", "en")
