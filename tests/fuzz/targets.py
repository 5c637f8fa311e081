"""The targets of fuzzing: each takes any bytes, and raises where something undeclared escapes.

Declared are `RuleError` for rules and `OutcomeError` for outcomes and judgements, each with a
text. The readers inside raise nothing: they give rows and faults.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from drawn_outcomes import rule_set
from engine_cases import drawn, judgements, rows_of
from workbooks import HEADINGS, parts_of, written, zipped

import goalrules
from goalrules.data.judgements import read_judgements
from goalrules.data.outcomes import read_outcomes
from goalrules.data.pairs import read_pairs
from goalrules.language.format import format_file
from goalrules.language.parser import parse_file
from goalrules.language.statements import File
from goalrules.report.diagnostics.text import plain_text
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import Source

Target = Callable[[bytes], None]

YEARS = (2024, 2025)
PERIODS = ("", "{}", "{}-02", "T1 {}", "T2 {}", "jan–aug {}", "{}-12")
MOST_TOLD = 10
SMALL = """goalrules 1 en
valid 2025
goal 1 "G"
  indicator a "A"
    target at least 10
  indicator b "B"
    parts as reported
    target all parts reached
  indicator c "C"
    total per year
    target at least 100
  green when at least 2 of 3 green, rest at least yellow
  yellow when at most 1 red
  otherwise red
goal 2 "H"
  same as goal 1
"""
BOOK = written(
    ("Utfall 2025", [["mål", *HEADINGS, "jan"], ["1", "a", None, 0.75], [None, "b", None, "grön"]]),
    ("Prognos", [HEADINGS, ["a", 1]]),
    merged={"A2:A3": ""},
    formats={"D2": "0 %"},
)


def text_of(data: bytes) -> str:
    """Any bytes as a text, in which a surrogate stands for each byte that is no UTF-8."""
    return data.decode("utf-8", "surrogateescape")


# Rules


def rules(data: bytes) -> None:
    """A rule file of any text, and what is found wrong in it over every case."""
    try:
        found = goalrules.loads(text_of(data))
    except goalrules.RuleError as error:
        is_told(error)
        return
    for language in LANGUAGES:
        found.check().text(language)


def rule(data: bytes) -> None:
    """A rule given alone of any text after a line of names, on each level in turn."""
    names, _, text = text_of(data).partition("\n")
    members = tuple(dict.fromkeys(each.strip() for each in names.split(",")))
    try:
        found = goalrules.rule(text, members)
    except goalrules.RuleError as error:
        is_told(error)
        return
    levels = ("green", None, "red", "yellow", "not applicable", "red–yellow")
    outcomes = {name: levels[place % len(levels)] for place, name in enumerate(found.members)}
    try:
        result = found.evaluate(outcomes)
    except goalrules.OutcomeError as error:  # a name that no outcome can have
        is_told(error)
        return
    assert result.verdict in {"met", "not met", "open"}
    for language in LANGUAGES:
        assert result.text(language)


def formatting(data: bytes) -> None:
    """A rule file that can be read is read again as it was, when written in either language."""
    file = file_of(text_of(data))
    if file is None:
        return
    assert file_of(format_file(file)) == file
    [other] = (each for each in LANGUAGES if each != file.language)
    there = file_of(format_file(file, other))
    assert there is not None
    assert file_of(format_file(there, file.language)) == file


def file_of(text: str) -> File | None:
    """The statements of a rule file; None where it has faults."""
    parsed = parse_file(Source("rules", text))
    return None if parsed.diagnostics else parsed.file


# Files


def outcomes(data: bytes) -> None:
    """A file of outcomes, pairs or judgements of any bytes."""
    limit = sys.getrecursionlimit()
    for read in (read_outcomes, read_pairs, read_judgements):
        _, faults = read(data, "fil")
        are_told(faults)
    assert sys.getrecursionlimit() == limit


def workbook(data: bytes) -> None:
    """A workbook in which one part, told by the first byte, holds any bytes."""
    parts = book()
    name = sorted(parts)[data[0] % len(parts) if data else 0]
    outcomes(zipped({**parts, name: data[1:]}))


@cache
def book() -> Mapping[str, bytes]:
    """The parts of a small workbook."""
    return parts_of(BOOK)


# Assessments


class Dice(Random):
    """Dice that fall as the bytes say, and on their first side when there are no more."""

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self._left = iter(data)

    def getrandbits(self, k: int, /) -> int:
        """So many bits of the next bytes."""
        found = 0
        for _ in range(0, k, 8):
            found = found << 8 | next(self._left, 0)
        return found & (1 << k) - 1

    def random(self) -> float:
        """A number from 0 up to 1, of two bytes."""
        return self.getrandbits(16) / 65536


def assess(data: bytes) -> None:
    """Outcomes of one of the plans that are drawn as the bytes say, with judgements of some."""
    dice = Dice(data)
    year = dice.choice(YEARS)
    rules, period = rule_set(year), dice.choice(PERIODS).format(year) or None
    outcomes: Any = drawn(dice, year, by_parts=dice.random() < 0.5)
    if of_year := dice.random() < 0.1:
        outcomes = list(rows_of(dice, year))
    judged: Any = list(judgements(dice, year)) if dice.random() < 0.5 else []
    try:
        if of_year:
            rules.assess_year(outcomes, year, judged).text()
        result = rules.assess(outcomes, period, judged)
    except goalrules.OutcomeError as error:
        is_told(error)
        return
    are_said(result, dice.choice(LANGUAGES))


def given(data: bytes) -> None:
    """Whatever JSON can say, given to Python as outcomes and as judgements."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    for period in ("2025", "2025-03"):
        for arguments in ((value, period), ({"a": 11}, period, value)):
            try:
                result = small().assess(*arguments)
            except goalrules.OutcomeError as error:
                is_told(error)
            else:
                are_said(result, "sv")


def are_said(result: goalrules.Assessment, language: Language) -> None:
    """An assessment has a table and an explanation in a language, and a document."""
    assert result.table(language)
    assert result.text(language)
    assert json.dumps(result.to_dict(), allow_nan=False)


@cache
def small() -> goalrules.RuleSet:
    """A rule file with an indicator of each kind of value."""
    return goalrules.loads(SMALL)


# What is declared


def is_told(error: goalrules.GoalrulesError) -> None:
    """A refusal has a text and a document, and faults that each have a place."""
    assert str(error)
    assert json.dumps(error.to_dict(), allow_nan=False)
    are_told(error.diagnostics)


def are_told(faults: Iterable[Diagnostic]) -> None:
    """Each of the first faults has a text in both languages and a place."""
    for fault in islice(faults, MOST_TOLD):
        assert fault.span.line >= 1
        assert fault.span.column >= 1
        for language in LANGUAGES:
            assert plain_text((fault,), language)


TARGETS: Mapping[str, Target] = {
    each.__name__: each for each in (rules, rule, formatting, outcomes, workbook, assess, given)
}
