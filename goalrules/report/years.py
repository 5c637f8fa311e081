"""Spans of years in words: `år 2024`, `åren 2024–2026`, `åren från och med 2027`."""

from collections.abc import Iterable

from goalrules.data.period import show_period, stored_period
from goalrules.language.years import OPEN
from goalrules.report.catalogue import Catalogue, catalogue
from goalrules.text.languages import Language

SECTION = "terms.years"


def span_text(years: str, texts: Catalogue) -> str:
    """A span in words, from years as they are stored: `2024`, `2024/2026`, `../2023`, `2027/..`.

    Its ends may be months, as in `2025-07/..`.
    """
    first, until, last = years.replace(OPEN, "").partition("/")
    form = "one"
    if until:
        form = "several" if first and last else ("after" if first else "before")
    if "-" in years:
        form = f"{form}-month"
        first, last = (
            show_period(stored_period(each), texts.language) if each else ""
            for each in (first, last)
        )
    return texts.say(SECTION, form, first=first, last=last)


def years_text(spans: Iterable[str], language: Language) -> str:
    """Some spans of years in words, as a list."""
    texts = catalogue("diagnostics", language)
    return texts.listed(span_text(each, texts) for each in spans)


def in_years_text(spans: Iterable[str], language: Language) -> str:
    """That something is so in some spans of years."""
    said = years_text(spans, language)
    return catalogue("diagnostics", language).say(SECTION, "some", years=said)
