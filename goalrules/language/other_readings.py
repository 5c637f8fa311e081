"""The other reading of an interpretation: the plan with that in the place of what the file says.

So what a goal would come to by it is what it comes to by the plan in which it is written instead.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar, get_args

from attrs import evolve

from goalrules.core.vocabulary import PeriodClass
from goalrules.language import statements as st
from goalrules.language.plan import Entry, Plan, assessments
from goalrules.language.statements import Interpretation, Statement
from goalrules.language.validate_years import kind_said

SomeEntry = TypeVar("SomeEntry", bound=Entry)

OF_LEVELS = (
    st.Stating, st.Target, st.ValueBands, st.WorkedOut, st.Rounded, st.Better, st.Baseline,
    st.Expected,
)  # fmt: skip
"""What is said of how indicators get their levels, beside the clauses of the rule for all."""

FAMILIES: tuple[tuple[type[st.Body], ...], ...] = (
    (*get_args(st.Clause), st.RuleAs),
    get_args(st.Adjustment),
    (st.Requires, st.RequiresFor),
    (st.ValueBands, st.NamedBands),
    *((each,) for each in (st.Policy, st.MetFrom, st.Points, st.OwnPoints, st.Weight, *OF_LEVELS)),
)
"""The kinds of sentence that can be read otherwise: one as another of its family."""

HEADS: dict[type[st.Body], st.Home] = {
    st.PlanHead: "plan",
    st.AssessIndicators: "assess",
    st.GoalHead: "goal",
    st.Indicator: "indicator",
    st.Shared: "indicator",
    st.Group: "group",
}
"""The heads at which an interpretation is of all that is said below, and what that is said of."""

ALONE = (st.SameAs, st.Extreme)
"""What is the whole rule of a goal."""


def stands_at(note: Interpretation, statement: Statement) -> bool:
    """Whether an interpretation is noted at a statement."""
    return any(map(note.says, statement.notes))


def can_be(body: st.Body) -> bool:
    """Whether a sentence can be another reading, and does not take over what stands elsewhere."""
    taking = isinstance(body, st.RuleAs | st.NamedBands) or (
        isinstance(body, st.ValueBands) and body.named
    )
    return not taking and any(type(body) in family for family in FAMILIES)


def fits(body: st.Body, statement: Statement) -> bool:
    """Whether another reading is one of the statement that it stands at, or of what is below it."""
    said = statement.body
    if type(said) in HEADS:
        listed = isinstance(said, st.Group) and not said.reported
        return not listed and HEADS[type(said)] in body.placement.homes
    return any(type(body) in family and type(said) in family for family in FAMILIES)


def gives_levels(note: Interpretation, plan: Plan) -> bool:
    """Whether indicators can have other levels by another reading, with the same figures."""
    rules = ((entry.head, *entry.statements) for entry in assessments(plan))
    of_all = any(stands_at(note, each) for rule in rules for each in rule)
    return of_all or (note.other is not None and isinstance(note.other.body, OF_LEVELS))


def by_other_reading(plan: Plan, note: Interpretation) -> Plan:
    """The plan by the other reading of an interpretation, in all places where that stands.

    It takes the place of the statement there. Of an interpretation at a head, it takes the place of
    what is said of the same below it, or is said too. What is a whole rule takes the place of one.
    """
    head = next((each for each in plan.statements if isinstance(each.body, st.PlanHead)), None)
    assess = [_entry(each, note) for each in (plan.assess, *plan.assess_again) if each]
    return evolve(
        plan,
        statements=tuple(_said(plan.statements, head, note)),
        assess=next(iter(assess), None),
        assess_again=tuple(assess[1:]),
        goals=tuple(
            evolve(
                _entry(goal, note),
                indicators=tuple(_entry(each, note) for each in goal.indicators),
                reported=tuple(_entry(each, note) for each in goal.reported),
            )
            for goal in plan.goals
        ),
    )


def _entry(entry: SomeEntry, note: Interpretation) -> SomeEntry:
    return evolve(entry, statements=tuple(_said(entry.statements, entry.head, note)))


def _said(
    statements: Iterable[Statement], head: Statement | None, note: Interpretation
) -> Iterator[Statement]:
    """Some statements that stand below a head, by the other reading."""
    said, other = list(statements), note.other
    at_head = head is not None and stands_at(note, head)
    places = [each for each in said if stands_at(note, each) and type(each.body) not in HEADS]
    if other is None or not (at_head or places):
        yield from said
        return
    body = other.body
    rules = {each.span for each in places if isinstance(each.body, st.RuleAs)}
    if at_head:
        places += [
            each
            for each in said
            if kind_said(each.body) == kind_said(body)
            or (body.placement.once and type(each.body) is type(body))
        ]
    found = {id(each): _in_place_of(each.body, body) for each in places}
    periods = {_period(each) for each in found.values()} or {_period(body)}
    for each in said:
        rule = isinstance(body, st.Clause) and isinstance(each.body, st.Clause)
        whole = isinstance(body, ALONE) or isinstance(each.body, ALONE)
        if id(each) in found:
            yield evolve(each, body=found[id(each)], span=other.span)
        elif each.taken_at not in rules and not (rule and whole and _period(each.body) in periods):
            yield each
    if not found:
        yield Statement(body, span=other.span)


def _period(body: st.Body) -> PeriodClass | None:
    return body.period if isinstance(body, st.Clause | st.Adjustment) else None


def _in_place_of(said: st.Body, body: st.Body) -> st.Body:
    """What stands in the place of a sentence: for its class of period where it names none.

    Bands stand under the name that those have which they replace.
    """
    if isinstance(body, st.Clause | st.Adjustment) and body.period is None:
        return evolve(body, period=_period(said))
    if isinstance(body, st.ValueBands) and isinstance(said, st.NamedBands):
        return evolve(said, bands=body.bands)
    return body
