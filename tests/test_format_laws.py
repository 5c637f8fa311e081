"""Laws of the formatter: what is written is read again as what it was, in either language."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis.strategies import SearchStrategy
from parsing import RULE_FILES, condition, file
from strategies import aims, bodies, conditions, files, notes, predicates, quantities

from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.format import file_formatter, format_file
from goalrules.language.statements import File
from goalrules.text.languages import LANGUAGES, Language

CLASSES: tuple[tuple[object, SearchStrategy[object]], ...] = (
    (sx.Condition, conditions),
    (sx.TargetSpec, aims),
    (sx.Predicate, predicates),
    (st.Body, bodies),
    (st.Note, notes),
)
OF_EACH = 40
"""The draws for each class."""
OTHER: dict[Language, Language] = {"sv": "en", "en": "sv"}


def drawn(strategy: SearchStrategy[object], classes: int) -> list[object]:
    """What a strategy gives in so many draws for each class that it is to give."""
    found: list[object] = []

    @settings(
        max_examples=OF_EACH * classes,
        database=None,
        phases=[Phase.generate],
        derandomize=True,
    )
    @given(strategy)
    def draw(each: object) -> None:
        found.append(each)

    draw()
    return found


@pytest.mark.parametrize(("union", "strategy"), CLASSES)
def test_every_class_is_tried(union: object, strategy: SearchStrategy[object]) -> None:
    classes = set(get_args(union))
    assert {type(each) for each in drawn(strategy, len(classes))} == classes


def test_every_quantity_is_tried() -> None:
    kinds = set(get_args(sx.QuantityKind))
    found = drawn(quantities, len(kinds))
    assert {each.kind for each in found if isinstance(each, sx.Quantity)} == kinds


def of_file(*bodies_: st.Body) -> File:
    """A file with some statements alone."""
    return File("sv", tuple(map(st.Statement, bodies_)))


def noted(note: st.Note) -> File:
    """A file with one statement that has a note."""
    return File("en", (st.Statement(st.FollowedUp(), (note,)),))


def every_at(level: str) -> sx.Count:
    """That all are at a level."""
    return sx.Count(sx.Quantity("all"), sx.Scope(), sx.Level(sx.Name(level)))


def targeting(aim: sx.TargetSpec) -> File:
    """A file with one target."""
    return of_file(st.Target((sx.DatedTarget(aim),)))


@pytest.mark.parametrize("language", LANGUAGES)
@given(written=conditions)
def test_a_condition_is_read_as_it_was(language: Language, written: sx.Condition) -> None:
    assert condition(file_formatter(language, ()).condition(written), language) == written


@given(written=files)
@example(noted(st.According(sx.Name("vp"), "appendix")))
@example(targeting(sx.Range(Decimal("-0"), Decimal(5))))
@example(of_file(st.Validity(Decimal("1E-7"), Decimal(2025))))
@example(of_file(st.Validity(Decimal("0.1"), Decimal(2025))))
@example(of_file(st.SameAs(sx.Name("1" * 70))))
@example(of_file(st.Shared(sx.Name("a"), sx.Name("1"))))
@example(of_file(st.Policy("missing", sx.Name("uppfyllt"))))
@example(of_file(st.When(sx.Name(sx.MET), every_at("red"))))
@example(of_file(st.When(sx.Name("red"), every_at("inte uppfyllt"))))
def test_a_file_is_read_as_it_was(written: File) -> None:
    assert file(format_file(written)) == written


@given(written=files)
def test_formatting_twice_is_formatting_once(written: File) -> None:
    once = format_file(written)
    assert format_file(file(once)) == once


@given(written=files)
def test_a_file_comes_back_from_the_other_language(written: File) -> None:
    there = file(format_file(written, OTHER[written.language]))
    assert there == File(OTHER[written.language], written.statements, written.comments)
    assert file(format_file(there, written.language)) == written


@pytest.mark.parametrize("name", RULE_FILES)
def test_a_rule_file_keeps_its_meaning(name: str) -> None:
    written = file(RULE_FILES[name])
    english = file(format_file(written, "en"))
    assert file(format_file(written)) == written
    assert english.statements == written.statements
    assert english.comments == written.comments
    assert file(format_file(english, "sv")) == written


@pytest.mark.parametrize("name", RULE_FILES)
def test_a_rule_file_keeps_its_comments(name: str) -> None:
    text = RULE_FILES[name]
    comments = [line.split("# ", 1)[1] for line in text.splitlines() if "# " in line]
    assert comments
    for language in LANGUAGES:
        formatted = format_file(file(text), language)
        kept = [line.split("# ", 1)[1] for line in formatted.splitlines() if "# " in line]
        assert kept == comments


LEFT_OVER = {
    "after the head of an empty file": "goalrules 1 sv # först",
    "after a semicolon": "goalrules 1 sv\ngäller 2025\n; # först",
    "after a word that only fills out": "goalrules 1 sv\ngäller 2025\när # först",
    "inside a sentence": "goalrules 1 sv\ngäller # först\n2025",
}


@pytest.mark.parametrize("text", LEFT_OVER.values(), ids=LEFT_OVER)
def test_no_comment_is_lost(text: str) -> None:
    assert "# först" in format_file(file(text))
