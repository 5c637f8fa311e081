"""The keyword that somebody meant, where a sentence could not be read for a misspelt one."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from goalrules.language.grammar import leads
from goalrules.language.keywords import Words
from goalrules.report.diagnostics.expected import END
from goalrules.text.diagnostics import Diagnostic, WordRef
from goalrules.text.names import folded, nearest

FEWEST_LETTERS = 4
NEAR, NEARER = 0.8, 0.85
"""How alike a word must be to the keyword that it is taken for, from 0 to 1: the word that cannot
stand there, and the one before it, which may be a name."""

REACH = 80
"""How far to the left the word before is looked for."""

_LAST_WORD = re.compile(r"(\w+)\s*$")


def misspelt(diagnostic: Diagnostic, words: Words) -> str:
    """The keyword that the word which stands there, or the one before it, is nearly the same as.

    Where a sentence could have ended a word that begins the next one may be meant.
    """
    text, expected = diagnostic.facts.get("text"), diagnostic.facts.get("expected")
    if not isinstance(text, str) or not isinstance(expected, tuple):
        return ""
    types = {term.key for term in expected if isinstance(term, WordRef)}
    types |= leads() if END in types else set()
    phrases = [phrase for phrase, meant in words.meanings.items() if meant.type in types]
    before = _before(diagnostic)
    return _near(text, phrases, words, NEAR) or _near(before, words.meanings, words, NEARER)


def _before(diagnostic: Diagnostic) -> str:
    """The word before the place of a diagnostic, on its line."""
    end = diagnostic.span.column - 1
    found = _LAST_WORD.search(diagnostic.line[max(end - REACH, 0) : end])
    return found[1] if found else ""


def _near(word: str, phrases: Iterable[str], words: Words, least: float) -> str:
    """The phrase that a word, which is no keyword itself, is nearly the same as."""
    if len(word) < FEWEST_LETTERS or words.meaning(word):
        return ""
    near = nearest(word, phrases)
    return near if SequenceMatcher(None, near, folded(word)).ratio() >= least else ""
