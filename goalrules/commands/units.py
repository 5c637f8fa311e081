"""`goalrules units`: every unit in a file of outcomes by one rule file: a matrix of verdicts."""

import argparse
from typing import TYPE_CHECKING

from goalrules.commands.output import (
    FAULTS,
    json_text,
    plain,
    put,
    refused,
    tell_error,
    with_inputs,
)
from goalrules.commands.usage import (
    GOALS,
    INPUTS,
    NOTE,
    OUTCOMES,
    PERIOD,
    RULES,
    STRICT,
    WHERE,
    Command,
    Usage,
    argument,
    output,
)
from goalrules.text.languages import Language

if TYPE_CHECKING:
    from goalrules.units import Units

COMMAND = Command(
    help="assess every unit in a file of outcomes, and show them beside each other",
    overview=(
        Usage("RULES OUTCOMES", "a verdict for each unit and goal, as a matrix"),
        Usage("REGLER UTFALL", "en bedömning för varje enhet och mål, i en matris"),
    ),
    arguments=(
        RULES,
        OUTCOMES,
        PERIOD,
        argument(
            "--unit", "--enhet", metavar="UNIT", dest="units", action="append", default=[],
            help="only this unit (may be repeated)",
        ),
        WHERE,
        NOTE,
        GOALS,
        INPUTS,
        STRICT,
        *output("table", "tree", "json"),
    ),
    document="assess.units_result:UnitsTrace",
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the matrix, or the explanation of each of its cells; faults of some units are told."""
    from goalrules.commands.loading import outcomes_in, rules_in
    from goalrules.refusal import GoalrulesError, OutcomeError, refuse

    language = options.lang
    try:
        rules = rules_in(options.rules)
        language = language or rules.language
        year = rules.year_of(options.period)
        rows, faults = outcomes_in(
            options.outcomes, year, options.where, each_unit=True, note=options.note
        )
        refuse(OutcomeError, faults, language)
        found = rules.assess_units(rows, options.period, strict=options.strict, language=language)
        found = found.only(options.goal, options.units)
        text = _rendered(found, options.format, language)
        text = with_inputs(text, found, options, language)
    except GoalrulesError as error:
        return refused(error, options.format, language)
    written = put(text, options.output, language, options.format)
    for faults_of_unit in found.errors.values():
        tell_error(faults_of_unit, options.format, language)
    return written or (FAULTS if found.errors else written)


def _rendered(found: "Units", format_: str, language: Language) -> str:
    match format_:
        case "json":
            return json_text(found.to_dict())
        case "tree":
            each = found.assessments.items()
            return plain("\n".join(f"{unit}\n\n{came.text(language)}" for unit, came in each))
        case _:
            return plain(found.text(language))
