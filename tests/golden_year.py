"""A year on golden pages: every month of it by a rule file, on a table of outcomes."""

from golden_explanations import judgements_of
from golden_pages import Given

import goalrules
from goalrules.data.outcomes import read_outcomes


def year(given: Given, language: str) -> str:
    """The goals of a rule file month by month, for the year that is given.

    A block `judgements` holds what was decided beside the rules.
    """
    rules, outcomes = given.blocks["rules"], given.blocks["outcomes"]
    file, when = outcomes.words
    rows, faults = read_outcomes(outcomes.text.encode(), file, int(when))
    judged, unread = judgements_of(given)
    assert (faults, unread) == ((), ())
    found = goalrules.loads(rules.text, rules.words[0]).assess_year(rows, int(when), judged)
    return found.text(language)
