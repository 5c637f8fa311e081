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
    from goalrules.api import load
    from goalrules.reading import refused_counts
    from goalrules.refusal import GoalrulesError, RuleError
    from goalrules.report.check.text import render_refused

    try:
        rules = load(options.rules)
        checked = rules.check(options.goal)
    except RuleError as error:
        counts = refused_counts(options.rules, error.diagnostics)
        language = options.lang or error.language
        tell(render_refused(error.diagnostics, counts, language, error.language))
        return FAULTS
    except GoalrulesError as error:
        return refused(error, options.lang)
    language = options.lang or rules.language
    return put_answer(checked, options, language) or (FAULTS if checked.faults else DONE)
