"""The influence of members on golden pages."""

from golden_pages import Given

import goalrules


def influence(given: Given, language: str) -> str:
    """The influence of the members of every goal of a rule file."""
    rules = given.blocks["rules"]
    return goalrules.loads(rules.text, rules.words[0]).influence().text(language)
