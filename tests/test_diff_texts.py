"""The texts of comparisons: the same in both languages, and each said on a golden page."""

import string
from collections.abc import Iterator

import pytest
from golden_pages import expectations, pages
from golden_producers import PRODUCERS

from goalrules.report.catalogue import Catalogue, catalogue

Key = tuple[str, str]

ELSEWHERE = {
    ("kind", "not compared"),
    ("one", "not compared"),
    ("many", "not compared"),
    ("claim", "not compared"),
    ("kind", "new-contribution"),
    ("kind", "removed-contribution"),
    ("claim", "removed-contribution"),
}
"""What other tests show: rules that are too large for a page, and the founding plans."""


def texts(language: str) -> dict[Key, str]:
    """Every text with its key."""
    found = catalogue("diff", language).texts
    return {(part, key): text for part, all_ in found.items() for key, text in all_.items()}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_fields() -> None:
    swedish, english = (
        {key: fields(text) for key, text in texts(language).items()} for language in ("sv", "en")
    )
    assert swedish == english


def said(language: str) -> Iterator[Key]:
    """The keys that comparisons on pages use."""
    own = catalogue("diff", language)
    say, found = Catalogue.say, list[Key]()

    def recorded(self: Catalogue, section: str, key: str, **given: object) -> str:
        if self is own:
            found.append((section, key))
        return say(self, section, key, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Catalogue, "say", recorded)
        for page in pages():
            for each in expectations(page):
                if each.producer == "diff" and each.language == language:
                    PRODUCERS[each.producer](each.given, each.language)
    yield from found


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_text_is_said_on_a_page(language: str) -> None:
    joins = {("words", "and"), ("words", "or")}
    assert set(texts(language)) - set(said(language)) - joins - ELSEWHERE == set()
