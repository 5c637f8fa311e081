"""The words of a rule file in order, cut into sentences: text in, tokens and comments out.

What people paste from Word and PDF is understood: every kind of space, quotation mark and
dash, signs for comparison. A character that cannot be seen is a fault, even in a comment.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice

from goalrules.language.grammar import leads
from goalrules.language.keywords import Words
from goalrules.language.lalr import Token
from goalrules.language.syntax import MET
from goalrules.lazily import frozen
from goalrules.limits import step, stepping
from goalrules.text.diagnostics import MOST_FAULTS, Diagnostic, in_source
from goalrules.text.names import DASHES, folded
from goalrules.text.numbers import MOST_DIGITS, read_number
from goalrules.text.source import Source, Span, unseen

MOST_WORDS = 400_000
"""The number of words and signs up to which a text is read."""

OF_MONTHS = frozenset({"MEASURED", "EXPECTED", "VALID"})
BESIDE_MONTHS = frozenset("NAME NUMBER PERCENT DASH COMMA AND COLON FROM UNTIL".split())
"""The tokens that begin a sentence in which the names of months are words, and go on in it."""

LISTS_LEVELS = frozenset({"LEVELS", "BANDS", "POINTS", "OWN_POINTS"})
STARTS_ENTRY = frozenset({"COMMA", "COLON"})
"""The tokens that begin a list in which each entry is a level and then a number, and an entry."""

MOST_SCALE_WORDS = 200
"""The number of words and signs in which the levels of a scale are looked for."""

PARTS_LEVELS = frozenset({"LESSTHAN", "COLON"})
ENDS_OF_SCALE = frozenset("READS COMMENT SEMICOLON COMMA LPAR RPAR UNKNOWN".split())

OPEN_ENDED = frozenset(
    "MONTHLY INTERIM ANNUAL SAME_AS THROUGH OF WHEN UNLESS AND OR INCLUDING LPAR COMMA NOT"
    " AS AS_IN RULE_AS EQUAL COLON BEST_OF WORST_OF OVERALL TOGETHER SHARE NUMBER_OF".split()
)
"""The tokens after which a sentence goes on, whatever comes next."""

EXTREMES = frozenset({"BEST_OF", "WORST_OF"})
OF_FEW = (["MEAN_OF", "NUMBER"], ["SUM_OF", "NUMBER"])
"""What begins a sentence, but for after a number in a value: `mean of the 2 worst of a, b, c`."""

PERIODS = frozenset({"MONTHLY", "INTERIM", "ANNUAL"})
TAILS = frozenset({"REST", "INCLUDING"})
DECORATION = frozenset({"COMMA", "AND"})
NAMES_OF_LEVELS = frozenset({"LEVEL", "NAME", "NUMBER", "MET", "STRING"})
SPELLED_OTHERWISE = frozenset({"STRING", "NUMBER"})
"""The tokens that can stand for a level which its scale spells in another way."""

LIMITS = {"AT_MOST": "CAP", "AT_LEAST": "FLOOR"}
LIMITED = frozenset({"WHEN", "UNLESS"})
COUNTING = frozenset("ALL ANY NO MAJORITY HALF PERCENT".split())

DASH = "\u2010\u2011\u2012\u2013\u2014\u2212-"
PATTERN = re.compile(
    rf"""
      (?P<SPACE> \s+ )
    | (?P<COMMENT> \#[^\n]* )
    | (?P<STRING> "[^"\n]*+(?:""[^"\n]*+)*" | [“”„»«][^“”»«\n]*[“”»«] )
    | (?P<UNCLOSED> ["“”„»«][^\n]* )
    | (?P<DATE> [0-9]{{4}}[{DASH}][0-9]{{2}}[{DASH}][0-9]{{2}} (?![\w{DASH}]|[.]\w) )
    | (?P<NUMBER> (?:[0-9]{{1,3}}(?:[ \u00a0\u202f][0-9]{{3}})+|[0-9]+)(?:[.,][0-9]+)?
                  (?!\w|[.]\w|[{DASH}]\w*[^\W\d]) )
    | (?P<WORD> \w+(?:[.{DASH}]\w+)* )
    | (?P<PERCENT> % ) | (?P<PARAGRAPH> § )
    | (?P<GE> [≥⩾≧]|>= )
    | (?P<LE> [≤⩽≦]|<= )
    | (?P<TIMES> × ) | (?P<DIVIDED_BY> [÷/] )
    | (?P<PLUSMINUS> ±|\+/?[-\u2212] )
    | (?P<DASH> [{DASH}] )
    | (?P<LESSTHAN> < ) | (?P<OVER> > ) | (?P<EQUAL> = ) | (?P<COLON> : )
    | (?P<LPAR> \( ) | (?P<RPAR> \) ) | (?P<COMMA> , ) | (?P<SEMICOLON> ; )
    | (?P<UNKNOWN> . )
    """,
    re.VERBOSE,
)


@frozen
class Comment:
    """A comment, the line it stands on, and whether other words stand before it there."""

    text: str
    line: int
    trailing: bool


@frozen
class Lexed:
    """The tokens and the comments of a text, and what in it is no word at all."""

    tokens: tuple[Token, ...]
    comments: tuple[Comment, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_tokens(source: Source, words: Words, start: int = 0) -> Lexed:
    """The tokens of a source from an offset on."""
    words_and_signs = (
        each for each in stepping(PATTERN.finditer(source.text, start)) if each.lastgroup != "SPACE"
    )
    for more in islice(words_and_signs, MOST_WORDS, MOST_WORDS + 1):
        span = source.span(*more.span())
        return Lexed((), (), (in_source(source, "too-many-words", span, most=MOST_WORDS),))
    first = [each for each in _scan(source, start) if each.type != "SPACE"]
    raw = _phrases(first, words)
    levels = tuple(own_levels(source, raw))
    if levels:
        quoted = (level for level, in_quotes in levels if in_quotes)
        words = words.with_levels(quoted, (level for level, in_quotes in levels if not in_quotes))
        raw = _phrases(first, words)
    tokens = [each for each in raw if each.type not in {"COMMENT", "UNKNOWN", "UNCLOSED"}]
    tokens = list(_with_levels_apart(source, tokens))
    for token in tokens:
        token.level = words.level(token) if token.type in SPELLED_OTHERWISE else ""
    return Lexed(
        tuple(_with_months(tokens, words)),
        tuple(_comments(raw)),
        tuple(islice(_faults(source, raw), MOST_FAULTS + 1)),
    )


def _scan(source: Source, start: int) -> Iterator[Token]:
    """Everything in a source by the pattern that it fits, at its place."""
    for found in stepping(PATTERN.finditer(source.text, start)):
        at, (first, last) = source.span(*found.span()), found.span()
        place = (first, at.line, at.column, at.end_line, at.end_column, last)
        yield Token(found.group(), found.lastgroup or "", *place)


def _span(source: Source, token: Token) -> Span:
    return source.span(token.start_pos, token.end_pos)


def is_too_long(token: Token) -> bool:
    """Whether a token is a number with more digits than a written number may have."""
    return token.type == "NUMBER" and sum(map(str.isdigit, token)) > MOST_DIGITS


def _phrases(raw: list[Token], words: Words) -> list[Token]:
    """The tokens with every keyword, also one of several words, known for what it is."""
    found: list[Token] = []
    at = 0
    while at < len(raw):
        step()
        length = _longest_phrase(raw, at, words) if raw[at].type == "WORD" else 1
        found.append(_known(raw[at : at + length], words))
        at += length
    return found


def own_levels(source: Source, tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """The levels of the scales that a text declares, and whether each stands in quotes there.

    One that is a number is told with a decimal point, whatever its mark is.
    """
    scales = [at for at, token in enumerate(tokens) if token.type == "SCALE"]
    for at in scales:
        for run in _runs(tokens[at + 1 : at + MOST_SCALE_WORDS]):
            quoted = run[0].type == "STRING"
            level = run[0] if quoted else source.text[run[0].start_pos : run[-1].end_pos]
            yield (level.replace(",", ".") if read_number(level) is not None else level), quoted


def _runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The words of each level of a scale, up to the word that begins the next sentence."""
    run: list[Token] = []
    parted = False
    for token in tokens:
        if run and (token.type in leads() or token.type in ENDS_OF_SCALE):
            break
        if token.type in PARTS_LEVELS:
            yield from [run] if run and token.type == "LESSTHAN" else []
            run, parted = [], token.type == "LESSTHAN"
        else:
            run.append(token)
    if run and parted:
        yield run


def _with_levels_apart(source: Source, tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens with a level that is a number apart from the number after it: `0 111–219`."""
    listing = at_level = False
    for token in tokens:
        if token.type in leads():
            listing = at_level = token.type in LISTS_LEVELS
            yield token
        elif listing and at_level and token.type == "NUMBER":
            level, *rest = source.text[token.start_pos : token.end_pos].split(maxsplit=1)
            yield _number_at(source, token.start_pos, level) if rest else token
            yield from (_number_at(source, token.end_pos - len(each), each) for each in rest)
            at_level = False
        else:
            at_level = token.type in STARTS_ENTRY
            yield token


def _number_at(source: Source, at: int, written: str) -> Token:
    """A number as it is written from an offset on."""
    place = source.span(at, at + len(written))
    number = re.sub(r"\s", "", written)
    return Token(
        number, "NUMBER", at, place.line, place.column, place.end_line, place.end_column,
        at + len(written),
    )  # fmt: skip


def _with_months(tokens: Iterable[Token], words: Words) -> Iterator[Token]:
    """The tokens with the months, and runs of them, in the sentences that speak of months."""
    inside = False
    for token in tokens:
        inside = token.type in OF_MONTHS or (inside and token.type in BESIDE_MONTHS)
        yield from _months_in(token, words) if inside and token.type == "NAME" else (token,)


def _months_in(token: Token, words: Words) -> Iterator[Token]:
    """A month, or two with a dash between them; a name that is neither stays one.

    Before the dash the year of another month may stand: `2025–juni`.
    """
    first, dash, last = folded(token).partition("-")
    if first.isdecimal() and last in words.months:
        yield token.update("NUMBER", first)
        yield token.update("DASH", dash)
        yield token.update("MONTH", words.months[last])
        return
    ends = [words.months.get(first), words.months.get(last)]
    if not ends[0] or (dash and not ends[1]):
        yield token
        return
    yield token.update("MONTH", ends[0])
    if dash and ends[1]:
        yield token.update("DASH", dash)
        yield token.update("MONTH", ends[1])


def _longest_phrase(raw: list[Token], at: int, words: Words) -> int:
    for length in range(min(words.longest, len(raw) - at), 1, -1):
        some = raw[at : at + length]
        if all(each.type == "WORD" for each in some) and words.meaning(" ".join(some)):
            return length
    return 1


def _known(some: list[Token], words: Words) -> Token:
    """One token for a phrase: a keyword, a level, a number or a name."""
    first = some[0]
    if first.type == "STRING":
        inner = first[1:-1]
        return first.update("STRING", inner.replace('""', '"') if first[0] == '"' else inner)
    if first.type == "NUMBER":
        return first.update("NUMBER", re.sub(r"\s", "", first))
    meaning = words.meaning(" ".join(some)) if first.type == "WORD" else None
    if meaning:
        return _joined(some, meaning.type, meaning.value)
    return first.update("NAME", first.translate(DASHES)) if first.type == "WORD" else first


def _joined(some: Sequence[Token], type_: str, value: str) -> Token:
    """One token that stands where some words do."""
    first, last = some[0], some[-1]
    return Token(
        value, type_, first.start_pos, first.line, first.column, last.end_line, last.end_column,
        last.end_pos,
    )  # fmt: skip


def _comments(raw: list[Token]) -> Iterator[Comment]:
    last_line = 0
    for token in raw:
        line = token.line
        if token.type == "COMMENT":
            yield Comment(token[1:].strip(), line, line == last_line)
        last_line = token.end_line


def _faults(source: Source, raw: list[Token]) -> Iterator[Diagnostic]:
    """The characters that cannot be seen, and what is no word at all."""
    for offset, name in unseen(source.text):
        yield in_source(source, "unseen-character", source.span(offset, offset + 1), character=name)
    codes = {"UNKNOWN": "unknown-character", "UNCLOSED": "unclosed-text"}
    for token in raw:
        if token.type in codes and not list(unseen(token)):
            yield in_source(source, codes[token.type], _span(source, token), text=str(token))


# Sentences


def sentences(tokens: Iterable[Token], leads: Container[str]) -> Iterator[tuple[Token, ...]]:
    """The tokens of each sentence, given the types of token that can begin one.

    They are cut at the words that begin one, so that a broken sentence does not hide the next.
    """
    sentence: list[Token] = []
    for token in essential(tokens):
        few = token.type in EXTREMES and [each.type for each in sentence[-2:]] in OF_FEW
        if token.type in leads and sentence and not few:
            # what ends a list of periods is the end of its sentence
            is_list = any(each.type == "OVERALL" for each in sentence)
            closing = PERIODS if is_list else frozenset()
            if sentence[-1].type not in OPEN_ENDED - closing:
                yield _ended(sentence)
                sentence = []
        sentence.append(token)
    if sentence:
        yield _ended(sentence)


def essential(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without those that only make a sentence read well, and with heads marked.

    A level that is followed by WHEN or UNLESS is a HEAD; with `at most` or `at least` before it
    the two are one CAP or FLOOR. After a word that counts, UNLESS heads nothing; nor does a text
    that is the one of a remark.
    """
    meant = [token for token in tokens if token.type != "FILLER"]
    found: list[Token] = []
    for token, after in zip(meant, [*(each.type for each in meant[1:]), ""], strict=False):
        before = found[-1].type if found else ""
        is_level = token.type in NAMES_OF_LEVELS and before != "REMARK"
        level = token.level or token
        if is_level and before in LIMITS and after in LIMITED:
            found[-1] = _joined([found[-1], token], LIMITS[before], level)
        elif is_level and (after == "WHEN" or (after == "UNLESS" and before not in COUNTING)):
            found.append(token.update("HEAD", MET if token.type == "MET" else level))
        elif not (token.type in DECORATION and after in TAILS):
            found.append(token)
    return found


def _ended(sentence: list[Token]) -> tuple[Token, ...]:
    """The sentence without a semicolon after it; one that stands alone is kept, to be refused."""
    has_end = len(sentence) > 1 and sentence[-1].type == "SEMICOLON"
    return tuple(sentence[:-1] if has_end else sentence)
