"""The command `goalrules`: results on standard output, messages on standard error.

Exit codes: 0 done; 1 the rules or the data have faults; 2 wrong usage; 74 what was asked for
could not be written; 130 interrupted. What is not needed is not imported.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn

from goalrules.commands.output import DONE, INTERRUPTED, put, tell
from goalrules.commands.usage import COMMANDS

INPUTS = ("rules", "outcomes", "old", "new", "map", "judgements")
"""The arguments that name files which are read."""

STOPPED = "goalrules: avbrutet (interrupted)"

DESCRIPTION = """\
Evaluate the written rule by which a public body judges its goals, and explain the verdict.
Bedöm mål enligt en skriven regel, och förklara bedömningen.

goalrules assess RULES OUTCOMES     what the rules in a file come to on a file of outcomes
goalrules assess REGLER UTFALL      vad reglerna i en fil ger för utfallen i en annan
goalrules check RULES               what is wrong with the rules in a file
goalrules check REGLER              vad som är fel med reglerna i en fil
goalrules diff OLD NEW              what changed between two rule files
goalrules diff GAMLA NYA            vad som har ändrats mellan två regelfiler
goalrules gap RULES OUTCOMES        what is missing for a level, and what can be lost
goalrules gap REGLER UTFALL         vad som saknas för en nivå, och vad som kan gå förlorat
goalrules year RULES OUTCOMES       each goal month by month through a year, and why it changed
goalrules year REGLER UTFALL        varje mål månad för månad under året, och varför det ändrades
goalrules template RULES -o FILE    a workbook (.xlsx) in which the outcomes are filled in
goalrules template REGLER -o FIL    en arbetsbok (.xlsx) att fylla i utfallen i
goalrules schema                    the JSON Schema of what --format json writes
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
    command = import_module(f"goalrules.commands.{options.command}")
    run: Callable[[argparse.Namespace], int] = command.run
    return run(options)


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
        from goalrules.report.diagnostics.source_line import shown  # noqa: PLC0415 - only when needed

        super().error(shown(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="goalrules",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, (purpose, add_arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, allow_abbrev=False)
        add_arguments(command)
        command.set_defaults(command=name)
    return parser


def _speak_utf8() -> None:
    """The same bytes in every locale, and a sign for what is no character."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")  # type: ignore[union-attr]
