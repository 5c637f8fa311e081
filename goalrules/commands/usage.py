"""The arguments of each command, in the order in which `--help` lists them."""

import argparse
from collections.abc import Callable, Mapping


def _assess(parser: argparse.ArgumentParser) -> None:
    _rules_and_outcomes(parser)
    _judgements(parser)
    _output(parser, "table", "tree", "json")


def _influence(parser: argparse.ArgumentParser) -> None:
    _rules(parser)
    parser.add_argument(
        "--year", metavar="YEAR", type=int, help="the rules of this year (default: the first)"
    )
    _goals(parser)
    _output(parser, "text", "json")


def _check(parser: argparse.ArgumentParser) -> None:
    _rules(parser)
    _goals(parser)
    _output(parser, "text", "json")


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="the rule file before")
    parser.add_argument("new", metavar="NEW", help="the rule file after")
    parser.add_argument(
        "--map", metavar="FILE", help="what is what in the two, as a table with headings old;new"
    )
    parser.add_argument(
        "--outcomes", metavar="FILE", help="outcomes for OLD, on which NEW is tried as well"
    )
    _period(parser)
    for side in ("old", "new"):
        parser.add_argument(
            f"--{side}-year", metavar="YEAR", type=int,
            help=f"{side.upper()} by its rules of this year (default: the first)",
        )  # fmt: skip
    parser.add_argument(
        "--exit-code", action="store_true", help="exit with 1 if anything has changed"
    )
    _goals(parser)
    _output(parser, "text", "md", "json")


def _gap(parser: argparse.ArgumentParser) -> None:
    _rules_and_outcomes(parser)
    _judgements(parser)
    parser.add_argument(
        "--to", metavar="LEVEL", default="", help="default: that from which the goal is met"
    )
    parser.add_argument(
        "--locked", metavar="NAME", action="append", default=[],
        help="an indicator or a goal that cannot change (may be repeated)",
    )  # fmt: skip
    parser.add_argument(
        "--cost", metavar="NAME=NUMBER", action="append", default=[], type=_cost,
        help="what it costs to raise it by one level; 1 for those not named (may be repeated)",
    )  # fmt: skip
    parser.add_argument(
        "--depth", metavar="N", type=_depth, default=1,
        help="how deep to go, from goals down to indicators (default: 1)",
    )  # fmt: skip
    _output(parser, "text", "json")


def _year(parser: argparse.ArgumentParser) -> None:
    _rules(parser)
    parser.add_argument("outcomes", metavar="OUTCOMES", help="the outcomes: CSV, XLSX or JSON")
    parser.add_argument(
        "--year", metavar="YEAR", type=int, help="default: the plan's own first year"
    )
    _judgements(parser)
    _goals(parser)
    _output(parser, "text", "json")


def _template(parser: argparse.ArgumentParser) -> None:
    _rules(parser)
    parser.add_argument(
        "--period", metavar="P", help="a period of the year that is meant (default: the plan's own)"
    )
    parser.add_argument("--lang", choices=("sv", "en"), help="default: that of the rule file")
    parser.add_argument(
        "-o", dest="output", metavar="FILE", required=True, type=_workbook,
        help="the workbook to write: the name of a new file that ends in .xlsx",
    )  # fmt: skip


def _cost(text: str) -> tuple[str, str]:
    name, equals, number = text.rpartition("=")
    if not (name.strip() and equals):
        raise argparse.ArgumentTypeError(f"no NAME=NUMBER: {text!r}")
    return name.strip(), number.strip()


def _depth(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"no whole number from 1 up: {text!r}")
    return int(text)


def _workbook(text: str) -> str:
    if not text.lower().endswith(".xlsx"):
        raise argparse.ArgumentTypeError(f"the name of a workbook ends in .xlsx: {text!r}")
    return text


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "document", nargs="?", choices=tuple(DOCUMENTS), default="assess", metavar="COMMAND",
        help="the command that writes the document (default: assess)",
    )  # fmt: skip


def _rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rules", metavar="RULES", help="the rule file")


def _rules_and_outcomes(parser: argparse.ArgumentParser) -> None:
    _rules(parser)
    parser.add_argument("outcomes", metavar="OUTCOMES", help="the outcomes, as CSV, XLSX or JSON")
    _period(parser)
    _goals(parser)


def _judgements(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--judgements", metavar="FILE",
        help="what was decided of goals and indicators beside the rules, as CSV, XLSX or JSON",
    )  # fmt: skip


def _period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--period", metavar="P", help="2025, 2025-03, T1 2025 (default: the plan's own year)"
    )


def _goals(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--goal", metavar="G", action="append", default=[], help="only this goal (may be repeated)"
    )


def _output(parser: argparse.ArgumentParser, *formats: str) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0])
    parser.add_argument("--lang", choices=("sv", "en"), help="default: that of the rule file")
    parser.add_argument(
        "-o", dest="output", metavar="FILE", help="write to a file, whole or not at all"
    )


COMMANDS: Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "assess": ("assess outcomes by the rules of a file", _assess),
    "check": ("find what is wrong with the rules in a file", _check),
    "diff": ("say what changed between two rule files", _diff),
    "gap": ("find what is missing for a level, and what can be lost", _gap),
    "influence": ("count in how many possible outcomes each indicator decides", _influence),
    "year": ("assess every month of a year, and say why goals changed", _year),
    "schema": ("print the JSON Schema of what a command writes as JSON", _schema),
    "template": ("write a workbook in which the outcomes are filled in", _template),
}
"""What each command is for, and what adds its arguments; `goalrules.commands` runs it."""

DOCUMENTS: Mapping[str, tuple[str, str]] = {
    "assess": ("assess.result", "AssessmentTrace"),
    "check": ("lint.result", "LintReport"),
    "diff": ("compare.result", "Differences"),
    "gap": ("answers.result", "GapReport"),
    "influence": ("answers.influence_result", "InfluenceReport"),
    "year": ("assess.year_result", "YearTrace"),
}
"""The class of the document that a command writes as JSON: its module in goalrules, its name."""
