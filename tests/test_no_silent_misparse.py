"""Nothing that is written is lost in silence, whatever is missing, repeated or misplaced."""

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from parsing import RULE_FILES, parsed
from strategies import conditions

from goalrules.language import syntax as sx
from goalrules.language.format import file_formatter
from goalrules.language.keywords import words
from goalrules.language.lalr import Token
from goalrules.language.parser import Parsed, parse_file, parse_rule
from goalrules.language.tokens import essential, read_tokens
from goalrules.text.diagnostics import MOST_FAULTS
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source, Span

CHUNK = 25
"""How many lines of a rule file are tried at a time."""

OPTIONAL = frozenset("FILLER AT_LEAST GE WITHIN COMMA COLON AND SEMICOLON".split())
"""The tokens that may be left out somewhere without a change of meaning."""


@some.composite
def chunks(draw: some.DrawFn) -> str:
    """Some lines of a rule file, in the order of the file, under its first line."""
    lines = RULE_FILES[draw(some.sampled_from(sorted(RULE_FILES)))].splitlines()
    start = draw(some.integers(1, len(lines) - CHUNK))
    return "\n".join([lines[0], *lines[start : start + CHUNK]])


@some.composite
def mangled(draw: some.DrawFn) -> str:
    """Some lines of a rule file with words left out, repeated and exchanged."""
    head, _, body = draw(chunks()).partition("\n")
    words_ = body.replace("\n", " \n ").split(" ")
    for _ in range(draw(some.integers(1, 6))):
        at, other = (draw(some.integers(0, len(words_) - 1)) for _ in range(2))
        match draw(some.sampled_from(["leave out", "repeat", "exchange"])):
            case "leave out":
                words_[at] = ""
            case "repeat":
                words_[at] += f" {words_[at]}"
            case _:
                words_[at], words_[other] = words_[other], words_[at]
    return f"{head}\n{' '.join(words_)}"


def _within(token: Token, span: Span) -> bool:
    start = (token.line or 0, token.column or 0)
    end = (token.end_line or 0, token.end_column or 0)
    return (span.line, span.column) <= start and end <= (span.end_line, span.end_column)


def _spans(found: Parsed) -> list[Span]:
    """The places of everything that was read, and of every fault."""
    statements = found.file.statements
    read = [each.span for each in statements]
    read += [note.span for each in statements for note in each.notes]
    read += [each.span for each in found.file.broken]
    return read + [each.span for each in found.diagnostics]


def unaccounted(text: str) -> list[Token]:
    """The tokens of a file that are neither read nor part of what is told to be wrong.

    After the most faults that are told, the last of them says that nothing more was read.
    """
    source = Source("rules", text)
    parsed_file = parse_file(source)
    if any(each.code == "too-many-faults" for each in parsed_file.diagnostics):
        return []
    spans = _spans(parsed_file)
    start = source.text.index("\n")
    language = source.text[:start].split()[2]
    tokens = essential(read_tokens(source, words(language), start).tokens)
    return [
        each
        for each in tokens
        if each.type != "SEMICOLON" and not any(_within(each, span) for span in spans)
    ]


@given(text=mangled())
def test_no_word_is_lost(text: str) -> None:
    assert unaccounted(text) == []


@given(text=mangled())
def test_what_cannot_be_read_is_told(text: str) -> None:
    found = parsed(text)
    told = [(each.span.line, each.span.column) for each in found.diagnostics]
    for broken in found.file.broken:
        first, last = broken.span, broken.span
        start, end = (first.line, first.column), (last.end_line, last.end_column)
        assert any(start <= place <= end for place in told)


@given(text=some.text() | some.text('aåäö1.,;"“”()#%≥±-–\n\r\t\x85\u00a0\u200b\u0308 goalrules'))
@example(text="0" + "\x01" * (MOST_FAULTS + 1))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert parsed(text).diagnostics or text.strip().startswith(("goalrules", "\ufeff"))
    assert unaccounted(f"goalrules 1 sv\n{text}") == []
    for language in LANGUAGES:
        rule = parse_rule(Source("rule", text), language)
        assert rule.condition or rule.statements or rule.diagnostics


def _without(text: str, token: Token) -> str:
    return f"{text[: token.start_pos]} {text[token.end_pos :]}"


def _changes(before: Parsed, after: Parsed) -> bool:
    return bool(after.diagnostics) or before.file != after.file


@given(text=chunks(), random=some.randoms(use_true_random=False))
def test_a_word_left_out_of_a_file_changes_it_or_is_told(text: str, random: Random) -> None:
    source = Source("rules", text)
    tokens = read_tokens(source, words("sv"), source.text.index("\n")).tokens
    token = random.choice(tokens)
    shorter = parsed(_without(source.text, token))
    assert _changes(parsed(text), shorter) or token.type in OPTIONAL


@pytest.mark.parametrize("language", LANGUAGES)
@given(written=conditions, random=some.randoms(use_true_random=False))
def test_a_word_left_out_of_a_rule_changes_it_or_is_told(
    language: Language, written: sx.Condition, random: Random
) -> None:
    source = Source("rule", file_formatter(language, ()).condition(written))
    token = random.choice(read_tokens(source, words(language)).tokens)
    shorter = parse_rule(Source("rule", _without(source.text, token)), language)
    changed = shorter.diagnostics or shorter.condition != written
    before_nought = token.type == "DASH" and source.text[token.end_pos :].lstrip().startswith("0")
    assert changed or token.type in OPTIONAL or before_nought
