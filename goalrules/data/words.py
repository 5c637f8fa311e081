"""The words of outcome files: what each means, in either language, and how it is shown.

The words stand in `grammar/data-sv.toml` and `grammar/data-en.toml`. Both languages are
understood at once, whatever the language of the rules.
"""

from collections.abc import Mapping
from functools import cache

from goalrules import resources
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.names import folded

MEASURED = {"kr": "money", "tkr": "money", "mkr": "money", "%": "share", "‰": "share"}
"""The units of which there are several sizes, and what they measure."""

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


def measure(text: str) -> str:
    """The key of a unit of measure, or the empty string; "other" for one of something per other."""
    known = meaning("units", text)
    words = folded(text).replace("/", " per ").split(maxsplit=1)
    is_rate = "per" in words[:1] or (len(words) > 1 and words[1].startswith("per "))
    of_known = bool(words) and (words[0] == "per" or bool(meaning("units", words[0])))
    return known or ("other" if is_rate and of_known else "")


def shown(section: str, key: str, language: Language) -> str:
    """The word that a language shows for a key."""
    return table(language)[section][key][0]
