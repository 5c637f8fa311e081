"""A year on golden pages: every month of it by a rule file, on a table of outcomes."""

from golden_pages import Given

import goalrules
from goalrules.data.outcomes import read_outcomes


def year(given: Given, language: str) -> str:
    """The goals of a rule file month by month, for the year that is given."""
    rules, outcomes = given.blocks["rules"], given.blocks["outcomes"]
    file, when = outcomes.words
    rows, faults = read_outcomes(outcomes.text.encode(), file, int(when))
    assert not faults
    return goalrules.loads(rules.text, rules.words[0]).assess_year(rows, int(when)).text(language)
