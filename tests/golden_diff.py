"""Comparisons of two rule files on golden pages."""

from functools import cache

from golden_influence import rules_in
from golden_pages import Given

import goalrules
from goalrules.data.outcomes import read_outcomes
from goalrules.data.pairs import Pair, read_pairs


def diff(given: Given, language: str) -> str:
    """What changed from the rules in a block `old` to those in a block `new`, as text.

    A block `map` says what is what in the two, and a block `outcomes` holds outcomes of the old.
    """
    return compared(given).text(language)


def diff_md(given: Given, language: str) -> str:
    """The same as Markdown."""
    return compared(given).markdown(language)


@cache
def compared(given: Given) -> goalrules.Comparison:
    """The comparison of what a page gives."""
    old, new = (rules_in(given.blocks[side]) for side in ("old", "new"))
    outcomes = given.blocks.get("outcomes")
    if outcomes is None:
        return goalrules.diff(old, new, _pairs(given))
    file, period = outcomes.words
    rows, faults = read_outcomes(outcomes.text.encode(), file)
    assert not faults
    return goalrules.diff(old, new, _pairs(given), rows, period)


def _pairs(given: Given) -> tuple[Pair, ...]:
    block = given.blocks.get("map")
    if block is None:
        return ()
    pairs, faults = read_pairs(block.text.encode(), block.words[0])
    assert not faults
    return pairs
