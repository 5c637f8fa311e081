"""What the file says of a goal in a class of period: clauses, limits, policies and the like."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from goalrules.core.vocabulary import PeriodClass
from goalrules.data.period import Period
from goalrules.language.plan import Plan
from goalrules.language.statements import (
    Adjustment,
    AdjustmentKind,
    Clause,
    Policy,
    Remark,
    Requires,
    RequiresFor,
    Statement,
)

CLASSES: Mapping[str, PeriodClass] = {"month": "monthly", "year": "annual"}
"""The class of a period by its kind; every other kind is interim."""


def class_of(period: Period) -> PeriodClass:
    """The class that a period is of."""
    return CLASSES.get(period.kind, "interim")


def clauses_for(statements: Iterable[Statement], class_: PeriodClass) -> tuple[Statement, ...]:
    """The clauses for a class of period: its own, else those that name no class."""
    return _of_class([each for each in statements if isinstance(each.body, Clause)], class_)


def _of_class(statements: Sequence[Statement], class_: PeriodClass) -> tuple[Statement, ...]:
    dated = [(cast(Clause | Adjustment, each.body).period, each) for each in statements]
    own = tuple(each for said, each in dated if said == class_)
    return own or tuple(each for said, each in dated if said is None)


def dated(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements that hold for a class of period."""
    return (each for each in statements if isinstance(each.body, Clause | Adjustment))


def beside(statements: Iterable[Statement], class_: PeriodClass) -> tuple[Statement, ...]:
    """What is said of a goal beside its clauses, for a class of period."""
    everything = list(statements)
    said: dict[AdjustmentKind, list[Statement]] = {}
    for each in everything:
        if isinstance(each.body, Adjustment):
            said.setdefault(each.body.kind, []).append(each)
    held = [each for same in said.values() for each in _of_class(same, class_)]
    adjustments = [each for each in everything if any(each is one for one in held)]
    others = (Policy, Requires, RequiresFor, Remark)
    return (*adjustments, *(each for each in everything if isinstance(each.body, others)))


def bodies(statements: Iterable[Statement]) -> tuple[Clause, ...]:
    """What some clauses say."""
    return tuple(each.body for each in statements if isinstance(each.body, Clause))


def policies_of_plan(plan: Plan, others: Iterable[Statement]) -> list[Policy]:
    """The plan's policies for which a goal has none of its own."""
    own = {each.body.of for each in others if isinstance(each.body, Policy)}
    return [each for each in plan.all(Policy) if each.of not in own]


def assess_statements(plan: Plan) -> tuple[Statement, ...]:
    """What the file says of how every indicator gets its level."""
    return (plan.assess.head, *plan.assess.statements) if plan.assess else ()
