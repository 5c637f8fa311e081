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

from goalrules.commands.output import DONE, INTERRUPTED, put, tell
from goalrules.commands.usage import COMMANDS, VERSIONS, declared, overview, runner

INPUTS = ("rules", "outcomes", "old", "new", "map", "judgements")
"""The arguments that name files which are read."""

STOPPED = "goalrules: avbrutet (interrupted)"

DESCRIPTION = """\
Evaluate the written rule by which a public body judges its goals, and explain the verdict.
Bedöm mål enligt en skriven regel, och förklara bedömningen.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with its arguments, and return the exit code."""
    _speak_utf8()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        tell(STOPPED)
        return INTERRUPTED


def _run(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
        _spare_inputs(options, parser)
    except SystemExit as said:  # the parser has shown the help, or what is wrong with the usage
        return put("", None, "en") or int(said.code or DONE)
    return runner(options.command)(options)


def _spare_inputs(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Refuse to write over a file that is read."""
    given = vars(options)
    output = given.get("output")
    for name in INPUTS:
        if output and given.get(name) and os.path.realpath(given[name]) == os.path.realpath(output):
            parser.error(f"argument -o: {output} is read, and would be overwritten")


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
