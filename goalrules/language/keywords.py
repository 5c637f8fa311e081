"""The words of one human language: which token a word or phrase is, and how a token is written."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal

from attrs import evolve

from goalrules.lazily import frozen
from goalrules.resources import read_table
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.names import folded
from goalrules.versions import RULE_LANGUAGE

Agreement = Literal["common", "neuter", "plural"]
FORMS: tuple[Agreement, ...] = ("common", "neuter", "plural")


@frozen
class KeywordMeaning:
    """What a word or phrase is: the type of its token, and the value that the token carries."""

    type: str
    value: str


@frozen
class Words:
    """The keyword table of one language.

    `months` are words only in a sentence that speaks of months, and else may be names. The
    `newer_forms` are rules of the grammar that an older version of the language has not, and
    `newer_keys` tokens.
    """

    language: Language
    meanings: Mapping[str, KeywordMeaning]
    written: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]
    months: Mapping[str, str]
    longest: int
    newer_forms: frozenset[str] = frozenset()
    newer_keys: frozenset[str] = frozenset()

    def meaning(self, phrase: str) -> KeywordMeaning | None:
        """What the phrase is in this language, or None where it is no word of its own."""
        return self.meanings.get(folded(phrase))

    def with_levels(self, levels: Iterable[str]) -> "Words":
        """The same table with the levels of a file's own scales among its words."""
        levels = tuple(levels)
        if not levels:
            return self
        own = {folded(level): KeywordMeaning("LEVEL", " ".join(level.split())) for level in levels}
        known = {key for key, meaning in self.meanings.items() if meaning.type == "LEVEL"}
        added = {key: meaning for key, meaning in own.items() if key not in known}
        added |= self._inflected(added)
        longest = max([self.longest, *(len(key.split()) for key in added)])
        return evolve(self, meanings={**self.meanings, **added}, longest=longest)

    def _inflected(self, levels: Mapping[str, KeywordMeaning]) -> dict[str, KeywordMeaning]:
        """Every form of `met` and of `not met`, where a level goes by one of them."""
        types = {
            self.meanings[key].type: level for key, level in levels.items() if key in self.meanings
        }
        return {
            key: types[meaning.type]
            for key, meaning in self.meanings.items()
            if meaning.type in types and meaning.type in ("MET", "NOT_MET")
        }

    def write(self, key: str, agreement: Agreement = "common") -> str:
        """The word for a token or a level, in the form that agrees with what it is said of.

        A level that the table does not hold is the file's own word, and stays as it is.
        """
        forms = self.forms.get(key) or self._forms_of_met(key)
        return forms[FORMS.index(agreement)] if forms else self.written.get(key, key)

    def _forms_of_met(self, level: str) -> tuple[str, ...]:
        """The forms of a level that goes by the word for met, or for not met: of one as it is."""
        tables = (self.forms.get(token, ()) for token in ("MET", "NOT_MET"))
        found = next((forms for forms in tables if folded(level) in forms), ())
        return (level, *found[1:]) if found else ()


@lru_cache
def words(language: Language, version: str = RULE_LANGUAGE) -> Words:
    """The keyword table of a language, as a version of the rule language has it."""
    table = read_table(f"grammar/{language}.toml")
    newer = newer_than(version)
    later = {folded(word) for each in newer for word in each["words"].get(language, ())}
    later_keys = {key for each in newer for key in each["keys"]}
    meanings = {
        phrase: meaning
        for phrase, meaning in _meanings(table)
        if phrase not in later and meaning.type not in later_keys
    }
    months = {f"MONTH {number}": all_ for number, all_ in table["months"].items()}
    written = table["keywords"] | table["levels"] | months
    return Words(
        language=language,
        meanings=meanings,
        written={key: all_[0] for key, all_ in written.items()},
        forms={key: tuple(forms) for key, forms in table["agreement"].items()},
        months={folded(word): number for number, all_ in table["months"].items() for word in all_},
        longest=max(len(phrase.split()) for phrase in meanings),
        newer_forms=frozenset(form for each in newer for form in each["forms"]),
        newer_keys=frozenset(later_keys),
    )


def newer_than(version: str) -> tuple[Mapping[str, Any], ...]:
    """What the versions after one have that it has not: keys, words and forms."""
    table = read_table("grammar/versions.toml")
    return tuple(each for number, each in table.items() if int(number) > int(version))


@lru_cache
def words_for_no_outcome() -> frozenset[str]:
    """The folds of what outcome files, in any language, say where there is no outcome."""
    tables = [read_table(f"grammar/data-{language}.toml")["statuses"] for language in LANGUAGES]
    return frozenset(folded(each) for table in tables for words in table.values() for each in words)


def _meanings(table: Mapping[str, Mapping[str, list[str]]]) -> Iterable[tuple[str, KeywordMeaning]]:
    for token, phrases in table["keywords"].items():
        yield from ((folded(phrase), KeywordMeaning(token, phrase)) for phrase in phrases)
    for level, phrases in table["levels"].items():
        yield from ((folded(phrase), KeywordMeaning("LEVEL", level)) for phrase in phrases)
    for number, phrases in table["numbers"].items():
        yield from ((folded(phrase), KeywordMeaning("NUMBER", number)) for phrase in phrases)
