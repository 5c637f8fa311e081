"""What a command declares: its arguments, its purpose, and the document that it writes as JSON.

Each module of this folder that `COMMANDS` names holds one `COMMAND`, from which the help, the
overview and the reading of arguments follow, and `run`, which does it. What `run` needs is
imported when it runs, so that asking for help stays cheap.
"""

import argparse
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from goalrules.text.languages import LANGUAGES
from goalrules.versions import ENGINE, RULE_LANGUAGES

_READ = ", ".join(RULE_LANGUAGES)
VERSIONS = f"goalrules {ENGINE}, rule language {_READ} (regelspråk {_READ})"
"""What `goalrules --version` says; a rule file names its version of the language at its top."""

COMMANDS = (
    "assess", "check", "check-data", "diff", "gap", "influence", "units", "year", "schema",
    "template", "batch",
)  # fmt: skip
"""The commands, in the order in which `--help` lists them."""


class Argument(NamedTuple):
    """One argument of a command, as `add_argument` takes it."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


class Usage(NamedTuple):
    """How a command is given in the overview, in one language, and what is got by it."""

    given: str
    purpose: str


class Command(NamedTuple):
    """A command. Its document is the class that it writes as JSON, as `module:name`."""

    help: str
    overview: tuple[Usage, ...]
    arguments: tuple[Argument, ...]
    document: str = ""


OF_VERSIONS = (
    Usage("--version", "the versions of goalrules and of the rule language"),
    Usage("--version", "versionerna av goalrules och av regelspråket"),
)


def declared(name: str) -> Command:
    """What a command declares."""
    command: Command = _module(name).COMMAND
    return command


def runner(name: str) -> Callable[[argparse.Namespace], int]:
    """What runs a command and gives its exit code."""
    run: Callable[[argparse.Namespace], int] = _module(name).run
    return run


def _module(name: str) -> ModuleType:
    """The module of a command, which has an underscore where the command has a hyphen."""
    return import_module(f"goalrules.commands.{name.replace('-', '_')}")


def overview() -> str:
    """Every command with what it is for, in English and in Swedish."""
    rows = [(f"goalrules {name} {each.given}".rstrip(), each.purpose)
            for name in COMMANDS for each in declared(name).overview]  # fmt: skip
    rows += [(f"goalrules {each.given}", each.purpose) for each in OF_VERSIONS]
    width = max(len(given) for given, _ in rows)
    return "\n".join(f"{given:<{width}}  {purpose}" for given, purpose in rows)


# Arguments that several commands have


def argument(*names: str, **options: object) -> Argument:
    """An argument, by its names and what `add_argument` takes."""
    return Argument(names, options)


RULES = argument("rules", metavar="RULES", help="the rule file; - for standard input")
OUTCOMES = argument(
    "outcomes", metavar="OUTCOMES",
    help="the outcomes, as CSV, XLSX or JSON; - for standard input",
)  # fmt: skip
ALL_OUTCOMES = argument(
    "outcomes", metavar="OUTCOMES", nargs="+",
    help="files of outcomes, as CSV, XLSX or JSON, or assessments of other plans whose goals are"
    " members here, as assess --format json writes them; - for standard input",
)  # fmt: skip
PERIOD = argument(
    "--period", metavar="P", help="2025, 2025-03, T1 2025 (default: the plan's own year)"
)


def _column_and_value(text: str) -> tuple[str, str]:
    column, _, value = (each.strip() for each in text.partition("="))
    if not (column and value):
        raise argparse.ArgumentTypeError(f"no COLUMN=VALUE: {text!r}")
    return column, value


WHERE = argument(
    "--where", metavar="COLUMN=VALUE", action="append", default=[], type=_column_and_value,
    help="only rows of the outcome file with this value in that column (may be repeated)",
)  # fmt: skip
NOTE = argument(
    "--note", metavar="FILE",
    help="how the outcomes are read: headings, rows and sheets (default: OUTCOMES.toml, if any)",
)  # fmt: skip
UNIT = argument(
    "--unit", "--enhet", metavar="UNIT", default="",
    help="only the rows of this unit, where the outcomes are of several",
)  # fmt: skip
GOALS = argument(
    "--goal", metavar="G", action="append", default=[], help="only this goal (may be repeated)"
)
JUDGEMENTS = argument(
    "--judgements", metavar="FILE",
    help="what was decided of goals and indicators beside the rules, as CSV, XLSX or JSON",
)  # fmt: skip
MADE_BY = argument(
    "--made-by", metavar="RULES", action="append", default=[],
    help="the rule file that an assessment of another plan should be made by; one by another text"
    " is told (may be repeated)",
)  # fmt: skip
INPUTS = argument(
    "--inputs", action="store_true",
    help="what of every file and row was used, what not, and why, below the rest; in JSON always",
)  # fmt: skip
STRICT = argument(
    "--strict", action="store_true",
    help="refuse columns and sheets that are not read, and rows that are not used",
)  # fmt: skip
LANGUAGE = argument("--lang", choices=LANGUAGES, help="default: that of the rule file")


def output(*formats: str) -> tuple[Argument, ...]:
    """In which form, in which language and where a result is written; the first form is usual."""
    return (
        argument("--format", choices=formats, default=formats[0]),
        LANGUAGE,
        argument(
            "-o", dest="output", metavar="FILE",
            help="write to a file, whole or not at all; - for standard output",
        ),
    )  # fmt: skip
