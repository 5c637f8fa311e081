"""The languages of rule files and of what is said of them: a further one is a name here."""

from typing import Literal, TypeAlias, get_args

Language: TypeAlias = Literal["sv", "en"]
"""The languages of rule files and of explanations."""

LANGUAGES: tuple[Language, ...] = get_args(Language)

DEFAULT_LANGUAGE: Language = LANGUAGES[0]
"""The language in which faults are told where neither the rules nor anybody says which."""
