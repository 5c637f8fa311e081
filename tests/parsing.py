"""Rules and rule files as tests read them: to syntax, or to the codes of what is wrong."""

from goalrules.language.keywords import words
from goalrules.language.parser import Parsed, parse_file, parse_rule
from goalrules.language.statements import File
from goalrules.language.syntax import Condition
from goalrules.language.tokens import read_tokens
from goalrules.resources import names, read_text
from goalrules.text.languages import Language
from goalrules.text.source import Source

RULE_FILES = {name: read_text(f"rulesets/{name}") for name in names("rulesets")}


def condition(text: str, language: Language) -> Condition:
    """The condition that a rule given alone is; there must be nothing wrong with it."""
    parsed = parse_rule(Source("rule", text), language)
    assert parsed.diagnostics == (), text
    assert parsed.condition is not None
    return parsed.condition


def parsed(text: str) -> Parsed:
    """What can be read of a rule file."""
    return parse_file(Source("rules", text))


def file(text: str) -> File:
    """A rule file; there must be nothing wrong with it."""
    found = parsed(text)
    assert found.diagnostics == (), text
    return found.file


def codes(text: str, language: Language) -> list[str]:
    """The codes of what is wrong with a rule given alone, before anything is known of names."""
    return [each.code for each in parse_rule(Source("rule", text), language).diagnostics]


def tokens(text: str, language: Language) -> list[tuple[str, str]]:
    """The type and the value of each token of a text."""
    reading = read_tokens(Source("", text), words(language))
    return [(token.type, str(token)) for token in reading.tokens]
