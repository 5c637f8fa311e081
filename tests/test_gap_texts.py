"""The texts of answers about goals: the same in both languages, each of them on a golden page."""

from collections.abc import Iterator
from string import Formatter

import pytest
from golden_pages import expectations, pages
from golden_producers import PRODUCERS

from goalrules.report.catalogue import Catalogue, catalogue

Key = tuple[str, str]


def texts(language: str) -> Iterator[tuple[Key, str]]:
    """Every text with its key."""
    for section, entries in catalogue("gap", language).texts.items():
        for key, text in entries.items():
            yield (section, key), text


def test_both_languages_have_the_same_texts() -> None:
    assert [key for key, _ in texts("sv")] == [key for key, _ in texts("en")]


def test_both_languages_name_the_same_fields() -> None:
    swedish, english = (
        {key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in each}
        for each in (texts("sv"), texts("en"))
    )
    assert swedish == english


def test_the_golden_pages_say_every_text(monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[Key] = set()
    say = Catalogue.say

    def recorded(self: Catalogue, section: str, key: str, **given: object) -> str:
        said.update([(section, key)] if self is catalogue("gap", self.language) else [])
        return say(self, section, key, **given)

    monkeypatch.setattr(Catalogue, "say", recorded)
    for page in pages():
        for each in expectations(page):
            if each.producer.startswith("gap"):
                PRODUCERS[each.producer](each.given, each.language)
    assert {key for key, _ in texts("en")} - said == set()
