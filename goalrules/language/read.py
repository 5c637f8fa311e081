"""From the text of a rule file to its plan: parse, gather, check, with every fault in one run."""

from goalrules.language.gather import gather
from goalrules.language.parser import parse_file
from goalrules.language.plan import Plan
from goalrules.language.taken import with_taken
from goalrules.language.validate import validate
from goalrules.text.diagnostics import Diagnostic, first_faults
from goalrules.text.source import Source


def read_plan(source: Source) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan that a rule file describes, and everything that is wrong with it."""
    parsed = parse_file(source)
    written, misplaced = gather(source, parsed.file)
    plan, not_taken = with_taken(source, written)
    faults = (*parsed.diagnostics, *misplaced, *not_taken, *validate(source, plan))
    return plan, first_faults(source, faults)
