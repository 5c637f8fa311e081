"""The engine asked for its answer alone: the rule is lowered once, and each member read once.

By this way a million cases are judged. On the whole public way outcomes are read anew for each
case, and reasons are found that no oracle speaks of, which takes several times as long.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import goalrules
from goalrules.assess.appraise import NOTHING_SAID, appraise_level
from goalrules.assess.judging import verdict_of
from goalrules.core.columns import deciding
from goalrules.core.evaluate import judge
from goalrules.core.judged import Judged
from goalrules.core.scales import Ends
from goalrules.core.trace import Member
from goalrules.data.outcome import rows_from_python
from goalrules.language.lower import UNSAID

Outcomes = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine answers, where nothing is asked but what the oracle says too."""

    verdict: str
    worst: str
    best: str
    deciding: tuple[str, ...]


@cache
def read(name: str, outcome: str | None) -> tuple[Member, Ends]:
    """A member as the engine takes it from its outcome, and its ends."""
    [row], unread = rows_from_python({name: outcome})
    found, faults = appraise_level(name, row)
    assert (*unread, *faults) == ()
    return found, found.ends


def judging(rule: goalrules.Rule) -> Callable[[Outcomes], Answer]:
    """The answer of a rule, lowered already, on the outcomes of its members; it names no goals."""
    judged = rule._rule.judged  # noqa: SLF001  # what the public face has made of the rule
    return lambda outcomes: _answer(judged, outcomes)


def _answer(judged: Judged, outcomes: Outcomes) -> Answer:
    members = {name: read(name, given)[0] for name, given in outcomes.items()}
    ends = judge(judged, {**members, UNSAID: NOTHING_SAID}).ends
    verdict = verdict_of(ends, judged.met)
    names = _deciding(judged, outcomes) if verdict == "open" else ()
    return Answer(verdict, judged.scale.levels[ends.worst], judged.scale.levels[ends.best], names)


def _deciding(judged: Judged, outcomes: Outcomes) -> tuple[str, ...]:
    """The members that can still decide an open verdict, of which there are few enough to try."""
    ends = {name: read(name, given)[1] for name, given in outcomes.items()}
    assert judged.meets
    found = deciding(judged.meets, {**ends, UNSAID: NOTHING_SAID.ends})
    assert found is not None
    return tuple(found)
