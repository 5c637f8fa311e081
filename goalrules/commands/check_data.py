"""`goalrules check-data`: whether outcomes are understood, whole and likely, without verdicts."""

import argparse
from typing import get_args

from goalrules.commands.output import DONE, FAULTS, put_answer, refused
from goalrules.commands.usage import (
    MADE_BY,
    NOTE,
    PERIOD,
    RULES,
    WHERE,
    Command,
    Usage,
    argument,
    output,
)
from goalrules.core.vocabulary import ToTick

COMMAND = Command(
    help="look at files of outcomes before anything is judged by them",
    overview=(
        Usage("RULES FILES", "what is understood of outcomes, and what is missing or odd in them"),
        Usage("REGLER FILER", "hur utfall har lästs, och vad som saknas eller är ovanligt i dem"),
    ),
    arguments=(
        RULES,
        argument(
            "files", metavar="FILES", nargs="+",
            help="files of outcomes, as CSV, XLSX or JSON; - for standard input",
        ),
        PERIOD,
        WHERE,
        NOTE,
        MADE_BY,
        argument(
            "--allow", action="append", default=[], choices=get_args(ToTick),
            help="do not exit with 1 for this, though it is told (may be repeated)",
        ),
        *output("text", "json"),
    ),
    document="assess.data_check_result:DataCheck",
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the table to tick off; exit with 1 where there is anything that is not allowed."""
    from goalrules.commands.loading import all_outcomes_in, rules_in
    from goalrules.refusal import GoalrulesError

    language = options.lang
    try:
        rules = rules_in(options.rules)
        language = language or rules.language
        year = rules.year_of(options.period)
        rows, faults = all_outcomes_in(
            options.files, year, options.where, note=options.note, made_by=options.made_by
        )
        checked = rules.check_data(rows, options.period, faults)
    except GoalrulesError as error:
        return refused(error, options.format, language)
    left = set(checked.to_tick) - set(options.allow)
    return put_answer(checked, options, language) or (FAULTS if left else DONE)
