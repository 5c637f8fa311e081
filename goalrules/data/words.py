"""The words of outcome files: what each means, in either language, and how it is shown.

The words stand in `grammar/data-sv.toml` and `grammar/data-en.toml`. Both languages are
understood at once, whatever the language of the rules.
"""

from collections.abc import Mapping
from functools import cache

from goalrules import resources
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.names import folded

WordTable = Mapping[str, Mapping[str, list[str]]]


def table(language: Language) -> WordTable:
    """One language's words: section, then key, then its words with the shown one first."""
    return resources.read_table(f"grammar/data-{language}.toml")


@cache
def meanings(section: str) -> Mapping[str, str]:
    """Every folded word of a section in either language, and its key."""
    return {
        folded(word): key
        for language in LANGUAGES
        for key, words in table(language)[section].items()
        for word in words
    }


def make_ready() -> None:
    """Read the tables, so that nothing has to be read when outcomes are evaluated."""
    for language in LANGUAGES:
        table(language)


def meaning(section: str, text: str) -> str:
    """The key that a text is a word for, or the empty string where it is none of the section."""
    return meanings(section).get(folded(text), "")


def shown(section: str, key: str, language: Language) -> str:
    """The word that a language shows for a key."""
    return table(language)[section][key][0]
