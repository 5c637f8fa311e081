"""The keyword tables and the grammar: the same keys, each word read alone, no terminal wordless."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any, cast
from unicodedata import normalize

import pytest
from cases import on_every
from lark.grammar import Rule
from parsing import tokens

from goalrules.language import keywords, parser, statements
from goalrules.language.build import RULES
from goalrules.language.format import format_file
from goalrules.language.grammar import built, declaring, leads
from goalrules.language.keywords import words
from goalrules.language.statements import KINDS
from goalrules.report.catalogue import catalogue
from goalrules.resources import read_table, read_text
from goalrules.text import numbers
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source

GRAMMAR = read_text("grammar/goalrules.lark")
TABLES = {each: tomllib.loads(read_text(f"grammar/{each}.toml")) for each in LANGUAGES}

QUOTED = frozenset("LPAR RPAR COMMA SEMICOLON COLON EQUAL LESSTHAN".split())
"""The signs that stand in the grammar as they are written."""

SIGNS = QUOTED | frozenset("DASH PLUSMINUS PARAGRAPH GE LE".split())
OF_FILES = frozenset("NAME STRING NUMBER DATE LEVEL MONTH".split())
OF_READER = frozenset("HEAD CAP FLOOR".split())
"""The tokens that are no word of the tables: signs, what each file fills in, and what the reader
of sentences makes of a level and the words beside it."""

REFUSED_WORDS = frozenset({"EXACTLY", "NOT"})
"""The words that are known only to be refused with a reason."""

READ_AS_ONE = {
    "sv": frozenset(
        "ADOPTED_BY ALL_PARTS_REACHED ANY BY_BANDS CONTRIBUTIONS_CALLED DECIDED_BY FOR_UNITS"
        " GOALS_CALLED LEFT_OUT MAJORITY MET_FROM"
        " MEASURED_MONTHLY NO NOT_MET OF_POINTS OF_TARGET UNITS UNLESS".split()
    ),
    "en": frozenset(
        "ADOPTED_BY ALL_PARTS_REACHED ANY AS_OF BY_BANDS DECIDED_BY GOALS_CALLED MAJORITY"
        " MEAN_POINTS MET_FROM NO NOT_MET"
        " OF_POINTS OF_TARGET OF_WEIGHT SUM_POINTS TWO_YEARS_BEFORE UNITS".split()
    ),
}
"""The tokens with phrases that are other words beside each other, and nevertheless one word."""


def phrases(language: Language) -> list[tuple[str, str]]:
    """Every phrase of a table with the type of its token."""
    table = TABLES[language]
    found = [(each, token) for token, all_ in table["keywords"].items() for each in all_]
    found += [(each, "LEVEL") for all_ in table["levels"].values() for each in all_]
    return found + [(each, "NUMBER") for all_ in table["numbers"].values() for each in all_]


EVERY = [(language, *each) for language in LANGUAGES for each in phrases(language)]
WAYS: Mapping[str, Callable[[str], str]] = {
    "as it stands": str,
    "in capitals": str.upper,
    "decomposed": lambda text: normalize("NFD", text),
    "over two lines": lambda text: text.replace(" ", "\n\u00a0"),
}


@on_every([(*each, way) for each in EVERY for way in WAYS], at_least=1_900)
def test_a_word_alone_is_its_token(language: Language, phrase: str, token: str, way: str) -> None:
    assert [type_ for type_, _ in tokens(WAYS[way](phrase), language)] == [token]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_for_two_things(language: Language) -> None:
    count = Counter(phrase.casefold() for phrase, _ in phrases(language))
    assert [phrase for phrase, times in count.items() if times > 1] == []


@on_every(EVERY, at_least=480)
def test_a_word_between_others_is_its_token(language: Language, phrase: str, token: str) -> None:
    found = tokens(f'"x" {phrase} "x"', language)
    assert [type_ for type_, _ in found] == ["STRING", token, "STRING"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_phrases_are_other_words_beside_each_other(language: Language) -> None:
    known = dict(phrases(language))
    pairs = [(one, other) for one, other in product(known, repeat=2) if f"{one} {other}" in known]
    found = {known[f"{one} {other}"] for one, other in pairs if known[one] != "FILLER"}
    assert found - {"FILLER"} == READ_AS_ONE[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filler_before_a_phrase_changes_nothing(language: Language) -> None:
    known = dict(phrases(language))
    for one, other in product(known, repeat=2):
        if known[one] == "FILLER" and f"{one} {other}" in known:
            assert known[f"{one} {other}"] in {"FILLER", known[other]}


def test_the_tables_have_the_same_keys() -> None:
    swedish, english = TABLES["sv"], TABLES["en"]
    assert swedish.keys() == english.keys()
    for section in swedish.keys() - {"agreement"}:
        assert swedish[section].keys() == english[section].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_agree_in_forms_that_the_table_knows(language: Language) -> None:
    table = TABLES[language]
    words_ = table["keywords"] | table["levels"]
    for key, forms in table["agreement"].items():
        assert len(forms) == 3
        assert set(forms) <= set(words_.get(key, words_["FILLER"]))


def declared() -> set[str]:
    """The terminals that the grammar declares beside the keywords of the tables."""
    (line,) = re.findall(r"^%declare (.*)$", GRAMMAR, re.MULTILINE)
    return set(line.split())


def used() -> set[str]:
    """The terminals that stand in some rule."""
    rules = built(declaring(GRAMMAR)).rules  # a conflict is an error
    return {each.name for rule in rules for each in rule.expansion if each.is_term}


def test_every_terminal_is_used_and_no_word_is_declared_by_hand() -> None:
    assert declared() <= used()
    assert declared() & words("sv").forms.keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_terminal_has_words_or_is_a_sign(language: Language) -> None:
    meant = {meaning.type for meaning in words(language).meanings.values()}
    assert used() - SIGNS - OF_FILES - OF_READER == meant - OF_FILES - {"FILLER"} - REFUSED_WORDS


def test_every_statement_declares_the_words_that_it_begins_with() -> None:
    declared_leads = {lead for kind in KINDS for lead in kind.placement.leads}
    of_notes, of_clauses = {"ACCORDING", "INTERPRETATION"}, {"MONTHLY", "INTERIM", "ANNUAL"}
    assert declared_leads | of_notes | of_clauses == leads()


def test_every_statement_with_a_place_is_one_of_the_union() -> None:
    classes = (each for each in vars(statements).values() if isinstance(each, type))
    assert {each for each in classes if "placement" in vars(each)} == set(statements.KINDS)


def test_every_difference_in_what_is_said_of_an_indicator_has_its_text() -> None:
    codes = [kind.placement.diff for kind in KINDS if kind.placement.diff]
    assert len(codes) == len(set(codes))
    for language in LANGUAGES:
        assert set(codes) <= set(catalogue("diff", language).texts["fact"])


def test_every_gap_in_the_years_has_its_word() -> None:
    gaps = {kind.placement.gap for kind in KINDS if kind.placement.gap}
    for language in LANGUAGES:
        assert gaps <= set(catalogue("diagnostics", language).texts["terms.gap"])


def _name(rule: Rule) -> str:
    return str(rule.alias or rule.origin.name)


def test_every_rule_becomes_syntax() -> None:
    kept = (
        rule for rule in built(declaring(GRAMMAR)).rules if rule.alias or not rule.options.expand1
    )
    assert {_name(rule) for rule in kept if not _name(rule).startswith("_")} == set(RULES)


MADE_UP = cast(Language, "xx")
"""A language that has the words of English with a mark after each."""


def test_a_further_language_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def marked(path: str) -> Mapping[str, Any]:
        if path != f"grammar/{MADE_UP}.toml":
            return read_table(path.replace(f"-{MADE_UP}.", "-sv."))
        sections = re.split(r"(?m)^(?=\[)", read_text("grammar/en.toml"))
        return tomllib.loads(
            "".join(
                re.sub(r'(\w)"(?=[,\]])', r'\1ø"', each) if each.startswith("[") else each
                for each in sections
            )
        )

    for module in (keywords, numbers):
        monkeypatch.setattr(module, "read_table", marked)
    monkeypatch.setattr(parser, "LANGUAGES", (*LANGUAGES, MADE_UP))
    for name in ("socialnamnden-2025", "published/fhrs"):
        source = Source(name, read_text(f"rulesets/{name}.goals"))
        file = parser.parse_file(source).file
        text = format_file(file, MADE_UP)
        again = parser.parse_file(Source(name, text))
        assert again.diagnostics == ()
        assert (again.file.language, again.file.statements) == (MADE_UP, file.statements)
    words.cache_clear()
