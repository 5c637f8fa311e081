"""Names as people write them: when two are the same, and which known one is nearest."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from itertools import islice

from goalrules.limits import step, stepping
from goalrules.text.numbers import read_number

LONGEST_NAME, MOST_NAMES = 100, 10_000
"""The names among which the nearest one is looked for: the work grows with both."""

MOST_COMPARED = 40
"""The names that are compared letter by letter: those with the most pairs of letters in common."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")

DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


def named(names: str | Iterable[str]) -> tuple[str, ...]:
    """The names that are given; a string is one of them."""
    return (names,) if isinstance(names, str) else tuple(names)


def folded(name: str) -> str:
    """What two spellings of one name share: NFC, letter case, kinds of dash and runs of space."""
    step()
    composed = unicodedata.normalize("NFC", name).translate(DASHES)
    return unicodedata.normalize("NFC", " ".join(composed.casefold().split()))


def level_key(level: str) -> str:
    """What two spellings of one level share: its number, where it is one; else as of names."""
    number = read_number(level)
    return folded(level) if number is None else f"{number.normalize():f}"


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, or the empty string where none is near."""
    return NearestNames(known).nearest(name)


class NearestNames:
    """Known names, among which the nearest to others is looked for."""

    def __init__(self, known: Iterable[str]) -> None:
        by_fold = {folded(each): each for each in stepping(known) if len(each) <= LONGEST_NAME}
        self._by_fold = dict(islice(by_fold.items(), MOST_NAMES))

    def nearest(self, name: str) -> str:
        """The known name most like this one, or the empty string where none is near."""
        if len(name) > LONGEST_NAME:
            return ""
        sought = folded(name)
        from difflib import get_close_matches  # noqa: PLC0415 - where a name is not known

        close = get_close_matches(sought, stepping(self._likely(sought)), n=1, cutoff=0.6)
        return self._by_fold[close[0]] if close else ""

    @cached_property
    def _with_pair(self) -> Mapping[str, Sequence[str]]:
        """The folded names in which two letters stand side by side, by those."""
        found: dict[str, list[str]] = defaultdict(list)
        for each in stepping(self._by_fold):
            for pair in _pairs(each):
                found[pair].append(each)
        return found

    def _likely(self, sought: str) -> Iterable[str]:
        """The folded names that may be near; of many those that have most in common, in order."""
        if len(self._by_fold) <= MOST_COMPARED:
            return self._by_fold
        common = Counter[str]()
        for pair in stepping(_pairs(sought)):
            common.update(self._with_pair.get(pair, ()))
        # Of two with as many pairs the shorter one has more of its own in common.
        return nsmallest(MOST_COMPARED, common, lambda each: len(each) - 2 * common[each])


def _pairs(text: str) -> set[str]:
    """The letters of a text, two by two as they stand side by side; a lone one by itself."""
    return {text[at : at + 2] for at in range(max(len(text) - 1, 1))}


def scripts(name: str) -> set[str]:
    """The scripts of the letters in a name: "LATIN", "CYRILLIC" and so on."""
    return {unicodedata.name(each, "UNKNOWN").split()[0] for each in set(name) if each.isalpha()}


def toml_key(text: str) -> str:
    """A text as a key of TOML."""
    return text if _BARE_KEY.fullmatch(text) else toml_text(text)


def toml_text(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
