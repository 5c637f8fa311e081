"""What Python hands over to be read: rules, outcomes, judgements and pairs, within their limits.

Each is the path of a file, its bytes, or a file that is open for reading bytes.
"""

import os
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias

from goalrules.bounded import bounded
from goalrules.data.json_grid import is_document
from goalrules.data.judgements import Found as FoundJudgements
from goalrules.data.judgements import JudgementRow
from goalrules.data.judgements import read_judgements as judgements_in
from goalrules.data.outcome import OUTCOMES, OutcomeRows, ReadRows
from goalrules.data.outcomes import read_outcomes as rows_in
from goalrules.data.read_files import unread_faults
from goalrules.data.reading_note import NO_NOTE, ReadingNote, read_note
from goalrules.data.records import Progress
from goalrules.files import BYTES_IN_MEGABYTE, NOTE_ENDING, FileFault, read_bytes
from goalrules.language.read import read_plan
from goalrules.limits import Limits, bytes_left, take_bytes
from goalrules.refusal import (
    DeniedError,
    FileError,
    FolderError,
    GoalrulesError,
    LimitError,
    NoSuchFileError,
    OutcomeError,
    RuleError,
    fault,
    refuse,
)
from goalrules.text.decoding import Undecodable, decoded, is_binary
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.languages import DEFAULT_LANGUAGE, Language, spoken
from goalrules.text.source import Source

if TYPE_CHECKING:
    from goalrules.data.pairs import Pair
    from goalrules.lint.result import Finding

MOST_BYTES = 4_000_000
MOST_BYTES_OF_DATA = 50_000_000
"""The sizes up to which a rule file, and a file of outcomes, are read."""


class BinaryFile(Protocol):
    """A file, or something like it, that is open for reading bytes."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, as many or fewer; none at the end."""


Input: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryFile
"""The path of a file, what it holds, or a file that is open for reading bytes."""


def read_rules(given: Input, name: str = "", language: Language | None = None) -> tuple[str, str]:
    """The name and the text of a rule file.

    Raises:
        RuleError: it is no text.
        FileError, LimitError: it cannot be read, or is too large.
    """
    told = spoken(language, DEFAULT_LANGUAGE)
    named = _named(given, name, "rules")
    data = _read(given, named, MOST_BYTES, told)
    if is_binary(data):
        raise RuleError([fault("binary", named)], told)
    text = decoded(data)
    if isinstance(text, Undecodable):
        facts = {"byte": text.byte, "encoding": text.encoding}
        raise RuleError([fault("undecodable", named, **facts)], told)
    return named, text


def refused_counts(source: Source, faults: Iterable[Diagnostic]) -> "list[Finding | None]":
    """For each fault of a rule file what shows it, where it is one of a count."""
    from goalrules.lint.refused import REFUSED, show_refused

    known = tuple(faults)
    if not any(each.code in REFUSED for each in known):
        return [None for _ in known]
    plan, _ = read_plan(source)
    return show_refused(plan, known)


def read_outcomes(  # noqa: PLR0913 - what is read, and how it may be
    file: Input,
    year: int | None = None,
    progress: Progress | None = None,
    *,
    name: str = "",
    language: Language | None = None,
    limits: Limits | None = None,
    strict: bool = False,
    where: Mapping[str, str] | None = None,
    unit: str = "",
    each_unit: bool = False,
    units: Collection[str] = (),
    note: Input | None = None,
    made_by: Collection[str] = (),
) -> OutcomeRows:
    """The rows of a CSV, XLSX or JSON file of outcomes, to be given to `RuleSet.assess`.

    Args:
        file: its path, its bytes, or a file that is open for reading bytes; what kind it is of is
            told by what it holds.
        year: the year of periods such as `mars`, where the file itself does not say it.
        progress: what is told now and then how many rows are read, of how many there seem to be.
        name: what it is called in messages and in JSON; its path if none is given.
        language: that of the message of an error; Swedish if none is given.
        limits: how much it may take.
        strict: whether a column with cells, or a sheet, that is not read is a fault.
        where: the rows to take: what their cells under some headings are, as
            `{"Kommun": "Södertälje"}`.
        unit: the organisational unit whose rows to take, where the file is of several.
        each_unit: whether the rows are for `RuleSet.assess_units`, so that a column of units says
            of which unit rows are, also where no two units have an indicator in common.
        units: the units that there are: where nothing in a table says its unit, the name of its
            sheet or of the file may be that of one of them.
        note: a reading note, as TOML: what headings are read as, and which rows and sheets count.
            If none is given it is that beside the file, with `.toml` after its name, if any.
        made_by: of an assessment of another plan (its JSON document), the `sha256` of the rule
            sets that it should be made by; one by another text is told.

    Raises:
        OutcomeError: with a diagnostic for each fault.
        FileError, LimitError: the file cannot be read, or is too large.
    """
    told = spoken(language, DEFAULT_LANGUAGE)
    with bounded(limits, told):
        rows, faults = rows_and_faults(
            file,
            year,
            progress,
            name=name,
            language=told,
            where=where,
            unit=unit,
            each_unit=each_unit,
            units=units,
            note=note,
            made_by=made_by,
        )
    unread = tuple(unread_faults(rows.files)) if strict else ()
    refuse(OutcomeError, (*faults, *unread), told)
    return rows


def rows_and_faults(  # noqa: PLR0913 - what is read, and how it may be
    file: Input,
    year: int | None = None,
    progress: Progress | None = None,
    *,
    name: str = "",
    language: Language = DEFAULT_LANGUAGE,
    where: Mapping[str, str] | None = None,
    unit: str = "",
    each_unit: bool = False,
    units: Collection[str] = (),
    note: Input | None = None,
    made_by: Collection[str] = (),
) -> ReadRows:
    """The same with what is wrong beside it, so that what can be read is not lost.

    Raises:
        FileError, LimitError: the file cannot be read at all, or is too large.
    """
    named = _named(file, name, "outcomes")
    said, faults = _note_of(file, note, language)
    data = _read(file, named, MOST_BYTES_OF_DATA, language)
    if faults:
        return OutcomeRows(), faults
    if is_document(data):
        from goalrules.assess.plan_goals import read_plan_goals

        goals = read_plan_goals(data, named, made_by)
        if goals is not None:
            return goals
    return rows_in(
        data, named, year, progress, where, unit, each_unit=each_unit, units=units, note=said
    )


def _note_of(
    file: Input, given: Input | None, language: Language
) -> tuple[ReadingNote, tuple[Diagnostic, ...]]:
    """The note that is given, or stands beside a file, if any, and what is wrong with it."""
    if given is not None:
        named = _named(given, "", "note")
        return read_note(_read(given, named, MOST_BYTES, language), named, OUTCOMES)
    if not isinstance(file, str | os.PathLike):
        return NO_NOTE, ()
    beside = os.fspath(file) + NOTE_ENDING
    try:
        return read_note(_read(beside, beside, MOST_BYTES, language), beside, OUTCOMES)
    except NoSuchFileError:
        return NO_NOTE, ()


def read_judgements(
    file: Input,
    *,
    name: str = "",
    language: Language | None = None,
    limits: Limits | None = None,
) -> tuple[JudgementRow, ...]:
    """The rows of a CSV, XLSX or JSON file of judgements, to be given to `RuleSet.assess`.

    What is given is as in `read_outcomes`, and so is what is raised.
    """
    told = spoken(language, DEFAULT_LANGUAGE)
    with bounded(limits, told):
        rows, faults = judgements_and_faults(file, name=name, language=told)
    refuse(OutcomeError, faults, told)
    return rows


def judgements_and_faults(
    file: Input, *, name: str = "", language: Language = DEFAULT_LANGUAGE
) -> FoundJudgements:
    """The same with what is wrong beside it, so that what can be read is not lost."""
    named = _named(file, name, "judgements")
    return judgements_in(_read(file, named, MOST_BYTES_OF_DATA, language), named)


def read_pairs(
    file: Input,
    *,
    name: str = "",
    language: Language | None = None,
    limits: Limits | None = None,
) -> "tuple[Pair, ...]":
    """What is what in two rule files by a CSV, XLSX or JSON file, to be given to `goalrules.diff`.

    What is given is as in `read_outcomes`.

    Raises:
        RuleError: with a diagnostic for each fault.
        FileError, LimitError: the file cannot be read, or is too large.
    """
    told = spoken(language, DEFAULT_LANGUAGE)
    named = _named(file, name, "pairs")
    with bounded(limits, told):
        from goalrules.data.pairs import read_pairs as pairs_in

        pairs, faults = pairs_in(_read(file, named, MOST_BYTES, told), named)
    refuse(RuleError, faults, told)
    return pairs


def _named(given: Input, name: str, usual: str) -> str:
    """What an input is called: as it is said, or by its path, or as such inputs usually are."""
    return name or (os.fspath(given) if isinstance(given, str | os.PathLike) else usual)


def _read(given: Input, name: str, most: int, language: Language) -> bytes:
    """The bytes of an input within a limit; what is not in memory is read no further than that."""
    if isinstance(given, str | os.PathLike):
        left = bytes_left()
        allowed = most if left is None else min(most, left)
        try:
            found = read_bytes(given, allowed)
        except FileFault as failed:
            if failed.code == "too-large" and allowed < most:
                take_bytes(allowed + 1)
            raise error_of(failed, name, language) from failed
        take_bytes(len(found))
        return found
    data = given if isinstance(given, bytes | bytearray | memoryview) else _rest(given, most)
    if memoryview(data).nbytes > most:
        refused = fault("too-large", name, file=name, limit=most // BYTES_IN_MEGABYTE)
        raise LimitError([refused], language)
    take_bytes(memoryview(data).nbytes)
    return bytes(data)


def _rest(file: BinaryFile, most: int) -> bytes:
    """What is left of an open file, or one byte more of it than is allowed."""
    if not hasattr(file, "read"):
        raise TypeError(f"a path, bytes or a file that is open for bytes, not {type(file)}")
    found = bytearray()
    while len(found) <= most:
        piece: object = file.read(most + 1 - len(found))
        if not isinstance(piece, bytes | bytearray | memoryview):
            raise TypeError(f"a file has to be open for bytes ('rb'); it gives {type(piece)}")
        if not piece:
            break
        found += piece
    return bytes(found)


def error_of(failed: FileFault, name: str, language: Language) -> GoalrulesError:
    """The error of a file that cannot be read, by what it comes of."""
    refused = [fault(failed.code, name, file=name, limit=failed.limit)]
    match failed.code:
        case "too-large":
            return LimitError(refused, language)
        case "no-such-file":
            return NoSuchFileError(refused, language)
        case "is-a-directory":
            return FolderError(refused, language)
        case _ if isinstance(failed.__cause__, PermissionError):
            return DeniedError(refused, language)
        case _:
            return FileError(refused, language)
