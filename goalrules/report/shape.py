"""What a trace holds, as the texts ask for it: the steps below a step, members, and counts.

A condition of bad levels stands under a cap with *when* and a floor with *unless*; its steps
are then of what holds where it does not (`bad`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast

from goalrules.core.trace import LevelTest, Member, Step
from goalrules.core.vocabulary import GOAL_KINDS
from goalrules.language import statements as st
from goalrules.language import syntax as sx
from goalrules.language.keywords import Agreement


def sub_steps(step: Step) -> Sequence[Step]:
    """The steps just below a step."""
    return [child for child in step.children if isinstance(child, Step)]


def reaches(step: Step) -> list[LevelTest]:
    """The members that a step asks for itself."""
    return [child for child in step.children if isinstance(child, LevelTest)]


def steps_of(steps: Iterable[Step]) -> Iterator[Step]:
    """Some steps and those below them, each before its own."""
    for step in steps:
        yield step
        yield from steps_of(sub_steps(step))


def members_of(steps: Iterable[Step]) -> list[Member]:
    """The members that some steps and those below them ask for, each once."""
    found = {reach.member.name: reach.member for each in steps_of(steps) for reach in reaches(each)}
    return [each for each in found.values() if each.kind != "unsaid"]


def limit_of(step: Step) -> st.Limit:
    """The cap or the floor that a step comes from."""
    return cast(st.Limit, step.form)


def adjustment_of(step: Step) -> st.Adjustment:
    """The cap, the floor, or the step better or worse that a step comes from."""
    return cast(st.Adjustment, step.form)


def floors_of(levels: Iterable[Step]) -> tuple[Step, ...]:
    """The floors at some levels, each once."""
    steps = [step for level in levels for step in sub_steps(level) if step.kind == "floor"]
    return tuple({limit_of(step): step for step in steps}.values())


def form_of_count(step: Step) -> sx.Count:
    """The form of rule that a step of the kind "count" comes from."""
    return cast(sx.Count, step.form)


def counts_bad(step: Step, *, bad: bool = False) -> bool:
    """Whether a step counts the members above the level that the rule names."""
    form = step.form
    bounds = isinstance(form, sx.Count) and form.quantity.kind in sx.BOUNDING
    return isinstance(form, sx.Count) and bounds != bad


def counted(step: Step, *, bad: bool = False) -> tuple[int, int]:
    """How many are at the level that the rule names, at fewest and at most."""
    low, high = step.got
    return (step.of - high, step.of - low) if counts_bad(step, bad=bad) else (low, high)


def gender(step: Step) -> Agreement:
    """The gender of what a step counts: a goal is neuter in Swedish, an indicator common."""
    form = step.form
    goals = isinstance(form, sx.Count) and (form.scope.goals or form.scope.beside)
    one = isinstance(form, sx.Single) and form.goal
    return "neuter" if goals or one else "common"


def agreeing(step: Step, number: int) -> Agreement:
    """The form of a word that is said of so many."""
    return "plural" if number > 1 else gender(step)


def agreeing_with(members: Sequence[Member], step: Step) -> Agreement:
    """The form of a word that is said of some members by name; of one alone in a list, its own."""
    alone = members[0].kind if len(members) == 1 else ""
    beside = isinstance(step.form, sx.Count) and step.form.scope.beside
    return goal_gender(alone) if alone and beside else agreeing(step, len(members))


def goal_gender(kind: str) -> Agreement:
    """The gender of a goal, a contribution or a member, which its level agrees with."""
    return "neuter" if kind in GOAL_KINDS else "common"


def at_top(step: Step) -> bool:
    """Whether a step asks for the best level."""
    return all(child.level == child.member.levels[-1] for child in reaches(step))


def all_known(step: Step) -> bool:
    """Whether the level of every member that a step asks for is known."""
    return all(child.member.decided for child in reaches(step) if child.member.applies)


def asks_met(step: Step) -> bool:
    """Whether a step asks whether goals are met, and not for their level."""
    form = step.form
    if isinstance(form, sx.Count | sx.Single):
        return isinstance(form.predicate, sx.Met)
    return step.kind == "same"


def grouped(
    members: Iterable[Member], key: Callable[[Member], str]
) -> list[tuple[str, list[Member]]]:
    """Some members by what they have in common, in order."""
    found: dict[str, list[Member]] = {}
    for member in members:
        found.setdefault(key(member), []).append(member)
    return list(found.items())
