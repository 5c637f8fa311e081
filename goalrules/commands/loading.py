"""What several commands load: each file that is named, or standard input for `-`.

Rules as they are in a year, outcomes, judgements and pairs; and the assessment of outcomes.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from goalrules.api import RuleSet, loads
from goalrules.commands.output import DASH, progress_of
from goalrules.data.json_lines import LONGEST_LINE
from goalrules.data.judgements import Found as FoundJudgements
from goalrules.data.judgements import JudgementRow
from goalrules.data.outcome import OutcomeRow, OutcomeRows, ReadRows, files_of
from goalrules.data.units import units_of
from goalrules.files import STDIN, FileFault, read_lines, read_stdin, read_stdin_lines
from goalrules.reading import (
    MOST_BYTES,
    MOST_BYTES_OF_DATA,
    Input,
    error_of,
    judgements_and_faults,
    read_pairs,
    read_rules,
    rows_and_faults,
)
from goalrules.refusal import OutcomeError, refuse
from goalrules.results import Assessment
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.languages import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from goalrules.data.pairs import Pair


def rules_in(path: str, year: int | None = None) -> RuleSet:
    """The rules in a file, as they are in a year if one is named."""
    name, text = rules_given(path)
    rules = loads(text, name)
    return rules if year is None else rules.in_year(year)


def rules_given(path: str) -> tuple[str, str]:
    """The name of a rule file in messages, and its text."""
    given, name = _given(path, MOST_BYTES)
    return read_rules(given, name)


def outcomes_in(  # noqa: PLR0913 - what is read, and how
    path: str,
    year: int | None,
    where: Iterable[tuple[str, str]] = (),
    unit: str = "",
    *,
    each_unit: bool = False,
    note: str | None = None,
    made_by: Collection[str] = (),
) -> ReadRows:
    """The rows of a file of outcomes, and what is wrong with others.

    `where` are the columns that rows are chosen by, each with the value that it has to have, and
    `unit` the one whose rows are taken, where one is named; `each_unit` says that each is judged.
    `note` is a file that says how the outcomes are read.
    `made_by` are the SHA-256 of the rule files that assessments of other plans should be made by.
    """
    given, name = _given(path, MOST_BYTES_OF_DATA)
    with progress_of(path) as progress:
        return rows_and_faults(
            given,
            year,
            progress,
            name=name,
            where=dict(where),
            unit=unit,
            each_unit=each_unit,
            note=note,
            made_by=made_by,
        )


def all_outcomes_in(  # noqa: PLR0913 - what is read, and how it may be
    paths: Iterable[str],
    year: int | None,
    where: Iterable[tuple[str, str]] = (),
    unit: str = "",
    *,
    made_by: Iterable[str] = (),
    note: str | None = None,
) -> tuple[OutcomeRows, tuple[Diagnostic, ...]]:
    """The same of several files; `made_by` are the rule files themselves."""
    rows, faults, texts = OutcomeRows(), list[Diagnostic](), [rules_in(e).sha256 for e in made_by]
    for path in paths:
        own, wrong = outcomes_in(path, year, where, unit, note=note, made_by=texts)
        rows, faults = rows + own, [*faults, *wrong]
    return rows, tuple(faults)


def judgements_in(path: str | None) -> FoundJudgements:
    """The rows of a file of judgements, none without one, and what is wrong with others."""
    if path is None:
        return (), ()
    given, name = _given(path, MOST_BYTES_OF_DATA)
    return judgements_and_faults(given, name=name)


def pairs_in(path: str | None) -> "tuple[Pair, ...]":
    """What is what in two rule files by a file of pairs, none without one."""
    if path is None:
        return ()
    given, name = _given(path, MOST_BYTES)
    return read_pairs(given, name=name)


def lines_in(path: str) -> tuple[Iterator[bytes | None], str]:
    """The lines of a file one by one, None for one that is too long, and its name in messages."""
    name = STDIN if path == DASH else path
    read = read_stdin_lines(LONGEST_LINE) if path == DASH else read_lines(path, LONGEST_LINE)

    def lines() -> Iterator[bytes | None]:
        try:
            yield from read
        except FileFault as fault:
            raise error_of(fault, name, DEFAULT_LANGUAGE) from fault

    return lines(), name


def _given(path: str, most: int) -> tuple[Input, str]:
    """A file that is named, or the bytes of standard input, and its name in messages."""
    if path != DASH:
        return path, path
    try:
        return read_stdin(most), STDIN
    except FileFault as fault:
        raise error_of(fault, STDIN, DEFAULT_LANGUAGE) from fault


def assessment(  # noqa: PLR0913, PLR0917 - what is assessed, and how
    rules: RuleSet,
    paths: Iterable[str],
    period: str | None,
    judgements: str | None = None,
    where: Iterable[tuple[str, str]] = (),
    unit: str = "",
    *,
    note: str | None = None,
    strict: bool = False,
    made_by: Iterable[str] = (),
) -> Assessment:
    """The assessment of files, and of one of judgements; its error tells every fault of them."""
    year = rules.year_of(period)
    rows, faults = all_outcomes_in(paths, year, where, unit, made_by=made_by, note=note)
    decided, others = judgements_in(judgements)
    several = rules.judges_units and len(units_of(rows, files_of(rows))) > 1
    if several and not (faults or others or decided):
        found = rules.assess_units(rows, period, strict=strict)
        wrong = [each for error in found.errors.values() for each in error.diagnostics]
        refuse(OutcomeError, wrong, rules.language)
        if found.together:
            return found.together
    if not (faults or others):
        return rules.assess(rows, period, decided, strict=strict)
    every = (*faults, *others, *_faults_of_rest(rules, rows, period, decided))
    sheets = list(dict.fromkeys((each.file, each.sheet) for each in every))
    in_order = sorted(
        every,
        key=lambda each: (sheets.index((each.file, each.sheet)), each.span.line, each.span.column),
    )
    raise OutcomeError(in_order, rules.language)


def _faults_of_rest(
    rules: RuleSet,
    rows: Iterable[OutcomeRow],
    period: str | None,
    judgements: Iterable[JudgementRow],
) -> tuple[Diagnostic, ...]:
    """What the rules find wrong with those rows of faulty files that can be read."""
    try:
        rules.assess(rows, period, judgements)
    except OutcomeError as error:
        return error.diagnostics
    return ()
