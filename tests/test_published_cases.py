"""The published rules whose cases are data: every case comes out as worked out by hand."""

from functools import cache
from typing import Any

import pytest
from attrs import asdict
from parsing import file as parsed_file
from published_cases import FOLDER, Case, Published, found, published, told
from test_both_languages import without_words

import goalrules
from goalrules.language import statements as st
from goalrules.language.format import format_file
from goalrules.text.languages import LANGUAGES, Language

pytestmark = pytest.mark.law

CASES = [(rule, case) for rule in published() for case in rule.cases]

each_rule = pytest.mark.parametrize("rule", published(), ids=lambda rule: rule.name)
each_case = pytest.mark.parametrize(
    ("rule", "case"), CASES, ids=[f"{rule.name}: {case.key}" for rule, case in CASES]
)


@cache
def rules(rule: Published, language: Language | None = None) -> goalrules.RuleSet:
    """The rule set of a body, as it is or in the words of a language."""
    if language is None:
        return goalrules.load(rule.path)
    return goalrules.loads(format_file(parsed(rule), language), rule.path.name)


def parsed(rule: Published) -> st.File:
    """What is written in a body's rule file."""
    return parsed_file(rule.path.read_text(encoding="utf-8"))


@each_case
def test_a_case_comes_out_as_worked_out_by_hand(rule: Published, case: Case) -> None:
    assessment = found(rules(rule), case)
    assert dict(told(assessment)) == case.expected
    values = {
        member.name: member.finding.value
        for goal in assessment.values()
        for member in goal.trace.members
        if member.finding is not None
    }
    assert {name: values[name] for name in case.values} == case.values


@each_case
def test_the_translation_gives_the_same(rule: Published, case: Case) -> None:
    def all_found(language: Language | None) -> Any:  # noqa: ANN401 - a tree
        return without_words(asdict(found(rules(rule, language), case).trace))

    own = all_found(None)
    assert [all_found(language) for language in LANGUAGES] == [own] * len(LANGUAGES)


@each_rule
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_into_the_text_and_how_values_are_rounded_is_told(
    rule: Published, language: Language
) -> None:
    for case in (each for each in rule.cases if not each.units):
        for goal in found(rules(rule), case).values():
            shown = " ".join(goal.text(language).split())
            for member in goal.trace.members:
                assert all(each.text in shown for each in member.interpretations)
                finding = member.finding
                if finding and finding.decimals is not None and finding.value is not None:
                    assert {"en": "rounded to 0", "sv": "avrundat till 0"}[language] in shown
            assert all(each.text in shown for each in goal.trace.interpretations)


@each_rule
def test_at_least_six_cases_have_keys_of_their_own(rule: Published) -> None:
    assert len({case.key for case in rule.cases}) == len(rule.cases) >= 6


@each_rule
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_can_be_turned_into_either_language(rule: Published, language: Language) -> None:
    there = parsed_file(format_file(parsed(rule), language))
    assert there.statements == parsed(rule).statements


@each_rule
def test_a_file_needs_what_is_new_in_version_2_and_cites_its_source(rule: Published) -> None:
    assert parsed(rule).version == "2"
    notes = [note for each in parsed(rule).statements for note in each.notes]
    assert any(isinstance(note, st.According) for note in notes)


@each_rule
def test_a_check_of_a_file_finds_nothing(rule: Published) -> None:
    assert [each.code for each in rules(rule).check().findings] == []


@each_rule
def test_the_overview_says_what_was_at_hand(rule: Published) -> None:
    overview = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"[{rule.name}]({rule.name}.goals)" in overview
    assert f"| {rule.name} | {rule.at_hand} |" in overview
