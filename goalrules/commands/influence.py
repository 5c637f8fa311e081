"""`goalrules influence`: in how many possible outcomes each member decides."""

import argparse

from goalrules.commands.loading import rules_in
from goalrules.commands.output import DONE, FAULTS, put_answer, refused
from goalrules.text.diagnostics import GoalrulesError


def run(options: argparse.Namespace) -> int:
    """Write the influence of every member, or tell what is wrong with the rules."""
    language = options.lang
    try:
        rules = rules_in(options.rules, options.year)
        language = language or rules.language
        found = rules.influence(options.goal)
    except GoalrulesError as error:
        return refused(error, language)
    uncounted = any(each.limit for each in found.goals)
    return put_answer(found, options, language) or (FAULTS if uncounted else DONE)
