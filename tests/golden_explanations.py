"""Explanations, tables and verdicts on golden pages, of rules alone and of whole rule files."""

from collections.abc import Mapping
from functools import cache

from golden_pages import Given

import goalrules
from goalrules.data.judgements import Found, read_judgements
from goalrules.data.outcomes import read_outcomes


def explanation(given: Given, language: str) -> str:
    """The explanation of a rule given alone, on the levels that stand after it."""
    return alone(given).explain(language)


def alone(given: Given) -> goalrules.GoalResult:
    """The result of a rule given alone, on the levels that stand after it.

    A block `scale` holds the levels of its scale, where those are not red, yellow and green.
    """
    rule, scale = given.blocks["rule"], given.blocks.get("scale")
    members = rule.words[1:]
    levels = [level.strip() for level in scale.text.split("<")] if scale else []
    return goalrules.rule(rule.text, members, levels).evaluate(_levels(given))


def tree(given: Given, language: str) -> str:
    """The explanation of every goal of a rule file, on a table of outcomes."""
    return assessed(given).tree(language)


def table(given: Given, language: str) -> str:
    """The table of a rule file's goals, on a table of outcomes."""
    return assessed(given).table(language)


@cache
def assessed(given: Given) -> goalrules.Assessment:
    """The assessment of a rule file on a table of outcomes, for the period that is given.

    A block `judgements` holds what was decided beside the rules.
    """
    rules, outcomes = given.blocks["rules"], given.blocks["outcomes"]
    file, period = outcomes.words
    rows, faults = read_outcomes(outcomes.text.encode(), file)
    judged, unread = judgements_of(given)
    assert (faults, unread) == ((), ())
    return goalrules.loads(rules.text, rules.words[0]).assess(rows, period, judged)


def judgements_of(given: Given) -> Found:
    """What a table says was decided beside the rules, if there is one."""
    table = given.blocks.get("judgements")
    return read_judgements(table.text.encode(), table.words[0]) if table else ((), ())


def _levels(given: Given) -> Mapping[str, str]:
    """The levels of the members, one a line: `budget: grön`."""
    lines = given.blocks["levels"].text.splitlines()
    return {name.strip(): level.strip() for name, level in (line.split(":") for line in lines)}
