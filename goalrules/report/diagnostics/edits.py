"""What was meant where something else stands, and the edits that mend a fault with certainty."""

import re
from collections.abc import Iterable
from typing import assert_never

from attrs import evolve

from goalrules.language.format import Format
from goalrules.language.grammar import leads
from goalrules.language.keywords import Words, words
from goalrules.report.diagnostics.declarations import declarations
from goalrules.text.diagnostics import Diagnostic, Edit, WordRef
from goalrules.text.languages import Language
from goalrules.text.names import folded, nearest
from goalrules.text.source import Span

FEWEST_LETTERS = 4
NEAR, NEARER = 0.8, 0.85
"""How alike a word must be to the keyword that it is taken for, from 0 to 1: the word that cannot
stand there, and the one before it, which may be a name."""

REACH = 80
"""How far to the left the word before is looked for."""

END = "$END"
"""The token at the end of a sentence."""

_LAST_WORD = re.compile(r"(\w+)\s*$")


def edits_of(diagnostic: Diagnostic, language: Language) -> tuple[Edit, ...]:
    """The edits of a rule file, in a language, after which it does not have this fault.

    None where the fault is not in the text of a rule, or where what was meant is not known.
    """
    meant = meant_by(diagnostic, words(language)) if diagnostic.marked else None
    match declarations()[diagnostic.code].edit:
        case "none":
            return ()
        case "removal":
            return (Edit(diagnostic.span, ""),) if diagnostic.marked else ()
        case "version":
            return (Edit(diagnostic.span, str(diagnostic.facts["version"])),)
        case "keyword":
            return (meant,) if meant else ()
        case "name" | "goal" as kind:
            write = Format(words(language)).name
            return (evolve(meant, text=write(meant.text, id_=kind == "goal")),) if meant else ()
        case unknown:
            assert_never(unknown)


def meant_by(diagnostic: Diagnostic, known: Words) -> Edit | None:
    """The known name or the keyword that what stands there is nearly the same as.

    It is that of a near name where there is one, or else the keyword that the word there, or the
    one before it, is nearly: where a sentence could have ended, one that begins the next too.
    """
    near = diagnostic.facts.get("nearest")
    if isinstance(near, str) and near:
        return Edit(diagnostic.span, near)
    text, expected = diagnostic.facts.get("text"), diagnostic.facts.get("expected")
    if not isinstance(text, str) or not isinstance(expected, tuple):
        return None
    types = {term.key for term in expected if isinstance(term, WordRef)}
    types |= leads() if END in types else set()
    phrases = [phrase for phrase, meant in known.meanings.items() if meant.type in types]
    if here := _near(text, phrases, known, NEAR):
        return Edit(diagnostic.span, here)
    end = diagnostic.span.column - 1
    before = _LAST_WORD.search(diagnostic.line, max(end - REACH, 0), end)
    word = _near(before[1], known.meanings, known, NEARER) if before else ""
    if not (before and word):
        return None
    start, end = (place + 1 for place in before.span(1))
    line = diagnostic.span.line
    return Edit(Span(line, start, line, end), word)


def _near(word: str, phrases: Iterable[str], known: Words, least: float) -> str:
    """The phrase that a word, which is no keyword itself, is nearly the same as."""
    if len(word) < FEWEST_LETTERS or known.meaning(word):
        return ""
    from difflib import SequenceMatcher  # noqa: PLC0415 - where there are faults

    near = nearest(word, phrases)
    is_near = near and SequenceMatcher(None, near, folded(word)).ratio() >= least
    return near if is_near else ""
