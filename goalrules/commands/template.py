"""`goalrules template`: a workbook in which the outcomes of a year are filled in."""

import argparse

from goalrules.commands.output import put_file, refused, unwritten
from goalrules.commands.usage import LANGUAGE, RULES, Command, Usage, argument


def _workbook(text: str) -> str:
    if not text.lower().endswith(".xlsx"):
        raise argparse.ArgumentTypeError(f"the name of a workbook ends in .xlsx: {text!r}")
    return text


COMMAND = Command(
    help="write a workbook in which the outcomes are filled in",
    overview=(
        Usage("RULES -o FILE", "a workbook (.xlsx) in which the outcomes are filled in"),
        Usage("REGLER -o FIL", "en arbetsbok (.xlsx) att fylla i utfallen i"),
    ),
    arguments=(
        RULES,
        argument(
            "--period", metavar="P",
            help="a period of the year that is meant (default: the plan's own)",
        ),
        LANGUAGE,
        argument(
            "-o", dest="output", metavar="FILE", required=True, type=_workbook,
            help="the workbook to write: the name of a new file that ends in .xlsx",
        ),
    ),
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the workbook, or tell what is wrong with the rules, the period or the name.

    A file that is there already is left alone, since somebody may have filled it in.
    """
    from goalrules.commands.loading import rules_in
    from goalrules.files import is_taken
    from goalrules.refusal import GoalrulesError, OutcomeError, fault, refuse

    language = options.lang
    try:
        rules = rules_in(options.rules)
        language = language or rules.language
        taken = [fault("file-exists", options.output)] if is_taken(options.output) else []
        refuse(OutcomeError, taken, language)
        workbook = rules.template(rules.year_of(options.period), language)
    except GoalrulesError as error:
        return refused(error, "", language)
    except OSError:  # sheets are put down in files of their own before they are packed
        return unwritten("not-writable", options.output, language or "sv")
    return put_file(workbook, options.output, language)
