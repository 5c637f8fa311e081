"""What several commands load: rules as they are in a year, and an assessment of outcomes."""

from collections.abc import Iterable

from goalrules.api import RuleSet, load
from goalrules.commands.output import progress_of
from goalrules.data.judgements import JudgementRow
from goalrules.data.outcome import OutcomeRow
from goalrules.reading import judgements_and_faults, rows_and_faults
from goalrules.refusal import OutcomeError
from goalrules.results import Assessment
from goalrules.text.diagnostics import Diagnostic


def rules_in(path: str, year: int | None) -> RuleSet:
    """The rules in a file, as they are in a year if one is named."""
    rules = load(path)
    return rules if year is None else rules.in_year(year)


def assessment(
    rules: RuleSet, path: str, period: str | None, judgements: str | None = None
) -> Assessment:
    """The assessment of a file, and of one of judgements; its error tells every fault of both."""
    with progress_of(path) as progress:
        rows, faults = rows_and_faults(path, rules.year_of(period), progress)
    decided, unread = judgements_and_faults(judgements) if judgements else ((), ())
    if not (faults or unread):
        return rules.assess(rows, period, decided)
    every = (*faults, *unread, *_faults_of_rest(rules, rows, period, decided))
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
