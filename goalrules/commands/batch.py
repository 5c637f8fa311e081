"""`goalrules batch`: many cases by the rules of a file: lines of JSON in, and lines of JSON out."""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from goalrules.commands.output import DONE, FAULTS, json_line, put_lines, refused, tell
from goalrules.commands.usage import LANGUAGE, RULES, Command, Usage, argument
from goalrules.text.languages import Language

if TYPE_CHECKING:
    from goalrules.data.json_lines import Case
    from goalrules.refusal import GoalrulesError
    from goalrules.results import Assessment

COMMAND = Command(
    help="assess many cases, one in each line of JSON",
    overview=(
        Usage("RULES DATA.jsonl", "many cases: a line of JSON in and a line out for each"),
        Usage("REGLER DATA.jsonl", "många fall: en rad JSON in och en rad ut för varje"),
    ),
    arguments=(
        RULES,
        argument(
            "data", metavar="DATA",
            help="lines of JSON, each with key and outcomes, and period and judgements where they"
            " are its own; - for standard input",
        ),
        argument("--period", metavar="P", help="that of lines without one of their own"),
        argument(
            "--summary", dest="form", action="store_const", const="summary", default="verdicts",
            help="each case in short, not only its verdicts",
        ),
        argument(
            "--full", dest="form", action="store_const", const="assessment",
            help="the whole document of each case, as assess writes it",
        ),
        LANGUAGE,
        argument(
            "-o", dest="output", metavar="FILE",
            help="write to a file, whole or not at all; - for standard output",
        ),
    ),
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write a line for each case, and tell how many there were; a fault of one hides no other."""
    from goalrules.commands.loading import lines_in, rules_in
    from goalrules.data.json_lines import read_cases
    from goalrules.refusal import GoalrulesError, OutcomeError, fault

    language, count = options.lang, Counter[str]()
    try:
        rules = rules_in(options.rules)
        language = language or rules.language
        if options.period is not None:
            rules.year_of(options.period)  # which refuses what would be a fault of every line
        lines, name = lines_in(options.data)
        cases = (
            (case, OutcomeError(case.faults, language) if case.faults else case.outcomes,
             case.period, case.judgements)
            for case in read_cases(lines, name)
        )  # fmt: skip
        assessed = rules.assess_many(cases, options.period)
        told = _told(assessed, options.form, language, count)
        written = put_lines(told, options.output, language)
    except GoalrulesError as error:
        return refused(error, "", language)
    if written:
        return written
    code = "lines-with-faults" if count["faulty"] else "all-lines-assessed"
    told_at_end = fault(code, name, faulty=count["faulty"], of=count["all"])
    tell(OutcomeError([told_at_end], language).text())
    return FAULTS if count["faulty"] else DONE


def _told(
    assessed: "Iterable[tuple[Case, Assessment | GoalrulesError]]",
    form: str,
    language: Language,
    count: Counter[str],
) -> Iterator[str]:
    """Each case by its line and its key, with what it came to in a form, or its faults; counted."""
    from goalrules.results import Assessment

    for case, found in assessed:
        told: dict[str, object] = {"line": case.line, "key": case.key}
        count["all"] += 1
        if not isinstance(found, Assessment):
            count["faulty"] += 1
            told |= {"faults": [each.to_dict(language) for each in found.diagnostics]}
        elif form == "summary":
            told |= {"summary": found.to_dict("summary")}
        elif form == "assessment":
            told |= {"assessment": found.to_dict()}
        else:
            told |= {"verdicts": found.verdicts()}
        yield json_line(told)
