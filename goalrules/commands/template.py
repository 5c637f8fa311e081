"""`goalrules template`: workbooks in which the outcomes of a year are filled in."""

import argparse

from goalrules.commands.output import DONE, put_file, refused, unwritten
from goalrules.commands.usage import LANGUAGE, RULES, Command, Usage, argument


def _wrong(options: argparse.Namespace) -> str:
    """What is wrong with the name of what is written: a workbook, or with units a folder."""
    is_workbook = options.output.lower().endswith(".xlsx")
    if options.units and is_workbook:
        return f"argument -o: with --unit it is a folder, not a workbook: {options.output!r}"
    if not (options.units or is_workbook):
        return f"argument -o: the name of a workbook ends in .xlsx: {options.output!r}"
    return ""


COMMAND = Command(
    help="write a workbook in which the outcomes are filled in, or one for each unit",
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
        argument(
            "--unit", "--enhet", metavar="UNIT", dest="units", action="append", default=[],
            help="a workbook for this unit, in the folder that -o names (may be repeated)",
        ),
        LANGUAGE,
        argument(
            "-o", dest="output", metavar="FILE", required=True,
            help="the workbook to write: the name of a new file that ends in .xlsx; with --unit a"
            " folder, which is made if there is none",
        ),
    ),
    wrong=_wrong,
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the workbooks, or tell what is wrong with the rules, the period, a name or a unit.

    A file that is there already is left alone, since somebody may have filled it in; then, and
    where a unit is refused, nothing is written.
    """
    from goalrules.commands.loading import rules_in
    from goalrules.files import FileFault, is_taken, made_folder, workbooks_in
    from goalrules.refusal import GoalrulesError, OutcomeError, QuestionError, fault, refuse
    from goalrules.text.names import folded

    language = options.lang
    try:
        rules = rules_in(options.rules)
        language = language or rules.language
        named = tuple({folded(each): each for each in reversed(options.units)}.values())[::-1]
        units = workbooks_in(options.output, named) if named else {}
        unusable = [fault("unusable-unit", "unit", text=e) for e, path in units.items() if not path]
        refuse(QuestionError, unusable, language)
        paths = units or {"": options.output}
        taken = [fault("file-exists", path) for path in paths.values() if is_taken(path)]
        refuse(OutcomeError, taken, language)
        year = rules.year_of(options.period)
        books = {path: rules.template(year, language, unit=e) for e, path in paths.items()}
    except GoalrulesError as error:
        return refused(error, "", language)
    except OSError:  # sheets are put down in files of their own before they are packed
        return unwritten("not-writable", options.output, language or "sv")
    if units:
        try:
            made_folder(options.output)
        except FileFault as failed:
            return unwritten(failed.code, options.output, language)
    for path, book in books.items():
        if written := put_file(book, path, language):
            return written
    return DONE
