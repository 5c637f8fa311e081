"""`goalrules gap`: what is missing for a level, what can be lost, and what to find out first."""

import argparse
from decimal import Decimal

from goalrules.answers.result import GoalGap
from goalrules.api import load
from goalrules.commands.assessing import assessment
from goalrules.commands.output import DONE, FAULTS, put_answer, refused, tell
from goalrules.refusal import fault, refuse
from goalrules.report.diagnostics.text import plain_text
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, GoalrulesError, OutcomeError
from goalrules.text.numbers import read_number


def run(options: argparse.Namespace) -> int:
    """Write the answers about every goal, or tell what is wrong with what they are made of.

    A goal about which nothing can be said within the budget keeps none of the others from theirs.
    """
    language = options.lang
    try:
        rules = load(options.rules)
        language = language or rules.language
        found = assessment(rules, options.outcomes, options.period, options.judgements)
        costs = _costs(options.cost, rules.language)
        gap = found.only(options.goal).gap(options.to, options.locked, costs, options.depth)
    except GoalrulesError as error:
        return refused(error, language)
    written = put_answer(gap, options, language)
    if gap.refused:
        faults = [_over_budget(options.rules, each) for each in gap.refused]
        tell(plain_text(faults, language))
    return written or (FAULTS if gap.refused else DONE)


def _costs(given: list[tuple[str, str]], language: str) -> dict[str, Decimal]:
    """The costs as they are written, by name; `OutcomeError` for those that are no numbers."""
    numbers = {name: read_number(text) for name, text in given}
    unread = [
        fault("bad-cost", "--cost", text=name, number=text)
        for name, text in given
        if numbers[name] is None
    ]
    refuse(OutcomeError, unread, language)
    return {name: number for name, number in numbers.items() if number is not None}


def _over_budget(rules: str, gap: GoalGap) -> Diagnostic:
    """That a question about a goal takes too many steps, at the place of the goal."""
    facts: dict[str, DiagnosticFact] = {"text": gap.goal.id, "limit": gap.limit}
    return Diagnostic("over-budget", rules, gap.goal.span, "", facts)
