"""From text to syntax: every sentence that can be read, and a diagnostic for each that cannot."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from attrs import evolve

from goalrules.language.build import build, span_of
from goalrules.language.grammar import Start, leads, parse_tokens
from goalrules.language.keywords import Words, words
from goalrules.language.lalr import END, Token, Tree, UnexpectedTokenError
from goalrules.language.mistakes import diagnosis
from goalrules.language.statements import (
    KINDS,
    OF_PLAN,
    Broken,
    Comments,
    File,
    Note,
    OwnPoints,
    Policy,
    Statement,
    Validity,
)
from goalrules.language.syntax import Condition
from goalrules.language.tokens import Comment, Lexed, essential, is_too_long, read_tokens, sentences
from goalrules.lazily import frozen
from goalrules.limits import stepping
from goalrules.text.diagnostics import MOST_FAULTS, Diagnostic, WordRef, first_faults, in_source
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.numbers import decimal_mark
from goalrules.text.source import Source, Span
from goalrules.versions import ENGINE, RULE_LANGUAGE, RULE_LANGUAGES

HEADER = re.compile(r"[^\S\n]*goalrules[^\S\n]+(\S+)[^\S\n]+(\S+)[^\S\n]*(?=#|\n|\Z)")
"""The first line of a file: the version of the language and the language of its words."""

MAX_BRACKETS = 50
MAX_WORDS = 10_000

BESIDE_A_RULE = (Policy, OwnPoints)
STATES_LEVELS = frozenset(
    lead
    for kind in KINDS
    if kind.placement.alone and kind not in BESIDE_A_RULE
    for lead in kind.placement.leads
)
"""The tokens of a rule that says which level is reached when, and is not just one condition."""

OF_IDS = frozenset({"GOAL", "CONTRIBUTION"})
BESIDE_IDS = frozenset({"COMMA", "NUMBER", "NAME", "STRING"})
"""The tokens after which the id of a goal stands, and those that may stand between two."""

THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
MANY_THOUSANDS = re.compile(
    r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,}|\.[0-9]{3}(?=,[0-9])|,[0-9]{3}(?=\.[0-9]))"
    r"(?:[.,][0-9]+)?(?![\w.,][0-9])"
)
"""A number whose mark may as well part thousands; and one with several marks, or two kinds."""

NOTES = frozenset({"ACCORDING", "INTERPRETATION", "VALID"})
LEADS_OF_PLAN = frozenset(lead for kind in OF_PLAN for lead in kind.placement.leads)
"""The tokens that begin a note, and a sentence of the plan itself."""


@frozen
class Parsed:
    """What could be read of a file, and what is wrong with the rest."""

    file: File
    diagnostics: tuple[Diagnostic, ...]


@frozen
class ParsedRule:
    """A rule given alone: a condition, or statements that say when each level is reached."""

    condition: Condition | None
    statements: tuple[Statement, ...]
    diagnostics: tuple[Diagnostic, ...]


def parse_file(source: Source) -> Parsed:
    """The syntax of a rule file."""
    header = HEADER.match(source.text)
    if not header:
        return _refused(in_source(source, "no-header", _first_line(source)))
    version, word = header.groups()
    if version not in RULE_LANGUAGES:
        span = _group(source, header, 1)
        return _refused(
            in_source(
                source, "unknown-version", span, text=version, engine=ENGINE,
                versions=RULE_LANGUAGES, newest=RULE_LANGUAGE,
            )
        )  # fmt: skip
    language = next((each for each in LANGUAGES if each == word), None)
    if language is None:
        span = _group(source, header, 2)
        return _refused(in_source(source, "unknown-language", span, text=word))
    return _of_newer(source, header, _parsed(source, header, language, version))


def _parsed(source: Source, header: re.Match[str], language: Language, version: str) -> Parsed:
    """The file read as one of a version of the language."""
    known = words(language, version)
    reading = read_tokens(source, known, header.end())
    file, faults = _parse_sentences(source, reading, known)
    return Parsed(evolve(file, version=version), faults)


def _of_newer(source: Source, header: re.Match[str], found: Parsed) -> Parsed:
    """What was found; where a newer version can read more of the file, that, with what to mend."""
    later = RULE_LANGUAGES[RULE_LANGUAGES.index(found.file.version) + 1 :]
    for version in later if found.diagnostics else ():
        newer = _parsed(source, header, found.file.language, version)
        if len(newer.diagnostics) < len(found.diagnostics):
            at = next(each.span for each in found.diagnostics if each not in newer.diagnostics)
            text = source.line(at.line)[at.column - 1 :].split("#")[0].strip()
            place = _group(source, header, 1)
            lacks = in_source(
                source, "needs-version", place, text=text, line=at.line, version=version
            )
            return evolve(newer, diagnostics=(lacks, *newer.diagnostics))
    return found


def parse_rule(source: Source, language: Language, levels: Iterable[str] = ()) -> ParsedRule:
    """The syntax of a rule given alone, in one language, with the levels of its own scale."""
    known = words(language)
    reading = read_tokens(source, known.with_levels(levels))
    tokens = essential(reading.tokens)
    if not tokens:
        nothing = [in_source(source, "no-rule", _first_line(source))]
        faults = first_faults(source, reading.diagnostics or nothing)
        return ParsedRule(None, (), faults)
    if any(token.type in STATES_LEVELS for token in tokens):
        file, faults = _parse_sentences(source, reading, known)
        return ParsedRule(None, file.statements, faults)
    condition, faults = _parse(source, tokens, "condition", known)
    faults = first_faults(source, (*reading.diagnostics, *faults))
    return ParsedRule(condition, (), faults)


def keywords_in(source: Source, language: Language, levels: Iterable[str] = ()) -> int:
    """How many words and signs of a rule given alone have a meaning in a language."""
    reading = read_tokens(source, words(language).with_levels(levels))
    return sum(token.type != "NAME" for token in reading.tokens)


def _first_line(source: Source) -> Span:
    return Span(1, 1, 1, len(source.line(1)) + 1)


def _refused(diagnostic: Diagnostic) -> Parsed:
    return Parsed(File(LANGUAGES[0], ()), (diagnostic,))


def _group(source: Source, found: re.Match[str], group: int) -> Span:
    return source.span(found.start(group), found.end(group))


def _parse_sentences(
    source: Source, reading: Lexed, known: Words
) -> tuple[File, tuple[Diagnostic, ...]]:
    """The statements of a text, each with its notes and comments, and the first faults in it."""
    diagnostics = list(reading.diagnostics)
    statements: list[Statement] = []
    broken: list[Broken] = []
    ends = _Margins(reading.comments)
    for tokens in stepping(sentences(reading.tokens, leads())):
        if len(diagnostics) > MOST_FAULTS:
            break
        comments = ends.take(tokens)
        parsed, faults = _parse(source, tokens, "sentence", known)
        diagnostics += faults
        span = span_of(tokens[0]).to(span_of(tokens[-1]))
        if parsed is None:
            broken.append(Broken(tokens[0].type, span=span))
            continue
        home = _last(statements, broken) if isinstance(parsed, Validity) else "statement"
        if home == "unread":  # the years are those of a sentence that could not be read
            at = max(n for n, each in enumerate(broken) if each.lead not in NOTES)
            unread = broken.pop(at)
            broken.append(evolve(unread, span=unread.span.to(span)))
        elif isinstance(parsed, Note) and home == "statement":
            diagnostics += _add_note(source, statements, evolve(parsed, comments=comments))
        else:
            statements.append(Statement(parsed, (), comments, span=span))
    file = File(known.language, tuple(statements), ends.left(), broken=tuple(broken))
    return file, first_faults(source, diagnostics)


Last = Literal["of plan", "statement", "unread"]


def _last(statements: Sequence[Statement], broken: Iterable[Broken]) -> Last:
    """What the last sentence is that years can belong to; the plan's own where there is none."""
    unread = [each for each in broken if each.lead not in NOTES]
    both: list[Statement | Broken] = [*statements[-1:], *unread[-1:]]
    match max(both, key=lambda each: (each.span.line, each.span.column), default=None):
        case Statement(body) if not isinstance(body, OF_PLAN):
            return "statement"
        case Broken(lead) if lead not in LEADS_OF_PLAN:
            return "unread"
        case _:
            return "of plan"


def _add_note(source: Source, statements: list[Statement], note: Note) -> Iterator[Diagnostic]:
    if statements:
        statements[-1] = evolve(statements[-1], notes=(*statements[-1].notes, note))
    else:
        yield in_source(source, "note-without-statement", note.span)


def _parse(
    source: Source, tokens: Sequence[Token], start: Start, known: Words
) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The syntax of one sentence or condition, or what is wrong with it."""
    unclear = _unclear_numbers(source, tokens, known.language)
    refusal = _beyond_limits(source, tokens) or tuple(unclear)
    if refusal:
        return None, refusal
    try:
        tree = parse_tokens(tokens, start)
    except UnexpectedTokenError as stopped:
        return None, (diagnosis(source, tokens, start, stopped, known.newer_keys),)
    for newer in tree.subtrees() if known.newer_forms and isinstance(tree, Tree) else ():
        if newer.data in known.newer_forms:
            span = span_of(newer.first, newer.last)
            end = (WordRef("token", END),)
            return None, (
                in_source(source, "unexpected-word", span, text=str(newer.first), expected=end),
            )
    return build(tree), ()


def _beyond_limits(source: Source, tokens: Sequence[Token]) -> tuple[Diagnostic, ...]:
    depth = deepest = 0
    for token in tokens:
        depth += (token.type == "LPAR") - (token.type == "RPAR")
        deepest = max(deepest, depth)
    if deepest > MAX_BRACKETS:
        return (in_source(source, "too-deep", span_of(tokens[0]), most=MAX_BRACKETS),)
    if len(tokens) > MAX_WORDS:
        return (in_source(source, "too-long", span_of(tokens[0]), most=MAX_WORDS),)
    return tuple(
        in_source(source, "number-too-long", span_of(token), text=str(token))
        for token in tokens
        if is_too_long(token)
    )


def _unclear_numbers(
    source: Source, tokens: Sequence[Token], language: Language
) -> Iterator[Diagnostic]:
    """The numbers whose marks may part thousands; the ids of goals are no numbers."""
    mark, is_id = decimal_mark(language), False
    for token in tokens:
        is_id = token.type in OF_IDS or (is_id and token.type in BESIDE_IDS)
        if is_id or not token[:1].isdigit():
            continue
        many = MANY_THOUSANDS.match(source.text, token.start_pos)
        if many:
            yield in_source(source, "number-grouping", source.span(*many.span()), text=many.group())
            return
        if token.type == "NUMBER" and THOUSANDS.fullmatch(token) and mark not in token:
            whole, part = re.split("[.,]", token)
            facts = {"as_decimal": f"{whole}{mark}{part}", "as_whole": f"{whole}{part}"}
            yield in_source(source, "ambiguous-number", span_of(token), text=str(token), **facts)


class _Margins:
    """The comments of a text, given out to the sentences that they stand at."""

    def __init__(self, comments: Iterable[Comment]) -> None:
        self._left = deque(comments)

    def take(self, tokens: Sequence[Token]) -> Comments:
        """The comments not yet given out that stand before the sentence or at its end."""
        before: list[str] = []
        after = ""
        last_line = tokens[-1].end_line
        while self._left and self._left[0].line <= last_line:
            comment = self._left.popleft()
            if comment.line == last_line and comment.trailing:
                after = comment.text
            else:
                before.append(comment.text)
        return Comments(tuple(before), after)

    def left(self) -> tuple[str, ...]:
        """The comments that stand after the last sentence."""
        return tuple(comment.text for comment in self._left)
