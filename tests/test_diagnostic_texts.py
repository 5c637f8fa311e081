"""The declarations of diagnostics: one for each code that is found, whole, true and shown."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

from cases import on_every
from golden_pages import expectations, pages
from golden_producers import faults_of
from imports import ROOT

from goalrules.commands.usage import COMMANDS
from goalrules.language.keywords import words
from goalrules.language.mistakes import _known_mistakes, _stops
from goalrules.language.parser import parse_file, parse_rule
from goalrules.report.catalogue import catalogue, read_texts
from goalrules.report.diagnostics.declarations import EditKind, Severity, declarations
from goalrules.report.diagnostics.text import EXAMPLES
from goalrules.text.diagnostics import WordKind, WordRef
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source
from goalrules.versions import RULE_LANGUAGE

PACKAGE = ROOT / "goalrules"
FINDING = sorted(
    path.name
    for path in PACKAGE.iterdir()
    if path.name != "report" and (path.suffix == ".py" or path.is_dir())
)
"""The parts of the package that find faults: all but that which tells of them."""

EMITTERS = ("fault", "in_source", "Diagnostic", "CellFault", "FileFault")
KEBAB = re.compile(r"[a-z]+(?:-[a-z]+)+")
FIRST_LINE = re.compile(r"^\S+:\d+:\d+: .* \[([a-z-]+)\]$", re.MULTILINE)
FIRST = {"sv": "gäller 2025", "en": "valid 2025"}
"""A sentence that a note can follow."""

NEVER_ON_A_PAGE = {"too-long", "too-many-words"}
"""The codes that would take a page of ten thousand words or more."""


CODES = declarations()
IN_BOTH_LANGUAGES = [(code, language) for code in CODES for language in LANGUAGES]


def texts_of(code: str, language: Language) -> Mapping[str, str]:
    return CODES[code].texts[language]


@cache
def constants(*places: str) -> frozenset[str]:
    """Every text that stands in the code of some parts of the package."""
    return frozenset(
        node.value
        for tree in trees(*places)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def trees(*places: str) -> Iterator[ast.Module]:
    for place in places:
        path = PACKAGE / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield ast.parse(file.read_text(encoding="utf-8"))


def emitted(*places: str) -> Iterator[str]:
    """The codes that are given to what makes a fault: the first text in the call."""
    for tree in trees(*places):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _makes_a_fault(node.func):
                found = [each for each in node.args[:3] if isinstance(each, ast.Constant)]
                yield from [each.value for each in found[:1] if isinstance(each.value, str)]


def of_other_texts() -> set[str]:
    """The sections and keys of what checks, comparisons and workbooks say."""
    texts = [catalogue(each, "sv").texts for each in ("check", "diff", "template")]
    return {key for each in texts for section, own in each.items() for key in (section, *own)}


def _makes_a_fault(function: ast.expr) -> bool:
    match function:
        case ast.Name(name):
            return name in EMITTERS
        case ast.Attribute(ast.Name("context"), "at") | ast.Attribute(_, "report"):
            return True
        case _:
            return False


@cache
def mistakes() -> tuple[tuple[str, str, str], ...]:
    """Each broken sentence: the code that it means, its language and its text."""
    table = tomllib.loads((ROOT / "grammar" / "mistakes.toml").read_text(encoding="utf-8"))
    return tuple(
        (mistake["code"], language, text)
        for mistake in table["mistake"]
        for language in LANGUAGES
        for text in mistake[language]
    )


def of_mistakes() -> set[str]:
    return {code for code, _, _ in mistakes()}


def of_language() -> set[str]:
    return CODES.keys() & constants("language") | of_mistakes()


def shown_on_pages() -> set[str]:
    texts = [each.text for page in pages() for each in expectations(page)]
    return {code for text in texts for code in FIRST_LINE.findall(text)}


def fields(text: str) -> set[tuple[str, str]]:
    return {(name, form or "") for _, name, form, _ in Formatter().parse(text) if name}


DELETES = re.compile(r"\b(?:ta bort|radera|stryk|töm|remove|delete|drop) ")
"""The advice to throw something away; of a rule file a sentence may be, of data nothing."""


# The declarations and the code


def test_every_code_that_is_emitted_is_declared() -> None:
    kebab = {each for each in constants(*FINDING) if KEBAB.fullmatch(each)}
    others = {*of_other_texts(), *COMMANDS, "utf-8", "utf-16"}
    assert kebab - CODES.keys() - others == set()
    arguments = {"period"}  # what stands in the place of a file where an argument is at fault
    assert {*emitted(*FINDING), *of_mistakes()} - CODES.keys() - arguments == set()


def test_every_code_that_is_declared_is_emitted() -> None:
    assert set(CODES) - constants(*FINDING) - of_mistakes() == set()


def test_every_code_of_the_language_is_shown_on_a_page() -> None:
    assert of_language() - shown_on_pages() == NEVER_ON_A_PAGE


def test_the_languages_have_the_same_shared_words_and_fields() -> None:
    swedish, english = (
        {
            (section, key): fields(text)
            for section, own in catalogue("diagnostics", language).texts.items()
            for key, text in own.items()
        }
        for language in LANGUAGES
    )
    assert swedish == english


@on_every(CODES, at_least=280)
def test_the_languages_have_the_same_texts_and_fields(code: str) -> None:
    swedish, english = (
        {key: fields(text) for key, text in texts_of(code, language).items()}
        for language in LANGUAGES
    )
    assert swedish == english


WRITTEN = read_texts("diagnostics")


@on_every(CODES, at_least=280)
def test_a_declaration_is_made_of_what_it_may_be_made_of(code: str) -> None:
    declared = CODES[code]
    assert declared.severity in get_args(Severity)
    assert declared.edit in get_args(EditKind)
    assert set(WRITTEN[code]) <= {*LANGUAGES, "severity", "edit", "facts"}
    assert set(texts_of(code, "sv")) <= {"message", "hint", "hint-nearest", *EXAMPLES}
    kinds = {each for kind in declared.facts.values() for each in kinds_in(kind)}
    assert kinds <= {"text", "number", "integer", *get_args(WordKind)}


@on_every(CODES, at_least=280)
def test_a_text_names_the_facts_that_are_declared(code: str) -> None:
    texts = texts_of(code, "sv")
    named = {name for text in texts.values() for name, _ in fields(text) if not name.isupper()}
    known = {*CODES[code].facts, *(EXAMPLES & texts.keys())}
    near = {"nearest"} if "hint-nearest" in texts else set()
    assert named - known - near <= set(words("sv").written)


def test_the_faults_on_the_pages_carry_the_facts_that_are_declared() -> None:
    shown = [each for page in pages() for each in expectations(page)]
    given = [
        each.given for each in shown if each.producer == "diagnostics" and each.language == "sv"
    ]
    for fault in (fault for each in given for fault in faults_of(each)[0]):
        for name, kind in CODES[fault.code].facts.items():
            fact = fault.facts[name]
            assert isinstance(fact, tuple) is not isinstance(kind, str), (fault, name)
            items = fact if isinstance(fact, tuple) else (fact,)
            assert set(map(kind_of, items)) <= kinds_in(kind), (fault, name)


def kinds_in(kind: str | Sequence[str]) -> set[str]:
    """The kinds that a fact may be of, or the items of a list."""
    (own,) = [kind] if isinstance(kind, str) else kind
    kinds = set(own.split(" or "))
    return {*kinds, "text"} if kinds == {"number"} else kinds


def kind_of(fact: str | int | WordRef) -> str:
    """The kind of a fact, as it is declared; a number in figures is a text here."""
    match fact:
        case WordRef():
            return fact.kind
        case int():
            return "integer"
        case str():
            return "text"


@on_every(IN_BOTH_LANGUAGES, at_least=560)
def test_a_message_is_one_lower_case_sentence(code: str, language: Language) -> None:
    own = texts_of(code, language)
    assert {"message", "hint"} <= set(own)
    for text in (own["message"], own["hint"], own.get("hint-nearest", "")):
        assert not text.endswith((".", "!"))
        assert text[:1].islower() or text[:1] in ("", "`", "{")
        assert text.count("`") % 2 == 0


@on_every(IN_BOTH_LANGUAGES, at_least=560)
def test_the_keywords_in_a_text_are_keywords(code: str, language: Language) -> None:
    named = {name for text in texts_of(code, language).values() for name, _ in fields(text)}
    assert {name for name in named if name.isupper()} <= set(words(language).written)


# The pieces of rules


@on_every(IN_BOTH_LANGUAGES, at_least=560)
def test_what_a_hint_tells_people_to_write_can_be_read(code: str, language: Language) -> None:
    for key in EXAMPLES:
        text = texts_of(code, language).get(key, "").format(text="a")
        assert not text or _is_read(text, language), text


def _is_read(text: str, language: Language) -> bool:
    head = f"goalrules {RULE_LANGUAGE} {language}\n{FIRST[language]}\n"
    file = parse_file(Source("rules", head + text))
    return not file.diagnostics or not parse_rule(Source("rule", text), language).diagnostics


@on_every(mistakes(), at_least=1_100)
def test_a_broken_sentence_is_taken_for_what_it_means(
    code: str, language: Language, text: str
) -> None:
    assert code in {_known_mistakes()[stop] for stop in _stops(text, language)}


def test_the_broken_sentences_of_the_languages_are_the_same_number() -> None:
    table = tomllib.loads(Path(ROOT, "grammar", "mistakes.toml").read_text(encoding="utf-8"))
    assert [m["code"] for m in table["mistake"] if len(m["sv"]) != len(m["en"])] == []


def test_the_advice_about_data_is_never_to_delete_any() -> None:
    of_data = (CODES.keys() - of_language()) - {"write-protected"}
    advice = {
        (code, text)
        for code in of_data
        for language in LANGUAGES
        for key, text in texts_of(code, language).items()
        if key.startswith("hint") and DELETES.search(text)
    }
    assert advice == set()
