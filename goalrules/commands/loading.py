"""The rules in a file, as commands ask for them that take a year."""

from goalrules.api import RuleSet, load


def rules_in(path: str, year: int | None) -> RuleSet:
    """The rules in a file, as they are in a year if one is named."""
    rules = load(path)
    return rules if year is None else rules.in_year(year)
