"""The files that Python names: rules, outcomes, judgements and pairs, read within their limits."""

import os
from collections.abc import Iterable

from goalrules.bounded import bounded
from goalrules.data.judgements import Found as FoundJudgements
from goalrules.data.judgements import JudgementRow
from goalrules.data.judgements import read_judgements as judgements_in
from goalrules.data.outcome import OutcomeRow, ReadRows
from goalrules.data.outcomes import read_outcomes as rows_in
from goalrules.data.pairs import Pair
from goalrules.data.pairs import read_pairs as pairs_in
from goalrules.data.records import Progress
from goalrules.files import FileFault, read_bytes
from goalrules.language.read import read_plan
from goalrules.limits import Limits, bytes_left, take_bytes
from goalrules.lint.refused import REFUSED, show_refused
from goalrules.lint.result import Finding
from goalrules.refusal import fault, refusal, refuse
from goalrules.text.decoding import Undecodable, decoded, is_binary
from goalrules.text.diagnostics import Diagnostic, DiagnosticFact, OutcomeError, RuleError
from goalrules.text.languages import DEFAULT_LANGUAGE
from goalrules.text.source import NOWHERE, Source

MOST_BYTES = 1_000_000
MOST_BYTES_OF_DATA = 50_000_000
"""The sizes up to which a rule file, and a file of outcomes, are read."""


def read_rules(name: str) -> str:
    """The text of a rule file; `RuleError` where it cannot be read."""
    return rules_text(_read(name, MOST_BYTES, RuleError), name)


def rules_text(data: bytes, name: str) -> str:
    """The text that the bytes of a rule file are; `RuleError` where they are none."""
    if is_binary(data):
        raise refusal(RuleError, [fault("binary", name)], DEFAULT_LANGUAGE)
    text = decoded(data)
    if isinstance(text, Undecodable):
        facts = {"byte": text.byte, "encoding": text.encoding}
        raise refusal(RuleError, [fault("undecodable", name, **facts)], DEFAULT_LANGUAGE)
    return text


def refused_counts(source: Source, faults: Iterable[Diagnostic]) -> list[Finding | None]:
    """For each fault of a rule file what shows it, where it is one of a count."""
    known = tuple(faults)
    if not any(each.code in REFUSED for each in known):
        return [None for _ in known]
    plan, _ = read_plan(source)
    return show_refused(plan, known)


def read_outcomes(
    path: str | os.PathLike[str],
    year: int | None = None,
    progress: Progress | None = None,
    *,
    limits: Limits | None = None,
) -> tuple[OutcomeRow, ...]:
    """The rows of a CSV, XLSX or JSON file of outcomes, to be given to `RuleSet.assess`.

    Args:
        path: the file; what kind it is of is told by what it holds.
        year: the year of periods such as `mars`, where the file itself does not say it.
        progress: what is told now and then how many rows are read, of how many there seem to be.
        limits: how much it may take.

    Raises:
        OutcomeError: with a diagnostic for each fault; also where the file cannot be read.
        LimitError: it would take more than it may.
    """
    with bounded(limits):
        rows, faults = rows_and_faults(path, year, progress)
    refuse(OutcomeError, faults, DEFAULT_LANGUAGE)
    return rows


def rows_and_faults(
    path: str | os.PathLike[str], year: int | None = None, progress: Progress | None = None
) -> ReadRows:
    """The same with what is wrong beside it, so that what can be read is not lost.

    Raises:
        OutcomeError: the file cannot be read at all.
    """
    name = os.fspath(path)
    return rows_in(_read(name, MOST_BYTES_OF_DATA, OutcomeError), name, year, progress)


def read_judgements(
    path: str | os.PathLike[str], *, limits: Limits | None = None
) -> tuple[JudgementRow, ...]:
    """The rows of a CSV, XLSX or JSON file of judgements, to be given to `RuleSet.assess`.

    Raises:
        OutcomeError: with a diagnostic for each fault; also where the file cannot be read.
        LimitError: it would take more than `limits` allow.
    """
    with bounded(limits):
        rows, faults = judgements_and_faults(path)
    refuse(OutcomeError, faults, DEFAULT_LANGUAGE)
    return rows


def judgements_and_faults(path: str | os.PathLike[str]) -> FoundJudgements:
    """The same with what is wrong beside it; `OutcomeError` where it cannot be read at all."""
    name = os.fspath(path)
    return judgements_in(_read(name, MOST_BYTES_OF_DATA, OutcomeError), name)


def read_pairs(path: str | os.PathLike[str], *, limits: Limits | None = None) -> tuple[Pair, ...]:
    """What is what in two rule files by a CSV file, to be given to `goalrules.diff`.

    Raises:
        RuleError: with a diagnostic for each fault; also where the file cannot be read.
        LimitError: it would take more than `limits` allow.
    """
    name = os.fspath(path)
    with bounded(limits):
        pairs, faults = pairs_in(_read(name, MOST_BYTES, RuleError), name)
    refuse(RuleError, faults, DEFAULT_LANGUAGE)
    return pairs


def _read(name: str, most: int, error: type[RuleError | OutcomeError]) -> bytes:
    left = bytes_left()
    allowed = most if left is None else min(most, left)
    try:
        data = read_bytes(name, allowed)
    except FileFault as fault:
        if fault.code == "too-large" and allowed < most:
            take_bytes(allowed + 1)
        raise unread(fault, error) from fault
    take_bytes(len(data))
    return data


def unread(fault: FileFault, error: type[RuleError | OutcomeError]) -> RuleError | OutcomeError:
    """The error that says why a file cannot be read."""
    facts: dict[str, DiagnosticFact] = {"file": fault.file, "limit": fault.limit}
    refused = Diagnostic(fault.code, fault.file, NOWHERE, "", facts)
    return refusal(error, [refused], DEFAULT_LANGUAGE)
