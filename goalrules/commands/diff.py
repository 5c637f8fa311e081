"""`goalrules diff`: what changed between two rule files, for every possible outcome."""

import argparse

from goalrules.api import RuleSet
from goalrules.commands.loading import rules_in
from goalrules.commands.output import FAULTS, json_text, plain, progress_of, put, refused
from goalrules.comparison import Comparison, diff
from goalrules.data.outcome import OutcomeRow
from goalrules.reading import read_outcomes, read_pairs
from goalrules.text.diagnostics import GoalrulesError


def run(options: argparse.Namespace) -> int:
    """Write the comparison, or tell what is wrong with what it is made of."""
    language = options.lang
    try:
        old = rules_in(options.old, options.old_year)
        new = rules_in(options.new, options.new_year)
        language = language or new.language
        pairs = read_pairs(options.map) if options.map else ()
        outcomes = _outcomes(options.outcomes, old, options.period) if options.outcomes else None
        result = diff(old, new, pairs, outcomes, options.period).only(options.goal)
        text = _rendered(result, options.format, language)
    except GoalrulesError as error:
        return refused(error, language)
    written = put(text, options.output, language)
    return written or (FAULTS if options.exit_code and result.changed else written)


def _outcomes(path: str, rules: RuleSet, period: str | None) -> tuple[OutcomeRow, ...]:
    """The outcomes in a file, of the year that the old rules are tried for."""
    with progress_of(path) as progress:
        return read_outcomes(path, rules.year_of(period), progress)


def _rendered(result: Comparison, format_: str, language: str) -> str:
    match format_:
        case "json":
            return json_text(result.to_dict())
        case "md":
            return plain(result.markdown(language))
        case _:
            return plain(result.text(language))
