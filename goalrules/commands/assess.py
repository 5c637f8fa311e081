"""`goalrules assess`: what the rules in a file come to on a file of outcomes."""

import argparse
from typing import TYPE_CHECKING

from goalrules.commands.output import json_text, plain, put, refused, with_inputs
from goalrules.commands.usage import (
    GOALS,
    INPUTS,
    JUDGEMENTS,
    MADE_BY,
    NOTE,
    OUTCOMES,
    PERIOD,
    RULES,
    STRICT,
    UNIT,
    WHERE,
    Command,
    Usage,
    argument,
    output,
)
from goalrules.text.languages import Language

if TYPE_CHECKING:
    from goalrules.results import Assessment

COMMAND = Command(
    help="assess outcomes by the rules of a file",
    overview=(
        Usage("RULES OUTCOMES", "what the rules in a file come to on a file of outcomes"),
        Usage("REGLER UTFALL", "vad reglerna i en fil ger för utfallen i en annan"),
    ),
    arguments=(
        RULES,
        OUTCOMES,
        PERIOD,
        WHERE,
        NOTE,
        MADE_BY,
        UNIT,
        GOALS,
        JUDGEMENTS,
        argument(
            "--summary", action="store_true",
            help="a line for each goal: verdict, level and who decides; with --format json as JSON",
        ),
        INPUTS,
        STRICT,
        *output("table", "tree", "json"),
    ),
    document="assess.result:AssessmentTrace",
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the assessment, or tell what is wrong with what it is made of."""
    from goalrules.commands.loading import assessment, rules_in
    from goalrules.refusal import GoalrulesError

    language = options.lang
    try:
        rules = rules_in(options.rules)
        language = language or rules.language
        found = assessment(
            rules,
            options.outcomes,
            options.period,
            options.judgements,
            options.where,
            options.unit,
            note=options.note,
            made_by=options.made_by,
            strict=options.strict,
        )
        result = found.only(options.goal)
        text = (_summary if options.summary else _rendered)(result, options.format, language)
        text = with_inputs(text, result, options, language)
    except GoalrulesError as error:
        return refused(error, options.format, language)
    return put(text, options.output, language, options.format)


def _rendered(result: "Assessment", format_: str, language: Language) -> str:
    match format_:
        case "json":
            return json_text(result.to_dict())
        case "tree":
            return plain(result.text(language))
        case _:
            return plain(result.table(language))


def _summary(result: "Assessment", format_: str, language: Language) -> str:
    from goalrules.report.summary import render_summary

    if format_ == "json":
        return json_text(result.to_dict("summary"))
    return render_summary(result.trace, language)
