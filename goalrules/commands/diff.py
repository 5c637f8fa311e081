"""`goalrules diff`: what changed between two rule files, for every possible outcome."""

import argparse
from typing import TYPE_CHECKING

from goalrules.commands.output import FAULTS, json_text, plain, put, refused
from goalrules.commands.usage import (
    GOALS,
    NOTE,
    PERIOD,
    UNIT,
    WHERE,
    Command,
    Usage,
    argument,
    output,
)
from goalrules.text.languages import Language

if TYPE_CHECKING:
    from goalrules.comparison import Comparison

COMMAND = Command(
    help="say what changed between two rule files",
    overview=(
        Usage("OLD NEW", "what changed between two rule files"),
        Usage("GAMLA NYA", "vad som har ändrats mellan två regelfiler"),
    ),
    arguments=(
        argument("old", metavar="OLD", help="the rule file before"),
        argument("new", metavar="NEW", help="the rule file after"),
        argument(
            "--map", metavar="FILE",
            help="what is what in the two, as a table with headings old;new",
        ),
        argument(
            "--outcomes", metavar="FILE", action="append", default=[],
            help="outcomes for OLD, on which NEW is tried as well (may be repeated)",
        ),
        PERIOD,
        WHERE,
        NOTE,
        UNIT,
        *(
            argument(
                f"--{side}-year", metavar="YEAR", type=int,
                help=f"{side.upper()} by its rules of this year (default: the first)",
            )
            for side in ("old", "new")
        ),
        argument("--exit-code", action="store_true", help="exit with 1 if anything has changed"),
        GOALS,
        *output("text", "md", "json"),
    ),
    document="compare.result:Differences",
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the comparison, or tell what is wrong with what it is made of."""
    from goalrules.commands.loading import outcomes_in, pairs_in, rules_in
    from goalrules.comparison import diff
    from goalrules.refusal import GoalrulesError, OutcomeError, refuse

    language, outcomes = options.lang, None
    try:
        old = rules_in(options.old, options.old_year)
        new = rules_in(options.new, options.new_year)
        language = language or new.language
        pairs = pairs_in(options.map)
        if options.outcomes:
            year = old.year_of(options.period)
            outcomes, faults = outcomes_in(
                options.outcomes, year, options.where, options.unit, note=options.note
            )
            refuse(OutcomeError, faults, language)
        result = diff(old, new, pairs, outcomes, options.period).only(options.goal)
        text = _rendered(result, options.format, language)
    except GoalrulesError as error:
        return refused(error, options.format, language)
    written = put(text, options.output, language, options.format)
    return written or (FAULTS if options.exit_code and result.changed else written)


def _rendered(result: "Comparison", format_: str, language: Language) -> str:
    match format_:
        case "json":
            return json_text(result.to_dict())
        case "md":
            return plain(result.markdown(language))
        case _:
            return plain(result.text(language))
