"""`goalrules compare`: which cells changed between two states of a file of outcomes."""

import argparse

from goalrules.commands.output import FAULTS, put_answer, refused
from goalrules.commands.usage import NOTE, PERIOD, UNIT, WHERE, Command, Usage, argument, output
from goalrules.text.languages import DEFAULT_LANGUAGE, Language

COMMAND = Command(
    help="say which cells changed between two states of a file of outcomes",
    overview=(
        Usage("OLD NEW", "which cells changed between two states of a file of outcomes"),
        Usage("GAMLA NYA", "vilka celler som har ändrats mellan två lägen av en utfallsfil"),
    ),
    arguments=(
        argument("old", metavar="OLD", help="the file of outcomes before, as CSV, XLSX or JSON"),
        argument("new", metavar="NEW", help="the same file after"),
        argument(
            "--rules", metavar="RULES",
            help="the rule file: an indicator is the same by any of its names, and what the rules"
            " hide is not shown",
        ),
        PERIOD,
        WHERE,
        NOTE,
        UNIT,
        argument("--exit-code", action="store_true", help="exit with 1 if anything has changed"),
        *output("text", "json"),
    ),
    document="compare.outcome_changes_result:OutcomeChanges",
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write what changed, or tell what is wrong with the files."""
    from goalrules.commands.loading import outcomes_in, rules_in
    from goalrules.comparison import compare_outcomes
    from goalrules.refusal import GoalrulesError, OutcomeError, refuse

    language: Language = options.lang
    try:
        rules = rules_in(options.rules) if options.rules else None
        language = language or (rules.language if rules else DEFAULT_LANGUAGE)
        year = rules.year_of(options.period) if rules else None
        states = [
            outcomes_in(
                [each], year, options.where, options.unit, each_unit=True, note=options.note
            )
            for each in (options.old, options.new)
        ]
        refuse(OutcomeError, [fault for _, faults in states for fault in faults], language)
        (old, _), (new, _) = states
        found = compare_outcomes(old, new, rules, options.period, language=language)
    except GoalrulesError as error:
        return refused(error, options.format, language)
    written = put_answer(found, options, language)
    return written or (FAULTS if options.exit_code and found.changed else written)
