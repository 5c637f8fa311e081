"""The tokens of a file, cut into sentences, so that a broken one does not hide the next."""

from collections.abc import Container, Iterable, Iterator, Sequence

from lark import Token

OPEN_ENDED = frozenset(
    "MONTHLY INTERIM ANNUAL SAME_AS THROUGH OF WHEN AND OR INCLUDING LPAR COMMA NOT".split()
)
"""The tokens after which a sentence goes on, whatever comes next."""

TAILS = frozenset({"REST", "INCLUDING"})
DECORATION = frozenset({"COMMA", "AND"})
NAMES_OF_LEVELS = frozenset({"LEVEL", "NAME"})


def sentences(tokens: Iterable[Token], leads: Container[str]) -> Iterator[tuple[Token, ...]]:
    """The tokens of each sentence, given the types of token that can begin one."""
    sentence: list[Token] = []
    for token in essential(tokens):
        if token.type in leads and sentence and sentence[-1].type not in OPEN_ENDED:
            yield _ended(sentence)
            sentence = []
        sentence.append(token)
    if sentence:
        yield _ended(sentence)


def essential(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without those that only make a sentence read well, and with HEADs marked."""
    meant = [token for token in tokens if token.type != "FILLER"]
    return [
        _marked(token, after)
        for token, after in zip(meant, _types_after(meant), strict=True)
        if not (token.type in DECORATION and after in TAILS)
    ]


def _types_after(tokens: Sequence[Token]) -> list[str]:
    return [token.type for token in tokens[1:]] + [""] if tokens else []


def _marked(token: Token, after: str) -> Token:
    is_head = token.type in NAMES_OF_LEVELS and after == "WHEN"
    return token.update("HEAD") if is_head else token


def _ended(sentence: list[Token]) -> tuple[Token, ...]:
    """The sentence without a semicolon after it; one that stands alone is kept, to be refused."""
    has_end = len(sentence) > 1 and sentence[-1].type == "SEMICOLON"
    return tuple(sentence[:-1] if has_end else sentence)
