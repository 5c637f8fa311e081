"""`goalrules template`: a workbook in which the outcomes of a year are filled in."""

import argparse

from goalrules.api import load
from goalrules.commands.output import put_file, refused, unwritten
from goalrules.files import is_taken
from goalrules.refusal import fault, refuse
from goalrules.text.diagnostics import GoalrulesError, OutcomeError


def run(options: argparse.Namespace) -> int:
    """Write the workbook, or tell what is wrong with the rules, the period or the name.

    A file that is there already is left alone, since somebody may have filled it in.
    """
    language = options.lang
    try:
        rules = load(options.rules)
        language = language or rules.language
        taken = [fault("file-exists", options.output)] if is_taken(options.output) else []
        refuse(OutcomeError, taken, language)
        workbook = rules.template(rules.year_of(options.period), language)
    except GoalrulesError as error:
        return refused(error, language)
    except OSError:  # sheets are put down in files of their own before they are packed
        return unwritten("not-writable", options.output, language or "sv")
    return put_file(workbook, options.output, language)
