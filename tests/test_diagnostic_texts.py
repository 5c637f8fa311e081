"""The texts of diagnostics: one for each code that is found, in both languages, and all shown."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import cast

from cases import on_every
from golden_pages import expectations, pages
from imports import ROOT

from goalrules.core.vocabulary import Language
from goalrules.language.keywords import words
from goalrules.language.mistakes import _known_mistakes, _stops
from goalrules.language.parser import parse_file, parse_rule
from goalrules.language.statements import KINDS
from goalrules.report.catalogue import catalogue
from goalrules.report.diagnostics.text import EXAMPLES
from goalrules.text.source import Source

LANGUAGES = ("sv", "en")
PACKAGE = ROOT / "goalrules"
FINDING = (
    "language", "assess", "data", "compare/pairing.py", "text", "files.py", "api.py", "cli.py",
    "questions.py", "commands/gap.py", "commands/template.py", "template/make.py",
)  # fmt: skip
EMITTERS = ("at", "report", "fault", "in_source", "Diagnostic", "CellFault", "FileFault")
KEBAB = re.compile(r"[a-z]+(?:-[a-z]+)+")
FIRST_LINE = re.compile(r"^\S+:\d+:\d+: ([a-z-]+) ", re.MULTILINE)
FIRST = {"sv": "gäller 2025", "en": "valid 2025"}
"""A sentence that a note can follow."""

NEVER_ON_A_PAGE = {"too-long", "too-many-words"}
"""The codes that would take a page of ten thousand words or more."""


def codes(language: str) -> dict[str, dict[str, str]]:
    texts = catalogue("diagnostics", language).texts
    return {code: dict(own) for code, own in texts.items() if "." not in code and code != "words"}


CODES = codes("sv")
IN_BOTH_LANGUAGES = [(code, language) for code in CODES for language in LANGUAGES]


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
            if isinstance(node, ast.Call) and _name(node.func) in EMITTERS:
                found = [each for each in node.args if isinstance(each, ast.Constant)]
                yield from [each.value for each in found[:1] if isinstance(each.value, str)]


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


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
    return {code for code in CODES if code in constants("language")} | of_mistakes()


def shown_on_pages() -> set[str]:
    texts = [each.text for page in pages() for each in expectations(page)]
    return {code for text in texts for code in FIRST_LINE.findall(text)}


def fields(text: str) -> set[tuple[str, str]]:
    return {(name, form or "") for _, name, form, _ in Formatter().parse(text) if name}


# The catalogues and the code


def test_every_code_that_is_emitted_has_its_texts() -> None:
    known = {*CODES, *(kind.placement.diff for kind in KINDS), "utf-8", "utf-16"}
    assert {each for each in constants(*FINDING) if KEBAB.fullmatch(each)} - known == set()
    assert {*emitted("language"), *of_mistakes()} - set(CODES) == set()


def test_every_code_in_the_catalogue_is_emitted() -> None:
    assert set(CODES) - constants(*FINDING) - of_mistakes() == set()


def test_every_code_of_the_language_is_shown_on_a_page() -> None:
    assert of_language() - shown_on_pages() == NEVER_ON_A_PAGE


def test_the_languages_have_the_same_codes_and_tables() -> None:
    both = [catalogue("diagnostics", language).texts for language in LANGUAGES]
    assert list(both[0]) == list(both[1])
    assert {key: set(own) for key, own in both[0].items()} == {
        key: set(own) for key, own in both[1].items()
    }


@on_every(CODES, at_least=280)
def test_the_languages_have_the_same_fields(code: str) -> None:
    swedish, english = (
        {key: fields(text) for key, text in codes(language)[code].items()} for language in LANGUAGES
    )
    assert swedish == english


@on_every(IN_BOTH_LANGUAGES, at_least=560)
def test_a_message_is_one_lower_case_sentence(code: str, language: str) -> None:
    own = codes(language)[code]
    assert {"message", "hint"} <= set(own)
    for text in (own["message"], own["hint"], own.get("hint-nearest", "")):
        assert not text.endswith((".", "!"))
        assert text[:1].islower() or text[:1] in ("", "`", "{")
        assert text.count("`") % 2 == 0


@on_every(IN_BOTH_LANGUAGES, at_least=560)
def test_the_keywords_in_a_text_are_keywords(code: str, language: str) -> None:
    named = {name for text in codes(language)[code].values() for name, _ in fields(text)}
    assert {name for name in named if name.isupper()} <= set(words(language).written)


# The pieces of rules


@on_every(IN_BOTH_LANGUAGES, at_least=560)
def test_what_a_hint_tells_people_to_write_can_be_read(code: str, language: str) -> None:
    for key in EXAMPLES:
        text = codes(language)[code].get(key, "").format(text="a")
        assert not text or _is_read(text, language), text


def _is_read(text: str, language: str) -> bool:
    file = parse_file(Source("rules", f"goalrules 1 {language}\n{FIRST[language]}\n{text}"))
    return (
        not file.diagnostics
        or not parse_rule(Source("rule", text), cast(Language, language)).diagnostics
    )


@on_every(mistakes(), at_least=1_100)
def test_a_broken_sentence_is_taken_for_what_it_means(code: str, language: str, text: str) -> None:
    assert code in {_known_mistakes()[stop] for stop in _stops(text, language)}


def test_the_broken_sentences_of_the_languages_are_the_same_number() -> None:
    table = tomllib.loads(Path(ROOT, "grammar", "mistakes.toml").read_text(encoding="utf-8"))
    assert [m["code"] for m in table["mistake"] if len(m["sv"]) != len(m["en"])] == []
