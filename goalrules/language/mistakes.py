"""What a sentence that cannot be read most likely means, known from examples of broken ones.

`grammar/mistakes.toml` holds the examples under the code of the diagnostic that they mean.
A sentence is taken for the same mistake as an example if the parser stops in the same state
at the same type of token; one that begins alike is looked at before the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from goalrules.language.grammar import Start, accepted, parse_tokens
from goalrules.language.keywords import words
from goalrules.language.lalr import END, Token, UnexpectedTokenError
from goalrules.language.tokens import essential, read_tokens
from goalrules.resources import read_table
from goalrules.text.diagnostics import Diagnostic, WordRef, in_source
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source

STARTS: tuple[Start, Start] = ("sentence", "condition")
Stop = tuple[Start, int, str, str]
"""Where the parser stopped: what it was reading, its state, the type of token that it met, and that
of the first one of the sentence; empty for any."""


def diagnosis(
    source: Source,
    sentence: Sequence[Token],
    start: Start,
    stopped: UnexpectedTokenError,
    unknown: frozenset[str] = frozenset(),
) -> Diagnostic:
    """What is wrong with a sentence that could not be read; `unknown` are no tokens of its file."""
    token = stopped.token
    before = list(takewhile(lambda each: each is not token, sentence))
    alike, any_of_them = _stops_of(start, stopped, sentence)
    code = _known_mistakes().get(alike) or _known_mistakes().get(any_of_them)
    at_end = token.type == END
    last = sentence[-1] if at_end else token
    return in_source(
        source,
        code or ("unfinished-sentence" if at_end else "unexpected-word"),
        source.span(last.start_pos, last.end_pos),
        text=source.text[last.start_pos : last.end_pos],
        expected=tuple(
            WordRef("token", each) for each in sorted(accepted(before, start) - unknown)
        ),
    )


@lru_cache
def _known_mistakes() -> Mapping[Stop, str]:
    table = read_table("grammar/mistakes.toml")
    return {
        stop: mistake["code"]
        for mistake in reversed(table["mistake"])
        for language in LANGUAGES
        for text in mistake[language]
        for stop in _stops(text, language)
    }


def _stops(text: str, language: Language) -> Iterator[Stop]:
    tokens = essential(read_tokens(Source("", text), words(language)).tokens)
    for start in STARTS:
        yield from _stop(tokens, start)


def _stop(tokens: Sequence[Token], start: Start) -> Iterator[Stop]:
    try:
        parse_tokens(tokens, start)
    except UnexpectedTokenError as stopped:
        yield from _stops_of(start, stopped, tokens)


def _stops_of(
    start: Start, stopped: UnexpectedTokenError, sentence: Sequence[Token]
) -> tuple[Stop, Stop]:
    """Where the parser stopped in a sentence that begins so, and in one that begins in any way."""
    state, met = stopped.state, stopped.token.type
    return (start, state, met, sentence[0].type), (start, state, met, "")
