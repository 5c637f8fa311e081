"""Calls with limits: where one has taken as much as it may, the error says which of them it was."""

from collections.abc import Iterator
from contextlib import contextmanager

from goalrules.limits import LimitReachedError, Limits, within
from goalrules.refusal import LimitError, fault
from goalrules.text.languages import Language


@contextmanager
def bounded(limits: Limits | None, language: Language) -> Iterator[None]:
    """Let what is done take no more than it may; `LimitError` where it would."""
    try:
        with within(limits):
            yield
    except LimitReachedError as reached:
        told = fault("limit-reached", "limits", limit=reached.limit, most=str(reached.most))
        raise LimitError([told], language) from None
