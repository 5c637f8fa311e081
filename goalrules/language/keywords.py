"""The words of one human language: which token a word or phrase is, and how a token is written."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal

from attrs import evolve, field

from goalrules.lazily import frozen
from goalrules.resources import read_table
from goalrules.text.languages import LANGUAGES, Language
from goalrules.text.names import folded, level_key
from goalrules.text.numbers import decimal_mark, read_number
from goalrules.versions import RULE_LANGUAGE

LEVEL_WORDS = ("LEVEL", "MET", "NOT_MET")
"""What a level without quotes may be among the words of the language."""

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
    `newer_keys` tokens. `own` are the levels of the file's own scales, by their keys.
    """

    language: Language
    meanings: Mapping[str, KeywordMeaning]
    written: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]
    months: Mapping[str, str]
    longest: int
    newer_forms: frozenset[str] = frozenset()
    newer_keys: frozenset[str] = frozenset()
    own: Mapping[str, str] = field(factory=dict)

    def meaning(self, phrase: str) -> KeywordMeaning | None:
        """What the phrase is in this language, or None where it is no word of its own."""
        return self.meanings.get(folded(phrase))

    def level(self, text: str) -> str:
        """The level that a text in quotes, or a number, is a word for; empty for none."""
        meaning = self.meanings.get(folded(text))
        if meaning and meaning.type == "LEVEL":
            return meaning.value
        return self.own.get(level_key(text), "") if self.own and text else ""

    def with_levels(self, levels: Iterable[str], unquoted: Iterable[str] = ()) -> "Words":
        """The same table with the levels of a file's own scales among its words.

        One that is a word of the language already is a level only where it stands in quotes; of
        those that the file declares `unquoted` it is one everywhere, until it is refused.
        """
        bare = {level_key(level): " ".join(level.split()) for level in unquoted}
        own = {level_key(level): " ".join(level.split()) for level in levels} | bare
        if not own:
            return self
        kinds = {key: self.meanings[key].type if key in self.meanings else "" for key in own}
        added = {
            key: KeywordMeaning("LEVEL", level)
            for key, level in own.items()
            if kinds[key] != "LEVEL" and (key in bare or kinds[key] in ("", *LEVEL_WORDS))
        }
        added |= self._inflected(added)
        longest = max([self.longest, *(len(key.split()) for key in added)])
        return evolve(self, meanings={**self.meanings, **added}, longest=longest, own=own)

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

        A level that the table does not hold is the file's own word, and stays as it is; one that is
        a number has the language's decimal mark.
        """
        forms = self.forms.get(key) or self._forms_of_met(key)
        if not forms and "." in key and read_number(key) is not None:
            return key.replace(".", decimal_mark(self.language))
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
