"""What `goalrules check` says of a rule file on a golden page."""

from golden_pages import Given

import goalrules
from goalrules.language.read import read_plan
from goalrules.lint.refused import show_refused
from goalrules.report.check.text import render_refused
from goalrules.text.source import Source


def check(given: Given, language: str) -> str:
    """The findings in a rule file, or its faults with what shows them."""
    block = given.blocks["rules"]
    name, text = block.words[0], block.text.removesuffix("\n")
    try:
        return goalrules.loads(text, name).check().text(language)
    except goalrules.RuleError as error:
        plan, faults = read_plan(Source(name, text))
        counts = show_refused(plan, faults)
        return render_refused(faults, counts, language, error.language)
