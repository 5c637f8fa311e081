"""What golden pages show: each producer makes a text, in a language, of what a page gives."""

from golden_pages import Block, Given, Producer

from goalrules.assess.alone import alone_naming
from goalrules.language.check import check, check_rule
from goalrules.language.gather import gather
from goalrules.language.parser import parse_file, parse_rule
from goalrules.report.diagnostic import plain_text
from goalrules.text.diagnostics import Diagnostic
from goalrules.text.source import Source

Faults = tuple[tuple[Diagnostic, ...], str]
"""What is wrong with a rule or a rule file, and the language that it is written in."""


def diagnostics(given: Given, language: str) -> str:
    """What is wrong with the rule file, or with the rule given alone."""
    faults, words = faults_of(given)
    return plain_text(faults, language, words)


def faults_of(given: Given) -> Faults:
    """The faults of the rule file, or of the rule given alone, and its language."""
    alone = given.blocks.get("rule")
    return _of_rule(alone) if alone else _of_file(given.blocks["rules"])


def _of_file(block: Block) -> Faults:
    source = Source(block.words[0], block.text.removesuffix("\n"))
    parsed = parse_file(source)
    plan, misplaced = gather(source, parsed.file)
    return (*parsed.diagnostics, *misplaced) or check(source, plan), parsed.file.language


def _of_rule(block: Block) -> Faults:
    language, *members = block.words
    source = Source("rule", block.text.removesuffix("\n"))
    parsed = parse_rule(source, language)
    names = alone_naming(members)
    faults = parsed.diagnostics or check_rule(source, parsed.condition, parsed.statements, names)
    return faults, language


PRODUCERS: dict[str, Producer] = {
    "diagnostics": diagnostics,
}
