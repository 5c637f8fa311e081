"""An assessment as several commands begin: the rules in a file, and a file of outcomes."""

from goalrules.api import MOST_BYTES_OF_DATA, RuleSet, read_outcomes
from goalrules.data.csv_rows import read_csv
from goalrules.files import FileFault, read_bytes
from goalrules.results import Assessment
from goalrules.text.diagnostics import Diagnostic, OutcomeError


def assessment(rules: RuleSet, path: str, period: str | None) -> Assessment:
    """The assessment of a file; its error tells every fault of the file at once."""
    try:
        rows = read_outcomes(path)
    except OutcomeError as unread:
        faults = (*unread.diagnostics, *_faults_of_rest(rules, path, period))
        in_order = sorted(faults, key=lambda each: (each.span.line, each.span.column))
        raise OutcomeError(in_order, "", rules.language) from unread
    return rules.assess(rows, period)


def _faults_of_rest(rules: RuleSet, path: str, period: str | None) -> tuple[Diagnostic, ...]:
    """What the rules find wrong with those rows of a faulty file that can be read."""
    try:
        rules.assess(read_csv(read_bytes(path, MOST_BYTES_OF_DATA), path)[0], period)
    except FileFault:
        return ()
    except OutcomeError as error:
        return error.diagnostics
    return ()
