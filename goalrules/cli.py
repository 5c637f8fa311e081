"""The command `goalrules`: results on standard output, messages on standard error.

Exit codes: 0 done; 1 the rules or the data have faults; 2 wrong usage; 74 what was asked for
could not be written; 130 interrupted. What is not needed is not imported.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from goalrules.commands.output import DASH, DONE, INTERRUPTED, put, tell
from goalrules.commands.usage import COMMANDS, VERSIONS, declared, overview, runner

INPUTS = ("rules", "outcomes", "old", "new", "map", "judgements", "data", "files", "made_by")
"""The arguments that name files which are read."""

STOPPED = "goalrules: avbrutet (interrupted)"

DESCRIPTION = """\
Evaluate the written rule by which a public body judges its goals, and explain the verdict.
Bedöm mål enligt en skriven regel, och förklara bedömningen.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with its arguments, and return the exit code."""
    try:
        _speak_utf8()
        return _run(arguments)
    except KeyboardInterrupt:
        tell(STOPPED)
        return INTERRUPTED


def _run(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
        if wrong := declared(options.command).wrong(options):
            parser.error(wrong)
        _look_at_files(options, parser)
    except SystemExit as said:  # the parser has shown the help, or what is wrong with the usage
        return put("", None, "en") or int(said.code or DONE)
    return runner(options.command)(options)


def _look_at_files(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Take `-o -` for standard output; refuse to read `-` twice, or to write over what is read.

    What is written into a folder that is read would be read the next time.
    """
    given = vars(options)
    if given.get("output") == DASH:
        options.output = None
    output, read = given.get("output"), list[str]()
    for name in INPUTS:
        named = given.get(name) or ()
        read += [named] if isinstance(named, str) else named
    if read.count(DASH) > 1:
        parser.error(f"argument {DASH}: standard input can stand in the place of one file only")
    if not output:
        return
    read_from = {os.path.realpath(each) for each in read if each != DASH}
    if os.path.realpath(output) in read_from:
        parser.error(f"argument -o: {output} is read, and would be overwritten")
    of_outcomes = given.get("outcomes") or ()
    folders = map(os.path.realpath, [of_outcomes] if isinstance(of_outcomes, str) else of_outcomes)
    if os.path.realpath(os.path.split(output)[0] or ".") in folders:
        parser.error(f"argument -o: {output} is in a folder of outcomes, and would be read as such")


class _Parser(argparse.ArgumentParser):
    """A parser of arguments that shows what it was given as plain text."""

    def print_help(self, file: object = None) -> None:  # noqa: ARG002 - always standard output
        """Write the help, and leave with what tells whether it could be written."""
        self.exit(put(self.format_help(), None, "en"))

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the usage, and leave."""
        from goalrules.report.layout import shown  # noqa: PLC0415 - only when needed

        super().error(shown(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="goalrules",
        description=f"{DESCRIPTION}\n{overview()}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=VERSIONS)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in COMMANDS:
        command = declared(name)
        arguments = commands.add_parser(name, help=command.help, allow_abbrev=False)
        for each in command.arguments:
            arguments.add_argument(*each.names, **each.options)
        arguments.set_defaults(command=name)
    return parser


def _speak_utf8() -> None:
    """The same bytes in every locale, and a sign for what is no character."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
