"""`goalrules year`: every month of a year by the rules of a file, and why goals changed."""

import argparse

from goalrules.api import load
from goalrules.commands.output import progress_of, put_answer, refused
from goalrules.reading import read_judgements, read_outcomes
from goalrules.text.diagnostics import GoalrulesError


def run(options: argparse.Namespace) -> int:
    """Write what each goal came to month by month, or tell what is wrong with the files."""
    language = options.lang
    try:
        rules = load(options.rules)
        language = language or rules.language
        year = options.year or rules.year_of()
        with progress_of(options.outcomes) as progress:
            rows = read_outcomes(options.outcomes, year, progress)
        judged = read_judgements(options.judgements) if options.judgements else ()
        found = rules.assess_year(rows, year, judged).only(options.goal)
    except GoalrulesError as error:
        return refused(error, language)
    return put_answer(found, options, language)
