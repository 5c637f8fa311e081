"""What golden pages show: each producer makes a text, in a language, of what a page gives."""

from typing import cast

from golden_answers import gap, gap_2025, gap_alone
from golden_check import check
from golden_diff import diff, diff_md
from golden_explanations import explanation, judgements_of, table, tree
from golden_influence import influence
from golden_pages import Block, Given, Producer
from golden_template import template, template_2025
from golden_year import year

from goalrules.assess.assessment import assess
from goalrules.assess.standalone import standalone_naming
from goalrules.core.vocabulary import Language
from goalrules.data.judgements import Found
from goalrules.data.outcomes import read_outcomes
from goalrules.data.period import read_period
from goalrules.language.check import check_rule
from goalrules.language.levels import LevelScale
from goalrules.language.parser import parse_rule
from goalrules.language.plan import Plan
from goalrules.language.read import read_plan
from goalrules.report.diagnostics.text import plain_text
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.source import Source

Faults = tuple[tuple[Diagnostic, ...], str]
"""What is wrong with a rule or a rule file, and the language that it is written in."""


def diagnostics(given: Given, language: str) -> str:
    """What is wrong with the rule file or the rule given alone, or else with the outcomes."""
    faults, words = faults_of(given)
    return plain_text(faults, language, words)


def faults_of(given: Given) -> Faults:
    """The faults of what is given, and the language of the rules."""
    alone = given.blocks.get("rule")
    return _of_rule(alone) if alone else _of_file(given)


def _of_file(given: Given) -> Faults:
    rules, table = given.blocks["rules"], given.blocks.get("outcomes")
    source = Source(rules.words[0], rules.text.removesuffix("\n"))
    plan, faults = read_plan(source)
    if table and not faults:
        faults = _of_outcomes(plan, table, judgements_of(given))
    return faults, plan.language


def _of_outcomes(plan: Plan, table: Block, judged: Found) -> tuple[Diagnostic, ...]:
    """The faults of CSV tables, and of what they say of the plan in a period."""
    file, period = table.words
    rows, unread = read_outcomes(table.text.encode(), file)
    when = read_period(period)
    assert when, period
    judgements, unfit = judged
    return *unread, *unfit, *assess(plan, rows, when, "", judgements).diagnostics


def _of_rule(block: Block) -> Faults:
    language, *members = block.words
    source = Source("rule", block.text.removesuffix("\n"))
    parsed = parse_rule(source, cast(Language, language))
    names = standalone_naming(members, parsed.statements, LevelScale())
    faults = parsed.diagnostics or check_rule(source, parsed.condition, parsed.statements, names)
    return faults, language


PRODUCERS: dict[str, Producer] = {
    "check": check,
    "diagnostics": diagnostics,
    "diff": diff,
    "diff-md": diff_md,
    "explanation": explanation,
    "gap": gap,
    "gap-2025": gap_2025,
    "gap-alone": gap_alone,
    "influence": influence,
    "table": table,
    "template": template,
    "template-2025": template_2025,
    "tree": tree,
    "year": year,
}
