"""Everything that is wrong with a plan before anyone is judged by it, goal by goal."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from attrs import evolve

from goalrules.core.scales import REACHED
from goalrules.language.check_clauses import CLAUSES, check_clauses, unknown_goals
from goalrules.language.check_conditions import check_condition, check_level, unknown_goal
from goalrules.language.check_indicators import check_indicator
from goalrules.language.check_members import check_members
from goalrules.language.check_scales import check_scales
from goalrules.language.check_time import check_time
from goalrules.language.check_values import check_formulas, check_values, ring_of
from goalrules.language.check_years import check_over_years, unsure_of_years
from goalrules.language.context import Context
from goalrules.language.levels import LevelScale, scales_of
from goalrules.language.lower import TARGET
from goalrules.language.lower_clauses import naming_of_facts
from goalrules.language.naming import (
    Naming,
    PlanNames,
    goal_key,
    goal_naming,
    indicator_levels,
    naming,
    plan_names,
)
from goalrules.language.plan import GoalEntry, Plan, everything_said, goals_named
from goalrules.language.statements import (
    According,
    Document,
    Focus,
    Limit,
    MetFrom,
    Points,
    Policy,
    Remark,
    Requires,
    Statement,
)
from goalrules.language.syntax import Condition, Name
from goalrules.language.years import notes_of_years
from goalrules.text.diagnostics import Diagnostic, first_faults
from goalrules.text.names import folded, nearest, scripts
from goalrules.text.source import Source

OF_WHOLE_PLAN = frozenset(
    "unknown-goal unknown-document goal-without-verdict unknown-scale no-points".split()
)
OF_WHOLE_GOAL = frozenset(
    "unknown-member group-without-quantity nothing-to-count wrong-size needs-too-many allows-all"
    " included-outside included-number no-rule never-met no-parts no-better-side no-weights"
    " points-always points-never lowest-number lowest-differ leaves-none remain-number"
    " reserve-of-all cycle-of-values".split()
)
"""The faults that only a plan, or a goal, can have of which every sentence could be read."""

OF_SCALES = frozenset({"unknown-level", "unknown-scale", "other-scale", "no-points"})
"""The faults that only a plan can have of which every scale could be read."""

OF_YEARS = frozenset(
    "goal-twice member-twice clause-twice said-twice same-and-more below-otherwise lowest-when"
    " overlapping-years gap-in-years too-many-turns outside-plan-years".split()
)
"""The faults that, like those of a whole plan or goal, are sure only where all years are known."""

IN_RULE = (*CLAUSES, Limit, Remark, Policy, Requires, Points)
"""The statements that have a meaning in a rule given alone."""


def check(source: Source, plan: Plan) -> tuple[Diagnostic, ...]:
    """The faults of a plan in any of its years, in the order of the file."""
    context = Context(source, naming((), {}, {}))
    found = check_over_years(plan, context, lambda each: _check_year(source, each))
    of_years = OF_YEARS | OF_WHOLE_PLAN | OF_WHOLE_GOAL
    return first_faults(source, _sure(found, of_years, broken=unsure_of_years(plan)))


def _check_year(source: Source, plan: Plan) -> Iterator[Diagnostic]:
    """The faults of a plan as it is in a year."""
    names = plan_names(plan, scales_of(plan))
    context = Context(source, naming((), {}, names.goals))
    shares = len(_facts(plan).levels(TARGET).scale.levels) > len(REACHED.levels)
    found = chain(
        _check_plan(plan, context),
        check_scales(plan, context),
        check_members(plan.statements, _of_one(context, names.scales.own)),
        _sure(_check_assess(plan, context, names), OF_WHOLE_GOAL, broken=plan.broken),
        *(
            _sure(
                _check_goal(goal, names, source, shares=shares), OF_WHOLE_GOAL, broken=goal.broken
            )
            for goal in plan.goals
        ),
        _check_shared(plan, context),
        _check_cycles(plan, context),
    )
    sure = _sure(found, OF_WHOLE_PLAN, broken=plan.broken)
    yield from _sure(sure, OF_SCALES, broken=plan.broken_scale)


def _facts(plan: Plan) -> Naming:
    """The names in the rule by which every indicator gets its level."""
    statements = plan.assess.statements if plan.assess else ()
    return naming_of_facts(each.body for each in statements if isinstance(each.body, CLAUSES))


def _sure(
    found: Iterable[Diagnostic], of_whole: frozenset[str], *, broken: bool
) -> Iterator[Diagnostic]:
    """The faults that are sure even where something could not be read whole."""
    return (each for each in found if not broken or each.code not in of_whole)


def check_rule(
    source: Source, condition: Condition | None, statements: Sequence[Statement], names: Naming
) -> tuple[Diagnostic, ...]:
    """The faults of a rule given alone."""
    context = Context(source, names)
    of_condition = check_condition(condition, context) if condition else ()
    of_clauses = check_clauses(statements, context, names.others)
    of_members = check_members(statements, context)
    of_others = _check_alone(statements, context)
    return first_faults(source, chain(of_condition, of_clauses, of_members, of_others))


def _check_alone(statements: Iterable[Statement], context: Context) -> Iterator[Diagnostic]:
    """The statements that have no meaning in a rule without a plan and a period around it."""
    for statement in statements:
        body = statement.body
        if not isinstance(body, IN_RULE):
            yield context.at(statement.span, "sentence-in-rule", text=_written(statement, context))
        elif isinstance(body, (*CLAUSES, Limit)) and body.period:
            yield context.at(statement.span, "period-in-rule")
        for note in notes_of_years(statement):
            yield context.at(note.span, "period-in-rule")


def _written(statement: Statement, context: Context) -> str:
    """The first line of a statement as it stands."""
    span = statement.span
    line = context.source.line(span.line)
    return line[span.column - 1 : span.end_column - 1 if span.line == span.end_line else None]


def _check_plan(plan: Plan, context: Context) -> Iterator[Diagnostic]:
    documents = [each.name for each in plan.all(Document)]
    yield from _repeated(documents, "document-twice", context)
    yield from _repeated([goal.goal.id for goal in plan.goals], "goal-twice", context)
    for goal in plan.goals:
        yield from _numbered(goal.goal.id, context)
    known = {folded(each.text) for each in documents}
    for note in _cited(plan):
        if folded(note.document.text) not in known:
            close = nearest(note.document.text, [each.text for each in documents])
            text = note.document.text
            yield context.at(note.document.span, "unknown-document", text=text, nearest=close)
    for statement in plan.statements:
        yield from _check_plan_statement(statement, context)


def _check_plan_statement(statement: Statement, context: Context) -> Iterator[Diagnostic]:
    match statement.body:
        case Focus(goals=goals):
            yield from unknown_goals(goals, context)
        case _:
            return


def _numbered(name: Name, context: Context) -> Iterator[Diagnostic]:
    if "," in name.text:
        yield context.at(name.span, "list-without-space", text=name.text)


def _cited(plan: Plan) -> Iterator[According]:
    for statement in everything_said(plan):
        yield from (note for note in statement.notes if isinstance(note, According))


def _repeated(names: Iterable[Name], code: str, context: Context) -> Iterator[Diagnostic]:
    """The names that were given before, and those written in letters of two scripts."""
    first: dict[str, Name] = {}
    for name in names:
        earlier = first.setdefault(folded(name.text), name)
        if earlier is not name:
            yield context.at(name.span, code, text=name.text, line=earlier.span.line)
        if len(scripts(name.text)) > 1:
            mixed = tuple(sorted(scripts(name.text)))
            yield context.at(name.span, "mixed-scripts", text=name.text, scripts=mixed)


def _check_assess(plan: Plan, context: Context, names: PlanNames) -> Iterator[Diagnostic]:
    if plan.assess:
        of_facts = evolve(context, names=_facts(plan), of_indicator=True)
        yield from check_clauses(plan.assess.statements, of_facts, names.scales.own)
        if not plan.assess.all(CLAUSES):
            yield context.at(plan.assess.head.span, "no-rule")


def _check_goal(
    goal: GoalEntry, names: PlanNames, source: Source, *, shares: bool
) -> Iterator[Diagnostic]:
    context = Context(source, goal_naming(goal, names))
    levels = names.goals[goal_key(goal.id)]
    yield from _repeated(_names(goal), "member-twice", context)
    yield from _check_groups(goal, context)
    for indicator in goal.indicators:
        own = indicator_levels(indicator, goal, names)
        yield from check_indicator(indicator, context, shares=shares)
        yield from check_values(indicator, own, context)
        yield from check_time(indicator, context)
        for statement in indicator.all(Points):
            yield from check_members((statement,), _of_one(context, own))
    yield from check_formulas(goal, context)
    met = goal.first(MetFrom)
    if met:
        yield from check_level(met.level, levels, context)
    yield from _check_verdict(goal, context)
    yield from check_members(goal.statements, context)
    yield from check_clauses(goal.statements, context, levels)


def _of_one(context: Context, levels: LevelScale) -> Context:
    """The same place where there is one member, on some scale."""
    return evolve(context, names=evolve(naming((), {}, {}), others=levels))


def _check_shared(plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """The indicators that are taken from a goal which does not have them."""
    own = {
        goal.id: {folded(each.name): each.name for each in goal.indicators if not each.shared}
        for goal in plan.goals
    }
    for goal in plan.goals:
        for entry in goal.indicators:
            if entry.shared and entry.shared.text not in own:
                yield unknown_goal(entry.shared, context)
            elif entry.shared and folded(entry.name) not in own[entry.shared.text]:
                close = nearest(entry.name, own[entry.shared.text].values())
                yield context.at(entry.label.span, "unknown-member", text=entry.name, nearest=close)


def _names(goal: GoalEntry) -> list[Name]:
    return [entry.label for entry in goal.indicators] + [each.name for each in goal.groups]


def _check_groups(goal: GoalEntry, context: Context) -> Iterator[Diagnostic]:
    own = context.names.own
    known = set(map(folded, own))
    for group in goal.groups:
        for name in group.members:
            if folded(name.text) in context.names.shown:
                yield context.at(name.span, "member-shown-only", text=name.text)
            elif folded(name.text) not in known:
                close = nearest(name.text, own)
                yield context.at(name.span, "unknown-member", text=name.text, nearest=close)


def _check_verdict(goal: GoalEntry, context: Context) -> Iterator[Diagnostic]:
    has_rule = bool(goal.all(CLAUSES))
    if goal.followed_up_only and goal.all((*CLAUSES, Limit, Remark, Requires)):
        yield context.at(goal.head.span, "rule-without-verdict", text=goal.id)
    if not goal.followed_up_only and not has_rule:
        yield context.at(goal.head.span, "no-rule", text=goal.id)


def _check_cycles(plan: Plan, context: Context) -> Iterator[Diagnostic]:
    """The goals whose verdict would rest on itself, or on a goal that has no verdict."""
    below = {goal.id: list(goals_named(goal.statements)) for goal in plan.goals}
    without = {goal.id for goal in plan.goals if goal.followed_up_only}
    cycle = ring_of({goal: [name.text for name in names] for goal, names in below.items()})
    for names in below.values():
        for name in names:
            if name.text in without:
                yield context.at(name.span, "goal-without-verdict", text=name.text)
    for name in below[cycle[0]] if cycle else []:
        if name.text == cycle[1]:
            yield context.at(name.span, "cycle", goals=cycle)
