"""Rules that rest on other goals: by their being met or not, by their levels, or by the worst.

So do rules that count goals and members in one list.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from .catalogue import quantities
from .forms import Condition, Count, Including, Joined, Named
from .goals import Clause, Extreme, Goal, Limit, Remark
from .pieces import Names
from .points import Score

LEVELS = (("goals by met", "green"), ("goals", "yellow"))


def goals_above(names: Names) -> Iterator[Goal]:
    """Every way to rest on goals, in clauses, limits and remarks."""
    yield Goal(extreme=Extreme("same", names[:1], listed=True, goals=True))
    for kind, but in (("worst", 0), ("best", 0), ("worst", 1)):
        yield Goal(extreme=Extreme(kind, names, listed=True, but=but, goals=True))
    clause = Clause("green", Count("any", "green", names, listed=True, noun="goals"))
    for condition in met(names):
        yield Goal((Clause("green", condition),))
        yield Goal((clause,), "red", limits=(Limit("cap", "yellow", "unless", condition),))
        yield Goal((clause,), limits=(Limit("floor", "yellow", "when", condition),))
        yield Goal((clause,), remarks=(Remark("not so", "unless", condition),))
    for condition in not_met(names):
        yield Goal((clause,), limits=(Limit("cap", "red", "when", condition),))
        yield Goal((clause,), "red", limits=(Limit("floor", "green", "unless", condition),))
        yield Goal((clause,), remarks=(Remark("so", "when", condition),))


def met(names: Names) -> Iterator[Condition]:
    """Conditions that ask for goals to be met; `none` and `at most` are of those not met."""
    yield from _counts(names)
    yield Named(names[0], "green", names, noun="goals by met")
    yield Named(names[1], "yellow", names, noun="goals", side="at least")


def not_met(names: Names) -> Iterator[Condition]:
    """Conditions that ask for goals not to be met; `none` and `at most` are of those met."""
    yield from _counts(names)
    one = Named(names[0], "green", names, noun="goals by met")
    yield one
    yield Joined("or", (one, Named(names[1], "red", names, noun="goals")))


def _counts(names: Names) -> Iterator[Count]:
    """Every quantity of goals, by their being met and by their level."""
    every = (*quantities(len(names)), ("none", 0), ("at most", 1))
    for (noun, level), (kind, amount) in product(LEVELS, every):
        yield Count(kind, level, names, listed=True, amount=amount, noun=noun)


def beside_members(names: Names, *, points: bool) -> Iterator[Goal]:
    """Every way to count goals, whose names begin with a number, and members in one list."""
    for kind, but in (("worst", 0), ("best", 0), ("worst", 1)):
        yield Goal(extreme=Extreme(kind, names, listed=True, but=but, mixed=True))
    for condition in _mixed(names, points=points):
        yield Goal((Clause("green", condition),), "red")
        yield Goal(
            (Clause("green", condition),), limits=(Limit("floor", "yellow", "when", condition),)
        )
    clause = Clause("green", Count("any", "green", names, listed=True, noun="mixed"))
    for condition in _mixed(names, points=False):
        if not isinstance(condition, Count) or condition.including or condition.rest:
            continue
        yield Goal((clause,), "red", limits=(Limit("cap", "red", "when", condition),))
        yield Goal((clause,), remarks=(Remark("so", "when", condition),))


def _mixed(names: Names, *, points: bool) -> Iterator[Condition]:
    """Every quantity of members and goals, by being met and by level, and their points."""
    every = (*quantities(len(names)), ("none", 0), ("at most", 1))
    for (noun, level), (kind, amount) in product(LEVELS, every):
        mixed = noun.replace("goals", "mixed")
        yield Count(kind, level, names, listed=True, amount=amount, noun=mixed)
    for named in (names[:1], names[-1:], names[1:]):
        for number in (None, 1):
            including = Including(named, number)
            few = Count("percent", "green", names, listed=True, amount=70, noun="mixed by met")
            yield replace(few, including=including, rest="yellow")
            every_one = Count("all", "yellow", names, listed=True, noun="mixed")
            yield replace(every_one, including=including)
    if points:
        yield Score("sum", "at least", len(names), names, listed=True, noun="mixed")
        yield Score("mean", "over", 1, names, listed=True, noun="mixed")
        yield Score("share", "at least", 60, names, listed=True, noun="mixed")
