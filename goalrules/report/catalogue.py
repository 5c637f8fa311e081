"""The texts of the product in each language: code says what is the case, a catalogue says it.

Each subject has one file for each language under `texts/`, with the same keys and fields. The
texts of diagnostics stand in `texts/diagnostics.toml`, where all of each code is declared together.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from goalrules.lazily import frozen
from goalrules.resources import PACKAGE
from goalrules.text.languages import LANGUAGES, Language


@frozen
class Catalogue:
    """The texts of one subject in one language."""

    language: Language
    texts: Mapping[str, Mapping[str, str]]

    def say(self, section: str, key: str, **fields: object) -> str:
        """A text with its fields filled in; `KeyError` for a text that the catalogue lacks."""
        return self.texts[section][key].format(**fields)

    def listed(self, items: Iterable[str], word: str = "and") -> str:
        """Some items as a list in words: `a`, `a and b`, `a, b and c`."""
        *most, last = items
        return f"{', '.join(most)} {self.texts['words'][word]} {last}" if most else last


@lru_cache
def catalogue(subject: str, language: Language) -> Catalogue:
    """The catalogue of a subject, such as "explain", in "sv" or "en"; `ValueError` for others."""
    if language not in LANGUAGES:
        raise ValueError(f"no texts in {language!r}: give 'sv' or 'en'")
    return Catalogue(language, read_texts(f"{subject}-{language}"))


def read_texts(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The sections of a file of texts, by its name without `.toml`."""
    path = PACKAGE.joinpath("report", "texts", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
