"""The catalogues of texts: the same keys and fields in both languages, each text said somewhere."""

import string
from collections.abc import Iterator

import pytest
from golden_pages import expectations, pages
from golden_producers import PRODUCERS

from goalrules.report.catalogue import Catalogue, catalogue

SUBJECTS = ("explain", "diagnostics")
Key = tuple[str, str]


def texts(subject: str, language: str) -> Iterator[tuple[Key, str]]:
    """Every text of a catalogue with its key."""
    for section, entries in catalogue(subject, language).texts.items():
        for key, text in entries.items():
            yield (section, key), text


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_have_the_same_keys(subject: str) -> None:
    assert dict(texts(subject, "sv")).keys() == dict(texts(subject, "en")).keys()


def test_both_languages_name_the_same_fields() -> None:
    swedish, english = dict(texts("explain", "sv")), dict(texts("explain", "en"))
    only_one_says = {
        key: fields(swedish[key]) ^ fields(english[key])
        for key in swedish
        if fields(swedish[key]) != fields(english[key])
    }
    assert not only_one_says


def test_the_golden_pages_say_every_text(monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[Key] = set()
    say = Catalogue.say

    def recorded(self: Catalogue, section: str, key: str, **given: object) -> str:
        said.add((section, key))
        return say(self, section, key, **given)

    monkeypatch.setattr(Catalogue, "say", recorded)
    for page in pages():
        for each in expectations(page):
            if each.producer != "diagnostics":
                PRODUCERS[each.producer](each.given, each.language)
    data = {"numbers", "states"}
    silent = {key for key, _ in texts("explain", "en") if key[0] not in data} - said
    assert silent == {("words", "and"), ("words", "or")}
