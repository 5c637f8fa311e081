"""`goalrules check`: what is wrong with the rules in a file, before anyone is judged by them."""

import argparse

from goalrules.commands.output import DONE, FAULTS, put_answer, refused, tell
from goalrules.commands.usage import GOALS, RULES, Command, Usage, output

COMMAND = Command(
    help="find what is wrong with the rules in a file",
    overview=(
        Usage("RULES", "what is wrong with the rules in a file"),
        Usage("REGLER", "vad som är fel med reglerna i en fil"),
    ),
    arguments=(RULES, GOALS, *output("text", "json")),
    document="lint.result:LintReport",
)


def run(options: argparse.Namespace) -> int:
    """Write the findings; the check fails by a fault that no interpretation stands beside."""
    from goalrules.api import loads
    from goalrules.commands.loading import rules_given
    from goalrules.reading import refused_counts
    from goalrules.refusal import GoalrulesError, RuleError
    from goalrules.report.check.text import render_refused
    from goalrules.text.source import Source

    name = text = ""
    try:
        name, text = rules_given(options.rules)
        rules = loads(text, name)
        checked = rules.check(options.goal)
    except RuleError as error:
        if options.format == "json":
            return refused(error, options.format, options.lang)
        counts = refused_counts(Source(name, text), error.diagnostics)
        language = options.lang or error.language
        tell(render_refused(error.diagnostics, counts, language, error.language))
        return FAULTS
    except GoalrulesError as error:
        return refused(error, options.format, options.lang)
    language = options.lang or rules.language
    return put_answer(checked, options, language) or (FAULTS if checked.faults else DONE)
