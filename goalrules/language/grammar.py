"""The one grammar, made into a parser of tokens in whichever human language."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal

from lark import Lark, Token, Tree
from lark.lexer import Lexer

from goalrules.limits import stepping
from goalrules.resources import read_table, read_text
from goalrules.text.languages import LANGUAGES

Start = Literal["sentence", "condition"]


class GivenTokens(Lexer):
    """Tokens that were read before, passed on as they are."""

    def __init__(self, _conf: object) -> None:
        """Need nothing of the grammar's configuration."""

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override] # noqa: ANN401
        """The tokens themselves."""
        yield from stepping(data)


def built(grammar: str) -> Lark:
    """The parser of a grammar, which has a terminal for each keyword of the tables."""
    keywords = read_table(f"grammar/{LANGUAGES[0]}.toml")["keywords"]
    return Lark(
        f"{grammar}%declare {' '.join(keywords)}\n",
        parser="lalr",
        lexer=GivenTokens,
        start=["sentence", "condition"],
        propagate_positions=True,
        maybe_placeholders=False,
        strict=True,
    )


@lru_cache
def _parser() -> Lark:
    return built(read_text("grammar/goalrules.lark"))


@lru_cache
def leads() -> frozenset[str]:
    """The types of token that can begin a sentence."""
    return accepted((), "sentence")


def parse_tokens(tokens: Iterable[Token], start: Start) -> Tree[Token]:
    """The tree of a sentence or a condition; `UnexpectedToken` where there is none."""
    return _parser().parse(list(tokens), start=start)


def accepted(tokens: Sequence[Token], start: Start) -> frozenset[str]:
    """The types of token that may follow these; "$END" where they may be all."""
    interactive = _parser().parse_interactive(start=start)
    for token in stepping(tokens):
        interactive.feed_token(token)
    return frozenset(interactive.accepts())  # type: ignore[no-untyped-call]
