"""The texts of single subjects: the same in both languages, each of them on a golden page."""

from collections.abc import Iterator, Mapping
from string import Formatter

import pytest
from golden_pages import expectations, pages
from golden_producers import PRODUCERS

from goalrules.report.catalogue import Catalogue, catalogue

Key = tuple[str, str]

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "gap": ("gap", "gap-2025", "gap-alone"),
    "judgements": ("table", "tree"),
    "year": ("year",),
}
"""Each subject, and the producers of the pages that say its texts."""

each_subject = pytest.mark.parametrize("subject", SUBJECTS)


def texts(subject: str, language: str) -> Iterator[tuple[Key, str]]:
    """Every text with its key."""
    for section, entries in catalogue(subject, language).texts.items():
        for key, text in entries.items():
            yield (section, key), text


@each_subject
def test_both_languages_have_the_same_texts(subject: str) -> None:
    assert [key for key, _ in texts(subject, "sv")] == [key for key, _ in texts(subject, "en")]


@each_subject
def test_both_languages_name_the_same_fields(subject: str) -> None:
    swedish, english = (
        {key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in each}
        for each in (texts(subject, "sv"), texts(subject, "en"))
    )
    assert swedish == english


@each_subject
def test_the_golden_pages_say_every_text(subject: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[Key] = set()
    say = Catalogue.say

    def recorded(self: Catalogue, section: str, key: str, **given: object) -> str:
        said.update([(section, key)] if self is catalogue(subject, self.language) else [])
        return say(self, section, key, **given)

    monkeypatch.setattr(Catalogue, "say", recorded)
    for page in pages():
        for each in expectations(page):
            if each.producer in SUBJECTS[subject]:
                PRODUCERS[each.producer](each.given, each.language)
    assert {key for key, _ in texts(subject, "en")} - said == set()
