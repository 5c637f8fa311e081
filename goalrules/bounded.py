"""Calls with limits: what the package raises where one has taken as much as it may."""

from collections.abc import Iterator
from contextlib import contextmanager

from goalrules.limits import LimitName, LimitReachedError, Limits, within
from goalrules.refusal import fault
from goalrules.report.diagnostics.text import plain_text
from goalrules.text.diagnostics import Diagnostic, GoalrulesError
from goalrules.text.languages import DEFAULT_LANGUAGE, Language


class LimitError(GoalrulesError):
    """A call has taken as much as it may: `.limit` is "steps", "rows", "bytes" or "deadline"."""

    def __init__(self, diagnostic: Diagnostic, language: Language, limit: LimitName) -> None:
        super().__init__([diagnostic], "", language)
        self.limit = limit

    def __str__(self) -> str:
        """What is told of it; made when it is asked for, as the time of the call is used up."""
        return plain_text(self.diagnostics, self.language)

    def __reduce__(self) -> tuple[object, ...]:
        return LimitError, (self.diagnostics[0], self.language, self.limit)


@contextmanager
def bounded(limits: Limits | None, language: Language = DEFAULT_LANGUAGE) -> Iterator[None]:
    """Let what is done take no more than it may; `LimitError` where it would."""
    try:
        with within(limits):
            yield
    except LimitReachedError as reached:
        told = fault("limit-reached", "limits", limit=reached.limit, most=str(reached.most))
        raise LimitError(told, language, reached.limit) from None
