"""The influence of members on golden pages."""

from golden_pages import Block, Given

import goalrules


def influence(given: Given, language: str) -> str:
    """The influence of the members of every goal of a rule file."""
    return rules_in(given.blocks["rules"]).influence().text(language)


def rules_in(block: Block) -> goalrules.RuleSet:
    """The rules of a file; as they are in a year, if one stands after its name."""
    file, *years = block.words
    rules = goalrules.loads(block.text, file)
    return rules.in_year(int(years[0])) if years else rules
