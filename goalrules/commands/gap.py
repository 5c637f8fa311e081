"""`goalrules gap`: what is missing for a level, what can be lost, and what to find out first."""

import argparse
from typing import TYPE_CHECKING

from goalrules.commands.output import DONE, FAULTS, put_answer, refused, tell_error
from goalrules.commands.usage import (
    GOALS,
    JUDGEMENTS,
    MADE_BY,
    NOTE,
    OUTCOMES,
    PERIOD,
    RULES,
    UNIT,
    WHERE,
    Command,
    Usage,
    argument,
    output,
)
from goalrules.text.languages import Language

if TYPE_CHECKING:
    from decimal import Decimal


def _cost(text: str) -> tuple[str, str]:
    name, equals, number = text.rpartition("=")
    if not (name.strip() and equals):
        raise argparse.ArgumentTypeError(f"no NAME=NUMBER: {text!r}")
    return name.strip(), number.strip()


def _depth(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"no whole number from 1 up: {text!r}")
    return int(text)


COMMAND = Command(
    help="find what is missing for a level, and what can be lost",
    overview=(
        Usage("RULES OUTCOMES", "what is missing for a level, and what can be lost"),
        Usage("REGLER UTFALL", "vad som saknas för en nivå, och vad som kan gå förlorat"),
    ),
    arguments=(
        RULES,
        OUTCOMES,
        PERIOD,
        WHERE,
        NOTE,
        MADE_BY,
        UNIT,
        GOALS,
        JUDGEMENTS,
        argument(
            "--to", metavar="LEVEL", default="", help="default: that from which the goal is met"
        ),
        argument(
            "--locked", metavar="NAME", action="append", default=[],
            help="an indicator or a goal that cannot change (may be repeated)",
        ),
        argument(
            "--cost", metavar="NAME=NUMBER", action="append", default=[], type=_cost,
            help="what it costs to raise it by one level; 1 for those not named (may be repeated)",
        ),
        argument(
            "--depth", metavar="N", type=_depth, default=1,
            help="how deep to go, from goals down to indicators (default: 1)",
        ),
        *output("text", "json"),
    ),
    document="answers.result:GapReport",
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the answers about every goal, or tell what is wrong with what they are made of.

    A goal about which nothing can be said within the budget keeps none of the others from theirs.
    """
    from attrs import evolve

    from goalrules.commands.loading import assessment, rules_in
    from goalrules.refusal import GoalrulesError, LimitError
    from goalrules.report.explain.table import lines_below
    from goalrules.report.wording import wording
    from goalrules.text.diagnostics import Diagnostic

    language = options.lang
    try:
        rules = rules_in(options.rules)
        language = language or rules.language
        found = assessment(
            rules,
            options.outcomes,
            options.period,
            options.judgements,
            options.where,
            options.unit,
            note=options.note,
            made_by=options.made_by,
        )
        costs = _costs(options.cost, rules.language)
        gap = found.only(options.goal).gap(options.to, options.locked, costs, options.depth)
    except GoalrulesError as error:
        return refused(error, options.format, language)
    trace = evolve(gap.trace.assessment, account=found.inputs)
    below = lines_below(trace, wording(language, trace.called))
    beside = "\n".join([*below, ""]) if below else ""
    written = put_answer(gap, options, language, beside)
    over_budget = [
        Diagnostic(
            "over-budget", options.rules, each.goal.span, "",
            {"text": each.goal.id, "limit": each.limit},
        )
        for each in gap.refused
    ]  # fmt: skip
    if over_budget:
        tell_error(LimitError(over_budget, language), options.format, language)
    return written or (FAULTS if over_budget else DONE)


def _costs(given: list[tuple[str, str]], language: Language) -> "dict[str, Decimal]":
    """The costs as they are written, by name; `OutcomeError` for those that are no numbers."""
    from goalrules.refusal import OutcomeError, fault, refuse
    from goalrules.text.numbers import read_number

    numbers = {name: read_number(text) for name, text in given}
    unread = [
        fault("bad-cost", "--cost", text=name, number=text)
        for name, text in given
        if numbers[name] is None
    ]
    refuse(OutcomeError, unread, language)
    return {name: number for name, number in numbers.items() if number is not None}
