"""The tokens of a file, cut into sentences, so that a broken one does not hide the next."""

from collections.abc import Container, Iterable, Iterator, Sequence

from lark import Token

from goalrules.language.syntax import MET

OPEN_ENDED = frozenset(
    "MONTHLY INTERIM ANNUAL SAME_AS THROUGH OF WHEN UNLESS AND OR INCLUDING LPAR COMMA NOT"
    " AS AS_IN EQUAL COLON BEST_OF WORST_OF OVERALL".split()
)
"""The tokens after which a sentence goes on, whatever comes next."""

PERIODS = frozenset({"MONTHLY", "INTERIM", "ANNUAL"})
TAILS = frozenset({"REST", "INCLUDING"})
DECORATION = frozenset({"COMMA", "AND"})
NAMES_OF_LEVELS = frozenset({"LEVEL", "NAME", "NUMBER", "MET"})
LIMITS = {"AT_MOST": "CAP", "AT_LEAST": "FLOOR"}
LIMITED = frozenset({"WHEN", "UNLESS"})
COUNTING = frozenset("ALL ANY NO MAJORITY HALF PERCENT".split())


def sentences(tokens: Iterable[Token], leads: Container[str]) -> Iterator[tuple[Token, ...]]:
    """The tokens of each sentence, given the types of token that can begin one."""
    sentence: list[Token] = []
    for token in essential(tokens):
        if token.type in leads and sentence and not _goes_on(sentence):
            yield _ended(sentence)
            sentence = []
        sentence.append(token)
    if sentence:
        yield _ended(sentence)


def _goes_on(sentence: Sequence[Token]) -> bool:
    """Whether a sentence goes on, whatever comes next; what ends a list of periods is its end."""
    return sentence[-1].type in OPEN_ENDED - (PERIODS if sentence[0].type == "OVERALL" else set())


def essential(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without those that only make a sentence read well, and with heads marked."""
    meant = [token for token in tokens if token.type != "FILLER"]
    found: list[Token] = []
    for token, after in zip(meant, _types_after(meant), strict=True):
        if found and after in LIMITED and _limits(found[-1], token):
            found[-1] = _limit(found[-1], token)
        elif token.type in NAMES_OF_LEVELS and _heads(found, after):
            found.append(token.update("HEAD", MET if token.type == "MET" else token))
        elif not (token.type in DECORATION and after in TAILS):
            found.append(token)
    return found


def _types_after(tokens: Sequence[Token]) -> list[str]:
    return [token.type for token in tokens[1:]] + [""] if tokens else []


def _heads(before: Sequence[Token], after: str) -> bool:
    """Whether a level between some tokens and another begins a sentence."""
    counted = bool(before) and before[-1].type in COUNTING
    return after == "WHEN" or (after == "UNLESS" and not counted)


def _limits(before: Token, token: Token) -> bool:
    """Whether two tokens are `at most` or `at least` and a level."""
    return before.type in LIMITS and token.type in NAMES_OF_LEVELS


def _limit(before: Token, level: Token) -> Token:
    """The head of a limit: one token that stands where its two words do."""
    return Token(
        LIMITS[before.type], level, before.start_pos, before.line, before.column,
        level.end_line, level.end_column, level.end_pos,
    )  # fmt: skip


def _ended(sentence: list[Token]) -> tuple[Token, ...]:
    """The sentence without a semicolon after it; one that stands alone is kept, to be refused."""
    has_end = len(sentence) > 1 and sentence[-1].type == "SEMICOLON"
    return tuple(sentence[:-1] if has_end else sentence)
