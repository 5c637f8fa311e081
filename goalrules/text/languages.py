"""The languages of rule files and of what is said of them: a further one is a name here."""

from typing import Literal, TypeAlias, get_args

Language: TypeAlias = Literal["sv", "en"]
"""The languages of rule files and of explanations."""

LANGUAGES: tuple[Language, ...] = get_args(Language)

DEFAULT_LANGUAGE: Language = LANGUAGES[0]
"""The language in which faults are told where neither the rules nor anybody says which."""


def spoken(language: Language | None, own: Language) -> Language:
    """The language that is asked for, or else the own one; `ValueError` where it is neither."""
    if language not in (None, *LANGUAGES):
        raise ValueError(f"no language {language!r}: give 'sv' or 'en'")
    return language or own
