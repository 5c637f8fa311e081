"""The table of the parser: it is that of the grammar, and reads as Lark does."""

import json
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from imports import ROOT
from lark import Token as LarkToken
from lark import Tree as LarkTree
from lark.exceptions import UnexpectedToken

sys.path.append(str(ROOT / "supply"))
from parse_table import table_text

from goalrules.language import grammar
from goalrules.language.keywords import words
from goalrules.language.lalr import Node, Token, Tree, UnexpectedTokenError
from goalrules.language.tokens import essential, read_tokens, sentences
from goalrules.resources import read_table, read_text
from goalrules.text.languages import LANGUAGES
from goalrules.text.source import Source

RULES = sorted(ROOT.glob("rulesets/*.goals"))


def test_the_table_that_comes_with_the_package_is_that_of_the_grammar() -> None:
    assert read_text(grammar.TABLE) == table_text()  # `make parse-table` writes it anew


def test_a_table_that_is_of_another_grammar_is_worked_out_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = read_text(grammar.GRAMMAR)
    usual = grammar.table_of(json.loads(read_text(grammar.TABLE)))
    changed = text + "\n// another one\n"

    def read(path: str) -> str:
        return changed if path == grammar.GRAMMAR else read_text(path)

    monkeypatch.setattr(grammar, "read_text", read)
    asked: list[str] = []
    worked_out = grammar.worked_out

    def noted(text: str) -> dict[str, Any]:
        asked.append(text)
        return worked_out(text)

    monkeypatch.setattr(grammar, "worked_out", noted)
    grammar._table.cache_clear()  # noqa: SLF001 - it is kept for the process
    try:
        assert grammar._table() == usual  # noqa: SLF001 - the very thing
    finally:
        monkeypatch.undo()
        grammar._table.cache_clear()  # noqa: SLF001
    assert asked == [grammar.declaring(changed)]


def in_lark(node: object) -> object:
    """A tree of Lark's as it is compared."""
    if isinstance(node, LarkTree):
        return str(node.data), tuple(map(in_lark, node.children))
    return node


def in_ours(node: Node) -> object:
    """A tree of ours."""
    if isinstance(node, Tree):
        return node.data, tuple(map(in_ours, node.children))
    return node


def cases() -> list[tuple[Token, ...]]:
    """The sentences of the rule sets and of the broken examples, and each cut off in its midst."""
    found: list[tuple[Token, ...]] = []
    for path in RULES:
        text = path.read_text(encoding="utf-8")
        language = next(each for each in LANGUAGES if text.split(maxsplit=3)[2] == each)
        read = read_tokens(Source("r", text), words(language), text.index("\n"))
        found += sentences(read.tokens, grammar.leads())
    for mistake in read_table("grammar/mistakes.toml")["mistake"]:
        for language in LANGUAGES:
            for text in mistake[language]:
                found.append(
                    tuple(essential(read_tokens(Source("", text), words(language)).tokens))
                )
    return [*found, *(each[: len(each) // 2] for each in found), *(each[1:] for each in found)]


def test_every_sentence_is_read_as_lark_reads_it() -> None:
    lark = grammar.built(grammar.declaring(read_text(grammar.GRAMMAR)))
    for tokens in cases():
        given = [LarkToken(each.type, str(each)) for each in tokens]
        for start in ("sentence", "condition"):
            try:
                theirs: object = in_lark(lark.parse(given, start=start))
            except UnexpectedToken as stopped:
                reading: Any = lark.parse_interactive(start=start)
                for each in given[: place_of(given, stopped.token)]:
                    reading.feed_token(each)
                theirs = stopped.token.type, str(stopped.token), frozenset(reading.accepts())
            assert (theirs, start) == (ours(tokens, start), start)


def ours(tokens: tuple[Token, ...], start: grammar.Start) -> object:
    """The tree, or the token that is not expected and those that are."""
    try:
        return in_ours(grammar.parse_tokens(tokens, start))
    except UnexpectedTokenError as stopped:
        before = tokens[: place_of(tokens, stopped.token)]
        return stopped.token.type, str(stopped.token), grammar.accepted(before, start)


def place_of(tokens: Sequence[object], stopped: object) -> int:
    """The number of the token that was not expected; all, where it is their end."""
    return next((n for n, each in enumerate(tokens) if each is stopped), len(tokens))


def test_a_token_says_where_it_was_not_expected() -> None:
    token = Token("grön", "LEVEL", 3, 1, 4, 1, 8, 7)
    with pytest.raises(UnexpectedTokenError, match=r"'grön' \(LEVEL\) in state"):
        grammar.parse_tokens([token], "sentence")
