"""Every rule set says the same in Swedish and in English: the same outcomes give equal results."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import asdict
from parsing import file

import goalrules
from goalrules.language.format import format_file
from goalrules.text.languages import LANGUAGES, Language

ROOT = Path(__file__).parents[1]
RULE_SETS = sorted(
    path
    for path in (ROOT / "rulesets").rglob("*.goals")
    if not (path.parent / "cases" / f"{path.stem}.toml").exists()
)
"""Those with files of outcomes; those with cases as data are in `test_published_cases.py`."""
OF_PUBLISHED = sorted((ROOT / "rulesets" / "published" / "outcomes").glob("*.csv"))
OF_WORDS = ("language", "span", "rules", "rules_sha256", "file")
"""What an assessment says of the rule file's own words and places."""


def outcomes_of(rules: Path) -> list[Path]:
    """The outcomes that come with a rule set."""
    if rules.parent.name == "published":
        parts = rules.stem.split("-")
        return [each for each in OF_PUBLISHED if each.stem.split("-")[0] in parts]
    return [ROOT / "examples" / f"utfall-{rules.stem.rpartition('-')[2]}.csv"]


CASES = [(rules, outcomes) for rules in RULE_SETS for outcomes in outcomes_of(rules)]


@cache
def in_language(rules: Path, language: Language) -> goalrules.RuleSet:
    """A rule set in the words of one language."""
    written = file(rules.read_text(encoding="utf-8"))
    return goalrules.loads(format_file(written, language), rules.name)


@cache
def assessed_in(rules: Path, language: Language, outcomes: Path) -> Any:  # noqa: ANN401 - a tree
    """All that was found on some outcomes by a rule set in the words of one language."""
    return asdict(in_language(rules, language).assess(goalrules.read_outcomes(outcomes)).trace)


def without_words(found: Any) -> Any:  # noqa: ANN401 - any piece of a tree
    """What an assessment says, but for the words and places of the rule file."""
    if isinstance(found, dict):
        return {key: without_words(each) for key, each in found.items() if key not in OF_WORDS}
    return tuple(map(without_words, found)) if isinstance(found, tuple) else found


def test_every_rule_set_has_outcomes() -> None:
    assert {rules for rules, _ in CASES} == set(RULE_SETS)
    assert {outcomes for _, outcomes in CASES} >= set(OF_PUBLISHED)


@pytest.mark.parametrize(("rules", "outcomes"), CASES, ids=lambda path: path.stem)
def test_both_languages_give_equal_results(rules: Path, outcomes: Path) -> None:
    found = [assessed_in(rules, language, outcomes) for language in LANGUAGES]
    swedish, english = map(without_words, found)
    assert swedish == english
    assert [each["language"] for each in found] == list(LANGUAGES)


@pytest.mark.parametrize(("rules", "outcomes"), CASES, ids=lambda path: path.stem)
def test_the_translation_says_what_the_file_says(rules: Path, outcomes: Path) -> None:
    own = goalrules.load(rules).assess(goalrules.read_outcomes(outcomes))
    for language in LANGUAGES:
        there = assessed_in(rules, language, outcomes)
        assert without_words(there) == without_words(asdict(own.trace))
