"""An assessment as several commands begin: the rules in a file, and a file of outcomes."""

from collections.abc import Iterable

from goalrules.api import RuleSet, rows_and_faults
from goalrules.commands.output import progress_of
from goalrules.data.outcome import Row
from goalrules.results import Assessment
from goalrules.text.diagnostics import Diagnostic, OutcomeError


def assessment(rules: RuleSet, path: str, period: str | None) -> Assessment:
    """The assessment of a file; its error tells every fault of the file at once."""
    with progress_of(path) as progress:
        rows, faults = rows_and_faults(path, rules.year_of(period), progress)
    if not faults:
        return rules.assess(rows, period)
    every = (*faults, *_faults_of_rest(rules, rows, period))
    sheets = list(dict.fromkeys(each.sheet for each in every))
    in_order = sorted(
        every, key=lambda each: (sheets.index(each.sheet), each.span.line, each.span.column)
    )
    raise OutcomeError(in_order, "", rules.language)


def _faults_of_rest(
    rules: RuleSet, rows: Iterable[Row], period: str | None
) -> tuple[Diagnostic, ...]:
    """What the rules find wrong with those rows of a faulty file that can be read."""
    try:
        rules.assess(rows, period)
    except OutcomeError as error:
        return error.diagnostics
    return ()
