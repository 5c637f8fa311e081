"""What is declared of each code of a diagnostic: its severity, facts, edit and texts."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from goalrules.lazily import frozen
from goalrules.report.catalogue import read_texts
from goalrules.text.languages import LANGUAGES

Severity = Literal["error", "warning", "note"]
EditKind = Literal["none", "name", "goal", "keyword", "removal", "version"]
"""What mends a fault: nothing that is certain; the nearest name, goal or keyword in the place of
what stands there; that it is removed; or the version of the language in the first line."""


@frozen
class Declaration:
    """All that is declared of one code; the head of `texts/diagnostics.toml` says what each means.

    A kind of fact is "text", "number", "count", "line" or a `WordKind`; of a list, the kind of its
    items stands alone in a list.
    """

    texts: Mapping[str, Mapping[str, str]]
    severity: Severity
    edit: EditKind
    facts: Mapping[str, str | Sequence[str]]


@lru_cache
def declarations() -> Mapping[str, Declaration]:
    """Every declaration, by its code."""
    return {
        code: Declaration(
            {language: own[language] for language in LANGUAGES},
            own.get("severity", "error"),
            own.get("edit", "none"),
            own.get("facts", {}),
        )
        for code, own in read_texts("diagnostics").items()
    }
