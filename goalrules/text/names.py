"""Names as people write them: when two are the same, and which known one is nearest."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from goalrules.limits import step, stepping

LONGEST_NAME, MOST_NAMES = 100, 1_000
"""The names among which the nearest one is looked for: the work grows with both."""

DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


def folded(name: str) -> str:
    """What two spellings of one name share: NFC, letter case, kinds of dash and runs of space."""
    step()
    composed = unicodedata.normalize("NFC", name).translate(DASHES)
    return unicodedata.normalize("NFC", " ".join(composed.casefold().split()))


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, or the empty string where none is near."""
    by_fold = {folded(each): each for each in stepping(known) if len(each) <= LONGEST_NAME}
    sought = folded(name) if len(name) <= LONGEST_NAME else ""
    close = get_close_matches(sought, stepping(islice(by_fold, MOST_NAMES)), n=1, cutoff=0.6)
    return by_fold[close[0]] if close else ""


def scripts(name: str) -> set[str]:
    """The scripts of the letters in a name: "LATIN", "CYRILLIC" and so on."""
    return {unicodedata.name(each, "UNKNOWN").split()[0] for each in set(name) if each.isalpha()}
