"""The edits of diagnostics: what is made of them no longer has the fault that they mend."""

from collections.abc import Iterator

import pytest
from attrs import evolve
from golden_pages import Block, Expectation, Given, expectations, pages
from golden_producers import faults_of
from test_diagnostic_texts import mistakes

from goalrules.language.parser import parse_rule
from goalrules.report.diagnostics.declarations import declarations
from goalrules.report.diagnostics.edits import edits_of
from goalrules.text.diagnostics import Diagnostic, Edit
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.source import NOWHERE, Source

MENDABLE = {code for code, declared in declarations().items() if declared.edit != "none"}


def of_pages() -> Iterator[Expectation]:
    """What pages expect of rules with a fault that an edit can mend."""
    for page in pages():
        for each in expectations(page):
            if each.producer == "diagnostics" and any(
                f"[{code}]" in each.text for code in MENDABLE
            ):
                yield each


def edited(text: str, edit: Edit) -> str:
    """A text of rules with an edit made in it."""
    lines = Source("", text).lines
    span = edit.span
    first, last = lines[span.line - 1], lines[span.end_line - 1]
    line = first[: span.column - 1] + edit.text + last[span.end_column - 1 :]
    return "\n".join([*lines[: span.line - 1], line, *lines[span.end_line :]])


def is_told(fault: Diagnostic, faults: tuple[Diagnostic, ...]) -> bool:
    """Whether a fault is still among some, at its place."""
    place = fault.code, fault.span.line, fault.span.column
    return place in {(each.code, each.span.line, each.span.column) for each in faults}


def mended(given: Given) -> set[str]:
    """The codes of the faults of a page that have edits, each of which mends what it should."""
    faults, language = faults_of(given)
    name = "rule" if "rule" in given.blocks else "rules"
    block = given.blocks[name]
    found: set[str] = set()
    for fault in faults:
        for edit in edits_of(fault, language):
            changed = Block(block.words, edited(block.text.removesuffix("\n"), edit) + "\n")
            again, _ = faults_of(evolve(given, blocks={**given.blocks, name: changed}))
            assert not is_told(fault, again), (fault, edit)
            found.add(fault.code)
    return found


def test_an_edit_mends_the_fault_on_a_page_of_each_code_that_has_one() -> None:
    assert {code for each in of_pages() for code in mended(each.given)} == MENDABLE


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edit_mends_a_broken_sentence(language: Language) -> None:
    for _, of, text in mistakes():
        faults = parse_rule(Source("rule", text), language).diagnostics if of == language else ()
        for fault in faults:
            for edit in edits_of(fault, language):
                again = parse_rule(Source("rule", edited(text, edit)), language).diagnostics
                assert not is_told(fault, again), (text, edit)


def test_a_name_is_written_as_a_rule_file_has_it() -> None:
    facts = {"text": "yttre tilsyn", "nearest": "yttre tillsyn"}
    fault = Diagnostic("unknown-member", "f", NOWHERE, "", facts, marked=True)
    assert edits_of(fault, "sv") == (Edit(NOWHERE, '"yttre tillsyn"'),)


def test_a_goal_may_be_a_number() -> None:
    fault = Diagnostic(
        "unknown-goal", "f", NOWHERE, "", {"text": "11", "nearest": "1"}, marked=True
    )
    assert edits_of(fault, "en") == (Edit(NOWHERE, "1"),)


@pytest.mark.parametrize("code", ["unknown-goal", "unseen-character", "no-rule"])
def test_what_does_not_stand_in_rules_has_no_edit(code: str) -> None:
    assert edits_of(Diagnostic(code, "f", NOWHERE, "", {"nearest": "1"}), "en") == ()


def test_where_nothing_is_near_there_is_no_edit() -> None:
    facts = {"text": "x", "nearest": ""}
    for code in ("unknown-member", "unexpected-word"):
        fault = Diagnostic(code, "f", NOWHERE, "", facts, marked=True)
        assert edits_of(fault, "sv") == ()
