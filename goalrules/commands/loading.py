"""What several commands load: each file that is named, or standard input for `-`.

Rules as they are in a year, outcomes, judgements and pairs; and the assessment of outcomes.
"""

from collections.abc import Iterable, Iterator

from goalrules.api import RuleSet, loads
from goalrules.commands.output import DASH, progress_of
from goalrules.data.json_lines import LONGEST_LINE
from goalrules.data.judgements import Found as FoundJudgements
from goalrules.data.judgements import JudgementRow, read_judgements
from goalrules.data.outcome import OutcomeRow, ReadRows
from goalrules.data.outcomes import read_outcomes
from goalrules.data.pairs import Pair, read_pairs
from goalrules.files import (
    STDIN,
    FileFault,
    read_bytes,
    read_lines,
    read_stdin,
    read_stdin_lines,
)
from goalrules.reading import MOST_BYTES, MOST_BYTES_OF_DATA, rules_text, unread
from goalrules.refusal import refuse
from goalrules.results import Assessment
from goalrules.text.diagnostics import Diagnostic, OutcomeError, RuleError
from goalrules.text.languages import DEFAULT_LANGUAGE


def rules_in(path: str, year: int | None = None) -> RuleSet:
    """The rules in a file, as they are in a year if one is named."""
    text, name = rules_given(path)
    rules = loads(text, name)
    return rules if year is None else rules.in_year(year)


def rules_given(path: str) -> tuple[str, str]:
    """The text of a rule file, and its name in messages."""
    data, name = _given(path, MOST_BYTES, RuleError)
    return rules_text(data, name), name


def outcomes_in(path: str, year: int | None) -> ReadRows:
    """The rows of a file of outcomes, and what is wrong with others."""
    data, name = _given(path, MOST_BYTES_OF_DATA, OutcomeError)
    with progress_of(path) as progress:
        return read_outcomes(data, name, year, progress)


def judgements_in(path: str | None) -> FoundJudgements:
    """The rows of a file of judgements, none without one, and what is wrong with others."""
    if path is None:
        return (), ()
    return read_judgements(*_given(path, MOST_BYTES_OF_DATA, OutcomeError))


def pairs_in(path: str | None) -> tuple[Pair, ...]:
    """What is what in two rule files by a file of pairs, none without one."""
    if path is None:
        return ()
    pairs, faults = read_pairs(*_given(path, MOST_BYTES, RuleError))
    refuse(RuleError, faults, DEFAULT_LANGUAGE)
    return pairs


def lines_in(path: str) -> tuple[Iterator[bytes | None], str]:
    """The lines of a file one by one, None for one that is too long, and its name in messages."""
    name = STDIN if path == DASH else path
    read = read_stdin_lines(LONGEST_LINE) if path == DASH else read_lines(path, LONGEST_LINE)

    def lines() -> Iterator[bytes | None]:
        try:
            yield from read
        except FileFault as fault:
            raise unread(fault, OutcomeError) from fault

    return lines(), name


def _given(path: str, most: int, error: type[RuleError | OutcomeError]) -> tuple[bytes, str]:
    """The bytes of a file that is named, or of standard input, and its name in messages."""
    try:
        return (read_stdin(most), STDIN) if path == DASH else (read_bytes(path, most), path)
    except FileFault as fault:
        raise unread(fault, error) from fault


def assessment(
    rules: RuleSet, path: str, period: str | None, judgements: str | None = None
) -> Assessment:
    """The assessment of a file, and of one of judgements; its error tells every fault of both."""
    rows, faults = outcomes_in(path, rules.year_of(period))
    decided, others = judgements_in(judgements)
    if not (faults or others):
        return rules.assess(rows, period, decided)
    every = (*faults, *others, *_faults_of_rest(rules, rows, period, decided))
    sheets = list(dict.fromkeys((each.file, each.sheet) for each in every))
    in_order = sorted(
        every,
        key=lambda each: (sheets.index((each.file, each.sheet)), each.span.line, each.span.column),
    )
    raise OutcomeError(in_order, "", rules.language)


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
