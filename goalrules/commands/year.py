"""`goalrules year`: every month of a year by the rules of a file, and why goals changed."""

import argparse

from goalrules.commands.output import put_answer, refused
from goalrules.commands.usage import (
    GOALS,
    INPUTS,
    JUDGEMENTS,
    NOTE,
    OUTCOMES,
    RULES,
    STRICT,
    UNIT,
    WHERE,
    Command,
    Usage,
    argument,
    output,
)

COMMAND = Command(
    help="assess every month of a year, and say why goals changed",
    overview=(
        Usage("RULES OUTCOMES", "each goal month by month through a year, and why it changed"),
        Usage("REGLER UTFALL", "varje mål månad för månad under året, och varför det ändrades"),
    ),
    arguments=(
        RULES,
        OUTCOMES,
        argument("--year", metavar="YEAR", type=int, help="default: the plan's own first year"),
        WHERE,
        NOTE,
        UNIT,
        JUDGEMENTS,
        GOALS,
        INPUTS,
        STRICT,
        *output("text", "json"),
    ),
    document="assess.year_result:YearTrace",
)


def run(options: argparse.Namespace) -> int:
    """Write what each goal came to month by month, or tell what is wrong with the files."""
    from goalrules.commands.loading import judgements_of, outcomes_in, rules_in
    from goalrules.refusal import GoalrulesError, OutcomeError, refuse

    language = options.lang
    try:
        rules = rules_in(options.rules)
        language = language or rules.language
        year = options.year or rules.year_of()
        rows, faults = outcomes_in(
            options.outcomes, year, options.where, options.unit, note=options.note
        )
        judged, others = judgements_of(options.judgements, options.unit)
        refuse(OutcomeError, (*faults, *others), language)
        found = rules.assess_year(rows, year, judged, strict=options.strict).only(options.goal)
    except GoalrulesError as error:
        return refused(error, options.format, language)
    beside = found.inputs_text(language) if options.inputs else ""
    return put_answer(found, options, language, beside)
