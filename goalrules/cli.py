"""The command `goalrules`: results on standard output, messages on standard error.

Exit codes: 0 done; 1 the rules or the data have faults; 2 wrong usage; 74 what was asked for
could not be written; 130 interrupted. What is not needed is not imported.
"""

import argparse
import contextlib
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn, TextIO

if TYPE_CHECKING:
    from goalrules.api import RuleSet
    from goalrules.results import Assessment
    from goalrules.text.diagnostics import Diagnostic, GoalrulesError

DONE, FAULTS, USAGE, NOT_WRITTEN, INTERRUPTED = 0, 1, 2, 74, 130

STDOUT = "stdout"
STOPPED = "goalrules: avbrutet (interrupted)"

DESCRIPTION = """\
Evaluate the written rule by which a public body judges its goals, and explain the verdict.
Bedöm mål enligt en skriven regel, och förklara bedömningen.

goalrules assess RULES OUTCOMES     what the rules in a file come to on a file of outcomes
goalrules assess REGLER UTFALL      vad reglerna i en fil ger för utfallen i en annan
goalrules schema                    the JSON Schema of what --format json writes
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with its arguments, and return the exit code."""
    _speak_utf8()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        _tell(STOPPED)
        return INTERRUPTED


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as said:  # the parser has shown the help, or what is wrong with the usage
        return _put("", None, "en") or int(said.code or DONE)
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


class _Parser(argparse.ArgumentParser):
    """A parser of arguments that shows what it was given as plain text."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the usage, and leave."""
        from goalrules.report.source_line import shown  # noqa: PLC0415 - only when needed

        super().error(shown(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="goalrules",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_assess(
        commands.add_parser(
            "assess", help="assess outcomes by the rules of a file", allow_abbrev=False
        )
    )
    schema = commands.add_parser("schema", help="print the JSON Schema of an assessment")
    schema.set_defaults(run=_schema)
    return parser


def _add_assess(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rules", metavar="RULES", help="the rule file")
    parser.add_argument("outcomes", metavar="OUTCOMES", help="the outcomes, as CSV")
    parser.add_argument(
        "--period", metavar="P", help="2025, 2025-03, T1 2025 (default: the plan's own year)"
    )
    parser.add_argument(
        "--goal", metavar="G", action="append", default=[], help="only this goal (may be repeated)"
    )
    parser.add_argument("--format", choices=("table", "tree", "json"), default="table")
    parser.add_argument("--lang", choices=("sv", "en"), help="default: that of the rule file")
    parser.add_argument(
        "-o", dest="output", metavar="FILE", help="write to a file, whole or not at all"
    )
    parser.set_defaults(run=_assess)


def _assess(options: argparse.Namespace) -> int:
    from goalrules.api import load  # noqa: PLC0415 - only when needed
    from goalrules.text.diagnostics import GoalrulesError  # noqa: PLC0415 - as above

    language = options.lang
    try:
        rules = load(options.rules)
        language = language or rules.language
        result = _assessment(rules, options.outcomes, options.period).only(options.goal)
        text = _rendered(result, options.format, language)
    except GoalrulesError as error:
        return _refused(error, language)
    return _put(text, options.output, language)


def _assessment(rules: "RuleSet", path: str, period: str | None) -> "Assessment":
    """The assessment of a file; its error tells every fault of the file at once."""
    from goalrules.api import read_outcomes  # noqa: PLC0415 - only when needed
    from goalrules.text.diagnostics import OutcomeError  # noqa: PLC0415 - as above

    try:
        rows = read_outcomes(path)
    except OutcomeError as unread:
        faults = (*unread.diagnostics, *_faults_of_rest(rules, path, period))
        in_order = sorted(faults, key=lambda each: (each.span.line, each.span.column))
        raise OutcomeError(in_order, "", rules.language) from unread
    return rules.assess(rows, period)


def _faults_of_rest(rules: "RuleSet", path: str, period: str | None) -> "tuple[Diagnostic, ...]":
    """What the rules find wrong with those rows of a faulty file that can be read."""
    from goalrules.api import MOST_BYTES_OF_DATA  # noqa: PLC0415 - only when needed
    from goalrules.data.csv_rows import read_csv  # noqa: PLC0415 - as above
    from goalrules.files import FileFault, read_bytes  # noqa: PLC0415 - as above
    from goalrules.text.diagnostics import OutcomeError  # noqa: PLC0415 - as above

    try:
        rules.assess(read_csv(read_bytes(path, MOST_BYTES_OF_DATA), path)[0], period)
    except FileFault:
        return ()
    except OutcomeError as error:
        return error.diagnostics
    return ()


def _refused(error: "GoalrulesError", language: str | None) -> int:
    from goalrules.report.diagnostic import plain_text  # noqa: PLC0415 - only when needed

    texts = plain_text(error.diagnostics, language or error.language, error.language)
    _tell(texts)
    return FAULTS


def _rendered(result: "Assessment", format_: str, language: str) -> str:
    match format_:
        case "json":
            return _json(result.to_dict())
        case "tree":
            return _plain(result.tree(language))
        case _:
            return _plain(result.table(language))


def _plain(text: str) -> str:
    """The text with a sign in the place of each character that steers a terminal."""
    from goalrules.report.source_line import shown  # noqa: PLC0415 - only when needed

    return "\n".join(map(shown, text.split("\n")))


def _json(document: object) -> str:
    """The document as JSON, with an escape for each character that steers a terminal."""
    from goalrules.text.source import UNSEEN  # noqa: PLC0415 - only when needed

    text = json.dumps(document, ensure_ascii=False, indent=2)
    steers = re.compile(f"{UNSEEN.pattern}|[\x85\u2028\u2029\ud800-\udfff]")
    return steers.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n"


def _schema(_: argparse.Namespace) -> int:
    from goalrules.report.schema import assessment_schema  # noqa: PLC0415 - only when needed

    return _put(_json(assessment_schema()), None, "en")


def _put(text: str, output: str | None, language: str) -> int:
    """Write the result to standard output, or whole to a file."""
    if output is None:
        return _print(text, language)
    from goalrules.files import FileFault, write_whole  # noqa: PLC0415 - only when needed

    try:
        write_whole(output, text)
    except FileFault as fault:
        return _unwritten(fault.code, output, language)
    return DONE


def _print(text: str, language: str) -> int:
    """Write to standard output; if nobody reads on, as after `| head`, there is nobody to tell."""
    if sys.stdout is None:
        return _unwritten("not-writable", STDOUT, language)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as fault:
        _let_go(sys.stdout)
        nobody_reads = isinstance(fault, BrokenPipeError)
        return NOT_WRITTEN if nobody_reads else _unwritten("not-writable", STDOUT, language)
    return DONE


def _unwritten(code: str, file: str, language: str) -> int:
    from goalrules.report.diagnostic import plain_text  # noqa: PLC0415 - only when needed
    from goalrules.text.diagnostics import Diagnostic  # noqa: PLC0415 - as above
    from goalrules.text.source import NOWHERE  # noqa: PLC0415 - as above

    _tell(plain_text([Diagnostic(code, file, NOWHERE, "", {"file": file})], language))
    return NOT_WRITTEN


def _tell(message: str) -> None:
    """Write a message to standard error, where there is one that takes it."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"{message}\n")
            sys.stderr.flush()


def _speak_utf8() -> None:
    """The same bytes in every locale, and a sign for what is no character."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]


def _let_go(stream: TextIO) -> None:
    """Let the interpreter's last flush go nowhere, since it could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
