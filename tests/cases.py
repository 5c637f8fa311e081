"""A law that is tried on many small cases in one test, which names every case that fails."""

from collections.abc import Callable, Collection

import pytest
from hypothesis import settings

QUICK = 50
"""The cases that are drawn for a law at each change, where it does not say how many itself."""

SHOWN = 8
"""The lines of each failure that are shown."""


def on_every(
    cases: Collection[object], *, at_least: int
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Make one test of a law of a case; a case that is a tuple gives the law's arguments.

    There must be at least so many cases, so that no list of them empties unseen. Thousands of
    cases are one line in a report, and every one that fails is told by its name.
    """

    def test_of(law: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            failed = [told for case in cases if (told := _failure(law, case))]
            assert not failed, f"{len(failed)} of {len(cases)} fail:\n" + "\n".join(failed)
            assert len(cases) >= at_least, f"only {len(cases)} are left of {at_least} cases"

        test.__name__, test.__qualname__ = law.__name__, law.__qualname__
        test.__doc__, test.__module__ = law.__doc__, law.__module__
        return test

    return test_of


def first_of(parts: int) -> pytest.MarkDecorator:
    """Share the cases of a test out: the first part is tried at each change, the others as proof.

    So every `parts`-th case belongs to `part`.
    """
    more = [pytest.param(part, marks=pytest.mark.long) for part in range(1, parts)]
    return pytest.mark.parametrize("part", [0, *more])


def dear(draws: int) -> settings:
    """How often a law is tried, of a hundred draws of one that says nothing: its cases are work."""
    profile = settings.get_profile(settings.get_current_profile_name())
    return settings(max_examples=max(1, draws * profile.max_examples // 100))


def _failure(law: Callable[..., None], case: object) -> str:
    """The name of a case that the law does not hold for, and why; nothing where it holds."""
    given = case if isinstance(case, tuple) else (case,)
    try:
        law(*given)
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - each is told, none hides the next
        kind = "" if isinstance(error, AssertionError) else f"{type(error).__name__}: "
        lines = f"{kind}{error}".splitlines()[:SHOWN]
        return f"{', '.join(map(repr, given))}:\n" + "\n".join(f"    {line}" for line in lines)
    return ""
