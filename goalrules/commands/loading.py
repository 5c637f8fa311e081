"""What several commands load: each file that is named, or standard input for `-`.

Rules as they are in a year, outcomes, judgements and pairs; and the assessment of outcomes.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from attrs import evolve

from goalrules.api import RuleSet, loads
from goalrules.commands.output import DASH, progress_of
from goalrules.data.json_lines import LONGEST_LINE
from goalrules.data.judgements import Found as FoundJudgements
from goalrules.data.judgements import JudgementRow
from goalrules.data.outcome import OutcomeRow, OutcomeRows, ReadRows, files_of
from goalrules.data.read_files import FileRead
from goalrules.data.units import MOST_NAMED, names_unit, units_of
from goalrules.files import (
    STDIN,
    FileFault,
    files_in,
    is_folder,
    read_lines,
    read_stdin,
    read_stdin_lines,
)
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
from goalrules.refusal import FileError, OutcomeError, refuse
from goalrules.refusal import fault as fault_of
from goalrules.results import Assessment
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact
from goalrules.text.languages import DEFAULT_LANGUAGE
from goalrules.text.names import folded

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


def outcomes_in(  # noqa: PLR0913 - what is read, and how it may be
    paths: Iterable[str],
    year: int | None,
    where: Iterable[tuple[str, str]] = (),
    unit: str = "",
    *,
    each_unit: bool = False,
    units: Iterable[str] = (),
    note: str | None = None,
    made_by: Iterable[str] = (),
) -> ReadRows:
    """The rows of files of outcomes, and of those in folders, and what is wrong with others.

    `where` are the columns that rows are chosen by, each with the value that it has to have, and
    `unit` the one whose rows are taken, where one is named; `each_unit` says that each is judged,
    and `units` that these are there. `note` is a file that says how the outcomes are read.
    `made_by` are the rule files that assessments of other plans should be made by.

    A file that says no unit is read once more where its name is that of a unit of the others.
    """
    named, beside = _files_of(paths)
    given = [_given(path, MOST_BYTES_OF_DATA) for path in named]
    texts, chosen = [rules_in(each).sha256 for each in made_by], dict(where)

    def read(at: int, known: Collection[str]) -> ReadRows:
        with progress_of(named[at]) as progress:
            return rows_and_faults(
                given[at][0],
                year,
                progress,
                name=given[at][1],
                where=chosen,
                unit=unit,
                each_unit=each_unit,
                units=known,
                note=note,
                made_by=texts,
            )

    asked = tuple(filter(None, (unit, *units)))
    found = [read(at, asked) for at in range(len(named))]
    tables = [table for rows, _ in found for file in rows.files for table in file.tables]
    known = (*asked, *dict.fromkeys(unit for each in tables for unit in (*each.units, *each.left)))
    for at in [at for at, (rows, _) in enumerate(found) if names_unit(rows.files, known)]:
        found[at] = read(at, known)
    faults = [each for _, own in found for each in own]
    if len(known) > len(asked):
        silent = {"no-units": "file-without-unit"}
        faults = [evolve(each, code=silent.get(each.code, each.code)) for each in faults]
    without = [each for each in faults if each.code == "no-such-unit"]
    if len(without) < len(found):  # a unit need not be in each file
        faults = [each for each in faults if each not in without]
    every = chain.from_iterable(rows for rows, _ in found)
    return OutcomeRows(every, (*(e for rows, _ in found for e in rows.files), *beside)), (*faults,)


def _files_of(paths: Iterable[str]) -> tuple[list[str], list[FileRead]]:
    """The files that are named, those of folders in their place, and what in these is not read."""
    named: list[str] = []
    beside: list[FileRead] = []
    for path in paths:
        if path == DASH or not is_folder(path):
            named.append(path)
            continue
        try:
            found = [*files_in(path)]
        except FileFault as fault:
            raise error_of(fault, path, DEFAULT_LANGUAGE) from fault
        own = [each for each, reason in found if not reason]
        if not own:
            raise FileError([fault_of("no-data-files", path)], DEFAULT_LANGUAGE)
        named += own
        beside += [FileRead(each, "", unread=reason) for each, reason in found if reason]
    return named, beside


def judgements_in(path: str | None) -> FoundJudgements:
    """The rows of a file of judgements, none without one, and what is wrong with others."""
    if path is None:
        return (), ()
    given, name = _given(path, MOST_BYTES_OF_DATA)
    return judgements_and_faults(given, name=name)


def judgements_of(path: str | None, unit: str) -> FoundJudgements:
    """The same where one assessment is made: those of a unit, or of none where none is named."""
    rows, faults = judgements_in(path)
    units = {folded(each.unit): each.unit for each in rows if each.unit}
    if unit:
        return tuple(e for e in rows if folded(e.unit) in ("", folded(unit))), faults
    if len(units) > 1:
        first, names = next(iter(units)), tuple(units.values())
        other = next(each for each in rows if each.unit and folded(each.unit) != first)
        facts: dict[str, DiagnosticFact] = {"number": len(names), "choice": names[0]}
        facts["found"] = names[:MOST_NAMED]
        return (), (*faults, other.fault("several-units", "unit", **facts))
    return rows, faults


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
    rows, faults = outcomes_in(paths, year, where, unit, note=note, made_by=made_by)
    decided, others = judgements_of(judgements, unit)
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
