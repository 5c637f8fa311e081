"""The golden pages: what they say comes of the rules on them does (`--accept` rewrites them).

Each text is made once in a run; what is asked of all of them is asked of what was made.
"""

import string
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from cases import on_every
from golden_accept import Accepting
from golden_pages import Expectation, expectations, pages, untold
from golden_producers import PRODUCERS, answers, assessed
from schemas import validator_of

from goalrules.answers.result import GapReport
from goalrules.assess.result import GoalTrace
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.report.explain.justification import Justification, deciding_of
from goalrules.report.shape import sub_steps
from goalrules.text.languages import LANGUAGES

ALL = [each for page in pages() for each in expectations(page)]
Key = tuple[str, str]

SUBJECTS: Mapping[str, frozenset[Key]] = {
    "explain": frozenset(
        {
            ("words", "and"),
            ("words", "or"),
            ("fact", "hidden-small in units"),
            ("headline", "no-units"),
        }
    ),
    "check": frozenset(),
    "data-check": frozenset(
        {
            ("words", "and"),
            ("title", "file-plain"),
            ("title", "sheet"),
            ("title", "no-files"),
            ("title", "beside"),
            ("place", "sheet"),
            ("role", "unread-sheet"),
            ("role", "chosen"),
        }
    ),
    "diff": frozenset(
        {
            ("words", "and"),
            ("words", "or"),
            ("kind", "not compared"),
            ("one", "not compared"),
            ("many", "not compared"),
            ("claim", "not compared"),
            ("kind", "removed-contribution"),
            ("claim", "removed-contribution"),
        }
    ),
    "gap": frozenset(),
    "influence": frozenset({("period", "interim")}),
    "judgements": frozenset(),
    "template": frozenset(),
    "year": frozenset(),
}
"""The subjects of texts, and the texts of each that no page says.

A list takes its joining words from its subject. Rules that are too large for a page, and what
only the founding plans have, are shown by other tests.
"""

DATA = frozenset({"numbers", "states"})
"""The sections that are looked up, and not said."""


@cache
def made(expectation: Expectation) -> tuple[str, frozenset[tuple[int, Key]]]:
    """What is made of what a page gives: the text, and the texts of catalogues that it says."""
    said = set[tuple[int, Key]]()
    say = Catalogue.say

    def recorded(self: Catalogue, section: str, key: str, **given: object) -> str:
        said.add((id(self.texts), (section, key)))
        return say(self, section, key, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Catalogue, "say", recorded)
        text = PRODUCERS[expectation.producer](expectation.given, expectation.language)
    return text + "\n" if text and not text.endswith("\n") else text, frozenset(said)


@pytest.mark.parametrize("expectation", ALL, ids=[each.name for each in ALL])
def test_page(expectation: Expectation, request: pytest.FixtureRequest) -> None:
    text, _ = made(expectation)
    if accepting := Accepting.of(request.config):
        accepting.add(expectation, text)
    else:
        assert text == expectation.text


def test_there_are_pages() -> None:
    assert len(ALL) > 1_400


@on_every(pages(), at_least=100)
def test_every_case_stands_under_words_that_say_what_it_shows(page: Path) -> None:
    assert untold(page) == [], "write a heading or a sentence before these lines"


# Texts


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_pages_say_every_text(subject: str) -> None:
    unsaid = [_unsaid(catalogue(subject, language)) for language in LANGUAGES]
    if subject == "template":  # a workbook is long: each is shown in one language
        unsaid = [unsaid[0] & unsaid[1]]
    assert all(each == SUBJECTS[subject] for each in unsaid), unsaid


def _unsaid(own: Catalogue) -> set[Key]:
    """The texts of a catalogue that no page says."""
    said = {key for each in ALL for of, key in made(each)[1] if of == id(own.texts)}
    every = {(part, key) for part, all_ in own.texts.items() for key in all_ if part not in DATA}
    return every - said


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_have_the_same_texts_with_the_same_fields(subject: str) -> None:
    swedish, english = (_fields(catalogue(subject, language)) for language in LANGUAGES)
    assert swedish == english


def _fields(texts: Catalogue) -> dict[Key, set[str]]:
    return {
        (section, key): {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for section, all_ in texts.texts.items()
        for key, text in all_.items()
    }


# What is worked out for the texts


SCHEMA = validator_of(GapReport)


@on_every([each for each in ALL if each.producer == "gap"], at_least=75)
def test_the_answers_are_as_the_schema_says(shown: Expectation) -> None:
    SCHEMA.validate(answers(shown.given).to_dict())


def decided() -> Iterator[GoalTrace]:
    """Every goal whose verdict is met or not met, and whose reason is known."""
    for each in ALL:
        if each.producer == "tree" and each.language == "sv":
            for result in assessed(each.given).values():
                if result.verdict in ("met", "not met") and result.trace.why:
                    yield result.trace


def test_the_step_of_the_first_sentence_follows_from_the_reason() -> None:
    found = list(decided())
    assert len(found) > 50
    for goal in found:
        deciding, reasoned = deciding_of(goal), Justification(goal.why)
        if goal.verdict == "met":
            assert any(reasoned.holds(each) for step in deciding.levels for each in sub_steps(step))
        else:
            base = [deciding.step] if deciding.step else []
            assert any(reasoned.fails(each) for each in (*base, *deciding.caps))
